//! Signing in and out, and how sessions end.

use super::{PASSWORD, Visitor, add};
use crate::support::Collector;
use collector::people::rights::Role;
use collector::store::PersonChange;

fn with_aigul() -> Collector {
    let collector = Collector::start();
    add(&collector, "aigul", &[(None, Role::Owner)]);
    collector
}

#[test]
fn who_signs_in_gets_a_cookie_that_no_script_and_no_other_site_has_and_comes_to_the_page_that_was_asked_for()
{
    let collector = with_aigul();
    let asked = collector.get("/console/log?lang=ru&scheme=wb");
    assert_eq!(asked.status, 303);
    let door = asked.header("location").to_owned();
    assert_eq!(door, "/console/sign-in?lang=ru&scheme=wb&to=%2Fconsole%2Flog%3Flang%3Dru%26scheme%3Dwb");
    let page = collector.get(&door);
    assert_eq!(page.status, 200);
    assert!(page.body.contains("lang=\"ru\"") && page.body.contains("data-scheme=\"wb\""), "{}", page.body);
    let body = crate::support::urlencoded(&[("name", " AIGUL "), ("password", PASSWORD)]);
    let reply = collector.post_form(&door, &body);
    assert_eq!((reply.status, reply.header("location")), (303, "/console/log?lang=ru&scheme=wb"));
    let cookie = reply.header("set-cookie");
    let (pair, attributes) = cookie.split_once("; ").unwrap();
    assert_eq!(attributes, "Path=/; HttpOnly; SameSite=Lax");
    let secret = pair.strip_prefix("qulaq=").unwrap();
    assert_eq!(secret.len(), 43, "256 bits");
    let aigul = Visitor { client: &collector.client, cookie: pair.to_owned() };
    let page = aigul.get("/console/log");
    assert!(page.body.contains("signed in") && page.body.contains("aigul &lt;Ә&gt;"), "{}", page.body);
    assert!(!page.body.contains(secret));
}

#[test]
fn a_page_of_the_console_runs_no_script_is_framed_by_nobody_and_kept_by_no_cache() {
    let collector = with_aigul();
    let aigul = Visitor::with_session(&collector, "aigul");
    for page in [collector.get("/console/sign-in"), aigul.get("/console"), aigul.get("/console/people")] {
        let policy = page.header("content-security-policy");
        for rule in
            ["default-src 'none'", "script-src 'none'", "frame-ancestors 'none'", "form-action 'self'"]
        {
            assert!(policy.contains(rule), "{policy}");
        }
        assert_eq!(page.header("cache-control"), "no-store");
        assert_eq!(page.header("referrer-policy"), "same-origin");
        assert!(!page.body.contains("<script") && !page.body.contains("style="));
    }
}

#[test]
fn nobody_learns_whether_it_was_the_name_or_the_password() {
    let collector = with_aigul();
    add(&collector, "shut", &[(None, Role::Owner)]);
    let shut = collector.store.change_person("shut", PersonChange::Disabled(true));
    assert!(collector.wait(shut).unwrap());
    let tried = |name, password| {
        let (_, reply) = Visitor::sign_in(&collector.client, name, password);
        assert_eq!(reply.header("set-cookie"), "");
        assert!(!reply.body.contains(password), "a password is not repeated");
        (reply.status, reply.body.replace(name, ""))
    };
    let wrong = tried("aigul", "not the password");
    assert_eq!(wrong.0, 403);
    assert_eq!(tried("nobody", PASSWORD), wrong);
    assert_eq!(tried("shut", PASSWORD), wrong);
}

