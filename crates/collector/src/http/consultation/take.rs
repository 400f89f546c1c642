//! Takes a comment on a paragraph: a small form over the questions of the survey that make one, on the ordinary way in.

use super::form::Open;
use super::{About, opened};
use crate::consultation::{Consultation, of_edition};
use crate::edition::{Current, Edition};
use crate::guard::Sender;
use crate::http::query::{Query, SurveyId};
use crate::http::view::Place;
use crate::http::{App, body, client, invited, working};
use crate::intake::{self, Envelope};
use crate::refusal::Refusal;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
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
    let about = About::of(&app, &survey, &query, request.headers()).await?;
    let sender = client::sender(&app, &request);
    let body = body::read(&app.room, request, body::FORM).await?;
    let mut fields: Vec<(String, String)> = form_urlencoded::parse(&body).into_owned().collect();
    let sender = Sender { trapped: invited::is_trapped(&mut fields), ..sender };
    let work = working::taken(&mut fields);
    let said = read(&app, &about.current, fields).await?;
    let open = Open { anchor: said.anchor.clone(), answers: said.answers.clone(), ..Open::default() };
    let (status, open) = if !said.problems.is_empty() {
        (StatusCode::UNPROCESSABLE_ENTITY, Open { problems: said.problems, ..open })
    } else if says_nothing(&said.edition, &said.answers) {
        (StatusCode::UNPROCESSABLE_ENTITY, Open { says_nothing: true, ..open })
    } else {
        keep(&app, &about, said, (sender, work), open).await?
    };
    reply(&app, &about, status, &open).await
}

/// A comment as it was posted.
struct Posted {
    edition: Arc<Edition>,
    id: String,
    lang: String,
    anchor: String,
    answers: Answers,
    problems: Vec<Problem>,
}

/// Reads the form by the version that it was made from.
async fn read(app: &App, current: &Current, mut fields: Vec<(String, String)>) -> Result<Posted, Refusal> {
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
    answers.set(&consultation.paragraph, Some(Answer::Text(anchor.clone())));
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
    Ok(Posted { edition, id, lang, anchor, answers, problems })
}

/// Whether somebody neither agrees nor disagrees nor says anything.
fn says_nothing(edition: &Edition, answers: &Answers) -> bool {
    let Some(Consultation { stance, comment, .. }) = &edition.consultation else { return true };
    let said = |name: &str| answers.get(name).is_some_and(|answer| !answer.is_blank());
    !said(comment) && !stance.as_deref().is_some_and(said)
}

async fn keep(
    app: &App,
    about: &About,
    said: Posted,
    (sender, work): (Sender, Option<String>),
    open: Open,
) -> Result<(StatusCode, Open), Refusal> {
    let Posted { edition, id, lang, answers, .. } = said;
    let (channel, path) = about.place.channel();
    let paradata = Map::from_iter([("path".to_owned(), Value::from(path))]);
    let channel = channel.to_owned();
    let envelope = Envelope { id, lang, channel, paradata, invitation: None, work, sender };
    match intake::keep(app, &edition, envelope, &answers).await {
        Ok(kept) => {
            let number = kept.number.map(|number| number.to_string());
            Ok((StatusCode::OK, Open { sent: Some((number, kept.receipt.to_string())), ..open }))
        }
        Err(Refusal::Closed) => Ok((StatusCode::FORBIDDEN, Open { refused: Some("late"), ..open })),
        Err(Refusal::NotOpen) => Ok((StatusCode::FORBIDDEN, Open { refused: Some("early"), ..open })),
        Err(Refusal::Invalid(problems)) => Ok((StatusCode::UNPROCESSABLE_ENTITY, Open { problems, ..open })),
        Err(refusal) => Err(refusal),
    }
}

/// The draft again. Inside somebody's page it takes the place of the section; elsewhere it is a page. The receipt is in the
/// reply itself: in an address it would end up in histories and logs.
async fn reply(app: &App, about: &About, status: StatusCode, open: &Open) -> Result<Response, Refusal> {
    let section = opened(app, &about.current, &about.lang, (about.place, Some(open))).await?;
    if let Place::Inside(_) = about.place {
        let headers = [(CONTENT_TYPE, "text/html; charset=utf-8"), (CACHE_CONTROL, "no-store")];
        return Ok((status, headers, section).into_response());
    }
    let title = about.current.edition.survey.title.get(&about.lang).to_owned();
    Ok(about.page(app, status, &title, &section))
}
