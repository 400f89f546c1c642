//! SQL of matters, and the store's trait of them.

mod change;
pub(super) mod open;

use super::failure::Failure;
use super::responses::stored;
use super::{Postgres, can_be_asked_for};
use crate::clock::Minute;
use crate::digest::Digest;
use crate::store::matters::{self, COLUMNS, Term, conditions, shown};
use crate::store::{
    Changed, Matter, MatterCount, MatterEvent, MatterFilter, Matters, Position, StoreError, StoredResponse,
    Voice,
};
use async_trait::async_trait;
use deadpool_postgres::GenericClient;
use matter::{MatterNumber, State};
use tokio_postgres::Row;
use tokio_postgres::types::ToSql;

#[async_trait]
impl Matters for Postgres {
    async fn matter(&self, survey: &str, number: MatterNumber) -> Result<Option<Matter>, StoreError> {
        if !can_be_asked_for(&[survey]) {
            return Ok(None);
        }
        Ok(one(&self.connections.reading().await?, survey, number).await?)
    }

    async fn matter_with(&self, receipt: Digest) -> Result<Option<Matter>, StoreError> {
        Ok(with(&self.connections.reading().await?, &receipt).await?)
    }

    async fn matters(
        &self,
        survey: &str,
        filter: &MatterFilter,
        after: Option<MatterNumber>,
        limit: usize,
    ) -> Result<Vec<Matter>, StoreError> {
        if !can_be_asked_for(&filter.texts(survey)) {
            return Ok(Vec::new());
        }
        let asked = conditions(filter, after, limit);
        Ok(some(&self.connections.reading().await?, survey, &asked).await?)
    }

    async fn matter_counts(&self, survey: &str) -> Result<Vec<MatterCount>, StoreError> {
        if !can_be_asked_for(&[survey]) {
            return Ok(Vec::new());
        }
        Ok(counts(&self.connections.reading().await?, survey).await?)
    }

    async fn matter_events(
        &self,
        survey: &str,
        number: MatterNumber,
    ) -> Result<Vec<MatterEvent>, StoreError> {
        if !can_be_asked_for(&[survey]) {
            return Ok(Vec::new());
        }
        Ok(events(&self.connections.reading().await?, survey, number).await?)
    }

    async fn change_matter(
        &self,
        before: &Matter,
        after: Matter,
        event: MatterEvent,
    ) -> Result<Changed, StoreError> {
        let after = Matter {
            survey: before.survey.clone(),
            number: before.number,
            revision: before.revision,
            ..after
        };
        if !can_be_asked_for(&[&after.survey]) {
            return Ok(Changed::Unknown);
        }
        Ok(change::change(&mut *self.connections.writing().await?, &after, &event).await?)
    }

    async fn responses_at(&self, positions: &[Position]) -> Result<Vec<StoredResponse>, StoreError> {
        Ok(responses_at(&self.connections.reading().await?, positions).await?)
    }
}

async fn one(
    client: &impl GenericClient,
    survey: &str,
    number: MatterNumber,
) -> Result<Option<Matter>, Failure> {
    let one = format!("SELECT {COLUMNS} FROM matters WHERE survey = $1 AND year = $2 AND serial = $3");
    let key: [&(dyn ToSql + Sync); 3] = [&survey, &i64::from(number.year()), &i64::from(number.serial())];
    let row = client.query_opt(&client.prepare_cached(&one).await?, &key).await?;
    row.map(|row| read(&row, survey)).transpose()
}

async fn with(client: &impl GenericClient, receipt: &Digest) -> Result<Option<Matter>, Failure> {
    let with = format!("SELECT {COLUMNS}, survey FROM matters WHERE receipt_hash = $1");
    let row = client.query_opt(&client.prepare_cached(&with).await?, &[&receipt.as_slice()]).await?;
    row.map(|row| read(&row, row.try_get(15)?)).transpose()
}

