//! Everything there is to tell an author about a file: the faults that keep it from being published and the advice,
//! each with its place.

use super::advice;
use super::place::{Place, Places, of_error};
use crate::clock::Minute;
use crate::media::Beside;
use crate::places::Classifier;
use crate::publication::{self, Sources};
use crate::store::Publication;
use crate::written::Remark;
use serde::Serialize;
use serde_json::Value;
use std::fmt;
use std::path::Path;
use survey::Fault;

/// What there is to tell about one definition.
#[derive(Clone, Debug, Default)]
pub(crate) struct Report {
    /// What would be published; `None` when the definition cannot be.
    pub(crate) publication: Option<Publication>,
    /// What must be mended.
    pub(crate) faults: Vec<Finding>,
    /// What would better be mended.
    pub(crate) warnings: Vec<Finding>,
}

/// One thing to tell.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Finding {
    #[serde(flatten)]
    pub(crate) place: Place,
    pub(crate) path: String,
    pub(crate) severity: Severity,
    /// What kind of thing: for a program that reads, and to look it up.
    pub(crate) code: &'static str,
    /// The language of the text that is meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) lang: Option<String>,
    pub(crate) message: String,
}

/// Whether it keeps a definition from being published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Severity {
    Error,
    Warning,
}

impl Report {
    /// Reads a definition in `file` as far as it can be read, with the pictures and sound beside it and the places of
    /// the classifier.
    pub(crate) fn of(text: &str, file: &Path, classifier: &Classifier, languages: &[String]) -> Self {
        let files = Beside(file.parent().map(Path::to_owned).unwrap_or_default());
        Self::with(text, Minute(0), &Sources { files: Some(&files), languages, ..Sources::alone(classifier) })
    }

    /// The same with what a definition may draw on.
    pub(crate) fn with(text: &str, now: Minute, sources: &Sources<'_>) -> Self {
        let document: Value = match serde_json::from_str(text) {
            Ok(document) => document,
            Err(error) => return Self::unreadable(of_error(text, &error), &error),
        };
        let places = Places::of(text);
        let mut faults: Vec<Finding> = places
            .twice()
            .into_iter()
            .map(|(fault, place)| Finding::of_fault(fault, place, "duplicate-key"))
            .collect();
        let read = publication::read_with(text, now, sources);
        let (publication, read) =
            read.map_or_else(|refused| (None, refused), |sound| (Some(sound), Vec::new()));
        faults.extend(read.into_iter().map(|remark| Finding::of(remark, &places, Severity::Error)));
        faults.sort_by_key(|finding| finding.place);
        let advice = advice(&document).into_iter();
        let mut warnings: Vec<Finding> =
            advice.map(|remark| Finding::of(remark, &places, Severity::Warning)).collect();
        warnings.sort_by_key(|finding| finding.place);
        Self { publication: publication.filter(|_| faults.is_empty()), faults, warnings }
    }

    /// What there is to tell about a file that could not even be read.
    pub(crate) fn of_no_file(why: String) -> Self {
        let fault = Fault { path: String::new(), message: why };
        let finding = Finding::of_fault(fault, Place { line: 1, column: 1 }, "unreadable");
        Self { faults: vec![finding], ..Self::default() }
    }

    fn unreadable(place: Place, error: &serde_json::Error) -> Self {
        // The place stands before the message already, and there in characters.
        let said = error.to_string();
        let said = said.split(" at line ").next().unwrap_or_default();
        let said = said.replace("EOF while parsing", "the file ends inside");
        let message = format!("is not JSON that can be read: {said}. Mend it here or just before.");
        let fault = Fault { path: String::new(), message };
        Self { faults: vec![Finding::of_fault(fault, place, "not-json")], ..Self::default() }
    }

    /// The faults, then the warnings.
    pub(crate) fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.faults.iter().chain(&self.warnings)
    }
}

impl Finding {
    fn of_fault(fault: Fault, place: Place, code: &'static str) -> Self {
        let Fault { path, message } = fault;
        Self { place, path, severity: Severity::Error, code, lang: None, message }
    }

    fn of(remark: Remark, places: &Places<'_>, severity: Severity) -> Self {
        let Remark { path, lang, code, message } = remark;
        Self { place: places.find(&path), path, severity, code, lang, message }
    }

    /// Whether the name of the rule helps: of what is no definition at all the sentence says everything.
    fn is_explained(&self) -> bool {
        !["format", "duplicate-key", "not-json", "unreadable"].contains(&self.code)
    }
}

/// `12:5: pages[0].id: must be …`, to be put behind the name of a file.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Place { line, column } = self.place;
        let path = if self.path.is_empty() { "(the whole document)" } else { &self.path };
        write!(f, "{line}:{column}: ")?;
        if self.severity == Severity::Warning {
            write!(f, "warning: ")?;
        }
        write!(f, "{path}: {}", self.message)?;
        if self.is_explained() { write!(f, " [{}]", self.code) } else { Ok(()) }
    }
}
