//! The weight of each response as a column, by margins that are kept with the survey ([`crate::cuts`]). It is worked out of
//! all responses, whichever of them are wanted.

use super::options::{OptionError, unknown};
use super::{Export, ExportError, rows};
use crate::cuts::{NamedMargin, Weights, weigh_rows};
use crate::store::{Position, Store, weighting_names};
use survey::Text;
use survey::columns::{Cell, Column, Measure, Part, Representation};
use survey::number::Number;

/// The name of the column.
const NAME: &str = "weight";

/// Responses read at a time.
const BATCH: usize = 500;

/// Weights by one version of a weighting.
#[derive(Debug)]
pub(super) struct Weighed {
    pub(super) version: u32,
    /// The margins with their sources, ready to be disclosed.
    pub(super) margins: String,
    weights: Weights,
}

/// The column.
pub(super) fn column() -> Column {
    let label = [("kk", "Салмағы"), ("ru", "Вес"), ("en", "Weight")];
    Column {
        name: NAME.to_owned(),
        question: NAME.to_owned(),
        part: Part::Answer,
        label: Text::Each(label.map(|(lang, text)| (lang.to_owned(), text.to_owned())).into()),
        row: None,
        entry: None,
        option: None,
        measure: Measure::Scale,
        representation: Representation::Decimal(6),
        negative: false,
        values: Vec::new(),
        width: None,
    }
}

impl Weighed {
    /// The weight of a response with these cells of answers.
    pub(super) fn cell(&self, cells: &[Cell]) -> Cell {
        let own: Vec<Cell> = self.weights.places.iter().map(|place| cells[*place].clone()).collect();
        #[expect(clippy::cast_possible_truncation, reason = "a weight is at most three")]
        let millionths = (self.weights.of(&own) * 1e6).round() as i64;
        Number::from_millionths(millionths).map_or(Cell::Missing(survey::Missing::Invalid), Cell::Number)
    }
}

/// Works out the weights by the latest version of a weighting.
pub(super) async fn of(export: &Export, store: &dyn Store, name: &str) -> Result<Weighed, ExportError> {
    let kept = store.weightings(&export.survey).await.map_err(ExportError::Store)?;
    let latest = kept.iter().rfind(|weighting| weighting.name == name);
    let latest = latest.ok_or_else(|| unknown("weighting", name, &weighting_names(&kept), ""))?;
    let margins: Vec<NamedMargin> = serde_json::from_str(&latest.margins).unwrap_or_default();
    let place = |margin: &NamedMargin| {
        let columns = export.table.columns().iter();
        columns.into_iter().position(|column| column.name.eq_ignore_ascii_case(&margin.column))
    };
    let places: Option<Vec<usize>> = margins.iter().map(place).collect();
    let places = places.ok_or_else(|| refused(name))?;
    let rows = rows_of(export, store, &places).await?;
    let (weights, _) = weigh_rows(&rows, &margins, places).map_err(|_| refused(name))?;
    let source = |margin: &NamedMargin| format!("{} ({}, {})", margin.column, margin.source, margin.date);
    let margins = margins.iter().map(source).collect::<Vec<_>>().join("; ");
    Ok(Weighed { version: latest.version, margins, weights })
}

fn refused(name: &str) -> OptionError {
    OptionError(format!(
        "weighting: the margins of \"{name}\" give no weights for these responses; the console says why."
    ))
}

/// The cells of these columns of all responses there are. Others have their turn between batches.
async fn rows_of(
    export: &Export,
    store: &dyn Store,
    places: &[usize],
) -> Result<Vec<Vec<Cell>>, ExportError> {
    let (mut after, last) = (Position::default(), export.extent.last);
    let mut all = Vec::new();
    while after < last {
        let batch = store.responses(&export.survey, after, BATCH).await.map_err(ExportError::Store)?;
        for response in batch.iter().take_while(|response| response.position <= last) {
            let (cells, _) = rows::answers(export, response).ok_or_else(|| rows::misfit(response))?;
            all.push(places.iter().map(|place| cells[*place].clone()).collect());
        }
        match batch.last() {
            Some(read) if batch.len() == BATCH => after = read.position,
            _ => break,
        }
        tokio::task::yield_now().await;
    }
    Ok(all)
}
