//! The page of a matter.

mod forms;

use super::super::guard::Console;
use super::super::markup::{Element, el};
use super::super::matters::{Pressing, due, path, state_key};
use super::super::parts::{self, link, section};
use super::Seen;
use crate::http::language;
use crate::refusal::Refusal;
use crate::store::MatterEvent;
use axum::http::StatusCode;
use axum::response::Response;
use matter::State;
use serde_json::Value;
use survey::calendar::Date;

/// What has just come of what somebody did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Told {
    Saved,
    /// Somebody else has changed it since this revision.
    Changed(u64),
    /// The day until which the term would be extended.
    Look(Date),
    /// The key of the words for what cannot be done.
    Wrong(&'static str),
    UnknownYear(i32),
}

/// The page for somebody.
pub(super) struct Page<'a> {
    console: &'a Console,
    seen: Seen,
    told: Option<Told>,
}

impl<'a> Page<'a> {
    pub(super) fn of(console: &'a Console, seen: Seen, told: Option<Told>) -> Self {
        Self { console, seen, told }
    }

    pub(super) async fn response(self) -> Result<Response, Refusal> {
        let (said, matter) = (&self.console.said, &self.seen.matter);
        let title = said.fill("matter", &[("number", &matter.number.to_string())]);
        let list = self.console.to(&path(&matter.survey), &[]);
        let back = link(&list, self.seen.edition.survey.title.get(&said.lang));
        let mut main = vec![el("p").class("q").child(back), self.words(), self.standing()];
        if matter.state != State::Withdrawn {
            main.extend(self.forms().await?);
        }
        main.push(section(said.get("matter_history"), [self.history(&self.seen.events, true)]));
        Ok(parts::page_with(self.console, self.status(), &title, self.above(), main))
    }

    fn status(&self) -> StatusCode {
        match self.told {
            Some(Told::Changed(_)) => StatusCode::CONFLICT,
            Some(Told::Wrong(_) | Told::UnknownYear(_)) => StatusCode::UNPROCESSABLE_ENTITY,
            Some(Told::Saved | Told::Look(_)) | None => StatusCode::OK,
        }
    }

    /// What is said first.
    fn above(&self) -> Option<Element> {
        let said = &self.console.said;
        Some(match self.told? {
            Told::Saved => parts::told(said.get("matter_saved")),
            Told::Look(day) => parts::told(&said.fill("matter_look", &[("day", &said.date(day))])),
            Told::Wrong(key) => parts::refused(self.console, said.get(key)),
            Told::UnknownYear(year) => {
                let year = year.to_string();
                parts::refused(self.console, &said.fill("matter_unknown_year", &[("year", &year)]))
            }
            Told::Changed(since) => {
                let events: Vec<&MatterEvent> =
                    self.seen.events.iter().filter(|event| event.revision > since).collect();
                el("div")
                    .child(parts::refused(self.console, said.get("matter_changed")))
                    .child(self.history(events, false))
            }
        })
    }

    /// What was said: the words, and what belongs to the visit. No other answers stand beside them (domain DC7).
    fn words(&self) -> Element {
        let said = &self.console.said;
        let Some(own) = &self.seen.said else {
            return section(said.get("matter_said"), [el("p").text(said.get("matter_taken_back"))]);
        };
        let spoke = said.fill("matter_spoke", &[("language", &language::name(&own.lang))]);
        let text = own.text.as_ref().map(|text| {
            let paragraph = el("p").attr("lang", &own.lang).attr("dir", "auto");
            el("blockquote").child(lines(paragraph, text))
        });
        let visit = own
            .visit
            .iter()
            .flat_map(|(asked, told)| [el("dt").text(asked), lines(el("dd").attr("dir", "auto"), told)]);
        let visit = (!own.visit.is_empty()).then(|| el("dl").children(visit));
        let hint = el("p").class("hint").text(&spoke);
        section(said.get("matter_said"), [Some(hint), text, visit].into_iter().flatten())
    }

