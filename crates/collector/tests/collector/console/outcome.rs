//! An official writes what came of a survey, looks at it, publishes it, and archives the survey.

use super::{Visitor, add};
use crate::support::{Collector, hidden, response, small};
use collector::people::rights::Role;
use serde_json::{Value, json};

const PAGE: &str = "/console/surveys/small/outcome";
const ARCHIVE: &str = "/console/surveys/small/archive";

/// Thirty said yes and twenty no, and three something that few did; results are shown to everybody.
fn answered() -> Collector {
    let collector = Collector::start();
    let why = json!({"name": "why", "type": "text", "text": "Why?"});
    let few = json!({"name": "few", "type": "single", "text": "Few?", "options": [{"code": 1, "text": "A"}, {"code": 2, "text": "B"}]});
    collector.publish(&small(&json!({"results": "public", "agency": "Agency <A>"}), &[why, few]));
    send(&collector, 0..30, &json!({"useful": 1, "why": "words that nobody else sees"}));
    send(&collector, 30..33, &json!({"useful": 0, "few": 1}));
    send(&collector, 33..50, &json!({"useful": 0}));
    add(&collector, "aigul", &[(Some("small"), Role::Owner)]);
    add(&collector, "bolat", &[(Some("small"), Role::Owner)]);
    collector
}

fn send(collector: &Collector, ids: std::ops::Range<u32>, answers: &Value) {
    let version = collector.get("/api/v1/surveys/small").json()["version"].as_str().unwrap().to_owned();
    for id in ids {
        let mut body = response('a', "small", &version, answers);
        body["id"] = json!(format!("{id:032x}"));
        assert_eq!(collector.post_json("/api/v1/surveys/small/responses", &body).status, 201);
    }
}

const TEXTS: [(&str, &str); 4] = [
    ("heard-kk", "Естідік <b>"),
    ("did-kk", "Істедік\r\n\r\nЕкінші абзац"),
    ("heard-ru", "Услышали +7 балл"),
    ("did-ru", "Сделали"),
];

fn with<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    TEXTS.iter().chain(more).copied().collect()
}

#[test]
fn it_is_looked_at_before_it_is_published_and_archived_after() {
    let collector = answered();
    let aigul = Visitor::with_session(&collector, "aigul");
    let survey = aigul.get("/console/surveys/small").body;
    assert!(survey.contains(PAGE) && survey.contains(ARCHIVE), "{survey}");
    assert_eq!(aigul.post(ARCHIVE, &[("do", "archive")]).status, 422);
    assert!(collector.wait(collector.store.archived("small")).unwrap().is_none());

    let preview = aigul.post(PAGE, &with(&[("do", "preview"), ("question", "useful")]));
    assert_eq!(preview.status, 200);
    for told in
        ["Естідік &lt;b&gt;", "<p>Екінші абзац</p>", "Услышали +7 балл", "id=\"preview-kk-1\"", "<svg"]
    {
        assert!(preview.body.contains(told), "{told}: {}", preview.body);
    }
    assert_eq!(collector.get("/api/v1/surveys/small/outcome/fragment").body, "", "nothing is published yet");
    let number = hidden(&preview, "number");
    let published =
        aigul.post(PAGE, &with(&[("do", "publish"), ("number", &number), ("question", "useful")]));
    assert_eq!(
        (published.status, published.header("location")),
        (303, &*format!("{PAGE}?told=outcome_was_published"))
    );
    assert_eq!(aigul.post(ARCHIVE, &[("do", "archive")]).status, 303);
    let page = aigul.get(ARCHIVE).body;
    assert!(page.contains("Archived: ") && page.contains("aigul"), "{page}");
    let page = collector.get("/s/small?lang=kk").body;
    assert!(page.contains("Естідік &lt;b&gt;") && page.contains("мұрағатқа өткізілді"), "{page}");
    let deeds = collector.wait(collector.store.deeds(None, 2)).unwrap();
    let acts: Vec<_> = deeds.iter().map(|(_, deed)| (deed.act.name(), deed.who.as_str())).collect();
    assert_eq!(acts, [("archived_survey", "aigul"), ("published_outcome", "aigul")]);
}

