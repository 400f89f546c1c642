//! Settings: flags, then `QULAQ_*`, then a file, then defaults.

use crate::origin::{Allowed, Origin};
use crate::store::{DatabaseUrl, Location};
use clap::{Args, ValueEnum};
use serde::Deserialize;
use std::fs;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

/// How a collector runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Address and port to listen on.
    pub listen: SocketAddr,
    /// The directory of the database, and of what else is kept on this machine.
    pub data: PathBuf,
    /// The PostgreSQL database that is used instead of one in the directory.
    pub database_url: Option<DatabaseUrl>,
    /// Where browsers reach the collector; `None` for the address that it listens on.
    pub public_url: Option<Origin>,
    /// Whose pages may embed surveys.
    pub allow_origin: Vec<Allowed>,
    /// The languages that every survey must be in.
    pub require_languages: Vec<String>,
    /// Whether search engines are asked to leave the collector's pages out.
    pub noindex: bool,
    /// A directory with the widget's files; `None` for those inside the program.
    pub widget: Option<PathBuf>,
    /// How much is logged.
    pub log: LogLevel,
}

/// How much is logged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum LogLevel {
    /// Only what needs hands.
    Error,
    /// Also what may need hands soon.
    Warn,
    /// Also each request.
    #[default]
    Info,
}

/// What one source says: the flags together with the environment, or the file. The keys of the file are the flags
/// without hyphens in front.
#[derive(Clone, Debug, Default, Args, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Source {
    /// Address and port to listen on; port 0 takes a free one [default: 127.0.0.1:8080]
    #[arg(long, env = "QULAQ_LISTEN", value_name = "ADDR")]
    pub listen: Option<SocketAddr>,
    /// Directory of the database; made, readable by its owner alone, when it is not there [default: ./data]
    #[arg(long, env = "QULAQ_DATA", value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// PostgreSQL database to use instead of one in the directory, such as `postgres://qulaq@db1,db2/qulaq`; several hosts
    /// are tried in turn for the one that takes writes. A password is better in the environment or the file than here
    /// [default: none]
    #[arg(long, env = "QULAQ_DATABASE_URL", value_name = "URL", hide_env_values = true)]
    pub database_url: Option<DatabaseUrl>,
    /// Where browsers reach the collector, when a proxy stands before it [default: http:// and the address listened on]
    #[arg(long, env = "QULAQ_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<Origin>,
    /// Origin of pages that may embed surveys, such as `https://agency.example`; may be given several times, with
    /// commas in the environment; `*` allows every page [default: none but the collector's own]
    #[arg(long, env = "QULAQ_ALLOW_ORIGIN", value_name = "ORIGIN", value_delimiter = ',')]
    pub allow_origin: Option<Vec<Allowed>>,
    /// Language that every survey must be in, such as `kk`; may be given several times, with commas in the environment
    /// [default: none]
    #[arg(long, env = "QULAQ_REQUIRE_LANGUAGES", value_name = "LANG", value_delimiter = ',')]
    pub require_languages: Option<Vec<String>>,
    /// Ask search engines to leave the hosted pages out [default: false]
    #[arg(long, env = "QULAQ_NOINDEX", value_name = "BOOL", num_args = 0..=1, default_missing_value = "true")]
    pub noindex: Option<bool>,
    /// Directory with another package of the widget's files, for its developers [default: the one inside this program]
    #[arg(long, env = "QULAQ_WIDGET", value_name = "DIR")]
    pub widget: Option<PathBuf>,
    /// How much is logged to standard error; answers never are [default: info]
    #[arg(long, env = "QULAQ_LOG", value_name = "LEVEL")]
    pub log: Option<LogLevel>,
}

/// Why settings could not be read.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The file cannot be read.
    #[error("cannot read the settings in {path}")]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file says what cannot be understood.
    #[error("the settings in {path} are not right")]
    NotSettings {
        /// Which.
        path: PathBuf,
        /// Where and why.
        source: Box<toml::de::Error>,
    },
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)),
            data: PathBuf::from("./data"),
            database_url: None,
            public_url: None,
            allow_origin: Vec::new(),
            require_languages: Vec::new(),
            noindex: false,
            widget: None,
            log: LogLevel::default(),
        }
    }
}

impl Settings {
    /// The settings from flags and environment over those of a file over the defaults.
    ///
    /// # Errors
    /// When the file cannot be read or has a key that is not a setting.
    pub fn load(flags: Source, file: Option<&Path>) -> Result<Self, SettingsError> {
        let file = file.map(Source::read).transpose()?.unwrap_or_default();
        let default = Self::default();
        Ok(Self {
            listen: flags.listen.or(file.listen).unwrap_or(default.listen),
            data: flags.data.or(file.data).unwrap_or(default.data),
            database_url: flags.database_url.or(file.database_url),
            public_url: flags.public_url.or(file.public_url),
            allow_origin: flags.allow_origin.or(file.allow_origin).unwrap_or_default(),
            require_languages: flags.require_languages.or(file.require_languages).unwrap_or_default(),
            noindex: flags.noindex.or(file.noindex).unwrap_or(default.noindex),
            widget: flags.widget.or(file.widget),
            log: flags.log.or(file.log).unwrap_or(default.log),
        })
    }

    /// Where surveys and responses are kept.
    #[must_use]
    pub fn location(&self) -> Location {
        match &self.database_url {
            Some(url) => Location::Database(url.clone()),
            None => Location::Directory(self.data.clone()),
        }
    }
}

impl Source {
    fn read(path: &Path) -> Result<Self, SettingsError> {
        let text = fs::read_to_string(path)
            .map_err(|source| SettingsError::Unreadable { path: path.to_owned(), source })?;
        toml::from_str(&text)
            .map_err(|source| SettingsError::NotSettings { path: path.to_owned(), source: Box::new(source) })
    }
}
