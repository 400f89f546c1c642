//! One transaction that decides what becomes of each of many responses: of those to be counted in groups, and of those that
//! `at_once` did not keep.
//!
//! First the surveys are locked, so that nothing changes that decides: whether they are open, what is kept of each group,
//! and which position comes next. Then it is decided in memory, in the order of arrival, what becomes of each, and what is
//! new is written in one statement. It takes three journeys to the server: the questions, the rows, and the counts.

use super::insert::{self, Named};
use crate::digest::Digest;
use crate::store::postgres::failure::Failure;
use crate::store::postgres::invitations::{self, Admission};
use crate::store::postgres::matters;
use crate::store::postgres::partials;
use crate::store::postgres::responses::LOCK_SURVEYS;
use crate::store::postgres::surveys::record_at;
use crate::store::{FORGOTTEN, Kept, NewResponse, SurveyRecord};
use crate::times::Standing;
use deadpool_postgres::GenericClient;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use tokio_postgres::Row;
use tokio_postgres::types::ToSql;

/// When a response is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store::postgres) enum Door {
    /// While its survey takes responses.
    Times,
    /// Always: what was written on paper in time is keyed in after it.
    Open,
}

/// Whose transaction it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Transaction {
    /// One of its own, begun with the first questions and ended with the last rows.
    Own,
    /// The caller's, who ends it.
    Callers,
}

/// What becomes of each, once it is committed.
pub(super) async fn keep(
    client: &impl GenericClient,
    responses: &[&NewResponse],
) -> Result<Vec<Kept>, Failure> {
    let kept = decide(client, responses, Door::Times, Transaction::Own).await;
    if kept.is_err() {
        // Where this fails too, the connection has broken, and nobody gets it again.
        drop(client.batch_execute("ROLLBACK").await);
    }
    kept
}

/// The same in a transaction of which it is a part.
pub(in crate::store::postgres) async fn keep_within(
    transaction: &impl GenericClient,
    responses: &[&NewResponse],
    door: Door,
) -> Result<Vec<Kept>, Failure> {
    decide(transaction, responses, door, Transaction::Callers).await
}

async fn decide(
    client: &impl GenericClient,
    responses: &[&NewResponse],
    door: Door,
    transaction: Transaction,
) -> Result<Vec<Kept>, Failure> {
    let mut known = Known::read(client, responses, transaction).await?;
    let kept: Vec<Kept> = responses.iter().map(|response| known.decide(response, door)).collect();
    let new: Vec<&NewResponse> = responses
        .iter()
        .zip(&kept)
        .filter(|(_, kept)| **kept == Kept::New)
        .map(|(response, _)| *response)
        .collect();
    if new.is_empty() {
        client.batch_execute(transaction.end()).await?;
        return Ok(kept);
    }
    let statement = insert::prepare(client).await?;
    let positions = insert::insert(client, &statement, &new, door).await?;
    if positions.len() != new.len() {
        // The same id came to another collector for another survey, which this transaction has not locked.
        return Err(Failure::Raced);
    }
    invitations::strike(client, &new).await?;
    matters::open::open(client, &new, &positions).await?;
    finish(client, &new, &positions, transaction).await?;
    Ok(kept)
}

impl Transaction {
    /// What is sent before everything else; nothing is a question too.
    fn beginning(self) -> &'static str {
        if self == Self::Own { "BEGIN" } else { "" }
    }

    /// What is sent after everything else.
    fn end(self) -> &'static str {
        if self == Self::Own { "COMMIT" } else { "" }
    }
}

/// What decides about responses.
struct Known {
    surveys: HashMap<String, SurveyRecord>,
    /// What is kept under an id.
    before: HashMap<String, Before>,
    /// How many are kept of each group of a survey.
    groups: HashMap<(String, String), u64>,
    /// Whom their invitations admit.
    admission: Admission,
}

struct Before {
    content: Digest,
    withdrawn: bool,
}

