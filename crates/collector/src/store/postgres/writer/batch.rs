//! One transaction that keeps many responses.
//!
//! First the surveys are locked, so that nothing changes that decides: whether they are open, what is kept of each group,
//! and which position comes next. Then it is decided in memory, in the order of arrival, what becomes of each, and what is
//! new is written in one statement.

use crate::digest::Digest;
use crate::store::postgres::failure::Failure;
use crate::store::postgres::invitations::{self, Admission};
use crate::store::postgres::partials;
use crate::store::postgres::responses::LOCK_SURVEYS;
use crate::store::postgres::surveys::record_at;
use crate::store::{Kept, NewResponse, SurveyRecord};
use crate::times::Standing;
use deadpool_postgres::{ClientWrapper, GenericClient};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use tokio_postgres::Row;

/// When a response is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store::postgres) enum Door {
    /// While its survey takes responses.
    Times,
    /// Always: what was written on paper in time is keyed in after it.
    Open,
}

pub(super) async fn keep(
    client: &mut ClientWrapper,
    responses: &[NewResponse],
) -> Result<Vec<Kept>, Failure> {
    let transaction = client.transaction().await?;
    let kept = keep_within(&transaction, responses, Door::Times).await?;
    transaction.commit().await?;
    Ok(kept)
}

