//! Repeating groups: adding and taking away entries, blank ones, conditions and counts.

use crate::support::{Citizen, answers, choice, page, post, problems, sent, stands, survey, text, with};
use serde_json::{Value, json};
use survey::columns::{Cell, Table};
use survey::form::Go;
use survey::{At, Missing, Occasion, Survey};

fn home(fields: Value) -> Survey {
    let who = with(choice("single", "who", &[1, 2]), json!({ "required": true }));
    let age = json!({ "name": "age", "type": "number", "text": "Age", "min": 0, "max": 120, "show_if": "who == 1" });
    let group = json!({ "name": "home", "type": "group", "text": "Home", "max": 3, "questions": [who, age] });
    let last = with(text("why"), json!({ "show_if": "count(home) >= 2" }));
    survey(json!([page("p1", json!([with(group, fields), last]))]))
}

#[test]
fn entries_are_added_up_to_the_most_and_any_one_is_taken_away() {
    let survey = home(json!({}));
    let mut citizen = Citizen::of(&survey);
    let count = |citizen: &Citizen<'_>| citizen.posted.answers.to_value()["home"].as_array().map(Vec::len);
    for expected in [2, 3, 3] {
        assert_eq!(citizen.press(Go::Add("home".into())), (At::Page(0), vec![]));
        assert_eq!(count(&citizen), Some(expected), "the first one stands there from the beginning");
    }
    citizen.answer(json!({ "home": [{ "who": 1 }, { "who": 2 }, { "who": 1, "age": 7 }] }));
    citizen.press(Go::Remove("home".into(), 1));
    assert_eq!(citizen.posted.answers.to_value(), json!({ "home": [{ "who": 1 }, { "who": 1, "age": 7 }] }));
    for nobody in [Go::Remove("home".into(), 9), Go::Remove("nosuch".into(), 0), Go::Add("why".into())] {
        citizen.press(nobody);
        assert_eq!(count(&citizen), Some(2));
    }
    citizen.press(Go::Remove("home".into(), 0));
    citizen.press(Go::Remove("home".into(), 0));
    assert_eq!(citizen.sends(), json!({}));
}

#[test]
fn a_posted_form_adds_and_takes_away_without_losing_what_was_typed() {
    let survey = home(json!({}));
    let pairs =
        [("_page", "0"), ("home.n", "2"), ("home.0.who", "1"), ("home.0.age", "seven"), ("home.1.who", "2")];
    let mut add = post(&survey, &[&pairs[..], &[("_go", "add:home")]].concat());
    assert_eq!(stands(&survey, &mut add), (At::Page(0), vec![]));
    let typed = json!({ "home": [{ "who": 1, "age": { "?": ["seven"] } }, { "who": 2 }, {}] });
    assert_eq!(add.answers.to_value(), typed);
    let mut remove = post(&survey, &[&pairs[..], &[("_go", "remove:home:0")]].concat());
    stands(&survey, &mut remove);
    assert_eq!(remove.answers.to_value(), json!({ "home": [{ "who": 2 }] }));
}

#[test]
fn more_entries_than_there_may_be_are_not_read() {
    let survey = home(json!({}));
    let pairs = [("_page", "0"), ("home.n", "99999999999"), ("home.3.who", "1")];
    assert_eq!(crate::support::refused(&survey, &pairs), ["unknown_field home.3.who"]);
    let four = json!({ "home": [{ "who": 1 }, { "who": 1 }, { "who": 1 }, { "who": 1 }], "why": "x" });
    assert_eq!(problems(&survey, four), ["too_many home"]);
}

#[test]
fn blank_entries_ask_nothing_count_for_nothing_and_are_not_sent() {
    let survey = home(json!({}));
    let pairs = [("_page", "0"), ("home.n", "3"), ("home.1.who", "2"), ("why", "hidden")];
    let mut posted = post(&survey, &pairs);
    assert_eq!(sent(&survey, &mut posted), json!({ "home": [{ "who": 2 }] }));
    assert_eq!(problems(&survey, json!({ "home": [{}, { "who": 2 }] })), Vec::<String>::new());
}

#[test]
fn blank_entries_do_not_stand_for_the_ones_that_are_asked_for() {
    for fields in [json!({ "required": true }), json!({ "required": true, "min": 2 })] {
        let survey = home(fields.clone());
        let mut blank = post(&survey, &[("_page", "0"), ("home.n", "2")]);
        assert_eq!(stands(&survey, &mut blank), (At::Page(0), vec!["required home".to_owned()]), "{fields}");
    }
    let survey = home(json!({ "min": 2 }));
    let mut one = post(&survey, &[("_page", "0"), ("home.n", "2"), ("home.0.who", "2")]);
    assert_eq!(stands(&survey, &mut one), (At::Page(0), vec!["too_few home".to_owned()]));
    assert_eq!(sent(&survey, &mut post(&survey, &[("_page", "0"), ("home.n", "2")])), json!({}));
}

