//! Signing in by the agency's provider: whom it may let in, and what it may not make us believe.

use super::{PASSWORD, Visitor, add};
use crate::erasure::are_on_disk;
use crate::support::provider::{CLIENT, Provider, SECRET};
use crate::support::{Collector, Database, NOW, Reply, hidden, urlencoded};
use collector::http::Parts;
use collector::oidc::config::{Config, Named};
use collector::people::deed::Act;
use collector::people::rights::{Right, Role, Roles};
use collector::store::{Identity, Location, Opening, PersonChange, Way, open};
use serde_json::{Value, json};
use std::fs;

const START: &str = "/console/sign-in/provider";

/// What somebody becomes by which group.
const MAPPING: &str = "
    [[role]]
    claim = \"groups\"
    value = \"heads\"
    role = \"owner\"
    [[role]]
    claim = \"groups\"
    value = \"statistics\"
    role = \"analyst\"
    surveys = [\"page-useful\"]
";

/// How a collector is to know a provider.
#[derive(Clone, Copy, Default)]
struct Set {
    only: bool,
    mapped: bool,
}

/// Has a collector know this provider.
fn knowing(provider: &Provider, set: Set) -> impl FnOnce(&mut Parts) {
    let directory = tempfile::tempdir().unwrap();
    let file = |name: &str, content: &str| {
        let path = directory.path().join(name);
        fs::write(&path, content).unwrap();
        path
    };
    let named = Named {
        issuer: provider.issuer.parse().unwrap(),
        client: CLIENT.to_owned(),
        secret_file: Some(file("secret", SECRET)),
        name: Some("Кіру <Ә>".to_owned()),
        mapping: set.mapped.then(|| file("roles.toml", MAPPING)),
        only: set.only,
    };
    let config = Config::read(named).unwrap();
    move |parts| parts.provider = Some(collector::oidc::Provider::new(config).unwrap())
}

/// A provider, a collector that knows it, and the account `aigul` on it.
fn with_aigul(set: Set) -> (Provider, Collector) {
    let provider = Provider::start();
    let collector = Collector::made_of(None, knowing(&provider, set));
    add(&collector, "aigul", &[(None, Role::Analyst)]);
    (provider, collector)
}

fn identity(provider: &Provider, subject: &str) -> Identity {
    Identity { issuer: provider.issuer.clone(), subject: subject.to_owned() }
}

fn link(collector: &Collector, provider: &Provider, name: &str) {
    let linked = collector.store.link(identity(provider, "aigul-1"), name, NOW);
    assert!(collector.wait(linked).unwrap());
}

/// A way to the provider that was begun: the address there, and the cookie.
struct Begun {
    address: String,
    cookie: String,
}

fn begin(collector: &Collector, path: &str) -> Begun {
    let reply = collector.get(path);
    assert_eq!(reply.status, 303, "{reply:?}");
    let cookie = reply.header("set-cookie").to_owned();
    assert!(cookie.ends_with("; Path=/; HttpOnly; SameSite=Lax; Max-Age=900"), "{cookie}");
    let cookie = cookie.split(';').next().unwrap().to_owned();
    Begun { address: reply.header("location").to_owned(), cookie }
}

fn in_address(address: &str, name: &str) -> String {
    let query = address.split_once('?').unwrap().1;
    let mut pairs = form_urlencoded::parse(query.as_bytes());
    pairs.find(|(key, _)| key == name).unwrap().1.into_owned()
}

/// What comes of coming back with these parameters.
fn come(collector: &Collector, cookie: &str, pairs: &[(&str, &str)]) -> Reply {
    let path = format!("/console/sign-in/return?lang=en&{}", urlencoded(pairs));
    collector.send(
        "GET",
        &path,
        &[("cookie", cookie), ("accept", "text/html"), ("sec-fetch-site", "cross-site")],
        "",
    )
}

/// What comes of going to the provider and coming back as it says.
fn go_and_come(collector: &Collector, provider: &Provider) -> Reply {
    let begun = begin(collector, START);
    let (code, state) = (provider.code_for(&begun.address), in_address(&begun.address, "state"));
    come(collector, &begun.cookie, &[("code", &code), ("state", &state), ("iss", &provider.issuer)])
}

/// The cookie of a session that a reply begins.
fn session_in(reply: &Reply) -> Option<String> {
    let cookies = reply.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap());
    let mut begun = cookies.filter(|cookie| cookie.starts_with("qulaq=") && !cookie.contains("Max-Age=0"));
    begun.next().map(|cookie| cookie.split(';').next().unwrap().to_owned())
}

