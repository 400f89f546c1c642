//! Which responses an export is of: the whole ones, or the parts of those that nobody finished. Never both in one table.

use super::ExportError;
use crate::partial;
use crate::store::{Position, Store, StoredResponse};

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

impl Which {
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
