//! What an analyst gets.

use crate::support::{answers, example, overall_and_why, survey};
use serde_json::{Value, json};
use survey::columns::{Cell, Measure, Table};
use survey::{Missing, Occasion, Survey};

/// A row as `name=cell`, missing values by their codes.
fn row(table: &Table, index: usize, survey: &Survey, given: Value) -> Vec<String> {
    let cells = table.row(index, survey, &answers(survey, given), Occasion::default());
    let text = |cell: Cell| match cell {
        Cell::Code(code) => code.to_string(),
        Cell::Number(number) => number.to_plain(),
        Cell::Text(text) => text,
        Cell::Missing(missing) => format!("{missing:?}"),
    };
    table
        .columns()
        .iter()
        .zip(cells)
        .map(|(column, cell)| format!("{}={}", column.name, text(cell)))
        .collect()
}

#[test]
fn a_multiple_choice_is_one_column_of_0_and_1_an_option() {
    let survey = survey(overall_and_why());
    let table = Table::of(&[&survey]);
    assert_eq!(
        row(
            &table,
            0,
            &survey,
            json!({ "overall": 96, "overall_other": "+7 701", "used": [3, 1], "trust": 0 })
        ),
        [
            "overall=96",
            "overall_other=+7 701",
            "why=NotApplicable",
            "used_1=1",
            "used_2=0",
            "used_3=1",
            "used_97=0",
            "trust=0"
        ]
    );
}

#[test]
fn reasons_for_missing_values_stay_apart() {
    let survey = survey(overall_and_why());
    let table = Table::of(&[&survey]);
    assert_eq!(
        row(&table, 0, &survey, json!({ "overall": 2 })),
        [
            "overall=2",
            "overall_other=NotApplicable",
            "why=Blank",
            "used_1=Blank",
            "used_2=Blank",
            "used_3=Blank",
            "used_97=Blank",
            "trust=Blank"
        ]
    );
    assert_eq!(row(&table, 0, &survey, json!({ "overall": 96 }))[1], "overall_other=Blank");
    assert_eq!(row(&table, 0, &survey, json!({ "overall": -5 }))[0], "overall=-5");
}

#[test]
fn versions_are_merged_by_variable_and_what_was_not_asked_says_so() {
    let question = |name: &str| json!({ "name": name, "type": "text", "text": name });
    let old = survey(json!([{ "id": "p", "questions": [question("gone"), question("stays")] }]));
    let new = survey(json!([{ "id": "p", "questions": [question("stays"), question("added")] }]));
    let table = Table::of(&[&new, &old]);
    assert_eq!(row(&table, 0, &new, json!({ "added": "1" })), ["stays=Blank", "added=1", "gone=NotAsked"]);
    assert_eq!(row(&table, 1, &old, json!({ "gone": "1" })), ["stays=Blank", "added=NotAsked", "gone=1"]);
}

#[test]
fn an_option_below_zero_has_a_name_without_a_minus_sign() {
    let survey = survey(json!([{ "id": "p", "questions": [{ "name": "m", "type": "multi", "text": "?",
        "options": [{ "code": 1, "text": "A" }, { "code": -5, "text": "I do not know", "exclusive": true }] }] }]));
    let table = Table::of(&[&survey]);
    assert_eq!(
        table.columns().iter().map(|column| column.name.as_str()).collect::<Vec<_>>(),
        ["m_1", "m_m5"]
    );
}

#[test]
fn the_level_of_measurement_is_the_authors() {
    let survey = example("service-done");
    let table = Table::of(&[&survey]);
    let measures: Vec<Measure> = table.columns().iter().map(|column| column.measure).collect();
    assert_eq!(measures, [Measure::Ordinal, Measure::Text]);
    assert_eq!(table.columns()[0].values.len(), 5);
    assert_eq!(table.columns()[1].width, Some(1250));
}

#[test]
fn a_computed_column_is_measured_by_what_its_expression_gives() {
    let calc = |name: &str, value: &str| json!({ "name": name, "type": "calc", "text": "?", "value": value });
    let survey = survey(json!([{ "id": "p", "questions": [
        { "name": "born", "type": "date", "text": "?" },
        calc("old", "age(born)"), calc("adult", "old >= 18"), calc("day", "born"),
        calc("told", "if(old >= 18, 'grown', 'young')"), calc("again", "old + 1")
    ]}]));
    let table = Table::of(&[&survey]);
    let measures: Vec<Measure> = table.columns()[1..].iter().map(|column| column.measure).collect();
    assert_eq!(measures, [Measure::Scale, Measure::Nominal, Measure::Moment, Measure::Text, Measure::Scale]);
}

#[test]
fn every_missing_code_is_below_zero() {
    assert!(Missing::ALL.iter().all(|missing| missing.code() < 0));
}
