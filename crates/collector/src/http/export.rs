//! `GET /api/v1/surveys/ID/export`: the responses as a table, streamed.

use super::query::{Query, SurveyId};
use super::{App, access};
use crate::export::{Export, ExportError, Format};
use crate::people::deed::{Act, Deed};
use crate::refusal::{Refusal, log_failure};
use crate::store::Store;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::sync::Arc;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

/// Bytes of a piece of the body, and pieces that may wait for a slow reader.
const PIECE: usize = 64 * 1024;
const PIECES: usize = 4;

pub(super) async fn get(
    State(app): State<Arc<App>>,
    SurveyId(survey): SurveyId,
    query: Query,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let who = access::to_responses(&app, &headers, &survey).await?;
    let format = query.get("format").as_deref().and_then(Format::named).ok_or(Refusal::UnknownFormat)?;
    let export = Export::of(&*app.store, app.key.clone(), &survey).await.map_err(refusal)?;
    let export = export.ok_or(Refusal::UnknownSurvey)?;
    let name = format!("attachment; filename=\"{survey}.{}\"", format.ending());
    let about = [
        (CONTENT_TYPE, format.content_type()),
        (CONTENT_DISPOSITION, name.as_str()),
        (CACHE_CONTROL, "no-store"),
    ];
    // Written down before the first byte: a download that broke off was one.
    let (minute, details) = ((app.clock)(), format.ending().to_owned());
    let deed = Deed { minute, who, act: Act::Downloaded, survey: Some(survey.clone()), details };
    app.store.write_down(deed).await.map_err(Refusal::of_store)?;
    Ok((about, stream(Arc::clone(&app.store), export, format)).into_response())
}

fn refusal(error: ExportError) -> Refusal {
    match error {
        ExportError::Store(error) => Refusal::of_store(error),
        error => Refusal::internal("an export could not begin", &error),
    }
}

/// The status has been sent when the first row is read. What fails after that breaks the body off, so that no client
/// takes a part for the whole.
fn stream(store: Arc<dyn Store>, export: Export, format: Format) -> Body {
    let (sender, receiver) = mpsc::channel(PIECES);
    tokio::task::spawn_blocking(move || {
        let sink = BufWriter::with_capacity(PIECE, Pieces(sender.clone()));
        match export.write(&*store, format, sink) {
            Err(ExportError::Write(_)) => tracing::info!("a reader of an export went away"),
            Err(error) => {
                log_failure("an export broke off", &error);
                drop(sender.blocking_send(Err(io::Error::other(error))));
            }
            Ok(()) => {}
        }
    });
    Body::from_stream(ReceiverStream::new(receiver))
}

/// Sends what is written into the body, waiting while its reader is slow.
struct Pieces(mpsc::Sender<io::Result<Bytes>>);

impl Write for Pieces {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        let sent = self.0.blocking_send(Ok(Bytes::copy_from_slice(piece)));
        sent.map(|()| piece.len()).map_err(|_| ErrorKind::BrokenPipe.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
