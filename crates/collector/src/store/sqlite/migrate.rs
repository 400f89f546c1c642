//! Migrations: numbered files, run in order, each once. A database says in `user_version` how many it has had.

use super::open::SqliteError;
use crate::store::tables::VERSION;
use rusqlite::{Connection, TransactionBehavior};
use std::path::Path;

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

/// Why the tables could not be brought up to date.
#[derive(Debug)]
pub(super) enum Cause {
    /// The database has had more migrations than there are.
    Newer,
    Sqlite(rusqlite::Error),
}

/// Runs the migrations that the database has not had, all or none. Of several processes one does it, the others wait.
pub(super) fn to_latest(db: &mut Connection) -> Result<(), Cause> {
    let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(Cause::Sqlite)?;
    let had = transaction.query_row("PRAGMA user_version", [], |row| row.get(0)).map_err(Cause::Sqlite)?;
    for migration in MIGRATIONS.get(had..).ok_or(Cause::Newer)? {
        transaction.execute_batch(migration).map_err(Cause::Sqlite)?;
    }
    transaction.pragma_update(None, "user_version", MIGRATIONS.len()).map_err(Cause::Sqlite)?;
    transaction.commit().map_err(Cause::Sqlite)
}

impl Cause {
    pub(super) fn in_file(self, database: &Path) -> SqliteError {
        let path = database.to_owned();
        match self {
            Self::Newer => SqliteError::Newer { path },
            Self::Sqlite(source) => SqliteError::Database { path, source },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_of_the_first_version_keeps_its_surveys() {
        let mut db = Connection::open_in_memory().unwrap();
        db.execute_batch(MIGRATIONS[0]).unwrap();
        db.pragma_update(None, "user_version", 1).unwrap();
        db.execute_batch(
            "INSERT INTO versions (survey, version, definition, published_minute) VALUES ('s', 'v', '{}', 1);
             INSERT INTO surveys (id, status, current_version) VALUES ('s', 'open', 'v');",
        )
        .unwrap();
        to_latest(&mut db).unwrap();
        let times = "SELECT opens_minute IS NULL AND closes_minute IS NULL FROM surveys WHERE id = 's'";
        assert!(db.query_row(times, [], |row| row.get::<_, bool>(0)).unwrap());
    }

    #[test]
    fn a_database_of_the_third_version_keeps_its_responses_and_knows_their_receipts() {
        let mut db = Connection::open_in_memory().unwrap();
        MIGRATIONS[..3].iter().for_each(|migration| db.execute_batch(migration).unwrap());
        db.pragma_update(None, "user_version", 3).unwrap();
        db.execute_batch(
            "INSERT INTO versions (survey, version, definition, published_minute) VALUES ('s', 'v', '{}', 1);
             INSERT INTO responses
                 (seq, id, survey, version, minute, lang, channel, answers, paradata, receipt_hash, body_hash)
             VALUES (3, 'a', 's', 'v', 7, 'kk', 'web', '{\"x\":1}', '{}', x'000102030405060708090a', x'ff'),
                    (8, 'b', 's', 'v', 8, 'ru', 'web', '{}', '{}', x'f00102030405060708090a', x'fe');",
        )
        .unwrap();
        to_latest(&mut db).unwrap();
        let rows =
            "SELECT group_concat(seq || id || survey || version || minute || lang || channel || answers
             || paradata || hex(receipt_hash) || hex(body_hash)) FROM responses ORDER BY seq";
        let rows: String = db.query_row(rows, [], |row| row.get(0)).unwrap();
        assert_eq!(
            rows,
            "3asv7kkweb{\"x\":1}{}000102030405060708090AFF,8bsv8ruweb{}{}F00102030405060708090AFE"
        );
        let heads =
            "SELECT group_concat(hex(head) || seq) || ' ' || (SELECT seq FROM receipts_upto) FROM receipts";
        let heads: String = db.query_row(heads, [], |row| row.get(0)).unwrap();
        assert_eq!(heads, "00010203040506073,F0010203040506078 8");
    }

    #[test]
    fn a_database_is_migrated_once_and_one_from_the_future_is_left_alone() {
        let mut db = Connection::open_in_memory().unwrap();
        to_latest(&mut db).unwrap();
        to_latest(&mut db).unwrap();
        db.pragma_update(None, "user_version", MIGRATIONS.len() + 1).unwrap();
        assert!(matches!(to_latest(&mut db), Err(Cause::Newer)));
    }
}
