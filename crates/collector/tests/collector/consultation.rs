//! Consultations as citizens meet them: the draft, a comment on a paragraph, what others said, what was decided (domain M3).

use crate::support::consultation::{CONSULTATION, anchor, comment, numbers, publish_changed, publish_draft};
use crate::support::{Collector, Program, definition, on_both_engines, urlencoded};
use collector::store::MatterEvent;
use matter::{MatterNumber, Shown, State};
use serde_json::json;
use std::fs;

on_both_engines! { Collector:
    a_comment_is_a_response_with_a_number_and_a_receipt_and_counts_once
    only_what_its_author_and_a_moderator_let_through_is_shown
    whoever_has_both_numbers_sees_the_decision_and_what_changed
}

const NEW: &str = "Қабылдау жұмыс күндері";

fn page(collector: &Collector, page: &str) -> String {
    let reply = collector.get(&format!("/s/{CONSULTATION}/{page}"));
    assert_eq!(reply.status, 200, "{reply:?}");
    reply.body
}

/// Changes the matter of a comment as an official does.
fn decide(collector: &Collector, number: &str, state: State, shown: Shown, said: &serde_json::Value) {
    let number: MatterNumber = number.parse().unwrap();
    let store = &collector.store;
    let before = collector.wait(store.matter(CONSULTATION, number)).unwrap().unwrap();
    let after = collector::store::Matter { state, shown, ..before.clone() };
    let event = MatterEvent {
        revision: 0,
        minute: crate::support::NOW,
        who: "aigul".to_owned(),
        what: "decision".to_owned(),
        said: said.to_string(),
        public: true,
    };
    collector.wait(store.change_matter(&before, after, event)).unwrap();
}

fn a_comment_is_a_response_with_a_number_and_a_receipt_and_counts_once(collector: &Collector) {
    let version = publish_draft(collector, &[]);
    let at = anchor(collector, &version, NEW);
    let said = [("stance", "2"), ("comment", "Сенбі күні +7 701 123 45 67 қабылдаңыз")];
    let reply = comment(collector, 1, (&version, &at), &said);
    assert_eq!(reply.status, 200, "{}", reply.body);
    let first = numbers(&reply);
    assert_eq!(numbers(&comment(collector, 1, (&version, &at), &said)), first, "sent twice, kept once");
    let number = first.0.parse().unwrap();
    let matter = collector.wait(collector.store.matter(CONSULTATION, number)).unwrap().unwrap();
    assert_eq!((matter.subject.as_deref(), matter.shown), (Some(at.as_str()), Shown::Waiting));
    let kept = collector.wait(collector.store.responses_at(&[matter.response])).unwrap().remove(0);
    assert!(!kept.answers.contains("701") && kept.answers.contains("Сенбі"), "{}", kept.answers);
    assert_eq!(collector.withdraw(&first.1).status, 204);
    let matter = collector.wait(collector.store.matter(CONSULTATION, number)).unwrap().unwrap();
    assert_eq!(matter.state, State::Withdrawn);
}

#[test]
fn a_comment_that_says_nothing_or_belongs_nowhere_is_not_kept() {
    let collector = Collector::start();
    let version = publish_draft(&collector, &[]);
    let at = anchor(&collector, &version, NEW);
    let nothing = comment(&collector, 1, (&version, &at), &[("comment", "  ")]);
    assert_eq!(nothing.status, 422);
    assert!(nothing.body.contains("role=\"alert\"") && nothing.body.contains("<details open>"));
    let unsaid = comment(&collector, 2, (&version, &at), &[("comment", "а"), ("speaker", "2")]);
    assert_eq!(unsaid.status, 422, "the name of the organisation is required");
    assert!(unsaid.body.contains("aria-invalid=\"true\"") && unsaid.body.contains(">\nа</textarea>"));
    let heading = anchor(&collector, &version, "1. Жалпы");
    for (nowhere, fields) in [
        ("p-zzzzzz", vec![("stance", "1")]),
        (heading.as_str(), vec![("stance", "1")]),
        (at.as_str(), vec![("stance", "7")]),
        (at.as_str(), vec![("stance", "1"), ("whole", "1")]),
        (at.as_str(), vec![("stance", "1"), ("speaker", "x")]),
    ] {
        let reply = comment(&collector, 3, (&version, nowhere), &fields);
        assert_eq!(reply.status, 422, "{nowhere} {fields:?}");
    }
    let without_id = urlencoded(&[("paragraph", &at), ("stance", "1"), ("speaker", "1"), ("publish", "2")]);
    assert_eq!(collector.post_form(&format!("/s/{CONSULTATION}/comment"), &without_id).status, 422);
    assert_eq!(collector.rows(), 0);
}

