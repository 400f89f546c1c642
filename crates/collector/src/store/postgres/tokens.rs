//! SQL of tokens and secrets, and the probe that tries whether anything can be written.

use super::failure::Failure;
use crate::clock::Minute;
use crate::digest::Digest;
use crate::store::{NewToken, Scope, TokenRecord};
use deadpool_postgres::{ClientWrapper, GenericClient};
use tokio_postgres::Row;

pub(super) async fn add(client: &impl GenericClient, token: &NewToken) -> Result<bool, Failure> {
    let surveys = token.surveys.as_ref().map(|surveys| serde_json::json!(surveys).to_string());
    let added = client
        .execute(
            "INSERT INTO tokens (hash, name, surveys, created_minute, scope, expires_minute)
             VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (name) DO NOTHING",
            &[
                &token.hash.as_slice(),
                &token.name,
                &surveys,
                &token.created.0,
                &token.scope.name(),
                &token.expires.map(|minute| minute.0),
            ],
        )
        .await?;
    Ok(added == 1)
}

pub(super) async fn all(client: &impl GenericClient) -> Result<Vec<TokenRecord>, Failure> {
    let rows = client
        .query("SELECT name, surveys, created_minute, scope, expires_minute FROM tokens ORDER BY name", &[])
        .await?;
    rows.iter().map(record).collect()
}

pub(super) async fn by_hash(
    client: &impl GenericClient,
    hash: Digest,
) -> Result<Option<TokenRecord>, Failure> {
    let token = "SELECT name, surveys, created_minute, scope, expires_minute FROM tokens WHERE hash = $1";
    let row = client.query_opt(&client.prepare_cached(token).await?, &[&hash.as_slice()]).await?;
    row.as_ref().map(record).transpose()
}

pub(super) async fn revoke(client: &impl GenericClient, name: &str) -> Result<bool, Failure> {
    Ok(client.execute("DELETE FROM tokens WHERE name = $1", &[&name]).await? == 1)
}

pub(super) async fn secret(
    client: &impl GenericClient,
    name: &str,
    fresh: &[u8],
) -> Result<Vec<u8>, Failure> {
    let insert = "INSERT INTO secrets (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING";
    client.execute(insert, &[&name, &fresh]).await?;
    Ok(client.query_one("SELECT value FROM secrets WHERE name = $1", &[&name]).await?.try_get(0)?)
}

/// Writes a row and takes it back. There is no commit that would wait for the disk, so that asking often, which anybody may
/// do, costs little. Only where there was no room for the last responses does it ask for more room than a response needs.
pub(super) async fn probe(client: &mut ClientWrapper, for_room: bool) -> Result<(), Failure> {
    let pieces: i32 = if for_room { 4096 } else { 0 };
    let transaction = client.transaction().await?;
    // 64 KB that cannot be made smaller.
    let insert = "INSERT INTO secrets (name, value)
         SELECT 'probe', coalesce(string_agg(decode(md5(random()::TEXT), 'hex'), ''), '') FROM generate_series(1, $1)";
    transaction.execute(insert, &[&pieces]).await?;
    Ok(transaction.rollback().await?)
}

fn record(row: &Row) -> Result<TokenRecord, Failure> {
    let surveys: Option<String> = row.try_get(1)?;
    let surveys = surveys.map(|json| serde_json::from_str(&json)).transpose();
    Ok(TokenRecord {
        name: row.try_get(0)?,
        surveys: surveys.map_err(Failure::Unreadable)?,
        created: Minute(row.try_get(2)?),
        scope: Scope::named(row.try_get(3)?).ok_or(Failure::Unknown("scope"))?,
        expires: row.try_get::<_, Option<i64>>(4)?.map(Minute),
    })
}
