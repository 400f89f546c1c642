//! A forum at the console: what a moderator decides, alone and beside another, and what those see who work with it.

use super::{Visitor, add};
use crate::support::{Collector, definition, response, urlencoded};
use collector::people::rights::Role;
use collector::store::{Matter, NewVote, Said};
use matter::{MatterNumber, Shown, State};
use serde_json::{Value, json};

const PAGE: &str = "/console/surveys/forum/moderation";

fn furnished() -> (Collector, String) {
    let collector = Collector::start();
    let version = collector.publish_example("forum");
    for role in [Role::Moderator, Role::Viewer, Role::Owner] {
        add(&collector, role.name(), &[(None, role)]);
    }
    (collector, version)
}

fn propose(collector: &Collector, version: &str, digit: char, idea: &str) -> MatterNumber {
    let body = response(digit, "forum", version, &json!({"idea": idea, "topic": 1}));
    let reply = collector.post_json("/api/v1/surveys/forum/responses", &body);
    assert_eq!(reply.status, 201, "{reply:?}");
    reply.json()["number"].as_str().unwrap().parse().unwrap()
}

fn matter(collector: &Collector, number: MatterNumber) -> Matter {
    collector.wait(collector.store.matter("forum", number)).unwrap().unwrap()
}

/// The fields of a decision about an idea as it stands.
fn decided(matter: &Matter, decision: &str, more: &[(&str, &str)]) -> Vec<(String, String)> {
    let number = matter.number;
    let named = |(name, value): &(&str, &str)| (format!("{name}-{number}"), (*value).to_owned());
    let own = [("decision", decision), ("revision", &matter.revision.to_string())];
    let fields = own.iter().chain(more).map(named);
    std::iter::once(("number".to_owned(), number.to_string())).chain(fields).collect()
}

fn decide(visitor: &Visitor<'_>, fields: &[Vec<(String, String)>]) -> String {
    let mut all = vec![("do", "decide"), ("show", "waiting")];
    all.extend(fields.iter().flatten().map(|(name, value)| (name.as_str(), value.as_str())));
    let reply = visitor.post(PAGE, &all);
    assert_eq!(reply.status, 200, "{reply:?}");
    reply.body
}

#[test]
fn a_moderator_decides_about_several_at_once_and_everybody_sees_what_and_why() {
    let (collector, version) = furnished();
    let moderator = Visitor::with_session(&collector, "moderator");
    let numbers = ["Пандус <b>", "Купите у нас", "Пандус тоже"];
    let numbers: Vec<_> =
        ('a'..).zip(numbers).map(|(digit, idea)| propose(&collector, &version, digit, idea)).collect();
    let queue = moderator.get(PAGE).body;
    let place = |words: &str| queue.find(words).unwrap_or_else(|| panic!("{words}: {queue}"));
    assert!(
        place("Пандус &lt;b&gt;") < place("Купите") && place("Купите") < place("Пандус тоже"),
        "oldest first"
    );
    let of = |number: MatterNumber| matter(&collector, number);
    let told = decide(
        &moderator,
        &[
            decided(&of(numbers[0]), "show", &[]),
            decided(&of(numbers[1]), "hide", &[("rule", "3")]),
            decided(&of(numbers[2]), "", &[]),
        ],
    );
    assert!(told.contains("Decisions saved: 2."), "{told}");
    assert_eq!((of(numbers[0]).shown, of(numbers[0]).state), (Shown::Shown, State::Checked));
    assert_eq!((of(numbers[1]).shown, of(numbers[2]).shown), (Shown::Hidden, Shown::Waiting));
    let hidden = collector.get(&format!("/s/forum/ideas/{}?lang=kk", numbers[1])).body;
    assert!(hidden.contains("Жарнама орналастыруға болмайды.") && !hidden.contains("Купите"), "{hidden}");
    let same = numbers[0].to_string();
    decide(&moderator, &[decided(&of(numbers[2]), "link", &[("same", &same)])]);
    assert_eq!(of(numbers[2]).same_as, Some(numbers[0]));
    let note = [("text", "Жалоба рассмотрена, решение осталось.")];
    decide(&moderator, &[decided(&of(numbers[1]), "appeal", &note)]);
    assert!(collector.get(&format!("/s/forum/ideas/{}", numbers[1])).body.contains("решение осталось"));
    let log = Visitor::with_session(&collector, "owner").get("/console/log").body;
    assert!(log.contains("decided what is shown") && log.contains(&format!("{}: shown", numbers[0])));
}

