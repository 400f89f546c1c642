//! A block: the cells of some responses, column by column. Each column has a dictionary of the cells that occur in it, with
//! how many responses have each, and for each response the place in the dictionary.
//!
//! A dictionary is all that a tally needs, and is small; the places are read only by whoever cuts. Beside the dictionaries
//! stands what only whole responses can tell: who answered a question of several columns. What citizens typed is in none. Nothing depends on the versions that were published after a block was made: columns are found by name.

use super::layout::Layout;
use super::pack::{deflate, inflate, put, put_signed, put_text, take, take_signed, take_text};
use analysis::Counts;
use analysis::count::answered;
use analysis::rows::{number, value};
use analysis::shape::Kind;
use std::collections::{BTreeMap, HashMap};
use survey::Missing;
use survey::columns::Cell;
use survey::number::Number;

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

/// One column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Coded {
    name: String,
    /// How many of those who answered its question have a value in it.
    answered: u64,
    /// The cells that occur, each with how many responses have it.
    words: Vec<(Word, u64)>,
    /// For each response the place of its cell among them; none in a block of which only the dictionaries were read.
    places: Vec<u16>,
    /// The place of each cell, while a block is being made.
    known: HashMap<Word, u16>,
}

/// A cell as it stands in a dictionary.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Word {
    Missing(i64),
    Code(i64),
    /// In millionths.
    Number(i64),
    /// A day, or something of the envelope.
    Kept(String),
    /// Something that a citizen typed.
    LeftOut,
}

/// A block as the store has it.
pub(super) struct Packed {
    pub(super) dictionary: Vec<u8>,
    pub(super) cells: Vec<u8>,
}

impl Block {
    /// Without responses, for these columns.
    pub(super) fn of(layout: &Layout) -> Self {
        let coded =
            layout.columns().iter().map(|column| Coded { name: column.name.clone(), ..Coded::default() });
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
                    coded.words.iter().for_each(|(word, times)| tally.count(column, &word.cell(), *times))
                }
                None => tally.count(column, &Cell::Missing(Missing::NotAsked), responses),
            }
        }
        self.count_questions(layout, counts, &by_place);
    }

    fn count_questions(&self, layout: &Layout, counts: &mut Counts, by_place: &HashMap<usize, &Coded>) {
        for (shape, of) in layout.shapes().iter().zip(&mut counts.details.questions) {
            match self.questions.iter().find(|asked| asked.name == shape.question) {
                Some(asked) => {
                    of.base += asked.base;
                    for (code, times) in &asked.missing {
                        *of.missing.entry(*code).or_default() += times;
                    }
                }
                None => *of.missing.entry(Missing::NotAsked.code()).or_default() += self.responses as u64,
            }
            for (index, coded) in
                shape.columns.iter().enumerate().filter_map(|(i, place)| Some((i, by_place.get(place)?)))
            {
                of.columns[index] += coded.answered;
                if let Some(values) = of.values.get_mut(index) {
                    let numbers = coded
                        .words
                        .iter()
                        .filter_map(|(word, times)| Some((number(&word.cell()).ok()?, *times)));
                    numbers.for_each(|(number, times)| values.add(number.millionths(), times));
                }
                if let (0, Some(digits)) = (index, period_digits(shape.kind)) {
                    coded
                        .periods(digits)
                        .for_each(|(period, times)| *of.moments.entry(period).or_default() += times);
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

/// How much of a day or a time says which period it is in: the month, the hour.
fn period_digits(kind: Kind) -> Option<usize> {
    match kind {
        Kind::Moment => Some(7),
        Kind::Time => Some(2),
        _ => None,
    }
}

impl Asked {
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

impl Coded {
    fn add(&mut self, word: Word) {
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

    /// The periods of its days or times.
    fn periods(&self, digits: usize) -> impl Iterator<Item = (String, u64)> {
        self.words.iter().filter_map(move |(word, times)| match word {
            Word::Kept(text) => Some((text.get(..digits).unwrap_or(text).to_owned(), *times)),
            _ => None,
        })
    }

    fn pack(&self, dictionary: &mut Vec<u8>, cells: &mut Vec<u8>) {
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

    fn unpack(dictionary: &mut &[u8], cells: Option<&mut &[u8]>, responses: usize) -> Option<Self> {
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
    fn of(cell: Cell, keep_words: bool) -> Self {
        match cell {
            Cell::Missing(missing) => Self::Missing(missing.code()),
            Cell::Code(code) => Self::Code(code),
            Cell::Number(number) => Self::Number(number.millionths()),
            Cell::Text(text) if keep_words => Self::Kept(text),
            Cell::Text(_) => Self::LeftOut,
        }
    }

    fn cell(&self) -> Cell {
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
