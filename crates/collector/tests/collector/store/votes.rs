//! Votes: one of each voter on each statement, sums that are those of a recount, whatever comes at once and however often.

use super::{Engine, NOW, new_response, publication};
use collector::clock::Minute;
use collector::store::{
    Ballot, Due, NewMatter, NewResponse, NewVote, Overdue, Retention, Said, Store, Voice, VoteCount,
    VoteTally, Voter, Votes, What,
};
use matter::{MatterNumber, Shown};
use std::collections::HashMap;
use std::sync::Arc;

const SURVEY: &str = "page-useful";

fn statement(serial: u32) -> MatterNumber {
    MatterNumber::new(2026, serial).unwrap()
}

fn ballot(voter: u8, votes: &[(u32, Said)]) -> Ballot {
    let vote = |(place, (serial, said)): (u32, &(u32, Said))| NewVote {
        statement: statement(*serial),
        said: *said,
        place,
    };
    Ballot {
        survey: SURVEY.to_owned(),
        voter: [voter; 16],
        minute: NOW,
        flags: String::new(),
        votes: (1..).zip(votes).map(vote).collect(),
    }
}

/// The response that opens the matter of this number.
fn matter_of(number: u8, shown: Shown) -> NewResponse {
    let matter = NewMatter {
        year: 2026,
        subject: None,
        body: None,
        responsible: None,
        registered: None,
        due: None,
        shown,
        voice: Voice::default(),
    };
    NewResponse { matter: Some(matter), ..new_response(&format!("{number:032x}"), "v1") }
}

/// A store with so many statements that everybody sees.
async fn with_statements(store: &impl Store, count: u8) {
    store.publish(publication(SURVEY, "v1")).await.unwrap();
    for number in 1..=count {
        store.keep(matter_of(number, Shown::Shown)).await.unwrap();
    }
}

fn tally(serial: u32, [agree, disagree, pass, seen]: [u64; 4]) -> VoteTally {
    VoteTally { statement: statement(serial), agree, disagree, pass, seen }
}

pub(super) async fn a_voter_has_one_vote_on_a_statement_and_may_change_it<E: Engine>(engine: E) {
    let store = engine.open().await;
    with_statements(&store, 2).await;
    store.cast(ballot(1, &[(1, Said::Agree), (2, Said::Seen)])).await.unwrap();
    store.cast(ballot(1, &[(1, Said::Agree), (2, Said::Seen)])).await.unwrap();
    store.cast(ballot(2, &[(1, Said::Disagree)])).await.unwrap();
    let (both, one) = ([statement(1), statement(2)], [statement(1)]);
    let expected = [tally(1, [1, 1, 0, 0]), tally(2, [0, 0, 0, 1])];
    assert_eq!(store.tallies(SURVEY, &both).await.unwrap(), expected);
    let later = Ballot { minute: Minute(NOW.0 + 1), ..ballot(1, &[(1, Said::Pass), (2, Said::Agree)]) };
    store.cast(later).await.unwrap();
    store.cast(ballot(2, &[(1, Said::Seen)])).await.unwrap();
    let store = engine.open().await;
    let expected = [tally(1, [0, 1, 1, 0]), tally(2, [1, 0, 0, 0])];
    assert_eq!(store.tallies(SURVEY, &both).await.unwrap(), expected);
    let own = store.votes_of(SURVEY, [1; 16]).await.unwrap();
    let told: Vec<_> =
        own.iter().map(|vote| (vote.statement, vote.said, vote.place, vote.minute.0)).collect();
    let minute = NOW.0 + 1;
    assert_eq!(told, [(statement(1), Said::Pass, 1, minute), (statement(2), Said::Agree, 2, minute)]);
    assert_eq!(store.tallies("other", &one).await.unwrap(), []);
    // Two looks, a change of mind and a vote after a look, and one more voter.
    assert_eq!(store.count_votes(SURVEY).await.unwrap(), VoteCount { votes: 3, changes: 5 });
    assert_eq!(store.count_votes("other").await.unwrap(), VoteCount::default());
}

