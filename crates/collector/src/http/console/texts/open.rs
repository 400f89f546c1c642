//! The open question that an address or a form names, with what it is coded by: all that pages about texts begin with.

use super::super::super::App;
use super::super::guard::Console;
use crate::coding::{self, Frame};
use crate::http::query::SurveyId;
use crate::refusal::Refusal;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use std::sync::Arc;
use survey::{Question, Survey};

/// A question that is answered in somebody's own words, and its code frame.
pub(in super::super) struct Open {
    pub(in super::super) console: Arc<Console>,
    pub(in super::super) survey: Arc<Survey>,
    pub(in super::super) question: Question,
    pub(in super::super) frame: Frame,
}

impl FromRequestParts<Arc<App>> for Open {
    type Rejection = Refusal;

    /// Behind the guard, which says who asks. A question that is not there, or has no texts, is no page.
    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Refusal> {
        let SurveyId(id) = SurveyId::from_request_parts(parts, app).await?;
        let console = parts.extensions.get::<Arc<Console>>().cloned().ok_or(Refusal::UnknownRoute)?;
        let survey = app.current(&id).await?.edition.shared();
        let posted = console.fields.get("question").to_owned();
        let name = if posted.is_empty() { console.query.get("question").unwrap_or_default() } else { posted };
        let question = super::asked(&survey, &name)?.clone();
        let frame = coding::frame(&*app.store, &id, &question.name).await.map_err(Refusal::of_store)?;
        Ok(Self { console, survey, question, frame })
    }
}
