//! `qulaq demo`: the examples, published, in agency pages of another origin, and a token to download the answers.

mod consultation;
mod examples;
mod forum;
mod meeting;
mod outcome;
mod pages;
mod reception;
mod report;

use super::serve::{origin_of, package};
use super::{Out, address, token, user};
use crate::http::metrics::Audience;
use crate::http::{self, Parts};
use crate::metrics::Metrics;
use crate::origin::Allowed;
use crate::people::password::{self, Hashed};
use crate::people::rights::{Role, Roles};
use crate::server::Serving;
use crate::settings::{LogFormat, LogLevel};
use crate::store::{Opening, PersonRecord, Scope, Sqlite, Store};
use crate::token::Token;
use crate::visits::Visits;
use crate::{clock, logs, random, server};
use anyhow::{Context, Result};
use clap::Args;
use report::Report;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;

#[derive(Debug, Args)]
pub(super) struct Options {
    /// Address and port of the collector; the next free port when it is taken
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Address and port of the agency pages; the next free port when it is taken
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8081")]
    pages_listen: SocketAddr,
    /// Another origin whose pages may ask and answer, such as https://agency.example; may be given again
    #[arg(long, value_name = "ORIGIN")]
    allow_origin: Vec<Allowed>,
    /// Directory of the database [default: a fresh one, deleted at the end]
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Directory with another package of the widget's files [default: the one inside this program]
    #[arg(long, value_name = "DIR")]
    widget: Option<PathBuf>,
}

pub(super) async fn run(options: Options, out: &mut Out) -> Result<()> {
    logs::start(LogLevel::Warn, LogFormat::default());
    let package = package(options.widget.as_deref())?;
    let directory = Directory::of(options.data)?;
    let store = Arc::new(Sqlite::open(directory.path(), Opening::OrCreate)?);
    let surveys = examples::publish(&*store).await?;
    outcome::publish(&*store).await?;
    let code = pages::seed(&*store).await?;
    let matter = reception::seed(&*store).await?;
    forum::seed(&*store).await?;
    let vote = meeting::seed(&*store).await?;
    let (token, owner) = (fresh_token(&*store).await?, fresh_owner(&*store).await?);
    let collector = address::listen_from(options.listen).await?;
    let pages = address::listen_from(options.pages_listen).await?;
    let (public_url, pages_origin) = (origin_of(&collector)?, origin_of(&pages)?);
    Report {
        collector: &public_url,
        pages: &pages_origin,
        surveys,
        token,
        owner,
        code,
        vote,
        matter,
        data: directory.path(),
    }
    .print(out)?;
    let page_router = examples::pages(&public_url);
    let router = http::router(Parts {
        store,
        clock: clock::system(),
        random: random::system(),
        package,
        public_url,
        allow_origin: options.allow_origin.into_iter().chain([Allowed::Exactly(pages_origin)]).collect(),
        noindex: true,
        metrics: Metrics::default(),
        audience: Audience::default(),
        downloads: directory.path().join("downloads"),
        provider: None,
        security_contact: Vec::new(),
        visits: Visits::default(),
        calendar: matter::WorkingDays::kazakhstan()?,
    });
    let both = tokio::try_join!(
        server::serve(collector, router.await?, Serving::default()),
        server::serve(pages, page_router, Serving::default())
    );
    both.map(drop).context("the demo broke off")
}

/// Where the data of a demo goes.
enum Directory {
    Named(PathBuf),
    /// Deleted when the demo ends.
    Fresh(TempDir),
}

impl Directory {
    fn of(named: Option<PathBuf>) -> Result<Self> {
        match named {
            // The report repeats it in commands that may be run from elsewhere.
            Some(directory) => Ok(Self::Named(std::path::absolute(directory)?)),
            None => tempfile::tempdir().map(Self::Fresh).context("cannot make a directory for the data"),
        }
    }

    fn path(&self) -> &Path {
        match self {
            Self::Named(directory) => directory,
            Self::Fresh(directory) => directory.path(),
        }
    }
}

/// A token for this run; that of an earlier run on the same data is gone with it.
async fn fresh_token(store: &dyn Store) -> Result<Token> {
    let name = "demo";
    store.revoke_token(name).await?;
    let wanted = token::Wanted { name, surveys: None, scope: Scope::Read, expires: None };
    token::create(store, wanted).await
}

/// An owner for this run, with a password that nobody else has; that of an earlier run on the same data is gone with it.
async fn fresh_owner(store: &dyn Store) -> Result<(String, String)> {
    let (name, random) = ("demo".to_owned(), random::system());
    let password = password::made_up(&random)?;
    store.remove_person(&name).await?;
    let person = PersonRecord {
        display: "Demo".to_owned(),
        password: Hashed::of(&password, &random)?,
        lang: "kk".to_owned(),
        disabled: false,
        created: (clock::system())(),
        roles: Roles(vec![(None, Role::Owner)]),
        name: name.clone(),
    };
    user::add(store, person).await?;
    Ok((name, password))
}
