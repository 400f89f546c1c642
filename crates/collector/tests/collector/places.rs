//! The classifier of places: a file of the official shape, its import, and questions that name it.

use crate::support::{Program, small};
use rust_xlsxwriter::Workbook;
use serde_json::{Value, json};
use std::fs;

/// Rows as they may come: with a title above, Latin letters among Cyrillic ones, a row twice, one whose region is
/// missing, one that is no code. Which code a district has is for the file to say.
const ROWS: &[(&str, &str, &str)] = &[
    ("610000000", "Түркістан облысы", "Туркестанская область"),
    ("613900000", "Келес ауданы", "Келесский район"),
    ("613930000", "Бірлік ауылдық округі", "Бирликский сельский округ"),
    ("613930100", "Бiрлiк ауылы", "село Бирлик"),
    ("611600000", "Cарыағаш ауданы", "Сарыагашский район"),
    ("611600000", "Cарыағаш ауданы", "Сарыагашский район"),
    ("750000000", "Алматы қаласы", "город Алматы"),
    ("751210000", "Әуезов ауданы", "Ауэзовский район"),
    ("515200000", "Адасқан ауданы", "Потерянный район"),
    ("6139", "Келес ауданы", "Келесский район"),
];

fn workbook(program: &Program, name: &str, rows: &[(&str, &str, &str)]) {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write(0, 0, "КАТО").unwrap();
    for (column, heading) in
        ["te", "ab", "cd", "ef", "hij", "k", "name_kaz", "name_rus"].into_iter().enumerate()
    {
        sheet.write(2, u16::try_from(column).unwrap(), heading).unwrap();
    }
    for (row, (code, kk, ru)) in (3..).zip(rows) {
        // Codes are numbers in some files and text in others.
        match code.parse::<f64>().ok().filter(|_| row % 2 == 0) {
            Some(number) => sheet.write(row, 0, number).unwrap(),
            None => sheet.write(row, 0, *code).unwrap(),
        };
        sheet.write(row, 6, *kk).unwrap();
        sheet.write(row, 7, *ru).unwrap();
    }
    workbook.save(program.directory.path().join(name)).unwrap();
}

fn asks_for_place(levels: u64) -> String {
    let home =
        json!({"name": "home", "type": "place", "classifier": "kato", "levels": levels, "text": "Where?"});
    small(&json!({"languages": ["kk", "ru", "en"]}), &[home])
}

fn options(definition: &str) -> Vec<Value> {
    let definition: Value = serde_json::from_str(definition).unwrap();
    definition["pages"][0]["questions"][1]["options"].as_array().unwrap().clone()
}

#[test]
fn the_official_file_is_imported_and_every_row_accounted_for() {
    let program = Program::new();
    workbook(&program, "kato.xlsx", ROWS);
    let said = program.succeed(&["places", "import", "kato.xlsx", "--as-of", "2026-01-01"]);
    for line in [
        "rows read            10",
        "regions              2",
        "districts and cities 3",
        "settlements          1",
        "rural districts      1 (not asked for)",
        "repeated rows        1",
        "new 7, changed 0, ended 0",
        "rows refused         2",
        "  line 12: 515200000 lies in the region 510000000, which is not in the file",
        "  line 13: the code in te is not one of nine digits",
    ] {
        assert!(said.contains(line), "{line}: {said}");
    }
    let listed = program.succeed(&["places", "list", "--level", "2"]);
    assert_eq!(
        listed,
        "611600000\t2\t610000000\tСарыағаш ауданы\tСарыагашский район\n\
         613900000\t2\t610000000\tКелес ауданы\tКелесский район\n\
         751210000\t2\t750000000\tӘуезов ауданы\tАуэзовский район\n"
    );
    assert!(program.succeed(&["places", "list", "--level", "3"]).contains("Бірлік ауылы"), "Latin i");
}

