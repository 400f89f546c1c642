//! Somebody's account in the hands of an owner: roles, password, sessions, shutting it, deleting it.
//!
//! Nobody shuts or deletes the own account, or takes the own rights away: so there is always an owner left.

use super::account::roles;
use super::guard::Console;
use super::identities;
use super::markup::{Element, el};
use super::parts::{self, button, form, link, section};
use super::people::{asked_survey, role_fields, shown_once};
use super::signing::hash;
use crate::people::deed::Act;
use crate::people::password::made_up;
use crate::people::rights::Role;
use crate::refusal::Refusal;
use crate::store::{PersonChange, PersonRecord, Which};
use axum::Extension;
use axum::extract::Path;
use axum::response::Response;
use std::sync::Arc;

const TOLD: [&str; 7] = [
    "role_changed",
    "person_shut",
    "person_opened",
    "sessions_ended",
    "person_added",
    "identity_linked",
    "identity_unlinked",
];

pub(super) async fn show(
    Extension(console): Extension<Arc<Console>>,
    Path(name): Path<String>,
) -> Result<Response, Refusal> {
    let told = parts::told_of(&console, &TOLD);
    page(&console, &person(&console, &name).await?, told).await
}

async fn person(console: &Console, name: &str) -> Result<PersonRecord, Refusal> {
    let person = console.app.store.person(name).await.map_err(Refusal::of_store)?;
    person.ok_or(Refusal::UnknownRoute)
}

pub(super) async fn post(
    Extension(console): Extension<Arc<Console>>,
    Path(name): Path<String>,
) -> Result<Response, Refusal> {
    let person = person(&console, &name).await?;
    if person.name == console.signed.person.name {
        return Err(Refusal::Forbidden);
    }
    match console.fields.get("do") {
        "role" => set_role(&console, &person, Role::named(console.fields.get("role"))).await,
        "no-role" => set_role(&console, &person, None).await,
        "password" => new_password(&console, &person).await,
        "shut" => switch(&console, &person, true).await,
        "open" => switch(&console, &person, false).await,
        "link" => identities::link(&console, &person).await,
        "unlink" => identities::unlink(&console, &person).await,
        "end" => {
            end_sessions(&console, &person).await?;
            Ok(told(&console, &person, "sessions_ended"))
        }
        "remove" => {
            console.app.store.remove_person(&person.name).await.map_err(Refusal::of_store)?;
            console.did(Act::RemovedPerson, None, &person.name).await?;
            Ok(console.go("/console/people", &[("told", "person_removed")]))
        }
        _ => Err(Refusal::Malformed),
    }
}

pub(super) fn path(person: &PersonRecord) -> String {
    format!("/console/people/{}", person.name)
}

pub(super) fn told(console: &Console, person: &PersonRecord, key: &str) -> Response {
    console.go(&path(person), &[("told", key)])
}

async fn set_role(console: &Console, person: &PersonRecord, role: Option<Role>) -> Result<Response, Refusal> {
    let survey = asked_survey(console).await?;
    let set = console.app.store.set_role(&person.name, survey.as_deref(), role).await;
    set.map_err(Refusal::of_store)?;
    let details = format!("{}: {}", person.name, role.map_or("none", Role::name));
    console.did(Act::ChangedRole, survey.as_deref(), &details).await?;
    Ok(told(console, person, "role_changed"))
}

async fn switch(console: &Console, person: &PersonRecord, disabled: bool) -> Result<Response, Refusal> {
    let changed = console.app.store.change_person(&person.name, PersonChange::Disabled(disabled)).await;
    changed.map_err(Refusal::of_store)?;
    let details = format!("{}: {}", person.name, if disabled { "shut" } else { "open" });
    console.did(Act::SwitchedPerson, None, &details).await?;
    Ok(told(console, person, if disabled { "person_shut" } else { "person_opened" }))
}

async fn new_password(console: &Console, person: &PersonRecord) -> Result<Response, Refusal> {
    let password = made_up(&console.app.random).map_err(Refusal::of_randomness)?;
    let change = PersonChange::Password(hash(&console.app, password.clone()).await?);
    console.app.store.change_person(&person.name, change).await.map_err(Refusal::of_store)?;
    end_sessions(console, person).await?;
    console.did(Act::ChangedPassword, None, &person.name).await?;
    page(console, person, Some(shown_once(console, &person.name, &password))).await
}

async fn end_sessions(console: &Console, person: &PersonRecord) -> Result<(), Refusal> {
    let every = Which::Of(person.name.clone(), None);
    console.app.store.end_sessions(every).await.map_err(Refusal::of_store)?;
    console.did(Act::EndedSession, None, &person.name).await
}

pub(super) async fn page(
    console: &Console,
    person: &PersonRecord,
    told: Option<Element>,
) -> Result<Response, Refusal> {
    let said = &console.said;
    let state = if person.disabled { "shut" } else { "in_use" };
    let about = [
        el("p").text(&format!("{} · {}", person.name, said.get(state))),
        el("p").text(&roles(console, &person.roles)),
        el("p").child(link(&console.to("/console/people", &[]), said.get("people"))),
    ];
    let mut main = vec![section(said.get("who"), about)];
    if person.name == console.signed.person.name {
        main.push(el("p").class("q").text(said.get("own_account")));
    } else {
        main.extend(changes(console, person).await?);
        main.extend(identities::section_of(console, person).await?);
    }
    Ok(parts::page(console, &person.display, told, main))
}

async fn changes(console: &Console, person: &PersonRecord) -> Result<[Element; 4], Refusal> {
    let (said, path) = (&console.said, path(person));
    let one = |asks: &str, key: &str| form(console, &path, asks, vec![button(console, "back", key)]);
    let [role, survey] = role_fields(console).await?;
    let set = form(console, &path, "role", vec![role, survey, button(console, "next", "set_role")]);
    let taken: Vec<Element> =
        person.roles.0.iter().map(|(survey, _)| taking(console, &path, survey)).collect();
    let (switch, key) = if person.disabled { ("open", "open_person") } else { ("shut", "shut_person") };
    Ok([
        section(said.get("roles"), std::iter::once(set).chain(taken)),
        section(said.get("password"), [one("password", "make_password")]),
        section(said.get("sessions"), [one("end", "end_sessions")]),
        section(said.get("state"), [one(switch, key), one("remove", "remove_person")]),
    ])
}

/// A button that takes a role away.
fn taking(console: &Console, path: &str, survey: &Option<String>) -> Element {
    let of = survey.as_deref().unwrap_or(console.said.get("every_survey"));
    let text = console.said.fill("take_role", &[("survey", of)]);
    let button = el("button").class("back").attr("type", "submit").text(&text);
    let fields = vec![
        parts::hidden("survey", survey.as_deref().unwrap_or_default()),
        el("div").class("buttons").child(button),
    ];
    form(console, path, "no-role", fields)
}
