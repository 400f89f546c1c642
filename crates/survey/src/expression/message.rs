//! What is wrong with the text of an expression, told to its author: where, what was expected there, and what to write.

use super::Expression;
use super::function::Function;
use super::parse::{DEEPEST, LONGEST, What, Wrong, read};
use super::token::{Token, Tokens};
use crate::fault::nearest;

/// Parses an expression for its author.
///
/// # Errors
/// A sentence with the character position (from 1), what was expected there, and what to write.
pub fn parse(text: &str) -> Result<Expression, String> {
    read(text).map_err(|wrong| message(text, wrong))
}

fn message(text: &str, Wrong { place, what }: Wrong) -> String {
    let mut rest = text.chars();
    if place > 1 {
        rest.nth(place as usize - 2);
    }
    let (token, _) = Tokens::new(rest.as_str()).next();
    let about = match (what, token) {
        (What::TooLong, _) => format!(
            "the expression is longer than {LONGEST} characters. Compute a part of it in a variable of its own."
        ),
        (What::TooDeep, _) => {
            format!("this is nested more than {DEEPEST} deep. Split it over several questions or pages.")
        }
        (_, Token::Unreadable(c)) => format!("cannot read \"{c}\". {}", advice(c)),
        (_, Token::BadNumber) => {
            "cannot read this number. It has at most twelve digits before the point and six after it."
                .to_owned()
        }
        (_, Token::OpenText) => {
            "this quote is not closed. Write the same quote at the end of the text.".to_owned()
        }
        (What::Chain, _) => {
            "only two values can be compared at a time. Write \"a < b and b < c\".".to_owned()
        }
        (What::Function, Token::Word(word)) => unknown_function(word),
        (what, token) => format!("expected {}, found {}.", expected(what), found(token)),
    };
    format!("character {place}: {about}")
}

fn advice(c: char) -> &'static str {
    match c {
        '=' => "Write == for \"is\".",
        '&' => "Write \"and\".",
        '|' => "Write \"or\".",
        '!' => "Write != or \"not\".",
        '“' | '”' | '„' | '‘' | '’' | '«' | '»' | '`' => "Write text in straight quotes, 'so'.",
        '−' | '–' | '—' => "Write a minus as a hyphen, -.",
        '×' => "Write * for \"times\".",
        '÷' | ':' => "Write / for \"divided by\".",
        '≤' => "Write <=.",
        '≥' => "Write >=.",
        '≠' => "Write !=.",
        _ => "Variables have ASCII letters, digits and _; text stands in quotes, 'so'.",
    }
}

fn unknown_function(word: &str) -> String {
    let lower = word.to_ascii_lowercase();
    match familiar(&lower).or_else(|| nearest(&lower, Function::ALL.map(Function::name))) {
        Some(meant) => format!("there is no function \"{word}\". Did you mean \"{meant}\"?"),
        None => format!(
            "there is no function \"{word}\". The functions are {}.",
            Function::ALL.map(Function::name).join(", ")
        ),
    }
}

/// What a function of a spreadsheet or of another survey tool is called here.
fn familiar(word: &str) -> Option<&'static str> {
    Some(match word {
        "average" | "avg" => "mean",
        "selected" => "question has 1",
        "len" | "strlen" => "length",
        "iif" | "iff" => "if",
        "datediff" | "datedif" => "days",
        "now" => "today",
        "minimum" => "min",
        "maximum" => "max",
        "total" => "sum",
        "isset" | "exists" => "answered",
        _ => return None,
    })
}

fn expected(what: What) -> String {
    match what {
        What::Operand => "a variable, a number, text in quotes, a function or \"(\"".to_owned(),
        What::Operator => "\"and\", \"or\", another operator or the end".to_owned(),
        What::Sign(sign) => format!("\"{sign}\""),
        What::Integer => "a whole number".to_owned(),
        What::Chain | What::Function | What::TooDeep | What::TooLong => "something else".to_owned(),
    }
}

fn found(token: Token<'_>) -> String {
    match token {
        Token::Word(text) => format!("\"{text}\""),
        Token::Sign(",") => "\",\" (a decimal is written with a point)".to_owned(),
        Token::Sign(sign) => format!("\"{sign}\""),
        Token::Number(number) => number.to_plain(),
        Token::Text(text) => format!("'{text}'"),
        Token::End => "the end".to_owned(),
        Token::BadNumber | Token::OpenText | Token::Unreadable(_) => "what cannot be read".to_owned(),
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
            ("overall <=", "character 11: expected a variable, a number"),
            (
                "overall <= 2 extra",
                "character 14: expected \"and\", \"or\", another operator or the end, found \"extra\".",
            ),
            ("overall in [a]", "character 13: expected a whole number, found \"a\"."),
            ("overall in [1.5]", "character 13: expected a whole number, found 1.5."),
            ("(a == 1", "character 8: expected \")\", found the end."),
            ("ә == 1", "character 1: cannot read \"ә\""),
            ("a ≤ 1", "character 3: cannot read \"≤\". Write <=."),
            ("a == 99999999999999999999", "character 6: cannot read this number"),
            ("a == 1.", "character 6: cannot read this number"),
            ("a == 'ә", "character 6: this quote is not closed"),
            ("a == “ә”", "straight quotes"),
            ("18 <= a <= 29", "character 9: only two values can be compared at a time"),
            (
                "a < 1,5",
                "character 6: expected \"and\", \"or\", another operator or the end, found \",\" (a decimal",
            ),
            ("cont(a) > 1", "character 1: there is no function \"cont\". Did you mean \"count\"?"),
            (
                "a + exponential(2)",
                "character 5: there is no function \"exponential\". The functions are answered, count",
            ),
            ("AVG(a)", "character 1: there is no function \"AVG\". Did you mean \"mean\"?"),
            ("COUNT(a)", "Did you mean \"count\"?"),
            ("a == not b", "character 6: expected a variable"),
            ("and", "character 1: expected a variable"),
            ("'ә' == ) ", "character 8: expected a variable"),
        ];
        for (text, expected) in cases {
            let error = parse(text).unwrap_err();
            assert!(error.contains(expected), "{text}: {error}");
        }
    }

    #[test]
    fn nesting_without_end_is_refused_and_does_not_exhaust_the_stack() {
        for opening in ["(", "not ", "-", "sum(", "if(a, ", "1 + (", "- ("] {
            let text = format!("{}a == 1", opening.repeat(LONGEST / opening.len() - 10));
            assert!(parse(&text).unwrap_err().contains("nested"), "{opening}");
        }
        assert!(parse(&"(".repeat(100_000)).unwrap_err().contains("longer"));
        assert!(parse(&format!("{}a{}", "(".repeat(31), ")".repeat(31))).is_ok());
        assert!(parse(&format!("a{}", " + a".repeat(499))).is_ok());
    }
}
