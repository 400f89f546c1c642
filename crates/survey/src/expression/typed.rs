//! Types, for authors: what an expression will give, or why it can never do what it says.
//!
//! Only the server calls this, when a survey is checked or published; the browser downloads none of it.

mod arguments;
mod comparison;

use super::function::Function;
use super::{Expression, Operator, Step};
use crate::calendar::Date;
use crate::fault::nearest;

/// What a variable holds or an expression gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// True or false: a condition.
    Truth,
    /// The code of one option, or a point on a scale.
    Code,
    /// The codes of several options.
    Codes,
    /// An amount.
    Number,
    /// Text.
    Text,
    /// A day.
    Day,
    /// A grid: one datum for each row.
    Rows,
}

/// What the variables of a survey hold.
pub trait Types {
    /// The type of a variable, when there is such a variable.
    fn of(&self, variable: &str) -> Option<Type>;
    /// The codes of the rows of a variable that has rows.
    fn rows(&self, variable: &str) -> Option<Vec<i64>>;
    /// The type of each row of a variable that has rows.
    fn cell(&self, variable: &str) -> Option<Type>;
    /// The codes that a variable, or each of its rows, can hold; `None` when any code can be.
    fn codes(&self, variable: &str) -> Option<Vec<i64>>;
    /// The names of all variables, for suggestions.
    fn names(&self) -> Vec<String>;
}

impl Type {
    /// In a sentence: "overall" is …
    fn is(self) -> &'static str {
        match self {
            Self::Truth => "true or false",
            Self::Code => "the code of one answer",
            Self::Codes => "a set of codes",
            Self::Number => "a number",
            Self::Text => "text",
            Self::Day => "a day",
            Self::Rows => "a grid",
        }
    }

    fn is_amount(self) -> bool {
        matches!(self, Self::Code | Self::Number)
    }
}

impl Expression {
    /// The type of what the expression gives, or of [`super::Datum::Nothing`].
    ///
    /// # Errors
    /// A sentence with the character position (from 1): a variable or row that is not there, a comparison that can never
    /// hold, arguments that a function cannot take; and what to write instead.
    pub fn type_of(&self, types: &dyn Types) -> Result<Type, String> {
        let mut checker = Checker { expression: self, types, stack: Vec::new() };
        for at in 0..self.steps.len() {
            let operand = checker.step(at)?;
            checker.stack.push(operand);
        }
        let whole = checker.pop();
        checker.no_rows(whole)?;
        Ok(whole.kind)
    }

    /// Whether the expression can stand where something is true or false.
    ///
    /// # Errors
    /// Those of [`Self::type_of`]; and that it gives something else.
    pub fn check_condition(&self, types: &dyn Types) -> Result<(), String> {
        match self.type_of(types)? {
            Type::Truth => Ok(()),
            other => Err(format!(
                "gives {}, and a condition must be true or false. Compare it, such as with == or >=, or ask answered( ).",
                other.is()
            )),
        }
    }
}

/// A part of the expression, from its first step to its last.
#[derive(Clone, Copy)]
struct Operand {
    kind: Type,
    from: usize,
    to: usize,
}

struct Checker<'a> {
    expression: &'a Expression,
    types: &'a dyn Types,
    stack: Vec<Operand>,
}

impl<'a> Checker<'a> {
    fn step(&mut self, at: usize) -> Result<Operand, String> {
        let leaf = |kind| Operand { kind, from: at, to: at };
        Ok(match &self.expression.steps[at] {
            Step::Number(_) => leaf(Type::Number),
            Step::Text(_) => leaf(Type::Text),
            Step::List(_) => leaf(Type::Codes),
            Step::Variable(variable) => leaf(self.variable(variable, at)?),
            Step::Row(variable, row) => leaf(self.row(variable, *row, at)?),
            Step::Of(function, variable) => {
                let kind = self.variable(variable, at)?;
                leaf(self.of_variable(*function, variable, kind, at)?)
            }
            Step::Call(function, arguments) => {
                let first = self.stack.len().saturating_sub(*arguments);
                let arguments = self.stack.split_off(first);
                let kind = self.call(*function, &arguments, at)?;
                Operand { kind, from: arguments.first().map_or(at, |first| first.from), to: at }
            }
            Step::Not => {
                let operand = self.pop();
                self.needs_truth("not", operand)?;
                Operand { to: at, ..operand }
            }
            Step::Negative => {
                let operand = self.pop();
                self.needs_amount("-", operand)?;
                Operand { kind: Type::Number, to: at, ..operand }
            }
            Step::Binary(operator) => {
                let (right, left) = (self.pop(), self.pop());
                Operand { kind: self.binary(*operator, left, right)?, from: left.from, to: at }
            }
        })
    }

    /// The parser never takes more operands than there are; were it to, this is what would be there.
    fn pop(&mut self) -> Operand {
        self.stack.pop().unwrap_or(Operand { kind: Type::Truth, from: 0, to: 0 })
    }

