//! Decides, cell by cell, what of a sheet is taken over into a definition. What is doubtful is refused and named.

use super::catalogue::{Catalogue, Row, State};
use super::sheet::{Cell, Line, Sheet, tidy};
use anyhow::{Result, ensure};
use std::collections::{BTreeMap, HashMap, HashSet};
use survey::Text;
use survey::texts::{list, placeholders, stamp};

/// Keys at least so alike are taken for one that was mistyped.
const ALIKE: f64 = 0.7;

/// What becomes of a sheet.
#[derive(Debug, Default)]
pub(crate) struct Merge {
    /// The new state of each text that changes, by its index in the catalogue.
    pub(crate) rows: BTreeMap<usize, Row>,
    /// Translations taken over.
    pub(crate) taken: usize,
    /// Stale translations that the translator has marked as done.
    pub(crate) confirmed: usize,
    pub(crate) unchanged: usize,
    /// Cells without a text.
    pub(crate) empty: usize,
    pub(crate) refused: Vec<Refused>,
    pub(crate) unknown: Vec<Unknown>,
    /// Languages with texts in the sheet that the survey does not name.
    pub(crate) unnamed: Vec<String>,
    /// Keys of the definition that the sheet does not have.
    pub(crate) absent: Vec<String>,
}

/// A cell that was not taken over.
#[derive(Debug)]
pub(crate) struct Refused {
    /// The number of its row in the sheet.
    pub(crate) line: usize,
    pub(crate) key: String,
    pub(crate) language: String,
    pub(crate) why: String,
}

/// A key that no text of the definition has.
#[derive(Debug)]
pub(crate) struct Unknown {
    pub(crate) line: usize,
    pub(crate) key: String,
    pub(crate) nearest: Option<String>,
}

/// What the cells of one row stand for.
struct Target<'a> {
    line: &'a Line,
    index: usize,
    row: &'a Row,
}

impl Merge {
    /// Merges a sheet into a catalogue, whose languages are those that may be written.
    ///
    /// # Errors
    /// The sheet was translated from another language.
    pub(crate) fn of(catalogue: &Catalogue, sheet: &Sheet) -> Result<Self> {
        let source = catalogue.source();
        ensure!(
            sheet.source == source,
            "the sheet was translated from \"{}\", but the first of the survey's \"languages\" is \"{source}\": \
             export it again",
            sheet.source
        );
        let mut merge = Self::default();
        let places: HashMap<&str, usize> =
            catalogue.rows.iter().enumerate().map(|(index, row)| (row.entry.key.as_str(), index)).collect();
        for line in merge.unambiguous(sheet) {
            match places.get(line.key.as_str()) {
                Some(&index) => {
                    let target = Target { line, index, row: &catalogue.rows[index] };
                    merge.line(catalogue, sheet, &target);
                }
                None => merge.unknown.push(unknown(line, catalogue)),
            }
        }
        merge.unnamed = unnamed(catalogue, sheet);
        let known: HashSet<&str> = sheet.lines.iter().map(|line| line.key.as_str()).collect();
        let absent =
            catalogue.rows.iter().map(|row| &row.entry.key).filter(|key| !known.contains(key.as_str()));
        merge.absent = absent.cloned().collect();
        Ok(merge)
    }

