//! What a language does with numbers, dates, lists and the alphabet. The rules are data, the keys with an underscore in
//! `public/words/`; here is only what has to be computed. The browser's own `Intl` is not asked: not every browser knows
//! Kazakh, and the collector has none.

use crate::words::Words;
use serde_json::Value;
use std::cmp::Ordering;

/// The forms that each rule for plurals tells apart. A language with a new rule adds it here and in [`form`].
#[cfg(test)]
pub(crate) const RULES: &[(&str, &[&str])] = &[
    ("none", &["other"]),
    ("one-other", &["one", "other"]),
    ("east-slavic", &["one", "few", "many"]),
    ("english-ordinals", &["one", "two", "few", "other"]),
];

/// The form that a whole number takes by a rule.
pub(crate) fn form(rule: &str, number: i64) -> &'static str {
    let number = number.unsigned_abs();
    // Eleven to fourteen end like one to four, and are not spoken like them.
    let teen = (11..=14).contains(&(number % 100));
    match (rule, number % 10) {
        ("one-other", _) if number == 1 => "one",
        ("east-slavic", 1) if !teen => "one",
        ("east-slavic", 2..=4) if !teen => "few",
        ("east-slavic", _) => "many",
        ("english-ordinals", 1) if !teen => "one",
        ("english-ordinals", 2) if !teen => "two",
        ("english-ordinals", 3) if !teen => "few",
        _ => "other",
    }
}

impl Words {
    /// A plain number such as `-1234567.89`, as this language writes it. Other text is given back as it is.
    #[must_use]
    pub fn number(&self, plain: &str) -> String {
        let (sign, size) = plain.strip_prefix('-').map_or(("", plain), |size| ("-", size));
        let (whole, places) =
            size.split_once('.').map_or((size, None), |(whole, places)| (whole, Some(places)));
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(whole) || !places.is_none_or(digits) {
            return plain.to_owned();
        }
        let mut out = sign.to_owned();
        for (index, digit) in whole.chars().enumerate() {
            if index > 0 && (whole.len() - index).is_multiple_of(3) {
                out.push_str(self.get("_group"));
            }
            out.push(digit);
        }
        if let Some(places) = places {
            out.push_str(self.get("_decimal"));
            out.push_str(places);
        }
        out
    }

    /// A plain number of percent.
    #[must_use]
    pub fn percent(&self, plain: &str) -> String {
        self.fill("_percent", &[("n", self.number(plain))])
    }

    /// A plain number of tenge.
    #[must_use]
    pub fn money(&self, plain: &str) -> String {
        self.fill("_money", &[("n", self.number(plain))])
    }

    /// A place in a ranking, such as `1st`.
    #[must_use]
    pub fn ordinal(&self, number: i64) -> String {
        self.chosen("_ordinal", self.get("_ordinals"), number, &[])
    }

    /// A day. Months count from 1; the name of one that does not exist is empty.
    #[must_use]
    pub fn date(&self, year: i64, month: i64, day: i64) -> String {
        let month = self.item("_months", month);
        self.fill("_date", &[("y", year.to_string()), ("month", month.to_owned()), ("d", day.to_string())])
    }

    /// A month of a year.
    #[must_use]
    pub fn month(&self, year: i64, month: i64) -> String {
        // Only where the name of a month beside a day is declined.
        let alone = self.item("_months_alone", month);
        let month = if alone.is_empty() { self.item("_months", month) } else { alone };
        self.fill("_month_year", &[("y", year.to_string()), ("month", month.to_owned())])
    }

    /// `A, B and C`.
    #[must_use]
    pub fn list(&self, items: &[String]) -> String {
        self.joined("_list_and", items)
    }

    /// `A, B or C`.
    #[must_use]
    pub fn list_or(&self, items: &[String]) -> String {
        self.joined("_list_or", items)
    }

    fn joined(&self, last: &str, items: &[String]) -> String {
        let mut out = items.first().cloned().unwrap_or_default();
        for (index, item) in items.iter().enumerate().skip(1) {
            let pattern = if index + 1 == items.len() { last } else { "_list" };
            out = self.fill(pattern, &[("a", out), ("b", item.clone())]);
        }
        out
    }

    /// The text in the quotation marks of the language.
    #[must_use]
    pub fn quoted(&self, text: &str) -> String {
        self.fill("_quote", &[("q", text.to_owned())])
    }

    /// The order of two texts by the alphabet of the language, capitals beside their small letters. Signs and digits
    /// come first, then this alphabet, then the letters of others.
    #[must_use]
    pub fn compare(&self, a: &str, b: &str) -> Ordering {
        let order = self.value("_order").and_then(Value::as_str).unwrap_or_default();
        let (mut left, mut right) = (a.chars(), b.chars());
        loop {
            match (left.next(), right.next()) {
                // Texts that differ in capitals alone: the small letter first. Small letters have higher numbers.
                (None, None) => return b.cmp(a),
                // A long list has many equal beginnings, which need no look at the alphabet.
                (one, other) if one == other => {}
                (one, other) => {
                    let rank = |letter: Option<char>| letter.map(|letter| rank(order, letter));
                    let found = rank(one).cmp(&rank(other));
                    if found != Ordering::Equal {
                        return found;
                    }
                }
            }
        }
    }

    fn item(&self, key: &str, number: i64) -> &str {
        let items = self.value(key).and_then(Value::as_array);
        let index = usize::try_from(number).ok().and_then(|number| number.checked_sub(1));
        items.zip(index).and_then(|(items, index)| items.get(index)?.as_str()).unwrap_or_default()
    }
}

