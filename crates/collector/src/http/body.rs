//! Reading bodies: of the right type, within a limit, within a time, and no more at once than there is room for.

use crate::header;
use crate::refusal::Refusal;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use axum::http::header::{CONTENT_TYPE, EXPECT};
use axum::http::request;
use http_body_util::{BodyExt, Limited};
use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, TryAcquireError};

/// The content type of a form that a browser posts.
pub(super) const FORM: &str = "application/x-www-form-urlencoded";

/// Bytes of a body that are taken.
pub(super) const LIMIT: usize = 256 * 1024;

/// How long a body may take to arrive: [`LIMIT`] over a line of 13 KB a second.
const PATIENCE: Duration = Duration::from_secs(20);

/// What is read of a refused body, and for how long.
const REST: usize = 16 * 1024 * 1024;
const REST_PATIENCE: Duration = Duration::from_secs(10);

/// Bytes of all bodies that are being read or kept at this moment. It is what has arrived that counts, not what was
/// announced, so that nobody takes the room with words alone.
const AT_ONCE: usize = 64 * 1024 * 1024;

/// Room for the bodies that there are.
#[derive(Clone, Debug)]
pub(crate) struct Room(Arc<Semaphore>);

/// A body, and the room that it takes until it is dropped.
#[derive(Debug)]
pub(super) struct Taken {
    bytes: Bytes,
    _room: Option<OwnedSemaphorePermit>,
}

impl Default for Room {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(AT_ONCE)))
    }
}

impl Room {
    /// Room for so many bytes more, or the refusal that says to come back.
    fn take(&self, bytes: usize) -> Result<OwnedSemaphorePermit, Refusal> {
        let bytes = u32::try_from(bytes).map_err(|_| Refusal::TooLarge)?;
        Arc::clone(&self.0).try_acquire_many_owned(bytes).map_err(|error| match error {
            TryAcquireError::NoPermits | TryAcquireError::Closed => Refusal::Busy,
        })
    }
}

impl Deref for Taken {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.bytes
    }
}

/// The body of a request that says it is of `content_type`.
pub(super) async fn read(
    room: &Room,
    request: Request,
    content_type: &'static str,
) -> Result<Taken, Refusal> {
    let (head, mut body) = request.into_parts();
    let result = if is_of_type(&head, content_type) {
        read_in_time(room, &mut body).await
    } else {
        Err(Refusal::ContentType(content_type))
    };
    if result.is_err() && !head.headers.contains_key(EXPECT) {
        discard_rest(body);
    }
    result
}

fn is_of_type(head: &request::Parts, wanted: &str) -> bool {
    let given = head.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    header::is_of_type(given, wanted)
}

/// A body that announces too much is refused unread.
async fn read_in_time(room: &Room, body: &mut Body) -> Result<Taken, Refusal> {
    if body.size_hint().lower() > LIMIT as u64 {
        return Err(Refusal::TooLarge);
    }
    tokio::time::timeout(PATIENCE, read_within_limits(room, body)).await.unwrap_or(Err(Refusal::TooSlow))
}

/// Most bodies arrive in one piece, which is then not copied.
async fn read_within_limits(room: &Room, body: &mut Body) -> Result<Taken, Refusal> {
    let mut taken: Option<OwnedSemaphorePermit> = None;
    let (mut first, mut all) = (Bytes::new(), Vec::new());
    while let Some(frame) = body.frame().await {
        let Ok(piece) = frame.map_err(|_| Refusal::Malformed)?.into_data() else { continue };
        if first.len().max(all.len()) + piece.len() > LIMIT {
            return Err(Refusal::TooLarge);
        }
        let more = room.take(piece.len())?;
        match &mut taken {
            Some(taken) => taken.merge(more),
            None => taken = Some(more),
        }
        if first.is_empty() {
            first = piece;
        } else {
            if all.is_empty() {
                all.extend_from_slice(&first);
            }
            all.extend_from_slice(&piece);
        }
    }
    let bytes = if all.is_empty() { first } else { all.into() };
    Ok(Taken { bytes, _room: taken })
}

/// Reads what the client is still sending and throws it away, while the refusal is on its way. Without this the
/// connection would be reset under a client that is still sending, and many clients never read the refusal then. A
/// client that sent `Expect` waits for the answer before it sends.
fn discard_rest(body: Body) {
    tokio::spawn(tokio::time::timeout(REST_PATIENCE, async move {
        let mut rest = Limited::new(body, REST);
        while let Some(Ok(_)) = rest.frame().await {}
    }));
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::Request;

    #[tokio::test(start_paused = true)]
    async fn a_body_that_stops_half_way_is_waited_for_and_then_refused() {
        let never = Body::from_stream(tokio_stream::pending::<std::io::Result<Bytes>>());
        let request = Request::post("/").header(CONTENT_TYPE, "application/json").body(never);
        let began = tokio::time::Instant::now();
        let refused = read(&Room::default(), request.unwrap(), "application/json").await;
        assert!(matches!(refused, Err(Refusal::TooSlow)));
        assert_eq!(began.elapsed(), PATIENCE);
    }

    fn posted(pieces: &[&'static str]) -> axum::extract::Request {
        let pieces: Vec<_> = pieces.iter().map(|piece| std::io::Result::Ok(Bytes::from(*piece))).collect();
        let body = Body::from_stream(tokio_stream::iter(pieces));
        Request::post("/").header(CONTENT_TYPE, "text/plain").body(body).unwrap()
    }

    #[tokio::test]
    async fn a_body_in_pieces_is_read_as_one() {
        for pieces in [&["{\"a\":", "1", "}"][..], &["{\"a\":1}"], &["", "{\"a\":1}"]] {
            let taken = read(&Room::default(), posted(pieces), "text/plain").await.unwrap();
            assert_eq!(&*taken, b"{\"a\":1}");
        }
    }

    #[tokio::test]
    async fn there_is_room_again_when_a_body_goes() {
        let room = Room(Arc::new(Semaphore::new(10)));
        let first = read(&room, posted(&["12345", "678"]), "text/plain").await.unwrap();
        let refused = read(&room, posted(&["123"]), "text/plain").await;
        assert!(matches!(refused, Err(Refusal::Busy)));
        drop(first);
        assert!(read(&room, posted(&["123"]), "text/plain").await.is_ok());
    }
}
