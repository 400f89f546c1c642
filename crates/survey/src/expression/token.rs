//! Text to tokens, one at a time, each with its place in characters.

use crate::number::Number;

/// One token; what cannot be read is a token too, so that the parser alone says what is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    Word(&'a str),
    Number(Number),
    /// Digits that are no number within bounds.
    BadNumber,
    Text(&'a str),
    /// A quote that nothing closes.
    OpenText,
    Sign(&'static str),
    Unreadable(char),
    End,
}

const SIGNS: [&str; 15] = ["==", "!=", "<=", ">=", "<", ">", "(", ")", "[", "]", ",", "+", "-", "*", "/"];

/// The rest of a text that is read.
pub(super) struct Tokens<'a> {
    rest: &'a str,
    /// The place of the first character of the rest, from 1.
    place: u32,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { rest: text, place: 1 }
    }

    /// The next token and its place; after the last one [`Token::End`], for ever.
    pub(super) fn next(&mut self) -> (Token<'a>, u32) {
        let spaces = self.rest.len() - self.rest.trim_start().len();
        self.skip(spaces);
        let place = self.place;
        let (token, length) = token(self.rest);
        self.skip(length);
        (token, place)
    }

    fn skip(&mut self, length: usize) {
        let (skipped, rest) = self.rest.split_at(length);
        self.place += skipped.chars().count() as u32;
        self.rest = rest;
    }
}

/// The token that `rest` begins with, and its length in bytes.
fn token(rest: &str) -> (Token<'_>, usize) {
    let Some(first) = rest.chars().next() else { return (Token::End, 0) };
    if let Some(sign) = SIGNS.into_iter().find(|sign| rest.starts_with(sign)) {
        return (Token::Sign(sign), sign.len());
    }
    let length_of = |within: fn(char) -> bool| rest.find(|c| !within(c)).unwrap_or(rest.len());
    match first {
        'a'..='z' | 'A'..='Z' => {
            let length = length_of(|c| c.is_ascii_alphanumeric() || c == '_');
            (Token::Word(&rest[..length]), length)
        }
        '0'..='9' => {
            let length = length_of(|c| c.is_ascii_digit() || c == '.');
            let number = Number::parse(&rest[..length]).filter(|_| !rest[..length].ends_with('.'));
            (number.map_or(Token::BadNumber, Token::Number), length)
        }
        '\'' | '"' => match rest[1..].find(first) {
            Some(length) => (Token::Text(&rest[1..=length]), length + 2),
            None => (Token::OpenText, rest.len()),
        },
        _ => (Token::Unreadable(first), first.len_utf8()),
    }
}
