//! What stands on the pages of the console, and what is done there.

use super::{PASSWORD, Visitor, add};
use crate::support::{Collector, answer_no, answer_yes};
use collector::people::rights::Role;

fn with_owner() -> Collector {
    let collector = Collector::start();
    add(&collector, "owner", &[(None, Role::Owner)]);
    collector
}

#[test]
fn the_list_has_the_surveys_that_somebody_may_see_and_is_sought_through_whatever_the_keyboard() {
    let collector = with_owner();
    collector.publish_example("page-useful");
    collector.publish_example("people-budget");
    add(&collector, "aigul", &[(Some("people-budget"), Role::Viewer)]);
    let owner = Visitor::with_session(&collector, "owner");
    let both = owner.get("/console").body;
    assert!(both.contains("/console/surveys/page-useful") && both.contains("/console/surveys/people-budget"));
    let found = owner.get("/console?q=BUDGET").body;
    assert!(
        !found.contains("/console/surveys/page-useful") && found.contains("/console/surveys/people-budget")
    );
    let own = Visitor::with_session(&collector, "aigul").get("/console").body;
    assert!(!own.contains("page-useful") && own.contains("/console/surveys/people-budget"));
    assert!(!own.contains("/console/people\""), "no way to what is not hers");
}

#[test]
fn a_survey_s_page_counts_what_came_by_day_in_kazakhstan_language_and_channel() {
    let collector = with_owner();
    let version = collector.publish_example("page-useful");
    for (number, at) in
        ["2026-11-22T18:59:00Z", "2026-11-22T19:00:00Z", "2026-11-23T05:00:00Z"].iter().enumerate()
    {
        collector.set_clock(at);
        let body = answer_yes(char::from_digit(number as u32, 10).unwrap(), &version);
        assert_eq!(collector.post_json("/api/v1/surveys/page-useful/responses", &body).status, 201);
    }
    collector.set_clock("2026-11-23T05:30:00Z");
    let (owner, _) = Visitor::sign_in(&collector.client, "owner", PASSWORD);
    let page = owner.get("/console/surveys/page-useful").body;
    assert!(page.contains("3 responses have come in"), "{page}");
    let day = |day: &str, n: u32| page.contains(&format!("<span>{day}</span></th><td><span>{n}</span>"));
    assert!(day("23 November 2026", 2) && day("22 November 2026", 1), "{page}");
    assert!(page.contains("/console/surveys/page-useful/downloads") && page.contains("no response rate"));
    let first = owner.get("/console").body;
    assert!(first.contains("23 November 2026"), "{first}");
}

#[test]
fn open_texts_are_read_by_who_may_found_by_words_and_every_look_is_written_down() {
    let collector = with_owner();
    let version = collector.publish_example("page-useful");
    let texts = ["Қағаз керек <b>", "Ничего не нашёл", "қағаз жоқ"];
    for (number, text) in texts.iter().enumerate() {
        let body = answer_no(char::from_digit(number as u32, 10).unwrap(), &version, text);
        let reply = collector.post_json("/api/v1/surveys/page-useful/responses", &body);
        assert_eq!(reply.status, 201, "{reply:?}");
    }
    let owner = Visitor::with_session(&collector, "owner");
    let path = "/console/surveys/page-useful/texts?question=doing";
    let all = owner.get(path).body;
    assert!(all.contains("Қағаз керек &lt;b&gt;") && all.contains("Ничего не нашёл"), "{all}");
    let found = owner.get(&format!("{path}&q=%D0%BA%D0%B0%D0%B3%D0%B0%D0%B7")).body;
    assert!(found.contains("қағаз жоқ") && !found.contains("Ничего"), "typed on a Russian keyboard: {found}");
    assert_eq!(owner.get("/console/surveys/page-useful/texts?question=useful").status, 404, "not words");
    let log = owner.get("/console/log").body;
    assert_eq!(log.matches("read texts").count(), 2, "{log}");
    assert!(!log.contains("қағаз") && !log.contains("каг"), "what was sought is not in the log");
}

