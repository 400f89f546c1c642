//! Migrations: numbered files, run in order, each once. The table `schema_version` says how many a database has had.
//!
//! Collectors of two releases use one database while they are exchanged one by one. A migration therefore only adds what
//! the release before it can do without; what nobody uses any more is taken away by a later release.

use super::connect::Connections;
use super::failure::{Failure, PostgresError};
use super::url::DatabaseUrl;
use crate::store::Opening;
use crate::store::tables::VERSION;
use deadpool_postgres::GenericClient;

const MIGRATIONS: [&str; VERSION] = [
    include_str!("migrations/0001_first.sql"),
    include_str!("migrations/0002_times_quotas_media_places.sql"),
    include_str!("migrations/0003_paper.sql"),
    include_str!("migrations/0004_partials.sql"),
    include_str!("migrations/0005_receipts.sql"),
    include_str!("migrations/0006_blocks.sql"),
    include_str!("migrations/0007_people.sql"),
    include_str!("migrations/0008_identities.sql"),
    include_str!("migrations/0009_coding.sql"),
    include_str!("migrations/0010_weightings.sql"),
    include_str!("migrations/0011_invitations.sql"),
    include_str!("migrations/0012_retention.sql"),
    include_str!("migrations/0013_work.sql"),
    include_str!("migrations/0014_matters.sql"),
    include_str!("migrations/0015_outcomes.sql"),
    include_str!("migrations/0016_drafts.sql"),
    include_str!("migrations/0017_votes.sql"),
    include_str!("migrations/0018_ballots.sql"),
    include_str!("migrations/0019_meetings.sql"),
    include_str!("migrations/0020_sums.sql"),
];

/// The number of the lock under which one of several collectors migrates: "qulaq" in ASCII.
const LOCK: i64 = 0x0071_756c_6171;

/// Runs the migrations that the database has not had, all or none. Of several collectors one does it, the others wait.
pub(super) async fn to_latest(
    connections: &Connections,
    url: &DatabaseUrl,
    opening: Opening,
) -> Result<(), PostgresError> {
    let migrated = migrate(connections, opening).await;
    match migrated.map_err(|failure| PostgresError::Unreachable(url.clone(), failure))? {
        Migrated::Newer => Err(PostgresError::Newer(url.clone())),
        Migrated::Nothing => Err(PostgresError::Nothing(url.clone())),
        Migrated::Latest => Ok(()),
    }
}

/// How many migrations a database has had; `None` when there is nothing of ours in it.
pub(super) async fn version(client: &impl GenericClient) -> Result<Option<i64>, Failure> {
    // A look at the catalogue itself: `to_regclass` may remember what was not there before the lock was waited for.
    let there = "SELECT 1 FROM pg_catalog.pg_tables
         WHERE tablename = 'schema_version' AND schemaname = ANY (current_schemas(false))";
    if client.query_opt(there, &[]).await?.is_none() {
        return Ok(None);
    }
    let row = client.query_opt("SELECT version FROM schema_version", &[]).await?;
    Ok(row.map(|row| row.try_get(0)).transpose()?)
}

enum Migrated {
    Latest,
    Newer,
    Nothing,
}

async fn migrate(connections: &Connections, opening: Opening) -> Result<Migrated, Failure> {
    let mut client = connections.writing().await?;
    // The usual case needs no lock, and waits for nobody who holds one.
    match version(&client).await? {
        Some(version) if usize::try_from(version) == Ok(VERSION) => return Ok(Migrated::Latest),
        None if opening == Opening::Existing => return Ok(Migrated::Nothing),
        _ => {}
    }
    let transaction = client.transaction().await?;
    transaction.batch_execute("SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0").await?;
    transaction.execute("SELECT pg_advisory_xact_lock($1)", &[&LOCK]).await?;
    let had = version(&transaction).await?.unwrap_or_default();
    let Some(missing) = usize::try_from(had).ok().and_then(|had| MIGRATIONS.get(had..)) else {
        return Ok(Migrated::Newer);
    };
    for migration in missing {
        transaction.batch_execute(migration).await?;
    }
    transaction
        .batch_execute(
            "CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL); DELETE FROM schema_version",
        )
        .await?;
    transaction
        .execute("INSERT INTO schema_version VALUES ($1)", &[&i64::try_from(VERSION).unwrap_or(i64::MAX)])
        .await?;
    transaction.commit().await?;
    Ok(Migrated::Latest)
}
