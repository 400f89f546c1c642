//! SQL of the classifier of places. A row says how a place was from one day until another; nothing is ever taken away but
//! what one day's import corrects of an earlier one of the same day.

use super::failure::Failure;
use crate::store::{Import, Place, diff};
use deadpool_postgres::{ClientWrapper, GenericClient};
use tokio_postgres::Row;

pub(super) async fn import(
    client: &mut ClientWrapper,
    places: &[Place],
    as_of: &str,
) -> Result<Option<Import>, Failure> {
    let transaction = client.transaction().await?;
    // Of two imports the second sees what the first has done. Readers are not held up.
    transaction.batch_execute("LOCK TABLE place_imports IN SHARE ROW EXCLUSIVE MODE").await?;
    let later =
        transaction.query_opt("SELECT 1 FROM place_imports WHERE as_of > $1 LIMIT 1", &[&as_of]).await?;
    if later.is_some() {
        return Ok(None);
    }
    let difference = diff::between(current(&transaction, None).await?, places);
    let insert = "INSERT INTO place_imports (as_of) VALUES ($1) ON CONFLICT DO NOTHING";
    transaction.execute(insert, &[&as_of]).await?;
    end(&transaction, &difference.ended, as_of).await?;
    begin(&transaction, &difference.begun, as_of).await?;
    transaction.commit().await?;
    Ok(Some(difference.import))
}

/// Ends what codes stood for; what began the same day never was.
async fn end(client: &impl GenericClient, codes: &[i64], as_of: &str) -> Result<(), Failure> {
    let never = "DELETE FROM places WHERE code = ANY($1) AND valid_from = $2";
    client.execute(never, &[&codes, &as_of]).await?;
    let ended = "UPDATE places SET valid_to = $2 WHERE code = ANY($1) AND valid_to IS NULL";
    client.execute(ended, &[&codes, &as_of]).await?;
    Ok(())
}

async fn begin(client: &impl GenericClient, places: &[&Place], as_of: &str) -> Result<(), Failure> {
    let codes: Vec<i64> = places.iter().map(|place| place.code).collect();
    let levels: Vec<i64> = places.iter().map(|place| i64::from(place.level)).collect();
    let within: Vec<Option<i64>> = places.iter().map(|place| place.within).collect();
    let kk: Vec<&str> = places.iter().map(|place| place.kk.as_str()).collect();
    let ru: Vec<&str> = places.iter().map(|place| place.ru.as_str()).collect();
    client
        .execute(
            "INSERT INTO places (valid_from, code, level, within, kk, ru)
             SELECT $1, * FROM unnest($2::BIGINT[], $3::BIGINT[], $4::BIGINT[], $5::TEXT[], $6::TEXT[])",
            &[&as_of, &codes, &levels, &within, &kk, &ru],
        )
        .await?;
    Ok(())
}

/// The places there were on a day, or those of the last import.
pub(super) async fn current(client: &impl GenericClient, as_of: Option<&str>) -> Result<Vec<Place>, Failure> {
    let last: Option<String> =
        client.query_one("SELECT max(as_of) FROM place_imports", &[]).await?.try_get(0)?;
    let Some(day) = as_of.map(str::to_owned).or(last) else { return Ok(Vec::new()) };
    let rows = client
        .query(
            "SELECT code, level, within, kk, ru FROM places
             WHERE valid_from <= $1 AND coalesce(valid_to, '9999') > $1 ORDER BY code",
            &[&day],
        )
        .await?;
    rows.iter().map(place).collect()
}

fn place(row: &Row) -> Result<Place, Failure> {
    let level: i64 = row.try_get(1)?;
    Ok(Place {
        code: row.try_get(0)?,
        level: u8::try_from(level).unwrap_or_default(),
        within: row.try_get(2)?,
        kk: row.try_get(3)?,
        ru: row.try_get(4)?,
    })
}
