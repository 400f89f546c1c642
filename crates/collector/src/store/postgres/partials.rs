//! Parts of responses in PostgreSQL, and the SQL of them.

use super::failure::Failure;
use super::surveys::record_at;
use super::{Postgres, can_be_asked_for};
use crate::clock::Minute;
use crate::store::partials::{Before, Known, read_turn, state, stored_turn};
use crate::store::{
    KeptPartial, NewPartial, NewResponse, PartialName, Partials, Position, StoreError, StoredPartial,
};
use async_trait::async_trait;
use deadpool_postgres::{ClientWrapper, GenericClient};
use tokio_postgres::Row;

#[async_trait]
impl Partials for Postgres {
    async fn keep_partial(&self, partial: NewPartial) -> Result<KeptPartial, StoreError> {
        Ok(keep(&mut *self.connections.writing().await?, &partial).await?)
    }

    async fn take_back_partial(&self, part: PartialName, now: Minute) -> Result<(), StoreError> {
        if can_be_asked_for(&[&part.survey, &part.id]) {
            take_back(&mut *self.connections.writing().await?, &part, now).await?;
            self.vacuum.is_due();
        }
        Ok(())
    }

    async fn partials(
        &self,
        survey: &str,
        after: Position,
        limit: usize,
    ) -> Result<Vec<StoredPartial>, StoreError> {
        if !can_be_asked_for(&[survey]) {
            return Ok(Vec::new());
        }
        Ok(self::after(&self.connections.reading().await?, survey, after, limit).await?)
    }

    async fn expire_partials(&self, before: Minute) -> Result<u64, StoreError> {
        let expired = "DELETE FROM partials WHERE minute < $1";
        let expired = self.connections.writing().await?.execute(expired, &[&before.0]).await;
        let expired = expired.map_err(Failure::from)?;
        if expired > 0 {
            self.vacuum.is_due();
        }
        Ok(expired)
    }
}

/// Holds the survey against whoever keeps the whole response, who holds it alone: a part that comes at the same moment is
/// either gone with it or sees it.
const SHARE_SURVEY: &str = "SELECT status = 'open', current_version, opens_minute, closes_minute
    FROM surveys WHERE id = $1 FOR SHARE";

async fn keep(client: &mut ClientWrapper, partial: &NewPartial) -> Result<KeptPartial, Failure> {
    let transaction = client.transaction().await?;
    let turn = match known(&transaction, partial).await?.decide(partial) {
        Ok(turn) => turn,
        Err(not_kept) => return Ok(not_kept),
    };
    // Of two that are the first of their id, the second meets the row of the first here.
    let write = "INSERT INTO partials (id, survey, version, state, minute, turn, content)
         VALUES ($1, $2, $3, 1, $4, $5, $6)
         ON CONFLICT (id) DO UPDATE SET
             version = $3, state = 1, minute = $4, turn = $5, content = $6
             WHERE partials.survey = $2 AND partials.state <> 2 AND partials.turn < $5";
    let NewPartial { id, survey, version, minute, content, .. } = partial;
    let write = transaction.prepare_cached(write).await?;
    let written =
        transaction.execute(&write, &[id, survey, version, &minute.0, &stored_turn(turn), content]).await?;
    transaction.commit().await?;
    Ok(if written == 1 { KeptPartial::Kept(turn) } else { KeptPartial::Later(turn) })
}

async fn known(client: &impl GenericClient, partial: &NewPartial) -> Result<Known, Failure> {
    let survey = client.prepare_cached(SHARE_SURVEY).await?;
    let survey = client.query_opt(&survey, &[&partial.survey]).await?;
    let survey = survey.map(|row| record_at(&row, 0)).transpose()?;
    let whole = "SELECT EXISTS (SELECT 1 FROM responses WHERE id = $1),
         EXISTS (SELECT 1 FROM withdrawn WHERE id = $1)";
    let whole = client.query_one(&client.prepare_cached(whole).await?, &[&partial.id]).await?;
    let before = "SELECT seq, survey, state, turn, octet_length(content)::BIGINT FROM partials
         WHERE id = $1 FOR UPDATE";
    let before = client.query_opt(&client.prepare_cached(before).await?, &[&partial.id]).await?;
    Ok(Known {
        standing: survey.map(|survey| survey.standing(partial.minute)),
        complete: whole.try_get(0)?,
        withdrawn: whole.try_get(1)?,
        before: before.map(|row| self::before(&row)).transpose()?,
    })
}

fn before(row: &Row) -> Result<Before, Failure> {
    let bytes: i64 = row.try_get(4)?;
    Ok(Before {
        seq: row.try_get(0)?,
        survey: row.try_get(1)?,
        state: row.try_get(2)?,
        turn: read_turn(row.try_get(3)?),
        bytes: usize::try_from(bytes).unwrap_or_default(),
    })
}

/// Deletes the parts of these ids whose whole is kept. It is a statement of its own, after the one that has locked the
/// surveys: only then does it see every part that came before. The count is asked of each part by the index, however few
/// responses the server believes there to be.
pub(super) const COMPLETE: &str = "DELETE FROM partials
    WHERE id = ANY($1) AND (SELECT count(*) FROM responses WHERE responses.id = partials.id) > 0";

/// The ids of those of which parts may be kept.
pub(super) fn ids_in_parts<'a>(whole: &[&'a NewResponse]) -> Vec<&'a str> {
    whole.iter().filter(|response| response.in_parts).map(|response| response.id.as_str()).collect()
}

/// The id is remembered also where nothing was kept under it: what is deleted may still be on its way.
async fn take_back(client: &mut ClientWrapper, part: &PartialName, now: Minute) -> Result<(), Failure> {
    let PartialName { survey, id, .. } = part;
    let transaction = client.transaction().await?;
    transaction.query_opt(SHARE_SURVEY, &[&survey]).await?;
    let take_back = "INSERT INTO partials (id, survey, version, state, minute, turn, content)
         SELECT $1, id, current_version, 2, $3, $4, '' FROM surveys
         WHERE id = $2 AND NOT EXISTS (SELECT 1 FROM responses WHERE id = $1)
         ON CONFLICT (id) DO UPDATE SET state = 2, minute = $3, content = '' WHERE partials.survey = $2";
    transaction.execute(take_back, &[&id, &survey, &now.0, &stored_turn(0)]).await?;
    transaction.commit().await?;
    Ok(())
}

async fn after(
    client: &impl GenericClient,
    survey: &str,
    after: Position,
    limit: usize,
) -> Result<Vec<StoredPartial>, Failure> {
    let parts = "SELECT seq, id, version, minute, content FROM partials
         WHERE survey = $1 AND state = $2 AND seq > $3 ORDER BY seq LIMIT $4";
    let parts = client.prepare_cached(parts).await?;
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let rows = client.query(&parts, &[&survey, &state::LIVE, &after.0, &limit]).await?;
    rows.iter().map(stored).collect()
}

fn stored(row: &Row) -> Result<StoredPartial, Failure> {
    let content: &str = row.try_get(4)?;
    Ok(StoredPartial {
        position: Position(row.try_get(0)?),
        id: row.try_get(1)?,
        version: row.try_get(2)?,
        minute: Minute(row.try_get(3)?),
        content: content.trim_end().to_owned(),
    })
}
