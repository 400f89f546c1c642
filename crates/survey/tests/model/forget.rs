//! Texts whose time is over are gone, wherever they stood, and that something was typed stays known.

use crate::support::{answers, survey};
use serde_json::json;
use survey::columns::{Cell, Table};
use survey::forget::{GONE, texts};
use survey::{Missing, Occasion};

#[test]
fn whatever_was_typed_is_forgotten_and_codes_numbers_days_and_what_the_page_gave_stay() {
    let survey = survey(json!([{"id": "p1", "questions": [
        {"name": "why", "type": "text", "text": "Why?"},
        {"name": "phone", "type": "phone", "text": "Phone?"},
        {"name": "office", "type": "hidden", "text": "Office"},
        {"name": "age", "type": "number", "min": 0, "max": 120, "text": "Age?"},
        {"name": "day", "type": "date", "text": "Day?"},
        {"name": "used", "type": "multi", "text": "Used?", "options": [
            {"code": 1, "text": "Police"}, {"code": 96, "text": "Other", "other": true}]},
        {"name": "visits", "type": "group", "text": "Visits", "max": 2, "questions": [
            {"name": "what", "type": "text", "text": "What?"}]},
    ]}]));
    let given = json!({
        "why": "Әйгүл", "phone": "+7 701 000 00 00", "office": "17", "age": 42, "day": "2026-03-09",
        "used": [96], "used_other": "почта", "visits": [{"what": "пандус"}],
    });
    let forgotten = texts(&survey, &answers(&survey, given)).unwrap();
    let expected = json!({
        "why": GONE, "phone": GONE, "office": "17", "age": 42, "day": "2026-03-09",
        "used": [96], "used_other": GONE, "visits": [{"what": GONE}],
    });
    assert_eq!(forgotten.to_value(), expected);
    assert_eq!(texts(&survey, &forgotten), None, "once");

    let table = Table::of(&[&survey]);
    let cells = table.row(0, &survey, &forgotten, Occasion::default());
    let missing = |name: &str| {
        let place = table.columns().iter().position(|column| column.name == name).unwrap();
        cells[place].clone()
    };
    for name in ["why", "phone", "used_other", "visits_1_what"] {
        assert_eq!(missing(name), Cell::Missing(Missing::Masked), "{name}");
    }
    assert_eq!(missing("visits_2_what"), Cell::Missing(Missing::NotApplicable));
    assert_eq!(missing("used_96"), Cell::Code(1));
}
