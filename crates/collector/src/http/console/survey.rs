//! A survey's page: how it stands, what has come in and when, its quotas, and the way to its data.

use super::cut::{self, Looked};
use super::guard::Console;
use super::invitations;
use super::markup::{Element, el};
use super::matters;
use super::meeting;
use super::pages;
use super::parts::{self, captioned, cell, link, section, table};
use super::reconciliation;
use super::report;
use super::surveys::standing_key;
use super::{archive, coded, comments, counts, download, moderation, opinions, outcome};
use crate::clock::Minute;
use crate::edition::Current;
use crate::figures::{ACTIVE_TIME, Figures};
use crate::http::language;
use crate::http::query::SurveyId;
use crate::people::rights::Right;
use crate::refusal::Refusal;
use crate::results::{self, Told};
use crate::tier::Tier;
use analysis::Counts;
use analysis::disclosure::Rule;
use axum::Extension;
use axum::response::Response;
use jiff::civil::Date;
use matter::Mechanism;
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

    /// The figures.
    pub(super) fn figures(&self) -> &Figures {
        &self.0
    }

    /// By day in Kazakhstan, the first one first.
    pub(super) fn days(&self) -> Vec<(Date, u64)> {
        let days = self.by("response_day").into_iter();
        days.filter_map(|(day, responses)| Some((day.parse().ok()?, responses))).collect()
    }

    /// Every question at a glance, in a language of the survey: of everybody, or of a group.
    pub(super) fn told(&self, console: &Console, current: &Current, group: Option<&Counts>) -> Told {
        let (app, lang) = (&console.app, current.edition.survey.language(&console.said.lang));
        results::internal((&self.0, group), &current.edition, lang, (&app.days, (app.clock)()))
    }

    /// The median of the time that answering took, in milliseconds, where enough of them tell it.
    fn median_time(&self) -> Option<f64> {
        let summaries = self.0.summaries();
        let of_time = summaries.iter().find(|summary| summary.question == ACTIVE_TIME)?;
        let analysis::summary::Figures::Number(numeric) = &of_time.figures else { return None };
        Some(&numeric.spread).filter(|spread| spread.base >= Rule::INTERNAL.least())?.median
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
    let Some(looked) = cut::look(&console, &id, arrived.figures()).await? else {
        return Ok(parts::forbidden(&console));
    };
    let mut main = vec![standing(&console, &current).await?];
    if console.may(Right::Download, &id) && arrived.total() > 0 {
        main.push(cut::section(&console, (survey, arrived.figures()), &looked));
    }
    if let Looked::All = looked {
        main.push(came(&console, &arrived, rate(&console, &current).await?));
        if !survey.quotas.is_empty() {
            main.push(quotas(&console, survey).await?);
        }
        main.extend(counts::section_of(&console, &current, arrived.median_time()).await?);
        main.extend(counts::unfinished(&console, survey).await?);
    }
    main.extend(glance(&console, &current, &arrived, &looked));
    if let Looked::All = looked {
        main.extend(coded::glance(&console, survey).await?);
    }
    if console.may(Right::ReadTexts, &id) && current.edition.consultation.is_some() {
        let address = console.to(&comments::path(&id), &[]);
        let name = console.said.get("comments");
        main.push(section(name, [el("p").child(link(&address, name))]));
    }
    if console.may(Right::ReadTexts, &id) && survey.questions().any(|question| is_open(&question.domain)) {
        main.push(open_texts(&console, survey));
    }
    if console.may(Right::Download, &id) {
        main.push(download::section(&console, survey).await?);
    }
    Ok(parts::page_with(&console, looked.status(), survey.title.get(&console.said.lang), None, main))
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
    let public_results = console.to(&format!("/console/surveys/{id}/public"), &[]);
    let public_results = el("li").child(link(&public_results, said.get("public_results")));
    let report = el("li").child(link(&console.to(&report::path(id), &[]), said.get("report")));
    let invites = current.edition.tier == Tier::Invited && console.may(Right::Manage, id);
    let invites = invites
        .then(|| el("li").child(link(&console.to(&invitations::path(id), &[]), said.get("invitations"))));
    let publishes = [("outcome", outcome::path(id)), ("archive", archive::path(id))]
        .into_iter()
        .filter(|_| console.may(Right::Publish, id))
        .map(|(key, path)| el("li").child(link(&console.to(&path, &[]), said.get(key))));
    let pages = current.edition.feedback.as_ref();
    let pages = pages.map(|_| el("li").child(link(&console.to(&pages::path(id), &[]), said.get("pages"))));
    let ballot = current.edition.prioritising.as_ref().map(|_| {
        let address = console.to(&reconciliation::path(id), &[]);
        el("li").child(link(&address, said.get("reconciliation")))
    });
    let of = current.edition.participation.as_ref().map(|of| of.mechanism);
    let is_meeting = of == Some(Mechanism::Meeting);
    let meeting =
        is_meeting.then(|| el("li").child(link(&console.to(&meeting::path(id), &[]), said.get("meeting"))));
    let follows = (current.edition.reception.is_some() || is_meeting) && console.may(Right::Handle, id);
    let follows =
        follows.then(|| el("li").child(link(&console.to(&matters::path(id), &[]), said.get("matters"))));
    let own = [Some(public_results), Some(report), invites, pages, ballot, meeting, follows];
    let own = own.into_iter().flatten().chain(forum(console, current)).chain(publishes);
    let inside = [
        Some(el("p").child(el("b").text(said.get(standing_key(current.standing))))),
        at("opens_at", times.opens),
        at("closes_at", times.closes),
        Some(el("p").text(said.get("id")).text(" ").child(el("code").text(id))),
        Some(el("ul").class("links").children(links).children(own)),
    ];
    Ok(section(said.get("standing"), inside.into_iter().flatten()))
}

