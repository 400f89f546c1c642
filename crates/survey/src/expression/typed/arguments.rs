//! What a function may be given, and what it gives.

use super::{Checker, Function, Operand, Step, Type};

impl Checker<'_> {
    /// A function of a variable as a whole.
    pub(super) fn of_variable(
        &self,
        function: Function,
        variable: &str,
        kind: Type,
        at: usize,
    ) -> Result<Type, String> {
        let each = if kind == Type::Rows { self.types.cell(variable).unwrap_or(kind) } else { kind };
        match function {
            Function::Answered => Ok(Type::Truth),
            Function::Count if matches!(kind, Type::Codes | Type::Rows) => Ok(Type::Number),
            Function::Count => {
                let about = format!(
                    "\"{variable}\" has one answer, and count( ) counts the answers of a multiple choice or the rows of a grid. Ask answered({variable})."
                );
                Err(self.at(at, &about))
            }
            _ if each.is_amount() => Ok(Type::Number),
            _ => {
                let (name, is) = (function.name(), each.is());
                let each = if kind == Type::Rows { "each row of " } else { "" };
                let about = format!("\"{name}\" needs numbers, and {each}\"{variable}\" is {is}.");
                Err(self.at(at, &about))
            }
        }
    }

    pub(super) fn call(&self, function: Function, arguments: &[Operand], at: usize) -> Result<Type, String> {
        let (fewest, most) = function.arguments();
        if !(fewest..=most).contains(&arguments.len()) {
            let about = format!(
                "\"{}\" cannot take {} arguments. Write {}.",
                function.name(),
                arguments.len(),
                function.usage()
            );
            return Err(self.at(at, &about));
        }
        let name = function.name();
        match (function, arguments) {
            (Function::If, [condition, then, otherwise]) => {
                self.needs_truth(name, *condition)?;
                return self.outcomes(*then, *otherwise);
            }
            (Function::Answered, [operand]) => return self.answered(*operand),
            (Function::Count, [operand]) => self.count(*operand)?,
            (Function::Length, [operand]) => self.length(*operand)?,
            (Function::Band, [operand, bounds]) => {
                self.needs_amount(name, *operand)?;
                self.bounds(*bounds)?;
            }
            (Function::Round, [operand, places @ ..]) => {
                self.needs_amount(name, *operand)?;
                places.iter().try_for_each(|places| self.places(*places))?;
            }
            (Function::Today, _) => return Ok(Type::Day),
            (Function::Age | Function::Days | Function::Year, operands) => {
                operands.iter().try_for_each(|operand| self.needs_day(name, *operand))?;
            }
            (_, operands) => operands.iter().try_for_each(|operand| self.number_among(name, *operand))?,
        }
        Ok(Type::Number)
    }

    /// One of several arguments of `sum` and its like.
    fn number_among(&self, name: &str, operand: Operand) -> Result<(), String> {
        if operand.kind == Type::Rows {
            let grid = self.name(operand);
            let about = format!("{grid} is a grid, which must be the only argument of \"{name}\".");
            return Err(self.about(operand, &about));
        }
        self.needs_amount(name, operand)
    }

    fn answered(&self, operand: Operand) -> Result<Type, String> {
        if self.variable_of(operand).is_some() {
            return Ok(Type::Truth);
        }
        Err(self.about(operand, "answered( ) needs a question or a row, such as answered(why)."))
    }

    fn count(&self, operand: Operand) -> Result<(), String> {
        self.no_rows(operand)?;
        if operand.kind == Type::Codes {
            return Ok(());
        }
        let (name, is) = (self.name(operand), operand.kind.is());
        let about = format!("\"count\" needs a multiple choice or a grid, and {name} is {is}.");
        Err(self.about(operand, &about))
    }

    fn length(&self, operand: Operand) -> Result<(), String> {
        self.no_rows(operand)?;
        if operand.kind == Type::Text {
            return Ok(());
        }
        let (name, is) = (self.name(operand), operand.kind.is());
        Err(self.about(operand, &format!("\"length\" needs text, and {name} is {is}.")))
    }

    /// The bounds of bands: written out, and each more than the one before.
    fn bounds(&self, operand: Operand) -> Result<(), String> {
        match self.step_of(operand) {
            Some(Step::List(bounds)) if bounds.windows(2).all(|pair| pair[0] < pair[1]) => Ok(()),
            Some(Step::List(_)) => {
                Err(self.about(operand, "each bound must be more than the one before it."))
            }
            _ => Err(self.about(operand, "\"band\" needs a list of bounds, such as [18, 30, 45].")),
        }
    }

    /// The places of `round`: written out, from 0 to 6.
    fn places(&self, operand: Operand) -> Result<(), String> {
        match self.step_of(operand) {
            Some(Step::Number(places)) if places.whole().is_some_and(|places| (0..=6).contains(&places)) => {
                Ok(())
            }
            _ => Err(self.about(operand, "\"round\" needs a whole number of places from 0 to 6.")),
        }
    }

    /// Both outcomes of `if` are of one type; a code counts as a number there.
    fn outcomes(&self, then: Operand, otherwise: Operand) -> Result<Type, String> {
        self.no_rows(then)?;
        self.no_rows(otherwise)?;
        match (then.kind, otherwise.kind) {
            (a, b) if a.is_amount() && b.is_amount() => Ok(Type::Number),
            (a, b) if a == b => Ok(a),
            (a, b) => {
                let about =
                    format!("the outcomes of \"if\" differ: one is {}, the other is {}.", a.is(), b.is());
                Err(self.about(otherwise, &about))
            }
        }
    }
}
