//! The differencing guard (DC6): what is shown for a filter, less what was shown for another, must not concern a few.

use super::Rule;
use crate::filter::Filter;
use crate::rows::Rows;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// So many filters are remembered; after them nothing new is shown.
pub const MOST_SHOWN: usize = 60;
/// Ranks are worked out in the whole numbers modulo this prime, 2^61 − 1.
const PRIME: u64 = (1 << 61) - 1;

/// Which groups were shown already, all of them over the same rows. Everybody is shown from the beginning. It can be kept
/// as JSON: it must outlive whoever looks, for two may compare what they saw.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guard {
    shown: Vec<Filter>,
}

/// Why a filter is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Refused {
    /// Too few people are in it.
    Few,
    /// Too few people are in it and not in a group that was shown, or the other way round.
    Difference,
    /// Sums and differences of all that was shown would concern too few.
    Combination,
    /// So many groups were shown already that no more can be judged.
    Exhausted,
}

impl Guard {
    /// Whether the group of a filter may be shown beside all that were, and remembers that it was.
    ///
    /// A group equal to one that was shown is always allowed.
    ///
    /// # Errors
    /// Why it may not be shown.
    pub fn show(&mut self, filter: &Filter, rows: &dyn Rows, rule: Rule) -> Result<(), Refused> {
        if self.shown.contains(filter) {
            return Ok(());
        }
        if self.shown.len() >= MOST_SHOWN {
            return Err(Refused::Exhausted);
        }
        let atoms = self.atoms(filter, rows);
        judge(&atoms, self.shown.len() + 1, rule.least())?;
        self.shown.push(filter.clone());
        Ok(())
    }

    /// How many people are in exactly the same groups: everybody is the first bit, the new group the last.
    fn atoms(&self, filter: &Filter, rows: &dyn Rows) -> BTreeMap<u64, u64> {
        let mut atoms = BTreeMap::new();
        rows.each(&mut |row| {
            let groups = self.shown.iter().chain([filter]).enumerate();
            let bit = |(index, group): (usize, &Filter)| u64::from(group.holds(row)) << (index + 1);
            let signature = groups.map(bit).sum::<u64>() | 1;
            *atoms.entry(signature).or_default() += 1;
        });
        atoms
    }
}

fn judge(atoms: &BTreeMap<u64, u64>, new: usize, least: u64) -> Result<(), Refused> {
    let is_in = |signature: u64, group: usize| signature >> group & 1 == 1;
    let count = |holds: &dyn Fn(u64) -> bool| {
        atoms.iter().filter(|(signature, _)| holds(**signature)).map(|(_, count)| count).sum::<u64>()
    };
    let is_few = |count: u64| count > 0 && count < least;
    if count(&|signature| is_in(signature, new)) < least {
        return Err(Refused::Few);
    }
    for group in 0..new {
        let more = count(&|signature| is_in(signature, new) && !is_in(signature, group));
        let less = count(&|signature| !is_in(signature, new) && is_in(signature, group));
        if more == 0 && less == 0 {
            return Ok(());
        }
        if is_few(more) || is_few(less) {
            return Err(Refused::Difference);
        }
    }
    // Some sum of shown groups concerns small atoms alone exactly when leaving those out loses rank.
    let all: Vec<u64> = atoms.keys().copied().collect();
    let large: Vec<u64> = atoms.iter().filter(|(_, count)| **count >= least).map(|(key, _)| *key).collect();
    if rank(&large, new + 1) < rank(&all, new + 1) { Err(Refused::Combination) } else { Ok(()) }
}

/// The rank of the matrix that says for each group (a row) which atoms (the columns) are in it.
fn rank(atoms: &[u64], groups: usize) -> usize {
    let mut rows: Vec<Vec<u64>> =
        (0..groups).map(|group| atoms.iter().map(|atom| atom >> group & 1).collect()).collect();
    let mut rank = 0;
    for column in 0..atoms.len() {
        let Some(pivot) = (rank..groups).find(|row| rows[*row][column] != 0) else { continue };
        rows.swap(rank, pivot);
        let inverse = power(rows[rank][column], PRIME - 2);
        let top = rows[rank].clone();
        for row in &mut rows[rank + 1..] {
            let factor = times(row[column], inverse);
            for (value, above) in row.iter_mut().zip(&top) {
                *value = (*value + PRIME - times(factor, *above)) % PRIME;
            }
        }
        rank += 1;
    }
    rank
}

