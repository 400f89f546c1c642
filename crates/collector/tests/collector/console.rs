//! The console: who is let in, to which pages, and what stands on them.

mod coding;
mod comments;
mod cuts;
mod downloads;
mod forum;
mod guard;
mod invitations;
mod matters;
mod meeting;
mod outcome;
mod pages;
mod provider;
mod remembered;
mod signing;
mod weights;

use crate::support::{Client, Collector, NOW, Reply, hidden, urlencoded};
use collector::clock::Minute;
use collector::people::password::Hashed;
use collector::people::rights::{Role, Roles};
use collector::random;
use collector::store::{Over, PersonRecord, SessionRecord, Way};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};

const PASSWORD: &str = "алма пісті, жер иіскеді";

/// Hashed once: it takes long on purpose.
static HASHED: LazyLock<Hashed> = LazyLock::new(|| Hashed::of(PASSWORD, &random::system()).unwrap());

/// Makes an account.
pub(crate) fn add(collector: &Collector, name: &str, roles: &[(Option<&str>, Role)]) {
    let person = PersonRecord {
        name: name.to_owned(),
        display: format!("{name} <Ә>"),
        password: HASHED.clone(),
        lang: "en".to_owned(),
        disabled: false,
        created: NOW,
        roles: Roles(roles.iter().map(|(survey, role)| (survey.map(str::to_owned), *role)).collect()),
    };
    assert!(collector.wait(collector.store.add_person(person)).unwrap());
}

/// Somebody with a browser.
pub(crate) struct Visitor<'a> {
    client: &'a Client,
    cookie: String,
}

impl<'a> Visitor<'a> {
    /// Somebody whose session began now.
    pub(crate) fn with_session(collector: &'a Collector, name: &str) -> Self {
        Self::with_session_at(collector, name, NOW)
    }

    /// Somebody whose session began at this minute.
    fn with_session_at(collector: &'a Collector, name: &str, now: Minute) -> Self {
        static SESSIONS: AtomicU32 = AtomicU32::new(0);
        let secret = format!("{name}-{}", SESSIONS.fetch_add(1, Ordering::Relaxed));
        let hash = <sha2::Sha256 as sha2::Digest>::digest(&secret).into();
        let session =
            SessionRecord { hash, person: name.to_owned(), created: now, seen: now, way: Way::Password };
        let nothing = Over { created: Minute(0), seen: Minute(0) };
        collector.wait(collector.store.begin_session(session, nothing)).unwrap();
        Self { client: &collector.client, cookie: format!("qulaq={secret}") }
    }

    /// Somebody who types a name and a password.
    fn sign_in(client: &'a Client, name: &str, password: &str) -> (Self, Reply) {
        let body = urlencoded(&[("name", name), ("password", password)]);
        let reply = client.post_form("/console/sign-in", &body);
        let cookie = reply.header("set-cookie").split(';').next().unwrap_or_default().to_owned();
        (Self { client, cookie }, reply)
    }

    pub(crate) fn get(&self, path: &str) -> Reply {
        let headers = [("cookie", self.cookie.as_str()), ("accept", "text/html")];
        self.client.send("GET", path, &headers, "")
    }

    /// Posts a form of a page with what proves that it is ours.
    pub(crate) fn post(&self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let proof = hidden(&self.get("/console/account"), "proof");
        let fields: Vec<(&str, &str)> =
            [("proof", proof.as_str())].into_iter().chain(fields.iter().copied()).collect();
        self.post_as_is(path, &fields, &[])
    }

    /// Posts with a proof, when there is anybody to give one.
    fn post_if_in(&self, path: &str) -> Reply {
        if self.is_in() { self.post(path, &[]) } else { self.post_as_is(path, &[], &[]) }
    }

    fn post_as_is(&self, path: &str, fields: &[(&str, &str)], headers: &[(&str, &str)]) -> Reply {
        let own = [("cookie", self.cookie.as_str()), ("content-type", "application/x-www-form-urlencoded")];
        let headers: Vec<(&str, &str)> = own.into_iter().chain(headers.iter().copied()).collect();
        self.client.send("POST", path, &headers, urlencoded(fields))
    }

    fn is_in(&self) -> bool {
        self.get("/console/account").status == 200
    }
}
