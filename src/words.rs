//! Words of the interface: one file a language in `public/words/`, the same keys in each. Beside its words a file has,
//! under keys with an underscore, what [`crate::locale`] needs to write numbers, dates and lists.

use crate::locale;
use serde_json::{Map, Value};

/// The words of one language.
#[derive(Clone, Debug, Default)]
pub struct Words(Map<String, Value>);

impl Words {
    /// Reads a file of words, a JSON object. Words that cannot be read are empty rather than an error, because a form
    /// with gaps serves better than none; a test reads the files that are shipped.
    #[cfg(any(feature = "ssr", test))]
    #[must_use]
    pub fn read(json: &str) -> Self {
        Self(serde_json::from_str(json).unwrap_or_default())
    }

    /// Words that are JSON already; none when it is not an object.
    #[must_use]
    pub fn from_value(value: Value) -> Self {
        match value {
            Value::Object(words) => Self(words),
            _ => Self::default(),
        }
    }

    /// The words with this key; the key itself when there are none.
    #[must_use]
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.0.get(key).and_then(Value::as_str).unwrap_or(key)
    }

    /// The words with this key, each `{name}` replaced. What is put in is not searched again.
    #[must_use]
    pub fn fill(&self, key: &str, values: &[(&str, String)]) -> String {
        filled(self.get(key), values)
    }

    /// The words with this key in the form that goes with the number, which is `{n}`.
    #[must_use]
    pub fn count(&self, key: &str, number: i64, values: &[(&str, String)]) -> String {
        self.chosen(key, self.get("_plural"), number, values)
    }

    /// As `count`, by a rule of its own. Words without forms serve for every number; a form "zero" for none at all.
    pub(crate) fn chosen(&self, key: &str, rule: &str, number: i64, values: &[(&str, String)]) -> String {
        let form = |name: &str| self.0.get(key)?.get(name)?.as_str();
        let text = (if number == 0 { form("zero") } else { None })
            .or_else(|| form(locale::form(rule, number)))
            .or_else(|| form("other"))
            .unwrap_or_else(|| self.get(key));
        let mut values = values.to_vec();
        values.push(("n", self.number(&number.to_string())));
        filled(text, &values)
    }

    /// What the file says under this key: words, or what the language needs beside them.
    pub(crate) fn value(&self, key: &str) -> Option<&Value> {
        self.0.get(key)
    }
}

fn filled(text: &str, values: &[(&str, String)]) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, after)) = after.split_once('}') else { break };
        out.push_str(values.iter().find(|(key, _)| *key == name).map_or("", |(_, value)| value));
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Languages written from right to left, by their tags.
const RIGHT_TO_LEFT: [&str; 6] = ["ar", "fa", "he", "ug", "ur", "yi"];

/// `rtl` or `ltr`.
#[must_use]
pub fn direction(lang: &str) -> &'static str {
    let base = lang.split('-').next().unwrap_or_default();
    if RIGHT_TO_LEFT.contains(&base) { "rtl" } else { "ltr" }
}

/// The languages of the interface: adding one is a file and a line. The first serves for a language that has none.
#[cfg(any(feature = "ssr", test))]
pub static LANGUAGES: &[(&str, &str)] = &[
    ("kk", include_str!("../public/words/kk.json")),
    ("ru", include_str!("../public/words/ru.json")),
    ("en", include_str!("../public/words/en.json")),
];

