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
pub(super) async fn section(
    app: &App,
    current: &Current,
    lang: &str,
    place: Place,
) -> Result<String, Refusal> {
    opened(app, current, lang, (place, None)).await
}

/// The same with somebody at one of the paragraphs.
async fn opened(
    app: &App,
    current: &Current,
    lang: &str,
    (place, open): (Place, Option<&Open>),
) -> Result<String, Refusal> {
    let Current { edition, standing } = current;
    let Some(consultation) = &edition.consultation else { return Ok(String::new()) };
    let Some(draft) = of_edition(&*app.store, edition).await? else { return Ok(String::new()) };
    let words = words::of(lang);
    let said = said::about(app, edition, (consultation, &draft), &words).await?;
    let takes = *standing == Standing::Open;
    let ids: Vec<String> = if takes {
        draft.blocks.iter().map(|_| hosted::new_id(app)).collect::<Result<_, _>>()?
    } else {
        Vec::new()
    };
    let (host, query, level) = address(app, place, lang);
    let drawing = Drawing {
        survey: &edition.survey,
        consultation,
        draft: &draft,
        version: &edition.version,
        lang,
        words: &words,
        host: &host,
        query: &query,
        level,
        until: &until(app, current, &words),
        takes,
        said: &said,
        ids: &ids,
        open,
    };
    Ok(drawing.section())
}

/// Where the collector is from a place, what addresses say after their question mark there, and the level of a heading.
fn address(app: &App, place: Place, lang: &str) -> (String, String, u8) {
    match place {
        Place::Hosted(_) | Place::Framed(_) => (String::new(), place.query(lang), 2),
        Place::Inside(level) => (
            app.public_url.to_string(),
            format!("inside=1&heading-level={level}&lang={lang}"),
            (level + 1).min(6),
        ),
    }
}

/// The place that an address of ours was made for.
fn place_of(query: &Query) -> Place {
    if query.get("inside").as_deref() == Some("1") { Place::inside(query) } else { Place::of_page(query) }
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
        let there_is = |lang: &str| current.edition.survey.languages.iter().any(|tag| tag == lang);
        let lang = query.get("lang").or_else(|| language::preferred(headers, there_is)).unwrap_or_default();
        let lang = current.edition.survey.language(&lang).to_owned();
        let (words, place) = (words::of(&lang), place_of(query));
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
