//! Voting: a few ideas with what can be said of each, in one form, and where it is posted.
//!
//! With scripts each answer is a button that is sent at once; without them the answers are chosen and
//! sent together.

use super::Told;
use super::voter::{carried, field, flags, hidden, known};
use crate::edition::Current;
use crate::guard::{Sender, with_trap};
use crate::http::around::{self, Posted, Spot};
use crate::http::document::escape;
use crate::http::query::{Query, SurveyId};
use crate::http::view::Place;
use crate::http::{App, body, client, invited};
use crate::mechanism::forum::{Forum, Idea, choose, numbered, unvoted};
use crate::refusal::Refusal;
use crate::store::{Ballot, NewVote, Said, VoteRecord, Voter};
use crate::times::Standing;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use matter::MatterNumber;
use std::sync::Arc;

/// The fields of the form besides who votes: what was shown, what was said at once.
const SHOWN: &str = "shown";
const NOW: &str = "now";
/// What the name of the field of an idea begins with.
const OF_IDEA: &str = "vote-";

/// Ideas that are taken of one form at most, and ideas of which the next are drawn.
const MOST: usize = 20;
const DRAWN_FROM: usize = 200;

/// What the key Enter presses: not the first answer, which would be a vote.
const ENTER: &str =
    "<button class=\"enter\" type=\"submit\" tabindex=\"-1\" aria-hidden=\"true\"></button>\n";

/// What can be said.
const SIDES: [Said; 3] = [Said::Agree, Said::Disagree, Said::Pass];

/// Takes votes, and answers with what stands around the form now.
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
    let forum = Forum::of(&current.edition).ok_or(Refusal::UnknownRoute)?;
    let lang = current.edition.survey.language(&query.get("lang").unwrap_or_default()).to_owned();
    let (status, told) = take(&app, &current, &forum, (&fields, sender)).await?;
    let posted = Posted { told, fields };
    let spot =
        Spot { app: &app, current: &current, lang: &lang, place, query: &query, posted: Some(&posted) };
    around::again(&spot, status).await
}

/// Keeps what was said, and tells what became of it.
async fn take(
    app: &App,
    current: &Current,
    forum: &Forum,
    (fields, sender): (&[(String, String)], Sender),
) -> Result<(StatusCode, &'static str), Refusal> {
    match current.standing {
        Standing::Open => {}
        Standing::Closed => return Ok((StatusCode::FORBIDDEN, "voting_over")),
        Standing::NotYet => return Ok((StatusCode::FORBIDDEN, "voting_not_yet")),
    }
    let who = match carried(app, current, (fields, sender)).await? {
        Ok(who) => who,
        Err(refused) => return Ok(refused),
    };
    let survey = &current.edition.survey.id;
    let voter = who.voter(app, survey);
    let votes = votes(app, (forum, survey), fields, voter).await?;
    let said = votes.iter().any(|vote| vote.said != Said::Seen);
    let flags = flags(app, current, sender)?;
    let ballot = Ballot { survey: survey.clone(), voter, minute: (app.clock)(), flags, votes };
    app.store.cast(ballot).await.map_err(Refusal::of_store)?;
    Ok(if said { (StatusCode::OK, "voted") } else { (StatusCode::UNPROCESSABLE_ENTITY, "nothing_chosen") })
}

/// The votes of a form, on ideas that everybody sees, each with the place at which it was shown.
async fn votes(
    app: &App,
    (forum, survey): (&Forum, &str),
    fields: &[(String, String)],
    voter: Voter,
) -> Result<Vec<NewVote>, Refusal> {
    let before = app.store.votes_of(survey, voter).await.map_err(Refusal::of_store)?.len();
    let now = field(fields, NOW).and_then(|now| now.split_once(' '));
    let shown = fields.iter().filter(|(name, _)| name == SHOWN).map(|(_, number)| number.as_str());
    let mut votes: Vec<NewVote> = Vec::new();
    for (at, written) in shown.take(MOST).enumerate() {
        let Ok(statement) = written.parse::<MatterNumber>() else { continue };
        let matter = app.store.matter(survey, statement).await.map_err(Refusal::of_store)?;
        let open = matter.is_some_and(|matter| forum.shows(matter.shown) && matter.same_as.is_none());
        if !open || votes.iter().any(|vote| vote.statement == statement) {
            continue;
        }
        let at_once = now.filter(|(number, _)| *number == written).map(|(_, said)| said);
        let said = at_once.or_else(|| field(fields, &format!("{OF_IDEA}{written}")));
        let said = said.and_then(Said::named).unwrap_or(Said::Seen);
        let place = u32::try_from(before + at + 1).unwrap_or(u32::MAX);
        votes.push(NewVote { statement, said, place });
    }
    Ok(votes)
}

