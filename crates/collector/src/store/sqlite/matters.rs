//! SQL of matters, and the store's trait of them.

use super::Sqlite;
use super::responses::stored;
use crate::clock::Minute;
use crate::digest::Digest;
use crate::store::matters::{self, COLUMNS, Term, conditions, shown, shown_code};
use crate::store::{
    Changed, Matter, MatterCount, MatterEvent, MatterFilter, Matters, NewResponse, Position, StoreError,
    StoredResponse, Voice,
};
use async_trait::async_trait;
use matter::{MatterNumber, State};
use rusqlite::types::{ToSqlOutput, Type};
use rusqlite::{
    Connection, Error, OptionalExtension, Result, Row, ToSql, named_params, params, params_from_iter,
};
use survey::calendar::Date;

#[async_trait]
impl Matters for Sqlite {
    async fn matter(
        &self,
        survey: &str,
        number: MatterNumber,
    ) -> std::result::Result<Option<Matter>, StoreError> {
        let survey = survey.to_owned();
        self.readers.read(move |db| one(db, &survey, number)).await
    }

    async fn matter_with(&self, receipt: Digest) -> std::result::Result<Option<Matter>, StoreError> {
        self.readers.read(move |db| with(db, &receipt)).await
    }

    async fn matters(
        &self,
        survey: &str,
        filter: &MatterFilter,
        after: Option<MatterNumber>,
        limit: usize,
    ) -> std::result::Result<Vec<Matter>, StoreError> {
        let (survey, asked) = (survey.to_owned(), conditions(filter, after, limit));
        self.readers.read(move |db| some(db, &survey, &asked)).await
    }

    async fn matter_counts(&self, survey: &str) -> std::result::Result<Vec<MatterCount>, StoreError> {
        let survey = survey.to_owned();
        self.readers.read(move |db| counts(db, &survey)).await
    }

    async fn matter_events(
        &self,
        survey: &str,
        number: MatterNumber,
    ) -> std::result::Result<Vec<MatterEvent>, StoreError> {
        let survey = survey.to_owned();
        self.readers.read(move |db| events(db, &survey, number)).await
    }

    async fn change_matter(
        &self,
        before: &Matter,
        after: Matter,
        event: MatterEvent,
    ) -> std::result::Result<Changed, StoreError> {
        let after = Matter {
            survey: before.survey.clone(),
            number: before.number,
            revision: before.revision,
            ..after
        };
        self.writer.write(move |db| change(db, &after, &event)).await
    }

    async fn responses_at(
        &self,
        positions: &[Position],
    ) -> std::result::Result<Vec<StoredResponse>, StoreError> {
        let positions = positions.to_vec();
        self.readers.read(move |db| responses_at(db, &positions)).await
    }
}

/// Opens the matter of a response that is kept at this position, in the same transaction.
pub(super) fn open(db: &Connection, seq: i64, response: &NewResponse) -> Result<()> {
    let Some(new) = &response.matter else { return Ok(()) };
    db.prepare_cached(
        "INSERT INTO matters (survey, year, serial, seq, receipt_hash, minute, state, subject, body, responsible,
             registered, due, control, shown, revision, stance, speaker)
         SELECT :survey, :year,
             coalesce((SELECT max(serial) FROM matters WHERE survey = :survey AND year = :year), 0) + 1,
             :seq, :receipt, :minute, :state, :subject, :body, :responsible, :registered, :due, 0, :shown, 0,
             :stance, :speaker",
    )?
    .execute(named_params! {
        ":survey": response.survey,
        ":year": new.year,
        ":seq": seq,
        ":receipt": response.receipt,
        ":minute": response.minute.0,
        ":state": State::Received.name(),
        ":subject": new.subject,
        ":body": new.body,
        ":responsible": new.responsible,
        ":registered": new.registered.map(Date::to_text),
        ":due": new.due.map(Date::to_text),
        ":shown": shown_code(new.shown),
        ":stance": new.voice.stance,
        ":speaker": new.voice.speaker,
    })?;
    Ok(())
}

/// Ends the matter of a response that is taken back, and overwrites what was said about it.
pub(super) fn withdraw(db: &Connection, seq: i64) -> Result<()> {
    let ended = db
        .prepare_cached(
            "UPDATE matters SET state = ?2, shown = ?3, revision = revision + 1, stance = NULL, speaker = NULL
             WHERE seq = ?1
             RETURNING survey, year, serial",
        )?
        .query_row(params![seq, State::Withdrawn.name(), shown_code(matter::Shown::Hidden)], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?, row.get::<_, i64>(2)?))
        })
        .optional()?;
    let Some((survey, year, serial)) = ended else { return Ok(()) };
    db.prepare_cached(
        "UPDATE matter_events SET said = '{}' || printf('%*s', max(octet_length(said) - 2, 0), '')
         WHERE survey = ?1 AND year = ?2 AND serial = ?3",
    )?
    .execute(params![survey, year, serial])?;
    Ok(())
}

fn one(db: &Connection, survey: &str, number: MatterNumber) -> Result<Option<Matter>> {
    db.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM matters WHERE survey = ?1 AND year = ?2 AND serial = ?3"
    ))?
    .query_row(params![survey, number.year(), number.serial()], |row| read(row, survey))
    .optional()
}

fn with(db: &Connection, receipt: &Digest) -> Result<Option<Matter>> {
    db.prepare_cached(&format!("SELECT {COLUMNS}, survey FROM matters WHERE receipt_hash = ?1"))?
        .query_row([receipt], |row| read(row, &row.get::<_, String>(15)?))
        .optional()
}

