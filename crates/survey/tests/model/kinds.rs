//! What each kind takes, what its fields in a form are called, which columns it fills and what its author is told.

use crate::support::{answers, document, example_json, object, post, survey, with};
use serde_json::{Value, json};
use survey::check::check_page;
use survey::columns::{Cell, Table};
use survey::kind::Control;
use survey::route::Route;
use survey::{Answer, Answers, KINDS, Occasion, Problem, Survey, check};

/// Some options or rows, named for their codes.
fn some(codes: &[i64]) -> Value {
    codes.iter().map(|code| json!({ "code": code, "text": format!("No. {code}") })).collect()
}

/// A survey with one question.
fn one(question: Value) -> Survey {
    survey(page(json!([question])))
}

fn page(questions: Value) -> Value {
    json!([{ "id": "p1", "questions": questions }])
}

/// The question `q` of a kind with some fields.
fn q(kind: &str, fields: Value) -> Value {
    with(json!({ "name": "q", "type": kind, "text": "Question?" }), fields)
}

fn at(problem: &Problem) -> String {
    let row = problem.param("row").map(|row| format!("[{row}]")).unwrap_or_default();
    format!("{} {}{row}", problem.code.name(), problem.question.as_deref().unwrap_or("-"))
}

/// The problems of these answers, those of reading them among them.
fn problems(survey: &Survey, given: Value) -> Vec<String> {
    let problems = match Answers::read(survey, &object(given)) {
        Ok(answers) => check(survey, &answers, Occasion::default()),
        Err(problems) => problems,
    };
    problems.iter().map(at).collect()
}

/// The problems of this answer to `q`.
fn to_q(survey: &Survey, answer: Value) -> Vec<String> {
    problems(survey, json!({ "q": answer }))
}

/// The answers of a posted form.
fn posted(survey: &Survey, fields: &[(&str, &str)]) -> Value {
    post(survey, fields).answers.to_value()
}

/// What keeps a citizen from going on who posted this form.
fn stops(survey: &Survey, fields: &[(&str, &str)]) -> Vec<String> {
    let answers = post(survey, fields).answers;
    let route = Route::of(survey, &answers, Occasion::default());
    check_page(survey, &route, 0, &answers).iter().map(at).collect()
}

/// A row of an export as `name=cell`, separated by spaces.
fn row(survey: &Survey, given: Value) -> String {
    let table = Table::of(&[survey]);
    let answers = answers(survey, given);
    let text = |cell: Cell| match cell {
        Cell::Code(code) => code.to_string(),
        Cell::Number(number) => number.to_plain(),
        Cell::Text(text) => text,
        Cell::Missing(missing) => format!("{missing:?}"),
    };
    let cells = table.row(0, survey, &answers, Occasion::default()).into_iter().map(text);
    let names = table.columns().iter().map(|column| &column.name);
    names.zip(cells).map(|(name, cell)| format!("{name}={cell}")).collect::<Vec<_>>().join(" ")
}

/// The paths of the faults of one question, from the question on, each with what it says.
fn faults(question: Value) -> Vec<(String, String)> {
    faults_of(page(json!([question])))
}

fn faults_of(pages: Value) -> Vec<(String, String)> {
    let faults = Survey::from_value(&document(pages)).err().unwrap_or_default();
    let short = |path: &str| path.strip_prefix("pages[0].questions[").unwrap_or(path).to_owned();
    faults.into_iter().map(|fault| (short(&fault.path), fault.message)).collect()
}

/// That there is one fault, there, which says this.
#[track_caller]
fn one_fault(question: Value, path: &str, says: &str) {
    let found = faults(question);
    let [(at, message)] = &found[..] else { panic!("{found:#?}") };
    assert!(at == path && message.contains(says), "{at}: {message}");
}

#[test]
fn the_example_survey_asks_the_example_of_every_kind() {
    let document = example_json("every-kind");
    let read = Survey::from_value(&document).unwrap();
    assert_eq!(read.questions().count(), KINDS.len());
    let pages = document["pages"].as_array().unwrap();
    for kind in KINDS {
        let example: Value = serde_json::from_str(kind.example).unwrap();
        let questions = || pages.iter().flat_map(|page| page["questions"].as_array().unwrap());
        let asked = questions().find(|question| question["type"] == kind.name);
        assert_eq!(asked, Some(&example), "{} in examples/surveys/every-kind.json", kind.name);
    }
}

