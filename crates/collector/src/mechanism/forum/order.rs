//! In which order ideas are put before a voter: by chance, those with fewer votes sooner, so that what came early is not
//! all that anybody votes on.
//!
//! It is a draw without replacement in which an idea has the weight 1 / (1 + its votes) (P. Efraimidis, P. Spirakis,
//! "Weighted random sampling with a reservoir", 2006), and whose chance comes out of voter and idea: whoever looks again
//! sees the same.

use crate::digest::sha256;
use crate::store::{Said, VoteRecord, VoteTally, Voter};
use matter::MatterNumber;
use std::collections::HashMap;

/// Ideas that are put before somebody at once.
const AT_ONCE: usize = 5;

/// Those that a voter has said nothing about.
pub(crate) fn unvoted(open: Vec<VoteTally>, own: &[VoteRecord]) -> Vec<VoteTally> {
    let said: HashMap<MatterNumber, Said> = own.iter().map(|vote| (vote.statement, vote.said)).collect();
    let is_new = |tally: &VoteTally| matches!(said.get(&tally.statement), None | Some(Said::Seen));
    open.into_iter().filter(is_new).collect()
}

/// The next ideas for a voter, at most [`AT_ONCE`].
pub(crate) fn choose(open: &[VoteTally], voter: &Voter) -> Vec<MatterNumber> {
    let mut drawn: Vec<(f64, MatterNumber)> =
        open.iter().map(|tally| (time(voter, tally), tally.statement)).collect();
    drawn.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
    drawn.into_iter().take(AT_ONCE).map(|(_, statement)| statement).collect()
}

/// When an idea comes up: the waiting time of a chance that is one divided by one more than its votes.
fn time(voter: &Voter, tally: &VoteTally) -> f64 {
    let mut told = voter.to_vec();
    told.extend(tally.statement.to_string().bytes());
    let digest = sha256(told);
    let bits = digest.iter().take(8).fold(0_u64, |bits, byte| (bits << 8) | u64::from(*byte));
    // Above nought, so that it has a logarithm.
    let chance = ((bits >> 11) as f64 + 1.0) / ((1_u64 << 53) as f64 + 1.0);
    -chance.ln() * (tally.votes() as f64 + 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Minute;

    fn open(votes: &[u64]) -> Vec<VoteTally> {
        let tally = |(serial, agree): (u32, &u64)| VoteTally {
            statement: MatterNumber::new(2026, serial).unwrap(),
            agree: *agree,
            disagree: 0,
            pass: 0,
            seen: 0,
        };
        (1..).zip(votes).map(tally).collect()
    }

    fn voter(number: u32) -> Voter {
        let mut voter = Voter::default();
        voter[..4].copy_from_slice(&number.to_be_bytes());
        voter
    }

    #[test]
    fn whoever_looks_again_sees_the_same_and_others_see_others() {
        let open = open(&[0; 50]);
        assert_eq!(choose(&open, &voter(1)), choose(&open, &voter(1)));
        assert_ne!(choose(&open, &voter(1)), choose(&open, &voter(2)));
        assert_eq!(choose(&open, &voter(1)).len(), AT_ONCE);
    }

    #[test]
    fn ideas_with_as_many_votes_come_first_about_as_often_and_one_with_fewer_more_often() {
        let first = |open: &[VoteTally]| {
            let mut times = vec![0; open.len()];
            for number in 0..4000 {
                times[choose(open, &voter(number))[0].serial() as usize - 1] += 1;
            }
            times
        };
        let alike = first(&open(&[7; 8]));
        assert!(alike.iter().all(|times| (400..600).contains(times)), "500 each of 4000: {alike:?}");
        let fewer = first(&open(&[0, 9]));
        assert!((3500..3780).contains(&fewer[0]), "ten in eleven of 4000: {fewer:?}");
    }

    #[test]
    fn what_was_only_seen_comes_again_and_what_was_passed_does_not() {
        let open = open(&[0; 4]);
        let vote = |serial: u32, said: Said| VoteRecord {
            voter: voter(1),
            statement: MatterNumber::new(2026, serial).unwrap(),
            said,
            place: 1,
            minute: Minute(0),
            flags: String::new(),
        };
        let own = [vote(1, Said::Seen), vote(2, Said::Pass), vote(3, Said::Agree)];
        let left: Vec<u32> = unvoted(open, &own).iter().map(|tally| tally.statement.serial()).collect();
        assert_eq!(left, [1, 4]);
    }
}
