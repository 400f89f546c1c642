//! Reading bodies: of the right type, within a limit, within a time.

use crate::refusal::Refusal;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use axum::http::header::{CONTENT_TYPE, EXPECT};
use axum::http::request;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use std::time::Duration;

/// The content type of a form that a browser posts.
pub(super) const FORM: &str = "application/x-www-form-urlencoded";

/// Bytes of a body that are taken.
pub(super) const LIMIT: usize = 256 * 1024;

/// How long a body may take to arrive: [`LIMIT`] over a line of 13 KB a second.
const PATIENCE: Duration = Duration::from_secs(20);

/// What is read of a refused body, and for how long.
const REST: usize = 16 * 1024 * 1024;
const REST_PATIENCE: Duration = Duration::from_secs(10);

/// The body of a request that says it is of `content_type`.
pub(super) async fn read(request: Request, content_type: &'static str) -> Result<Bytes, Refusal> {
    let (head, mut body) = request.into_parts();
    let result = if is_of_type(&head, content_type) {
        read_within_limit(&mut body).await
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
    given.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case(wanted)
}

/// A body that announces too much is refused unread.
async fn read_within_limit(body: &mut Body) -> Result<Bytes, Refusal> {
    if body.size_hint().lower() > LIMIT as u64 {
        return Err(Refusal::TooLarge);
    }
    match tokio::time::timeout(PATIENCE, Limited::new(body, LIMIT).collect()).await {
        Ok(Ok(collected)) => Ok(collected.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(Refusal::TooLarge),
        Ok(Err(_)) => Err(Refusal::Malformed),
        Err(_) => Err(Refusal::TooSlow),
    }
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
        let refused = read(request.unwrap(), "application/json").await;
        assert!(matches!(refused, Err(Refusal::TooSlow)));
        assert_eq!(began.elapsed(), PATIENCE);
    }
}