#[test]
fn the_answers_of_all_examples_are_a_response() {
    let read = Survey::from_value(&example_json("every-kind")).unwrap();
    let mut given = json!({});
    for kind in KINDS {
        let example: Value = serde_json::from_str(kind.example).unwrap();
        let answer: Value = serde_json::from_str(kind.answer).unwrap();
        if !answer.is_null() {
            given[example["name"].as_str().unwrap()] = answer;
        }
    }
    assert_eq!(problems(&read, given.clone()), [""; 0]);
    assert!(row(&read, given).contains("aid_a_year=51900"));
}

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

#[test]
fn a_grid_has_a_field_and_a_column_for_each_row() {
    let grid = q("grid", json!({ "rows": some(&[1, 2]), "options": some(&[0, 1]), "shuffle": true }));
    let optional = one(grid.clone());
    assert_eq!(posted(&optional, &[("q.2", "1")]), json!({ "q": { "2": 1 } }));
    assert_eq!(problems(&optional, json!({ "q": { "2": 1 } })), [""; 0]);
    assert_eq!(to_q(&optional, json!({ "1": 7, "3": 0 })), ["unknown_option q[1]", "unknown_option q[3]"]);
    assert_eq!(to_q(&optional, json!({ "1": [0] })), ["wrong_type q"]);
    assert!(row(&optional, json!({ "q": { "2": 1 } })).starts_with("q_1=Blank q_2=1 q_pos_1="));
    assert!(row(&optional, json!({})).starts_with("q_1=Blank q_2=Blank q_pos_1="));
    let required = one(with(grid, json!({ "required": true })));
    assert_eq!(problems(&required, json!({})), ["required q"]);
    assert_eq!(to_q(&required, json!({ "2": 1 })), ["required q[1]"]);
}

#[test]
fn a_grid_of_several_has_a_column_for_each_option_of_each_row() {
    let columns = json!([{ "code": 1, "text": "A" }, { "code": 2, "text": "B" }, { "code": 97, "text": "-", "exclusive": true }]);
    let grid = one(q("grid_multi", json!({ "rows": some(&[1, 2]), "options": columns, "max": 1 })));
    assert_eq!(posted(&grid, &[("q.1", "2"), ("q.1", "1")]), json!({ "q": { "1": [1, 2] } }));
    assert_eq!(to_q(&grid, json!({ "1": [1, 2], "2": [1, 97] })), ["too_many q[1]", "exclusive q[2]"]);
    assert_eq!(
        row(&grid, json!({ "q": { "1": [2] } })),
        "q_1_1=0 q_1_2=1 q_1_97=0 q_2_1=Blank q_2_2=Blank q_2_97=Blank"
    );
}

#[test]
fn a_vote_on_a_statement_is_1_for_agree_0_for_disagree_and_2_for_pass() {
    let votes = one(q("statements", json!({ "rows": some(&[1, 2, 3]), "options": some(&[-5]) })));
    assert_eq!(to_q(&votes, json!({ "1": 1, "2": 0, "3": 2 })), [""; 0]);
    assert_eq!(to_q(&votes, json!({ "1": -5, "2": 3 })), ["unknown_option q[2]"]);
    assert_eq!(row(&votes, json!({ "q": { "1": 2 } })), "q_1=2 q_2=Blank q_3=Blank");
    one_fault(
        q("statements", json!({ "rows": some(&[1]), "options": some(&[2]) })),
        "0].options[0].code",
        "codes 0 to 2",
    );
}