/// The section in which somebody votes.
pub(in crate::http) async fn section(told: &Told<'_>) -> Result<String, Refusal> {
    let (level, said) = (told.level(), said(told));
    let inside = match told.spot.current.standing {
        Standing::Open => open(told).await?,
        Standing::Closed => format!("<p>{}</p>\n", told.say("voting_over")),
        Standing::NotYet => format!("<p>{}</p>\n", told.say("voting_not_yet")),
    };
    Ok(format!(
        "<section data-live=\"votes\" aria-labelledby=\"voting\">\n\
         <h{level} id=\"voting\">{}</h{level}>\n{said}{inside}</section>\n",
        told.say("voting")
    ))
}

/// What became of what was posted.
fn said(told: &Told<'_>) -> String {
    let Some(posted) = told.spot.posted else { return String::new() };
    let role = if posted.told == "voted" { "status" } else { "alert" };
    format!("<p class=\"said\" role=\"{role}\" tabindex=\"-1\" autofocus>{}</p>\n", told.say(posted.told))
}

async fn open(told: &Told<'_>) -> Result<String, Refusal> {
    let (app, current) = (told.spot.app, told.spot.current);
    let survey = &current.edition.survey.id;
    let (who, carried) = known(told)?;
    let voter = who.voter(app, survey);
    let own = app.store.votes_of(survey, voter).await.map_err(Refusal::of_store)?;
    let ideas = next(told, &own, voter).await?;
    if ideas.is_empty() {
        let key = if own.is_empty() { "no_ideas" } else { "all_voted" };
        return Ok(format!("<p>{}</p>\n", told.say(key)));
    }
    let ideas: String = ideas.iter().map(|idea| drawn(told, idea)).collect();
    Ok(with_trap(&format!(
        "<p>{}</p>\n<form method=\"post\" action=\"{}\" accept-charset=\"utf-8\">\n{ENTER}{carried}{ideas}\
         <div class=\"buttons together\"><button class=\"next\" type=\"submit\">{}</button></div>\n</form>\n",
        told.say("voting_lead"),
        told.address("/votes", &[]),
        told.say("send"),
    )))
}

/// The next ideas for a voter.
async fn next(told: &Told<'_>, own: &[VoteRecord], voter: Voter) -> Result<Vec<Idea>, Refusal> {
    let (app, survey) = (told.spot.app, told.spot.current.edition.survey.id.as_str());
    let open = app.store.least_voted(survey, told.forum.shows_waiting(), DRAWN_FROM + own.len()).await;
    let open = unvoted(open.map_err(Refusal::of_store)?, own);
    numbered(app, told.forum, (survey, &choose(&open, &voter))).await
}

/// One idea. What it says stands in the legend, so that it is heard with each answer (WCAG 2.2, 1.3.1).
fn drawn(told: &Told<'_>, idea: &Idea) -> String {
    let (number, lang) = (idea.matter.number, escape(&idea.lang));
    let radio = |said: Said| {
        let (name, id) = (said.name(), format!("{OF_IDEA}{number}-{}", said.name()));
        format!(
            "<div class=\"option\"><input type=\"radio\" id=\"{id}\" name=\"{OF_IDEA}{number}\" value=\"{name}\">\
             <label for=\"{id}\"><span>{}</span></label></div>\n",
            told.say(name)
        )
    };
    let button = |said: Said| {
        let name = said.name();
        format!(
            "<button type=\"submit\" name=\"{NOW}\" value=\"{number} {name}\" aria-describedby=\"idea-{number}\">{}\
             </button>\n",
            told.say(name)
        )
    };
    let text = if idea.text.is_empty() {
        String::new()
    } else {
        format!("<p class=\"hint\" lang=\"{lang}\" dir=\"auto\">{}</p>\n", escape(&idea.text))
    };
    format!(
        "<fieldset class=\"question\">\n<legend class=\"text\" id=\"idea-{number}\" lang=\"{lang}\" dir=\"auto\">{}\
         </legend>\n{text}<p class=\"when\">{}</p>\n{}<div class=\"options together\">\n{}</div>\n\
         <div class=\"buttons at-once\">\n{}</div>\n</fieldset>\n",
        escape(&idea.title),
        told.fill("idea_number", &[("number", number.to_string())]),
        hidden(SHOWN, &number.to_string()),
        SIDES.map(radio).concat(),
        SIDES.map(button).concat(),
    )
}
