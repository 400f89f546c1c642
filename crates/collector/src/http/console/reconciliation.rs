//! A ballot reconciled, at the console: what was handed out against what came back, online and on paper, and the form in
//! which an owner writes down how many paper ballots there were.

use super::guard::Console;
use super::markup::{Element, el};
use super::parts::{self, Field, button, cell, form, link, section, table};
use super::survey::Arrived;
use crate::edition::Current;
use crate::http::query::SurveyId;
use crate::invitation::is_name;
use crate::mechanism::prioritising::{OnPaper, Prioritising, Reconciled};
use crate::people::deed::Act;
use crate::people::rights::Right;
use crate::refusal::Refusal;
use crate::store::BallotCount;
use axum::Extension;
use axum::response::Response;
use std::sync::Arc;

/// Where it is.
pub(super) fn path(survey: &str) -> String {
    format!("/console/surveys/{survey}/reconciliation")
}

pub(super) async fn show(
    Extension(console): Extension<Arc<Console>>,
    SurveyId(survey): SurveyId,
) -> Result<Response, Refusal> {
    let told = parts::told_of(&console, &["ballots_were_counted"]);
    page(&console, &console.app.current(&survey).await?, told).await
}

pub(super) async fn post(
    Extension(console): Extension<Arc<Console>>,
    SurveyId(survey): SurveyId,
) -> Result<Response, Refusal> {
    let current = console.app.current(&survey).await?;
    if !console.may(Right::Manage, &survey) {
        return Ok(parts::forbidden(&console));
    }
    if console.fields.get("do") != "count" || current.edition.prioritising.is_none() {
        return Err(Refusal::Malformed);
    }
    let Some(count) = counted(&console, &survey) else {
        let refused = parts::refused(&console, console.said.get("ballots_bad"));
        return page(&console, &current, Some(refused)).await;
    };
    let details = format!("{}: {}, {}", count.batch, count.issued, count.unused);
    console.app.store.count_ballots(count).await.map_err(Refusal::of_store)?;
    console.did(Act::CountedBallots, Some(&survey), &details).await?;
    Ok(console.go(&path(&survey), &[("told", "ballots_were_counted")]))
}

/// What the form says; nothing when it cannot be so.
fn counted(console: &Console, survey: &str) -> Option<BallotCount> {
    let number = |name: &str| console.fields.get(name).parse::<u32>().ok();
    let batch = console.fields.get("batch").to_owned();
    let (issued, unused) = (number("issued")?, number("unused")?);
    (is_name(&batch) && unused <= issued).then(|| BallotCount {
        survey: survey.to_owned(),
        batch,
        issued,
        unused,
        who: console.signed.person.name.clone(),
        minute: (console.app.clock)(),
    })
}

async fn page(console: &Console, current: &Current, told: Option<Element>) -> Result<Response, Refusal> {
    let (said, survey) = (&console.said, &current.edition.survey);
    let title = said.get("reconciliation");
    let Some(ballot) = &current.edition.prioritising else {
        let main = vec![section(title, [el("p").text(said.get("reconciliation_not"))])];
        return Ok(parts::page(console, title, told, main));
    };
    let reconciled = reconciled(console, &survey.id, ballot).await?;
    let back = console.to(&format!("/console/surveys/{}", survey.id), &[]);
    let back = el("p").class("q").child(link(&back, survey.title.get(&said.lang)));
    let mut main = vec![back, online(console, &reconciled), on_paper(console, &reconciled)];
    if console.may(Right::Manage, &survey.id) {
        let inside = [el("p").class("hint").text(said.get("ballots_note")), counting(console, &survey.id)];
        main.push(section(said.get("ballots_count"), inside));
    }
    Ok(parts::page(console, title, told, main))
}

async fn reconciled(console: &Console, survey: &str, ballot: &Prioritising) -> Result<Reconciled, Refusal> {
    let arrived = Arrived::at(console, survey).await?;
    let at = Reconciled::at(&*console.app.store, (survey, ballot), arrived.figures()).await;
    at.map_err(Refusal::of_store)
}

fn online(console: &Console, reconciled: &Reconciled) -> Element {
    let said = &console.said;
    let Reconciled { codes, revoked, used, online, withdrawn, .. } = reconciled;
    let counts = [
        ("codes_issued", *codes),
        ("codes_revoked", *revoked),
        ("codes_used", *used),
        ("votes_online", *online),
        ("votes_withdrawn", *withdrawn),
    ];
    let rows = counts.map(|(key, count)| vec![cell(said.get(key)), cell(&said.number(count))]);
    let heads = [said.get("of_which"), said.get("how_many")];
    let verdict = if reconciled.adds_up() { "adds_up" } else { "adds_up_not" };
    let verdict = el("p").child(el("b").text(said.get(verdict)));
    section(said.get("online"), [verdict, table(said.get("online"), &heads, rows.into())])
}

fn on_paper(console: &Console, reconciled: &Reconciled) -> Element {
    let said = &console.said;
    let unknown = || said.get("not_counted").to_owned();
    let row = |batch: &OnPaper| {
        let count = |of: fn((u64, u64)) -> u64| batch.counted.map_or_else(unknown, |it| said.number(of(it)));
        let missing = batch.missing().map_or_else(unknown, |missing| self::missing(console, missing));
        let texts = [
            batch.batch.clone(),
            count(|(issued, _)| issued),
            count(|(_, unused)| unused),
            said.number(batch.kept),
            said.number(batch.waiting),
            missing,
        ];
        texts.iter().map(|text| cell(text)).collect()
    };
    let heads =
        ["batch", "ballots_issued", "ballots_unused", "sheets_kept", "sheets_waiting", "ballots_missing"];
    let heads = heads.map(|key| said.get(key));
    let list = match reconciled.paper.is_empty() {
        true => el("p").text(said.get("no_ballots")),
        false => table(said.get("on_paper"), &heads, reconciled.paper.iter().map(row).collect()),
    };
    let spoiled = said.fill("ballots_spoiled", &[("n", &said.number(reconciled.spoiled))]);
    section(said.get("on_paper"), [list, el("p").text(&spoiled)])
}

/// How many are missing; a minus where there are too many.
fn missing(console: &Console, missing: i64) -> String {
    let number = console.said.number(missing.unsigned_abs());
    if missing < 0 { format!("−{number}") } else { number }
}

fn counting(console: &Console, survey: &str) -> Element {
    let said = &console.said;
    let number = |name: &'static str, key: &str| {
        Field { kind: "number", ..Field::text(name, said.get(key)) }.element()
    };
    let batch = Field::text("batch", said.get("batch"));
    let batch = Field { hint: Some(said.get("ballots_batch_hint")), ..batch }.element();
    let fields = vec![
        batch,
        number("issued", "ballots_issued"),
        number("unused", "ballots_unused"),
        button(console, "next", "ballots_save"),
    ];
    form(console, &path(survey), "count", fields)
}
