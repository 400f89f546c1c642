//! The door of a meeting: who has registered and what they need, who has come, and how many came without registering. What is
//! noted here is noted by number and without a time, and nothing leads from it to a vote.

use super::super::guard::Console;
use super::super::markup::{Element, el};
use super::super::parts::{self, Field, button, cell, form, hidden, link, section, select, table};
use super::{Held, mode_key, none};
use crate::http::query::SurveyId;
use crate::mechanism::meeting::Meeting;
use crate::people::deed::Act;
use crate::people::rights::Right;
use crate::refusal::Refusal;
use crate::store::{Matter, MatterFilter, Mode, Position, StoredResponse};
use axum::Extension;
use axum::http::StatusCode;
use axum::response::Response;
use matter::{MatterNumber, Mechanism, State};
use serde_json::{Map, Value};
use std::collections::HashMap;
use std::sync::Arc;

/// Registrations on a page.
const ON_PAGE: usize = 50;

/// People who came without registering at most: what is more is a slip of the finger.
const MOST: u64 = 1_000_000;

/// Where it is.
pub(super) fn path(survey: &str) -> String {
    format!("/console/surveys/{survey}/attendance")
}

/// What has just come of what somebody did.
enum Told {
    Done(Element),
    Not(StatusCode, Element),
}

pub(in super::super) async fn show(
    Extension(console): Extension<Arc<Console>>,
    SurveyId(survey): SurveyId,
) -> Result<Response, Refusal> {
    let Some(held) = Held::of(&console, &survey).await? else { return Ok(none(&console, "attendance")) };
    let number = console.query.get("number").and_then(|number| number.parse::<MatterNumber>().ok());
    let key = ["came_room", "came_online", "came_not"]
        .into_iter()
        .find(|key| console.query.get("told").is_some_and(|told| told == *key));
    let told = number
        .zip(key)
        .map(|(number, key)| parts::told(&console.said.fill(key, &[("number", &number.to_string())])));
    let told = told.or_else(|| parts::told_of(&console, &["walk_ins_saved"]));
    page(&held, told.map(Told::Done)).await
}

pub(in super::super) async fn post(
    Extension(console): Extension<Arc<Console>>,
    SurveyId(survey): SurveyId,
) -> Result<Response, Refusal> {
    let Some(held) = Held::of(&console, &survey).await? else { return Err(Refusal::UnknownRoute) };
    if !may_note(&console, &survey) {
        return Ok(parts::forbidden(&console));
    }
    match console.fields.get("do") {
        "check" => check(&held).await,
        "walk-ins" => walk_ins(&held).await,
        _ => Err(Refusal::Malformed),
    }
}

/// Whether somebody may note who has come. Who only analyses looks on.
fn may_note(console: &Console, survey: &str) -> bool {
    console.may(Right::Moderate, survey) || console.may(Right::Control, survey)
}

/// Notes that somebody has come, how, or that they have not. The same twice is the same once.
async fn check(held: &Held<'_>) -> Result<Response, Refusal> {
    let (console, survey) = (held.console, &held.survey().id);
    let said = &console.said;
    let refused =
        |key: &str| Told::Not(StatusCode::UNPROCESSABLE_ENTITY, parts::refused(console, said.get(key)));
    let Ok(number) = console.fields.get("number").parse::<MatterNumber>() else {
        return page(held, Some(refused("number_wrong"))).await;
    };
    let matter = console.app.store.matter(survey, number).await.map_err(Refusal::of_store)?;
    let Some(matter) = matter else { return page(held, Some(refused("number_unknown"))).await };
    let mode = console.fields.get("mode");
    let (mode, key) = match Mode::named(mode) {
        Some(Mode::Room) => (Some(Mode::Room), "came_room"),
        Some(Mode::Online) => (Some(Mode::Online), "came_online"),
        None if mode == "none" => (None, "came_not"),
        None => return page(held, Some(refused("mode_missing"))).await,
    };
    if mode.is_some() && matter.state == State::Withdrawn {
        return page(held, Some(refused("number_withdrawn"))).await;
    }
    match mode {
        Some(mode) => console.app.store.check_in(survey, number, mode).await.map_err(Refusal::of_store)?,
        None => drop(console.app.store.check_out(survey, number).await.map_err(Refusal::of_store)?),
    }
    let details = format!("{number}: {}", mode.map_or("none", Mode::name));
    console.did(Act::NotedAttendance, Some(survey), &details).await?;
    let number = number.to_string();
    let mut pairs = vec![("told", key), ("number", number.as_str())];
    let after = console.query.get("after");
    pairs.extend(after.as_deref().map(|after| ("after", after)));
    Ok(console.go(&path(survey), &pairs))
}

