//! Where something stands in the file that an author has open: line and column of a path, and names that stand twice.

use jsonc_parser::ast::{Array, Object, Value};
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::HashMap;
use survey::Fault;

/// A line and a column, both counted from 1, the column in characters, as editors show them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(crate) struct Place {
    /// The line.
    pub(crate) line: usize,
    /// The character in it.
    pub(crate) column: usize,
}

/// A document with the position of each of its parts.
pub(super) struct Places<'a> {
    text: &'a str,
    /// The byte at which each line begins.
    lines: Vec<usize>,
    root: Option<Value<'a>>,
}

impl<'a> Places<'a> {
    /// Reads a document that `serde_json` has accepted. Of any other nothing is found but its beginning.
    pub(super) fn of(text: &'a str) -> Self {
        let parsed = parse_to_ast(text, &CollectOptions::default(), &strict());
        let ends = text.match_indices('\n').map(|(at, _)| at + 1);
        let lines = std::iter::once(0).chain(ends).collect();
        Self { text, lines, root: parsed.ok().and_then(|parsed| parsed.value) }
    }

    /// Where the part at this path stands: the name of a field, the beginning of an item of a list. Of a path that
    /// leads nowhere the part as far as it leads.
    pub(super) fn find(&self, path: &str) -> Place {
        let at = self.root.as_ref().map_or(0, |root| deepest(root, path, root.range().start));
        self.place(at)
    }

    /// Names that stand twice in one object. A reader takes the last one and nobody hears of the others.
    pub(super) fn twice(&self) -> Vec<(Fault, Place)> {
        let mut found = Vec::new();
        if let Some(root) = &self.root {
            self.twice_in(root, "", &mut found);
        }
        found
    }

    fn twice_in(&self, value: &Value<'_>, path: &str, found: &mut Vec<(Fault, Place)>) {
        match value {
            Value::Array(list) => {
                for (index, item) in list.elements.iter().enumerate() {
                    self.twice_in(item, &format!("{path}[{index}]"), found);
                }
            }
            Value::Object(object) => self.twice_in_object(object, path, found),
            _ => {}
        }
    }

    fn twice_in_object(&self, object: &Object<'_>, path: &str, found: &mut Vec<(Fault, Place)>) {
        let mut first = HashMap::new();
        for property in &object.properties {
            let (name, begin) = (property.name.as_str(), property.range().start);
            let path = if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
            if let Some(earlier) = first.get(name) {
                let line = self.place(*earlier).line;
                let message = format!(
                    "stands twice in the same object, first on line {line}; only the last one would count. Take one \
                     away."
                );
                found.push((Fault { path: path.clone(), message }, self.place(begin)));
            } else {
                first.insert(name, begin);
            }
            self.twice_in(&property.value, &path, found);
        }
    }

    /// Line and column of a byte.
    fn place(&self, at: usize) -> Place {
        let line = self.lines.partition_point(|begin| *begin <= at);
        let begin = self.lines.get(line.saturating_sub(1)).copied().unwrap_or_default();
        let before = self.text.get(begin..at).unwrap_or_default();
        Place { line, column: before.chars().count() + 1 }
    }
}

/// Line and column of an error of `serde_json`, which counts bytes.
pub(super) fn of_error(text: &str, error: &serde_json::Error) -> Place {
    let line = text.split('\n').nth(error.line().saturating_sub(1)).unwrap_or_default();
    let before = line.char_indices().take_while(|(at, _)| at + 1 < error.column()).count();
    Place { line: error.line().max(1), column: before + 1 }
}

/// JSON as `serde_json` reads it, without anything that editors allow besides.
fn strict() -> ParseOptions {
    ParseOptions {
        allow_comments: false,
        allow_loose_object_property_names: false,
        allow_trailing_commas: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    }
}

/// The byte at which the part at `path` begins, or the last part on the way to it; `here` is that of `value`.
fn deepest(value: &Value<'_>, path: &str, here: usize) -> usize {
    match value {
        Value::Object(object) => in_object(object, path.trim_start_matches('.'), here),
        Value::Array(list) => in_list(list, path, here),
        _ => here,
    }
}

/// A name may have points and brackets in it: the longest one that fits is taken, and the last of those that stand
/// twice, which is the one that was read.
fn in_object(object: &Object<'_>, path: &str, here: usize) -> usize {
    let rest =
        |name: &str| path.strip_prefix(name).filter(|rest| rest.is_empty() || rest.starts_with(['.', '[']));
    let fitting = object.properties.iter().rev().filter_map(|property| {
        let name = property.name.as_str();
        Some((name.len(), rest(name).filter(|_| !name.is_empty())?, property))
    });
    match fitting.min_by_key(|(length, ..)| Reverse(*length)) {
        Some((_, rest, property)) => deepest(&property.value, rest, property.range().start),
        None => here,
    }
}

fn in_list(list: &Array<'_>, path: &str, here: usize) -> usize {
    let step = || {
        let (index, rest) = path.strip_prefix('[')?.split_once(']')?;
        Some((list.elements.get(index.parse::<usize>().ok()?)?, rest))
    };
    step().map_or(here, |(item, rest)| deepest(item, rest, item.range().start))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "{\r\n\t\"id\": \"қызмет\", \"a.b\": {\"c\": 1},\r\n\t\"pages\": [\r\n\t\t{\"id\": \"p1\"}, {\"id\": \"қ\", \"x\": [1, 2]}\r\n\t]\r\n}";

    fn find(path: &str) -> (usize, usize) {
        let place = Places::of(TEXT).find(path);
        (place.line, place.column)
    }

    #[test]
    fn a_path_leads_to_a_line_and_a_character() {
        assert_eq!(find(""), (1, 1));
        assert_eq!(find("id"), (2, 2));
        assert_eq!(find("pages[1]"), (4, 17));
        assert_eq!(find("pages[1].x"), (4, 29));
        assert_eq!(find("pages[1].x[1]"), (4, 38));
    }

    #[test]
    fn a_name_with_a_point_in_it_is_found() {
        assert_eq!(find("a.b.c"), (2, 26));
    }

    #[test]
    fn a_path_that_leads_nowhere_leads_as_far_as_it_can() {
        assert_eq!(find("pages[1].questions[0].text"), find("pages[1]"));
        assert_eq!(find("pages[7].id"), find("pages"));
        assert_eq!(find("title"), (1, 1));
        assert_eq!(find("pages[x"), find("pages"));
    }

    #[test]
    fn names_that_stand_twice_are_found_at_any_depth_and_the_last_one_is_meant() {
        let text = "{\"a\": 1,\n \"b\": [{\"c\": 1,\n  \"c\": 2}],\n \"a\": {}}";
        let places = Places::of(text);
        let twice: Vec<(String, usize)> =
            places.twice().into_iter().map(|(fault, place)| (fault.path, place.line)).collect();
        assert_eq!(twice, [("b[0].c".to_owned(), 3), ("a".to_owned(), 4)]);
        assert_eq!(places.find("a").line, 4);
    }

    #[test]
    fn the_column_of_a_syntax_error_is_counted_in_characters() {
        let text = "{\n  \"қақ\": x\n}";
        let error = serde_json::from_str::<serde_json::Value>(text).unwrap_err();
        assert_eq!(of_error(text, &error), Place { line: 2, column: 10 });
    }
}
