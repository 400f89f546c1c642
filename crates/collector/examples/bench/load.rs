//! A crowd of clients on kept connections, as cheap as it can be made: it shares the machine with what it measures.
//!
//! Closed: each asks again as soon as it was answered. Open: requests are due at a fixed rate, whatever the answers do,
//! and a latency counts from when its request was due, so that a pause is not measured once but by all who met it.

use hdrhistogram::Histogram;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{Instant, sleep_until};

/// What is asked, by how many, for how long.
pub(crate) struct Load {
    pub(crate) request: Request,
    pub(crate) address: SocketAddr,
    pub(crate) connections: u64,
    pub(crate) seconds: u64,
    /// Requests a second; 0 for as many as are answered.
    pub(crate) rate: u64,
}

/// The bytes of a request; with a response in it, the place of its id.
#[derive(Clone)]
pub(crate) struct Request {
    bytes: Vec<u8>,
    id_at: Option<usize>,
}

/// What somebody has seen.
struct Seen {
    microseconds: Histogram<u64>,
    good: u64,
    busy: u64,
    other: u64,
}

const ID: &str = "00000000000000000000000000000000";

impl Request {
    /// `post` for a response to the survey, or the path of something to get.
    pub(crate) fn of(what: &str, origin: &str, version: &str) -> Self {
        let host = origin.strip_prefix("http://").unwrap();
        if what != "post" {
            let bytes = format!("GET {what} HTTP/1.1\r\nhost: {host}\r\naccept-encoding: br\r\n\r\n").into();
            return Self { bytes, id_at: None };
        }
        let body = body(ID, version);
        let head = format!(
            "POST /api/v1/surveys/page-useful/responses HTTP/1.1\r\nhost: {host}\r\ncontent-type: application/json\r\n\
             content-length: {}\r\n\r\n",
            body.len()
        );
        let text = format!("{head}{body}");
        Self { id_at: text.find(ID), bytes: text.into() }
    }
}

/// A response with a sentence in it.
pub(crate) fn body(id: &str, version: &str) -> String {
    serde_json::json!({
        "id": id,
        "survey": "page-useful",
        "version": version,
        "lang": "kk",
        "channel": "embed",
        "answers": {"useful": 0, "doing": "Балабақшаға кезек туралы мәлімет іздедім, бірақ қай жерде екенін таба алмадым."},
        "paradata": {"path": "wasm", "active_ms": 48211, "today": "2026-11-23"},
    })
    .to_string()
}

impl Load {
    /// Prints: answered well, refused as busy, anything else, seconds; then microseconds at the 50th, 99th and 99.9th
    /// percentile, and the most.
    pub(crate) async fn run(self) {
        let load = Arc::new(self);
        let due = Arc::new(AtomicU64::new(0));
        let began = Instant::now();
        let clients: Vec<_> = (0..load.connections)
            .map(|number| tokio::spawn(client(Arc::clone(&load), number, Arc::clone(&due), began)))
            .collect();
        let mut all = Seen::nothing();
        for client in clients {
            all.add(&client.await.unwrap());
        }
        let seconds = began.elapsed().as_secs_f64();
        let Seen { microseconds, good, busy, other } = all;
        let at = |percent: f64| microseconds.value_at_percentile(percent);
        println!(
            "{good} {busy} {other} {seconds} {} {} {} {}",
            at(50.0),
            at(99.0),
            at(99.9),
            microseconds.max()
        );
    }

    /// When the next request is due; `None` when the time is over.
    fn next(&self, due: &AtomicU64, began: Instant) -> Option<Instant> {
        let end = began + Duration::from_secs(self.seconds);
        let next = match self.rate {
            0 => Instant::now(),
            rate => began + Duration::from_secs_f64(due.fetch_add(1, Relaxed) as f64 / rate as f64),
        };
        // What was due and is still waiting at the end is not sent any more: the waits before it tell of it.
        (next < end && Instant::now() < end).then_some(next)
    }
}

impl Seen {
    fn nothing() -> Self {
        Self { microseconds: Histogram::new(3).unwrap(), good: 0, busy: 0, other: 0 }
    }

    fn add(&mut self, other: &Self) {
        self.microseconds.add(&other.microseconds).unwrap();
        self.good += other.good;
        self.busy += other.busy;
        self.other += other.other;
    }
}

async fn client(load: Arc<Load>, number: u64, due: Arc<AtomicU64>, began: Instant) -> Seen {
    let mut socket = TcpStream::connect(load.address).await.unwrap();
    socket.set_nodelay(true).unwrap();
    let mut request = load.request.clone();
    let mut ids = Ids::of(number);
    let (mut seen, mut answer) = (Seen::nothing(), vec![0; 64 * 1024]);
    while let Some(due) = load.next(&due, began) {
        if load.rate > 0 {
            sleep_until(due).await;
        }
        if let Some(at) = request.id_at {
            ids.write(&mut request.bytes[at..at + ID.len()]);
        }
        socket.write_all(&request.bytes).await.unwrap();
        let status = read_answer(&mut socket, &mut answer).await;
        seen.microseconds.record(due.elapsed().as_micros().try_into().unwrap()).unwrap();
        match status {
            200 | 201 => seen.good += 1,
            503 => seen.busy += 1,
            _ => seen.other += 1,
        }
    }
    seen
}

/// Reads one answer and gives its status.
async fn read_answer(socket: &mut TcpStream, answer: &mut Vec<u8>) -> u16 {
    let mut filled = 0;
    let mut whole = usize::MAX;
    while filled < whole {
        if filled == answer.len() {
            answer.resize(2 * filled, 0);
        }
        let read = socket.read(&mut answer[filled..]).await.unwrap();
        assert!(read > 0, "the connection was closed");
        filled += read;
        if whole == usize::MAX {
            whole = length(&answer[..filled]).unwrap_or(usize::MAX);
        }
    }
    std::str::from_utf8(&answer[9..12]).unwrap().parse().unwrap()
}

/// Bytes of the head and the body, once the head is there.
fn length(answer: &[u8]) -> Option<usize> {
    let head = answer.windows(4).position(|four| four == b"\r\n\r\n")? + 4;
    let text = std::str::from_utf8(&answer[..head]).unwrap();
    let length = text.lines().find_map(|line| line.strip_prefix("content-length: "));
    Some(head + length.map_or(0, |length| length.parse::<usize>().unwrap()))
}

/// Ids as good as random, so that they fall all over an index (SplitMix64).
pub(crate) struct Ids(u64);

impl Ids {
    pub(crate) fn of(number: u64) -> Self {
        // Another run on the same data makes others.
        let now = std::process::id();
        Self(number.wrapping_mul(0x1234_5678_9abc_def1) ^ (u64::from(now) << 20))
    }

    fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub(crate) fn write(&mut self, place: &mut [u8]) {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        for half in place.chunks_mut(16) {
            let number = self.number();
            for (index, digit) in half.iter_mut().enumerate() {
                *digit = DIGITS[(number >> (4 * index)) as usize & 15];
            }
        }
    }
}
