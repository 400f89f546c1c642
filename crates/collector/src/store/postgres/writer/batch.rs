//! One transaction that keeps many responses.
//!
//! First the surveys are locked, so that nothing changes that decides: whether they are open, what is kept of each group,
//! and which position comes next. Then it is decided in memory, in the order of arrival, what becomes of each, and what is
//! new is written in one statement.

use crate::digest::Digest;
use crate::store::postgres::failure::Failure;
use crate::store::postgres::partials;
use crate::store::postgres::responses::LOCK_SURVEYS;
use crate::store::postgres::surveys::record_at;
use crate::store::{Kept, NewResponse, SurveyRecord};
use crate::times::Standing;
use deadpool_postgres::{ClientWrapper, GenericClient};
use std::collections::{BTreeMap, BTreeSet, HashMap};

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
}

struct Before {
    content: Digest,
    withdrawn: bool,
}

impl Known {
    async fn read(client: &impl GenericClient, responses: &[NewResponse]) -> Result<Self, Failure> {
        let surveys: BTreeSet<&str> = responses.iter().map(|response| response.survey.as_str()).collect();
        let surveys: Vec<&str> = surveys.into_iter().collect();
        let locked = client.query(&client.prepare_cached(LOCK_SURVEYS).await?, &[&surveys]).await?;
        let mut known = Self { surveys: HashMap::new(), before: HashMap::new(), groups: HashMap::new() };
        for row in locked {
            known.surveys.insert(row.try_get(0)?, record_at(&row, 1)?);
        }
        known.read_ids(client, responses).await?;
        if responses.iter().any(|response| !response.quotas.is_empty()) {
            known.read_groups(client, &surveys).await?;
        }
        Ok(known)
    }

    async fn read_ids(
        &mut self,
        client: &impl GenericClient,
        responses: &[NewResponse],
    ) -> Result<(), Failure> {
        let ids: Vec<&str> = responses.iter().map(|response| response.id.as_str()).collect();
        let before = "SELECT id, body_hash, EXISTS (SELECT 1 FROM withdrawn WHERE id = responses.id)
             FROM responses WHERE id = ANY($1)";
        for row in client.query(&client.prepare_cached(before).await?, &[&ids]).await? {
            let content: &[u8] = row.try_get(1)?;
            // Of another length only where a later version has written it; it is then another content.
            let content = content.try_into().unwrap_or_default();
            self.before.insert(row.try_get(0)?, Before { content, withdrawn: row.try_get(2)? });
        }
        Ok(())
    }

    async fn read_groups(&mut self, client: &impl GenericClient, surveys: &[&str]) -> Result<(), Failure> {
        let groups = "SELECT survey, quota, kept FROM quotas WHERE survey = ANY($1)";
        for row in client.query(&client.prepare_cached(groups).await?, &[&surveys]).await? {
            let kept: i64 = row.try_get(2)?;
            self.groups.insert((row.try_get(0)?, row.try_get(1)?), u64::try_from(kept).unwrap_or_default());
        }
        Ok(())
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
        let group = |quota: &String| (response.survey.clone(), quota.clone());
        let kept = |name| self.groups.get(&group(name)).copied().unwrap_or_default();
        if let Some(full) = response.quotas.iter().position(|quota| kept(&quota.name) >= quota.limit) {
            return Kept::Full(full);
        }
        for quota in &response.quotas {
            *self.groups.entry(group(&quota.name)).or_default() += 1;
        }
        let before = Before { content: response.content, withdrawn: false };
        self.before.insert(response.id.clone(), before);
        Kept::New
    }
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
    let position = |row: &tokio_postgres::Row| Ok((row.try_get(0)?, row.try_get(1)?));
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
