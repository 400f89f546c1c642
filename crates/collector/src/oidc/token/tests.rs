//! Tokens of a provider that lies, and of some that do not: keys and signatures are real ones.

use super::*;
use ring::hmac;
use ring::rand::SystemRandom;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, ECDSA_P384_SHA384_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair,
};
use serde_json::json;

const NOW: Minute = Minute(29_550_000);
const SECOND: i64 = NOW.0 * 60;

fn encoded(bytes: impl AsRef<[u8]>) -> String {
    BASE64URL_NOPAD.encode(bytes.as_ref())
}

/// What is signed of a token.
fn unsigned(head: &Value, claims: &Value) -> String {
    format!("{}.{}", encoded(head.to_string()), encoded(claims.to_string()))
}

fn signed(head: &Value, claims: &Value, sign: impl Fn(&[u8]) -> Vec<u8>) -> Claimed {
    let message = unsigned(head, claims);
    let signature = sign(message.as_bytes());
    Claimed::read(&format!("{message}.{}", encoded(signature))).unwrap()
}

fn sound() -> Value {
    json!({
        "iss": "https://id.example", "aud": "qulaq", "sub": "aigul-1", "nonce": "n",
        "iat": SECOND, "exp": SECOND + 300,
    })
}

fn set(keys: &[Value]) -> Keys {
    Keys::read(json!({ "keys": keys }).to_string().as_bytes()).unwrap()
}

/// A fresh key of Ed25519, and how it is published.
fn ed25519(id: &str) -> (Ed25519KeyPair, Value) {
    let pair = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
    let pair = Ed25519KeyPair::from_pkcs8(pair.as_ref()).unwrap();
    let key =
        json!({"kty": "OKP", "crv": "Ed25519", "kid": id, "use": "sig", "x": encoded(pair.public_key())});
    (pair, key)
}

/// What a sound token comes to with these changes.
fn checked(changes: &Value) -> Result<Claims, &'static str> {
    let mut claims = sound();
    claims.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
    claims.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    let (pair, key) = ed25519("a");
    let token = signed(&json!({"alg": "EdDSA", "kid": "a"}), &claims, |m| pair.sign(m).as_ref().to_vec());
    assert_eq!(token.verify(&set(&[key])), Ok(()));
    token.check(&Expected { issuer: "https://id.example", client: "qulaq", nonce: "n", now: NOW })
}

#[test]
fn a_token_counts_for_whom_it_is_for_when_it_is_made_and_once() {
    assert_eq!(checked(&json!({})).unwrap().subject, "aigul-1");
    for (changes, why) in [
        (json!({"iss": "https://id.example/"}), "another issuer"),
        (json!({"iss": null}), "another issuer"),
        (json!({"aud": "other"}), "for another client"),
        (json!({"aud": []}), "for another client"),
        (json!({"aud": {"qulaq": true}}), "for another client"),
        (json!({"aud": ["qulaq", "other"]}), "another client asked"),
        (json!({"aud": ["qulaq", "other"], "azp": "other"}), "another client asked"),
        (json!({"azp": "other"}), "another client asked"),
        (json!({"exp": SECOND - 60}), "expired"),
        (json!({"exp": null}), "expired"),
        (json!({"exp": "tomorrow"}), "expired"),
        (json!({"iat": SECOND + 120}), "not made now"),
        (json!({"iat": SECOND - 601}), "not made now"),
        (json!({"iat": null}), "not made now"),
        (json!({"nbf": SECOND + 600}), "not count yet"),
        (json!({"nonce": "another"}), "another sign-in"),
        (json!({"nonce": null}), "another sign-in"),
        (json!({"sub": ""}), "names nobody"),
        (json!({"sub": 7}), "names nobody"),
        (json!({"sub": "a\u{0}b"}), "names nobody"),
        (json!({"sub": "a".repeat(256)}), "names nobody"),
    ] {
        let said = checked(&changes).map(|claims| claims.subject);
        assert!(said.as_ref().is_err_and(|said| said.contains(why)), "{changes}: {said:?}");
    }
    for changes in [
        json!({"aud": ["qulaq", "other"], "azp": "qulaq"}),
        json!({"aud": ["qulaq"]}),
        json!({"exp": SECOND - 59}),
        json!({"iat": SECOND + 119, "exp": SECOND as f64 + 300.5}),
    ] {
        assert!(checked(&changes).is_ok(), "{changes}");
    }
}

