//! Codes as variables of their own beside the text, which stays as it is: one of 0 and 1 for each code of a frame.

use super::{EVERYTHING, Frame, Given, Standing};
use crate::digest::sha256;
use crate::store::{Position, Store, StoreError, TagRecord};
use data_encoding::HEXLOWER;
use std::collections::BTreeMap;
use survey::Missing;
use survey::columns::{Cell, Column, Item, Measure, Part, Representation};

/// The columns of codes of a survey, with what was given.
#[derive(Debug)]
pub(crate) struct Coded {
    questions: Vec<OfQuestion>,
    fingerprint: String,
}

#[derive(Debug)]
struct OfQuestion {
    /// The place of the text among the columns before.
    text: usize,
    codes: Vec<i64>,
    columns: Vec<Column>,
    given: Given,
}

impl Coded {
    /// Of the questions among these columns that have a frame.
    pub(crate) async fn of(store: &dyn Store, survey: &str, columns: &[Column]) -> Result<Self, StoreError> {
        let frames = store.code_frames(survey).await?;
        let tags = store.tags(survey, EVERYTHING).await?;
        let fingerprint =
            fingerprint(&frames.iter().map(|frame| frame.codes.as_str()).collect::<Vec<_>>(), &tags);
        let mut by_question: BTreeMap<String, Vec<TagRecord>> = BTreeMap::new();
        for tag in tags {
            by_question.entry(tag.question.clone()).or_default().push(tag);
        }
        let is_text = |column: &Column, question: &str| {
            column.question == question && column.part == Part::Answer && column.measure == Measure::Text
        };
        let mut questions = Vec::new();
        for record in frames {
            let Some(text) = columns.iter().position(|column| is_text(column, &record.question)) else {
                continue;
            };
            let frame = Frame::of(&record);
            let given = Given::of(by_question.remove(&record.question).unwrap_or_default());
            let columns = of_frame(&frame, &columns[text], columns);
            let codes = frame.codes.iter().map(|code| code.number).collect();
            questions.push(OfQuestion { text, codes, columns, given });
        }
        Ok(Self { questions, fingerprint })
    }

    /// Its columns, which follow all others.
    pub(crate) fn columns(&self) -> impl Iterator<Item = &Column> {
        self.questions.iter().flat_map(|question| &question.columns)
    }

    /// Another when anything was coded anew.
    pub(crate) fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// The cells of a response, whose other cells these are. Where there is no text, there is no code for the same reason;
    /// a text that nobody has read yet is one that was not reached, one on which coders differ cannot be counted.
    pub(crate) fn cells(&self, response: Position, row: &[Cell]) -> Vec<Cell> {
        let of_question = |question: &OfQuestion| -> Vec<Cell> {
            let gap = |missing| vec![Cell::Missing(missing); question.codes.len()];
            if let Some(Cell::Missing(missing)) = row.get(question.text) {
                return gap(*missing);
            }
            match question.given.text(response).map_or(Standing::Not, super::OfText::standing) {
                Standing::Not => gap(Missing::NotReached),
                Standing::Differ => gap(Missing::Invalid),
                Standing::Codes(codes) => {
                    question.codes.iter().map(|code| Cell::Code(i64::from(codes.contains(code)))).collect()
                }
            }
        };
        self.questions.iter().flat_map(of_question).collect()
    }
}

fn of_frame(frame: &Frame, text: &Column, others: &[Column]) -> Vec<Column> {
    let is_taken = |name: &str| others.iter().any(|column| column.name.eq_ignore_ascii_case(name));
    let mut stem = format!("{}_code", text.name);
    while frame.codes.iter().any(|code| is_taken(&format!("{stem}_{}", code.number))) {
        stem.push('d');
    }
    let column = |code: &super::Code| Column {
        name: format!("{stem}_{}", code.number),
        part: Part::Chosen,
        option: Some(Item { code: code.number, text: code.text() }),
        measure: Measure::Nominal,
        representation: Representation::Whole,
        width: None,
        ..text.clone()
    };
    frame.codes.iter().map(column).collect()
}

fn fingerprint(frames: &[&str], tags: &[TagRecord]) -> String {
    let mut all = frames.join("\n");
    for tag in tags {
        all += &format!("\n{} {} {} {:?}", tag.question, tag.response.0, tag.coder, tag.codes);
    }
    HEXLOWER.encode(&sha256(all.as_bytes())[..16])
}
