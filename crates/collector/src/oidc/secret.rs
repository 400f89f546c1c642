//! The secret by which the provider knows this collector.

use data_encoding::BASE64;
use std::fmt;

/// A client secret. It is in no flag, address, log or `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// What stands in a file or a variable, without the end of its line; `None` when that is nothing.
    pub(super) fn of(text: &str) -> Option<Self> {
        let text = text.trim_end_matches(['\n', '\r']);
        (!text.is_empty()).then(|| Self(text.to_owned()))
    }

    pub(super) fn reveal(&self) -> &str {
        &self.0
    }

    /// The header by which a client shows it (RFC 6749, 2.3.1).
    pub(super) fn basic(&self, client: &str) -> String {
        let encoded = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
        let pair = format!("{}:{}", encoded(client), encoded(&self.0));
        format!("Basic {}", BASE64.encode(pair.as_bytes()))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_shown_to_the_provider_and_to_nobody_else() {
        let secret = Secret::of("a b:ә\n").unwrap();
        assert_eq!(secret.basic("qulaq"), format!("Basic {}", BASE64.encode(b"qulaq:a+b%3A%D3%99")));
        assert_eq!(format!("{secret:?}"), "Secret(***)");
        assert_eq!(Secret::of("\n"), None);
    }
}
