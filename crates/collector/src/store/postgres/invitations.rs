//! SQL of invitations, and the store's trait of them.

use super::failure::Failure;
use super::{Postgres, can_be_asked_for};
use crate::clock::Minute;
use crate::digest::Digest;
use crate::store::invitations::is_over;
use crate::store::{
    InvitationBatch, Invitations, Issued, NewInvitations, NewResponse, StoreError, Uninvited,
};
use async_trait::async_trait;
use deadpool_postgres::{ClientWrapper, GenericClient};
use std::collections::{HashMap, HashSet};
use tokio_postgres::Row;

#[async_trait]
impl Invitations for Postgres {
    async fn issue(&self, invitations: NewInvitations) -> Result<Issued, StoreError> {
        Ok(issue(&mut *self.connections.writing().await?, &invitations).await?)
    }

    async fn refusal_of_invitation(
        &self,
        survey: &str,
        hash: Digest,
        now: Minute,
    ) -> Result<Option<Uninvited>, StoreError> {
        if !can_be_asked_for(&[survey]) {
            return Ok(Some(Uninvited::Unknown));
        }
        let client = self.connections.reading().await?;
        let known = read(&client, &[survey], &[&hash[..]]).await?;
        Ok(refusal(known.get(&(survey.to_owned(), hash)).copied(), now))
    }

    async fn invitations(&self, survey: &str) -> Result<Vec<InvitationBatch>, StoreError> {
        if !can_be_asked_for(&[survey]) {
            return Ok(Vec::new());
        }
        Ok(batches(&self.connections.reading().await?, survey).await?)
    }

    async fn revoke_invitations(&self, survey: &str, batch: &str) -> Result<bool, StoreError> {
        if !can_be_asked_for(&[survey, batch]) {
            return Ok(false);
        }
        let revoke = "UPDATE invitation_batches SET revoked = 1 WHERE survey = $1 AND batch = $2";
        let client = self.connections.writing().await?;
        Ok(client.execute(revoke, &[&survey, &batch]).await.map_err(Failure::from)? == 1)
    }
}

/// The hashes are written in their own order, so that the place of a row in the table says nothing.
async fn issue(client: &mut ClientWrapper, new: &NewInvitations) -> Result<Issued, Failure> {
    let transaction = client.transaction().await?;
    let hashes: Vec<&[u8]> = new.hashes.iter().map(Digest::as_slice).collect();
    let NewInvitations { survey, batch, .. } = new;
    let batched = "INSERT INTO invitation_batches (survey, batch, made_minute, expires_minute, revoked)
         VALUES ($1, $2, $3, $4, 0) ON CONFLICT DO NOTHING";
    let expires = new.expires.map(|expires| expires.0);
    if transaction.execute(batched, &[survey, batch, &new.made.0, &expires]).await? == 0 {
        return Ok(Issued::NameTaken);
    }
    let add = "INSERT INTO invitations (survey, hash, batch)
         SELECT $1::TEXT, hash, $3::TEXT FROM unnest($2::BYTEA[]) AS new (hash) ORDER BY hash
         ON CONFLICT DO NOTHING RETURNING hash";
    let added = transaction.query(add, &[survey, &hashes, batch]).await?;
    if added.len() != hashes.len() {
        let added: HashSet<&[u8]> = added.iter().map(|row| row.try_get(0)).collect::<Result<_, _>>()?;
        let met = new.hashes.iter().filter(|hash| !added.contains(&hash.as_slice()));
        // Without a commit nothing of it stays.
        return Ok(Issued::Met(met.copied().collect()));
    }
    let left = "INSERT INTO invitations_left (survey, hash)
         SELECT $1::TEXT, hash FROM unnest($2::BYTEA[]) AS new (hash) ORDER BY hash";
    transaction.execute(left, &[survey, &hashes]).await?;
    transaction.commit().await?;
    Ok(Issued::New)
}

/// An invitation as it stands.
#[derive(Clone, Copy)]
struct Standing {
    left: bool,
    revoked: bool,
    expires: Option<Minute>,
}

fn refusal(standing: Option<Standing>, now: Minute) -> Option<Uninvited> {
    match standing {
        None => Some(Uninvited::Unknown),
        Some(Standing { left: false, .. }) => Some(Uninvited::Spent),
        Some(Standing { revoked, expires, .. }) => is_over(revoked, expires, now).then_some(Uninvited::Over),
    }
}

type Known = HashMap<(String, Digest), Standing>;

