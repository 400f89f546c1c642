//! SQL of visits, and the store's trait of them.

use super::Sqlite;
use crate::store::{Counted, StoreError, Visits};
use async_trait::async_trait;
use rusqlite::{Connection, Result};

#[async_trait]
impl Visits for Sqlite {
    async fn add_visits(&self, sums: Vec<(Counted, u64)>) -> std::result::Result<(), StoreError> {
        self.writer.write(move |db| add(db, &sums)).await
    }

    async fn visits(&self, survey: &str) -> std::result::Result<Vec<(Counted, u64)>, StoreError> {
        let survey = survey.to_owned();
        self.readers.read(move |db| all(db, &survey)).await
    }
}

fn add(db: &Connection, sums: &[(Counted, u64)]) -> Result<()> {
    let mut add = db.prepare_cached(
        "INSERT INTO visits (survey, day, lang, channel, what, number) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (survey, day, lang, channel, what) DO UPDATE SET number = number + excluded.number",
    )?;
    for (Counted { survey, day, lang, channel, what }, number) in sums {
        add.execute((survey, day, lang, channel, what, number))?;
    }
    Ok(())
}

fn all(db: &Connection, survey: &str) -> Result<Vec<(Counted, u64)>> {
    let mut visits = db.prepare_cached(
        "SELECT day, lang, channel, what, number FROM visits WHERE survey = ?1
         ORDER BY day, lang, channel, what",
    )?;
    let rows = visits.query_map([survey], |row| {
        let (day, lang, channel, what) = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
        Ok((Counted { survey: survey.to_owned(), day, lang, channel, what }, row.get(4)?))
    })?;
    rows.collect()
}
