//! The surveys that somebody may see: how each stands and what has come in.

use super::guard::{Console, Visit};
use super::markup::{Element, el};
use super::parts::{self, Field, cell, link, section, table};
use super::survey::Arrived;
use crate::people::rights::Right;
use crate::refusal::Refusal;
use crate::times::Standing;
use axum::Extension;
use axum::response::Response;
use std::sync::Arc;
use survey::fold::fold;

/// The list, or the part of it whose titles or ids have the words that are sought.
pub(super) async fn show(Extension(console): Extension<Arc<Console>>) -> Result<Response, Refusal> {
    let said = &console.said;
    let sought = console.query.get("q").unwrap_or_default();
    let wanted = fold(&sought);
    let mut rows = Vec::new();
    for (id, _) in console.app.store.surveys().await.map_err(Refusal::of_store)? {
        if !console.may(Right::See, &id) {
            continue;
        }
        let current = console.app.current(&id).await?;
        let title = current.edition.survey.title.get(&said.lang).to_owned();
        if fold(&title).contains(&wanted) || fold(&id).contains(&wanted) {
            let arrived = Arrived::at(&console, &id).await?;
            rows.push(row(&console, (&id, &title), current.standing, &arrived));
        }
    }
    let list = if rows.is_empty() {
        el("p").text(said.get("no_surveys"))
    } else {
        let heads = ["survey", "standing", "responses", "last_day"].map(|key| said.get(key));
        table(said.get("surveys"), &heads, rows)
    };
    let main = vec![filter(&console, &sought), section(said.get("surveys"), [list])];
    Ok(parts::page(&console, said.get("console"), None, main))
}

fn row(console: &Console, (id, title): (&str, &str), standing: Standing, arrived: &Arrived) -> Vec<Element> {
    let address = console.to(&format!("/console/surveys/{id}"), &[]);
    let name = el("span").child(link(&address, title)).child(el("br")).child(el("code").text(id));
    let last = arrived.days().last().map(|(day, _)| console.said.day(*day));
    vec![
        name,
        cell(console.said.get(standing_key(standing))),
        cell(&console.said.number(arrived.total())),
        cell(&last.unwrap_or_else(|| "–".to_owned())),
    ]
}

/// The key of the words for how a survey stands.
pub(super) fn standing_key(standing: Standing) -> &'static str {
    match standing {
        Standing::NotYet => "standing_not_yet",
        Standing::Open => "standing_open",
        Standing::Closed => "standing_closed",
    }
}

fn filter(console: &Console, sought: &str) -> Element {
    let label = console.said.get("find");
    let field = Field { value: sought, kind: "search", ..Field::text("q", label) };
    sought_by(console, "/console", field.element())
}

/// A form that opens a page anew with what is sought in its address.
pub(super) fn sought_by(visit: &Visit, path: &str, field: Element) -> Element {
    el("form")
        .class("q")
        .attr("method", "get")
        .attr("action", path)
        .children(address(visit))
        .child(field)
        .child(parts::button(visit, "back", "find_button"))
}

/// The language and the looks that an address says, as fields of a form that opens another.
pub(super) fn address(visit: &Visit) -> Vec<Element> {
    let lang = visit.query.get("lang").map(|lang| parts::hidden("lang", &lang));
    lang.into_iter().chain(visit.vision.chosen().map(|(name, value)| parts::hidden(name, value))).collect()
}
