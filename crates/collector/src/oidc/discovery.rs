//! What the provider says of itself (OpenID Connect Discovery 1.0), and for how long that is believed.

use super::Trouble;
use super::config::{Endpoint, Issuer};
use super::fetch::{Answer, Fetch};
use super::keys::Keys;
use crate::clock::Minute;
use serde::Deserialize;
use std::sync::Arc;

/// Minutes after which it is asked again.
const HOUR: i64 = 60;

/// What is known of a provider.
pub(super) struct Known {
    pub(super) metadata: Arc<Metadata>,
    pub(super) keys: Keys,
    since: Minute,
    /// When its keys were last asked for besides, because one was not known.
    renewed: Option<Minute>,
}

/// Where it is asked what, and how.
#[derive(Debug)]
pub(super) struct Metadata {
    pub(super) authorization: Endpoint,
    pub(super) token: Endpoint,
    pub(super) end_session: Option<Endpoint>,
    /// Whether it takes a client's secret in a header; else it stands in the form.
    pub(super) takes_basic: bool,
    /// Whether each of its answers says from whom it comes (RFC 9207).
    pub(super) names_itself: bool,
    keys: Endpoint,
}

#[derive(Deserialize)]
struct Document {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
    end_session_endpoint: Option<String>,
    #[serde(default)]
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}

impl Known {
    /// Asks the provider.
    pub(super) async fn ask(fetch: &Fetch, issuer: &Issuer, now: Minute) -> Result<Self, Trouble> {
        let at = issuer.description().ok_or(Trouble::down("it has no address"))?;
        let answer = fetch.get(&at).await.map_err(Trouble::by("it does not describe itself"))?;
        let Answer { status: 200, body } = answer else {
            return Err(Trouble::down("its description has another status than 200"));
        };
        let metadata = Metadata::read(&body, issuer).map_err(Trouble::down)?;
        let keys = keys_at(fetch, &metadata.keys).await?;
        Ok(Self { metadata: Arc::new(metadata), keys, since: now, renewed: None })
    }

    pub(super) fn is_fresh(&self, now: Minute) -> bool {
        (self.since.0..self.since.0 + HOUR).contains(&now.0)
    }

    pub(super) fn may_renew(&self, now: Minute) -> bool {
        self.renewed != Some(now)
    }

    /// Asks for its keys again.
    pub(super) async fn renew(&mut self, fetch: &Fetch, now: Minute) -> Result<(), Trouble> {
        self.renewed = Some(now);
        self.keys = keys_at(fetch, &self.metadata.keys).await?;
        Ok(())
    }
}

async fn keys_at(fetch: &Fetch, at: &Endpoint) -> Result<Keys, Trouble> {
    let answer = fetch.get(at).await.map_err(Trouble::by("it does not tell its keys"))?;
    let Answer { status: 200, body } = answer else {
        return Err(Trouble::down("its keys have another status than 200"));
    };
    Keys::read(&body).ok_or(Trouble::down("its keys cannot be read"))
}

impl Metadata {
    fn read(body: &[u8], issuer: &Issuer) -> Result<Self, &'static str> {
        let document: Document =
            serde_json::from_slice(body).map_err(|_| "its description cannot be read")?;
        if document.issuer != issuer.as_str() {
            return Err("its description is of another issuer: compare --oidc-issuer, to the last slash");
        }
        let endpoint = |text: &str| Endpoint::of(text).ok_or("one of its addresses is not with https");
        let methods = document.token_endpoint_auth_methods_supported;
        Ok(Self {
            authorization: endpoint(&document.authorization_endpoint)?,
            token: endpoint(&document.token_endpoint)?,
            end_session: document.end_session_endpoint.as_deref().map(endpoint).transpose()?,
            // Where it says nothing, it takes the header.
            takes_basic: methods.is_none_or(|methods| methods.iter().any(|m| m == "client_secret_basic")),
            names_itself: document.authorization_response_iss_parameter_supported,
            keys: endpoint(&document.jwks_uri)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn read(changes: &Value) -> Result<Metadata, &'static str> {
        let mut document = json!({
            "issuer": "https://id.example",
            "authorization_endpoint": "https://id.example/auth",
            "token_endpoint": "https://id.example/token",
            "jwks_uri": "https://keys.example/jwks",
        });
        document.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        Metadata::read(document.to_string().as_bytes(), &"https://id.example".parse().unwrap())
    }

    #[test]
    fn a_description_of_another_issuer_or_with_an_open_address_is_not_believed() {
        assert!(read(&json!({})).is_ok_and(|metadata| metadata.takes_basic && !metadata.names_itself));
        assert!(read(&json!({"issuer": "https://id.example/"})).unwrap_err().contains("another issuer"));
        for field in ["authorization_endpoint", "token_endpoint", "jwks_uri", "end_session_endpoint"] {
            let mut changes = json!({});
            changes[field] = json!("http://id.example/x");
            assert!(read(&changes).unwrap_err().contains("https"), "{field}");
        }
        let posting = json!({"token_endpoint_auth_methods_supported": ["client_secret_post"]});
        assert!(!read(&posting).unwrap().takes_basic);
    }
}
