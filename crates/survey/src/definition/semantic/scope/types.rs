//! What the variables of a scope hold, as the expression language asks.

use super::Scope;
use crate::definition::{Choice, Question};
use crate::domain::{Domain, moment::Unit};
use crate::expression::{Type, Types};

pub(super) fn type_of(domain: &Domain) -> Type {
    match domain {
        Domain::One => Type::Code,
        Domain::Several { .. } | Domain::Ranking { .. } => Type::Codes,
        Domain::Number(_) => Type::Number,
        Domain::Moment(moment) if moment.unit == Unit::Day => Type::Day,
        Domain::Rows(_) | Domain::Entries(_) => Type::Rows,
        Domain::Words(_) | Domain::Moment(_) | Domain::Given | Domain::Nothing | Domain::Computed(_) => {
            Type::Text
        }
    }
}

fn codes(choices: &[Choice]) -> Vec<i64> {
    choices.iter().map(|choice| choice.code).collect()
}

impl Types for Scope<'_> {
    fn of(&self, variable: &str) -> Option<Type> {
        self.find(variable).map(|(_, found)| found)
    }

    fn rows(&self, variable: &str) -> Option<Vec<i64>> {
        match &self.find(variable)?.0 {
            Question { domain: Domain::Rows(_), rows, .. } => Some(codes(rows)),
            Question { domain: Domain::Entries(entries), .. } => Some((1..).take(entries.max).collect()),
            _ => None,
        }
    }

    fn cell(&self, variable: &str) -> Option<Type> {
        match &self.find(variable)?.0.domain {
            Domain::Rows(rows) => Some(type_of(&rows.cell)),
            Domain::Entries(_) => Some(Type::Number),
            _ => None,
        }
    }

    fn codes(&self, variable: &str) -> Option<Vec<i64>> {
        let (question, _) = self.find(variable)?;
        (!question.choices.is_empty()).then(|| codes(&question.choices))
    }

    fn names(&self) -> Vec<String> {
        self.seen.iter().map(|(question, _)| question.name.clone()).collect()
    }
}