#[test]
fn an_owner_makes_an_account_whose_password_is_shown_once_and_changes_what_it_may() {
    let collector = with_owner();
    collector.publish_example("page-useful");
    let owner = Visitor::with_session(&collector, "owner");
    let fields = [("name", "Aigul"), ("display", "Айгүл"), ("role", "analyst"), ("survey", "page-useful")];
    let made = owner.post("/console/people", &fields);
    assert_eq!(made.status, 200);
    let password = made.body.split("<code>").nth(1).unwrap().split('<').next().unwrap().to_owned();
    assert_eq!(password.len(), 20);
    assert!(!owner.get("/console/people").body.contains(&password));
    assert!(owner.post("/console/people", &fields).body.contains("such a name already"));
    let (aigul, reply) = Visitor::sign_in(&collector.client, "aigul", &password);
    assert_eq!(reply.status, 303);
    assert_eq!(aigul.get("/console/surveys/page-useful/texts?question=doing").status, 200);
    let change =
        |fields: &[(&str, &str)]| owner.post("/console/people/aigul", fields).header("location").to_owned();
    let to = change(&[("do", "role"), ("role", "viewer"), ("survey", "page-useful")]);
    assert_eq!(to, "/console/people/aigul?told=role_changed");
    assert_eq!(aigul.get("/console/surveys/page-useful/texts?question=doing").status, 403);
    change(&[("do", "no-role"), ("survey", "page-useful")]);
    assert_eq!(aigul.get("/console/surveys/page-useful").status, 404);
    change(&[("do", "shut")]);
    assert!(!aigul.is_in());
    change(&[("do", "open")]);
    let anew = owner.post("/console/people/aigul", &[("do", "password")]).body;
    let anew = anew.split("<code>").nth(1).unwrap().split('<').next().unwrap().to_owned();
    assert_ne!(anew, password);
    assert_eq!(Visitor::sign_in(&collector.client, "aigul", &anew).1.status, 303);
    assert_eq!(change(&[("do", "remove")]), "/console/people?told=person_removed");
    assert_eq!(owner.get("/console/people/aigul").status, 404);
    let log = owner.get("/console/log").body;
    assert!(log.contains("aigul: viewer") && !log.contains(&anew), "{log}");
}

#[test]
fn nobody_shuts_the_own_account_or_takes_the_own_rights() {
    let collector = with_owner();
    let owner = Visitor::with_session(&collector, "owner");
    for act in ["shut", "remove", "no-role", "role", "password", "end"] {
        assert_eq!(
            owner.post("/console/people/owner", &[("do", act), ("role", "viewer")]).status,
            403,
            "{act}"
        );
    }
    let person = collector.wait(collector.store.person("owner")).unwrap().unwrap();
    assert!(person.roles.give_everywhere(collector::people::rights::Right::Manage) && !person.disabled);
}

#[test]
fn a_token_made_in_the_console_opens_until_its_last_day_ends_in_kazakhstan() {
    let collector = with_owner();
    collector.publish_example("page-useful");
    collector.set_clock("2026-11-23T08:00:00Z");
    let (owner, _) = Visitor::sign_in(&collector.client, "owner", PASSWORD);
    let fields =
        [("do", "make"), ("token", "pipeline"), ("scope", "read"), ("expires", "2026-11-23"), ("survey", "")];
    let made = owner.post("/console/tokens", &fields).body;
    let token = made.split("<code>").nth(1).unwrap().split('<').next().unwrap().to_owned();
    assert!(token.starts_with("qulaq_"), "{made}");
    assert!(!owner.get("/console/tokens").body.contains(&token));
    let export = || {
        let bearer = format!("Bearer {token}");
        let path = "/api/v1/surveys/page-useful/export?format=csv";
        collector.send("GET", path, &[("authorization", bearer.as_str())], "").status
    };
    collector.set_clock("2026-11-23T18:59:59Z");
    assert_eq!(export(), 200);
    collector.set_clock("2026-11-23T19:00:00Z");
    assert_eq!(export(), 401);
    let deeds = collector.wait(collector.store.deeds(None, 10)).unwrap();
    assert_eq!(deeds[0].1.who, "token pipeline");
    let (owner, _) = Visitor::sign_in(&collector.client, "owner", PASSWORD);
    assert!(owner.get("/console/tokens").body.contains("Expired"));
    owner.post("/console/tokens", &[("do", "revoke"), ("token", "pipeline")]);
    assert!(collector.wait(collector.store.tokens()).unwrap().is_empty());
}
