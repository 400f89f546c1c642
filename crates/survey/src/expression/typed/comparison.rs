//! What may stand on either side of an operator.

use super::{Checker, Function, Operand, Operator, Step, Type, join};
use crate::number::Number;

impl Checker<'_> {
    pub(super) fn binary(&self, operator: Operator, left: Operand, right: Operand) -> Result<Type, String> {
        let word = operator.text();
        match operator {
            Operator::Or | Operator::And => {
                self.needs_truth(word, left)?;
                self.needs_truth(word, right)?;
            }
            Operator::Plus | Operator::Minus | Operator::Times | Operator::Over => {
                self.needs_amount(word, left)?;
                self.needs_amount(word, right)?;
                return Ok(Type::Number);
            }
            Operator::Equal | Operator::Unequal => self.equality(word, left, right)?,
            Operator::In => self.in_list(left, right)?,
            Operator::Has => self.has(left, right)?,
            Operator::Less | Operator::AtMost | Operator::More | Operator::AtLeast => {
                self.order(word, left, right)?;
            }
        }
        Ok(Type::Truth)
    }

    fn equality(&self, word: &str, left: Operand, right: Operand) -> Result<(), String> {
        self.no_rows(left)?;
        self.no_rows(right)?;
        match (left.kind, right.kind) {
            (Type::Day, _) => self.needs_day(word, right),
            (_, Type::Day) => self.needs_day(word, left),
            (Type::Text, Type::Text) => self.not_empty(left).and_then(|()| self.not_empty(right)),
            (a, b) if a == b || (a.is_amount() && b.is_amount()) => {
                self.has_codes(left, right)?;
                self.has_codes(right, left)
            }
            _ => Err(self.unlike(left, right)),
        }
    }

    /// Blank text is no answer, so that nothing equals it.
    fn not_empty(&self, operand: Operand) -> Result<(), String> {
        match self.step_of(operand) {
            Some(Step::Text(text)) if text.trim().is_empty() => {
                Err(self.about(operand, "blank text is no answer. Write not answered( ) or answered( )."))
            }
            _ => Ok(()),
        }
    }

    fn order(&self, word: &str, left: Operand, right: Operand) -> Result<(), String> {
        self.no_rows(left)?;
        self.no_rows(right)?;
        match (left.kind, right.kind) {
            (Type::Day, _) => self.needs_day(word, right),
            (_, Type::Day) => self.needs_day(word, left),
            (a, b) if a.is_amount() && b.is_amount() => Ok(()),
            (Type::Text | Type::Codes | Type::Truth, _) => Err(self.unordered(left)),
            _ => Err(self.unordered(right)),
        }
    }

    fn in_list(&self, left: Operand, right: Operand) -> Result<(), String> {
        self.no_rows(left)?;
        self.no_rows(right)?;
        if !left.kind.is_amount() {
            return Err(self.unlike(left, right));
        }
        if right.kind != Type::Codes {
            return Err(self.about(right, "\"in\" needs a list of codes. Write such as in [1, 2]."));
        }
        self.has_codes(left, right)?;
        self.has_codes(right, left)
    }

    fn has(&self, left: Operand, right: Operand) -> Result<(), String> {
        self.no_rows(left)?;
        self.no_rows(right)?;
        if left.kind != Type::Codes {
            return Err(self.unlike(left, right));
        }
        if !right.kind.is_amount() {
            let about = "\"has\" needs one code. Write such as \"x has 1 or x has 2\".";
            return Err(self.about(right, about));
        }
        self.has_codes(left, right)
    }

    /// That a variable has every code that is written on the other side.
    fn has_codes(&self, side: Operand, other: Operand) -> Result<(), String> {
        let Some(variable) = self.variable_of(side) else { return Ok(()) };
        if !matches!(side.kind, Type::Code | Type::Codes) {
            return Ok(());
        }
        let Some(codes) = self.types.codes(variable) else { return Ok(()) };
        let is_there = |number: Number| number.whole().is_some_and(|code| codes.contains(&code));
        let absent = match self.step_of(other) {
            Some(Step::Number(number)) if !is_there(*number) => number.to_plain(),
            Some(Step::List(list)) => match list.iter().find(|code| !codes.contains(code)) {
                Some(code) => code.to_string(),
                None => return Ok(()),
            },
            _ => return Ok(()),
        };
        let advice =
            if codes.len() > 20 { String::new() } else { format!(" Its codes are {}.", join(&codes)) };
        Err(self.about(other, &format!("\"{variable}\" has no option {absent}.{advice}")))
    }

    /// The two sides can never be the same; the advice is for the side that is a variable.
    fn unlike(&self, left: Operand, right: Operand) -> String {
        let subject =
            if self.variable_of(left).is_some() || self.variable_of(right).is_none() { left } else { right };
        let name = self.name(subject);
        let advice = match subject.kind {
            Type::Text => {
                let ask = self
                    .variable_of(subject)
                    .map(|name| format!(", or ask {}({name})", Function::Answered.name()));
                format!("is text: compare it with text in quotes by == or !={}", ask.unwrap_or_default())
            }
            Type::Code => "has one answer: use ==, != or \"in\" with its codes".to_owned(),
            Type::Codes => "has several answers: use \"has\", == [ ] or != [ ]".to_owned(),
            Type::Number => "is a number: compare it with a number".to_owned(),
            Type::Day => "is a day: compare it with a day, such as '2026-03-05'".to_owned(),
            Type::Truth | Type::Rows => "is true or false: join it with \"and\", \"or\", \"not\"".to_owned(),
        };
        self.about(subject, &format!("{name} {advice}."))
    }

    fn unordered(&self, operand: Operand) -> String {
        let name = self.name(operand);
        let advice = match operand.kind {
            Type::Text => "is text, which has no order: use == or !=, or length( )",
            Type::Codes => "has several answers: use \"has\", == [ ] or != [ ], or count( )",
            Type::Day => "is a day: compare it with a day, such as '2026-03-05'",
            _ => "is true or false, which has no order: join it with \"and\", \"or\", \"not\"",
        };
        self.about(operand, &format!("{name} {advice}."))
    }
}
