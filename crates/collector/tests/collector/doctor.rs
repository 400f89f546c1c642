//! `qulaq doctor`: what it finds, what it advises, and how it ends.

use crate::support::{Program, answer_yes, definition, on_both_engines, small};
use serde_json::{Value, json};
use std::fs;

on_both_engines! { Program:
    a_sound_place_passes_every_check
    a_place_with_nothing_and_a_wrong_key_are_faults
}

/// The verdict of a check and its advice.
fn finding(program: &Program, check: &str) -> (String, String) {
    let output = program.run(&["doctor", "--format", "json"]);
    let findings: Vec<Value> = serde_json::from_slice(&output.stdout).unwrap();
    let fault = findings.iter().any(|finding| finding["verdict"] == "fault");
    assert_eq!(output.status.success(), !fault, "it fails where there is a fault");
    let found = findings.iter().find(|finding| finding["check"] == check);
    let found = found.unwrap_or_else(|| panic!("no {check} in {findings:?}"));
    let text = |name: &str| found[name].as_str().unwrap_or_default().to_owned();
    (text("verdict"), text("found") + " / " + &text("advice"))
}

fn illustrated(program: &Program) {
    fs::write(program.directory.path().join("park.png"), b"\x89PNG\r\n\x1a\n").unwrap();
    let media = json!([{"kind": "image", "src": "park.png", "alt": "A park"}]);
    let note = json!({"name": "seen", "type": "note", "text": "Look", "media": media});
    program.file("d.json", &small(&json!({}), &[note]));
    program.succeed(&["publish", "d.json"]);
}

fn a_sound_place_passes_every_check(program: &Program) {
    illustrated(program);
    let said = program.succeed(&["doctor"]);
    let lines: Vec<&str> = said.lines().collect();
    let good = lines.iter().filter(|line| line.starts_with("good "));
    assert!(good.count() >= lines.len() - 2, "but for the room on this machine: {said}");
    for check in ["settings", "disk", "database", "schema", "clock", "media"] {
        assert!(said.contains(&format!(" {check}: ")), "{check}: {said}");
    }
}

fn a_place_with_nothing_and_a_wrong_key_are_faults(program: &Program) {
    let (verdict, said) = finding(program, "database");
    assert!(
        verdict == "fault" && (said.contains("there is no database") || said.contains("nothing of Qulaq"))
    );
    let said = program.fail(&["doctor"]);
    assert!(said.contains("\nFAULT    database: ") && said.contains("error: 1 of "), "{said}");
    program.file("qulaq.toml", "dta = \"data\"");
    let said = program.fail(&["doctor", "--config", "qulaq.toml"]);
    assert!(said.starts_with("FAULT    settings: ") && said.contains("unknown field `dta`"), "{said}");
    assert!(!program.data().exists(), "looking makes nothing");
}

#[test]
fn a_missing_file_is_a_fault_and_one_that_nobody_names_is_not() {
    let program = Program::new();
    illustrated(&program);
    let media = program.data().join("media");
    fs::write(media.join("left-over"), "x").unwrap();
    let (verdict, said) = finding(&program, "media");
    assert!(verdict == "warning" && said.contains("left-over") && said.contains("may be deleted"), "{said}");
    fs::remove_dir_all(&media).unwrap();
    let (verdict, said) = finding(&program, "media");
    assert!(verdict == "fault" && said.contains("publish the definitions that name them again"), "{said}");
    program.succeed(&["publish", "d.json"]);
    assert_eq!(finding(&program, "media").0, "good", "the advice helps");
}

#[cfg(unix)]
#[test]
fn a_directory_that_others_can_enter_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let program = Program::new();
    illustrated(&program);
    fs::set_permissions(program.data(), fs::Permissions::from_mode(0o755)).unwrap();
    let (verdict, said) = finding(&program, "permissions");
    assert!(verdict == "warning" && said.contains("chmod 700 ./data"), "{said}");
}

#[test]
fn a_damaged_database_is_told() {
    let program = Program::new();
    program.file("d.json", &definition("page-useful"));
    program.succeed(&["publish", "d.json"]);
    let database = program.data().join("qulaq.db");
    let db = rusqlite::Connection::open(&database).unwrap();
    db.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    let page: usize = db
        .query_row("SELECT rootpage FROM sqlite_master WHERE name = 'responses_by_survey'", [], |row| {
            row.get(0)
        })
        .unwrap();
    drop(db);
    let mut bytes = fs::read(&database).unwrap();
    bytes[(page - 1) * 4096..page * 4096].fill(0xff);
    fs::write(&database, bytes).unwrap();
    let (verdict, said) = finding(&program, "integrity");
    assert!(verdict == "fault" && said.contains("restore the last backup"), "{said}");
}

#[test]
fn a_response_from_later_than_now_is_told() {
    let program = Program::on_postgres();
    program.file("d.json", &definition("page-useful"));
    let said = program.succeed(&["publish", "d.json"]);
    let version = said.trim().rsplit_once(' ').unwrap().1.to_owned();
    let server = program.serve();
    let kept = server.client.post_json("/api/v1/surveys/page-useful/responses", &answer_yes('a', &version));
    assert_eq!((kept.status, finding(&program, "clock").0.as_str()), (201, "good"));
    program.database.as_ref().unwrap().sql("UPDATE responses SET minute = minute + 90");
    let (verdict, said) = finding(&program, "clock");
    assert!(verdict == "warning" && said.contains("minutes later than it is now"), "{said}");
}
