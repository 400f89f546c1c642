//! Settings: flags, then `QULAQ_*`, then a file, then defaults.

use crate::network::Network;
use crate::oidc::config::{HalfNamed, Issuer, Named, Written};
use crate::origin::{Allowed, Origin};
use crate::security::Contact;
use crate::server::connections::MOST;
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
    /// Where responses are stored, in words for citizens.
    pub stored_in: Option<String>,
    /// Whether search engines are asked to leave the collector's pages out.
    pub noindex: bool,
    /// A directory with the widget's files; `None` for those inside the program.
    pub widget: Option<PathBuf>,
    /// How much is logged.
    pub log: LogLevel,
    /// How it is written.
    pub log_format: LogFormat,
    /// The certificate and its key, when the collector itself speaks TLS.
    pub tls: Option<Certificate>,
    /// The proxies that are believed about who asks.
    pub trusted_proxy: Vec<Network>,
    /// A socket of its own for what is measured.
    pub metrics_listen: Option<SocketAddr>,
    /// Who may read what is measured on the socket that everybody reaches.
    pub metrics_allow: Vec<Network>,
    /// Connections at the same time.
    pub max_connections: usize,
    /// Whom to tell about a hole in the wall.
    pub security_contact: Vec<Contact>,
    /// The agency's own provider, where people prove who they are.
    pub oidc: Option<Named>,
    /// A file with the days on which offices work; `None` for the calendar inside the program.
    pub calendar: Option<PathBuf>,
}

/// Files in PEM.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// The chain, that of the server first.
    pub chain: PathBuf,
    /// The private key.
    pub key: PathBuf,
}