#[test]
fn who_is_linked_comes_in_to_the_page_that_was_asked_for_and_the_session_says_how() {
    let (provider, collector) = with_aigul(Set::default());
    link(&collector, &provider, "aigul");
    let door = collector.get("/console/sign-in?lang=en&to=%2Fconsole%3Fq%3Da");
    assert!(
        door.body.contains("Sign in with Кіру &lt;Ә&gt;") && door.body.contains("type=\"password\""),
        "{}",
        door.body
    );
    let begun = begin(&collector, &format!("{START}?lang=en&to=%2Fconsole%3Fq%3Da"));
    for (name, value) in [
        ("response_type", "code"),
        ("code_challenge_method", "S256"),
        ("scope", "openid"),
        ("client_id", CLIENT),
        ("ui_locales", "en"),
    ] {
        assert_eq!(in_address(&begun.address, name), value, "{name}");
    }
    assert_eq!(
        in_address(&begun.address, "redirect_uri"),
        format!("{}/console/sign-in/return", collector.origin)
    );
    let (code, state) = (provider.code_for(&begun.address), in_address(&begun.address, "state"));
    let back = [("code", code.as_str()), ("state", &state), ("iss", &provider.issuer)];
    let reply = come(&collector, &begun.cookie, &back);
    assert_eq!((reply.status, reply.header("location")), (303, "/console?q=a"), "{reply:?}");
    let aigul = Visitor { client: &collector.client, cookie: session_in(&reply).unwrap() };
    let account = aigul.get("/console/account").body;
    assert!(
        account.contains("The agency&#x27;s") || account.contains("The agency's sign-in system"),
        "{account}"
    );
    let deeds = collector.wait(collector.store.deeds(None, 10)).unwrap();
    assert_eq!(
        (deeds[0].1.who.as_str(), deeds[0].1.act, deeds[0].1.details.as_str()),
        ("aigul", Act::SignedIn, "provider")
    );
    // How every signed token begins: `{"alg":`.
    let data = collector.directory.path().join("data");
    assert!(!are_on_disk("eyJhbGciOi", &data) && !are_on_disk(SECRET, &data), "no token is kept");
    let out = aigul.post("/console/sign-out", &[]);
    let told = collector.get(out.header("location")).body;
    assert!(told.contains(&format!("{}/out?client_id={CLIENT}", provider.issuer)), "{told}");
    assert!(!aigul.is_in());
}

#[test]
fn who_is_not_linked_reads_by_what_an_owner_can_link_them_and_a_name_alone_opens_nothing() {
    let (provider, collector) = with_aigul(Set::default());
    provider.say(json!({"preferred_username": "aigul", "email": "aigul", "email_verified": true}));
    let reply = go_and_come(&collector, &provider);
    assert!(reply.status == 403 && reply.body.contains("<code>aigul-1</code>"), "{}", reply.body);
    assert_eq!(session_in(&reply), None);
    add(&collector, "owner", &[(None, Role::Owner)]);
    let owner = Visitor::with_session(&collector, "owner");
    let linked = owner.post("/console/people/aigul", &[("do", "link"), ("subject", "aigul-1")]);
    assert_eq!(linked.header("location"), "/console/people/aigul?told=identity_linked", "{linked:?}");
    let again = owner.post("/console/people/aigul", &[("do", "link"), ("subject", "aigul-1")]);
    assert!(again.body.contains("opens another account"), "{}", again.body);
    let cookie = session_in(&go_and_come(&collector, &provider)).unwrap();
    let aigul = Visitor { client: &collector.client, cookie };
    assert!(aigul.is_in());
    let page = owner.get("/console/people/aigul");
    let fields = [("do", "unlink"), ("subject", "aigul-1"), ("issuer", &hidden(&page, "issuer"))];
    owner.post("/console/people/aigul", &fields);
    assert!(!aigul.is_in(), "its sessions end with the link");
    assert_eq!(go_and_come(&collector, &provider).status, 403);
    let log = owner.get("/console/log").body;
    assert!(log.contains("linked an account") && log.contains("unlinked an account"), "{log}");
}

#[test]
fn a_shut_account_stays_shut() {
    let (provider, collector) = with_aigul(Set::default());
    link(&collector, &provider, "aigul");
    let shut = collector.store.change_person("aigul", PersonChange::Disabled(true));
    assert!(collector.wait(shut).unwrap());
    let reply = go_and_come(&collector, &provider);
    assert_eq!((reply.status, session_in(&reply)), (403, None));
}

