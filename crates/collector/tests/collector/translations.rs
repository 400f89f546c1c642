//! `qulaq translations`: what an author exports, what translators' programs make of it, and what comes back.

mod support;

use crate::support::{Program, definition};
use serde_json::{Value, json};
use support::{Table, survey};

#[test]
fn every_example_goes_out_and_comes_back_as_it_was() {
    let examples = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/surveys")).unwrap();
    let mut count = 0;
    for example in examples {
        let path = example.unwrap().path();
        if path.is_dir() {
            continue;
        }
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let program = Program::new();
        let before = definition(&name);
        program.file("d.json", &before);
        for sheet in ["d.xlsx", "d.csv"] {
            program.succeed(&["translations", "export", "d.json", "-o", sheet]);
            let said = program.succeed(&["translations", "import", "d.json", sheet]);
            assert!(said.contains("taken over: 0\n") && said.contains("refused: 0\n"), "{name}: {said}");
            program.succeed(&["translations", "import", "d.json", sheet, "-o", "again.json"]);
            for file in ["d.json", "again.json"] {
                assert_eq!(program.read(file), before, "{name} by {sheet}");
            }
        }
        count += 1;
    }
    assert!(count >= 6);
}

#[test]
fn a_changed_translation_arrives_with_its_stamp_and_changes_no_other_line() {
    let program = Program::new();
    let before = definition("page-useful");
    program.file("d.json", &before);
    let mut table = Table::export(&program, &["d.json", "-o", "d.xlsx"]);
    table.set("title", "ru", "Отзыв о странице");
    table.save(&program, "edited.xlsx");

    let dry = program.succeed(&["translations", "import", "d.json", "edited.xlsx", "--dry-run"]);
    assert!(dry.contains("taken over: 1\n") && dry.ends_with("nothing was written: a dry run\n"), "{dry}");
    assert_eq!(program.read("d.json"), before);
    let said = program.succeed(&["translations", "import", "d.json", "edited.xlsx"]);
    assert!(said.contains("taken over: 1\n") && said.ends_with("written: d.json\n"), "{said}");

    let after = program.json("d.json");
    assert_eq!(after["title"]["ru"], "Отзыв о странице");
    let source = after["title"]["kk"].as_str().unwrap();
    assert_eq!(after["title"]["source"], json!({"ru": survey_stamp(source)}));
    let text = program.read("d.json");
    let new = text.lines().filter(|line| !before.lines().any(|old| old == *line)).count();
    assert!(new <= 6, "{text}");
    assert!(program.succeed(&["check", "d.json"]).ends_with("d.json: sound (page-useful), 1 warning\n"));
}

fn survey_stamp(text: &str) -> String {
    ::survey::texts::stamp(text)
}

#[test]
fn a_translation_of_a_source_that_has_changed_since_is_refused_and_named() {
    let program = Program::new();
    program.file("d.json", &survey(&json!({"kk": "Ескі", "ru": "Старое"})));
    let mut table = Table::export(&program, &["d.json", "-o", "d.csv"]);
    table.set("questions.a.text", "ru", "Прежнее");
    table.set("title", "ru", "Опрос 2");
    table.save(&program, "edited.xlsx");
    program.file("d.json", &survey(&json!({"kk": "Жаңа", "ru": "Старое"})));

    let said = program.fail(&["translations", "import", "d.json", "edited.xlsx"]);
    assert!(said.contains("questions.a.text, ru: the source text has changed since the export"), "{said}");
    assert!(
        said.contains("is now \"Жаңа\"") && said.contains("1 entries of edited.xlsx were not taken"),
        "{said}"
    );
    let after = program.json("d.json");
    assert_eq!(after["pages"][0]["questions"][0]["text"]["ru"], "Старое");
    assert_eq!(after["title"]["ru"], "Опрос 2");
}