fn some(db: &Connection, survey: &str, (end, terms): &(String, Vec<Term>)) -> Result<Vec<Matter>> {
    let survey_term = Term::Text(survey.to_owned());
    db.prepare_cached(&format!("SELECT {COLUMNS} FROM matters {}", end.replace('$', "?")))?
        .query_map(params_from_iter(std::iter::once(&survey_term).chain(terms)), |row| read(row, survey))?
        .collect()
}

fn counts(db: &Connection, survey: &str) -> Result<Vec<MatterCount>> {
    db.prepare_cached(
        "SELECT state, shown, nullif(subject, ''), nullif(body, ''), nullif(stance, 0), nullif(speaker, 0), number
         FROM matter_sums WHERE survey = ?1 AND number > 0
         ORDER BY state, shown, subject, body, stance, speaker",
    )?
    .query_map([survey], |row| {
        let state: String = row.get(0)?;
        Ok(MatterCount {
            state: State::named(&state).ok_or_else(|| unknown(0, "state"))?,
            shown: shown(row.get(1)?),
            subject: row.get(2)?,
            body: row.get(3)?,
            voice: Voice { stance: row.get(4)?, speaker: row.get(5)? },
            count: row.get(6)?,
        })
    })?
    .collect()
}

fn events(db: &Connection, survey: &str, number: MatterNumber) -> Result<Vec<MatterEvent>> {
    db.prepare_cached(
        "SELECT revision, minute, who, what, said, public FROM matter_events
         WHERE survey = ?1 AND year = ?2 AND serial = ?3 ORDER BY revision",
    )?
    .query_map(params![survey, number.year(), number.serial()], |row| {
        Ok(MatterEvent {
            revision: row.get(0)?,
            minute: Minute(row.get(1)?),
            who: row.get(2)?,
            what: row.get(3)?,
            said: row.get(4)?,
            public: row.get(5)?,
        })
    })?
    .collect()
}

fn change(db: &Connection, after: &Matter, event: &MatterEvent) -> Result<Changed> {
    let changed = db
        .prepare_cached(
            "UPDATE matters SET state = :state, subject = :subject, body = :body, responsible = :responsible,
                 registered = :registered, due = :due, control = :control, shown = :shown, same_year = :same_year,
                 same_serial = :same_serial, revision = revision + 1
             WHERE survey = :survey AND year = :year AND serial = :serial AND revision = :revision
                 AND state <> 'withdrawn'",
        )?
        .execute(named_params! {
            ":state": after.state.name(),
            ":subject": after.subject,
            ":body": after.body,
            ":responsible": after.responsible,
            ":registered": after.registered.map(Date::to_text),
            ":due": after.due.map(Date::to_text),
            ":control": after.control,
            ":shown": shown_code(after.shown),
            ":same_year": after.same_as.map(MatterNumber::year),
            ":same_serial": after.same_as.map(MatterNumber::serial),
            ":survey": after.survey,
            ":year": after.number.year(),
            ":serial": after.number.serial(),
            ":revision": after.revision,
        })?;
    if changed == 1 {
        note(db, after, event)?;
    }
    Ok(match one(db, &after.survey, after.number)? {
        None => Changed::Unknown,
        Some(now) if changed == 1 => Changed::Done(now),
        Some(now) => Changed::Stale(now),
    })
}

fn note(db: &Connection, after: &Matter, event: &MatterEvent) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO matter_events (survey, year, serial, revision, minute, who, what, said, public)
         VALUES (?1, ?2, ?3, ?4 + 1, ?5, ?6, ?7, ?8, ?9)",
    )?
    .execute(params![
        after.survey,
        after.number.year(),
        after.number.serial(),
        after.revision,
        event.minute.0,
        event.who,
        event.what,
        event.said,
        event.public,
    ])?;
    Ok(())
}

fn responses_at(db: &Connection, positions: &[Position]) -> Result<Vec<StoredResponse>> {
    let mut response = db.prepare_cached(
        "SELECT seq, id, version, minute, lang, channel, answers, paradata FROM responses
         WHERE seq = ?1 AND NOT EXISTS (SELECT 1 FROM withdrawn WHERE id = responses.id)",
    )?;
    let found = positions
        .iter()
        .filter_map(|position| response.query_row([position.0], stored).optional().transpose());
    found.collect()
}

pub(super) fn read(row: &Row<'_>, survey: &str) -> Result<Matter> {
    let matter = matters::Row {
        number: (row.get(0)?, row.get(1)?),
        seq: row.get(2)?,
        minute: row.get(3)?,
        state: row.get(4)?,
        subject: row.get(5)?,
        body: row.get(6)?,
        responsible: row.get(7)?,
        registered: row.get(8)?,
        due: row.get(9)?,
        control: row.get(10)?,
        shown: row.get(11)?,
        same: (row.get(12)?, row.get(13)?),
        revision: row.get(14)?,
    };
    matter.matter(survey).ok_or_else(|| unknown(4, "state"))
}

fn unknown(column: usize, name: &str) -> Error {
    Error::InvalidColumnType(column, name.to_owned(), Type::Text)
}

impl ToSql for Term {
    fn to_sql(&self) -> Result<ToSqlOutput<'_>> {
        match self {
            Self::Text(text) => text.to_sql(),
            Self::Number(number) => number.to_sql(),
        }
    }
}
