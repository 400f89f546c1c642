//! `qulaq check`: where each fault stands in the file, and what an author is advised, by documents that need the advice
//! and documents that almost do.

use crate::support::{Program, definition};
use serde_json::{Value, json};

/// A survey that there is nothing to say about.
fn sound() -> Value {
    json!({
        "format": 1,
        "id": "visit",
        "languages": ["kk", "ru", "en"],
        "title": {"kk": "Қабылдау туралы пікір", "ru": "Отзыв о приёме", "en": "Your visit"},
        "agency": {"kk": "Аудан әкімдігі", "ru": "Акимат района", "en": "District akimat"},
        "notice": {"kk": "Екі минут алады.", "ru": "Займёт две минуты.", "en": "It takes two minutes."},
        "thanks": {"kk": "Рақмет.", "ru": "Спасибо.", "en": "Thank you."},
        "pages": [{"id": "p1", "questions": [
            {
                "name": "trust", "type": "single", "ordinal": true, "required": true,
                "text": {"kk": "Әкімдікке сенесіз бе?", "ru": "Доверяете ли вы акимату?", "en": "Do you trust the akimat?"},
                "options": [
                    {"code": 1, "text": {"kk": "Сенемін", "ru": "Доверяю", "en": "Yes"}},
                    {"code": 2, "text": {"kk": "Сенбеймін", "ru": "Не доверяю", "en": "No"}},
                    {"code": -5, "text": {"kk": "Білмеймін", "ru": "Не знаю", "en": "I do not know"}}
                ]
            },
            {
                "name": "why", "type": "text",
                "text": {"kk": "Неге?", "ru": "Почему?", "en": "Why?"}
            }
        ]}]
    })
}

const TRUST: &str = "/pages/0/questions/0";
const WHY: &str = "/pages/0/questions/1";

/// What a document has that a sound one has not: values by their JSON pointers; `null` takes the field away.
type Change = Vec<(String, Value)>;

fn changed(change: &Change) -> Value {
    let mut document = sound();
    for (pointer, value) in change {
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        match document.pointer_mut(parent).unwrap() {
            Value::Object(fields) if value.is_null() => _ = fields.remove(name),
            Value::Object(fields) => _ = fields.insert(name.to_owned(), value.clone()),
            Value::Array(items) => items[name.parse::<usize>().unwrap()] = value.clone(),
            other => panic!("{pointer} leads into {other}"),
        }
    }
    document
}

/// The question «why» with another text in one language.
fn asking(lang: &str, text: &str) -> Change {
    vec![(format!("{WHY}/text/{lang}"), json!(text))]
}

fn set(pointer: &str, value: Value) -> Change {
    vec![(pointer.to_owned(), value)]
}

fn options(texts: &[&str]) -> Change {
    let options = texts.iter().enumerate().map(|(code, text)| json!({"code": code, "text": {"kk": format!("{code}-жауап"), "ru": text, "en": format!("Answer {code}")}}));
    let mut options: Vec<Value> = options.collect();
    options.push(sound().pointer(&format!("{TRUST}/options/2")).unwrap().clone());
    set(&format!("{TRUST}/options"), Value::Array(options))
}

fn multi(exclusive: bool) -> Change {
    set(
        TRUST,
        json!({
            "name": "used", "type": "multi", "required": true, "text": {"kk": "Не?", "ru": "Что?", "en": "What?"},
            "options": [
                {"code": 1, "text": {"kk": "Жол", "ru": "Дорога", "en": "Road"}},
                {"code": 97, "exclusive": exclusive, "text": {"kk": "Ештеңе", "ru": "Ничего", "en": "None"}}
            ]
        }),
    )
}

fn many(count: usize) -> Change {
    let texts: Vec<String> = (0..count).map(|number| format!("Номер {number}")).collect();
    options(&texts.iter().map(String::as_str).collect::<Vec<_>>())
}

