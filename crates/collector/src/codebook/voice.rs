//! One language of a codebook: the texts of the survey in it, and our own words around them.

use super::{Asked, Category, Meaning, Variable};
use crate::export::labels;
use crate::paper::Said;
use survey::columns::{Measure, Representation};
use survey::{Domain, Text};

/// The same keys in each, in the same order.
pub(super) const FILES: [(&str, &str); 3] = [
    ("kk", include_str!("words/kk.json")),
    ("ru", include_str!("words/ru.json")),
    ("en", include_str!("words/en.json")),
];

/// What is said in one language.
#[derive(Debug)]
pub(crate) struct Voice {
    /// The language of the survey's texts.
    pub(crate) lang: String,
    said: Said,
}

impl Voice {
    /// The voice of a language; our own words are Kazakh where there are none in it.
    pub(crate) fn of(lang: &str) -> Self {
        Self { lang: lang.to_owned(), said: Said::in_words_of(lang, &FILES) }
    }

    pub(super) fn said(&self) -> &Said {
        &self.said
    }

    /// Our words with this key.
    pub(crate) fn word<'a>(&'a self, key: &'a str) -> &'a str {
        self.said.get(key)
    }

    /// Our words with this key, each `{name}` replaced.
    pub(crate) fn fill(&self, key: &str, values: &[(&str, String)]) -> String {
        self.said.fill(key, values)
    }

    /// A text of the survey.
    pub(crate) fn text<'a>(&'a self, text: &'a Text) -> &'a str {
        match text {
            Text::Word(key) => self.said.form.get(key),
            text => text.get(&self.lang),
        }
    }

    /// What a code means.
    pub(crate) fn meaning<'a>(&'a self, category: &'a Category) -> &'a str {
        match &category.meaning {
            Meaning::Text(text) => self.text(text),
            Meaning::Reason(missing) => labels::reason(*missing, &self.lang),
            Meaning::Chosen(chosen) => labels::chosen(*chosen, &self.lang),
        }
    }

    /// What a column holds, on one line.
    pub(crate) fn label(&self, variable: &Variable) -> String {
        labels::column(&variable.column, &self.lang)
    }

    /// How a question is answered, in a sentence.
    pub(crate) fn instruction(&self, asked: &Asked) -> String {
        let how = match &asked.domain {
            Domain::One => self.word("how_one").to_owned(),
            Domain::Several { max, .. } => self.fill("how_several", &[("max", max.to_string())]),
            Domain::Ranking { places } => self.fill("how_ranking", &[("max", places.to_string())]),
            Domain::Words(words) => self.fill("how_words", &[("max", words.max.to_string())]),
            Domain::Number(_) => self.word("how_number").to_owned(),
            Domain::Moment(_) => self.word("how_moment").to_owned(),
            Domain::Rows(_) => self.word("how_rows").to_owned(),
            Domain::Entries(entries) => self.fill("how_entries", &[("max", entries.max.to_string())]),
            Domain::Computed(_) => self.word("how_computed").to_owned(),
            Domain::Given => self.word("how_given").to_owned(),
            Domain::Nothing => String::new(),
        };
        if asked.required { format!("{how} {}", self.word("required")) } else { how }
    }

    /// What the cells of a column are.
    pub(crate) fn representation(&self, variable: &Variable) -> String {
        let column = &variable.column;
        let key = match column.representation {
            Representation::Whole if variable.is_coded() => "codes",
            Representation::Whole => "whole",
            Representation::Decimal(_) => "decimal",
            Representation::Text => "words",
            Representation::Day => "day",
            Representation::Month => "month",
            Representation::Time => "time",
        };
        self.fill(key, &[("n", column.width.unwrap_or_default().to_string())])
    }

    /// The level of measurement.
    pub(crate) fn measure(&self, variable: &Variable) -> &str {
        self.word(match variable.column.measure {
            Measure::Nominal => "nominal",
            Measure::Ordinal => "ordinal",
            Measure::Scale => "scale",
            Measure::Text => "text",
            Measure::Moment => "moment",
        })
    }
}
