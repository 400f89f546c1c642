//! How a question is put: one thing at a time, without a push towards an answer, short, and never for what says who
//! somebody is.

use crate::written::Found;
use crate::written::walk::{Document, Role, Words};
use crate::written::word::{has_phrase, listed, sentences, words};

/// Words at most in a question, and in a sentence of what is read before and after.
const MOST_WORDS: usize = 20;

/// A question this short can hardly ask for two things.
const LEAST_WORDS: usize = 5;

type Lists = &'static [(&'static str, &'static [&'static str])];

const AND: Lists =
    &[("kk", &["және", "сондай-ақ"]), ("ru", &["и", "а также"]), ("en", &["and", "and also", "as well as"])];

/// Before an "and" these make one thing of two.
const BETWEEN: Lists = &[("kk", &["арасында"]), ("ru", &["между"]), ("en", &["between", "both"])];

/// After an "and" these say no more than how many: "three and more".
const AND_MORE: Lists = &[
    ("kk", &["одан"]),
    ("ru", &["более", "больше", "выше", "меньше", "менее", "старше"]),
    ("en", &["above", "less", "more", "older", "over", "under"]),
];

const NOT: Lists = &[
    ("kk", &["емес"]),
    ("ru", &["не", "нет", "нельзя"]),
    ("en", &["not", "never", "cannot", "don't", "doesn't", "didn't", "isn't", "wasn't", "won't", "wouldn't"]),
];

/// Words that have their "not" inside.
const NOT_INSIDE: Lists = &[
    ("ru", &["недоступно", "невозможно", "недостаточно", "неудобно", "непонятно", "несогласны"]),
    (
        "en",
        &[
            "disagree",
            "dissatisfied",
            "impossible",
            "inaccessible",
            "inconvenient",
            "unable",
            "unavailable",
            "unclear",
            "unfair",
            "unhappy",
            "unlikely",
            "unnecessary",
            "unsafe",
            "unsatisfied",
            "without",
        ],
    ),
];

const LEADING: Lists = &[
    (
        "kk",
        &[
            "деп ойламайсыз ба",
            "келіспейсіз бе",
            "дегенге келісесіз бе",
            "дегенмен келісесіз бе",
            "рас емес пе",
        ],
    ),
    (
        "ru",
        &[
            "согласны ли вы что",
            "вы согласны что",
            "не правда ли",
            "не считаете ли вы",
            "не кажется ли вам",
            "не думаете ли вы",
            "разве",
        ],
    ),
    (
        "en",
        &[
            "don't you",
            "do you not",
            "wouldn't you",
            "wouldn't it",
            "shouldn't",
            "isn't it",
            "aren't you",
            "do you agree that",
            "would you agree that",
            "surely",
            "how much do you agree that",
        ],
    ),
];

/// What says who somebody is.
const PERSONAL: Lists = &[
    (
        "kk",
        &["жсн", "паспорт нөмірі", "паспорт нөміріңіз", "телефон нөмірі", "телефон нөміріңіз", "аты-жөніңіз"],
    ),
    (
        "ru",
        &[
            "иин",
            "номер паспорта",
            "номер телефона",
            "номер удостоверения",
            "ваше фио",
            "фио",
            "паспортные данные",
        ],
    ),
    (
        "en",
        &[
            "iin",
            "passport number",
            "phone number",
            "telephone number",
            "identity number",
            "id number",
            "full name",
        ],
    ),
];

/// A question that two things are asked in: who would answer them differently cannot answer.
pub(super) fn double_barrelled(document: &Document<'_>) -> Vec<Found> {
    let asked = document.words(&[Role::Question]).filter(|text| text.text.contains('?'));
    let found = asked.filter_map(|text| {
        let said = words(text.text);
        let and = listed(AND, text.lang).find(|and| joins(&said, and))?;
        let more = |more: &&str| has_phrase(&said, &format!("{and} {more}"));
        let one = listed(BETWEEN, text.lang).any(|word| said.iter().any(|said| said == word))
            || listed(AND_MORE, text.lang).any(more);
        let message = format!(
            "joins two things with “{and}”: who would answer one of them otherwise than the other cannot answer. Ask \
             for one thing, or make two questions."
        );
        (!one && said.len() >= LEAST_WORDS).then(|| Found::in_words(text, message))
    });
    found.collect()
}