/// The words of a language.
#[cfg(any(feature = "ssr", test))]
#[must_use]
pub fn of(lang: &str) -> Words {
    let base = lang.split('-').next().unwrap_or_default();
    let find = |tag: &str| LANGUAGES.iter().find(|(known, _)| *known == tag);
    find(lang)
        .or_else(|| find(base))
        .or_else(|| LANGUAGES.first())
        .map_or_else(Words::default, |(_, json)| Words::read(json))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Keys that a language leaves out when it does not need them.
    const AS_NEEDED: [&str; 3] = ["_months_alone", "_order", "_places"];

    fn placeholders(text: &str) -> Vec<&str> {
        let mut names: Vec<&str> =
            text.split('{').skip(1).filter_map(|part| part.split('}').next()).collect();
        names.sort_unstable();
        names
    }

    /// All texts under a key: one, or one a form. Nothing is said about the number in the form for none at all.
    fn texts(value: &Value) -> Vec<(&str, &str)> {
        match value {
            Value::Object(forms) => {
                forms.iter().map(|(form, text)| (form.as_str(), text.as_str().unwrap())).collect()
            }
            other => vec![("", other.as_str().unwrap())],
        }
    }

    fn expected<'a>(key: &str, form: &str, first: &'a Words) -> Vec<&'a str> {
        let (_, text) = texts(&first.0[key]).into_iter().find(|(form, _)| *form != "zero").unwrap();
        let mut names = placeholders(text);
        names.retain(|name| form != "zero" || *name != "n");
        names
    }

    /// The keys in the order of the file: each stands on a line of its own.
    fn keys(json: &'static str) -> Vec<&'static str> {
        let keys = json.lines().filter_map(|line| line.strip_prefix("  \"")?.split('"').next());
        keys.filter(|key| !AS_NEEDED.contains(key)).collect()
    }

    #[test]
    fn every_language_has_the_same_keys_in_the_same_order_with_the_same_placeholders() {
        let (_, json) = LANGUAGES[0];
        let (first, order) = (Words::read(json), keys(json));
        assert!(!first.0.is_empty());
        for (tag, json) in LANGUAGES {
            let words = Words::read(json);
            assert_eq!(keys(json), order, "{tag}");
            let known = |key: &&String| !AS_NEEDED.contains(&key.as_str());
            assert_eq!(words.0.keys().filter(known).count(), order.len(), "{tag}: one line a key");
            for (key, value) in words.0.iter().filter(|(key, value)| known(key) && !value.is_array()) {
                for (form, text) in texts(value) {
                    assert_eq!(placeholders(text), expected(key, form, &first), "{tag}.{key}.{form}");
                    assert!(!text.is_empty(), "{tag}.{key}.{form}");
                }
            }
        }
    }

    #[test]
    fn words_that_are_counted_have_every_form_that_the_rule_of_the_language_asks_for() {
        for (tag, json) in LANGUAGES {
            let words = Words::read(json);
            for (key, forms) in words.0.iter().filter_map(|(key, value)| Some((key, value.as_object()?))) {
                let rule = words.get(if key == "_place" { "_places" } else { "_plural" });
                let (_, asked) = locale::RULES.iter().find(|(name, _)| *name == rule).unwrap();
                let mut present: Vec<_> = forms.keys().filter(|form| *form != "zero").collect();
                let mut asked = asked.to_vec();
                present.sort_unstable();
                asked.sort_unstable();
                // Where a noun stays as it is after every number, one form beside that for none says it all.
                assert!(present == asked || present == ["other"], "{tag}.{key}: {present:?}");
            }
        }
    }

    #[test]
    fn every_language_says_what_it_does_with_months_numbers_and_letters() {
        for (tag, json) in LANGUAGES {
            let words = Words::read(json);
            let months = |key: &str| words.value(key).map_or(12, |months| months.as_array().unwrap().len());
            assert_eq!((words.value("_months").is_some(), months("_months")), (true, 12), "{tag}");
            assert_eq!(months("_months_alone"), 12, "{tag}");
            let order: Vec<char> =
                words.value("_order").map_or("", |order| order.as_str().unwrap()).chars().collect();
            for pair in order.chunks(2) {
                assert!(
                    pair[0].to_lowercase().eq([pair[1]]),
                    "{tag}: {pair:?} is no capital with its small letter"
                );
            }
            for json in json.lines() {
                assert!(!json.contains('\u{a0}'), "{tag}: a no-break space that nobody sees: {json}");
            }
        }
    }

    #[test]
    fn the_kazakh_alphabet_has_42_letters() {
        assert_eq!(of("kk").get("_order").chars().count(), 84);
    }

    #[test]
    fn a_number_chooses_the_form_and_is_written_into_it() {
        let words = Words::read(
            r#"{"_plural": "east-slavic", "_group": " ", "k": {"zero": "пусто", "one": "{n} символ", "few": "{n} символа {q}", "many": "{n} символов"}}"#,
        );
        let said = |number| words.count("k", number, &[("q", "здесь".to_owned())]);
        assert_eq!(said(0), "пусто");
        assert_eq!(said(1), "1 символ");
        assert_eq!(said(2), "2 символа здесь");
        assert_eq!(said(5), "5 символов");
        assert_eq!(said(11), "11 символов");
        assert_eq!(said(21), "21 символ");
        assert_eq!(said(1022), "1 022 символа здесь");
        assert_eq!(said(112), "112 символов");
    }

    #[test]
    fn every_number_is_told_in_every_language() {
        for (tag, json) in LANGUAGES {
            let words = Words::read(json);
            for (key, _) in words.0.iter().filter(|(_, value)| value.is_object()) {
                for number in 0..=130 {
                    let said =
                        if key == "_place" { words.place(number) } else { words.count(key, number, &[]) };
                    assert!(
                        said.contains(&number.to_string()) || number == 0 && said != *key,
                        "{tag}: {said}"
                    );
                }
            }
        }
    }

    #[test]
    fn words_without_forms_serve_for_every_number() {
        let words = Words::read(r#"{"_plural": "one-other", "k": "тағы {n} таңба"}"#);
        assert_eq!(words.count("k", 1, &[]), "тағы 1 таңба");
        assert_eq!(words.count("k", 7, &[]), "тағы 7 таңба");
    }

    #[test]
    fn words_that_are_not_there_leave_their_key_and_break_nothing() {
        let words = Words::read(r#"{"months": ["a"], "k": {"few": "x"}}"#);
        assert_eq!((words.get("months"), words.get("none")), ("months", "none"));
        assert_eq!((words.fill("k", &[]), words.count("k", 1, &[])), ("k".to_owned(), "k".to_owned()));
    }

    #[test]
    fn what_is_filled_in_is_not_searched_for_placeholders() {
        let words = Words::read(r#"{"k": "«{q}»: {max}!"}"#);
        assert_eq!(
            words.fill("k", &[("q", "a {max} b".to_owned()), ("max", "3".to_owned())]),
            "«a {max} b»: 3!"
        );
    }
}