#[test]
fn figures_stay_as_they_were_published_with_what_must_stand_beside_them_and_small_ones_never_come() {
    let collector = answered();
    let aigul = Visitor::with_session(&collector, "aigul");
    let form = aigul.get(PAGE).body;
    assert!(
        form.contains("value=\"useful\"")
            && !form.contains("value=\"few\"")
            && !form.contains("value=\"why\""),
        "{form}"
    );
    for name in ["few", "why", "nothing"] {
        let refused = aigul.post(PAGE, &with(&[("do", "publish"), ("number", "1"), ("question", name)]));
        assert_eq!(refused.status, 422, "{name}");
        assert!(refused.body.contains("nothing may be shown"), "{}", refused.body);
    }
    aigul.post(PAGE, &with(&[("do", "publish"), ("number", "1"), ("question", "useful")]));
    let before = collector.get("/s/small/outcome?lang=ru").body;
    // AAPOR's points: how many, when, in which mode, by which weights, what is hidden, how repeated answers were kept out.
    for told in ["не менее 50", "Даты", "Способ", "Взвешивание", "меньше 10", "уровень open"]
    {
        assert!(before.contains(told), "{told}: {before}");
    }
    assert!(!before.contains("<td>3</td>") && !before.contains("<td>33</td>"), "{before}");
    assert!(!before.contains("nobody else"), "{before}");
    send(&collector, 100..140, &json!({"useful": 0}));
    // Nobody looks twice in a minute.
    collector.set_clock("2026-12-01T05:00:00Z");
    let public = collector.get("/api/v1/surveys/small/results").json();
    assert_eq!(public["responses_at_least"], 90, "everybody is shown other results by now");
    assert_eq!(collector.get("/s/small/outcome?lang=ru").body, before);
}

#[test]
fn of_two_officials_who_publish_at_once_one_is_told_and_keeps_the_text() {
    let collector = answered();
    let (aigul, bolat) =
        (Visitor::with_session(&collector, "aigul"), Visitor::with_session(&collector, "bolat"));
    let fields = with(&[("do", "publish"), ("number", "1")]);
    assert_eq!(aigul.post(PAGE, &fields).status, 303);
    let late = bolat.post(PAGE, &fields);
    assert_eq!(late.status, 409);
    assert!(
        late.body.contains("Somebody else has published")
            && late.body.contains("Услышали +7 балл</textarea>"),
        "{}",
        late.body
    );
    assert_eq!(collector.wait(collector.store.outcomes("small")).unwrap().len(), 1);
}

#[test]
fn what_lacks_in_a_language_is_marked_there_and_nothing_is_published() {
    let collector = answered();
    let aigul = Visitor::with_session(&collector, "aigul");
    let long = "ә".repeat(4_001);
    let cases: [(&[(&str, &str)], &str); 3] = [
        (&[("heard-kk", "a"), ("did-kk", "b"), ("heard-ru", "c")], "id=\"did-ru-error\""),
        (
            &[("heard-kk", "a"), ("did-kk", "b"), ("next-kk", "d"), ("heard-ru", "c"), ("did-ru", "e")],
            "id=\"next-ru-error\"",
        ),
        (
            &[("heard-kk", &long), ("did-kk", "b"), ("heard-ru", "c"), ("did-ru", "e")],
            "id=\"heard-kk-error\"",
        ),
    ];
    for (fields, marked) in cases {
        let fields: Vec<_> = fields.iter().copied().chain([("do", "publish"), ("number", "1")]).collect();
        let refused = aigul.post(PAGE, &fields);
        assert_eq!(refused.status, 422, "{marked}");
        assert!(refused.body.contains(marked), "{marked}: {}", refused.body);
    }
    assert_eq!(aigul.post(PAGE, &with(&[("do", "publish"), ("number", "1"), ("corrects", "7")])).status, 422);
    assert_eq!(aigul.post(PAGE, &with(&[("do", "burn"), ("number", "1")])).status, 400);
    assert_eq!(collector.wait(collector.store.outcomes("small")).unwrap(), []);
}

#[test]
fn a_survey_without_an_outcome_is_archived_with_a_reason_in_every_language() {
    let collector = answered();
    let aigul = Visitor::with_session(&collector, "aigul");
    let half = aigul.post(ARCHIVE, &[("do", "archive"), ("reason-kk", "Себеп <Ә>")]);
    assert_eq!(half.status, 422);
    assert!(
        half.body.contains("every language") && half.body.contains("Себеп &lt;Ә&gt;</textarea>"),
        "{}",
        half.body
    );
    let whole = [("do", "archive"), ("reason-kk", "Себеп <Ә>"), ("reason-ru", "Причина")];
    assert_eq!(aigul.post(ARCHIVE, &whole).status, 303);
    let page = collector.get("/s/small?lang=ru").body;
    assert!(page.contains("Причина") && page.contains("Почему итоги не публикуются"), "{page}");
}