/// Whether the phrase stands between other words.
fn joins(said: &[String], phrase: &str) -> bool {
    said.len() > 2 && has_phrase(&said[1..said.len() - 1], phrase)
}

/// A question with two negatives, whose "yes" nobody can be sure of.
pub(super) fn two_negatives(document: &Document<'_>) -> Vec<Found> {
    let found = document.words(&[Role::Question]).filter(|text| {
        let said = words(text.text);
        let count = |lists| {
            let list: Vec<&str> = listed(lists, text.lang).copied().collect();
            said.iter().filter(|word| list.contains(&word.as_str())).count()
        };
        count(NOT) + count(NOT_INSIDE) >= 2
    });
    let message = "has two negatives: it is not clear what “yes” would mean. Say it without “not”.";
    found.map(|text| Found::in_words(text, message)).collect()
}

/// A question that says which answer is wanted.
pub(super) fn leading_question(document: &Document<'_>) -> Vec<Found> {
    let found = document.words(&[Role::Question]).filter_map(|text| {
        // A statement to agree with, which "that" introduces, is found without its comma.
        let said = words(text.text);
        let phrase = listed(LEADING, text.lang).find(|phrase| has_phrase(&said, phrase))?;
        let message = format!(
            "leads to an answer with “{phrase}”: more people will agree than do. Ask neutrally (“How …?”, “What do you \
             think about …?”), with the answers on both sides."
        );
        Some(Found::in_words(text, message))
    });
    found.collect()
}

/// A question that is forgotten at its end.
pub(super) fn long_question(document: &Document<'_>) -> Vec<Found> {
    let found =
        document.words(&[Role::Question]).filter_map(|text| too_long(text, text.text, "the question"));
    found.collect()
}

/// A sentence that nobody reads to its end, where people learn what they agree to.
pub(super) fn long_sentence(document: &Document<'_>) -> Vec<Found> {
    let found = document.words(&[Role::Notice]).flat_map(|text| {
        sentences(text.text).into_iter().filter_map(|sentence| {
            let begin: Vec<&str> = sentence.split_whitespace().take(3).collect();
            too_long(text, sentence, &format!("the sentence “{} …”", begin.join(" ")))
        })
    });
    found.collect()
}

fn too_long(text: &Words<'_>, sentence: &str, called: &str) -> Option<Found> {
    let count = words(sentence).len();
    let message = format!(
        "{called} has {count} words, and {MOST_WORDS} are what can be kept in mind. Make two sentences of it, or leave \
         out what is known."
    );
    (count > MOST_WORDS).then(|| Found::in_words(text, message))
}

/// Free text that asks who somebody is.
pub(super) fn personal_data(document: &Document<'_>) -> Vec<Found> {
    // Who takes a kind that is made for an address asks for it openly; `not-anonymous` looks at what is promised.
    let typed = |kind: &str| ["text", "number", "code"].contains(&kind);
    let questions = document.texts.iter().filter(|text| text.role == Role::Question && typed(text.kind));
    let found = questions.flat_map(|text| &text.each).filter_map(|text| {
        let said = words(text.text);
        let phrase = listed(PERSONAL, text.lang).find(|phrase| has_phrase(&said, phrase))?;
        let message = format!(
            "asks for “{phrase}”, which says who somebody is: a survey must not. Ask for what you need to compare \
             (a region, an age group), and see docs/privacy.md."
        );
        Some(Found::in_words(text, message))
    });
    found.collect()
}
