//! The doors: every route that there is, who comes to what by it, and what every answer says to a browser.

use crate::support::{Collector, Program, Reply, Running, definition, response, small};
use collector::clock::Minute;
use collector::http::console;
use collector::people::password::Hashed;
use collector::people::rights::{Role, Roles};
use collector::store::{Over, PersonChange, PersonRecord, Scope, SessionRecord, Way};
use serde_json::json;

const SURVEY: &str = "page-useful";

/// What comes of a request without a body, by status: for nobody; for a session of each role, from viewer to owner; for a token
/// that reads, for one of a clerk, and for one that there is not.
const TABLE: &[(&str, &str, [u16; 10])] = &[
    //                                            nobody view. resp. anal. mod. contr. own.  read clerk none
    ("GET", "/s/{survey}", [200; 10]),
    ("POST", "/s/{survey}", [415; 10]),
    ("GET", "/s/{survey}/follow", [404; 10]),
    ("POST", "/s/{survey}/follow", [404; 10]),
    ("POST", "/s/{survey}/votes", [415; 10]),
    ("POST", "/s/{survey}/support", [415; 10]),
    ("POST", "/s/{survey}/comment", [404; 10]),
    ("GET", "/api/v1/surveys/{survey}", [200; 10]),
    ("GET", "/api/v1/surveys/{survey}/fragment", [200; 10]),
    ("GET", "/api/v1/surveys/{survey}/around", [200; 10]),
    ("GET", "/api/v1/surveys/{survey}/quotas", [200; 10]),
    ("POST", "/api/v1/surveys/{survey}/counts", [415; 10]),
    ("GET", "/api/v1/surveys/{survey}/challenge", [404; 10]),
    ("POST", "/api/v1/surveys/{survey}/responses", [415; 10]),
    ("PUT", "/api/v1/surveys/{survey}/partials", [415; 10]),
    ("DELETE", "/api/v1/surveys/{survey}/partials", [415; 10]),
    ("GET", "/api/v1/surveys/{survey}/results", [404; 10]),
    ("GET", "/api/v1/surveys/{survey}/results/fragment", [404; 10]),
    ("GET", "/api/v1/surveys/{survey}/outcome/fragment", [200; 10]),
    ("GET", "/api/v1/outcomes/fragment", [200; 10]),
    ("GET", "/s/{survey}/outcome.atom", [200; 10]),
    ("GET", "/s/{survey}/outcome.json", [200; 10]),
    ("GET", "/outcomes.atom", [200; 10]),
    ("GET", "/outcomes.json", [200; 10]),
    ("DELETE", "/api/v1/responses", [415; 10]),
    ("GET", "/api/v1/surveys/{survey}/export?format=csv", [401, 403, 403, 200, 403, 403, 200, 200, 403, 401]),
    (
        "GET",
        "/api/v1/surveys/{survey}/codebook?format=html",
        [401, 403, 403, 200, 403, 403, 200, 200, 403, 401],
    ),
    ("GET", "/s/{survey}/accessibility", [200; 10]),
    ("GET", "/s/{survey}/ideas", [404; 10]),
    ("GET", "/s/{survey}/ideas/{number}", [404; 10]),
    ("GET", "/s/{survey}/opinions", [404; 10]),
    ("GET", "/s/{survey}/meeting.ics", [404; 10]),
    ("GET", "/s/{survey}/results", [404; 10]),
    ("GET", "/s/{survey}/results/chart", [404; 10]),
    ("GET", "/s/{survey}/outcome", [200; 10]),
    ("GET", "/s/{survey}/minutes", [404; 10]),
    ("GET", "/s/{survey}/minutes.docx", [404; 10]),
    ("GET", "/outcomes", [200; 10]),
    ("GET", "/s/{survey}/media/{version}/{*path}", [404; 10]),
    ("GET", "/s/{survey}/comments", [404; 10]),
    ("GET", "/s/{survey}/decisions", [404; 10]),
    ("GET", "/s/{survey}/decision", [404; 10]),
    ("POST", "/s/{survey}/decision", [404; 10]),
    ("GET", "/s/{survey}/paper", [200; 10]),
    ("GET", "/s/{survey}/clerk", [200; 10]),
    ("POST", "/s/{survey}/clerk", [415; 10]),
    ("GET", "/assets/paper.css", [200; 10]),
    ("GET", "/withdraw", [200; 10]),
    ("POST", "/withdraw", [415; 10]),
    ("GET", "/widget/{*path}", [200; 10]),
    ("GET", "/assets/page.css", [200; 10]),
    ("GET", "/assets/frame.js", [200; 10]),
    ("GET", "/oembed", [404; 10]),
    ("GET", "/metrics", [200; 10]),
    ("GET", "/healthz", [200; 10]),
    ("GET", "/readyz", [200; 10]),
    ("GET", "/openapi.json", [200; 10]),
    ("GET", "/.well-known/security.txt", [200; 10]),
    ("GET", "/assets/console.css", [200; 10]),
];

