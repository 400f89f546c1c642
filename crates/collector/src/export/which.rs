//! Which responses an export is of: the whole ones, or the parts of those that nobody finished. Never both in one table.

use super::options::unknown;
use super::{ExportError, OptionError, Options};
use crate::partial;
use crate::store::{Extent, Position, Store, StoredResponse};

/// Which responses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Which {
    /// Those that were sent.
    #[default]
    Complete,
    /// What was answered of those that were not.
    Partial,
}

/// A response on its way into a row.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) response: StoredResponse,
    /// Of a part, the questions that have been shown.
    pub(super) seen: Option<Vec<String>>,
}

/// How an address asks for parts: never beside whole responses.
pub(super) const ONLY: &str = "only";

impl Which {
    /// What the option `partials` asks for.
    pub(super) fn named(text: &str) -> Result<Self, OptionError> {
        match text {
            ONLY => Ok(Self::Partial),
            _ => Err(unknown("partials", text, &[ONLY.to_owned()], "")),
        }
    }

    /// The name of a file with the table of a survey, without its ending.
    pub(crate) fn file_name(self, survey: &str) -> String {
        match self {
            Self::Complete => survey.to_owned(),
            Self::Partial => format!("{survey}-partial"),
        }
    }

    /// The next rows after a position, as [`Store::responses`].
    pub(super) async fn read(
        self,
        store: &dyn Store,
        survey: &str,
        after: Position,
        limit: usize,
    ) -> Result<Vec<Row>, ExportError> {
        if self == Self::Complete {
            let responses = store.responses(survey, after, limit).await.map_err(ExportError::Store)?;
            return Ok(responses.into_iter().map(|response| Row { response, seen: None }).collect());
        }
        let parts = store.partials(survey, after, limit).await.map_err(ExportError::Store)?;
        let rows = parts.iter().map(|part| {
            let misfit = || ExportError::Response { position: part.position, version: part.version.clone() };
            let (response, seen) = partial::as_response(part).ok_or_else(misfit)?;
            Ok(Row { response, seen: Some(seen) })
        });
        rows.collect()
    }
}

/// Parts are no responses: nobody finished them, so nothing is usual among them.
pub(super) fn suits(options: &Options) -> Result<(), OptionError> {
    if options.flags.is_some() || options.quality {
        let refused =
            "flags, quality: only responses that were sent can be judged; leave them out with `partials`.";
        return Err(OptionError(refused.to_owned()));
    }
    Ok(())
}

/// How far parts go: to the end, for they are changed where they stand, and none has come after another.
pub(super) fn extent(options: &Options) -> Result<Extent, ExportError> {
    if options.since.is_some() {
        let refused = "since: parts of responses change from page to page; leave it out with `partials`.";
        return Err(OptionError(refused.to_owned()).into());
    }
    Ok(Extent { last: Position(i64::MAX), ..Extent::default() })
}
