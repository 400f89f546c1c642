//! SQL of votes, and the store's trait of them.

use super::Sqlite;
use crate::clock::Minute;
use crate::store::votes::{in_order, number, taken_out};
use crate::store::{Ballot, Due, NewVote, Said, StoreError, VoteCount, VoteRecord, VoteTally, Voter, Votes};
use async_trait::async_trait;
use matter::MatterNumber;
use rusqlite::types::Type;
use rusqlite::{Connection, Error, OptionalExtension, Result, Row, named_params, params};

#[async_trait]
impl Votes for Sqlite {
    async fn cast(&self, ballot: Ballot) -> std::result::Result<(), StoreError> {
        self.writer.write(move |db| cast(db, &ballot)).await
    }

    async fn votes_of(&self, survey: &str, voter: Voter) -> std::result::Result<Vec<VoteRecord>, StoreError> {
        let survey = survey.to_owned();
        self.readers.read(move |db| votes_of(db, &survey, &voter)).await
    }

    async fn votes(
        &self,
        survey: &str,
        after: Option<(Voter, MatterNumber)>,
        limit: usize,
    ) -> std::result::Result<Vec<VoteRecord>, StoreError> {
        let survey = survey.to_owned();
        self.readers.read(move |db| votes(db, &survey, after, limit)).await
    }

    async fn tallies(
        &self,
        survey: &str,
        statements: &[MatterNumber],
    ) -> std::result::Result<Vec<VoteTally>, StoreError> {
        let (survey, statements) = (survey.to_owned(), statements.to_vec());
        self.readers.read(move |db| tallies(db, &survey, &statements)).await
    }

    async fn least_voted(
        &self,
        survey: &str,
        waiting: bool,
        limit: usize,
    ) -> std::result::Result<Vec<VoteTally>, StoreError> {
        let survey = survey.to_owned();
        self.readers.read(move |db| open(db, (&survey, waiting), LEAST_VOTED, (0, limit))).await
    }

    async fn most_agreed(
        &self,
        survey: &str,
        waiting: bool,
        (skip, limit): (usize, usize),
    ) -> std::result::Result<Vec<VoteTally>, StoreError> {
        let survey = survey.to_owned();
        self.readers.read(move |db| open(db, (&survey, waiting), MOST_AGREED, (skip, limit))).await
    }

    async fn count_votes(&self, survey: &str) -> std::result::Result<VoteCount, StoreError> {
        let survey = survey.to_owned();
        self.readers.read(move |db| count(db, &survey)).await
    }
}

fn cast(db: &Connection, ballot: &Ballot) -> Result<()> {
    for vote in in_order(ballot.votes.clone()) {
        if let Some(change) = vote.said.after(said_before(db, ballot, vote)?)
            && keep(db, ballot, vote)?
        {
            add(db, &ballot.survey, vote.statement, change)?;
        }
    }
    Ok(())
}

fn said_before(db: &Connection, ballot: &Ballot, vote: NewVote) -> Result<Option<Said>> {
    let key = params![ballot.survey, ballot.voter, vote.statement.year(), vote.statement.serial()];
    db.prepare_cached(
        "SELECT value FROM votes WHERE survey = ?1 AND voter = ?2 AND year = ?3 AND serial = ?4",
    )?
    .query_row(key, |row| Ok(Said::of_code(row.get(0)?)))
    .optional()
}

/// Keeps a vote; `false` when there is no such statement. It keeps the place at which it was first shown.
fn keep(db: &Connection, ballot: &Ballot, vote: NewVote) -> Result<bool> {
    let kept = db
        .prepare_cached(
            "INSERT INTO votes (survey, voter, year, serial, value, place, minute, flags)
             SELECT survey, :voter, year, serial, :value, :place, :minute, :flags FROM matters
             WHERE survey = :survey AND year = :year AND serial = :serial
             ON CONFLICT (survey, voter, year, serial)
                 DO UPDATE SET value = excluded.value, minute = excluded.minute, flags = excluded.flags",
        )?
        .execute(named_params! {
            ":survey": ballot.survey,
            ":voter": ballot.voter,
            ":year": vote.statement.year(),
            ":serial": vote.statement.serial(),
            ":value": vote.said.code(),
            ":place": vote.place,
            ":minute": ballot.minute.0,
            ":flags": ballot.flags,
        })?;
    Ok(kept == 1)
}

fn add(db: &Connection, survey: &str, statement: MatterNumber, change: [i64; 4]) -> Result<()> {
    let [agree, disagree, pass, seen] = change;
    db.prepare_cached(
        "INSERT INTO vote_tallies (survey, year, serial, agree, disagree, pass, seen, changes)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 1)
         ON CONFLICT (survey, year, serial) DO UPDATE SET agree = agree + excluded.agree,
             disagree = disagree + excluded.disagree, pass = pass + excluded.pass, seen = seen + excluded.seen,
             changes = changes + 1",
    )?
    .execute(params![survey, statement.year(), statement.serial(), agree, disagree, pass, seen])?;
    Ok(())
}

