//! The invitations of a survey: issued, counted and revoked by its owner. The codes are in the reply that issues them and
//! nowhere else.

use super::guard::Console;
use super::markup::{Element, el};
use super::parts::{self, Field, button, cell, form, hidden, section, select, table};
use crate::clock::Minute;
use crate::edition::Current;
use crate::http::query::SurveyId;
use crate::invitation::{self, MOST, Wanted};
use crate::people::deed::Act;
use crate::refusal::Refusal;
use crate::store::{InvitationBatch, Position};
use crate::tier::Tier;
use axum::Extension;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use std::sync::Arc;

/// Where they are.
pub(super) fn path(survey: &str) -> String {
    format!("/console/surveys/{survey}/invitations")
}

pub(super) async fn show(
    Extension(console): Extension<Arc<Console>>,
    SurveyId(survey): SurveyId,
) -> Result<Response, Refusal> {
    let told = parts::told_of(&console, &["batch_was_revoked"]);
    page(&console, &console.app.current(&survey).await?, told).await
}

pub(super) async fn post(
    Extension(console): Extension<Arc<Console>>,
    SurveyId(survey): SurveyId,
) -> Result<Response, Refusal> {
    let current = console.app.current(&survey).await?;
    match console.fields.get("do") {
        "issue" if current.edition.tier == Tier::Invited => issue(&console, &current).await,
        "revoke" => {
            let batch = console.fields.raw("batch");
            if console.app.store.revoke_invitations(&survey, batch).await.map_err(Refusal::of_store)? {
                console.did(Act::RevokedInvitations, Some(&survey), batch).await?;
            }
            Ok(console.go(&path(&survey), &[("told", "batch_was_revoked")]))
        }
        _ => Err(Refusal::Malformed),
    }
}

