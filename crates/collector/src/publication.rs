//! From a definition in a file to one that can be published.

use crate::clock::Minute;
use crate::consultation;
use crate::digest::version_of;
use crate::gate;
use crate::media::{self, Files};
use crate::places::{self, Classifier};
use crate::privacy;
use crate::store::{Medium, Publication};
use crate::tier;
use crate::times::Times;
use serde_json::Value;
use survey::canonical::canonical;
use survey::texts::remove_stamps;
use survey::{Fault, Survey};

pub use crate::written::Remark;

/// What a definition may draw on.
pub struct Sources<'a> {
    /// The places of questions that name the classifier.
    pub classifier: &'a Classifier,
    /// Pictures, sound and videos; without it they are not looked at.
    pub files: Option<&'a dyn Files>,
    /// The languages that every survey must be in, whatever else it is in.
    pub languages: &'a [String],
    /// Where the collector keeps responses, in words for citizens.
    pub stored_in: Option<&'a str>,
}

impl<'a> Sources<'a> {
    /// The classifier, and nothing else.
    #[must_use]
    pub fn alone(classifier: &'a Classifier) -> Self {
        Self { classifier, files: None, languages: &[], stored_in: None }
    }
}

/// Reads a definition by itself: of places it has the regions, and of its files none is looked at.
///
/// # Errors
/// Everything that keeps it from being published.
pub fn read(json: &str, minute: Minute) -> Result<Publication, Vec<Remark>> {
    read_with(json, minute, &Sources::alone(&Classifier::built_in()))
}

/// Reads a definition with all that belongs to it.
///
/// # Errors
/// Everything that keeps it from being published: what is wrong with it, and what shuts people out.
pub fn read_with(json: &str, minute: Minute, sources: &Sources<'_>) -> Result<Publication, Vec<Remark>> {
    let definition = parse(json).map_err(remarks)?;
    let barriers = gate::remarks(&definition);
    match sound(definition, minute, sources) {
        Ok(publication) if barriers.is_empty() => Ok(publication),
        Ok(_) => Err(barriers),
        Err(faults) => Err(faults.into_iter().chain(barriers).collect()),
    }
}

/// What would be published if nobody were shut out by it.
fn sound(mut definition: Value, minute: Minute, sources: &Sources<'_>) -> Result<Publication, Vec<Remark>> {
    places::expand(&mut definition, sources.classifier).map_err(remarks)?;
    let survey = Survey::from_value(&definition).map_err(remarks)?;
    require(&survey, sources.languages).map_err(remarks)?;
    tier::inspect(&survey, &definition).map_err(remarks)?;
    let times = Times::of(&survey)
        .map_err(|error| remarks(fault(format!("names a time that there is not: {error}."))))?;
    consultation::inspect(&survey, &definition, times).map_err(remarks)?;
    let mut media =
        sources.files.map_or_else(|| Ok(Vec::new()), |files| media::examine(&definition, files))?;
    let draft = sources.files.map_or_else(|| Ok(None), |files| consultation::examine(&definition, files))?;
    media.extend(draft.into_iter().flat_map(|(_, files)| files));
    media.sort_by(|a, b| a.path.cmp(&b.path));
    media.dedup();
    // An accepted translation is no other survey, so its stamp makes no other version.
    remove_stamps(&mut definition);
    privacy::complete(&mut definition, &survey, sources.stored_in).map_err(remarks)?;
    Ok(Publication {
        survey: survey.id,
        version: version_of(&named(&definition, &media)),
        definition: canonical(&definition),
        minute,
        times,
        media,
    })
}

fn remarks(faults: Vec<Fault>) -> Vec<Remark> {
    faults.into_iter().map(Remark::from).collect()
}

/// An agency may owe its citizens more languages than an author thinks of.
fn require(survey: &Survey, languages: &[String]) -> Result<(), Vec<Fault>> {
    let lacking = languages.iter().filter(|lang| !survey.languages.contains(lang));
    let fault = |lang: &String| Fault {
        path: "languages".to_owned(),
        message: format!(
            "lacks \"{lang}\": surveys of this collector must be in {}. Add it, and have the texts translated.",
            languages.join(", ")
        ),
    };
    let faults: Vec<Fault> = lacking.map(fault).collect();
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}

/// The definition as JSON.
///
/// # Errors
/// When it is none.
pub(crate) fn parse(json: &str) -> Result<Value, Vec<Fault>> {
    serde_json::from_str(json).map_err(|error| fault(format!("is not JSON that can be read: {error}.")))
}

fn fault(message: String) -> Vec<Fault> {
    vec![Fault { path: String::new(), message }]
}

/// What names a version: the definition, and what is in the files that it names.
fn named(definition: &Value, media: &[Medium]) -> Value {
    if media.is_empty() {
        return definition.clone();
    }
    let contents = media.iter().map(|medium| (medium.path.clone(), Value::from(medium.content.clone())));
    Value::Array(vec![definition.clone(), Value::Object(contents.collect())])
}
