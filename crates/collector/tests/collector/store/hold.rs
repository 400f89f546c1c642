//! Holding a statement up half-way, so that a test can do something else meanwhile.

use crate::support::Database;
use tokio_postgres::{Client, NoTls};

/// Makes a statement wait, before its commit, for as long as somebody holds the lock 7.
const HOLD: &str = "
    CREATE FUNCTION hold() RETURNS TRIGGER LANGUAGE plpgsql AS $$
        BEGIN PERFORM pg_advisory_xact_lock(7); RETURN NULL; END $$;
    CREATE TRIGGER hold";

/// Statements that wait for a lock.
const WAITING: &str = "SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'";

/// Somebody who holds the lock.
pub(super) struct Hold<'test> {
    database: &'test Database,
    holder: Client,
}

impl<'test> Hold<'test> {
    /// Holds up whatever does this, such as `AFTER INSERT ON responses FOR EACH ROW`.
    pub(super) async fn up(database: &'test Database, event: &str) -> Self {
        database.sql(&format!("{HOLD} {event} EXECUTE FUNCTION hold()"));
        let (holder, connection) = tokio_postgres::connect(&database.url(), NoTls).await.unwrap();
        tokio::spawn(connection);
        holder.execute("SELECT pg_advisory_lock(7)", &[]).await.unwrap();
        Self { database, holder }
    }

    /// Returns when so many statements wait, for the holder or for one that does.
    pub(super) fn until_waiting(&self, statements: u32) {
        self.database.until(WAITING, &statements.to_string());
    }

    /// Lets all of them go on.
    pub(super) async fn release(self) {
        self.holder.execute("SELECT pg_advisory_unlock(7)", &[]).await.unwrap();
    }
}
