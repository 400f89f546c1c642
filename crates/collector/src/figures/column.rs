//! One column of a block: its dictionary, and how each cell is written in it.

use super::pack::{put, put_signed, put_text, take, take_signed, take_text};
use analysis::count::OfQuestion;
use analysis::rows::number;
use analysis::shape::Kind;
use std::collections::HashMap;
use survey::Missing;
use survey::columns::Cell;
use survey::number::Number;

/// One column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Coded {
    pub(super) name: String,
    /// How many of those who answered its question have a value in it.
    pub(super) answered: u64,
    /// The cells that occur, each with how many responses have it.
    pub(super) words: Vec<(Word, u64)>,
    /// For each response the place of its cell among them; none in a block of which only the dictionaries were read.
    pub(super) places: Vec<u16>,
    /// The place of each cell, while a block is being made.
    known: HashMap<Word, u16>,
}

/// A cell as it stands in a dictionary.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Word {
    Missing(i64),
    Code(i64),
    /// In millionths.
    Number(i64),
    /// A day, or something of the envelope.
    Kept(String),
    /// Something that a citizen typed.
    LeftOut,
}

impl Coded {
    /// Of this name, without a cell.
    pub(super) fn named(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    pub(super) fn add(&mut self, word: Word) {
        let place = match self.known.get(&word) {
            Some(place) => *place,
            None => {
                // As many as there are responses, at most.
                let place = u16::try_from(self.words.len()).unwrap_or(u16::MAX);
                self.words.push((word.clone(), 0));
                self.known.insert(word, place);
                place
            }
        };
        self.words[usize::from(place)].1 += 1;
        self.places.push(place);
    }

    /// Counts what it holds as the column at `index` of its question.
    pub(super) fn count(&self, kind: Kind, index: usize, of: &mut OfQuestion) {
        of.columns[index] += self.answered;
        if let Some(values) = of.values.get_mut(index) {
            let numbers =
                self.words.iter().filter_map(|(word, times)| Some((number(&word.cell()).ok()?, *times)));
            numbers.for_each(|(number, times)| values.add(number.millionths(), times));
        }
        if let (0, Some(digits)) = (index, period_digits(kind)) {
            self.periods(digits).for_each(|(period, times)| *of.moments.entry(period).or_default() += times);
        }
    }

    /// The periods of its days or times.
    fn periods(&self, digits: usize) -> impl Iterator<Item = (String, u64)> {
        self.words.iter().filter_map(move |(word, times)| match word {
            Word::Kept(text) => Some((text.get(..digits).unwrap_or(text).to_owned(), *times)),
            _ => None,
        })
    }

    pub(super) fn pack(&self, dictionary: &mut Vec<u8>, cells: &mut Vec<u8>) {
        put_text(dictionary, &self.name);
        put(dictionary, self.answered);
        put(dictionary, self.words.len() as u64);
        for (word, times) in &self.words {
            word.pack(dictionary);
            put(dictionary, *times);
        }
        for place in &self.places {
            match self.words.len() {
                ..=1 => {}
                2..=256 => cells.push(place.to_le_bytes()[0]),
                _ => cells.extend(place.to_le_bytes()),
            }
        }
    }

    pub(super) fn unpack(
        dictionary: &mut &[u8],
        cells: Option<&mut &[u8]>,
        responses: usize,
    ) -> Option<Self> {
        let (name, answered) = (take_text(dictionary)?, take(dictionary)?);
        let count = take(dictionary)?;
        let word = |_| Some((Word::unpack(dictionary)?, take(dictionary)?));
        let words: Vec<(Word, u64)> = (0..count).map(word).collect::<Option<_>>()?;
        let places = match (cells, words.len()) {
            (None, _) => Vec::new(),
            (Some(_), ..=1) => vec![0; responses],
            (Some(cells), 2..=256) => {
                cells.split_off(..responses)?.iter().map(|place| u16::from(*place)).collect()
            }
            (Some(cells), _) => {
                let bytes = cells.split_off(..responses * 2)?;
                bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect()
            }
        };
        Some(Self { name, answered, words, places, known: HashMap::new() })
    }
}

impl Word {
    pub(super) fn of(cell: Cell, keep_words: bool) -> Self {
        match cell {
            Cell::Missing(missing) => Self::Missing(missing.code()),
            Cell::Code(code) => Self::Code(code),
            Cell::Number(number) => Self::Number(number.millionths()),
            Cell::Text(text) if keep_words => Self::Kept(text),
            Cell::Text(_) => Self::LeftOut,
        }
    }

    pub(super) fn cell(&self) -> Cell {
        match self {
            Self::Missing(code) => Cell::Missing(Missing::of_code(*code).unwrap_or(Missing::Invalid)),
            Self::Code(code) => Cell::Code(*code),
            Self::Number(millionths) => {
                Number::from_millionths(*millionths).map_or(Cell::Missing(Missing::Invalid), Cell::Number)
            }
            Self::Kept(text) => Cell::Text(text.clone()),
            Self::LeftOut => Cell::Text(String::new()),
        }
    }

    fn pack(&self, to: &mut Vec<u8>) {
        let (tag, number) = match self {
            Self::Missing(code) => (0, *code),
            Self::Code(code) => (1, *code),
            Self::Number(millionths) => (2, *millionths),
            Self::Kept(text) => {
                to.push(3);
                return put_text(to, text);
            }
            Self::LeftOut => return to.push(4),
        };
        to.push(tag);
        put_signed(to, number);
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        let tag = *from.split_off_first()?;
        match tag {
            3 => return take_text(from).map(Self::Kept),
            4 => return Some(Self::LeftOut),
            _ => {}
        }
        let number = take_signed(from)?;
        match tag {
            0 => Some(Self::Missing(number)),
            1 => Some(Self::Code(number)),
            2 => Some(Self::Number(number)),
            _ => None,
        }
    }
}

/// How much of a day or a time says which period it is in: the month, the hour.
fn period_digits(kind: Kind) -> Option<usize> {
    match kind {
        Kind::Moment => Some(7),
        Kind::Time => Some(2),
        _ => None,
    }
}