impl Known {
    /// Asks everything at once: the database takes one question after the other, so that whatever follows the locks is
    /// answered under them.
    async fn read(
        client: &impl GenericClient,
        responses: &[&NewResponse],
        transaction: Transaction,
    ) -> Result<Self, Failure> {
        let surveys: BTreeSet<&str> = responses.iter().map(|response| response.survey.as_str()).collect();
        let surveys: Vec<&str> = surveys.into_iter().collect();
        let lock = client.prepare_cached(LOCK_SURVEYS).await?;
        let begin = async { Ok(client.batch_execute(transaction.beginning()).await?) };
        let lock = async { Ok(client.query(&lock, &[&surveys]).await?) };
        let ((), locked, before, groups, admission, ()) = tokio::try_join!(
            biased;
            begin,
            lock,
            ids_before(client, responses),
            groups_before(client, responses, &surveys),
            Admission::read(client, responses),
            versions_are_there(client, responses),
        )?;
        let mut known = Self { surveys: HashMap::new(), before, groups, admission };
        for row in locked {
            known.surveys.insert(row.try_get(0)?, record_at(&row, 1)?);
        }
        Ok(known)
    }

    /// What becomes of a response; one that is new is known from then on.
    fn decide(&mut self, response: &NewResponse, door: Door) -> Kept {
        if let Some(before) = self.before.get(&response.id) {
            return match before {
                Before { withdrawn: true, .. } => Kept::Withdrawn,
                Before { content, .. } if [response.content, FORGOTTEN].contains(content) => Kept::Again,
                Before { .. } => Kept::Conflict,
            };
        }
        let survey = self.surveys.get(&response.survey);
        if door == Door::Open {
            return self.find_place(response);
        }
        match survey.map_or(Standing::Closed, |survey| survey.standing(response.minute)) {
            Standing::Closed => Kept::Closed,
            Standing::NotYet => Kept::NotOpen,
            Standing::Open => self.find_place(response),
        }
    }

    fn find_place(&mut self, response: &NewResponse) -> Kept {
        if let Some(why) = self.admission.refusal_of(response) {
            return Kept::Uninvited(why);
        }
        let group = |quota: &String| (response.survey.clone(), quota.clone());
        let kept = |name| self.groups.get(&group(name)).copied().unwrap_or_default();
        if let Some(full) = response.quotas.iter().position(|quota| kept(&quota.name) >= quota.limit) {
            return Kept::Full(full);
        }
        for quota in &response.quotas {
            *self.groups.entry(group(&quota.name)).or_default() += 1;
        }
        self.admission.spend(response);
        let before = Before { content: response.content, withdrawn: false };
        self.before.insert(response.id.clone(), before);
        Kept::New
    }
}

async fn ids_before(
    client: &impl GenericClient,
    responses: &[&NewResponse],
) -> Result<HashMap<String, Before>, Failure> {
    let ids: Vec<&str> = responses.iter().map(|response| response.id.as_str()).collect();
    let before = "SELECT id, body_hash, EXISTS (SELECT 1 FROM withdrawn WHERE id = responses.id)
         FROM responses WHERE id = ANY($1)";
    let rows = client.query(&client.prepare_cached(before).await?, &[&ids]).await?;
    let before = |row: &Row| {
        let content: &[u8] = row.try_get(1)?;
        // Of another length only where a later version has written it; it is then another content.
        let content = content.try_into().unwrap_or([u8::MAX; 32]);
        Ok((row.try_get(0)?, Before { content, withdrawn: row.try_get(2)? }))
    };
    Ok(rows.iter().map(before).collect::<Result<_, tokio_postgres::Error>>()?)
}

