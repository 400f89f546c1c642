//! Tokens to [`Expression`], by precedence; what is wrong is a place and a [`What`], and the sentence is in `message`.

use super::function::Function;
use super::token::{Token, Tokens};
use super::{COMPARISON, Expression, NOT, Operator, Step};

/// Deeper nesting than a person writes; a bound, so that no text can exhaust the stack.
pub(super) const DEEPEST: usize = 32;
/// More characters than a person reads at once.
pub(super) const LONGEST: usize = 2_000;

/// What is wrong with a text, and where, in characters from 1.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wrong {
    pub(super) place: u32,
    pub(super) what: What,
}

/// What is wrong with a text.
#[derive(Clone, Copy, Debug)]
pub(super) enum What {
    /// An operand was expected.
    Operand,
    /// An operator or the end was expected.
    Operator,
    /// This sign was expected.
    Sign(&'static str),
    /// A whole number was expected.
    Integer,
    /// A second comparison follows a first.
    Chain,
    /// There is no such function.
    Function,
    TooDeep,
    TooLong,
}

/// Reads an expression.
pub(super) fn read(text: &str) -> Result<Expression, Wrong> {
    if text.chars().nth(LONGEST).is_some() {
        return Err(Wrong { place: LONGEST as u32, what: What::TooLong });
    }
    let mut tokens = Tokens::new(text);
    let (token, place) = tokens.next();
    let expression = Expression { steps: Vec::new(), places: Vec::new() };
    let mut parser = Parser { tokens, token, place, depth: 0, expression };
    parser.expression(1)?;
    match parser.token {
        Token::End => Ok(parser.expression),
        _ => Err(parser.wrong(What::Operator)),
    }
}

struct Parser<'a> {
    tokens: Tokens<'a>,
    /// The token that comes next, and its place.
    token: Token<'a>,
    place: u32,
    depth: usize,
    expression: Expression,
}

impl<'a> Parser<'a> {
    /// An operand, and the operators after it that bind at least as tightly as `level`.
    fn expression(&mut self, level: u8) -> Result<(), Wrong> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.wrong(What::TooDeep));
        }
        self.operand(level)?;
        self.depth -= 1;
        let mut compared = false;
        while let Some(operator) = self.operator().filter(|operator| operator.level() >= level) {
            let comparison = operator.level() == COMPARISON;
            if comparison && compared {
                return Err(self.wrong(What::Chain));
            }
            compared = comparison;
            let place = self.advance();
            self.expression(operator.level() + 1)?;
            self.add(Step::Binary(operator), place);
        }
        Ok(())
    }

    fn operator(&self) -> Option<Operator> {
        match self.token {
            Token::Word(text) | Token::Sign(text) => Operator::named(text),
            _ => None,
        }
    }

    fn operand(&mut self, level: u8) -> Result<(), Wrong> {
        match self.token {
            Token::Number(number) => self.leaf(Step::Number(number)),
            Token::Text(text) => self.leaf(Step::Text(text.to_owned())),
            Token::Sign("-") => return self.negative(),
            Token::Sign("(") => {
                self.advance();
                self.expression(1)?;
                self.needs(")")?;
            }
            Token::Sign("[") => {
                let place = self.place;
                let list = self.list()?;
                self.add(Step::List(list), place);
            }
            Token::Word("not") if level <= NOT => {
                let place = self.advance();
                self.expression(NOT)?;
                self.add(Step::Not, place);
            }
            Token::Word(word) if word != "not" && self.operator().is_none() => return self.named(word),
            _ => return Err(self.wrong(What::Operand)),
        }
        Ok(())
    }

    fn negative(&mut self) -> Result<(), Wrong> {
        let place = self.advance();
        if let Token::Number(number) = self.token {
            self.advance();
            self.add(Step::Number(number.negative()), place);
        } else {
            self.expression(u8::MAX)?;
            self.add(Step::Negative, place);
        }
        Ok(())
    }

    /// A variable, a row of one, or a function.
    fn named(&mut self, word: &'a str) -> Result<(), Wrong> {
        let at = Wrong { place: self.place, what: What::Function };
        let place = self.advance();
        if self.takes("(") {
            let function = Function::named(word).ok_or(at)?;
            let arguments = self.arguments()?;
            self.call(function, arguments, place);
        } else if self.takes("[") {
            let row = self.integer()?;
            self.needs("]")?;
            self.add(Step::Row(word.to_owned(), row), place);
        } else {
            self.add(Step::Variable(word.to_owned()), place);
        }
        Ok(())
    }

    /// Arguments up to the closing parenthesis; how many.
    fn arguments(&mut self) -> Result<usize, Wrong> {
        let mut arguments = 0;
        if self.takes(")") {
            return Ok(arguments);
        }
        loop {
            self.expression(1)?;
            arguments += 1;
            if !self.takes(",") {
                self.needs(")")?;
                return Ok(arguments);
            }
        }
    }

    /// A call; of a variable that may have rows, the function is given its name and not its value.
    fn call(&mut self, function: Function, arguments: usize, place: u32) {
        let steps = &mut self.expression.steps;
        match steps.last_mut() {
            Some(Step::Variable(variable)) if arguments == 1 && function.takes_rows() => {
                let variable = std::mem::take(variable);
                steps.pop();
                self.expression.places.pop();
                self.add(Step::Of(function, variable), place);
            }
            _ => self.add(Step::Call(function, arguments), place),
        }
    }

    fn list(&mut self) -> Result<Vec<i64>, Wrong> {
        self.advance();
        let mut list = vec![self.integer()?];
        while self.takes(",") {
            list.push(self.integer()?);
        }
        self.needs("]")?;
        Ok(list)
    }

    fn integer(&mut self) -> Result<i64, Wrong> {
        let negative = self.takes("-");
        let Token::Number(number) = self.token else { return Err(self.wrong(What::Integer)) };
        let Some(whole) = number.whole() else { return Err(self.wrong(What::Integer)) };
        self.advance();
        Ok(if negative { -whole } else { whole })
    }

    fn leaf(&mut self, step: Step) {
        let place = self.advance();
        self.add(step, place);
    }

    fn add(&mut self, step: Step, place: u32) {
        self.expression.steps.push(step);
        self.expression.places.push(place);
    }

    /// Goes to the next token; the place of the one before.
    fn advance(&mut self) -> u32 {
        let place = self.place;
        (self.token, self.place) = self.tokens.next();
        place
    }

    fn takes(&mut self, sign: &'static str) -> bool {
        let taken = self.token == Token::Sign(sign);
        if taken {
            self.advance();
        }
        taken
    }

    fn needs(&mut self, sign: &'static str) -> Result<(), Wrong> {
        if self.takes(sign) { Ok(()) } else { Err(self.wrong(What::Sign(sign))) }
    }

    fn wrong(&self, what: What) -> Wrong {
        Wrong { place: self.place, what }
    }
}
