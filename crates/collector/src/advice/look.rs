//! What only eyes can make out: colours and places, signs, capitals, marks that are shown as they were typed, words in
//! pictures.

use crate::written::Found;
use crate::written::walk::{Document, Role, Text, Words};
use crate::written::word::{has_phrase, listed, words};
use serde_json::Value;

/// Texts that tell somebody what to do.
const TELLING: [Role; 4] = [Role::Question, Role::Hint, Role::Notice, Role::Title];

type Lists = &'static [(&'static str, &'static [&'static str])];

/// Beginnings of the names of colours.
const COLOURS: Lists = &[
    ("kk", &["жасыл", "қызыл", "көк", "сары"]),
    ("ru", &["зелен", "зелён", "красн", "син", "желт", "жёлт"]),
    ("en", &["green", "red", "blue", "yellow"]),
];

/// Beginnings of the names of what is on a screen. A colour elsewhere («зелёные насаждения») is what is asked about.
const CONTROLS: Lists = &[
    ("kk", &["түйме", "батырма", "өріс", "сілтеме", "жолақ", "белгі"]),
    ("ru", &["кнопк", "пол", "ссылк", "рамк", "кружк", "кружок", "значк", "значок", "строк"]),
    ("en", &["button", "field", "link", "box", "circle", "icon", "tick"]),
];

const PLACES: Lists = &[
    ("kk", &["оң жақта", "оң жақтағы", "сол жақта", "сол жақтағы"]),
    ("ru", &["справа", "слева"]),
    (
        "en",
        &["on the right", "on the left", "to the right", "to the left", "right-hand side", "left-hand side"],
    ),
];

/// Words in capitals at least, one after another, that are shouted.
const SHOUTED: usize = 3;

/// A word this long is no abbreviation.
const LONG_WORD: usize = 5;

/// Words with which an alternative says that the picture is text.
const OF_TEXT: Lists = &[
    ("kk", &["скриншот", "сканер", "мәтін", "жазу", "кесте", "хабарландыру"]),
    ("ru", &["скриншот", "скан", "текст", "надпись", "таблица", "объявление", "слайд"]),
    ("en", &["screenshot", "scan", "text", "table", "slide", "leaflet", "poster"]),
];

/// Characters in an alternative beyond which it is no description of a picture any more.
const LONGEST_ALTERNATIVE: usize = 250;

/// Words at least that a transcript is made of.
const LEAST_OF_TRANSCRIPT: usize = 5;

/// A colour or a place on the screen, which who does not see it cannot follow.
pub(super) fn colour_or_place(document: &Document<'_>) -> Vec<Found> {
    let found = document.words(&TELLING).filter_map(|text| {
        let said = words(text.text);
        let seen = coloured_control(&said, text.lang).or_else(|| {
            let place = listed(PLACES, text.lang).find(|place| has_phrase(&said, place))?;
            Some((*place).to_owned())
        })?;
        let message = format!(
            "points with “{seen}”: who does not see it, or sees it elsewhere on a telephone, cannot follow. Call the \
             thing by its name."
        );
        Some(Found::in_words(text, message))
    });
    found.collect()
}

/// A colour with a control within the two words after it.
fn coloured_control(said: &[String], lang: Option<&str>) -> Option<String> {
    let begins = |word: &String, lists| listed(lists, lang).any(|stem: &&str| word.starts_with(*stem));
    (0..said.len()).filter(|at| begins(&said[*at], COLOURS)).find_map(|at| {
        let next = &said[at + 1..said.len().min(at + 3)];
        let control = next.iter().find(|word| begins(word, CONTROLS))?;
        Some(format!("{} {control}", said[at]))
    })
}

/// A star for a required question, which nobody explains and a screen reader calls "star".
pub(super) fn asterisk(document: &Document<'_>) -> Vec<Found> {
    let stars = |text: &str| text.matches('*').count() == 1;
    let found = document.words(&[Role::Question, Role::Hint, Role::Title]).filter(|text| stars(text.text));
    let message = "has an asterisk: questions that may be left out are marked “(optional)”, and the others are not \
                   marked. Take it away and set `\"required\": true`.";
    found.map(|text| Found::in_words(text, message)).collect()
}

