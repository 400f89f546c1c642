//! Text to [`Condition`], by recursive descent; errors say where and what was expected.

use super::{Comparison, Condition};

/// Deeper nesting than a person writes; a bound, so that no text can exhaust the stack.
const DEEPEST: usize = 32;

/// Parses a condition.
///
/// # Errors
/// A sentence with the character position (from 1) and what was expected there.
pub(crate) fn parse(text: &str) -> Result<Condition, String> {
    let tokens = tokens(text)?;
    let mut parser = Parser { tokens: &tokens, next: 0, depth: 0 };
    let condition = parser.any()?;
    match parser.peek() {
        Token::End => Ok(condition),
        _ => Err(parser.expected("\"and\", \"or\" or the end")),
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Word(String),
    Integer(i64),
    Sign(&'static str),
    End,
}

const SIGNS: [&str; 11] = ["==", "!=", "<=", ">=", "<", ">", "(", ")", "[", "]", ","];

fn tokens(text: &str) -> Result<Vec<(Token, usize)>, String> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let place = text[..text.len() - rest.len()].chars().count() + 1;
        let (token, length) = token(rest, first).ok_or_else(|| unreadable(first, place))?;
        tokens.push((token, place));
        rest = rest[length..].trim_start();
    }
    tokens.push((Token::End, text.chars().count() + 1));
    Ok(tokens)
}

fn token(rest: &str, first: char) -> Option<(Token, usize)> {
    if let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
        return Some((Token::Sign(sign), sign.len()));
    }
    if first.is_ascii_alphabetic() {
        let length = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
        return Some((Token::Word(rest[..length].to_owned()), length));
    }
    let digits = rest.strip_prefix('-').unwrap_or(rest);
    let length = rest.len() - digits.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    Some((Token::Integer(rest[..length].parse().ok()?), length))
}

fn unreadable(first: char, place: usize) -> String {
    let advice = match first {
        '=' => "Write == for \"is\".",
        '&' => "Write \"and\".",
        '|' => "Write \"or\".",
        '!' => "Write != or \"not\".",
        '\'' | '"' => "Compare with a code (a whole number), not with text.",
        _ => "A condition has variables, whole numbers, == != < <= > >=, in, has, and, or, not, answered( ).",
    };
    format!("character {place}: cannot read \"{first}\". {advice}")
}

struct Parser<'a> {
    tokens: &'a [(Token, usize)],
    next: usize,
    depth: usize,
}

