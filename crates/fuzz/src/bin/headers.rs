//! Whatever headers somebody sends: a proxy is believed about nobody but the nearest stranger, and each header is read or is
//! none. A line each is a header; the first byte says which proxies are trusted.

#![no_main]
#![allow(dead_code, reason = "the collector uses more of its files than this target")]

#[path = "../../../collector/src/header.rs"]
mod header;
#[path = "../../../collector/src/network.rs"]
mod network;

use header::Forwarding;
use network::Network;
use std::net::{IpAddr, Ipv4Addr};

const PEER: IpAddr = IpAddr::V4(Ipv4Addr::new(10, 0, 0, 1));

/// Whom a proxy speaks for is the last address that is no proxy's.
fn forwarded(said: &Forwarding<'_>, trusted: &[Network]) {
    let Some(stranger) = said.stranger(PEER, trusted) else { return };
    let is_proxy = trusted.iter().any(|network| network.has(stranger));
    assert!(!is_proxy || stranger == PEER, "a proxy is a stranger");
    // Whatever somebody writes before it changes nothing.
    for (values, header) in [(&said.forwarded, 0), (&said.x_forwarded_for, 1)] {
        if values.is_empty() || stranger == PEER {
            continue;
        }
        let forged = [&["for=127.0.0.1", "127.0.0.1"][header..=header], values.as_slice()].concat();
        let both = [forged.clone(), Vec::new()];
        let said = Forwarding {
            forwarded: both[header].clone(),
            x_forwarded_for: both[1 - header].clone(),
        };
        assert_eq!(said.stranger(PEER, trusted), Some(stranger), "a forged address was believed");
    }
}

libfuzzer_sys::fuzz_target!(
    init: qulaq_fuzz::write_seeds("headers"),
    |data: &[u8]| {
        let Some((first, rest)) = data.split_first() else { return };
        let Ok(text) = std::str::from_utf8(rest) else { return };
        let lines: Vec<&str> = text.lines().collect();
        let mut trusted = Network::loopback().to_vec();
        trusted.extend(lines.iter().filter_map(|line| line.parse::<Network>().ok()));
        trusted.extend("10.0.0.0/8".parse::<Network>().ok());
        trusted.truncate(usize::from(first % 8) + 1);
        let none = Vec::new();
        forwarded(&Forwarding { forwarded: lines.clone(), x_forwarded_for: none.clone() }, &trusted);
        forwarded(&Forwarding { forwarded: none, x_forwarded_for: lines.clone() }, &trusted);
        forwarded(&Forwarding { forwarded: lines.clone(), x_forwarded_for: lines.clone() }, &trusted);
        for line in lines {
            assert!(!header::is_of_type(line, "application/json") || line.to_ascii_lowercase().contains("json"));
            for language in header::languages(line) {
                assert!(!language.contains(['-', ';', ',']) && language == language.to_ascii_lowercase());
            }
            if let Some(token) = header::bearer(line) {
                assert!(line.to_ascii_lowercase().starts_with("bearer ") && token == token.trim());
            }
        }
    }
);
