//! Pictures, sound and video: real words in their place, and no picture in the place of a question's or an answer's
//! words.
//!
//! Nothing here looks into a picture. Whether one has words painted in it (WCAG 2.2, 1.4.5) cannot be told without
//! reading it, but where the words are missing beside it, they must be in it.

use crate::written::Found;
use crate::written::walk::{Document, Question, Role, Text, Words, text_in};
use crate::written::word::words;
use serde_json::Value;

/// Endings of names of files.
const ENDINGS: [&str; 16] = [
    ".png", ".jpg", ".jpeg", ".webp", ".gif", ".svg", ".bmp", ".heic", ".mp3", ".ogg", ".wav", ".m4a",
    ".mp4", ".webm", ".mov", ".pdf",
];

/// Beginnings of names that cameras, telephones and programs give.
const GIVEN: [&str; 8] = ["img_", "img-", "dsc_", "dsc0", "screenshot_", "screenshot-", "photo_", "image_"];

/// Words that say that there is something, and not what: in Kazakh, Russian and English.
const MEDIA: [&str; 32] = [
    "сурет",
    "фото",
    "фотосурет",
    "бейне",
    "видео",
    "бейнежазба",
    "аудио",
    "дыбыс",
    "кескін",
    "картинка",
    "рисунок",
    "изображение",
    "фотография",
    "фотографии",
    "звук",
    "иллюстрация",
    "ролик",
    "видеоролик",
    "image",
    "picture",
    "photo",
    "photograph",
    "video",
    "audio",
    "sound",
    "illustration",
    "graphic",
    "pic",
    "img",
    "figure",
    "alt",
    "иконка",
];

/// Words that point at a picture, in the forms that pointing needs.
const POINTED_AT: [&str; 21] = [
    "сурет",
    "суретте",
    "суретті",
    "суреттегі",
    "суретке",
    "картинка",
    "картинку",
    "картинке",
    "рисунок",
    "рисунке",
    "рис",
    "фото",
    "изображение",
    "изображении",
    "иллюстрация",
    "picture",
    "photo",
    "image",
    "figure",
    "fig",
    "pic",
];

/// Words beside them that add nothing.
const POINTING: [&str; 14] = [
    "қараңыз",
    "қара",
    "см",
    "смотри",
    "смотрите",
    "на",
    "see",
    "look",
    "at",
    "the",
    "in",
    "№",
    "no",
    "number",
];

/// A medium whose alternative is no words: the name of a file, or “photo”.
pub(super) fn no_alternative(document: &Document<'_>) -> Vec<Found> {
    let alternatives = document.texts.iter().filter(|text| text.role == Role::Alternative);
    alternatives.flat_map(|text| text.each.iter().filter_map(|words| said_of(text, words))).collect()
}

fn said_of(text: &Text<'_>, words: &Words<'_>) -> Option<Found> {
    let source = text.within.get("src").and_then(Value::as_str).unwrap_or_default();
    let message = if is_file(words.text, source) {
        format!(
            "is the name of a file, “{}”: who cannot see or hear it learns nothing. Say what it shows or says.",
            words.text.trim()
        )
    } else if is_generic(words.text) {
        format!(
            "says only that there is something, “{}”. Say what it shows; of sound and video, what is said in it.",
            words.text.trim()
        )
    } else {
        return None;
    };
    Some(Found::in_words(words, message))
}

/// Whether a text is the name of a file: of this one, of one by its ending, or one that a camera gave.
fn is_file(text: &str, source: &str) -> bool {
    let text = text.trim().to_lowercase();
    let source = source.to_lowercase();
    let name = source.rsplit('/').next().unwrap_or_default();
    // A name of letters alone may be a word: `park.jpg` shows a park, and somebody may say no more of it.
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let is_stem = text == stem && !stem.is_empty() && !stem.chars().all(char::is_alphabetic);
    let one = !text.contains(char::is_whitespace);
    is_stem
        || !text.is_empty() && (text == source || text == name)
        || one && ENDINGS.iter().any(|ending| text.len() > ending.len() && text.ends_with(ending))
        || one && GIVEN.iter().any(|beginning| text.starts_with(beginning))
}

