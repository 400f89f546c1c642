//! What everybody did, the newest first.

use super::guard::Console;
use super::markup::el;
use super::parts::{self, cell, link, section, table};
use crate::people::deed::Deed;
use crate::refusal::Refusal;
use axum::Extension;
use axum::response::Response;
use std::sync::Arc;

const ON_PAGE: usize = 100;

pub(super) async fn show(Extension(console): Extension<Arc<Console>>) -> Result<Response, Refusal> {
    let said = &console.said;
    let before = console.query.get("before").and_then(|before| before.parse().ok());
    let deeds = console.app.store.deeds(before, ON_PAGE).await.map_err(Refusal::of_store)?;
    let row = |(_, deed): &(i64, Deed)| {
        let act = format!("act_{}", deed.act.name());
        vec![
            cell(&said.time(&console.app.days, deed.minute)),
            cell(&deed.who),
            cell(said.get(&act)),
            cell(deed.survey.as_deref().unwrap_or_default()),
            cell(&deed.details),
        ]
    };
    let heads = ["when", "by_whom", "act", "survey", "details"].map(|key| said.get(key));
    let list = table(said.get("log"), &heads, deeds.iter().map(row).collect());
    let last = deeds.last().filter(|_| deeds.len() == ON_PAGE);
    let earlier = last.map(|(number, _)| {
        let address = console.to("/console/log", &[("before", &number.to_string())]);
        el("p").child(link(&address, said.get("earlier")))
    });
    let note = el("p").class("hint").text(said.get("log_note"));
    let main = vec![section(said.get("log"), [note, list].into_iter().chain(earlier))];
    Ok(parts::page(&console, said.get("log"), None, main))
}
