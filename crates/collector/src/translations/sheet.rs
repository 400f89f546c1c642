//! The table that goes to translators and comes back: its headings, and what its cells mean.

use super::catalogue::{Catalogue, Row, is_tag};
use anyhow::{Result, bail, ensure};

pub(super) const KEY: &str = "key";
pub(super) const PLACE: &str = "where";
pub(super) const WHAT: &str = "what";
pub(super) const NOTE: &str = "note";
const SOURCE: &str = "source:";
const STATE: &str = " state";

/// Rows above the headings that somebody may have put there.
const ABOVE: usize = 20;

/// A column of the table that goes out.
#[derive(Debug)]
pub(super) enum Column<'a> {
    Key,
    Place,
    What,
    Source(&'a str),
    Text(&'a str),
    State(&'a str),
    Note,
}

impl Column<'_> {
    /// The columns of a table with these target languages.
    pub(super) fn all<'a>(source: &'a str, languages: &'a [String]) -> Vec<Column<'a>> {
        let pairs = languages.iter().flat_map(|tag| [Column::Text(tag), Column::State(tag)]);
        let first = [Column::Key, Column::Place, Column::What, Column::Source(source)];
        first.into_iter().chain(pairs).chain([Column::Note]).collect()
    }

    pub(super) fn heading(&self) -> String {
        match self {
            Self::Key => KEY.to_owned(),
            Self::Place => PLACE.to_owned(),
            Self::What => WHAT.to_owned(),
            Self::Source(tag) => format!("{SOURCE} {tag}"),
            Self::Text(tag) => (*tag).to_owned(),
            Self::State(tag) => format!("{tag}{STATE}"),
            Self::Note => NOTE.to_owned(),
        }
    }

    /// The cell of a text.
    pub(super) fn cell(&self, catalogue: &Catalogue, row: &Row) -> String {
        match self {
            Self::Key => row.entry.key.clone(),
            Self::Place => row.entry.path.clone(),
            Self::What => row.what(),
            Self::Source(_) => catalogue.source_of(row).to_owned(),
            Self::Text(tag) => row.get(tag).unwrap_or_default().to_owned(),
            Self::State(tag) => catalogue.state(row, tag).word().to_owned(),
            Self::Note => catalogue.note(row),
        }
    }
}

/// A cell as it came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Cell {
    Text(String),
    /// A program made something else of what was typed, and this names what.
    Lost(&'static str),
}

impl Cell {
    fn text(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Lost(_) => "",
        }
    }
}

/// A table that came back.
#[derive(Debug)]
pub(crate) struct Sheet {
    /// The language of its source texts.
    pub(crate) source: String,
    /// The languages that it has a column for.
    pub(crate) languages: Vec<String>,
    pub(crate) lines: Vec<Line>,
}

/// One row of it.
#[derive(Debug)]
pub(crate) struct Line {
    /// The number that a spreadsheet shows beside it.
    pub(crate) number: usize,
    pub(crate) key: String,
    pub(crate) source: String,
    /// One cell for each language of the sheet.
    pub(crate) cells: Vec<Cell>,
    /// What its state column says, for each language of the sheet.
    pub(crate) states: Vec<String>,
}

/// Where the columns of a table that came back are, in whatever order.
struct Layout {
    key: usize,
    source: (usize, String),
    /// Language, its column, the column of its state.
    languages: Vec<(String, usize, Option<usize>)>,
}

impl Sheet {
    /// Finds the headings among the first rows and reads what stands below them; `None` when there are none.
    pub(super) fn read(rows: &[Vec<Cell>]) -> Result<Option<Self>> {
        let is_heading = |row: &Vec<Cell>| row.iter().any(|cell| heading(cell) == KEY);
        let Some(top) = rows.iter().take(ABOVE).position(is_heading) else { return Ok(None) };
        let layout = Layout::read(&rows[top])?;
        let lines = rows.iter().enumerate().skip(top + 1);
        let lines = lines.filter_map(|(index, row)| layout.line(index + 1, row)).collect();
        let languages = layout.languages.into_iter().map(|(tag, ..)| tag).collect();
        Ok(Some(Self { source: layout.source.1, languages, lines }))
    }
}

