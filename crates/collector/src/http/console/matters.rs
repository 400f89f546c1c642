//! The workbench of a reception: all matters of it that somebody may see, how many are open, overdue and soon due, and the same
//! as a file. `/console/matters` has what presses over all surveys.

mod all;
mod file;

use super::guard::Console;
use super::markup::{Element, el};
use super::parts::{self, cell, link, section, select, table};
use super::surveys::sought_by;
use crate::edition::Current;
use crate::http::query::SurveyId;
use crate::mechanism::reception::Reception;
use crate::people::deed::Act;
use crate::people::rights::Right;
use crate::refusal::Refusal;
use crate::store::{Matter, MatterFilter, Own};
use axum::Extension;
use axum::response::Response;
use matter::{Mechanism, Shown, State};
use std::sync::Arc;
use survey::Survey;
use survey::calendar::Date;

pub(super) use all::show as show_all;

/// Matters on a page.
const ON_PAGE: usize = 50;

/// Working days before the day on which an answer is due, from when on that is soon.
const SOON: u32 = 3;

/// Where the matters of a survey are.
pub(super) fn path(survey: &str) -> String {
    format!("/console/surveys/{survey}/matters")
}

/// The list, or with `as=csv` the file.
pub(super) async fn show(
    Extension(console): Extension<Arc<Console>>,
    SurveyId(id): SurveyId,
) -> Result<Response, Refusal> {
    let (said, current) = (&console.said, console.app.current(&id).await?);
    let title = said.get("matters");
    let Some(reception) = Reception::desk(&current.edition) else {
        let main = vec![section(title, [el("p").text(said.get("matters_none"))])];
        return Ok(parts::page(&console, title, None, main));
    };
    let (survey, days) = (&current.edition.survey, Pressing::of(&console));
    let list = List { console: &console, survey, reception: &reception, days };
    let filter = list.filter();
    if console.query.get("as").as_deref() == Some("csv") {
        console.did(Act::Downloaded, Some(&id), "matters").await?;
        return file::file(&list, &filter).await;
    }
    let told = parts::told_of(&console, &["matter_unknown"]);
    Ok(parts::page(&console, title, told, list.main(&current, &filter).await?))
}

/// From when on an answer presses.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pressing {
    today: Option<Date>,
    /// The last day that is soon; none of a year that the calendar does not know.
    soon: Option<Date>,
}

impl Pressing {
    pub(super) fn of(console: &Console) -> Self {
        let today = console.app.today();
        let soon = today.and_then(|today| console.app.calendar.after(today, SOON).ok());
        Self { today, soon }
    }

    /// The words for a matter that presses.
    pub(super) fn key(self, matter: &Matter) -> Option<&'static str> {
        let due = matter.due.filter(|_| matter.state.is_open())?;
        if self.today.is_some_and(|today| due < today) {
            Some("overdue")
        } else if self.soon.is_some_and(|soon| due <= soon) {
            Some("due_soon")
        } else {
            None
        }
    }
}

/// Every open state.
fn open(reception: &Reception) -> Vec<State> {
    reception.mechanism.states().filter(|state| state.is_open()).collect()
}

/// What is followed of all that somebody may see. Of what is sent to a meeting those are questions that a moderator shows:
/// whoever only registers asks for nothing.
fn followed(console: &Console, reception: &Reception, survey: &str) -> MatterFilter {
    let shown = (reception.mechanism == Mechanism::Meeting).then_some(Shown::Shown);
    MatterFilter { own: own(console, reception, survey), shown, ..MatterFilter::default() }
}

/// What of all matters somebody sees: whoever keeps control all, others their own and those of their body.
pub(super) fn own(console: &Console, reception: &Reception, survey: &str) -> Option<Own> {
    if console.may(Right::Control, survey) {
        return None;
    }
    let who = console.signed.person.name.clone();
    let bodies = reception.bodies.iter().filter(|body| body.head.as_deref() == Some(&who));
    Some(Own { bodies: bodies.map(|body| body.id.clone()).collect(), responsible: who })
}

