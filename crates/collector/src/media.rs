//! The pictures, sound and videos of a survey: looked at when it is published, kept under the hash of their content.

mod content;
mod files;
mod keep;
mod named;

use crate::digest::sha256_of;
use crate::store::Medium;
use data_encoding::HEXLOWER;
use named::Named;
use serde_json::Value;
use std::io::{self, Read};
use survey::definition::{Choice, Question};
use survey::domain::Domain;
use survey::{Fault, Survey};

pub use files::{Beside, Files, Opened};
pub use keep::keep;

/// Bytes at the beginning of a file by which it is told what it is.
const HEAD: usize = 64;

/// Looks at every file that a definition names.
///
/// # Errors
/// Each that is not there, is not what it should be, or is too large.
pub(crate) fn examine(definition: &Value, files: &dyn Files) -> Result<Vec<Medium>, Vec<Fault>> {
    let mut media: Vec<Medium> = Vec::new();
    let mut faults = Vec::new();
    for named in named::all(definition) {
        match look(&named, files) {
            Ok(medium) if media.contains(&medium) => {}
            Ok(medium) => media.push(medium),
            Err(message) => faults.push(Fault { path: named.at, message }),
        }
    }
    media.sort_by(|a, b| a.path.cmp(&b.path));
    if faults.is_empty() { Ok(media) } else { Err(faults) }
}

fn look(named: &Named, files: &dyn Files) -> Result<Medium, String> {
    let Named { path, role, .. } = named;
    let opened = files.open(path).map_err(|why| format!("names the file {path}, which {why}."))?;
    let limit = role.limit();
    if opened.length > limit {
        let (has, may) = (megabytes(opened.length), megabytes(limit));
        return Err(format!("names the file {path} of {has} MB. Make it smaller: {may} MB are taken."));
    }
    let (head, content) = digest(opened.content, limit).map_err(|error| unreadable(path, &error))?;
    let content_type = role.content_type(&head).ok_or_else(|| {
        format!("names the file {path}, which is not {}. Convert it, or name another.", role.wanted())
    })?;
    Ok(Medium { path: path.clone(), content, content_type: content_type.to_owned() })
}

fn unreadable(path: &str, error: &io::Error) -> String {
    format!("names the file {path}, which cannot be read: {error}.")
}

/// The first bytes of a file, and the hash of all of them.
fn digest(content: impl Read, limit: u64) -> io::Result<(Vec<u8>, String)> {
    let mut content = content.take(limit);
    let mut head = Vec::new();
    content.by_ref().take(HEAD as u64).read_to_end(&mut head)?;
    let digest = sha256_of(head.as_slice().chain(content))?;
    Ok((head, HEXLOWER.encode(&digest)))
}

/// With one digit after the point, rounded up.
fn megabytes(bytes: u64) -> String {
    let tenths = bytes.div_ceil(content::MEGABYTE / 10);
    if tenths.is_multiple_of(10) {
        (tenths / 10).to_string()
    } else {
        format!("{}.{}", tenths / 10, tenths % 10)
    }
}

/// Whether a survey names any files.
pub(crate) fn are_in(survey: &Survey) -> bool {
    let on_card = |choice: &Choice| choice.card.as_ref().is_some_and(|card| card.image.is_some());
    let of_question =
        |question: &Question| !question.media.is_empty() || question.choices.iter().any(on_card);
    survey.questions().any(|question| {
        let within = match &question.domain {
            Domain::Entries(group) => group.questions.as_slice(),
            _ => &[],
        };
        of_question(question) || within.iter().any(of_question)
    })
}