#[test]
fn check_and_publish_refuse_a_stale_translation_until_it_is_accepted_or_marked_as_done() {
    let program = Program::new();
    let stale = survey(&json!({"kk": "Жаңа", "ru": "Старое", "source": {"ru": survey_stamp("Ескі")}}));
    program.file("d.json", &stale);
    let path = "pages[0].questions[0].text.ru: the translation into \"ru\" is older than its source text";
    for command in ["check", "publish"] {
        assert!(program.fail(&[command, "d.json"]).contains(path));
    }
    let mut table = Table::export(&program, &["d.json", "-o", "d.xlsx"]);
    assert_eq!(table.get("questions.a.text", "ru state"), "stale");
    assert_eq!(table.get("title", "ru state"), "done");

    program.succeed(&["translations", "import", "d.json", "d.xlsx"]);
    assert!(program.fail(&["check", "d.json"]).contains(path));
    table.set("questions.a.text", "ru state", "Done");
    table.save(&program, "looked at.xlsx");
    let said = program.succeed(&["translations", "import", "d.json", "looked at.xlsx"]);
    assert!(said.contains("confirmed: 1 "), "{said}");
    program.succeed(&["check", "d.json"]);

    program.file("d.json", &stale);
    assert_eq!(program.succeed(&["translations", "stamp", "d.json"]), "accepted: 2 translations\n");
    program.succeed(&["check", "d.json"]);
    assert_eq!(program.succeed(&["translations", "stamp", "d.json"]), "accepted: 0 translations\n");
}

#[test]
fn a_stamp_makes_no_other_version_of_a_survey() {
    let program = Program::new();
    program.file("d.json", &definition("page-useful"));
    program.succeed(&["publish", "d.json"]);
    program.succeed(&["translations", "stamp", "d.json"]);
    assert!(program.read("d.json").contains("\"source\""));
    assert!(program.succeed(&["publish", "d.json"]).starts_with("already published: "));
}

#[test]
fn placeholders_that_do_not_match_are_refused_in_a_sheet_and_by_check() {
    let program = Program::new();
    program.file("d.json", &survey(&json!({"kk": "{name}, сәлем", "ru": "{name}, привет"})));
    let mut table = Table::export(&program, &["d.json", "-o", "d.xlsx"]);
    assert_eq!(table.get("questions.a.text", "note"), "Keep as it is: {name}");
    table.set("questions.a.text", "ru", "Здравствуйте, {имя}");
    table.save(&program, "edited.xlsx");
    let said = program.fail(&["translations", "import", "d.json", "edited.xlsx"]);
    let why = "questions.a.text, ru: the placeholders are {имя}, but the source text has {name}";
    assert!(said.contains(why), "{said}");

    program.file("d.json", &survey(&json!({"kk": "{name}", "ru": "{nam}"})));
    let said = program.fail(&["check", "d.json"]);
    assert!(said.contains("pages[0].questions[0].text.ru: must have the placeholders"), "{said}");
}

#[test]
fn a_question_inserted_between_export_and_import_moves_no_translation() {
    let program = Program::new();
    program.file("d.json", &definition("page-useful"));
    let mut table = Table::export(&program, &["d.json", "-o", "d.xlsx"]);
    table.set("questions.useful.text", "ru", "Помогла ли страница?");
    table.save(&program, "edited.xlsx");
    let mut document = program.json("d.json");
    let new = json!({"name": "first", "type": "text", "text": {"kk": "Ә", "ru": "Б", "en": "C"}});
    document["pages"][0]["questions"].as_array_mut().unwrap().insert(0, new);
    program.file("d.json", &document.to_string());

    let said = program.succeed(&["translations", "import", "d.json", "edited.xlsx"]);
    assert!(said.contains("not in the sheet: 1 (left alone)\n  questions.first.text\n"), "{said}");
    let questions = &program.json("d.json")["pages"][0]["questions"];
    assert_eq!(questions[1]["text"]["ru"], "Помогла ли страница?");
    assert_eq!(questions[0]["text"]["ru"], "Б");
    assert_eq!(program.read("d.json").lines().count(), 1, "a file without line breaks gets none");
}

