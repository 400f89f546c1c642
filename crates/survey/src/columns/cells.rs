//! The cells that a response fills, in the order of the columns.

use super::Cell;
use crate::answer::Answer;
use crate::definition::{Choice, Question, Survey};
use crate::domain::Domain;
use crate::domain::as_param;
use crate::expression::Datum;
use crate::missing::Missing;
use crate::order::shuffled;
use crate::route::{Occasion, Route};

/// The cells of a complete response, in the order of the survey's own columns.
pub(super) fn cells(survey: &Survey, route: &Route, occasion: Occasion) -> Vec<Cell> {
    let mut row = Vec::new();
    for (number, page) in survey.pages.iter().enumerate() {
        // Hardly any page is shuffled, and an export asks this of each response.
        let order = if page.shuffle { page.order(occasion.seed) } else { Vec::new() };
        for (index, question) in page.questions.iter().enumerate() {
            row.extend(of_question(route, question, (number, index), occasion));
            if index == 0 && survey.moves(number) {
                row.push(position(route.order(), number, route.shows_page(survey, number)));
            }
            if page.moves(index) {
                row.push(position(&order, index, route.shows((number, index))));
            }
        }
    }
    row
}

fn of_question(route: &Route, question: &Question, place: (usize, usize), occasion: Occasion) -> Vec<Cell> {
    let shown = route.shows(place);
    let missing = if shown { Missing::Blank } else { Missing::NotApplicable };
    let answer = route.answers().get(&question.name).ok_or(missing);
    let mut cells = match &question.domain {
        Domain::Computed(_) => vec![computed(route.value(&question.name), missing)],
        Domain::Rows(rows) => {
            let cell = |row: &Choice| {
                let asked = route.asks_row(place, row.code);
                question.cells_as(&rows.cell, of_row(answer, row.code, asked))
            };
            question.rows.iter().flat_map(cell).collect()
        }
        Domain::Entries(entries) => {
            let asked = |entry, inner| route.asks_inner(place, entry, inner);
            of_entries(&entries.questions, entries.max, answer, &asked)
        }
        _ => question.cells(answer),
    };
    if let Domain::Several { .. } = question.domain {
        for (cell, choice) in cells.iter_mut().zip(&question.choices) {
            if !route.offers(place, choice.code) {
                *cell = Cell::Missing(Missing::NotApplicable);
            }
        }
    }
    if let Some(other) = question.other() {
        let words = route.answers().get(&question.other_name());
        cells.push(text_cell(words.ok_or(other_missing(answer, other))));
    }
    cells.extend(positions(question, shown, occasion));
    cells
}

/// The answer of one row of a grid.
fn of_row(answer: Result<&Answer, Missing>, row: i64, asked: bool) -> Result<&Answer, Missing> {
    match answer {
        Ok(Answer::Rows(rows)) if asked => {
            rows.iter().find(|(code, _)| *code == row).map(|(_, answer)| answer).ok_or(Missing::Blank)
        }
        Ok(Answer::Rows(_)) | Err(Missing::Blank) if !asked => Err(Missing::NotApplicable),
        Ok(_) => Err(Missing::Invalid),
        Err(missing) => Err(missing),
    }
}

fn computed(value: Option<&Datum>, missing: Missing) -> Cell {
    match value {
        Some(Datum::Code(code)) => Cell::Code(*code),
        Some(Datum::Truth(truth)) => Cell::Code(i64::from(*truth)),
        Some(Datum::Number(number)) => Cell::Number(*number),
        Some(Datum::Text(text)) => Cell::Text(text.clone()),
        Some(Datum::Day(day)) => Cell::Text(day.to_text()),
        Some(Datum::Nothing | Datum::Codes(_)) | None => Cell::Missing(missing),
    }
}

/// At which place something stood, from 1.
fn position(order: &[usize], item: usize, shown: bool) -> Cell {
    let place = order.iter().position(|other| *other == item).filter(|_| shown);
    place.map_or(Cell::Missing(Missing::NotApplicable), |place| Cell::Code(as_param(place + 1)))
}