fn is_generic(text: &str) -> bool {
    let said = words(text);
    let is_number = |word: &String| word.chars().all(|c| c.is_ascii_digit());
    said.iter().any(|word| MEDIA.contains(&word.as_str()))
        && said.iter().all(|word| MEDIA.contains(&word.as_str()) || is_number(word))
}

/// A question or an answer that is in a picture: its own text only points there, or is the name of the file.
pub(super) fn words_in_picture(document: &Document<'_>) -> Vec<Found> {
    document.questions().flat_map(|question| in_picture(question, &document.languages)).collect()
}

fn in_picture(question: &Question<'_>, languages: &[&str]) -> Vec<Found> {
    let illustrated = is_picture(question.list("media"));
    let mut found = Vec::new();
    for lang in languages {
        let own =
            question.fields.get("text").and_then(|text| text.as_str().or_else(|| text.get(*lang)?.as_str()));
        found.extend(points(own, illustrated, &format!("{}.text", question.path), lang));
        for (name, list) in question.lists() {
            for (index, item) in list.iter().enumerate() {
                let path = format!("{}.{name}[{index}].text", question.path);
                // A card with a sentence about it has its words there.
                let illustrated = (illustrated || item.get("image").is_some()) && item.get("about").is_none();
                found.extend(points(text_in(item, "text", lang), illustrated, &path, lang));
            }
        }
    }
    found
}

fn is_picture(media: &[Value]) -> bool {
    media.iter().any(|medium| medium.get("kind").and_then(Value::as_str) == Some("image"))
}

fn points(text: Option<&str>, illustrated: bool, path: &str, lang: &str) -> Option<Found> {
    let text = text?;
    let message = format!(
        "stands in a picture: “{}” says nothing without seeing it, and the words of a picture grow with no letters and \
         are read by no machine. Write here what is in the picture.",
        text.trim()
    );
    (is_file(text, "") || illustrated && only_points(text)).then(|| Found {
        path: path.to_owned(),
        lang: Some(lang.to_owned()),
        message,
    })
}

/// “Picture 2”, «см. рисунок А»: a word for a picture beside a number, a letter or "see", and nothing else. A picture
/// alone may be an answer: what is to be handed in? A photo.
fn only_points(text: &str) -> bool {
    let said = words(text);
    let is_picture = |word: &String| POINTED_AT.contains(&word.as_str());
    let is_beside = |word: &String| {
        POINTING.contains(&word.as_str())
            || word.chars().count() == 1
            || word.chars().all(|c| c.is_ascii_digit())
    };
    said.iter().any(is_picture)
        && said.iter().any(|word| !is_picture(word) && is_beside(word))
        && said.iter().all(|word| is_picture(word) || is_beside(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_are_told_from_words() {
        for name in ["media/park.jpg", "park.jpg", "PARK.JPG", "IMG_2041", "schema.png", "plan-2"] {
            assert!(is_file(name, "media/plan-2.png") || is_file(name, "media/park.jpg"), "{name}");
        }
        for words in ["park", "A park", "gov.kz", "Парк", "Version 2.0", "img"] {
            assert!(!is_file(words, "media/park.jpg"), "{words}");
        }
    }

    #[test]
    fn an_answer_that_only_points_at_a_picture_is_told_from_one_with_a_picture_in_it() {
        for pointing in ["Picture 2", "см. рисунок", "Сурет Б", "Рис. 3", "Суретке қараңыз"]
        {
            assert!(only_points(pointing), "{pointing}");
        }
        for worded in ["Photo", "Фото 3×4 см", "Вариант 1", "Picture of a park", "Сурет салу", "1"]
        {
            assert!(!only_points(worded), "{worded}");
        }
    }
}
