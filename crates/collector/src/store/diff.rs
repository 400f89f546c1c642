//! What an import changes in the classifier of places, worked out the same for every engine.

use super::{Import, Place};
use std::collections::HashMap;

/// What is to be written for an import.
#[derive(Debug, Default)]
pub(super) struct Difference<'a> {
    /// Codes that stand no more for what they stood for.
    pub(super) ended: Vec<i64>,
    /// What codes stand for from now on.
    pub(super) begun: Vec<&'a Place>,
    /// What to say about it.
    pub(super) import: Import,
}

/// The difference between the places before an import and those that it brings.
pub(super) fn between(before: Vec<Place>, places: &[Place]) -> Difference<'_> {
    let mut before: HashMap<i64, Place> = before.into_iter().map(|place| (place.code, place)).collect();
    let mut difference = Difference::default();
    for place in places {
        match before.remove(&place.code) {
            Some(same) if same == *place => continue,
            Some(_) => {
                difference.ended.push(place.code);
                difference.import.changed += 1;
            }
            None => difference.import.new += 1,
        }
        difference.begun.push(place);
    }
    difference.import.ended = before.len();
    difference.ended.extend(before.into_keys());
    difference
}
