//! Groups of points in a plane: *k*-means from chosen starts (D. Arthur, S. Vassilvitskii, "k-means++: The advantages of
//! careful seeding", 2007), and as many groups as the mean silhouette prefers (P. Rousseeuw, "Silhouettes", 1987).
//!
//! Starts are tried and silhouettes are reckoned on at most [`SAMPLE`] points, evenly from all of them; the groups are then
//! made of all points. The random numbers come out of a constant, so that the same points give the same groups.

use serde::Serialize;

/// Numbers of groups that are tried.
const FEWEST: usize = 2;
const MOST: usize = 5;
/// Points that starts and silhouettes are tried on.
const SAMPLE: usize = 2000;
/// Starts that are tried.
const STARTS: usize = 20;
/// Times at most that points are given to the nearest middle.
const ROUNDS: usize = 200;
const SEED: u64 = 0x5175_6c61_712e_6b7a;

type Point = [f64; 2];

/// Groups of points.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Groups {
    /// Of each point, the index of its group.
    pub of_voter: Vec<usize>,
    /// How many points each group has, the largest first.
    pub sizes: Vec<usize>,
    /// The middle of each.
    pub middles: Vec<[f64; 2]>,
    /// How well points are with their own group rather than the next: the mean silhouette, from -1 to 1.
    pub silhouette: f64,
}

impl Groups {
    /// The groups that points make, each of `least` points or more; `None` where they make none.
    #[must_use]
    pub fn of(points: &[Point], least: usize) -> Option<Self> {
        let step = points.len().div_ceil(SAMPLE).max(1);
        let sample: Vec<Point> = points.iter().copied().step_by(step).collect();
        let tried = (FEWEST..=MOST).filter_map(|count| {
            let middles = settle(points, best_start(&sample, count)?);
            let groups = Self::around(points, &middles);
            let large = groups.sizes.len() == count && groups.sizes.iter().all(|size| *size >= least.max(1));
            large.then(|| {
                let own: Vec<usize> = groups.of_voter.iter().copied().step_by(step).collect();
                Self { silhouette: silhouette(&sample, &own, count), ..groups }
            })
        });
        // Of two numbers that are as good the smaller counts.
        tried.fold(None, |best: Option<Self>, next| match best {
            Some(best) if best.silhouette >= next.silhouette => Some(best),
            _ => Some(next),
        })
    }

    /// Each point with the nearest middle, the largest group first.
    fn around(points: &[Point], middles: &[Point]) -> Self {
        let given: Vec<usize> = points.iter().map(|point| nearest(*point, middles).0).collect();
        let mut sizes = vec![0; middles.len()];
        given.iter().for_each(|group| sizes[*group] += 1);
        let mut order: Vec<usize> = (0..middles.len()).filter(|group| sizes[*group] > 0).collect();
        order.sort_by_key(|group| std::cmp::Reverse(sizes[*group]));
        let mut place = vec![0; middles.len()];
        order.iter().enumerate().for_each(|(at, group)| place[*group] = at);
        Self {
            of_voter: given.into_iter().map(|group| place[group]).collect(),
            sizes: order.iter().map(|group| sizes[*group]).collect(),
            middles: order.iter().map(|group| middles[*group]).collect(),
            silhouette: 0.0,
        }
    }
}

/// The middles of the best of several starts; `None` where there are not so many different points.
fn best_start(sample: &[Point], count: usize) -> Option<Vec<Point>> {
    let mut random = Random(SEED);
    let tried = (0..STARTS).filter_map(|_| {
        let middles = settle(sample, seeded(sample, count, &mut random)?);
        let spread: f64 = sample.iter().map(|point| nearest(*point, &middles).1).sum();
        Some((spread, middles))
    });
    tried.min_by(|(one, _), (other, _)| one.total_cmp(other)).map(|(_, middles)| middles)
}

/// Starts far from each other: each next one is drawn by the square of the distance to those before it.
fn seeded(points: &[Point], count: usize, random: &mut Random) -> Option<Vec<Point>> {
    let first = points.get(random.below(points.len())?)?;
    let mut middles = vec![*first];
    let mut away: Vec<f64> = points.iter().map(|point| apart(*point, *first)).collect();
    while middles.len() < count {
        let whole: f64 = away.iter().sum();
        if whole <= 0.0 {
            return None;
        }
        let mut left = random.share() * whole;
        let drawn = away.iter().position(|distance| {
            left -= distance;
            left < 0.0
        });
        let next = points[drawn.unwrap_or(points.len() - 1)];
        middles.push(next);
        for (distance, point) in away.iter_mut().zip(points) {
            *distance = distance.min(apart(*point, next));
        }
    }
    Some(middles)
}

/// Gives points to their nearest middle, and moves middles to the middle of their points, until none moves.
fn settle(points: &[Point], mut middles: Vec<Point>) -> Vec<Point> {
    for _ in 0..ROUNDS {
        let mut sums = vec![([0.0; 2], 0_usize); middles.len()];
        for point in points {
            let (sum, count) = &mut sums[nearest(*point, &middles).0];
            *sum = [sum[0] + point[0], sum[1] + point[1]];
            *count += 1;
        }
        let moved: Vec<Point> = sums
            .iter()
            .zip(&middles)
            .map(|((sum, count), middle)| match count {
                0 => *middle,
                count => [sum[0] / *count as f64, sum[1] / *count as f64],
            })
            .collect();
        if moved == middles {
            break;
        }
        middles = moved;
    }
    middles
}

fn nearest(point: Point, middles: &[Point]) -> (usize, f64) {
    let distances = middles.iter().map(|middle| apart(point, *middle)).enumerate();
    distances.fold((0, f64::INFINITY), |best, next| if next.1 < best.1 { next } else { best })
}

/// The square of the distance.
fn apart(one: Point, other: Point) -> f64 {
    (one[0] - other[0]).powi(2) + (one[1] - other[1]).powi(2)
}

/// The mean silhouette of points in groups. Who is alone in a group has none, which counts as nought.
#[must_use]
pub fn silhouette(points: &[Point], groups: &[usize], count: usize) -> f64 {
    let mut sizes = vec![0_usize; count];
    groups.iter().for_each(|group| sizes[*group] += 1);
    let of_point = |(point, own): (&Point, &usize)| {
        let mut sums = vec![0.0; count];
        points.iter().zip(groups).for_each(|(other, group)| sums[*group] += apart(*point, *other).sqrt());
        if sizes[*own] < 2 {
            return 0.0;
        }
        let within = sums[*own] / (sizes[*own] - 1) as f64;
        let others = (0..count).filter(|group| group != own && sizes[*group] > 0);
        let next = others.map(|group| sums[group] / sizes[group] as f64).fold(f64::INFINITY, f64::min);
        let largest = within.max(next);
        if largest > 0.0 && next.is_finite() { (next - within) / largest } else { 0.0 }
    };
    points.iter().zip(groups).map(of_point).sum::<f64>() / points.len().max(1) as f64
}

/// SplitMix64 (G. Steele, D. Lea, C. Flood, "Fast splittable pseudorandom number generators", 2014).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From nought up to one.
    fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn below(&mut self, count: usize) -> Option<usize> {
        (count > 0).then(|| ((self.share() * count as f64) as usize).min(count - 1))
    }
}
