//! `GET /api/v1/surveys/ID/codebook`: what the data of a survey mean, for programs and for people.

use super::query::{Query, SurveyId};
use super::{App, access, export};
use crate::codebook::{Codebook, Format, page_policy};
use crate::export::{Export, name_of};
use crate::people::deed::{Act, Deed};
use crate::refusal::Refusal;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// In the format of the address, in its language where the format has but one. It opens for whoever may read responses.
pub(super) async fn get(
    State(app): State<Arc<App>>,
    SurveyId(survey): SurveyId,
    query: Query,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let who = access::to_responses(&app, &headers, &survey).await?;
    let format = Format::named(&query.get("format").unwrap_or_default());
    let format = format.map_err(|error| export::refusal(error.into()))?;
    let export = Export::of(&*app.store, app.key.clone(), &survey).await.map_err(export::refusal)?;
    let export = export.ok_or(Refusal::UnknownSurvey)?;
    let codebook = Codebook::of(&*app.store, &export).await.map_err(Refusal::of_store)?;
    let mut content = Vec::new();
    codebook
        .write(format, &query.get("lang").unwrap_or_default(), &format!("{survey}.csv"), &mut content)
        .map_err(|error| Refusal::internal("a codebook cannot be written", &error))?;
    let (minute, details) = ((app.clock)(), format!("codebook {}", name_of(&format)));
    let deed = Deed { minute, who, act: Act::Downloaded, survey: Some(survey.clone()), details };
    app.store.write_down(deed).await.map_err(Refusal::of_store)?;
    let name = format!("attachment; filename=\"{}\"", format.file(&survey));
    let about = [
        (CONTENT_TYPE, format.content_type()),
        (CONTENT_DISPOSITION, name.as_str()),
        (CACHE_CONTROL, "no-store"),
    ];
    let mut response = (about, content).into_response();
    if format == Format::Html
        && let Ok(policy) = HeaderValue::try_from(page_policy())
    {
        response.headers_mut().insert(CONTENT_SECURITY_POLICY, policy);
    }
    Ok(response)
}
