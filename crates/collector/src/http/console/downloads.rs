//! `/console/surveys/ID/downloads`: where the form of downloads leads, and what is made in the background: how far it is,
//! and to fetch, cancel or delete it. The page does not change by itself: it is looked at again (WCAG 2.2, 2.2.2).

use super::download::{Form, field_of, label_key, path, weightings};
use super::guard::Console;
use super::markup::{Element, el};
use super::parts::{self, cell, form, hidden, link, section, table};
use crate::clock::Minute;
use crate::download::{Download, Wanted};
use crate::export::{Export, ExportError, OPTIONS, OptionError, Options, Which};
use crate::http::export::refusal;
use crate::http::query::SurveyId;
use crate::jobs::{JobError, Order, Record, State};
use crate::people::deed::Act;
use crate::refusal::Refusal;
use axum::Extension;
use axum::body::Body;
use axum::extract::{Path, Request};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use std::sync::Arc;
use survey::Survey;
use tower_http::services::ServeFile;

/// What the page says has happened.
const TOLD: [&str; 4] = ["download_taken", "download_ended", "download_gone", "downloads_full"];

pub(super) async fn show(
    Extension(console): Extension<Arc<Console>>,
    SurveyId(survey): SurveyId,
) -> Result<Response, Refusal> {
    let current = console.app.current(&survey).await?;
    let main = vec![back(&console, &current.edition.survey), list(&console, &survey)];
    let told = parts::told_of(&console, &TOLD);
    Ok(parts::page(&console, console.said.get("downloads"), told, main))
}

pub(super) async fn post(
    Extension(console): Extension<Arc<Console>>,
    SurveyId(survey): SurveyId,
) -> Result<Response, Refusal> {
    match console.fields.get("do") {
        asks @ ("now" | "later") => match prepared(&console, &survey).await {
            Ok((wanted, download)) if asks == "later" => later(&console, survey, wanted, download).await,
            Ok(_) => Ok(console.go_back(&address(&console, &survey))),
            Err(ExportError::Option(wrong)) => again(&console, &survey, &wrong).await,
            Err(error) => Err(refusal(error)),
        },
        "end" => end(&console, &survey).await,
        _ => Err(Refusal::Malformed),
    }
}

/// What the form asks for, ready to be written.
async fn prepared(console: &Console, survey: &str) -> Result<(Wanted, Download), ExportError> {
    let (app, fields) = (&console.app, &console.fields);
    let format = fields.get("format");
    let wanted =
        Wanted::named(format).ok_or_else(|| OptionError(format!("format: there is no \"{format}\".")))?;
    let options = Options::read(|name| Some(fields.get(name).to_owned()))?;
    if options.which == Which::Partial {
        return Err(OptionError(
            "partials: parts of responses change; they are not in this form.".to_owned(),
        )
        .into());
    }
    let export = Export::of(&*app.store, app.key.clone(), survey).await?;
    let export = export.ok_or_else(|| OptionError("format: there is no such survey.".to_owned()))?;
    let export = export.choose(&*app.store, options).await?;
    Ok((wanted, Download::of(&*app.store, export, wanted).await?))
}

/// The address at which the same is had at once.
fn address(console: &Console, survey: &str) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    let filled = ["format"].into_iter().chain(OPTIONS).map(|name| (name, console.fields.get(name)));
    query.extend_pairs(filled.filter(|(_, value)| !value.is_empty()));
    format!("/api/v1/surveys/{survey}/export?{}", query.finish())
}

/// The form once more, with everything that was filled in and what is wrong beside its field.
async fn again(console: &Console, survey: &str, wrong: &OptionError) -> Result<Response, Refusal> {
    let said = &console.said;
    let current = console.app.current(survey).await?;
    let survey = &current.edition.survey;
    let field = field_of(wrong);
    let to_it = link(&format!("#{field}"), said.get(label_key(field)));
    let told =
        el("div").child(parts::refused(console, said.get("wrong_download"))).child(el("p").child(to_it));
    let weightings = weightings(console, &survey.id).await?;
    let form = Form { console, survey, weightings: &weightings, wrong: Some(wrong) }.element();
    let main = vec![back(console, survey), section(said.get("data"), [form])];
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(parts::page_with(console, status, said.get("data"), Some(told), main))
}

async fn later(
    console: &Console,
    survey: String,
    wanted: Wanted,
    download: Download,
) -> Result<Response, Refusal> {
    let list = path(&survey);
    let details = format!("{} {}", console.fields.get("format"), told_options(&download));
    let who = console.signed.person.name.clone();
    let begun = console.app.jobs.begin(Order { survey: survey.clone(), who, wanted, download }).await;
    let told = match begun {
        Ok(()) => "download_taken",
        Err(JobError::Full) => "downloads_full",
        Err(JobError::Store(error)) => return Err(Refusal::of_store(error)),
        Err(error) => return Err(Refusal::internal("a download cannot be made in the background", &error)),
    };
    if told == "download_taken" {
        console.did(Act::OrderedDownload, Some(&survey), details.trim()).await?;
    }
    Ok(console.go(&list, &[("told", told)]))
}