#[test]
fn each_kind_of_key_that_is_allowed_verifies_what_it_signed_and_nothing_else() {
    let random = SystemRandom::new();
    for (curve, name, alg) in [
        (&ECDSA_P256_SHA256_FIXED_SIGNING, "P-256", "ES256"),
        (&ECDSA_P384_SHA384_FIXED_SIGNING, "P-384", "ES384"),
    ] {
        let pair = EcdsaKeyPair::generate_pkcs8(curve, &random).unwrap();
        let pair = EcdsaKeyPair::from_pkcs8(curve, pair.as_ref(), &random).unwrap();
        let (x, y) = pair.public_key().as_ref()[1..].split_at(pair.public_key().as_ref().len() / 2);
        let key = json!({"kty": "EC", "crv": name, "kid": "e", "x": encoded(x), "y": encoded(y)});
        let sign = |m: &[u8]| pair.sign(&random, m).unwrap().as_ref().to_vec();
        let token = signed(&json!({"alg": alg, "kid": "e"}), &sound(), sign);
        assert_eq!(token.verify(&set(std::slice::from_ref(&key))), Ok(()), "{alg}");
        let other = signed(&json!({"alg": alg, "kid": "e"}), &json!({}), |_| sign(b"another message"));
        assert_eq!(other.verify(&set(&[key])), Err(Unverified::Bad), "{alg}");
    }
}

#[test]
fn no_signature_and_one_made_with_a_public_key_are_refused() {
    let (pair, key) = ed25519("a");
    let keys = set(&[key]);
    let none = Claimed::read(&format!("{}.", unsigned(&json!({"alg": "none"}), &sound()))).unwrap();
    assert_eq!(none.verify(&keys), Err(Unverified::Bad));
    let public = hmac::Key::new(hmac::HMAC_SHA256, pair.public_key().as_ref());
    for head in [json!({"alg": "HS256", "kid": "a"}), json!({"alg": "HS256"}), json!({"alg": "hs256"})] {
        let forged = signed(&head, &sound(), |m| hmac::sign(&public, m).as_ref().to_vec());
        assert_eq!(forged.verify(&keys), Err(Unverified::Bad), "{head}");
    }
    let swapped = signed(&json!({"alg": "ES256", "kid": "a"}), &sound(), |m| pair.sign(m).as_ref().to_vec());
    assert_eq!(swapped.verify(&keys), Err(Unverified::UnknownKey), "a key of another kind");
}

#[test]
fn a_key_that_is_not_known_for_another_purpose_or_one_of_several_is_none() {
    let (pair, key) = ed25519("a");
    let (_, other) = ed25519("b");
    let sign = |head: Value| signed(&head, &sound(), |m| pair.sign(m).as_ref().to_vec());
    assert_eq!(
        sign(json!({"alg": "EdDSA", "kid": "c"})).verify(&set(std::slice::from_ref(&key))),
        Err(Unverified::UnknownKey)
    );
    let nameless = sign(json!({"alg": "EdDSA"}));
    assert_eq!(nameless.verify(&set(std::slice::from_ref(&key))), Ok(()));
    assert_eq!(nameless.verify(&set(&[key.clone(), other])), Err(Unverified::UnknownKey));
    let mut encrypting = key.clone();
    encrypting["use"] = json!("enc");
    assert_eq!(nameless.verify(&set(&[encrypting])), Err(Unverified::UnknownKey));
    let mut otherwise = key;
    otherwise["alg"] = json!("ES256");
    assert_eq!(nameless.verify(&set(&[otherwise])), Err(Unverified::UnknownKey));
}

#[test]
fn what_is_no_token_is_refused_before_a_key_is_asked() {
    let critical = unsigned(&json!({"alg": "EdDSA", "crit": ["x"]}), &sound());
    for text in
        ["", "a.b", "a.b.c", "....", "a.b.c.d.e", &format!("{critical}.AAAA"), "e30.e30.", "bnVsbA.e30.AA"]
    {
        assert!(Claimed::read(text).is_err(), "{text}");
    }
    assert!(of_answer(b"{\"access_token\":\"x\"}").is_err());
    assert!(is_of_client(b"{\"error\":\"invalid_client\"}") && !is_of_client(b"<html>"));
}

#[test]
fn a_claim_is_a_text_or_a_list_or_lies_within_others() {
    let claims = Claims::of(json!({
        "groups": ["a", "b"], "role": "c", "realm_access": {"roles": ["d"]}, "https://x.example/roles": ["e"], "n": 7,
    }));
    for (name, value) in
        [("groups", "b"), ("role", "c"), ("realm_access.roles", "d"), ("https://x.example/roles", "e")]
    {
        assert!(claims.has(name, value), "{name}");
        assert!(!claims.has(name, "z"), "{name}");
    }
    assert!(!claims.has("n", "7") && !claims.has("realm_access.roles.d", "d") && !claims.has("", ""));
}
