//! `qulaq serve`: the collector, until it is asked to end.

use super::Out;
use crate::http::{self, Parts};
use crate::origin::Origin;
use crate::package::{Package, PackageError};
use crate::settings::{Settings, Source};
use crate::store::{self, Opening};
use crate::{clock, logs, random, server};
use anyhow::{Context, Result};
use clap::Args;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
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
    logs::start(settings.log);
    let package = package(settings.widget.as_deref())?;
    let store = store::open(&settings.location(), Opening::OrCreate).await?;
    let package = package.keeping_versions(&settings.data.join("widget"))?;
    let listener = listen(settings.listen).await?;
    let own = origin_of(&listener)?;
    let router = http::router(Parts {
        store,
        clock: clock::system(),
        random: random::system(),
        package,
        public_url: settings.public_url.unwrap_or_else(|| own.clone()),
        allow_origin: settings.allow_origin,
        noindex: settings.noindex,
    });
    let router = router.await?;
    writeln!(out, "collector  {own}")?;
    server::serve(listener, router).await.context("the server broke off")
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
    Ok(format!("http://{}", listener.local_addr()?).parse()?)
}
