//! Words of the collector's own that no citizen downloads: beside those of the interface, a file a language each.

use qulaq::Words;
use serde_json::{Map, Value};

/// The words of the module that says this, in the files `words/kk.json`, `words/ru.json` and `words/en.json` beside it: apart
/// from those of the interface, which every citizen downloads.
macro_rules! words_beside {
    ($of:vis) => {
        /// The same keys in each, in the same order. The first serves for a language that has none.
        pub(super) const LANGUAGES: [(&str, &str); 3] = [
            ("kk", include_str!("words/kk.json")),
            ("ru", include_str!("words/ru.json")),
            ("en", include_str!("words/en.json")),
        ];

        /// The words of a language, or of the one nearest to it, with what the language says about itself.
        $of fn of(lang: &str) -> qulaq::Words {
            crate::words::of(&LANGUAGES, crate::words::nearest(&LANGUAGES, lang))
        }

        #[cfg(test)]
        mod agreement {
            #[test]
            fn every_language_has_the_same_keys_in_the_same_order_with_the_same_placeholders() {
                crate::paper::assert_same_keys(&super::LANGUAGES);
            }
        }
    };
}

pub(crate) use words_beside;

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
