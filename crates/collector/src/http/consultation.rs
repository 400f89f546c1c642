//! What citizens do in a consultation: they read the draft and what others said, comment on a paragraph, and see what was
//! decided.
//!
//! `/s/ID/comment` takes a comment, `/s/ID/comments` has those that are published, `/s/ID/decisions` what was decided, and
//! `/s/ID/decision` what was decided about one's own. What is drawn around a form is `section`.

mod draw;
mod form;
mod list;
mod own;
mod said;
mod take;

use super::around::Spot;
use super::document::{self, Page, escape};
use super::query::Query;
use super::view::Place;
use super::vision::Vision;
use super::{App, hosted, language};
use crate::clock::Minute;
use crate::consultation::{Consultation, of_edition, words};
use crate::edition::{Current, Edition};
use crate::refusal::Refusal;
use crate::times::Standing;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use draw::Drawing;
use form::Open;
use matter::WorkingDays;
use qulaq::Words;

pub(super) use list::{comments, decisions};
pub(super) use own::{ask, show as own_show};
pub(super) use take::post;

/// The draft with what was said about it and, while comments are taken, a form below each paragraph; nothing for a survey
/// that is no consultation.
pub(super) async fn section(spot: &Spot<'_>) -> Result<String, Refusal> {
    let Spot { app, current, lang, .. } = *spot;
    let Current { edition, standing } = current;
    let Some(consultation) = &edition.consultation else { return Ok(String::new()) };
    let Some(draft) = of_edition(&*app.store, edition).await? else { return Ok(String::new()) };
    let words = words::of(lang);
    let said = said::about(app, edition, (consultation, &draft), &words).await?;
    let takes = *standing == Standing::Open;
    let ids: Vec<String> = if takes || spot.posted.is_some() {
        draft.blocks.iter().map(|_| hosted::new_id(app)).collect::<Result<_, _>>()?
    } else {
        Vec::new()
    };
    let open = match spot.posted {
        Some(posted) => Some(Open::of(posted, &edition.survey, consultation, app.occasion(&edition.survey)?)),
        None => None,
    };
    let address = |page: &str| spot.address(&format!("/{page}"), &[]);
    let drawing = Drawing {
        survey: &edition.survey,
        consultation,
        draft: &draft,
        version: &edition.version,
        lang,
        words: &words,
        address: &address,
        level: level(spot.place),
        until: &until(app, current, &words),
        takes,
        said: &said,
        ids: &ids,
        open: open.as_ref(),
    };
    Ok(drawing.section())
}

/// The level of its heading: it stands before the form, whose title is of this level inside somebody's page.
fn level(place: Place) -> u8 {
    match place {
        Place::Inside(level) => level,
        place => place.level_beside(),
    }
}

/// When comments are taken, in words.
fn until(app: &App, Current { edition, standing }: &Current, words: &Words) -> String {
    match standing {
        Standing::Closed => words.get("closed").to_owned(),
        Standing::NotYet => words.get("not_open").to_owned(),
        Standing::Open => left(app, edition, words).unwrap_or_else(|| words.get("open").to_owned()),
    }
}

/// Until which day, and how many working days that are; of a year that the calendar does not know, the day alone.
fn left(app: &App, edition: &Edition, words: &Words) -> Option<String> {
    let closes = app.days.minute(edition.survey.closes.as_deref()?).ok()?;
    let last = Minute(closes.0 - 1);
    let date = words::day_of(words, &app.days, last);
    let (today, last) = (app.days.today((app.clock)())?, app.days.today(last)?);
    let left = WorkingDays::kazakhstan().ok().and_then(|days| days.between(today, last).ok());
    Some(match left {
        _ if today == last => words.get("last_day").to_owned(),
        Some(left) => words.fill("until", &[("date", date), ("n", words.number(&left.to_string()))]),
        None => words.fill("until_day", &[("date", date)]),
    })
}

/// A page about a consultation.
struct About {
    current: Current,
    consultation: Consultation,
    lang: String,
    words: Words,
    place: Place,
}

impl About {
    /// What its routes need; a survey that is no consultation has none of them.
    async fn of(app: &App, survey: &str, query: &Query, headers: &HeaderMap) -> Result<Self, Refusal> {
        let current = app.current(survey).await?;
        let consultation = current.edition.consultation.clone().ok_or(Refusal::UnknownRoute)?;
        let lang = language::of_survey(&current.edition.survey, query, headers);
        let (words, place) = (words::of(&lang), Place::of_page(query));
        Ok(Self { current, consultation, lang, words, place })
    }

    /// Answers with a page of its own under a heading.
    fn page(&self, app: &App, status: StatusCode, title: &str, main: &str) -> Response {
        let survey = &self.current.edition.survey;
        let vision: Vision = self.place.vision();
        let back = format!(
            "<p class=\"foot\"><a href=\"/s/{}?{}\">{}</a></p>\n",
            survey.id,
            escape(&self.place.query(&self.lang)),
            escape(self.words.get("back"))
        );
        let main = format!("<div class=\"q\"><h1 class=\"title\">{}</h1></div>\n{main}{back}", escape(title));
        let title = format!("{title} · {}", survey.title.get(&self.lang));
        let languages = survey.languages.iter().map(String::as_str).collect();
        let page = Page { lang: &self.lang, title: &title, languages, vision, main: &main };
        document::respond(app, status, &page)
    }
}