#[test]
fn only_the_rows_that_were_chosen_before_or_whose_condition_holds_are_asked() {
    let mut rows = some(&[1, 2, 3]);
    rows[2]["show_if"] = json!("used has 1");
    let grid = survey(page(json!([
        { "name": "used", "type": "multi", "text": "Used?", "options": some(&[1, 2, 3]) },
        q("grid", json!({ "rows": rows, "options": some(&[1, 2]), "rows_from": "used", "required": true })),
    ])));
    assert_eq!(problems(&grid, json!({ "used": [1, 2], "q": { "1": 1, "2": 2 } })), [""; 0]);
    assert_eq!(problems(&grid, json!({ "used": [1], "q": { "1": 1, "2": 2 } })), ["hidden q"]);
    assert_eq!(problems(&grid, json!({ "used": [3] })), [""; 0], "no row is left to answer");
    assert_eq!(problems(&grid, json!({ "used": [1, 3], "q": { "1": 1 } })), ["required q[3]"]);
    assert_eq!(
        row(&grid, json!({ "used": [2, 3], "q": { "2": 2 } })),
        "used_1=0 used_2=1 used_3=1 q_1=NotApplicable q_2=2 q_3=NotApplicable"
    );
    assert!(row(&grid, json!({})).ends_with("q_1=NotApplicable q_2=NotApplicable q_3=NotApplicable"));
}

#[test]
fn what_is_rated_ranked_or_given_an_amount_is_no_missing_answer() {
    let says = "stands for a missing answer";
    for kind in ["grid", "grid_multi", "statements"] {
        let mut grid = q(kind, json!({ "rows": some(&[1, -5]) }));
        if kind != "statements" {
            grid["options"] = some(&[1]);
        }
        one_fault(grid, "0].rows[1].code", says);
    }
    one_fault(q("ranking", json!({ "options": some(&[-5, 1]) })), "0].options[0].code", says);
    one_fault(q("allocation", json!({ "options": some(&[-6]), "total": 1 })), "0].options[0].code", says);
}

#[test]
fn a_ranking_is_an_order_and_its_columns_are_places() {
    let ranking = one(q("ranking", json!({ "options": some(&[1, 2, 3]), "places": 2 })));
    assert_eq!(posted(&ranking, &[("q.1", ""), ("q.2", "2"), ("q.3", "1")]), json!({ "q": [3, 2] }));
    assert_eq!(stops(&ranking, &[("q.1", "1"), ("q.2", "1")]), ["repeated q"]);
    assert_eq!(to_q(&ranking, json!([3])), ["incomplete q"]);
    assert_eq!(to_q(&ranking, json!([3, 2, 1])), ["too_many q"]);
    assert_eq!(to_q(&ranking, json!([3, 3])), ["repeated q"]);
    assert_eq!(to_q(&ranking, json!([3, 4])), ["unknown_option q"]);
    assert_eq!(row(&ranking, json!({ "q": [3, 2] })), "q_1=NotApplicable q_2=2 q_3=1");
    assert_eq!(row(&ranking, json!({})), "q_1=Blank q_2=Blank q_3=Blank");
    let all = one(q("ranking", json!({ "options": some(&[1, 2, 3]) })));
    assert_eq!(to_q(&all, json!([3, 2])), ["incomplete q"]);
    one_fault(q("ranking", json!({ "options": some(&[1, 2]), "places": 3 })), "0].places", "options (2)");
}

#[test]
fn amounts_add_up_to_their_total() {
    let budget = one(q(
        "allocation",
        json!({ "options": some(&[1, 2]), "total": 10, "places": 1, "required": true, "unit": "₸" }),
    ));
    let Control::Amounts { unit: Some(unit) } = &budget.question("q").unwrap().control else { panic!() };
    assert_eq!(unit.get("en"), "₸");
    assert_eq!(posted(&budget, &[("q.1", "2,5"), ("q.2", "7.5")]), json!({ "q": { "1": 2.5, "2": 7.5 } }));
    assert_eq!(to_q(&budget, json!({ "1": 10 })), [""; 0], "the others get nothing");
    assert_eq!(to_q(&budget, json!({ "1": 4, "2": 5 })), ["wrong_total q"]);
    assert_eq!(to_q(&budget, json!({ "1": -1, "2": 11 })), ["out_of_bounds q[1]", "out_of_bounds q[2]"]);
    assert_eq!(
        to_q(&budget, json!({ "1": 0.25, "2": 9.75 })),
        ["too_many_places q[1]", "too_many_places q[2]"]
    );
    assert_eq!(stops(&budget, &[("q.1", "ten"), ("q.2", "")]), ["not_a_number q[1]"]);
    assert_eq!(row(&budget, json!({ "q": { "1": 10 } })), "q_1=10 q_2=Blank");
}

