//! `qulaq due`: the day of registration and the day of the answer, as an official asks for them.

use crate::support::Program;
use serde_json::{Value, json};

#[test]
fn an_official_learns_when_it_is_registered_and_when_it_is_due() {
    let program = Program::new();
    let said = program.succeed(&["due", "2026-03-20T19:05"]);
    assert_eq!(said, "registered  2026-03-26\ndue         2026-04-15\n");
    let said = program.succeed(&["due", "2026-03-20T19:05", "--counting", "after-registration"]);
    assert!(said.contains("due         2026-04-16"), "{said}");
    let said =
        program.succeed(&["due", "2026-03-20T19:05", "--closes", "20:00", "--days", "3", "--format", "json"]);
    let said: Value = serde_json::from_str(&said).unwrap();
    assert_eq!(said, json!({"registered": "2026-03-20", "due": "2026-03-30", "provisional": null}));
}

#[test]
fn a_term_that_ends_in_a_year_not_yet_announced_says_so() {
    let program = Program::new();
    let said = program.succeed(&["due", "2026-12-21T10:00"]);
    assert!(said.contains("due         2027-01-14") && said.contains("not certain"), "{said}");
    let said = program.fail(&["due", "2027-12-20T10:00"]);
    assert!(said.contains("2028") && said.contains("add its holidays"), "{said}");
}

#[test]
fn the_calendar_of_an_agency_takes_the_place_of_the_one_built_in() {
    let program = Program::new();
    let calendar = json!({"country": "KZ", "source": "a test", "weekend": ["saturday", "sunday"],
        "years": {"2028": {"off": ["2028-01-03"], "working": ["2028-01-08"]}}});
    program.file("2028.json", &calendar.to_string());
    let said = program.succeed(&["due", "2028-01-02T10:00", "--days", "5", "--calendar", "2028.json"]);
    assert_eq!(said, "registered  2028-01-04\ndue         2028-01-08\n");
    program.file("wrong.json", &calendar.to_string().replace("2028-01-08", "2028-01-10"));
    let said = program.fail(&["due", "2028-01-02T10:00", "--calendar", "wrong.json"]);
    assert!(said.contains("wrong.json") && said.contains("2028-01-10 is not in a weekend"), "{said}");
    let said = program.fail(&["due", "2028-01-02T10:00", "--calendar", "missing.json"]);
    assert!(said.contains("cannot read missing.json"), "{said}");
}

#[test]
fn what_is_no_time_or_no_term_is_refused_with_an_example() {
    let program = Program::new();
    for (arguments, said) in [
        (vec!["due", "20.03.2026"], "2026-03-20T19:05"),
        (vec!["due", "2026-02-30T10:00"], "2026-03-20T19:05"),
        (vec!["due", "2026-03-20T24:00"], "2026-03-20T19:05"),
        (vec!["due", "2026-03-20T10:00", "--closes", "6pm"], "no time such as 18:30"),
        (vec!["due", "2026-03-20T10:00", "--days", "0"], "0 is not in 1..=250"),
    ] {
        let error = program.fail(&arguments);
        assert!(error.contains(said), "{arguments:?}: {error}");
    }
}
