//! The collector as `qulaq serve` runs it, with its log and its counts, and one survey in it.

use crate::forgetful::Forgetful;
use collector::clock;
use collector::http::metrics::Audience;
use collector::http::{Parts, router};
use collector::logs;
use collector::metrics::Metrics;
use collector::package::Package;
use collector::publication;
use collector::random;
use collector::server::{self, Serving};
use collector::settings::{LogFormat, LogLevel};
use collector::store::{Opening, Postgres, Sqlite, Store};
use collector::visits::Visits;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::net::TcpListener;

/// The survey that is answered.
pub(crate) const SURVEY: &str = include_str!("../../../../examples/surveys/page-useful.json");

/// Serves until it is asked to end. Prints where, and the version of the survey.
pub(crate) async fn run(store: &str, data: &str) {
    logs::start(LogLevel::Info, LogFormat::Json);
    let metrics = Metrics::default();
    let sqlite = || Sqlite::open(Path::new(data), Opening::OrCreate).unwrap();
    let store: Arc<dyn Store> = match store {
        "sqlite" => Arc::new(sqlite()),
        "forgetful" => Arc::new(Forgetful(sqlite())),
        url => Arc::new(Postgres::open(&url.parse().unwrap(), Opening::OrCreate).await.unwrap()),
    };
    metrics.watch_store(store.pace());
    let publication = publication::read(SURVEY, clock::system()()).unwrap();
    let version = publication.version.clone();
    store.publish(publication).await.unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let router = router(Parts {
        store,
        clock: clock::system(),
        random: random::system(),
        package: Package::in_directory(&widget(Path::new(data))).unwrap(),
        public_url: origin.parse().unwrap(),
        allow_origin: Vec::new(),
        noindex: true,
        metrics,
        audience: Audience::default(),
        downloads: Path::new(data).join("downloads"),
        provider: None,
        security_contact: Vec::new(),
        visits: Visits::default(),
        calendar: matter::WorkingDays::kazakhstan().unwrap(),
    });
    let router = router.await.unwrap();
    println!("{origin} {version}");
    server::serve(listener, router, Serving::default()).await.unwrap();
}

/// A package that has what every package has, so that the widget need not be built for a measurement.
pub(crate) fn widget(data: &Path) -> PathBuf {
    let directory = data.join("widget-for-bench");
    let file = |path: &str, content: &str| {
        let path = directory.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    };
    let files = ["qulaq.js", "0-bench/qulaq.js", "0-bench/qulaq.css"];
    for path in files {
        for ending in ["", ".br", ".gz"] {
            file(&format!("{path}{ending}"), path);
        }
    }
    let files = files.map(|path| serde_json::json!({"path": path, "integrity": "sha384-x"}));
    file("manifest.json", &serde_json::json!({"version": "0-bench", "files": files}).to_string());
    directory
}
