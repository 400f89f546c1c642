//! Choices from a list: one, several, yes or no, points of a scale.

use super::*;

#[test]
fn one_of_a_list_is_a_code_with_its_other_beside_it() {
    let options = json!([{ "code": 1, "text": "A" }, { "code": 96, "text": "Other", "other": true }]);
    let single = one(q("single", json!({ "options": options, "required": true })));
    assert_eq!(posted(&single, &[("q", "96"), ("q_other", "C")]), json!({ "q": 96, "q_other": "C" }));
    assert_eq!(to_q(&single, json!(2)), ["unknown_option q"]);
    assert_eq!(to_q(&single, json!([1])), ["wrong_type q"]);
    assert_eq!(problems(&single, json!({})), ["required q"]);
    assert_eq!(problems(&single, json!({ "q": 1, "q_other": "C" })), ["other_not_chosen q_other"]);
    assert_eq!(row(&single, json!({ "q": 1 })), "q=1 q_other=NotApplicable");
}

#[test]
fn of_a_single_choice_no_option_is_said_to_be_exclusive() {
    let options = json!([{ "code": 1, "text": "A", "exclusive": true }]);
    one_fault(q("single", json!({ "options": options })), "0].options[0].exclusive", "option 1");
    one_fault(
        q("yes_no", json!({ "options": [{ "code": -5, "text": "?", "exclusive": true }] })),
        "0].options[0].exclusive",
        "option -5",
    );
}

#[test]
fn a_dropdown_and_a_line_of_points_take_codes() {
    let dropdown = one(q("dropdown", json!({ "options": some(&[1, 2]), "ordinal": true })));
    assert!(dropdown.question("q").unwrap().ordinal);
    assert_eq!(posted(&dropdown, &[("q", "2")]), json!({ "q": 2 }));
    assert_eq!(posted(&dropdown, &[("q", "")]), json!({}), "nothing chosen");
    assert_eq!(to_q(&dropdown, json!(3)), ["unknown_option q"]);
    let nps = one(q("nps", json!({ "options": some(&[-5]) })));
    assert_eq!(to_q(&nps, json!(0)), [""; 0]);
    assert_eq!(to_q(&nps, json!(10)), [""; 0]);
    assert_eq!(to_q(&nps, json!(-5)), [""; 0]);
    assert_eq!(to_q(&nps, json!(11)), ["out_of_range q"]);
    let options = json!([{ "code": 1, "text": "A", "other": true }]);
    one_fault(q("dropdown", json!({ "options": options })), "0].options[0].other", "not a field");
}

#[test]
fn several_of_a_list_fill_a_column_each_and_an_exclusive_one_stands_alone() {
    let options = json!([
        { "code": 1, "text": "A" }, { "code": 2, "text": "B" }, { "code": 97, "text": "None", "exclusive": true }
    ]);
    let multi = one(q("multi", json!({ "options": options, "min": 2 })));
    assert_eq!(posted(&multi, &[("q", "2"), ("q", "1")]), json!({ "q": [1, 2] }));
    assert_eq!(to_q(&multi, json!([1])), ["too_few q"]);
    assert_eq!(to_q(&multi, json!([97])), [""; 0], "however many are wanted");
    assert_eq!(to_q(&multi, json!([1, 97])), ["exclusive q"]);
    assert_eq!(to_q(&multi, json!([1, 1])), ["repeated q"]);
    assert_eq!(row(&multi, json!({ "q": [97] })), "q_1=0 q_2=0 q_97=1");
    one_fault(q("multi", json!({ "options": some(&[1, 2]), "min": 2, "max": 1 })), "0].min", "\"max\" (1)");
    one_fault(q("cards", json!({ "options": some(&[1, 2]), "min": 3 })), "0].min", "2 options");
}

#[test]
fn cards_take_several_and_fill_the_same_columns_when_only_one_is_allowed() {
    let cards = one(q("cards", json!({ "options": some(&[1, 2]), "max": 1 })));
    assert!(matches!(cards.question("q").unwrap().control, Control::Cards));
    assert_eq!(to_q(&cards, json!([1, 2])), ["too_many q"]);
    assert_eq!(row(&cards, json!({ "q": [2] })), "q_1=0 q_2=1");
    let projects = Survey::from_value(&example_json("every-kind")).unwrap();
    let card = projects.question("projects").unwrap().choices[0].card.clone().unwrap();
    assert_eq!(card.cost.unwrap().get("kk"), "18 млн ₸");
}

