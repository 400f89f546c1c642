//! SQL of blocks, and the store's trait of them. What stands in the rows afterwards is the same in every engine.

use super::failure::Failure;
use super::responses::LOCK_SURVEYS;
use super::{Postgres, can_be_asked_for};
use crate::store::{BlockRange, BlockRecord, Blocks, NewBlock, Position, StoreError};
use async_trait::async_trait;
use deadpool_postgres::{ClientWrapper, GenericClient};
use tokio_postgres::Row;

#[async_trait]
impl Blocks for Postgres {
    async fn blocks(
        &self,
        survey: &str,
        from: Position,
        limit: usize,
    ) -> Result<Vec<BlockRecord>, StoreError> {
        if !can_be_asked_for(&[survey]) {
            return Ok(Vec::new());
        }
        Ok(blocks(&self.connections.reading().await?, survey, from, limit).await?)
    }

    async fn block(
        &self,
        survey: &str,
        from: Position,
    ) -> Result<Option<(BlockRecord, Vec<u8>)>, StoreError> {
        if !can_be_asked_for(&[survey]) {
            return Ok(None);
        }
        Ok(block(&self.connections.reading().await?, survey, from).await?)
    }

    async fn keep_block(&self, block: NewBlock) -> Result<bool, StoreError> {
        Ok(keep(&mut *self.connections.writing().await?, &block).await?)
    }

    async fn count_responses(&self, survey: &str, range: BlockRange) -> Result<u64, StoreError> {
        if !can_be_asked_for(&[survey]) {
            return Ok(0);
        }
        Ok(count(&self.connections.reading().await?, survey, range).await?)
    }

    async fn surveys_behind(&self, responses: usize) -> Result<Vec<String>, StoreError> {
        Ok(behind(&self.connections.reading().await?, responses).await?)
    }
}

async fn blocks(
    client: &impl GenericClient,
    survey: &str,
    from: Position,
    limit: usize,
) -> Result<Vec<BlockRecord>, Failure> {
    let blocks = "SELECT after_seq, last_seq, dictionary FROM blocks
         WHERE survey = $1 AND after_seq >= $2 AND live = 1 ORDER BY after_seq LIMIT $3";
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let rows = client.query(&client.prepare_cached(blocks).await?, &[&survey, &from.0, &limit]).await?;
    Ok(rows.iter().map(record).collect::<Result<_, _>>()?)
}

async fn block(
    client: &impl GenericClient,
    survey: &str,
    from: Position,
) -> Result<Option<(BlockRecord, Vec<u8>)>, Failure> {
    let block = "SELECT after_seq, last_seq, dictionary, cells FROM blocks
         WHERE survey = $1 AND after_seq >= $2 AND live = 1 ORDER BY after_seq LIMIT 1";
    let row = client.query_opt(&client.prepare_cached(block).await?, &[&survey, &from.0]).await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some((record(&row)?, row.try_get(3)?)))
}

fn record(row: &Row) -> Result<BlockRecord, tokio_postgres::Error> {
    let range = BlockRange { after: Position(row.try_get(0)?), last: Position(row.try_get(1)?) };
    Ok(BlockRecord { range, dictionary: row.try_get(2)? })
}

async fn count(client: &impl GenericClient, survey: &str, range: BlockRange) -> Result<u64, Failure> {
    let count = "SELECT count(*) FROM responses WHERE survey = $1 AND seq > $2 AND seq <= $3
         AND NOT EXISTS (SELECT 1 FROM withdrawn WHERE id = responses.id)";
    let statement = client.prepare_cached(count).await?;
    let row = client.query_one(&statement, &[&survey, &range.after.0, &range.last.0]).await?;
    let count: i64 = row.try_get(0)?;
    Ok(u64::try_from(count).unwrap_or_default())
}

async fn behind(client: &impl GenericClient, responses: usize) -> Result<Vec<String>, Failure> {
    let behind = "SELECT id FROM surveys WHERE EXISTS (
             SELECT 1 FROM responses WHERE survey = surveys.id AND seq > coalesce(
                 (SELECT max(last_seq) FROM blocks WHERE survey = surveys.id AND live = 1), 0)
             ORDER BY seq LIMIT 1 OFFSET $1
         ) ORDER BY id";
    let skipped = i64::try_from(responses.saturating_sub(1)).unwrap_or(i64::MAX);
    let rows = client.query(behind, &[&skipped]).await?;
    Ok(rows.iter().map(|row| row.try_get(0)).collect::<Result<_, _>>()?)
}

/// Under the lock of its survey, so that nothing is taken back between looking and writing.
async fn keep(client: &mut ClientWrapper, block: &NewBlock) -> Result<bool, Failure> {
    let transaction = client.transaction().await?;
    transaction.query(LOCK_SURVEYS, &[&vec![block.survey.as_str()]]).await?;
    let BlockRange { after: Position(after), last: Position(last) } = block.range;
    let overlapping =
        "SELECT 1 FROM blocks WHERE survey = $1 AND after_seq < $3 AND last_seq > $2 AND live = 1
             AND NOT (after_seq = $2 AND last_seq = $3) LIMIT 1";
    let overlapped = transaction.query_opt(overlapping, &[&block.survey, &after, &last]).await?.is_some();
    if overlapped || count(&transaction, &block.survey, block.range).await? != block.responses {
        return Ok(false);
    }
    if !keep_in_place(&transaction, block).await? {
        erase(&transaction, &block.survey, last).await?;
        let insert = "INSERT INTO blocks (survey, after_seq, last_seq, live, dictionary, cells)
             VALUES ($1, $2, $3, 1, $4, $5)";
        let NewBlock { survey, dictionary, cells, .. } = block;
        transaction.execute(insert, &[survey, &after, &last, dictionary, cells]).await?;
    }
    transaction.commit().await?;
    Ok(true)
}

/// Writes a block over one of the same positions in which it has room.
async fn keep_in_place(client: &impl GenericClient, block: &NewBlock) -> Result<bool, Failure> {
    let padded = |column: &str, place: u8| {
        format!("${place} || decode(repeat('00', octet_length({column}) - octet_length(${place})), 'hex')")
    };
    let over = format!(
        "UPDATE blocks SET live = 1, dictionary = {}, cells = {} WHERE seq = (
             SELECT seq FROM blocks WHERE survey = $1 AND after_seq = $2 AND last_seq = $3
                 AND octet_length(dictionary) >= octet_length($4::BYTEA)
                 AND octet_length(cells) >= octet_length($5::BYTEA)
             ORDER BY live DESC LIMIT 1)",
        padded("dictionary", 4),
        padded("cells", 5)
    );
    let NewBlock { survey, range, dictionary, cells, .. } = block;
    Ok(client.execute(&over, &[survey, &range.after.0, &range.last.0, dictionary, cells]).await? == 1)
}

/// Overwrites the block that a position lies in.
pub(super) async fn erase(client: &impl GenericClient, survey: &str, position: i64) -> Result<(), Failure> {
    let zeros = |column: &str| format!("decode(repeat('00', octet_length({column})), 'hex')");
    let erase = format!(
        "UPDATE blocks SET live = 0, dictionary = {}, cells = {}
         WHERE survey = $1 AND after_seq < $2 AND last_seq >= $2 AND live = 1",
        zeros("dictionary"),
        zeros("cells")
    );
    client.execute(&erase, &[&survey, &position]).await?;
    Ok(())
}
