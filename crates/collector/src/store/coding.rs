//! Codes for what people wrote, on their way into the store and out of it: the frame of a question, and which codes who
//! gave to which text.

use super::{BlockRange, Position, StoreError};
use async_trait::async_trait;

/// Codes that one coder gives to one text at most, and the largest number of a code: so much is written for each text.
pub const MOST_TAGS: usize = 30;
/// See [`MOST_TAGS`].
pub const LARGEST_CODE: i64 = 999;

/// Characters that codes take where they are kept, whichever they are: in SQLite a row that keeps its length keeps its
/// place, and leaves nothing behind.
const LENGTH: usize = MOST_TAGS * 4;

/// Stands for a text that was read, and which no code fits.
const NONE: &str = "-";

/// The codes of a question, as one version of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrameRecord {
    /// The survey.
    pub survey: String,
    /// The variable of the question.
    pub question: String,
    /// The version, from 1.
    pub version: u64,
    /// The codes, as JSON that the store does not look into.
    pub codes: String,
}

/// What a coder gave to a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TagRecord {
    /// The survey.
    pub survey: String,
    /// The variable of the question.
    pub question: String,
    /// Where the response stands that has the text.
    pub response: Position,
    /// Who gave them; empty for the decision where coders differ.
    pub coder: String,
    /// The day in Kazakhstan: `2026-11-23`.
    pub day: String,
    /// The numbers of the codes, at most [`MOST_TAGS`] from 1 to [`LARGEST_CODE`]; none where no code fits the text.
    pub codes: Vec<i64>,
}

/// A change of tags: the same with the codes, or without any to take back what was given.
#[derive(Clone, Debug)]
pub struct NewTags {
    /// The survey.
    pub survey: String,
    /// The variable of the question.
    pub question: String,
    /// Who gives them; empty for a decision.
    pub coder: String,
    /// The day in Kazakhstan: `2026-11-23`.
    pub day: String,
    /// Responses with the codes of their text; `None` makes the text one that was not coded.
    pub texts: Vec<(Position, Option<Vec<i64>>)>,
}

/// What the collector asks of a store about codes. Tags of a response go in the transaction that takes it back.
#[async_trait]
pub trait Coding: Send + Sync {
    /// The code frames of a survey, by question.
    async fn code_frames(&self, survey: &str) -> Result<Vec<FrameRecord>, StoreError>;

    /// Keeps a frame in place of the version before it. `false`, and nothing is changed, when another version is there:
    /// of two who change it at once, one is told.
    async fn keep_code_frame(&self, frame: FrameRecord) -> Result<bool, StoreError>;

    /// Keeps tags, all or none, each in place of what the same coder gave to the same text. What others gave stays. A text
    /// whose response is not there any more is passed over.
    async fn keep_tags(&self, tags: NewTags) -> Result<(), StoreError>;

    /// The tags of a survey to responses in a range, by response, question and coder.
    async fn tags(&self, survey: &str, range: BlockRange) -> Result<Vec<TagRecord>, StoreError>;
}

/// Codes as they are kept; those beyond what there is room for are left out, which the way in does not let happen.
pub(super) fn written(codes: &[i64]) -> String {
    let numbers: Vec<String> = codes
        .iter()
        .filter(|code| (1..=LARGEST_CODE).contains(*code))
        .take(MOST_TAGS)
        .map(ToString::to_string)
        .collect();
    let text = if numbers.is_empty() { NONE.to_owned() } else { numbers.join(" ") };
    format!("{text:LENGTH$}")
}

/// Nothing, in as many characters.
pub(super) fn nothing() -> String {
    " ".repeat(LENGTH)
}

/// Codes that were kept; `None` where nothing is left of them.
pub(super) fn read(text: &str) -> Option<Vec<i64>> {
    match text.trim_end() {
        "" => None,
        NONE => Some(Vec::new()),
        codes => Some(codes.split(' ').filter_map(|code| code.parse().ok()).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_come_back_and_take_the_same_room_however_many_there_are() {
        let all: Vec<i64> = (0..MOST_TAGS as i64).map(|code| LARGEST_CODE - code).collect();
        for codes in [vec![], vec![1], vec![7, 12, 999], all] {
            let text = written(&codes);
            assert_eq!((text.len(), read(&text)), (LENGTH, Some(codes)));
        }
        assert_eq!((nothing().len(), read(&nothing())), (LENGTH, None));
    }
}
