//! Sessions: 256 random bits in a cookie, of which the store knows the hash.
//!
//! A session is over an hour after it was last seen and twelve hours after it began, whichever comes first. Nothing is
//! lost then: the console has no page on which somebody would have written for an hour, and signing in leads back.

use crate::clock::Minute;
use crate::digest::{Digest, sha256};
use crate::http::App;
use crate::oidc;
use crate::origin::Origin;
use crate::random::{self, NoRandomness, Random};
use crate::refusal::Refusal;
use crate::store::{Over, PersonRecord, SessionRecord, Way};
use axum::http::HeaderMap;
use axum::http::header::COOKIE;
use data_encoding::BASE64URL_NOPAD;
use std::fmt;

/// Minutes.
pub(super) const IDLE: i64 = 60;
pub(super) const LONGEST: i64 = 12 * 60;

/// With this prefix a browser takes it from this host alone, over a secure connection, for all paths (RFC 6265bis).
const SECURE_NAME: &str = "__Host-qulaq";
/// Without it on `http://127.0.0.1`, where no browser but some takes a secure cookie.
const LOOPBACK_NAME: &str = "qulaq";

/// What a cookie holds: whoever has it is signed in.
pub(super) struct Secret(String);

/// Somebody who is signed in. What proves it is never to be printed.
pub(super) struct Signed {
    pub(super) person: PersonRecord,
    pub(super) session: SessionRecord,
    /// What proves that a form is one of this session: no other page can know it.
    pub(super) proof: String,
}

impl Secret {
    pub(super) fn new(random: &Random) -> Result<Self, NoRandomness> {
        Ok(Self(BASE64URL_NOPAD.encode(&random::bytes::<32>(random)?)))
    }

    /// The one that came with a request.
    pub(super) fn of(app: &App, headers: &HeaderMap) -> Option<Self> {
        cookie(headers, cookie_name(&app.public_url)).map(Self)
    }

    pub(super) fn hash(&self) -> Digest {
        sha256(&self.0)
    }

    /// The cookie that makes a browser hold it, until the browser or the session ends.
    pub(super) fn cookie(&self, app: &App) -> String {
        format!("{}={}; {}", cookie_name(&app.public_url), self.0, attributes(&app.public_url))
    }

    fn proof(&self, app: &App) -> String {
        app.key.seal(&format!("console {}", self.0))
    }
}

/// A cookie that makes a browser forget.
pub(super) fn forgetting(app: &App) -> String {
    format!("{}=; {}; Max-Age=0", cookie_name(&app.public_url), attributes(&app.public_url))
}

/// What a browser carries on its way to the provider and back. `Lax` too, for it comes back by a link of another site.
pub(super) fn cookie_of_way(app: &App, value: &str) -> String {
    format!("{}={value}; {}; Max-Age={}", way_name(app), attributes(&app.public_url), oidc::LASTS * 60)
}

/// A cookie that makes a browser forget that.
pub(super) fn forgetting_way(app: &App) -> String {
    format!("{}=; {}; Max-Age=0", way_name(app), attributes(&app.public_url))
}

/// What it carried.
pub(super) fn way_of(app: &App, headers: &HeaderMap) -> Option<String> {
    cookie(headers, &way_name(app))
}

fn way_name(app: &App) -> String {
    format!("{}-way", cookie_name(&app.public_url))
}

fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let cookies = headers.get_all(COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|value| value.split(';'));
    let value = pairs.find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='));
    value.map(str::to_owned)
}

/// Whether passwords open nothing.
pub(super) fn only_provider(app: &App) -> bool {
    app.provider.as_ref().is_some_and(|provider| provider.config().only)
}

/// Whether browsers reach a collector in a way that nobody listens in on: the console needs it.
pub(super) fn is_private(public_url: &Origin) -> bool {
    public_url.as_str().starts_with("https://") || is_loopback(public_url)
}

fn is_loopback(public_url: &Origin) -> bool {
    let host = public_url.as_str().strip_prefix("http://").unwrap_or_default();
    ["127.0.0.1", "[::1]", "localhost"].into_iter().any(|own| {
        let rest = host.strip_prefix(own);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
    })
}

fn cookie_name(public_url: &Origin) -> &'static str {
    if is_loopback(public_url) { LOOPBACK_NAME } else { SECURE_NAME }
}

/// `Lax`, so that a link in a letter leads in. What changes anything is posted, and needs a proof besides.
fn attributes(public_url: &Origin) -> &'static str {
    if is_loopback(public_url) {
        "Path=/; HttpOnly; SameSite=Lax"
    } else {
        "Path=/; Secure; HttpOnly; SameSite=Lax"
    }
}

/// Begins a session, and clears away those that are over.
pub(super) async fn begin(app: &App, person: &str, way: Way) -> Result<Secret, Refusal> {
    let secret = Secret::new(&app.random).map_err(Refusal::of_randomness)?;
    let now = (app.clock)();
    let session =
        SessionRecord { hash: secret.hash(), person: person.to_owned(), created: now, seen: now, way };
    let over = Over { created: Minute(now.0 - LONGEST), seen: Minute(now.0 - IDLE) };
    app.store.begin_session(session, over).await.map_err(Refusal::of_store)?;
    Ok(secret)
}

/// Who is signed in, as the store has it at this moment: an account that is shut, or a session that was ended, is out
/// with the next request.
pub(super) async fn find(app: &App, headers: &HeaderMap) -> Result<Option<Signed>, Refusal> {
    let Some(secret) = Secret::of(app, headers) else { return Ok(None) };
    let session = app.store.session(secret.hash()).await.map_err(Refusal::of_store)?;
    let now = (app.clock)();
    let lasts =
        |session: &SessionRecord| now.0 - session.created.0 < LONGEST && now.0 - session.seen.0 < IDLE;
    let counts = |session: &SessionRecord| session.way == Way::Provider || !only_provider(app);
    let Some(session) = session.filter(lasts).filter(counts) else { return Ok(None) };
    let person = app.store.person(&session.person).await.map_err(Refusal::of_store)?;
    let Some(person) = person.filter(|person| !person.disabled) else { return Ok(None) };
    if session.seen < now {
        app.store.see_session(session.hash, now).await.map_err(Refusal::of_store)?;
    }
    Ok(Some(Signed { person, session, proof: secret.proof(app) }))
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
    fn a_secret_cannot_be_printed_by_debug() {
        let secret = Secret("hush".to_owned());
        assert_eq!(format!("{secret:?}"), "Secret(***)");
    }

    #[test]
    fn a_cookie_is_of_this_host_alone_and_goes_over_what_nobody_listens_in_on() {
        let about = |url: &str| {
            let url: Origin = url.parse().unwrap();
            (is_private(&url), cookie_name(&url), attributes(&url).contains("Secure"))
        };
        for url in ["https://qulaq.example", "https://127.0.0.1:8443"] {
            assert_eq!(about(url), (true, "__Host-qulaq", true), "{url}");
        }
        for url in ["http://127.0.0.1:8080", "http://[::1]:8080", "http://localhost"] {
            assert_eq!(about(url), (true, "qulaq", false), "{url}");
        }
        for url in ["http://qulaq.example", "http://localhost.example", "http://127.0.0.1.example:80"] {
            assert_eq!(about(url), (false, "__Host-qulaq", true), "{url}");
        }
    }
}
