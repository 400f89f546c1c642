//! One column model for every writer: names, labels, codes and cells of an export.

mod cells;
mod representation;
mod table;

use crate::definition::{Choice, OTHER_MAX, Question, Survey};
use crate::domain::{Domain, GIVEN_MAX};
use crate::missing::Missing;
use crate::number::Number;
use crate::text::Text;
pub use representation::Representation;
pub use table::Table;

/// The columns before the answers in every export. No variable may bear these names.
pub const ENVELOPE: [&str; 7] = [
    "response_id",
    "response_day",
    "response_version",
    "response_language",
    "response_channel",
    "response_assisted",
    "response_batch",
];

/// One column of answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name: ASCII, starts with a letter, unique without regard to case.
    pub name: String,
    /// The variable of its question.
    pub question: String,
    /// What of the answer it holds.
    pub part: Part,
    /// The question's text.
    pub label: Text,
    /// The row, in a column of a grid.
    pub row: Option<Item>,
    /// The entry, from 1, in a column of entries.
    pub entry: Option<usize>,
    /// The option that the column is about: one of several, its place, its "other" words.
    pub option: Option<Item>,
    /// How it may be analysed.
    pub measure: Measure,
    /// What its cells are, for programs that keep numbers, words and days apart.
    pub representation: Representation,
    /// Whether a number below zero is an answer: elsewhere it is the code of a reason why there is none.
    pub negative: bool,
    /// Codes with their labels.
    pub values: Vec<(i64, Text)>,
    /// Characters at most, for text.
    pub width: Option<usize>,
}

/// What of an answer a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The answer itself, or that of a row.
    Answer,
    /// Whether the option is among those chosen: 0 or 1.
    Chosen,
    /// Which place the option was given, from 1.
    Rank,
    /// The words to an "other".
    Other,
    /// How many entries there are.
    Entries,
    /// At which place a page, question, row or option stood, from 1, where the order is random.
    Position,
}

/// A row or an option, as far as columns tell of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its code.
    pub code: i64,
    /// Its text.
    pub text: Text,
}

/// Level of measurement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Codes without order.
    Nominal,
    /// Codes with an order.
    Ordinal,
    /// Numbers.
    Scale,
    /// Words.
    Text,
    /// Days, months and times, in the spelling of ISO 8601.
    Moment,
}

/// One cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// A code or a whole number; 0 or 1 in a multiple choice.
    Code(i64),
    /// A number.
    Number(Number),
    /// Words as they were typed.
    Text(String),
    /// Nothing, and why.
    Missing(Missing),
}

impl Item {
    fn of(choice: &Choice) -> Self {
        Self { code: choice.code, text: choice.text.clone() }
    }
}

/// What the names of the columns of one question begin with, and where it stands.
struct Of<'a> {
    name: &'a str,
    /// The variable of the question in the survey, also for a question of an entry.
    variable: &'a str,
    question: &'a Question,
    row: Option<&'a Choice>,
    entry: Option<usize>,
}

impl<'a> Of<'a> {
    fn question(question: &'a Question) -> Self {
        Self { name: &question.name, variable: &question.name, question, row: None, entry: None }
    }

    fn column(&self, name: String, measure: Measure) -> Column {
        Column {
            name,
            question: self.variable.to_owned(),
            part: Part::Answer,
            label: self.question.text.clone(),
            row: self.row.map(Item::of),
            entry: self.entry,
            option: None,
            measure,
            representation: if measure == Measure::Text {
                Representation::Text
            } else {
                Representation::Whole
            },
            negative: false,
            values: Vec::new(),
            width: None,
        }
    }

    fn represented(&self, measure: Measure, representation: Representation) -> Column {
        Column { representation, ..self.column(self.name.to_owned(), measure) }
    }

    fn coded(&self) -> Column {
        let measure = if self.question.ordinal { Measure::Ordinal } else { Measure::Nominal };
        let values = self.question.choices.iter().map(|choice| (choice.code, choice.text.clone())).collect();
        Column { values, ..self.column(self.name.to_owned(), measure) }
    }

    fn words(&self, width: usize) -> Column {
        Column { width: Some(width), ..self.column(self.name.to_owned(), Measure::Text) }
    }

    fn position(&self, name: String) -> Column {
        Column { part: Part::Position, ..self.column(name, Measure::Scale) }
    }

