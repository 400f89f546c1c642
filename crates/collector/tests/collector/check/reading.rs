//! For the rules about reading and about what stands for pictures and sound, changes that call for them and changes that
//! almost do.

use super::cases::{Case, asking, first, set};
use serde_json::{Value, json};

/// Each rule with documents that it is for and documents that are nearly so.
pub(super) fn cases() -> Vec<Case> {
    let notice = |lang: &str, text: &str| set(&format!("/notice/{lang}"), json!(text));
    let hard = "Предоставление государственной услуги осуществляется уполномоченным органом. ".repeat(6);
    let hard_kazakh =
        "Мемлекеттік қызметтердің көрсетілетіндігі жөніндегі мәліметтердің жариялануы. ".repeat(6);
    let hard_english = "Organisational accountability necessitates administrative transparency. ".repeat(8);
    let plain = "Мы спросим вас о приёме. Это займёт две минуты. ".repeat(4);
    let plain_kazakh = "Біз сізден қабылдау туралы сұраймыз. Бұл екі минут алады. ".repeat(4);
    let short = "Предоставление государственной услуги осуществляется уполномоченным органом.";
    vec![
        (
            "hard-to-read",
            vec![
                notice("ru", &hard),
                notice("kk", &hard_kazakh),
                notice("en", &hard_english),
                asking("ru", &hard),
            ],
            vec![notice("ru", &plain), notice("kk", &plain_kazakh), notice("ru", short), asking("ru", short)],
        ),
        (
            "office-words",
            vec![
                notice("ru", "Приём осуществляется ежедневно."),
                notice("kk", "Қабылдау күн сайын жүзеге асырылады."),
                asking("en", "What did you do prior to this?"),
            ],
            vec![
                notice("ru", "Приём идёт каждый день."),
                notice("kk", "Қабылдау күн сайын болады."),
                asking("en", "What is a priority?"),
            ],
        ),
        (
            "text-in-picture",
            vec![
                medium("image", "Таблица цен на проезд"),
                medium("image", &"а".repeat(251)),
                card("Скриншот сайта"),
            ],
            vec![medium("image", "Стол в зале"), medium("image", &"а".repeat(250)), card("Парк")],
        ),
        (
            "short-transcript",
            vec![medium("audio", "Слова акима города"), medium("video", "Аким говорит")],
            vec![
                medium("audio", "Здравствуйте, мы хотим вас спросить"),
                medium("sign", "Вопрос"),
                medium("image", "Парк"),
            ],
        ),
    ]
}

/// A note with a medium whose words in Russian are these.
fn medium(kind: &str, alt: &str) -> Vec<(String, Value)> {
    let src = match kind {
        "image" => "a1.png",
        "audio" => "a1.mp3",
        _ => "a1.mp4",
    };
    let words = "Бес сөзден ұзын қазақша жауап осында";
    let english = "Five words and even more than that";
    let alt = json!({"kk": words, "ru": alt, "en": english});
    first(&json!({"type": "note", "media": [{"kind": kind, "src": src, "alt": alt}]}))
}

fn card(alt: &str) -> Vec<(String, Value)> {
    let card = json!({"code": 1, "text": "Бір", "image": {"src": "a1.png", "alt": {"kk": "Саябақ", "ru": alt, "en": "Park"}}});
    first(&json!({"type": "cards", "options": [card]}))
}
