//! Groups of people who vote alike: camps that were made up are found again, small ones are not shown, and chance has no
//! part in it.

use analysis::opinion::groups::{Groups, silhouette};
use analysis::opinion::{Opinion, Vote, Votes, opinion};

const LEAST: usize = 10;

/// Numbers that look random and are always the same.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

/// Camps of these sizes on so many statements. On statement `s` camp `c` agrees where `s % camps == c` and disagrees
/// elsewhere; all agree on the last one. One vote in ten is another, and one statement in three was not voted on.
fn camps(sizes: &[usize], statements: usize) -> (Votes, Vec<usize>) {
    let (mut votes, mut truth, mut dice) = (Votes::on(statements), Vec::new(), Dice(7));
    for (camp, size) in sizes.iter().enumerate() {
        for _ in 0..*size {
            let own = |statement: usize| statement == statements - 1 || statement % sizes.len() == camp;
            let cast = (0..statements).filter_map(|statement| {
                let vote = match (dice.roll(10), own(statement)) {
                    (0, _) => Vote::Pass,
                    (_, true) => Vote::Agree,
                    (_, false) => Vote::Disagree,
                };
                (dice.roll(3) > 0).then_some((statement, vote))
            });
            votes.add(cast.collect::<Vec<_>>());
            truth.push(camp);
        }
    }
    (votes, truth)
}

/// Of all pairs, the share that both put together or both apart.
fn alike(told: &[usize], truth: &[usize]) -> f64 {
    let pairs = || (0..truth.len()).flat_map(|one| (0..one).map(move |other| (one, other)));
    let same = pairs().filter(|(a, b)| (told[*a] == told[*b]) == (truth[*a] == truth[*b])).count();
    same as f64 / pairs().count() as f64
}

fn told(votes: &Votes) -> Opinion {
    opinion(votes, LEAST).unwrap()
}

#[test]
fn camps_are_found_again_with_what_each_is_known_by_and_what_unites_them() {
    let (votes, truth) = camps(&[120, 80, 50], 24);
    let opinion = told(&votes);
    let groups = opinion.groups.as_ref().unwrap();
    assert_eq!(groups.sizes.len(), 3);
    assert!(alike(&groups.of_voter, &truth) > 0.98, "{}", alike(&groups.of_voter, &truth));
    assert!(groups.silhouette > 0.5 && opinion.known_by.iter().all(|known| known.len() == 3));
    for (group, known) in opinion.known_by.iter().enumerate() {
        let camp = truth[groups.of_voter.iter().position(|of| *of == group).unwrap()];
        for known in known.iter().filter(|known| known.side == Vote::Agree) {
            assert_eq!(known.statement % 3, camp);
        }
    }
    assert_eq!((opinion.uniting[0].statement, opinion.uniting[0].side), (23, Vote::Agree));
    assert!(opinion.dividing.len() == 3 && !opinion.dividing.contains(&23));
}

#[test]
fn the_same_votes_give_the_same_groups_and_groups_stand_by_size() {
    let (votes, _) = camps(&[40, 90], 12);
    assert_eq!(told(&votes), told(&votes));
    let groups = told(&votes).groups.unwrap();
    assert!(groups.sizes.is_sorted_by(|one, other| one >= other));
    assert_eq!(groups.sizes.iter().sum::<usize>(), told(&votes).voters);
}

#[test]
fn no_group_is_smaller_than_the_threshold_and_where_all_would_be_there_are_none() {
    let (votes, _) = camps(&[60, 60, 6], 18);
    assert!(told(&votes).groups.unwrap().sizes.iter().all(|size| *size >= LEAST));
    // Nobody differs: what is the same everywhere has no parts.
    let mut one_mind = Votes::on(8);
    (0..60).for_each(|_| one_mind.add((0..8).map(|statement| (statement, Vote::Agree))));
    let opinion = told(&one_mind);
    assert_eq!(opinion.groups, None);
    assert_eq!((opinion.tallies.len(), opinion.tallies[0].len(), opinion.tallies[0][0].agree), (8, 1, 60));
    assert!(opinion.dividing.is_empty() && opinion.known_by == [Vec::new()]);
    assert!(opinion.uniting.iter().all(|uniting| uniting.least > 0.95));
}

#[test]
fn nothing_is_said_of_few_voters_nor_of_those_who_voted_on_little() {
    let (votes, _) = camps(&[15, 14], 12);
    assert_eq!(opinion(&votes, LEAST), None, "29 of 30");
    let mut votes = Votes::on(12);
    (0..100).for_each(|_| votes.add((0..6).map(|statement| (statement, Vote::Pass))));
    assert_eq!(opinion(&votes, LEAST), None, "six statements of twelve");
    let mut votes = Votes::on(3);
    (0..40).for_each(|_| votes.add((0..3).map(|statement| (statement, Vote::Pass))));
    assert_eq!(told(&votes).voters, 40, "all that there are");
    assert_eq!(opinion(&Votes::on(0), LEAST), None);
}

#[test]
fn the_components_are_of_length_one_at_right_angles_and_the_largest_number_is_above_zero() {
    let (votes, _) = camps(&[70, 50], 16);
    let [first, second] = told(&votes).components.directions;
    let product = |one: &[f64], other: &[f64]| one.iter().zip(other).map(|(a, b)| a * b).sum::<f64>();
    assert!((product(&first, &first) - 1.0).abs() < 1e-12 && product(&first, &second).abs() < 1e-12);
    for direction in [first, second] {
        let largest = direction.iter().copied().fold(0.0_f64, |a, b| if b.abs() > a.abs() { b } else { a });
        assert!(largest > 0.0);
    }
}

#[test]
fn a_silhouette_is_that_of_its_definition() {
    let points = [[0.0, 0.0], [0.0, 1.0], [4.0, 0.0]];
    // The third is alone, which counts as nought; the others are 1 from each other and 4 or 4.123 from it.
    let expected = ((4.0 - 1.0) / 4.0 + (17.0_f64.sqrt() - 1.0) / 17.0_f64.sqrt()) / 3.0;
    assert!((silhouette(&points, &[0, 0, 1], 2) - expected).abs() < 1e-12);
}

#[test]
fn points_at_one_place_make_no_groups() {
    assert_eq!(Groups::of(&[[1.0, 1.0]; 50], 5), None);
    assert_eq!(Groups::of(&[], 5), None);
}
