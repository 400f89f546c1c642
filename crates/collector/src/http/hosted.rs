//! `/s/ID`: the survey as a page of its own, and the forms, there and elsewhere, that are posted without the widget.

use super::around::{self, Spot};
use super::invited::{Passed, Step};
use super::query::{Manner, Query, SurveyId};
use super::view::{Around, Held, Place, first};
use super::{App, body, client, counts, invited, language, partials, results, working};
use crate::edition::{Current, Edition};
use crate::guard::Sender;
use crate::intake::{self, Envelope};
use crate::refusal::Refusal;
use crate::times::Standing;
use crate::{quota, random};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::HeaderMap;
use axum::response::Response;
use data_encoding::HEXLOWER;
use qulaq::{State as Shown, View};
use serde_json::{Map, Value};
use std::sync::Arc;
use survey::domain::{Domain, GIVEN_MAX};
use survey::form::{self, Go, Posted, Step as Next, step};
use survey::response::{ASSISTANCE, ASSISTED, SEED, parse_id};
use survey::route::Route;
use survey::{Answer, Answers, At, Code, Occasion, Pace, Problem, Survey};

/// The first page, with a fresh id, so that the form can be sent twice and counts once.
pub(super) async fn show(
    State(app): State<Arc<App>>,
    SurveyId(survey): SurveyId,
    query: Query,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let current = app.current(&survey).await?;
    let lang = language::of_survey(&current.edition.survey, &query, &headers);
    let place = Place::of_page(&query);
    let spot = Spot { app: &app, current: &current, lang: &lang, place, query: &query, posted: None };
    page(&spot, StatusCode::OK).await
}

/// The same for a spot on a page of the collector's.
pub(super) async fn page(spot: &Spot<'_>, status: StatusCode) -> Result<Response, Refusal> {
    let Spot { app, current, lang, place, query, .. } = *spot;
    let (edition, standing) = (&current.edition, current.standing);
    let begun = (given(&edition.survey, query), app.occasion(&edition.survey)?);
    let view = View {
        response_id: Some(new_id(app)?),
        ..first(edition, standing, (lang.to_owned(), query.manner()), begun)
    };
    let begin = query.beginning();
    let held = if invited::is_first(edition, &view) {
        Held::Step(Step::beginning(&begin))
    } else {
        Held::of(edition, None)
    };
    let stands = around::around(spot).await?;
    let after = results::around(current, &view.lang, place.vision()) + &stands.after;
    Ok(place.reply(app, status, view, Around { before: &stands.before, after: &after, held }))
}

/// The answers that stand there from the beginning: those of the author, and what the address gives for questions that
/// nobody is asked (`value-NAME=…`).
pub(super) fn given(survey: &Survey, query: &Query) -> Answers {
    let mut answers = survey.defaults();
    let hidden = survey.questions().filter(|question| matches!(question.domain, Domain::Given));
    for question in hidden {
        let value = query.get(&format!("value-{}", question.name)).unwrap_or_default();
        let value = value.trim();
        if !value.is_empty() && value.chars().count() <= GIVEN_MAX {
            answers.set(&question.name, Some(Answer::Text(value.to_owned())));
        }
    }
    answers
}

/// One step through the form: the next page, the same one with what must be mended, or the receipt.
pub(super) async fn post(
    State(app): State<Arc<App>>,
    SurveyId(survey): SurveyId,
    query: Query,
    request: Request,
) -> Result<Response, Refusal> {
    let place = Place::of_posted(&query, request.headers());
    let sender = client::sender(&app, &request);
    let body = body::read(&app.room, request, body::FORM).await?;
    let current = app.current(&survey).await?;
    let mut fields: Vec<(String, String)> = form_urlencoded::parse(&body).into_owned().collect();
    let sender = Sender { trapped: invited::is_trapped(&mut fields), ..sender };
    let work = working::taken(&mut fields);
    match invited::pass(&app, &current, (&query, place), &mut fields, sender).await? {
        Passed::On(code) => go(&app, &current, &Brought { place, code, work, sender }, fields).await,
        Passed::Reply(reply) => Ok(reply),
    }
}

