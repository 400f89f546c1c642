//! `qulaq user`: who may sign in at the console, and what they may do there.

mod ask;
mod identity;

use super::Out;
use super::data::Data;
use crate::clock;
use crate::people::deed::{Act, COMMAND_LINE, Deed};
use crate::people::password::{self, Hashed};
use crate::people::rights::{Role, Roles};
use crate::people::{display_name, sign_in_name};
use crate::random;
use crate::store::{Opening, PersonChange, PersonRecord, Store, Which};
use anyhow::{Context, Result, ensure};
use clap::{Args, Subcommand};

#[derive(Debug, Args)]
pub(super) struct Options {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Make an account; the first one owns everything. The password is asked for, or is a line of standard input
    Add(Adding),
    /// List accounts by name, with what they are to which survey
    List {
        #[command(flatten)]
        data: Data,
    },
    /// Say what somebody is to every survey, or to some
    Role {
        /// The name to sign in with
        name: String,
        /// What they are: `viewer`, `analyst`, `moderator`, `owner`, or `none`
        role: String,
        /// A survey; may be given several times [default: every survey]
        #[arg(long, value_name = "ID")]
        survey: Vec<String>,
        #[command(flatten)]
        data: Data,
    },
    /// Give an account another password, and end its sessions
    Password {
        /// The name to sign in with
        name: String,
        #[command(flatten)]
        data: Data,
    },
    /// Let whoever the agency's provider (OpenID Connect) calls like this into an account
    Link(identity::Naming),
    /// Take that back, and end the sessions that the provider opened
    Unlink(identity::Naming),
    /// Shut an account, and end its sessions
    Disable {
        /// The name to sign in with
        name: String,
        #[command(flatten)]
        data: Data,
    },
    /// Open an account again
    Enable {
        /// The name to sign in with
        name: String,
        #[command(flatten)]
        data: Data,
    },
    /// Delete an account; what was done under it stays in the log
    Remove {
        /// The name to sign in with
        name: String,
        #[command(flatten)]
        data: Data,
    },
}

#[derive(Debug, Args)]
struct Adding {
    /// The name to sign in with: Latin letters, digits, `.`, `-`, `_`, `@`
    name: String,
    /// The name that others read [default: the name to sign in with]
    #[arg(long, value_name = "TEXT")]
    display: Option<String>,
    /// What they are: `viewer`, `analyst`, `moderator` or `owner` [default: owner for the first, then viewer]
    #[arg(long, value_parser = role)]
    role: Option<Role>,
    /// A survey that they are that to; may be given several times [default: every survey]
    #[arg(long, value_name = "ID")]
    survey: Vec<String>,
    /// Ask for no password: they come by the agency's provider alone, once the account is linked
    #[arg(long)]
    no_password: bool,
    /// The language of the console for them
    #[arg(long, value_name = "LANG", default_value = "kk", value_parser = ["kk", "ru", "en"])]
    lang: String,
    #[command(flatten)]
    data: Data,
}

fn role(text: &str) -> Result<Role, String> {
    Role::named(text).ok_or_else(|| "must be viewer, analyst, moderator or owner".to_owned())
}

pub(super) async fn run(options: Options, out: &mut Out) -> Result<()> {
    match options.action {
        Action::Add(adding) => make(adding, out).await?,
        Action::List { data } => {
            for person in data.open(Opening::Existing).await?.people().await? {
                writeln!(out, "{}", listed(&person))?;
            }
        }
        Action::Role { name, role, survey, data } => {
            let role = (role != "none").then(|| self::role(&role)).transpose().map_err(anyhow::Error::msg)?;
            set_role(&*data.open(Opening::Existing).await?, &name, role, survey).await?;
        }
        Action::Password { name, data } => {
            let store = data.open(Opening::Existing).await?;
            known(store.person(&name).await?.is_some(), &name)?;
            let change = PersonChange::Password(asked_for(&name)?);
            known(store.change_person(&name, change).await?, &name)?;
            store.end_sessions(Which::Of(name.clone(), None)).await?;
            write_down(&*store, Act::ChangedPassword, None, name).await?;
        }
        Action::Link(naming) => identity::link(naming).await?,
        Action::Unlink(naming) => identity::unlink(naming).await?,
        Action::Disable { name, data } => switch(&*data.open(Opening::Existing).await?, name, true).await?,
        Action::Enable { name, data } => switch(&*data.open(Opening::Existing).await?, name, false).await?,
        Action::Remove { name, data } => {
            let store = data.open(Opening::Existing).await?;
            known(store.remove_person(&name).await?, &name)?;
            write_down(&*store, Act::RemovedPerson, None, name).await?;
        }
    }
    Ok(())
}

