//! A block: the cells of some responses, column by column. Each column has a dictionary of the cells that occur in it, with
//! how many responses have each, and for each response the place in the dictionary.
//!
//! A dictionary is all that a tally needs, and is small; the places are read only by whoever cuts. Beside the dictionaries
//! stands what only whole responses can tell: who answered a question of several columns. What citizens typed is in none. Nothing depends on the versions that were published after a block was made: columns are found by name.

use super::column::{Coded, Word};
use super::layout::Layout;
use super::pack::{deflate, inflate, put, put_signed, put_text, take, take_signed, take_text};
use analysis::Counts;
use analysis::count::{OfQuestion, answered};
use analysis::rows::value;
use std::collections::{BTreeMap, HashMap};
use survey::Missing;
use survey::columns::Cell;

/// Some responses, column by column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Block {
    responses: usize,
    columns: Vec<Coded>,
    questions: Vec<Asked>,
}

/// Who answered one question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Asked {
    name: String,
    base: u64,
    /// Who did not, by the code of the reason.
    missing: BTreeMap<i64, u64>,
}

/// A block as the store has it.
pub(super) struct Packed {
    pub(super) dictionary: Vec<u8>,
    pub(super) cells: Vec<u8>,
}

impl Block {
    /// Without responses, for these columns.
    pub(super) fn of(layout: &Layout) -> Self {
        let coded = layout.columns().iter().map(|column| Coded::named(&column.name));
        let asked =
            layout.shapes().iter().map(|shape| Asked { name: shape.question.clone(), ..Asked::default() });
        Self { responses: 0, columns: coded.collect(), questions: asked.collect() }
    }

    /// How many responses are in it.
    pub(super) fn responses(&self) -> usize {
        self.responses
    }

    /// Adds a response, its cells in the order of the columns that the block was made for.
    pub(super) fn add(&mut self, layout: &Layout, cells: Vec<Cell>) {
        self.responses += 1;
        for (asked, shape) in self.questions.iter_mut().zip(layout.shapes()) {
            if let Err(missing) = answered(layout.columns(), shape, &cells) {
                *asked.missing.entry(missing.code()).or_default() += 1;
                continue;
            }
            asked.base += 1;
            for place in &shape.columns {
                self.columns[*place].answered += u64::from(value(&cells[*place]).is_ok());
            }
        }
        for ((coded, column), cell) in self.columns.iter_mut().zip(layout.columns()).zip(cells) {
            coded.add(Word::of(cell, Layout::keeps_words(column)));
        }
    }

    /// Counts its responses. What it does not know was not asked.
    pub(super) fn count(&self, layout: &Layout, counts: &mut Counts) {
        let responses = self.responses as u64;
        counts.tally.responses += responses;
        let by_place: HashMap<usize, &Coded> =
            self.columns.iter().filter_map(|coded| Some((layout.place(&coded.name)?, coded))).collect();
        for (place, column) in layout.columns().iter().enumerate() {
            let tally = &mut counts.tally.columns[place];
            match by_place.get(&place) {
                Some(coded) => {
                    coded.words.iter().for_each(|(word, times)| tally.count(column, &word.cell(), *times));
                }
                None => tally.count(column, &Cell::Missing(Missing::NotAsked), responses),
            }
        }
        self.count_questions(layout, counts, &by_place);
    }

    fn count_questions(&self, layout: &Layout, counts: &mut Counts, by_place: &HashMap<usize, &Coded>) {
        for (shape, of) in layout.shapes().iter().zip(&mut counts.details.questions) {
            match self.questions.iter().find(|asked| asked.name == shape.question) {
                Some(asked) => asked.count(of),
                None => *of.missing.entry(Missing::NotAsked.code()).or_default() += self.responses as u64,
            }
            for (index, place) in shape.columns.iter().enumerate() {
                if let Some(coded) = by_place.get(place) {
                    coded.count(shape.kind, index, of);
                }
            }
        }
    }

    /// How many responses have each of the words that are kept in a column.
    pub(super) fn words(&self, name: &str) -> impl Iterator<Item = (&str, u64)> {
        let coded = self.columns.iter().filter(move |coded| coded.name == name);
        coded.flat_map(|coded| &coded.words).filter_map(|(word, times)| match word {
            Word::Kept(text) => Some((text.as_str(), *times)),
            _ => None,
        })
    }

    /// The cells of these columns, response by response.
    pub(super) fn rows(self, layout: &Layout, wanted: &[usize]) -> impl Iterator<Item = Vec<Cell>> + use<> {
        let of =
            |coded: &Coded| (coded.words.iter().map(|(word, _)| word.cell()).collect(), coded.places.clone());
        let by_place: HashMap<usize, (Vec<Cell>, Vec<u16>)> = self
            .columns
            .iter()
            .filter_map(|coded| Some((layout.place(&coded.name)?, coded)))
            .filter(|(place, _)| wanted.contains(place))
            .map(|(place, coded)| (place, of(coded)))
            .collect();
        let wanted = wanted.to_vec();
        (0..self.responses).map(move |response| {
            let cell = |place| {
                let (words, places) = by_place.get(place)?;
                words.get(usize::from(*places.get(response)?)).cloned()
            };
            wanted.iter().map(|place| cell(place).unwrap_or(Cell::Missing(Missing::NotAsked))).collect()
        })
    }

    pub(super) fn pack(&self) -> std::io::Result<Packed> {
        let (mut dictionary, mut cells) = (Vec::new(), Vec::new());
        put(&mut dictionary, self.responses as u64);
        put(&mut dictionary, self.columns.len() as u64);
        for column in &self.columns {
            column.pack(&mut dictionary, &mut cells);
        }
        put(&mut dictionary, self.questions.len() as u64);
        self.questions.iter().for_each(|asked| asked.pack(&mut dictionary));
        Ok(Packed { dictionary: deflate(&dictionary)?, cells: deflate(&cells)? })
    }

    /// Reads a block, with its cells or without; `None` when it is of another format, or is damaged.
    pub(super) fn unpack(dictionary: &[u8], cells: Option<&[u8]>) -> Option<Self> {
        let dictionary = inflate(dictionary)?;
        let cells = match cells {
            Some(cells) => Some(inflate(cells)?),
            None => None,
        };
        let (mut dictionary, mut cells) = (&dictionary[..], cells.as_deref());
        let responses = usize::try_from(take(&mut dictionary)?).ok()?;
        let columns = take(&mut dictionary)?;
        let columns = (0..columns).map(|_| Coded::unpack(&mut dictionary, cells.as_mut(), responses));
        let columns = columns.collect::<Option<_>>()?;
        let questions = take(&mut dictionary)?;
        let questions = (0..questions).map(|_| Asked::unpack(&mut dictionary)).collect::<Option<_>>()?;
        Some(Self { responses, columns, questions })
    }
}

impl Asked {
    fn count(&self, of: &mut OfQuestion) {
        of.base += self.base;
        for (code, times) in &self.missing {
            *of.missing.entry(*code).or_default() += times;
        }
    }

    fn pack(&self, to: &mut Vec<u8>) {
        put_text(to, &self.name);
        put(to, self.base);
        put(to, self.missing.len() as u64);
        for (code, times) in &self.missing {
            put_signed(to, *code);
            put(to, *times);
        }
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        let (name, base, reasons) = (take_text(from)?, take(from)?, take(from)?);
        let reason = |_| Some((take_signed(from)?, take(from)?));
        Some(Self { name, base, missing: (0..reasons).map(reason).collect::<Option<_>>()? })
    }
}
