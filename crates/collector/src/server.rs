//! A router on a socket, until the system asks the program to end.

use axum::Router;
use axum::serve::ListenerExt;
use std::io;
use std::time::Duration;
use tokio::net::TcpListener;

/// How long requests under way may take to end; after that they are cut off.
const GRACE: Duration = Duration::from_secs(10);

/// Serves until SIGTERM or SIGINT, then takes no more connections and lets what is under way end.
pub(crate) async fn serve(listener: TcpListener, router: Router) -> io::Result<()> {
    // An answer is written at once: holding back small packets would only make it late.
    let listener = listener.tap_io(|connection| drop(connection.set_nodelay(true)));
    let serving = axum::serve(listener, router).with_graceful_shutdown(asked_to_end());
    tokio::select! {
        ended = serving => ended,
        () = grace_is_over() => {
            tracing::warn!("requests were still under way when the program had to end");
            Ok(())
        }
    }
}

async fn grace_is_over() {
    asked_to_end().await;
    tokio::time::sleep(GRACE).await;
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
