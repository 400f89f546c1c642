//! Origins: scheme, host and port, as browsers write them in `Origin`.

use serde::Deserialize;
use std::fmt;
use std::str::FromStr;

/// An origin such as `https://agency.gov.kz` or `http://127.0.0.1:8080`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Origin(String);

/// Whose pages may call the collector from a browser.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum Allowed {
    /// Pages of this origin.
    Exactly(Origin),
    /// Pages of every origin: `*`.
    Any,
}

/// A text that is not an origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "must be http:// or https://, a host in lower case and perhaps a port, without a path: https://agency.example"
)]
pub struct NotAnOrigin;

impl Origin {
    /// The origin as text, without a slash at the end.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Origin {
    type Err = NotAnOrigin;

    /// Takes what browsers send, so that comparing is comparing text; one slash at the end is forgiven.
    fn from_str(text: &str) -> Result<Self, NotAnOrigin> {
        let text = text.strip_suffix('/').unwrap_or(text);
        let host =
            text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).ok_or(NotAnOrigin)?;
        let allowed =
            |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-:[]_".contains(&byte);
        if host.is_empty() || !host.bytes().all(allowed) {
            return Err(NotAnOrigin);
        }
        Ok(Self(text.to_owned()))
    }
}

impl FromStr for Allowed {
    type Err = NotAnOrigin;

    fn from_str(text: &str) -> Result<Self, NotAnOrigin> {
        if text == "*" { Ok(Self::Any) } else { text.parse().map(Self::Exactly) }
    }
}

impl TryFrom<String> for Origin {
    type Error = NotAnOrigin;

    fn try_from(text: String) -> Result<Self, NotAnOrigin> {
        text.parse()
    }
}

impl TryFrom<String> for Allowed {
    type Error = NotAnOrigin;

    fn try_from(text: String) -> Result<Self, NotAnOrigin> {
        text.parse()
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_what_browsers_send() {
        for origin in ["https://agency.example", "http://127.0.0.1:8080", "http://[::1]:8080"] {
            assert_eq!(origin.parse::<Origin>().unwrap().as_str(), origin);
        }
        assert_eq!("https://agency.example/".parse::<Origin>().unwrap().as_str(), "https://agency.example");
    }

    #[test]
    fn what_no_browser_would_send_is_refused() {
        for text in [
            "",
            "*",
            "agency.example",
            "https://",
            "https://Agency.example",
            "https://a.example/path",
            "null",
        ] {
            assert_eq!(text.parse::<Origin>(), Err(NotAnOrigin), "{text}");
        }
        assert_eq!("*".parse::<Allowed>(), Ok(Allowed::Any));
        assert_eq!("https://*.example".parse::<Allowed>(), Err(NotAnOrigin));
    }
}