#[test]
fn a_newer_file_ends_what_it_lacks_and_older_days_can_still_be_asked_for() {
    let program = Program::new();
    program.file("old.csv", "te;name_kaz;name_rus\n610000000;Оңтүстік;Юг\n613900000;Келес;Келес\n");
    program.file("new.csv", "te;name_kaz;name_rus\n610000000;Түркістан;Туркестан\n614000000;Келес;Келес\n");
    let import = |file: &str, day: &str| program.run(&["places", "import", file, "--as-of", day]);
    assert!(import("old.csv", "2018-01-01").status.success());
    let said = program.succeed(&["places", "import", "new.csv", "--as-of", "2026-01-01"]);
    assert!(said.contains("new 1, changed 1, ended 1"), "{said}");
    let list = |day: &str| program.succeed(&["places", "list", "--as-of", day]);
    assert!(list("2025-12-31").contains("613900000") && list("2025-12-31").contains("Оңтүстік"));
    assert!(!list("2026-01-01").contains("613900000") && list("2026-01-01").contains("614000000"));
    assert_eq!(list("2026-01-01"), program.succeed(&["places", "list"]));
    assert!(
        program.fail(&["places", "list", "--as-of", "2017-12-31"]).contains("no classifier was imported")
    );
    let said = program.fail(&["places", "import", "old.csv", "--as-of", "2020-01-01"]);
    assert!(said.contains("later day") && said.contains("nothing was changed"), "{said}");
}

#[test]
fn what_is_not_the_classifier_changes_nothing() {
    let program = Program::new();
    for (content, why) in
        [("a,b\n1,2\n", "te, name_kaz and name_rus"), ("te,name_kaz,name_rus\n", "has no region")]
    {
        program.file("kato.csv", content);
        let said = program.fail(&["places", "import", "kato.csv", "--as-of", "2026-01-01"]);
        assert!(said.contains(why), "{said}");
    }
    assert!(!program.data().exists());
    assert_eq!(program.succeed(&["places", "list"]).lines().count(), 20, "the regions are built in");
}

#[test]
fn a_question_about_the_region_needs_nothing_and_stands_in_one_order_in_all_languages() {
    let program = Program::new();
    program.file("d.json", &asks_for_place(1));
    let regions = options(&program.succeed(&["expand", "d.json"]));
    assert_eq!(regions.len(), 20);
    let expected = json!({"code": 100_000_000,
        "text": {"kk": "Абай облысы", "ru": "область Абай", "en": "Abai Region"}});
    assert_eq!(regions[0], expected);
    assert!(program.succeed(&["publish", "d.json"]).starts_with("published"));
    let server = program.serve();
    let published = server.client.get("/api/v1/surveys/small").body;
    assert_eq!(options(&published), regions);
}

#[test]
fn a_question_about_districts_and_settlements_needs_the_import_and_keeps_its_places() {
    let program = Program::new();
    program.file("d.json", &asks_for_place(3));
    for command in ["publish", "expand"] {
        let said = program.fail(&[command, "d.json"]);
        assert!(
            said.contains("pages[0].questions[1].levels: ") && said.contains("qulaq places import"),
            "{said}"
        );
    }
    workbook(&program, "kato.xlsx", ROWS);
    program.succeed(&["places", "import", "kato.xlsx", "--as-of", "2026-01-01"]);
    program.succeed(&["expand", "d.json", "-o", "out.json"]);
    let expanded = fs::read_to_string(program.directory.path().join("out.json")).unwrap();
    let names: Vec<(i64, Option<i64>)> = options(&expanded)
        .iter()
        .map(|option| (option["code"].as_i64().unwrap(), option["within"].as_i64()))
        .collect();
    assert_eq!(
        names,
        [
            (750_000_000, None),
            (610_000_000, None),
            (751_210_000, Some(750_000_000)),
            (613_900_000, Some(610_000_000)),
            (611_600_000, Some(610_000_000)),
            (613_930_100, Some(613_900_000)),
        ]
    );
    let said = program.succeed(&["publish", "d.json"]);
    let again = program.succeed(&["publish", "out.json"]);
    assert_eq!(again, format!("already {said}"), "expanding is what publishing does");
}
