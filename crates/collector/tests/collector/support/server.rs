//! A collector in this process, on loopback, with its store in a fresh directory.

use super::{Client, Database, definition};
use collector::clock::Minute;
use collector::consultation;
use collector::http::metrics::Audience;
use collector::http::{Parts, router};
use collector::media::{self, Beside};
use collector::metrics::Metrics;
use collector::network::Network;
use collector::package::Package;
use collector::places::Classifier;
use collector::publication::{self, Sources};
use collector::random;
use collector::server::{self, Serving};
use collector::store::{self, Location, NewToken, Opening, Publication, Scope, Store};
use collector::visits::Visits;
use rusqlite::{Connection, OpenFlags};
use std::fs;
use std::ops::Deref;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

/// The collector's time: 2026-03-08 20:00 in UTC, the ninth in Kazakhstan.
pub(crate) const NOW: Minute = Minute(29_550_000);

/// A running collector; it is also a client of itself.
pub(crate) struct Collector {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) visits: Visits,
    pub(crate) client: Client,
    pub(crate) directory: TempDir,
    database: Option<Database>,
    second: Arc<AtomicI64>,
    runtime: Runtime,
}

impl Collector {
    /// A collector that allows no origin but its own.
    pub(crate) fn start() -> Self {
        Self::allowing(&[])
    }

    /// The same with its store in a PostgreSQL database.
    pub(crate) fn on_postgres() -> Self {
        Self::with(&[], Serving::default(), Some(Database::new()), |_| {})
    }

    /// A collector that allows these origins.
    pub(crate) fn allowing(origins: &[&str]) -> Self {
        Self::serving(origins, Serving::default())
    }

    /// A collector that allows these origins and is served in this way.
    pub(crate) fn serving(origins: &[&str], serving: Serving) -> Self {
        Self::with(origins, serving, None, |_| {})
    }

    /// A collector with its store in a fresh database or a fresh directory, made of changed parts.
    pub(crate) fn made_of(database: Option<Database>, change: impl FnOnce(&mut Parts)) -> Self {
        Self::with(&[], Serving::default(), database, change)
    }

    fn with(
        origins: &[&str],
        serving: Serving,
        database: Option<Database>,
        change: impl FnOnce(&mut Parts),
    ) -> Self {
        let directory = tempfile::tempdir().unwrap();
        write_package(&directory.path().join("widget"));
        let location = location(&directory.path().join("data"), database.as_ref());
        let runtime = Runtime::new().unwrap();
        let store = runtime.block_on(store::open(&location, Opening::OrCreate)).unwrap();
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let scheme = if serving.tls.is_some() { "https" } else { "http" };
        let origin = format!("{scheme}://{}", listener.local_addr().unwrap());
        let second = Arc::new(AtomicI64::new(NOW.0 * 60));
        let clock = Arc::clone(&second);
        let visits = Visits::default();
        let mut parts = Parts {
            store: store.clone(),
            clock: Arc::new(move || Minute::of_second(clock.load(Ordering::Relaxed))),
            random: random::system(),
            package: Package::in_directory(&directory.path().join("widget")).unwrap(),
            public_url: origin.parse().unwrap(),
            allow_origin: origins.iter().map(|origin| origin.parse().unwrap()).collect(),
            noindex: false,
            metrics: Metrics::default(),
            audience: Audience { allowed: Network::loopback().to_vec(), proxies: Vec::new() },
            downloads: directory.path().join("data/downloads"),
            provider: None,
            security_contact: Vec::new(),
            visits: visits.clone(),
            calendar: matter::WorkingDays::kazakhstan().unwrap(),
        };
        change(&mut parts);
        let router = runtime.block_on(router(parts)).unwrap();
        runtime.spawn(async { server::serve(listener, router, serving).await });
        Self { store, visits, client: Client::new(origin), directory, database, second, runtime }
    }

    /// How another collector connects to its database.
    pub(crate) fn database_url(&self) -> String {
        self.database.as_ref().unwrap().url()
    }

    /// Sets its clock to this time in UTC, such as `2026-12-01T03:59:59Z`.
    pub(crate) fn set_clock(&self, time: &str) {
        let time: jiff::Timestamp = time.parse().unwrap();
        self.second.store(time.as_second(), Ordering::Relaxed);
    }

