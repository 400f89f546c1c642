//! What can be crossed: questions, rows of grids, and what is known of a response besides; and its categories in words.
//! Texts cannot: beside them stands nothing that says who wrote them (domain DC7).

use super::Crossing;
use crate::export::labels;
use crate::figures::Figures;
use analysis::shape::{Kind, Shape};
use analysis::variable::Variable;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use qulaq::Words;
use std::collections::BTreeSet;
use survey::Missing;
use survey::columns::Column;
use survey::number::Number;

/// Something that can stand in the rows or the columns of a table.
#[derive(Clone, Debug)]
pub(crate) struct Crossable {
    /// How an address names it: the variable, the column, or one of our own.
    pub(crate) name: String,
    of: Of,
    /// The places of its columns among those of the figures.
    pub(super) places: Vec<usize>,
}

/// How rows fall into its categories.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Of {
    Codes,
    Several,
    Ranks(usize),
    Classes,
    /// So many letters of a day or a time.
    Begins(usize),
    Words,
    Days,
    Weeks,
}

/// A variable with the words of its categories.
pub(crate) struct Categories {
    pub(super) variable: Variable,
    pub(super) labels: Vec<String>,
}

/// Letters of the name of a version that are shown.
const VERSION_SHOWN: usize = 8;

/// What is known of a response besides, by our own names, the column, and how it falls into categories.
const BESIDES: [(&str, &str, Of); 5] = [
    ("response_day", "response_day", Of::Days),
    ("response_week", "response_day", Of::Weeks),
    ("response_language", "response_language", Of::Words),
    ("response_channel", "response_channel", Of::Words),
    ("response_version", "response_version", Of::Words),
];

/// Everything that can be crossed: questions in their order, then what is known besides.
pub(crate) fn crossable(figures: &Figures) -> Vec<Crossable> {
    let is_question = |shape: &&Shape| !shape.question.starts_with("response_");
    let mut all: Vec<Crossable> = figures
        .shapes()
        .iter()
        .filter(is_question)
        .flat_map(|shape| of_shape(figures.columns(), shape))
        .collect();
    let besides = BESIDES.into_iter().filter_map(|(name, column, of)| {
        Some(Crossable { name: name.to_owned(), of, places: vec![figures.place(column)?] })
    });
    all.extend(besides);
    all
}

fn of_shape(columns: &[Column], shape: &Shape) -> Vec<Crossable> {
    let whole = |of: Of| vec![Crossable { name: shape.question.clone(), of, places: shape.columns.clone() }];
    let each = |of: Of| -> Vec<Crossable> {
        let one = |place: &usize| Crossable { name: columns[*place].name.clone(), of, places: vec![*place] };
        shape.columns.iter().map(one).collect()
    };
    match shape.kind {
        Kind::Choice | Kind::Scale | Kind::Nps => whole(Of::Codes),
        Kind::Several => whole(Of::Several),
        Kind::Grid => each(Of::Codes),
        Kind::GridSeveral => rows_of_several(columns, shape),
        Kind::Ranking => each(Of::Ranks(shape.columns.len())),
        Kind::Number | Kind::Entries | Kind::Shares => each(Of::Classes),
        Kind::Moment => whole(Of::Begins(7)),
        Kind::Time => whole(Of::Begins(2)),
        Kind::Words => Vec::new(),
    }
}

/// Each row of a grid of several is a question of several, called by what its columns have in common.
fn rows_of_several(columns: &[Column], shape: &Shape) -> Vec<Crossable> {
    let mut rows: Vec<Crossable> = Vec::new();
    for place in &shape.columns {
        let stem = columns[*place].name.rsplit_once('_').map_or("", |(stem, _)| stem);
        match rows.last_mut().filter(|row| row.name == stem) {
            Some(row) => row.places.push(*place),
            None => rows.push(Crossable { name: stem.to_owned(), of: Of::Several, places: vec![*place] }),
        }
    }
    rows
}

impl Crossable {
    /// What it is called: the question with the row or the option. What is ours is named by whoever shows it.
    pub(crate) fn label(&self, figures: &Figures, lang: &str) -> Option<String> {
        let column = &figures.columns()[self.places[0]];
        if column.name.starts_with("response_") {
            return None;
        }
        let mut column = column.clone();
        if self.of == Of::Several {
            column.option = None;
        }
        Some(labels::column(&column, lang))
    }