async fn groups_before(
    client: &impl GenericClient,
    responses: &[&NewResponse],
    surveys: &[&str],
) -> Result<HashMap<(String, String), u64>, Failure> {
    if responses.iter().all(|response| response.quotas.is_empty()) {
        return Ok(HashMap::new());
    }
    let groups = "SELECT survey, quota, kept FROM quotas WHERE survey = ANY($1)";
    let rows = client.query(&client.prepare_cached(groups).await?, &[&surveys]).await?;
    let group = |row: &Row| {
        let kept: i64 = row.try_get(2)?;
        Ok(((row.try_get(0)?, row.try_get(1)?), u64::try_from(kept).unwrap_or_default()))
    };
    Ok(rows.iter().map(group).collect::<Result<_, tokio_postgres::Error>>()?)
}

/// Fails when one of the versions was never published. A key to another table would say so too, but ask for every row.
async fn versions_are_there(client: &impl GenericClient, responses: &[&NewResponse]) -> Result<(), Failure> {
    let Named { surveys, versions, .. } = Named::by(responses);
    let there = "SELECT count(*) FROM versions JOIN unnest($1::TEXT[], $2::TEXT[]) AS named (survey, version)
         USING (survey, version)";
    let there = client.query_one(&client.prepare_cached(there).await?, &[&surveys, &versions]).await?;
    let there: i64 = there.try_get(0)?;
    if usize::try_from(there) == Ok(surveys.len()) { Ok(()) } else { Err(Failure::Unpublished) }
}

/// Counts in their groups those that were written, deletes their parts, and ends the transaction. All of it is sent at
/// once; what follows something that has failed does nothing, the end included, which does not say so.
async fn finish(
    client: &impl GenericClient,
    new: &[&NewResponse],
    positions: &HashMap<String, i64>,
    transaction: Transaction,
) -> Result<(), Failure> {
    let add = "INSERT INTO quotas (survey, quota, kept)
         SELECT * FROM unnest($1::TEXT[], $2::TEXT[], $3::BIGINT[])
         ON CONFLICT (survey, quota) DO UPDATE SET kept = quotas.kept + excluded.kept";
    let remember = "INSERT INTO quota_members (seq, quotas) SELECT * FROM unnest($1::BIGINT[], $2::TEXT[])";
    let (add, remember) = (client.prepare_cached(add).await?, client.prepare_cached(remember).await?);
    let delete = client.prepare_cached(partials::COMPLETE).await?;
    let (groups, in_parts) = (Groups::of(new, positions), partials::ids_in_parts(new));
    let counts: [&(dyn ToSql + Sync); 3] = [&groups.surveys, &groups.names, &groups.counts];
    let members: [&(dyn ToSql + Sync); 2] = [&groups.members, &groups.memberships];
    let ids: [&(dyn ToSql + Sync); 1] = [&in_parts];
    let (added, remembered, deleted, ended) = tokio::join!(
        biased;
        client.execute(&add, &counts),
        client.execute(&remember, &members),
        client.execute(&delete, &ids),
        client.batch_execute(transaction.end()),
    );
    added?;
    remembered?;
    deleted?;
    Ok(ended?)
}

/// The groups of responses: how many there are of each, and which each response belongs to.
#[derive(Default)]
struct Groups<'a> {
    surveys: Vec<&'a str>,
    names: Vec<&'a str>,
    counts: Vec<i64>,
    members: Vec<i64>,
    memberships: Vec<String>,
}

impl<'a> Groups<'a> {
    fn of(new: &[&'a NewResponse], positions: &HashMap<String, i64>) -> Self {
        let (mut of, mut groups) = (Self::default(), BTreeMap::<(&str, &str), i64>::new());
        for response in new.iter().filter(|response| !response.quotas.is_empty()) {
            for quota in &response.quotas {
                *groups.entry((&response.survey, &quota.name)).or_default() += 1;
            }
            let names: Vec<&str> = response.quotas.iter().map(|quota| quota.name.as_str()).collect();
            of.members.extend(positions.get(&response.id));
            of.memberships.push(serde_json::json!(names).to_string());
        }
        (of.surveys, of.names) = groups.keys().copied().unzip();
        of.counts = groups.into_values().collect();
        of
    }
}