fn only_what_its_author_and_a_moderator_let_through_is_shown(collector: &Collector) {
    let version = publish_draft(collector, &[]);
    let at = anchor(collector, &version, NEW);
    let hostile = "<script>alert('ә')</script>";
    let say = |number, text: &str, more: &[(&str, &str)]| {
        let fields: Vec<(&str, &str)> = [("comment", text)].into_iter().chain(more.iter().copied()).collect();
        let reply = comment(collector, number, (&version, &at), &fields);
        assert_eq!(reply.status, 200, "{}", reply.body);
        numbers(&reply).0
    };
    let named = say(1, hostile, &[("publish", "1"), ("person", "Айгүл")]);
    let nameless = say(2, "Атымды айтпаңыз", &[("speaker", "2"), ("organisation", "«Тең қоғам» бірлестігі")]);
    let kept_apart = say(3, "Тек мекемеге", &[("publish", "3")]);
    assert!(!page(collector, "comments").contains("Атымды"), "nobody has looked at them");
    for number in [&named, &nameless, &kept_apart] {
        decide(collector, number, State::Received, Shown::Shown, &json!({}));
    }
    let shown = page(collector, &format!("comments?about={at}&lang=kk"));
    assert!(shown.contains("&lt;script&gt;alert('ә')") && !shown.contains("<script>alert"), "{shown}");
    assert!(shown.contains("Айгүл") && shown.contains("Атымды айтпаңыз"));
    assert!(!shown.contains("Тең қоғам"), "an organisation that does not want its name there");
    assert!(!shown.contains("Тек мекемеге"), "whatever a moderator does");
    assert!(shown.contains("дауыс беру емес"));
}

fn whoever_has_both_numbers_sees_the_decision_and_what_changed(collector: &Collector) {
    let version = publish_draft(collector, &[]);
    let at = anchor(collector, &version, NEW);
    let reply = comment(collector, 1, (&version, &at), &[("stance", "2"), ("comment", "Кешке дейін болсын")]);
    let (number, receipt) = numbers(&reply);
    let ask = |number: &str, receipt: &str| {
        let body = urlencoded(&[("number", number), ("receipt", receipt)]);
        collector.post_form(&format!("/s/{CONSULTATION}/decision?lang=kk"), &body)
    };
    assert!(ask(&number, &receipt).body.contains("әлі қаралған жоқ"));
    let (wrong, missing) = (ask("2026-99-1", &receipt), ask(&number, "00000-00000-00000-00000-00000"));
    assert_eq!((wrong.status, missing.status), (404, 404));
    let told =
        |body: &str| body.split("role=\"alert\"").nth(1).unwrap().split("</p>").next().unwrap().to_owned();
    assert_eq!(told(&wrong.body), told(&missing.body), "nobody learns which of the two was right");

    let later = publish_draft(collector, &[("17:00", "20:00")]);
    assert_ne!(later, version);
    assert_eq!(anchor(collector, &later, NEW), at, "it is the same paragraph, changed");
    let reason = json!({"kk": "Жұмыс істейтін азаматтар үшін", "ru": "Для работающих", "en": "For workers"});
    let said = json!({"decision": "partly", "reason": reason, "changed": null, "alike": 1, "first": number});
    decide(collector, &number, State::Partly, Shown::Shown, &said);
    let seen = ask(&number, &receipt).body;
    assert!(seen.contains("ішінара қабылданды") && seen.contains("Жұмыс істейтін азаматтар үшін"), "{seen}");
    assert!(seen.contains("<del>") && seen.contains("17:00") && seen.contains("<ins>"), "{seen}");
    let decisions = page(collector, "decisions?lang=ru");
    assert!(decisions.contains("принято частично") && decisions.contains("Для работающих"), "{decisions}");
}

