//! What responses weigh: margins that an analyst gives with their source and date, and what comes of them. The pages
//! of what comes of them are in `weights/outcome.rs`, the form for a margin in `weights/margin.rs`.

mod margin;
mod outcome;

use super::cut;
use super::guard::Console;
use super::markup::{Element, el};
use super::parts::{self, Field, button, hidden, link, section, select, table};
use crate::cuts::{NamedMargin, WeightsError, weigh};
use crate::figures::Figures;
use crate::http::query::SurveyId;
use crate::people::deed::Act;
use crate::refusal::Refusal;
use crate::store::Weighting;
use axum::Extension;
use axum::http::StatusCode;
use axum::response::Response;
use std::sync::Arc;
use survey::Survey;

/// Letters of the name of a weighting at most.
const MOST_LETTERS: usize = 40;

/// The weightings of a survey, what comes of one, and the form for a margin of it.
pub(super) async fn show(
    Extension(console): Extension<Arc<Console>>,
    SurveyId(id): SurveyId,
) -> Result<Response, Refusal> {
    let page = Page::of(&console, &id).await?;
    let told = parts::told_of(&console, &["weights_kept"]);
    page.respond(StatusCode::OK, told).await
}

/// Gives or takes away a margin: a new version of the weighting.
pub(super) async fn post(
    Extension(console): Extension<Arc<Console>>,
    SurveyId(id): SurveyId,
) -> Result<Response, Refusal> {
    let page = Page::of(&console, &id).await?;
    match page.changed() {
        Ok(margins) => page.keep(&margins).await,
        Err(key) => {
            let told = parts::refused(&console, console.said.get(key));
            page.respond(StatusCode::UNPROCESSABLE_ENTITY, Some(told)).await
        }
    }
}

/// What is needed for the page.
struct Page<'a> {
    console: &'a Console,
    survey: Arc<Survey>,
    figures: Figures,
    kept: Vec<Weighting>,
    /// The weighting that it is about.
    name: String,
}

impl<'a> Page<'a> {
    async fn of(console: &'a Console, id: &str) -> Result<Self, Refusal> {
        let survey = console.app.current(id).await?.edition.shared();
        let figures = cut::figures(console, id).await?;
        let kept = console.app.store.weightings(id).await.map_err(Refusal::of_store)?;
        let posted = console.fields.get("weighting").to_owned();
        let asked = console.query.get("weighting").unwrap_or_default().trim().to_owned();
        let name = if posted.is_empty() { asked } else { posted };
        Ok(Self { console, survey, figures, kept, name })
    }

    fn path(&self) -> String {
        format!("/console/surveys/{}/weights", self.survey.id)
    }

    /// The latest version of the weighting.
    fn latest(&self) -> Option<&Weighting> {
        self.kept.iter().rfind(|weighting| weighting.name == self.name)
    }

    fn margins(&self) -> Vec<NamedMargin> {
        let margins = self.latest().map(|latest| serde_json::from_str(&latest.margins));
        margins.and_then(Result::ok).unwrap_or_default()
    }