/// At which place each option stood, from 1.
fn positions(question: &Question, shown: bool, occasion: Occasion) -> Vec<Cell> {
    let choices = question.in_random_order();
    if choices.is_empty() {
        return Vec::new();
    }
    let order = shuffled(occasion.seed, &question.name, choices.len(), |item| choices[item].is_pinned());
    let mut cells = vec![Cell::Missing(Missing::NotApplicable); choices.len()];
    for (place, item) in order.into_iter().enumerate().filter(|_| shown) {
        cells[item] = Cell::Code(as_param(place + 1));
    }
    cells
}

/// Why the words of an "other" are not there: not chosen is "does not apply", chosen without words is "left blank".
fn other_missing(answer: Result<&Answer, Missing>, other: &Choice) -> Missing {
    match answer {
        Ok(Answer::Code(code)) if *code == other.code => Missing::Blank,
        Ok(Answer::Codes(codes)) if codes.contains(&other.code) => Missing::Blank,
        Ok(_) => Missing::NotApplicable,
        Err(missing) => missing,
    }
}

impl Question {
    /// The cells of the columns that the answer fills, in their order.
    #[must_use]
    pub fn cells(&self, answer: Result<&Answer, Missing>) -> Vec<Cell> {
        self.cells_as(&self.domain, answer)
    }

    fn cells_as(&self, domain: &Domain, answer: Result<&Answer, Missing>) -> Vec<Cell> {
        match domain {
            Domain::Nothing => Vec::new(),
            Domain::Several { .. } => {
                self.of_options(answer, |codes, code| Cell::Code(i64::from(codes.contains(&code))))
            }
            Domain::Ranking { .. } => self.of_options(answer, |codes, code| {
                let place = codes.iter().position(|chosen| *chosen == code);
                place.map_or(Cell::Missing(Missing::NotApplicable), |place| Cell::Code(as_param(place + 1)))
            }),
            Domain::Rows(rows) => {
                let cell = |row: &Choice| self.cells_as(&rows.cell, of_row(answer, row.code, true));
                self.rows.iter().flat_map(cell).collect()
            }
            Domain::Entries(entries) => of_entries(&entries.questions, entries.max, answer, &|_, _| true),
            Domain::Words(_) | Domain::Given | Domain::Moment(_) => vec![text_cell(answer)],
            Domain::One | Domain::Number(_) | Domain::Computed(_) => vec![match answer {
                Ok(Answer::Code(code)) => Cell::Code(*code),
                Ok(Answer::Number(number)) => Cell::Number(*number),
                Ok(_) => Cell::Missing(Missing::Invalid),
                Err(missing) => Cell::Missing(missing),
            }],
        }
    }

    fn of_options(&self, answer: Result<&Answer, Missing>, cell: fn(&[i64], i64) -> Cell) -> Vec<Cell> {
        let of_choice = |choice: &Choice| match answer {
            Ok(Answer::Codes(codes)) => cell(codes, choice.code),
            Ok(_) => Cell::Missing(Missing::Invalid),
            Err(missing) => Cell::Missing(missing),
        };
        self.choices.iter().map(of_choice).collect()
    }
}

/// The count of entries, and the cells of as many as there may be; those that there are not do not apply.
fn of_entries(
    questions: &[Question],
    max: usize,
    answer: Result<&Answer, Missing>,
    asked: &dyn Fn(usize, usize) -> bool,
) -> Vec<Cell> {
    let (entries, missing) = match answer {
        Ok(Answer::Entries(entries)) => (entries.as_slice(), Missing::NotApplicable),
        Ok(_) => (&[][..], Missing::Invalid),
        Err(missing) => (&[][..], missing),
    };
    let count = match answer {
        Err(missing @ (Missing::NotApplicable | Missing::NotAsked | Missing::NotReached)) => {
            Cell::Missing(missing)
        }
        _ => Cell::Code(as_param(entries.len())),
    };
    let mut cells = vec![count];
    for number in 0..max {
        for (inner, question) in questions.iter().enumerate() {
            let answer = match entries.get(number) {
                Some(_) if !asked(number, inner) => Err(Missing::NotApplicable),
                Some(entry) => entry.get(&question.name).ok_or(Missing::Blank),
                None => Err(missing),
            };
            cells.extend(question.cells(answer));
        }
    }
    cells
}

/// The cell of a text.
fn text_cell(answer: Result<&Answer, Missing>) -> Cell {
    match answer {
        Ok(Answer::Text(text)) => Cell::Text(text.clone()),
        Ok(_) => Cell::Missing(Missing::Invalid),
        Err(missing) => Cell::Missing(missing),
    }
}