async fn make(adding: Adding, out: &mut Out) -> Result<()> {
    let store = adding.data.open(Opening::OrCreate).await?;
    let name = sign_in_name(&adding.name).context(NOT_A_NAME)?;
    let display = adding.display.as_deref().map_or(Some(name.clone()), display_name);
    let first = store.people().await?.is_empty();
    let role = adding.role.unwrap_or(if first { Role::Owner } else { Role::Viewer });
    let surveys = of_surveys(&*store, adding.survey).await?;
    let person = PersonRecord {
        display: display.context("a name that others read is one line of at most 64 characters")?,
        password: if adding.no_password { Hashed::none() } else { asked_for(&name)? },
        lang: adding.lang,
        disabled: false,
        created: (clock::system())(),
        roles: Roles(surveys.map(|survey| (survey, role)).collect()),
        name,
    };
    add(&*store, person.clone()).await?;
    writeln!(out, "added: {}", listed(&person))?;
    Ok(())
}

async fn set_role(store: &dyn Store, name: &str, role: Option<Role>, surveys: Vec<String>) -> Result<()> {
    for survey in of_surveys(store, surveys).await? {
        known(store.set_role(name, survey.as_deref(), role).await?, name)?;
        let details = format!("{name}: {}", role.map_or("none", Role::name));
        write_down(store, Act::ChangedRole, survey, details).await?;
    }
    Ok(())
}

const NOT_A_NAME: &str =
    "a name to sign in with has Latin letters, digits, `.`, `-`, `_` and `@`, at most 64";

fn known(there_is: bool, name: &str) -> Result<()> {
    ensure!(there_is, "there is no account \"{name}\": see `qulaq user list`");
    Ok(())
}

/// Makes an account, and writes down that somebody at the machine did.
pub(super) async fn add(store: &dyn Store, person: PersonRecord) -> Result<()> {
    let name = person.name.clone();
    ensure!(store.add_person(person).await?, "there is an account \"{name}\" already: take another name");
    write_down(store, Act::AddedPerson, None, name).await
}

async fn switch(store: &dyn Store, name: String, disabled: bool) -> Result<()> {
    known(store.change_person(&name, PersonChange::Disabled(disabled)).await?, &name)?;
    let details = format!("{name}: {}", if disabled { "shut" } else { "open" });
    write_down(store, Act::SwitchedPerson, None, details).await
}

/// Writes down what somebody at the machine did.
pub(super) async fn write_down(
    store: &dyn Store,
    act: Act,
    survey: Option<String>,
    details: String,
) -> Result<()> {
    let (minute, who) = ((clock::system())(), COMMAND_LINE.to_owned());
    Ok(store.write_down(Deed { minute, who, act, survey, details }).await?)
}

/// These surveys, or once all of them.
async fn of_surveys(
    store: &dyn Store,
    surveys: Vec<String>,
) -> Result<impl Iterator<Item = Option<String>> + use<>> {
    for id in &surveys {
        ensure!(store.survey(id).await?.is_some(), "no survey \"{id}\" was published");
    }
    let all = surveys.is_empty().then_some(None);
    Ok(all.into_iter().chain(surveys.into_iter().map(Some)))
}

/// The password that is asked for, hashed.
fn asked_for(name: &str) -> Result<Hashed> {
    let password = ask::password()?;
    password::check(&password, name)?;
    Ok(Hashed::of(&password, &random::system())?)
}

fn listed(person: &PersonRecord) -> String {
    let role = |(survey, role): &(Option<String>, Role)| {
        format!("{} of {}", role.name(), survey.as_deref().unwrap_or("every survey"))
    };
    let roles: Vec<String> = person.roles.0.iter().map(role).collect();
    let roles = if roles.is_empty() { "nothing".to_owned() } else { roles.join(", ") };
    let shut = if person.disabled { "\tshut" } else { "" };
    format!("{}\t{}\t{roles}{shut}", person.name, person.display)
}