/// Counts those who came without registering, unless somebody else has counted meanwhile.
async fn walk_ins(held: &Held<'_>) -> Result<Response, Refusal> {
    let (console, survey) = (held.console, &held.survey().id);
    let said = &console.said;
    let count = |name: &str| console.fields.get(name).parse::<u64>().ok().filter(|count| *count <= MOST);
    let counts = (Mode::named(console.fields.get("mode")), count("before"), count("people"));
    let (Some(mode), Some(before), Some(after)) = counts else {
        let wrong = said.fill("walk_ins_wrong", &[("most", &said.number(MOST))]);
        let told = Told::Not(StatusCode::UNPROCESSABLE_ENTITY, parts::refused(console, &wrong));
        return page(held, Some(told)).await;
    };
    let counted = console.app.store.count_walk_ins(survey, mode, (before, after)).await;
    // Who sends the same once more finds what was sent.
    let is_so = counted.map_err(Refusal::of_store)? || held.present().await?.walked_in.of(mode) == after;
    if !is_so {
        let now = said.number(held.present().await?.walked_in.of(mode));
        let told = parts::refused(console, &said.fill("walk_ins_meanwhile", &[("n", &now)]));
        return page(held, Some(Told::Not(StatusCode::CONFLICT, told))).await;
    }
    let details = format!("unregistered, {}: {after}", mode.name());
    console.did(Act::NotedAttendance, Some(survey), &details).await?;
    Ok(console.go(&path(survey), &[("told", "walk_ins_saved")]))
}

async fn page(held: &Held<'_>, told: Option<Told>) -> Result<Response, Refusal> {
    let (console, said) = (held.console, &held.console.said);
    let survey = &held.survey().id;
    console.did(Act::ReadTexts, Some(survey), "attendance").await?;
    let present = held.present().await?;
    let notes = may_note(console, survey);
    let mut main = vec![held.ways(), held.there(&present)];
    if notes {
        main.push(section(said.get("check_in"), [by_number(held)]));
        let counts = Mode::ALL.map(|mode| unregistered(held, mode, present.walked_in.of(mode)));
        let hint = el("p").class("hint").text(said.get("walk_ins_hint"));
        main.push(section(said.get("walk_ins"), [hint].into_iter().chain(counts)));
    }
    main.push(section(said.get("registrations"), list(held, notes).await?));
    let title = said.get("attendance");
    Ok(match told {
        None => parts::page(console, title, None, main),
        Some(Told::Done(told)) => parts::page(console, title, Some(told), main),
        Some(Told::Not(status, told)) => parts::page_with(console, status, title, Some(told), main),
    })
}

/// A number that somebody says at the door.
fn by_number(held: &Held<'_>) -> Element {
    let (console, said) = (held.console, &held.console.said);
    let number = Field {
        hint: Some(said.get("number_hint")),
        value: console.fields.raw("number"),
        ..Field::text("number", said.get("matter_number"))
    };
    let modes =
        [("room", said.get("in_room")), ("online", said.get("online")), ("none", said.get("came_undo"))];
    let chosen = console.fields.get("mode");
    let fields = vec![
        number.element(),
        select("mode", said.get("attends"), &modes, if chosen.is_empty() { "room" } else { chosen }),
        button(console, "next", "check_in_save"),
    ];
    form(console, &path(&held.survey().id), "check", fields)
}

/// How many came to a place without registering.
fn unregistered(held: &Held<'_>, mode: Mode, count: u64) -> Element {
    let (console, said) = (held.console, &held.console.said);
    let (id, before) = (format!("people-{}", mode.name()), count.to_string());
    let input = el("input")
        .attr("type", "number")
        .attr("min", "0")
        .attr("id", &id)
        .attr("name", "people")
        .attr("autocomplete", "off")
        .attr("value", &before);
    let label = el("label").class("text").attr("for", &id).text(said.get(mode_key(mode)));
    let fields = vec![
        hidden("mode", mode.name()),
        hidden("before", &before),
        el("div").class("question").child(label).child(input),
        button(console, "back", "walk_ins_save"),
    ];
    form(console, &path(&held.survey().id), "walk-ins", fields)
}

