//! A survey is archived: not before its outcome is published, or a reason stands for that none is (domain M10 O).

use super::guard::Console;
use super::markup::{Element, el};
use super::outcome;
use super::parts::{self, area, button, form, link, section};
use crate::edition::Current;
use crate::http::language;
use crate::http::query::SurveyId;
use crate::people::deed::Act;
use crate::refusal::Refusal;
use crate::store::{Archived, Archiving};
use axum::Extension;
use axum::http::StatusCode;
use axum::response::Response;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Where it is.
pub(super) fn path(survey: &str) -> String {
    format!("/console/surveys/{survey}/archive")
}

pub(super) async fn show(
    Extension(console): Extension<Arc<Console>>,
    SurveyId(survey): SurveyId,
) -> Result<Response, Refusal> {
    let told = parts::told_of(&console, &["archive_done"]);
    page(&console, &console.app.current(&survey).await?, StatusCode::OK, told).await
}

pub(super) async fn post(
    Extension(console): Extension<Arc<Console>>,
    SurveyId(survey): SurveyId,
) -> Result<Response, Refusal> {
    let current = console.app.current(&survey).await?;
    let reasons = reasons(&console, &current);
    let given = reasons.values().filter(|reason| !reason.is_empty()).count();
    let refused = async |key: &str| {
        let told = parts::refused(&console, console.said.get(key));
        page(&console, &current, StatusCode::UNPROCESSABLE_ENTITY, Some(told)).await
    };
    if given > 0 && given < reasons.len() {
        return refused("archive_reason_everywhere").await;
    }
    let reason = (given > 0).then(|| serde_json::to_string(&reasons));
    let reason =
        reason.transpose().map_err(|error| Refusal::internal("a reason cannot be written", &error))?;
    let who = console.signed.person.name.clone();
    let archived = Archived { survey: survey.clone(), minute: (console.app.clock)(), who, reason };
    match console.app.store.archive(archived).await.map_err(Refusal::of_store)? {
        Archiving::Done => {
            console.did(Act::ArchivedSurvey, Some(&survey), "").await?;
            Ok(console.go(&path(&survey), &[("told", "archive_done")]))
        }
        Archiving::Already => Ok(console.go(&path(&survey), &[])),
        Archiving::Owed => refused("archive_owed").await,
        Archiving::Unknown => Err(Refusal::UnknownSurvey),
    }
}

/// What the form says, in every language of the survey.
fn reasons(console: &Console, current: &Current) -> BTreeMap<String, String> {
    let languages = current.edition.survey.languages.iter();
    languages.map(|lang| (lang.clone(), console.fields.get(&name(lang)).replace("\r\n", "\n"))).collect()
}

fn name(lang: &str) -> String {
    format!("reason-{lang}")
}

async fn page(
    console: &Console,
    current: &Current,
    status: StatusCode,
    told: Option<Element>,
) -> Result<Response, Refusal> {
    let (said, survey) = (&console.said, &current.edition.survey);
    let archived = console.app.store.archived(&survey.id).await.map_err(Refusal::of_store)?;
    let outcomes = console.app.store.outcomes(&survey.id).await.map_err(Refusal::of_store)?;
    let back = console.to(&format!("/console/surveys/{}", survey.id), &[]);
    let back = el("p").class("q").child(link(&back, survey.title.get(&said.lang)));
    let inside = match archived {
        Some(archived) => {
            let time = said.time(&console.app.days, archived.minute);
            vec![el("p").text(&said.fill("archived_at", &[("time", &time), ("who", &archived.who)]))]
        }
        None if outcomes.is_empty() => owed(console, current),
        None => {
            let fields = vec![button(console, "next", "archive")];
            vec![el("p").text(said.get("archive_note")), form(console, &path(&survey.id), "archive", fields)]
        }
    };
    let main = vec![back, section(said.get("archive"), inside)];
    Ok(parts::page_with(console, status, said.get("archive"), told, main))
}

/// What is to be done first, and the form for who will not do it.
fn owed(console: &Console, current: &Current) -> Vec<Element> {
    let (said, survey) = (&console.said, &current.edition.survey);
    let areas = survey.languages.iter().map(|lang| {
        let label = said.fill("archive_reason", &[("language", &language::name(lang))]);
        let typed = console.fields.get(&name(lang));
        area((&name(lang), lang), &label, typed, None)
    });
    let fields = areas.chain([button(console, "back", "archive_without")]).collect();
    let write = console.to(&outcome::path(&survey.id), &[]);
    vec![
        el("p").text(said.get("archive_note")),
        el("p").text(said.get("archive_first")),
        el("p").child(link(&write, said.get("outcome_write"))),
        el("p").text(said.get("archive_or")),
        form(console, &path(&survey.id), "archive", fields),
    ]
}
