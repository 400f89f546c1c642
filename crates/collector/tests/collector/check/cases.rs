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
        "contact": {"phone": "1414"},
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

pub(super) const TRUST: &str = "/pages/0/questions/0";
pub(super) const WHY: &str = "/pages/0/questions/1";

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
pub(super) fn asking(lang: &str, text: &str) -> Change {
    vec![(format!("{WHY}/text/{lang}"), json!(text))]
}

pub(super) fn set(pointer: &str, value: Value) -> Change {
    vec![(pointer.to_owned(), value)]
}

pub(super) fn options(texts: &[&str]) -> Change {
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

/// The first question with these fields.
pub(super) fn first(fields: &Value) -> Change {
    let mut question = json!({"name": "first", "text": {"kk": "Не?", "ru": "Что?", "en": "What?"}});
    question.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    set(TRUST, question)
}

/// Options with these codes.
pub(super) fn coded(codes: &[i64]) -> Vec<Value> {
    let option = |code: &i64| json!({"code": code, "text": {"kk": format!("Жауап {code}"), "ru": format!("Ответ {code}"), "en": format!("Answer {code}")}});
    codes.iter().map(option).collect()
}

/// Options that read so in every language.
pub(super) fn called(texts: &[&str]) -> Vec<Value> {
    texts.iter().enumerate().map(|(code, text)| json!({"code": code, "text": text})).collect()
}

/// A required question of a kind that brings its answers along, with these beside them.
fn required(kind: &str, codes: &[i64]) -> Change {
    let options = if codes.is_empty() { json!({}) } else { json!({"options": coded(codes)}) };
    let mut fields = options.as_object().unwrap().clone();
    if kind == "nps" {
        fields.extend([("low".to_owned(), json!("0")), ("high".to_owned(), json!("10"))]);
    }
    fields.insert("type".to_owned(), json!(kind));
    fields.insert("required".to_owned(), json!(true));
    first(&Value::Object(fields))
}

pub(super) fn grid(kind: &str, columns: &[i64], fields: &Value) -> Change {
    let mut grid = json!({"type": kind, "rows": coded(&[1, 2])});
    if !columns.is_empty() {
        grid["options"] = coded(columns).into();
    }
    grid.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    first(&grid)
}

/// Somebody is asked for an address after being told this.
fn told(kind: &str, lang: &str, notice: &str) -> Change {
    let mut change = first(&json!({"type": kind}));
    change.push((format!("/notice/{lang}"), json!(notice)));
    change
}

fn questions(count: usize, required: bool) -> Change {
    let question = |number: usize| {
        json!({"name": format!("q{number}"), "type": "text", "required": required || number > 0,
            "text": {"kk": "Неге?", "ru": "Почему?", "en": "Why?"}})
    };
    set("/pages/0/questions", (0..count).map(question).collect())
}

/// Parts of responses in a survey of one page, with another field that is set.
fn partials(flag: &str) -> Change {
    vec![("/partials".to_owned(), json!(true)), (format!("/{flag}"), json!(true))]
}

/// A rule, what it is for and what is nearly so.
pub(super) type Case = (&'static str, Vec<Change>, Vec<Change>);

/// Each rule with documents that it is for and documents that are nearly so.
pub(super) fn cases() -> Vec<Case> {
    let mut cases = wording();
    cases.extend(scales_and_options());
    for more in [ways_out(), lists(), orders(), promises()] {
        cases.extend(more);
    }
    cases.extend(languages_and_looks());
    cases.extend(whole());
    cases.extend(super::reading::cases());
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
    let must = |value: bool| set(&format!("{TRUST}/required"), json!(value));
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
                options(&["Немного трудно", "Трудно", "Очень сложно"]),
                options(&["Полностью согласен", "Скорее согласен", "Согласен отчасти", "Не согласен"]),
            ],
            vec![
                options(&["Доволен", "Ни доволен, ни недоволен", "Недоволен"]),
                options(&["Согласен", "Отчасти согласен", "Не согласен"]),
                options(&["Часто", "Редко", "Никогда"]),
                options(&["Не трудно", "Немного трудно", "Очень трудно", "Очень сложно"]),
            ],
        ),
        ("no-do-not-know", vec![without(must(true))], vec![without(must(false)), must(true)]),
        ("no-none-of-these", vec![multi(false)], vec![multi(true)]),
        ("many-options", vec![many(15)], vec![many(14)]),
    ]
}

