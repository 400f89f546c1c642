//! The votes in a forum as a long table: a row for each voter and idea, with what was said, where it was shown and on which
//! day (domain M5). A voter is called by a name that leads neither to a visit nor to a code, nor to a voter in another
//! survey; ideas that were shown and not voted on are rows of their own, apart from those that were passed.

use super::{Export, ExportError};
use crate::store::{Store, VoteRecord};
use csv::{ErrorKind, Terminator, WriterBuilder};
use data_encoding::HEXLOWER;
use std::io::{self, Write};
use tokio::runtime::Handle;

const COLUMNS: [&str; 6] = ["voter", "statement", "vote", "place", "day", "guard"];

/// Votes that are read at once.
const BATCH: usize = 10_000;

/// Writes them. It blocks, and must run on a thread of the runtime that may.
pub(crate) fn write(
    export: &Export,
    store: &dyn Store,
    sink: impl Write,
    watch: super::Watch<'_>,
) -> Result<(), ExportError> {
    let runtime = Handle::current();
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(sink);
    writer.write_record(COLUMNS).map_err(broken)?;
    let (mut after, mut rows) = (None, 0);
    loop {
        let votes =
            runtime.block_on(store.votes(&export.survey, after, BATCH)).map_err(ExportError::Store)?;
        for vote in &votes {
            writer.write_record(row(export, vote)).map_err(broken)?;
        }
        rows += votes.len() as u64;
        watch(rows).map_err(ExportError::Write)?;
        match votes.last() {
            Some(last) if votes.len() == BATCH => after = Some((last.voter, last.statement)),
            _ => return writer.flush().map_err(ExportError::Write),
        }
    }
}

fn row(export: &Export, vote: &VoteRecord) -> [String; COLUMNS.len()] {
    [
        HEXLOWER.encode(&vote.voter),
        vote.statement.to_string(),
        vote.said.name().to_owned(),
        vote.place.to_string(),
        export.days.of(vote.minute).map(|day| day.to_string()).unwrap_or_default(),
        vote.flags.clone(),
    ]
}

fn broken(error: csv::Error) -> ExportError {
    ExportError::Write(match error.into_kind() {
        ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    })
}