#[test]
fn words_are_counted_in_characters() {
    let text = one(q("text", json!({ "max": 3 })));
    assert_eq!(to_q(&text, json!("әңқ")), [""; 0]);
    assert_eq!(to_q(&text, json!("әңқү")), ["too_long q"]);
    assert_eq!(posted(&text, &[("q", "  ")]), json!({}));
}

#[test]
fn addresses_numbers_and_codes_have_their_forms() {
    let email = one(q("email", json!({})));
    assert_eq!(to_q(&email, json!("aigul@example.kz")), [""; 0]);
    assert_eq!(to_q(&email, json!("aigul")), ["wrong_form q"]);
    assert_eq!(to_q(&email, json!(format!("{}@b.kz", "a".repeat(320)))), ["too_long q"]);
    let phone = one(q("phone", json!({})));
    assert_eq!(to_q(&phone, json!("8 (701) 234-56-78")), [""; 0]);
    assert_eq!(to_q(&phone, json!("701")), ["wrong_form q"]);
    let code = one(q("code", json!({ "form": "postal-code" })));
    assert_eq!(to_q(&code, json!("010 000")), [""; 0]);
    assert_eq!(to_q(&code, json!("01000")), ["wrong_form q"]);
    assert_eq!(
        row(&code, json!({ "q": "010000" })),
        "q=010000",
        "a code stays a text: it begins with a zero"
    );
    one_fault(q("code", json!({ "form": "iin" })), "0].form", "\"postal-code\", \"bin\"");
}

#[test]
fn a_browser_fills_in_only_what_is_the_respondents_own() {
    let line = |question: Value| match &one(question).question("q").unwrap().control {
        Control::Line(line) => (line.mode, line.autocomplete),
        other => panic!("{other:?}"),
    };
    assert_eq!(line(q("email", json!({}))), ("email", ""));
    assert_eq!(line(q("email", json!({ "own": true }))), ("email", "email"));
    assert_eq!(line(q("phone", json!({ "own": true }))), ("tel", "tel"));
    assert_eq!(line(q("code", json!({ "form": "bin" }))), ("numeric", ""));
    assert_eq!(line(q("code", json!({ "form": "plate" }))), ("", ""));
    assert_eq!(line(q("number", json!({ "min": 0 }))), ("numeric", ""));
    assert_eq!(line(q("number", json!({ "places": 2 }))), ("decimal", ""));
    assert_eq!(line(q("number", json!({ "min": -40 }))), ("", ""), "a numeric keyboard may have no minus");
}

#[test]
fn a_number_lies_within_its_bounds() {
    let number = one(q("number", json!({ "min": -1.5, "max": 1000, "places": 1 })));
    assert_eq!(posted(&number, &[("q", "−1,5")]), json!({ "q": -1.5 }));
    assert_eq!(posted(&number, &[("q", "1 000")]), json!({ "q": 1000 }));
    assert_eq!(posted(&number, &[("q", " ")]), json!({}));
    assert_eq!(stops(&number, &[("q", "many")]), ["not_a_number q"]);
    assert_eq!(to_q(&number, json!(1000.5)), ["out_of_bounds q"]);
    assert_eq!(to_q(&number, json!(-1.6)), ["out_of_bounds q"]);
    assert_eq!(to_q(&number, json!(0.25)), ["too_many_places q"]);
    assert_eq!(to_q(&number, json!("1")), ["wrong_type q"]);
    assert_eq!(row(&number, json!({ "q": 0.5 })), "q=0.5");
    one_fault(q("number", json!({ "min": 2, "max": 1.5 })), "0].min", "\"max\" (1.5)");
}