#[test]
fn csv_as_a_spreadsheet_with_a_decimal_comma_saves_it_is_read() {
    let program = Program::new();
    program.file("d.json", &definition("page-useful"));
    let mut table = Table::export(&program, &["d.json", "-o", "d.csv"]);
    assert!(program.read("d.csv").starts_with('\u{feff}'));
    table.set("title", "ru", "Отзыв; о \"странице\"");
    for mark in ["", "\u{feff}"] {
        program.file("d.json", &definition("page-useful"));
        // The name says .xlsx, and only the name.
        program.file("edited.xlsx", &format!("{mark}{}", table.with_semicolons()));
        let said = program.succeed(&["translations", "import", "d.json", "edited.xlsx"]);
        assert!(said.contains("taken over: 1\n"), "{said}");
        assert_eq!(program.json("d.json")["title"]["ru"], "Отзыв; о \"странице\"");
    }
    let cp1251 = [b"key;source: kk;ru\r\ntitle;?;".as_slice(), &[0xce, 0xf2, 0xe7]].concat();
    std::fs::write(program.directory.path().join("old.csv"), cp1251).unwrap();
    let said = program.fail(&["translations", "import", "d.json", "old.csv"]);
    assert!(said.contains("Windows-1251") && said.contains("CSV UTF-8"), "{said}");
}

#[test]
fn an_old_workbook_under_a_new_name_is_read() {
    let program = Program::new();
    program.file("d.json", &definition("page-useful"));
    let old = include_bytes!("translations/old.xls");
    std::fs::write(program.directory.path().join("new.xlsx"), old).unwrap();
    let said = program.succeed(&["translations", "import", "d.json", "new.xlsx"]);
    assert!(said.contains("taken over: 1\n"), "{said}");
    assert_eq!(program.json("d.json")["title"]["ru"], "Отзыв о странице");
}

#[test]
fn texts_that_look_like_formulas_or_dates_survive_and_so_do_long_and_leftward_ones() {
    let long = "Қазақстан Республикасының әкімдігі ".repeat(9);
    let texts = [
        "=SUM(A1:A9)",
        "+7 701 000",
        "-5",
        "@all",
        "'=1",
        "1-2",
        "007",
        "سلام دنيا",
        "A\n\nB\t\"",
        long.trim(),
    ];
    let program = Program::new();
    for sheet in ["d.xlsx", "d.csv"] {
        for text in texts {
            program.file("d.json", &survey(&json!({"kk": "Ә", "ru": "Б"})));
            let mut table = Table::export(&program, &["d.json", "-o", sheet]);
            table.set("questions.a.text", "ru", text);
            table.save(&program, "edited.xlsx");
            program.succeed(&["translations", "import", "d.json", "edited.xlsx"]);
            let expected = if text == "'=1" { "=1" } else { text };
            assert_eq!(program.json("d.json")["pages"][0]["questions"][0]["text"]["ru"], expected);

            program.file("d.json", &survey(&json!({"kk": text, "ru": text})));
            let before = program.read("d.json");
            program.succeed(&["translations", "export", "d.json", "-o", sheet]);
            let said = program.succeed(&["translations", "import", "d.json", sheet]);
            assert!(said.contains("taken over: 0\n") && said.contains("refused: 0\n"), "{text}: {said}");
            assert_eq!(program.read("d.json"), before);
        }
    }
    program.file("d.json", &survey(&json!({"kk": "=1", "ru": "-5"})));
    program.succeed(&["translations", "export", "d.json", "-o", "d.csv"]);
    assert!(program.read("d.csv").contains(",'=1,'-5,done,"), "{}", program.read("d.csv"));
}

#[test]
fn a_fourth_language_comes_in_with_its_sheet() {
    let program = Program::new();
    program.file("d.json", &definition("page-useful"));
    let mut table = Table::export(&program, &["d.json", "--to", "kk-latn", "-o", "d.xlsx"]);
    assert_eq!(table.get("title", "kk-latn state"), "missing");
    let keys = table.keys();
    for key in &keys[1..] {
        table.set(key, "kk-latn", &format!("Latyn {key}"));
    }
    table.save(&program, "edited.xlsx");
    let said = program.succeed(&["translations", "import", "d.json", "edited.xlsx"]);
    assert!(said.contains("taken over: 0\n") && said.contains("with --add-language kk-latn"), "{said}");

    // One text lacks, and a survey that could not be published is not written.
    let add = ["translations", "import", "d.json", "edited.xlsx", "--add-language", "kk-latn"];
    let said = program.fail(&add);
    assert!(
        said.contains("title: lacks the text in \"kk-latn\"") && said.contains("nothing was written"),
        "{said}"
    );
    assert_eq!(program.read("d.json"), definition("page-useful"));

    table.set("title", "kk-latn", "Latyn");
    table.save(&program, "edited.xlsx");
    program.succeed(&add);
    assert_eq!(program.json("d.json")["languages"], json!(["kk", "ru", "en", "kk-latn"]));
    assert!(program.succeed(&["check", "d.json"]).ends_with("d.json: sound (page-useful), 1 warning\n"));
    let form = program.succeed(&["fragment", "d.json", "--lang", "kk-latn"]);
    assert!(form.contains("Latyn questions.useful.text"), "{form}");
}

