//! What shuts people out, and so is not published: a label without words, a picture that says it all, a grid that no
//! telephone shows. A tool with which content is made must help its author to make accessible content (EN 301 549,
//! 11.8.2; ATAG 2.0, B.3.1); the rules of ours that nobody can overrule are here, those that may be wrong in `advice`.
//!
//! A rule is a function in this directory, listed in `RULES` with the criterion of WCAG 2.2 that it serves, and
//! explained in `docs/authoring.md`. It says only what is so for certain, out of the JSON alone, so that a new kind
//! needs no new rule. What only a file shows, such as a moving picture, is in `media`. What is published already goes on
//! being served, whatever rule comes later.

mod grid;
mod labels;
mod languages;
mod pictures;

use crate::written::walk::Document;
use crate::written::{Remark, Rule};
use serde_json::Value;

/// One rule of the gate.
#[derive(Debug)]
pub(crate) struct Barrier {
    /// Its name.
    pub(crate) code: &'static str,
    /// The criterion of WCAG 2.2 that is not met where it finds something.
    pub(crate) criterion: &'static str,
    find: Rule,
}

/// Every rule.
pub(crate) const RULES: &[Barrier] = &[
    Barrier { code: "no-words", criterion: "3.3.2", find: labels::no_words },
    Barrier { code: "repeated-option", criterion: "2.4.6", find: labels::repeated_option },
    Barrier { code: "bare-numbers", criterion: "3.3.2", find: labels::bare_numbers },
    Barrier { code: "no-alternative", criterion: "1.1.1", find: pictures::no_alternative },
    Barrier { code: "words-in-picture", criterion: "1.4.5", find: pictures::words_in_picture },
    Barrier { code: "grid-too-wide", criterion: "1.4.10", find: grid::too_wide },
    Barrier { code: "no-such-language", criterion: "3.1.1", find: languages::no_such_language },
];

impl Barrier {
    /// Everything that the rule finds in a definition.
    pub(crate) fn remarks(&self, document: &Document<'_>) -> Vec<Remark> {
        let mut found = (self.find)(document);
        for found in &mut found {
            found.message += &format!(" (WCAG 2.2, {})", self.criterion);
        }
        found.into_iter().map(|found| found.by(self.code)).collect()
    }
}

/// Everything in a definition, sound or not, that shuts people out.
pub(crate) fn remarks(document: &Value) -> Vec<Remark> {
    let document = Document::of(document);
    RULES.iter().flat_map(|rule| rule.remarks(&document)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_rule_is_explained_to_authors_with_its_criterion() {
        let guide = include_str!("../../../docs/authoring.md");
        for Barrier { code, criterion, .. } in RULES {
            let line = guide.lines().find(|line| line.starts_with(&format!("| `{code}` |")));
            let line = line.unwrap_or_else(|| panic!("docs/authoring.md does not explain {code}"));
            assert!(line.contains(criterion), "{code}: {line}");
        }
    }

    #[test]
    fn what_is_no_definition_at_all_is_looked_at_without_a_panic() {
        for text in ["null", "[]", "{}", "{\"pages\": 7, \"languages\": [7]}", "{\"pages\": [[{}]]}"] {
            assert_eq!(remarks(&serde_json::from_str(text).unwrap()), []);
        }
    }

    #[test]
    fn the_example_of_every_kind_passes() {
        for kind in survey::KINDS {
            let question: Value = serde_json::from_str(kind.example).unwrap();
            let document =
                json!({"languages": ["kk", "ru", "en"], "title": "1", "pages": [{"questions": [question]}]});
            assert_eq!(remarks(&document), [], "{}", kind.name);
        }
    }
}