    /// The rows of a sheet, each key once. Where rows of one key differ nobody can tell which is meant: they are refused.
    fn unambiguous<'a>(&mut self, sheet: &'a Sheet) -> Vec<&'a Line> {
        let mut of_key: HashMap<&str, Vec<&Line>> = HashMap::new();
        for line in &sheet.lines {
            of_key.entry(&line.key).or_default().push(line);
        }
        let mut lines = Vec::new();
        for line in &sheet.lines {
            let all = &of_key[line.key.as_str()];
            let agree = all.iter().all(|other| other.cells == line.cells && other.source == line.source);
            if !agree {
                let numbers: Vec<String> = all.iter().map(|line| line.number.to_string()).collect();
                let why =
                    format!("the key stands in rows {} with different texts: keep one", numbers.join(", "));
                self.refuse(line, "", why);
            } else if all[0].number == line.number {
                lines.push(line);
            }
        }
        lines
    }

    fn line(&mut self, catalogue: &Catalogue, sheet: &Sheet, target: &Target<'_>) {
        let named = |tag: &String| tag != catalogue.source() && catalogue.languages.contains(tag);
        let cells = sheet.languages.iter().zip(&target.line.cells).zip(&target.line.states);
        for ((tag, cell), state) in cells.filter(|((tag, _), _)| named(tag)) {
            match cell {
                Cell::Text(text) if text.is_empty() => self.empty += 1,
                Cell::Text(text) if target.row.get(tag).map(tidy).as_ref() == Some(text) => {
                    self.same(catalogue, target, tag, state);
                }
                Cell::Text(text) => match objection(catalogue, target, text) {
                    Some(why) => self.refuse(target.line, tag, why),
                    None => {
                        self.taken += 1;
                        self.row(target).translate(catalogue, tag, text);
                    }
                },
                Cell::Lost(what) => {
                    let why =
                        format!("the cell holds {what}: mark the column as text and type the words again");
                    self.refuse(target.line, tag, why);
                }
            }
        }
    }

    /// A translation that was left as it is: one that is stale counts as looked at when its state says so.
    fn same(&mut self, catalogue: &Catalogue, target: &Target<'_>, tag: &str, state: &str) {
        let source = catalogue.source_of(target.row);
        let looked_at = state == State::Done.word() && target.line.source == tidy(source);
        if looked_at && catalogue.state(target.row, tag) == State::Stale {
            self.confirmed += 1;
            self.row(target).stamps.insert(tag.to_owned(), stamp(source));
        } else {
            self.unchanged += 1;
        }
    }

    fn row(&mut self, target: &Target<'_>) -> &mut Row {
        self.rows.entry(target.index).or_insert_with(|| target.row.clone())
    }

    fn refuse(&mut self, line: &Line, language: &str, why: String) {
        let (key, language) = (line.key.clone(), language.to_owned());
        self.refused.push(Refused { line: line.number, key, language, why });
    }
}

impl Row {
    /// Puts in a translation, with the stamp of the source that it was made from.
    fn translate(&mut self, catalogue: &Catalogue, tag: &str, text: &str) {
        let source = stamp(catalogue.source_of(self));
        let mut texts = match &self.text {
            Text::Same(same) => catalogue.languages.iter().map(|tag| (tag.clone(), same.clone())).collect(),
            Text::Each(texts) => texts.clone(),
            // Words of the interface stand in no definition.
            Text::Word(_) => Vec::new(),
        };
        match texts.iter_mut().find(|(other, _)| other == tag) {
            Some((_, old)) => text.clone_into(old),
            None => texts.push((tag.to_owned(), text.to_owned())),
        }
        self.text = Text::Each(texts);
        self.stamps.insert(tag.to_owned(), source);
    }

    /// Accepts every translation there is as one of today's source; says how many were not so before.
    pub(crate) fn accept(&mut self, catalogue: &Catalogue) -> usize {
        let Text::Each(texts) = &self.text else { return 0 };
        let now = stamp(catalogue.source_of(self));
        let translations = texts.iter().map(|(tag, _)| tag).filter(|tag| *tag != catalogue.source());
        let stamps: BTreeMap<String, String> = translations.map(|tag| (tag.clone(), now.clone())).collect();
        let changed = stamps.iter().filter(|(tag, stamp)| self.stamps.get(*tag) != Some(stamp)).count();
        self.stamps = stamps;
        changed
    }
}

/// Why a new translation cannot be taken over.
fn objection(catalogue: &Catalogue, target: &Target<'_>, text: &str) -> Option<String> {
    let source = tidy(catalogue.source_of(target.row));
    if target.line.source != source {
        return Some(format!(
            "the source text has changed since the export and is now \"{}\": export again and translate that",
            beginning(&source)
        ));
    }
    let (wanted, found) = (placeholders(&source), placeholders(text));
    (wanted != found)
        .then(|| format!("the placeholders are {}, but the source text has {}", list(&found), list(&wanted)))
}

/// As much of a text as a report needs.
fn beginning(text: &str) -> String {
    let line = text.replace('\n', " ");
    match line.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

fn unknown(line: &Line, catalogue: &Catalogue) -> Unknown {
    let keys = catalogue.rows.iter().map(|row| &row.entry.key);
    let alike = keys.map(|key| (strsim::normalized_damerau_levenshtein(key, &line.key), key));
    let nearest = alike.filter(|(alike, _)| *alike >= ALIKE).max_by(|a, b| a.0.total_cmp(&b.0));
    Unknown { line: line.number, key: line.key.clone(), nearest: nearest.map(|(_, key)| key.clone()) }
}

fn unnamed(catalogue: &Catalogue, sheet: &Sheet) -> Vec<String> {
    let blank = |cell: &Cell| matches!(cell, Cell::Text(text) if text.is_empty());
    let filled = |index: usize| sheet.lines.iter().any(|line| !blank(&line.cells[index]));
    let tags = sheet.languages.iter().enumerate();
    let unnamed = tags.filter(|(index, tag)| !catalogue.languages.contains(tag) && filled(*index));
    unnamed.map(|(_, tag)| tag.clone()).collect()
}