/// Which options were chosen, without what they say: a condition may name what somebody answered.
fn told_options(download: &Download) -> String {
    let names: Vec<&str> = download.export().options().told().into_iter().map(|(name, _)| name).collect();
    names.join(", ")
}

async fn end(console: &Console, survey: &str) -> Result<Response, Refusal> {
    let told = match console.app.jobs.end(survey, console.fields.get("download")) {
        Some(record) => {
            console.did(Act::EndedDownload, Some(survey), &record.wanted).await?;
            "download_ended"
        }
        None => "download_gone",
    };
    Ok(console.go(&path(survey), &[("told", told)]))
}

/// The file of a job that is ready.
pub(super) async fn fetch(
    Extension(console): Extension<Arc<Console>>,
    Path((survey, id)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Refusal> {
    let ready = console.app.jobs.ready(&survey, &id).await.map_err(Refusal::of_store)?;
    let Some((record, file)) = ready else {
        return Ok(console.go(&path(&survey), &[("told", "download_gone")]));
    };
    let wanted = Wanted::named(&record.wanted).ok_or(Refusal::UnknownFormat)?;
    console.did(Act::Downloaded, Some(&survey), &record.wanted).await?;
    let served = ServeFile::new(file).try_call(request).await;
    let served = served.map_err(|error| Refusal::internal("a download cannot be read", &error))?;
    let mut response = served.map(Body::new);
    let name = format!("attachment; filename=\"{}\"", wanted.file(&survey));
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(wanted.content_type()));
    // The id of a survey has no character that a header refuses.
    if let Ok(name) = HeaderValue::try_from(name) {
        headers.insert(CONTENT_DISPOSITION, name);
    }
    Ok(response)
}

fn back(console: &Console, survey: &Survey) -> Element {
    let address = console.to(&format!("/console/surveys/{}", survey.id), &[]);
    el("p").class("q").child(link(&address, survey.title.get(&console.said.lang)))
}

/// What there is, the latest first.
fn list(console: &Console, survey: &str) -> Element {
    let said = &console.said;
    let jobs = console.app.jobs.of_survey(survey);
    let note = el("p").class("hint").text(said.get("downloads_note"));
    let again = el("p").child(link(&console.to(&path(survey), &[]), said.get("look_again")));
    let there = if jobs.is_empty() {
        el("p").text(said.get("no_downloads"))
    } else {
        let heads = ["format", "when", "by_whom", "state", "acts"].map(|key| said.get(key));
        table(said.get("downloads"), &heads, jobs.iter().map(|job| row(console, job)).collect())
    };
    section(said.get("downloads"), [note, there, again])
}

fn row(console: &Console, (record, rows): &(Record, u64)) -> Vec<Element> {
    let said = &console.said;
    let asked = said.time(&console.app.days, Minute(record.asked));
    vec![
        cell(said.get(&format!("format_{}", record.wanted))),
        cell(&asked),
        cell(&record.who),
        standing(console, record, *rows),
        acts(console, record),
    ]
}

/// How it stands: how far it is, or what came of it.
fn standing(console: &Console, record: &Record, rows: u64) -> Element {
    let said = &console.said;
    let state = el("span").child(el("b").text(said.get(state_key(record.state))));
    match record.state {
        State::Running => {
            let (n, of) = (said.number(rows), said.number(record.of));
            state.child(el("br")).text(&said.fill("rows_of", &[("n", &n), ("of", &of)]))
        }
        State::Done => {
            let size = said.fill("bytes", &[("n", &said.number(record.bytes))]);
            let sum = el("code").text(&record.sha256);
            state.child(el("br")).text(&size).child(el("br")).text("SHA-256: ").child(sum)
        }
        _ => state,
    }
}

fn state_key(state: State) -> &'static str {
    match state {
        State::Waiting => "download_waiting",
        State::Running => "download_running",
        State::Done => "download_done",
        State::Failed => "download_failed",
        State::Cancelled => "download_cancelled",
        State::Outdated => "download_outdated",
    }
}

fn acts(console: &Console, record: &Record) -> Element {
    let said = &console.said;
    let list = path(&record.survey);
    let fetch = (record.state == State::Done).then(|| {
        let address = console.to(&format!("{list}/{}", record.id), &[]);
        el("p").child(link(&address, said.get("fetch")))
    });
    let makes = matches!(record.state, State::Waiting | State::Running);
    let end = parts::button(console, "back", if makes { "cancel" } else { "delete" });
    let end = form(console, &list, "end", vec![hidden("download", &record.id), end]);
    el("div").children(fetch).child(end)
}