#[test]
fn what_is_looked_up_is_found_by_its_text_in_any_language_and_spelling() {
    let lookup = Survey::from_value(&example_json("every-kind")).unwrap();
    let page = lookup.place("body").unwrap().0.to_string();
    let typed = |text: &str| {
        post(&lookup, &[("_page", &page), ("body", text)]).answers.get("body").map(Answer::to_value)
    };
    assert_eq!(typed("оку агарту министрлиги"), Some(json!(4)));
    assert_eq!(typed(" Ministry of Education "), Some(json!(4)));
    assert_eq!(typed(""), None);
    assert_eq!(typed("Министерство"), Some(json!({ "?": ["Министерство"] })), "it stays on the screen");
    let lookup = one(q("lookup", json!({ "options": some(&[1, 2]) })));
    assert_eq!(stops(&lookup, &[("q", "No. 3")]), ["unknown_option q"]);
}

#[test]
fn no_two_options_of_a_lookup_read_the_same() {
    let options = json!([{ "code": 1, "text": "Қарасу" }, { "code": 2, "text": "карасу" }]);
    one_fault(
        q("lookup", json!({ "options": options })),
        "0].options[1].text",
        "\"карасу\" reads like the text of option 1",
    );
    one_fault(q("lookup", json!({ "options": some(&[1]) })), "0].options", "at least two");
}

#[test]
fn yes_is_1_and_no_is_0_and_more_may_stand_beside_them() {
    let yes_no = one(q("yes_no", json!({ "options": some(&[-5]) })));
    for code in [1, 0, -5] {
        assert_eq!(to_q(&yes_no, json!(code)), [""; 0]);
    }
    assert_eq!(to_q(&yes_no, json!(2)), ["unknown_option q"]);
    assert_eq!(row(&yes_no, json!({ "q": 0 })), "q=0");
    one_fault(q("yes_no", json!({ "options": some(&[1]) })), "0].options[0].code", "codes 0 to 1");
}

#[test]
fn consent_that_is_required_is_given_and_else_may_be_left_out() {
    let consent = one(q("consent", json!({ "required": true, "label": "I have read this" })));
    assert_eq!(consent.question("q").unwrap().choices[0].text.get("en"), "I have read this");
    assert_eq!(posted(&consent, &[("q", "1")]), json!({ "q": [1] }));
    assert_eq!(problems(&consent, json!({})), ["required q"]);
    assert_eq!(to_q(&consent, json!([0])), ["unknown_option q"]);
    let free = one(q("consent", json!({})));
    assert_eq!(problems(&free, json!({})), [""; 0]);
    assert_eq!(row(&free, json!({ "q": [1] })), "q_1=1");
    assert_eq!(row(&free, json!({})), "q_1=Blank");
}

#[test]
fn agreement_and_ratings_have_the_same_codes_whatever_is_offered() {
    let codes = |survey: &Survey| {
        let question = survey.question("q").unwrap();
        assert!(question.ordinal);
        question.choices.iter().map(|choice| choice.code).collect::<Vec<_>>()
    };
    assert_eq!(codes(&one(q("agreement", json!({ "options": some(&[-2]) })))), [5, 4, 3, 2, 1, -2]);
    assert_eq!(codes(&one(q("agreement", json!({ "neither": true })))), [5, 4, 3, 2, 1]);
    let four = one(q("agreement", json!({ "neither": false })));
    assert_eq!(codes(&four), [5, 4, 2, 1]);
    assert_eq!(to_q(&four, json!(3)), ["unknown_option q"]);
    assert_eq!(codes(&one(q("rating", json!({})))), [1, 2, 3, 4, 5]);
    one_fault(
        q("agreement", json!({ "neither": false, "options": some(&[3]) })),
        "0].options[0].code",
        "codes 1 to 5",
    );
    one_fault(q("rating", json!({ "options": some(&[5]) })), "0].options[0].code", "codes 1 to 5");
}

#[test]
fn a_scale_has_a_beginning_before_its_end_and_few_points() {
    one_fault(q("scale", json!({ "from": 5, "to": 5 })), "0].to", "more than \"from\" (5)");
    one_fault(q("scale", json!({ "from": 0, "to": 21 })), "0].to", "22 points");
    one_fault(q("nps", json!({ "options": some(&[10]) })), "0].options[0].code", "codes 0 to 10");
}
