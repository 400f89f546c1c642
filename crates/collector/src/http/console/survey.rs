//! A survey's page: how it stands, what has come in and when, its quotas, and the way to its data.

use super::download;
use super::guard::Console;
use super::invitations;
use super::markup::{Element, el};
use super::parts::{self, captioned, cell, link, section, table};
use super::report;
use super::surveys::standing_key;
use crate::clock::Minute;
use crate::edition::Current;
use crate::figures::Figures;
use crate::http::language;
use crate::http::query::SurveyId;
use crate::people::rights::Right;
use crate::refusal::Refusal;
use crate::results;
use crate::tier::Tier;
use axum::Extension;
use axum::response::Response;
use jiff::civil::Date;
use std::sync::Arc;
use survey::{Domain, Survey};

/// Days that are shown at once; those before them are folded away.
const DAYS: usize = 14;

/// Characters of a version's name that are shown.
const VERSION_SHOWN: usize = 8;

/// What has come in, by what is known of responses besides the answers.
pub(super) struct Arrived(Figures);

impl Arrived {
    /// What has come in to a survey until now.
    pub(super) async fn at(console: &Console, survey: &str) -> Result<Self, Refusal> {
        let figures = console.app.figures.of(survey).await.map_err(results::refusal)?;
        figures.map(Self).ok_or(Refusal::UnknownSurvey)
    }

    pub(super) fn total(&self) -> u64 {
        self.0.tally().responses
    }

    /// By day in Kazakhstan, the first one first.
    pub(super) fn days(&self) -> Vec<(Date, u64)> {
        let days = self.by("response_day").into_iter();
        days.filter_map(|(day, responses)| Some((day.parse().ok()?, responses))).collect()
    }

    fn by(&self, column: &str) -> Vec<(String, u64)> {
        let counts = self.0.by_word(column).into_iter().flatten();
        counts.filter(|(_, responses)| **responses > 0).map(|(word, n)| (word.clone(), *n)).collect()
    }
}

/// Everything that there is of a survey besides the answers.
pub(super) async fn show(
    Extension(console): Extension<Arc<Console>>,
    SurveyId(id): SurveyId,
) -> Result<Response, Refusal> {
    let current = console.app.current(&id).await?;
    let survey = &current.edition.survey;
    let arrived = Arrived::at(&console, &id).await?;
    let rate = rate(&console, &current).await?;
    let mut main = vec![standing(&console, &current).await?, came(&console, &arrived, rate)];
    if !survey.quotas.is_empty() {
        main.push(quotas(&console, survey).await?);
    }
    main.push(glance(&console, &current, &arrived));
    if console.may(Right::ReadTexts, &id) && survey.questions().any(|question| is_open(&question.domain)) {
        main.push(open_texts(&console, survey));
    }
    if console.may(Right::Download, &id) {
        main.push(download::section(&console, survey));
    }
    Ok(parts::page(&console, survey.title.get(&console.said.lang), None, main))
}

async fn standing(console: &Console, current: &Current) -> Result<Element, Refusal> {
    let (said, id) = (&console.said, &current.edition.survey.id);
    let record = console.app.store.survey(id).await.map_err(Refusal::of_store)?;
    let times = record.ok_or(Refusal::UnknownSurvey)?.times;
    let at = |key: &str, minute: Option<Minute>| {
        let minute = minute?;
        Some(el("p").text(&said.fill(key, &[("time", &said.time(&console.app.days, minute))])))
    };
    let public = |path: &str, key: &str| {
        let address = format!("/s/{id}{path}?lang={}", current.edition.survey.language(&said.lang));
        el("li").child(link(&address, said.get(key)))
    };
    let links = [public("", "public_page"), public("/paper", "paper"), public("/accessibility", "statement")];
    let report = el("li").child(link(&console.to(&report::path(id), &[]), said.get("report")));
    let invites = current.edition.tier == Tier::Invited && console.may(Right::Manage, id);
    let invites = invites
        .then(|| el("li").child(link(&console.to(&invitations::path(id), &[]), said.get("invitations"))));
    let inside = [
        Some(el("p").child(el("b").text(said.get(standing_key(current.standing))))),
        at("opens_at", times.opens),
        at("closes_at", times.closes),
        Some(el("p").text(said.get("id")).text(" ").child(el("code").text(id))),
        Some(el("ul").class("links").children(links).child(report).children(invites)),
    ];
    Ok(section(said.get("standing"), inside.into_iter().flatten()))
}