    /// Whether it is a number, which classes are made of.
    pub(crate) fn is_number(&self) -> bool {
        self.of == Of::Classes
    }

    /// Its categories. `first` is the place of its first column in the rows that will be counted; `classes` are where
    /// classes of a number begin after the first, in millionths, and quartiles of everybody where there are none.
    pub(super) fn categories(
        &self,
        figures: &Figures,
        crossing: &Crossing,
        first: usize,
        classes: &[i64],
    ) -> Categories {
        let lang = &crossing.lang;
        let words = qulaq::words::of(&crossing.own);
        let column = &figures.columns()[self.places[0]];
        match self.of {
            Of::Codes => codes(column, lang, first),
            Of::Several => self.several(figures, lang, first),
            Of::Ranks(count) => {
                let codes: Vec<i64> = (1..=count as i64).collect();
                let labels = codes.iter().map(i64::to_string).collect();
                Categories { variable: Variable::Codes { column: first, codes }, labels }
            }
            Of::Classes => {
                let edges = if classes.is_empty() { self.quartiles(figures) } else { classes.to_vec() };
                let labels = labels_of_classes(&edges, &words);
                Categories { variable: Variable::Classes { column: first, edges }, labels }
            }
            Of::Begins(digits) => {
                let periods = self.periods(figures);
                let texts: Vec<String> =
                    periods.iter().map(|text| text.get(..digits).unwrap_or(text).to_owned()).collect();
                let labels = texts.iter().map(|text| period(text, &words)).collect();
                Categories { variable: Variable::Beginnings { column: first, texts }, labels }
            }
            Of::Words => listed(figures, &column.name, first, &crossing.words),
            Of::Days => spans(figures, first, &words, &|day| day),
            Of::Weeks => spans(figures, first, &words, &monday),
        }
    }

    fn several(&self, figures: &Figures, lang: &str, first: usize) -> Categories {
        let mut options = Vec::new();
        let mut labels = Vec::new();
        for (index, place) in self.places.iter().enumerate() {
            let Some(option) = &figures.columns()[*place].option else { continue };
            if Missing::of_code(option.code).is_none() {
                options.push((first + index, option.code));
                labels.push(labels::text(&option.text, lang));
            }
        }
        Categories { variable: Variable::Several { options }, labels }
    }

    /// The periods that were answered by anybody.
    fn periods(&self, figures: &Figures) -> Vec<String> {
        let of = |(shape, of): (&Shape, &analysis::count::OfQuestion)| {
            shape.columns.contains(&self.places[0]).then(|| of.moments.keys().cloned().collect())
        };
        figures.shapes().iter().zip(&figures.counts().details.questions).find_map(of).unwrap_or_default()
    }

    /// Where a quarter, a half and three quarters of all numbers are below, so that classes stay the same whatever group
    /// is looked at.
    fn quartiles(&self, figures: &Figures) -> Vec<i64> {
        let of = |(shape, of): (&Shape, &analysis::count::OfQuestion)| {
            let index = shape.columns.iter().position(|place| *place == self.places[0])?;
            of.values.get(index).map(|values| values.each().collect::<Vec<_>>())
        };
        let questions = figures.shapes().iter().zip(&figures.counts().details.questions);
        let values: Vec<(i64, u64)> = questions.into_iter().find_map(of).unwrap_or_default();
        let total: u64 = values.iter().map(|(_, count)| count).sum();
        let quartile = |part: u64| {
            let mut below = 0;
            values.iter().find(|(_, count)| {
                below += count;
                below * 4 > total * part
            })
        };
        let least = values.first().map(|(value, _)| *value);
        let edges: BTreeSet<i64> = (1..4).filter_map(quartile).map(|(value, _)| *value).collect();
        edges.into_iter().filter(|edge| Some(*edge) != least).collect()
    }
}

