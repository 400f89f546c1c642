//! A block: the cells of some responses, column by column. Each column has a dictionary of the cells that occur in it, with
//! how many responses have each, and for each response the place in the dictionary.
//!
//! A dictionary is all that a tally needs, and is small; the places are read only by whoever cuts. What citizens typed is
//! in neither. Nothing depends on the versions that were published after a block was made: columns are found by name.

use super::layout::Layout;
use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use std::collections::HashMap;
use std::io::{Read, Write};
use survey::Missing;
use survey::columns::{Cell, Column};
use survey::number::Number;
use survey::tally::Tally;

/// The format that is written here. Whoever changes it, or what a cell of an old response is, counts it up: blocks of an
/// earlier format are made again.
const FORMAT: u8 = 1;

/// Bytes that a block may have when it is unpacked: far more than any has.
const MOST: u64 = 1 << 28;

/// Some responses, column by column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Block {
    responses: usize,
    columns: Vec<Coded>,
}

/// One column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Coded {
    name: String,
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

/// Whether a block is of a format that only a later program knows.
pub(super) fn is_newer(dictionary: &[u8]) -> bool {
    dictionary.first().is_some_and(|format| *format > FORMAT)
}

impl Block {
    /// Without responses, for these columns.
    pub(super) fn of(columns: &[Column]) -> Self {
        let coded = |column: &Column| Coded { name: column.name.clone(), ..Coded::default() };
        Self { responses: 0, columns: columns.iter().map(coded).collect() }
    }

    /// How many responses are in it.
    pub(super) fn responses(&self) -> usize {
        self.responses
    }

    /// Adds a response, its cells in the order of the columns that the block was made for; `false`, and nothing is added,
    /// when there are other columns or too many responses.
    pub(super) fn add(&mut self, columns: &[Column], cells: Vec<Cell>) -> bool {
        if cells.len() != self.columns.len() || self.responses > usize::from(u16::MAX) {
            return false;
        }
        self.responses += 1;
        for ((coded, column), cell) in self.columns.iter_mut().zip(columns).zip(cells) {
            coded.add(Word::of(cell, Layout::keeps_words(column)));
        }
        true
    }

    /// Counts its responses.
    pub(super) fn count(&self, layout: &Layout, tally: &mut Tally) {
        let responses = self.responses as u64;
        tally.responses += responses;
        let mut found = vec![false; layout.columns().len()];
        for coded in &self.columns {
            let Some(place) = layout.place(&coded.name) else { continue };
            found[place] = true;
            for (word, times) in &coded.words {
                tally.columns[place].count(&layout.columns()[place], &word.cell(), *times);
            }
        }
        let asked_since = found.iter().enumerate().filter(|(_, found)| !**found);
        for (place, _) in asked_since {
            let not_asked = Cell::Missing(Missing::NotAsked);
            tally.columns[place].count(&layout.columns()[place], &not_asked, responses);
        }
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
        Some(Self { responses, columns: columns.collect::<Option<_>>()? })
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

    fn pack(&self, dictionary: &mut Vec<u8>, cells: &mut Vec<u8>) {
        put_text(dictionary, &self.name);
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
        let name = take_text(dictionary)?;
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
        Some(Self { name, words, places, known: HashMap::new() })
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
        // Small numbers below zero are short too.
        put(to, number.wrapping_shl(1).cast_unsigned() ^ (number >> 63).cast_unsigned());
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        let tag = *from.split_off_first()?;
        match tag {
            3 => return take_text(from).map(Self::Kept),
            4 => return Some(Self::LeftOut),
            _ => {}
        }
        let folded = take(from)?;
        let number = (folded >> 1).cast_signed() ^ -(folded & 1).cast_signed();
        match tag {
            0 => Some(Self::Missing(number)),
            1 => Some(Self::Code(number)),
            2 => Some(Self::Number(number)),
            _ => None,
        }
    }
}

/// Seven bits a byte, the lowest first.
fn put(to: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        to.push(number.to_le_bytes()[0] | 0x80);
        number >>= 7;
    }
    to.push(number.to_le_bytes()[0]);
}

fn take(from: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let byte = *from.split_off_first()?;
        number |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

fn put_text(to: &mut Vec<u8>, text: &str) {
    put(to, text.len() as u64);
    to.extend(text.as_bytes());
}

fn take_text(from: &mut &[u8]) -> Option<String> {
    let length = usize::try_from(take(from)?).ok()?;
    String::from_utf8(from.split_off(..length)?.to_vec()).ok()
}

/// The format, then what is packed. Zeros may follow: a block that is made again stands where the old one stood.
fn deflate(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(vec![FORMAT], Compression::default());
    encoder.write_all(bytes)?;
    encoder.finish()
}

fn inflate(bytes: &[u8]) -> Option<Vec<u8>> {
    let packed = bytes.strip_prefix(&[FORMAT])?;
    let mut unpacked = Vec::new();
    ZlibDecoder::new(packed).take(MOST).read_to_end(&mut unpacked).ok()?;
    Some(unpacked)
}
