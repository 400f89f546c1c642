//! One way to the provider and back: what a browser carries meanwhile, and what is told to the provider.
//!
//! The cookie has a random name of the way, where it began, and a seal. Everything secret is computed of that name with the
//! key that all collectors on one store have, so that whichever of them somebody comes back to can finish, and none has to
//! remember anything.

use crate::clock::Minute;
use crate::digest::sha256;
use crate::key::Key;
use crate::random::{self, NoRandomness, Random};
use data_encoding::BASE64URL_NOPAD;
use std::fmt;

/// Minutes in which somebody finds a password, or a card and its code.
pub(crate) const LASTS: i64 = 15;

/// A way that was begun.
pub(crate) struct Flow {
    name: String,
    begun: Minute,
    /// The page of the console that was asked for.
    pub(crate) to: String,
}

/// What the provider is told about a way, and what its answer must fit.
pub(crate) struct Door<'a> {
    /// Where it sends people back to.
    pub(crate) back: String,
    pub(crate) state: String,
    pub(crate) nonce: String,
    pub(crate) verifier: String,
    /// The language in which it had best speak.
    pub(crate) lang: &'a str,
}

impl Flow {
    pub(crate) fn begin(random: &Random, now: Minute, to: String) -> Result<Self, NoRandomness> {
        Ok(Self { name: BASE64URL_NOPAD.encode(&random::bytes::<32>(random)?), begun: now, to })
    }

    /// The value of the cookie.
    pub(crate) fn sealed(&self, key: &Key) -> String {
        let to = BASE64URL_NOPAD.encode(self.to.as_bytes());
        let what = format!("{}.{}.{to}", self.name, self.begun.0);
        let seal = key.seal(&format!("way {what}"));
        format!("{what}.{seal}")
    }

    /// The way that a cookie is of, unless somebody else made the cookie, or it is old.
    pub(crate) fn opened(key: &Key, cookie: &str, now: Minute) -> Option<Self> {
        let (what, seal) = cookie.rsplit_once('.')?;
        // Compared by their hashes: how long it takes tells nothing about the seal.
        if sha256(seal) != sha256(key.seal(&format!("way {what}"))) {
            return None;
        }
        let mut parts = what.split('.');
        let (name, begun, to) = (parts.next()?, parts.next()?.parse().ok()?, parts.next()?);
        let to = String::from_utf8(BASE64URL_NOPAD.decode(to.as_bytes()).ok()?).ok()?;
        let lasts = (begun..begun + LASTS).contains(&now.0);
        lasts.then(|| Self { name: name.to_owned(), begun: Minute(begun), to })
    }

    /// What the provider is told.
    pub(crate) fn door<'a>(&self, key: &Key, back: String, lang: &'a str) -> Door<'a> {
        let derived = |of: &str| key.derived(&format!("{of} {}", self.name));
        Door { back, state: derived("state"), nonce: derived("nonce"), verifier: derived("verifier"), lang }
    }
}

impl Door<'_> {
    /// Whether an answer belongs to this way.
    pub(crate) fn is_of(&self, state: &str) -> bool {
        sha256(state) == sha256(&self.state)
    }
}

/// What shows that whoever has the verifier asked for the code (RFC 7636, 4.2).
pub(super) fn challenge(verifier: &str) -> String {
    BASE64URL_NOPAD.encode(&sha256(verifier))
}

impl fmt::Debug for Flow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Flow(***)")
    }
}

impl fmt::Debug for Door<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Door(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Minute = Minute(29_550_000);

    fn key() -> Key {
        Key::new([7; 32])
    }

    #[test]
    fn any_collector_with_the_key_finishes_a_way_within_its_time_and_nobody_else_makes_one() {
        let flow = Flow::begin(&random::system(), NOW, "/console/log?lang=ru".to_owned()).unwrap();
        let cookie = flow.sealed(&key());
        let opened = Flow::opened(&key(), &cookie, Minute(NOW.0 + LASTS - 1)).unwrap();
        assert_eq!(opened.to, "/console/log?lang=ru");
        let (first, second) =
            (flow.door(&key(), String::new(), "kk"), opened.door(&key(), String::new(), "kk"));
        assert!(second.is_of(&first.state) && !second.is_of("") && !second.is_of(&first.nonce));
        assert_eq!(
            (first.nonce.as_str(), first.verifier.as_str()),
            (second.nonce.as_str(), second.verifier.as_str())
        );
        for other in [Minute(NOW.0 + LASTS), Minute(NOW.0 - 1)] {
            assert!(Flow::opened(&key(), &cookie, other).is_none(), "{other:?}");
        }
        assert!(Flow::opened(&Key::new([8; 32]), &cookie, NOW).is_none());
        for forged in
            ["", "a", "a.b.c.d", &cookie.replacen('.', ".1", 1), &cookie[1..], &format!("{cookie}0")]
        {
            assert!(Flow::opened(&key(), forged, NOW).is_none(), "{forged}");
        }
    }

    #[test]
    fn what_a_browser_carries_is_none_of_what_the_provider_is_told_or_must_not_know() {
        let flow = Flow::begin(&random::system(), NOW, String::new()).unwrap();
        let (door, cookie) = (flow.door(&key(), String::new(), "kk"), flow.sealed(&key()));
        for secret in [&door.state, &door.nonce, &door.verifier] {
            assert!(secret.len() == 64 && !cookie.contains(secret.as_str()));
        }
        assert_eq!(format!("{flow:?} {door:?}"), "Flow(***) Door(***)");
    }

    #[test]
    fn a_challenge_is_that_of_the_example_in_rfc_7636() {
        let challenge = challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
        assert_eq!(challenge, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }
}
