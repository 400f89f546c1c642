//! A table of two questions: with its picture above it, what must be said beneath it, and as a file for Excel.

use super::super::cut::hidden_count;
use super::super::guard::Console;
use super::super::markup::{Element, el};
use super::super::parts::{captioned, cell};
use crate::cuts::{Crossed, RULE};
use analysis::chart::{self, Bar, Caption, Series};
use analysis::crosstab::{Chi, Figure, Shown, Validity};
use analysis::disclosure::Why;
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

/// From this adjusted residual on a cell stands out.
const STANDS_OUT: f64 = 2.0;

/// Stacks in a picture at most.
const MOST_STACKS: usize = 24;

/// The table with its picture, or why it is withheld.
pub(super) fn shown(
    console: &Console,
    names: (&str, &str),
    crossed: &Crossed,
    percent: &str,
) -> Vec<Element> {
    let shown = match &crossed.table {
        Ok(shown) => shown,
        Err(why) => return vec![el("p").text(&withheld(console, *why))],
    };
    let told = Told { console, crossed, shown };
    let mut all: Vec<Element> = told.picture(names).into_iter().collect();
    all.push(told.table(names, percent));
    all.push(el("ul").children(told.notes().iter().map(|note| el("li").text(note))));
    all
}

fn withheld(console: &Console, why: Why) -> String {
    let least = RULE.least().to_string();
    let key = match why {
        Why::FewAnswers => "cross_few",
        Why::NothingLeft | Why::WholeGroup => "cross_nothing",
    };
    console.said.fill(key, &[("least", &least)])
}

/// A table that is shown.
struct Told<'a> {
    console: &'a Console,
    crossed: &'a Crossed,
    shown: &'a Shown,
}

