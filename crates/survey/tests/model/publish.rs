//! What is refused when a survey is published, because it would lead citizens nowhere.

use crate::support::{assert_fault, choice, document, faults, page, text, with};
use serde_json::{Value, json};

fn pages(pages: Value) -> Value {
    document(pages)
}

#[test]
fn a_turn_leads_on_to_a_page_that_there_is() {
    let turning = |turns: Value| {
        pages(json!([
            page("p1", json!([text("a")])),
            with(page("p2", json!([text("b")])), json!({ "then": turns })),
            page("p3", json!([text("c")]))
        ]))
    };
    let path = "pages[1].then[0]";
    assert_fault(&turning(json!([{ "to": "p1" }])), &format!("{path}.to"), "comes earlier");
    assert_fault(&turning(json!([{ "to": "p2" }])), &format!("{path}.to"), "comes earlier");
    assert_fault(&turning(json!([{ "to": "p33" }])), &format!("{path}.to"), "Did you mean \"p3\"?");
    assert_fault(&turning(json!([{ "if": "answered(a)" }])), path, "lacks \"to\"");
    assert_fault(&turning(json!([{ "to": "p3", "end": "x" }])), path, "keep one");
    assert_fault(&turning(json!([{ "to": "p3" }, { "end": "x" }])), path, "what follows it never does");
    assert_fault(
        &turning(json!([{ "if": "answered(c)", "to": "p3" }])),
        &format!("{path}.if"),
        "asked later",
    );
    assert_fault(&turning(json!([{ "if": "1 + 1", "to": "p3" }])), &format!("{path}.if"), "no yes or no");
    assert_eq!(
        faults(&turning(json!([{ "if": "answered(b)", "to": "p3" }, { "end": "x" }]))),
        Vec::<String>::new()
    );
}

#[test]
fn pages_that_refer_to_one_another_in_a_circle_are_refused() {
    let round = pages(json!([
        with(page("p1", json!([text("a")])), json!({ "show_if": "answered(b)" })),
        with(page("p2", json!([text("b")])), json!({ "show_if": "answered(a)", "then": [{ "to": "p1" }] })),
    ]));
    assert_fault(&round, "pages[0].show_if", "asked later");
    assert_fault(&round, "pages[1].then[0].to", "never back");
}

#[test]
fn every_condition_looks_back() {
    let later =
        |question: Value| pages(json!([page("p1", json!([question, choice("multi", "later", &[1, 2])]))]));
    let at = "pages[0].questions[0]";
    for field in ["show_if", "required_if"] {
        let question = with(text("a"), json!({ field: "later has 1" }));
        assert_fault(&later(question), &format!("{at}.{field}"), "asked later");
    }
    let mut option = choice("single", "a", &[1, 2]);
    option["options"][0]["show_if"] = json!("a == 1");
    assert_fault(&later(option), &format!("{at}.options[0].show_if"), "asked later");
    let calc = json!({ "name": "a", "type": "calc", "text": "A", "value": "count(later)" });
    assert_fault(&later(calc), &format!("{at}.value"), "asked later");
    let rows = json!([{ "code": 1, "text": "1" }, { "code": 2, "text": "2" }]);
    let grid = json!({ "name": "a", "type": "grid", "text": "A", "rows": rows, "options": rows, "rows_from": "later" });
    assert_fault(&later(grid), &format!("{at}.rows_from"), "not a question before");
}