impl Parser<'_> {
    fn any(&mut self) -> Result<Condition, String> {
        let mut conditions = vec![self.all()?];
        while self.takes_word("or") {
            conditions.push(self.all()?);
        }
        Ok(only_or(conditions, Condition::Any))
    }

    fn all(&mut self) -> Result<Condition, String> {
        let mut conditions = vec![self.one()?];
        while self.takes_word("and") {
            conditions.push(self.one()?);
        }
        Ok(only_or(conditions, Condition::All))
    }

    fn one(&mut self) -> Result<Condition, String> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(format!(
                "is nested more than {DEEPEST} deep. Split it over several questions or pages."
            ));
        }
        let condition = self.one_within();
        self.depth -= 1;
        condition
    }

    fn one_within(&mut self) -> Result<Condition, String> {
        if self.takes_word("not") {
            return Ok(Condition::Not(Box::new(self.one()?)));
        }
        if self.takes_sign("(") {
            let condition = self.any()?;
            self.needs_sign(")")?;
            return Ok(condition);
        }
        let Token::Word(word) = self.peek().clone() else {
            return Err(self.expected("a variable, \"not\", \"answered(\" or \"(\""));
        };
        self.next += 1;
        if word == "answered" && self.takes_sign("(") {
            let variable = self.variable()?;
            self.needs_sign(")")?;
            return Ok(Condition::Answered(variable));
        }
        Ok(Condition::Is(word, self.comparison()?))
    }

    fn comparison(&mut self) -> Result<Comparison, String> {
        if self.takes_word("in") {
            return self.list().map(Comparison::In);
        }
        if self.takes_word("has") {
            return self.integer().map(Comparison::Has);
        }
        let Token::Sign(sign) = *self.peek() else {
            return Err(self.expected("==, !=, <, <=, >, >=, \"in\" or \"has\""));
        };
        self.next += 1;
        let list_follows = matches!(self.peek(), Token::Sign("["));
        match sign {
            "==" if list_follows => self.list().map(Comparison::SameSet),
            "!=" if list_follows => self.list().map(Comparison::OtherSet),
            "==" => self.integer().map(Comparison::Equal),
            "!=" => self.integer().map(Comparison::Unequal),
            "<" => self.integer().map(Comparison::Less),
            "<=" => self.integer().map(Comparison::AtMost),
            ">" => self.integer().map(Comparison::More),
            ">=" => self.integer().map(Comparison::AtLeast),
            _ => {
                self.next -= 1;
                Err(self.expected("==, !=, <, <=, >, >=, \"in\" or \"has\""))
            }
        }
    }

    fn list(&mut self) -> Result<Vec<i64>, String> {
        self.needs_sign("[")?;
        let mut list = vec![self.integer()?];
        while self.takes_sign(",") {
            list.push(self.integer()?);
        }
        self.needs_sign("]")?;
        Ok(list)
    }

    fn integer(&mut self) -> Result<i64, String> {
        let Token::Integer(number) = *self.peek() else { return Err(self.expected("a whole number")) };
        self.next += 1;
        Ok(number)
    }

    fn variable(&mut self) -> Result<String, String> {
        let Token::Word(word) = self.peek().clone() else { return Err(self.expected("a variable")) };
        self.next += 1;
        Ok(word)
    }

    fn peek(&self) -> &Token {
        &self.tokens[self.next].0
    }

    fn takes(&mut self, token: &Token) -> bool {
        let taken = self.peek() == token;
        self.next += usize::from(taken);
        taken
    }

    fn takes_word(&mut self, word: &str) -> bool {
        self.takes(&Token::Word(word.to_owned()))
    }

    fn takes_sign(&mut self, sign: &'static str) -> bool {
        self.takes(&Token::Sign(sign))
    }

    fn needs_sign(&mut self, sign: &'static str) -> Result<(), String> {
        if self.takes_sign(sign) { Ok(()) } else { Err(self.expected(&format!("\"{sign}\""))) }
    }

    fn expected(&self, what: &str) -> String {
        let (token, place) = &self.tokens[self.next];
        let found = match token {
            Token::Word(word) => format!("\"{word}\""),
            Token::Integer(number) => number.to_string(),
            Token::Sign(sign) => format!("\"{sign}\""),
            Token::End => "the end".to_owned(),
        };
        format!("character {place}: expected {what}, found {found}.")
    }
}

fn only_or(mut conditions: Vec<Condition>, several: impl Fn(Vec<Condition>) -> Condition) -> Condition {
    match conditions.pop() {
        Some(only) if conditions.is_empty() => only,
        last => {
            conditions.extend(last);
            several(conditions)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_name_the_place_and_what_was_expected() {
        let cases = [
            ("", "character 1: expected a variable"),
            ("overall = 2", "character 9: cannot read \"=\". Write == for \"is\"."),
            ("overall <=", "character 11: expected a whole number, found the end."),
            ("overall <= 2 extra", "character 14: expected \"and\", \"or\" or the end, found \"extra\"."),
            ("used has [1]", "character 10: expected a whole number, found \"[\"."),
            ("(a == 1", "character 8: expected \")\""),
            ("ә == 1", "character 1: cannot read \"ә\""),
            ("a == 99999999999999999999", "character 6: cannot read \"9\""),
            ("a == 'x'", "not with text"),
        ];
        for (text, expected) in cases {
            let error = parse(text).unwrap_err();
            assert!(error.contains(expected), "{text}: {error}");
        }
    }

    #[test]
    fn nesting_without_end_is_refused_and_does_not_exhaust_the_stack() {
        assert!(parse(&"(".repeat(100_000)).unwrap_err().contains("nested"));
        assert!(parse(&format!("{} a == 1", "not ".repeat(100_000))).unwrap_err().contains("nested"));
    }
}
