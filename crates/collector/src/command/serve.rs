//! `qulaq serve`: the collector, until it is asked to end.

use super::{Out, due};
use crate::figures::{BLOCK, Keeper};
use crate::http::metrics::{self as told, Audience};
use crate::http::{self, Parts};
use crate::metrics::Metrics;
use crate::oidc::Provider;
use crate::oidc::config::{Config, Named};
use crate::origin::Origin;
use crate::package::{Package, PackageError};
use crate::server::Serving;
use crate::server::connections::Connections;
use crate::server::hang_ups::HangUps;
use crate::server::tls::Tls;
use crate::settings::{Settings, Source};
use crate::store::{self, Opening, Store};
use crate::visits::Visits;
use crate::{clock, guard, logs, partial, random, retention, server};
use anyhow::{Context, Result};
use clap::Args;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::net::TcpListener;

#[derive(Debug, Args)]
pub(super) struct Options {
    #[command(flatten)]
    source: Source,
    /// File with settings (TOML): the flags of this command without the hyphens in front
    #[arg(long, env = "QULAQ_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
}

pub(super) async fn run(options: Options, out: &mut Out) -> Result<()> {
    let settings = Settings::load(options.source, options.config.as_deref())?;
    logs::start(settings.log, settings.log_format);
    let package = package(settings.widget.as_deref())?;
    let metrics = Metrics::default();
    let serving = serving(&settings, &metrics)?;
    let calendar = due::calendar(settings.calendar.as_deref())?;
    let provider = settings.oidc.clone().map(provider).transpose()?;
    let store = store::open(&settings.location(), Opening::OrCreate).await?;
    metrics.watch_store(store.pace());
    let package = package.keeping_versions(&settings.data.join("widget"))?;
    let listener = listen(settings.listen).await?;
    let own = own_origin(&listener, serving.tls.is_some())?;
    let watched = watched(settings.metrics_listen, &metrics).await?;
    let expiring = Aborting::of(partial::expire(store.clone(), clock::system()));
    let retaining = retention::keep_up(store.clone(), clock::system(), random::system(), metrics.clone());
    let retaining = Aborting::of(retaining);
    let forgetting = Aborting::of(guard::work::expire(store.clone(), clock::system()));
    let keeping_up = keeping_up(&store).await?;
    let visits = Visits::default();
    let router = http::router(Parts {
        store: Arc::clone(&store),
        clock: clock::system(),
        random: random::system(),
        package,
        public_url: settings.public_url.unwrap_or_else(|| own.clone()),
        allow_origin: settings.allow_origin,
        noindex: settings.noindex,
        metrics,
        audience: Audience { allowed: settings.metrics_allow, proxies: settings.trusted_proxy },
        downloads: settings.data.join("downloads"),
        provider,
        security_contact: settings.security_contact,
        visits: visits.clone(),
        calendar,
    });
    let router = router.await?;
    let renewing = renewing(serving.tls.clone());
    tracing::info!(version = env!("CARGO_PKG_VERSION"), listening = own.as_str(), "started");
    writeln!(out, "collector  {own}")?;
    out.flush()?;
    let served = server::serve(listener, router, serving).await.context("the server broke off");
    renewing.abort();
    drop(visits.flush(&*store).await);
    drop((watched, expiring, retaining, forgetting, keeping_up));
    served
}

/// What the settings say about connections.
fn serving(settings: &Settings, metrics: &Metrics) -> Result<Serving> {
    let tls = settings.tls.as_ref().map(|files| Tls::open(&files.chain, &files.key).map(Arc::new));
    let connections = Connections::allowed(settings.max_connections);
    metrics.watch_connections(&connections);
    Ok(Serving { tls: tls.transpose()?, connections })
}

/// The agency's own provider, where people prove who they are to the console.
fn provider(named: Named) -> Result<Provider> {
    Provider::new(Config::read(named)?).context("TLS to the provider cannot be set up")
}

/// A task that serves what is measured on a socket of its own, when there is one.
async fn watched(address: Option<SocketAddr>, metrics: &Metrics) -> Result<Option<Aborting>> {
    let Some(address) = address else { return Ok(None) };
    let listener = listen(address).await?;
    tracing::info!(listening = origin_of(&listener)?.as_str(), "telling metrics");
    let router = told::router(metrics.clone());
    Ok(Some(Aborting::of(async { drop(server::serve(listener, router, Serving::default()).await) })))
}

/// A task that makes the blocks of figures as they fill.
async fn keeping_up(store: &Arc<dyn Store>) -> Result<Aborting> {
    let keeper = Keeper::with_blocks_of(BLOCK, Arc::clone(store), &random::system()).await?;
    Ok(Aborting::of(async move { keeper.keep_up().await }))
}

/// A task that ends with this.
struct Aborting(tokio::task::JoinHandle<()>);

impl Aborting {
    fn of(task: impl Future<Output = ()> + Send + 'static) -> Self {
        Self(tokio::spawn(task))
    }
}

impl Drop for Aborting {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// A task that reads the certificate again when its files change, or SIGHUP comes. Without TLS the signal changes
/// nothing, and does not end the program either.
fn renewing(tls: Option<Arc<Tls>>) -> tokio::task::JoinHandle<()> {
    let mut asked = HangUps::listen();
    tokio::spawn(async move {
        match tls {
            Some(tls) => tls.follow(asked).await,
            None => loop {
                asked.next().await;
                tracing::info!("asked to read the certificate again, and there is none");
            },
        }
    })
}

/// The widget's files: those of a directory, or those inside this program.
pub(super) fn package(directory: Option<&Path>) -> Result<Package, PackageError> {
    directory.map_or_else(Package::embedded, Package::in_directory)
}

pub(super) async fn listen(address: SocketAddr) -> Result<TcpListener> {
    TcpListener::bind(address).await.with_context(|| format!("cannot listen on {address}"))
}

/// Where browsers on this machine find what listens here.
pub(super) fn origin_of(listener: &TcpListener) -> Result<Origin> {
    own_origin(listener, false)
}

fn own_origin(listener: &TcpListener, encrypted: bool) -> Result<Origin> {
    let scheme = if encrypted { "https" } else { "http" };
    Ok(format!("{scheme}://{}", listener.local_addr()?).parse()?)
}