#[test]
fn the_questions_of_a_group_are_known_inside_it_only_and_only_behind_themselves() {
    let asks = |name: &str, of: &str| with(text(name), json!({ "show_if": format!("answered({of})") }));
    let of = |inner: Value, after: Value| {
        let group = json!({ "name": "home", "type": "group", "text": "Home", "questions": inner });
        pages(json!([page("p1", json!([text("a"), group, after]))]))
    };
    let sound = of(json!([asks("b", "a"), asks("c", "b")]), asks("d", "home"));
    assert_eq!(faults(&sound), Vec::<String>::new());
    let inner = "pages[0].questions[1].questions";
    assert_fault(&of(json!([asks("b", "b")]), text("d")), &format!("{inner}[0].show_if"), "\"b\"");
    assert_fault(&of(json!([asks("b", "c"), text("c")]), text("d")), &format!("{inner}[0].show_if"), "\"c\"");
    assert_fault(&of(json!([text("b")]), asks("d", "b")), "pages[0].questions[2].show_if", "\"b\"");
    let piped = with(text("d"), json!({ "text": "{b}" }));
    assert_fault(&of(json!([text("b")]), piped), "pages[0].questions[2].text", "stands for the answer");
}

#[test]
fn rows_come_from_a_question_with_these_options() {
    let rows = json!([{ "code": 1, "text": "1" }, { "code": 7, "text": "7" }]);
    let options = json!([{ "code": 1, "text": "1" }, { "code": 2, "text": "2" }]);
    let grid = json!({ "name": "g", "type": "grid", "text": "G", "rows": rows, "options": options, "rows_from": "used" });
    let of = |first: Value| pages(json!([page("p1", json!([first, grid]))]));
    assert_fault(&of(text("used")), "pages[0].questions[1].rows_from", "has no options");
    assert_fault(&of(choice("multi", "used", &[1, 2])), "pages[0].questions[1].rows[1].code", "never shown");
}

#[test]
fn what_comes_in_a_random_order_does_not_know_of_its_siblings() {
    let asks = |name: &str, of: &str| with(text(name), json!({ "show_if": format!("answered({of})") }));
    let questions =
        pages(json!([with(page("p1", json!([text("a"), asks("b", "a")])), json!({ "shuffle": true }))]));
    assert_fault(&questions, "pages[0].questions[1].show_if", "asked later");
    let shuffled = |list: Value| with(pages(list), json!({ "shuffle": true }));
    let siblings = shuffled(json!([page("p1", json!([text("a")])), page("p2", json!([asks("b", "a")]))]));
    assert_fault(&siblings, "pages[1].questions[0].show_if", "asked later");
    // What is pinned behind one that moves may come after it.
    let pinned = |id: &str, question: Value| with(page(id, json!([question])), json!({ "pinned": true }));
    let behind = shuffled(json!([
        page("p1", json!([text("a")])),
        pinned("p2", text("b")),
        page("p3", json!([asks("c", "b")]))
    ]));
    assert_fault(&behind, "pages[2].questions[0].show_if", "asked later");
    let before = shuffled(json!([
        pinned("p1", text("a")),
        page("p2", json!([asks("b", "a"), asks("c", "b")])),
        pinned("p3", asks("d", "a")),
        with(page("p4", json!([asks("e", "b"), asks("f", "d")])), json!({ "after_review": true })),
    ]));
    assert_eq!(faults(&before), Vec::<String>::new());
    let turn = shuffled(json!([
        with(page("p1", json!([text("a")])), json!({ "then": [{ "to": "p2" }] })),
        page("p2", json!([text("b")]))
    ]));
    assert_fault(&turn, "pages[0].then[0].to", "random order");
}

#[test]
fn a_default_is_an_answer_that_the_question_takes() {
    let with_default = |question: Value, default: Value| {
        pages(json!([page("p1", json!([with(question, json!({ "default": default }))]))]))
    };
    let number = json!({ "name": "n", "type": "number", "min": 1, "max": 9, "text": "N" });
    let path = "pages[0].questions[0].default";
    for (question, default) in [
        (choice("single", "q", &[1, 2]), json!(3)),
        (choice("single", "q", &[1, 2]), json!("1")),
        (choice("multi", "q", &[1, 2]), json!([1, 1])),
        (number.clone(), json!(10)),
        (number.clone(), json!(1.5)),
        (text("t"), json!(7)),
        (json!({ "name": "d", "type": "date", "text": "D" }), json!("2026-02-30")),
        (json!({ "name": "x", "type": "note", "text": "X" }), json!("x")),
    ] {
        assert_fault(&with_default(question, default), path, "not an answer");
    }
    for (question, default) in
        [(choice("multi", "q", &[1, 2]), json!([2])), (number, json!(9)), (text("t"), json!("x"))]
    {
        assert_eq!(faults(&with_default(question, default)), Vec::<String>::new());
    }
}

