//! The pictures, sound and videos of a survey: looked at when it is published, kept under the hash of their content.
//! What shuts people out and shows in a file alone is refused here: a picture that moves, a video without captions.

mod content;
mod files;
mod keep;
mod named;
mod sought;

use crate::store::Medium;
use crate::written::Remark;
use content::Role;
use data_encoding::HEXLOWER;
use named::Named;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use sought::{Sign, Sought};
use std::io::{self, Read};
use survey::Survey;
use survey::definition::{Choice, Question};
use survey::domain::Domain;

pub use files::{Beside, Files, Opened};
pub use keep::keep;

/// Bytes at the beginning of a file by which it is told what it is.
const HEAD: usize = 64;

/// Looks at every file that a definition names.
///
/// # Errors
/// Each that is not there, is not what it should be, is too large, or shuts somebody out.
pub(crate) fn examine(definition: &Value, files: &dyn Files) -> Result<Vec<Medium>, Vec<Remark>> {
    let mut media: Vec<Medium> = Vec::new();
    let mut refused = Vec::new();
    for named in named::all(definition) {
        match look(&named, files) {
            Ok(medium) if media.contains(&medium) => {}
            Ok(medium) => media.push(medium),
            Err((code, message)) => refused.push(Remark::of_file(code, named.at, message)),
        }
    }
    media.sort_by(|a, b| a.path.cmp(&b.path));
    if refused.is_empty() { Ok(media) } else { Err(refused) }
}

/// The name of the rule that a file breaks, and what to do.
type Refused = (&'static str, String);

fn look(named: &Named, files: &dyn Files) -> Result<Medium, Refused> {
    let Named { path, role, .. } = named;
    let unfit = |message: String| ("media", message);
    let opened = files.open(path).map_err(|why| unfit(format!("names the file {path}, which {why}.")))?;
    let limit = role.limit();
    if opened.length > limit {
        let (has, may) = (megabytes(opened.length), megabytes(limit));
        return Err(unfit(format!(
            "names the file {path} of {has} MB. Make it smaller: {may} MB are taken."
        )));
    }
    let Content { head, hash, found } =
        digest(opened.content, limit).map_err(|error| unfit(unreadable(path, &error)))?;
    let content_type = role.content_type(&head).ok_or_else(|| {
        unfit(format!("names the file {path}, which is not {}. Convert it, or name another.", role.wanted()))
    })?;
    is_open_to_all(named, &head, &found)?;
    Ok(Medium { path: path.clone(), content: hash, content_type: content_type.to_owned() })
}

/// Refuses what somebody could not see, hear or stop.
fn is_open_to_all(named: &Named, head: &[u8], found: &Sought) -> Result<(), Refused> {
    let path = &named.path;
    let moves = found.has(Sign::Animation) || content::is_animated_webp(head);
    match named.role {
        Role::Image if moves => Err((
            "moving-picture",
            format!(
                "names the file {path}, a picture that moves and cannot be stopped, and may flicker. Make a video of \
                 it, which has a button to stop it, or take one of its pictures (WCAG 2.2, 2.2.2 and 2.3.1)."
            ),
        )),
        Role::Video if !named.is_captioned && found.has(Sign::Sound) => Err((
            "no-captions",
            format!(
                "names the file {path}, a video with sound and without captions: who cannot hear it sees lips move. \
                 Write them (WebVTT) and name them in `captions`, or take the sound out (WCAG 2.2, 1.2.2)."
            ),
        )),
        Role::Captions if !found.has(Sign::Cue) => Err((
            "no-captions",
            format!("names the file {path}, in which nothing is said: no line has `-->` (WCAG 2.2, 1.2.2)."),
        )),
        _ => Ok(()),
    }
}

fn unreadable(path: &str, error: &io::Error) -> String {
    format!("names the file {path}, which cannot be read: {error}.")
}

/// What is known of a file after it was read once.
struct Content {
    /// Its first bytes.
    head: Vec<u8>,
    /// The hash of all of them, in hexadecimal.
    hash: String,
    /// What stands somewhere in it.
    found: Sought,
}

fn digest(content: impl Read, limit: u64) -> io::Result<Content> {
    let mut content = content.take(limit);
    let mut head = Vec::new();
    content.by_ref().take(HEAD as u64).read_to_end(&mut head)?;
    let mut reading = Reading { hash: Sha256::new(), found: Sought::default() };
    reading.take(&head);
    io::copy(&mut content, &mut reading)?;
    Ok(Content { head, hash: HEXLOWER.encode(&reading.hash.finalize()), found: reading.found })
}

/// Takes bytes for a hash, and looks for signs in them.
struct Reading {
    hash: Sha256,
    found: Sought,
}

impl Reading {
    fn take(&mut self, bytes: &[u8]) {
        self.hash.update(bytes);
        self.found.look_at(bytes);
    }
}

impl io::Write for Reading {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.take(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
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
