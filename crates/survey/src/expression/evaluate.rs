//! The value of an expression: a walk over its steps with a stack, which ends and cannot fail.
//!
//! What is missing is [`Datum::Nothing`]; so is what was divided by zero, left the bounds of a number, or was asked of a
//! datum of another type.

use super::datum::valid;
use super::function::Function;
use super::{Datum, Expression, Operator, Step};
use crate::calendar::Date;
use crate::number::Number;

/// Where an expression finds the values of variables.
pub trait Scope {
    /// What a variable holds; nothing when it is unanswered, hidden or has rows.
    fn datum(&self, variable: &str) -> Datum;
    /// What one row of a variable holds.
    fn row(&self, variable: &str, row: i64) -> Datum;
    /// The rows of a variable with what they hold, answered or not; none when it has no rows.
    fn rows(&self, variable: &str) -> Vec<(i64, Datum)>;
    /// What day it is.
    fn today(&self) -> Option<Date>;
}

impl Expression {
    /// Whether the expression is true.
    #[must_use]
    pub fn holds(&self, scope: &dyn Scope) -> bool {
        self.evaluate(scope).is_true()
    }

    /// What the expression gives. Total: it always ends and never fails.
    #[must_use]
    pub fn evaluate(&self, scope: &dyn Scope) -> Datum {
        let mut stack = Vec::with_capacity(4);
        for step in &self.steps {
            let datum = match step {
                Step::Number(number) => Datum::Number(*number),
                Step::Text(text) => Datum::Text(text.clone()),
                Step::List(list) => Datum::Codes(list.clone()),
                Step::Variable(variable) => scope.datum(variable),
                Step::Row(variable, row) => scope.row(variable, *row),
                Step::Of(function, variable) => of_variable(*function, variable, scope),
                Step::Call(function, arguments) => {
                    let first = stack.len().saturating_sub(*arguments);
                    let datum = call(*function, &stack[first..], scope);
                    stack.truncate(first);
                    datum
                }
                Step::Not => Datum::Truth(!pop(&mut stack).is_true()),
                Step::Negative => number(pop(&mut stack).number().map(Number::negative)),
                Step::Binary(operator) => {
                    let right = pop(&mut stack);
                    binary(*operator, &pop(&mut stack), &right)
                }
            };
            stack.push(datum);
        }
        pop(&mut stack)
    }
}

fn pop(stack: &mut Vec<Datum>) -> Datum {
    stack.pop().unwrap_or_default()
}

fn number(number: Option<Number>) -> Datum {
    number.map_or(Datum::Nothing, Datum::Number)
}

fn whole(whole: i64) -> Datum {
    number(Number::from_whole(whole))
}

fn binary(operator: Operator, left: &Datum, right: &Datum) -> Datum {
    let arithmetic = |compute: fn(Number, Number) -> Option<Number>| {
        number(left.number().zip(right.number()).and_then(|(left, right)| compute(left, right)))
    };
    match operator {
        Operator::Plus => arithmetic(Number::plus),
        Operator::Minus => arithmetic(Number::minus),
        Operator::Times => arithmetic(Number::times),
        Operator::Over => arithmetic(Number::over),
        _ => Datum::Truth(compare(operator, left, right)),
    }
}

fn compare(operator: Operator, left: &Datum, right: &Datum) -> bool {
    match operator {
        Operator::Or => left.is_true() || right.is_true(),
        Operator::And => left.is_true() && right.is_true(),
        Operator::Equal => equal(left, right) == Some(true),
        Operator::Unequal => equal(left, right) == Some(false),
        Operator::In => contains(right, left),
        Operator::Has => contains(left, right),
        _ => {
            // Amounts and days are both ordered as integers.
            let (left, right) = match (left.number(), right.number()) {
                (Some(left), Some(right)) => (left.millionths(), right.millionths()),
                _ => match days(left, right) {
                    Some((left, right)) => (i64::from(left.days()), i64::from(right.days())),
                    None => return false,
                },
            };
            match operator {
                Operator::Less => left < right,
                Operator::AtMost => left <= right,
                Operator::More => left > right,
                _ => left >= right,
            }
        }
    }
}

/// Both as days, when one of them is a day: text is ordered by nobody.
fn days(left: &Datum, right: &Datum) -> Option<(Date, Date)> {
    let is_day = |datum: &Datum| matches!(datum, Datum::Day(_));
    if is_day(left) || is_day(right) { left.day().zip(right.day()) } else { None }
}

/// Whether two data are the same; nothing when they cannot be compared.
fn equal(left: &Datum, right: &Datum) -> Option<bool> {
    match (left, right) {
        (Datum::Truth(left), Datum::Truth(right)) => Some(left == right),
        (Datum::Text(left), Datum::Text(right)) => Some(left.trim() == right.trim()),
        (Datum::Codes(left), Datum::Codes(right)) => {
            let within = |some: &[i64], all: &[i64]| some.iter().all(|code| all.contains(code));
            Some(within(left, right) && within(right, left))
        }
        _ => match days(left, right) {
            Some((left, right)) => Some(left == right),
            None => left.code().zip(right.code()).map(|(left, right)| left == right),
        },
    }
}

