//! One connection: HTTP/1.1 or HTTP/2 on it, and how long it may do nothing.
//!
//! One clock watches over it. Until the first request has come whole, after the last one was answered, and while an
//! answer is not taken, there is a time after which it is closed; a body has its own time where it is read.

use super::Peer;
use super::lines::Lines;
use axum::Router;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use axum::response::Response;
use hyper::body::{Frame, Incoming, SizeHint};
use hyper::service::Service;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use std::convert::Infallible;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering::Relaxed};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::{Notify, watch};
use tokio::time::{Instant, sleep_until};

/// How long the first request may take to come, from the first packet to the end of its head; a handshake counts in.
const FIRST: Duration = Duration::from_secs(10);

/// How long a connection may be kept without a request: more than the minute for which proxies keep one, so that none
/// sends a request into a connection that is just being closed.
const KEEP: Duration = Duration::from_secs(75);

/// How long an answer may wait for somebody who does not take it.
const STALLED: Duration = Duration::from_secs(300);

/// The same when others need the room.
const STALLED_WHEN_FULL: Duration = Duration::from_secs(30);

/// How long a connection that was asked to end may take for it, when nothing is under way on it.
const LEAVING: Duration = Duration::from_secs(5);

/// Bytes of the head of a request, and buffers of a connection.
const HEAD: usize = 16 * 1024;
const BUFFER: usize = 64 * 1024;

/// Requests at the same time on one connection (HTTP/2), and requests taken back before anybody saw them: whoever sends
/// and cancels without end (CVE-2023-44487) is sent away.
const STREAMS: u32 = 64;
const TAKEN_BACK: usize = 32;

/// How often a silent HTTP/2 connection is asked whether anybody is there.
const ASK: Duration = Duration::from_secs(30);

/// A place for one connection. It is free again when this is dropped.
pub(super) struct Line {
    lines: Arc<Lines>,
    place: u64,
    state: Arc<State>,
    ending: watch::Receiver<bool>,
}

/// What happens on a connection.
#[derive(Debug)]
pub(super) struct State {
    /// Whether a request has come.
    begun: AtomicBool,
    /// When it was opened.
    opened: Instant,
    /// Requests that are not answered to the end.
    under_way: AtomicUsize,
    /// When something last happened, in milliseconds after that.
    touched: AtomicU64,
    room: Notify,
}

/// A request under way, until it is dropped.
pub(super) struct UnderWay(Arc<State>);

impl State {
    pub(super) fn new() -> Self {
        Self {
            begun: AtomicBool::new(false),
            opened: Instant::now(),
            under_way: AtomicUsize::new(0),
            touched: AtomicU64::new(0),
            room: Notify::new(),
        }
    }

    pub(super) fn begin(self: &Arc<Self>) -> UnderWay {
        self.touch();
        self.begun.store(true, Relaxed);
        self.under_way.fetch_add(1, Relaxed);
        UnderWay(Arc::clone(self))
    }

    fn has_begun(&self) -> bool {
        self.begun.load(Relaxed)
    }

    fn touch(&self) {
        self.touched.store(self.opened.elapsed().as_millis().try_into().unwrap_or(u64::MAX), Relaxed);
    }

    /// When it is closed, if nothing happens until then.
    fn deadline(&self) -> Instant {
        let patience = match (self.has_begun(), self.under_way.load(Relaxed)) {
            (false, _) => FIRST,
            (true, 0) => KEEP,
            (true, _) => STALLED,
        };
        self.last_touched() + patience
    }

    fn last_touched(&self) -> Instant {
        self.opened + Duration::from_millis(self.touched.load(Relaxed))
    }

    /// Whether it may be closed because others need the room.
    pub(super) fn may_make_room(&self, now: Instant) -> bool {
        self.under_way.load(Relaxed) == 0 || self.last_touched() + STALLED_WHEN_FULL < now
    }

    pub(super) fn make_room(&self) {
        self.room.notify_one();
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.touch();
        self.0.under_way.fetch_sub(1, Relaxed);
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.lines.leave(self.place);
    }
}

impl Line {
    pub(super) fn new(
        lines: Arc<Lines>,
        place: u64,
        state: Arc<State>,
        ending: watch::Receiver<bool>,
    ) -> Self {
        Self { lines, place, state, ending }
    }

    /// What happens on the connection.
    #[cfg(test)]
    pub(super) fn state(&self) -> &Arc<State> {
        &self.state
    }

    /// Waits for `work`; `None` when the connection's time is over first, or others need the room.
    pub(super) async fn unless_over<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        tokio::select! {
            done = work => Some(done),
            () = self.state.room.notified() => None,
            () = self.overdue() => None,
        }
    }

    async fn overdue(&self) {
        loop {
            let deadline = self.state.deadline();
            if deadline <= Instant::now() {
                return;
            }
            sleep_until(deadline).await;
        }
    }

    /// Answers requests until either side ends the connection. What goes wrong on it is the client's affair.
    pub(super) async fn converse<S>(self, socket: S, router: Router, peer: Peer)
    where
        S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
    {
        let http = http();
        let answering = Answering { router, peer, state: Arc::clone(&self.state) };
        let mut connection = pin!(http.serve_connection(TokioIo::new(socket), answering));
        let mut ending = self.ending.clone();
        let told_to_end = tokio::select! {
            _ = connection.as_mut() => return,
            () = self.state.room.notified() => return,
            () = self.overdue() => match self.state.has_begun() {
                true => Instant::now() + LEAVING,
                false => return,
            },
            _ = ending.wait_for(|ending| *ending) => Instant::now() + STALLED,
        };
        // HTTP/1 closes after the answer under way, HTTP/2 says which requests it will still answer.
        connection.as_mut().graceful_shutdown();
        tokio::select! {
            _ = connection => {}
            () = sleep_until(told_to_end) => {}
            () = self.state.room.notified() => {}
        }
    }
}

