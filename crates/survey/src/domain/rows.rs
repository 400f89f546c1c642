//! Rows: the same small question about several things, side by side.

use super::{Domain, Fields};
use crate::answer::{Answer, Reading};
use crate::definition::Question;
use crate::number::Number;
use crate::problem::{Code, Problem};
use serde_json::Value;

/// What is asked in each row.
#[derive(Clone, Debug)]
pub struct Rows {
    /// What may be answered in a row.
    pub cell: Box<Domain>,
    /// What the numbers of the rows must add up to.
    pub total: Option<Number>,
}

impl Rows {
    pub(super) fn read_json(&self, question: &Question, value: &Value, reading: Reading) -> Option<Answer> {
        // More than there are rows need not be put in order to be refused.
        let map = value.as_object().filter(|map| map.len() <= question.rows.len())?;
        let mut rows: Vec<(i64, Answer)> = Vec::new();
        for (row, value) in map {
            // One spelling of a row: "01" would be the same one twice.
            let row: i64 = row.parse().ok().filter(|code: &i64| code.to_string() == *row)?;
            let answer = question.read_as(&self.cell, value, reading)?;
            if answer.is_blank() {
                continue;
            }
            // Object keys come in no order; equal answers are equal bytes.
            let behind = |(other, _): &(i64, Answer)| place(question, *other) > place(question, row);
            let at = rows.iter().position(behind).unwrap_or(rows.len());
            rows.insert(at, (row, answer));
        }
        Some(Answer::Rows(rows))
    }

    pub(super) fn read_form(
        &self,
        question: &Question,
        name: &str,
        fields: &mut Fields<'_>,
    ) -> Result<Option<Answer>, Code> {
        let mut rows = Vec::new();
        for row in &question.rows {
            let field = format!("{name}.{}", row.code);
            if let Some(answer) = question.read_form_as(&self.cell, &field, fields)? {
                rows.push((row.code, answer));
            }
        }
        Ok((!rows.is_empty()).then_some(Answer::Rows(rows)))
    }

    /// The problems of each row, and that of their sum.
    pub(super) fn check(
        &self,
        question: &Question,
        answers: &[(i64, Answer)],
        offers: &dyn Fn(i64) -> bool,
    ) -> Vec<Problem> {
        let mut problems = Vec::new();
        for (row, answer) in answers {
            if place(question, *row) == usize::MAX {
                problems.push(Problem::of(Code::UnknownOption).with("row", *row));
            }
            let of_row = question.problems_as(&self.cell, answer, offers);
            problems.extend(of_row.into_iter().map(|problem| problem.with("row", *row)));
        }
        if problems.is_empty() {
            problems.extend(self.check_total(answers));
        }
        problems
    }

    fn check_total(&self, answers: &[(i64, Answer)]) -> Option<Problem> {
        let total = self.total?;
        let differs = sum(answers).is_none_or(|sum| sum != total);
        differs.then(|| Problem::of(Code::WrongTotal).with("max", total.whole().unwrap_or_default()))
    }
}

/// The sum of the numbers in the rows; `None` when there are none, or more than can be added.
#[must_use]
pub fn sum(answers: &[(i64, Answer)]) -> Option<Number> {
    let numbers = answers.iter().filter_map(|(_, answer)| match answer {
        Answer::Number(number) => Some(*number),
        _ => None,
    });
    numbers.map(Some).reduce(|sum, number| sum?.plus(number?)).flatten()
}

fn place(question: &Question, row: i64) -> usize {
    question.rows.iter().position(|choice| choice.code == row).unwrap_or(usize::MAX)
}