/// The matters of one survey for somebody.
struct List<'a> {
    console: &'a Console,
    survey: &'a Survey,
    reception: &'a Reception,
    days: Pressing,
}

impl List<'_> {
    fn asked(&self, name: &str) -> Option<String> {
        self.console.query.get(name).filter(|value| !value.is_empty())
    }

    /// What the address asks for, of what somebody may see.
    fn filter(&self) -> MatterFilter {
        let own = followed(self.console, self.reception, &self.survey.id);
        let states = match self.asked("state").as_deref() {
            None => Vec::new(),
            Some("open") => open(self.reception),
            Some(name) => State::named(name).into_iter().collect(),
        };
        let filter = MatterFilter { states, body: self.asked("body"), ..own };
        match self.asked("when").as_deref() {
            Some("overdue") => self.overdue(filter),
            Some("soon") => self.soon(filter),
            Some("control") => MatterFilter { control: Some(true), ..filter },
            _ => filter,
        }
    }

    fn overdue(&self, filter: MatterFilter) -> MatterFilter {
        MatterFilter { states: open(self.reception), due_before: self.days.today, ..filter }
    }

    fn soon(&self, filter: MatterFilter) -> MatterFilter {
        let after = self.days.soon.and_then(|soon| soon.add_days(1));
        MatterFilter {
            states: open(self.reception),
            due_from: self.days.today,
            due_before: after.or(self.days.today),
            ..filter
        }
    }

    async fn main(&self, current: &Current, filter: &MatterFilter) -> Result<Vec<Element>, Refusal> {
        let (console, said) = (self.console, &self.console.said);
        let after = self.asked("after").and_then(|number| number.parse().ok());
        let mut matters = console
            .app
            .store
            .matters(&self.survey.id, filter, after, ON_PAGE + 1)
            .await
            .map_err(Refusal::of_store)?;
        let next =
            (matters.len() > ON_PAGE).then(|| matters.get(ON_PAGE - 1).map(|last| last.number)).flatten();
        matters.truncate(ON_PAGE);
        let survey = console.to(&format!("/console/surveys/{}", self.survey.id), &[]);
        let back = link(&survey, current.edition.survey.title.get(&said.lang));
        let list = if matters.is_empty() {
            el("p").text(said.get("no_matters"))
        } else {
            let heads = ["matter_number", "matter_state", "matter_topic", "matter_body", "matter_due"];
            let rows = matters.iter().map(|matter| self.row(matter)).collect();
            table(said.get("matters"), &heads.map(|key| said.get(key)), rows)
        };
        let more = next.map(|number| self.way(&[("after", &number.to_string())], "more_texts"));
        let file = self.way(&[("as", "csv")], "matters_file");
        Ok(vec![
            el("p").class("q").child(back),
            section(said.get("matter_now"), [self.counts().await?]),
            sought_by(console, &path(&self.survey.id), self.fields()),
            section(said.get("matters"), [Some(list), more, Some(file)].into_iter().flatten()),
        ])
    }

    /// The same list with something else in its address.
    fn way(&self, more: &[(&str, &str)], key: &str) -> Element {
        let kept = ["state", "body", "when"].map(|name| (name, self.asked(name).unwrap_or_default()));
        let kept =
            kept.iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| (*name, value.as_str()));
        let pairs: Vec<(&str, &str)> = kept.chain(more.iter().copied()).collect();
        el("p").child(link(&self.console.to(&path(&self.survey.id), &pairs), self.console.said.get(key)))
    }

    /// How many there are of what needs hands, each the way to its list.
    async fn counts(&self) -> Result<Element, Refusal> {
        let (console, said) = (self.console, &self.console.said);
        let own = || followed(console, self.reception, &self.survey.id);
        let counted = [
            ("matters_open", ("state", "open"), MatterFilter { states: open(self.reception), ..own() }),
            ("matters_overdue", ("when", "overdue"), self.overdue(own())),
            ("matters_soon", ("when", "soon"), self.soon(own())),
            ("matters_control", ("when", "control"), MatterFilter { control: Some(true), ..own() }),
        ];
        let mut list = el("ul").class("links");
        for (key, pair, filter) in counted {
            let count = console.app.store.count_matters(&self.survey.id, &filter).await;
            let count = said.number(count.map_err(Refusal::of_store)?);
            let text = said.fill(key, &[("n", &count)]);
            list = list.child(el("li").child(link(&console.to(&path(&self.survey.id), &[pair]), &text)));
        }
        Ok(list)
    }

    fn fields(&self) -> Element {
        let said = &self.console.said;
        let states: Vec<(String, &str)> = self
            .reception
            .mechanism
            .states()
            .map(|state| (state.name().to_owned(), said.get(state_key(state))))
            .collect();
        let states = states.iter().map(|(name, words)| (name.as_str(), *words));
        let any = [("", said.get("matters_any")), ("open", said.get("matters_open_state"))];
        let states: Vec<(&str, &str)> = any.into_iter().chain(states).collect();
        let bodies = self.reception.bodies.iter().map(|body| (body.id.as_str(), body.name.get(&said.lang)));
        let bodies: Vec<(&str, &str)> = [("", said.get("matters_any"))].into_iter().chain(bodies).collect();
        let whens = [
            ("", said.get("matters_any")),
            ("overdue", said.get("overdue")),
            ("soon", said.get("due_soon")),
            ("control", said.get("matter_control")),
        ];
        let chosen = |name: &str| self.asked(name).unwrap_or_default();
        el("div")
            .child(select("state", said.get("matter_state"), &states, &chosen("state")))
            .child(select("body", said.get("matter_body"), &bodies, &chosen("body")))
            .child(select("when", said.get("matters_which"), &whens, &chosen("when")))
    }

    fn row(&self, matter: &Matter) -> Vec<Element> {
        let (console, said) = (self.console, &self.console.said);
        let control = matter.control.then(|| el("span").text(", ").child(cell(said.get("matter_control"))));
        let state = el("span").text(said.get(state_key(matter.state))).children(control);
        let topic = matter.subject.as_deref();
        let topic = topic.and_then(|code| self.reception.topic(self.survey, code, &said.lang));
        vec![
            number(console, matter),
            state,
            cell(topic.unwrap_or("–")),
            self.who(matter),
            due(console, self.days, matter),
        ]
    }

    /// The body, and the one head who is responsible.
    fn who(&self, matter: &Matter) -> Element {
        let said = &self.console.said;
        let body = matter.body.as_deref().and_then(|id| self.reception.body(id));
        let body = body.map_or(said.get("matter_nobody"), |body| body.name.get(&said.lang));
        let head =
            matter.responsible.as_ref().map(|head| el("span").child(el("br")).child(el("code").text(head)));
        el("span").text(body).children(head)
    }
}

/// The way to a matter.
fn number(console: &Console, matter: &Matter) -> Element {
    let number = matter.number.to_string();
    link(&console.to(&format!("{}/{number}", path(&matter.survey)), &[]), &number)
}

/// The day by which it is to be answered, and whether that presses.
pub(super) fn due(console: &Console, days: Pressing, matter: &Matter) -> Element {
    let said = &console.said;
    let day = matter.due.map_or_else(|| said.get("matter_no_day").to_owned(), |day| said.date(day));
    let pressing = days.key(matter).map(|key| el("b").text(said.get(key)));
    let pressing = pressing.map(|pressing| el("span").text(": ").child(pressing));
    el("span").text(&day).children(pressing)
}

/// The key of the words for a state of a matter of a reception, or of a question to a meeting.
pub(super) fn state_key(state: State) -> &'static str {
    match state {
        State::Received => "matter_received",
        State::Checked => "matter_checked",
        State::Implemented => "matter_implemented",
        State::Assigned => "matter_assigned",
        State::Answered => "matter_answered",
        State::Declined => "matter_declined",
        State::Withdrawn => "matter_withdrawn",
        _ => "matter_closed",
    }
}
