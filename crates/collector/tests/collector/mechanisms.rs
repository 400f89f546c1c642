//! What holds for every mechanism alike: what identifies somebody is masked wherever citizens type, and is not where officials
//! answer; what would tell about a few is hidden wherever everybody reads.

use crate::ballot;
use crate::console::{Visitor, add};
use crate::erasure::are_on_disk;
use crate::support::consultation::{CONSULTATION, anchor, comment, numbers, publish_draft};
use crate::support::{Collector, Reply, definition, response, urlencoded};
use collector::clock::Minute;
use collector::people::rights::Role;
use collector::store::{Changed, Matter, MatterEvent, Outcome};
use matter::{MatterNumber, Shown, State};
use serde_json::{Value, json};

/// An identity number of nobody (the seventh digit says: born in the nineteenth century), an address and a telephone.
const TYPED: &str = "Орындық +7 балл: 850101100002, aigul.test@mail.kz, 8 701 123 45 67";
const SECRETS: [&str; 3] = ["850101100002", "aigul.test@mail.kz", "701 123 45 67"];
const MASKS: [&str; 3] = ["[ЖСН/ИИН]", "[@]", "[телефон]"];
const TOKEN: &str = "qulaq_test";

/// What was said once somebody has typed all of it into every text of a mechanism.
struct Said {
    survey: &'static str,
    /// Where citizens read it.
    public: Vec<Reply>,
    /// Where officials do.
    console: Vec<String>,
}

fn send(collector: &Collector, survey: &str, number: u32, version: &str, answers: &Value) -> Reply {
    let mut body = response('a', survey, version, answers);
    body["id"] = json!(format!("{number:032x}"));
    let reply = collector.post_json(&format!("/api/v1/surveys/{survey}/responses"), &body);
    assert_eq!(reply.status, 201, "{reply:?}");
    reply
}

fn change(
    collector: &Collector,
    survey: &str,
    number: &str,
    (what, said): (&str, &Value),
    change: impl FnOnce(&mut Matter),
) {
    let number: MatterNumber = number.parse().unwrap();
    let before = collector.wait(collector.store.matter(survey, number)).unwrap().unwrap();
    let mut after = before.clone();
    change(&mut after);
    let event = MatterEvent {
        revision: 0,
        minute: crate::support::NOW,
        who: "aigul".to_owned(),
        what: what.to_owned(),
        said: said.to_string(),
        public: true,
    };
    let changed = collector.wait(collector.store.change_matter(&before, after, event)).unwrap();
    assert!(matches!(changed, Changed::Done(_)));
}

fn follow(collector: &Collector, survey: &str, sent: &Reply) -> Reply {
    let (number, receipt) = (sent.json()["number"].as_str().unwrap().to_owned(), sent.receipt());
    let form = urlencoded(&[("number", &number), ("receipt", &receipt)]);
    collector.post_form(&format!("/s/{survey}/follow?lang=kk"), &form)
}

fn open_forum(collector: &Collector) -> String {
    let mut definition: Value = serde_json::from_str(&definition("forum")).unwrap();
    definition["forum"]["moderation"] = json!("after");
    collector.publish(&definition.to_string())
}

fn forum(collector: &Collector) -> Said {
    let version = open_forum(collector);
    let sent =
        send(collector, "forum", 1, &version, &json!({"idea": TYPED, "more": TYPED, "topic": 1, "place": 2}));
    let number = sent.json()["number"].as_str().unwrap().to_owned();
    let pages = ["/s/forum".to_owned(), "/s/forum/ideas".to_owned(), format!("/s/forum/ideas/{number}")];
    let public = pages.iter().map(|path| collector.get(path)).chain([follow(collector, "forum", &sent)]);
    let console = ["moderation?show=waiting", "texts?question=idea", "texts?question=more"];
    let console = console.map(|page| format!("/console/surveys/forum/{page}"));
    Said { survey: "forum", public: public.collect(), console: console.to_vec() }
}

fn consultation(collector: &Collector) -> Said {
    let version = publish_draft(collector, &[]);
    let at = anchor(collector, &version, "Қабылдау жұмыс күндері");
    let said = [("comment", TYPED), ("publish", "1"), ("person", TYPED)];
    let reply = comment(collector, 1, (&version, &at), &said);
    let (number, receipt) = numbers(&reply);
    let organisation = [("comment", TYPED), ("speaker", "2"), ("publish", "1"), ("organisation", TYPED)];
    let second = numbers(&comment(collector, 2, (&version, &at), &organisation)).0;
    for number in [&number, &second] {
        change(collector, CONSULTATION, number, ("shown", &json!({})), |it| it.shown = Shown::Shown);
    }
    let own = urlencoded(&[("number", &number), ("receipt", &receipt)]);
    let public = vec![
        collector.get(&format!("/s/{CONSULTATION}/comments")),
        collector.get(&format!("/s/{CONSULTATION}")),
        collector.post_form(&format!("/s/{CONSULTATION}/decision"), &own),
    ];
    let console = ["?about=", "/report?of=kk&as=html&about="];
    let console = console.map(|page| format!("/console/surveys/{CONSULTATION}/comments{page}{at}"));
    Said { survey: CONSULTATION, public, console: console.to_vec() }
}