/// Method and path of each route outside the console, which has its own table. axum does not tell them, so the tables of
/// routes are read.
fn routes() -> Vec<(&'static str, &'static str)> {
    let tables = [include_str!("../../src/http.rs"), include_str!("../../src/http/console.rs")];
    let routes = tables.into_iter().flat_map(|table| {
        let table = table.split("#[cfg(test)]").next().unwrap_or_default();
        table.split(".route(").skip(1).filter(|route| route.trim_start().starts_with('"'))
    });
    let methods = [("get(", "GET"), ("post(", "POST"), ("put(", "PUT"), ("delete(", "DELETE")];
    let each = routes.flat_map(|route| {
        let path = route.split('"').nth(1).unwrap();
        let handlers = route.split('"').nth(2).unwrap().split(".route").next().unwrap();
        let handlers = handlers.split(".method_not_allowed").next().unwrap();
        methods
            .into_iter()
            .filter(move |(word, _)| handlers.contains(word))
            .map(move |(_, name)| (name, path))
    });
    each.collect()
}

/// A path without its query.
fn bare(path: &str) -> &str {
    path.split('?').next().unwrap_or(path)
}

fn address(path: &str) -> String {
    let path = path.replace("{survey}", SURVEY).replace("{version}", "v").replace("{person}", "nobody");
    if path.starts_with("/widget/") {
        "/widget/qulaq.js".to_owned()
    } else {
        path.replace("{*path}", "a.png")
    }
}

