//! Speeders: who answered in less than half of the usual time.

use super::Flags;

/// When somebody was too fast.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pace {
    /// Below this part of the median; one half is common (Greszki et al., "Exploring the effects of removing 'too fast'
    /// responses", Public Opinion Quarterly 79, 2015), and there is no standard.
    pub part: f64,
    /// With fewer times than this nobody is judged: there is no usual time yet.
    pub least_times: usize,
}

impl Default for Pace {
    fn default() -> Self {
        Self { part: 0.5, least_times: 20 }
    }
}

/// Flags by the active time of each response in milliseconds, where it is known; with the median.
#[must_use]
pub fn speeders(times: &[Option<u64>], pace: Pace) -> (Flags, Option<f64>) {
    let usual = usual(times.iter().flatten().copied().collect(), pace);
    let judge = |time: &Option<u64>| Some((time.as_ref().copied()? as f64) < pace.part * usual?);
    (Flags::of(times.iter().map(judge)), usual)
}

/// Flags by the active times on each page, where people were led different ways: the time on the pages that somebody saw
/// is compared with the sum of their medians. Each response has a time, or nothing, for every page.
#[must_use]
pub fn speeders_by_page(times: &[Vec<Option<u64>>], pace: Pace) -> Flags {
    let pages = times.iter().map(Vec::len).max().unwrap_or(0);
    let of_page = |page: usize| times.iter().filter_map(|times| times.get(page).copied().flatten()).collect();
    let usual: Vec<Option<f64>> = (0..pages).map(|page| usual(of_page(page), pace)).collect();
    let judge = |times: &Vec<Option<u64>>| {
        let seen = times.iter().zip(&usual).filter_map(|(time, usual)| Some(((*time)? as f64, (*usual)?)));
        let (own, all) = seen.fold((0.0, 0.0), |sum, (time, usual)| (sum.0 + time, sum.1 + usual));
        (all > 0.0).then_some(own < pace.part * all)
    };
    Flags::of(times.iter().map(judge))
}

fn usual(times: Vec<u64>, pace: Pace) -> Option<f64> {
    if times.len() < pace.least_times.max(1) { None } else { median(times) }
}

/// The median; of an even number the middle of the middle two.
#[must_use]
pub fn median(mut numbers: Vec<u64>) -> Option<f64> {
    numbers.sort_unstable();
    let middle = numbers.len() / 2;
    match numbers.len() {
        0 => None,
        count if count.is_multiple_of(2) => Some((numbers[middle - 1] as f64 + numbers[middle] as f64) / 2.0),
        _ => Some(numbers[middle] as f64),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn under_half_of_the_median_is_fast_where_there_are_enough_times() {
        let pace = Pace { least_times: 4, ..Pace::default() };
        let (flags, usual) = speeders(&[Some(100), Some(49), Some(50), Some(200), None, Some(100)], pace);
        assert_eq!(usual, Some(100.0));
        assert_eq!(
            flags,
            Flags { rows: vec![false, true, false, false, false, false], flagged: 1, judged: 5 }
        );
        assert_eq!(speeders(&[Some(1), Some(100), Some(100)], pace).0.judged, 0);
    }

    #[test]
    fn who_was_led_past_a_page_is_not_fast_for_that() {
        let pace = Pace { least_times: 3, ..Pace::default() };
        let slow = vec![Some(100), Some(1_000)];
        let times = [slow.clone(), slow.clone(), slow, vec![Some(90), None], vec![Some(30), Some(400)]];
        assert_eq!(speeders_by_page(&times, pace).rows, [false, false, false, false, true]);
    }
}
