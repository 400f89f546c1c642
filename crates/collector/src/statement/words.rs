//! The words of statements, one file a language beside this one: apart from those of the interface, which every citizen
//! downloads.

use qulaq::Words;
use serde_json::{Map, Value};

/// The languages that there are statements in. The first serves for a language that has none.
pub(super) const LANGUAGES: [(&str, &str); 3] =
    [("kk", include_str!("kk.json")), ("ru", include_str!("ru.json")), ("en", include_str!("en.json"))];

/// The language of a statement for readers of this one.
pub(crate) fn language(lang: &str) -> &'static str {
    let base = lang.split('-').next().unwrap_or_default();
    let find = |tag: &str| LANGUAGES.iter().find(|(known, _)| *known == tag);
    find(lang).or_else(|| find(base)).map_or(LANGUAGES[0].0, |(tag, _)| *tag)
}

/// The words of a statement with what the language says about itself: plurals, dates, lists.
pub(super) fn of(lang: &str) -> Words {
    let lang = language(lang);
    let read = |list: &[(&str, &str)]| -> Map<String, Value> {
        let file = list.iter().find(|(tag, _)| *tag == lang).map_or("{}", |(_, json)| *json);
        serde_json::from_str(file).unwrap_or_default()
    };
    let mut words = read(qulaq::words::LANGUAGES);
    words.retain(|key, _| key.starts_with('_'));
    words.extend(read(&LANGUAGES));
    Words::from_value(Value::Object(words))
}