    fn standing(&self) -> Element {
        let (said, matter) = (&self.console.said, &self.seen.matter);
        let reception = self.seen.reception();
        let topic = matter.subject.as_deref().and_then(|code| {
            reception?.topic(&self.seen.edition.survey, code, &said.lang).map(|topic| el("span").text(topic))
        });
        let body = matter.body.as_deref().map(|id| el("span").text(&self.body(id)));
        let nobody = || el("span").text(said.get("matter_nobody"));
        let day = |day: Option<Date>| {
            el("span").text(&day.map_or_else(|| said.get("matter_no_day").to_owned(), |day| said.date(day)))
        };
        let rows = [
            ("matter_state", Some(el("b").text(said.get(state_key(matter.state))))),
            ("matter_topic", topic),
            ("matter_body", Some(body.unwrap_or_else(nobody))),
            (
                "matter_responsible",
                Some(matter.responsible.as_ref().map_or_else(nobody, |who| el("code").text(who))),
            ),
            ("matter_registered", Some(day(matter.registered))),
            ("matter_due", Some(due(self.console, Pressing::of(self.console), matter))),
            ("matter_control", Some(el("span").text(said.get(if matter.control { "yes" } else { "no" })))),
        ];
        let row = |(key, value): (&str, Option<Element>)| {
            value.map(|value| [el("dt").text(said.get(key)), el("dd").child(value)])
        };
        section(said.get("matter_now"), [el("dl").children(rows.into_iter().filter_map(row).flatten())])
    }

    fn body(&self, id: &str) -> String {
        let body = self.seen.reception().and_then(|reception| reception.body(id));
        body.map_or_else(|| id.to_owned(), |body| body.name.get(&self.console.said.lang).to_owned())
    }

    /// Events in words, as they came; with how it began if it is all of them.
    fn history<'e>(&self, events: impl IntoIterator<Item = &'e MatterEvent>, all: bool) -> Element {
        let (said, days) = (&self.console.said, &self.console.app.days);
        let opened = all.then(|| {
            let when = said.time(days, self.seen.matter.opened);
            el("li")
                .child(el("p").class("hint").text(&when))
                .child(el("p").text(said.get("matter_event_opened")))
        });
        let item = |event: &MatterEvent| {
            let who = if event.who.is_empty() { said.get("matter_citizen") } else { &event.who };
            let when = format!("{} · {who}", said.time(days, event.minute));
            let unseen = (!event.public).then(|| el("p").class("hint").text(said.get("matter_not_public")));
            el("li").child(el("p").class("hint").text(&when)).children(self.event(event)).children(unseen)
        };
        el("ol").class("history").children(opened).children(events.into_iter().map(item))
    }

    /// What was done, and the words that were said with it.
    fn event(&self, event: &MatterEvent) -> Vec<Element> {
        let said = &self.console.said;
        let value: Value = serde_json::from_str(&event.said).unwrap_or_default();
        let text = |field: &str| value[field].as_str().unwrap_or_default();
        let what = match event.what.as_str() {
            "assigned" => said.fill("matter_event_assigned", &[("who", text("to"))]),
            "forwarded" => said.fill("matter_event_forwarded", &[("body", &self.body(text("to")))]),
            "extended" => {
                let day = Date::parse(text("to")).map_or_else(String::new, |day| said.date(day));
                said.fill("matter_event_extended", &[("day", &day)])
            }
            "control" if value["on"] == true => said.get("matter_event_control_on").to_owned(),
            "control" => said.get("matter_event_control_off").to_owned(),
            "solved" => match text("how") {
                "yes" => said.get("matter_event_solved_yes").to_owned(),
                "partly" => said.get("matter_event_solved_partly").to_owned(),
                _ => said.get("matter_event_solved_no").to_owned(),
            },
            "answer" => said.get("matter_answered").to_owned(),
            "declined" => said.get("matter_declined").to_owned(),
            "closed" => said.get("matter_closed").to_owned(),
            "note" => said.get("matter_note").to_owned(),
            "implemented" => said.get("matter_implemented").to_owned(),
            "shown" => said.get("matter_event_shown").to_owned(),
            "hidden" => said.get("matter_event_hidden").to_owned(),
            "linked" => said.fill("matter_event_linked", &[("number", text("to"))]),
            "appeal" => said.get("matter_event_appeal").to_owned(),
            "state" => {
                let state = State::named(text("to")).map_or("", state_key);
                said.fill("matter_event_state", &[("state", said.get(state))])
            }
            _ => said.get("matter_withdrawn").to_owned(),
        };
        let words = ["reason", "text"].into_iter().map(text).find(|words| !words.is_empty());
        let words = words.map(|words| lines(el("p").attr("lang", text("lang")).attr("dir", "auto"), words));
        std::iter::once(el("p").text(&what)).chain(words).collect()
    }
}

/// Text with its lines.
fn lines(element: Element, text: &str) -> Element {
    let mut lines = text.lines();
    let first = element.text(lines.next().unwrap_or_default());
    lines.fold(first, |element, line| element.child(el("br")).text(line))
}
