//! One-way tables: counts that add up to a total which is shown.

use super::{Method, ROUNDING, Rule, Why};
use serde::Serialize;

/// A line of counts as it may be shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    /// What the counts add up to; nothing when all is withheld.
    pub total: Option<u64>,
    /// Each count, or nothing where it is hidden.
    pub cells: Vec<Option<u64>>,
    /// Why all is withheld.
    pub withheld: Option<Why>,
    /// How small counts were protected.
    pub method: Method,
}

impl Line {
    /// Whether any count is hidden.
    #[must_use]
    pub fn hides(&self) -> bool {
        self.cells.iter().any(Option::is_none)
    }

    pub(super) fn withheld(cells: usize, why: Why, rule: Rule) -> Self {
        Self { total: None, cells: vec![None; cells], withheld: Some(why), method: rule.method }
    }
}

/// Protects counts of people of whom each is in exactly one; pass those who are missing as counts too when the total is
/// that of all responses.
///
/// Of the hidden cells nobody can tell from what is shown that one of them is below the threshold: what is hidden in all,
/// less the least that the others hold, is no less than it. Where even that is not to be had, or nothing but zeros would
/// be left, all is withheld, the total too.
#[must_use]
pub fn line(counts: &[u64], rule: Rule, sensitive: bool) -> Line {
    let total: u64 = counts.iter().sum();
    if total < rule.least {
        return Line::withheld(counts.len(), Why::FewAnswers, rule);
    }
    if sensitive && counts.contains(&total) {
        return Line::withheld(counts.len(), Why::WholeGroup, rule);
    }
    let hidden = suppressed(counts, rule, sensitive);
    let is_empty = counts.iter().zip(&hidden).all(|(count, hidden)| *hidden || *count == 0);
    if is_empty {
        return Line::withheld(counts.len(), Why::NothingLeft, rule);
    }
    let cells = counts.iter().zip(hidden).map(|(count, hidden)| (!hidden).then(|| shown(*count, rule)));
    Line { total: Some(shown(total, rule)), cells: cells.collect(), withheld: None, method: rule.method }
}

/// A count as the method shows it.
fn shown(count: u64, rule: Rule) -> u64 {
    match rule.method {
        Method::Suppress => count,
        Method::Round => (count + ROUNDING / 2) / ROUNDING * ROUNDING,
    }
}

/// Which cells are hidden: the small ones, then the smallest others until the small ones are safe.
fn suppressed(counts: &[u64], rule: Rule, sensitive: bool) -> Vec<bool> {
    let mut hidden: Vec<bool> = counts.iter().map(|count| rule.hides(*count, sensitive)).collect();
    while !is_safe(counts, &hidden, rule, sensitive) {
        let open = (0..counts.len()).filter(|cell| !hidden[*cell] && counts[*cell] > 0);
        match open.min_by_key(|cell| counts[*cell]) {
            Some(cell) => hidden[cell] = true,
            None => break,
        }
    }
    hidden
}

fn is_safe(counts: &[u64], hidden: &[bool], rule: Rule, sensitive: bool) -> bool {
    let own = || counts.iter().zip(hidden).filter(|(_, hidden)| **hidden).map(|(count, _)| *count);
    let (cells, sum) = (own().count() as u64, own().sum::<u64>());
    let floor = Rule::floor(sensitive);
    let is_vague = rule.method == Method::Round && {
        let (low, high) = rounded_interval(counts, hidden, rule, floor);
        low < high
    };
    cells == 0 || is_vague || cells > 1 && sum >= rule.least + floor * (cells - 1)
}