async fn read(client: &impl GenericClient, surveys: &[&str], hashes: &[&[u8]]) -> Result<Known, Failure> {
    let read = "SELECT invitations.survey, invitations.hash, invitations_left.hash IS NOT NULL, revoked <> 0,
             expires_minute
         FROM unnest($1::TEXT[], $2::BYTEA[]) AS named (survey, hash)
         JOIN invitations ON invitations.survey = named.survey AND invitations.hash = named.hash
         JOIN invitation_batches ON invitation_batches.survey = invitations.survey
             AND invitation_batches.batch = invitations.batch
         LEFT JOIN invitations_left ON invitations_left.survey = invitations.survey
             AND invitations_left.hash = invitations.hash";
    let rows = client.query(&client.prepare_cached(read).await?, &[&surveys, &hashes]).await?;
    let standing = |row: &Row| {
        let hash: &[u8] = row.try_get(1)?;
        let expires: Option<i64> = row.try_get(4)?;
        let standing =
            Standing { left: row.try_get(2)?, revoked: row.try_get(3)?, expires: expires.map(Minute) };
        Ok(((row.try_get(0)?, hash.try_into().unwrap_or_default()), standing))
    };
    Ok(rows.iter().map(standing).collect::<Result<_, tokio_postgres::Error>>()?)
}

/// The invitations of the responses of one transaction, which holds their surveys locked.
#[derive(Default)]
pub(super) struct Admission(Known);

impl Admission {
    pub(super) async fn read(client: &impl GenericClient, new: &[&NewResponse]) -> Result<Self, Failure> {
        let (surveys, hashes): (Vec<&str>, Vec<&[u8]>) =
            new.iter().filter_map(|response| named(response)).unzip();
        Ok(if hashes.is_empty() { Self::default() } else { Self(read(client, &surveys, &hashes).await?) })
    }

    /// Why a response is not admitted by its invitation; `None` where it is, or needs none.
    pub(super) fn refusal_of(&self, response: &NewResponse) -> Option<Uninvited> {
        let hash = response.invitation?;
        refusal(self.0.get(&(response.survey.clone(), hash)).copied(), response.minute)
    }

    /// The response is kept: whoever comes after it with the same code is not.
    pub(super) fn spend(&mut self, response: &NewResponse) {
        let Some(hash) = response.invitation else { return };
        if let Some(standing) = self.0.get_mut(&(response.survey.clone(), hash)) {
            standing.left = false;
        }
    }
}

fn named(response: &NewResponse) -> Option<(&str, &[u8])> {
    Some((&response.survey, response.invitation.as_ref()?.as_slice()))
}

/// Strikes the invitations of responses that are kept, in the same transaction. Each must be there: whoever struck one
/// since it was read has kept another response.
pub(super) async fn strike(client: &impl GenericClient, new: &[&NewResponse]) -> Result<(), Failure> {
    let (surveys, hashes): (Vec<&str>, Vec<&[u8]>) =
        new.iter().filter_map(|response| named(response)).unzip();
    if hashes.is_empty() {
        return Ok(());
    }
    let strike = "DELETE FROM invitations_left USING unnest($1::TEXT[], $2::BYTEA[]) AS used (survey, hash)
         WHERE invitations_left.survey = used.survey AND invitations_left.hash = used.hash";
    let struck = client.execute(&client.prepare_cached(strike).await?, &[&surveys, &hashes]).await?;
    if usize::try_from(struck) == Ok(hashes.len()) { Ok(()) } else { Err(Failure::Raced) }
}

async fn batches(client: &impl GenericClient, survey: &str) -> Result<Vec<InvitationBatch>, Failure> {
    let batches = "SELECT invitation_batches.batch, made_minute, expires_minute, revoked <> 0, count(invitations.hash),
             count(invitations.hash) - count(invitations_left.hash)
         FROM invitation_batches
         LEFT JOIN invitations ON invitations.survey = $1 AND invitations.batch = invitation_batches.batch
         LEFT JOIN invitations_left ON invitations_left.survey = $1 AND invitations_left.hash = invitations.hash
         WHERE invitation_batches.survey = $1
         GROUP BY invitation_batches.survey, invitation_batches.batch ORDER BY invitation_batches.batch";
    let rows = client.query(&client.prepare_cached(batches).await?, &[&survey]).await?;
    rows.iter().map(batch).collect()
}

fn batch(row: &Row) -> Result<InvitationBatch, Failure> {
    let (issued, spent): (i64, i64) = (row.try_get(4)?, row.try_get(5)?);
    Ok(InvitationBatch {
        batch: row.try_get(0)?,
        made: Minute(row.try_get(1)?),
        expires: row.try_get::<_, Option<i64>>(2)?.map(Minute),
        revoked: row.try_get(3)?,
        issued: u64::try_from(issued).unwrap_or_default(),
        spent: u64::try_from(spent).unwrap_or_default(),
    })
}