#[test]
fn a_required_grid_of_an_entry_is_answered_in_every_row() {
    let grid = |required: bool| {
        let rows = json!([{ "code": 1, "text": "A" }, { "code": 2, "text": "B" }]);
        with(choice("grid", "sat", &[1, 2]), json!({ "required": required, "rows": rows }))
    };
    let of = |grid: Value| {
        survey(json!([page(
            "p1",
            json!([{ "name": "home", "type": "group", "text": "Home", "questions": [grid] }])
        )]))
    };
    let required = of(grid(true));
    let half = json!({ "home": [{ "sat": { "1": 1, "2": 2 } }, { "sat": { "2": 1 } }] });
    let given = answers(&required, half.clone());
    let problems_of_half = survey::check(&required, &given, Occasion::default());
    assert_eq!(problems_of_half.len(), 1);
    assert_eq!(problems_of_half[0].question.as_deref(), Some("home.1.sat"));
    assert_eq!(problems_of_half[0].param("row"), Some(1));
    assert_eq!(problems(&required, json!({ "home": [{ "sat": { "1": 1, "2": 2 } }] })), Vec::<String>::new());
    assert_eq!(problems(&of(grid(false)), half), Vec::<String>::new());
}

#[test]
fn a_question_of_an_entry_is_asked_by_what_that_entry_says() {
    let survey = home(json!({}));
    let given = json!({ "home": [{ "who": 1, "age": 7 }, { "who": 2 }] });
    assert_eq!(problems(&survey, given.clone()), Vec::<String>::new());
    assert_eq!(problems(&survey, json!({ "home": [{ "who": 2, "age": 7 }] })), ["hidden home"]);
    assert_eq!(problems(&survey, json!({ "home": [{ "age": 7 }] })), ["hidden home"]);
    assert_eq!(
        problems(&survey, json!({ "home": [{ "who": 1 }, { "who": 1, "age": 121 }], "why": "x" })),
        ["out_of_bounds home.1.age"]
    );
    let mut citizen = Citizen::of(&survey);
    let route = citizen.answer(given).route();
    assert!(route.asks_inner((0, 0), 0, 1) && !route.asks_inner((0, 0), 1, 1));
    assert!(route.shows((0, 1)), "two entries are counted");
}

#[test]
fn problems_name_the_entry_as_it_stands_on_the_screen() {
    let survey = home(json!({}));
    let pairs = [("_page", "0"), ("home.n", "2"), ("home.1.who", "1"), ("home.1.age", "x")];
    let mut posted = post(&survey, &pairs);
    assert_eq!(stands(&survey, &mut posted), (At::Page(0), vec!["not_a_number home.1.age".to_owned()]));
}

#[test]
fn cells_of_an_entry_tell_what_was_not_asked_from_what_was_left_blank() {
    let survey = home(json!({}));
    let table = Table::of(&[&survey]);
    let names: Vec<&str> = table.columns().iter().map(|column| column.name.as_str()).collect();
    assert_eq!(
        names,
        ["home_n", "home_1_who", "home_1_age", "home_2_who", "home_2_age", "home_3_who", "home_3_age", "why"]
    );
    let given = answers(&survey, json!({ "home": [{ "who": 2 }, { "who": 1 }] }));
    let gone = Cell::Missing(Missing::NotApplicable);
    let blank = Cell::Missing(Missing::Blank);
    assert_eq!(
        table.row(0, &survey, &given, Occasion::default()),
        [Cell::Code(2), Cell::Code(2), gone.clone(), Cell::Code(1), blank.clone(), gone.clone(), gone, blank]
    );
}

#[test]
fn a_required_group_without_a_question_to_begin_with_is_left_out() {
    let survey = survey(json!([{ "id": "p1", "questions": [
        { "name": "any", "type": "yes_no", "text": "Any?" },
        { "name": "visits", "type": "group", "required": true, "text": "Visits", "questions": [
            { "name": "times", "type": "number", "text": "How often?", "show_if": "any == 1" } ] },
    ]}]));
    assert_eq!(problems(&survey, json!({ "any": 0 })), [""; 0]);
    assert_eq!(problems(&survey, json!({ "any": 1 })), ["required visits"]);
}