impl Layout {
    fn read(headings: &[Cell]) -> Result<Self> {
        let headings: Vec<String> = headings.iter().map(heading).collect();
        let find = |wanted: &str| headings.iter().position(|heading| heading == wanted);
        let source = headings.iter().enumerate().find_map(|(index, heading)| {
            heading.strip_prefix(SOURCE).map(|tag| (index, tag.trim().to_owned()))
        });
        let (Some(key), Some(source)) = (find(KEY), source) else {
            bail!(
                "the sheet has no column \"{SOURCE} …\" with the source texts, without which nobody can tell whether \
                 a translation is of today's text: export it again and keep that column"
            );
        };
        let mut languages: Vec<(String, usize, Option<usize>)> = Vec::new();
        for (index, tag) in headings.iter().enumerate().filter(|(_, heading)| is_tag(heading)) {
            ensure!(
                languages.iter().all(|(other, ..)| other != tag),
                "the sheet has two columns \"{tag}\": take one away"
            );
            languages.push((tag.clone(), index, find(&format!("{tag}{STATE}"))));
        }
        ensure!(!languages.is_empty(), "the sheet has no column with translations, such as \"ru\"");
        Ok(Self { key, source, languages })
    }

    /// A row without a key is somebody's remark.
    fn line(&self, number: usize, row: &[Cell]) -> Option<Line> {
        let at = |index: usize| row.get(index).cloned().unwrap_or(Cell::Text(String::new()));
        let key = at(self.key).text().trim().to_owned();
        let line = || Line {
            number,
            source: normal(at(self.source.0).text()),
            cells: self.languages.iter().map(|(_, index, _)| normal_cell(at(*index))).collect(),
            states: self
                .languages
                .iter()
                .map(|(.., state)| state.map_or_else(String::new, |at_| heading(&at(at_))))
                .collect(),
            key: key.clone(),
        };
        (!key.is_empty()).then(line)
    }
}

/// A heading without what people change about headings.
fn heading(cell: &Cell) -> String {
    cell.text().trim().to_lowercase()
}

fn normal_cell(cell: Cell) -> Cell {
    match cell {
        Cell::Text(text) => Cell::Text(normal(&text)),
        lost @ Cell::Lost(_) => lost,
    }
}

/// A text without the line breaks of other systems and without white space around it.
pub(super) fn tidy(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").trim().to_owned()
}

/// A text without what programs add, and without the guard of [`guard`].
pub(super) fn normal(text: &str) -> String {
    let text = tidy(text);
    let unguarded = text.strip_prefix('\'').filter(|rest| is_formula_like(rest.trim_start_matches('\'')));
    unguarded.unwrap_or(&text).to_owned()
}

/// A text as it can stand in a CSV file: one that a spreadsheet would take for a formula gets an apostrophe, which
/// [`normal`] takes away again.
pub(super) fn guard(text: &str) -> String {
    match is_formula_like(text.trim_start_matches('\'')) {
        true => format!("'{text}"),
        false => text.to_owned(),
    }
}

/// A text as it can stand in a cell that is marked as text: only an apostrophe that looks like our guard is guarded.
pub(super) fn guard_apostrophe(text: &str) -> String {
    if text.starts_with('\'') { guard(text) } else { text.to_owned() }
}

fn is_formula_like(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guarded_text_comes_back_as_it_was() {
        for text in ["=1+1", "+7 701", "-5", "@a", "'=1", "''-5", "'word'", "–5", "", "1-2"] {
            assert_eq!(normal(&guard(text)), text);
            assert_eq!(normal(&guard_apostrophe(text)), text);
            assert!(!guard(text).starts_with(['=', '+', '-', '@']));
        }
        assert_eq!(guard_apostrophe("=1+1"), "=1+1");
    }

    #[test]
    fn headings_are_found_below_a_remark_and_in_any_order_and_case() {
        let row =
            |cells: &[&str]| cells.iter().map(|cell| Cell::Text((*cell).to_owned())).collect::<Vec<_>>();
        let rows = [
            row(&["Please by Friday"]),
            row(&["RU", "Key ", "comment", "Source: kk", "ru state"]),
            row(&["Да\r\nда", "title", "x", "Иә", "Done"]),
            row(&["", "", "a remark"]),
        ];
        let sheet = Sheet::read(&rows).unwrap().unwrap();
        assert_eq!((sheet.source.as_str(), sheet.languages.as_slice()), ("kk", ["ru".to_owned()].as_slice()));
        assert_eq!(sheet.lines.len(), 1);
        let line = &sheet.lines[0];
        assert_eq!((line.number, line.key.as_str(), line.source.as_str()), (3, "title", "Иә"));
        assert_eq!((&line.cells[0], line.states[0].as_str()), (&Cell::Text("Да\nда".to_owned()), "done"));
    }

    #[test]
    fn a_sheet_without_source_texts_is_refused() {
        let rows = [vec![Cell::Text("key".to_owned()), Cell::Text("ru".to_owned())]];
        assert!(Sheet::read(&rows).unwrap_err().to_string().contains("\"source: …\""));
        assert!(Sheet::read(&[]).unwrap().is_none());
    }
}