fn contains(list: &Datum, item: &Datum) -> bool {
    match (list, item.code().and_then(Number::whole)) {
        (Datum::Codes(codes), Some(code)) => codes.contains(&code),
        _ => false,
    }
}

/// A function of a variable with all its rows.
fn of_variable(function: Function, variable: &str, scope: &dyn Scope) -> Datum {
    let datum = scope.datum(variable);
    let rows = scope.rows(variable);
    match function {
        Function::Answered => {
            Datum::Truth(datum != Datum::Nothing || rows.iter().any(|(_, datum)| *datum != Datum::Nothing))
        }
        Function::Count => count(&datum, rows.iter().filter(|(_, datum)| datum.is_valid()).count()),
        _ => aggregate(function, &mut std::iter::once(&datum).chain(rows.iter().map(|(_, datum)| datum))),
    }
}

/// How many codes were chosen; of a variable with rows, how many `rows` were answered.
fn count(datum: &Datum, rows: usize) -> Datum {
    whole(match datum {
        Datum::Codes(codes) => valid(codes) as i64,
        _ => rows as i64,
    })
}

/// The sum, mean, smallest or largest of the data that are numbers; nothing when none is.
fn aggregate(function: Function, data: &mut dyn Iterator<Item = &Datum>) -> Datum {
    let mut result: Option<Number> = None;
    let mut many = 0;
    for next in data.filter_map(Datum::number) {
        many += 1;
        result = match (result, function) {
            (None, _) => Some(next),
            (Some(result), Function::Min) => Some(result.min(next)),
            (Some(result), Function::Max) => Some(result.max(next)),
            (Some(result), _) => match result.plus(next) {
                Some(sum) => Some(sum),
                None => return Datum::Nothing,
            },
        };
    }
    if function == Function::Mean {
        result = result.zip(Number::from_whole(many)).and_then(|(sum, many)| sum.over(many));
    }
    number(result)
}

fn call(function: Function, arguments: &[Datum], scope: &dyn Scope) -> Datum {
    match (function, arguments) {
        (Function::Answered, [datum]) => Datum::Truth(*datum != Datum::Nothing),
        (Function::Count, [datum]) => count(datum, 0),
        (Function::If, [condition, then, otherwise]) => {
            outcome(if condition.is_true() { then } else { otherwise })
        }
        (Function::Today, []) => scope.today().map_or(Datum::Nothing, Datum::Day),
        (Function::Length, [datum]) => length(datum),
        (Function::Band, [datum, Datum::Codes(bounds)]) => band(datum, bounds),
        (Function::Round, [datum]) => number(datum.number().and_then(|number| number.round(0))),
        (Function::Round, [datum, places]) => number(round(datum, places)),
        (Function::Age, [born]) => years(born, scope.today()),
        (Function::Age, [born, on]) => years(born, on.day()),
        (Function::Days, [from, to]) => from
            .day()
            .zip(to.day())
            .map_or(Datum::Nothing, |(from, to)| whole(i64::from(to.days() - from.days()))),
        (Function::Year, [day]) => day.day().map_or(Datum::Nothing, |day| whole(i64::from(day.year()))),
        (function, data) if function.is_aggregate() => aggregate(function, &mut data.iter()),
        _ => Datum::Nothing,
    }
}

/// A code becomes the amount it stands for, so that both outcomes of `if` are of one type.
fn outcome(datum: &Datum) -> Datum {
    match datum {
        Datum::Code(_) => number(datum.number()),
        _ => datum.clone(),
    }
}

/// The characters of a text without the white space around it; none when there is no text.
fn length(datum: &Datum) -> Datum {
    match datum {
        Datum::Text(text) => whole(text.trim().chars().count() as i64),
        Datum::Nothing => whole(0),
        _ => Datum::Nothing,
    }
}

/// How many of the bounds the number has reached.
fn band(datum: &Datum, bounds: &[i64]) -> Datum {
    let Some(amount) = datum.number() else { return Datum::Nothing };
    let reached = |bound: &i64| Number::from_whole(*bound).is_some_and(|bound| bound <= amount);
    whole(bounds.iter().filter(|bound| reached(bound)).count() as i64)
}

fn round(datum: &Datum, places: &Datum) -> Option<Number> {
    let places = places.number()?.whole()?;
    datum.number()?.round(u8::try_from(places).ok()?)
}

fn years(born: &Datum, on: Option<Date>) -> Datum {
    born.day().zip(on).map_or(Datum::Nothing, |(born, on)| whole(i64::from(born.years_until(on))))
}
