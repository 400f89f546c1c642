//! The minutes of a meeting as everybody reads them: `/s/ID/minutes`, and the same as a document. What was published stands
//! there for ever; a correction is another version beside it.

use super::document::{self, Page, escape};
use super::query::{Query, SurveyId};
use super::vision::Vision;
use super::{App, language, page};
use crate::edition::Current;
use crate::mechanism::meeting::Meeting;
use crate::meeting::{Form, Protocol, html, words};
use crate::refusal::Refusal;
use crate::store::Minutes;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use qulaq::Words;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Where they are in a language: the version of this number, or the last.
pub(super) fn path(survey: &str, lang: &str, version: Option<u32>) -> String {
    let version = version.map(|version| format!("&version={version}")).unwrap_or_default();
    format!("/s/{survey}/minutes?lang={lang}{version}")
}

/// What somebody asks for.
struct Asked {
    app: Arc<App>,
    current: Current,
    lang: String,
    vision: Vision,
    /// Every version, the newest first.
    all: Vec<Minutes>,
    /// The place in it of the one that is asked for.
    place: usize,
}

impl Asked {
    async fn of(
        app: Arc<App>,
        SurveyId(survey): SurveyId,
        query: Query,
        headers: &HeaderMap,
    ) -> Result<Self, Refusal> {
        let current = app.current(&survey).await?;
        Meeting::of(&current.edition).ok_or(Refusal::UnknownRoute)?;
        let lang = language::of_survey(&current.edition.survey, &query, headers);
        let all = app.store.minutes(&survey).await.map_err(Refusal::of_store)?;
        let place = match query.get("version") {
            None => 0,
            Some(version) => {
                let version: Option<u32> = version.parse().ok();
                let found = all.iter().position(|minutes| Some(minutes.number) == version);
                found.ok_or(Refusal::UnknownRoute)?
            }
        };
        Ok(Self { app, current, lang, vision: Vision::of(&query), all, place })
    }

    fn words(&self) -> Words {
        words(&self.lang)
    }

    /// The version that is asked for, in this language or, where it was published before the survey had that, in its first.
    fn protocol(&self) -> Result<Option<(&Minutes, Protocol)>, Refusal> {
        let Some(minutes) = self.all.get(self.place) else { return Ok(None) };
        let all: BTreeMap<String, Protocol> = serde_json::from_str(&minutes.said)
            .map_err(|error| Refusal::internal("published minutes cannot be read", &error))?;
        let protocol = all.get(&self.lang).or_else(|| all.values().next()).cloned();
        Ok(protocol.map(|protocol| (minutes, protocol)))
    }

    fn day(&self, minutes: &Minutes) -> String {
        let day = self.app.days.of(minutes.minute);
        day.map(|day| self.words().date(day.year().into(), day.month().into(), day.day().into()))
            .unwrap_or_default()
    }

    /// The minutes with what is said about their publication.
    fn published(&self, minutes: &Minutes, protocol: &Protocol) -> String {
        let words = self.words();
        let least = self.current.edition.sharing.as_ref().map_or(0, crate::results::Sharing::least);
        let least = analysis::disclosure::Rule::PUBLIC.raised_to(least).least();
        let mut notes = vec![words.fill("published", &[("date", self.day(minutes))])];
        if minutes.number > 1 {
            notes.push(words.fill("corrected", &[("n", minutes.number.to_string())]));
        }
        if self.place > 0 {
            notes.push(words.get("replaced").to_owned());
        }
        notes.push(words.fill("small", &[("least", least.to_string())]));
        let notes: String =
            notes.iter().map(|note| format!("<p class=\"when\">{}</p>\n", escape(note))).collect();
        let (id, lang) = (&self.current.edition.survey.id, &self.lang);
        let docx = format!("/s/{id}/minutes.docx?lang={lang}&version={}", minutes.number);
        format!(
            "{}{notes}<p><a href=\"{}\">{}</a></p>\n{}",
            html(protocol, 1),
            escape(&docx),
            escape(words.get("docx")),
            self.versions()
        )
    }

    /// The ways to all versions, where there are several.
    fn versions(&self) -> String {
        let words = self.words();
        if self.all.len() < 2 {
            return String::new();
        }
        let version = |minutes: &Minutes| {
            let address = path(&minutes.survey, &self.lang, Some(minutes.number));
            let values = [("n", minutes.number.to_string()), ("date", self.day(minutes))];
            let (address, text) = (escape(&address), escape(&words.fill("version", &values)));
            format!("<li><a href=\"{address}\">{text}</a></li>\n")
        };
        let list: String = self.all.iter().map(version).collect();
        format!("<h2>{}</h2>\n<ul>\n{list}</ul>\n", escape(words.get("versions")))
    }
}

/// `/s/ID/minutes`: the last version, or the one that the address names.
pub(super) async fn show(
    State(app): State<Arc<App>>,
    survey: SurveyId,
    query: Query,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let asked = Asked::of(app, survey, query, &headers).await?;
    let (words, survey) = (asked.words(), &*asked.current.edition.survey);
    let inside = match asked.protocol()? {
        Some((minutes, protocol)) => asked.published(minutes, &protocol),
        None => {
            let (title, none) = (escape(words.get("minutes")), escape(words.get("none")));
            format!("<h1 class=\"title\">{title}</h1>\n<p>{none}</p>\n")
        }
    };
    let name = escape(survey.title.get(&asked.lang));
    let main = format!(
        "<div class=\"q around results\">\n{inside}</div>\n<p class=\"foot\"><a href=\"/s/{}?lang={}{}\">{name}</a></p>\n",
        survey.id,
        asked.lang,
        escape(&asked.vision.query())
    );
    let title = format!("{} · {}", words.get("minutes"), page::title(survey, &asked.lang));
    let languages = survey.languages.iter().map(String::as_str).collect();
    let page = Page { lang: &asked.lang, title: &title, languages, vision: asked.vision, main: &main };
    Ok(document::respond(&asked.app, StatusCode::OK, &page))
}

/// `/s/ID/minutes.docx`: the same as a document; nothing while none is published.
pub(super) async fn docx(
    State(app): State<Arc<App>>,
    survey: SurveyId,
    query: Query,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let asked = Asked::of(app, survey, query, &headers).await?;
    let (minutes, protocol) = asked.protocol()?.ok_or(Refusal::UnknownRoute)?;
    let file = Form::Docx.write(&protocol);
    let file = file.map_err(|error| Refusal::internal("minutes could not be written", error.as_ref()))?;
    let name = format!("{}-minutes-{}.{}.docx", minutes.survey, minutes.number, protocol.lang);
    let about = [
        (CONTENT_TYPE, Form::Docx.content_type().to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (CACHE_CONTROL, "public, max-age=300".to_owned()),
    ];
    Ok((about, file).into_response())
}