    /// The margins as the form changes them, or the key of the words for why not.
    fn changed(&self) -> Result<Vec<NamedMargin>, &'static str> {
        let fields = &self.console.fields;
        let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        if self.name.is_empty() || self.name.len() > MOST_LETTERS || !self.name.chars().all(is_plain) {
            return Err("weights_name_bad");
        }
        let mut margins = self.margins();
        let column = fields.get("question");
        margins.retain(|margin| margin.column != column);
        if fields.get("do") == "drop" {
            return Ok(margins);
        }
        if fields.get("purpose") != "population" {
            return Err("weights_page_feedback");
        }
        margins.push(margin::read(fields, &self.figures)?);
        Ok(margins)
    }

    async fn keep(&self, margins: &[NamedMargin]) -> Result<Response, Refusal> {
        let console = self.console;
        let version = self.latest().map_or(0, |latest| latest.version) + 1;
        let margins = serde_json::to_string(margins);
        let margins = margins.map_err(|error| Refusal::internal("margins cannot be written", &error))?;
        let weighting = Weighting {
            survey: self.survey.id.clone(),
            name: self.name.clone(),
            version,
            who: console.signed.person.name.clone(),
            minute: (console.app.clock)(),
            margins,
        };
        if !console.app.store.keep_weighting(weighting).await.map_err(Refusal::of_store)? {
            let told = parts::refused(console, console.said.get("weights_changed_meanwhile"));
            return self.respond(StatusCode::CONFLICT, Some(told)).await;
        }
        let details = format!("{} {version}", self.name);
        console.did(Act::ChangedWeights, Some(&self.survey.id), &details).await?;
        Ok(console.go(&self.path(), &[("weighting", &self.name), ("told", "weights_kept")]))
    }

    async fn respond(&self, status: StatusCode, told: Option<Element>) -> Result<Response, Refusal> {
        let said = &self.console.said;
        let survey = self.console.to(&format!("/console/surveys/{}", self.survey.id), &[]);
        let back = el("p").class("q").child(link(&survey, self.survey.title.get(&said.lang)));
        let mut main = vec![back, self.list()];
        let margins = self.margins();
        if !margins.is_empty() {
            main.push(self.about(&margins));
            main.extend(self.outcome(&margins).await?);
        }
        main.push(self.choice());
        main.extend(self.form());
        Ok(parts::page_with(self.console, status, said.get("weights"), told, main))
    }

    /// All weightings, the latest version of each.
    fn list(&self) -> Element {
        let said = &self.console.said;
        let is_latest = |weighting: &&Weighting| {
            !self.kept.iter().any(|other| other.name == weighting.name && other.version > weighting.version)
        };
        let row = |weighting: &Weighting| {
            let address = self.console.to(&self.path(), &[("weighting", &weighting.name)]);
            vec![
                link(&address, &weighting.name),
                parts::cell(&said.number(weighting.version.into())),
                parts::cell(&said.time(&self.console.app.days, weighting.minute)),
                parts::cell(&weighting.who),
            ]
        };
        let rows: Vec<Vec<Element>> = self.kept.iter().filter(is_latest).map(row).collect();
        let note = el("p").class("hint").text(said.get("weights_note"));
        let heads = ["weighting", "version", "when", "by_whom"].map(|key| said.get(key));
        let list = (!rows.is_empty()).then(|| table(said.get("weights"), &heads, rows));
        section(said.get("weights"), std::iter::once(note).chain(list))
    }

    /// The margins of the weighting, each with its source and the way to take it away.
    fn about(&self, margins: &[NamedMargin]) -> Element {
        let said = &self.console.said;
        let row = |margin: &NamedMargin| {
            let fields = vec![
                hidden("weighting", &self.name),
                hidden("question", &margin.column),
                button(self.console, "back", "drop_margin"),
            ];
            let shares: Vec<String> = margin
                .shares
                .iter()
                .map(|(code, share)| {
                    format!(
                        "{}: {}",
                        margin::label(&self.figures, self.lang(), (&margin.column, *code)),
                        said.decimal(*share, 2)
                    )
                })
                .collect();
            vec![
                parts::cell(&margin::question(&self.figures, self.lang(), &margin.column)),
                parts::cell(&shares.join("; ")),
                parts::cell(&format!("{}, {}", margin.source, margin.date)),
                parts::form(self.console, &self.path(), "drop", fields),
            ]
        };
        let heads = ["survey_question", "shares", "source", "act"].map(|key| said.get(key));
        let rows = margins.iter().map(row).collect();
        section(&said.fill("margins_of", &[("name", &self.name)]), [table(said.get("shares"), &heads, rows)])
    }

    fn lang(&self) -> &str {
        self.survey.language(&self.console.said.lang)
    }

    async fn outcome(&self, margins: &[NamedMargin]) -> Result<Vec<Element>, Refusal> {
        let told = |text: String| {
            vec![section(self.console.said.get("weights_outcome"), [parts::refused(self.console, &text)])]
        };
        match weigh(&self.figures, margins).await {
            Ok((weights, weighted)) => outcome::shown(self, &weights, &weighted).await,
            Err(WeightsError::NoColumn(column)) => {
                Ok(told(self.console.said.fill("weights_no_column", &[("name", &column)])))
            }
            Err(WeightsError::Refused(refusal)) => Ok(told(outcome::refused(self, margins, &refusal))),
            Err(WeightsError::Cut(error)) => {
                Err(cut::refused(self.console, error)
                    .map_or_else(|refusal| refusal, |_| Refusal::UnknownRoute))
            }
        }
    }

    /// Which question, of which weighting.
    fn choice(&self) -> Element {
        let said = &self.console.said;
        let named = margin::questions(&self.figures, self.lang());
        let options: Vec<(&str, &str)> =
            named.iter().map(|(name, words)| (name.as_str(), words.as_str())).collect();
        let chosen = self.console.query.get("question").unwrap_or_default();
        let name = Field {
            value: &self.name,
            hint: Some(said.get("weighting_hint")),
            ..Field::text("weighting", said.get("weighting_name"))
        };
        let form = el("form")
            .attr("method", "get")
            .attr("action", &self.path())
            .children(super::surveys::address(self.console))
            .child(name.element())
            .child(select("question", said.get("survey_question"), &options, &chosen))
            .child(button(self.console, "back", "choose_question"));
        section(said.get("add_margin"), [form])
    }

    /// The form for the margin of the question that was chosen.
    fn form(&self) -> Option<Element> {
        let posted = self.console.fields.get("question").to_owned();
        let asked = self.console.query.get("question").unwrap_or_default();
        let column = if posted.is_empty() { asked } else { posted };
        let fields = margin::fields(self.console, (&self.figures, self.lang()), (&self.name, &column))?;
        let form = parts::form(self.console, &self.path(), "margin", fields);
        Some(section(&margin::question(&self.figures, self.lang(), &column), [form]))
    }
}
