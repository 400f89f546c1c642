//! The agency's own provider: people prove there who they are, and come back with a code (OpenID Connect Core 1.0, the
//! authorization code flow, with PKCE after RFC 7636).
//!
//! Here is what the provider is asked and what its word is worth. Which account somebody gets is decided by
//! `http::console::provider`.

pub mod config;
mod discovery;
mod fetch;
mod flow;
mod keys;
pub mod mapping;
mod secret;
mod token;

use crate::clock::Minute;
use config::Config;
use discovery::{Known, Metadata};
use fetch::{Answer, Fetch};
use keys::Unverified;
use std::error::Error;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;
use token::{Claimed, Expected};
use tokio::sync::{Mutex, Semaphore, SemaphorePermit};

pub(crate) use flow::{Door, Flow, LASTS};
pub(crate) use token::Claims;

/// People who are asked about at the same time, and how long the next one waits for a turn: whoever sends a thousand made-up
/// codes makes this collector send eight of them.
const AT_ONCE: usize = 8;
const PATIENCE: Duration = Duration::from_secs(10);

/// The provider, and what it has said of itself.
pub struct Provider {
    config: Config,
    fetch: Fetch,
    known: Mutex<Option<Known>>,
    turns: Semaphore,
}

/// Why nobody could be let in by the provider. It quotes nothing that the provider or the browser sent.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// It cannot be reached, or answers what it must not.
    #[error("the provider does not answer as it should: {0}")]
    Down(&'static str, #[source] Option<Box<dyn Error + Send + Sync>>),
    /// It does not vouch for whoever came, or what came is not its word.
    #[error("the provider's word is not taken: {0}")]
    Refused(&'static str),
}

impl Trouble {
    fn down(what: &'static str) -> Self {
        Self::Down(what, None)
    }

    fn by(what: &'static str) -> impl Fn(Box<dyn Error + Send + Sync>) -> Self {
        move |error| Self::Down(what, Some(error))
    }
}

impl Provider {
    /// A provider that has not been asked anything yet.
    ///
    /// # Errors
    /// When TLS cannot be set up.
    pub fn new(config: Config) -> Result<Self, rustls::Error> {
        let (known, turns) = (Mutex::new(None), Semaphore::new(AT_ONCE));
        Ok(Self { config, fetch: Fetch::new()?, known, turns })
    }

    /// What is set about it.
    pub(crate) fn config(&self) -> &Config {
        &self.config
    }

    /// Where somebody proves who they are, and comes back from to `door`.
    pub(crate) async fn address(&self, door: &Door<'_>, now: Minute) -> Result<String, Trouble> {
        let _turn = self.turn().await?;
        let metadata = self.metadata(now).await?;
        let mut query = form_urlencoded::Serializer::new(String::new());
        query
            .append_pair("response_type", "code")
            .append_pair("client_id", &self.config.client)
            .append_pair("redirect_uri", &door.back)
            .append_pair("scope", &self.config.scopes())
            .append_pair("state", &door.state)
            .append_pair("nonce", &door.nonce)
            .append_pair("code_challenge", &flow::challenge(&door.verifier))
            .append_pair("code_challenge_method", "S256")
            .append_pair("ui_locales", door.lang);
        Ok(metadata.authorization.with_query(&query.finish()))
    }

    /// Who came back with a code. `from` is the issuer that the address names, if it does (RFC 9207): a code that another
    /// provider gave must not be shown to this one.
    pub(crate) async fn admit(
        &self,
        (code, from): (&str, Option<&str>),
        door: &Door<'_>,
        now: Minute,
    ) -> Result<Claims, Trouble> {
        let _turn = self.turn().await?;
        let metadata = self.metadata(now).await?;
        match from {
            Some(issuer) if issuer != self.config.issuer.as_str() => {
                return Err(Trouble::Refused("the answer comes from another issuer"));
            }
            None if metadata.names_itself => {
                return Err(Trouble::Refused("the answer does not say from whom it comes"));
            }
            _ => {}
        }
        let token = self.exchange(&metadata, code, door).await?;
        let claimed = Claimed::read(&token).map_err(Trouble::Refused)?;
        self.verify(&claimed, now).await?;
        let expected = Expected {
            issuer: self.config.issuer.as_str(),
            client: &self.config.client,
            nonce: &door.nonce,
            now,
        };
        claimed.check(&expected).map_err(Trouble::Refused)
    }

    /// Where somebody signs out of the provider too (OpenID Connect RP-Initiated Logout 1.0), when it has such a place and
    /// has been asked lately: nobody waits for it on the way out.
    pub(crate) fn way_out(&self, back: &str) -> Option<String> {
        let end = self.known.try_lock().ok()?.as_ref()?.metadata.end_session.clone()?;
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("client_id", &self.config.client).append_pair("post_logout_redirect_uri", back);
        Some(end.with_query(&query.finish()))
    }

    async fn turn(&self) -> Result<SemaphorePermit<'_>, Trouble> {
        let turn = tokio::time::timeout(PATIENCE, self.turns.acquire()).await;
        turn.ok().and_then(Result::ok).ok_or(Trouble::down("too many people wait for it"))
    }

    /// What it says of itself, asked once an hour at most.
    async fn metadata(&self, now: Minute) -> Result<Arc<Metadata>, Trouble> {
        let mut known = self.known.lock().await;
        if let Some(known) = known.as_ref().filter(|known| known.is_fresh(now)) {
            return Ok(Arc::clone(&known.metadata));
        }
        let fresh = Known::ask(&self.fetch, &self.config.issuer, now).await?;
        let metadata = Arc::clone(&fresh.metadata);
        *known = Some(fresh);
        Ok(metadata)
    }

    /// Whether one of the provider's keys signed it. For a key that is not known the provider is asked anew, once a minute at
    /// most: it may have changed its keys, and whoever names keys that there are not must not make us ask for ever.
    async fn verify(&self, claimed: &Claimed, now: Minute) -> Result<(), Trouble> {
        let mut known = self.known.lock().await;
        let Some(known) = known.as_mut() else { return Err(Trouble::down("it was forgotten")) };
        let mut verified = claimed.verify(&known.keys);
        if verified == Err(Unverified::UnknownKey) && known.may_renew(now) {
            known.renew(&self.fetch, now).await?;
            verified = claimed.verify(&known.keys);
        }
        verified.map_err(|_| Trouble::Refused("no key of the provider signed the token"))
    }

    /// The ID token for a code.
    async fn exchange(&self, metadata: &Metadata, code: &str, door: &Door<'_>) -> Result<String, Trouble> {
        let (form, header) = self.asked_for_a_token(metadata, code, door);
        let answer = self.fetch.post(&metadata.token, form, header).await;
        match answer.map_err(Trouble::by("a code cannot be exchanged"))? {
            Answer { status: 200, body } => token::of_answer(&body).map_err(Trouble::down),
            Answer { status: 400..=499, body } if token::is_of_client(&body) => {
                Err(Trouble::down("it does not know this client or its secret"))
            }
            Answer { status: 400..=499, .. } => Err(Trouble::Refused("it does not take the code")),
            Answer { .. } => Err(Trouble::down("it answers the exchange of a code with another status")),
        }
    }

    /// The form for it, and the header by which the provider knows who asks.
    fn asked_for_a_token(
        &self,
        metadata: &Metadata,
        code: &str,
        door: &Door<'_>,
    ) -> (String, Option<String>) {
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.append_pair("grant_type", "authorization_code")
            .append_pair("code", code)
            .append_pair("redirect_uri", &door.back)
            .append_pair("code_verifier", &door.verifier);
        let client = &self.config.client;
        let header = self.config.secret.as_ref().filter(|_| metadata.takes_basic);
        if header.is_none() {
            form.append_pair("client_id", client);
            let secret = self.config.secret.iter().map(|secret| ("client_secret", secret.reveal()));
            form.extend_pairs(secret);
        }
        (form.finish(), header.map(|secret| secret.basic(client)))
    }
}

impl fmt::Debug for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Provider").field("config", &self.config).finish_non_exhaustive()
    }
}
