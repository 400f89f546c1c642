//! Every file of words is whole, and says what it says in the way of its language.

use super::*;

/// Keys that a language leaves out when it does not need them.
const AS_NEEDED: [&str; 3] = ["_months_alone", "_order", "_ordinals"];

fn placeholders(text: &str) -> Vec<&str> {
    let mut names: Vec<&str> = text.split('{').skip(1).filter_map(|part| part.split('}').next()).collect();
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
            let rule = words.get(if key == "_ordinal" { "_ordinals" } else { "_plural" });
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
                    if key == "_ordinal" { words.ordinal(number) } else { words.count(key, number, &[]) };
                assert!(said.contains(&number.to_string()) || number == 0 && said != *key, "{tag}: {said}");
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
    assert_eq!(words.fill("k", &[("q", "a {max} b".to_owned()), ("max", "3".to_owned())]), "«a {max} b»: 3!");
}

/// All texts of a file, with their keys, without its data.
fn said(words: &Words) -> impl Iterator<Item = (&String, &str)> {
    let words = words.0.iter().filter(|(key, _)| !key.starts_with('_'));
    words.flat_map(|(key, value)| texts(value).into_iter().map(move |(_, text)| (key, text)))
}

#[test]
fn a_noun_after_a_number_is_declined_in_russian_and_stays_as_it_is_in_kazakh() {
    let left = |lang: &str, number| of(lang).count("characters_left", number, &[]);
    for (number, noun) in [
        (1, "1 символ"),
        (2, "2 символа"),
        (5, "5 символов"),
        (11, "11 символов"),
        (21, "21 символ"),
        (22, "22 символа"),
        (112, "112 символов"),
        (1200, "1\u{a0}200 символов"),
    ] {
        assert_eq!(left("ru", number), format!("Можно написать ещё {noun}"));
    }
    assert_eq!(
        [1, 2, 112].map(|number| left("kk", number)),
        ["Тағы 1 таңба жаза аласыз", "Тағы 2 таңба жаза аласыз", "Тағы 112 таңба жаза аласыз"]
    );
    assert_eq!(
        [1, 21].map(|number| left("en", number)),
        ["You have 1 character left", "You have 21 characters left"]
    );
    assert_eq!(
        [0, 1].map(|number| of("kk").count("remaining", number, &[])),
        ["Таңдауға болатын жауаптардың бәрін таңдадыңыз", "Тағы 1 жауап таңдай аласыз"]
    );
}

/// A Latin `i` in a Kazakh word looks right, and is neither found nor read out as one.
#[test]
fn no_word_mixes_cyrillic_with_latin_letters_that_look_alike() {
    for lang in ["kk", "ru"] {
        let words = of(lang);
        for (key, text) in said(&words) {
            let own = text
                .split('{')
                .map(|part| part.split_once('}').map_or(part, |(_, rest)| rest))
                .collect::<String>();
            let latin =
                own.split_whitespace().filter(|word| word.contains(|c: char| c.is_ascii_alphabetic()));
            for word in latin {
                assert_eq!(word, "name@example.com", "{lang}.{key}");
            }
        }
    }
}

/// A Russian date ends with a stop of its own.
#[test]
fn a_date_is_never_followed_by_a_second_stop() {
    for (tag, json) in LANGUAGES {
        let words = Words::read(json);
        let stops = words.get("_date").ends_with('.');
        for (key, text) in said(&words).filter(|_| stops) {
            let doubled = ["{date}.", "{min}.", "{max}."].iter().any(|end| text.contains(end));
            assert!(!doubled, "{tag}.{key}: {text}");
        }
    }
}

#[test]
fn nothing_blames_and_nothing_begs() {
    let english = of("en");
    // "Please" stands where it is part of a fixed expression that every survey uses.
    for (key, text) in said(&english).filter(|(key, _)| *key != "other") {
        for avoided in ["please", "sorry", "valid", "wrong", "forbidden", "error occurred", "field"] {
            assert!(!text.to_lowercase().contains(avoided), "{key}: {text}");
        }
    }
}
