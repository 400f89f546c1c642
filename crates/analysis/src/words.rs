//! Which words and pairs of words open answers have, in how many texts each.
//!
//! Words are compared folded ([`survey::fold`]), so that case and keyboard make no difference, and shown in the spelling
//! that most have used. Endings are left as they are: what a suffix is in Kazakh (*қала, қалаға, қаланың*) begins as
//! another word does often enough (*ала, алаң*) that cutting without a dictionary would put different words together.

use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use survey::fold::fold;

/// Words of so many letters at least are counted, and numbers never.
pub const LEAST_LETTERS: usize = 2;

/// One word or pair.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Word {
    /// As most have written it, in lower case.
    pub word: String,
    /// In how many texts.
    pub texts: u64,
    /// How often altogether.
    pub times: u64,
}

/// The words of texts.
#[derive(Clone, Debug, Default)]
pub struct Words {
    stops: BTreeSet<String>,
    texts: u64,
    words: HashMap<String, Count>,
    pairs: HashMap<String, Count>,
}

#[derive(Clone, Debug, Default)]
struct Count {
    texts: u64,
    times: u64,
    spellings: BTreeMap<String, u64>,
}

impl Words {
    /// No text yet. Words that say nothing by themselves are left out, in Kazakh, Russian and English alike: texts in
    /// one language have words of the others.
    #[must_use]
    pub fn new() -> Self {
        Self { stops: stop_words(), ..Self::default() }
    }

    /// Counts a text; an empty one is none.
    pub fn add(&mut self, text: &str) {
        let mut words = BTreeMap::new();
        let mut pairs = BTreeMap::new();
        let mut has_words = false;
        for phrase in text.split(['.', '!', '?', ';', ':', ',', '(', ')', '\n', '…']) {
            let mut before: Option<(String, String)> = None;
            for spelling in phrase.split(|c| !is_of_word(c)).filter(|word| !word.is_empty()) {
                has_words = true;
                let Some((key, spelling)) = self.counted(spelling) else {
                    before = None;
                    continue;
                };
                if let Some((first, first_spelling)) = &before {
                    note(&mut pairs, format!("{first} {key}"), format!("{first_spelling} {spelling}"));
                }
                note(&mut words, key.clone(), spelling.clone());
                before = Some((key, spelling));
            }
        }
        self.texts += u64::from(has_words);
        take_over(&mut self.words, words);
        take_over(&mut self.pairs, pairs);
    }

    /// Texts counted: the base.
    #[must_use]
    pub fn texts(&self) -> u64 {
        self.texts
    }

    /// The words in at least so many texts, those in the most texts first, then by the alphabet of their folded form.
    #[must_use]
    pub fn words(&self, least: u64) -> Vec<Word> {
        told(&self.words, least)
    }

    /// The pairs of neighbouring words within a phrase, likewise.
    #[must_use]
    pub fn pairs(&self, least: u64) -> Vec<Word> {
        told(&self.pairs, least)
    }

    /// A word folded and in lower case, when it is to be counted.
    fn counted(&self, spelling: &str) -> Option<(String, String)> {
        let key = fold(spelling);
        let letters = key.chars().filter(|c| c.is_alphabetic()).count();
        let spelling = spelling.chars().map(survey::fold::lower).collect();
        (letters >= LEAST_LETTERS && !self.stops.contains(&key)).then_some((key, spelling))
    }
}

fn is_of_word(c: char) -> bool {
    // Marks that combine with a letter belong to its word; folding takes them off.
    c.is_alphanumeric()
        || matches!(c, '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200d}' | '\u{2060}')
}

fn note(counts: &mut BTreeMap<String, Count>, key: String, spelling: String) {
    let count = counts.entry(key).or_default();
    count.times += 1;
    *count.spellings.entry(spelling).or_default() += 1;
}

fn take_over(all: &mut HashMap<String, Count>, of_text: BTreeMap<String, Count>) {
    for (key, own) in of_text {
        let count = all.entry(key).or_default();
        count.texts += 1;
        count.times += own.times;
        for (spelling, times) in own.spellings {
            *count.spellings.entry(spelling).or_default() += times;
        }
    }
}

