//! SQL of votes, and the store's trait of them.

use super::failure::Failure;
use super::{Postgres, can_be_asked_for};
use crate::clock::Minute;
use crate::store::votes::{in_order, number, taken_out};
use crate::store::{Ballot, Due, NewVote, Said, StoreError, VoteCount, VoteRecord, VoteTally, Voter, Votes};
use async_trait::async_trait;
use deadpool_postgres::{ClientWrapper, GenericClient};
use matter::MatterNumber;
use tokio_postgres::Row;

#[async_trait]
impl Votes for Postgres {
    async fn cast(&self, ballot: Ballot) -> Result<(), StoreError> {
        if !can_be_asked_for(&[&ballot.survey]) {
            return Ok(());
        }
        Ok(cast(&mut *self.connections.writing().await?, &ballot).await?)
    }

    async fn votes_of(&self, survey: &str, voter: Voter) -> Result<Vec<VoteRecord>, StoreError> {
        if !can_be_asked_for(&[survey]) {
            return Ok(Vec::new());
        }
        Ok(votes_of(&self.connections.reading().await?, survey, voter).await?)
    }

    async fn votes(
        &self,
        survey: &str,
        after: Option<(Voter, MatterNumber)>,
        limit: usize,
    ) -> Result<Vec<VoteRecord>, StoreError> {
        if !can_be_asked_for(&[survey]) {
            return Ok(Vec::new());
        }
        Ok(votes(&self.connections.reading().await?, survey, after, limit).await?)
    }

    async fn tallies(&self, survey: &str, statements: &[MatterNumber]) -> Result<Vec<VoteTally>, StoreError> {
        if !can_be_asked_for(&[survey]) {
            return Ok(Vec::new());
        }
        Ok(tallies(&self.connections.reading().await?, survey, statements).await?)
    }

    async fn least_voted(
        &self,
        survey: &str,
        waiting: bool,
        limit: usize,
    ) -> Result<Vec<VoteTally>, StoreError> {
        if !can_be_asked_for(&[survey]) {
            return Ok(Vec::new());
        }
        let client = self.connections.reading().await?;
        Ok(open(&client, (survey, waiting), LEAST_VOTED, (0, limit)).await?)
    }

    async fn most_agreed(
        &self,
        survey: &str,
        waiting: bool,
        page: (usize, usize),
    ) -> Result<Vec<VoteTally>, StoreError> {
        if !can_be_asked_for(&[survey]) {
            return Ok(Vec::new());
        }
        let client = self.connections.reading().await?;
        Ok(open(&client, (survey, waiting), MOST_AGREED, page).await?)
    }

    async fn count_votes(&self, survey: &str) -> Result<VoteCount, StoreError> {
        if !can_be_asked_for(&[survey]) {
            return Ok(VoteCount::default());
        }
        Ok(count(&self.connections.reading().await?, survey).await?)
    }
}

/// The lock that ballots of one voter wait for: a first vote has no row that could be locked. Two numbers, so that it is in
/// nobody else's way; of two voters who share one, one waits a little.
const ONE_BY_ONE: &str = "SELECT pg_advisory_xact_lock(hashtext('votes'), hashtext(encode($1, 'hex')))";

/// Votes of one voter come one after the other; the sums, which many wait for, are touched last and in one order.
async fn cast(client: &mut ClientWrapper, ballot: &Ballot) -> Result<(), Failure> {
    let transaction = client.transaction().await?;
    let lock = transaction.prepare_cached(ONE_BY_ONE).await?;
    transaction.query(&lock, &[&ballot.voter.as_slice()]).await?;
    let mut changes = Vec::new();
    for vote in in_order(ballot.votes.clone()) {
        if let Some(change) = vote.said.after(said_before(&transaction, ballot, vote).await?)
            && keep(&transaction, ballot, vote).await?
        {
            changes.push((vote.statement, change));
        }
    }
    for (statement, change) in changes {
        add(&transaction, &ballot.survey, statement, change).await?;
    }
    transaction.commit().await?;
    Ok(())
}

/// A number as two columns.
fn columns(statement: MatterNumber) -> (i64, i64) {
    (statement.year().into(), statement.serial().into())
}

