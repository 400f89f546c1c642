//! A socket for whoever tries something out: the one asked for, or a free one after it.

use super::serve::listen;
use anyhow::Result;
use std::net::SocketAddr;
use tokio::net::TcpListener;

/// How many ports after the one asked for are tried.
const TRIES: u16 = 50;

/// Listens on `address` or, when its port is taken, on the next free one.
pub(super) async fn listen_from(address: SocketAddr) -> Result<TcpListener> {
    for port in address.port()..address.port().saturating_add(TRIES) {
        if let Ok(listener) = listen(SocketAddr::new(address.ip(), port)).await {
            return Ok(listener);
        }
    }
    // The first failure says best what is wrong.
    listen(address).await
}