/// How a log is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// A JSON object a line, for programs.
    #[default]
    Json,
    /// For people who look on.
    Text,
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
    /// Where responses are stored, in words for citizens, such as `Қазақстан`; notices that are made say it [default: none]
    #[arg(long, env = "QULAQ_STORED_IN", value_name = "PLACE")]
    pub stored_in: Option<String>,
    /// Ask search engines to leave the hosted pages out [default: false]
    #[arg(long, env = "QULAQ_NOINDEX", value_name = "BOOL", num_args = 0..=1, default_missing_value = "true")]
    pub noindex: Option<bool>,
    /// Directory with another package of the widget's files, for its developers [default: the one inside this program]
    #[arg(long, env = "QULAQ_WIDGET", value_name = "DIR")]
    pub widget: Option<PathBuf>,
    /// How much is logged to standard error; answers never are [default: info]
    #[arg(long, env = "QULAQ_LOG", value_name = "LEVEL")]
    pub log: Option<LogLevel>,
    /// How the log is written [default: json]
    #[arg(long, env = "QULAQ_LOG_FORMAT", value_name = "FORMAT")]
    pub log_format: Option<LogFormat>,
    /// File with the certificate and those above it (PEM), read again when it changes and on SIGHUP [default: no TLS]
    #[arg(long, env = "QULAQ_TLS_CERT", value_name = "FILE")]
    pub tls_cert: Option<PathBuf>,
    /// File with the certificate's private key (PEM) [default: no TLS]
    #[arg(long, env = "QULAQ_TLS_KEY", value_name = "FILE")]
    pub tls_key: Option<PathBuf>,
    /// Address or network of proxies that are believed about the address of who asks (`Forwarded`, `X-Forwarded-For`);
    /// may be given several times, with commas in the environment [default: none]
    #[arg(long, env = "QULAQ_TRUSTED_PROXY", value_name = "CIDR", value_delimiter = ',')]
    pub trusted_proxy: Option<Vec<Network>>,
    /// Address and port on which /metrics is told to whoever asks [default: none]
    #[arg(long, env = "QULAQ_METRICS_LISTEN", value_name = "ADDR")]
    pub metrics_listen: Option<SocketAddr>,
    /// Address or network that may read /metrics where everybody reaches the collector; may be given several times, with
    /// commas in the environment [default: this machine without --public-url, nobody with it]
    #[arg(long, env = "QULAQ_METRICS_ALLOW", value_name = "CIDR", value_delimiter = ',')]
    pub metrics_allow: Option<Vec<Network>>,
    /// Connections at the same time; fewer where the limit of open files is lower [default: 8192]
    #[arg(long, env = "QULAQ_MAX_CONNECTIONS", value_name = "N")]
    pub max_connections: Option<usize>,
    /// Whom to tell about a weakness, such as `mailto:security@agency.example`, for /.well-known/security.txt; may be given
    /// several times, with commas in the environment [default: none]
    #[arg(long, env = "QULAQ_SECURITY_CONTACT", value_name = "URI", value_delimiter = ',')]
    pub security_contact: Option<Vec<Contact>>,
    /// Issuer of the agency's provider (OpenID Connect), where people prove who they are to the console [default: none]
    #[arg(long, env = "QULAQ_OIDC_ISSUER", value_name = "URL")]
    pub oidc_issuer: Option<Issuer>,
    /// What the provider calls this collector [default: none]
    #[arg(long, env = "QULAQ_OIDC_CLIENT_ID", value_name = "ID")]
    pub oidc_client_id: Option<String>,
    /// File with the secret by which the provider knows this collector; or else the variable `QULAQ_OIDC_CLIENT_SECRET` has
    /// it [default: none, for a public client]
    #[arg(long, env = "QULAQ_OIDC_CLIENT_SECRET_FILE", value_name = "FILE")]
    pub oidc_client_secret_file: Option<PathBuf>,
    /// What people call the provider [default: the host of the issuer]
    #[arg(long, env = "QULAQ_OIDC_NAME", value_name = "TEXT")]
    pub oidc_name: Option<String>,
    /// File (TOML) that says who becomes what by which claim, so that accounts are made by themselves [default: an owner
    /// makes and links them]
    #[arg(long, env = "QULAQ_OIDC_MAPPING", value_name = "FILE")]
    pub oidc_mapping: Option<PathBuf>,
    /// Calendar (JSON) of the days on which offices work, by which days of answers are reckoned (docs/mechanisms.md) [default:
    /// that of Kazakhstan, inside the program]
    #[arg(long, env = "QULAQ_CALENDAR", value_name = "FILE")]
    pub calendar: Option<PathBuf>,
    /// Let nobody in with a password [default: false]
    #[arg(long, env = "QULAQ_OIDC_ONLY", value_name = "BOOL", num_args = 0..=1, default_missing_value = "true")]
    pub oidc_only: Option<bool>,
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
    /// A certificate without a key, or a key without a certificate.
    #[error("tls-cert and tls-key belong together: give both, or none of them")]
    HalfOfTls,
    /// The options about the provider.
    #[error(transparent)]
    Provider(#[from] HalfNamed),
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
            stored_in: None,
            noindex: false,
            widget: None,
            log: LogLevel::default(),
            log_format: LogFormat::default(),
            tls: None,
            trusted_proxy: Vec::new(),
            metrics_listen: None,
            metrics_allow: Network::loopback().to_vec(),
            max_connections: MOST,
            security_contact: Vec::new(),
            oidc: None,
            calendar: None,
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
        let public_url = flags.public_url.or(file.public_url);
        // Behind a proxy on this machine everybody seems to be this machine.
        let watchers = if public_url.is_none() { default.metrics_allow } else { Vec::new() };
        Ok(Self {
            listen: flags.listen.or(file.listen).unwrap_or(default.listen),
            data: flags.data.or(file.data).unwrap_or(default.data),
            database_url: flags.database_url.or(file.database_url),
            public_url,
            allow_origin: flags.allow_origin.or(file.allow_origin).unwrap_or_default(),
            require_languages: flags.require_languages.or(file.require_languages).unwrap_or_default(),
            stored_in: flags.stored_in.or(file.stored_in),
            noindex: flags.noindex.or(file.noindex).unwrap_or(default.noindex),
            widget: flags.widget.or(file.widget),
            log: flags.log.or(file.log).unwrap_or(default.log),
            log_format: flags.log_format.or(file.log_format).unwrap_or(default.log_format),
            tls: Certificate::of(flags.tls_cert.or(file.tls_cert), flags.tls_key.or(file.tls_key))?,
            trusted_proxy: flags.trusted_proxy.or(file.trusted_proxy).unwrap_or_default(),
            metrics_listen: flags.metrics_listen.or(file.metrics_listen),
            metrics_allow: flags.metrics_allow.or(file.metrics_allow).unwrap_or(watchers),
            max_connections: flags
                .max_connections
                .or(file.max_connections)
                .unwrap_or(default.max_connections),
            security_contact: flags.security_contact.or(file.security_contact).unwrap_or_default(),
            calendar: flags.calendar.or(file.calendar),
            oidc: Named::of(Written {
                issuer: flags.oidc_issuer.or(file.oidc_issuer),
                client: flags.oidc_client_id.or(file.oidc_client_id),
                secret_file: flags.oidc_client_secret_file.or(file.oidc_client_secret_file),
                name: flags.oidc_name.or(file.oidc_name),
                mapping: flags.oidc_mapping.or(file.oidc_mapping),
                only: flags.oidc_only.or(file.oidc_only),
            })?,
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

impl Certificate {
    fn of(chain: Option<PathBuf>, key: Option<PathBuf>) -> Result<Option<Self>, SettingsError> {
        match (chain, key) {
            (Some(chain), Some(key)) => Ok(Some(Self { chain, key })),
            (None, None) => Ok(None),
            _ => Err(SettingsError::HalfOfTls),
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
