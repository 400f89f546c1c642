//! For each rule of the gate, changes to a sound survey that shut somebody out and changes that nearly do.

use super::cases::{Case, TRUST, WHY, asking, called, coded, first, grid, options, set};
use serde_json::{Value, json};

/// Each rule with documents that are refused and documents that are not.
pub(super) fn cases() -> Vec<Case> {
    let mut cases = words();
    cases.extend(labels());
    cases.extend(pictures());
    cases.extend(grids_and_languages());
    cases
}

fn words() -> Vec<Case> {
    let every = |text: &str| json!({"kk": text, "ru": "Что?", "en": "What?"});
    vec![(
        "no-words",
        vec![
            asking("kk", "—"),
            asking("ru", "?!"),
            set(&format!("{TRUST}/options/0/text/ru"), json!("👍")),
            set(&format!("{WHY}/hint"), every("…")),
            set("/title/en", json!("***")),
            illustrated("image", &json!({"kk": "-", "ru": "Парк", "en": "A park"})),
        ],
        vec![
            asking("kk", "1?"),
            asking("kk", "Неге? 👍"),
            first(&json!({"type": "number", "unit": {"kk": "₸", "ru": "₸", "en": "₸"}})),
        ],
    )]
}

fn labels() -> Vec<Case> {
    let alternately = |one: &str, other: &str| {
        let options = json!([
            {"code": 1, "text": "Да", "show_if": one}, {"code": 2, "text": "Да", "show_if": other}, {"code": -5, "text": "?1"}
        ]);
        let mut change = set("/pages/0/questions/0", json!({"name": "age", "type": "number", "text": "Жас"}));
        change.push((
            WHY.to_owned(),
            json!({"name": "first", "type": "single", "text": "Не?", "options": options}),
        ));
        change
    };
    let ordinal = |texts: &[&str], ordinal: bool| {
        first(&json!({"type": "single", "ordinal": ordinal, "options": called(texts)}))
    };
    let line = |kind: &str, more: Value| {
        let mut fields = json!({"type": kind});
        fields.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        first(&fields)
    };
    vec![
        (
            "repeated-option",
            vec![
                options(&["Да", "да "]),
                options(&["Да.", "Да"]),
                first(&json!({"type": "grid", "rows": called(&["Жол", "жол"]), "options": coded(&[1])})),
                alternately("age > 1", "age > 1"),
            ],
            vec![options(&["Да", "Да, но"]), options(&["5", "5+"]), alternately("age > 1", "age <= 1")],
        ),
        (
            "bare-numbers",
            vec![
                line("nps", json!({})),
                line("scale", json!({"from": 1, "to": 5, "low": "Нашар-1"})),
                ordinal(&["1", "2", "3"], true),
            ],
            vec![
                line("scale", json!({"from": 1, "to": 5, "low": "Нашар-1", "high": "Жақсы-1"})),
                ordinal(&["1 – нашар", "2", "3 – жақсы"], true),
                ordinal(&["1", "2", "3"], false),
            ],
        ),
    ]
}

/// A note with a medium of this kind, whose file is there.
fn illustrated(kind: &str, alt: &Value) -> Vec<(String, Value)> {
    let medium = json!({"kind": kind, "src": "img_20.png", "alt": alt});
    first(&json!({"type": "note", "media": [medium]}))
}

fn pictures() -> Vec<Case> {
    let alt = |text: &str| illustrated("image", &json!({"kk": "Саябақ", "ru": text, "en": "A park"}));
    let card = |text: &str, about: Option<&str>| {
        let mut card = json!({"code": 1, "text": text, "image": {"src": "img_20.png", "alt": "Саябақ"}});
        if let Some(about) = about {
            card["about"] = json!(about);
        }
        first(&json!({"type": "cards", "options": [card]}))
    };
    vec![
        (
            "no-alternative",
            vec![
                alt("img_20.png"),
                alt("img_20"),
                alt("park.JPG"),
                alt("Фото"),
                alt("рисунок 2"),
                alt("Видео, аудио"),
            ],
            vec![alt("Парк"), alt("Фото парка"), alt("Парк на gov.kz")],
        ),
        (
            "words-in-picture",
            vec![
                card("Picture 1", None),
                card("Сурет А", None),
                asking("ru", "vopros.png"),
                asking("kk", "DSC_0001"),
            ],
            vec![
                card("Picture 1", Some("A park")),
                card("Фото", None),
                asking("ru", "Рисунок 2"),
                asking("kk", "gov.kz?"),
            ],
        ),
    ]
}

fn grids_and_languages() -> Vec<Case> {
    let codes: Vec<i64> = (1..=15).collect();
    let tagged = |tag: &str| {
        let mut change = set("/languages", json!([tag]));
        let plain = json!({"name": "why", "type": "text", "text": "Неге?"});
        change.push(("/pages/0/questions".to_owned(), json!([plain])));
        change.extend(
            ["title", "agency", "notice", "thanks"].map(|field| (format!("/{field}"), json!("Пікір"))),
        );
        change
    };
    vec![
        (
            "grid-too-wide",
            vec![grid("grid", &codes, &json!({})), grid("grid_multi", &codes, &json!({}))],
            vec![grid("grid", &codes[..14], &json!({}))],
        ),
        ("no-such-language", vec![tagged("kz"), tagged("ua")], vec![tagged("kk"), tagged("uk")]),
    ]
}