    fn variable(&self, variable: &str, at: usize) -> Result<Type, String> {
        self.types.of(variable).ok_or_else(|| {
            let names = self.types.names();
            let meant = nearest(variable, names.iter().map(String::as_str))
                .map(|meant| format!(" Did you mean \"{meant}\"?"));
            let about = format!("there is no question \"{variable}\".{}", meant.unwrap_or_default());
            self.at(at, &about)
        })
    }

    fn row(&self, variable: &str, row: i64, at: usize) -> Result<Type, String> {
        self.variable(variable, at)?;
        let (Some(rows), Some(cell)) = (self.types.rows(variable), self.types.cell(variable)) else {
            return Err(self.at(at, &format!("\"{variable}\" has no rows. Write {variable} alone.")));
        };
        if rows.contains(&row) {
            return Ok(cell);
        }
        Err(self.at(at, &format!("\"{variable}\" has no row {row}. Its rows are {}.", join(&rows))))
    }

    fn no_rows(&self, operand: Operand) -> Result<(), String> {
        if operand.kind != Type::Rows {
            return Ok(());
        }
        let name = self.variable_of(operand).unwrap_or("grid");
        let row = self.types.rows(name).and_then(|rows| rows.first().copied()).unwrap_or(1);
        let advice = format!("Ask one row, {name}[{row}], or all of them, mean({name}) or count({name})");
        Err(self.about(operand, &format!("{} is a grid. {advice}.", self.name(operand))))
    }

    fn needs_truth(&self, word: &str, operand: Operand) -> Result<(), String> {
        self.no_rows(operand)?;
        if operand.kind == Type::Truth {
            return Ok(());
        }
        let advice = "Compare it, such as with == or >=, or ask answered( )";
        Err(self.about(
            operand,
            &format!(
                "\"{word}\" needs what is true or false, and {} is {}. {advice}.",
                self.name(operand),
                operand.kind.is()
            ),
        ))
    }

    fn needs_amount(&self, word: &str, operand: Operand) -> Result<(), String> {
        self.no_rows(operand)?;
        if operand.kind.is_amount() {
            return Ok(());
        }
        let advice = match operand.kind {
            Type::Codes => " Count the codes with count( ).",
            Type::Text => " Count its characters with length( ).",
            Type::Day => " Use days( , ), age( ) or year( ).",
            _ => "",
        };
        let name = self.name(operand);
        Err(self.about(
            operand,
            &format!("\"{word}\" needs a number, and {name} is {}.{advice}", operand.kind.is()),
        ))
    }

    /// A day, or text in quotes that is one.
    fn needs_day(&self, word: &str, operand: Operand) -> Result<(), String> {
        self.no_rows(operand)?;
        match self.step_of(operand) {
            _ if operand.kind == Type::Day => Ok(()),
            Some(Step::Text(text)) if Date::parse(text.trim()).is_some() => Ok(()),
            Some(Step::Text(text)) => Err(self.about(
                operand,
                &format!("'{text}' is not a day from 1900 to 2199. Write it as '2026-03-05', year first."),
            )),
            _ => {
                let name = self.name(operand);
                Err(self
                    .about(operand, &format!("\"{word}\" needs a day, and {name} is {}.", operand.kind.is())))
            }
        }
    }

    /// The only step of an operand.
    fn step_of(&self, operand: Operand) -> Option<&'a Step> {
        (operand.from == operand.to).then(|| &self.expression.steps[operand.from])
    }

    /// The variable that an operand is, or is a row of.
    fn variable_of(&self, operand: Operand) -> Option<&'a str> {
        match self.step_of(operand) {
            Some(Step::Variable(variable) | Step::Row(variable, _)) => Some(variable),
            _ => None,
        }
    }

    /// What a message calls an operand.
    fn name(&self, operand: Operand) -> String {
        match self.step_of(operand) {
            Some(Step::Variable(variable)) => format!("\"{variable}\""),
            Some(Step::Row(variable, row)) => format!("\"{variable}[{row}]\""),
            Some(Step::Number(number)) => number.to_plain(),
            Some(Step::Text(text)) => format!("'{text}'"),
            Some(Step::List(list)) => format!("[{}]", join(list)),
            _ => "this".to_owned(),
        }
    }

    fn about(&self, operand: Operand, about: &str) -> String {
        let places = &self.expression.places[operand.from..=operand.to];
        let first = (operand.from..).zip(places).min_by_key(|(_, place)| **place);
        self.at(first.map_or(operand.from, |(at, _)| at), about)
    }

    fn at(&self, at: usize, about: &str) -> String {
        format!("character {}: {about}", self.expression.places[at])
    }
}

fn join(codes: &[i64]) -> String {
    codes.iter().map(i64::to_string).collect::<Vec<_>>().join(", ")
}