pub(super) async fn a_vote_on_a_statement_that_there_is_not_is_passed_over<E: Engine>(engine: E) {
    let store = engine.open().await;
    with_statements(&store, 1).await;
    store.cast(ballot(1, &[(1, Said::Agree), (9, Said::Agree)])).await.unwrap();
    assert_eq!(store.votes_of(SURVEY, [1; 16]).await.unwrap().len(), 1);
    assert_eq!(store.tallies(SURVEY, &[statement(9)]).await.unwrap(), []);
    let elsewhere = Ballot { survey: "other".to_owned(), ..ballot(1, &[(1, Said::Agree)]) };
    store.cast(elsewhere).await.unwrap();
    assert_eq!(store.votes_of("other", [1; 16]).await.unwrap(), []);
}

pub(super) async fn statements_are_offered_by_what_they_need_and_only_those_that_everybody_sees<E: Engine>(
    engine: E,
) {
    let store = engine.open().await;
    with_statements(&store, 3).await;
    store.keep(matter_of(4, Shown::Waiting)).await.unwrap();
    store.keep(matter_of(5, Shown::Hidden)).await.unwrap();
    store.cast(ballot(1, &[(1, Said::Agree), (3, Said::Disagree)])).await.unwrap();
    store.cast(ballot(2, &[(1, Said::Agree), (2, Said::Seen)])).await.unwrap();
    let serials = |tallies: Vec<VoteTally>| -> Vec<u32> {
        tallies.into_iter().map(|tally| tally.statement.serial()).collect()
    };
    assert_eq!(serials(store.least_voted(SURVEY, false, 9).await.unwrap()), [2, 3, 1]);
    assert_eq!(serials(store.least_voted(SURVEY, true, 2).await.unwrap()), [2, 4]);
    assert_eq!(serials(store.most_agreed(SURVEY, false, (0, 2)).await.unwrap()), [1, 3]);
    assert_eq!(serials(store.most_agreed(SURVEY, false, (2, 2)).await.unwrap()), [2]);
    assert!(store.least_voted("other", true, 9).await.unwrap().is_empty());
}

pub(super) async fn votes_are_read_in_pages_that_miss_none<E: Engine>(engine: E) {
    let store = engine.open().await;
    with_statements(&store, 3).await;
    for voter in 0..5 {
        store.cast(ballot(voter, &[(1, Said::Agree), (2, Said::Pass), (3, Said::Seen)])).await.unwrap();
    }
    let (mut after, mut read) = (None, Vec::new());
    loop {
        let page = store.votes(SURVEY, after, 4).await.unwrap();
        let Some(last) = page.last() else { break };
        after = Some((last.voter, last.statement));
        read.extend(page.into_iter().map(|vote| (vote.voter[0], vote.statement.serial())));
    }
    let expected: Vec<(u8, u32)> = (0..5).flat_map(|voter| [1, 2, 3].map(|serial| (voter, serial))).collect();
    assert_eq!(read, expected);
}

pub(super) async fn sums_are_those_of_a_recount_whatever_comes_at_once_to_two_collectors<E: Engine>(
    engine: E,
) {
    let stores = [Arc::new(engine.open().await), Arc::new(engine.open().await)];
    with_statements(&*stores[0], 4).await;
    let cast = |round: u8| {
        let store = Arc::clone(&stores[usize::from(round % 2)]);
        // Each voter comes six times, with other votes each time and in other orders.
        let said = |serial: u32| (serial, Said::ALL[(usize::from(round) + serial as usize) % 4]);
        let mut votes: Vec<_> = (1..=4).map(said).collect();
        votes.rotate_left(usize::from(round % 4));
        tokio::spawn(async move { store.cast(ballot(round % 10, &votes)).await.unwrap() })
    };
    for casting in (0..60).map(cast).collect::<Vec<_>>() {
        casting.await.unwrap();
    }
    let votes = stores[0].votes(SURVEY, None, 1000).await.unwrap();
    assert_eq!(votes.len(), 40);
    let mut counted: HashMap<MatterNumber, [u64; 4]> = HashMap::new();
    for vote in votes {
        let place = Said::ALL.iter().position(|said| *said == vote.said).unwrap();
        counted.entry(vote.statement).or_default()[place] += 1;
    }
    let all: Vec<MatterNumber> = (1..=4).map(statement).collect();
    for told in stores[1].tallies(SURVEY, &all).await.unwrap() {
        assert_eq!([told.agree, told.disagree, told.pass, told.seen], counted[&told.statement]);
    }
}