async fn some(
    client: &impl GenericClient,
    survey: &str,
    (end, terms): &(String, Vec<Term>),
) -> Result<Vec<Matter>, Failure> {
    let statement = client.prepare_cached(&format!("SELECT {COLUMNS} FROM matters {end}")).await?;
    let mut places: Vec<&(dyn ToSql + Sync)> = vec![&survey];
    places.extend(terms.iter().map(|term| -> &(dyn ToSql + Sync) {
        match term {
            Term::Text(text) => text,
            Term::Number(number) => number,
        }
    }));
    let rows = client.query(&statement, &places).await?;
    rows.iter().map(|row| read(row, survey)).collect()
}

async fn counts(client: &impl GenericClient, survey: &str) -> Result<Vec<MatterCount>, Failure> {
    let counts =
        "SELECT state, shown, nullif(subject, ''), nullif(body, ''), nullif(stance, 0), nullif(speaker, 0),
             number
         FROM matter_sums WHERE survey = $1 AND number > 0
         ORDER BY state, shown, subject, body, stance, speaker";
    let count = |row: &Row| {
        let (state, count): (&str, i64) = (row.try_get(0)?, row.try_get(6)?);
        Ok(MatterCount {
            state: State::named(state).ok_or(Failure::Unknown("state"))?,
            shown: shown(row.try_get(1)?),
            subject: row.try_get(2)?,
            body: row.try_get(3)?,
            voice: Voice { stance: row.try_get(4)?, speaker: row.try_get(5)? },
            count: u64::try_from(count).unwrap_or_default(),
        })
    };
    client.query(&client.prepare_cached(counts).await?, &[&survey]).await?.iter().map(count).collect()
}

async fn events(
    client: &impl GenericClient,
    survey: &str,
    number: MatterNumber,
) -> Result<Vec<MatterEvent>, Failure> {
    let events = "SELECT revision, minute, who, what, said, public FROM matter_events
         WHERE survey = $1 AND year = $2 AND serial = $3 ORDER BY revision";
    let event = |row: &Row| {
        let (revision, public): (i64, i64) = (row.try_get(0)?, row.try_get(5)?);
        Ok(MatterEvent {
            revision: u64::try_from(revision).unwrap_or_default(),
            minute: Minute(row.try_get(1)?),
            who: row.try_get(2)?,
            what: row.try_get(3)?,
            said: row.try_get(4)?,
            public: public != 0,
        })
    };
    let key: [&(dyn ToSql + Sync); 3] = [&survey, &i64::from(number.year()), &i64::from(number.serial())];
    client.query(&client.prepare_cached(events).await?, &key).await?.iter().map(event).collect()
}

async fn responses_at(
    client: &impl GenericClient,
    positions: &[Position],
) -> Result<Vec<StoredResponse>, Failure> {
    let responses = "SELECT seq, id, version, minute, lang, channel, answers, paradata
         FROM unnest($1::BIGINT[]) WITH ORDINALITY AS asked (seq, place) JOIN responses USING (seq)
         WHERE NOT EXISTS (SELECT 1 FROM withdrawn WHERE id = responses.id) ORDER BY place";
    let positions: Vec<i64> = positions.iter().map(|position| position.0).collect();
    let rows = client.query(&client.prepare_cached(responses).await?, &[&positions]).await?;
    Ok(rows.iter().map(stored).collect::<Result<_, _>>()?)
}

pub(super) fn read(row: &Row, survey: &str) -> Result<Matter, Failure> {
    let matter = matters::Row {
        number: (row.try_get(0)?, row.try_get(1)?),
        seq: row.try_get(2)?,
        minute: row.try_get(3)?,
        state: row.try_get(4)?,
        subject: row.try_get(5)?,
        body: row.try_get(6)?,
        responsible: row.try_get(7)?,
        registered: row.try_get(8)?,
        due: row.try_get(9)?,
        control: row.try_get(10)?,
        shown: row.try_get(11)?,
        same: (row.try_get(12)?, row.try_get(13)?),
        revision: row.try_get(14)?,
    };
    matter.matter(survey).ok_or(Failure::Unknown("state"))
}