fn told(counts: &HashMap<String, Count>, least: u64) -> Vec<Word> {
    let mut counts: Vec<(&String, &Count)> =
        counts.iter().filter(|(_, count)| count.texts >= least).collect();
    counts.sort_by(|a, b| (b.1.texts, b.1.times).cmp(&(a.1.texts, a.1.times)).then(a.0.cmp(b.0)));
    let word = |(_, count): (&String, &Count)| {
        // Of spellings used equally often, the last in order: there Kazakh letters stand after the Russian ones.
        let spelling = count.spellings.iter().max_by_key(|(_, times)| **times);
        Word {
            word: spelling.map_or_else(String::new, |(spelling, _)| spelling.clone()),
            texts: count.texts,
            times: count.times,
        }
    };
    counts.into_iter().map(word).collect()
}

/// Words without a meaning of their own, folded.
fn stop_words() -> BTreeSet<String> {
    let lists = [
        include_str!("words/stop/kk.txt"),
        include_str!("words/stop/ru.txt"),
        include_str!("words/stop/en.txt"),
    ];
    lists.iter().flat_map(|list| list.split_whitespace()).map(fold).collect()
}

/// A word in its place: what stands before it, the word as written, and what stands after it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct InContext {
    /// At most so many characters before it.
    pub before: String,
    /// The word.
    pub word: String,
    /// At most so many after it.
    pub after: String,
}

/// Each place of a word in a text with `width` characters around it; compared folded.
#[must_use]
pub fn in_context(text: &str, word: &str, width: usize) -> Vec<InContext> {
    let wanted = fold(word);
    let mut found = Vec::new();
    let mut start = None;
    let ends = text.char_indices().map(|(at, c)| (at, is_of_word(c))).chain([(text.len(), false)]);
    for (at, is_inside) in ends {
        match (start, is_inside) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                start = None;
                if !wanted.is_empty() && fold(&text[from..at]) == wanted {
                    let before: Vec<char> = text[..from].chars().rev().take(width).collect();
                    found.push(InContext {
                        before: before.into_iter().rev().collect(),
                        word: text[from..at].to_owned(),
                        after: text[at..].chars().take(width).collect(),
                    });
                }
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(texts: &[&str]) -> Words {
        let mut words = Words::new();
        texts.iter().for_each(|text| words.add(text));
        words
    }

    #[test]
    fn a_kazakh_word_is_one_word_from_any_keyboard() {
        let words = words(&["Жолдар нашар.", "жолдар НАШАР, жарық жоқ", "Жарык жок", "дороги и дороги"]);
        assert_eq!(words.texts(), 4);
        let told = words.words(1);
        assert_eq!(told[0], Word { word: "жарық".to_owned(), texts: 2, times: 2 });
        let dorogi = told.iter().find(|word| word.word == "дороги").unwrap();
        assert_eq!((dorogi.texts, dorogi.times), (1, 2));
        let pairs: Vec<String> = words.pairs(2).into_iter().map(|pair| pair.word).collect();
        assert_eq!(pairs, ["жарық жоқ", "жолдар нашар"]);
        assert!(words.pairs(1).iter().all(|pair| pair.word != "нашар жарық"));
    }

    #[test]
    fn words_without_a_meaning_of_their_own_are_left_out_in_three_languages() {
        let words = words(&["және мен үшін the road и на не 2026 5"]);
        assert_eq!(words.words(1).iter().map(|word| word.word.as_str()).collect::<Vec<_>>(), ["road"]);
    }

    #[test]
    fn a_word_is_found_with_what_stands_around_it() {
        let found = in_context("Біздің аулада жарық жоқ, көшеде де Жарык жок", "жарық", 7);
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].before.as_str(), found[0].after.as_str()), ("аулада ", " жоқ, к"));
        assert_eq!(found[1].word, "Жарык");
    }

    proptest! {
        #[test]
        fn no_text_breaks_the_count(text in ".*", word in ".{0,4}") {
            let words = words(&[&text]);
            prop_assert!(words.texts() <= 1);
            prop_assert!(words.words(1).iter().all(|word| word.texts == 1 && word.times >= 1));
            let _ = in_context(&text, &word, 5);
        }
    }
}
