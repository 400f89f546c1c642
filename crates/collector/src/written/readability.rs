//! How hard a text is to read, as far as the length of its sentences and words can tell: one published measure a
//! language. Of a short text such a measure says little, see [`LEAST_WORDS`].

use super::word::{sentences, words};

/// A text with fewer words is not measured: one long name would decide.
pub(crate) const LEAST_WORDS: usize = 30;

/// What was measured.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Reading {
    /// The measure, with its source: for authors who want to look it up.
    pub(crate) measure: &'static str,
    /// What came out.
    pub(crate) value: f64,
    /// Up to where a text is plain enough.
    pub(crate) bound: f64,
    /// Whether it is beyond.
    pub(crate) is_hard: bool,
}

/// What is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Counts {
    sentences: usize,
    words: usize,
    syllables: usize,
    long: usize,
}

/// Measures texts of one language together; `None` for a language without a measure, and for few words.
pub(crate) fn reading<'a>(texts: impl IntoIterator<Item = &'a str>, lang: &str) -> Option<Reading> {
    let of_language: fn(Counts) -> Reading = match lang.split('-').next()? {
        "kk" if lang != "kk-latn" => kazakh,
        "ru" => russian,
        "en" => english,
        _ => return None,
    };
    let counts = texts.into_iter().fold(Counts::default(), |counts, text| counts.and(text, lang));
    (counts.words >= LEAST_WORDS).then(|| of_language(counts))
}

/// Flesch-Kincaid grade level: 0.39 · words / sentences + 11.8 · syllables / words − 15.59, the school year of the
/// United States in which the text is understood (Kincaid, Fishburne, Rogers, Chissom: Derivation of New Readability
/// Formulas for Navy Enlisted Personnel, 1975). Nine years of school are what is compulsory nearly everywhere.
fn english(counts: Counts) -> Reading {
    let value = 0.39 * counts.words_a_sentence() + 11.8 * counts.syllables_a_word() - 15.59;
    Reading::up_to(9.0, "Flesch-Kincaid grade", value)
}

/// Reading ease of Flesch with the coefficients of Oborneva for Russian: 206.835 − 1.3 · words / sentences −
/// 60.1 · syllables / words (И. В. Оборнева, 2006). Below 30 a text is, on the scale of Flesch, one for graduates.
fn russian(counts: Counts) -> Reading {
    let value = 206.835 - 1.3 * counts.words_a_sentence() - 60.1 * counts.syllables_a_word();
    Reading { is_hard: value < 30.0, ..Reading::up_to(30.0, "Flesch-Oborneva reading ease", value) }
}

/// LIX: words / sentences + 100 · long words / words (Björnsson, Läsbarhet, 1968), for which more than 50 is hard: the
/// language of offices. A word is long there with more than six letters. Kazakh says with endings what other languages
/// say with words, so that the same text has fewer and longer ones, and a word is long here with more than eight:
/// in the surveys of `examples/`, each in both languages, 19.6 % of the words are long in English (more than six) and
/// 24.0 % in Kazakh (more than eight), in sentences that have 0.70 times as many words. An English text of 20 words a
/// sentence and 30 % of long words has 50; what corresponds to it in Kazakh, 14 and 36.7 %, has 50.7.
fn kazakh(counts: Counts) -> Reading {
    let value = counts.words_a_sentence() + 100.0 * ratio(counts.long, counts.words);
    Reading::up_to(50.0, "LIX with long words of more than 8 letters", value)
}

impl Reading {
    fn up_to(bound: f64, measure: &'static str, value: f64) -> Self {
        Self { measure, value, bound, is_hard: value > bound }
    }
}

impl Counts {
    /// With what another text has. What has no letter, such as a year, is no word that is hard to read.
    fn and(self, text: &str, lang: &str) -> Self {
        let mut counts = self;
        counts.sentences += sentences(text).len();
        for word in words(text).iter().filter(|word| word.chars().any(char::is_alphabetic)) {
            counts.words += 1;
            counts.syllables += if lang.starts_with("en") { english_syllables(word) } else { vowels(word) };
            counts.long += usize::from(word.chars().filter(|letter| letter.is_alphabetic()).count() > 8);
        }
        counts
    }

