//! Looking at the database, for whoever keeps it.

use super::connect::Connections;
use super::failure::Failure;
use super::migrate;
use crate::clock::Minute;
use crate::store::Finding;
use crate::store::tables::VERSION;
use deadpool_postgres::GenericClient;

/// Minutes by which two clocks may differ before it is said: one may stand just before a minute, the other just after.
const SKEW: i64 = 1;

pub(super) async fn examine(connections: &Connections, now: Minute) -> Result<Vec<Finding>, Failure> {
    let facts = connections.facts().await?;
    let client = connections.writing().await?;
    let latest = "SELECT max(minute) FROM (SELECT minute FROM responses
         WHERE NOT EXISTS (SELECT 1 FROM withdrawn WHERE id = responses.id) ORDER BY seq DESC LIMIT 1000) last";
    let latest: Option<i64> = client.query_one(latest, &[]).await?.try_get(0)?;
    Ok(vec![
        Finding::good("database", format!("PostgreSQL {}, takes writes", facts.release)),
        durability(&facts.synchronous_commit, facts.full_page_writes),
        schema(&client).await?,
        skew(Minute::of_second(facts.second), now),
        Finding::of_clock(latest.map(Minute), now),
        media(&client).await?,
    ])
}

fn durability(synchronous_commit: &str, full_page_writes: bool) -> Finding {
    let found = format!("fsync is on, synchronous_commit is {synchronous_commit}");
    if full_page_writes {
        Finding::good("durability", found)
    } else {
        Finding::warning(
            "durability",
            format!("{found}, full_page_writes is off"),
            "set full_page_writes = on, unless the file system never writes half a page",
        )
    }
}

async fn schema(client: &impl GenericClient) -> Result<Finding, Failure> {
    let version = migrate::version(client).await?.unwrap_or_default();
    Ok(Finding::good("schema", format!("version {version} of {VERSION}")))
}

fn skew(theirs: Minute, ours: Minute) -> Finding {
    let minutes = theirs.0 - ours.0;
    if minutes.abs() <= SKEW {
        return Finding::good("database-clock", "the same as the collector's");
    }
    Finding::warning(
        "database-clock",
        format!("differs from the collector's by {minutes} minutes"),
        "set both by NTP: opening times go by the collector's clock",
    )
}

async fn media(client: &impl GenericClient) -> Result<Finding, Failure> {
    let missing = "SELECT DISTINCT content FROM media WHERE content NOT IN (SELECT content FROM contents)";
    let unused = "SELECT DISTINCT content FROM contents WHERE content NOT IN (SELECT content FROM media)";
    let (missing, unused) = (client.query(missing, &[]).await?, client.query(unused, &[]).await?);
    Ok(Finding::of_media(&names(&missing)?, &names(&unused)?, "rows of the table contents"))
}

fn names(rows: &[tokio_postgres::Row]) -> Result<Vec<String>, tokio_postgres::Error> {
    rows.iter().map(|row| row.try_get(0)).collect()
}
