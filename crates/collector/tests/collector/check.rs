//! `qulaq check`: where each fault stands in the file, and what an author is advised, by documents that need the advice
//! and documents that almost do.

mod barriers;
mod cases;
mod reading;

use crate::support::{Program, definition};
use cases::{Case, cases, changed, sound};
use serde_json::{Value, json};

/// The lines of the check of these documents, as programs get them.
fn lines(program: &Program, arguments: &[&str]) -> Vec<Value> {
    let output = program.run(arguments);
    let printed = String::from_utf8(output.stdout).unwrap();
    printed.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Files that the documents name.
const FILES: [(&str, &[u8]); 4] = [
    ("img_20.png", b"\x89PNG\r\n\x1a\n"),
    ("a1.png", b"\x89PNG\r\n\x1a\n"),
    ("a1.mp3", b"ID3"),
    ("a1.mp4", b"\0\0\0\x20ftypisom"),
];

/// Holds documents that a rule is for against those that are nearly so: the rule speaks of the first alone, and nothing
/// else keeps any of them from being published.
fn hold(cases: &[Case], severity: &str) {
    let program = Program::new();
    for (name, head) in FILES {
        std::fs::write(program.directory.path().join(name), head).unwrap();
    }
    let mut names = Vec::new();
    for (code, bad, good) in cases {
        for (kind, changes) in [("bad", bad), ("good", good)] {
            for (number, change) in changes.iter().enumerate() {
                let name = format!("{}.{code}.{kind}.{number}.json", names.len());
                program.file(&name, &changed(change).to_string());
                names.push((name, *code, kind == "bad"));
            }
        }
    }
    let mut arguments = vec!["check", "--format", "json"];
    arguments.extend(names.iter().map(|(name, ..)| name.as_str()));
    let lines = lines(&program, &arguments);
    for (name, code, wanted) in &names {
        let of_file: Vec<&Value> = lines.iter().filter(|line| line["file"] == name.as_str()).collect();
        let said = of_file.iter().any(|line| line["code"] == *code && line["severity"] == severity);
        assert_eq!(said, *wanted, "{name}: {of_file:?}");
        let faulty = of_file.iter().any(|line| line["severity"] == "error" && line["code"] != *code);
        assert!(!faulty, "{name} is not sound: {of_file:?}");
    }
}

#[test]
fn each_rule_speaks_of_what_it_is_for_and_is_silent_about_what_is_nearly_so() {
    hold(&cases(), "warning");
}

#[test]
fn what_shuts_people_out_is_refused_and_what_nearly_does_is_not() {
    hold(&barriers::cases(), "error");
}

#[test]
fn what_shuts_people_out_is_not_published_and_is_told_with_its_line_its_criterion_and_its_rule() {
    let program = Program::new();
    let document = changed(&barriers::cases()[0].1[0]).to_string().replacen("\"why\"", "\n\"why\"", 1);
    program.file("a.json", &document);
    let said = program.fail(&["publish", "a.json"]);
    assert!(said.contains("a.json:2:") && said.contains("(WCAG 2.2, 3.3.2) [no-words]"), "{said}");
    assert!(said.contains("nothing was published") && !program.data().exists(), "{said}");
}

#[test]
fn a_sound_survey_is_said_to_be_so_and_nothing_else() {
    let program = Program::new();
    program.file("a.json", &sound().to_string());
    assert_eq!(program.succeed(&["check", "--strict", "a.json"]), "a.json: sound (visit)\n");
    assert_eq!(program.succeed(&["check", "--format", "json", "a.json"]), "");
}

#[test]
fn every_fault_stands_at_its_line_and_character_whatever_the_file_is_indented_with() {
    let program = Program::new();
    let text = definition("page-useful")
        .replace("\"required\"", "\"requird\"")
        .replace('\n', "\r\n")
        .replace("  ", "\t");
    let line = |text: &str, word: &str| text.lines().position(|line| line.contains(word)).unwrap() + 1;
    program.file("bad.json", &text);
    let said = program.fail(&["check", "bad.json"]);
    let place = format!("bad.json:{}:6: pages[0].questions[0].requird: ", line(&text, "requird"));
    assert!(said.contains(&place), "{place} in {said}");

    // Kazakh letters before it, which take two bytes each.
    program.file("row.json", "{\n\t\"title\": {\"kk\": \"Қызмет\", \"қате\": 1},\r\n\"format\": 2}");
    let said = program.fail(&["check", "row.json"]);
    assert!(said.contains("row.json:2:28: title.қате: "), "{said}");
    assert!(said.contains("row.json:3:1: format: "), "{said}");
    assert!(said.contains("row.json:1:1: (the whole document): lacks \"pages\""), "{said}");
}

#[test]
fn a_name_that_stands_twice_is_a_fault_with_both_lines_and_is_not_published() {
    let program = Program::new();
    let twice = sound().to_string().replacen("\"format\":1", "\"format\":1,\n\"id\":\"x\"", 1);
    program.file("twice.json", &twice);
    let said = program.fail(&["check", "twice.json"]);
    assert!(said.contains(": id: stands twice in the same object, first on line "), "{said}");
    assert!(program.fail(&["publish", "twice.json"]).contains("stands twice"), "it was published");
}

#[test]
fn what_is_no_json_is_told_with_the_character_where_it_broke_off() {
    let program = Program::new();
    program.file("broken.json", "{\n  \"id\": \"қызмет\"\n  \"format\": 1\n}");
    let said = program.fail(&["check", "broken.json"]);
    assert!(
        said.contains("broken.json:3:3: (the whole document): is not JSON that can be read: expected `,`"),
        "{said}"
    );
}

#[test]
fn a_warning_fails_only_a_strict_check_and_is_counted() {
    let program = Program::new();
    let mut document = sound();
    document.as_object_mut().unwrap().remove("agency");
    program.file("a.json", &document.to_string());
    let said = program.succeed(&["check", "a.json"]);
    assert!(said.starts_with("a.json:1:1: warning: (the whole document): has no `agency`"), "{said}");
    assert!(said.ends_with("a.json: sound (visit), 1 warning\n"), "{said}");
    let said = program.fail(&["check", "--strict", "a.json"]);
    assert!(said.contains("1 warning, and --strict takes none"), "{said}");
}

#[test]
fn a_program_gets_one_object_a_line_with_all_that_it_needs_to_mark_a_place() {
    let program = Program::new();
    program.file("bad.json", "{\n\"format\": 7}");
    let lines = lines(&program, &["check", "--format", "json", "bad.json", "missing.json"]);
    let format = lines.iter().find(|line| line["path"] == "format").unwrap();
    let expected = json!({"file": "bad.json", "line": 2, "column": 1, "path": "format", "severity": "error",
        "code": "format", "message": "must be a whole number from 1 to 1."});
    assert_eq!(*format, expected);
    let missing = lines.iter().find(|line| line["file"] == "missing.json").unwrap();
    assert_eq!((&missing["severity"], &missing["code"]), (&json!("error"), &json!("unreadable")));
}

#[test]
fn a_file_that_is_no_definition_is_said_to_be_none_and_the_others_are_checked() {
    let program = Program::new();
    program.file("good.json", &format!("\u{feff}{}", sound()));
    std::fs::create_dir(program.directory.path().join("folder")).unwrap();
    std::fs::write(program.directory.path().join("cp1251.json"), [b'{', 0xcf, b'}']).unwrap();
    std::fs::write(program.directory.path().join("huge.json"), vec![b' '; 50 << 20]).unwrap();
    let said = program.fail(&["check", "folder", "cp1251.json", "huge.json", "good.json"]);
    for part in
        ["folder: it is a directory", "it is not UTF-8", "larger than 4 MiB", "good.json: sound (visit)"]
    {
        assert!(said.contains(part), "{part} in {said}");
    }
    assert!(said.contains("3 of 4 definitions cannot be published"), "{said}");
}

#[test]
fn places_are_those_that_were_imported_into_the_data_or_the_regions_where_there_is_none() {
    let program = Program::new();
    let mut document = sound();
    document["pages"][0]["questions"][1] = json!({"name": "home", "type": "place", "classifier": "kato", "levels": 2,
        "text": {"kk": "Қайда тұрасыз?", "ru": "Где вы живёте?", "en": "Where do you live?"}});
    program.file("d.json", &document.to_string());
    let said = program.fail(&["check", "d.json"]);
    assert!(said.contains("levels: ") && said.contains("qulaq places import"), "{said}");
    assert!(!program.data().exists(), "a check makes no data");

    program.file("kato.csv", "te;name_kaz;name_rus\n610000000;Түркістан облысы;Туркестанская область\n613900000;Келес ауданы;Келесский район\n");
    program.succeed(&["places", "import", "kato.csv", "--as-of", "2026-01-01"]);
    assert_eq!(program.succeed(&["check", "d.json"]), "d.json: sound (visit)\n");
    assert!(program.fail(&["check", "d.json", "--data", "elsewhere"]).contains("levels: "));
}

#[test]
fn colours_that_cannot_be_read_keep_a_survey_from_being_published_and_are_told_to_programs() {
    let program = Program::new();
    program.file("a.json", &sound().to_string());
    program.file("grey.css", "qulaq-survey {\n color-scheme: light; --qulaq-text: #999 }");
    program.file("dark.css", "qulaq-survey { color-scheme: light; --qulaq-text: #222 }");
    let said = program.fail(&["publish", "a.json", "--theme", "grey.css"]);
    assert!(said.contains("grey.css:2: --qulaq-text #999999 on"), "{said}");
    assert!(said.contains("nothing was published: the theme has "), "{said}");
    assert!(!program.data().exists());
    let lines = lines(&program, &["check", "--format", "json", "--theme", "grey.css"]);
    let first = &lines[0];
    assert_eq!((&first["file"], &first["line"]), (&json!("grey.css"), &json!(2)), "{first}");
    assert_eq!((&first["severity"], &first["code"]), (&json!("error"), &json!("contrast")), "{first}");
    assert!(program.succeed(&["publish", "a.json", "--theme", "dark.css"]).contains("published: visit"));
}