/// Deletes votes that changed last before a minute, at most so many, and says how many.
pub(super) fn expire(db: &Connection, due: &Due, limit: usize) -> Result<u64> {
    let gone: Vec<(MatterNumber, Said)> = db
        .prepare_cached(
            "DELETE FROM votes WHERE (survey, voter, year, serial) IN (
                 SELECT survey, voter, year, serial FROM votes WHERE survey = ?1 AND minute < ?2
                 ORDER BY minute LIMIT ?3)
             RETURNING year, serial, value",
        )?
        .query_map(params![due.survey, due.before.0, i64::try_from(limit).unwrap_or(i64::MAX)], |row| {
            let statement = number(row.get(0)?, row.get(1)?).ok_or_else(|| unknown(1, "serial"))?;
            Ok((statement, Said::of_code(row.get(2)?)))
        })?
        .collect::<Result<_>>()?;
    let count = gone.len() as u64;
    for (statement, change) in taken_out(gone) {
        add(db, &due.survey, statement, change)?;
    }
    Ok(count)
}

fn votes_of(db: &Connection, survey: &str, voter: &Voter) -> Result<Vec<VoteRecord>> {
    db.prepare_cached(
        "SELECT voter, year, serial, value, place, minute, flags FROM votes WHERE survey = ?1 AND voter = ?2
         ORDER BY year, serial",
    )?
    .query_map(params![survey, voter], vote)?
    .collect()
}

fn votes(
    db: &Connection,
    survey: &str,
    after: Option<(Voter, MatterNumber)>,
    limit: usize,
) -> Result<Vec<VoteRecord>> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    // No voter comes before the one of sixteen zeros, and no statement before the year 1.
    let (voter, year, serial) = match after {
        Some((voter, statement)) => (voter, statement.year(), statement.serial()),
        None => (Voter::default(), 0, 0),
    };
    db.prepare_cached(
        "SELECT voter, year, serial, value, place, minute, flags FROM votes
         WHERE survey = ?1 AND (voter, year, serial) > (?2, ?3, ?4) ORDER BY voter, year, serial LIMIT ?5",
    )?
    .query_map(params![survey, voter, year, serial, limit], vote)?
    .collect()
}

fn vote(row: &Row<'_>) -> Result<VoteRecord> {
    Ok(VoteRecord {
        voter: row.get(0)?,
        statement: number(row.get(1)?, row.get(2)?).ok_or_else(|| unknown(2, "serial"))?,
        said: Said::of_code(row.get(3)?),
        place: row.get(4)?,
        minute: Minute(row.get(5)?),
        flags: row.get(6)?,
    })
}

fn tallies(db: &Connection, survey: &str, statements: &[MatterNumber]) -> Result<Vec<VoteTally>> {
    let mut one = db.prepare_cached(
        "SELECT year, serial, agree, disagree, pass, seen FROM vote_tallies
         WHERE survey = ?1 AND year = ?2 AND serial = ?3",
    )?;
    let found = statements.iter().filter_map(|statement| {
        one.query_row(params![survey, statement.year(), statement.serial()], tally).optional().transpose()
    });
    found.collect()
}

/// How statements are sorted.
const LEAST_VOTED: &str = "coalesce(agree + disagree + pass, 0), year, serial";
const MOST_AGREED: &str = "coalesce(agree, 0) DESC, year DESC, serial DESC";

/// Statements that can be voted on; of those that were taken back none, for they are hidden.
fn open(
    db: &Connection,
    (survey, waiting): (&str, bool),
    order: &str,
    (skip, limit): (usize, usize),
) -> Result<Vec<VoteTally>> {
    let least = if waiting { 0 } else { 1 };
    let page = [limit, skip].map(|number| i64::try_from(number).unwrap_or(i64::MAX));
    db.prepare_cached(&format!(
        "SELECT year, serial, coalesce(agree, 0), coalesce(disagree, 0), coalesce(pass, 0), coalesce(seen, 0)
         FROM matters LEFT JOIN vote_tallies USING (survey, year, serial)
         WHERE survey = ?1 AND shown BETWEEN ?2 AND 1 AND same_serial IS NULL
         ORDER BY {order} LIMIT ?3 OFFSET ?4"
    ))?
    .query_map(params![survey, least, page[0], page[1]], tally)?
    .collect()
}

fn count(db: &Connection, survey: &str) -> Result<VoteCount> {
    db.prepare_cached(
        "SELECT coalesce(sum(agree + disagree + pass), 0), coalesce(sum(changes), 0) FROM vote_tallies
         WHERE survey = ?1",
    )?
    .query_row([survey], |row| Ok(VoteCount { votes: row.get(0)?, changes: row.get(1)? }))
}

fn tally(row: &Row<'_>) -> Result<VoteTally> {
    let columns = [row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?];
    VoteTally::of_columns(columns).ok_or_else(|| unknown(1, "serial"))
}

fn unknown(column: usize, name: &str) -> Error {
    Error::InvalidColumnType(column, name.to_owned(), Type::Integer)
}
