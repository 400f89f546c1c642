//! The minutes of a meeting, written by its secretary in every language of the survey: a form, how the minutes will stand, and
//! the publication, which nobody changes any more. Of two who write at once the second is told what the first has written,
//! and nothing of either is lost.

mod fields;

use super::super::guard::Console;
use super::super::markup::{Element, el};
use super::super::parts::{self, button, form, hidden, link, section};
use super::{Held, none};
use crate::http::query::SurveyId;
use crate::http::{language, minutes};
use crate::meeting::{Fault, Form, Protocol, Wanted, Written, gather, html};
use crate::people::deed::Act;
use crate::people::rights::Right;
use crate::refusal::Refusal;
use crate::store::{Minutes, MinutesDraft};
use analysis::disclosure::Rule;
use axum::Extension;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Where they are.
pub(super) fn path(survey: &str) -> String {
    format!("/console/surveys/{survey}/minutes")
}

pub(in super::super) async fn show(
    Extension(console): Extension<Arc<Console>>,
    SurveyId(survey): SurveyId,
) -> Result<Response, Refusal> {
    let Some(held) = Held::of(&console, &survey).await? else { return Ok(none(&console, "minutes")) };
    let told = parts::told_of(&console, &["minutes_saved", "minutes_published"]);
    Editor::of(&held).await?.page(StatusCode::OK, told).await
}

pub(in super::super) async fn post(
    Extension(console): Extension<Arc<Console>>,
    SurveyId(survey): SurveyId,
) -> Result<Response, Refusal> {
    let Some(held) = Held::of(&console, &survey).await? else { return Err(Refusal::UnknownRoute) };
    let editor = Editor::of(&held).await?;
    match console.fields.get("do") {
        "save" if may_write(&console, &survey) => editor.save().await,
        "publish" if console.may(Right::Publish, &survey) => editor.publish().await,
        "save" | "publish" => Ok(parts::forbidden(&console)),
        _ => Err(Refusal::Malformed),
    }
}

