//! A general meeting for its officials (domain M4): who has registered and who is there, whether that is enough to decide, how
//! its votes go, and the questions that citizens have put on its agenda, those with the most support first.

mod agenda;
mod attendance;
mod minutes;

use super::guard::Console;
use super::markup::{Element, el};
use super::parts::{self, cell, link, section, table};
use super::survey::Arrived;
use crate::edition::Current;
use crate::http::query::SurveyId;
use crate::mechanism::meeting::{AWAY, IN_ROOM, Meeting, ONLINE};
use crate::meeting::{Ballot, Codes, Quorum, ballots};
use crate::people::rights::Right;
use crate::refusal::Refusal;
use crate::store::{Mode, Present};
use axum::Extension;
use axum::response::Response;
use std::collections::BTreeMap;
use std::sync::Arc;
use survey::columns::Part;

pub(super) use attendance::{post as post_attendance, show as show_attendance};
pub(super) use minutes::{file as minutes_file, post as post_minutes, show as show_minutes};

/// Where it is.
pub(super) fn path(survey: &str) -> String {
    format!("/console/surveys/{survey}/meeting")
}

/// How a place is called.
fn mode_key(mode: Mode) -> &'static str {
    match mode {
        Mode::Room => "in_room",
        Mode::Online => "online",
    }
}

/// A meeting that somebody looks at.
struct Held<'a> {
    console: &'a Console,
    current: Current,
    meeting: Meeting,
}

impl<'a> Held<'a> {
    /// The meeting that a survey is, if it is one.
    async fn of(console: &'a Console, survey: &str) -> Result<Option<Self>, Refusal> {
        let current = console.app.current(survey).await?;
        let meeting = Meeting::of(&current.edition);
        Ok(meeting.map(|meeting| Self { console, current, meeting }))
    }

    fn survey(&self) -> &survey::Survey {
        &self.current.edition.survey
    }

    /// The language of the survey that is nearest to that of whoever looks.
    fn lang(&self) -> &str {
        self.survey().language(&self.console.said.lang)
    }

    async fn present(&self) -> Result<Present, Refusal> {
        self.console.app.store.present(&self.survey().id).await.map_err(Refusal::of_store)
    }

    /// The ways to the pages of the meeting that this person may see.
    fn ways(&self) -> Element {
        let (console, survey) = (self.console, self.survey());
        let id = &survey.id;
        let ways = [
            (Right::See, path(id), "meeting"),
            (Right::ReadTexts, attendance::path(id), "attendance"),
            (Right::Moderate, super::moderation::path(id), "moderation"),
            (Right::Handle, super::matters::path(id), "matters"),
            (Right::ReadTexts, minutes::path(id), "minutes"),
        ];
        let ways =
            ways.into_iter().filter(|(right, path, _)| console.may(*right, id) && *path != console.path);
        let way = |(_, path, key): (Right, String, &'static str)| {
            el("li").child(link(&console.to(&path, &[]), console.said.get(key)))
        };
        let back = link(&console.to(&format!("/console/surveys/{id}"), &[]), survey.title.get(self.lang()));
        let list = el("ul").class("links").child(el("li").child(back)).children(ways.map(way));
        el("div").class("q").child(list)
    }
}

/// A page that says that the survey is no meeting.
fn none(console: &Console, key: &str) -> Response {
    let title = console.said.get(key);
    parts::page(console, title, None, vec![section(title, [el("p").text(console.said.get("meeting_none"))])])
}

pub(super) async fn show(
    Extension(console): Extension<Arc<Console>>,
    SurveyId(survey): SurveyId,
) -> Result<Response, Refusal> {
    let Some(held) = Held::of(&console, &survey).await? else { return Ok(none(&console, "meeting")) };
    let arrived = Arrived::at(&console, &survey).await?;
    let present = held.present().await?;
    let mut main = vec![held.ways(), held.standing(), held.registered(&arrived)];
    if console.may(Right::ReadTexts, &survey) {
        main.extend(held.needs(&arrived));
    }
    main.push(held.there(&present));
    main.extend(held.votes().await?);
    main.extend(agenda::sections(&held).await?);
    Ok(parts::page(&console, console.said.get("meeting"), None, main))
}

