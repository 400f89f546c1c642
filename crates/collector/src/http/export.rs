//! `GET /api/v1/surveys/ID/export`: the responses as a table, or the package of everything, streamed.

use super::exporting::Running;
use super::query::{Query, SurveyId};
use super::{App, access};
use crate::download::{Download, Wanted};
use crate::export::{Export, ExportError, Options, Which, name_of};
use crate::people::deed::{Act, Deed};
use crate::refusal::{Refusal, log_failure};
use crate::store::Store;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::sync::Arc;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

/// Bytes of a piece of the body, and pieces that may wait for a slow reader.
const PIECE: usize = 64 * 1024;
const PIECES: usize = 4;

/// What `since` may be told the next time, in order to get what came after this table.
const POSITION: HeaderName = HeaderName::from_static("qulaq-position");

pub(super) async fn get(
    State(app): State<Arc<App>>,
    SurveyId(survey): SurveyId,
    query: Query,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let who = access::to_responses(&app, &headers, &survey).await?;
    let running = app.exporting.begin(&who, (app.clock)())?;
    let wanted = query.get("format").as_deref().and_then(Wanted::named).ok_or(Refusal::UnknownFormat)?;
    let export = Export::of(&*app.store, app.key.clone(), &survey).await.map_err(refusal)?;
    let export = export.ok_or(Refusal::UnknownSurvey)?;
    let options = Options::read(|name| query.get(name)).map_err(|error| refusal(error.into()))?;
    let which = options.which;
    let export = export.choose(&*app.store, options).await.map_err(refusal)?;
    let download = Download::of(&*app.store, export, wanted).await.map_err(refusal)?;
    let name = format!("attachment; filename=\"{}\"", wanted.file(&which.file_name(&survey)));
    let (tag, position) = (format!("\"{}\"", download.fingerprint()), download.export().position());
    let about = [
        (CACHE_CONTROL, "no-store"),
        (ETAG, tag.as_str()),
        (POSITION, position.as_str()),
        (CONTENT_TYPE, wanted.content_type()),
        (CONTENT_DISPOSITION, name.as_str()),
    ];
    if which == Which::Complete && is_known(&headers, &tag) {
        // A reply without a body has no type.
        let about: [_; 3] = [about[0].clone(), about[1].clone(), about[2].clone()];
        return Ok((StatusCode::NOT_MODIFIED, about).into_response());
    }
    // Written down before the first byte: a download that broke off was one.
    let (minute, details) = ((app.clock)(), name_of(&wanted));
    let deed = Deed { minute, who, act: Act::Downloaded, survey: Some(survey.clone()), details };
    app.store.write_down(deed).await.map_err(Refusal::of_store)?;
    let body = stream(Arc::clone(&app.store), download, running);
    if which == Which::Partial {
        // Parts change where they stand: nothing says that they are the same, or where to go on.
        let about = [about[0].clone(), about[3].clone(), about[4].clone()];
        return Ok((about, body).into_response());
    }
    Ok((about, body).into_response())
}

/// Whether the client says that it has this table already.
fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let known = headers.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    let mut tags = known.flat_map(|value| value.split(',')).map(str::trim);
    // Whether a proxy weakened it makes no difference to a reader.
    tags.any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag)
}

pub(super) fn refusal(error: ExportError) -> Refusal {
    match error {
        ExportError::Option(error) => Refusal::ExportOption(error.to_string()),
        ExportError::Store(error) => Refusal::of_store(error),
        error => Refusal::internal("an export could not begin", &error),
    }
}

/// The status has been sent when the first row is read. What fails after that breaks the body off, so that no client
/// takes a part for the whole.
fn stream(store: Arc<dyn Store>, download: Download, running: Running) -> Body {
    let (sender, receiver) = mpsc::channel(PIECES);
    tokio::task::spawn_blocking(move || {
        let sink = BufWriter::with_capacity(PIECE, Pieces(sender.clone()));
        match download.write(&*store, sink, &|_| Ok(())) {
            Err(ExportError::Write(_)) => tracing::info!("a reader of an export went away"),
            Err(error) => {
                log_failure("an export broke off", &error);
                drop(sender.blocking_send(Err(io::Error::other(error))));
            }
            Ok(()) => {}
        }
        drop(running);
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
