//! What a condition says, for those who put it into words: paper has no other way to route.
//!
//! Only what a person can follow with a pen in her hand has an outline: comparisons of an answer with what is written
//! in the condition, joined by "and" and "or". Everything else (arithmetic, days, negations of more than "answered") has none.

use super::function::Function;
use super::{Expression, Operator, Step};
use crate::number::Number;

/// A condition as a tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outline {
    /// All of them hold.
    All(Vec<Outline>),
    /// At least one of them holds.
    Any(Vec<Outline>),
    /// An answer compares with codes or an amount.
    Compare(Subject, Relation, Vec<Number>),
    /// Something was answered, or nothing was.
    Answered(Subject, bool),
}

/// Whose answer is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// The variable.
    pub variable: String,
    /// The row of it.
    pub row: Option<i64>,
}

/// How it compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// Is one of these.
    Is,
    /// Was answered and is none of these.
    IsNot,
    /// These and no others were chosen.
    Only,
    /// Something else was chosen than exactly these.
    NotOnly,
    /// This one is among those that were chosen.
    Has,
    /// Is less.
    Less,
    /// Is not more.
    AtMost,
    /// Is more.
    More,
    /// Is not less.
    AtLeast,
}

/// What a step leaves on the stack.
enum Part {
    Whole(Outline),
    Of(Subject),
    One(Number),
    Codes(Vec<i64>),
}

impl Expression {
    /// The condition as a tree; `None` for one that is too much for words.
    #[must_use]
    pub fn outline(&self) -> Option<Outline> {
        let mut stack: Vec<Part> = Vec::new();
        for step in &self.steps {
            let part = match step {
                Step::Number(number) => Part::One(*number),
                Step::List(codes) => Part::Codes(codes.clone()),
                Step::Variable(variable) => Part::Of(Subject { variable: variable.clone(), row: None }),
                Step::Row(variable, row) => Part::Of(Subject { variable: variable.clone(), row: Some(*row) }),
                Step::Of(Function::Answered, variable) => {
                    let subject = Subject { variable: variable.clone(), row: None };
                    Part::Whole(Outline::Answered(subject, true))
                }
                Step::Call(Function::Answered, 1) => match stack.pop()? {
                    Part::Of(subject) => Part::Whole(Outline::Answered(subject, true)),
                    _ => return None,
                },
                Step::Not => match stack.pop()? {
                    Part::Whole(Outline::Answered(subject, answered)) => {
                        Part::Whole(Outline::Answered(subject, !answered))
                    }
                    _ => return None,
                },
                Step::Negative => match stack.pop()? {
                    Part::One(number) => Part::One(number.negative()),
                    _ => return None,
                },
                Step::Binary(operator) => {
                    let right = stack.pop()?;
                    Part::Whole(binary(*operator, stack.pop()?, right)?)
                }
                _ => return None,
            };
            stack.push(part);
        }
        match (stack.pop()?, stack.is_empty()) {
            (Part::Whole(outline), true) => Some(outline),
            _ => None,
        }
    }
}

fn binary(operator: Operator, left: Part, right: Part) -> Option<Outline> {
    match (operator, left, right) {
        (Operator::And, Part::Whole(left), Part::Whole(right)) => {
            Some(Outline::All(flat(left, right, |outline| match outline {
                Outline::All(parts) => Ok(parts),
                other => Err(other),
            })))
        }
        (Operator::Or, Part::Whole(left), Part::Whole(right)) => {
            Some(Outline::Any(flat(left, right, |outline| match outline {
                Outline::Any(parts) => Ok(parts),
                other => Err(other),
            })))
        }
        (_, Part::Of(subject), Part::One(number)) => compared(operator, subject, number),
        (_, Part::One(number), Part::Of(subject)) => compared(turned(operator)?, subject, number),
        (_, Part::Of(subject), Part::Codes(codes)) => {
            let relation = match operator {
                Operator::In => Relation::Is,
                Operator::Equal => Relation::Only,
                Operator::Unequal => Relation::NotOnly,
                _ => return None,
            };
            let codes = codes.into_iter().map(Number::from_whole).collect::<Option<_>>()?;
            Some(Outline::Compare(subject, relation, codes))
        }
        _ => None,
    }
}

/// Both sides, and not a list in a list where the same word joins them.
fn flat(
    left: Outline,
    right: Outline,
    parts_of: impl Fn(Outline) -> Result<Vec<Outline>, Outline>,
) -> Vec<Outline> {
    let parts = |outline| parts_of(outline).unwrap_or_else(|other| vec![other]);
    let mut all = parts(left);
    all.extend(parts(right));
    all
}

fn compared(operator: Operator, subject: Subject, number: Number) -> Option<Outline> {
    let relation = match operator {
        Operator::Equal => Relation::Is,
        Operator::Unequal => Relation::IsNot,
        Operator::Less => Relation::Less,
        Operator::AtMost => Relation::AtMost,
        Operator::More => Relation::More,
        Operator::AtLeast => Relation::AtLeast,
        Operator::Has => Relation::Has,
        _ => return None,
    };
    Some(Outline::Compare(subject, relation, vec![number]))
}

/// The operator when the sides change places.
fn turned(operator: Operator) -> Option<Operator> {
    Some(match operator {
        Operator::Equal | Operator::Unequal => operator,
        Operator::Less => Operator::More,
        Operator::AtMost => Operator::AtLeast,
        Operator::More => Operator::Less,
        Operator::AtLeast => Operator::AtMost,
        _ => return None,
    })
}