fn codes(column: &Column, lang: &str, first: usize) -> Categories {
    let values = column.values.iter().filter(|(code, _)| Missing::of_code(*code).is_none());
    let label = |(code, text): &(i64, survey::Text)| {
        let words = labels::text(text, lang);
        (*code, if words.is_empty() { code.to_string() } else { words })
    };
    let (codes, labels) = values.map(label).unzip();
    Categories { variable: Variable::Codes { column: first, codes }, labels }
}

/// The words of a column of the envelope that anybody has.
fn listed(figures: &Figures, column: &str, first: usize, named: &[(String, String)]) -> Categories {
    let words = figures.by_word(column).into_iter().flatten();
    let texts: Vec<String> = words.filter(|(_, count)| **count > 0).map(|(word, _)| word.clone()).collect();
    let label = |text: &String| match column {
        "response_language" => qulaq::words::name(text).unwrap_or(text).to_owned(),
        "response_version" => text.chars().take(VERSION_SHOWN).collect(),
        _ => named.iter().find(|(word, _)| word == text).map_or(text, |(_, label)| label).clone(),
    };
    let labels = texts.iter().map(label).collect();
    Categories { variable: Variable::Words { column: first, texts }, labels }
}

/// Spans of days in which anything came, each from its first day.
fn spans(figures: &Figures, first: usize, words: &Words, start: &dyn Fn(Date) -> Date) -> Categories {
    let days = figures.by_word("response_day").into_iter().flatten();
    let days = days.filter(|(_, count)| **count > 0).filter_map(|(day, _)| day.parse::<Date>().ok());
    let days: BTreeSet<Date> = days.map(start).collect();
    let label = |day: &Date| words.date(day.year().into(), day.month().into(), day.day().into());
    let labels = days.iter().map(label).collect();
    let starts = days.iter().map(Date::to_string).collect();
    Categories { variable: Variable::Spans { column: first, starts }, labels }
}

fn monday(day: Date) -> Date {
    let since = i64::from(day.weekday().since(Weekday::Monday));
    day.checked_sub(since.days()).unwrap_or(day)
}

/// `< 30`, `30 – < 45`, `≥ 45`: the same in every language.
fn labels_of_classes(edges: &[i64], words: &Words) -> Vec<String> {
    let number = |edge: i64| {
        let plain = Number::from_millionths(edge).map(Number::to_plain).unwrap_or_default();
        words.number(&plain)
    };
    let Some((first, last)) = edges.first().zip(edges.last()) else { return vec!["–".to_owned()] };
    let between = edges.windows(2).map(|pair| format!("{} – < {}", number(pair[0]), number(pair[1])));
    let least = std::iter::once(format!("< {}", number(*first)));
    least.chain(between).chain([format!("≥ {}", number(*last))]).collect()
}

/// A month (`2026-11`), or an hour (`08`).
fn period(text: &str, words: &Words) -> String {
    let month =
        text.split_once('-').and_then(|(year, month)| Some((year.parse().ok()?, month.parse().ok()?)));
    month.map_or_else(|| format!("{text}:00"), |(year, month)| words.month(year, month))
}

/// Reads where classes begin, as somebody writes it: `18, 30; 45`. Decimal commas stand before no space.
pub(super) fn classes(text: &str) -> Vec<i64> {
    let parts = text.split([';', ' ']).flat_map(|part| part.split(", ")).map(|part| part.trim_matches(','));
    let edge = |part: &str| Some(Number::parse(&part.replace(',', "."))?.millionths());
    let edges: BTreeSet<i64> = parts.filter_map(edge).collect();
    edges.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_read_as_people_write_them_and_called_the_same_in_every_language() {
        assert_eq!(classes("45; 18 30,5"), [18_000_000, 30_500_000, 45_000_000]);
        assert_eq!(classes("18, 30"), [18_000_000, 30_000_000]);
        assert_eq!(classes("нет"), Vec::<i64>::new());
        let words = qulaq::words::of("ru");
        assert_eq!(labels_of_classes(&[18_000_000, 30_500_000], &words), ["< 18", "18 – < 30,5", "≥ 30,5"]);
    }

    #[test]
    fn a_week_begins_on_a_monday() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        assert_eq!(monday(day("2026-11-23")), day("2026-11-23"));
        assert_eq!(monday(day("2026-11-22")), day("2026-11-16"));
    }
}
