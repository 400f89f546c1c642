//! The words of results, one file a language below this one: apart from those of the interface, which every citizen
//! downloads.

use qulaq::Words;

/// The languages that there are results in, the same keys in each. The first serves for a language that has none.
const LANGUAGES: [(&str, &str); 3] = [
    ("kk", include_str!("words/kk.json")),
    ("ru", include_str!("words/ru.json")),
    ("en", include_str!("words/en.json")),
];

/// What results are called.
pub(crate) fn title(lang: &str) -> String {
    of(lang).get("title").to_owned()
}

/// The words of results with what the language says about itself: numbers and dates.
pub(super) fn of(lang: &str) -> Words {
    let base = lang.split('-').next().unwrap_or_default();
    let lang = LANGUAGES.iter().find(|(tag, _)| *tag == base).map_or(LANGUAGES[0].0, |(tag, _)| *tag);
    crate::words::of(&LANGUAGES, lang)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_the_same_keys_in_the_same_order_with_the_same_placeholders() {
        let shape = |json: &str| -> Vec<(String, usize)> {
            let lines = json.lines().filter_map(|line| line.strip_prefix("  \"")?.split_once("\": "));
            lines.map(|(key, text)| (key.to_owned(), text.matches('{').count())).collect()
        };
        let [(_, first), others @ ..] = LANGUAGES;
        for (tag, json) in others {
            assert_eq!(shape(json), shape(first), "{tag}");
        }
        assert!(shape(first).len() > 20);
    }
}
