//! Voting: a few ideas with what can be said of each, in one form, and where it is posted.
//!
//! A voter is a visit: a number that is drawn when the form is made and travels in it, or the code of an invitation. Nothing
//! is kept on the device. With scripts each answer is a button that is sent at once; without them the answers are chosen and
//! sent together.

use super::Told;
use crate::edition::Current;
use crate::guard::{Flag, Lack, Sender};
use crate::http::around::{self, Posted, Spot};
use crate::http::document::escape;
use crate::http::query::{Query, SurveyId};
use crate::http::view::Place;
use crate::http::{App, body, client, invited};
use crate::invitation::{self, Code};
use crate::mechanism::forum::{Forum, Idea, choose, numbered, unvoted};
use crate::random;
use crate::refusal::Refusal;
use crate::store::{Ballot, NewVote, Said, Uninvited, VoteRecord, Voter};
use crate::tier::Tier;
use crate::times::Standing;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use data_encoding::HEXLOWER;
use matter::MatterNumber;
use serde_json::Map;
use std::sync::Arc;

/// The fields of the form: who votes, the code of an invitation, what was shown, what was said at once.
const VOTER: &str = "voter";
const CODE: &str = "code";
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

/// Who votes, as the form carries it.
#[derive(Clone)]
struct Carried {
    /// A number of a visit, or a code; never to be printed or logged.
    secret: String,
    /// Whether it is a code that admits somebody.
    is_code: bool,
}

impl Carried {
    /// What the store knows the voter by.
    fn voter(&self, app: &App, survey: &str) -> Voter {
        app.key.voter(survey, if self.is_code { "code" } else { "visit" }, &self.secret)
    }
}

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

/// Who votes; a code is asked about each time, for it may have been revoked. One that a response was sent with is as good:
/// whoever proposed may vote.
async fn carried(
    app: &App,
    current: &Current,
    (fields, sender): (&[(String, String)], Sender),
) -> Result<Result<Carried, (StatusCode, &'static str)>, Refusal> {
    if current.edition.tier != Tier::Invited {
        let known = field(fields, VOTER).filter(|id| is_id(id)).map(str::to_owned);
        let secret = known.map_or_else(|| fresh(app), Ok)?;
        return Ok(Ok(Carried { secret, is_code: false }));
    }
    let Some(code) = field(fields, CODE).and_then(Code::read) else {
        return Ok(Err((StatusCode::UNPROCESSABLE_ENTITY, "code_bad")));
    };
    let refused = match invitation::ask(app, &current.edition, &code, sender).await {
        Err(Refusal::TooManyCodes) => Some((StatusCode::TOO_MANY_REQUESTS, "code_many")),
        Err(refusal) => return Err(refusal),
        Ok(Some(Uninvited::Unknown)) => Some((StatusCode::UNPROCESSABLE_ENTITY, "code_bad")),
        Ok(Some(Uninvited::Over)) => Some((StatusCode::FORBIDDEN, "code_over")),
        Ok(Some(Uninvited::Spent) | None) => None,
    };
    Ok(match refused {
        Some(refused) => Err(refused),
        None => Ok(Carried { secret: code.reveal().to_owned(), is_code: true }),
    })
}

fn field<'a>(fields: &'a [(String, String)], of: &str) -> Option<&'a str> {
    fields.iter().find(|(name, _)| name == of).map(|(_, value)| value.as_str())
}

fn is_id(id: &str) -> bool {
    id.len() == 32 && id.bytes().all(|digit| digit.is_ascii_digit() || (b'a'..=b'f').contains(&digit))
}

fn fresh(app: &App) -> Result<String, Refusal> {
    let bytes = random::bytes::<16>(&app.random).map_err(Refusal::of_randomness)?;
    Ok(HEXLOWER.encode(&bytes))
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

/// What looks odd, as it is noticed of responses; nothing is refused for it. Nobody works for a vote: where a survey asks for
/// work, votes come without it, and each says so.
fn flags(app: &App, current: &Current, sender: Sender) -> Result<String, Refusal> {
    let survey = &current.edition.survey.id;
    let lack = (current.edition.tier == Tier::Work).then_some(Lack::Missing);
    let (sender, mut noticed) = (Sender { lack, ..sender }, Map::new());
    let looked =
        app.crowd.look((&format!("{survey} votes"), sender), 0, &mut noticed, ((app.clock)(), &app.random));
    looked.map_err(Refusal::of_randomness)?;
    let flags = Flag::ALL.into_iter().zip(Flag::kept(&noticed)).filter(|(_, kept)| *kept);
    Ok(flags.map(|(flag, _)| flag.name()).collect::<Vec<_>>().join(" "))
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
    let fields = told.spot.posted.map_or(&[][..], |posted| &posted.fields);
    let code = field(fields, CODE).unwrap_or_default();
    let who = match (current.edition.tier, Code::read(code)) {
        (Tier::Invited, Some(code)) => Carried { secret: code.reveal().to_owned(), is_code: true },
        _ => {
            let known = field(fields, VOTER).filter(|id| is_id(id)).map(str::to_owned);
            Carried { secret: known.map_or_else(|| fresh(app), Ok)?, is_code: false }
        }
    };
    let voter = who.voter(app, survey);
    let own = app.store.votes_of(survey, voter).await.map_err(Refusal::of_store)?;
    let ideas = next(told, &own, voter).await?;
    if ideas.is_empty() {
        let key = if own.is_empty() { "no_ideas" } else { "all_voted" };
        return Ok(format!("<p>{}</p>\n", told.say(key)));
    }
    let carried = match current.edition.tier {
        Tier::Invited => code_field(told, code),
        Tier::Open | Tier::Work => hidden(VOTER, &who.secret),
    };
    let ideas: String = ideas.iter().map(|idea| drawn(told, idea)).collect();
    Ok(format!(
        "<p>{}</p>\n<form method=\"post\" action=\"{}\" accept-charset=\"utf-8\">\n{ENTER}{carried}{ideas}\
         <div class=\"buttons together\"><button class=\"next\" type=\"submit\">{}</button></div>\n</form>\n",
        told.say("voting_lead"),
        told.address("/votes", &[]),
        told.say("send"),
    ))
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

fn hidden(name: &str, value: &str) -> String {
    format!("<input type=\"hidden\" name=\"{name}\" value=\"{}\">\n", escape(value))
}

fn code_field(told: &Told<'_>, code: &str) -> String {
    format!(
        "<div class=\"question\"><label class=\"text\" for=\"vote-code\">{}</label>\
         <input type=\"text\" id=\"vote-code\" name=\"{CODE}\" value=\"{}\" autocomplete=\"off\" \
         autocapitalize=\"characters\" spellcheck=\"false\"></div>\n",
        told.say("code"),
        escape(code)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_voter_is_thirty_two_hexadecimal_digits_and_nothing_else() {
        assert!(is_id(&"0a".repeat(16)));
        for id in ["", "0a", &"0A".repeat(16), &"0g".repeat(16), &"0a".repeat(17), "\"><b>"] {
            assert!(!is_id(id), "{id}");
        }
    }
}