fn ways_out() -> Vec<Case> {
    let yes = json!({"required": true});
    let no = json!({});
    let inner = |required: bool| {
        let what = json!({"name": "what", "type": "yes_no", "required": required, "text": {"kk": "Не?", "ru": "Что?", "en": "What?"}});
        first(&json!({"type": "group", "questions": [what]}))
    };
    vec![
        (
            "no-do-not-know",
            vec![
                required("agreement", &[-2]),
                required("rating", &[]),
                required("nps", &[]),
                required("yes_no", &[]),
                required("dropdown", &[1, 2]),
                required("lookup", &[1, 2]),
                grid("grid", &[1, 2], &yes),
                inner(true),
            ],
            vec![
                required("agreement", &[-5]),
                required("yes_no", &[-6]),
                required("dropdown", &[1, -5]),
                grid("grid", &[1, -5], &yes),
                grid("grid", &[1, 2], &no),
                grid("statements", &[], &yes),
                required("consent", &[]),
                required("text", &[]),
                inner(false),
            ],
        ),
        ("no-none-of-these", vec![grid("grid_multi", &[1, 2], &yes)], vec![grid("grid_multi", &[1, 2], &no)]),
    ]
}

fn lists() -> Vec<Case> {
    let no = json!({});
    let list = |kind: &str, count: i64| {
        first(&json!({"type": kind, "options": coded(&(1..=count).collect::<Vec<_>>())}))
    };
    vec![
        (
            "many-options",
            vec![list("multi", 16)],
            vec![list("multi", 15), list("dropdown", 30), list("lookup", 30)],
        ),
        (
            "wide-grid",
            vec![
                grid("grid", &[1, 2, 3, 4, 5, -5], &no),
                grid("grid_multi", &[1, 2, 3, 4, 5, 6], &no),
                grid("statements", &[-2, -5, -6], &no),
            ],
            vec![grid("grid", &[1, 2, 3, 4, -5], &no), grid("statements", &[-2, -5], &no)],
        ),
    ]
}

fn orders() -> Vec<Case> {
    let towns = ["Абай", "Арал", "Балқаш", "Жезді", "Орал", "Риддер"];
    let shuffled = |kind: &str, list: &str, texts: &[&str], fields: Value| {
        let mut question = json!({"type": kind, "shuffle": true, list: called(texts)});
        question.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        first(&question)
    };
    let mixed = ["Орал", "Арал", "Балқаш", "Жезді", "Абай", "Риддер"];
    let defaults = |kind: &str, value: Value| first(&json!({"type": kind, "default": value}));
    vec![
        (
            "chosen-before",
            vec![
                defaults("yes_no", json!(1)),
                defaults("consent", json!([1])),
                defaults("rating", json!(5)),
                grid("grid", &[1, 2], &json!({"default": {"1": 2}})),
            ],
            vec![defaults("number", json!(1)), defaults("text", json!("…"))],
        ),
        (
            "shuffled-order",
            vec![
                shuffled("single", "options", &["Жиі", "Сирек"], json!({"ordinal": true})),
                shuffled("multi", "options", &towns, json!({})),
                shuffled("grid", "rows", &towns, json!({"options": coded(&[1, 2])})),
            ],
            vec![
                shuffled("grid", "rows", &mixed, json!({"options": coded(&[1, 2]), "ordinal": true})),
                shuffled("multi", "options", &mixed, json!({})),
                shuffled("multi", "options", &towns[..5], json!({})),
            ],
        ),
    ]
}

fn promises() -> Vec<Case> {
    vec![(
        "not-anonymous",
        vec![
            told("email", "kk", "Сауалнама жасырын."),
            told("phone", "ru", "Опрос анонимный: имя не хранится."),
            told("phone", "en", "Answers stay anonymous."),
        ],
        vec![
            told("email", "kk", "Сауалнама жасырын емес."),
            told("email", "ru", "Опрос не анонимный."),
            told("phone", "en", "This is not anonymous."),
            told("text", "ru", "Опрос анонимный."),
        ],
    )]
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
    let contact = |contact: &Value| {
        let mut change = questions(4, false);
        change.push(("/contact".to_owned(), contact.clone()));
        change
    };
    let empty = |field: &str| vec![set(&format!("/{field}"), Value::Null)];
    let filled = || vec![Vec::new()];
    vec![
        ("no-agency", empty("agency"), filled()),
        ("no-notice", empty("notice"), filled()),
        (
            "no-phone",
            vec![contact(&Value::Null), contact(&json!({"email": "a@b.kz"}))],
            vec![contact(&json!({"phone": "1414"})), set("/contact", Value::Null)],
        ),
        ("no-thanks", empty("thanks"), filled()),
        ("all-required", vec![questions(3, true)], vec![questions(3, false), questions(2, true)]),
        ("long-page", vec![questions(11, false)], vec![questions(10, false)]),
        (
            "partials-of-one-page",
            vec![partials("drafts")],
            vec![partials("review"), set("/partials", json!(false))],
        ),
    ]
}
