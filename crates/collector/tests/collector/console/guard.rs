//! Every route of the console, and who may take it.

use super::{Visitor, add};
use crate::support::{Client, Collector, answer_yes, hidden};
use collector::http::console::paths;
use collector::people::rights::Role;

const SURVEY: &str = "page-useful";

/// What a request comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Comes {
    /// To what was asked for.
    In,
    /// To the door.
    Door,
    /// To a page that says that this is not theirs to see.
    Not,
    /// To nothing: whether there is such a survey is not theirs to know.
    Nothing,
}

use Comes::{Door, In, Not, Nothing};

/// Who comes to what was asked for. Everybody else comes to where their like do.
#[derive(Clone, Copy, Debug)]
enum May {
    Anybody,
    /// Where there is no provider, nobody is sent to one.
    Nobody,
    WhoeverIsSignedIn,
    /// With one of these roles on every survey.
    Everywhere(&'static [Role]),
    /// With one of these roles on this survey, or on every one.
    Here(&'static [Role]),
}

use May::{Anybody, Everywhere, Here, Nobody, WhoeverIsSignedIn};
use Role::{Analyst, Controller, Moderator, Owner, Responsible, Viewer};

const ALL: &[Role] = &[Viewer, Responsible, Analyst, Moderator, Controller, Owner];
const READERS: &[Role] = &[Analyst, Moderator, Controller, Owner];

const TABLE: &[(&str, May)] = &[
    ("/console/sign-in", Anybody),
    ("/console/sign-in/provider", Nobody),
    ("/console/sign-in/return", Nobody),
    ("/console/sign-out", WhoeverIsSignedIn),
    ("/console", WhoeverIsSignedIn),
    ("/console/account", WhoeverIsSignedIn),
    ("/console/people", Everywhere(&[Owner])),
    ("/console/people/{person}", Everywhere(&[Owner])),
    ("/console/tokens", Everywhere(&[Owner])),
    ("/console/log", Everywhere(&[Owner])),
    ("/console/surveys/{survey}", Here(ALL)),
    ("/console/surveys/{survey}/texts", Here(READERS)),
    ("/console/surveys/{survey}/frame", Here(READERS)),
    ("/console/surveys/{survey}/agreement", Here(READERS)),
    ("/console/surveys/{survey}/words", Here(ALL)),
    ("/console/surveys/{survey}/chart", Here(ALL)),
    ("/console/surveys/{survey}/public", Here(ALL)),
    ("/console/surveys/{survey}/downloads", Here(&[Analyst, Owner])),
    ("/console/surveys/{survey}/downloads/{download}", Here(&[Analyst, Owner])),
    ("/console/surveys/{survey}/cross", Here(&[Analyst, Owner])),
    ("/console/surveys/{survey}/quality", Here(&[Analyst, Owner])),
    ("/console/surveys/{survey}/weights", Here(&[Analyst, Owner])),
    ("/console/surveys/{survey}/invitations", Here(&[Owner])),
    ("/console/surveys/{survey}/report", Here(ALL)),
    ("/console/surveys/{survey}/outcome", Here(&[Controller, Owner])),
    ("/console/surveys/{survey}/archive", Here(&[Controller, Owner])),
    ("/console/surveys/{survey}/pages", Here(ALL)),
    ("/console/surveys/{survey}/reconciliation", Here(ALL)),
    ("/console/matters", WhoeverIsSignedIn),
    ("/console/surveys/{survey}/matters", Here(&[Responsible, Controller, Owner])),
    ("/console/surveys/{survey}/matters/{number}", Here(&[Responsible, Controller, Owner])),
    ("/console/surveys/{survey}/moderation", Here(&[Moderator, Owner])),
    ("/console/surveys/{survey}/opinions", Here(ALL)),
    ("/console/surveys/{survey}/comments", Here(READERS)),
    ("/console/surveys/{survey}/comments/report", Here(READERS)),
    ("/console/surveys/{survey}/meeting", Here(ALL)),
    ("/console/surveys/{survey}/attendance", Here(READERS)),
    ("/console/surveys/{survey}/minutes", Here(READERS)),
    ("/console/surveys/{survey}/minutes/file", Here(READERS)),
];

impl May {
    /// What comes of it for somebody with this role, on every survey or on this one.
    fn comes(self, role: Role, everywhere: bool) -> Comes {
        let has = match self {
            Anybody | WhoeverIsSignedIn => true,
            Nobody => return Nothing,
            Everywhere(roles) => everywhere && roles.contains(&role),
            Here(roles) => roles.contains(&role),
        };
        if has { In } else { Not }
    }

    /// What comes of it for nobody; then for all roles on every survey, from viewer to owner, and on this one; and for an
    /// owner of another.
    fn for_all(self) -> Vec<Comes> {
        let nobody = if matches!(self, Anybody) { In } else { Door };
        let nobody = if matches!(self, Nobody) { Nothing } else { nobody };
        let known =
            [true, false].into_iter().flat_map(|all| Role::all().map(move |role| self.comes(role, all)));
        let other = if matches!(self, Here(_)) { Nothing } else { self.comes(Owner, false) };
        std::iter::once(nobody).chain(known).chain([other]).collect()
    }
}

/// The names of accounts for everybody but the first.
fn people(collector: &Collector) -> Vec<String> {
    let everywhere = Role::all().map(|role| (None, role));
    let here = Role::all().map(|role| (Some(SURVEY), role));
    let roles = everywhere.chain(here).chain([(Some("people-budget"), Role::Owner)]);
    let named = roles.enumerate().map(|(at, role)| {
        let name = format!("p{at}");
        add(collector, &name, &[role]);
        name
    });
    named.collect()
}

fn comes(visitor: &Visitor<'_>, path: &str) -> Comes {
    let reply = if path == "/console/sign-out" { visitor.post_if_in(path) } else { visitor.get(path) };
    match (reply.status, reply.header("location")) {
        (303, to) if to.starts_with("/console/sign-in?to=") => Door,
        (200 | 303, _) => In,
        (403, _) => Not,
        (404, _) => Nothing,
        other => panic!("{path}: {other:?}"),
    }
}

#[test]
fn every_route_is_in_the_table_and_comes_to_what_it_says_for_everybody() {
    let listed: Vec<&str> = TABLE.iter().map(|(path, _)| *path).collect();
    assert_eq!(listed, paths(), "a route that is not in the table is one that nobody has thought about");
    let collector = Collector::start();
    let version = collector.publish_example(SURVEY);
    collector.publish_example("people-budget");
    for number in 0..9 {
        let body = answer_yes(char::from_digit(number, 10).unwrap(), &version);
        assert_eq!(collector.post_json("/api/v1/surveys/page-useful/responses", &body).status, 201);
    }
    let people = people(&collector);
    for (path, expected) in TABLE {
        let nobody = Visitor { client: &collector.client, cookie: "qulaq=nothing".to_owned() };
        let known = people.iter().map(|name| Visitor::with_session(&collector, name));
        let address = path
            .replace("{survey}", SURVEY)
            .replace("{person}", "p0")
            .replace("{download}", "0")
            .replace("{number}", "0");
        let open = ["texts", "frame", "agreement", "words"].iter().any(|page| path.ends_with(page));
        let address = if open { format!("{address}?question=doing") } else { address };
        let address =
            if path.ends_with("chart") { format!("{address}?question=useful&as=csv") } else { address };
        let came: Vec<Comes> =
            std::iter::once(nobody).chain(known).map(|visitor| comes(&visitor, &address)).collect();
        assert_eq!(came, expected.for_all(), "{path}");
    }
}

#[test]
fn nothing_is_done_for_a_form_that_does_not_prove_that_it_is_ours() {
    let collector = Collector::start();
    collector.publish_example(SURVEY);
    add(&collector, "owner", &[(None, Role::Owner)]);
    let (owner, other) =
        (Visitor::with_session(&collector, "owner"), Visitor::with_session(&collector, "owner"));
    let proof = hidden(&owner.get("/console/account"), "proof");
    let proof_of_another = hidden(&other.get("/console/account"), "proof");
    assert_ne!(proof, proof_of_another);
    for path in paths().into_iter().filter(|path| *path != "/console/sign-in") {
        let path = path.replace("{survey}", SURVEY).replace("{person}", "owner");
        for forged in ["", &proof_of_another] {
            // On a connection of its own: one on which a body was not read is closed.
            let client = Client::new(collector.origin.clone());
            let owner = Visitor { client: &client, cookie: owner.cookie.clone() };
            let reply = owner.post_as_is(&path, &[("proof", forged), ("do", "end-others")], &[]);
            assert!([403, 405].contains(&reply.status), "{path}: {reply:?}");
        }
    }
    // Another site that has somehow learned the proof.
    let from = |headers: &[(&str, &str)]| {
        let fields = [("proof", proof.as_str()), ("do", "end-others")];
        let client = Client::new(collector.origin.clone());
        let owner = Visitor { client: &client, cookie: owner.cookie.clone() };
        owner.post_as_is("/console/account", &fields, headers).status
    };
    assert_eq!(from(&[("sec-fetch-site", "cross-site")]), 403);
    assert_eq!(from(&[("sec-fetch-site", "same-site")]), 403);
    assert_eq!(from(&[("origin", "https://evil.example")]), 403);
    assert_eq!(from(&[("origin", "null")]), 403);
    assert!(other.is_in(), "nothing of all this was done");
    assert_eq!(from(&[("origin", &collector.origin)]), 303);
    assert!(!other.is_in());
}

#[test]
fn a_session_downloads_what_its_role_lets_it_and_no_other_site_can_make_it() {
    let collector = Collector::start();
    collector.publish_example(SURVEY);
    for role in Role::all() {
        add(&collector, role.name(), &[(Some(SURVEY), role)]);
    }
    let export = "/api/v1/surveys/page-useful/export?format=csv";
    let status = |role: Role| Visitor::with_session(&collector, role.name()).get(export).status;
    assert_eq!(Role::all().map(status).collect::<Vec<_>>(), [403, 403, 200, 403, 403, 200]);
    let analyst = Visitor::with_session(&collector, "analyst");
    let elsewhere = "/api/v1/surveys/people-budget/export?format=csv";
    assert_eq!(analyst.get(elsewhere).status, 403);
    let headers = [("cookie", analyst.cookie.as_str()), ("sec-fetch-site", "cross-site")];
    assert_eq!(collector.send("GET", export, &headers, "").problem(), "unauthorized");
    // A token that is shown decides alone.
    let headers = [("cookie", analyst.cookie.as_str()), ("authorization", "Bearer wrong")];
    assert_eq!(collector.send("GET", export, &headers, "").problem(), "unauthorized");
}
