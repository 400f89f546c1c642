//! SQL of code frames and tags, and the store's trait of them.

use super::failure::Failure;
use super::{Postgres, can_be_asked_for};
use crate::store::coding::{Coding, FrameRecord, NewTags, TagRecord, read, written};
use crate::store::{BlockRange, Position, StoreError};
use async_trait::async_trait;
use deadpool_postgres::{ClientWrapper, GenericClient};
use tokio_postgres::Row;

#[async_trait]
impl Coding for Postgres {
    async fn code_frames(&self, survey: &str) -> Result<Vec<FrameRecord>, StoreError> {
        if !can_be_asked_for(&[survey]) {
            return Ok(Vec::new());
        }
        Ok(frames(&self.connections.reading().await?, survey).await?)
    }

    async fn keep_code_frame(&self, frame: FrameRecord) -> Result<bool, StoreError> {
        Ok(keep_frame(&self.connections.writing().await?, &frame).await?)
    }

    async fn keep_tags(&self, tags: NewTags) -> Result<(), StoreError> {
        Ok(keep(&mut *self.connections.writing().await?, &tags).await?)
    }

    async fn tags(&self, survey: &str, range: BlockRange) -> Result<Vec<TagRecord>, StoreError> {
        if !can_be_asked_for(&[survey]) {
            return Ok(Vec::new());
        }
        Ok(tags(&self.connections.reading().await?, survey, range).await?)
    }
}

async fn frames(client: &impl GenericClient, survey: &str) -> Result<Vec<FrameRecord>, Failure> {
    let frames = "SELECT question, version, codes FROM code_frames WHERE survey = $1 ORDER BY question";
    let frame = |row: &Row| {
        let version: i64 = row.try_get(1)?;
        Ok(FrameRecord {
            survey: survey.to_owned(),
            question: row.try_get(0)?,
            version: u64::try_from(version).unwrap_or_default(),
            codes: row.try_get(2)?,
        })
    };
    client.query(frames, &[&survey]).await?.iter().map(frame).collect()
}

async fn keep_frame(client: &impl GenericClient, frame: &FrameRecord) -> Result<bool, Failure> {
    let statement = match frame.version {
        1 => {
            "INSERT INTO code_frames (survey, question, version, codes) VALUES ($1, $2, $3, $4)
             ON CONFLICT (survey, question) DO NOTHING"
        }
        _ => {
            "UPDATE code_frames SET version = $3::BIGINT, codes = $4
             WHERE survey = $1 AND question = $2 AND version = $3::BIGINT - 1"
        }
    };
    let FrameRecord { survey, question, version, codes } = frame;
    let version = i64::try_from(*version).unwrap_or(i64::MAX);
    Ok(client.execute(statement, &[survey, question, &version, codes]).await? == 1)
}

/// Whoever takes a response back holds its survey alone, so that no tag comes after the response is gone.
async fn keep(client: &mut ClientWrapper, tags: &NewTags) -> Result<(), Failure> {
    let transaction = client.transaction().await?;
    let NewTags { survey, question, coder, day, texts } = tags;
    transaction.query_opt("SELECT 1 FROM surveys WHERE id = $1 FOR SHARE", &[survey]).await?;
    let give = "INSERT INTO tags (survey, question, response, coder, day, codes)
         SELECT survey, $2, seq, $4, $5, $6 FROM responses
         WHERE survey = $1 AND seq = $3 AND NOT EXISTS (SELECT 1 FROM withdrawn WHERE id = responses.id)
         ON CONFLICT (survey, response, question, coder) DO UPDATE SET day = excluded.day, codes = excluded.codes";
    let take = "DELETE FROM tags WHERE survey = $1 AND question = $2 AND response = $3 AND coder = $4";
    let (give, take) = (transaction.prepare_cached(give).await?, transaction.prepare_cached(take).await?);
    for (Position(response), codes) in texts {
        match codes {
            Some(codes) => {
                let codes = written(codes);
                transaction.execute(&give, &[survey, question, response, coder, day, &codes]).await?
            }
            None => transaction.execute(&take, &[survey, question, response, coder]).await?,
        };
    }
    transaction.commit().await?;
    Ok(())
}

async fn tags(
    client: &impl GenericClient,
    survey: &str,
    range: BlockRange,
) -> Result<Vec<TagRecord>, Failure> {
    let tags = "SELECT question, response, coder, day, codes FROM tags
         WHERE survey = $1 AND response > $2 AND response <= $3 ORDER BY response, question, coder";
    let rows = client.query(tags, &[&survey, &range.after.0, &range.last.0]).await?;
    rows.iter().filter_map(|row| tag(row, survey).transpose()).collect()
}

/// Nothing for a row that holds nothing any more, as a backup of the other engine may bring.
fn tag(row: &Row, survey: &str) -> Result<Option<TagRecord>, Failure> {
    let Some(codes) = read(row.try_get(4)?) else { return Ok(None) };
    Ok(Some(TagRecord {
        survey: survey.to_owned(),
        question: row.try_get(0)?,
        response: Position(row.try_get(1)?),
        coder: row.try_get(2)?,
        day: row.try_get(3)?,
        codes,
    }))
}

/// Deletes the tags of a response.
pub(super) async fn erase(client: &impl GenericClient, response: i64) -> Result<(), Failure> {
    client.execute("DELETE FROM tags WHERE response = $1", &[&response]).await?;
    Ok(())
}
