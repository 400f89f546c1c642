//! Where the database is, as a connection string, which may hold a password.

use super::PostgresError;
use serde::Deserialize;
use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;
use std::time::Duration;
use tokio_postgres::Config;
use tokio_postgres::config::{Host, TargetSessionAttrs};

/// A connection string, such as `postgres://qulaq@db1,db2/qulaq`. It is read when it is used, so that no message about a
/// flag that cannot be read repeats it.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct DatabaseUrl(String);

/// How long one host may take to answer, where the connection string does not say. An address that nobody has keeps the
/// others from being tried that long.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);

/// After how long without an acknowledgement a connection is given up: a machine that was switched off says nothing.
const SILENCE: Duration = Duration::from_secs(10);

impl DatabaseUrl {
    /// How to connect. Of several hosts it is the one that takes writes.
    pub(super) fn config(&self) -> Result<Config, PostgresError> {
        let mut config: Config =
            self.0.parse().map_err(|source| PostgresError::Url { source: Box::new(source) })?;
        config.target_session_attrs(TargetSessionAttrs::ReadWrite);
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(CONNECT_TIMEOUT);
        }
        if config.get_tcp_user_timeout().is_none() {
            config.tcp_user_timeout(SILENCE);
        }
        config.keepalives_idle(SILENCE);
        if config.get_application_name().is_none() {
            config.application_name("qulaq");
        }
        Ok(config)
    }
}

impl FromStr for DatabaseUrl {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self(text.to_owned()))
    }
}

/// The database and its hosts, without user and password.
impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Ok(config) = self.0.parse::<Config>() else { return f.write_str("a database") };
        let hosts = config.get_hosts().iter().map(|host| match host {
            Host::Tcp(name) => name.clone(),
            #[cfg(unix)]
            Host::Unix(path) => path.display().to_string(),
        });
        let hosts: Vec<String> = hosts.collect();
        write!(f, "the database {} on {}", config.get_dbname().unwrap_or("of the user"), hosts.join(", "))
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DatabaseUrl(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neither_display_nor_debug_tells_who_connects_with_which_password() {
        let url: DatabaseUrl = "postgres://aigul:hush@db1,db2:5433/answers".parse().unwrap();
        assert_eq!(url.to_string(), "the database answers on db1, db2");
        assert_eq!(format!("{url:?}"), "DatabaseUrl(***)");
    }

    #[test]
    fn what_is_no_connection_string_is_not_repeated() {
        let url: DatabaseUrl = "postgres://aigul:hush@db1/answers?hush=1".parse().unwrap();
        let error = anyhow::Error::from(url.config().unwrap_err());
        assert!(!format!("{error:#} {error:?} {url}").contains("aigul:hush"), "{error:#}");
    }
}
