//! What votes say about opinions, as it may be shown: groups of people who vote alike, with small numbers hidden. When it is
//! worked out is in `keeper.rs`.

use super::Forum;
use crate::clock::Minute;
use crate::refusal::Refusal;
use crate::store::{Said, Store, VoteTally};
use analysis::disclosure::{Rule, counter, line, two_way};
use analysis::opinion::statements::Tally;
use analysis::opinion::{MOST_STATEMENTS, Opinion, Vote, Votes, opinion};
use matter::MatterNumber;
use std::collections::HashMap;

/// Votes that are read at once.
const PIECE: usize = 20_000;

/// What somebody says of an idea.
pub(crate) type Side = Vote;

/// How an idea was voted on, as it may be shown: agree, disagree, pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Spread {
    pub(crate) statement: MatterNumber,
    /// Of each group, or of all where there are no groups; nothing where a count is hidden.
    pub(crate) groups: Vec<[Option<u64>; 3]>,
}

/// What may be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Release {
    /// Since when it is shown.
    pub(crate) minute: Minute,
    /// At least so many voters, in steps.
    pub(crate) voters: u64,
    /// At least so many in each group, in steps, the largest first; none where there are no groups.
    pub(crate) sizes: Vec<u64>,
    /// What all are of one mind about.
    pub(crate) uniting: Vec<(MatterNumber, Side)>,
    /// What groups differ on most.
    pub(crate) dividing: Vec<MatterNumber>,
    /// What each group is known by.
    pub(crate) known_by: Vec<Vec<(MatterNumber, Side)>>,
    /// How the ideas that are named were voted on.
    pub(crate) spreads: Vec<Spread>,
}

/// Works out what the votes on ideas say now, by the rule of the forum; `None` while too few have voted.
pub(super) async fn worked_out(
    store: &dyn Store,
    survey: &str,
    forum: &Forum,
    now: Minute,
) -> Result<Option<Release>, Refusal> {
    let open = store.least_voted(survey, forum.shows_waiting(), usize::MAX).await;
    let mut open = open.map_err(Refusal::of_store)?;
    open.reverse();
    let statements: Vec<MatterNumber> = open
        .iter()
        .filter(|tally| tally.votes() > 0)
        .take(MOST_STATEMENTS)
        .map(|tally| tally.statement)
        .collect();
    let (votes, rule) = (collected(store, survey, &statements).await?, forum.rule());
    let least = usize::try_from(rule.least()).unwrap_or(usize::MAX);
    let told = tokio::task::spawn_blocking(move || opinion(&votes, least)).await;
    let told = told.map_err(|error| Refusal::internal("opinions cannot be worked out", &error))?;
    Ok(told.and_then(|told| released(now, &told, &statements, rule)))
}

/// All votes on some ideas, voter by voter.
async fn collected(store: &dyn Store, survey: &str, statements: &[MatterNumber]) -> Result<Votes, Refusal> {
    let place: HashMap<MatterNumber, usize> =
        statements.iter().enumerate().map(|(place, statement)| (*statement, place)).collect();
    let (mut votes, mut row, mut after) = (Votes::on(statements.len()), Vec::new(), None);
    loop {
        let piece = store.votes(survey, after, PIECE).await.map_err(Refusal::of_store)?;
        for vote in &piece {
            if after.is_some_and(|(voter, _)| voter != vote.voter) {
                votes.add(row.drain(..));
            }
            after = Some((vote.voter, vote.statement));
            row.extend(place.get(&vote.statement).copied().zip(side(vote.said)));
        }
        if piece.len() < PIECE {
            votes.add(row.drain(..));
            return Ok(votes);
        }
    }
}

fn side(said: Said) -> Option<Side> {
    match said {
        Said::Agree => Some(Vote::Agree),
        Said::Disagree => Some(Vote::Disagree),
        Said::Pass => Some(Vote::Pass),
        Said::Seen => None,
    }
}

