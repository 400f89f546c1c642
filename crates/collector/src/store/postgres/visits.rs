//! SQL of visits, and the store's trait of them.

use super::failure::Failure;
use super::{Postgres, can_be_asked_for};
use crate::store::{Counted, StoreError, Visits};
use async_trait::async_trait;
use deadpool_postgres::GenericClient;
use tokio_postgres::Row;

#[async_trait]
impl Visits for Postgres {
    async fn add_visits(&self, mut sums: Vec<(Counted, u64)>) -> Result<(), StoreError> {
        // In one order everywhere, so that no two collectors wait for each other.
        sums.sort();
        Ok(add(&self.connections.writing().await?, &sums).await?)
    }

    async fn visits(&self, survey: &str) -> Result<Vec<(Counted, u64)>, StoreError> {
        if !can_be_asked_for(&[survey]) {
            return Ok(Vec::new());
        }
        Ok(all(&self.connections.reading().await?, survey).await?)
    }
}

async fn add(client: &impl GenericClient, sums: &[(Counted, u64)]) -> Result<(), Failure> {
    fn column(sums: &[(Counted, u64)], of: fn(&Counted) -> &str) -> Vec<&str> {
        sums.iter().map(|(counted, _)| of(counted)).collect()
    }
    let add = "INSERT INTO visits (survey, day, lang, channel, what, number)
         SELECT * FROM unnest($1::TEXT[], $2::TEXT[], $3::TEXT[], $4::TEXT[], $5::TEXT[], $6::BIGINT[])
         ON CONFLICT (survey, day, lang, channel, what) DO UPDATE SET number = visits.number + excluded.number";
    let numbers: Vec<i64> =
        sums.iter().map(|(_, number)| i64::try_from(*number).unwrap_or(i64::MAX)).collect();
    client
        .execute(
            &client.prepare_cached(add).await?,
            &[
                &column(sums, |counted| &counted.survey),
                &column(sums, |counted| &counted.day),
                &column(sums, |counted| &counted.lang),
                &column(sums, |counted| &counted.channel),
                &column(sums, |counted| &counted.what),
                &numbers,
            ],
        )
        .await?;
    Ok(())
}

async fn all(client: &impl GenericClient, survey: &str) -> Result<Vec<(Counted, u64)>, Failure> {
    let visits = "SELECT day, lang, channel, what, number FROM visits WHERE survey = $1
         ORDER BY day, lang, channel, what";
    let visit = |row: &Row| {
        let (day, lang, channel, what) = (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?, row.try_get(3)?);
        let number: i64 = row.try_get(4)?;
        let counted = Counted { survey: survey.to_owned(), day, lang, channel, what };
        Ok((counted, u64::try_from(number).unwrap_or_default()))
    };
    client.query(visits, &[&survey]).await?.iter().map(visit).collect()
}