async fn said_before(
    client: &impl GenericClient,
    ballot: &Ballot,
    vote: NewVote,
) -> Result<Option<Said>, Failure> {
    // Locked, so that it is not deleted between this and what takes its place.
    let before = "SELECT value FROM votes WHERE survey = $1 AND voter = $2 AND year = $3 AND serial = $4
         FOR UPDATE";
    let (year, serial) = columns(vote.statement);
    let before = client.prepare_cached(before).await?;
    let row = client.query_opt(&before, &[&ballot.survey, &ballot.voter.as_slice(), &year, &serial]).await?;
    row.map(|row| Ok(Said::of_code(row.try_get(0)?))).transpose()
}

/// Keeps a vote; `false` when there is no such statement. It keeps the place at which it was first shown.
async fn keep(client: &impl GenericClient, ballot: &Ballot, vote: NewVote) -> Result<bool, Failure> {
    let keep = "INSERT INTO votes (survey, voter, year, serial, value, place, minute, flags)
         SELECT survey, $2, year, serial, $5::BIGINT, $6::BIGINT, $7::BIGINT, $8 FROM matters
         WHERE survey = $1 AND year = $3 AND serial = $4
         ON CONFLICT (survey, voter, year, serial)
             DO UPDATE SET value = excluded.value, minute = excluded.minute, flags = excluded.flags";
    let (year, serial) = columns(vote.statement);
    let (voter, place) = (ballot.voter.as_slice(), i64::from(vote.place));
    let keep = client.prepare_cached(keep).await?;
    let kept = client
        .execute(
            &keep,
            &[
                &ballot.survey,
                &voter,
                &year,
                &serial,
                &vote.said.code(),
                &place,
                &ballot.minute.0,
                &ballot.flags,
            ],
        )
        .await?;
    Ok(kept == 1)
}

async fn add(
    client: &impl GenericClient,
    survey: &str,
    statement: MatterNumber,
    [agree, disagree, pass, seen]: [i64; 4],
) -> Result<(), Failure> {
    let add = "INSERT INTO vote_tallies (survey, year, serial, agree, disagree, pass, seen, changes)
         VALUES ($1, $2, $3, $4, $5, $6, $7, 1)
         ON CONFLICT (survey, year, serial) DO UPDATE SET agree = vote_tallies.agree + excluded.agree,
             disagree = vote_tallies.disagree + excluded.disagree, pass = vote_tallies.pass + excluded.pass,
             seen = vote_tallies.seen + excluded.seen, changes = vote_tallies.changes + 1";
    let (year, serial) = columns(statement);
    let add = client.prepare_cached(add).await?;
    client.execute(&add, &[&survey, &year, &serial, &agree, &disagree, &pass, &seen]).await?;
    Ok(())
}

/// Deletes votes that changed last before a minute, at most so many, and says how many. What somebody is changing is left.
pub(super) async fn expire(client: &impl GenericClient, due: &Due, limit: usize) -> Result<u64, Failure> {
    let delete = "DELETE FROM votes USING (
             SELECT survey, voter, year, serial FROM votes WHERE survey = $1 AND minute < $2
             ORDER BY minute LIMIT $3 FOR UPDATE SKIP LOCKED) AS over
         WHERE (votes.survey, votes.voter, votes.year, votes.serial)
             = (over.survey, over.voter, over.year, over.serial)
         RETURNING votes.year, votes.serial, votes.value";
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let rows = client.query(delete, &[&due.survey, &due.before.0, &limit]).await?;
    let vote = |row: &Row| {
        let statement = number(row.try_get(0)?, row.try_get(1)?).ok_or(Failure::Unknown("serial"))?;
        Ok((statement, Said::of_code(row.try_get(2)?)))
    };
    let gone = rows.iter().map(vote).collect::<Result<Vec<_>, Failure>>()?;
    for (statement, change) in taken_out(gone) {
        add(client, &due.survey, statement, change).await?;
    }
    Ok(rows.len() as u64)
}

async fn votes_of(
    client: &impl GenericClient,
    survey: &str,
    voter: Voter,
) -> Result<Vec<VoteRecord>, Failure> {
    let votes = "SELECT voter, year, serial, value, place, minute, flags FROM votes
         WHERE survey = $1 AND voter = $2 ORDER BY year, serial";
    let votes = client.prepare_cached(votes).await?;
    client.query(&votes, &[&survey, &voter.as_slice()]).await?.iter().map(vote).collect()
}

