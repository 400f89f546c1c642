//! Any question by any other: what is asked for, in the address. How the table looks is `cross/table.rs`.

mod table;

use super::cut;
use super::guard::Console;
use super::markup::{Element, el};
use super::parts::{self, Field, button, link, section, select};
use crate::cuts::{
    Crossable, Crossed, Crossing, Cut, CutError, NamedMargin, Weights, WeightsError, cross, crossable, weigh,
};
use crate::figures::Figures;
use crate::http::query::SurveyId;
use crate::people::deed::Act;
use crate::refusal::Refusal;
use crate::store::{Weighting, weighting_names};
use axum::Extension;
use axum::http::StatusCode;
use axum::response::Response;
use std::sync::Arc;
use survey::Survey;

/// What the address says besides the group, by its names.
const NAMES: [&str; 7] =
    ["row", "column", "row_classes", "column_classes", "missing", "percent", "weighting"];

/// A page about a table, or about which it shall be.
pub(super) async fn show(
    Extension(console): Extension<Arc<Console>>,
    SurveyId(id): SurveyId,
) -> Result<Response, Refusal> {
    let survey = console.app.current(&id).await?.edition.survey.clone();
    let figures = cut::figures(&console, &id).await?;
    let kept = console.app.store.weightings(&id).await.map_err(Refusal::of_store)?;
    let page = Page { console: &console, survey: &survey, figures: &figures, kept: &kept };
    let Some((row, column)) = Crossing::named(&figures, (&page.said("row"), &page.said("column"))) else {
        return Ok(page.respond(StatusCode::OK, None));
    };
    let names = (page.name(&row), page.name(&column));
    let weights = match page.weights().await? {
        Ok(weights) => weights,
        Err(told) => return Ok(page.respond(StatusCode::UNPROCESSABLE_ENTITY, Some(told))),
    };
    let crossed = match cut::read(&console) {
        Ok(cut) => {
            cross(&figures, &cut, page.crossing((row, column)), weights).await.map(|crossed| (cut, crossed))
        }
        Err(error) => Err(error),
    };
    let (cut, crossed) = match crossed {
        Ok(crossed) => crossed,
        Err(error) => {
            let (status, told) = cut::refused(&console, error)?;
            return Ok(page.respond(status, Some(section(console.said.get("cross"), [told]))));
        }
    };
    if page.said("format") == "csv" {
        let details = format!("{} × {}", page.said("row"), page.said("column"));
        console.did(Act::Downloaded, Some(&id), &details).await?;
        return Ok(table::file(&console, &id, (&names.0, &names.1), &crossed));
    }
    let shown = page.table((&names.0, &names.1), &cut, &crossed);
    Ok(page.respond(StatusCode::OK, Some(shown)))
}

/// What is needed for the page.
struct Page<'a> {
    console: &'a Console,
    survey: &'a Survey,
    figures: &'a Figures,
    /// Weightings of the survey, the latest version of each last.
    kept: &'a [Weighting],
}