fn times(a: u64, b: u64) -> u64 {
    (u128::from(a) * u128::from(b) % u128::from(PRIME)) as u64
}

fn power(base: u64, mut exponent: u64) -> u64 {
    let (mut result, mut square) = (1, base);
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = times(result, square);
        }
        square = times(square, square);
        exponent >>= 1;
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use survey::columns::Cell;

    /// Rows of a district and an age, so many of each.
    fn rows(groups: &[(i64, i64, usize)]) -> Vec<Vec<Cell>> {
        let row = |(district, age): (i64, i64)| vec![Cell::Code(district), Cell::Code(age)];
        groups.iter().flat_map(|(district, age, count)| vec![row((*district, *age)); *count]).collect()
    }

    #[test]
    fn dc6_a_group_that_is_nearly_one_already_shown_is_refused() {
        let rows = rows(&[(1, 1, 40), (1, 2, 4), (2, 1, 30)]);
        let mut guard = Guard::default();
        assert_eq!(guard.show(&Filter::all().with(0, [1]), &rows, Rule::PUBLIC), Ok(()));
        let young = Filter::all().with(0, [1]).with(1, [1]);
        assert_eq!(guard.show(&young, &rows, Rule::PUBLIC), Err(Refused::Difference));
        assert_eq!(guard.show(&Filter::all().with(0, [1]), &rows, Rule::PUBLIC), Ok(()));
        assert_eq!(guard.show(&Filter::all().with(1, [2]), &rows, Rule::PUBLIC), Err(Refused::Few));
    }

    #[test]
    fn dc6_all_but_a_few_is_refused_although_only_everybody_was_shown() {
        let rows = rows(&[(1, 1, 40), (2, 1, 3)]);
        assert_eq!(
            Guard::default().show(&Filter::all().with(0, [1]), &rows, Rule::PUBLIC),
            Err(Refused::Difference)
        );
    }

    #[test]
    fn dc6_one_district_after_the_other_does_not_leave_the_smallest_over() {
        let rows = rows(&[(1, 1, 20), (2, 1, 20), (3, 1, 20), (4, 1, 5)]);
        let mut guard = Guard::default();
        let mut shows = |district| guard.show(&Filter::all().with(0, [district]), &rows, Rule::PUBLIC);
        assert_eq!([shows(1), shows(2)], [Ok(()), Ok(())]);
        assert_eq!(shows(3), Err(Refused::Combination));
    }

    /// A filter by any codes of the district and of the age.
    fn any_filter() -> impl Strategy<Value = Filter> {
        let codes = || prop::collection::btree_set(1_i64..4, 1..4);
        (codes(), codes()).prop_map(|(districts, ages)| Filter::all().with(0, districts).with(1, ages))
    }

    /// Every sum of these groups, each added, taken away or left out, as how often it counts each row.
    fn sums(groups: &[Vec<i64>], rows: usize) -> Vec<Vec<i64>> {
        let mut sums = vec![vec![0; rows]];
        for group in groups {
            let with = |sum: &Vec<i64>, factor: i64| -> Vec<i64> {
                sum.iter().zip(group).map(|(sum, own)| sum + factor * own).collect()
            };
            sums = sums.iter().flat_map(|sum| [-1, 0, 1].map(|factor| with(sum, factor))).collect();
        }
        sums
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]

        #[test]
        fn dc6_no_sum_or_difference_of_what_was_shown_concerns_a_few(
            counts in prop::collection::vec(0_usize..14, 9),
            filters in prop::collection::vec(any_filter(), 1..12),
        ) {
            let cells = counts.iter().enumerate().map(|(cell, count)| (cell as i64 / 3 + 1, cell as i64 % 3 + 1, *count));
            let rows = rows(&cells.collect::<Vec<_>>());
            let rule = Rule::PUBLIC;
            let mut guard = Guard::default();
            let mut shown: Vec<Vec<i64>> = vec![vec![1; rows.len()]];
            for filter in &filters {
                if guard.show(filter, &rows, rule).is_ok() && shown.len() < 6 {
                    shown.push(rows.iter().map(|row| i64::from(filter.holds(row))).collect());
                }
            }
            for sum in sums(&shown, rows.len()) {
                let people = sum.iter().filter(|times| **times != 0).count() as u64;
                prop_assert!(people == 0 || people >= rule.least() || rows.len() < 10, "{people} of {}", rows.len());
            }
        }
    }
}
