//! What the ways in and out cost: `cargo xtask bench ingest` and `bench export` build this program, run its parts as
//! processes of their own and make a table of what they print. It is no part of `qulaq`.
//!
//! `serve` is the collector with a store that keeps or one that forgets, `load` a crowd of clients, `insert` what the
//! database alone does with the same bytes, `fill` makes a table long. `twenty` fills a store for exports, `decode` reads
//! and decodes what is in it, `console` opens the page of its survey, `pages` that of a site's pages,
//! `participation` those of mechanisms with many people in them.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a measurement that fails measures nothing")]
#![expect(clippy::print_stdout, reason = "the figures are what it is for")]

mod console;
mod forgetful;
mod insert;
mod load;
mod pages;
mod participation;
mod serve;
mod twenty;

use std::env;

#[tokio::main]
async fn main() {
    let words: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words[..] {
        ["serve", store, data] => serve::run(store, data).await,
        ["fill", data, rows] => insert::fill(data, rows.parse().unwrap()).await,
        ["twenty", data, rows] => twenty::fill(data, rows.parse().unwrap()).await,
        ["decode", data] => twenty::decode(data).await,
        ["console", data] => console::run(data).await,
        ["pages", data, rows, paths] => {
            pages::run(data, rows.parse().unwrap(), paths.parse().unwrap()).await;
        }
        ["participation", data, rows] => participation::run(data, rows.parse().unwrap()).await,
        ["insert", data, seconds] => insert::raw(data, seconds.parse().unwrap()),
        ["load", origin, what, version, connections, seconds, rate] => {
            let load = load::Load {
                request: load::Request::of(what, origin, version),
                address: origin.strip_prefix("http://").unwrap().parse().unwrap(),
                connections: connections.parse().unwrap(),
                seconds: seconds.parse().unwrap(),
                rate: rate.parse().unwrap(),
            };
            load.run().await;
        }
        _ => panic!(
            "serve sqlite|forgetful|postgres://… DATA | fill DATA ROWS | insert DATA SECONDS | twenty DATA ROWS | decode DATA | console DATA | pages DATA ROWS PATHS | participation DATA ROWS | load ORIGIN WHAT VERSION CONNECTIONS SECONDS RATE"
        ),
    }
}
