//! A variable of a system file: what it is called, how it is shown, and how a cell becomes values of eight bytes.

use super::super::{Layout, labels, names, values};
use super::cases::Bytecode;
use survey::Missing;
use survey::columns::{Cell, Column, Measure, Representation};

/// Bytes of a name.
const NAME: usize = 64;
/// Bytes of the name under which a variable stands in the dictionary itself.
const SHORT_NAME: usize = 8;
/// Bytes of a label.
const LABEL: usize = 255;
/// Bytes of the label of a value.
const VALUE_LABEL: usize = 120;
/// Bytes of the longest words that SPSS takes.
const WIDEST: usize = 32_767;
/// Bytes of a character in UTF-8 at most.
const CHARACTER: usize = 4;

/// Bytes of the longest words that are one variable. Longer ones are several, called segments.
pub(super) const SEGMENT: usize = 255;
/// Bytes that each segment but the last takes of the width, by the rules of the format.
const SEGMENT_STEP: usize = 252;

/// What stands before the code of a missing value where an answer can be below zero itself. No answer is that small.
const FAR_BELOW: f64 = -1e12;

/// A variable.
#[derive(Debug)]
pub(super) struct Variable {
    pub(super) name: String,
    /// In capitals, one for each segment.
    pub(super) short_names: Vec<String>,
    pub(super) label: String,
    pub(super) values: Vec<(f64, String)>,
    pub(super) measure: Measure,
    /// Bytes of its words; `None` for numbers.
    pub(super) width: Option<usize>,
    /// What stands before the code of a missing value.
    below: f64,
    representation: Representation,
    /// Digits of the longest number.
    digits: usize,
}

impl Variable {
    pub(super) fn all(layout: &Layout) -> Vec<Self> {
        let names = layout.columns.iter().map(|column| column.name.as_str());
        let names = names::fitted(names, NAME, &names::OF_SPSS);
        let mut variables: Vec<Self> = layout
            .columns
            .iter()
            .zip(names)
            .map(|(column, name)| Self::of(column, name, &layout.lang))
            .collect();
        let every: Vec<String> = variables
            .iter()
            .flat_map(|variable| (0..variable.segments().len()).map(|number| variable.segment_name(number)))
            .collect();
        let mut short =
            names::fitted(every.iter().map(String::as_str), SHORT_NAME, &names::OF_SPSS).into_iter();
        for variable in &mut variables {
            let segments = variable.segments().len();
            variable.short_names =
                short.by_ref().take(segments).map(|name| name.to_ascii_uppercase()).collect();
        }
        variables
    }

    fn of(column: &Column, name: String, lang: &str) -> Self {
        let is_text = values::is_text(column);
        let below = if column.negative { FAR_BELOW } else { 0.0 };
        let reasons = labels::reasons(column, lang);
        let reasons = reasons.into_iter().map(|(missing, label)| (below + missing.code() as f64, label));
        let codes = labels::values(column, lang).into_iter().map(|(code, label)| (code as f64, label));
        let value_label =
            |(value, label): (f64, String)| (value, values::cut(&label, VALUE_LABEL).to_owned());
        let digits = column.values.iter().map(|(code, _)| code.to_string().len()).max();
        Self {
            name,
            short_names: Vec::new(),
            label: values::cut(&labels::column(column, lang), LABEL).to_owned(),
            values: if is_text { Vec::new() } else { reasons.chain(codes).map(value_label).collect() },
            measure: column.measure,
            width: is_text.then(|| (values::width(column) * CHARACTER).min(WIDEST)),
            below,
            representation: column.representation,
            digits: digits.unwrap_or(0),
        }
    }

    /// The name of a segment before it is shortened.
    fn segment_name(&self, number: usize) -> String {
        if number == 0 { self.name.clone() } else { format!("{}_{number}", self.name) }
    }

    /// The widths of the variables that it is in the dictionary; 0 for a number.
    pub(super) fn segments(&self) -> Vec<usize> {
        match self.width {
            None => vec![0],
            Some(width) if width <= SEGMENT => vec![width],
            Some(width) => {
                let whole = width.div_ceil(SEGMENT_STEP) - 1;
                let mut segments = vec![SEGMENT; whole];
                segments.push(width - whole * SEGMENT_STEP);
                segments
            }
        }
    }

    /// The least and the largest value that is missing.
    pub(super) fn missing(&self) -> Option<[f64; 2]> {
        let all = self.width.is_none().then_some(self.below);
        all.map(|below| [Missing::Masked, Missing::NotAsked].map(|missing| below + missing.code() as f64))
    }

    /// How it is shown: type, width and decimal places in one number.
    pub(super) fn format(&self) -> i32 {
        let (kind, width, places) = match self.representation {
            Representation::Text => (1, self.width.unwrap_or(1).min(SEGMENT), 0),
            Representation::Whole if self.measure == Measure::Scale => (5, 14, 0),
            Representation::Whole => (5, self.digits.max(8), 0),
            Representation::Decimal(places) => (5, 15 + places, places),
            Representation::Time => (21, 5, 0),
            Representation::Month => (28, 8, 0),
            Representation::Day => (39, 10, 0),
        };
        let part = |number: usize| i32::try_from(number).unwrap_or_default();
        kind << 16 | part(width) << 8 | part(places)
    }

    /// Adds a cell to a case.
    pub(super) fn write(&self, cell: &Cell, cases: &mut Bytecode) {
        match (self.width, cell) {
            (Some(width), Cell::Text(text)) => self.write_text(values::cut(text, width), cases),
            (Some(_), Cell::Code(code)) => self.write_text(&code.to_string(), cases),
            (Some(_), Cell::Number(number)) => self.write_text(&number.to_plain(), cases),
            // The reason is lost: words of SPSS have no room for eight of them.
            (Some(_), Cell::Missing(_)) => self.write_text("", cases),
            (None, Cell::Code(code)) => cases.number(*code as f64),
            (None, Cell::Number(number)) => cases.number(values::float(*number)),
            (None, Cell::Missing(missing)) => cases.number(self.below + missing.code() as f64),
            (None, Cell::Text(text)) => match self.moment(text) {
                Some(seconds) => cases.number(seconds),
                None => cases.nothing(),
            },
        }
    }

    /// Each segment but the last holds 255 bytes of the words, in 32 values.
    fn write_text(&self, text: &str, cases: &mut Bytecode) {
        let mut left = text.as_bytes();
        let width = self.width.unwrap_or_default();
        let segments = if width <= SEGMENT { 1 } else { width.div_ceil(SEGMENT_STEP) };
        for number in 0..segments {
            let last = number + 1 == segments;
            let bytes = if last { width - number * SEGMENT_STEP } else { SEGMENT };
            let here = left.len().min(bytes.min(SEGMENT));
            let (piece, rest) = left.split_at(here);
            cases.text(piece, bytes.div_ceil(8));
            left = rest;
        }
    }

    /// A moment in seconds, of days since 1582-10-14.
    fn moment(&self, text: &str) -> Option<f64> {
        match self.representation {
            Representation::Day | Representation::Month => {
                values::days(text).map(|days| f64::from(days + values::SPSS_EPOCH) * 86_400.0)
            }
            Representation::Time => values::seconds(text).map(f64::from),
            _ => None,
        }
    }
}
