//! Scales: as many answers on one side as on the other.

use crate::written::Found;
use crate::written::walk::{Document, Question, text_in};
use crate::written::word::words;
use serde_json::Value;
use std::cmp::Ordering;

/// What a language has for the two sides of a scale, as beginnings of words.
struct Sides {
    lang: &'static str,
    good: &'static [&'static str],
    bad: &'static [&'static str],
    /// Words before a good one that make a bad one of it.
    before: &'static [&'static str],
    /// Words after a good one that make a bad one of it.
    after: &'static [&'static str],
    /// Words that put an answer between the sides.
    middle: &'static [&'static str],
}

const SIDES: [Sides; 3] = [
    Sides {
        lang: "kk",
        good: &[
            "қанағаттан",
            "келіс",
            "жақсы",
            "өте жақсы",
            "тамаша",
            "оңай",
            "сенем",
            "сенім",
            "ыңғайлы",
            "түсінікті",
        ],
        bad: &[
            "қанағаттанба",
            "қанағаттанған жоқ",
            "келіспе",
            "жаман",
            "нашар",
            "қиын",
            "сенбе",
            "ыңғайсыз",
            "түсініксіз",
        ],
        before: &[],
        after: &["емес", "жоқ", "жоқпын"],
        middle: &["ішінара", "біршама"],
    },
    Sides {
        lang: "ru",
        good: &[
            "довол",
            "удовлетвор",
            "соглас",
            "хорош",
            "отличн",
            "легк",
            "довер",
            "устро",
            "удобн",
            "понятн",
            "нрав",
        ],
        bad: &[
            "недовол",
            "неудовлетвор",
            "несоглас",
            "плох",
            "ужасн",
            "трудно",
            "сложно",
            "неудобн",
            "непонятн",
        ],
        before: &["не"],
        after: &[],
        middle: &["отчасти", "частично"],
    },
    Sides {
        lang: "en",
        good: &[
            "satisfied",
            "agree",
            "good",
            "excellent",
            "easy",
            "happy",
            "likely",
            "trust",
            "clear",
            "convenient",
        ],
        bad: &[
            "dissatisfied",
            "unsatisfied",
            "disagree",
            "bad",
            "poor",
            "terrible",
            "difficult",
            "hard",
            "unhappy",
            "unlikely",
            "distrust",
            "unclear",
            "inconvenient",
        ],
        before: &["no", "not"],
        after: &[],
        middle: &["partly", "somewhat"],
    },
];

/// Fewer options than these that are on a side make no scale of two sides.
const LEAST: usize = 3;

/// A scale with more answers on one side, which moves what people answer.
pub(super) fn unbalanced(document: &Document<'_>) -> Vec<Found> {
    let scales: Vec<&Question<'_>> =
        document.questions().filter(|question| question.flag("ordinal")).collect();
    let in_language = |sides: &Sides| {
        let found = scales.iter().filter_map(|question| {
            let (good, bad) = count(question.options(), sides);
            // From "not difficult" upwards: how much of one thing there is.
            let by_degree = good == 0 && said(question.options(), sides).any(|text| denies_bad(text, sides));
            let lang = Some(sides.lang.to_owned());
            let message = format!(
                "has {good} answers on the good side and {bad} on the bad one: the longer side draws more people. \
                 Write as many for each, worded alike."
            );
            (good + bad >= LEAST && good != bad && !by_degree).then(|| Found {
                path: format!("{}.options", question.path),
                lang,
                message,
            })
        });
        found.collect::<Vec<_>>()
    };
    let spoken = SIDES.iter().filter(|sides| document.languages.contains(&sides.lang));
    // One report a question: the other languages say the same.
    let mut found: Vec<Found> = spoken.flat_map(in_language).collect();
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found.dedup_by(|a, b| a.path == b.path);
    found
}

/// The texts of the options that are on the scale.
fn said<'a>(options: &'a [Value], sides: &Sides) -> impl Iterator<Item = &'a str> {
    let on_the_scale = options
        .iter()
        .filter(|option| option.get("code").and_then(Value::as_i64).is_some_and(|code| code >= 0));
    on_the_scale.filter_map(|option| text_in(option, "text", sides.lang))
}

/// Whether a bad word is denied: "no difficulty".
fn denies_bad(text: &str, sides: &Sides) -> bool {
    let said = words(text);
    let is_bad = |word: &String| sides.bad.iter().any(|stem| word.starts_with(stem));
    let is = |at: Option<usize>, list: &[&str]| {
        at.and_then(|at| said.get(at)).is_some_and(|word| list.contains(&word.as_str()))
    };
    (0..said.len())
        .any(|at| is_bad(&said[at]) && (is(at.checked_sub(1), sides.before) || is(Some(at + 1), sides.after)))
}

/// How many options are on the good side, and how many on the bad one.
fn count(options: &[Value], sides: &Sides) -> (usize, usize) {
    said(options, sides).map(|text| side(text, sides)).fold((0, 0), |(good, bad), side| match side {
        Ordering::Greater => (good + 1, bad),
        Ordering::Less => (good, bad + 1),
        Ordering::Equal => (good, bad),
    })
}

/// On which side an answer is; "neither satisfied nor dissatisfied" is on none.
fn side(text: &str, sides: &Sides) -> Ordering {
    let said = words(text);
    let begins = |word: &str, list: &[&str]| list.iter().any(|stem| word.starts_with(stem));
    if said.iter().any(|word| sides.middle.contains(&word.as_str())) {
        return Ordering::Equal;
    }
    let (mut good, mut bad) = (false, false);
    for (index, word) in said.iter().enumerate() {
        let is_bad = begins(word, sides.bad);
        // "Not at all satisfied": what denies stands anywhere before.
        let denied = said[..index].iter().any(|word| sides.before.contains(&word.as_str()))
            || said[index + 1..].iter().any(|word| sides.after.contains(&word.as_str()));
        let is_good = !is_bad && begins(word, sides.good);
        bad |= is_bad || is_good && denied;
        good |= is_good && !denied;
    }
    good.cmp(&bad)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sides(lang: usize, texts: &[&str]) -> Vec<Ordering> {
        texts.iter().map(|text| side(text, &SIDES[lang])).collect()
    }

    #[test]
    fn an_answer_is_on_the_side_that_it_says_in_each_language() {
        use Ordering::{Equal, Greater, Less};
        let expected = [Greater, Greater, Equal, Less, Less];
        let kk = [
            "Өте қанағаттандым",
            "Келісемін",
            "Қанағаттандым да, қанағаттанбадым да деп айта алмаймын",
            "Қанағаттанбадым",
            "Мүлде келіспеймін",
        ];
        assert_eq!(sides(0, &kk), expected);
        let ru = [
            "Полностью устроила",
            "Скорее доволен",
            "Ни доволен, ни недоволен",
            "Не устроила",
            "Не согласен",
        ];
        assert_eq!(sides(1, &ru), expected);
        let en = [
            "Agree",
            "Very satisfied",
            "Neither satisfied nor dissatisfied",
            "Disagree",
            "Not at all satisfied",
        ];
        assert_eq!(sides(2, &en), expected);
    }
}
