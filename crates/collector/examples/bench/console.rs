//! Opening the page of a survey in the console, as somebody who may see everything.

use crate::serve::widget;
use crate::twenty::SURVEY;
use collector::clock::{self, Minute};
use collector::figures::{BLOCK, Keeper};
use collector::http::metrics::Audience;
use collector::http::{Parts, router};
use collector::metrics::Metrics;
use collector::package::Package;
use collector::people::password::Hashed;
use collector::people::rights::{Role, Roles};
use collector::random;
use collector::server::{self, Serving};
use collector::store::{Opening, Over, PersonRecord, SessionRecord, Sqlite, Store, Way};
use collector::visits::Visits;
use sha2::{Digest, Sha256};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// Looks at the page of a survey filtered by a condition, filtered by flags, and at a table of two questions of such a group.
const FILTERED: [&str; 5] =
    ["?where=single_0+%3D%3D+1", "?where=single_0+%3D%3D+1", "?flags=none", "?flags=none", CROSS];
const CROSS: &str = "/cross?row=single_1&column=single_2&where=single_0+%3D%3D+1";

/// Prints the seconds in which the blocks were made that were missing, the milliseconds of two looks, one after the other,
/// the kilobytes of the page, and the milliseconds of looks at groups.
pub(crate) async fn run(data: &str) {
    open(data, &format!("/console/surveys/{SURVEY}"), &FILTERED).await;
}

/// The same of another page, and of what these lead to from there.
pub(crate) async fn open(data: &str, path: &str, further: &[&str]) {
    let store: Arc<dyn Store> = Arc::new(Sqlite::open(Path::new(data), Opening::Existing).unwrap());
    let began = Instant::now();
    let keeper = Keeper::with_blocks_of(BLOCK, Arc::clone(&store), &random::system()).await.unwrap();
    keeper.catch_up().await.unwrap();
    let made = began.elapsed().as_secs_f64();
    drop(keeper);
    let now = clock::system()();
    sign_in(&*store, now).await;
    drop(store);
    let address = serve(data).await;
    let mut looks = Vec::new();
    let mut page = Vec::new();
    for _ in 0..2 {
        let began = Instant::now();
        page = look(address, path).await;
        looks.push(milliseconds(began));
    }
    looks.push(format!("{:.0}", page.len() as f64 / 1024.0));
    for what in further {
        let began = Instant::now();
        look(address, &format!("{path}{what}")).await;
        looks.push(milliseconds(began));
    }
    println!("{made:.1} {}", looks.join(" "));
}

/// Starts a collector with what is in a directory.
pub(crate) async fn serve(data: &str) -> SocketAddr {
    let store: Arc<dyn Store> = Arc::new(Sqlite::open(Path::new(data), Opening::Existing).unwrap());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let parts = Parts {
        store,
        clock: clock::system(),
        random: random::system(),
        package: Package::in_directory(&widget(Path::new(data))).unwrap(),
        public_url: format!("http://{address}").parse().unwrap(),
        allow_origin: Vec::new(),
        noindex: true,
        metrics: Metrics::default(),
        audience: Audience::default(),
        provider: None,
        security_contact: Vec::new(),
        visits: Visits::default(),
        calendar: matter::WorkingDays::kazakhstan().unwrap(),
        downloads: Path::new(data).join("downloads"),
    };
    let router = router(parts).await.unwrap();
    tokio::spawn(async { server::serve(listener, router, Serving::default()).await });
    address
}

fn milliseconds(since: Instant) -> String {
    format!("{:.1}", since.elapsed().as_secs_f64() * 1e3)
}

const SECRET: &str = "bench";

/// An account that may see everything, with a session.
pub(crate) async fn sign_in(store: &dyn Store, now: Minute) {
    let person = PersonRecord {
        name: SECRET.to_owned(),
        display: SECRET.to_owned(),
        password: Hashed::of("қолданылмайтын құпиясөз", &random::system()).unwrap(),
        lang: "kk".to_owned(),
        disabled: false,
        created: now,
        roles: Roles(vec![(None, Role::Owner)]),
    };
    store.add_person(person).await.unwrap();
    let hash = Sha256::digest(SECRET).into();
    let session =
        SessionRecord { hash, person: SECRET.to_owned(), created: now, seen: now, way: Way::Password };
    let over = Over { created: Minute(i64::MAX), seen: Minute(i64::MAX) };
    store.begin_session(session, over).await.unwrap();
}

/// One look, with everything that a browser waits for until it has the page.
pub(crate) async fn look(address: SocketAddr, path: &str) -> Vec<u8> {
    let mut socket = TcpStream::connect(address).await.unwrap();
    let request = format!(
        "GET {path} HTTP/1.1\r\nhost: {address}\r\ncookie: qulaq={SECRET}\r\n\
         accept: text/html\r\nconnection: close\r\n\r\n"
    );
    socket.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    socket.read_to_end(&mut answer).await.unwrap();
    assert!(answer.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&answer[..200]));
    answer
}