#[test]
fn groups_are_counted_once_and_by_what_is_asked() {
    let quota = |name: &str, when: &str| json!({ "name": name, "if": when, "limit": 5 });
    let of = |quotas: Value| {
        with(
            pages(json!([page("p1", json!([choice("single", "sex", &[1, 2])]))])),
            json!({ "quotas": quotas }),
        )
    };
    assert_eq!(faults(&of(json!([quota("a", "sex == 1"), quota("b", "sex == 2")]))), Vec::<String>::new());
    assert_fault(
        &of(json!([quota("a", "sex == 1"), quota("A", "sex == 2")])),
        "quotas[1].name",
        "two quotas",
    );
    assert_fault(&of(json!([quota("a", "sex == 3")])), "quotas[0].if", "no option 3");
    assert_fault(
        &of(json!([with(quota("a", "sex == 1"), json!({ "limit": 0 }))])),
        "quotas[0].limit",
        "from 1",
    );
}

#[test]
fn a_survey_opens_before_it_closes() {
    let times = |opens: &str, closes: &str| {
        with(pages(json!([page("p1", json!([text("a")]))])), json!({ "opens": opens, "closes": closes }))
    };
    assert_eq!(faults(&times("2026-12-01T09:00", "2026-12-01T09:01")), Vec::<String>::new());
    for (opens, closes) in
        [("2026-12-01T09:00", "2026-12-01T09:00"), ("2026-12-02T00:00", "2026-12-01T23:59")]
    {
        assert_fault(&times(opens, closes), "closes", "later than \"opens\"");
    }
    for wrong in ["2026-12-01", "2026-02-30T09:00", "2026-12-01T24:00", "2026-12-01T09:00Z", "tomorrow"] {
        assert_fault(&times(wrong, "2027-01-01T00:00"), "opens", "local time");
    }
}

#[test]
fn pages_about_the_respondent_come_last() {
    let late = |id: &str, name: &str| with(page(id, json!([text(name)])), json!({ "after_review": true }));
    assert_fault(
        &pages(json!([page("p1", json!([text("a")])), late("p2", "b"), page("p3", json!([text("c")]))])),
        "pages[2]",
        "come last",
    );
    assert_fault(&pages(json!([late("p1", "a")])), "pages[0].after_review", "nothing to be checked");
}

#[test]
fn options_that_are_all_conditional_are_said_to_be_so() {
    let mut question = with(choice("single", "b", &[1, 2]), json!({ "required": true }));
    question["options"][0]["show_if"] = json!("a == 1");
    question["options"][1]["show_if"] = json!("a == 2");
    let of =
        |question: Value| pages(json!([page("p1", json!([choice("single", "a", &[1, 2, 3]), question]))]));
    assert_fault(&of(question.clone()), "pages[0].questions[1].options", "all shown under conditions");
    assert_eq!(faults(&of(with(question, json!({ "show_if": "a <= 2" })))), Vec::<String>::new());
}

#[test]
fn a_check_stands_at_a_question_of_its_page() {
    let of = |at: &str| {
        let mut first = page("p1", json!([text("a")]));
        first["checks"] = json!([{ "require": "answered(a)", "at": at, "text": "!" }]);
        pages(json!([first, page("p2", json!([text("b")]))]))
    };
    assert_eq!(faults(&of("a")), Vec::<String>::new());
    for wrong in ["b", "nosuch"] {
        assert_fault(&of(wrong), "pages[0].checks[0].at", "not a question of this page");
    }
}
