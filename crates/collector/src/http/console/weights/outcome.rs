//! What comes of margins: how much the weights cost and what they change, or why there are none and what to do.

use super::super::cut::hidden_count;
use super::super::guard::Console;
use super::super::markup::{Element, el};
use super::super::parts::{cell, link, section, table};
use super::{Page, margin};
use crate::cuts::{CutError, NamedMargin, RULE, Weights, beside};
use crate::export::labels;
use crate::refusal::Refusal;
use crate::results;
use analysis::disclosure::{line, percent};
use analysis::weights::{Refusal as NoWeights, Weighted};

/// The weights, and every question with and without them.
pub(super) async fn shown(
    page: &Page<'_>,
    weights: &Weights,
    weighted: &Weighted,
) -> Result<Vec<Element>, Refusal> {
    let said = &page.console.said;
    let questions = beside(&page.figures, weights).await.map_err(|error| match error {
        CutError::Figures(error) => results::refusal(error),
        other => Refusal::internal("weighted shares cannot be counted", &other),
    })?;
    let file = format!("/api/v1/surveys/{}/export?format=csv-excel&weighting={}", page.survey.id, page.name);
    let file = el("p").child(link(&file, said.get("download_weighted")));
    let collapsed = weighted.collapsed.iter().map(|(column, from, into)| {
        let name = page.margins().get(*column).map(|margin| margin.column.clone()).unwrap_or_default();
        let label = |code: i64| margin::label(&page.figures, page.lang(), (&name, code));
        el("p").text(&said.fill("collapsed", &[("from", &label(*from)), ("into", &label(*into))]))
    });
    let statement = el("p").text(&statement(page));
    let inside = std::iter::once(figures(page.console, weighted)).chain(collapsed).chain([statement, file]);
    let outcome = section(said.get("weights_outcome"), inside);
    let tables = questions.iter().map(|question| of_question(page, question)).collect::<Vec<_>>();
    Ok(vec![outcome, section(said.get("weighted_beside"), tables)])
}

fn figures(console: &Console, weighted: &Weighted) -> Element {
    let said = &console.said;
    let bound = |pick: fn(f64, f64) -> f64| weighted.weights.iter().copied().reduce(pick).unwrap_or(1.0);
    let rows = [
        ("weights_n", said.number(weighted.weights.len() as u64)),
        ("weights_effective", said.decimal(weighted.cost.effective, 0)),
        ("weights_deff", said.decimal(weighted.cost.design_effect, 2)),
        ("weights_efficiency", said.percentage(100.0 * weighted.cost.efficiency)),
        ("weights_least", said.decimal(bound(f64::min), 2)),
        ("weights_most", said.decimal(bound(f64::max), 2)),
        ("weights_trimmed", said.number(weighted.trimmed)),
        ("weights_error", said.decimal(100.0 * weighted.error, 4)),
        ("weights_iterations", said.number(weighted.iterations.into())),
    ];
    let rows = rows.into_iter().map(|(key, value)| vec![cell(said.get(key)), cell(&value)]).collect();
    table(said.get("weights_outcome"), &[said.get("figure"), said.get("value")], rows)
}

/// What is to be disclosed with weighted figures.
fn statement(page: &Page<'_>) -> String {
    let said = &page.console.said;
    let sources: Vec<String> = page
        .margins()
        .iter()
        .map(|margin| {
            let question = margin::question(&page.figures, page.lang(), &margin.column);
            format!("{question} ({}, {})", margin.source, margin.date)
        })
        .collect();
    said.fill("weights_statement", &[("margins", &sources.join("; "))])
}

/// One question: the unweighted count always stands beside the weighted share.
fn of_question(page: &Page<'_>, question: &crate::cuts::Weighed) -> Element {
    let said = &page.console.said;
    let column = &page.figures.columns()[question.place];
    let name = labels::column(column, page.lang());
    let counts: Vec<u64> = question.shares.iter().map(|share| share.count).collect();
    let told = line(&counts, RULE, false);
    let rows = question.shares.iter().zip(&told.cells).map(|(share, count)| {
        let label = cell(&margin::label(&page.figures, page.lang(), (&column.name, share.code)));
        let Some(count) = count else {
            return vec![label, hidden_count(page.console), cell(""), cell("")];
        };
        let unweighted = percent(*count, question.base);
        let weighted = unweighted.map(|_| said.percentage(100.0 * share.share)).unwrap_or_default();
        let unweighted = unweighted.map(|it| said.percentage(it)).unwrap_or_default();
        vec![label, cell(&said.number(*count)), cell(&unweighted), cell(&weighted)]
    });
    let heads = ["of_which", "responses", "unweighted", "weighted"].map(|key| said.get(key));
    el("div").child(el("h3").text(&name)).child(table(&name, &heads, rows.collect()))
}

/// Why there are no weights, and what to do.
pub(super) fn refused(page: &Page<'_>, margins: &[NamedMargin], refusal: &NoWeights) -> String {
    let said = &page.console.said;
    let named = |column: usize| margins.get(column).map(|margin| margin.column.clone()).unwrap_or_default();
    let question = |column: usize| margin::question(&page.figures, page.lang(), &named(column));
    let category =
        |column: usize, code: i64| margin::label(&page.figures, page.lang(), (&named(column), code));
    match refusal {
        NoWeights::PageFeedback => said.get("weights_page_feedback").to_owned(),
        NoWeights::Nothing => said.get("weights_nothing").to_owned(),
        NoWeights::NoSource { .. } => said.get("weights_no_source").to_owned(),
        NoWeights::BadSum { .. } => said.get("weights_share_bad").to_owned(),
        NoWeights::EmptyCategory { column, code } => said.fill(
            "weights_empty",
            &[("question", &question(*column)), ("category", &category(*column, *code))],
        ),
        NoWeights::UnknownCategory { column, code } => said.fill(
            "weights_unknown",
            &[("question", &question(*column)), ("category", &category(*column, *code))],
        ),
        NoWeights::SmallCategory { column, code, .. } => said.fill(
            "weights_small",
            &[("question", &question(*column)), ("category", &category(*column, *code))],
        ),
        NoWeights::Missing { column, .. } => {
            said.fill("weights_missing", &[("question", &question(*column))])
        }
        NoWeights::NotConverged { error, iterations } => {
            let (error, iterations) = (said.decimal(100.0 * error, 2), said.number((*iterations).into()));
            said.fill("weights_not_converged", &[("error", &error), ("n", &iterations)])
        }
    }
}
