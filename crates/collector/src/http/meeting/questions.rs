//! Questions to a meeting: page by page in the order of their support, with a button that supports one and takes it back.
//!
//! They come in one form, so that who supports stays the same visit from page to page (`http/forum/voter.rs`). Their order
//! changes while people support them, so that places are counted and not questions.

use super::Around;
use super::replies::{Reply, replies};
use crate::edition::Current;
use crate::guard::{Sender, with_trap};
use crate::http::around::{self, Posted, Spot};
use crate::http::document::escape;
use crate::http::forum::voter::{carried, field, flags, hidden, known};
use crate::http::query::{Query, SurveyId};
use crate::http::view::Place;
use crate::http::{App, body, client, invited};
use crate::mechanism::forum::{Idea, numbered};
use crate::mechanism::meeting::Meeting;
use crate::refusal::Refusal;
use crate::store::{Ballot, NewVote, Said, VoteRecord, VoteTally};
use crate::times::Standing;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use matter::MatterNumber;
use std::sync::Arc;

/// Questions on a page.
const ON_PAGE: usize = 20;

/// The fields of the form: what is supported, what no more, after how many questions the page begins, and after how many the
/// one begins that is asked for.
const SUPPORT: &str = "support";
const UNSUPPORT: &str = "unsupport";
const AFTER: &str = "after";
const TURN: &str = "turn";

/// What the key Enter presses: not the first question, which would be supported.
const ENTER: &str =
    "<button class=\"enter\" type=\"submit\" tabindex=\"-1\" aria-hidden=\"true\"></button>\n";

/// Takes support, or turns the page.
pub(in crate::http) async fn post(
    State(app): State<Arc<App>>,
    SurveyId(survey): SurveyId,
    query: Query,
    request: Request,
) -> Result<Response, Refusal> {
    let (sender, place) = (client::sender(&app, &request), Place::of_posted(&query, request.headers()));
    let body = body::read(&app.room, request, body::FORM).await?;
    let mut fields: Vec<(String, String)> = form_urlencoded::parse(&body).into_owned().collect();
    let sender = Sender { trapped: invited::is_trapped(&mut fields), ..sender };
    let current = app.current(&survey).await?;
    let meeting = Meeting::of(&current.edition).ok_or(Refusal::UnknownRoute)?;
    let lang = current.edition.survey.language(&query.get("lang").unwrap_or_default()).to_owned();
    let (status, told) = match asked(&fields) {
        Some((said, number)) => take(&app, (&current, &meeting), (said, number), (&fields, sender)).await?,
        None => (StatusCode::OK, ""),
    };
    let posted = Posted { told, fields };
    let spot =
        Spot { app: &app, current: &current, lang: &lang, place, query: &query, posted: Some(&posted) };
    around::again(&spot, status).await
}

/// What a button asks for. Support that is taken back is a pass: that she saw the question stays known.
fn asked(fields: &[(String, String)]) -> Option<(Said, &str)> {
    let support = field(fields, SUPPORT).map(|number| (Said::Agree, number));
    support.or_else(|| field(fields, UNSUPPORT).map(|number| (Said::Pass, number)))
}

/// Keeps it, and tells what became of it.
async fn take(
    app: &App,
    (current, meeting): (&Current, &Meeting),
    (said, number): (Said, &str),
    (fields, sender): (&[(String, String)], Sender),
) -> Result<(StatusCode, &'static str), Refusal> {
    match current.standing {
        Standing::Open => {}
        Standing::Closed => return Ok((StatusCode::FORBIDDEN, "support_over")),
        Standing::NotYet => return Ok((StatusCode::FORBIDDEN, "support_not_yet")),
    }
    let who = match carried(app, current, (fields, sender)).await? {
        Ok(who) => who,
        Err(refused) => return Ok(refused),
    };
    let survey = &current.edition.survey.id;
    let unknown = (StatusCode::UNPROCESSABLE_ENTITY, "support_unknown");
    let Ok(statement) = number.parse::<MatterNumber>() else { return Ok(unknown) };
    let matter = app.store.matter(survey, statement).await.map_err(Refusal::of_store)?;
    if !matter.is_some_and(|matter| meeting.questions.shows(matter.shown) && matter.same_as.is_none()) {
        return Ok(unknown);
    }
    let voter = who.voter(app, survey);
    let before = app.store.votes_of(survey, voter).await.map_err(Refusal::of_store)?.len();
    let place = u32::try_from(before + 1).unwrap_or(u32::MAX);
    let ballot = Ballot {
        survey: survey.clone(),
        voter,
        minute: (app.clock)(),
        flags: flags(app, current, sender)?,
        votes: vec![NewVote { statement, said, place }],
    };
    app.store.cast(ballot).await.map_err(Refusal::of_store)?;
    Ok((StatusCode::OK, if said == Said::Agree { "supported" } else { "unsupported" }))
}

/// The section with the questions.
pub(super) async fn section(around: &Around<'_>) -> Result<String, Refusal> {
    let told = &around.told;
    let level = told.level();
    let (said, inside) = (said(around), page(around).await?);
    Ok(format!(
        "<section data-live=\"questions\" aria-labelledby=\"questions\">\n\
         <h{level} id=\"questions\">{}</h{level}>\n{said}{inside}</section>\n",
        told.say("questions")
    ))
}