/// What of it may be shown. An idea whose votes cannot be is not named at all.
fn released(minute: Minute, told: &Opinion, statements: &[MatterNumber], rule: Rule) -> Option<Release> {
    let spread = |statement: usize| {
        let groups = shown(&told.tallies[statement], rule)?;
        Some(Spread { statement: *statements.get(statement)?, groups })
    };
    let sided = |statement: usize, side: Side| Some((spread(statement)?.statement, side));
    let known = |known: &Vec<analysis::opinion::statements::Known>| {
        known.iter().filter_map(|known| sided(known.statement, known.side)).collect::<Vec<_>>()
    };
    let uniting: Vec<_> =
        told.uniting.iter().filter_map(|uniting| sided(uniting.statement, uniting.side)).collect();
    let known_by: Vec<Vec<_>> = told.known_by.iter().map(known).collect();
    let dividing: Vec<MatterNumber> =
        told.dividing.iter().filter_map(|at| spread(*at)).map(|spread| spread.statement).collect();
    let mut named: Vec<usize> = told.uniting.iter().map(|uniting| uniting.statement).collect();
    named.extend(told.dividing.iter().copied());
    named.extend(told.known_by.iter().flatten().map(|known| known.statement));
    named.sort_unstable();
    named.dedup();
    let size = |size: &usize| counter(*size as u64, rule).unwrap_or_default();
    Some(Release {
        minute,
        voters: counter(told.voters as u64, rule)?,
        sizes: told.groups.iter().flat_map(|groups| &groups.sizes).map(size).collect(),
        uniting,
        dividing,
        known_by,
        spreads: named.into_iter().filter_map(spread).collect(),
    })
}

/// The counts of each group that may be shown. Where a group or an answer would have to be put together with another,
/// nothing is.
fn shown(groups: &[Tally], rule: Rule) -> Option<Vec<[Option<u64>; 3]>> {
    let counts: Vec<Vec<u64>> =
        groups.iter().map(|tally| vec![tally.agree, tally.disagree, tally.pass]).collect();
    if let [only] = counts.as_slice() {
        let line = line(only, rule, false);
        return if line.withheld.is_some() { None } else { Some(vec![three(&line.cells)?]) };
    }
    let table = two_way(&counts, rule, false).ok()?;
    // Answers that are hidden in the sum of all groups stand together in one column: none of them is shown.
    let cell = |row: usize, answer: usize| {
        let column = table.columns.iter().position(|answers| answers == &[answer])?;
        let row = table.rows.iter().position(|groups| groups == &[row])?;
        table.cells.get(row)?.get(column).copied().flatten()
    };
    Some((0..counts.len()).map(|row| [0, 1, 2].map(|answer| cell(row, answer))).collect())
}

fn three(cells: &[Option<u64>]) -> Option<[Option<u64>; 3]> {
    cells.try_into().ok()
}

/// How an idea was voted on by everybody, as it may be shown: at least so many votes, and each count or nothing where it is
/// hidden. `None` where too few voted.
pub(crate) fn told_of(tally: &VoteTally, rule: Rule) -> Option<(u64, [Option<u64>; 3])> {
    let line = line(&[tally.agree, tally.disagree, tally.pass], rule, false);
    Some((line.total?, three(&line.cells)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(agree: u64, disagree: u64, pass: u64) -> Tally {
        Tally { agree, disagree, pass }
    }

    #[test]
    fn small_counts_of_a_group_are_hidden_and_what_would_give_them_back() {
        let groups = shown(&[tally(40, 3, 20), tally(15, 45, 12)], Rule::PUBLIC).unwrap();
        assert_eq!(groups[0][1], None, "three people");
        let hidden = groups.iter().flatten().filter(|cell| cell.is_none()).count();
        assert!(hidden >= 4, "rows and columns add up to what is known: {groups:?}");
        assert_eq!(shown(&[tally(40, 20, 30)], Rule::PUBLIC), Some(vec![[Some(40), Some(20), Some(30)]]));
        assert_eq!(shown(&[tally(4, 2, 3)], Rule::PUBLIC), None);
    }

    #[test]
    fn an_idea_that_few_voted_on_has_no_figures() {
        let statement = MatterNumber::new(2026, 1).unwrap();
        let tally = |agree, disagree| VoteTally { statement, agree, disagree, pass: 0, seen: 99 };
        assert_eq!(told_of(&tally(5, 4), Rule::PUBLIC), None);
        assert_eq!(told_of(&tally(20, 12), Rule::PUBLIC), Some((32, [Some(20), Some(12), Some(0)])));
        let told = told_of(&tally(20, 2), Rule::PUBLIC);
        assert!(told.is_none_or(|(_, cells)| cells[0].is_none() && cells[1].is_none()), "{told:?}");
    }
}