#[test]
fn only_the_browser_that_went_comes_back_once_and_in_time() {
    let (provider, collector) = with_aigul(Set::default());
    link(&collector, &provider, "aigul");
    let (one, other) = (begin(&collector, START), begin(&collector, START));
    let code = provider.code_for(&one.address);
    let (state, of_other) = (in_address(&one.address, "state"), in_address(&other.address, "state"));
    let refused = |cookie: &str, code: &str, state: &str, issuer: &str| {
        let reply = come(&collector, cookie, &[("code", code), ("state", state), ("iss", issuer)]);
        assert_eq!((reply.status, session_in(&reply)), (403, None), "{reply:?}");
        assert!(reply.header("set-cookie").starts_with("qulaq-way=;"), "the way is over: {reply:?}");
        assert!(!reply.body.contains(&state[..8]), "nothing of the address is repeated");
    };
    refused("", &code, &state, &provider.issuer);
    refused(&other.cookie, &code, &state, &provider.issuer);
    refused(&one.cookie, &code, &of_other, &provider.issuer);
    refused(&one.cookie, &code, &"0".repeat(64), &provider.issuer);
    refused(&format!("{}0", one.cookie), &code, &state, &provider.issuer);
    refused(&one.cookie, &code, &state, "https://evil.example");
    refused(&one.cookie, "made-up", &state, &provider.issuer);
    // A code that was stolen from one way is of no use to another: its verifier and its nonce are others.
    refused(&other.cookie, &code, &of_other, &provider.issuer);
    let third = begin(&collector, START);
    let (code, state) = (provider.code_for(&third.address), in_address(&third.address, "state"));
    let back = [("code", code.as_str()), ("state", &state), ("iss", &provider.issuer)];
    assert!(session_in(&come(&collector, &third.cookie, &back)).is_some());
    refused(&third.cookie, &code, &state, &provider.issuer);
    let late = begin(&collector, START);
    let (code, state) = (provider.code_for(&late.address), in_address(&late.address, "state"));
    collector.set_clock("2026-03-08T20:15:00Z");
    refused(&late.cookie, &code, &state, &provider.issuer);
}

#[test]
fn what_a_provider_must_not_say_lets_nobody_in() {
    let (provider, collector) = with_aigul(Set::default());
    link(&collector, &provider, "aigul");
    let second = NOW.0 * 60;
    for lie in [
        json!({"nonce": "another"}),
        json!({"exp": second - 120}),
        json!({"iat": second - 3600}),
        json!({"aud": "another"}),
        json!({"aud": [CLIENT, "another"]}),
        json!({"azp": "another"}),
        json!({"iss": "https://evil.example"}),
        json!({"sub": null}),
    ] {
        provider.say(lie.clone());
        let reply = go_and_come(&collector, &provider);
        assert_eq!((reply.status, session_in(&reply)), (403, None), "{lie}");
        assert!(reply.body.contains("did not confirm who you are"), "{lie}: {}", reply.body);
    }
    let begun = begin(&collector, START);
    let state = in_address(&begun.address, "state");
    let told = [("error", "access_denied"), ("error_description", "<b>hush</b>"), ("state", &state)];
    let reply = come(&collector, &begun.cookie, &told);
    assert!(reply.status == 403 && !reply.body.contains("hush"), "{}", reply.body);
}

#[test]
fn a_provider_that_changes_its_key_is_believed_and_asked_for_it_once_in_a_minute() {
    let (provider, collector) = with_aigul(Set::default());
    link(&collector, &provider, "aigul");
    assert!(session_in(&go_and_come(&collector, &provider)).is_some());
    provider.change_key("second");
    assert!(session_in(&go_and_come(&collector, &provider)).is_some());
    let asked = provider.asked();
    provider.change_key("third");
    assert_eq!(session_in(&go_and_come(&collector, &provider)), None, "not twice in a minute");
    assert_eq!(provider.asked(), asked);
    collector.set_clock("2026-03-08T20:01:00Z");
    assert!(session_in(&go_and_come(&collector, &provider)).is_some());
    assert_eq!(provider.asked(), asked + 1);
}

#[test]
fn without_the_provider_passwords_still_open_and_people_are_told() {
    let (provider, collector) = with_aigul(Set::default());
    provider.go_down(true);
    let reply = collector.get(&format!("{START}?lang=ru"));
    assert!(reply.status == 503 && reply.body.contains("сейчас не отвечает"), "{reply:?}");
    assert!(reply.body.contains("type=\"password\""), "the other way in stays");
    assert!(!reply.body.contains("127.0.0.1"), "where it is, is nobody's to know");
    assert_eq!(Visitor::sign_in(&collector.client, "aigul", PASSWORD).1.status, 303);
    provider.go_down(false);
    let begun = begin(&collector, START);
    provider.go_down(true);
    let (code, state) = (provider.code_for(&begun.address), in_address(&begun.address, "state"));
    let back = [("code", code.as_str()), ("state", &state), ("iss", &provider.issuer)];
    assert_eq!(come(&collector, &begun.cookie, &back).status, 503);
}

