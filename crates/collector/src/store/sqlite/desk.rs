//! SQL of a workbench, and the store's trait of it.

use super::Sqlite;
use crate::clock::Minute;
use crate::store::matters::{Term, conditions};
use crate::store::{Desk, MatterFilter, Position, StoreError};
use async_trait::async_trait;
use rusqlite::{Connection, Result, params_from_iter};

#[async_trait]
impl Desk for Sqlite {
    async fn count_matters(
        &self,
        survey: &str,
        filter: &MatterFilter,
    ) -> std::result::Result<u64, StoreError> {
        let (survey, asked) = (survey.to_owned(), conditions(filter, None, usize::MAX));
        self.readers.read(move |db| count(db, survey, &asked)).await
    }

    async fn matter_ends(&self, survey: &str) -> std::result::Result<Vec<(Position, Minute)>, StoreError> {
        let survey = survey.to_owned();
        self.readers.read(move |db| ends(db, &survey)).await
    }
}

fn count(db: &Connection, survey: String, (end, terms): &(String, Vec<Term>)) -> Result<u64> {
    let survey = Term::Text(survey);
    db.prepare_cached(&format!("SELECT count(*) FROM (SELECT 1 FROM matters {})", end.replace('$', "?")))?
        .query_row(params_from_iter(std::iter::once(&survey).chain(terms)), |row| row.get(0))
}

fn ends(db: &Connection, survey: &str) -> Result<Vec<(Position, Minute)>> {
    db.prepare_cached(
        "SELECT matters.seq, max(matter_events.minute) FROM matters
         JOIN matter_events USING (survey, year, serial)
         WHERE survey = ?1 AND matters.state = 'closed' AND matter_events.what = 'closed'
         GROUP BY matters.seq ORDER BY matters.seq",
    )?
    .query_map([survey], |row| Ok((Position(row.get(0)?), Minute(row.get(1)?))))?
    .collect()
}
