//! The report on a consultation, to be downloaded in each language and form.

use super::super::guard::Console;
use super::super::markup::{Element, el};
use super::super::parts::{self, link};
use super::{About, path};
use crate::consultation::report::{Form, Wanted, gather};
use crate::edition::Current;
use crate::http::language;
use crate::http::query::SurveyId;
use crate::people::deed::Act;
use crate::refusal::Refusal;
use axum::Extension;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// The ways to it.
pub(super) fn section(about: &About) -> Element {
    let (console, said) = (&about.console, &about.console.said);
    let path = format!("{}/report", path(about.survey()));
    let ways = about.current.edition.survey.languages.iter().map(|lang| {
        let links = Form::ALL.iter().map(|form| {
            let address = console.to(&path, &[("of", lang), ("as", form.name())]);
            el("li")
                .child(link(&address, &format!("{}: {}", language::name(lang), form.name().to_uppercase())))
        });
        el("ul").class("links").children(links)
    });
    let note = el("p").class("hint").text(said.get("completion_note"));
    parts::section(said.get("completion"), std::iter::once(note).chain(ways))
}

/// The report in a language (`of`) and a form (`as`).
pub(in super::super) async fn get(
    Extension(console): Extension<Arc<Console>>,
    SurveyId(survey): SurveyId,
) -> Result<Response, Refusal> {
    let Some(about) = About::of(&console, &survey).await? else { return Ok(console.go(&path(&survey), &[])) };
    let Current { edition, .. } = &about.current;
    let lang = edition.survey.language(&console.query.get("of").unwrap_or_default()).to_owned();
    let form = console.query.get("as").as_deref().and_then(Form::named).unwrap_or(Form::Docx);
    let app = &console.app;
    let wanted = Wanted { edition, consultation: &about.consultation, lang: &lang, now: (app.clock)() };
    let board = app.boards.of(Arc::clone(&app.store), &survey, &about.consultation).await?;
    let report = gather(&*app.store, (&app.days, &board), &wanted).await?;
    drop(board);
    let file = form.write(&report);
    let file = file.map_err(|error| Refusal::internal("a report could not be written", error.as_ref()))?;
    console
        .did(Act::Downloaded, Some(&survey), &format!("consultation report, {}, {lang}", form.name()))
        .await?;
    let disposition = format!("attachment; filename=\"{survey}-report.{lang}.{}\"", form.name());
    let about = [
        (CONTENT_TYPE, form.content_type().to_owned()),
        (CONTENT_DISPOSITION, disposition),
        (CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((about, file).into_response())
}
