//! A provider (OpenID Connect) that says what it is told to say, also what none should. Its keys, its signatures and what it
//! asks of a client are real. How people prove to it who they are is left out: a code is given to whoever is sent there.

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use data_encoding::{BASE64, BASE64URL_NOPAD};
use ring::rand::SystemRandom;
use ring::signature::{Ed25519KeyPair, KeyPair};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

pub(crate) const CLIENT: &str = "qulaq";
pub(crate) const SECRET: &str = "hush: of the provider";

/// The provider; it ends when it is dropped.
pub(crate) struct Provider {
    pub(crate) issuer: String,
    words: Arc<Mutex<Words>>,
    _runtime: Runtime,
}

/// What it says.
struct Words {
    issuer: String,
    key: (String, Ed25519KeyPair),
    codes: HashMap<String, Vec<(String, String)>>,
    claims: Value,
    is_down: bool,
    /// How often its keys were asked for.
    asked: usize,
}

type Shared = State<Arc<Mutex<Words>>>;

impl Provider {
    /// A provider that knows one person, whom it calls `aigul-1`.
    pub(crate) fn start() -> Self {
        let runtime = Runtime::new().unwrap();
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let words = Arc::new(Mutex::new(Words {
            issuer: issuer.clone(),
            key: fresh_key("first"),
            codes: HashMap::new(),
            claims: json!({}),
            is_down: false,
            asked: 0,
        }));
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(describe))
            .route("/keys", get(keys))
            .route("/token", post(token))
            .with_state(Arc::clone(&words));
        runtime.spawn(async { axum::serve(listener, router).await });
        Self { issuer, words, _runtime: runtime }
    }

    /// Says this of the person from now on, whatever it would say otherwise.
    pub(crate) fn say(&self, claims: Value) {
        self.words.lock().unwrap().claims = claims;
    }

    /// Answers nobody any more, or again.
    pub(crate) fn go_down(&self, is_down: bool) {
        self.words.lock().unwrap().is_down = is_down;
    }

    /// Signs with another key from now on.
    pub(crate) fn change_key(&self, id: &str) {
        self.words.lock().unwrap().key = fresh_key(id);
    }

    /// How often its keys were asked for.
    pub(crate) fn asked(&self) -> usize {
        self.words.lock().unwrap().asked
    }

    /// The code for whoever was sent to this address.
    pub(crate) fn code_for(&self, address: &str) -> String {
        let query = address.strip_prefix(&format!("{}/auth?", self.issuer)).unwrap();
        let asked = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let mut words = self.words.lock().unwrap();
        let code = format!("code-{}", words.codes.len());
        words.codes.insert(code.clone(), asked);
        code
    }
}

fn fresh_key(id: &str) -> (String, Ed25519KeyPair) {
    let pair = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
    (id.to_owned(), Ed25519KeyPair::from_pkcs8(pair.as_ref()).unwrap())
}

const DOWN: (StatusCode, &str) = (StatusCode::BAD_GATEWAY, "<h1>502</h1>");

async fn describe(State(words): Shared) -> Response {
    let words = words.lock().unwrap();
    if words.is_down {
        return DOWN.into_response();
    }
    let issuer = &words.issuer;
    let document = json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/auth"),
        "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": format!("{issuer}/keys"),
        "end_session_endpoint": format!("{issuer}/out"),
        "authorization_response_iss_parameter_supported": true,
    });
    document.to_string().into_response()
}

async fn keys(State(words): Shared) -> String {
    let mut words = words.lock().unwrap();
    words.asked += 1;
    let (id, pair) = &words.key;
    let x = BASE64URL_NOPAD.encode(pair.public_key().as_ref());
    let key = json!({"kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA", "kid": id, "x": x});
    json!({ "keys": [key] }).to_string()
}

/// Takes a code once, from the client that asked for it, with the verifier of its challenge.
async fn token(State(words): Shared, headers: HeaderMap, body: String) -> Response {
    let mut words = words.lock().unwrap();
    if words.is_down {
        return DOWN.into_response();
    }
    let refused =
        |error: &str| (StatusCode::BAD_REQUEST, json!({ "error": error }).to_string()).into_response();
    let encoded = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    let basic = BASE64.encode(format!("{}:{}", encoded(CLIENT), encoded(SECRET)).as_bytes());
    if headers.get("authorization").is_none_or(|shown| *shown != format!("Basic {basic}")) {
        return refused("invalid_client");
    }
    let form: Vec<(String, String)> = form_urlencoded::parse(body.as_bytes()).into_owned().collect();
    let Some(asked) = words.codes.remove(&of(&form, "code")) else { return refused("invalid_grant") };
    let hash: [u8; 32] = <sha2::Sha256 as sha2::Digest>::digest(of(&form, "code_verifier")).into();
    let fits = BASE64URL_NOPAD.encode(&hash) == of(&asked, "code_challenge")
        && of(&asked, "code_challenge_method") == "S256"
        && of(&form, "redirect_uri") == of(&asked, "redirect_uri");
    if !fits {
        return refused("invalid_grant");
    }
    let second = crate::support::NOW.0 * 60;
    let mut claims = json!({
        "iss": words.issuer, "aud": CLIENT, "sub": "aigul-1", "nonce": of(&asked, "nonce"),
        "iat": second, "exp": second + 300,
    });
    claims.as_object_mut().unwrap().extend(words.claims.as_object().unwrap().clone());
    let head = json!({"alg": "EdDSA", "kid": words.key.0});
    let part = |value: &Value| BASE64URL_NOPAD.encode(value.to_string().as_bytes());
    let message = format!("{}.{}", part(&head), part(&claims));
    let signature = BASE64URL_NOPAD.encode(words.key.1.sign(message.as_bytes()).as_ref());
    json!({"access_token": "unused", "id_token": format!("{message}.{signature}")})
        .to_string()
        .into_response()
}

fn of(pairs: &[(String, String)], name: &str) -> String {
    pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone()).unwrap_or_default()
}