    fn words_a_sentence(self) -> f64 {
        ratio(self.words, self.sentences)
    }

    fn syllables_a_word(self) -> f64 {
        ratio(self.syllables, self.words)
    }
}

/// A quotient of what was counted.
#[expect(clippy::cast_precision_loss, reason = "nobody writes a text of 2⁵³ words")]
fn ratio(count: usize, of: usize) -> f64 {
    count as f64 / of.max(1) as f64
}

/// In Russian every vowel is a syllable, and there is none without a vowel («в», «к»).
fn vowels(word: &str) -> usize {
    word.chars().filter(|letter| "аеёиоуыэюя".contains(*letter)).count()
}

/// Groups of vowels; a silent "e" at the end is none, unless there is no other.
fn english_syllables(word: &str) -> usize {
    let is_vowel = |letter: char| "aeiouy".contains(letter);
    let letters: Vec<char> = word.chars().filter(|letter| letter.is_alphabetic()).collect();
    let begins = |at: &usize| is_vowel(letters[*at]) && (*at == 0 || !is_vowel(letters[*at - 1]));
    let groups = (0..letters.len()).filter(begins).count();
    // "table" ends in a syllable, "take" does not, nor does "tree" in one of its own.
    let is_silent = matches!(letters[..], [.., before, 'e'] if !is_vowel(before) && before != 'l');
    groups.saturating_sub(usize::from(is_silent)).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The counts of a text of few words.
    fn counted(text: &str, lang: &str) -> Counts {
        Counts::default().and(text, lang)
    }

    fn close(value: f64, expected: f64) -> bool {
        (value - expected).abs() < 0.005
    }

    #[test]
    fn english_by_hand() {
        // The cat sat on the mat (6 words, 6 syllables). It took a lit-tle ta-ble (5 words, 7).
        let counts = counted("The cat sat on the mat. It took a little table.", "en");
        assert_eq!((counts.sentences, counts.words, counts.syllables), (2, 11, 13));
        // 0.39 · 5.5 + 11.8 · 13/11 − 15.59 = 2.145 + 13.9455 − 15.59
        assert!(close(english(counts).value, 0.5005), "{}", english(counts).value);
    }

    #[test]
    fn russian_by_hand() {
        // Ма-ма мы-ла ра-му (3 words, 6 syllables). Мы жи-вём в го-ро-де (4 words, 6).
        let counts = counted("Мама мыла раму. Мы живём в городе.", "ru");
        assert_eq!((counts.sentences, counts.words, counts.syllables), (2, 7, 12));
        // 206.835 − 1.3 · 3.5 − 60.1 · 12/7 = 206.835 − 4.55 − 103.0286
        assert!(close(russian(counts).value, 99.2564), "{}", russian(counts).value);
    }

    #[test]
    fn kazakh_by_hand() {
        // Long: «жауабыңызды» (11), «қызметкерлер» (12); «сақтайды» has 8 and is not.
        let counts = counted("Біз сіздің жауабыңызды оқимыз. Оны қызметкерлер сақтайды.", "kk");
        assert_eq!((counts.sentences, counts.words, counts.long), (2, 7, 2));
        // 7/2 + 100 · 2/7 = 3.5 + 28.5714
        assert!(close(kazakh(counts).value, 32.0714), "{}", kazakh(counts).value);
    }

    #[test]
    fn syllables_of_english_words() {
        for (word, expected) in [
            ("take", 1),
            ("table", 2),
            ("tree", 1),
            ("the", 1),
            ("survey", 2),
            ("accessibility", 6),
            ("people's", 2),
        ] {
            assert_eq!(english_syllables(word), expected, "{word}");
        }
    }

    #[test]
    fn a_text_of_few_words_is_not_measured_and_neither_is_another_language() {
        let words = |count: usize| vec!["слово"; count].join(" ");
        assert!(reading([words(LEAST_WORDS - 1).as_str()], "ru").is_none());
        assert!(reading([words(LEAST_WORDS).as_str()], "ru").is_some());
        assert!(reading([words(15).as_str(), words(15).as_str()], "ru").is_some(), "together");
        assert!(reading([words(100).as_str()], "de").is_none());
        assert!(reading([words(100).as_str()], "kk-latn").is_none());
    }
}
