//! SQL of a workbench, and the store's trait of it.

use super::failure::Failure;
use super::{Postgres, can_be_asked_for};
use crate::clock::Minute;
use crate::store::matters::{Term, conditions};
use crate::store::{Desk, MatterFilter, Position, StoreError};
use async_trait::async_trait;
use deadpool_postgres::GenericClient;
use tokio_postgres::types::ToSql;

#[async_trait]
impl Desk for Postgres {
    async fn count_matters(&self, survey: &str, filter: &MatterFilter) -> Result<u64, StoreError> {
        if !can_be_asked_for(&filter.texts(survey)) {
            return Ok(0);
        }
        let asked = conditions(filter, None, usize::MAX);
        Ok(count(&self.connections.reading().await?, survey, &asked).await?)
    }

    async fn matter_ends(&self, survey: &str) -> Result<Vec<(Position, Minute)>, StoreError> {
        if !can_be_asked_for(&[survey]) {
            return Ok(Vec::new());
        }
        Ok(ends(&self.connections.reading().await?, survey).await?)
    }
}

async fn count(
    client: &impl GenericClient,
    survey: &str,
    (end, terms): &(String, Vec<Term>),
) -> Result<u64, Failure> {
    let select = format!("SELECT count(*) FROM (SELECT 1 FROM matters {end}) AS found");
    let terms = terms.iter().map(|term| match term {
        Term::Text(text) => text as &(dyn ToSql + Sync),
        Term::Number(number) => number,
    });
    let values: Vec<&(dyn ToSql + Sync)> =
        std::iter::once(&survey as &(dyn ToSql + Sync)).chain(terms).collect();
    let number: i64 = client.query_one(&client.prepare_cached(&select).await?, &values).await?.try_get(0)?;
    Ok(u64::try_from(number).unwrap_or_default())
}

async fn ends(client: &impl GenericClient, survey: &str) -> Result<Vec<(Position, Minute)>, Failure> {
    let select = "SELECT matters.seq, max(matter_events.minute) FROM matters
         JOIN matter_events USING (survey, year, serial)
         WHERE survey = $1 AND matters.state = 'closed' AND matter_events.what = 'closed'
         GROUP BY matters.seq ORDER BY matters.seq";
    let rows = client.query(&client.prepare_cached(select).await?, &[&survey]).await?;
    let end = |row: &tokio_postgres::Row| Ok((Position(row.try_get(0)?), Minute(row.try_get(1)?)));
    rows.iter().map(end).collect()
}