fn questions(count: usize, required: bool) -> Change {
    let question = |number: usize| {
        json!({"name": format!("q{number}"), "type": "text", "required": required || number > 0,
            "text": {"kk": "Неге?", "ru": "Почему?", "en": "Why?"}})
    };
    set("/pages/0/questions", (0..count).map(question).collect())
}

/// Each rule with documents that it is for and documents that are nearly so.
fn cases() -> Vec<(&'static str, Vec<Change>, Vec<Change>)> {
    let mut cases = wording();
    cases.extend(scales_and_options());
    cases.extend(languages_and_looks());
    cases.extend(whole());
    cases
}

fn wording() -> Vec<(&'static str, Vec<Change>, Vec<Change>)> {
    let words = |count: usize| format!("{}?", vec!["слово"; count].join(" "));
    vec![
        (
            "double-barrelled",
            vec![
                asking("kk", "Дәрігердің білімі және сыпайылығы сізге ұнады ма?"),
                asking("ru", "Удобно ли вам место и время приёма?"),
                asking("en", "Was the staff quick and polite today?"),
            ],
            vec![
                asking("ru", "Как далеко между домом и школой?"),
                asking("ru", "Опишите место и время приёма"),
                asking("en", "Why and how?"),
            ],
        ),
        (
            "two-negatives",
            vec![
                asking("kk", "Қызмет жақсы емес емес пе?"),
                asking("ru", "Вы не против не платить сразу?"),
                asking("en", "Do you not think it is unfair?"),
            ],
            vec![asking("ru", "Что вам не понравилось?"), asking("en", "What was not under control?")],
        ),
        (
            "leading-question",
            vec![
                asking("kk", "Жолдар жақсарды деп ойламайсыз ба?"),
                asking("ru", "Согласны ли вы, что дороги стали лучше?"),
                asking("en", "Don't you agree?"),
            ],
            vec![asking("ru", "Насколько вы согласны с решением?"), asking("en", "Do you agree with it?")],
        ),
        ("long-question", vec![asking("ru", &words(21))], vec![asking("ru", &words(20))]),
        (
            "long-sentence",
            vec![set("/notice/ru", json!(format!("Да. {}", words(21))))],
            vec![set("/notice/ru", json!(format!("{} {}", words(20), words(20))))],
        ),
        (
            "personal-data",
            vec![asking("kk", "ЖСН жазыңыз"), asking("ru", "Ваш ИИН"), asking("en", "Your phone number?")],
            vec![
                asking("ru", "Как вы получили паспорт?"),
                set(
                    &format!("{WHY}/hint"),
                    json!({"kk": "ЖСН жазбаңыз", "ru": "Не пишите ИИН", "en": "No IIN"}),
                ),
                set(&format!("{TRUST}/text/ru"), json!("Знаете ли вы свой ИИН?")),
            ],
        ),
    ]
}

fn scales_and_options() -> Vec<(&'static str, Vec<Change>, Vec<Change>)> {
    let required = |value: bool| set(&format!("{TRUST}/required"), json!(value));
    let without = |mut change: Change| {
        change.push((
            format!("{TRUST}/options/2"),
            json!({"code": 3, "text": {"kk": "Үш", "ru": "Три", "en": "Three"}}),
        ));
        change
    };
    vec![
        (
            "unbalanced-scale",
            vec![
                options(&["Отлично", "Хорошо", "Плохо"]),
                options(&["Полностью согласен", "Скорее согласен", "Согласен отчасти", "Не согласен"]),
            ],
            vec![
                options(&["Доволен", "Ни доволен, ни недоволен", "Недоволен"]),
                options(&["Согласен", "Отчасти согласен", "Не согласен"]),
                options(&["Часто", "Редко", "Никогда"]),
            ],
        ),
        ("no-do-not-know", vec![without(required(true))], vec![without(required(false)), required(true)]),
        ("no-none-of-these", vec![multi(false)], vec![multi(true)]),
        ("many-options", vec![many(15)], vec![many(14)]),
        ("repeated-option", vec![options(&["Да", "да "])], vec![options(&["Да", "Да, но"])]),
    ]
}