#[test]
fn after_ten_tries_even_the_right_password_waits_a_quarter_of_an_hour() {
    let collector = with_aigul();
    add(&collector, "bolat", &[]);
    collector.set_clock("2026-11-23T08:00:00Z");
    for _ in 0..10 {
        assert_eq!(Visitor::sign_in(&collector.client, "aigul", "not the password").1.status, 403);
    }
    let (_, reply) = Visitor::sign_in(&collector.client, "aigul", PASSWORD);
    assert_eq!((reply.status, reply.header("retry-after")), (429, "900"));
    assert_eq!(Visitor::sign_in(&collector.client, "bolat", PASSWORD).1.status, 303, "another account");
    collector.set_clock("2026-11-23T08:15:00Z");
    assert_eq!(Visitor::sign_in(&collector.client, "aigul", PASSWORD).1.status, 303);
}

#[test]
fn a_session_is_over_an_hour_after_it_was_seen_and_twelve_hours_after_it_began() {
    let collector = with_aigul();
    collector.set_clock("2026-11-23T08:00:00Z");
    let (idle, _) = Visitor::sign_in(&collector.client, "aigul", PASSWORD);
    let (busy, _) = Visitor::sign_in(&collector.client, "aigul", PASSWORD);
    for hour in 8..20 {
        for minute in [0, 30, 59] {
            collector.set_clock(&format!("2026-11-23T{hour:02}:{minute:02}:59Z"));
            assert!(busy.is_in(), "{hour}:{minute}");
        }
    }
    assert!(!idle.is_in());
    collector.set_clock("2026-11-23T20:00:00Z");
    assert!(!busy.is_in());
}

#[test]
fn signing_in_anew_or_out_ends_the_session_before() {
    let collector = with_aigul();
    let (first, _) = Visitor::sign_in(&collector.client, "aigul", PASSWORD);
    let reply = first.post_as_is("/console/sign-in", &[("name", "aigul"), ("password", PASSWORD)], &[]);
    let cookie = reply.header("set-cookie").split(';').next().unwrap().to_owned();
    assert_ne!(cookie, first.cookie);
    let second = Visitor { client: &collector.client, cookie };
    assert!(second.is_in() && !first.is_in());
    let reply = second.post("/console/sign-out", &[]);
    assert_eq!(reply.header("location"), "/console/sign-in?told=signed_out");
    assert!(reply.header("set-cookie").ends_with("Max-Age=0"), "{reply:?}");
    assert!(!second.is_in());
}

#[test]
fn a_new_password_ends_every_other_session_and_a_shut_account_is_out_at_once() {
    let collector = with_aigul();
    let [here, there] = [(); 2].map(|()| Visitor::with_session(&collector, "aigul"));
    let change = |old, new, again| {
        here.post("/console/account", &[("do", "password"), ("old", old), ("new", new), ("again", again)])
    };
    let new = "жаз жайлау, қыс қыстау";
    for (old, new, again, told) in [
        (PASSWORD, "too short", "too short", "too short"),
        (PASSWORD, new, "something else here", "not the same"),
        ("not the password", new, new, "present password is wrong"),
    ] {
        let reply = change(old, new, again);
        assert!(reply.status == 200 && reply.body.contains(told), "{told}: {}", reply.body);
    }
    assert!(there.is_in());
    assert_eq!(change(PASSWORD, new, new).header("location"), "/console/account?told=password_changed");
    assert!(here.is_in() && !there.is_in());
    assert_eq!(Visitor::sign_in(&collector.client, "aigul", PASSWORD).1.status, 403);
    let (there, reply) = Visitor::sign_in(&collector.client, "aigul", new);
    assert_eq!(reply.status, 303);
    let shut = collector.store.change_person("aigul", PersonChange::Disabled(true));
    assert!(collector.wait(shut).unwrap());
    assert!(!here.is_in() && !there.is_in());
}

#[test]
fn sessions_are_listed_and_ended_one_by_one() {
    let collector = with_aigul();
    let [here, there] = [(); 2].map(|()| Visitor::with_session(&collector, "aigul"));
    let page = here.get("/console/account");
    let handle = crate::support::hidden(&page, "session");
    assert!(page.body.contains("This session"));
    here.post("/console/account", &[("do", "end"), ("session", &handle)]);
    assert!(here.is_in() && !there.is_in());
}
