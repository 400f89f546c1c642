//! How often each number was given, exactly as long as there are not too many of them.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// So many different numbers are kept apart.
pub const MOST_VALUES: usize = 2_048;

/// Numbers in millionths with how often each was given.
///
/// When there are more than [`MOST_VALUES`], they are kept in classes twice as wide, and again, so that the memory stays
/// bounded. Classes nest, so what comes out does not depend on the order of counting or merging.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Values {
    /// A class is 2^`level` millionths wide; at 0 the numbers are exact.
    level: u32,
    counts: BTreeMap<i64, u64>,
}

impl Values {
    /// Counts a number of so many millionths.
    pub fn add(&mut self, millionths: i64, count: u64) {
        *self.counts.entry(millionths >> self.level).or_default() += count;
        self.widen();
    }

    /// Takes over what was counted elsewhere.
    pub fn merge(&mut self, other: &Self) {
        while self.level < other.level {
            self.double();
        }
        for (class, count) in &other.counts {
            *self.counts.entry(class >> (self.level - other.level)).or_default() += count;
        }
        self.widen();
    }

    /// Whether every number is known exactly.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        self.level == 0
    }

    /// How many numbers there are.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.counts.values().sum()
    }

    /// The numbers in millionths with their counts, in order; of a class, its middle.
    pub fn each(&self) -> impl Iterator<Item = (i64, u64)> {
        let middle = (1_i64 << self.level) / 2;
        self.counts.iter().map(move |(class, count)| ((class << self.level) + middle, *count))
    }

    fn widen(&mut self) {
        while self.counts.len() > MOST_VALUES {
            self.double();
        }
    }

    fn double(&mut self) {
        self.level += 1;
        let mut counts = BTreeMap::new();
        for (class, count) in std::mem::take(&mut self.counts) {
            *counts.entry(class >> 1).or_default() += count;
        }
        self.counts = counts;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn the_order_of_counting_makes_no_difference(numbers in prop::collection::vec(-9_000_000_i64..9_000_000, 0..6_000), cut in 0_usize..6_000) {
            let count = |numbers: &mut dyn Iterator<Item = &i64>| {
                let mut values = Values::default();
                numbers.for_each(|number| values.add(*number, 1));
                values
            };
            let (first, second) = numbers.split_at(cut.min(numbers.len()));
            let mut merged = count(&mut second.iter());
            merged.merge(&count(&mut first.iter()));
            prop_assert_eq!(&merged, &count(&mut numbers.iter()));
            prop_assert_eq!(&merged, &count(&mut numbers.iter().rev()));
            prop_assert_eq!(merged.count(), numbers.len() as u64);
        }
    }
}