/// The same in a transaction of which it is a part.
pub(in crate::store::postgres) async fn keep_within(
    transaction: &impl GenericClient,
    responses: &[NewResponse],
    door: Door,
) -> Result<Vec<Kept>, Failure> {
    let mut known = Known::read(transaction, responses).await?;
    let kept: Vec<Kept> = responses.iter().map(|response| known.decide(response, door)).collect();
    let new: Vec<&NewResponse> = responses
        .iter()
        .zip(&kept)
        .filter(|(_, kept)| **kept == Kept::New)
        .map(|(response, _)| response)
        .collect();
    if !new.is_empty() {
        let positions = insert(transaction, &new).await?;
        if positions.len() != new.len() {
            // The same id came to another collector for another survey, which this transaction has not locked.
            return Err(Failure::Raced);
        }
        count(transaction, &new, &positions).await?;
        partials::complete(transaction, &new).await?;
        invitations::strike(transaction, &new).await?;
    }
    Ok(kept)
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
    /// Asks everything at once: the database takes one question after the other, so that all but the first are answered
    /// under the locks that the first has taken.
    async fn read(client: &impl GenericClient, responses: &[NewResponse]) -> Result<Self, Failure> {
        let surveys: BTreeSet<&str> = responses.iter().map(|response| response.survey.as_str()).collect();
        let surveys: Vec<&str> = surveys.into_iter().collect();
        let lock = client.prepare_cached(LOCK_SURVEYS).await?;
        let lock = async { Ok(client.query(&lock, &[&surveys]).await?) };
        let (locked, before, groups, admission, ()) = tokio::try_join!(
            biased;
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
                Before { content, .. } if *content == response.content => Kept::Again,
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
    responses: &[NewResponse],
) -> Result<HashMap<String, Before>, Failure> {
    let ids: Vec<&str> = responses.iter().map(|response| response.id.as_str()).collect();
    let before = "SELECT id, body_hash, EXISTS (SELECT 1 FROM withdrawn WHERE id = responses.id)
         FROM responses WHERE id = ANY($1)";
    let rows = client.query(&client.prepare_cached(before).await?, &[&ids]).await?;
    let before = |row: &Row| {
        let content: &[u8] = row.try_get(1)?;
        // Of another length only where a later version has written it; it is then another content.
        let content = content.try_into().unwrap_or_default();
        Ok((row.try_get(0)?, Before { content, withdrawn: row.try_get(2)? }))
    };
    Ok(rows.iter().map(before).collect::<Result<_, tokio_postgres::Error>>()?)
}

async fn groups_before(
    client: &impl GenericClient,
    responses: &[NewResponse],
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
async fn versions_are_there(client: &impl GenericClient, responses: &[NewResponse]) -> Result<(), Failure> {
    let named: BTreeSet<(&str, &str)> =
        responses.iter().map(|response| (response.survey.as_str(), response.version.as_str())).collect();
    let count = named.len();
    let (surveys, versions): (Vec<&str>, Vec<&str>) = named.into_iter().unzip();
    let there = "SELECT count(*) FROM versions JOIN unnest($1::TEXT[], $2::TEXT[]) AS named (survey, version)
         USING (survey, version)";
    let there = client.query_one(&client.prepare_cached(there).await?, &[&surveys, &versions]).await?;
    let there: i64 = there.try_get(0)?;
    if usize::try_from(there) == Ok(count) { Ok(()) } else { Err(Failure::Unpublished) }
}

/// Writes responses in this order and gives their positions by their ids. Any conflict counts, not only that of ids: of two
/// collectors that write the same one at the same moment, one may meet the other at the hash of the receipt.
async fn insert(client: &impl GenericClient, new: &[&NewResponse]) -> Result<HashMap<String, i64>, Failure> {
    fn column<'a, T>(new: &[&'a NewResponse], value: fn(&'a NewResponse) -> T) -> Vec<T> {
        new.iter().map(|response| value(response)).collect()
    }
    let insert = "INSERT INTO responses
             (id, survey, version, minute, lang, channel, answers, paradata, receipt_hash, body_hash)
         SELECT id, survey, version, minute, lang, channel, answers, paradata, receipt_hash, body_hash
         FROM unnest($1::TEXT[], $2::TEXT[], $3::TEXT[], $4::BIGINT[], $5::TEXT[], $6::TEXT[], $7::TEXT[],
                 $8::TEXT[], $9::BYTEA[], $10::BYTEA[])
             WITH ORDINALITY AS new (id, survey, version, minute, lang, channel, answers, paradata, receipt_hash,
                 body_hash, place)
         ORDER BY place
         ON CONFLICT DO NOTHING RETURNING id, seq";
    let rows = client
        .query(
            &client.prepare_cached(insert).await?,
            &[
                &column(new, |response| response.id.as_str()),
                &column(new, |response| response.survey.as_str()),
                &column(new, |response| response.version.as_str()),
                &column(new, |response| response.minute.0),
                &column(new, |response| response.lang.as_str()),
                &column(new, |response| response.channel.as_str()),
                &column(new, |response| response.answers.as_str()),
                &column(new, |response| response.paradata.as_str()),
                &column(new, |response| response.receipt.as_slice()),
                &column(new, |response| response.content.as_slice()),
            ],
        )
        .await?;
    let position = |row: &Row| Ok((row.try_get(0)?, row.try_get(1)?));
    Ok(rows.iter().map(position).collect::<Result<_, tokio_postgres::Error>>()?)
}

/// Counts in their groups those that were written.
async fn count(
    client: &impl GenericClient,
    new: &[&NewResponse],
    positions: &HashMap<String, i64>,
) -> Result<(), Failure> {
    let mut groups: BTreeMap<(&str, &str), i64> = BTreeMap::new();
    let (mut members, mut memberships) = (Vec::<i64>::new(), Vec::<String>::new());
    for response in new.iter().filter(|response| !response.quotas.is_empty()) {
        for quota in &response.quotas {
            *groups.entry((&response.survey, &quota.name)).or_default() += 1;
        }
        let names: Vec<&str> = response.quotas.iter().map(|quota| quota.name.as_str()).collect();
        members.extend(positions.get(&response.id));
        memberships.push(serde_json::json!(names).to_string());
    }
    if groups.is_empty() {
        return Ok(());
    }
    let (surveys, quotas): (Vec<&str>, Vec<&str>) = groups.keys().copied().unzip();
    let counts: Vec<i64> = groups.values().copied().collect();
    let add = "INSERT INTO quotas (survey, quota, kept)
         SELECT * FROM unnest($1::TEXT[], $2::TEXT[], $3::BIGINT[])
         ON CONFLICT (survey, quota) DO UPDATE SET kept = quotas.kept + excluded.kept";
    client.execute(&client.prepare_cached(add).await?, &[&surveys, &quotas, &counts]).await?;
    let remember = "INSERT INTO quota_members (seq, quotas) SELECT * FROM unnest($1::BIGINT[], $2::TEXT[])";
    client.execute(&client.prepare_cached(remember).await?, &[&members, &memberships]).await?;
    Ok(())
}
