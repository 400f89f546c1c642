//! SQL of responses: reading them, and taking one back. How they are kept is in `writer`.

use super::failure::Failure;
use super::{blocks, coding, matters};
use crate::clock::Minute;
use crate::digest::Digest;
use crate::store::{Position, StoredResponse};
use deadpool_postgres::{ClientWrapper, GenericClient};
use tokio_postgres::Row;

/// Locks the surveys with these ids until the end of the transaction, in the order of their ids, so that no two
/// collectors wait for each other.
pub(super) const LOCK_SURVEYS: &str =
    "SELECT id, status = 'open', current_version, opens_minute, closes_minute
    FROM surveys WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE";

/// What taking back did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Withdrawn {
    /// It overwrote a response.
    Now,
    /// The response was taken back before.
    Before,
    /// No response ever had the receipt.
    Never,
}

pub(super) async fn withdraw(client: &mut ClientWrapper, receipt: Digest) -> Result<Withdrawn, Failure> {
    let transaction = client.transaction().await?;
    let receipt = receipt.as_slice();
    let found = "SELECT survey, seq FROM responses WHERE receipt_hash = $1";
    let Some(found) = transaction.query_opt(found, &[&receipt]).await? else { return Ok(Withdrawn::Never) };
    let (survey, seq): (String, i64) = (found.try_get(0)?, found.try_get(1)?);
    // Places in quotas are given and given back under this lock.
    transaction.query(LOCK_SURVEYS, &[&vec![survey.as_str()]]).await?;
    if !take_away(&transaction, &survey, seq).await? {
        return Ok(Withdrawn::Before);
    }
    transaction.commit().await?;
    Ok(Withdrawn::Now)
}

/// Overwrites a response with all that belongs to it, and remembers its id; `false` when that was done before. Its survey
/// is locked.
pub(super) async fn take_away(client: &impl GenericClient, survey: &str, seq: i64) -> Result<bool, Failure> {
    let remembered = client
        .execute(
            "INSERT INTO withdrawn (id, receipt_hash) SELECT id, receipt_hash FROM responses WHERE seq = $1
             ON CONFLICT (id) DO NOTHING",
            &[&seq],
        )
        .await?;
    if remembered == 0 {
        return Ok(false);
    }
    give_back(client, survey, seq).await?;
    blocks::erase(client, survey, seq).await?;
    coding::erase(client, seq).await?;
    matters::open::withdraw(client, seq).await?;
    overwrite(client, seq).await?;
    Ok(true)
}

async fn give_back(client: &impl GenericClient, survey: &str, seq: i64) -> Result<(), Failure> {
    client
        .execute(
            "UPDATE quotas SET kept = kept - 1 WHERE survey = $1 AND quota IN
                 (SELECT json_array_elements_text(quotas::JSON) FROM quota_members WHERE seq = $2)",
            &[&survey, &seq],
        )
        .await?;
    let overwrite = "UPDATE quota_members SET quotas = repeat(' ', octet_length(quotas)) WHERE seq = $1";
    client.execute(overwrite, &[&seq]).await?;
    Ok(())
}

/// What stands in the row afterwards is the same in every engine. PostgreSQL writes a new row and keeps the old one for
/// those who still see it; `vacuum` clears it away.
async fn overwrite(client: &impl GenericClient, seq: i64) -> Result<(), Failure> {
    client
        .execute(
            "UPDATE responses SET
                 minute = CASE WHEN minute BETWEEN 8388608 AND 2147483647 THEN 2147483647 ELSE minute END,
                 lang = repeat(' ', octet_length(lang)),
                 channel = repeat(' ', octet_length(channel)),
                 answers = repeat(' ', octet_length(answers)),
                 paradata = repeat(' ', octet_length(paradata)),
                 body_hash = decode(repeat('00', octet_length(body_hash)), 'hex')
             WHERE seq = $1",
            &[&seq],
        )
        .await?;
    Ok(())
}

pub(super) async fn after(
    client: &impl GenericClient,
    survey: &str,
    after: Position,
    limit: usize,
) -> Result<Vec<StoredResponse>, Failure> {
    let responses = "SELECT seq, id, version, minute, lang, channel, answers, paradata FROM responses
         WHERE survey = $1 AND seq > $2 AND NOT EXISTS (SELECT 1 FROM withdrawn WHERE id = responses.id)
         ORDER BY seq LIMIT $3";
    let responses = client.prepare_cached(responses).await?;
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let rows = client.query(&responses, &[&survey, &after.0, &limit]).await?;
    Ok(rows.iter().map(stored).collect::<Result<_, _>>()?)
}

pub(super) fn stored(row: &Row) -> Result<StoredResponse, tokio_postgres::Error> {
    Ok(StoredResponse {
        position: Position(row.try_get(0)?),
        id: row.try_get(1)?,
        version: row.try_get(2)?,
        minute: Minute(row.try_get(3)?),
        lang: row.try_get(4)?,
        channel: row.try_get(5)?,
        answers: row.try_get(6)?,
        paradata: row.try_get(7)?,
    })
}

/// How many are kept of each group of a survey of which there is any.
pub(super) async fn quotas(client: &impl GenericClient, survey: &str) -> Result<Vec<(String, u64)>, Failure> {
    let quotas = "SELECT quota, kept FROM quotas WHERE survey = $1 AND kept > 0 ORDER BY quota";
    let rows = client.query(&client.prepare_cached(quotas).await?, &[&survey]).await?;
    let quota = |row: &Row| {
        let kept: i64 = row.try_get(1)?;
        Ok((row.try_get(0)?, u64::try_from(kept).unwrap_or_default()))
    };
    Ok(rows.iter().map(quota).collect::<Result<_, tokio_postgres::Error>>()?)
}
