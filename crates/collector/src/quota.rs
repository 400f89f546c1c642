//! Quotas: which groups a response belongs to, and of which enough are heard.
//!
//! Who belongs to a group is for the version that was answered to say; how many of it are heard, for the current one.
//! The groups are told apart by name over all versions.

use crate::edition::{Current, Edition};
use crate::http::App;
use crate::refusal::Refusal;
use crate::store::QuotaPlace;
use std::collections::HashMap;
use survey::definition::Quota;
use survey::route::Route;
use survey::{Answers, Occasion, Survey};

/// The groups that answers belong to, by their indexes in the survey.
pub(crate) fn joined(survey: &Survey, answers: &Answers, occasion: Occasion) -> Vec<usize> {
    if survey.quotas.is_empty() {
        return Vec::new();
    }
    let route = Route::of(survey, answers, occasion);
    let quotas = survey.quotas.iter().enumerate();
    quotas.filter(|(_, quota)| route.satisfies(survey, &quota.when)).map(|(index, _)| index).collect()
}

/// The place that a response takes in a group.
pub(crate) fn place(current: &Current, quota: &Quota) -> QuotaPlace {
    let now = current.edition.survey.quotas.iter().find(|other| other.name == quota.name);
    QuotaPlace { name: quota.name.clone(), limit: now.map_or(u64::MAX, |quota| quota.limit) }
}

/// The groups of a version of which enough are heard, by their indexes.
pub(crate) async fn full(app: &App, current: &Current, edition: &Edition) -> Result<Vec<usize>, Refusal> {
    let quotas = &edition.survey.quotas;
    if quotas.is_empty() {
        return Ok(Vec::new());
    }
    let kept = app.store.quotas(&edition.survey.id).await.map_err(Refusal::of_store)?;
    let kept: HashMap<String, u64> = kept.into_iter().collect();
    let is_full = |quota: &Quota| {
        let place = place(current, quota);
        kept.get(&place.name).is_some_and(|kept| *kept >= place.limit)
    };
    Ok(quotas.iter().enumerate().filter(|(_, quota)| is_full(quota)).map(|(index, _)| index).collect())
}

/// The first group that the answers so far belong to and of which enough are heard.
pub(crate) async fn met(
    app: &App,
    current: &Current,
    edition: &Edition,
    (answers, occasion): (&Answers, Occasion),
) -> Result<Option<usize>, Refusal> {
    let joined = joined(&edition.survey, answers, occasion);
    if joined.is_empty() {
        return Ok(None);
    }
    let full = full(app, current, edition).await?;
    Ok(joined.into_iter().find(|quota| full.contains(quota)))
}