#[test]
fn moments_are_asked_in_parts_and_kept_as_texts_that_sort() {
    let date = one(q("date", json!({ "min": "2026-01-01", "max": "2026-12-31" })));
    assert_eq!(
        posted(&date, &[("q.d", "5"), ("q.m", "наурыз"), ("q.y", "2026")]),
        json!({ "q": "2026-03-05" })
    );
    assert_eq!(posted(&date, &[("q.d", ""), ("q.m", ""), ("q.y", "")]), json!({}));
    assert_eq!(stops(&date, &[("q.d", "5"), ("q.m", ""), ("q.y", "2026")]), ["incomplete q"]);
    assert_eq!(stops(&date, &[("q.d", "30"), ("q.m", "2"), ("q.y", "2026")]), ["not_a_moment q"]);
    assert_eq!(to_q(&date, json!("2025-12-31")), ["too_early q"]);
    assert_eq!(to_q(&date, json!("2027-01-01")), ["too_late q"]);
    assert_eq!(to_q(&date, json!("2026-03")), ["not_a_moment q"]);
    let month = one(q("month", json!({})));
    assert_eq!(posted(&month, &[("q.m", "9"), ("q.y", "2019")]), json!({ "q": "2019-09" }));
    let time = one(q("time", json!({ "max": "18:00" })));
    assert_eq!(posted(&time, &[("q.h", "8"), ("q.min", "05")]), json!({ "q": "08:05" }));
    assert_eq!(to_q(&time, json!("18:01")), ["too_late q"]);
    assert_eq!(row(&time, json!({ "q": "08:05" })), "q=08:05");
}

#[test]
fn the_bounds_of_a_moment_are_moments_like_it_in_their_order() {
    one_fault(q("date", json!({ "min": "2026-03" })), "0].min", "a day");
    one_fault(q("month", json!({ "max": "2026-03-01" })), "0].max", "a month");
    one_fault(q("time", json!({ "min": "2026-03" })), "0].min", "a time");
    one_fault(q("time", json!({ "min": "18:00", "max": "09:00" })), "0].min", "\"max\" (09:00)");
}

/// Two regions, one with a district in which there is a village.
fn places() -> Value {
    let mut places = some(&[10, 20, 11, 12]);
    places[2]["within"] = json!(10);
    places[3]["within"] = json!(11);
    places
}

#[test]
fn a_place_is_the_deepest_that_was_chosen() {
    let place = one(q("place", json!({ "levels": 3, "options": places() })));
    let chosen = |parts: &[(&str, &str)]| posted(&place, parts)["q"].clone();
    assert_eq!(chosen(&[("q.1", "10"), ("q.2", "11"), ("q.3", "12")]), 12);
    assert_eq!(chosen(&[("q.1", "20"), ("q.2", "11"), ("q.3", "12")]), 20, "the region was changed since");
    assert_eq!(chosen(&[("q.1", ""), ("q.2", "")]), Value::Null);
    assert_eq!(to_q(&place, json!(20)), [""; 0], "nothing lies within it");
    assert_eq!(to_q(&place, json!(11)), ["incomplete q"]);
    assert_eq!(to_q(&place, json!(13)), ["unknown_option q"]);
    let regions = one(q("place", json!({ "options": some(&[10, 20]) })));
    assert_eq!(to_q(&regions, json!(10)), [""; 0]);
    assert_eq!(row(&regions, json!({ "q": 10 })), "q=10");
}

#[test]
fn places_lie_within_places_and_none_deeper_than_there_are_lists() {
    one_fault(
        q("place", json!({ "levels": 2, "options": places() })),
        "0].options[3].within",
        "12 lie deeper",
    );
    let mut stray = places();
    stray[3]["within"] = json!(99);
    one_fault(
        q("place", json!({ "levels": 3, "options": stray })),
        "0].options[3].within",
        "99 is not the code",
    );
    let mut circle = places();
    circle[0]["within"] = json!(11);
    let found = faults(q("place", json!({ "levels": 3, "options": circle })));
    assert!(found[0].1.contains("10 lies within itself"), "{found:?}");
    one_fault(q("place", json!({ "levels": 3 })), "0]", "lacks \"options\"");
    one_fault(
        q("place", json!({ "levels": 3, "classifier": "kato" })),
        "0]",
        "`qulaq publish` fills them in",
    );
}

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