#[test]
fn a_status_moves_as_the_table_says_and_no_is_never_said_without_a_reason() {
    let (collector, version) = furnished();
    let moderator = Visitor::with_session(&collector, "moderator");
    let number = propose(&collector, &version, 'a', "Пандус");
    decide(&moderator, &[decided(&matter(&collector, number), "show", &[])]);
    let to = |state: &str, text: &str| {
        decide(
            &moderator,
            &[decided(&matter(&collector, number), "move", &[("state", state), ("text", text)])],
        )
    };
    assert!(to("received", "").contains("cannot go on"), "not back to the beginning");
    assert!(to("declined", "").contains("has no reason"));
    assert_eq!(matter(&collector, number).state, State::Checked);
    to("assigned", "");
    to("implemented", "Сделано <в мае>.");
    assert_eq!(matter(&collector, number).state, State::Implemented);
    let page = collector.get(&format!("/s/forum/ideas/{number}?lang=ru")).body;
    assert!(page.contains("Исполнена") && page.contains("Сделано &lt;в мае&gt;."), "{page}");
}

#[test]
fn of_two_moderators_at_once_the_second_is_told_and_what_was_typed_stays() {
    let (collector, version) = furnished();
    let (one, other) =
        (Visitor::with_session(&collector, "moderator"), Visitor::with_session(&collector, "owner"));
    let number = propose(&collector, &version, 'a', "Пандус");
    let before = matter(&collector, number);
    decide(&one, &[decided(&before, "show", &[])]);
    let told = decide(&other, &[decided(&before, "hide", &[("rule", "0")])]);
    assert!(told.contains(&format!("{number}: somebody else changed this idea")), "{told}");
    assert_eq!(matter(&collector, number).shown, Shown::Shown);
    let waiting = propose(&collector, &version, 'b', "Лифт");
    let bad = [("same", "2026-9-9")];
    let told = decide(&other, &[decided(&matter(&collector, waiting), "link", &bad)]);
    assert!(told.contains("no idea to join it with") && told.contains("value=\"2026-9-9\""), "{told}");
}

#[test]
fn decisions_that_fit_nothing_change_nothing() {
    let (collector, version) = furnished();
    let moderator = Visitor::with_session(&collector, "moderator");
    let number = propose(&collector, &version, 'a', "Пандус");
    let of = || matter(&collector, number);
    let same = number.to_string();
    let cases = [
        ("hide", ("other", ""), "has no reason"),
        ("hide", ("rule", "99"), "has no reason"),
        ("link", ("same", same.as_str()), "no idea to join it with"),
        ("link", ("same", "nonsense"), "no idea to join it with"),
        ("appeal", ("text", " "), "has no reason"),
    ];
    for (decision, more, said) in cases {
        assert!(
            decide(&moderator, &[decided(&of(), decision, &[more])]).contains(said),
            "{decision} {more:?}"
        );
    }
    assert_eq!((of().shown, of().revision), (Shown::Waiting, 0));
    let wrong = moderator.post(PAGE, &[("do", "decide"), ("number", "nonsense")]);
    assert_eq!(wrong.status, 400);
    assert_eq!(moderator.post(PAGE, &[("do", "else")]).status, 400);
}

