//! What is counted in a table: how many responses have which code, and when, where and in which language they came.
//!
//! It is counted in the CSV that is handed out, so that the figures are those of that file and of no other.

use super::Variable;
use std::collections::BTreeMap;
use std::io::Read;
use survey::Missing;

/// What was counted.
#[derive(Clone, Debug, Default)]
pub(crate) struct Figures {
    /// Responses.
    pub(crate) responses: u64,
    /// The first and the last day on which one arrived, `2026-11-23`.
    pub(crate) days: Option<(String, String)>,
    /// Responses by channel.
    pub(crate) channels: BTreeMap<String, u64>,
    /// Responses by language.
    pub(crate) languages: BTreeMap<String, u64>,
    /// For each column, how often each code stands in it.
    codes: Vec<BTreeMap<i64, u64>>,
}

impl Figures {
    /// Counts a table with these columns, one row at a time.
    pub(crate) fn of_csv(variables: &[Variable], table: impl Read) -> csv::Result<Self> {
        let mut figures = Self { codes: vec![BTreeMap::new(); variables.len()], ..Self::default() };
        let place = |name: &str| variables.iter().position(|variable| variable.name() == name);
        let (day, channel, lang) =
            (place("response_day"), place("response_channel"), place("response_language"));
        let mut reader = csv::Reader::from_reader(table);
        let mut row = csv::StringRecord::new();
        while reader.read_record(&mut row)? {
            figures.responses += 1;
            let cell = |place: Option<usize>| place.and_then(|place| row.get(place));
            figures.note_day(cell(day));
            count(&mut figures.channels, cell(channel));
            count(&mut figures.languages, cell(lang));
            for ((variable, codes), cell) in variables.iter().zip(&mut figures.codes).zip(&row) {
                let code = cell.parse().ok();
                let counts = |code: &i64| {
                    variable.is_coded() || (variable.reasons().next().is_some() && is_reason(*code))
                };
                if let Some(code) = code.filter(counts) {
                    *codes.entry(code).or_default() += 1;
                }
            }
        }
        Ok(figures)
    }

    fn note_day(&mut self, day: Option<&str>) {
        let Some(day) = day else { return };
        match &mut self.days {
            None => self.days = Some((day.to_owned(), day.to_owned())),
            // Days in the spelling of ISO 8601 compare as text.
            Some((first, last)) => {
                if day < first.as_str() {
                    day.clone_into(first);
                }
                if day > last.as_str() {
                    day.clone_into(last);
                }
            }
        }
    }

    /// How often a code stands in the column at this place.
    pub(crate) fn count(&self, place: usize, code: i64) -> u64 {
        self.codes.get(place).and_then(|codes| codes.get(&code)).copied().unwrap_or_default()
    }
}

fn count(counts: &mut BTreeMap<String, u64>, value: Option<&str>) {
    if let Some(value) = value {
        *counts.entry(value.to_owned()).or_default() += 1;
    }
}

fn is_reason(code: i64) -> bool {
    Missing::of_code(code).is_some()
}
