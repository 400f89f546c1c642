//! What the data mean: one description of the variables of a survey, out of the same columns that exports have, and
//! writers of it for other programs and for people.
//!
//! `variable` says what a variable is, `universe` who was asked, `figures` what was counted, `disclosure` how the survey
//! was conducted. Everything else below is one way of writing all this down, a file each. Nothing here reads responses.

mod csvw;
mod ddi;
mod disclosure;
mod figures;
mod frictionless;
mod html;
mod scripts;
mod triple_s;
mod universe;
mod variable;
mod voice;
mod xml;

#[cfg(test)]
mod tests;

use crate::edition::Edition;
use crate::export::{Export, OptionError, name_of, unknown};
use crate::store::{Store, StoreError};
use clap::ValueEnum;
use serde_json::Value;
use std::io::{self, Write};
use std::sync::Arc;
use survey::columns::Column;
use survey::{Question, Survey};

pub(crate) use disclosure::{Statement, dates, disclosure};
pub(crate) use figures::Figures;
pub(crate) use html::policy as page_policy;
pub(crate) use triple_s::write_data as write_triple_s_data;
pub(crate) use variable::{Asked, Category, Meaning, Set, Variable};
pub(crate) use voice::Voice;
pub(crate) use xml::Xml;

/// A form that a codebook can be had in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For archives: DDI-Codebook 2.5, XML in every language of the survey
    Ddi,
    /// For people: a page to read and to print, in one language
    Html,
    /// CSV on the Web: JSON that says what the columns of the CSV are
    Csvw,
    /// Frictionless: `datapackage.json` for the CSV
    Frictionless,
    /// For survey programs: the definition file of Triple-S 2.0, XML in every language of the survey
    TripleS,
    /// A script that opens the CSV in R
    R,
    /// A script that opens the CSV in Python, with pandas
    Python,
    /// Syntax that opens the CSV in SPSS and PSPP
    Spss,
    /// A do-file that opens the CSV in Stata
    Stata,
}

/// The description of the table of a survey.
#[derive(Debug)]
pub(crate) struct Codebook {
    /// The survey as its current version has it.
    pub(crate) survey: Arc<Survey>,
    /// Its versions, the current one first.
    pub(crate) versions: Vec<Version>,
    /// The columns of the table, in their order.
    pub(crate) variables: Vec<Variable>,
    /// Columns that are one multiple choice together.
    pub(crate) sets: Vec<Set>,
    /// What was counted, if anything was.
    pub(crate) figures: Option<Figures>,
    /// The margins of the weights in the table, with their sources.
    pub(crate) margins: Option<String>,
}

/// A version of a survey.
#[derive(Debug)]
pub(crate) struct Version {
    /// Its name.
    pub(crate) name: String,
    /// Its definition, as it was published.
    pub(crate) definition: String,
}

impl Format {
    /// The format of this name.
    pub(crate) fn named(name: &str) -> Result<Self, OptionError> {
        let possible = || Self::value_variants().iter().map(name_of).collect::<Vec<_>>();
        Self::from_str(name, false).map_err(|_| unknown("format", name, &possible(), ""))
    }

    /// Its content type.
    pub(crate) fn content_type(self) -> &'static str {
        match self {
            Self::Ddi | Self::TripleS => "application/xml",
            Self::Html => "text/html; charset=utf-8",
            Self::Csvw => "application/csvm+json",
            Self::Frictionless => "application/json",
            Self::R | Self::Python | Self::Spss | Self::Stata => "text/plain; charset=utf-8",
        }
    }

    /// The name of its file, by the id of the survey.
    pub(crate) fn file(self, survey: &str) -> String {
        match self {
            Self::Ddi => format!("{survey}-ddi.xml"),
            Self::Html => format!("{survey}-codebook.html"),
            // The name by which programs look for it beside the table.
            Self::Csvw => format!("{survey}.csv-metadata.json"),
            Self::Frictionless => "datapackage.json".to_owned(),
            Self::TripleS => format!("{survey}.sss"),
            Self::R => format!("{survey}.R"),
            Self::Python => format!("{survey}.py"),
            Self::Spss => format!("{survey}.sps"),
            Self::Stata => format!("{survey}.do"),
        }
    }
}

