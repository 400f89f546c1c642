//! Going through the texts to one question, in order of arrival.

use super::super::guard::Console;
use crate::export::{Export, ExportError};
use crate::refusal::Refusal;
use crate::store::{Position, Store, StoredResponse};
use std::ops::ControlFlow;
use survey::columns::{Cell, Column, Measure, Part};

/// Responses read at a time.
const BATCH: usize = 500;

/// What somebody wrote.
#[derive(Clone, Debug)]
pub(in super::super) struct Text {
    /// Where its response stands.
    pub(in super::super) position: Position,
    /// The language of the response.
    pub(in super::super) lang: String,
    /// The words.
    pub(in super::super) text: String,
}

/// The texts to one question.
pub(in super::super) struct Texts<'a> {
    store: &'a dyn Store,
    survey: &'a str,
    export: Export,
    /// The column that they are in; none of a question that no version asked.
    column: Option<usize>,
}

impl<'a> Texts<'a> {
    pub(in super::super) async fn of(
        console: &'a Console,
        survey: &'a str,
        question: &str,
    ) -> Result<Self, Refusal> {
        let store = &*console.app.store;
        let export = Export::of(store, console.app.key.clone(), survey).await;
        let export = export.map_err(|error| of_export(&error))?.ok_or(Refusal::UnknownSurvey)?;
        let is_text = |column: &Column| {
            column.question == question && column.part == Part::Answer && column.measure == Measure::Text
        };
        let column = export.columns().iter().position(is_text);
        Ok(Self { store, survey, export, column })
    }

    /// Shows those in at most so many responses after a position, until somebody has enough. Gives the position after which
    /// to go on; `None` at the end.
    pub(in super::super) async fn each(
        &self,
        mut after: Position,
        most: usize,
        mut see: impl FnMut(Text) -> ControlFlow<()> + Send,
    ) -> Result<Option<Position>, Refusal> {
        let mut left = most;
        while left > 0 {
            let wanted = left.min(BATCH);
            let batch = self.store.responses(self.survey, after, wanted).await.map_err(Refusal::of_store)?;
            for response in &batch {
                after = response.position;
                if self.text(response).is_some_and(|text| see(text).is_break()) {
                    return Ok(Some(after));
                }
            }
            if batch.len() < wanted {
                return Ok(None);
            }
            left -= wanted;
        }
        Ok(Some(after))
    }

    /// That of one response.
    pub(in super::super) async fn at(&self, position: Position) -> Result<Option<Text>, Refusal> {
        let before = Position(position.0 - 1);
        let found = self.store.responses(self.survey, before, 1).await.map_err(Refusal::of_store)?;
        Ok(found
            .first()
            .filter(|response| response.position == position)
            .and_then(|response| self.text(response)))
    }

    fn text(&self, response: &StoredResponse) -> Option<Text> {
        match self.export.cells(response).unwrap_or_default().into_iter().nth(self.column?)? {
            Cell::Text(text) => Some(Text { position: response.position, lang: response.lang.clone(), text }),
            _ => None,
        }
    }
}

fn of_export(error: &ExportError) -> Refusal {
    Refusal::internal("the texts cannot be read", error)
}