/// Where a character stands: its group, and its place there. The alphabet is written as pairs, capital and small, so
/// that the module needs no table of capitals.
fn rank(order: &str, letter: char) -> (u8, usize) {
    if let Some(place) = order.chars().position(|known| known == letter) {
        return (1, place / 2);
    }
    let small = letter.to_ascii_lowercase();
    (if small.is_ascii() && !small.is_ascii_lowercase() { 0 } else { 2 }, small as usize)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::of;

    fn sorted(lang: &str, text: &str) -> String {
        let words = of(lang);
        let mut items: Vec<&str> = text.split(' ').collect();
        items.sort_by(|a, b| words.compare(a, b));
        items.join(" ")
    }

    #[test]
    fn numbers_are_written_as_the_language_writes_them() {
        for (lang, expected) in
            [("kk", "-1\u{a0}234\u{a0}567,89"), ("ru", "-1\u{a0}234\u{a0}567,89"), ("en", "-1,234,567.89")]
        {
            assert_eq!(of(lang).number("-1234567.89"), expected, "{lang}");
        }
        let kk = of("kk");
        assert_eq!(kk.number("999"), "999");
        assert_eq!(kk.number("1000"), "1\u{a0}000");
        assert_eq!(kk.number("0.5"), "0,5");
        assert_eq!(kk.percent("46"), "46%");
        assert_eq!(kk.money("1500.00"), "1\u{a0}500,00\u{a0}₸");
        assert_eq!(of("ru").percent("46"), "46\u{a0}%");
    }

    #[test]
    fn what_is_no_plain_number_stays_as_it_is() {
        for text in ["", "-", "1e9", "1.", ".5", "1.2.3", "--1", "бес", "1 000"] {
            assert_eq!(of("kk").number(text), text);
        }
    }

    #[test]
    fn russian_nouns_follow_the_last_digits_and_kazakh_nouns_stay_singular() {
        let forms = [
            (0, "many"),
            (1, "one"),
            (2, "few"),
            (5, "many"),
            (11, "many"),
            (12, "many"),
            (21, "one"),
            (22, "few"),
            (112, "many"),
            (-1, "one"),
        ];
        for (number, expected) in forms {
            assert_eq!(form("east-slavic", number), expected, "{number}");
            assert_eq!(
                form("one-other", number),
                if number.abs() == 1 { "one" } else { "other" },
                "{number}"
            );
        }
    }

    #[test]
    fn dates_begin_with_the_year_in_kazakh_and_with_the_day_in_russian_and_english() {
        let dates = [
            ("kk", "2026 ж. 5 наурыз", "2026 ж. наурыз"),
            ("ru", "5 марта 2026 г.", "март 2026 г."),
            ("en", "5 March 2026", "March 2026"),
        ];
        for (lang, date, month) in dates {
            assert_eq!(of(lang).date(2026, 3, 5), date);
            assert_eq!(of(lang).month(2026, 3), month);
        }
        assert_eq!(of("en").date(2026, 13, 5), "5  2026");
        assert_eq!(of("en").date(2026, i64::MIN, 5), "5  2026");
    }

    #[test]
    fn a_list_has_its_conjunction_before_the_last_item() {
        let items: Vec<String> = ["А", "Б", "В"].map(str::to_owned).into();
        assert_eq!(of("kk").list(&items), "А, Б және В");
        assert_eq!(of("kk").list_or(&items[..2]), "А не Б");
        assert_eq!(of("ru").list_or(&items), "А, Б или В");
        assert_eq!(of("en").list(&items[..2]), "А and Б");
        assert_eq!(of("en").list(&items[..1]), "А");
        assert_eq!(of("en").list(&[]), "");
    }

    #[test]
    fn places_are_counted_in_words_of_the_language() {
        let places = |lang: &str, numbers: &[i64]| {
            numbers.iter().map(|number| of(lang).ordinal(*number)).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(
            places("en", &[1, 2, 3, 4, 11, 12, 13, 21, 112]),
            "1st 2nd 3rd 4th 11th 12th 13th 21st 112th"
        );
        assert_eq!(places("kk", &[1, 6]), "1-орын 6-орын");
        assert_eq!(places("ru", &[1, 6]), "1-е место 6-е место");
    }

    #[test]
    fn quotation_marks_are_those_of_the_language() {
        assert_eq!(of("kk").quoted("Жол"), "«Жол»");
        assert_eq!(of("en").quoted("Road"), "“Road”");
    }

    /// The values of ICU 78.
    #[test]
    fn words_are_sorted_by_the_alphabet_of_the_language() {
        let kazakh = "и ивент йод ұн ұстаз үй үн ыстық ін ірі ян";
        assert_eq!(sorted("kk", "ян ірі ін ыстық үн үй ұстаз ұн йод ивент и"), kazakh);
        assert_eq!(sorted("ru", kazakh), "и ивент ін ірі йод үй үн ұн ұстаз ыстық ян");
    }

    #[test]
    fn capitals_stand_beside_small_letters_and_other_alphabets_at_the_end() {
        assert_eq!(sorted("kk", "zebra Қала 2 әке Ұн 10 қала Алматы"), "10 2 Алматы әке қала Қала Ұн zebra");
        assert_eq!(sorted("ru", "ёлка Ель жук"), "Ель ёлка жук");
        assert_eq!(sorted("en", "b A a B2 B"), "a A b B B2");
    }
}
