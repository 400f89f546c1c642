//! Random orders: of pages, and of options in columns.

use crate::support::{Citizen, answers, choice, document, page, survey, text, with};
use serde_json::{Value, json};
use survey::columns::{Cell, Table};
use survey::{Answers, At, Missing, Occasion, Survey};

fn occasion(seed: u32) -> Occasion {
    Occasion { seed, today: None }
}

fn shuffled() -> Survey {
    let pages = json!([
        with(page("first", json!([text("a")])), json!({ "pinned": true })),
        page("b", json!([text("b")])),
        page("c", json!([text("c")])),
        page("d", json!([with(text("d"), json!({ "show_if": "answered(a)" }))])),
        with(page("late", json!([text("e")])), json!({ "after_review": true })),
    ]);
    Survey::from_value(&with(document(pages), json!({ "shuffle": true }))).unwrap()
}

/// The pages that somebody comes through, by index.
fn walk(survey: &Survey, seed: u32) -> Vec<At> {
    let mut citizen = Citizen::of(survey);
    citizen.occasion = occasion(seed);
    citizen.answer(json!({ "a": "x" }));
    citizen.posted.at = At::Page(citizen.route().first(survey));
    let mut seen = vec![citizen.posted.at];
    while seen.len() < 6 {
        seen.push(citizen.next());
    }
    citizen.sends();
    seen
}

#[test]
fn each_response_goes_through_all_pages_in_an_order_of_its_own() {
    let survey = shuffled();
    let mut orders: Vec<Vec<At>> = Vec::new();
    for seed in 0..60 {
        let walked = walk(&survey, seed);
        assert_eq!(walked[0], At::Page(0), "a pinned page keeps its place");
        assert_eq!(walked[4..], [At::Review, At::Page(4)], "those about the respondent come last");
        for page in 1..=3 {
            assert!(walked[1..4].contains(&At::Page(page)), "{walked:?}");
        }
        assert_eq!(walk(&survey, seed), walked, "the same for the same seed");
        if !orders.contains(&walked) {
            orders.push(walked);
        }
    }
    assert_eq!(orders.len(), 6, "every order of three comes up");
}

fn with_positions() -> Survey {
    let mut question = with(choice("multi", "used", &[1, 2, 3, 97, -5]), json!({ "shuffle": true }));
    question["options"][1]["pinned"] = json!(true);
    question["options"][3]["exclusive"] = json!(true);
    let hidden = with(choice("single", "more", &[1, 2]), json!({ "shuffle": true, "show_if": "used has 3" }));
    survey(json!([page("p1", json!([question, hidden]))]))
}

#[test]
fn an_export_says_at_which_place_each_option_stood() {
    let survey = with_positions();
    let table = Table::of(&[&survey]);
    let names: Vec<&str> = table.columns().iter().map(|column| column.name.as_str()).collect();
    let positions = ["used_pos_1", "used_pos_2", "used_pos_3", "used_pos_97", "used_pos_m5"];
    assert_eq!(names[5..10], positions);
    let given = answers(&survey, json!({ "used": [1] }));
    let mut seen: Vec<Value> = Vec::new();
    for seed in 0..20 {
        let row = table.row(0, &survey, &given, occasion(seed));
        let places: Vec<i64> = row[5..10]
            .iter()
            .map(|cell| match cell {
                Cell::Code(place) => *place,
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(
            (places[1], places[3], places[4]),
            (2, 4, 5),
            "pinned, exclusive and missing ones keep their place"
        );
        assert_eq!(places[0] + places[2], 4);
        if !seen.contains(&json!(places)) {
            seen.push(json!(places));
        }
        assert_eq!(
            row[11..],
            vec![Cell::Missing(Missing::NotApplicable); 2],
            "of what was not shown there is no place"
        );
    }
    assert_eq!(seen.len(), 2);
}

#[test]
fn the_cells_of_options_that_were_not_offered_do_not_apply() {
    let mut question = choice("multi", "best", &[1, 2]);
    question["options"][0]["show_if"] = json!("used has 1");
    let survey = survey(json!([page("p1", json!([choice("multi", "used", &[1, 2]), question]))]));
    let row = Table::of(&[&survey]).row(
        0,
        &survey,
        &answers(&survey, json!({ "used": [2], "best": [2] })),
        occasion(0),
    );
    assert_eq!(row[2..], [Cell::Missing(Missing::NotApplicable), Cell::Code(1)]);
}

#[test]
fn the_place_of_each_question_and_page_that_moves_is_told() {
    let questions = json!([text("a"), with(text("b"), json!({ "pinned": true })), text("c"), text("d")]);
    let pages = json!([
        with(page("first", json!([text("start")])), json!({ "pinned": true })),
        with(page("mixed", questions), json!({ "shuffle": true })),
        page("part-two", json!([text("e")])),
    ]);
    let survey = Survey::from_value(&with(document(pages), json!({ "shuffle": true }))).unwrap();
    let table = Table::of(&[&survey]);
    let names: Vec<&str> = table.columns().iter().map(|column| column.name.as_str()).collect();
    let expected = ["start", "a", "mixed_pos", "a_pos", "b", "c", "c_pos", "d", "d_pos", "e", "part_two_pos"];
    assert_eq!(names, expected, "what is pinned has no place to tell");
    let mut seen = Vec::new();
    for seed in 0..40 {
        let row = table.row(0, &survey, &Answers::default(), occasion(seed));
        let at = |name: &str| row[names.iter().position(|other| *other == name).unwrap()].clone();
        let order = survey.pages[1].order(seed);
        for (question, place) in [("a_pos", 0), ("c_pos", 2), ("d_pos", 3)] {
            let stood = order.iter().position(|item| *item == place).unwrap();
            assert_eq!(at(question), Cell::Code(stood as i64 + 1), "{question} for {seed}");
        }
        let pages = (at("mixed_pos"), at("part_two_pos"));
        assert!(
            pages == (Cell::Code(2), Cell::Code(3)) || pages == (Cell::Code(3), Cell::Code(2)),
            "{pages:?}"
        );
        if !seen.contains(&pages) {
            seen.push(pages);
        }
    }
    assert_eq!(seen.len(), 2, "both orders come");
}