fn languages_and_looks() -> Vec<(&'static str, Vec<Change>, Vec<Change>)> {
    vec![
        (
            "same-in-two-languages",
            vec![
                asking("en", "Почему?")
                    .into_iter()
                    .chain(asking("ru", "Почему так?"))
                    .chain(asking("en", "Почему так?"))
                    .collect(),
            ],
            vec![
                [asking("kk", "«Ер Төстік» 2"), asking("ru", "«Ер Төстік» 2")].concat(),
                [asking("kk", "Телефон"), asking("ru", "Телефон")].concat(),
            ],
        ),
        ("mixed-letters", vec![asking("kk", "Бiлiм қандай?")], vec![asking("kk", "IT-білім, PDFке ме?")]),
        (
            "not-kazakh",
            vec![asking("kk", "Почему вам не понравилась услуга")],
            vec![asking("kk", "Почему?"), asking("kk", "Чат-бот немесе мессенджер болды ма")],
        ),
        (
            "colour-or-place",
            vec![
                asking("en", "Press the green button"),
                asking("ru", "Нажмите зелёную кнопку"),
                asking("kk", "Жасыл түймені басыңыз"),
                asking("ru", "Выберите вариант справа"),
                asking("kk", "Оң жақта не тұр"),
            ],
            vec![
                asking("ru", "Хватает ли зелёных насаждений?"),
                asking("kk", "Жасыл желек жете ме?"),
                asking("en", "Is the right person there?"),
            ],
        ),
        ("asterisk", vec![asking("ru", "Почему?*")], vec![asking("ru", "Почему?")]),
        (
            "capitals",
            vec![asking("ru", "ПОЧЕМУ ВЫ ТАК думаете?")],
            vec![asking("ru", "Были ли вы в ЦОН, ЕНПФ, ФСМС?")],
        ),
        (
            "markup",
            vec![asking("ru", "<b>Почему</b>?"), asking("en", "**Why**?")],
            vec![asking("ru", "Почему 1 < 2 и 3 > 2")],
        ),
    ]
}

fn whole() -> Vec<(&'static str, Vec<Change>, Vec<Change>)> {
    let empty = |field: &str| vec![set(&format!("/{field}"), Value::Null)];
    let filled = || vec![Vec::new()];
    vec![
        ("no-agency", empty("agency"), filled()),
        ("no-notice", empty("notice"), filled()),
        ("no-thanks", empty("thanks"), filled()),
        ("all-required", vec![questions(3, true)], vec![questions(3, false), questions(2, true)]),
        ("long-page", vec![questions(11, false)], vec![questions(10, false)]),
    ]
}

/// The lines of the check of these documents, as programs get them.
fn lines(program: &Program, arguments: &[&str]) -> Vec<Value> {
    let output = program.run(arguments);
    let printed = String::from_utf8(output.stdout).unwrap();
    printed.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn each_rule_speaks_of_what_it_is_for_and_is_silent_about_what_is_nearly_so() {
    let program = Program::new();
    let mut names = Vec::new();
    for (code, bad, good) in cases() {
        for (kind, changes) in [("bad", bad), ("good", good)] {
            for (number, change) in changes.iter().enumerate() {
                let name = format!("{code}.{kind}.{number}.json");
                program.file(&name, &changed(change).to_string());
                names.push((name, code, kind == "bad"));
            }
        }
    }
    let mut arguments = vec!["check", "--format", "json"];
    arguments.extend(names.iter().map(|(name, ..)| name.as_str()));
    let lines = lines(&program, &arguments);
    for (name, code, wanted) in &names {
        let of_file: Vec<&Value> = lines.iter().filter(|line| line["file"] == name.as_str()).collect();
        let said = of_file.iter().any(|line| line["code"] == *code);
        assert_eq!(said, *wanted, "{name}: {of_file:?}");
        assert!(of_file.iter().all(|line| line["severity"] == "warning"), "{name} is not sound: {of_file:?}");
    }
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
