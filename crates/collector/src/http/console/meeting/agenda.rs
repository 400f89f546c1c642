//! The agenda of a meeting: what the agency has put on it, and the questions of citizens, those with the most support first,
//! each with where it stands.

use super::super::markup::{Element, el};
use super::super::matters::{self, state_key};
use super::super::parts::{cell, link, section, table};
use super::{Held, path};
use crate::mechanism::forum::{Idea, numbered, told_of};
use crate::people::rights::Right;
use crate::refusal::Refusal;
use crate::store::VoteTally;
use matter::{MatterNumber, Shown, State};

/// Questions on a page.
const ON_PAGE: usize = 25;

/// The agency's items, and the questions.
pub(super) async fn sections(held: &Held<'_>) -> Result<Vec<Element>, Refusal> {
    let said = &held.console.said;
    let items = held.meeting.agenda.iter().map(|item| el("li").text(item.text.get(held.lang())));
    let items = match held.meeting.agenda.is_empty() {
        true => el("p").text(said.get("agenda_empty")),
        false => el("ol").children(items),
    };
    let stood = stood(held).await?;
    let questions = questions(held).await?;
    Ok(vec![
        section(said.get("agenda"), [items]),
        section(said.get("questions_put"), stood.into_iter().chain(questions)),
    ])
}

/// How many questions there are by what has become of them, and how many of those that everybody sees nobody has answered.
async fn stood(held: &Held<'_>) -> Result<Vec<Element>, Refusal> {
    let (console, said) = (held.console, &held.console.said);
    let counts = console.app.store.matter_counts(&held.survey().id).await.map_err(Refusal::of_store)?;
    let sum = |of: &dyn Fn(Shown, State) -> bool| -> u64 {
        counts.iter().filter(|count| of(count.shown, count.state)).map(|count| count.count).sum()
    };
    let waiting = sum(&|shown, state| shown == Shown::Waiting && state != State::Withdrawn);
    let shown = sum(&|shown, _| shown == Shown::Shown);
    let open = sum(&|shown, state| shown == Shown::Shown && state.is_open());
    let count = |key: &str, n: u64| el("p").text(&said.fill(key, &[("n", &said.number(n))]));
    let share = (shown > 0).then(|| {
        let values = [("n", &*said.number(open)), ("share", &said.percent(open as f64 / shown as f64))];
        el("p").text(&said.fill("questions_unanswered", &values))
    });
    let each = [count("questions_waiting", waiting), count("questions_shown", shown)];
    Ok(each.into_iter().chain(share).collect())
}

/// The questions that everybody sees, and the way to more of them.
async fn questions(held: &Held<'_>) -> Result<Vec<Element>, Refusal> {
    let (console, said, survey) = (held.console, &held.console.said, held.survey());
    // Their order changes while people support them, so that places are counted and not questions.
    let skip: usize = console.query.get("after").and_then(|after| after.parse().ok()).unwrap_or_default();
    let tallies = console.app.store.most_agreed(&survey.id, false, (skip, ON_PAGE)).await;
    let tallies = tallies.map_err(Refusal::of_store)?;
    let numbers: Vec<MatterNumber> = tallies.iter().map(|tally| tally.statement).collect();
    let questions = held.meeting.questions.clone().within();
    let ideas = numbered(&console.app, &questions, (&survey.id, &numbers)).await?;
    if ideas.is_empty() {
        return Ok(vec![el("p").text(said.get("questions_none"))]);
    }
    let row = |idea: &Idea| {
        let tally = tallies.iter().find(|tally| tally.statement == idea.matter.number);
        row(held, idea, tally)
    };
    let heads =
        ["matter_number", "question", "supporters", "matter_state", "matter_responsible", "matter_due"];
    let list =
        table(said.get("questions_put"), &heads.map(|key| said.get(key)), ideas.iter().map(row).collect());
    let more = (tallies.len() == ON_PAGE).then(|| {
        let next = (skip + ON_PAGE).to_string();
        el("p").child(link(&console.to(&path(&survey.id), &[("after", &next)]), said.get("more_texts")))
    });
    Ok(std::iter::once(list).chain(more).collect())
}

fn row(held: &Held<'_>, idea: &Idea, tally: Option<&VoteTally>) -> Vec<Element> {
    let (console, said, matter) = (held.console, &held.console.said, &idea.matter);
    let number = matter.number.to_string();
    let number = match console.may(Right::Handle, &matter.survey) {
        true => link(&console.to(&format!("{}/{number}", matters::path(&matter.survey)), &[]), &number),
        false => cell(&number),
    };
    let rule = held.meeting.questions.clone().within().rule();
    let support = tally.and_then(|tally| told_of(tally, rule)).and_then(|(_, [agree, ..])| agree);
    let support = support.map_or_else(
        || said.fill("supporters_few", &[("least", &rule.least().to_string())]),
        |support| said.number(support),
    );
    let due = matter.due.map(|due| said.date(due)).unwrap_or_default();
    vec![
        number,
        el("span").attr("lang", &idea.lang).attr("dir", "auto").text(&idea.title),
        cell(&support),
        cell(said.get(state_key(matter.state))),
        cell(matter.responsible.as_deref().unwrap_or_default()),
        cell(&due),
    ]
}