/// Both protocols: HTTP/2 for whoever begins with its preface, which is agreed on before that with TLS.
fn http() -> auto::Builder<TokioExecutor> {
    let mut http = auto::Builder::new(TokioExecutor::new());
    http.http1().timer(TokioTimer::new()).header_read_timeout(None).max_buf_size(BUFFER);
    http.http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(STREAMS)
        .max_pending_accept_reset_streams(TAKEN_BACK)
        .max_local_error_reset_streams(TAKEN_BACK)
        .max_header_list_size(HEAD as u32)
        .max_send_buf_size(BUFFER)
        .keep_alive_interval(ASK)
        .keep_alive_timeout(FIRST);
    http
}

/// The router for one connection.
struct Answering {
    router: Router,
    peer: Peer,
    state: Arc<State>,
}

impl Service<hyper::Request<Incoming>> for Answering {
    type Response = hyper::Response<Held>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Infallible>> + Send>>;

    fn call(&self, request: hyper::Request<Incoming>) -> Self::Future {
        let under_way = self.state.begin();
        let mut request: Request = request.map(Body::new);
        request.extensions_mut().insert(self.peer);
        let answering = tower_service::Service::call(&mut self.router.clone(), request);
        Box::pin(async move {
            let response: Response = answering.await?;
            Ok(response.map(|body| Held { body, under_way }))
        })
    }
}

/// The body of an answer: its request is under way until it was sent.
struct Held {
    body: Body,
    under_way: UnderWay,
}

impl HttpBody for Held {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let frame = Pin::new(&mut self.body).poll_frame(context);
        if frame.is_ready() {
            self.under_way.0.touch();
        }
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::connections::Connections;
    use axum::routing::{get, post};
    use std::net::Ipv4Addr;
    use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};

    fn router() -> Router {
        let endless = async || {
            Body::from_stream(tokio_stream::iter(std::iter::repeat_n(Ok::<_, Infallible>("x"), 1 << 20)))
        };
        let taken = async |body: Bytes| body.len().to_string();
        Router::new().route("/", get("here")).route("/endless", get(endless)).route("/taken", post(taken))
    }

    /// A connection to which this was sent, and how long it lasts.
    async fn lasts(sent: &[u8]) -> (Duration, DuplexStream) {
        let (mut client, socket) = duplex(1 << 16);
        client.write_all(sent).await.unwrap();
        let line = Lines::new(Connections::default()).enter().unwrap();
        let began = Instant::now();
        line.converse(socket, router(), Peer(Ipv4Addr::LOCALHOST.into())).await;
        (began.elapsed(), client)
    }

    /// All that was answered before the connection ended.
    async fn answered(mut client: DuplexStream) -> String {
        let mut answered = Vec::new();
        client.read_to_end(&mut answered).await.unwrap();
        String::from_utf8(answered).unwrap()
    }

    #[tokio::test(start_paused = true)]
    async fn a_connection_that_asks_nothing_whole_is_closed_after_ten_seconds() {
        for sent in ["", "G", "GET / HTTP/1.1\r\nhost: a\r\n", "PRI * HTTP/2.0\r\n"] {
            let (lasted, client) = lasts(sent.as_bytes()).await;
            assert!(lasted >= FIRST && lasted < FIRST + Duration::from_secs(1), "{sent:?}: {lasted:?}");
            drop(client);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_connection_is_kept_for_more_requests_longer_than_a_proxy_keeps_it() {
        let (lasted, client) = lasts(b"GET / HTTP/1.1\r\nhost: a\r\n\r\nGET / HTTP/1.1\r\n").await;
        assert!(lasted >= KEEP && lasted < KEEP + LEAVING + Duration::from_secs(1), "{lasted:?}");
        assert!(answered(client).await.ends_with("here"));
    }

    #[tokio::test(start_paused = true)]
    async fn an_answer_that_nobody_takes_is_not_held_for_ever() {
        let (lasted, client) = lasts(b"GET /endless HTTP/1.1\r\nhost: a\r\n\r\n").await;
        assert!(
            lasted >= STALLED && lasted < STALLED + FIRST + LEAVING + Duration::from_secs(1),
            "{lasted:?}"
        );
        drop(client);
    }

    #[tokio::test(start_paused = true)]
    async fn a_head_of_more_than_a_connections_buffer_is_refused() {
        let head = format!("GET / HTTP/1.1\r\nhost: a\r\nx: {}", "x".repeat(BUFFER));
        let (_, client) = {
            let (mut client, socket) = duplex(1 << 20);
            client.write_all(head.as_bytes()).await.unwrap();
            let line = Lines::new(Connections::default()).enter().unwrap();
            line.converse(socket, router(), Peer(Ipv4Addr::LOCALHOST.into())).await;
            ((), client)
        };
        assert!(answered(client).await.starts_with("HTTP/1.1 431 "));
    }
}
