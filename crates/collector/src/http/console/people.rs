//! Everybody's accounts, and a form for a new one.

use super::account::roles;
use super::guard::Console;
use super::markup::{Element, el};
use super::parts::{self, Field, button, cell, form, link, section, select, table};
use super::session;
use super::signing::hash;
use crate::people::deed::Act;
use crate::people::password::{Hashed, made_up};
use crate::people::rights::{Role, Roles};
use crate::people::{display_name, sign_in_name};
use crate::refusal::Refusal;
use crate::store::PersonRecord;
use axum::Extension;
use axum::response::Response;
use std::sync::Arc;

const PATH: &str = "/console/people";

pub(super) async fn show(Extension(console): Extension<Arc<Console>>) -> Result<Response, Refusal> {
    let told = parts::told_of(&console, &["person_removed"]);
    page(&console, told).await
}

/// Makes an account with a password that is shown once.
pub(super) async fn post(Extension(console): Extension<Arc<Console>>) -> Result<Response, Refusal> {
    let fields = &console.fields;
    let names = (sign_in_name(fields.get("name")), display_name(fields.get("display")));
    let (Some(name), Some(display)) = names else {
        return page(&console, Some(parts::refused(&console, console.said.get("name_bad")))).await;
    };
    // Where passwords open nothing there is none to hand over.
    let password = match session::only_provider(&console.app) {
        true => None,
        false => Some(made_up(&console.app.random).map_err(Refusal::of_randomness)?),
    };
    let hashed = match &password {
        Some(password) => hash(&console.app, password.clone()).await?,
        None => Hashed::none(),
    };
    let roles = roles_of(&console).await?;
    let person = PersonRecord {
        name: name.clone(),
        display,
        password: hashed,
        lang: console.said.lang.clone(),
        disabled: false,
        created: (console.app.clock)(),
        roles,
    };
    if !console.app.store.add_person(person).await.map_err(Refusal::of_store)? {
        return page(&console, Some(parts::refused(&console, console.said.get("name_taken")))).await;
    }
    console.did(Act::AddedPerson, None, &name).await?;
    match password {
        Some(password) => page(&console, Some(shown_once(&console, &name, &password))).await,
        None => Ok(console.go(&format!("{PATH}/{name}"), &[("told", "person_added")])),
    }
}

/// The role that a form gives, on the survey that it names.
async fn roles_of(console: &Console) -> Result<Roles, Refusal> {
    let role = Role::named(console.fields.get("role")).ok_or(Refusal::Malformed)?;
    Ok(Roles(vec![(asked_survey(console).await?, role)]))
}

/// The survey that a form names; `None` for every one.
pub(super) async fn asked_survey(console: &Console) -> Result<Option<String>, Refusal> {
    let survey = console.fields.get("survey");
    if survey.is_empty() {
        return Ok(None);
    }
    console.app.current(survey).await?;
    Ok(Some(survey.to_owned()))
}

/// A password that nobody can be shown again.
pub(super) fn shown_once(console: &Console, name: &str, password: &str) -> Element {
    let told = parts::told(&console.said.fill("password_once", &[("name", name)]));
    el("div").child(told).child(el("p").class("secret").child(el("code").text(password)))
}

async fn page(console: &Console, told: Option<Element>) -> Result<Response, Refusal> {
    let said = &console.said;
    let people = console.app.store.people().await.map_err(Refusal::of_store)?;
    let row = |person: &PersonRecord| {
        let address = console.to(&format!("{PATH}/{}", person.name), &[]);
        let state = if person.disabled { said.get("shut") } else { said.get("in_use") };
        let name = link(&address, &person.name);
        vec![name, cell(&person.display), cell(&roles(console, &person.roles)), cell(state)]
    };
    let heads = ["sign_in_name", "display_name", "roles", "state"].map(|key| said.get(key));
    let list = table(said.get("people"), &heads, people.iter().map(row).collect());
    let main =
        vec![section(said.get("people"), [list]), section(said.get("add_person"), [adding(console).await?])];
    Ok(parts::page(console, said.get("people"), told, main))
}

async fn adding(console: &Console) -> Result<Element, Refusal> {
    let said = &console.said;
    let name = Field { hint: Some(said.get("name_rule")), ..Field::text("name", said.get("sign_in_name")) };
    let display = Field::text("display", said.get("display_name"));
    let [role, survey] = role_fields(console).await?;
    let fields = vec![name.element(), display.element(), role, survey, button(console, "next", "add_person")];
    Ok(form(console, PATH, "add", fields))
}

/// A role, and the survey that it is about.
pub(super) async fn role_fields(console: &Console) -> Result<[Element; 2], Refusal> {
    let said = &console.said;
    let names: Vec<String> = Role::all().map(|role| format!("role_{}", role.name())).collect();
    let roles: Vec<(&str, &str)> =
        Role::all().zip(&names).map(|(role, key)| (role.name(), said.get(key))).collect();
    let surveys = console.app.store.surveys().await.map_err(Refusal::of_store)?;
    let surveys = surveys.iter().map(|(id, _)| (id.as_str(), id.as_str()));
    let surveys: Vec<(&str, &str)> = [("", said.get("every_survey"))].into_iter().chain(surveys).collect();
    Ok([
        select("role", said.get("role"), &roles, Role::Viewer.name()),
        select("survey", said.get("survey"), &surveys, ""),
    ])
}