/// The ways to what is about a forum, or the questions to a meeting.
fn forum(console: &Console, current: &Current) -> Vec<Element> {
    let id = &current.edition.survey.id;
    let of = current.edition.participation.as_ref().map(|of| of.mechanism);
    if !matches!(of, Some(Mechanism::Forum | Mechanism::Meeting)) {
        return Vec::new();
    }
    let moderates = console.may(Right::Moderate, id).then(|| ("moderation", moderation::path(id)));
    let opinions = (of == Some(Mechanism::Forum)).then(|| ("opinions", opinions::path(id)));
    let ways = moderates.into_iter().chain(opinions);
    ways.map(|(key, path)| el("li").child(link(&console.to(&path, &[]), console.said.get(key)))).collect()
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
/// A picture of a group is not saved: the file would be of everybody.
fn glance(console: &Console, current: &Current, arrived: &Arrived, looked: &Looked) -> Option<Element> {
    let said = &console.said;
    let (group, files) = match looked {
        Looked::All => (None, Some(format!("/console/surveys/{}/chart", current.edition.survey.id))),
        Looked::Group(_, counts) => (Some(&**counts), None),
        Looked::Refused(..) => return None,
    };
    let told = arrived.told(console, current, group);
    let files = files.map(|files| console.to(&files, &[]));
    let note = el("p").class("hint").text(&said.fill("glance_note", &[("least", &told.least().to_string())]));
    let questions = results::questions(&told, 3, files.as_deref());
    Some(section(said.get("glance"), [note, el("div").drawn(&questions)]))
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
    // Who may not read the texts sees which words are in many of them.
    let page = if console.may(Right::ReadTexts, &survey.id) { "texts" } else { "words" };
    let item = |question: &survey::Question| {
        let path = format!("/console/surveys/{}/{page}", survey.id);
        let address = console.to(&path, &[("question", &question.name)]);
        el("li").child(link(&address, question.text.get(&said.lang)))
    };
    let open = survey.questions().filter(|question| is_open(&question.domain));
    let note = el("p").class("hint").text(said.get("texts_note"));
    section(said.get("texts"), [note, el("ul").class("links").children(open.map(item))])
}
