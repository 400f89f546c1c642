//! All flags of a response at once, row by row: what there is to judge about it is noted ([`Plan`]), what is usual is found
//! out from the notes of everybody ([`Census`]), and by that each note can be judged ([`Judge`]), now or when it is met again.

use super::alike::hash;
use super::{Pace, StraightLines, longest_run, median};
use crate::count::answered;
use crate::rows::code;
use crate::shape::{Kind, Shape, shapes};
use std::collections::{BTreeMap, HashMap, HashSet};
use survey::Missing;
use survey::columns::{Cell, Column};
use survey::fold::fold;

/// The version of the rules below. Whoever changes what is flagged counts it up, so that flags can be told apart.
pub const RULES: u32 = 1;

/// Texts with fewer characters are alike by chance.
pub const LEAST_TEXT: usize = 20;

/// More than this part of what was asked left blank is flagged.
pub const MOST_BLANK: f64 = 0.5;

/// What may be noticed about a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flag {
    /// Answered in less than half of the usual time ([`Pace`]).
    Speeder,
    /// The same answer down a whole grid ([`StraightLines`]).
    StraightLine,
    /// A text of [`LEAST_TEXT`] characters or more that somebody else wrote as well.
    SameText,
    /// More than [`MOST_BLANK`] of what was asked left blank.
    LeftBlank,
}

impl Flag {
    /// Every flag, in the order of [`Judge::flags`].
    pub const ALL: [Self; 4] = [Self::Speeder, Self::StraightLine, Self::SameText, Self::LeftBlank];

    /// How it is written.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Speeder => "speeder",
            Self::StraightLine => "straight_line",
            Self::SameText => "same_text",
            Self::LeftBlank => "left_blank",
        }
    }
}

/// Where in a row there is something to judge.
#[derive(Clone, Debug)]
pub struct Plan {
    columns: Vec<Column>,
    shapes: Vec<Shape>,
    grids: Vec<Vec<usize>>,
    texts: Vec<usize>,
}

/// All that is judged of a response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The active time in milliseconds, where it is known.
    time: Option<u64>,
    is_straight: Option<bool>,
    is_blank: Option<bool>,
    /// The hashes of column and text of what is long enough.
    texts: Box<[u64]>,
}

/// What is being found out about everybody.
#[derive(Clone, Debug, Default)]
pub struct Census {
    times: Vec<u64>,
    /// By the hash of column and text, whether it was met more than once.
    texts: HashMap<u64, bool>,
}

/// Judges by what is usual.
#[derive(Clone, Debug)]
pub struct Judge {
    usual: Option<f64>,
    /// The hashes of the texts that several have in common.
    texts: HashSet<u64>,
}

impl Census {
    /// Sees a response.
    pub fn see(&mut self, note: &Note) {
        self.times.extend(note.time);
        for key in &note.texts {
            self.texts.entry(*key).and_modify(|is_more| *is_more = true).or_insert(false);
        }
    }

    /// Everybody was seen.
    #[must_use]
    pub fn judge(self) -> Judge {
        let shared = self.texts.into_iter().filter(|(_, is_more)| *is_more).map(|(key, _)| key).collect();
        let enough = self.times.len() >= Pace::default().least_times;
        let usual = if enough { median(self.times) } else { None };
        Judge { usual, texts: shared }
    }
}

impl Judge {
    /// The usual active time in milliseconds, where enough are known.
    #[must_use]
    pub fn usual_time(&self) -> Option<f64> {
        self.usual
    }

    /// Which flags a response bears, in the order of [`Flag::ALL`]; nothing where it cannot be judged.
    #[must_use]
    pub fn flags(&self, note: &Note) -> [Option<bool>; 4] {
        [self.is_fast(note.time), note.is_straight, self.is_same(&note.texts), note.is_blank]
    }

    fn is_fast(&self, time: Option<u64>) -> Option<bool> {
        Some((time? as f64) < Pace::default().part * self.usual?)
    }

    fn is_same(&self, texts: &[u64]) -> Option<bool> {
        (!texts.is_empty()).then(|| texts.iter().any(|key| self.texts.contains(key)))
    }
}

impl Plan {
    /// For rows of these columns: those of answers, without an envelope.
    #[must_use]
    pub fn of(columns: &[Column]) -> Self {
        let shapes = shapes(columns, &BTreeMap::new());
        let of_kind = |kind: Kind| shapes.iter().filter(move |shape| shape.kind == kind);
        Self {
            grids: of_kind(Kind::Grid).map(|shape| shape.columns.clone()).collect(),
            texts: of_kind(Kind::Words).flat_map(|shape| shape.columns.clone()).collect(),
            columns: columns.to_vec(),
            shapes,
        }
    }

    /// What there is to judge about a response: of its active time in milliseconds, where it is known, and of its cells.
    #[must_use]
    pub fn note(&self, time: Option<u64>, row: &[Cell]) -> Note {
        let (is_straight, is_blank) = (self.is_straight(row), self.is_blank(row));
        Note { time, is_straight, is_blank, texts: self.keys(row).collect() }
    }

    /// The hashes of the texts that are long enough.
    fn keys<'a>(&'a self, row: &'a [Cell]) -> impl Iterator<Item = u64> + 'a {
        self.texts.iter().filter_map(|place| {
            let Cell::Text(text) = row.get(*place)? else { return None };
            let folded = fold(text);
            let is_long = folded.chars().count() >= LEAST_TEXT;
            is_long.then(|| hash([self.columns[*place].name.as_bytes(), folded.as_bytes()]))
        })
    }

    fn is_straight(&self, row: &[Cell]) -> Option<bool> {
        let least = StraightLines::default().least_rows;
        let given = self.grids.iter().map(|grid| -> Vec<i64> {
            grid.iter().filter_map(|column| code(row.get(*column)?).ok()).collect()
        });
        let judged: Vec<Vec<i64>> = given.filter(|codes| codes.len() >= least).collect();
        (!judged.is_empty()).then(|| judged.iter().any(|codes| longest_run(codes) == codes.len()))
    }

    /// A grid is as many questions as it has rows.
    fn is_blank(&self, row: &[Cell]) -> Option<bool> {
        let (mut asked, mut blank) = (0_u64, 0_u64);
        let mut count = |missing: Option<Missing>| match missing {
            Some(Missing::NotAsked | Missing::NotApplicable | Missing::NotReached) => {}
            missing => {
                asked += 1;
                blank += u64::from(missing == Some(Missing::Blank));
            }
        };
        for shape in &self.shapes {
            if shape.kind == Kind::Grid {
                shape.columns.iter().for_each(|column| count(code(&row[*column]).err()));
            } else {
                count(answered(&self.columns, shape, row).err());
            }
        }
        crate::summary::ratio(blank, asked).map(|share| share > MOST_BLANK)
    }
}
