//! What is set about the provider: where it is, what this collector is called there, and whom it lets in.

use super::mapping::{Mapping, MappingError};
use super::secret::Secret;
use axum::http::Uri;
use serde::Deserialize;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// The variable that may hold the client secret. There is no flag for it, which everybody on the machine could read.
const VARIABLE: &str = "QULAQ_OIDC_CLIENT_SECRET";

/// What is set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// The provider.
    pub issuer: Issuer,
    /// What it calls this collector.
    pub client: String,
    /// By what it knows this collector; none for a public client, which PKCE alone protects.
    pub secret: Option<Secret>,
    /// What people call it.
    pub name: String,
    /// Who becomes what by which claim; without it an owner decides.
    pub mapping: Option<Mapping>,
    /// Whether it is the only way in.
    pub only: bool,
}

/// The options about it. The files are read when somebody is to be let in, not by every command that reads the settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The provider.
    pub issuer: Issuer,
    /// What it calls this collector.
    pub client: String,
    /// The file with the secret.
    pub secret_file: Option<PathBuf>,
    /// What people call it; the host of the issuer, where nothing is said.
    pub name: Option<String>,
    /// The file with the mapping.
    pub mapping: Option<PathBuf>,
    /// Whether it is the only way in.
    pub only: bool,
}

/// The options, as they are written.
#[derive(Clone, Debug, Default)]
pub(crate) struct Written {
    pub(crate) issuer: Option<Issuer>,
    pub(crate) client: Option<String>,
    pub(crate) secret_file: Option<PathBuf>,
    pub(crate) name: Option<String>,
    pub(crate) mapping: Option<PathBuf>,
    pub(crate) only: Option<bool>,
}

/// A provider's name: an address without query and fragment (OpenID Connect Discovery 1.0, 2.1).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Issuer(String);

/// An address at which the provider is asked something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Endpoint(Uri);

/// Options that name half of a provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("oidc-issuer and oidc-client-id belong together, and no other oidc option is of use without them")]
pub struct HalfNamed;

/// Why the files of the options make no provider.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file with the secret cannot be read.
    #[error("cannot read the client secret in {path}")]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file with the secret is empty.
    #[error("the client secret in {0} is empty")]
    Empty(PathBuf),
    /// The mapping is not right.
    #[error(transparent)]
    Mapping(#[from] MappingError),
}

/// A text that is no issuer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "must be the address that the provider calls its issuer, with https:// (http:// on this machine alone): https://id.example/realms/agency"
)]
pub struct NotAnIssuer;

impl Named {
    /// The provider that the options name; `None` when they name none.
    pub(crate) fn of(written: Written) -> Result<Option<Self>, HalfNamed> {
        let Written { issuer, client, secret_file, name, mapping, only } = written;
        let only = only.unwrap_or_default();
        match (issuer, client) {
            (Some(issuer), Some(client)) => {
                Ok(Some(Self { issuer, client, secret_file, name, mapping, only }))
            }
            (None, None) if secret_file.is_none() && mapping.is_none() && !only => Ok(None),
            _ => Err(HalfNamed),
        }
    }
}

impl Config {
    /// What the options name, with what is in the files.
    ///
    /// # Errors
    /// When a file cannot be read, or is not right.
    pub fn read(named: Named) -> Result<Self, ConfigError> {
        let variable = std::env::var(VARIABLE).ok();
        Self::with_secret(named, variable.as_deref())
    }

    fn with_secret(named: Named, variable: Option<&str>) -> Result<Self, ConfigError> {
        let Named { issuer, client, secret_file, name, mapping, only } = named;
        let secret = match secret_file {
            Some(path) => Some(read_secret(&path)?),
            None => variable.and_then(Secret::of),
        };
        let name = name.unwrap_or_else(|| issuer.host().to_owned());
        let mapping = mapping.map(|path| Mapping::read(&path)).transpose()?;
        Ok(Self { issuer, client, secret, name, mapping, only })
    }

    /// What is asked for: who somebody is, and where accounts are made by themselves also what they are called.
    pub(super) fn scopes(&self) -> String {
        let more = self.mapping.iter().flat_map(|mapping| mapping.scopes.iter().map(String::as_str));
        let profile = self.mapping.iter().map(|_| "profile");
        ["openid"].into_iter().chain(profile).chain(more).collect::<Vec<_>>().join(" ")
    }
}

fn read_secret(path: &Path) -> Result<Secret, ConfigError> {
    let text = fs::read_to_string(path)
        .map_err(|source| ConfigError::Unreadable { path: path.to_owned(), source })?;
    Secret::of(&text).ok_or_else(|| ConfigError::Empty(path.to_owned()))
}