#[test]
fn whoever_works_with_a_forum_sees_opinions_from_five_on() {
    let (collector, version) = furnished();
    let moderator = Visitor::with_session(&collector, "moderator");
    let digits = "12345678".chars();
    let numbers: Vec<_> =
        digits.map(|digit| propose(&collector, &version, digit, &format!("Идея {digit}"))).collect();
    let all: Vec<_> =
        numbers.iter().map(|number| decided(&matter(&collector, *number), "show", &[])).collect();
    assert!(decide(&moderator, &all).contains("Decisions saved: 8."));
    for voter in 0..18_u8 {
        let vote = |(at, statement): (usize, &MatterNumber)| {
            let said = if (at % 2 == 0) == (voter % 2 == 0) { Said::Agree } else { Said::Disagree };
            NewVote { statement: *statement, said, place: 1 }
        };
        let ballot = collector::store::Ballot {
            survey: "forum".to_owned(),
            voter: [voter; 16],
            minute: crate::support::NOW,
            flags: String::new(),
            votes: numbers.iter().enumerate().map(vote).collect(),
        };
        collector.wait(collector.store.cast(ballot)).unwrap();
    }
    let viewer = Visitor::with_session(&collector, "viewer");
    let page = viewer.get("/console/surveys/forum/opinions").body;
    assert!(page.contains("At least 15 people") && page.contains("Group A"), "{page}");
    assert!(collector.get("/s/forum/opinions?lang=en").body.contains("at least 30 people have to vote"));
    let survey = moderator.get("/console/surveys/forum").body;
    assert!(survey.contains(PAGE) && survey.contains("/console/surveys/forum/opinions"), "{survey}");
    assert!(
        !viewer.get("/console/surveys/forum").body.contains(PAGE),
        "who may not moderate is not led there"
    );
}

#[test]
fn by_invitation_a_code_is_one_voter_whoever_types_it_and_however_often() {
    let collector = Collector::start();
    let mut changed: Value = serde_json::from_str(&definition("forum")).unwrap();
    changed["tier"] = json!("invited");
    let version = collector.publish(&changed.to_string());
    add(&collector, "owner", &[(None, Role::Owner)]);
    let owner = Visitor::with_session(&collector, "owner");
    let issue = [("do", "issue"), ("count", "2"), ("batch", "a"), ("as", "csv")];
    let table = owner.post("/console/surveys/forum/invitations", &issue).body;
    let codes: Vec<&str> = table.lines().skip(1).filter_map(|row| row.split(',').next()).collect();
    let mut body = response('a', "forum", &version, &json!({"idea": "Скамейки", "topic": 1}));
    body["invitation"] = json!(codes[0]);
    let kept = collector.post_json("/api/v1/surveys/forum/responses", &body);
    assert_eq!(kept.status, 201, "{kept:?}");
    let number: MatterNumber = kept.json()["number"].as_str().unwrap().parse().unwrap();
    decide(&owner, &[decided(&matter(&collector, number), "show", &[])]);
    let post = |code: &str, said: &str| {
        let number = number.to_string();
        let now = format!("{number} {said}");
        let fields = [("code", code), ("shown", &number), ("now", &now)];
        collector.post_form("/s/forum/votes?lang=ru", &urlencoded(&fields))
    };
    let agree = || {
        let tallies = collector.wait(collector.store.tallies("forum", &[number])).unwrap();
        tallies.first().map_or(0, |tally| tally.agree)
    };
    let wrong = post("7K3M", "agree");
    assert!(wrong.status == 422 && wrong.body.contains("код не подходит"), "{wrong:?}");
    assert_eq!((post("", "agree").status, agree()), (422, 0));
    let voted = post(codes[0], "agree");
    assert_eq!((voted.status, agree()), (200, 1), "who proposed may vote");
    assert_eq!(hidden_code(&voted.body), None, "all was voted on");
    assert_eq!((post(&codes[0].to_lowercase(), "agree").status, agree()), (200, 1));
    assert_eq!((post(codes[1], "agree").status, agree()), (200, 2));
    assert_eq!((post(codes[1], "disagree").status, agree()), (200, 1));
    owner.post("/console/surveys/forum/invitations", &[("do", "revoke"), ("batch", "a")]);
    let over = post(codes[1], "agree");
    assert_eq!((over.status, agree()), (403, 1));
}

fn hidden_code(page: &str) -> Option<&str> {
    page.split("name=\"code\" value=\"").nth(1)?.split('"').next()
}