impl Codebook {
    /// Describes the table of an export.
    pub(crate) async fn of(store: &dyn Store, export: &Export) -> Result<Self, StoreError> {
        let mut versions = Vec::new();
        for edition in export.editions() {
            let name = edition.version.clone();
            let definition = store.definition(&edition.survey.id, &name).await?.unwrap_or_default();
            versions.push(Version { name, definition });
        }
        let surveys: Vec<Arc<Survey>> = export.editions().iter().map(Edition::shared).collect();
        let margins = export.margins().map(str::to_owned);
        Ok(Self { margins, ..Self::new(&surveys, versions, export.columns()) })
    }

    /// Describes these columns of these versions; there is at least one, and the current one is the first.
    fn new(surveys: &[Arc<Survey>], versions: Vec<Version>, columns: &[Column]) -> Self {
        let variables = variable::of(surveys, &versions, columns);
        let sets = variable::sets(&variables);
        Self { survey: Arc::clone(&surveys[0]), versions, variables, sets, figures: None, margins: None }
    }

    /// The same with what was counted.
    pub(crate) fn with(self, figures: Figures) -> Self {
        Self { figures: Some(figures), ..self }
    }

    /// Writes it in one form. What is in one language alone is in `lang`, or in the best that there is; `table` is where
    /// the table stands, as seen from the file.
    pub(crate) fn write(
        &self,
        format: Format,
        lang: &str,
        table: &str,
        sink: &mut dyn Write,
    ) -> io::Result<()> {
        let voice = Voice::of(self.survey.language(lang));
        match format {
            Format::Ddi => ddi::write(self, table, sink),
            Format::Html => html::write(self, &voice, sink),
            Format::Csvw => csvw::write(self, table, sink),
            Format::Frictionless => frictionless::write(self, &voice, table, sink),
            Format::TripleS => triple_s::write(self, table, sink),
            Format::R => scripts::r::write(self, &voice, table, sink),
            Format::Python => scripts::python::write(self, table, sink),
            Format::Spss => scripts::spss::write(self, &voice, table, sink),
            Format::Stata => scripts::stata::write(self, &voice, table, sink),
        }
    }

    /// A voice for each language of the survey, the default first.
    fn voices(&self) -> Vec<Voice> {
        self.survey.languages.iter().map(|lang| Voice::of(lang)).collect()
    }

    /// How often a code stands in a column, where that was counted.
    fn count(&self, place: usize, code: i64) -> Option<u64> {
        self.figures.as_ref().map(|figures| figures.count(place, code))
    }
}

/// The question of a variable in the newest version that has it, with the index of the version.
fn newest<'a>(surveys: &'a [Arc<Survey>], variable: &str) -> Option<(usize, &'a Question)> {
    surveys.iter().enumerate().find_map(|(index, survey)| Some((index, survey.question(variable)?)))
}

/// A part of a definition as it was written: the question of this name, or the page that holds it.
fn written<'a>(definition: &'a Value, variable: &str) -> Option<(&'a Value, &'a Value)> {
    let pages = definition.get("pages")?.as_array()?;
    pages.iter().find_map(|page| {
        let questions = page.get("questions")?.as_array()?;
        let question =
            questions.iter().find(|question| question.get("name").is_some_and(|n| n == variable))?;
        Some((page, question))
    })
}

impl Codebook {
    /// What a multiple choice is called: its question, and the row that it stands in.
    fn label_of_set(&self, set: &Set, voice: &Voice) -> String {
        let column = &self.variables[set.places[0]].column;
        let label = voice.text(&column.label);
        match &column.row {
            Some(row) => format!("{label} – {}", voice.text(&row.text)),
            None => label.to_owned(),
        }
    }
}