/// What is said of the response rate. A link that everybody has gives none: nobody knows of how many.
async fn rate(console: &Console, current: &Current) -> Result<Option<Element>, Refusal> {
    if current.edition.tier != Tier::Invited {
        return Ok(Some(el("p").class("hint").text(console.said.get("no_rate"))));
    }
    let survey = &current.edition.survey.id;
    let batches = console.app.store.invitations(survey).await.map_err(Refusal::of_store)?;
    invitations::rate(console, survey, &batches).await
}

/// How many came, and by what is known of them.
fn came(console: &Console, arrived: &Arrived, rate: Option<Element>) -> Element {
    let said = &console.said;
    let total = el("p").text(&said.fill("came", &[("n", &said.number(arrived.total()))]));
    if arrived.total() == 0 {
        return section(said.get("responses"), [total].into_iter().chain(rate));
    }
    let days: Vec<_> = arrived.days().iter().rev().map(|(day, n)| (said.day(*day), *n)).collect();
    let (late, early) = days.split_at(days.len().min(DAYS));
    let earlier = (!early.is_empty()).then(|| {
        let summary = el("summary").text(said.get("earlier_days"));
        el("details").child(summary).child(counted(console, "by_day", early))
    });
    let named = |column: &str, name: &dyn Fn(&str) -> String| -> Vec<(String, u64)> {
        arrived.by(column).into_iter().map(|(of, n)| (name(&of), n)).collect()
    };
    let short = |version: &str| version.chars().take(VERSION_SHOWN).collect();
    let channel = |channel: &str| said.get(&format!("channel_{channel}")).to_owned();
    let tables = [
        counted(console, "by_language", &named("response_language", &language::name)),
        counted(console, "by_channel", &named("response_channel", &channel)),
        counted(console, "by_version", &named("response_version", &short)),
    ];
    let late = counted(console, "by_day", late);
    section(said.get("responses"), [total].into_iter().chain(rate).chain([late]).chain(earlier).chain(tables))
}

fn counted(console: &Console, key: &str, rows: &[(String, u64)]) -> Element {
    let said = &console.said;
    let row = |(name, n): &(String, u64)| vec![cell(name), cell(&said.number(*n))];
    let head = said.get(key);
    let caption = el("caption").text(head);
    captioned(caption, head, &[said.get("of_which"), said.get("responses")], rows.iter().map(row).collect())
}

/// Every question at a glance, each with a table beneath its picture.
fn glance(console: &Console, current: &Current, arrived: &Arrived) -> Element {
    let (said, app) = (&console.said, &console.app);
    let lang = current.edition.survey.language(&said.lang);
    let told = results::internal(&arrived.0, &current.edition, lang, (&app.days, (app.clock)()));
    let note = el("p").class("hint").text(&said.fill("glance_note", &[("least", &told.least().to_string())]));
    section(said.get("glance"), [note, el("div").drawn(&results::questions(&told, 3))])
}

async fn quotas(console: &Console, survey: &Survey) -> Result<Element, Refusal> {
    let said = &console.said;
    let kept = console.app.store.quotas(&survey.id).await.map_err(Refusal::of_store)?;
    let rows = survey.quotas.iter().map(|quota| {
        let kept = kept.iter().find(|(name, _)| *name == quota.name).map_or(0, |(_, kept)| *kept);
        vec![cell(&quota.name), cell(&said.number(kept)), cell(&said.number(quota.limit))]
    });
    let heads = [said.get("quota"), said.get("responses"), said.get("limit")];
    Ok(section(said.get("quotas"), [table(said.get("quotas"), &heads, rows.collect())]))
}

/// Whether a question is answered in somebody's own words.
pub(super) fn is_open(domain: &Domain) -> bool {
    matches!(domain, Domain::Words(_))
}

fn open_texts(console: &Console, survey: &Survey) -> Element {
    let said = &console.said;
    let item = |question: &survey::Question| {
        let path = format!("/console/surveys/{}/texts", survey.id);
        let address = console.to(&path, &[("question", &question.name)]);
        el("li").child(link(&address, question.text.get(&said.lang)))
    };
    let open = survey.questions().filter(|question| is_open(&question.domain));
    let note = el("p").class("hint").text(said.get("texts_note"));
    section(said.get("texts"), [note, el("ul").class("links").children(open.map(item))])
}