/// Issues a batch and answers with its file.
async fn issue(console: &Console, current: &Current) -> Result<Response, Refusal> {
    let (app, survey) = (&console.app, &current.edition.survey);
    let refused = async |key: &str| {
        let values = [("most", console.said.number(MOST as u64))];
        let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        page(console, current, Some(parts::refused(console, &console.said.fill(key, &values)))).await
    };
    let count = console.fields.get("count").parse().ok().filter(|count| (1..=MOST).contains(count));
    let Some(count) = count else { return refused("count_bad").await };
    let Ok(expires) = expiry(console) else { return refused("day_bad").await };
    let batch = match console.fields.get("batch") {
        "" => app.days.of((app.clock)()).map(|day| day.to_string()).unwrap_or_default(),
        batch => batch.to_owned(),
    };
    let batches = app.store.invitations(&survey.id).await.map_err(Refusal::of_store)?;
    if !invitation::is_name(&batch) || batches.iter().any(|other| other.batch == batch) {
        return refused("batch_bad").await;
    }
    let end = expires.map(|(_, end)| end);
    let wanted = Wanted { survey: survey.id.clone(), batch: batch.clone(), count, expires: end };
    let codes = invitation::issue(&*app.store, &app.key, ((app.clock)(), &app.random), wanted).await;
    let codes = codes.map_err(|error| Refusal::internal("no invitations were issued", error.as_ref()))?;
    console.did(Act::IssuedInvitations, Some(&survey.id), &format!("{batch}: {count}")).await?;
    let page = format!("{}/s/{}", app.public_url, survey.id);
    let until = |lang: &str| expires.map(|(day, _)| invitation::date(lang, day));
    let made = match console.fields.get("as") {
        "sheet" => invitation::sheet(survey, &page, &until, &codes).map(|html| (SHEET, html.into_bytes())),
        _ => invitation::table(&page, &codes).map(|table| (TABLE, table)),
    };
    let ((kind, ending), file) =
        made.map_err(|error| Refusal::internal("the invitations could not be written", error.as_ref()))?;
    let disposition = format!("attachment; filename=\"{}-invitations.{ending}\"", survey.id);
    let about = [
        (CONTENT_TYPE, kind.to_owned()),
        (CONTENT_DISPOSITION, disposition),
        (CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((about, file).into_response())
}

/// Content types and endings of the files.
const TABLE: (&str, &str) = ("text/csv; charset=utf-8", "csv");
const SHEET: (&str, &str) = ("text/html; charset=utf-8", "html");

/// The day that the form names, and the minute after it; none when it names none.
fn expiry(console: &Console) -> Result<Option<(Date, Minute)>, jiff::Error> {
    match console.fields.get("expires") {
        "" => Ok(None),
        day => {
            let day: Date = day.parse()?;
            Ok(Some((day, console.app.days.end_of(day)?)))
        }
    }
}

async fn page(console: &Console, current: &Current, told: Option<Element>) -> Result<Response, Refusal> {
    let (said, id) = (&console.said, &current.edition.survey.id);
    let title = said.get("invitations");
    if current.edition.tier != Tier::Invited {
        let main = vec![section(title, [el("p").text(said.get("invitations_open"))])];
        return Ok(parts::page(console, title, told, main));
    }
    let batches = console.app.store.invitations(id).await.map_err(Refusal::of_store)?;
    let heads = ["batch", "issued", "used", "left", "expires", "state"].map(|key| said.get(key));
    let rows = batches.iter().map(|batch| row(console, id, batch)).collect();
    let note = el("p").class("hint").text(said.get("invitations_note"));
    let inside = [Some(note), rate(console, id, &batches).await?, Some(table(title, &heads, rows))];
    let issuing = form(console, &path(id), "issue", fields(console));
    let main = vec![
        section(current.edition.survey.title.get(&said.lang), inside.into_iter().flatten()),
        section(said.get("issue"), [issuing]),
    ];
    Ok(parts::page(console, title, told, main))
}

/// The response rate of those who were invited; nothing while nobody was.
pub(super) async fn rate(
    console: &Console,
    survey: &str,
    batches: &[InvitationBatch],
) -> Result<Option<Element>, Refusal> {
    let withdrawn = console.app.store.count_withdrawn(survey, Position(i64::MAX)).await;
    let outcome = invitation::outcome(batches, withdrawn.map_err(Refusal::of_store)?);
    let Some(rate) = outcome.rates().rr1 else { return Ok(None) };
    let said = &console.said;
    let all = outcome.complete + outcome.refused + outcome.unknown;
    let values =
        [("rate", said.percent(rate)), ("n", said.number(outcome.complete)), ("all", said.number(all))];
    let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    Ok(Some(el("p").text(&said.fill("rr1", &values))))
}

fn row(console: &Console, survey: &str, batch: &InvitationBatch) -> Vec<Element> {
    let (said, days) = (&console.said, &console.app.days);
    // The minute before is of the last day.
    let until = batch.expires.and_then(|minute| days.of(Minute(minute.0 - 1)).ok());
    let state = match batch {
        batch if batch.revoked => "batch_revoked",
        batch if batch.is_over((console.app.clock)()) => "batch_over",
        _ => "batch_valid",
    };
    let revoke = (!batch.revoked).then(|| {
        let fields = vec![hidden("batch", &batch.batch), button(console, "back", "revoke")];
        form(console, &path(survey), "revoke", fields)
    });
    vec![
        cell(&batch.batch),
        cell(&said.number(batch.issued)),
        cell(&said.number(batch.spent)),
        cell(&said.number(batch.issued.saturating_sub(batch.spent))),
        cell(&until.map_or_else(|| said.get("never").to_owned(), |day| said.day(day))),
        el("div").child(cell(said.get(state))).children(revoke),
    ]
}

fn fields(console: &Console) -> Vec<Element> {
    let said = &console.said;
    let files = [("csv", said.get("as_csv")), ("sheet", said.get("as_sheet"))];
    let hinted = |name: &'static str, key: &str, hint: &str, kind: &'static str| {
        Field { kind, hint: Some(said.get(hint)), ..Field::text(name, said.get(key)) }.element()
    };
    vec![
        Field { kind: "number", ..Field::text("count", said.get("how_many")) }.element(),
        hinted("batch", "batch_name", "batch_name_hint", "text"),
        hinted("expires", "expires", "batch_expires_hint", "date"),
        select("as", said.get("file"), &files, "csv"),
        button(console, "next", "issue"),
    ]
}
