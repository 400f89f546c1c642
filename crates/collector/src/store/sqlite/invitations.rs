//! SQL of invitations, and the store's trait of them.

use super::Sqlite;
use crate::clock::Minute;
use crate::digest::Digest;
use crate::store::invitations::is_over;
use crate::store::{
    InvitationBatch, Invitations, Issued, NewInvitations, NewResponse, StoreError, Uninvited,
};
use async_trait::async_trait;
use rusqlite::{Connection, OptionalExtension, Result, Row, params};

#[async_trait]
impl Invitations for Sqlite {
    async fn issue(&self, invitations: NewInvitations) -> std::result::Result<Issued, StoreError> {
        self.writer.write(move |db| issue(db, &invitations)).await
    }

    async fn refusal_of_invitation(
        &self,
        survey: &str,
        hash: Digest,
        now: Minute,
    ) -> std::result::Result<Option<Uninvited>, StoreError> {
        let survey = survey.to_owned();
        self.readers.read(move |db| refusal(db, &survey, &hash, now)).await
    }

    async fn invitations(&self, survey: &str) -> std::result::Result<Vec<InvitationBatch>, StoreError> {
        let survey = survey.to_owned();
        self.readers.read(move |db| batches(db, &survey)).await
    }

    async fn revoke_invitations(&self, survey: &str, batch: &str) -> std::result::Result<bool, StoreError> {
        let (survey, batch) = (survey.to_owned(), batch.to_owned());
        self.writer.write(move |db| revoke(db, &survey, &batch)).await
    }
}

fn issue(db: &Connection, new: &NewInvitations) -> Result<Issued> {
    let mut named = db.prepare_cached("SELECT 1 FROM invitation_batches WHERE survey = ?1 AND batch = ?2")?;
    if named.exists([&new.survey, &new.batch])? {
        return Ok(Issued::NameTaken);
    }
    let mut there = db.prepare_cached("SELECT 1 FROM invitations WHERE survey = ?1 AND hash = ?2")?;
    let mut met = Vec::new();
    for hash in &new.hashes {
        if there.exists(params![new.survey, hash])? {
            met.push(*hash);
        }
    }
    if !met.is_empty() {
        return Ok(Issued::Met(met));
    }
    db.prepare_cached(
        "INSERT INTO invitation_batches (survey, batch, made_minute, expires_minute, revoked)
         VALUES (?1, ?2, ?3, ?4, 0)",
    )?
    .execute(params![new.survey, new.batch, new.made.0, new.expires.map(|expires| expires.0)])?;
    let mut invitation =
        db.prepare_cached("INSERT INTO invitations (survey, hash, batch) VALUES (?1, ?2, ?3)")?;
    let mut left = db.prepare_cached("INSERT INTO invitations_left (survey, hash) VALUES (?1, ?2)")?;
    for hash in &new.hashes {
        invitation.execute(params![new.survey, hash, new.batch])?;
        left.execute(params![new.survey, hash])?;
    }
    Ok(Issued::New)
}

/// Why the response is not admitted by its invitation; `None` where it is, or needs none.
pub(super) fn refusal_of(db: &Connection, response: &NewResponse) -> Result<Option<Uninvited>> {
    match &response.invitation {
        Some(hash) => refusal(db, &response.survey, hash, response.minute),
        None => Ok(None),
    }
}

fn refusal(db: &Connection, survey: &str, hash: &Digest, now: Minute) -> Result<Option<Uninvited>> {
    let found: Option<(bool, Option<i64>, bool)> = db
        .prepare_cached(
            "SELECT revoked, expires_minute,
                 EXISTS (SELECT 1 FROM invitations_left
                     WHERE survey = invitations.survey AND hash = invitations.hash)
             FROM invitations JOIN invitation_batches USING (survey, batch)
             WHERE invitations.survey = ?1 AND hash = ?2",
        )?
        .query_row(params![survey, hash], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    Ok(match found {
        None => Some(Uninvited::Unknown),
        Some((_, _, false)) => Some(Uninvited::Spent),
        Some((revoked, expires, true)) => {
            is_over(revoked, expires.map(Minute), now).then_some(Uninvited::Over)
        }
    })
}

/// Strikes the invitation of a response that is kept, in the same transaction.
pub(super) fn strike(db: &Connection, response: &NewResponse) -> Result<()> {
    if let Some(hash) = &response.invitation {
        db.prepare_cached("DELETE FROM invitations_left WHERE survey = ?1 AND hash = ?2")?
            .execute(params![response.survey, hash])?;
    }
    Ok(())
}

fn batches(db: &Connection, survey: &str) -> Result<Vec<InvitationBatch>> {
    db.prepare_cached(
        "SELECT batch, made_minute, expires_minute, revoked,
             (SELECT count(*) FROM invitations WHERE survey = ?1 AND batch = invitation_batches.batch),
             (SELECT count(*) FROM invitations WHERE survey = ?1 AND batch = invitation_batches.batch
                 AND NOT EXISTS (SELECT 1 FROM invitations_left
                     WHERE survey = ?1 AND hash = invitations.hash))
         FROM invitation_batches WHERE survey = ?1 ORDER BY batch",
    )?
    .query_map([survey], batch)?
    .collect()
}

fn batch(row: &Row<'_>) -> Result<InvitationBatch> {
    Ok(InvitationBatch {
        batch: row.get(0)?,
        made: Minute(row.get(1)?),
        expires: row.get::<_, Option<i64>>(2)?.map(Minute),
        revoked: row.get(3)?,
        issued: row.get(4)?,
        spent: row.get(5)?,
    })
}

fn revoke(db: &Connection, survey: &str, batch: &str) -> Result<bool> {
    let revoked = db
        .prepare_cached("UPDATE invitation_batches SET revoked = 1 WHERE survey = ?1 AND batch = ?2")?
        .execute([survey, batch])?;
    Ok(revoked == 1)
}
