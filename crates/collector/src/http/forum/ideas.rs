//! `/s/ID/ideas`: the ideas of a forum, page by page, the newest or the most agreed with first.

use super::{Asked, Told};
use crate::http::App;
use crate::http::document::escape;
use crate::http::query::{Query, SurveyId};
use crate::mechanism::forum::{Idea, numbered, read};
use crate::refusal::Refusal;
use crate::store::{MatterFilter, VoteTally};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use matter::{MatterNumber, Mechanism, Shown, State as Stands};
use std::collections::HashMap;
use std::sync::Arc;

/// Ideas on a page, and matters that are looked through for one page at most.
const ON_PAGE: usize = 20;
const LOOKED_THROUGH: usize = 2_000;

pub(in crate::http) async fn show(
    State(app): State<Arc<App>>,
    survey: SurveyId,
    query: Query,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let asked = Asked::of(app, survey, query, &headers).await?;
    let (spot, wanted) = (asked.spot(), Wanted::of(&asked.query));
    let told = Told::of(&spot, &asked.forum);
    let (ideas, next) =
        if wanted.agreed { most_agreed(&told, &wanted).await? } else { newest(&told, &wanted).await? };
    let inside = page(&told, &wanted, &ideas, next.as_deref()).await?;
    Ok(told.respond(StatusCode::OK, told.words.get("ideas"), &inside))
}

/// Which ideas, as the address says.
struct Wanted {
    state: Option<Stands>,
    topic: Option<String>,
    agreed: bool,
    after: Option<String>,
}

impl Wanted {
    fn of(query: &Query) -> Self {
        let given = |name: &str| query.get(name).filter(|value| !value.is_empty());
        let state = given("state").as_deref().and_then(Stands::named);
        Self {
            state,
            topic: given("topic"),
            agreed: given("order").as_deref() == Some("agreed"),
            after: given("after"),
        }
    }

    fn takes(&self, idea: &Idea) -> bool {
        let topic = self.topic.is_none() || self.topic == idea.matter.subject;
        topic && self.state.is_none_or(|state| state == idea.matter.state)
    }
}

/// Ideas, and after which to go on.
type Found = (Vec<Idea>, Option<String>);

async fn newest(told: &Told<'_>, wanted: &Wanted) -> Result<Found, Refusal> {
    let (app, forum) = (told.spot.app, told.forum);
    let filter = MatterFilter {
        states: wanted.state.into_iter().collect(),
        subject: wanted.topic.clone(),
        shown: (!forum.shows_waiting()).then_some(Shown::Shown),
        newest_first: true,
        ..MatterFilter::default()
    };
    let survey = &told.spot.current.edition.survey.id;
    let mut after: Option<MatterNumber> = wanted.after.as_deref().and_then(|after| after.parse().ok());
    let (mut matters, mut looked) = (Vec::new(), 0);
    while matters.len() <= ON_PAGE && looked < LOOKED_THROUGH {
        let more = app.store.matters(survey, &filter, after, ON_PAGE + 1).await.map_err(Refusal::of_store)?;
        looked += more.len();
        after = more.last().map(|matter| matter.number);
        let is_last = more.len() <= ON_PAGE;
        let seen = |matter: &crate::store::Matter| forum.shows(matter.shown) && matter.same_as.is_none();
        matters.extend(more.into_iter().filter(seen));
        if is_last {
            after = None;
            break;
        }
    }
    if matters.len() > ON_PAGE {
        matters.truncate(ON_PAGE);
        after = matters.last().map(|matter| matter.number);
    }
    Ok((read(app, forum, matters).await?, after.map(|after| after.to_string())))
}

/// Their order changes while people vote, so that places are counted and not ideas.
async fn most_agreed(told: &Told<'_>, wanted: &Wanted) -> Result<Found, Refusal> {
    let (app, forum) = (told.spot.app, told.forum);
    let survey = &told.spot.current.edition.survey.id;
    let mut skip: usize = wanted.after.as_deref().and_then(|after| after.parse().ok()).unwrap_or(0);
    let (mut ideas, mut looked) = (Vec::new(), 0);
    loop {
        let page = app.store.most_agreed(survey, forum.shows_waiting(), (skip, ON_PAGE)).await;
        let numbers: Vec<MatterNumber> =
            page.map_err(Refusal::of_store)?.iter().map(|tally| tally.statement).collect();
        let found = numbered(app, forum, (survey, &numbers)).await?;
        ideas.extend(found.into_iter().filter(|idea| wanted.takes(idea)));
        (skip, looked) = (skip + numbers.len(), looked + numbers.len());
        let is_last = numbers.len() < ON_PAGE;
        if is_last || ideas.len() >= ON_PAGE || looked >= LOOKED_THROUGH {
            return Ok((ideas, (!is_last).then(|| skip.to_string())));
        }
    }
}

