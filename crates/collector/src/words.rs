//! Words of the collector's own that no citizen downloads: beside those of the interface, a file a language each.

use qulaq::Words;
use serde_json::{Map, Value};

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
