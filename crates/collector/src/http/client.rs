//! Who asks: the address of a client, as far as it can be believed.
//!
//! It decides whether somebody is on a list, and is forgotten with the request: nothing logs or keeps it. What a
//! forwarded header says about the host or the scheme is never read: forms that many are sent are made from the public
//! URL of the settings, and one client's header must not get into them.

use super::App;
use crate::guard::Sender;
use crate::header::Forwarding;
use crate::network::Network;
use crate::server::Peer;
use axum::extract::Request;
use axum::http::header::{FORWARDED, HeaderMap, HeaderName, VIA};
use std::net::IpAddr;

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// Headers that only somebody between the client and us writes.
const OF_PROXIES: [HeaderName; 4] = [FORWARDED, X_FORWARDED_FOR, HeaderName::from_static("x-real-ip"), VIA];

/// The address of the client that connected from `peer`. A proxy on the list is believed about whom it speaks for, and
/// nobody else is: `None` when the request came through somebody who is not on the list, or who says nothing clear.
pub(super) fn address(peer: Peer, headers: &HeaderMap, trusted: &[Network]) -> Option<IpAddr> {
    if !OF_PROXIES.iter().any(|name| headers.contains_key(name)) {
        return Some(peer.0);
    }
    if !trusted.iter().any(|network| network.has(peer.0)) {
        return None;
    }
    let values = |name: HeaderName| -> Vec<&str> {
        headers.get_all(name).into_iter().map(|value| value.to_str().unwrap_or("?")).collect()
    };
    let said = Forwarding { forwarded: values(FORWARDED), x_forwarded_for: values(X_FORWARDED_FOR) };
    said.stranger(peer.0, trusted)
}

/// What is known of who sent a request.
pub(super) fn sender(app: &App, request: &Request) -> Sender {
    let peer = request.extensions().get::<Peer>().copied();
    let from = peer.and_then(|peer| address(peer, request.headers(), &app.audience.proxies));
    Sender { from, ..Sender::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(peer: &str, headers: &[(&'static str, &'static str)]) -> Option<String> {
        let trusted = ["10.0.0.0/8", "::1"].map(|network| network.parse().unwrap());
        let headers: HeaderMap = headers
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap()))
            .collect();
        address(Peer(peer.parse().unwrap()), &headers, &trusted).map(|address| address.to_string())
    }

    #[test]
    fn who_connects_directly_is_who_asks() {
        assert_eq!(asked("192.0.2.1", &[]).as_deref(), Some("192.0.2.1"));
    }

    #[test]
    fn a_proxy_on_the_list_is_believed_about_whom_it_speaks_for() {
        let v4 = [("x-forwarded-for", "192.0.2.1")];
        assert_eq!(asked("10.1.1.1", &v4).as_deref(), Some("192.0.2.1"));
        let v6 = [("forwarded", "for=\"[2001:db8::1]:4711\";proto=https")];
        assert_eq!(asked("::1", &v6).as_deref(), Some("2001:db8::1"));
        let two = [("x-forwarded-for", "192.0.2.1, 10.2.2.2")];
        assert_eq!(asked("10.1.1.1", &two).as_deref(), Some("192.0.2.1"), "through two of ours");
    }

    #[test]
    fn what_a_client_writes_before_a_proxy_adds_its_address_is_not_believed() {
        let forged = [("x-forwarded-for", "127.0.0.1, 192.0.2.1")];
        assert_eq!(asked("10.1.1.1", &forged).as_deref(), Some("192.0.2.1"));
        let garbled = [("x-forwarded-for", "127.0.0.1, what")];
        assert_eq!(asked("10.1.1.1", &garbled), None);
        let both = [("forwarded", "for=127.0.0.1"), ("x-forwarded-for", "192.0.2.1")];
        assert_eq!(asked("10.1.1.1", &both), None, "which of them the proxy wrote is not known");
    }

    #[test]
    fn a_stranger_who_speaks_for_others_is_nobody() {
        assert_eq!(asked("192.0.2.1", &[("x-forwarded-for", "127.0.0.1")]), None);
        assert_eq!(
            asked("127.0.0.1", &[("x-real-ip", "192.0.2.1")]),
            None,
            "a proxy that is not on the list"
        );
    }
}