    /// Waits for something that the store does.
    pub(crate) fn wait<T>(&self, doing: impl Future<Output = T>) -> T {
        self.runtime.block_on(doing)
    }

    /// Publishes an example and gives its version.
    pub(crate) fn publish_example(&self, name: &str) -> String {
        self.publish(&definition(name))
    }

    /// Publishes a definition with the files that it names, which are in the directory of the collector.
    pub(crate) fn publish_with_files(&self, definition: &str) -> String {
        let files = Beside(self.directory.path().to_owned());
        let classifier = Classifier::built_in();
        let sources = Sources { files: Some(&files), ..Sources::alone(&classifier) };
        let publication = publication::read_with(definition, NOW, &sources).unwrap();
        self.wait(media::keep(&*self.store, &publication.media, &files)).unwrap();
        self.wait(consultation::keep(&*self.store, &publication, &files)).unwrap();
        let version = publication.version.clone();
        self.wait(self.store.publish(publication)).unwrap();
        version
    }

    /// Publishes a definition and gives its version.
    pub(crate) fn publish(&self, definition: &str) -> String {
        let publication: Publication = publication::read(definition, NOW).unwrap();
        let version = publication.version.clone();
        self.wait(self.store.publish(publication)).unwrap();
        version
    }

    /// Lets this token in.
    pub(crate) fn let_in(&self, token: &str, surveys: Option<&[&str]>) {
        self.let_in_for(Scope::Read, token, surveys);
    }

    /// Lets this token in for one thing.
    pub(crate) fn let_in_for(&self, scope: Scope, token: &str, surveys: Option<&[&str]>) {
        let surveys = surveys.map(|surveys| surveys.iter().map(ToString::to_string).collect());
        let hash = <sha2::Sha256 as sha2::Digest>::digest(token).into();
        let token = NewToken { hash, name: token.to_owned(), surveys, scope, created: NOW, expires: None };
        assert!(self.wait(self.store.add_token(token)).unwrap());
    }

    /// Responses on the disk, as another process sees them.
    pub(crate) fn rows(&self) -> i64 {
        rows(&self.directory.path().join("data"), self.database.as_ref())
    }
}

impl Default for Collector {
    fn default() -> Self {
        Self::start()
    }
}

/// Where a store is: in a database, or in a directory.
pub(super) fn location(directory: &Path, database: Option<&Database>) -> Location {
    match database {
        Some(database) => Location::Database(database.url().parse().unwrap()),
        None => Location::Directory(directory.to_owned()),
    }
}

impl Deref for Collector {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.client
    }
}

/// Rows of everything that a response may leave behind.
pub(super) fn rows(data: &Path, database: Option<&Database>) -> i64 {
    let count = "SELECT (SELECT count(*) FROM responses) + (SELECT count(*) FROM withdrawn)
        + (SELECT count(*) FROM partials WHERE state > 0)";
    if let Some(database) = database {
        return database.sql(count).parse().unwrap();
    }
    let db = Connection::open_with_flags(data.join("qulaq.db"), OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    db.query_row(count, [], |row| row.get(0)).unwrap()
}

/// A package as `cargo xtask build` lays it out. Its compressed copies say which they are.
pub(crate) fn write_package(directory: &Path) {
    fs::create_dir_all(directory.join("1.0.0-abc")).unwrap();
    let files = ["qulaq.js", "1.0.0-abc/qulaq.js", "1.0.0-abc/qulaq.css", "1.0.0-abc/app.wasm"];
    for file in files {
        fs::write(directory.join(file), format!("plain {file}")).unwrap();
        fs::write(directory.join(format!("{file}.br")), format!("brotli {file}")).unwrap();
        fs::write(directory.join(format!("{file}.gz")), format!("gzip {file}")).unwrap();
    }
    let files: Vec<_> =
        files.iter().map(|path| serde_json::json!({"path": path, "integrity": "sha384-x"})).collect();
    let manifest = serde_json::json!({"version": "1.0.0-abc", "files": files});
    fs::write(directory.join("manifest.json"), manifest.to_string()).unwrap();
}
