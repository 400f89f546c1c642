//! Connections: how each is set up, how many there are, and whether the database is one that answers can be entrusted to.

use super::failure::{Failure, PostgresError};
use super::url::DatabaseUrl;
use deadpool_postgres::{
    Hook, HookError, Manager, ManagerConfig, Object, Pool, PoolError, RecyclingMethod, Runtime,
};
use rustls::{ClientConfig, RootCertStore};
use std::sync::Arc;
use std::time::Duration;
use tokio_postgres::NoTls;
use tokio_postgres::config::{Config, Host, SslMode};
use tokio_postgres_rustls::MakeRustlsConnect;

/// Connections for reading. A request reads for a millisecond or less.
const READING: usize = 8;

/// Connections for writing: one for the responses, which come in batches, and some for all else.
const WRITING: usize = 4;

/// How long a connection is waited for.
const PATIENCE: Duration = Duration::from_secs(5);

/// The first PostgreSQL whose settings and functions are those that are used here.
const OLDEST: i32 = 130_000;

/// What each connection does first. A commit waits for the disk, also where the administrator does not want that of others.
/// Nobody waits for ever, and nobody who has gone silent holds a lock for long.
const SET_UP: &str = "
    SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off';
    SET default_transaction_isolation = 'read committed';
    SET statement_timeout = '20s';
    SET lock_timeout = '5s';
    SET idle_in_transaction_session_timeout = '10s'";

/// Connections to a database, set up when they are first needed, and anew when they have broken.
#[derive(Clone, Debug)]
pub(super) struct Connections {
    reading: Pool,
    writing: Pool,
}

impl Connections {
    pub(super) fn to(url: &DatabaseUrl) -> Result<Self, PostgresError> {
        let config = url.config()?;
        Ok(Self { reading: pool(&config, READING)?, writing: pool(&config, WRITING)? })
    }

    /// One to read with.
    pub(super) async fn reading(&self) -> Result<Object, Failure> {
        usable(self.reading.get().await)
    }

    /// One to write with.
    pub(super) async fn writing(&self) -> Result<Object, Failure> {
        usable(self.writing.get().await)
    }

    /// Makes sure that the database keeps what it acknowledges.
    pub(super) async fn check(&self, url: &DatabaseUrl) -> Result<(), PostgresError> {
        let facts = self.facts().await.map_err(|failure| PostgresError::Unreachable(url.clone(), failure))?;
        match facts.unfit() {
            Some(why) => Err(PostgresError::Unfit(url.clone(), why)),
            None => Ok(()),
        }
    }

    /// What the server says of itself.
    pub(super) async fn facts(&self) -> Result<Facts, Failure> {
        let row = self
            .writing()
            .await?
            .query_one(
                "SELECT current_setting('server_version_num')::INTEGER, current_setting('server_encoding'),
                    current_setting('fsync') = 'on', current_setting('synchronous_commit'),
                    current_setting('full_page_writes') = 'on', current_setting('server_version'),
                    floor(extract(epoch FROM clock_timestamp()))::BIGINT",
                &[],
            )
            .await?;
        Ok(Facts {
            version: row.try_get(0)?,
            encoding: row.try_get(1)?,
            fsync: row.try_get(2)?,
            synchronous_commit: row.try_get(3)?,
            full_page_writes: row.try_get(4)?,
            release: row.try_get(5)?,
            second: row.try_get(6)?,
        })
    }
}

/// What a server says of itself.
#[derive(Debug)]
pub(super) struct Facts {
    version: i32,
    encoding: String,
    fsync: bool,
    pub(super) synchronous_commit: String,
    pub(super) full_page_writes: bool,
    pub(super) release: String,
    /// Its clock: seconds since 1970.
    pub(super) second: i64,
}

impl Facts {
    /// Why answers cannot be entrusted to it.
    fn unfit(&self) -> Option<&'static str> {
        if self.version < OLDEST {
            Some("is older than PostgreSQL 13: use a newer one")
        } else if self.encoding != "UTF8" {
            Some("is not in UTF-8: make one with ENCODING 'UTF8'")
        } else if !self.fsync {
            Some("has fsync switched off, and would lose answers with the power: set fsync = on")
        } else if self.synchronous_commit == "off" {
            Some("acknowledges before the disk has it: set synchronous_commit = on")
        } else {
            None
        }
    }
}

fn usable(connection: Result<Object, PoolError>) -> Result<Object, Failure> {
    connection.map_err(Failure::from)
}

fn pool(config: &Config, size: usize) -> Result<Pool, PostgresError> {
    let recycling = ManagerConfig { recycling_method: RecyclingMethod::Fast };
    let manager = if needs_tls(config) {
        Manager::from_config(config.clone(), MakeRustlsConnect::new(trusting_this_machine()?), recycling)
    } else {
        Manager::from_config(config.clone(), NoTls, recycling)
    };
    let set_up = Hook::async_fn(|client, _| {
        Box::pin(async move { client.batch_execute(SET_UP).await.map_err(HookError::Backend) })
    });
    let pool = Pool::builder(manager)
        .max_size(size)
        .wait_timeout(Some(PATIENCE))
        .create_timeout(Some(PATIENCE * 3))
        .runtime(Runtime::Tokio1)
        .post_create(set_up);
    pool.build().map_err(|source| PostgresError::Url { source: Box::new(source) })
}

/// Sockets of this machine have no TLS.
fn needs_tls(config: &Config) -> bool {
    let over_network = config.get_hosts().iter().any(|host| matches!(host, Host::Tcp(_)));
    over_network && config.get_ssl_mode() != SslMode::Disable
}

/// A server is trusted when its certificate is by this machine's, or by those that `SSL_CERT_FILE` names.
fn trusting_this_machine() -> Result<ClientConfig, PostgresError> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|source| PostgresError::Certificates { source: Box::new(source) })?;
    Ok(config.with_root_certificates(roots).with_no_client_auth())
}
