//! Random order, the same for the same seed wherever it is worked out: the browser shows it, the collector tells the
//! analyst which place each option had.

/// The order in which `items` stand for a response with this seed: indexes of the definition by place. What is pinned
/// keeps its place; `salt` keeps the lists of one response apart. Without a seed (0) everything stands as it was
/// written: nobody can shuffle paper.
#[must_use]
pub fn shuffled(seed: u32, salt: &str, items: usize, pinned: impl Fn(usize) -> bool) -> Vec<usize> {
    let mut order: Vec<usize> = (0..items).collect();
    if seed == 0 {
        return order;
    }
    let free: Vec<usize> = order.iter().copied().filter(|item| !pinned(*item)).collect();
    let mut mixed = free.clone();
    let mut state = salt
        .bytes()
        .fold(u64::from(seed) ^ 0x9e37_79b9_7f4a_7c15, |state, byte| next(state ^ u64::from(byte)));
    // Fisher and Yates: each order is as likely as any other, but for the generator's own limits.
    for last in (1..mixed.len()).rev() {
        state = next(state);
        mixed.swap(last, below(state, last + 1));
    }
    for (place, item) in free.into_iter().zip(mixed) {
        order[place] = item;
    }
    order
}

/// SplitMix64 (Steele, Lea, Flood 2014): small, and good enough that no place is favoured.
fn next(state: u64) -> u64 {
    let mut z = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "the high half of a product with a count is below that count"
)]
fn below(random: u64, count: usize) -> usize {
    ((u128::from(random) * count as u128) >> 64) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_order_and_lists_differ() {
        assert_eq!(shuffled(7, "a", 10, |_| false), shuffled(7, "a", 10, |_| false));
        assert_ne!(shuffled(7, "a", 10, |_| false), shuffled(7, "b", 10, |_| false));
        assert_ne!(shuffled(7, "a", 10, |_| false), shuffled(8, "a", 10, |_| false));
    }

    #[test]
    fn without_a_seed_everything_stands_as_it_was_written() {
        assert_eq!(shuffled(0, "a", 10, |_| false), (0..10).collect::<Vec<_>>());
    }

    #[test]
    fn what_is_pinned_keeps_its_place_and_nothing_is_lost() {
        for seed in 0..200 {
            let order = shuffled(seed, "q", 6, |item| item == 2 || item == 5);
            assert_eq!((order[2], order[5]), (2, 5));
            let mut sorted = order.clone();
            sorted.sort_unstable();
            assert_eq!(sorted, [0, 1, 2, 3, 4, 5]);
        }
    }

    #[test]
    fn every_item_comes_to_every_place_about_as_often() {
        let mut counts = [[0u32; 5]; 5];
        for seed in 0..5000 {
            for (place, item) in shuffled(seed, "used", 5, |_| false).into_iter().enumerate() {
                counts[place][item] += 1;
            }
        }
        // 1,000 expected in each; five standard deviations are 141.
        assert!(counts.iter().flatten().all(|count| (859..=1141).contains(count)), "{counts:?}");
    }
}