/// Between which numbers each hidden cell is known to lie where all others are rounded, if only small ones are hidden.
fn rounded_interval(counts: &[u64], hidden: &[bool], rule: Rule, floor: u64) -> (u64, u64) {
    let total = shown(counts.iter().sum(), rule);
    let half = ROUNDING / 2;
    let open = counts.iter().zip(hidden).filter(|(count, hidden)| !**hidden && **count > 0);
    let (mut least, mut most) = (0, 0);
    for (count, _) in open {
        least += (shown(*count, rule) - half).max(rule.least);
        most += shown(*count, rule) + half;
    }
    let others = hidden.iter().filter(|hidden| **hidden).count().saturating_sub(1) as u64;
    let low = (total - half).saturating_sub(most + others * (rule.least - 1)).max(floor);
    let high = (total + half).saturating_sub(least + others * floor).min(rule.least - 1);
    (low, high)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn dc2_a_question_with_too_few_answers_is_withheld_with_its_base() {
        let line = line(&[4, 5], Rule::PUBLIC, false);
        assert_eq!((line.total, line.withheld), (None, Some(Why::FewAnswers)));
        assert_eq!(line.cells, [None, None]);
    }

    #[test]
    fn dc3_a_small_count_takes_the_next_smallest_with_it() {
        assert_eq!(line(&[40, 3, 25], Rule::PUBLIC, false).cells, [Some(40), None, None]);
        assert_eq!(line(&[40, 6, 7, 0], Rule::PUBLIC, false).cells, [Some(40), None, None, Some(0)]);
        assert_eq!(line(&[40, 12, 0], Rule::PUBLIC, false).cells, [Some(40), Some(12), Some(0)]);
    }

    #[test]
    fn dc3_a_few_who_did_not_answer_are_hidden_where_the_total_is_that_of_all_responses() {
        let with_blank = line(&[40, 30, 3], Rule::PUBLIC, false);
        assert_eq!((with_blank.total, with_blank.cells), (Some(73), vec![Some(40), None, None]));
    }

    #[test]
    fn dc3_ten_options_with_one_vote_each_are_not_known_to_have_one_each() {
        let mut counts = vec![1; 10];
        counts.extend([50, 60]);
        assert_eq!(line(&counts, Rule::PUBLIC, false).cells[10..], [None, Some(60)]);
    }

    #[test]
    fn dc3_rounding_is_told_and_hides_small_counts_all_the_same() {
        let line = line(&[51, 3], Rule::PUBLIC.rounding(), false);
        assert_eq!((line.cells, line.total, line.method), (vec![Some(50), None], Some(55), Method::Round));
    }

    #[test]
    fn dc3_rounded_counts_that_would_pin_a_hidden_one_take_another_with_it() {
        // 205 and 55 and 135 leave 9 at least, and what is hidden alone is 9 at most.
        let line = line(&[57, 137, 9], Rule::PUBLIC.rounding(), false);
        assert_eq!(line.cells, [None, Some(135), None]);
    }

    #[test]
    fn dc4_of_a_sensitive_question_neither_all_nor_nobody_is_told() {
        assert_eq!(line(&[50, 0], Rule::PUBLIC, true).withheld, Some(Why::WholeGroup));
        assert_eq!(line(&[50, 0], Rule::PUBLIC, false).cells, [Some(50), Some(0)]);
        assert_eq!(line(&[50, 0, 30], Rule::PUBLIC, true).cells, [Some(50), None, None]);
    }

    #[test]
    fn ten_visitors_with_three_topics_in_one_district_show_nothing() {
        for counts in [[3, 3, 4], [8, 1, 1], [9, 1, 0]] {
            let line = line(&counts, Rule::PUBLIC, false);
            assert_eq!((line.total, line.cells), (None, vec![None, None, None]), "{counts:?}");
        }
    }

    /// The least and the most that each hidden cell can hold, by trying all ways of sharing out what is hidden.
    fn interval(line: &Line, total: u64, floor: u64) -> Option<(u64, u64)> {
        let shown: u64 = line.cells.iter().flatten().sum();
        let hidden = line.cells.iter().filter(|cell| cell.is_none()).count() as u64;
        (hidden > 0).then(|| {
            let rest = total - shown;
            let most = rest - floor * (hidden - 1);
            (if hidden == 1 { rest } else { floor }, most)
        })
    }

    proptest! {
        #[test]
        fn dc3_nobody_can_work_out_a_hidden_count(counts in prop::collection::vec(0_u64..40, 1..12), sensitive: bool, least in 5_u64..15) {
            let rule = Rule::INTERNAL.raised_to(least);
            let line = line(&counts, rule, sensitive);
            for (cell, count) in line.cells.iter().zip(&counts) {
                prop_assert!(cell.is_none_or(|shown| shown == *count && (*count == 0 || *count >= least)));
            }
            let Some(total) = line.total else { return Ok(()) };
            prop_assert_eq!(total, counts.iter().sum::<u64>());
            if let Some((low, high)) = interval(&line, total, u64::from(!sensitive)) {
                prop_assert!(low < least && high >= least, "{:?} says {}..={}", line, low, high);
            }
        }

        #[test]
        fn dc3_rounded_counts_do_not_give_back_a_hidden_one(counts in prop::collection::vec(0_u64..200, 2..8)) {
            let line = line(&counts, Rule::PUBLIC.rounding(), false);
            let Some(total) = line.total else { return Ok(()) };
            let hidden = line.cells.iter().filter(|cell| cell.is_none()).count() as u64;
            if hidden == 0 {
                return Ok(());
            }
            let shown: Vec<u64> = line.cells.iter().flatten().copied().collect();
            let half = ROUNDING / 2;
            // A shown count is zero or at least the threshold; each may be two more or less.
            let least: u64 = shown.iter().map(|count| if *count == 0 { 0 } else { (count - half).max(10) }).sum();
            let most: u64 = shown.iter().map(|count| if *count == 0 { 0 } else { count + half }).sum();
            // Of several hidden cells one may be more than small: what is hidden for the others' sake.
            let most_each = if hidden > 1 { u64::MAX } else { 9 };
            let low = if hidden > 1 { 1 } else { (total - half).saturating_sub(most).max(1) };
            let high = (total + half).saturating_sub(least + hidden - 1).min(most_each);
            prop_assert!(low < high, "{:?}", line);
        }
    }
}