/// The same, past the code of an invitation.
async fn go(
    app: &App,
    current: &Current,
    brought: &Brought,
    fields: Vec<(String, String)>,
) -> Result<Response, Refusal> {
    let (place, held) = (brought.place, brought.held(&current.edition));
    let Read { edition, survey, mut posted, occasion } = read(app, current, fields).await?;
    let id = posted_id(app, &posted)?;
    let (was, has_id) = (posted.at, posted.id.is_some());
    let forgets = posted.go == Go::Forget && has_id;
    let mut step = step(&survey, &mut posted, occasion);
    let mut pace = survey.pace;
    if let Go::Pace(other) = posted.go {
        step = at_other_pace(&edition, &survey, other, &mut posted, occasion);
        pace = other;
    }
    let at = posted.at;
    let turned = matches!(posted.go, Go::Next | Go::Back | Go::Change(_)) && at != was;
    let goes_on = posted.go == Go::Next;
    let view = View { response_id: Some(id), ..view(&edition, current.standing, (posted, pace), occasion) };
    let query = Query::default();
    let stands =
        around::around(&Spot { app, current, lang: &view.lang, place, query: &query, posted: None }).await?;
    if forgets {
        partials::of_form_deleted(app, &view).await?;
        return Ok(place.say(app, (at_same(view, at), held), "partials_deleted", &stands));
    }
    // A form that stands in somebody's page is the same for everybody and has no id: sent twice, it would count twice.
    if !has_id && matches!(step, Next::Send(_)) && current.standing == Standing::Open {
        return Ok(place.say(app, (at_same(view, at), held), "unsent", &stands));
    }
    let turned = turned && has_id && matches!(&step, Next::At { problems, .. } if problems.is_empty());
    let (status, view) = match advance(app, current, &edition, (step, brought), view.clone()).await {
        Ok(advanced) => advanced,
        Err(refusal) => return invited::instead(app, place, (view, brought.typed()), (refusal, &stands)),
    };
    if turned && status == StatusCode::OK {
        partials::of_form(app, &edition, place, &view).await;
    }
    if has_id && status == StatusCode::OK && goes_on {
        counts::of_form(app, &edition, place, (was, &view));
    }
    let after = results::after(app, current, (&view.state, &view.lang), place).await? + &stands.after;
    Ok(place.reply(app, status, view, Around { before: &stands.before, after: &after, held }))
}

/// What came with a form besides its fields.
struct Brought {
    place: Place,
    /// The code of the invitation.
    code: Option<String>,
    /// The work that was done for it.
    work: Option<String>,
    sender: Sender,
}

impl Brought {
    /// What the next page carries.
    fn held(&self, edition: &Edition) -> Held<'_> {
        match self.code.as_deref() {
            Some(code) => Held::Code(code),
            None => Held::of(edition, self.work.as_deref()),
        }
    }

    fn typed(&self) -> &str {
        self.code.as_deref().unwrap_or_default()
    }
}

/// The page that was posted, if the survey can be answered.
fn at_same(view: View, at: At) -> View {
    let state = if matches!(view.state, Shown::At(_)) { Shown::At(at) } else { view.state };
    View { state, ..view }
}

/// The form as it was posted, after the step.
fn view(edition: &Edition, standing: Standing, (posted, pace): (Posted, Pace), occasion: Occasion) -> View {
    let lang = edition.survey.language(posted.lang.as_deref().unwrap_or_default()).to_owned();
    let manner = Manner { pace: Some(pace), assisted: posted.assisted };
    View {
        seen: posted.shown.unwrap_or_default(),
        changing: posted.changing,
        ..first(edition, standing, (lang, manner), (posted.answers, occasion))
    }
}

/// The same moment at another pace.
fn at_other_pace(
    edition: &Edition,
    survey: &Survey,
    pace: Pace,
    posted: &mut Posted,
    occasion: Occasion,
) -> Next {
    let other = edition.at_pace(pace, occasion.seed);
    let route = Route::of(survey, &posted.answers, occasion);
    posted.at = survey.at_other_pace(&other, posted.at, occasion.seed, (&route, &posted.answers));
    Next::At { at: posted.at, problems: Vec::new() }
}

/// A form that was posted, with what it was made from.
struct Read {
    edition: Arc<Edition>,
    /// The survey of the edition, at the pace of the form.
    survey: Arc<Survey>,
    posted: Posted,
    occasion: Occasion,
}