fn reception(collector: &Collector) -> Said {
    let version = collector.publish_example("reception");
    // The telephone that somebody is called back on is asked for, and stays what it is: for the staff alone.
    let answers = json!({"topic": 1, "matter": TYPED, "visit": 3, "needs": [96], "needs_other": TYPED,
        "phone": "+7 702 765 43 21"});
    let sent = send(collector, "reception", 1, &version, &answers);
    let number = sent.json()["number"].as_str().unwrap().to_owned();
    let console = [format!("matters/{number}"), "texts?question=matter".to_owned()];
    let console = console.map(|page| format!("/console/surveys/reception/{page}"));
    let record = follow(collector, "reception", &sent);
    assert!(!record.body.contains("765 43 21"));
    Said { survey: "reception", public: vec![record], console: console.to_vec() }
}

fn feedback(collector: &Collector) -> Said {
    let version = collector.publish_example("page-feedback");
    let page = "/u/850101100002/aigul.test%40mail.kz/8 701 123 45 67";
    for number in 0..12 {
        let answers = json!({"page": page, "useful": 2, "doing": TYPED, "wrong": TYPED});
        send(collector, "page-feedback", number, &version, &answers);
    }
    let masked = form_urlencoded::byte_serialize("/u/[ЖСН/ИИН]/[@]/[телефон]".as_bytes()).collect::<String>();
    let console = [String::new(), format!("?page={masked}"), "?as=csv".to_owned()];
    let console = console.map(|page| format!("/console/surveys/page-feedback/pages{page}"));
    // Nothing of it is for everybody.
    Said { survey: "page-feedback", public: Vec::new(), console: console.to_vec() }
}

#[test]
fn what_identifies_somebody_is_masked_at_every_entrance_of_every_mechanism_and_is_nowhere_read() {
    for say in [forum, consultation, reception, feedback] {
        let collector = Collector::start();
        collector.let_in(TOKEN, None);
        let Said { survey, public, console } = say(&collector);
        add(&collector, "owner", &[(None, Role::Owner)]);
        let owner = Visitor::with_session(&collector, "owner");
        let export = format!("/api/v1/surveys/{survey}/export?format=csv");
        let export = collector.send("GET", &export, &[("authorization", &format!("Bearer {TOKEN}"))], "");
        let pages = public.into_iter().chain(console.iter().map(|path| owner.get(path))).chain([export]);
        for (place, page) in pages.enumerate() {
            assert_eq!(page.status, 200, "{survey} {place}: {page:?}");
            for (secret, mask) in SECRETS.iter().zip(MASKS) {
                assert!(!page.body.contains(secret), "{survey} {place} has {secret}: {}", page.body);
                assert!(page.body.contains(mask), "{survey} {place} has no {mask}: {}", page.body);
            }
        }
        for secret in SECRETS {
            assert!(!are_on_disk(secret, collector.directory.path()), "{survey}: {secret}");
        }
    }
}

#[test]
fn what_officials_answer_to_everybody_stays_as_they_wrote_it() {
    let collector = Collector::start();
    let version = open_forum(&collector);
    let sent = send(&collector, "forum", 1, &version, &json!({"idea": "Орындық", "topic": 1}));
    let number = sent.json()["number"].as_str().unwrap().to_owned();
    let told = json!({"from": "received", "to": "checked", "text": TYPED});
    change(&collector, "forum", &number, ("state", &told), |it| it.state = State::Checked);
    let version = collector.publish_example("reception");
    let matter =
        send(&collector, "reception", 2, &version, &json!({"topic": 1, "matter": "Такси", "visit": 3}));
    let answer = json!({"lang": "kk", "text": TYPED});
    let of = matter.json()["number"].as_str().unwrap().to_owned();
    change(&collector, "reception", &of, ("answer", &answer), |it| it.state = State::Answered);
    let said = json!({"texts": {"kk": {"heard": TYPED, "did": TYPED}, "ru": {"heard": "", "did": ""}}});
    let (survey, said) = ("reception".to_owned(), said.to_string());
    let outcome = Outcome { survey, number: 1, minute: Minute(29_550_000), who: "aigul".to_owned(), said };
    assert!(collector.wait(collector.store.publish_outcome(outcome)).unwrap());
    for page in [
        collector.get(&format!("/s/forum/ideas/{number}?lang=kk")),
        follow(&collector, "forum", &sent),
        follow(&collector, "reception", &matter),
        collector.get("/s/reception/outcome?lang=kk"),
        collector.get("/outcomes.json?lang=kk"),
        collector.get("/outcomes.atom?lang=kk"),
    ] {
        assert!(SECRETS.iter().all(|contact| page.body.contains(contact)), "{}", page.body);
    }
}