impl Held<'_> {
    /// When and where it is.
    fn standing(&self) -> Element {
        let (said, meeting) = (&self.console.said, &self.meeting);
        let day = meeting.day().map(|day| said.date(day)).unwrap_or_default();
        let when = format!("{day}, {}", meeting.time());
        let fact = |key: &str, fact: &str| [el("dt").text(said.get(key)), el("dd").text(fact)];
        let facts = fact("meeting_when", &when)
            .into_iter()
            .chain(fact("meeting_where", meeting.place.get(self.lang())));
        section(said.get("meeting_when_where"), [el("dl").children(facts)])
    }

    /// Registrations by how people take part.
    fn registered(&self, arrived: &Arrived) -> Element {
        let said = &self.console.said;
        let codes = counts(arrived, &self.meeting.attends);
        let count = |code: i64| said.number(codes.get(&code).copied().unwrap_or_default());
        let rows = [("in_room", IN_ROOM), ("online", ONLINE), ("registered_away", AWAY)];
        let rows = rows.map(|(key, code)| vec![cell(said.get(key)), cell(&count(code))]);
        let total = vec![cell(said.get("in_all")), cell(&said.number(arrived.total()))];
        let heads = [said.get("registered_how"), said.get("registrations")];
        let rows = rows.into_iter().chain([total]).collect();
        section(said.get("registrations"), [table(said.get("registrations"), &heads, rows)])
    }

    /// How many need what; for those who may know who it is.
    fn needs(&self, arrived: &Arrived) -> Option<Element> {
        let said = &self.console.said;
        let question = self.survey().question(self.meeting.needs.as_deref()?)?;
        let codes = counts(arrived, &question.name);
        let row = |choice: &survey::Choice| {
            let count = codes.get(&choice.code).copied().unwrap_or_default();
            vec![cell(choice.text.get(self.lang())), cell(&said.number(count))]
        };
        let rows = question.choices.iter().map(row).collect();
        let heads = [said.get("need"), said.get("registrations")];
        let list = self.console.to(&attendance::path(&self.survey().id), &[]);
        let who = el("p").child(link(&list, said.get("needs_who")));
        Some(section(said.get("needs"), [table(said.get("needs"), &heads, rows), who]))
    }

    /// Who is there, and whether that is enough.
    fn there(&self, present: &Present) -> Element {
        let said = &self.console.said;
        let row = |mode: Mode| {
            let counts = [present.registered, present.walked_in, present.all()].map(|counts| counts.of(mode));
            let counts = counts.map(|count| cell(&said.number(count)));
            std::iter::once(cell(said.get(mode_key(mode)))).chain(counts).collect()
        };
        let heads = ["attends", "there_registered", "there_unregistered", "in_all"].map(|key| said.get(key));
        let all = table(said.get("there"), &heads, Mode::ALL.map(row).into());
        let total = el("p").text(&said.fill("there_total", &[("n", &said.number(present.total()))]));
        section(said.get("there"), [all, total, self.quorum(present)])
    }

    /// Whether enough are there.
    fn quorum(&self, present: &Present) -> Element {
        let said = &self.console.said;
        let Some(quorum) = Quorum::of(&self.meeting, present) else {
            return el("p").class("hint").text(said.get("quorum_none"));
        };
        let (needed, missing) = (said.number(quorum.needed), said.number(quorum.missing()));
        let text = match quorum.is_reached() {
            true => said.fill("quorum_reached", &[("needed", &needed)]),
            false => said.fill("quorum_missing", &[("needed", &needed), ("missing", &missing)]),
        };
        el("p").child(el("b").text(&text))
    }

    /// How many of those who were given a code have voted, and where.
    async fn votes(&self) -> Result<Option<Element>, Refusal> {
        let said = &self.console.said;
        if self.meeting.ballots.is_empty() {
            return Ok(None);
        }
        let ballots = ballots(&self.console.app, &self.meeting).await?;
        let heads = ["vote", "attends", "codes_issued", "codes_used", "vote_turnout", "vote_share"];
        let rows = ballots.iter().flat_map(|ballot| self.vote(ballot)).collect();
        let list = table(said.get("votes"), &heads.map(|key| said.get(key)), rows);
        let unknown = self.meeting.ballots.len() - ballots.len();
        let unknown = (unknown > 0).then(|| {
            parts::refused(self.console, &said.fill("votes_unknown", &[("n", &said.number(unknown as u64))]))
        });
        let hint = el("p").class("hint").text(said.get("votes_hint"));
        Ok(Some(section(said.get("votes"), [hint, list].into_iter().chain(unknown))))
    }

    fn vote(&self, ballot: &Ballot) -> Vec<Vec<Element>> {
        let (said, spent) = (&self.console.said, ballot.spent);
        let survey = &ballot.edition.survey;
        let (id, title) = (&survey.id, survey.title.get(survey.language(&said.lang)));
        let title = || match self.console.may(Right::See, id) {
            true => link(&self.console.to(&format!("/console/surveys/{id}"), &[]), title),
            false => cell(title),
        };
        let share = |part: u64, all: u64| match all {
            0 => cell("–"),
            _ => cell(&said.percent(part as f64 / all as f64)),
        };
        let row = |key: &str, of: Codes| {
            let (issued, used) = (cell(&said.number(of.issued)), cell(&said.number(of.used)));
            let shares = [share(of.used, of.issued), share(of.used, spent.all().used)];
            [title(), cell(said.get(key)), issued, used].into_iter().chain(shares).collect()
        };
        let elsewhere = (spent.elsewhere.issued > 0).then(|| row("elsewhere", spent.elsewhere));
        let places = [row("in_room", spent.room), row("online", spent.online)];
        places.into_iter().chain(elsewhere).chain([row("in_all", spent.all())]).collect()
    }
}

/// How many gave each answer to a question: the codes of a choice, or of each box of several.
fn counts(arrived: &Arrived, question: &str) -> BTreeMap<i64, u64> {
    let figures = arrived.figures();
    let mut counts = BTreeMap::new();
    for (column, tally) in figures.columns().iter().zip(&figures.tally().columns) {
        if column.question != question {
            continue;
        }
        match (column.part, &column.option) {
            // A box stands for its option, and is 1 where it is ticked.
            (Part::Chosen, Some(option)) => {
                counts.insert(option.code, tally.codes.get(&1).copied().unwrap_or_default());
            }
            (Part::Answer, _) => counts.extend(tally.codes.iter().map(|(code, count)| (*code, *count))),
            _ => {}
        }
    }
    counts
}
