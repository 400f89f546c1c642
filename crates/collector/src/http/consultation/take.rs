//! Takes a comment on a paragraph: a small form over the questions of the survey that make one, on the ordinary way in.

use super::form::{EARLY, LATE, MEND, NOTHING, NUMBER, RECEIPT, SENT};
use crate::consultation::{Consultation, of_edition};
use crate::edition::{Current, Edition};
use crate::guard::Sender;
use crate::http::around::{Posted, Spot, again};
use crate::http::query::{Query, SurveyId};
use crate::http::view::Place;
use crate::http::{App, body, client, invited, language, working};
use crate::intake::{self, Envelope};
use crate::refusal::Refusal;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Map, Value};
use std::sync::Arc;
use survey::check::shown_answers;
use survey::form::{ID, LANG, VERSION, read_question};
use survey::response::parse_id;
use survey::{Answer, Answers, Code, Problem};

/// Takes a comment and answers with the draft again: with what was kept, or with what must be mended.
pub(in crate::http) async fn post(
    State(app): State<Arc<App>>,
    SurveyId(survey): SurveyId,
    query: Query,
    request: Request,
) -> Result<Response, Refusal> {
    let current = app.current(&survey).await?;
    if current.edition.consultation.is_none() {
        return Err(Refusal::UnknownRoute);
    }
    let place = Place::of_posted(&query, request.headers());
    let lang = language::of_survey(&current.edition.survey, &query, request.headers());
    let sender = client::sender(&app, &request);
    let body = body::read(&app.room, request, body::FORM).await?;
    let mut fields: Vec<(String, String)> = form_urlencoded::parse(&body).into_owned().collect();
    let sender = Sender { trapped: invited::is_trapped(&mut fields), ..sender };
    let work = working::taken(&mut fields);
    let said = read(&app, &current, fields.clone()).await?;
    let (status, told) = if !said.problems.is_empty() {
        (StatusCode::UNPROCESSABLE_ENTITY, MEND)
    } else if says_nothing(&said.edition, &said.answers) {
        (StatusCode::UNPROCESSABLE_ENTITY, NOTHING)
    } else {
        keep(&app, said, (place, sender, work), &mut fields).await?
    };
    let posted = Posted { told, fields };
    let spot =
        Spot { app: &app, current: &current, lang: &lang, place, query: &query, posted: Some(&posted) };
    again(&spot, status).await
}

/// A comment as it was posted.
struct Said {
    edition: Arc<Edition>,
    id: String,
    lang: String,
    answers: Answers,
    problems: Vec<Problem>,
}

/// Reads the form by the version that it was made from.
async fn read(app: &App, current: &Current, mut fields: Vec<(String, String)>) -> Result<Said, Refusal> {
    let mut take = |name: &str| {
        let mut values = Vec::new();
        fields.retain_mut(|(other, value)| {
            let taken = other == name;
            if taken {
                values.push(std::mem::take(value));
            }
            !taken
        });
        values
    };
    let mut own = |name: &str| take(name).pop();
    let id = own(ID).as_deref().and_then(parse_id).ok_or_else(|| intake::invalid(Code::BadId, ID))?;
    let edition = match own(VERSION) {
        Some(version) => intake::answered_edition(app, &current.edition.survey.id, &version).await?,
        None => Arc::clone(&current.edition),
    };
    let lang = edition.survey.language(&own(LANG).unwrap_or_default()).to_owned();
    let consultation = edition.consultation.clone().ok_or(Refusal::UnknownRoute)?;
    let anchor = own(&consultation.paragraph).unwrap_or_default();
    let draft = of_edition(&*app.store, &edition).await?.ok_or(Refusal::UnknownRoute)?;
    if !draft.block(&anchor).is_some_and(crate::consultation::draft::Block::is_open) {
        return Err(intake::invalid(Code::UnknownOption, &consultation.paragraph));
    }
    let mut answers = edition.survey.defaults();
    answers.set(&consultation.paragraph, Some(Answer::Text(anchor)));
    let mut wrong = Vec::new();
    for question in consultation.asked().filter_map(|name| edition.survey.question(name)) {
        wrong.extend(read_question(question, &mut take, &mut answers));
    }
    wrong.extend(fields.iter().map(|(name, _)| Problem::at(Code::UnknownField, name)));
    if !wrong.is_empty() {
        return Err(Refusal::of_problems(wrong));
    }
    // What is asked under a condition that does not hold stands in the form all the same, where no script runs.
    let occasion = app.occasion(&edition.survey)?;
    let answers = shown_answers(&edition.survey, &answers, occasion);
    let problems = survey::check(&edition.survey, &answers, occasion);
    Ok(Said { edition, id, lang, answers, problems })
}

/// Whether somebody neither agrees nor disagrees nor says anything.
fn says_nothing(edition: &Edition, answers: &Answers) -> bool {
    let Some(Consultation { stance, comment, .. }) = &edition.consultation else { return true };
    let said = |name: &str| answers.get(name).is_some_and(|answer| !answer.is_blank());
    !said(comment) && !stance.as_deref().is_some_and(said)
}

/// Keeps it, and adds its numbers to the fields. They are in the reply itself: in an address they would end up in histories
/// and logs.
async fn keep(
    app: &App,
    said: Said,
    (place, sender, work): (Place, Sender, Option<String>),
    fields: &mut Vec<(String, String)>,
) -> Result<(StatusCode, &'static str), Refusal> {
    let Said { edition, id, lang, answers, .. } = said;
    let (channel, path) = place.channel();
    let paradata = Map::from_iter([("path".to_owned(), Value::from(path))]);
    let channel = channel.to_owned();
    let envelope = Envelope { id, lang, channel, paradata, invitation: None, work, sender };
    match intake::keep(app, &edition, envelope, &answers).await {
        Ok(kept) => {
            fields.extend(kept.number.map(|number| (NUMBER.to_owned(), number.to_string())));
            fields.push((RECEIPT.to_owned(), kept.receipt.to_string()));
            Ok((StatusCode::OK, SENT))
        }
        Err(Refusal::Closed) => Ok((StatusCode::FORBIDDEN, LATE)),
        Err(Refusal::NotOpen) => Ok((StatusCode::FORBIDDEN, EARLY)),
        Err(Refusal::Invalid(_)) => Ok((StatusCode::UNPROCESSABLE_ENTITY, MEND)),
        Err(refusal) => Err(refusal),
    }
}
