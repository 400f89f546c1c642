//! Words of the collector's own that no citizen downloads: beside those of the interface, a file a language each.

use qulaq::Words;
use serde_json::{Map, Value};

/// The language among these files for readers of another: that one, that of a wider tag (`kk` for `kk-Latn`), or the first.
pub(crate) fn nearest<'a>(files: &[(&'a str, &str)], lang: &str) -> &'a str {
    let base = lang.split('-').next().unwrap_or_default();
    let find = |tag: &str| files.iter().find(|(known, _)| *known == tag).map(|(known, _)| *known);
    find(lang).or_else(|| find(base)).or(files.first().map(|(first, _)| *first)).unwrap_or_default()
}

/// The words of a language among these files, with what the language says about itself: plurals, dates, lists. The first
/// file serves for a language that has none.
pub(crate) fn of(files: &[(&str, &str)], lang: &str) -> Words {
    let read = |list: &[(&str, &str)]| -> Map<String, Value> {
        let file = list.iter().find(|(tag, _)| *tag == lang).or(files.first());
        file.and_then(|(_, json)| serde_json::from_str(json).ok()).unwrap_or_default()
    };
    let mut words = read(qulaq::words::LANGUAGES);
    words.retain(|key, _| key.starts_with('_'));
    words.extend(read(files));
    Words::from_value(Value::Object(words))
}