impl Page<'_> {
    /// What the address says.
    fn said(&self, name: &str) -> String {
        self.console.query.get(name).unwrap_or_default().trim().to_owned()
    }

    fn path(&self) -> String {
        format!("/console/surveys/{}/cross", self.survey.id)
    }

    /// Everything that the address says of the table.
    fn pairs(&self) -> Vec<(&'static str, String)> {
        let pair = |name: &'static str| Some((name, self.said(name))).filter(|(_, value)| !value.is_empty());
        NAMES.into_iter().filter_map(pair).collect()
    }

    /// What responses weigh, where the address names a weighting; or why they weigh nothing.
    async fn weights(&self) -> Result<Result<Option<Weights>, Element>, Refusal> {
        let name = self.said("weighting");
        let Some(latest) = self.kept.iter().rfind(|weighting| weighting.name == name) else {
            return Ok(Ok(None));
        };
        let margins: Vec<NamedMargin> = serde_json::from_str(&latest.margins).unwrap_or_default();
        match weigh(self.figures, &margins).await {
            Ok((weights, _)) => Ok(Ok(Some(weights))),
            Err(WeightsError::Cut(CutError::Figures(error))) => Err(crate::results::refusal(error)),
            Err(_) => {
                let said = &self.console.said;
                let path = format!("/console/surveys/{}/weights", self.survey.id);
                let why = link(&self.console.to(&path, &[("weighting", &name)]), said.get("weights"));
                let told = parts::refused(self.console, said.get("cross_no_weights"));
                Ok(Err(section(said.get("cross"), [told, el("p").child(why)])))
            }
        }
    }

    fn crossing(&self, (row, column): (Crossable, Crossable)) -> Crossing {
        Crossing {
            row,
            column,
            classes: (self.said("row_classes"), self.said("column_classes")),
            with_missing: self.said("missing") == "shown",
            lang: self.survey.language(&self.console.said.lang).to_owned(),
            own: self.console.said.lang.clone(),
            words: cut::words(self.console),
        }
    }

    fn respond(&self, status: StatusCode, shown: Option<Element>) -> Response {
        let said = &self.console.said;
        let survey = cut::to(self.console, &format!("/console/surveys/{}", self.survey.id), &[]);
        let back = el("p").class("q").child(link(&survey, self.survey.title.get(&said.lang)));
        let pairs = self.pairs();
        let pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let filter = cut::form(self.console, (self.survey, self.figures), &self.path(), &pairs);
        let asks = section(said.get("cross_which"), [self.form(), filter]);
        parts::page_with(
            self.console,
            status,
            said.get("cross"),
            None,
            [Some(back), shown, Some(asks)].into_iter().flatten().collect(),
        )
    }

    fn form(&self) -> Element {
        let said = &self.console.said;
        let all = crossable(self.figures);
        let named: Vec<(String, String)> =
            all.iter().map(|known| (known.name.clone(), self.name(known))).collect();
        let options: Vec<(&str, &str)> =
            named.iter().map(|(name, words)| (name.as_str(), words.as_str())).collect();
        let list = |name: &str, key: &str| select(name, said.get(key), &options, &self.said(name));
        let few = |name: &str, key: &str, words: &[(&str, &str)]| {
            select(name, said.get(key), words, &self.said(name))
        };
        let missing = [("", said.get("missing_out")), ("shown", said.get("missing_shown"))];
        let percent =
            [("", said.get("of_row")), ("column", said.get("of_column")), ("both", said.get("of_both"))];
        let weightings = weighting_names(self.kept);
        let named = weightings.iter().map(|name| (name.as_str(), name.as_str()));
        let weightings: Vec<(&str, &str)> = std::iter::once(("", said.get("no"))).chain(named).collect();
        let weighting = (weightings.len() > 1).then(|| few("weighting", "weighting", &weightings));
        let has_numbers = all.iter().any(Crossable::is_number);
        let classes = has_numbers.then(|| self.classes()).into_iter().flatten();
        el("form")
            .attr("method", "get")
            .attr("action", &self.path())
            .children(super::surveys::address(self.console))
            .children(cut::kept(self.console))
            .child(list("row", "cross_row"))
            .child(list("column", "cross_column"))
            .child(few("percent", "percentages", &percent))
            .child(few("missing", "without_answer", &missing))
            .children(weighting)
            .children(classes)
            .child(button(self.console, "next", "cross_button"))
    }

    /// Where classes of numbers begin.
    fn classes(&self) -> Vec<Element> {
        let said = &self.console.said;
        let field = |name: &'static str, key: &str| {
            Field {
                hint: Some(said.get("classes_hint")),
                value: &self.said(name),
                ..Field::text(name, said.get(key))
            }
            .element()
        };
        vec![field("row_classes", "row_classes"), field("column_classes", "column_classes")]
    }

    /// What something is called that can be crossed.
    fn name(&self, of: &Crossable) -> String {
        let said = &self.console.said;
        let own = match of.name.as_str() {
            "response_day" => "day",
            "response_week" => "week",
            "response_language" => "language",
            "response_channel" => "channel",
            "response_version" => "version",
            _ => "",
        };
        let label = of.label(self.figures, self.survey.language(&said.lang));
        label.unwrap_or_else(|| said.get(own).to_owned())
    }

    fn table(&self, names: (&str, &str), cut: &Cut, crossed: &Crossed) -> Element {
        let said = &self.console.said;
        let pairs = self.pairs();
        let pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let filter =
            (!cut.is_all()).then(|| cut::sentence(self.console, &self.path(), crossed.group, &pairs));
        let csv: Vec<(&str, &str)> = pairs.iter().copied().chain([("format", "csv")]).collect();
        let csv = cut::to(self.console, &self.path(), &csv);
        let save = el("p").child(link(&csv, said.get("save_csv")));
        let percent = self.said("percent");
        let inside = table::shown(self.console, names, crossed, &percent);
        section(
            &said.fill("crossed", &[("row", names.0), ("column", names.1)]),
            filter.into_iter().chain(inside).chain([save]),
        )
    }
}
