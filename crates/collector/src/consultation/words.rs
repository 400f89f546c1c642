//! What citizens and reports are told of a consultation, one file a language below this one: apart from the words of the
//! interface, which every citizen downloads.

use crate::clock::Minute;
use crate::day::Days;
use jiff::civil::Date;
use qulaq::Words;

/// The languages, the same keys in each. The first serves for a language that has none.
const LANGUAGES: [(&str, &str); 3] = [
    ("kk", include_str!("words/kk.json")),
    ("ru", include_str!("words/ru.json")),
    ("en", include_str!("words/en.json")),
];

/// The words in a language.
pub(crate) fn of(lang: &str) -> Words {
    crate::words::of(&LANGUAGES, crate::words::nearest(&LANGUAGES, lang))
}

/// A day in words.
pub(crate) fn day(words: &Words, day: Date) -> String {
    words.date(day.year().into(), day.month().into(), day.day().into())
}

/// The day of a minute, in words; nothing for one that no calendar has.
pub(crate) fn day_of(words: &Words, days: &Days, minute: Minute) -> String {
    days.of(minute).map(|date| day(words, date)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::assert_same_keys;

    #[test]
    fn every_language_has_the_same_keys_in_the_same_order_with_the_same_placeholders() {
        assert_same_keys(&LANGUAGES);
    }
}
