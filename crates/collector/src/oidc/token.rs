//! An ID token: what a provider says of somebody, and everything that must be right about it (OpenID Connect Core 1.0,
//! 3.1.3.7).

use super::keys::{Keys, Unverified};
use crate::clock::Minute;
use data_encoding::BASE64URL_NOPAD;
use serde::Deserialize;
use serde_json::{Map, Value};
use std::fmt;

/// Seconds by which the clocks of two machines may differ, and seconds after which a token is not fresh any more: it is
/// fetched in the moment that it is made.
const DIFFER: i64 = 60;
const FRESH: i64 = 10 * 60;

/// What somebody is to a provider.
pub(crate) struct Claims {
    /// What it calls them, and nobody else.
    pub(crate) subject: String,
    all: Map<String, Value>,
}

/// What a token must say.
pub(super) struct Expected<'a> {
    pub(super) issuer: &'a str,
    pub(super) client: &'a str,
    pub(super) nonce: &'a str,
    pub(super) now: Minute,
}

/// A token that nobody has verified.
pub(super) struct Claimed {
    head: Head,
    signed: String,
    signature: Vec<u8>,
    claims: Map<String, Value>,
}

#[derive(Deserialize)]
struct Head {
    alg: String,
    kid: Option<String>,
    /// Extensions that must be understood: none is.
    crit: Option<Value>,
}

/// The ID token in an answer of the token endpoint.
pub(super) fn of_answer(body: &[u8]) -> Result<String, &'static str> {
    #[derive(Deserialize)]
    struct Answered {
        id_token: String,
    }
    let answered = serde_json::from_slice::<Answered>(body);
    answered.map(|answered| answered.id_token).map_err(|_| "it gives no ID token for a code")
}

/// Whether a refusal is about this collector and not about the code: then somebody has to look after the settings.
pub(super) fn is_of_client(body: &[u8]) -> bool {
    let answered: Value = serde_json::from_slice(body).unwrap_or_default();
    answered["error"] == "invalid_client" || answered["error"] == "unauthorized_client"
}

impl Claimed {
    pub(super) fn read(token: &str) -> Result<Self, &'static str> {
        const NOT: &str = "it is no signed token";
        let parts: Vec<&str> = token.split('.').collect();
        let [head, claims, signature] = parts[..] else { return Err(NOT) };
        let decoded = |part: &str| BASE64URL_NOPAD.decode(part.as_bytes()).map_err(|_| NOT);
        let parsed: Head = serde_json::from_slice(&decoded(head)?).map_err(|_| NOT)?;
        if parsed.crit.is_some() {
            return Err("it has an extension that must be understood");
        }
        Ok(Self {
            head: parsed,
            signed: format!("{head}.{claims}"),
            signature: decoded(signature)?,
            claims: serde_json::from_slice(&decoded(claims)?).map_err(|_| NOT)?,
        })
    }

    pub(super) fn verify(&self, keys: &Keys) -> Result<(), Unverified> {
        let how = (self.head.alg.as_str(), self.head.kid.as_deref());
        keys.verify(how, self.signed.as_bytes(), &self.signature)
    }

    /// What it says, when it says it to us, about this sign-in, and now.
    pub(super) fn check(self, expected: &Expected<'_>) -> Result<Claims, &'static str> {
        let text = |name: &str| self.claims.get(name).and_then(Value::as_str);
        let second = |name: &str| self.claims.get(name).and_then(as_second);
        // Our clock says minutes: the last second of this one may be now, and so may the first.
        let (earliest, latest) = (expected.now.0 * 60, expected.now.0 * 60 + 59);
        if text("iss") != Some(expected.issuer) {
            return Err("it is of another issuer");
        }
        is_for(&self.claims, expected.client)?;
        if second("exp").is_none_or(|expires| expires <= earliest - DIFFER) {
            return Err("it has expired");
        }
        if second("iat").is_none_or(|made| made > latest + DIFFER || made < earliest - FRESH) {
            return Err("it was not made now");
        }
        if second("nbf").is_some_and(|begins| begins > latest + DIFFER) {
            return Err("it does not count yet");
        }
        if text("nonce") != Some(expected.nonce) {
            return Err("it is of another sign-in");
        }
        let subject = text("sub").filter(|sub| (1..=255).contains(&sub.len()));
        let subject = subject.filter(|sub| sub.chars().all(|c| c.is_ascii_graphic() || c == ' '));
        let subject = subject.ok_or("it names nobody")?.to_owned();
        Ok(Claims { subject, all: self.claims })
    }
}

/// Whether this collector is whom a token is for, and who asked for it.
fn is_for(claims: &Map<String, Value>, client: &str) -> Result<(), &'static str> {
    let audience: Vec<&str> = match claims.get("aud") {
        Some(Value::String(one)) => vec![one],
        Some(Value::Array(several)) => several.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let party = claims.get("azp");
    if !audience.contains(&client) {
        Err("it is for another client")
    } else if party.is_some_and(|party| party != client) || (audience.len() > 1 && party.is_none()) {
        Err("another client asked for it")
    } else {
        Ok(())
    }
}

/// Seconds since 1970, which some write with a fraction.
fn as_second(value: &Value) -> Option<i64> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a fraction of a second decides nothing, and `as` saturates"
    )]
    value.as_i64().or_else(|| value.as_f64().map(|seconds| seconds as i64))
}

impl Claims {
    /// A claim that is text.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.all.get(name).and_then(Value::as_str)
    }

    /// Whether a claim is this text, or a list with it. A name with dots leads into objects (`realm_access.roles`), unless
    /// there is a claim of that very name.
    pub(crate) fn has(&self, name: &str, wanted: &str) -> bool {
        let nested = || {
            let mut path = name.split('.');
            let first = self.all.get(path.next()?)?;
            path.try_fold(first, |value, key| value.get(key))
        };
        match self.all.get(name).or_else(nested) {
            Some(Value::String(text)) => text == wanted,
            Some(Value::Array(list)) => list.iter().any(|item| item == wanted),
            _ => false,
        }
    }

    #[cfg(test)]
    pub(super) fn of(all: Value) -> Self {
        let Value::Object(all) = all else { panic!("claims are an object") };
        Self { subject: "s".to_owned(), all }
    }
}

/// What a provider says of people is nobody's to read in a log.
impl fmt::Debug for Claims {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Claims(***)")
    }
}

#[cfg(test)]
mod tests;