/// Reads a form by the version that it was made from, at the pace that it was asked at.
async fn read(app: &App, current: &Current, fields: Vec<(String, String)>) -> Result<Read, Refusal> {
    let field = |of: &str| fields.iter().find(|(name, _)| name == of).map(|(_, value)| value.as_str());
    let edition = match field(form::VERSION) {
        Some(version) => intake::answered_edition(app, &current.edition.survey.id, version).await?,
        None => Arc::clone(&current.edition),
    };
    let fresh = app.occasion(&edition.survey)?;
    let seed = field(form::SEED).and_then(|seed| seed.parse().ok());
    let occasion = Occasion { seed: seed.unwrap_or(fresh.seed), ..fresh };
    let pace = field(form::PACE).and_then(Pace::read).unwrap_or_default();
    let survey = edition.at_pace(pace, occasion.seed);
    let posted = Posted::read(&survey, fields).map_err(Refusal::of_problems)?;
    Ok(Read { edition, survey, posted, occasion })
}

async fn advance(
    app: &App,
    current: &Current,
    edition: &Edition,
    (step, brought): (Next, &Brought),
    view: View,
) -> Result<(StatusCode, View), Refusal> {
    let (state, view) = match step {
        Next::Send(answers) => {
            // Answers that were kept before it was closed, or full, get their receipt again.
            let kept = send(app, edition, brought, &view, &answers).await;
            (instead(kept)?, View { answers, ..view })
        }
        Next::At { .. } if current.standing != Standing::Open => (view.state.clone(), view),
        Next::At { at, problems } if problems.is_empty() => {
            // Nobody is to go through ten pages in vain.
            let full = quota::met(app, current, edition, (&view.answers, view.occasion())).await?;
            (full.map_or(Shown::At(at), Shown::Full), view)
        }
        Next::At { at, problems } => {
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, View { state: Shown::At(at), problems, ..view }));
        }
    };
    let status = match state {
        Shown::Closed | Shown::NotYet | Shown::Full(_) => StatusCode::FORBIDDEN,
        Shown::At(_) | Shown::Sent { .. } => StatusCode::OK,
    };
    Ok((status, View { state, ..view }))
}

/// What the form shows instead of a receipt when the survey takes no more, or none of this group.
fn instead(kept: Result<Shown, Refusal>) -> Result<Shown, Refusal> {
    match kept {
        Err(Refusal::Closed) => Ok(Shown::Closed),
        Err(Refusal::NotOpen) => Ok(Shown::NotYet),
        Err(Refusal::QuotaFull(quota)) => Ok(Shown::Full(quota)),
        kept => kept,
    }
}

/// Keeps the answers. The receipt is shown in the reply itself: in an address it would end up in histories and logs.
async fn send(
    app: &App,
    edition: &Edition,
    brought: &Brought,
    view: &View,
    answers: &Answers,
) -> Result<Shown, Refusal> {
    let (channel, paradata) = told(edition, brought.place, view);
    let envelope = Envelope {
        id: view.response_id.clone().unwrap_or_default(),
        lang: view.lang.clone(),
        channel,
        paradata,
        invitation: brought.code.clone(),
        work: brought.work.clone(),
        sender: brought.sender,
    };
    let kept = intake::keep(app, edition, envelope, answers).await?;
    Ok(Shown::Sent { receipt: Some(kept.receipt.to_string()) })
}

/// The channel that a posted form came by, and how the answering went.
pub(super) fn told(edition: &Edition, place: Place, view: &View) -> (String, Map<String, Value>) {
    let (channel, path) = place.channel();
    let mut paradata = Map::from_iter([("path".to_owned(), Value::from(path))]);
    if edition.survey.asks_several() || view.assisted != ASSISTANCE[0] {
        paradata.insert(ASSISTED.to_owned(), Value::from(view.assisted.as_str()));
    }
    paradata.extend(view.seed.map(|seed| (SEED.to_owned(), Value::from(seed))));
    (channel.to_owned(), paradata)
}

/// The id that came with the form, or a fresh one for the next.
fn posted_id(app: &App, posted: &Posted) -> Result<String, Refusal> {
    let Some(id) = &posted.id else { return new_id(app) };
    parse_id(id).ok_or_else(|| Refusal::Invalid(vec![Problem::at(Code::BadId, form::ID)]))
}

pub(super) fn new_id(app: &App) -> Result<String, Refusal> {
    let bytes = random::bytes::<16>(&app.random).map_err(Refusal::of_randomness)?;
    Ok(HEXLOWER.encode(&bytes))
}