fn group(fields: Value) -> Value {
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

#[test]
fn options_that_are_not_offered_do_not_stand() {
    for (kind, hidden, open) in [("single", json!(2), json!(1)), ("multi", json!([1, 2]), json!([1]))] {
        let mut options = some(&[1, 2]);
        options[1]["show_if"] = json!("more == 1");
        let both = survey(page(json!([
            { "name": "more", "type": "yes_no", "text": "More?" },
            q(kind, json!({ "options": options })),
        ])));
        assert_eq!(problems(&both, json!({ "more": 1, "q": hidden })), [""; 0]);
        assert_eq!(problems(&both, json!({ "more": 0, "q": hidden })), ["hidden q"]);
        assert_eq!(problems(&both, json!({ "more": 0, "q": open })), [""; 0]);
    }
}

#[test]
fn a_ranking_asks_for_no_more_places_than_options_are_offered() {
    let mut options = some(&[1, 2, 3]);
    options[2]["show_if"] = json!("more == 1");
    let both = survey(page(json!([
        { "name": "more", "type": "yes_no", "text": "More?" },
        q("ranking", json!({ "options": options })),
    ])));
    assert_eq!(problems(&both, json!({ "more": 0, "q": [2, 1] })), [""; 0]);
    assert_eq!(problems(&both, json!({ "more": 1, "q": [2, 1] })), ["incomplete q"]);
}

#[test]
fn a_question_routed_past_is_told_apart_from_one_left_blank() {
    for kind in KINDS.iter().filter(|kind| !["note", "calc"].contains(&kind.name)) {
        let mut question: Value = serde_json::from_str(kind.example).unwrap();
        question["show_if"] = json!("more == 1");
        let pages = page(json!([{ "name": "more", "type": "yes_no", "text": "More?" }, question]));
        let document = with(document(pages), json!({ "languages": ["kk", "ru", "en"] }));
        let both = Survey::from_value(&document).unwrap();
        let past = row(&both, json!({ "more": 0 }));
        assert!(past.split(' ').skip(1).all(|cell| cell.ends_with("=NotApplicable")), "{past}");
        let blank = row(&both, json!({ "more": 1 }));
        assert!(!blank.contains("NotAsked") && blank.contains("=Blank"), "{blank}");
    }
}

#[test]
fn shuffled_options_and_rows_tell_their_places() {
    let mut options = some(&[1, 2, 3]);
    options.as_array_mut().unwrap().push(json!({ "code": 97, "text": "None", "exclusive": true }));
    let multi = one(q("multi", json!({ "options": options, "shuffle": true })));
    let told = row(&multi, json!({}));
    let mut places: Vec<&str> = told.split(' ').filter_map(|cell| cell.strip_prefix("q_pos_")).collect();
    assert_eq!(places.pop(), Some("97=4"), "it keeps its place");
    let mut places: Vec<&str> =
        places.into_iter().filter_map(|cell| cell.split_once('=')).map(|(_, place)| place).collect();
    places.sort_unstable();
    assert_eq!(places, ["1", "2", "3"]);
    for kind in ["ranking", "cards"] {
        let shuffled = one(q(kind, json!({ "options": some(&[1, 2]), "shuffle": true })));
        assert!(row(&shuffled, json!({})).contains("q_pos_2="));
    }
}

#[test]
fn what_nobody_checked_stays_small() {
    let unsound = page(json!([
        group(json!({ "max": 1_000_000_000 })),
        with(q("place", json!({ "levels": 1_000_000_000, "options": places() })), json!({ "name": "place" })),
        with(q("scale", json!({ "from": 0, "to": 1_000_000_000 })), json!({ "name": "scale" })),
    ]));
    let read = Survey::from_published(&document(unsound)).unwrap();
    assert_eq!(posted(&read, &[("place.1", "20"), ("scale", "3")]), json!({ "place": 20, "scale": 3 }));
    assert_eq!(Table::of(&[&read]).columns().len(), 1 + 20 * 2 + 1 + 1);
}