/// The minutes as they stand now, as a file (`as`) in a language (`of`), for the agency itself.
pub(in super::super) async fn file(
    Extension(console): Extension<Arc<Console>>,
    SurveyId(survey): SurveyId,
) -> Result<Response, Refusal> {
    let Some(held) = Held::of(&console, &survey).await? else { return Ok(console.go(&path(&survey), &[])) };
    let lang = held.survey().language(&console.query.get("of").unwrap_or_default()).to_owned();
    let form = console.query.get("as").as_deref().and_then(Form::named).unwrap_or(Form::Docx);
    let editor = Editor::of(&held).await?;
    let protocol = editor.protocol(&lang, None).await?;
    let file = form.write(&protocol);
    let file = file.map_err(|error| Refusal::internal("minutes could not be written", error.as_ref()))?;
    let details = format!("minutes, {}, {lang}", form.name());
    console.did(Act::Downloaded, Some(&survey), &details).await?;
    let disposition = format!("attachment; filename=\"{survey}-minutes.{lang}.{}\"", form.name());
    let about = [
        (CONTENT_TYPE, form.content_type().to_owned()),
        (CONTENT_DISPOSITION, disposition),
        (CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((about, file).into_response())
}

/// Whether somebody may write the minutes.
fn may_write(console: &Console, survey: &str) -> bool {
    console.may(Right::Moderate, survey) || console.may(Right::Publish, survey)
}

/// Everything that the page shows.
struct Editor<'a> {
    held: &'a Held<'a>,
    /// What is kept, if anybody has written anything.
    draft: Option<MinutesDraft>,
    /// What stands in the fields.
    written: Written,
    faults: Vec<Fault>,
    /// What somebody else has kept meanwhile.
    other: Option<Written>,
    published: Vec<Minutes>,
}

impl<'a> Editor<'a> {
    async fn of(held: &'a Held<'a>) -> Result<Self, Refusal> {
        let (store, survey) = (&held.console.app.store, &held.survey().id);
        let draft = store.minutes_draft(survey).await.map_err(Refusal::of_store)?;
        let published = store.minutes(survey).await.map_err(Refusal::of_store)?;
        let written = draft.as_ref().and_then(|draft| serde_json::from_str(&draft.said).ok());
        Ok(Self {
            held,
            draft,
            written: written.unwrap_or_default(),
            faults: Vec::new(),
            other: None,
            published,
        })
    }

    fn revision(&self) -> u32 {
        self.draft.as_ref().map_or(0, |draft| draft.revision)
    }

    /// Keeps what was written, if nobody has kept anything since it was opened.
    async fn save(mut self) -> Result<Response, Refusal> {
        let (console, survey) = (self.held.console, self.held.survey());
        let seen: u32 = console.fields.get("revision").parse().map_err(|_| Refusal::Malformed)?;
        let text = |name: &str| console.fields.get(name).replace("\r\n", "\n");
        let written = Written::of(&self.held.meeting, &survey.languages, text);
        self.faults = written.too_long();
        if !self.faults.is_empty() {
            self.written = written;
            let told = parts::refused(console, console.said.get("minutes_long"));
            return self.page(StatusCode::UNPROCESSABLE_ENTITY, Some(told)).await;
        }
        let said = serde_json::to_string(&written);
        let said = said.map_err(|error| Refusal::internal("minutes cannot be written", &error))?;
        let draft = MinutesDraft {
            survey: survey.id.clone(),
            revision: seen.saturating_add(1),
            minute: (console.app.clock)(),
            who: console.signed.person.name.clone(),
            said,
        };
        let details = draft.revision.to_string();
        if !console.app.store.keep_minutes_draft(draft).await.map_err(Refusal::of_store)? {
            return self.meanwhile(written).await;
        }
        console.did(Act::WroteMinutes, Some(&survey.id), &details).await?;
        Ok(console.go(&path(&survey.id), &[("told", "minutes_saved")]))
    }

    /// Tells of what somebody else has kept, beside what was written here.
    async fn meanwhile(self, written: Written) -> Result<Response, Refusal> {
        let mut now = Self::of(self.held).await?;
        now.other = Some(std::mem::replace(&mut now.written, written));
        let told = parts::refused(self.held.console, self.held.console.said.get("minutes_meanwhile"));
        now.page(StatusCode::CONFLICT, Some(told)).await
    }

    /// Publishes what is kept, as everything is now, if it is what was looked at and nothing is missing.
    async fn publish(mut self) -> Result<Response, Refusal> {
        let (console, survey) = (self.held.console, self.held.survey());
        let seen = console.fields.get("revision").parse() == Ok(self.revision());
        let number = self.published.first().map_or(1, |last| last.number + 1);
        let is_next = console.fields.get("version").parse() == Ok(number);
        self.faults = self.written.missing(&survey.languages);
        if self.draft.is_none() || !self.faults.is_empty() {
            let told = parts::refused(console, console.said.get("minutes_missing"));
            return self.page(StatusCode::UNPROCESSABLE_ENTITY, Some(told)).await;
        }
        let mut protocols = BTreeMap::new();
        for lang in &survey.languages {
            protocols.insert(lang.clone(), self.protocol(lang, Some(self.rule())).await?);
        }
        let said = serde_json::to_string(&protocols);
        let said = said.map_err(|error| Refusal::internal("minutes cannot be written", &error))?;
        let minutes = Minutes {
            survey: survey.id.clone(),
            number,
            minute: (console.app.clock)(),
            who: console.signed.person.name.clone(),
            said,
        };
        let is_new = seen && is_next;
        if !is_new || !console.app.store.publish_minutes(minutes).await.map_err(Refusal::of_store)? {
            let told = parts::refused(console, console.said.get("minutes_meanwhile_published"));
            return Self::of(self.held).await?.page(StatusCode::CONFLICT, Some(told)).await;
        }
        console.did(Act::PublishedMinutes, Some(&survey.id), &number.to_string()).await?;
        Ok(console.go(&path(&survey.id), &[("told", "minutes_published")]))
    }

    /// What is hidden from everybody.
    fn rule(&self) -> Rule {
        self.held.meeting.questions.rule()
    }

    async fn protocol(&self, lang: &str, rule: Option<Rule>) -> Result<Protocol, Refusal> {
        let Held { console, current, meeting } = self.held;
        let wanted = Wanted { edition: &current.edition, meeting, written: &self.written, lang, rule };
        gather(&console.app, &wanted).await
    }

    async fn page(&self, status: StatusCode, told: Option<Element>) -> Result<Response, Refusal> {
        let (console, said) = (self.held.console, &self.held.console.said);
        let survey = &self.held.survey().id;
        console.did(Act::ReadTexts, Some(survey), "minutes").await?;
        let mut main = vec![self.held.ways()];
        main.extend(self.other.as_ref().map(|other| fields::differences(self, other)));
        if may_write(console, survey) {
            let hint = el("p").class("hint").text(said.get("minutes_hint"));
            main.push(section(said.get("minutes_write"), [hint, self.form()]));
        }
        main.push(self.preview().await?);
        main.push(self.files());
        main.extend(self.before());
        Ok(parts::page_with(console, status, said.get("minutes"), told, main))
    }

    fn form(&self) -> Element {
        let revision = hidden("revision", &self.revision().to_string());
        let fields = std::iter::once(revision).chain(fields::fields(self));
        let fields = fields.chain([button(self.held.console, "next", "minutes_save")]).collect();
        form(self.held.console, &path(&self.held.survey().id), "save", fields)
    }

    /// How they will stand for everybody, in each language, and the button that publishes what is kept.
    async fn preview(&self) -> Result<Element, Refusal> {
        let (console, said, survey) = (self.held.console, &self.held.console.said, self.held.survey());
        let mut inside = vec![el("p").class("hint").text(said.get("minutes_preview_hint"))];
        for lang in &survey.languages {
            let protocol = self.protocol(lang, Some(self.rule())).await?;
            let name = el("summary").text(&language::name(lang));
            let drawn = el("div").attr("lang", lang).class("around").drawn(&html(&protocol, 3));
            inside.push(el("details").child(name).child(drawn));
        }
        let is_kept = self.draft.is_some() && self.other.is_none() && self.faults.is_empty();
        if is_kept && console.may(Right::Publish, &survey.id) {
            let version = self.published.first().map_or(1, |last| last.number + 1).to_string();
            let key = if self.published.is_empty() { "minutes_publish" } else { "minutes_correct" };
            let fields = vec![
                hidden("revision", &self.revision().to_string()),
                hidden("version", &version),
                button(console, "next", key),
            ];
            inside.push(form(console, &path(&survey.id), "publish", fields));
        }
        Ok(section(said.get("minutes_preview"), inside))
    }

    /// The ways to the files, with every count as it is.
    fn files(&self) -> Element {
        let (console, said, survey) = (self.held.console, &self.held.console.said, self.held.survey());
        let file = format!("{}/file", path(&survey.id));
        let ways = survey.languages.iter().map(|lang| {
            let links = Form::ALL.iter().map(|form| {
                let address = console.to(&file, &[("of", lang), ("as", form.name())]);
                let text = format!("{}: {}", language::name(lang), form.name().to_uppercase());
                el("li").child(link(&address, &text))
            });
            el("ul").class("links").children(links)
        });
        let hint = el("p").class("hint").text(said.get("minutes_files_hint"));
        section(said.get("minutes_files"), std::iter::once(hint).chain(ways))
    }

    /// What is published already.
    fn before(&self) -> Option<Element> {
        let (said, days) = (&self.held.console.said, &self.held.console.app.days);
        let version = |minutes: &Minutes| {
            let (number, time) = (minutes.number.to_string(), said.time(days, minutes.minute));
            let values = [("n", &*number), ("time", &time), ("who", &minutes.who)];
            let address = minutes::path(&minutes.survey, self.held.lang(), Some(minutes.number));
            el("li").child(link(&address, &said.fill("minutes_version", &values)))
        };
        let list = el("ul").children(self.published.iter().map(version));
        (!self.published.is_empty()).then(|| section(said.get("minutes_before"), [list]))
    }
}
