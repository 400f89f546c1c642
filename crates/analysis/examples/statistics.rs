//! The statistics of data given as JSON on standard input, as JSON on standard output: what `tests/readers/test_statistics.py`
//! compares with other people's software.

use analysis::agreement::{agreement, alpha};
use analysis::crosstab::{Crosstab, chi_square_tail};
use analysis::disclosure::{Rule, line, two_way};
use analysis::filter::Filter;
use analysis::summary::{Figures, summaries};
use analysis::variable::Variable;
use analysis::weights::{Margin, Purpose, Refusal, Weighted, rake};
use analysis::{Counts, shape, shapes};
use serde::Deserialize;
use serde_json::{Value, json};
use std::error::Error;
use survey::columns::{Cell, Table};
use survey::number::Number;
use survey::{Missing, Survey};

/// What is given. Codes below zero are missing values.
#[derive(Deserialize)]
struct Given {
    /// Answers on a scale from 0 to 10.
    codes: Vec<i64>,
    /// Numbers, in millionths.
    millionths: Vec<i64>,
    /// Columns of codes, to be crossed: the first by the second.
    crossed: [Vec<i64>; 2],
    /// Columns of codes with their margins.
    raked: Vec<Vec<i64>>,
    margins: Vec<Margin>,
    /// Codes that two coders gave, and any number of coders.
    pairs: Vec<(i64, i64)>,
    units: Vec<Vec<i64>>,
    /// Chi-square statistics with their degrees of freedom.
    tails: Vec<(f64, u64)>,
    /// Counts to be protected.
    lines: Vec<Vec<u64>>,
    tables: Vec<Vec<Vec<u64>>>,
    least: u64,
}

fn main() -> Result<(), Box<dyn Error>> {
    let given: Given = serde_json::from_reader(std::io::stdin())?;
    let rule = Rule::INTERNAL.raised_to(given.least);
    let crossed = crossed(&given.crossed);
    let raked = match raked(&given) {
        Ok(weighted) => serde_json::to_value(weighted)?,
        Err(refusal) => json!({ "refused": serde_json::to_value(refusal)? }),
    };
    let told = json!({
        "summaries": summed(&given.codes, &given.millionths)?,
        "crosstab": serde_json::to_value(&crossed)?,
        "figures": figures(&crossed)?,
        "raked": raked,
        "agreement": serde_json::to_value(agreement(&given.pairs))?,
        "alpha": alpha(&given.units),
        "tails": given.tails.iter().map(|(x, freedom)| chi_square_tail(*x, *freedom)).collect::<Vec<_>>(),
        "lines": given.lines.iter().map(|counts| line(counts, rule, false).cells).collect::<Vec<_>>(),
        "tables": given.tables.iter().map(|counts| two_way(counts, rule, false).ok()).collect::<Vec<_>>(),
    });
    serde_json::to_writer(std::io::stdout(), &told)?;
    Ok(())
}

fn cell(code: i64) -> Cell {
    Missing::of_code(code).map_or(Cell::Code(code), Cell::Missing)
}

/// The figures of a scale and of numbers, through a survey that asks for both.
fn summed(codes: &[i64], millionths: &[i64]) -> Result<Vec<Value>, Box<dyn Error>> {
    let definition = json!({"format": 1, "id": "s", "languages": ["en"], "title": "S", "pages": [{"id": "p", "questions": [
        {"name": "a", "type": "nps", "text": "?", "low": "no", "high": "yes"},
        {"name": "b", "type": "scale", "text": "?", "from": 0, "to": 10, "low": "no", "high": "yes"},
        {"name": "n", "type": "number", "text": "?", "places": 6},
    ]}]});
    let survey = Survey::read(&definition.to_string()).map_err(|faults| format!("{faults:?}"))?;
    let table = Table::of(&[&survey]);
    let shapes = shapes(table.columns(), &shape::types(&definition));
    let mut counts = Counts::of(table.columns(), &shapes);
    for (code, millionths) in codes.iter().zip(millionths) {
        let number =
            Number::from_millionths(*millionths).map_or(Cell::Missing(Missing::Invalid), Cell::Number);
        counts.add(table.columns(), &shapes, &[cell(*code), cell(*code), number]);
    }
    let told =
        summaries(table.columns(), &shapes, &counts).into_iter().map(|summary| match summary.figures {
            Figures::Nps(nps) => serde_json::to_value(nps),
            Figures::Scale(scale) => serde_json::to_value(scale),
            figures => serde_json::to_value(figures),
        });
    Ok(told.collect::<Result<_, _>>()?)
}

fn crossed([down, across]: &[Vec<i64>; 2]) -> Crosstab {
    let rows: Vec<Vec<Cell>> = down.iter().zip(across).map(|(a, b)| vec![cell(*a), cell(*b)]).collect();
    let variable = |column: usize, values: &[i64]| {
        let mut codes: Vec<i64> = values.iter().copied().filter(|code| *code >= 0).collect();
        codes.sort_unstable();
        codes.dedup();
        Variable::Codes { column, codes }
    };
    Crosstab::of(&rows, &variable(0, down), &variable(1, across), &Filter::all(), None)
}

fn figures(table: &Crosstab) -> Result<Vec<Value>, serde_json::Error> {
    let cells =
        (0..table.rows.len()).flat_map(|row| (0..table.columns.len()).map(move |column| (row, column)));
    cells.map(|(row, column)| serde_json::to_value(table.figure(row, column))).collect()
}

fn raked(given: &Given) -> Result<Weighted, Refusal> {
    let people = given.raked.first().map_or(0, Vec::len);
    let rows: Vec<Vec<Cell>> =
        (0..people).map(|row| given.raked.iter().map(|column| cell(column[row])).collect()).collect();
    rake(&rows, &given.margins, Purpose::Population)
}