async fn page(
    told: &Told<'_>,
    wanted: &Wanted,
    ideas: &[Idea],
    next: Option<&str>,
) -> Result<String, Refusal> {
    let numbers: Vec<MatterNumber> = ideas.iter().map(|idea| idea.matter.number).collect();
    let tallies = told.spot.app.store.tallies(&told.spot.current.edition.survey.id, &numbers).await;
    let tallies: HashMap<MatterNumber, VoteTally> =
        tallies.map_err(Refusal::of_store)?.into_iter().map(|tally| (tally.statement, tally)).collect();
    let items: String = ideas.iter().map(|idea| item(told, idea, tallies.get(&idea.matter.number))).collect();
    let list = if items.is_empty() { format!("<p>{}</p>\n", told.say("no_ideas")) } else { items };
    let more = next.map(|next| {
        let mut pairs = wanted.pairs();
        pairs.push(("after", next));
        format!("<p><a href=\"{}\">{}</a></p>\n", told.address("/ideas", &pairs), told.say("more"))
    });
    Ok(format!(
        "<h1 class=\"title\">{}</h1>\n{}\n{list}{}<p>{}</p>\n",
        told.say("ideas"),
        choosing(told, wanted),
        more.unwrap_or_default(),
        told.link("/opinions", "opinions"),
    ))
}

fn item(told: &Told<'_>, idea: &Idea, tally: Option<&VoteTally>) -> String {
    let number = idea.matter.number;
    let facts: Vec<String> = told.facts(idea).into_iter().map(|(_, fact)| escape(&fact)).collect();
    format!(
        "<section aria-labelledby=\"idea-{number}\">\n\
         <h2 id=\"idea-{number}\"><a href=\"{}\" lang=\"{}\" dir=\"auto\">{}</a></h2>\n\
         <p class=\"when\">{}</p>\n<p>{}</p>\n</section>\n",
        told.address(&format!("/ideas/{number}"), &[]),
        escape(&idea.lang),
        escape(&idea.title),
        facts.join(" · "),
        told.votes(tally),
    )
}

impl Wanted {
    fn pairs(&self) -> Vec<(&str, &str)> {
        let order = self.agreed.then_some(("order", "agreed"));
        let state = self.state.map(|state| ("state", state.name()));
        let topic = self.topic.as_deref().map(|topic| ("topic", topic));
        [order, state, topic].into_iter().flatten().collect()
    }
}

/// The form that chooses among ideas; it asks with its address.
fn choosing(told: &Told<'_>, wanted: &Wanted) -> String {
    let option = |value: &str, words: &str, chosen: bool| {
        let chosen = if chosen { " selected" } else { "" };
        format!("<option value=\"{}\"{chosen}>{}</option>", escape(value), escape(words))
    };
    let select = |name: &str, options: String| {
        format!(
            "<div class=\"question\"><label class=\"text\" for=\"{name}\">{}</label>\
             <select id=\"{name}\" name=\"{name}\">{options}</select></div>\n",
            told.say(name)
        )
    };
    let any = option("", told.words.get("any"), false);
    let states = Mechanism::Forum.states().filter(|state| *state != Stands::Withdrawn).map(|state| {
        let words = told.words.get(&format!("state_{}", state.name())).to_owned();
        option(state.name(), &words, wanted.state == Some(state))
    });
    let survey = &told.spot.current.edition.survey;
    let choices = told.forum.topic().and_then(|topic| survey.question(topic)).map(|topic| &topic.choices);
    let topics: String = choices
        .into_iter()
        .flatten()
        .map(|choice| {
            let code = choice.code.to_string();
            option(&code, choice.text.get(told.spot.lang), wanted.topic.as_deref() == Some(&code))
        })
        .collect();
    let orders = ["newest", "agreed"]
        .map(|order| option(order, told.words.get(order), wanted.agreed == (order == "agreed")));
    let topics = if topics.is_empty() { String::new() } else { select("topic", format!("{any}{topics}")) };
    let kept: String = told
        .spot
        .place
        .query(told.spot.lang)
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| {
            format!("<input type=\"hidden\" name=\"{}\" value=\"{}\">", escape(name), escape(value))
        })
        .collect();
    format!(
        "<details>\n<summary>{}</summary>\n<form method=\"get\" action=\"/s/{}/ideas\">{kept}\n{}{topics}{}\
         <div class=\"buttons\"><button class=\"next\" type=\"submit\">{}</button></div></form>\n</details>\n",
        told.say("choose"),
        survey.id,
        select("state", any.clone() + &states.collect::<String>()),
        select("order", orders.concat()),
        told.say("apply"),
    )
}
