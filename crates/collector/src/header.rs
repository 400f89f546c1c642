//! Headers of requests that are read by hand. They are texts here, and nothing of HTTP: whoever throws bytes at a parser
//! needs no server for it.

use crate::network::Network;
use std::net::IpAddr;

/// What proxies have written about whom they speak for, a text for each header of that name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Forwarding<'a> {
    /// `Forwarded` (RFC 7239).
    pub(crate) forwarded: Vec<&'a str>,
    /// `X-Forwarded-For`.
    pub(crate) x_forwarded_for: Vec<&'a str>,
}

impl Forwarding<'_> {
    /// The address that a proxy at `peer`, which is believed, speaks for, if every proxy in between is believed too; `None`
    /// where nothing clear is said.
    pub(crate) fn stranger(&self, peer: IpAddr, trusted: &[Network]) -> Option<IpAddr> {
        let is_trusted = |address: IpAddr| trusted.iter().any(|network| network.has(address));
        // Each proxy adds to the end what it sees, so whatever stands before the first stranger is the stranger's word.
        let mut nearest_first = self.spoken_for()?.into_iter().rev();
        let stranger = nearest_first.find(|address| address.is_none_or(|address| !is_trusted(address)));
        stranger.unwrap_or(Some(peer))
    }

    /// The addresses that proxies name, the client's first; `None` in place of one that is no address. A proxy that writes
    /// one header passes the other on as the client wrote it, so both together say nothing.
    fn spoken_for(&self) -> Option<Vec<Option<IpAddr>>> {
        let items = |values: &[&str], read: fn(&str) -> Option<IpAddr>| {
            values.iter().flat_map(|value| value.split(',')).map(|item| read(item.trim())).collect()
        };
        match (self.forwarded.is_empty(), self.x_forwarded_for.is_empty()) {
            (false, true) => Some(items(&self.forwarded, of_element)),
            (true, false) => Some(items(&self.x_forwarded_for, of_node)),
            _ => None,
        }
    }
}

/// The `for` of an element of `Forwarded` (RFC 7239 §4): `for=192.0.2.60;proto=http`, `for="[2001:db8::1]:4711"`.
fn of_element(element: &str) -> Option<IpAddr> {
    let pairs = element.split(';').filter_map(|pair| pair.trim().split_once('='));
    let (_, node) = pairs.into_iter().find(|(name, _)| name.eq_ignore_ascii_case("for"))?;
    of_node(node.trim_matches('"'))
}

/// An address, perhaps with brackets and a port.
fn of_node(node: &str) -> Option<IpAddr> {
    if let Ok(address) = node.parse::<IpAddr>() {
        return Some(address);
    }
    if let Some((address, _)) = node.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        return address.parse().ok();
    }
    node.split_once(':').and_then(|(address, _)| address.parse().ok())
}

/// Whether a `Content-Type` is this one, whatever its parameters.
pub(crate) fn is_of_type(given: &str, wanted: &str) -> bool {
    given.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case(wanted)
}

/// The languages of an `Accept-Language`, without their regions. Browsers list the best one first, so weights are not read.
pub(crate) fn languages(accepted: &str) -> impl Iterator<Item = String> {
    let tags = accepted.split(',').filter_map(|item| item.split(';').next());
    tags.filter_map(|tag| tag.trim().split('-').next()).map(str::to_ascii_lowercase)
}

/// What an `Authorization` of the scheme `Bearer` shows (RFC 6750).
pub(crate) fn bearer(value: &str) -> Option<&str> {
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}