    /// A column for each option.
    fn of_options(&self, part: Part, measure: Measure) -> Vec<Column> {
        let column = |choice: &Choice| {
            let name = format!("{}_{}", self.name, suffix(choice.code));
            Column { part, option: Some(Item::of(choice)), ..self.column(name, measure) }
        };
        self.question.choices.iter().map(column).collect()
    }

    fn columns(&self, domain: &Domain) -> Vec<Column> {
        match domain {
            Domain::Nothing => Vec::new(),
            Domain::One => vec![self.coded()],
            Domain::Several { .. } => self.of_options(Part::Chosen, Measure::Nominal),
            Domain::Ranking { .. } => self.of_options(Part::Rank, Measure::Ordinal),
            Domain::Words(words) => vec![self.words(words.max)],
            Domain::Given => vec![self.words(GIVEN_MAX)],
            Domain::Number(bounds) => {
                let column = self.represented(Measure::Scale, Representation::of_places(bounds.places));
                vec![Column { negative: bounds.min.is_none_or(|min| min < Number::ZERO), ..column }]
            }
            // What it gives is known of the survey as a whole: see [`Table::of`].
            Domain::Computed(_) => vec![self.column(self.name.to_owned(), Measure::Scale)],
            Domain::Moment(moment) => {
                vec![self.represented(Measure::Moment, Representation::of_unit(moment.unit))]
            }
            Domain::Rows(rows) => {
                let of_row = |row: &Choice| {
                    let name = format!("{}_{}", self.name, suffix(row.code));
                    Of { name: &name, row: Some(row), ..*self }.columns(&rows.cell)
                };
                self.question.rows.iter().flat_map(of_row).collect()
            }
            Domain::Entries(entries) => {
                let count = self.column(format!("{}_n", self.name), Measure::Scale);
                let count = Column { part: Part::Entries, ..count };
                let entry = |number: usize| {
                    entries.questions.iter().flat_map(move |question| {
                        let name = format!("{}_{number}_{}", self.name, question.name);
                        let of = Of { name: &name, question, entry: Some(number), ..*self };
                        of.columns(&question.domain)
                    })
                };
                std::iter::once(count).chain((1..=entries.max).flat_map(entry)).collect()
            }
        }
    }
}

/// A code below zero is written `m5`: a minus sign is not part of a name.
fn suffix(code: i64) -> String {
    if code < 0 { format!("m{}", code.unsigned_abs()) } else { code.to_string() }
}

impl Question {
    /// The columns that the answer fills, without those of an "other" text and of positions.
    #[must_use]
    pub fn columns(&self) -> Vec<Column> {
        Of::question(self).columns(&self.domain)
    }

    /// The options or rows that come in a random order.
    fn in_random_order(&self) -> &[Choice] {
        match (self.shuffle, &self.domain) {
            (false, _) => &[],
            (true, Domain::Rows(_)) => &self.rows,
            (true, _) => &self.choices,
        }
    }

    /// The columns that say at which place each option stood.
    fn positions(&self) -> Vec<Column> {
        let of = Of::question(self);
        let column = |choice: &Choice| {
            let name = format!("{}_pos_{}", self.name, suffix(choice.code));
            Column { option: Some(Item::of(choice)), ..of.position(name) }
        };
        self.in_random_order().iter().map(column).collect()
    }
}

/// The columns that each question of a survey fills, with the question.
pub(crate) fn of_survey(survey: &Survey) -> impl Iterator<Item = (&Question, Vec<Column>)> {
    survey.pages.iter().enumerate().flat_map(move |(number, page)| {
        page.questions.iter().enumerate().map(move |(index, question)| {
            let mut columns = of_question(question);
            let places = [
                (index == 0 && survey.moves(number)).then(|| format!("{}_pos", page.id.replace('-', "_"))),
                page.moves(index).then(|| format!("{}_pos", question.name)),
            ];
            let of = Of::question(question);
            columns.extend(places.into_iter().flatten().map(|name| of.position(name)));
            (question, columns)
        })
    })
}

fn of_question(question: &Question) -> Vec<Column> {
    let mut columns = question.columns();
    if let Some(other) = question.other() {
        let name = question.other_name();
        let column = Of { name: &name, ..Of::question(question) }.words(OTHER_MAX);
        columns.push(Column { part: Part::Other, option: Some(Item::of(other)), ..column });
    }
    columns.extend(question.positions());
    columns
}
