//! Groups that several conditions make together (DC6): beside everybody, and beside the groups of fewer of the same
//! conditions, which are one click away from them. Nothing is remembered; [`super::Guard`] is for whoever must.

use super::{Refused, Rule};
use std::collections::BTreeMap;

/// So many conditions are judged together.
pub const MOST_CONDITIONS: u32 = 10;

/// Whether the group that meets all conditions may be shown, and how large it is. `atoms` says how many people meet
/// exactly which conditions, the first condition being the first bit.
///
/// It may when it has enough people, and when the difference from everybody and from each group of some of the
/// conditions that may be shown itself is nobody or enough people.
///
/// # Errors
/// Why it may not be shown.
pub fn may_cut(atoms: &BTreeMap<u64, u64>, conditions: u32, rule: Rule) -> Result<u64, Refused> {
    if conditions > MOST_CONDITIONS {
        return Err(Refused::Exhausted);
    }
    let all = (1_usize << conditions) - 1;
    let size = |group: usize| -> u64 {
        let group = group as u64;
        atoms.iter().filter(|(met, _)| *met & group == group).map(|(_, people)| people).sum()
    };
    let sizes: Vec<u64> = (0..=all).map(size).collect();
    // A group of fewer conditions has a smaller number, so it is judged before those that it is compared with.
    let mut judged: Vec<Result<u64, Refused>> = Vec::with_capacity(all + 1);
    for group in 0..=all {
        let known = (0..group).filter(|other| other & group == *other && judged[*other].is_ok());
        let is_few = |other: usize| (1..rule.least()).contains(&(sizes[other] - sizes[group]));
        judged.push(match sizes[group] {
            _ if group == 0 => Ok(sizes[0]),
            few if few < rule.least() => Err(Refused::Few),
            _ if known.into_iter().any(is_few) => Err(Refused::Difference),
            enough => Ok(enough),
        });
    }
    judged[all]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn dc6_a_cut_that_leaves_a_few_out_is_refused() {
        let rule = Rule::INTERNAL;
        // 40 in the district, 3 elsewhere.
        assert_eq!(may_cut(&BTreeMap::from([(1, 40), (0, 3)]), 1, rule), Err(Refused::Difference));
        assert_eq!(may_cut(&BTreeMap::from([(1, 40), (0, 5)]), 1, rule), Ok(40));
        assert_eq!(may_cut(&BTreeMap::from([(1, 4), (0, 50)]), 1, rule), Err(Refused::Few));
        assert_eq!(may_cut(&BTreeMap::from([(1, 40)]), 1, rule), Ok(40), "everybody is everybody");
    }

    #[test]
    fn dc6_a_cut_is_compared_with_those_of_fewer_conditions_that_are_shown() {
        let rule = Rule::INTERNAL;
        // Of 40 in the district 38 answered in Kazakh; so did 30 elsewhere.
        let atoms = BTreeMap::from([(0b11, 38), (0b01, 2), (0b10, 30), (0b00, 30)]);
        assert_eq!(may_cut(&atoms, 2, rule), Err(Refused::Difference));
        // The district alone would be refused, so nobody can compare with it.
        let atoms = BTreeMap::from([(0b11, 38), (0b01, 2), (0b10, 60)]);
        assert_eq!(may_cut(&atoms, 2, rule), Err(Refused::Difference), "the language alone leaves two over");
    }

    proptest! {
        #[test]
        fn dc6_what_is_shown_differs_by_nobody_or_enough_from_all_coarser_groups_that_are_shown(
            counts in prop::collection::vec(0_u64..12, 8),
        ) {
            let rule = Rule::INTERNAL;
            let atoms: BTreeMap<u64, u64> = (0..8).zip(counts).collect();
            let size = |group: u64| -> u64 {
                atoms.iter().filter(|(met, _)| *met & group == group).map(|(_, people)| people).sum()
            };
            if let Ok(shown) = may_cut(&atoms, 3, rule) {
                prop_assert!(shown == size(0b111) && shown >= rule.least());
                let rest = size(0) - shown;
                prop_assert!(rest == 0 || rest >= rule.least());
                // A single condition, judged as if it were the only one.
                for bit in 0..3 {
                    let alone = BTreeMap::from([(1, size(1 << bit)), (0, size(0) - size(1 << bit))]);
                    if may_cut(&alone, 1, rule).is_ok() {
                        let more = size(1 << bit) - shown;
                        prop_assert!(more == 0 || more >= rule.least());
                    }
                }
            }
        }
    }
}