#[test]
fn votes_on_an_idea_by_nine_are_hidden_on_every_page_of_a_forum() {
    let collector = Collector::start();
    let version = open_forum(&collector);
    let sent = send(&collector, "forum", 1, &version, &json!({"idea": "Орындық", "topic": 1}));
    let number = sent.json()["number"].as_str().unwrap().to_owned();
    let vote = |voter: u32, said: &str| {
        let (voter, field) = (format!("{voter:032x}"), format!("vote-{number}"));
        let form = urlencoded(&[("voter", &voter), ("shown", &number), (&field, said)]);
        assert_eq!(collector.post_form("/s/forum/votes?lang=ru", &form).status, 200);
    };
    let told = || {
        let pages = [
            format!("/ideas/{number}"),
            "/ideas".to_owned(),
            "/ideas?order=agreed".to_owned(),
            String::new(),
        ];
        pages.map(|page| {
            let more = if page.contains('?') { '&' } else { '?' };
            collector.get(&format!("/s/forum{page}{more}lang=ru")).body
        })
    };
    (0..9).for_each(|voter| vote(voter, "agree"));
    assert!(told().iter().all(|page| !page.contains("Голосов: ")), "nine are too few");
    vote(9, "disagree");
    let hidden = |page: &String| !page.contains("За: 9") && !page.contains("ротив: 1");
    assert!(told().iter().all(hidden), "nor what is left of ten");
    (10..19).for_each(|voter| vote(voter, "disagree"));
    assert!(told().iter().all(hidden), "nor what the sum would give back");
    vote(19, "agree");
    let pages = told();
    assert!(pages[0].contains("Голосов: 20. За: 10, против: 10"), "{}", pages[0]);
}

#[test]
fn what_a_few_say_of_a_paragraph_is_hidden_and_more_is_told_in_steps() {
    let collector = Collector::start();
    let version = publish_draft(&collector, &[]);
    let at = anchor(&collector, &version, "Қабылдау жұмыс күндері");
    let page = || collector.get(&format!("/s/{CONSULTATION}?lang=en")).body;
    for number in 0..9 {
        assert_eq!(comment(&collector, number, (&version, &at), &[("stance", "1")]).status, 200);
    }
    assert!(page().contains("fewer than 10") && !page().contains("at least"), "{}", page());
    for number in 9..14 {
        comment(&collector, number, (&version, &at), &[("stance", "1")]);
    }
    let told = page();
    assert!(told.contains("Agree: at least 10.") && told.contains("Disagree: fewer than 10."), "{told}");
}

#[test]
fn a_project_that_few_chose_has_no_count_in_a_ballot_that_is_over() {
    let collector = Collector::start();
    let version = collector.publish_example("yard-budget");
    let (_, codes) = ballot::with_codes(&collector, 60);
    ballot::vote(&collector, &version, &codes[..9], &json!([1]));
    ballot::vote(&collector, &version, &codes[9..40], &json!([2]));
    ballot::vote(&collector, &version, &codes[40..60], &json!([4]));
    collector.wait(collector.store.close("yard-budget")).unwrap();
    let votes = ballot::projects(&collector.get(ballot::RESULTS));
    let of = |code| votes.iter().find(|project| project.0 == code).unwrap().1;
    assert_eq!((of(1), of(2)), (None, Some(31)), "{votes:?}");
    let page = collector.get("/s/yard-budget/results?lang=en").body;
    assert!(!page.contains("<td>9</td>") && page.contains("<td>31</td>"), "{page}");
}

#[test]
fn a_reception_and_page_feedback_tell_nobody_any_count() {
    let collector = Collector::start();
    for survey in ["reception", "page-feedback"] {
        collector.publish_example(survey);
        for path in [format!("/s/{survey}/results"), format!("/api/v1/surveys/{survey}/results")] {
            assert_eq!(collector.get(&path).status, 404, "{path}");
        }
    }
}
