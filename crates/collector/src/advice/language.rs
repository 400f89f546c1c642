//! Each language by itself: nothing forgotten, nothing typed with the letters of another.

use crate::written::Found;
use crate::written::walk::{Document, Text, Words};
use crate::written::word::words;

/// Latin letters that look like Cyrillic ones.
const LOOK_ALIKE: &str = "aceopxyiABCEHKMOPTXYIh";

/// Letters that Kazakh has and Russian has not.
const KAZAKH: &str = "әғқңөұүһі";

/// Words of Kazakh that are none of Russian and have none of these letters.
const KAZAKH_WORDS: [&str; 13] =
    ["немесе", "мен", "бен", "пен", "ба", "ма", "бар", "емес", "туралы", "болды", "жасау", "керек", "осы"];

/// A Kazakh text as long as this has one of them.
const LEAST_LETTERS: usize = 20;

/// A text that was copied and then not translated. Single words are left alone: Kazakh and Russian share many.
pub(super) fn same_in_two(document: &Document<'_>) -> Vec<Found> {
    document.texts.iter().flat_map(repeated).collect()
}

fn repeated(text: &Text<'_>) -> Vec<Found> {
    let found = text.each.iter().enumerate().filter_map(|(index, words)| {
        let said = words.text.trim();
        let first = text.each[..index].iter().find(|earlier| earlier.text.trim() == said)?;
        let (lang, other) = (words.lang?, first.lang?);
        let message = format!(
            "is the same in \"{other}\" and \"{lang}\": translate it. If it is a name or a number, write it once, \
             without languages."
        );
        is_translated(said).then(|| Found::in_words(words, message))
    });
    found.collect()
}

/// Whether it would differ between languages: words, neither numbers nor a name in quotes.
fn is_translated(text: &str) -> bool {
    let words = text.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).count();
    let letters = text.chars().filter(|letter| letter.is_alphabetic()).count();
    words > 1 && letters > 3 && !text.starts_with(['«', '"', '“', '‘'])
}

/// A Latin letter in a Cyrillic word, which looks right and is read out wrong.
pub(super) fn mixed_letters(document: &Document<'_>) -> Vec<Found> {
    let all = document.texts.iter().flat_map(|text| &text.each);
    let found = all.filter_map(|text| {
        let (word, letter) = text.text.split(|c: char| !c.is_alphabetic()).find_map(mixed)?;
        let message = format!(
            "has the Latin letter “{letter}” in “{word}”: a screen reader stumbles over it, and a search does not find \
             the word. Type the word again in Cyrillic."
        );
        Some(Found::in_words(text, message))
    });
    found.collect()
}

/// A Cyrillic word whose Latin letters all look like Cyrillic ones, and the first of these. In one with others, such as
/// «PDFке», they are meant.
fn mixed(word: &str) -> Option<(&str, char)> {
    let latin: Vec<char> = word.chars().filter(char::is_ascii_alphabetic).collect();
    let mixed = word.chars().any(is_cyrillic) && latin.iter().all(|letter| LOOK_ALIKE.contains(*letter));
    Some((word, *latin.first().filter(|_| mixed)?))
}

fn is_cyrillic(letter: char) -> bool {
    ('\u{400}'..='\u{52f}').contains(&letter)
}

/// What stands under `kk` and has no letter of its own.
pub(super) fn not_kazakh(document: &Document<'_>) -> Vec<Found> {
    let kazakh = document.texts.iter().flat_map(|text| &text.each).filter(|words| words.lang == Some("kk"));
    let message =
        "has none of the letters ә, ғ, қ, ң, ө, ұ, ү, һ, і: it seems to be Russian. Write it in Kazakh.";
    kazakh.filter(|text| seems_russian(text)).map(|text| Found::in_words(text, message)).collect()
}

fn seems_russian(text: &Words<'_>) -> bool {
    let text = text.text.to_lowercase();
    let count = text.chars().filter(|letter| is_cyrillic(*letter)).count();
    let has_letters = text.chars().any(|letter| KAZAKH.contains(letter));
    count > LEAST_LETTERS
        && !has_letters
        && !words(&text).iter().any(|word| KAZAKH_WORDS.contains(&word.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_latin_letter_that_passes_for_a_cyrillic_one_is_mixed() {
        assert_eq!(mixed("бiлiм"), Some(("бiлiм", 'i')));
        assert_eq!(mixed("білім"), None);
        assert_eq!(mixed("PDFке"), None);
        assert_eq!(mixed("eGov"), None);
    }
}
