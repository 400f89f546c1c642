//! What people wrote in answer to one question, for whoever may read it. It stands alone: beside a text are no other
//! answers (domain DC7), and every look is written down.

use super::guard::Console;
use super::markup::{Element, el};
use super::parts::{self, Field, hidden, link, section};
use super::surveys::sought_by;
use crate::export::{Export, ExportError};
use crate::http::query::SurveyId;
use crate::people::deed::Act;
use crate::refusal::Refusal;
use crate::store::Position;
use axum::Extension;
use axum::response::Response;
use std::sync::Arc;
use survey::columns::{Cell, Measure, Part};
use survey::fold::fold;
use survey::{Question, Survey};

/// Texts on a page, and responses that are looked through for one page at most: a rare word in a million responses is
/// sought piece by piece.
const ON_PAGE: usize = 25;
const LOOKED_THROUGH: usize = 20_000;
const BATCH: usize = 500;

/// Some of the texts, and where to go on.
struct Found {
    texts: Vec<(String, String)>,
    /// After which response to go on; `None` at the end.
    next: Option<Position>,
}

/// The texts to the question that the address names, those with the words that are sought.
pub(super) async fn show(
    Extension(console): Extension<Arc<Console>>,
    SurveyId(id): SurveyId,
) -> Result<Response, Refusal> {
    let (app, said) = (&console.app, &console.said);
    let survey = app.current(&id).await?.edition.survey.clone();
    let name = console.query.get("question").unwrap_or_default();
    let question = survey.question(&name).filter(|question| super::survey::is_open(&question.domain));
    let question = question.ok_or(Refusal::UnknownRoute)?;
    let sought = console.query.get("q").unwrap_or_default();
    let after = console.query.get("after").and_then(|after| after.parse().ok()).map_or(Position(0), Position);
    console.did(Act::ReadTexts, Some(&id), &question.name).await?;
    let found = find(&console, &id, &question.name, (&fold(&sought), after)).await?;
    let found = Shown { console: &console, survey: &survey, question, sought: &sought, found: &found };
    Ok(parts::page(&console, question.text.get(&said.lang), None, found.main()))
}

/// A page of texts.
struct Shown<'a> {
    console: &'a Console,
    survey: &'a Survey,
    question: &'a Question,
    sought: &'a str,
    found: &'a Found,
}

impl Shown<'_> {
    fn main(&self) -> Vec<Element> {
        let (console, said) = (self.console, &self.console.said);
        let survey = console.to(&format!("/console/surveys/{}", self.survey.id), &[]);
        let back = link(&survey, self.survey.title.get(&said.lang));
        let field = Field { value: self.sought, kind: "search", ..Field::text("q", said.get("find")) };
        let field = el("div").child(hidden("question", &self.question.name)).child(field.element());
        let texts = std::iter::once(list(console, &self.found.texts)).chain(self.next());
        vec![
            el("p").class("q").child(back),
            sought_by(console, &self.path(), field),
            section(said.get("texts"), texts),
        ]
    }

    fn path(&self) -> String {
        format!("/console/surveys/{}/texts", self.survey.id)
    }

    fn next(&self) -> Option<Element> {
        let Position(after) = self.found.next?;
        let after = after.to_string();
        let pairs =
            [("question", self.question.name.as_str()), ("q", self.sought), ("after", after.as_str())];
        let address = self.console.to(&self.path(), &pairs);
        Some(el("p").child(link(&address, self.console.said.get("more_texts"))))
    }
}

fn list(console: &Console, texts: &[(String, String)]) -> Element {
    if texts.is_empty() {
        return el("p").text(console.said.get("no_texts"));
    }
    let item = |(lang, text): &(String, String)| el("li").attr("lang", lang).attr("dir", "auto").text(text);
    el("ul").class("texts").children(texts.iter().map(item))
}

async fn find(
    console: &Console,
    id: &str,
    question: &str,
    (wanted, mut after): (&str, Position),
) -> Result<Found, Refusal> {
    let store = &*console.app.store;
    let export = Export::of(store, console.app.key.clone(), id).await;
    let export = export.map_err(|error| of_export(&error))?;
    let export = export.ok_or(Refusal::UnknownSurvey)?;
    let is_text = |column: &survey::columns::Column| {
        column.question == question && column.part == Part::Answer && column.measure == Measure::Text
    };
    let columns: Vec<usize> =
        (0..export.columns().len()).filter(|at| is_text(&export.columns()[*at])).collect();
    let mut found = Found { texts: Vec::new(), next: None };
    for _ in 0..LOOKED_THROUGH / BATCH {
        let batch = store.responses(id, after, BATCH).await.map_err(Refusal::of_store)?;
        for response in &batch {
            after = response.position;
            let cells = export.cells(response).unwrap_or_default();
            let texts = columns.iter().filter_map(|at| cells.get(*at)).filter_map(|cell| match cell {
                Cell::Text(text) if fold(text).contains(wanted) => {
                    Some((response.lang.clone(), text.clone()))
                }
                _ => None,
            });
            found.texts.extend(texts);
            if found.texts.len() >= ON_PAGE {
                return Ok(Found { next: Some(after), ..found });
            }
        }
        if batch.len() < BATCH {
            return Ok(found);
        }
    }
    Ok(Found { next: Some(after), ..found })
}

fn of_export(error: &ExportError) -> Refusal {
    Refusal::internal("the texts cannot be read", error)
}
