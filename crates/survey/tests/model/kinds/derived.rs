//! What is given or worked out and not asked, and what is asked again and again.

use super::*;

#[test]
fn what_is_not_asked_has_no_field_and_cannot_be_required() {
    let note = one_with_a_text(q("note", json!({})));
    assert_eq!(to_q(&note, json!("x")), ["unknown_field q"]);
    assert_eq!(row(&note, json!({})), "why=Blank");
    let hidden = one_with_a_text(q("hidden", json!({})));
    assert_eq!(to_q(&hidden, json!("passport")), [""; 0]);
    assert_eq!(to_q(&hidden, json!("x".repeat(201))), ["too_long q"]);
    assert_eq!(to_q(&hidden, json!(7)), ["wrong_type q"]);
    assert_eq!(row(&hidden, json!({ "q": "passport" })), "q=passport why=Blank");
    for (kind, fields) in [("note", json!({})), ("hidden", json!({})), ("calc", json!({ "value": "1" }))] {
        one_fault(with(q(kind, fields), json!({ "required": true })), "0].required", "nobody is asked");
    }
}

/// A question that is not asked, and one that is.
fn one_with_a_text(question: Value) -> Survey {
    survey(page(json!([question, { "name": "why", "type": "text", "text": "Why?" }])))
}

#[test]
fn a_computed_value_is_worked_out_and_never_sent() {
    let calc = survey(page(json!([
        { "name": "a", "type": "number", "text": "A?" },
        q("calc", json!({ "value": "a * 2" })),
    ])));
    assert_eq!(row(&calc, json!({ "a": 21 })), "a=21 q=42");
    assert_eq!(row(&calc, json!({})), "a=Blank q=Blank");
    assert_eq!(problems(&calc, json!({ "a": 1, "q": 2 })), ["unknown_field q"]);
    let faulty = faults(q("calc", json!({ "value": "1 +" })));
    assert_eq!(faulty[0].0, "0].value");
}

pub(super) fn group(fields: Value) -> Value {
    let mut group = q(
        "group",
        json!({ "max": 2, "questions": [
        { "name": "what", "type": "single", "text": "What?", "required": true, "options": some(&[1, 2]) },
        { "name": "why", "type": "text", "text": "Why?", "show_if": "what == 2" } ] }),
    );
    for (name, value) in object(fields) {
        group[name] = value;
    }
    group
}

#[test]
fn a_group_is_answered_again_and_again() {
    let visits = one(group(json!({ "min": 2, "item": "Visit" })));
    assert!(matches!(&visits.question("q").unwrap().control, Control::Entries { item: Some(_) }));
    let fields = [("q.n", "2"), ("q.0.what", "2"), ("q.0.why", "W"), ("q.1.what", "1")];
    assert_eq!(posted(&visits, &fields), json!({ "q": [{ "what": 2, "why": "W" }, { "what": 1 }] }));
    assert_eq!(posted(&visits, &[]), json!({}));
    assert_eq!(to_q(&visits, json!([{ "what": 1 }])), ["too_few q"]);
    assert_eq!(to_q(&visits, json!([{ "what": 1 }, { "what": 1 }, { "what": 1 }])), ["too_many q"]);
    assert_eq!(to_q(&visits, json!([{ "what": 3 }, { "what": 2, "why": "W" }])), ["unknown_option q.0.what"]);
    assert_eq!(to_q(&visits, json!([{ "what": 1, "why": "W" }, { "what": 1 }])), ["hidden q"]);
    assert_eq!(to_q(&visits, json!([{ "nosuch": 1 }])), ["wrong_type q"]);
    assert_eq!(stops(&visits, &[("q.n", "1"), ("q.0.what", "")]), [""; 0], "nobody has to");
    let mut required = group(json!({ "required": true }));
    required["questions"][1].as_object_mut().unwrap().remove("show_if");
    let required = one(required);
    assert_eq!(stops(&required, &[("q.n", "1"), ("q.0.what", "")]), ["required q"]);
    assert_eq!(stops(&required, &[("q.n", "2"), ("q.0.what", "2"), ("q.1.why", "W")]), ["required q.1.what"]);
}

#[test]
fn a_group_counts_its_entries_and_has_columns_for_as_many_as_there_may_be() {
    let visits = one(group(json!({})));
    assert_eq!(
        row(&visits, json!({ "q": [{ "what": 2 }] })),
        "q_n=1 q_1_what=2 q_1_why=Blank q_2_what=NotApplicable q_2_why=NotApplicable"
    );
    assert!(
        row(&visits, json!({ "q": [{ "what": 1 }, { "what": 2, "why": "W" }] }))
            .ends_with("q_2_what=2 q_2_why=W")
    );
}

#[test]
fn a_group_refuses_what_works_only_outside_of_it() {
    one_fault(group(json!({ "min": 3 })), "0].min", "\"max\" (2)");
    let inner = |question: Value| group(json!({ "questions": [question] }));
    let of_type = |kind: &str, fields: Value| inner(with(q(kind, fields), json!({ "name": "inner" })));
    let at_type = "0].questions[0].type";
    one_fault(
        of_type("lookup", json!({ "options": some(&[1, 2]) })),
        at_type,
        "\"lookup\" cannot stand inside",
    );
    one_fault(of_type("place", json!({ "options": some(&[1]) })), at_type, "\"place\" cannot stand inside");
    one_fault(of_type("calc", json!({ "value": "1" })), at_type, "\"calc\" cannot stand inside");
    one_fault(of_type("hidden", json!({})), at_type, "\"hidden\" cannot stand inside");
    let nested = faults(inner(json!({ "name": "inner", "type": "group", "text": "Again?",
        "questions": [{ "name": "deep", "type": "text", "text": "?" }] })));
    assert!(
        nested.iter().any(|(at, message)| at == at_type && message.contains("\"group\" cannot")),
        "{nested:?}"
    );
    assert_eq!(faults(of_type("note", json!({}))), []);

    let outside = "does not work inside a group";
    one_fault(
        of_type("single", json!({ "options": some(&[1]), "shuffle": true })),
        "0].questions[0].shuffle",
        outside,
    );
    one_fault(of_type("text", json!({ "default": "x" })), "0].questions[0].default", outside);
    let mut options = some(&[1, 2]);
    options[1]["show_if"] = json!("1 == 1");
    options[0]["other"] = json!(true);
    let found = faults(of_type("single", json!({ "options": options })));
    let paths: Vec<&str> = found.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(paths, ["0].questions[0].options[0].other", "0].questions[0].options[1].show_if"]);
}

#[test]
fn the_questions_of_a_group_have_names_of_their_own() {
    let twice =
        json!([{ "name": "a", "type": "note", "text": "?" }, { "name": "A", "type": "note", "text": "?" }]);
    one_fault(group(json!({ "questions": twice })), "0].questions[1].name", "\"A\" names two questions");
}
