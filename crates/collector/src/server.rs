//! A router on a socket, until the system asks the program to end.
//!
//! Here connections are taken; what one may do and for how long is in `line`, how many there may be in `lines`, what
//! encrypts them in [`tls`].

pub mod connections;
pub(crate) mod hang_ups;
mod line;
mod lines;
pub mod tls;

use crate::refusal::{Refusal, log_failure};
use axum::Router;
use axum::response::IntoResponse;
use connections::Connections;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use line::Line;
use lines::Lines;
use std::convert::Infallible;
use std::io::{self, ErrorKind};
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;
use tls::Tls;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};

/// How long requests under way may take to end; after that they are cut off.
const GRACE: Duration = Duration::from_secs(10);

/// How long nobody is let in after the system had no room for another connection, or while too many are on their way out.
const BREATH: Duration = Duration::from_millis(50);

/// Connections at the same time that are told that there is no room, and how long that may take. Others beyond them are
/// closed without a word.
const TURNED_AWAY: usize = 64;
const FAREWELL: Duration = Duration::from_secs(2);

/// The address that a connection comes from: of a device, or of a proxy. It is in the extensions of a request, for the
/// few who ask whether somebody is on a list, and nowhere else.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub IpAddr);

/// How a socket is served.
#[derive(Debug, Default)]
pub struct Serving {
    /// The certificate, when the collector itself speaks TLS.
    pub tls: Option<Arc<Tls>>,
    /// How many connections there may be, and how many there are.
    pub connections: Connections,
}

/// Serves until SIGTERM or SIGINT, then takes no more connections and lets what is under way end.
///
/// # Errors
/// None at present: what goes wrong with a connection ends that connection.
pub async fn serve(listener: TcpListener, router: Router, serving: Serving) -> io::Result<()> {
    let server = Arc::new(Server {
        lines: Lines::new(serving.connections),
        router: router.with_state(()),
        tls: serving.tls,
        farewells: Arc::new(Semaphore::new(TURNED_AWAY)),
    });
    tokio::select! {
        // Listened to before the first connection is taken: whoever was answered may ask for the end.
        biased;
        () = asked_to_end() => {}
        () = server.take_connections(&listener) => {}
    }
    drop(listener);
    server.lines.end();
    tokio::select! {
        () = server.lines.all_gone() => {}
        // Whoever asks twice does not want to wait.
        () = sleep(GRACE) => tracing::warn!("requests were still under way when the program had to end"),
    }
    Ok(())
}

/// One socket.
struct Server {
    lines: Arc<Lines>,
    router: Router,
    tls: Option<Arc<Tls>>,
    farewells: Arc<Semaphore>,
}

impl Server {
    async fn take_connections(self: &Arc<Self>, listener: &TcpListener) {
        loop {
            drop(timeout(BREATH, self.lines.room_to_enter()).await);
            match listener.accept().await {
                Ok((socket, address)) => self.take(socket, Peer(address.ip())),
                Err(error) if is_of_one_connection(&error) => {}
                Err(error) => {
                    // No room for another file, most often: somebody who does nothing makes room, and the loop does
                    // not spin until there is.
                    log_failure("no further connection can be taken for a moment", &error);
                    self.lines.close_an_idle_one();
                    sleep(BREATH).await;
                }
            }
        }
    }

    fn take(self: &Arc<Self>, socket: TcpStream, peer: Peer) {
        // An answer is written at once: holding back small packets would only make it late.
        drop(socket.set_nodelay(true));
        match self.lines.enter() {
            Some(line) => drop(tokio::spawn(Arc::clone(self).attend(socket, peer, line))),
            None => self.turn_away(socket),
        }
    }

    async fn attend(self: Arc<Self>, socket: TcpStream, peer: Peer, line: Line) {
        let Some(tls) = &self.tls else {
            return line.converse(socket, self.router.clone(), peer).await;
        };
        let handshake = tls.acceptor().accept(socket);
        if let Some(Ok(socket)) = line.unless_over(handshake).await {
            line.converse(socket, self.router.clone(), peer).await;
        }
    }

    /// Says that there is no room, as every refusal is said. That costs one more file each, so only a few are told.
    fn turn_away(&self, socket: TcpStream) {
        let Ok(permit) = Arc::clone(&self.farewells).try_acquire_owned() else { return };
        if self.tls.is_some() {
            return;
        }
        tokio::spawn(async move {
            let refuse = service_fn(async |_| Ok::<_, Infallible>(Refusal::Busy.into_response()));
            let mut http = http1::Builder::new();
            http.keep_alive(false).timer(TokioTimer::new());
            drop(timeout(FAREWELL, http.serve_connection(TokioIo::new(socket), refuse)).await);
            drop(permit);
        });
    }
}

/// Errors of a connection that was given up before it was taken, which say nothing about the next.
fn is_of_one_connection(error: &io::Error) -> bool {
    use ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

/// Waits for SIGTERM or SIGINT. A signal that cannot be listened to never comes.
pub(crate) async fn asked_to_end() {
    tokio::select! {
        () = interrupted() => {}
        () = terminated() => {}
    }
}

async fn interrupted() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

#[cfg(unix)]
async fn terminated() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut signal) => _ = signal.recv().await,
        Err(_) => std::future::pending::<()>().await,
    }
}

#[cfg(not(unix))]
async fn terminated() {
    std::future::pending::<()>().await;
}
