//! Languages that machines know by another tag. A screen reader reads what is marked with a tag that there is not with
//! the voice of another language.

use crate::written::Found;
use crate::written::walk::Document;

/// Tags of countries that are taken for those of their languages, and none of any language (ISO 639-1).
const MISTAKEN: [(&str, &str, &str); 6] = [
    ("kz", "kk", "Kazakh"),
    ("ua", "uk", "Ukrainian"),
    ("by", "be", "Belarusian"),
    ("cn", "zh", "Chinese"),
    ("jp", "ja", "Japanese"),
    ("cz", "cs", "Czech"),
];

/// A country in the place of a language.
pub(super) fn no_such_language(document: &Document<'_>) -> Vec<Found> {
    let found = document.languages.iter().enumerate().filter_map(|(index, tag)| {
        let (wrong, right, name) = MISTAKEN.iter().find(|(wrong, ..)| tag.split('-').next() == Some(*wrong))?;
        let message = format!(
            "\"{wrong}\" is a country: screen readers would read the survey with the voice of another language. The tag \
             of {name} is \"{right}\"; write it here and in each text."
        );
        Some(Found::at(&format!("languages[{index}]"), message))
    });
    found.collect()
}
