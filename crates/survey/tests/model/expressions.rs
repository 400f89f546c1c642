//! The page about expressions says what is so: its examples are parsed and typed, its faults are told in these words.

use survey::expression::{Type, Types, parse};

const PAGE: &str = include_str!("../../../../docs/expressions.md");

/// The questions that the page describes.
struct Questions;

impl Types for Questions {
    fn of(&self, variable: &str) -> Option<Type> {
        Some(match variable {
            "overall" => Type::Code,
            "used" => Type::Codes,
            "sat" | "spent" => Type::Rows,
            "people" | "income" => Type::Number,
            "why" | "better" | "city" => Type::Text,
            "born" | "visited" => Type::Day,
            _ => return None,
        })
    }

    fn rows(&self, variable: &str) -> Option<Vec<i64>> {
        match variable {
            "sat" => Some(vec![1, 2, 3]),
            "spent" => Some(vec![1, 2]),
            _ => None,
        }
    }

    fn cell(&self, variable: &str) -> Option<Type> {
        match variable {
            "sat" => Some(Type::Code),
            "spent" => Some(Type::Number),
            _ => None,
        }
    }

    fn codes(&self, variable: &str) -> Option<Vec<i64>> {
        match variable {
            "overall" | "sat" => Some(vec![1, 2, 3, 4, 5, -5]),
            "used" => Some(vec![1, 2, 3, 97]),
            _ => None,
        }
    }

    fn names(&self) -> Vec<String> {
        ["overall", "used", "sat", "spent", "people", "income", "why", "better", "city", "born", "visited"]
            .map(str::to_owned)
            .to_vec()
    }
}

/// The lines of the fenced blocks that are marked with this word.
fn lines(mark: &str) -> Vec<&'static str> {
    let opening = format!("```{mark}");
    let mut within = false;
    let mut lines = Vec::new();
    for line in PAGE.lines() {
        if line.starts_with("```") {
            within = line == opening;
        } else if within {
            lines.push(line);
        }
    }
    lines
}

fn type_of(text: &str) -> Result<Type, String> {
    parse(text)?.type_of(&Questions)
}

#[test]
fn every_example_of_the_page_is_sound() {
    let examples = lines("expression");
    assert!(examples.len() > 25, "{examples:?}");
    for example in examples {
        assert!(type_of(example).is_ok(), "{example}: {:?}", type_of(example));
    }
}

#[test]
fn code_within_the_sentences_of_the_page_is_sound() {
    for text in [
        "18 <= people and people <= 29",
        "0.1 + 0.2 == 0.3",
        "overall in [1, 2]",
        "used has 3",
        "sat[3]",
        "band(people, [18, 30, 45])",
    ] {
        assert!(type_of(text).is_ok(), "{text}: {:?}", type_of(text));
    }
}

#[test]
fn every_fault_of_the_page_is_told_in_its_words() {
    let refused = lines("refused");
    assert!(refused.len() >= 20 && refused.len().is_multiple_of(2));
    for pair in refused.chunks(2) {
        assert_eq!(type_of(pair[0]), Err(pair[1].trim().to_owned()), "{}", pair[0]);
    }
}

#[test]
fn every_function_of_the_language_has_an_example_on_the_page() {
    let examples = lines("expression").join("\n");
    let error = parse("nosuchfunction(1)").unwrap_err();
    let names = error.split_once("The functions are ").unwrap().1.trim_end_matches('.');
    for name in names.split(", ") {
        assert!(examples.contains(&format!("{name}(")), "{name}");
    }
}
