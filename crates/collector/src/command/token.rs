//! `qulaq token`: who may download responses, and who may key in sheets of paper.

use super::Out;
use super::data::Data;
use crate::clock::{self, Minute};
use crate::day::Days;
use crate::random;
use crate::store::{NewToken, Opening, Scope, Store, TokenRecord};
use crate::token::Token;
use anyhow::{Context, Result, ensure};
use clap::builder::NonEmptyStringValueParser;
use clap::{Args, Subcommand};

#[derive(Debug, Args)]
pub(super) struct Options {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Make a token and print it; it cannot be shown again
    Create {
        /// What you will call it by
        #[arg(long, value_parser = NonEmptyStringValueParser::new())]
        name: String,
        /// What it is for: `read` to download responses, `clerk` to key in sheets of paper
        #[arg(long, default_value = "read", value_parser = ["read", "clerk"])]
        scope: String,
        /// A survey that it opens; may be given several times [default: every survey]
        #[arg(long, value_name = "ID")]
        survey: Vec<String>,
        #[command(flatten)]
        data: Data,
    },
    /// List tokens by name, with the surveys that they open
    List {
        #[command(flatten)]
        data: Data,
    },
    /// Make a token useless at once
    Revoke {
        /// What you call it by
        name: String,
        #[command(flatten)]
        data: Data,
    },
}

pub(super) async fn run(options: Options, out: &mut Out) -> Result<()> {
    match options.action {
        Action::Create { name, scope, survey, data } => {
            let store = data.open(Opening::OrCreate).await?;
            for id in &survey {
                ensure!(store.survey(id).await?.is_some(), "no survey \"{id}\" was published");
            }
            let surveys = (!survey.is_empty()).then_some(survey);
            let scope = Scope::named(&scope).unwrap_or_default();
            writeln!(out, "{}", create(&*store, &name, surveys, scope).await?.reveal())?;
        }
        Action::List { data } => list(&*data.open(Opening::Existing).await?, out).await?,
        Action::Revoke { name, data } => {
            let store = data.open(Opening::Existing).await?;
            ensure!(store.revoke_token(&name).await?, "there is no token \"{name}\": see `qulaq token list`");
            writeln!(out, "revoked: {name}")?;
        }
    }
    Ok(())
}

/// Makes a token that opens these surveys, or all.
pub(super) async fn create(
    store: &dyn Store,
    name: &str,
    surveys: Option<Vec<String>>,
    scope: Scope,
) -> Result<Token> {
    let token = Token::new(&random::system())?;
    let created = (clock::system())();
    let record = NewToken { hash: token.hash(), name: name.to_owned(), surveys, scope, created };
    let added = store.add_token(record).await?;
    ensure!(added, "there is a token \"{name}\" already: revoke it or take another name");
    Ok(token)
}

async fn list(store: &dyn Store, out: &mut Out) -> Result<()> {
    let days = Days::new().context("the time zone cannot be read")?;
    let day = |minute: Minute| days.of(minute).map_or_else(|_| "(no date)".to_owned(), |day| day.to_string());
    for TokenRecord { name, surveys, scope, created } in store.tokens().await? {
        let surveys = surveys.map_or_else(|| "every survey".to_owned(), |surveys| surveys.join(", "));
        let doing = match scope {
            Scope::Read => "opens",
            Scope::Clerk => "keys in sheets of",
        };
        writeln!(out, "{name}\tmade {}\t{doing} {surveys}", day(created))?;
    }
    Ok(())
}