#[test]
fn keys_that_are_unknown_or_stand_twice_are_named_and_the_rest_is_taken() {
    let program = Program::new();
    program.file("d.json", &definition("page-useful"));
    let mut table = Table::export(&program, &["d.json", "-o", "d.xlsx"]);
    table.set("title", "ru", "Отзыв");
    table.repeat("agency", "ru", "Другое");
    table.rename("questions.useful.text", "questions.usefull.text");
    table.save(&program, "edited.xlsx");
    let said = program.fail(&["translations", "import", "d.json", "edited.xlsx"]);
    assert!(said.contains("taken over: 1\n"), "{said}");
    assert!(
        said.contains(
            "questions.usefull.text: the definition has no such text. Did you mean questions.useful.text?"
        ),
        "{said}"
    );
    assert!(said.contains("agency: the key stands in rows 3, 14 with different texts: keep one"), "{said}");
    assert_eq!(program.json("d.json")["title"]["ru"], "Отзыв");
}

#[test]
fn a_text_that_was_the_same_in_every_language_becomes_one_for_each() {
    let program = Program::new();
    program.file("d.json", &survey(&Value::from("18–28")));
    let mut table = Table::export(&program, &["d.json", "-o", "d.xlsx"]);
    assert_eq!(table.get("questions.a.text", "ru state"), "same as source");
    table.set("questions.a.text", "ru", "от 18 до 28");
    table.save(&program, "edited.xlsx");
    program.succeed(&["translations", "import", "d.json", "edited.xlsx"]);
    let text = &program.json("d.json")["pages"][0]["questions"][0]["text"];
    assert_eq!(*text, json!({"kk": "18–28", "ru": "от 18 до 28", "source": {"ru": survey_stamp("18–28")}}));
}

#[test]
fn what_cannot_be_used_is_refused_in_words() {
    let program = Program::new();
    program.file("d.json", &definition("page-useful"));
    program.file("x.csv", "a,b\n1,2\n");
    for (arguments, words) in [
        (["import", "d.json", "x.csv"].as_slice(), "no heading \"key\""),
        (&["import", "d.json", "none.xlsx"], "cannot read none.xlsx"),
        (&["import", "x.csv", "x.csv"], "not JSON"),
        (&["export", "d.json", "-o", "d.pdf"], "must end in .xlsx or .csv"),
        (&["export", "d.json", "--to", "kk"], "the language of the source texts"),
        (&["export", "d.json", "--to", "Russian"], "no language tag"),
    ] {
        let said = program.fail(&[&["translations"], arguments].concat());
        assert!(said.contains(words), "{said}");
    }
    assert_eq!(program.read("d.json"), definition("page-useful"));

    program.succeed(&["translations", "export", "d.json"]);
    let sheet = std::fs::read(program.directory.path().join("d.xlsx")).unwrap();
    let said = program.fail(&["translations", "export", "d.json"]);
    assert!(said.contains("d.xlsx is there already"), "{said}");
    program.fail(&["translations", "import", "d.json", "d.xlsx", "-o", "d.xlsx"]);
    assert_eq!(std::fs::read(program.directory.path().join("d.xlsx")).unwrap(), sheet);
}

#[cfg(unix)]
#[test]
fn a_definition_keeps_its_permissions_and_the_link_that_leads_to_it() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let program = Program::new();
    let path = program.file("d.json", &definition("page-useful"));
    let link = program.directory.path().join("link.json");
    symlink(&path, &link).unwrap();
    std::fs::set_permissions(&path, PermissionsExt::from_mode(0o640)).unwrap();
    program.succeed(&["translations", "stamp", "link.json"]);
    assert!(program.read("d.json").contains("\"source\"") && link.is_symlink());
    assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o640);
}