impl Told<'_> {
    /// The rows that are told, by their places.
    fn rows(&self) -> Vec<usize> {
        let is_told =
            |row: &usize| self.crossed.rows.is_told(&self.shown.rows[*row], self.shown.row_bases[*row]);
        (0..self.shown.rows.len()).filter(is_told).collect()
    }

    fn columns(&self) -> Vec<usize> {
        let is_told = |column: &usize| {
            self.crossed.columns.is_told(&self.shown.columns[*column], self.shown.column_bases[*column])
        };
        (0..self.shown.columns.len()).filter(is_told).collect()
    }

    fn row_label(&self, row: usize) -> String {
        self.crossed.rows.label(&self.shown.rows[row])
    }

    fn column_label(&self, column: usize) -> String {
        self.crossed.columns.label(&self.shown.columns[column])
    }

    /// A stack for each row, where the columns share everybody out.
    fn picture(&self, (row, column): (&str, &str)) -> Option<Element> {
        let said = &self.console.said;
        if self.crossed.columns.is_several || self.rows().len() > MOST_STACKS {
            return None;
        }
        let bar = |row: usize, column: usize| Bar {
            label: self.column_label(column),
            count: self.shown.cells[row][column].map(|figure| figure.count),
            percent: self.shown.cells[row][column].and_then(|figure| figure.of_row),
        };
        let series = |row: usize| Series {
            label: self.row_label(row),
            bars: self.columns().into_iter().map(|column| bar(row, column)).collect(),
        };
        let series: Vec<Series> = self.rows().into_iter().map(series).collect();
        let title = said.fill("crossed", &[("row", row), ("column", column)]);
        let caption = Caption { id: "cross", title: &title, description: said.get("cross_picture") };
        let picture = chart::stack(caption, &series, said);
        Some(el("div").class("results").drawn(&format!("<figure>{picture}</figure>")))
    }

    fn table(&self, (row, column): (&str, &str), percent: &str) -> Element {
        let said = &self.console.said;
        let title = said.fill("crossed", &[("row", row), ("column", column)]);
        let columns = self.columns();
        let labels: Vec<String> = columns.iter().map(|column| self.column_label(*column)).collect();
        let heads: Vec<&str> = std::iter::once(row)
            .chain(labels.iter().map(String::as_str))
            .chain([said.get("cross_all")])
            .collect();
        let of_row = |row: usize| {
            let cells = columns.iter().map(|column| self.cell(self.shown.cells[row][*column], percent));
            let head = cell(&self.row_label(row));
            std::iter::once(head).chain(cells).chain([self.base(self.shown.row_bases[row])]).collect()
        };
        let bases = columns.iter().map(|column| self.base(self.shown.column_bases[*column]));
        let all = cell(said.get("cross_all"));
        let last = std::iter::once(all).chain(bases).chain([self.base(self.shown.base)]).collect();
        let rows: Vec<Vec<Element>> = self.rows().into_iter().map(of_row).chain([last]).collect();
        captioned(el("caption").text(&title), &title, &heads, rows)
    }

    fn base(&self, base: Option<u64>) -> Element {
        base.map_or_else(|| hidden_count(self.console), |base| cell(&self.console.said.number(base)))
    }

    /// The count, the percentages that are asked for, and whether it stands out: by a sign and not by colour alone (WCAG
    /// 2.2, 1.4.1).
    fn cell(&self, figure: Option<Figure>, percent: &str) -> Element {
        let said = &self.console.said;
        let Some(figure) = figure else { return hidden_count(self.console) };
        let percents = match percent {
            "column" => vec![figure.of_column],
            "both" => vec![figure.of_row, figure.of_column],
            _ => vec![figure.of_row],
        };
        let percents: Vec<String> = percents.into_iter().flatten().map(|it| said.percentage(it)).collect();
        let lines = (!percents.is_empty()).then(|| percents.join(" / "));
        let stands_out = figure.residual.filter(|residual| residual.abs() >= STANDS_OUT);
        el("span")
            .child(el("b").text(&said.number(figure.count)))
            .children(lines.map(|text| el("span").class("line").text(&text)))
            .children(stands_out.map(|residual| self.residual(residual)))
    }

    fn residual(&self, residual: f64) -> Element {
        let said = &self.console.said;
        let (sign, key) =
            if residual > 0.0 { ("▲", "more_than_expected") } else { ("▼", "fewer_than_expected") };
        el("span")
            .class("line")
            .child(el("span").attr("aria-hidden", "true").text(&format!("{sign} ")))
            .child(el("span").class("spoken").text(&format!("{}: ", said.get(key))))
            .child(el("span").text(&said.decimal(residual, 1)))
    }

    /// What must be said with the table.
    fn notes(&self) -> Vec<String> {
        let said = &self.console.said;
        let least = RULE.least().to_string();
        let several = self.crossed.rows.is_several || self.crossed.columns.is_several;
        let mut notes = self.who();
        notes.extend(self.crossed.is_weighted.then(|| said.get("cross_weighted").to_owned()));
        notes.push(said.get("cross_percent").to_owned());
        notes.extend(several.then(|| said.get("cross_several").to_owned()));
        let hides = self.shown.cells.iter().flatten().any(Option::is_none);
        notes.extend(hides.then(|| said.fill("cross_hidden", &[("least", &least)])));
        notes.push(self.test());
        let has_residuals = !several && !self.crossed.is_weighted && self.shown.base.is_some();
        notes.extend(has_residuals.then(|| said.get("cross_residuals").to_owned()));
        notes
    }

    /// Who is in the table, and who is not; where those are few, that it is not told.
    fn who(&self) -> Vec<String> {
        let said = &self.console.said;
        let (Some(base), Some(left_out)) = (self.shown.base, self.shown.left_out) else {
            return vec![said.get("cross_few_left_out").to_owned()];
        };
        let told = |key: &str, count: u64| said.fill(key, &[("n", &said.number(count))]);
        let left_out = (left_out > 0).then(|| told("cross_left_out", left_out));
        std::iter::once(told("cross_base", base)).chain(left_out).collect()
    }

    /// Pearson's test, or why there is none.
    fn test(&self) -> String {
        let said = &self.console.said;
        match self.shown.chi {
            None => said.get("no_test_hidden").to_owned(),
            Some(Ok(Chi { statistic, freedom, p, v })) => {
                let is_tiny = p < 0.001;
                let p = said.decimal(p.max(0.001), 3);
                let p = if is_tiny { format!("< {p}") } else { format!("= {p}") };
                let (statistic, v, df) =
                    (said.decimal(statistic, 2), said.decimal(v, 2), said.number(freedom));
                said.fill("test", &[("x", &statistic), ("df", &df), ("p", &p), ("v", &v)])
            }
            Some(Err(Validity::Empty)) => said.get("no_test_empty").to_owned(),
            Some(Err(Validity::SeveralResponses)) => said.get("no_test_several").to_owned(),
            Some(Err(Validity::Weighted)) => said.get("no_test_weighted").to_owned(),
            Some(Err(Validity::SmallExpected { below_five, .. })) => {
                said.fill("no_test_small", &[("share", &said.percentage(100.0 * below_five))])
            }
        }
    }

    /// Every cell with all that is said of it, row by row, then the bases.
    fn lines(&self, (row, column): (&str, &str)) -> Vec<Vec<String>> {
        let said = &self.console.said;
        let heads = ["cross_count", "of_row", "of_column", "residual"].map(|key| said.get(key).to_owned());
        let mut lines = vec![[row.to_owned(), column.to_owned()].into_iter().chain(heads).collect()];
        for row in self.rows() {
            for column in self.columns() {
                let place = [self.row_label(row), self.column_label(column)];
                let figure = self.shown.cells[row][column];
                let number = |number: Option<f64>, places: usize| {
                    number.map(|number| format!("{number:.places$}").replace('.', ",")).unwrap_or_default()
                };
                let said_of = match figure {
                    None => {
                        [said.get("hidden_count").to_owned(), String::new(), String::new(), String::new()]
                    }
                    Some(it) => [
                        it.count.to_string(),
                        number(it.of_row, 1),
                        number(it.of_column, 1),
                        number(it.residual, 2),
                    ],
                };
                lines.push(place.into_iter().chain(said_of).collect());
            }
        }
        lines
    }
}

/// The table as a file that Excel opens by a double click, with what must be said of it at its end.
pub(super) fn file(console: &Console, survey: &str, names: (&str, &str), crossed: &Crossed) -> Response {
    let lines = match &crossed.table {
        Ok(shown) => {
            let told = Told { console, crossed, shown };
            let notes = told.notes().into_iter().map(|note| vec![note]);
            told.lines(names).into_iter().chain(std::iter::once(vec![])).chain(notes).collect()
        }
        Err(why) => vec![vec![withheld(console, *why)]],
    };
    let body = crate::export::for_excel(&lines);
    let name = format!("attachment; filename=\"{survey}-table.csv\"");
    let name = HeaderValue::from_str(&name).unwrap_or(HeaderValue::from_static("attachment"));
    let about = [
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8")),
        (CONTENT_DISPOSITION, name),
    ];
    (about, body).into_response()
}
