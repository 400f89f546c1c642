//! `/s/ID/ideas/NUMBER`: one idea, how it was voted on, and what became of it.

use super::{Asked, Told};
use crate::http::App;
use crate::http::document::escape;
use crate::http::query::{Query, SurveyId};
use crate::mechanism::forum::{Idea, read};
use crate::refusal::Refusal;
use crate::store::{Matter, MatterEvent, MatterFilter};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use matter::{MatterNumber, Shown, State as Stands};
use qulaq::Words;
use serde_json::Value;
use std::sync::Arc;

/// Ideas that say the same, as many as are told.
const SAME: usize = 50;

pub(in crate::http) async fn show(
    State(app): State<Arc<App>>,
    Path((_, number)): Path<(String, String)>,
    survey: SurveyId,
    query: Query,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let asked = Asked::of(app, survey, query, &headers).await?;
    let number: MatterNumber = number.parse().map_err(|_| Refusal::UnknownRoute)?;
    let survey = &asked.current.edition.survey.id;
    let matter = asked.app.store.matter(survey, number).await.map_err(Refusal::of_store)?;
    let matter = matter.filter(|matter| matter.state != Stands::Withdrawn).ok_or(Refusal::UnknownRoute)?;
    let spot = asked.spot();
    let told = Told::of(&spot, &asked.forum);
    if !asked.forum.shows(matter.shown) {
        let inside = unseen(&told, &matter).await?;
        return Ok(told.respond(StatusCode::OK, &number.to_string(), &inside));
    }
    let ideas = read(told.spot.app, told.forum, vec![matter]).await?;
    let idea = ideas.first().ok_or(Refusal::UnknownRoute)?;
    Ok(told.respond(StatusCode::OK, &idea.title, &seen(&told, idea).await?))
}

/// What is told of an idea that is not shown: why, and where to turn. What it says is not.
async fn unseen(told: &Told<'_>, matter: &Matter) -> Result<String, Refusal> {
    let key = if matter.shown == Shown::Waiting { "is_waiting" } else { "is_hidden" };
    let history = history(told, matter).await?;
    Ok(format!(
        "<h1 class=\"title\">{}</h1>\n<p>{}</p>\n{history}{}",
        escape(&matter.number.to_string()),
        told.say(key),
        told.rules()
    ))
}

async fn seen(told: &Told<'_>, idea: &Idea) -> Result<String, Refusal> {
    let (lang, number) = (escape(&idea.lang), idea.matter.number);
    let text: String = idea
        .text
        .split("\n")
        .filter(|line| !line.trim().is_empty())
        .map(|line| format!("<p lang=\"{lang}\" dir=\"auto\">{}</p>\n", escape(line)))
        .collect();
    let survey = &told.spot.current.edition.survey.id;
    let tallies = told.spot.app.store.tallies(survey, &[number]).await.map_err(Refusal::of_store)?;
    Ok(format!(
        "<h1 class=\"title\" lang=\"{lang}\" dir=\"auto\">{}</h1>\n{text}{}\
         <section aria-labelledby=\"votes\">\n<h2 id=\"votes\">{}</h2>\n<p>{}</p>\n</section>\n{}{}<p>{}</p>\n",
        escape(&idea.title),
        told.drawn_facts(idea),
        told.say("votes"),
        told.votes(tallies.first()),
        same(told, &idea.matter).await?,
        history(told, &idea.matter).await?,
        told.link("/ideas", "all_ideas"),
    ))
}

/// The idea that this one goes on as, and those that go on as this one: links, for nothing is deleted. Each keeps its votes.
async fn same(told: &Told<'_>, matter: &Matter) -> Result<String, Refusal> {
    let (app, survey) = (told.spot.app, &told.spot.current.edition.survey.id);
    let link = |number: MatterNumber, title: &str, lang: &str| {
        format!(
            "<a href=\"{}\">{number} · <span lang=\"{}\" dir=\"auto\">{}</span></a>",
            told.address(&format!("/ideas/{number}"), &[]),
            escape(lang),
            escape(title)
        )
    };
    if let Some(other) = matter.same_as {
        let other = app.store.matter(survey, other).await.map_err(Refusal::of_store)?;
        let other = other.filter(|other| told.forum.shows(other.shown));
        let other = read(app, told.forum, other.into_iter().collect()).await?;
        let link = other.first().map(|other| link(other.matter.number, &other.title, &other.lang));
        return Ok(link.map(|link| format!("<p>{} {link}</p>\n", told.say("same_as"))).unwrap_or_default());
    }
    let filter = MatterFilter { same_as: Some(matter.number), ..MatterFilter::default() };
    let mut matters = app.store.matters(survey, &filter, None, SAME).await.map_err(Refusal::of_store)?;
    matters.retain(|other| told.forum.shows(other.shown));
    let numbers: Vec<MatterNumber> = matters.iter().map(|other| other.number).collect();
    let tallies = app.store.tallies(survey, &numbers).await.map_err(Refusal::of_store)?;
    let item = |idea: &Idea| {
        let number = idea.matter.number;
        let votes = told.votes(tallies.iter().find(|tally| tally.statement == number));
        format!("<li>{}<br>{votes}</li>\n", link(number, &idea.title, &idea.lang))
    };
    let items: String = read(app, told.forum, matters).await?.iter().map(item).collect();
    if items.is_empty() {
        return Ok(items);
    }
    Ok(format!(
        "<section aria-labelledby=\"same\">\n<h2 id=\"same\">{}</h2>\n<ul>\n{items}</ul>\n</section>\n",
        told.say("same")
    ))
}

/// What was done to it that everybody may know.
async fn history(told: &Told<'_>, matter: &Matter) -> Result<String, Refusal> {
    let events = told.spot.app.store.matter_events(&matter.survey, matter.number).await;
    let events = events.map_err(Refusal::of_store)?;
    let items: String =
        events.iter().filter(|event| event.public).filter_map(|event| item(told, event)).collect();
    if items.is_empty() {
        return Ok(items);
    }
    Ok(format!(
        "<section aria-labelledby=\"history\">\n<h2 id=\"history\">{}</h2>\n<ol>\n{items}</ol>\n</section>\n",
        told.say("history")
    ))
}

fn item(told: &Told<'_>, event: &MatterEvent) -> Option<String> {
    let day = escape(&told.day(event.minute));
    Some(format!("<li>{day} · {}</li>\n", self::event(&told.words, event)?))
}

/// What was done to an idea, with the reason or the text that came with it, as HTML; nothing of what forums do not do.
pub(in crate::http) fn event(words: &Words, event: &MatterEvent) -> Option<String> {
    let said: Value = serde_json::from_str(&event.said).unwrap_or_default();
    let text = |name: &str| said[name].as_str().unwrap_or_default();
    let what = match event.what.as_str() {
        "shown" => words.get("event_shown").to_owned(),
        "hidden" => words.get("event_hidden").to_owned(),
        "appeal" => words.get("event_appeal").to_owned(),
        "answer" => words.get("event_answer").to_owned(),
        "note" => words.get("event_note").to_owned(),
        "linked" => words.fill("event_linked", &[("number", text("to").to_owned())]),
        "state" => words.get(&format!("state_{}", Stands::named(text("to"))?.name())).to_owned(),
        _ => return None,
    };
    let more: String = ["reason", "text"]
        .into_iter()
        .map(text)
        .filter(|words| !words.is_empty())
        .map(|words| format!("<br><span dir=\"auto\">{}</span>", escape(words)))
        .collect();
    Some(escape(&what) + &more)
}