#[test]
fn where_groups_are_mapped_accounts_are_made_and_follow_what_the_provider_says() {
    let (provider, collector) = with_aigul(Set { mapped: true, ..Set::default() });
    let person = |name: &str| collector.wait(collector.store.person(name)).unwrap();
    let say = |groups: Value| {
        provider.say(json!({"preferred_username": "Aigul", "name": "Айгүл С.", "groups": groups}));
    };
    say(json!([]));
    let reply = go_and_come(&collector, &provider);
    assert!(reply.status == 403 && reply.body.contains("gives you no role"), "{}", reply.body);
    assert_eq!(collector.wait(collector.store.people()).unwrap().len(), 1, "nobody was made");

    say(json!(["statistics"]));
    assert!(session_in(&go_and_come(&collector, &provider)).is_some());
    let name = collector.wait(collector.store.identified(&identity(&provider, "aigul-1"))).unwrap().unwrap();
    assert!(name.starts_with("aigul-") && name.len() == 12, "the name of somebody else stays theirs: {name}");
    let made = person(&name).unwrap();
    assert_eq!(made.roles, Roles(vec![(Some("page-useful".to_owned()), Role::Analyst)]));
    assert_eq!(made.display, "Айгүл С.");
    assert_eq!(Visitor::sign_in(&collector.client, &name, "none").1.status, 403, "it has no password");

    say(json!(["heads"]));
    let cookie = session_in(&go_and_come(&collector, &provider)).unwrap();
    assert!(person(&name).unwrap().roles.give_everywhere(Right::Manage));
    let owner = Visitor { client: &collector.client, cookie };
    assert_eq!(owner.get("/console/log").status, 200);
    say(json!(["others"]));
    assert_eq!(session_in(&go_and_come(&collector, &provider)), None);
    assert_eq!(person(&name).unwrap().roles, Roles::default());
    assert_eq!(
        owner.get("/console/log").status,
        403,
        "a session that lasts has no more rights than the account"
    );
    let deeds = collector.wait(collector.store.deeds(None, 20)).unwrap();
    let by_provider = deeds.iter().filter(|(_, deed)| deed.who == "provider").map(|(_, deed)| deed.act);
    assert_eq!(by_provider.collect::<Vec<_>>(), [Act::ChangedRole, Act::ChangedRole, Act::AddedPerson]);
}

#[test]
fn where_the_provider_is_the_only_way_no_password_opens_anything() {
    let (provider, collector) = with_aigul(Set { only: true, ..Set::default() });
    link(&collector, &provider, "aigul");
    assert!(!collector.get("/console/sign-in").body.contains("type=\"password\""));
    let (visitor, reply) = Visitor::sign_in(&collector.client, "aigul", PASSWORD);
    assert!(reply.status == 403 && !visitor.is_in());
    assert!(
        !Visitor::with_session(&collector, "aigul").is_in(),
        "a session from before opens nothing either"
    );
    let cookie = session_in(&go_and_come(&collector, &provider)).unwrap();
    let aigul = Visitor { client: &collector.client, cookie };
    assert!(aigul.is_in());
    let sessions = collector.wait(collector.store.sessions("aigul")).unwrap();
    assert!(sessions.iter().any(|session| session.way == Way::Provider));
    let changed = aigul.post(
        "/console/account",
        &[("do", "password"), ("old", PASSWORD), ("new", "жаз жайлау, қыс қыстау")],
    );
    assert_eq!(changed.status, 400);
    let owner = collector.store.set_role("aigul", None, Some(Role::Owner));
    assert!(collector.wait(owner).unwrap());
    let fields = [("name", "bolat"), ("display", "Болат"), ("role", "viewer"), ("survey", "")];
    let made = aigul.post("/console/people", &fields);
    assert_eq!(made.header("location"), "/console/people/bolat?told=person_added", "{made:?}");
}

#[test]
fn one_collector_finishes_what_another_on_the_same_database_began() {
    let provider = Provider::start();
    let one =
        Collector::made_of(Some(Database::new()), knowing(&provider, Set { mapped: true, ..Set::default() }));
    let location = Location::Database(one.database_url().parse().unwrap());
    let store = one.wait(open(&location, Opening::Existing)).unwrap();
    let known = knowing(&provider, Set { mapped: true, ..Set::default() });
    let origin = one.origin.clone();
    let other = Collector::made_of(None, move |parts| {
        known(parts);
        // Browsers reach both in one place, behind a proxy.
        (parts.store, parts.public_url) = (store, origin.parse().unwrap());
    });
    provider.say(json!({"preferred_username": "aigul", "groups": ["heads"]}));
    let begun = begin(&one, START);
    let (code, state) = (provider.code_for(&begun.address), in_address(&begun.address, "state"));
    let back = [("code", code.as_str()), ("state", &state), ("iss", &provider.issuer)];
    let cookie = session_in(&come(&other, &begun.cookie, &back)).unwrap();
    for collector in [&one, &other] {
        let aigul = Visitor { client: &collector.client, cookie: cookie.clone() };
        assert_eq!(aigul.get("/console/log").status, 200);
    }
}
