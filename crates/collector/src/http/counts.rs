//! `POST /api/v1/surveys/ID/counts` counts something of a visit; a form that is posted page by page has the same done for it.

use super::query::SurveyId;
use super::view::Place;
use super::{App, body};
use crate::edition::Edition;
use crate::refusal::Refusal;
use crate::times::Standing;
use crate::visits::{self, CHANNELS, What};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use qulaq::{State as Shown, View};
use serde::Deserialize;
use std::sync::Arc;
use survey::{At, Domain, Survey};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Beacon {
    lang: String,
    channel: String,
    what: String,
}

/// 204, also where the sum is written a moment later.
pub(super) async fn post(
    State(app): State<Arc<App>>,
    SurveyId(survey): SurveyId,
    request: Request,
) -> Result<StatusCode, Refusal> {
    let body = body::read(&app.room, request, "application/json").await?;
    let Beacon { lang, channel, what } = serde_json::from_slice(&body).map_err(|_| Refusal::Malformed)?;
    let current = app.current(&survey).await?;
    let edition = &current.edition;
    if !edition.counts {
        return Err(Refusal::NoCounts);
    }
    match current.standing {
        Standing::Closed => return Err(Refusal::Closed),
        Standing::NotYet => return Err(Refusal::NotOpen),
        Standing::Open => {}
    }
    let what = What::read(&what).filter(|what| is_there(&edition.survey, *what)).ok_or(Refusal::Malformed)?;
    if !edition.survey.languages.contains(&lang) || !CHANNELS.contains(&channel.as_str()) {
        return Err(Refusal::Malformed);
    }
    let counted = visits::count(&app, edition, (&lang, &channel), what);
    if counted { Ok(StatusCode::NO_CONTENT) } else { Err(Refusal::Busy) }
}

fn is_there(survey: &Survey, what: What) -> bool {
    if let What::Page(number) = what { number <= survey.pages.len() } else { true }
}

/// Counts what a posted form tells: that it was opened, with its first screen; that it was started, with the first screen
/// that has answers; and the page that it came to, unless it had been there.
pub(super) fn of_form(app: &App, edition: &Edition, place: Place, (was, view): (At, &View)) {
    let At::Page(was) = was else { return };
    if !edition.counts {
        return;
    }
    let screen = view.survey.pages.get(was);
    let is_on_screen =
        |name: &str| screen.is_some_and(|page| page.questions.iter().any(|question| question.name == name));
    let page_of = |name: &str| edition.survey.place(name).map(|(page, _)| page + 1);
    let (furthest, came_to) = match view.state {
        Shown::Sent { .. } => (None, None),
        Shown::At(At::Page(now)) => {
            let now = view.survey.pages.get(now).map_or(&[][..], |page| &page.questions);
            if now.iter().any(|question| view.seen.contains(&question.name)) {
                return;
            }
            let came_to = now.first().and_then(|first| page_of(&first.name));
            (view.seen.iter().filter_map(|name| page_of(name)).max(), came_to)
        }
        _ => return,
    };
    let about = (view.lang.as_str(), place.channel().0);
    let count = |what: What| visits::count(app, edition, about, what);
    if view.seen.iter().all(|name| is_on_screen(name)) {
        count(What::Opened);
    }
    let asked = view
        .survey
        .questions()
        .filter(|question| !matches!(question.domain, Domain::Given | Domain::Computed(_)));
    let mut answered = asked.filter(|question| view.answers.get(&question.name).is_some()).peekable();
    if answered.peek().is_some() && answered.all(|question| is_on_screen(&question.name)) {
        count(What::Started);
    }
    let pages = furthest.unwrap_or(1) + 1..=came_to.unwrap_or(0);
    pages.for_each(|page| _ = count(What::Page(page)));
}
