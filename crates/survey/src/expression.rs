//! Expressions: what an author writes to say who is asked, what must hold and what is computed.
//!
//! ```text
//! expression = operand { operator operand } ;         (or < and < not < comparison < + - < * / < unary minus)
//! operand    = "not" expression | "-" operand | "(" expression ")" | number | text | list
//!            | variable | variable "[" integer "]" | function "(" [ expression { "," expression } ] ")" ;
//! operator   = "or" | "and" | "==" | "!=" | "<" | "<=" | ">" | ">=" | "in" | "has" | "+" | "-" | "*" | "/" ;
//! list       = "[" integer { "," integer } "]" ;
//! ```
//!
//! The language is total: every expression ends, and gives a [`Datum`]. A comparison with a variable that has no answer
//! is false, `!=` too: nothing is shown for want of an answer. Order and arithmetic pass over the codes of missing
//! values (−5 "I do not know" is not less than 2). For authors, `docs/expressions.md` says it at length.
//!
//! Here is what an expression is made of; [`parse()`] reads one, [`Expression::evaluate`] computes it,
//! [`Expression::type_of`] tells its author what can never hold. The browser needs [`Expression::read`] and the evaluation; messages stay on the server.

mod datum;
mod evaluate;
mod function;
mod message;
mod outline;
mod parse;
mod token;
mod typed;

use crate::number::Number;
pub use datum::Datum;
pub use evaluate::Scope;
use function::Function;
pub use message::parse;
pub use outline::{Outline, Relation, Subject};
pub use typed::{Type, Types};

/// An expression, parsed.
#[derive(Clone, Debug)]
pub struct Expression {
    /// In postfix order, operands before what is done with them, so that neither evaluation nor its types recurse.
    steps: Vec<Step>,
    /// Where each step stands in the text, in characters from 1.
    places: Vec<u32>,
}

/// One step of an expression: what it takes from the stack, it replaces by what it gives.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Number(Number),
    Text(String),
    List(Vec<i64>),
    Variable(String),
    /// One row of a grid.
    Row(String, i64),
    /// A function of a variable as a whole, which may have rows.
    Of(Function, String),
    /// A function of the last so many operands.
    Call(Function, usize),
    Not,
    Negative,
    Binary(Operator),
}

/// What stands between two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operator {
    Or,
    And,
    Equal,
    Unequal,
    Less,
    AtMost,
    More,
    AtLeast,
    In,
    Has,
    Plus,
    Minus,
    Times,
    Over,
}

/// How tightly `not` binds: looser than a comparison.
const NOT: u8 = 3;
const COMPARISON: u8 = 4;

impl Operator {
    const ALL: [Self; 14] = [
        Self::Or,
        Self::And,
        Self::Equal,
        Self::Unequal,
        Self::Less,
        Self::AtMost,
        Self::More,
        Self::AtLeast,
        Self::In,
        Self::Has,
        Self::Plus,
        Self::Minus,
        Self::Times,
        Self::Over,
    ];

    fn text(self) -> &'static str {
        const TEXTS: [&str; 14] =
            ["or", "and", "==", "!=", "<", "<=", ">", ">=", "in", "has", "+", "-", "*", "/"];
        TEXTS[self as usize]
    }

    fn named(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|operator| operator.text() == text)
    }

    /// How tightly it binds, from 1.
    fn level(self) -> u8 {
        match self {
            Self::Or => 1,
            Self::And => 2,
            Self::Plus | Self::Minus => 5,
            Self::Times | Self::Over => 6,
            _ => COMPARISON,
        }
    }
}

impl Expression {
    /// Reads an expression that was found sound before; of one that is not, [`parse()`] says what is wrong.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        parse::read(text).ok()
    }

    /// Calls `visit` with every variable, as often as it stands there, from left to right.
    pub fn variables(&self, visit: &mut dyn FnMut(&str)) {
        for step in &self.steps {
            if let Step::Variable(variable) | Step::Row(variable, _) | Step::Of(_, variable) = step {
                visit(variable);
            }
        }
    }
}

/// The same meaning: white space and superfluous parentheses make no difference.
impl PartialEq for Expression {
    fn eq(&self, other: &Self) -> bool {
        self.steps == other.steps
    }
}

impl Eq for Expression {}

#[cfg(test)]
mod tests;
