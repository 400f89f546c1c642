//! A sound survey, and for each rule of advice the changes that call for it and those that almost do.

use serde_json::{Value, json};

/// A survey that there is nothing to say about.
pub(super) fn sound() -> Value {
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
pub(super) type Change = Vec<(String, Value)>;

pub(super) fn changed(change: &Change) -> Value {
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

/// A rule, what it is for and what is nearly so.
pub(super) type Case = (&'static str, Vec<Change>, Vec<Change>);

/// Each rule with documents that it is for and documents that are nearly so.
pub(super) fn cases() -> Vec<Case> {
    let mut cases = wording();
    cases.extend(scales_and_options());
    cases.extend(languages_and_looks());
    cases.extend(whole());
    cases
}

fn wording() -> Vec<Case> {
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
                asking("kk", "Осында бес жыл және одан көп тұрасыз ба?"),
                asking("ru", "Есть ли в семье трое детей и более?"),
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

fn scales_and_options() -> Vec<Case> {
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

fn languages_and_looks() -> Vec<Case> {
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

fn whole() -> Vec<Case> {
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
