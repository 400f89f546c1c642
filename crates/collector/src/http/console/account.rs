//! The own account: language, password, sessions.

use super::door::with_name;
use super::guard::Console;
use super::markup::{Element, el};
use super::parts::{self, Field, button, cell, form, hidden, section, select, table};
use super::session;
use super::signing::{Tried, hash, try_password};
use crate::http::language;
use crate::people::deed::Act;
use crate::people::password::{self, Unfit};
use crate::people::rights::Roles;
use crate::refusal::Refusal;
use crate::store::{PersonChange, SessionRecord, Way, Which};
use axum::Extension;
use axum::response::Response;
use data_encoding::HEXLOWER;
use std::sync::Arc;

const PATH: &str = "/console/account";
const TOLD: [&str; 3] = ["language_changed", "password_changed", "sessions_ended"];

pub(super) async fn show(Extension(console): Extension<Arc<Console>>) -> Result<Response, Refusal> {
    let told = parts::told_of(&console, &TOLD);
    page(&console, told).await
}

pub(super) async fn post(Extension(console): Extension<Arc<Console>>) -> Result<Response, Refusal> {
    let (store, person) = (&console.app.store, &console.signed.person);
    match console.fields.get("do") {
        "language" => {
            let lang = console.fields.get("language");
            let lang = language::tags().find(|tag| *tag == lang).ok_or(Refusal::Malformed)?;
            let change = PersonChange::Lang(lang.to_owned());
            store.change_person(&person.name, change).await.map_err(Refusal::of_store)?;
            // In the new language, whatever the address of this page said.
            Ok(console.go(PATH, &[("lang", lang), ("told", "language_changed")]))
        }
        "password" if !session::only_provider(&console.app) => change_password(&console).await,
        "end" => {
            let wanted = console.fields.get("session");
            let sessions = store.sessions(&person.name).await.map_err(Refusal::of_store)?;
            let hash = sessions.into_iter().map(|session| session.hash).find(|hash| handle(hash) == wanted);
            end(&console, hash.map(Which::One)).await
        }
        "end-others" => {
            let but = Some(console.signed.session.hash);
            end(&console, Some(Which::Of(person.name.clone(), but))).await
        }
        _ => Err(Refusal::Malformed),
    }
}

async fn end(console: &Console, which: Option<Which>) -> Result<Response, Refusal> {
    if let Some(which) = which {
        let ended = console.app.store.end_sessions(which).await.map_err(Refusal::of_store)?;
        console.did(Act::EndedSession, None, &ended.to_string()).await?;
    }
    Ok(console.go(PATH, &[("told", "sessions_ended")]))
}

/// A new password ends every other session: whoever knew the old one is out.
async fn change_password(console: &Console) -> Result<Response, Refusal> {
    let (fields, person) = (&console.fields, &console.signed.person);
    let (old, new) = (fields.raw("old").to_owned(), fields.raw("new").to_owned());
    let fault = match password::check(&new, &person.name) {
        Err(Unfit::Short) => Some("password_short"),
        Err(Unfit::Long) => Some("password_long"),
        Err(Unfit::Plain) => Some("password_plain"),
        Ok(()) if fields.raw("again") != new => Some("password_differs"),
        Ok(()) => None,
    };
    if let Some(key) = fault {
        return page(console, Some(parts::refused(console, console.said.get(key)))).await;
    }
    let key = match try_password(&console.app, (&person.name, old), console.address).await? {
        Tried::Right(_) => {
            let change = PersonChange::Password(hash(&console.app, new).await?);
            let store = &console.app.store;
            store.change_person(&person.name, change).await.map_err(Refusal::of_store)?;
            let others = Which::Of(person.name.clone(), Some(console.signed.session.hash));
            store.end_sessions(others).await.map_err(Refusal::of_store)?;
            console.did(Act::ChangedPassword, None, &person.name).await?;
            return Ok(console.go(PATH, &[("told", "password_changed")]));
        }
        Tried::Wrong => "old_password_wrong",
        Tried::TooMany => "too_many_tries",
    };
    page(console, Some(parts::refused(console, console.said.get(key)))).await
}

async fn page(console: &Console, told: Option<Element>) -> Result<Response, Refusal> {
    let (said, person) = (&console.said, &console.signed.person);
    let sessions = console.app.store.sessions(&person.name).await.map_err(Refusal::of_store)?;
    let about = el("p").text(&format!("{} · {}", person.name, roles(console, &person.roles)));
    let password = if session::only_provider(&console.app) {
        el("p").text(&with_name(console, "provider_only"))
    } else if person.password.is_none() {
        el("p").text(&with_name(console, "provider_no_password"))
    } else {
        password_form(console)
    };
    let main = vec![
        section(said.get("who"), [about]),
        section(said.get("language"), [language_form(console)]),
        section(said.get("password"), [password]),
        section(said.get("sessions"), sessions_of(console, &sessions)),
    ];
    Ok(parts::page(console, said.get("account"), told, main))
}

/// What somebody is to which survey, in words.
pub(super) fn roles(console: &Console, roles: &Roles) -> String {
    let said = &console.said;
    let role = |(survey, role): &(Option<String>, crate::people::rights::Role)| {
        let role = said.get(&format!("role_{}", role.name())).to_owned();
        let of = survey.as_deref().unwrap_or(said.get("every_survey"));
        format!("{role}: {of}")
    };
    if roles.0.is_empty() {
        return said.get("no_roles").to_owned();
    }
    roles.0.iter().map(role).collect::<Vec<_>>().join("; ")
}

fn language_form(console: &Console) -> Element {
    let names: Vec<(&str, String)> = language::tags().map(|tag| (tag, language::name(tag))).collect();
    let options: Vec<(&str, &str)> = names.iter().map(|(tag, name)| (*tag, name.as_str())).collect();
    let label = console.said.get("console_language");
    let choice = select("language", label, &options, &console.signed.person.lang);
    form(console, PATH, "language", vec![choice, button(console, "back", "save")])
}

fn password_form(console: &Console) -> Element {
    let said = &console.said;
    let field = |name, key, autocomplete, hint| {
        Field { kind: "password", autocomplete, hint, ..Field::text(name, said.get(key)) }.element()
    };
    let fields = vec![
        field("old", "old_password", "current-password", None),
        field("new", "new_password", "new-password", Some(said.get("password_rule"))),
        field("again", "new_password_again", "new-password", None),
        button(console, "back", "change_password"),
    ];
    form(console, PATH, "password", fields)
}

/// What a session is called in a form: enough of its hash to tell it from others. The hash opens nothing.
fn handle(hash: &[u8; 32]) -> String {
    HEXLOWER.encode(&hash[..8])
}

fn sessions_of(console: &Console, sessions: &[SessionRecord]) -> Vec<Element> {
    let (said, days) = (&console.said, &console.app.days);
    let row = |session: &SessionRecord| {
        let end = if session.hash == console.signed.session.hash {
            cell(said.get("this_session"))
        } else {
            let fields =
                vec![hidden("session", &handle(&session.hash)), button(console, "back", "end_session")];
            form(console, PATH, "end", fields)
        };
        let way = cell(said.get(match session.way {
            Way::Password => "way_password",
            Way::Provider => "way_provider",
        }));
        vec![cell(&said.time(days, session.created)), cell(&said.time(days, session.seen)), way, end]
    };
    let heads = ["session_began", "session_seen", "session_way", "session"].map(|key| said.get(key));
    let list = table(said.get("sessions"), &heads, sessions.iter().map(row).collect());
    let others = form(console, PATH, "end-others", vec![button(console, "back", "end_others")]);
    vec![list, others]
}