async fn votes(
    client: &impl GenericClient,
    survey: &str,
    after: Option<(Voter, MatterNumber)>,
    limit: usize,
) -> Result<Vec<VoteRecord>, Failure> {
    // No voter comes before the one of sixteen zeros, and no statement before the year 1.
    let (voter, (year, serial)) =
        after.map_or((Voter::default(), (0, 0)), |(voter, statement)| (voter, columns(statement)));
    let votes = "SELECT voter, year, serial, value, place, minute, flags FROM votes
         WHERE survey = $1 AND (voter, year, serial) > ($2, $3, $4) ORDER BY voter, year, serial LIMIT $5";
    let (votes, limit) = (client.prepare_cached(votes).await?, i64::try_from(limit).unwrap_or(i64::MAX));
    let rows = client.query(&votes, &[&survey, &voter.as_slice(), &year, &serial, &limit]).await?;
    rows.iter().map(vote).collect()
}

fn vote(row: &Row) -> Result<VoteRecord, Failure> {
    let voter: &[u8] = row.try_get(0)?;
    let place: i64 = row.try_get(4)?;
    Ok(VoteRecord {
        voter: voter.try_into().map_err(|_| Failure::Unknown("voter"))?,
        statement: number(row.try_get(1)?, row.try_get(2)?).ok_or(Failure::Unknown("serial"))?,
        said: Said::of_code(row.try_get(3)?),
        place: u32::try_from(place).unwrap_or_default(),
        minute: Minute(row.try_get(5)?),
        flags: row.try_get(6)?,
    })
}

async fn tallies(
    client: &impl GenericClient,
    survey: &str,
    statements: &[MatterNumber],
) -> Result<Vec<VoteTally>, Failure> {
    let (years, serials): (Vec<i64>, Vec<i64>) = statements.iter().copied().map(columns).unzip();
    let tallies = "SELECT year, serial, agree, disagree, pass, seen
         FROM unnest($2::BIGINT[], $3::BIGINT[]) WITH ORDINALITY AS asked (year, serial, place)
         JOIN vote_tallies USING (year, serial) WHERE survey = $1 ORDER BY place";
    let tallies = client.prepare_cached(tallies).await?;
    client.query(&tallies, &[&survey, &years, &serials]).await?.iter().map(tally).collect()
}

/// How statements are sorted.
const LEAST_VOTED: &str = "coalesce(agree + disagree + pass, 0), year, serial";
const MOST_AGREED: &str = "coalesce(agree, 0) DESC, year DESC, serial DESC";

/// Statements that can be voted on; of those that were taken back none, for they are hidden.
async fn open(
    client: &impl GenericClient,
    (survey, waiting): (&str, bool),
    order: &str,
    (skip, limit): (usize, usize),
) -> Result<Vec<VoteTally>, Failure> {
    let least = i64::from(!waiting);
    let [limit, skip] = [limit, skip].map(|number| i64::try_from(number).unwrap_or(i64::MAX));
    let open = format!(
        "SELECT year, serial, coalesce(agree, 0), coalesce(disagree, 0), coalesce(pass, 0), coalesce(seen, 0)
         FROM matters LEFT JOIN vote_tallies USING (survey, year, serial)
         WHERE survey = $1 AND shown BETWEEN $2 AND 1 AND same_serial IS NULL
         ORDER BY {order} LIMIT $3 OFFSET $4"
    );
    let open = client.prepare_cached(&open).await?;
    client.query(&open, &[&survey, &least, &limit, &skip]).await?.iter().map(tally).collect()
}

async fn count(client: &impl GenericClient, survey: &str) -> Result<VoteCount, Failure> {
    let count = "SELECT coalesce(sum(agree + disagree + pass), 0)::BIGINT, coalesce(sum(changes), 0)::BIGINT
         FROM vote_tallies WHERE survey = $1";
    let row = client.query_one(&client.prepare_cached(count).await?, &[&survey]).await?;
    let (votes, changes): (i64, i64) = (row.try_get(0)?, row.try_get(1)?);
    let known = |number: i64| u64::try_from(number).unwrap_or_default();
    Ok(VoteCount { votes: known(votes), changes: known(changes) })
}

fn tally(row: &Row) -> Result<VoteTally, Failure> {
    let mut columns = [0; 6];
    for (place, column) in columns.iter_mut().enumerate() {
        *column = row.try_get(place)?;
    }
    VoteTally::of_columns(columns).ok_or(Failure::Unknown("serial"))
}
