//! What is overdue and soon due in all receptions that somebody works for: what to begin the day with.

use super::super::guard::Console;
use super::super::markup::{Element, el};
use super::super::parts::{self, cell, section, table};
use super::{ON_PAGE, Pressing, due, followed, number, open};
use crate::mechanism::reception::Reception;
use crate::people::rights::Right;
use crate::refusal::Refusal;
use crate::store::{Matter, MatterFilter};
use axum::Extension;
use axum::response::Response;
use std::sync::Arc;

/// A matter, with the title of its survey.
type Found = (Matter, String);

pub(in super::super) async fn show(Extension(console): Extension<Arc<Console>>) -> Result<Response, Refusal> {
    let (said, days) = (&console.said, Pressing::of(&console));
    let (mut found, mut more) = (Vec::new(), false);
    for (id, _) in console.app.store.surveys().await.map_err(Refusal::of_store)? {
        if console.may(Right::Handle, &id) {
            more |= of_survey(&console, &id, (days, &mut found)).await?;
        }
    }
    found.sort_by_key(|(matter, _)| (matter.due, matter.number));
    let row =
        |(matter, title): &Found| vec![number(&console, matter), cell(title), due(&console, days, matter)];
    let list = if found.is_empty() {
        el("p").text(said.get("no_pressing"))
    } else {
        let heads = ["matter_number", "survey", "matter_due"].map(|key| said.get(key));
        table(said.get("pressing"), &heads, found.iter().map(row).collect())
    };
    let more = more.then(|| el("p").class("hint").text(said.get("pressing_more")));
    let main: Vec<Element> = vec![section(said.get("pressing"), [Some(list), more].into_iter().flatten())];
    Ok(parts::page(&console, said.get("matters"), None, main))
}

/// Adds those of one survey, if it is a reception or a meeting. Whether there are more than stand in the list.
async fn of_survey(
    console: &Console,
    id: &str,
    (days, found): (Pressing, &mut Vec<Found>),
) -> Result<bool, Refusal> {
    let current = console.app.current(id).await?;
    let Some(reception) = Reception::desk(&current.edition) else { return Ok(false) };
    let filter = MatterFilter {
        states: open(&reception),
        due_before: days.soon.or(days.today).and_then(|day| day.add_days(1)),
        ..followed(console, &reception, id)
    };
    let matters =
        console.app.store.matters(id, &filter, None, ON_PAGE + 1).await.map_err(Refusal::of_store)?;
    let title = current.edition.survey.title.get(&console.said.lang);
    let more = matters.len() > ON_PAGE;
    found.extend(matters.into_iter().take(ON_PAGE).map(|matter| (matter, title.to_owned())));
    Ok(more)
}
