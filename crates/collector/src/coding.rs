//! Codes for what people wrote: the code frame of an open question, what each coder gave to each text, and what stands for
//! a text after all.
//!
//! A frame is `coding/frame.rs`, a frame as a file `coding/csv.rs`, what stands `coding/standing.rs`, the variables that an
//! export makes of it `coding/columns.rs`. The texts are kept as they are: codes are beside them.

mod columns;
mod csv;
mod frame;
mod standing;

use crate::store::{BlockRange, Position, Store, StoreError};

pub(crate) use self::csv::Unread;
pub(crate) use columns::Coded;
pub(crate) use frame::{Code, Edited, Frame};
pub(crate) use standing::{Given, OfText, Standing, Tally};

/// All positions.
const EVERYTHING: BlockRange = BlockRange { after: Position(0), last: Position(i64::MAX) };

/// The frame of a question; an empty one where there is none yet.
pub(crate) async fn frame(store: &dyn Store, survey: &str, question: &str) -> Result<Frame, StoreError> {
    let kept = store.code_frames(survey).await?.into_iter().find(|frame| frame.question == question);
    Ok(kept.map(|record| Frame::of(&record)).unwrap_or_default())
}

/// What was given to the texts of a question, by response. As many as people have read: they fit into memory.
pub(crate) async fn given(store: &dyn Store, survey: &str, question: &str) -> Result<Given, StoreError> {
    let tags = store.tags(survey, EVERYTHING).await?;
    Ok(Given::of(tags.into_iter().filter(|tag| tag.question == question)))
}