impl Issuer {
    /// The issuer, as the provider writes it in its tokens.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn host(&self) -> &str {
        let rest = self.0.split_once("://").map_or(self.0.as_str(), |(_, rest)| rest);
        rest.split('/').next().unwrap_or(rest)
    }

    /// Where it describes itself (OpenID Connect Discovery 1.0, 4).
    pub(super) fn description(&self) -> Option<Endpoint> {
        Endpoint::of(&format!("{}/.well-known/openid-configuration", self.0.trim_end_matches('/')))
    }
}

impl FromStr for Issuer {
    type Err = NotAnIssuer;

    fn from_str(text: &str) -> Result<Self, NotAnIssuer> {
        let endpoint = Endpoint::of(text).ok_or(NotAnIssuer)?;
        if endpoint.0.query().is_some() || text.contains('#') {
            return Err(NotAnIssuer);
        }
        Ok(Self(text.to_owned()))
    }
}

impl TryFrom<String> for Issuer {
    type Error = NotAnIssuer;

    fn try_from(text: String) -> Result<Self, NotAnIssuer> {
        text.parse()
    }
}

impl fmt::Display for Issuer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Endpoint {
    /// An address with `https`, or with `http` on this machine: nobody else may read or change what is said there.
    pub(super) fn of(text: &str) -> Option<Self> {
        let address: Uri = text.parse().ok()?;
        let (scheme, host) = (address.scheme_str()?, address.host()?);
        let private =
            scheme == "https" || (scheme == "http" && ["127.0.0.1", "[::1]", "localhost"].contains(&host));
        let named = address.authority().is_some_and(|authority| !authority.as_str().contains('@'));
        (private && named && !host.is_empty() && !text.contains('#')).then_some(Self(address))
    }

    pub(super) fn uri(&self) -> &Uri {
        &self.0
    }

    /// The address with more in its query.
    pub(super) fn with_query(&self, query: &str) -> String {
        let between = if self.0.query().is_some() { '&' } else { '?' };
        format!("{}{between}{query}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_provider_is_asked_where_nobody_listens_in() {
        for good in
            ["https://id.example", "https://id.example/realms/a", "http://127.0.0.1:9000", "http://[::1]:9"]
        {
            assert!(good.parse::<Issuer>().is_ok(), "{good}");
        }
        for bad in [
            "",
            "id.example",
            "http://id.example",
            "https://id.example/?a=b",
            "https://id.example/#a",
            "https://a:b@id.example",
            "ftp://id.example",
            "http://127.0.0.1.example",
        ] {
            assert_eq!(bad.parse::<Issuer>(), Err(NotAnIssuer), "{bad}");
        }
    }

    #[test]
    fn an_address_keeps_the_query_that_it_has() {
        let with = |address: &str| Endpoint::of(address).unwrap().with_query("c=d");
        assert_eq!(with("https://id.example/auth"), "https://id.example/auth?c=d");
        assert_eq!(with("https://id.example/auth?a=b"), "https://id.example/auth?a=b&c=d");
    }

    #[test]
    fn a_secret_comes_from_a_file_or_a_variable_and_is_in_no_debug() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("secret");
        fs::write(&path, "of the file\n").unwrap();
        let written = Written {
            issuer: Some("https://id.example".parse().unwrap()),
            client: Some("qulaq".into()),
            ..Written::default()
        };
        let named = Named::of(written).unwrap().unwrap();
        let config = Config::with_secret(named.clone(), Some("hush")).unwrap();
        assert_eq!((config.secret.clone(), config.name.as_str()), (Secret::of("hush"), "id.example"));
        assert!(!format!("{config:?}").contains("hush"));
        let filed = Named { secret_file: Some(path.clone()), ..named.clone() };
        assert_eq!(Config::with_secret(filed, Some("hush")).unwrap().secret, Secret::of("of the file"));
        fs::write(&path, "\n").unwrap();
        let empty = Named { secret_file: Some(path), ..named };
        assert!(matches!(Config::with_secret(empty, None), Err(ConfigError::Empty(_))));
    }

    #[test]
    fn half_of_a_provider_is_refused() {
        assert_eq!(Named::of(Written::default()), Ok(None));
        for half in [
            Written { issuer: Some("https://id.example".parse().unwrap()), ..Written::default() },
            Written { client: Some("qulaq".into()), ..Written::default() },
            Written { secret_file: Some("/s".into()), ..Written::default() },
            Written { only: Some(true), ..Written::default() },
        ] {
            assert_eq!(Named::of(half), Err(HalfNamed));
        }
    }
}
