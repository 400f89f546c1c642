//! One matter at the workbench: what was said, how it stands, what was done, and what can be done next. Of two officials at
//! one matter the second is told what the first has changed, and loses nothing of what was typed.

mod deeds;
mod page;

use super::guard::Console;
use super::matters::path;
use crate::edition::Edition;
use crate::http::query::SurveyId;
use crate::mechanism::reception::deed::{Deed, Unfit};
use crate::mechanism::reception::{Reception, Said};
use crate::people::deed::Act;
use crate::people::rights::Right;
use crate::refusal::Refusal;
use crate::store::{Changed, Matter, MatterEvent};
use axum::Extension;
use axum::extract::Path;
use axum::response::Response;
use deeds::Asked;
use page::{Page, Told};
use std::collections::HashMap;
use std::sync::Arc;
use survey::calendar::Date;

/// A matter with all that somebody may see of it.
struct Seen {
    edition: Arc<Edition>,
    /// Where it is followed. There is one: nothing else is seen here.
    desk: Option<Reception>,
    matter: Matter,
    events: Vec<MatterEvent>,
    /// Nothing of a response that was taken back.
    said: Option<Said>,
}

impl Seen {
    fn reception(&self) -> Option<&Reception> {
        self.desk.as_ref()
    }
}

pub(super) async fn show(
    Extension(console): Extension<Arc<Console>>,
    SurveyId(survey): SurveyId,
    Path(names): Path<HashMap<String, String>>,
) -> Result<Response, Refusal> {
    let Some(matter) = find(&console, &survey, &names).await? else {
        return Ok(console.go(&path(&survey), &[("told", "matter_unknown")]));
    };
    console.did(Act::ReadTexts, Some(&survey), &matter.number.to_string()).await?;
    let told = console.query.get("told").is_some_and(|told| told == "matter_saved").then_some(Told::Saved);
    Page::of(&console, see(&console, matter).await?, told).response().await
}

pub(super) async fn post(
    Extension(console): Extension<Arc<Console>>,
    SurveyId(survey): SurveyId,
    Path(names): Path<HashMap<String, String>>,
) -> Result<Response, Refusal> {
    let Some(matter) = find(&console, &survey, &names).await? else {
        return Ok(console.go(&path(&survey), &[("told", "matter_unknown")]));
    };
    let seen = see(&console, matter).await?;
    let again = async |seen: Seen, told: Told| Page::of(&console, seen, Some(told)).response().await;
    let revision: u64 = console.fields.get("revision").parse().map_err(|_| Refusal::Malformed)?;
    if revision != seen.matter.revision {
        return again(seen, Told::Changed(revision)).await;
    }
    let deed = match deeds::asked(&console, &seen).await? {
        Asked::Deed(deed) => deed,
        Asked::Look(due) => return again(seen, Told::Look(due)).await,
        Asked::Wrong(key) => return again(seen, Told::Wrong(key)).await,
        Asked::UnknownYear(year) => return again(seen, Told::UnknownYear(year)).await,
    };
    if deed.is_of_control() && !console.may(Right::Control, &survey) {
        return Err(Refusal::Forbidden);
    }
    do_it(&console, seen, deed).await
}

/// Does what was asked for, if the matter still is as it was when it was read.
async fn do_it(console: &Console, seen: Seen, deed: Deed) -> Result<Response, Refusal> {
    let Some(reception) = seen.reception() else { return Err(Refusal::UnknownRoute) };
    let who = (console.signed.person.name.as_str(), (console.app.clock)());
    let (after, event) = match deed.done(reception, &seen.matter, who) {
        Ok(done) => done,
        Err(unfit) => return Page::of(console, seen, Some(Told::Wrong(unfit_key(unfit)))).response().await,
    };
    let (number, what) = (seen.matter.number, event.what.clone());
    let changed = console.app.store.change_matter(&seen.matter, after, event).await;
    match changed.map_err(Refusal::of_store)? {
        Changed::Done(matter) => {
            let details = format!("{number}: {what}");
            console.did(Act::ChangedMatter, Some(&matter.survey), &details).await?;
            let page = format!("{}/{number}", path(&matter.survey));
            Ok(console.go(&page, &[("told", "matter_saved")]))
        }
        Changed::Stale(now) => {
            let told = Told::Changed(seen.matter.revision);
            Page::of(console, see(console, now).await?, Some(told)).response().await
        }
        Changed::Unknown => Err(Refusal::UnknownRoute),
    }
}

/// The matter that the path names, if it is of a reception or a question to a meeting, and somebody may see it: their own, that of their body, or any for
/// whoever keeps control. Whether there are others is not theirs to know.
async fn find(
    console: &Console,
    survey: &str,
    names: &HashMap<String, String>,
) -> Result<Option<Matter>, Refusal> {
    let current = console.app.current(survey).await?;
    let Some(reception) = Reception::desk(&current.edition) else { return Ok(None) };
    let Some(number) = names.get("number").and_then(|number| number.parse().ok()) else { return Ok(None) };
    let who = &console.signed.person.name;
    let found = console.app.store.matter(survey, number).await.map_err(Refusal::of_store)?;
    Ok(found.filter(|matter| {
        console.may(Right::Control, survey)
            || matter.responsible.as_ref() == Some(who)
            || reception.is_head(who, matter.body.as_deref())
    }))
}

/// The matter with its history and what was said.
async fn see(console: &Console, matter: Matter) -> Result<Seen, Refusal> {
    let app = &console.app;
    let edition = app.current(&matter.survey).await?.edition;
    let events = app.store.matter_events(&matter.survey, matter.number).await.map_err(Refusal::of_store)?;
    let found = app.store.responses_at(&[matter.response]).await.map_err(Refusal::of_store)?;
    let desk = Reception::desk(&edition);
    let said = match (found.first(), &desk) {
        (Some(response), Some(reception)) => {
            let version = app.editions.version(&*app.store, &matter.survey, &response.version).await?;
            Some(reception.said(&version.survey, response, &console.said.lang))
        }
        _ => None,
    };
    Ok(Seen { edition, desk, matter, events, said })
}

/// The key of the words for why something cannot be done.
fn unfit_key(unfit: Unfit) -> &'static str {
    match unfit {
        Unfit::State => "matter_unfit_state",
        Unfit::NoWords => "matter_unfit_words",
        Unfit::TooLong => "matter_unfit_long",
        Unfit::Body => "matter_unfit_body",
        Unfit::Day => "matter_unfit_day",
    }
}

/// A day as a form carries it.
fn day(text: &str) -> Option<Date> {
    Date::parse(text)
}