#[test]
fn comments_are_taken_between_two_days_and_late_ones_are_refused_politely_with_the_words_still_there() {
    let collector = Collector::start();
    let version = publish_changed(&collector, &[], |survey| {
        survey["opens"] = json!("2026-03-10T09:00");
        survey["closes"] = json!("2026-04-01T18:00");
        survey["consultation"]["at_least"] = json!(13);
    });
    let at = anchor(&collector, &version, NEW);
    let early = comment(&collector, 1, (&version, &at), &[("comment", "Ерте")]);
    assert_eq!(early.status, 403);
    collector.set_clock("2026-03-25T06:00:00Z");
    let open = comment(&collector, 2, (&version, &at), &[("comment", "Уақытында")]);
    assert_eq!(open.status, 200);
    // 26, 27, 30 and 31 March and 1 April; 25 March itself is the day off for Nauryz.
    assert!(open.body.contains("Қалған жұмыс күні: 5."), "{}", open.body);
    collector.set_clock("2026-04-01T13:00:00Z");
    let late = comment(&collector, 3, (&version, &at), &[("comment", "Кеш қалдым")]);
    assert_eq!(late.status, 403);
    assert!(
        late.body.contains("Пікіріңіз қабылданбады") && late.body.contains("Кеш қалдым"),
        "{}",
        late.body
    );
    assert_eq!(collector.rows(), 1);
}

#[test]
fn a_consultation_that_cannot_work_is_not_published_and_its_author_is_told_why() {
    let program = Program::new();
    let directory = program.directory.path().join("drafts");
    fs::create_dir_all(&directory).unwrap();
    let examples = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/surveys/drafts");
    for lang in ["kk", "ru", "en"] {
        let name = format!("reception-rules.{lang}.md");
        fs::copy(format!("{examples}/{name}"), directory.join(name)).unwrap();
    }
    let refused = |change: &dyn Fn(&mut serde_json::Value)| {
        let mut survey = serde_json::from_str(&definition(CONSULTATION)).unwrap();
        change(&mut survey);
        program.file("d.json", &survey.to_string());
        let output = program.run(&["publish", "d.json"]);
        assert!(!output.status.success());
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let short = refused(&|survey| {
        survey["opens"] = json!("2026-03-10T09:00");
        survey["closes"] = json!("2026-03-20T18:00");
        survey["consultation"]["at_least"] = json!(10);
    });
    assert!(short.contains("asks for 10 working days") && short.contains("there are 8"), "{short}");
    let required = refused(&|survey| {
        let whole = &mut survey["pages"][0]["questions"][2];
        whole["required"] = json!(true);
        whole.as_object_mut().unwrap().remove("show_if");
    });
    assert!(required.contains("whole must be answered too"), "{required}");
    let invited = refused(&|survey| survey["tier"] = json!("invited"));
    assert!(invited.contains("a code admits one response"), "{invited}");
    let lacking = refused(&|survey| _ = survey["consultation"]["draft"].as_array_mut().unwrap().pop());
    assert!(lacking.contains("lacks \"en\""), "{lacking}");
    fs::write(directory.join("reception-rules.ru.md"), "# Правила\n\nОдин абзац.\n").unwrap();
    let parts = refused(&|_| {});
    assert!(parts.contains("must have the same parts") && parts.contains("part 2"), "{parts}");
    fs::write(directory.join("reception-rules.ru.md"), "").unwrap();
    assert!(refused(&|_| {}).contains("nothing stands"));
}
