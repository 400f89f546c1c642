//! `qulaq token`: who may download responses, and who may key in sheets of paper.

use super::Out;
use super::data::Data;
use super::user::write_down;
use crate::clock::{self, Minute};
use crate::day::Days;
use crate::people::deed::Act;
use crate::random;
use crate::store::{NewToken, Opening, Scope, Store, TokenRecord};
use crate::token::Token;
use anyhow::{Context, Result, ensure};
use clap::builder::NonEmptyStringValueParser;
use clap::{Args, Subcommand};
use jiff::civil::Date;

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
        /// The last day on which it opens anything, such as 2027-06-30 [default: it opens until it is revoked]
        #[arg(long, value_name = "DAY")]
        expires: Option<Date>,
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
        Action::Create { name, scope, survey, expires, data } => {
            let store = data.open(Opening::OrCreate).await?;
            for id in &survey {
                ensure!(store.survey(id).await?.is_some(), "no survey \"{id}\" was published");
            }
            let surveys = (!survey.is_empty()).then_some(survey);
            let scope = Scope::named(&scope).unwrap_or_default();
            let expires = expires.map(end_of).transpose()?;
            let token = create(&*store, Wanted { name: &name, surveys, scope, expires }).await?;
            write_down(&*store, Act::MadeToken, None, name).await?;
            writeln!(out, "{}", token.reveal())?;
        }
        Action::List { data } => list(&*data.open(Opening::Existing).await?, out).await?,
        Action::Revoke { name, data } => {
            let store = data.open(Opening::Existing).await?;
            ensure!(store.revoke_token(&name).await?, "there is no token \"{name}\": see `qulaq token list`");
            write_down(&*store, Act::RevokedToken, None, name.clone()).await?;
            writeln!(out, "revoked: {name}")?;
        }
    }
    Ok(())
}

/// What somebody wants to have a token for.
pub(super) struct Wanted<'a> {
    pub(super) name: &'a str,
    /// The surveys that it opens; `None` for all.
    pub(super) surveys: Option<Vec<String>>,
    pub(super) scope: Scope,
    /// The first minute at which it opens nothing any more.
    pub(super) expires: Option<Minute>,
}

/// Makes a token.
pub(super) async fn create(store: &dyn Store, wanted: Wanted<'_>) -> Result<Token> {
    let Wanted { name, surveys, scope, expires } = wanted;
    let token = Token::new(&random::system())?;
    let created = (clock::system())();
    let record = NewToken { hash: token.hash(), name: name.to_owned(), surveys, scope, created, expires };
    let added = store.add_token(record).await?;
    ensure!(added, "there is a token \"{name}\" already: revoke it or take another name");
    Ok(token)
}

/// The minute at which a day ends in Kazakhstan.
fn end_of(day: Date) -> Result<Minute> {
    let days = Days::new().context("the time zone cannot be read")?;
    days.end_of(day).context("there is no such day")
}

async fn list(store: &dyn Store, out: &mut Out) -> Result<()> {
    let days = Days::new().context("the time zone cannot be read")?;
    let day = |minute: Minute| days.of(minute).map_or_else(|_| "(no date)".to_owned(), |day| day.to_string());
    for TokenRecord { name, surveys, scope, created, expires } in store.tokens().await? {
        let surveys = surveys.map_or_else(|| "every survey".to_owned(), |surveys| surveys.join(", "));
        let doing = match scope {
            Scope::Read => "opens",
            Scope::Clerk => "keys in sheets of",
        };
        // The minute before is of the last day.
        let until =
            expires.map(|minute| format!("\tuntil {}", day(Minute(minute.0 - 1)))).unwrap_or_default();
        writeln!(out, "{name}\tmade {}\t{doing} {surveys}{until}", day(created))?;
    }
    Ok(())
}