/// What became of what was posted; nothing where another block was posted to.
fn said(around: &Around<'_>) -> String {
    let told = &around.told;
    let Some(posted) = told.spot.posted.filter(|posted| !posted.told.is_empty()) else {
        return String::new();
    };
    let number: Option<MatterNumber> = asked(&posted.fields).and_then(|(_, number)| number.parse().ok());
    let number = number.map(|number| number.to_string()).unwrap_or_default();
    let role = if ["supported", "unsupported"].contains(&posted.told) { "status" } else { "alert" };
    let text = told.fill(posted.told, &[("number", number)]);
    format!("<p class=\"said\" role=\"{role}\" tabindex=\"-1\" autofocus>{text}</p>\n")
}

async fn page(around: &Around<'_>) -> Result<String, Refusal> {
    let told = &around.told;
    let (app, survey) = (told.spot.app, told.spot.current.edition.survey.id.as_str());
    let fields = told.spot.posted.map_or(&[][..], |posted| &posted.fields);
    let after = field(fields, TURN).or_else(|| field(fields, AFTER));
    let skip: usize = after.and_then(|after| after.parse().ok()).unwrap_or(0);
    let tallies = app.store.most_agreed(survey, told.forum.shows_waiting(), (skip, ON_PAGE + 1)).await;
    let mut tallies = tallies.map_err(Refusal::of_store)?;
    let more = tallies.len() > ON_PAGE;
    tallies.truncate(ON_PAGE);
    let numbers: Vec<MatterNumber> = tallies.iter().map(|tally| tally.statement).collect();
    let questions = numbered(app, told.forum, (survey, &numbers)).await?;
    if questions.is_empty() && skip == 0 {
        return Ok(format!("<p>{}</p>\n", told.say("no_questions")));
    }
    let (who, carried) = known(told)?;
    let own = app.store.votes_of(survey, who.voter(app, survey)).await.map_err(Refusal::of_store)?;
    let mut items = String::new();
    for question in &questions {
        let tally = tallies.iter().find(|tally| tally.statement == question.matter.number);
        items += &drawn(around, question, (tally, &own)).await?;
    }
    let turn = |after: usize, key: &str| {
        format!("<button type=\"submit\" name=\"{TURN}\" value=\"{after}\">{}</button>\n", told.say(key))
    };
    let turns = [
        (skip > 0).then(|| turn(0, "first")),
        more.then(|| turn(skip + ON_PAGE, "more")),
        // Who supports a question stays on its page.
        (skip > 0).then(|| hidden(AFTER, &skip.to_string())),
    ];
    let turns: String = turns.into_iter().flatten().collect();
    Ok(with_trap(&format!(
        "<p>{}</p>\n<form method=\"post\" action=\"{}\" accept-charset=\"utf-8\">\n{ENTER}{carried}\
         <ol start=\"{}\">\n{items}</ol>\n<div class=\"buttons\">\n{turns}</div>\n</form>\n",
        told.say("questions_lead"),
        told.address("/support", &[]),
        skip + 1,
    )))
}

/// One question with how it stands, the answer once there is one, and its button.
async fn drawn(
    around: &Around<'_>,
    question: &Idea,
    (tally, own): (Option<&VoteTally>, &[VoteRecord]),
) -> Result<String, Refusal> {
    let told = &around.told;
    let (number, lang) = (question.matter.number, escape(&question.lang));
    let survey = &told.spot.current.edition.survey;
    let facts = [
        Some(told.words.fill("question_number", &[("number", number.to_string())])),
        question.topic(told.forum, survey, told.spot.lang),
        Some(told.words.get(&format!("state_{}", question.matter.state.name())).to_owned()),
    ];
    let facts: Vec<String> = facts.into_iter().flatten().map(|fact| escape(&fact)).collect();
    Ok(format!(
        "<li>\n<p id=\"question-{number}\" lang=\"{lang}\" dir=\"auto\"><b>{}</b></p>\n\
         <p class=\"when\">{} · {}</p>\n{}{}</li>\n",
        escape(&question.title).replace('\n', "<br>"),
        facts.join(" · "),
        supporters(around, tally),
        replied(around, question).await?,
        button(around, number, own),
    ))
}

/// How many support it, unless they are few.
fn supporters(around: &Around<'_>, tally: Option<&VoteTally>) -> String {
    let (told, least) = (&around.told, around.told.forum.rule().least());
    match tally.map_or(0, |tally| tally.agree) {
        few if few < least => told.fill("few_supporters", &[("least", least.to_string())]),
        many => told.fill("supporters", &[("n", told.count(many))]),
    }
}

/// The button of a question, as long as the meeting takes any.
fn button(around: &Around<'_>, number: MatterNumber, own: &[VoteRecord]) -> String {
    let told = &around.told;
    if told.spot.current.standing != Standing::Open {
        return String::new();
    }
    let supports = own.iter().any(|vote| vote.statement == number && vote.said == Said::Agree);
    let name = if supports { UNSUPPORT } else { SUPPORT };
    format!(
        "<p><button type=\"submit\" name=\"{name}\" value=\"{number}\" aria-describedby=\"question-{number}\">{}\
         </button></p>\n",
        told.say(name)
    )
}

/// What was answered or is to be done, or why it was declined; nothing before.
async fn replied(around: &Around<'_>, question: &Idea) -> Result<String, Refusal> {
    let (told, matter) = (&around.told, &question.matter);
    if matter.revision == 0 {
        return Ok(String::new());
    }
    let events = told.spot.app.store.matter_events(&matter.survey, matter.number).await;
    let replies = replies(&events.map_err(Refusal::of_store)?);
    let line =
        |reply: &Reply| format!("<p><b>{}:</b> {}</p>\n", told.say(reply.key), reply.drawn(&told.words));
    Ok(replies.iter().map(line).collect())
}
