//! The values that conditions see: those of the answers that stand so far.

use super::Route;
use crate::answer::{Answer, Answers};
use crate::calendar::Date;
use crate::definition::{Question, Survey};
use crate::domain::{Domain, moment::Unit};
use crate::expression::{Datum, Scope};
use crate::number::Number;

/// The answers that stand, and inside an entry of a group those of the entry before them.
#[derive(Clone, Copy)]
pub(super) struct Standing<'a> {
    survey: &'a Survey,
    route: &'a Route,
    entry: Option<(&'a [Question], &'a Answers)>,
}

impl<'a> Standing<'a> {
    pub(super) fn of(survey: &'a Survey, route: &'a Route) -> Self {
        Self { survey, route, entry: None }
    }

    /// The same inside an entry, whose questions come first.
    pub(super) fn within(self, questions: &'a [Question], answers: &'a Answers) -> Self {
        Self { entry: Some((questions, answers)), ..self }
    }

    fn answer(&self, variable: &str) -> Option<(&'a Question, &'a Answer)> {
        if let Some((questions, answers)) = self.entry
            && let Some(question) = questions.iter().find(|question| question.name == variable)
        {
            return Some((question, answers.get(variable)?));
        }
        Some((self.survey.question(variable)?, self.route.answers.get(variable)?))
    }
}

impl Scope for Standing<'_> {
    fn datum(&self, variable: &str) -> Datum {
        match self.answer(variable) {
            Some((question, answer)) => datum(&question.domain, answer),
            None => self.route.value(variable).cloned().unwrap_or(Datum::Nothing),
        }
    }

    fn row(&self, variable: &str, row: i64) -> Datum {
        let rows = self.rows(variable).into_iter();
        rows.into_iter().find(|(code, _)| *code == row).map_or(Datum::Nothing, |(_, datum)| datum)
    }

    fn rows(&self, variable: &str) -> Vec<(i64, Datum)> {
        match self.answer(variable) {
            Some((Question { domain: Domain::Rows(rows), .. }, Answer::Rows(answers))) => {
                answers.iter().map(|(row, answer)| (*row, datum(&rows.cell, answer))).collect()
            }
            Some((_, Answer::Entries(entries))) => {
                let filled = entries.iter().filter(|entry| !entry.is_empty());
                filled
                    .zip(1..)
                    .map(|(_, number)| {
                        (number, Number::from_whole(number).map_or(Datum::Nothing, Datum::Number))
                    })
                    .collect()
            }
            _ => Vec::new(),
        }
    }

    fn today(&self) -> Option<Date> {
        self.route.today
    }
}

/// The value of an answer. Rows and entries have none as a whole.
fn datum(domain: &Domain, answer: &Answer) -> Datum {
    match answer {
        Answer::Code(code) => Datum::Code(*code),
        Answer::Codes(codes) => Datum::Codes(codes.clone()),
        Answer::Number(number) => Datum::Number(*number),
        Answer::Text(text) => match domain {
            Domain::Moment(moment) if moment.unit == Unit::Day => {
                Date::parse(text).map_or(Datum::Nothing, Datum::Day)
            }
            _ => Datum::Text(text.clone()),
        },
        Answer::Rows(_) | Answer::Entries(_) | Answer::Typed(_) => Datum::Nothing,
    }
}