/// A collector with a survey, a contact, and somebody of each role; and the header by which each of the table comes.
fn furnished() -> (Collector, Vec<Vec<(&'static str, String)>>) {
    let collector = Collector::made_of(None, |parts| {
        parts.security_contact = vec!["mailto:security@agency.example".parse().unwrap()];
    });
    collector.publish_example(SURVEY);
    let sessions = Role::all().map(|role| {
        let person = PersonRecord {
            name: role.name().to_owned(),
            display: role.name().to_owned(),
            password: Hashed::none(),
            lang: "en".to_owned(),
            disabled: false,
            created: crate::support::NOW,
            roles: Roles(vec![(None, role)]),
        };
        assert!(collector.wait(collector.store.add_person(person)).unwrap());
        let hash = <sha2::Sha256 as sha2::Digest>::digest(role.name()).into();
        let (person, now) = (role.name().to_owned(), crate::support::NOW);
        let session = SessionRecord { hash, person, created: now, seen: now, way: Way::Password };
        let nothing = Over { created: Minute(0), seen: Minute(0) };
        collector.wait(collector.store.begin_session(session, nothing)).unwrap();
        vec![("cookie", format!("qulaq={}", role.name()))]
    });
    let bearer = |token: &str| vec![("authorization", format!("Bearer {token}"))];
    let sessions: Vec<_> = sessions.collect();
    collector.let_in_for(Scope::Read, "reads", None);
    collector.let_in_for(Scope::Clerk, "keys", None);
    let tokens = ["reads", "keys", "wrong"].map(bearer);
    let who = std::iter::once(Vec::new()).chain(sessions).chain(tokens).collect();
    (collector, who)
}

fn send(collector: &Collector, method: &str, path: &str, who: &[(&'static str, String)]) -> Reply {
    // On a connection of its own: one on which a body was not read is closed.
    let client = crate::support::Client::new(collector.origin.clone());
    let headers: Vec<(&str, &str)> = who.iter().map(|(name, value)| (*name, value.as_str())).collect();
    client.send(method, &address(path), &headers, "")
}

#[test]
fn every_route_is_in_the_table_and_comes_to_what_it_says_for_everybody() {
    let listed: Vec<(&str, &str)> = TABLE.iter().map(|(method, path, _)| (*method, bare(path))).collect();
    assert_eq!(listed, routes(), "a route that is not in the table is one that nobody has thought about");
    let (collector, who) = furnished();
    let mut differing = Vec::new();
    for (method, path, expected) in TABLE {
        let came: Vec<u16> = who.iter().map(|who| send(&collector, method, path, who).status).collect();
        if came != expected {
            differing.push(format!("{method} {path}: {came:?}"));
        }
    }
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}

/// What is missing of what every answer must say.
fn missing(reply: &Reply) -> Vec<&'static str> {
    let policy = reply.header("content-security-policy");
    let is_page = reply.header("content-type").starts_with("text/html");
    let is_script = reply.header("content-type").starts_with("text/javascript");
    let mut missing = Vec::new();
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("cross-origin-opener-policy", "same-origin"),
        ("permissions-policy", "camera=()"),
    ] {
        if !reply.header(name).contains(value) {
            missing.push(name);
        }
    }
    if !["no-referrer", "same-origin"].contains(&reply.header("referrer-policy")) {
        missing.push("referrer-policy");
    }
    if !["same-origin", "cross-origin"].contains(&reply.header("cross-origin-resource-policy")) {
        missing.push("cross-origin-resource-policy");
    }
    let rules: &[&str] = match (is_page, is_script) {
        (true, _) => &[
            "default-src 'none'",
            "base-uri 'none'",
            "form-action",
            "frame-ancestors",
            "require-trusted-types-for 'script'; trusted-types",
        ],
        (_, true) => &["frame-ancestors 'none'"],
        _ => &["default-src 'none'", "frame-ancestors 'none'"],
    };
    missing.extend(rules.iter().copied().filter(|rule| !policy.contains(rule)));
    if policy.contains("unsafe-inline")
        || policy.contains("unsafe-eval") && !policy.contains("'wasm-unsafe-eval'")
    {
        missing.push("a policy that allows nothing inline");
    }
    missing
}

#[test]
fn every_answer_tells_a_browser_what_it_may_not_do_with_it() {
    let (collector, who) = furnished();
    collector.publish(&small(&json!({"results": "public"}), &[]));
    let console = console::paths().into_iter().flat_map(|path| [("GET", path), ("POST", path)]);
    let more = [
        ("GET", "/nowhere"),
        ("PATCH", "/s/{survey}"),
        ("GET", "/s/nothing"),
        ("GET", "/s/{survey}?frame=1"),
        ("GET", "/s/small/results"),
        ("GET", "/api/v1/surveys/small/results/fragment"),
        ("GET", "/oembed?url=x"),
        ("OPTIONS", "/api/v1/surveys/{survey}/responses"),
    ];
    let table = TABLE.iter().map(|(method, path, _)| (*method, *path));
    let (nobody, owner) = (&who[0], &who[4]);
    let mut faults = Vec::new();
    for (method, path) in table.chain(console).chain(more) {
        for (as_whom, accept) in [(nobody, "*/*"), (owner, "text/html"), (owner, "application/json")] {
            let who: Vec<_> = as_whom.iter().cloned().chain([("accept", accept.to_owned())]).collect();
            let reply = send(&collector, method, path, &who);
            let missing = missing(&reply);
            if !missing.is_empty() {
                faults.push(format!("{method} {path} ({}, {accept}): {missing:?}", reply.status));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn browsers_are_told_to_come_back_with_https_where_there_is_https() {
    let program = Program::new();
    let serve = ["serve", "--listen", "127.0.0.1:0", "--widget", "widget"];
    let open = Running::start(program.command(&serve));
    assert_eq!(open.client.get("/healthz").header("strict-transport-security"), "");
    let mut command = program.command(&serve);
    command.args(["--data", "other", "--public-url", "https://qulaq.example"]);
    let closed = Running::start(command);
    for path in ["/healthz", "/nowhere", "/console/sign-in"] {
        assert_eq!(closed.client.get(path).header("strict-transport-security"), "max-age=31536000", "{path}");
    }
}

#[test]
fn whom_to_tell_about_a_weakness_is_said_where_somebody_is_named() {
    let (collector, _) = furnished();
    let reply = collector.get("/.well-known/security.txt");
    assert_eq!(reply.header("content-type"), "text/plain; charset=utf-8");
    assert!(reply.body.contains("Contact: mailto:security@agency.example\n"), "{}", reply.body);
    assert!(reply.body.contains("Expires: 2027-03-03T20:00:00Z\n"), "{}", reply.body);
    assert_eq!(Collector::start().get("/.well-known/security.txt").problem(), "unknown_route");
}

#[test]
fn a_token_downloads_so_often_in_a_minute_and_then_waits_and_that_is_counted() {
    let collector = Collector::start();
    let version = collector.publish(&definition(SURVEY));
    let answer = response('a', SURVEY, &version, &json!({"useful": 1}));
    assert_eq!(collector.post_json("/api/v1/surveys/page-useful/responses", &answer).status, 201);
    collector.let_in("one", None);
    collector.let_in("other", None);
    let export = |token: &str| {
        let bearer = format!("Bearer {token}");
        let path = "/api/v1/surveys/page-useful/export?format=csv";
        collector.send("GET", path, &[("authorization", bearer.as_str())], "")
    };
    // A download counts until its last byte is written, which is a moment after its client has read it.
    let begun = (0..200).map(|_| export("one")).take_while(|reply| reply.status == 200).count();
    assert!((4..=120).contains(&begun), "{begun}");
    let until = (0..200).map(|_| export("one")).find(|reply| reply.status == 429);
    let reply = until.unwrap();
    assert_eq!((reply.problem().as_str(), reply.header("retry-after")), ("too_many", "60"));
    assert_eq!(export("other").status, 200, "others have their own");
    collector.set_clock("2026-03-08T20:01:00Z");
    assert_eq!(export("one").status, 200);
    let metrics = collector.get("/metrics").body;
    let counted = metrics.lines().find(|line| line.contains("too_many"));
    assert!(counted.is_some_and(|line| !line.ends_with(" 0")), "{metrics}");
}

#[test]
fn what_is_secret_is_in_no_debug() {
    let hush = Hashed::stored("hush".to_owned());
    let person = PersonRecord {
        name: "a".to_owned(),
        display: "a".to_owned(),
        password: hush.clone(),
        lang: "kk".to_owned(),
        disabled: false,
        created: Minute(0),
        roles: Roles::default(),
    };
    let settings = collector::settings::Settings {
        database_url: Some("postgres://a:hush@b/c".parse().unwrap()),
        ..Default::default()
    };
    let said = format!("{person:?} {:?} {settings:?} {settings:#?}", PersonChange::Password(hush));
    assert!(!said.contains("hush"), "{said}");
}
