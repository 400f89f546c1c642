//! `qulaq preview`: a definition as it will be asked, in a browser, anew each time the author saves it.
//!
//! It is a collector like any other, with its data in a directory that goes at the end: `watch` reads the file and
//! publishes what is sound, `pages` serves what lies around the collector's own pages.

mod pages;
mod watch;

use super::data::Data;
use super::serve::{origin_of, package};
use super::{Out, address};
use crate::http::metrics::Audience;
use crate::http::{self, Parts};
use crate::metrics::Metrics;
use crate::server::Serving;
use crate::settings::{LogFormat, LogLevel};
use crate::store::{Opening, Sqlite, Store};
use crate::visits::Visits;
use crate::{clock, logs, random, server};
use anyhow::{Context, Result};
use clap::Args;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::sync::watch::channel;
use watch::Watched;

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The definition (JSON, format 1)
    file: PathBuf,
    /// Address and port of the preview; the next free port when it is taken
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8099")]
    listen: SocketAddr,
    /// The language to begin in [default: that of the browser, or the survey's first]
    #[arg(long, value_name = "TAG")]
    lang: Option<String>,
    /// Directory with another package of the widget's files [default: the one inside this program]
    #[arg(long, env = "QULAQ_WIDGET", value_name = "DIR")]
    widget: Option<PathBuf>,
    // Where places were imported: the answers of a preview are kept elsewhere.
    #[command(flatten)]
    places: Data,
}

pub(super) async fn run(options: Options, out: &mut Out) -> Result<()> {
    logs::start(LogLevel::Warn, LogFormat::default());
    let package = package(options.widget.as_deref())?;
    let classifier = options.places.classifier().await?;
    // Deleted when this function ends, also after Ctrl+C.
    let data = tempfile::tempdir().context("cannot make a directory for the answers")?;
    let store: Arc<dyn Store> = Arc::new(Sqlite::open(data.path(), Opening::OrCreate)?);
    let listener = address::listen_from(options.listen).await?;
    let public_url = origin_of(&listener)?;
    writeln!(out, "preview  {public_url}")?;
    writeln!(
        out,
        "Save the file and the page follows. Answers are deleted at the end. Ctrl+C ends the preview."
    )?;
    let mut watched = Watched::new(options.file, Arc::clone(&store), classifier);
    let (sender, receiver) = channel(watched.look(out).await?.unwrap_or_default());
    let parts = Parts {
        store,
        clock: clock::system(),
        random: random::system(),
        package,
        public_url: public_url.clone(),
        allow_origin: Vec::new(),
        noindex: true,
        metrics: Metrics::default(),
        audience: Audience::default(),
        downloads: data.path().join("downloads"),
        provider: None,
        security_contact: Vec::new(),
        visits: Visits::default(),
        calendar: matter::WorkingDays::kazakhstan()?,
    };
    let collector = http::router_with(parts, pages::HEAD).await?;
    let router = pages::around(collector, receiver, public_url, options.lang);
    // Whoever waits for a change keeps a connection open; these end with the sender, which goes with the first signal.
    let both = tokio::try_join!(
        async { server::serve(listener, router, Serving::default()).await.context("the preview broke off") },
        watched.follow(sender, out)
    );
    both.map(drop)
}
