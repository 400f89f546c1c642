//! What each kind takes, what its fields in a form are called, which columns it fills and what its author is told. Here is
//! what holds for all of them; the kinds themselves are below this file.

mod choices;
mod derived;
mod rows;
mod typed;

use crate::support::{answers, document, example_json, object, post, survey, with};
use derived::group;
use serde_json::{Value, json};
use survey::check::check_page;
use survey::columns::{Cell, Table};
use survey::kind::Control;
use survey::route::Route;
use survey::{Answer, Answers, KINDS, Occasion, Problem, Survey, check};
use typed::places;

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