/// A page of registrations, and the way to the next.
async fn list(held: &Held<'_>, notes: bool) -> Result<Vec<Element>, Refusal> {
    let (console, said, survey) = (held.console, &held.console.said, &held.survey().id);
    let store = &console.app.store;
    let after = console.query.get("after").and_then(|after| after.parse().ok());
    let states = Mechanism::Meeting.states().filter(|state| *state != State::Withdrawn).collect();
    let filter = MatterFilter { states, ..MatterFilter::default() };
    let matters = store.matters(survey, &filter, after, ON_PAGE + 1).await.map_err(Refusal::of_store)?;
    let is_more = matters.len() > ON_PAGE;
    let matters: Vec<Matter> = matters.into_iter().take(ON_PAGE).collect();
    if matters.is_empty() {
        return Ok(vec![el("p").text(said.get("no_registrations"))]);
    }
    let numbers: Vec<MatterNumber> = matters.iter().map(|matter| matter.number).collect();
    let there: HashMap<MatterNumber, Mode> =
        store.attendance_of(survey, &numbers).await.map_err(Refusal::of_store)?.into_iter().collect();
    let positions: Vec<Position> = matters.iter().map(|matter| matter.response).collect();
    let responses = store.responses_at(&positions).await.map_err(Refusal::of_store)?;
    let answers: HashMap<i64, Map<String, Value>> =
        responses.into_iter().map(|response| (response.position.0, read(&response))).collect();
    let row = |matter: &Matter| {
        let own = answers.get(&matter.response.0).cloned().unwrap_or_default();
        row(held, (matter.number, there.get(&matter.number).copied()), &own, notes)
    };
    let heads = ["matter_number", "registered_name", "registered_how", "needs", "there"];
    let heads: Vec<&str> = heads.into_iter().map(|key| said.get(key)).collect();
    let rows = table(said.get("registrations"), &heads, matters.iter().map(row).collect());
    let last = matters.last().map(|matter| matter.number.to_string()).filter(|_| is_more);
    let more = last.map(|last| {
        el("p").child(link(&console.to(&path(survey), &[("after", &last)]), said.get("more_registrations")))
    });
    Ok(std::iter::once(rows).chain(more).collect())
}

fn read(response: &StoredResponse) -> Map<String, Value> {
    serde_json::from_str(&response.answers).unwrap_or_default()
}

/// A registration: what those at the door must know of it, and how it is noted that somebody has come.
fn row(
    held: &Held<'_>,
    (number, there): (MatterNumber, Option<Mode>),
    answers: &Map<String, Value>,
    notes: bool,
) -> Vec<Element> {
    let said = &held.console.said;
    let Meeting { attends, needs, name, .. } = &held.meeting;
    let told = |question: Option<&String>| {
        let question = held.survey().question(question?)?;
        crate::mechanism::reception::told(question, answers, held.lang())
    };
    let text = |told: Option<String>| el("span").attr("dir", "auto").text(&told.unwrap_or_default());
    let now = cell(said.get(there.map_or("not_there", mode_key)));
    let form = notes.then(|| noting(held, number, there));
    vec![
        cell(&number.to_string()),
        text(told(name.as_ref())),
        text(told(Some(attends))),
        text(told(needs.as_ref())),
        el("div").child(now).children(form),
    ]
}

/// The buttons for what somebody's presence is not yet.
fn noting(held: &Held<'_>, number: MatterNumber, there: Option<Mode>) -> Element {
    let (console, said) = (held.console, &held.console.said);
    let number = number.to_string();
    let button = |value: &str, key: &'static str| {
        let name = said.fill(key, &[("number", &number)]);
        let short = said.get(match key {
            "came_room" => "in_room",
            "came_online" => "online",
            _ => "came_undo",
        });
        // What is read aloud begins with what is seen (WCAG 2.2, 2.5.3).
        el("button")
            .class("back")
            .attr("type", "submit")
            .attr("name", "mode")
            .attr("value", value)
            .attr("aria-label", &format!("{short}: {name}"))
            .text(short)
    };
    let others = Mode::ALL.into_iter().filter(|mode| there != Some(*mode));
    let buttons = others.map(|mode| match mode {
        Mode::Room => button("room", "came_room"),
        Mode::Online => button("online", "came_online"),
    });
    let undo = there.map(|_| button("none", "came_not"));
    let buttons = el("div").class("buttons").children(buttons).children(undo);
    let after = console.query.get("after");
    let pairs: Vec<(&str, &str)> = after.as_deref().map(|after| ("after", after)).into_iter().collect();
    el("form")
        .attr("method", "post")
        .attr("action", &console.to(&path(&held.survey().id), &pairs))
        .attr("accept-charset", "utf-8")
        .child(hidden(super::super::guard::PROOF, &console.signed.proof))
        .child(hidden("do", "check"))
        .child(hidden("number", &number))
        .child(buttons)
}