pub(super) async fn a_statement_with_many_votes_is_as_quick_as_one_with_few<E: Engine>(engine: E) {
    let store = Arc::new(engine.open().await);
    with_statements(&*store, 1).await;
    let cast = |voter: u32| {
        let store = Arc::clone(&store);
        let mut own: Voter = [0; 16];
        own[..4].copy_from_slice(&voter.to_be_bytes());
        let ballot = Ballot { voter: own, ..ballot(0, &[(1, Said::Agree)]) };
        tokio::spawn(async move { store.cast(ballot).await.unwrap() })
    };
    // Forty at once, as many as a busy collector lets wait for a connection.
    for first in (0..2000).step_by(40) {
        for casting in (first..first + 40).map(cast).collect::<Vec<_>>() {
            casting.await.unwrap();
        }
    }
    assert_eq!(store.tallies(SURVEY, &[statement(1)]).await.unwrap(), [tally(1, [2000, 0, 0, 0])]);
    let page = store.votes(SURVEY, None, 10).await.unwrap();
    assert_eq!(page.len(), 10);
}

pub(super) async fn voters_and_flags_come_back_as_they_were_kept<E: Engine>(engine: E) {
    let store = engine.open().await;
    with_statements(&store, 1).await;
    let flags = "trap network".to_owned();
    store.cast(Ballot { flags: flags.clone(), ..ballot(255, &[(1, Said::Pass)]) }).await.unwrap();
    let votes = store.votes(SURVEY, None, 10).await.unwrap();
    assert_eq!((votes[0].voter, votes[0].flags.as_str()), ([255; 16], flags.as_str()));
}

pub(super) async fn votes_that_are_over_go_with_their_sums_and_are_counted<E: Engine>(engine: E) {
    let store = engine.open().await;
    with_statements(&store, 2).await;
    let at = |minutes: i64, ballot: Ballot| Ballot { minute: Minute(NOW.0 + minutes), ..ballot };
    store.cast(at(-9, ballot(1, &[(1, Said::Agree), (2, Said::Seen)]))).await.unwrap();
    store.cast(at(-5, ballot(2, &[(1, Said::Disagree)]))).await.unwrap();
    store.cast(at(-9, ballot(3, &[(1, Said::Pass)]))).await.unwrap();
    // Whoever changes her mind says it anew.
    store.cast(at(0, ballot(3, &[(1, Said::Agree)]))).await.unwrap();
    let due = Due {
        survey: SURVEY.to_owned(),
        version: "any".to_owned(),
        what: What::Votes,
        before: Minute(NOW.0 - 1),
    };
    let oldest = Some(Minute(NOW.0 - 9));
    assert_eq!(store.overdue(&due).await.unwrap(), Overdue { over: 3, oldest });
    let changes = store.count_votes(SURVEY).await.unwrap().changes;
    assert_eq!(store.expire_votes(&due, 2, NOW).await.unwrap(), 2, "the earliest first");
    assert_eq!(store.votes_of(SURVEY, [2; 16]).await.unwrap().len(), 1);
    assert_eq!(store.expire_votes(&due, 2, NOW).await.unwrap(), 1);
    assert_eq!(store.expire_votes(&due, 2, NOW).await.unwrap(), 0);
    let store = engine.open().await;
    let left = store.votes(SURVEY, None, 9).await.unwrap();
    assert_eq!(left.iter().map(|vote| vote.voter[0]).collect::<Vec<_>>(), [3]);
    let both = [statement(1), statement(2)];
    let expected = [tally(1, [1, 0, 0, 0]), tally(2, [0, 0, 0, 0])];
    assert_eq!(store.tallies(SURVEY, &both).await.unwrap(), expected);
    assert!(store.count_votes(SURVEY).await.unwrap().changes > changes, "what is shown of them is another");
    assert_eq!(store.overdue(&due).await.unwrap(), Overdue { over: 0, oldest: Some(NOW) });
    let erasures = store.erasures().await.unwrap();
    assert_eq!((erasures.len(), erasures[0].what, erasures[0].number), (1, What::Votes, 3));
}
