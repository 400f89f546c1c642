//! Which level a place is of and what it lies in, by its code AB-CD-EF-HIJ.
//!
//! The code of what is above ends in zeros. Not everything above is in the file: the districts of the three cities of
//! republican significance have an EF and no row of their CD. So what lies above a place is the nearest that is there.

use crate::store::Place;
use std::collections::{BTreeMap, HashSet};

/// Names in Kazakh and in Russian.
pub(super) type Names = (String, String);

/// What the codes above a place end in.
const ABOVE: [i64; 3] = [1_000, 100_000, 10_000_000];
const REGION: i64 = ABOVE[2];

/// The places with their levels, and the codes of those that lie in no region of the file.
pub(super) fn placed(named: BTreeMap<i64, Names>) -> (Vec<Place>, Vec<i64>) {
    let inhabited: HashSet<i64> =
        named.keys().filter(|code| **code % ABOVE[0] != 0).map(|code| code / ABOVE[0]).collect();
    let mut placed: BTreeMap<i64, Place> = BTreeMap::new();
    let mut lost = Vec::new();
    // What is above has the lower code, and so has its level already.
    for (code, (kk, ru)) in named {
        let parent = above(code, &placed);
        let (level, within) = match parent {
            None if code % REGION == 0 => (1, None),
            None => {
                lost.push(code);
                continue;
            }
            Some(Place { level: 1, code, .. }) => (2, Some(*code)),
            // What a settlement of a rural district lies in is the district around both.
            Some(Place { level: 0, within, .. }) => (3, *within),
            Some(parent) => {
                let is_rural_district = code % ABOVE[0] == 0 && inhabited.contains(&(code / ABOVE[0]));
                (if is_rural_district { 0 } else { 3 }, Some(parent.code))
            }
        };
        placed.insert(code, Place { code, level, within, kk, ru });
    }
    (placed.into_values().collect(), lost)
}

fn above(code: i64, placed: &BTreeMap<i64, Place>) -> Option<&Place> {
    ABOVE
        .iter()
        .map(|unit| code - code % unit)
        .filter(|above| *above != code)
        .find_map(|above| placed.get(&above))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_lies_in_the_nearest_that_is_there() {
        let codes = [
            610_000_000,
            611_000_000,
            613_620_000,
            613_600_000,
            613_620_100,
            613_640_000,
            751_210_000,
            750_000_000,
            991_000_000,
        ];
        let named = codes.map(|code| (code, (String::new(), String::new())));
        let (places, lost) = placed(BTreeMap::from(named));
        let levels: Vec<(i64, u8, Option<i64>)> =
            places.iter().map(|place| (place.code, place.level, place.within)).collect();
        assert_eq!(
            levels,
            [
                (610_000_000, 1, None),
                (611_000_000, 2, Some(610_000_000)),
                (613_600_000, 2, Some(610_000_000)),
                (613_620_000, 0, Some(613_600_000)),
                (613_620_100, 3, Some(613_600_000)),
                (613_640_000, 3, Some(613_600_000)),
                (750_000_000, 1, None),
                (751_210_000, 2, Some(750_000_000)),
            ]
        );
        assert_eq!(lost, [991_000_000]);
    }
}