/// Words in capitals, which are read letter by letter.
pub(super) fn capitals(document: &Document<'_>) -> Vec<Found> {
    let all = document.texts.iter().flat_map(|text| &text.each);
    let message = "shouts in capitals: words without the shape of their letters are read slower, and screen readers \
                   may spell them. Write it in small letters.";
    all.filter(|text| shouts(text.text)).map(|text| Found::in_words(text, message)).collect()
}

fn shouts(text: &str) -> bool {
    let (mut run, mut long) = (0, false);
    for word in text.split_whitespace() {
        let letters = word.chars().filter(|letter| letter.is_alphabetic()).count();
        let shouted = letters > 1 && !word.chars().any(char::is_lowercase);
        long = shouted && (long || letters >= LONG_WORD);
        run = if shouted { run + 1 } else { 0 };
        if run >= SHOUTED && long {
            return true;
        }
    }
    false
}

/// HTML or Markdown, which is shown as it was typed.
pub(super) fn markup(document: &Document<'_>) -> Vec<Found> {
    let all = document.texts.iter().flat_map(|text| &text.each);
    let found = all.filter_map(|text| {
        let mark = mark(text.text)?;
        let message = format!(
            "has “{mark}”, which is shown as it is typed: a text is plain. Take it away; in `notice` and `thanks` an \
             empty line starts a paragraph."
        );
        Some(Found::in_words(text, message))
    });
    found.collect()
}

fn mark(text: &str) -> Option<&str> {
    let tag = || {
        let tags = text.match_indices('<').filter_map(|(at, _)| text.get(at..=at + text[at..].find('>')?));
        tags.into_iter()
            .find(|tag| tag[1..].trim_start_matches('/').starts_with(|c: char| c.is_ascii_alphabetic()))
    };
    let markdown = ["**", "](http", "](/", "&nbsp;", "&amp;", "&quot;", "```"];
    tag().or_else(|| markdown.into_iter().find(|mark| text.contains(mark)))
}

/// A picture of words: they grow with no letters, change with no colours, and are read by no machine.
pub(super) fn text_in_picture(document: &Document<'_>) -> Vec<Found> {
    let pictures =
        document.texts.iter().filter(|text| text.role == Role::Alternative && medium(text) == "image");
    let found = pictures.flat_map(|text| &text.each).filter_map(|text| {
        let length = text.text.chars().count();
        let why = match words(text.text).into_iter().find(|word| listed(OF_TEXT, text.lang).any(|it| it == word)) {
            Some(word) => format!("the alternative says “{word}”"),
            None if length > LONGEST_ALTERNATIVE => format!("the alternative has {length} characters"),
            None => return None,
        };
        let message = format!(
            "seems to be of a picture with text in it ({why}): it cannot be enlarged or read out as text can. Write \
             these words into the question, its hint or a `note`, and let the picture only illustrate them."
        );
        Some(Found::in_words(text, message))
    });
    found.collect()
}

/// A transcript that can hardly be one.
pub(super) fn short_transcript(document: &Document<'_>) -> Vec<Found> {
    let heard =
        |text: &&Text<'_>| text.role == Role::Alternative && ["audio", "video"].contains(&medium(text));
    let is_short = |text: &&Words<'_>| words(text.text).len() < LEAST_OF_TRANSCRIPT;
    let found = document.texts.iter().filter(heard).flat_map(|text| &text.each).filter(is_short);
    let message = "is short for what is said in it: who cannot hear reads here every word that is spoken, and what is \
                   to be heard and seen besides. A silent video needs what it shows.";
    found.map(|text| Found::in_words(text, message)).collect()
}

/// What an alternative stands for; the picture of a card says nothing of its kind.
fn medium<'a>(text: &Text<'a>) -> &'a str {
    text.within.get("kind").and_then(Value::as_str).unwrap_or("image")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_in_a_row_do_not_shout() {
        assert!(shouts("ОБЯЗАТЕЛЬНО ЗАПОЛНИТЕ ВСЕ поля"));
        assert!(!shouts("ЦОН, ЕНПФ, ФСМС и другие"));
        assert!(!shouts("МИНИСТЕРСТВО и ДЕПАРТАМЕНТ"));
    }

    #[test]
    fn a_sign_between_numbers_is_no_tag() {
        assert_eq!(mark("жас < 18 немесе > 62"), None);
        assert_eq!(mark("очень <b>важно</b>"), Some("<b>"));
        assert_eq!(mark("см. [сайт](https://gov.kz)"), Some("](http"));
    }
}
