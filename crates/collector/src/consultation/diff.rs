//! What changed in a paragraph, word by word.

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// A stretch of words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// It stayed.
    Same(String),
    /// It was taken out.
    Out(String),
    /// It was put in.
    In(String),
}

/// From one text to another. What stayed and what was put in, together, are the other.
pub(crate) fn between(before: &str, after: &str) -> Vec<Change> {
    let (old, new): (Vec<&str>, Vec<&str>) = (words(before), words(after));
    let part = |words: &[&str], from: usize, len: usize| words[from..from + len].concat();
    let mut changes = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
        match op {
            DiffOp::Equal { old_index, len, .. } => changes.push(Change::Same(part(&old, old_index, len))),
            DiffOp::Delete { old_index, old_len, .. } => {
                changes.push(Change::Out(part(&old, old_index, old_len)));
            }
            DiffOp::Insert { new_index, new_len, .. } => {
                changes.push(Change::In(part(&new, new_index, new_len)));
            }
            DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                changes.push(Change::Out(part(&old, old_index, old_len)));
                changes.push(Change::In(part(&new, new_index, new_len)));
            }
        }
    }
    changes
}

/// Words, each with the spaces after it.
fn words(text: &str) -> Vec<&str> {
    text.split_inclusive(' ').collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_that_stayed_are_told_from_those_that_went_and_came() {
        let changes = between("қабылдау сағат тоғызда басталады", "қабылдау сағат онда басталады");
        let text = |text: &str| text.to_owned();
        assert_eq!(
            changes,
            [
                Change::Same(text("қабылдау сағат ")),
                Change::Out(text("тоғызда ")),
                Change::In(text("онда ")),
                Change::Same(text("басталады")),
            ]
        );
    }

    proptest! {
        #[test]
        fn both_texts_can_be_read_out_of_it(before in "[а-г ]{0,30}", after in "[а-г ]{0,30}") {
            let (mut old, mut new) = (String::new(), String::new());
            for change in between(&before, &after) {
                match change {
                    Change::Same(text) => { old += &text; new += &text; }
                    Change::Out(text) => old += &text,
                    Change::In(text) => new += &text,
                }
            }
            prop_assert_eq!((old, new), (before, after));
        }
    }
}
