//! People, sessions and deeds in SQLite: the trait's methods, and their SQL.

use super::Sqlite;
use crate::clock::Minute;
use crate::digest::Digest;
use crate::people::deed::{Act, Deed};
use crate::people::password::Hashed;
use crate::people::rights::{Role, Roles};
use crate::store::people::{Over, People, PersonChange, PersonRecord, SessionRecord, Way, Which};
use crate::store::{StoreError, SurveyRecord};
use crate::times::Times;
use async_trait::async_trait;
use rusqlite::types::Type;
use rusqlite::{Connection, Error, OptionalExtension, Result, Row, named_params};

#[async_trait]
impl People for Sqlite {
    async fn add_person(&self, person: PersonRecord) -> Result<bool, StoreError> {
        self.writer.write(move |db| add(db, &person)).await
    }

    async fn people(&self) -> Result<Vec<PersonRecord>, StoreError> {
        self.readers.read(all).await
    }

    async fn person(&self, name: &str) -> Result<Option<PersonRecord>, StoreError> {
        let name = name.to_owned();
        self.readers.read(move |db| one(db, &name)).await
    }

    async fn change_person(&self, name: &str, change: PersonChange) -> Result<bool, StoreError> {
        let name = name.to_owned();
        self.writer.write(move |db| self::change(db, &name, &change)).await
    }

    async fn set_role(
        &self,
        name: &str,
        survey: Option<&str>,
        role: Option<Role>,
    ) -> Result<bool, StoreError> {
        let (name, survey) = (name.to_owned(), survey.unwrap_or_default().to_owned());
        self.writer.write(move |db| self::set_role(db, [&name, &survey], role)).await
    }

    async fn remove_person(&self, name: &str) -> Result<bool, StoreError> {
        let name = name.to_owned();
        self.writer.write(move |db| remove(db, &name)).await
    }

    async fn begin_session(&self, session: SessionRecord, over: Over) -> Result<(), StoreError> {
        self.writer.write(move |db| begin(db, &session, over)).await
    }

    async fn session(&self, hash: Digest) -> Result<Option<SessionRecord>, StoreError> {
        self.readers.read(move |db| session(db, hash)).await
    }

    async fn see_session(&self, hash: Digest, now: Minute) -> Result<(), StoreError> {
        let seen = "UPDATE sessions SET seen_minute = ?2 WHERE hash = ?1";
        self.writer.write(move |db| db.prepare_cached(seen)?.execute((hash, now.0)).map(drop)).await
    }

    async fn sessions(&self, person: &str) -> Result<Vec<SessionRecord>, StoreError> {
        let person = person.to_owned();
        self.readers.read(move |db| sessions(db, &person)).await
    }

    async fn end_sessions(&self, which: Which) -> Result<u64, StoreError> {
        self.writer.write(move |db| end(db, &which)).await
    }

    async fn write_down(&self, deed: Deed) -> Result<(), StoreError> {
        self.writer.write(move |db| write_down(db, &deed)).await
    }

    async fn deeds(&self, before: Option<i64>, limit: usize) -> Result<Vec<(i64, Deed)>, StoreError> {
        self.readers.read(move |db| deeds(db, before.unwrap_or(i64::MAX), limit)).await
    }

    async fn surveys(&self) -> Result<Vec<(String, SurveyRecord)>, StoreError> {
        self.readers.read(surveys).await
    }
}

pub(super) fn add(db: &Connection, person: &PersonRecord) -> Result<bool> {
    let added = db
        .prepare_cached(
            "INSERT INTO people (name, display, password, lang, disabled, created_minute)
             VALUES (:name, :display, :password, :lang, :disabled, :created) ON CONFLICT (name) DO NOTHING",
        )?
        .execute(named_params! {
            ":name": person.name,
            ":display": person.display,
            ":password": person.password.as_str(),
            ":lang": person.lang,
            ":disabled": person.disabled,
            ":created": person.created.0,
        })?;
    if added == 1 {
        for (survey, role) in &person.roles.0 {
            set_role(db, [&person.name, survey.as_deref().unwrap_or_default()], Some(*role))?;
        }
    }
    Ok(added == 1)
}

const PERSON: &str = "SELECT name, display, password, lang, disabled, created_minute FROM people";

fn all(db: &Connection) -> Result<Vec<PersonRecord>> {
    let mut people: Vec<PersonRecord> = db
        .prepare_cached(&format!("{PERSON} ORDER BY name"))?
        .query_map([], person)?
        .collect::<Result<_>>()?;
    for person in &mut people {
        person.roles = roles(db, &person.name)?;
    }
    Ok(people)
}

fn one(db: &Connection, name: &str) -> Result<Option<PersonRecord>> {
    let found =
        db.prepare_cached(&format!("{PERSON} WHERE name = ?1"))?.query_row([name], person).optional()?;
    let Some(mut found) = found else { return Ok(None) };
    found.roles = roles(db, name)?;
    Ok(Some(found))
}

fn person(row: &Row<'_>) -> Result<PersonRecord> {
    Ok(PersonRecord {
        name: row.get(0)?,
        display: row.get(1)?,
        password: Hashed::stored(row.get(2)?),
        lang: row.get(3)?,
        disabled: row.get(4)?,
        created: Minute(row.get(5)?),
        roles: Roles::default(),
    })
}

fn roles(db: &Connection, name: &str) -> Result<Roles> {
    let role = |row: &Row<'_>| {
        let (survey, role): (String, String) = (row.get(0)?, row.get(1)?);
        let role = Role::named(&role).ok_or(Error::InvalidColumnType(1, "role".to_owned(), Type::Text))?;
        Ok(((!survey.is_empty()).then_some(survey), role))
    };
    let mut statement =
        db.prepare_cached("SELECT survey, role FROM roles WHERE person = ?1 ORDER BY survey")?;
    statement.query_map([name], role)?.collect::<Result<_>>().map(Roles)
}

fn change(db: &Connection, name: &str, change: &PersonChange) -> Result<bool> {
    let changed = match change {
        PersonChange::Password(password) => db
            .prepare_cached("UPDATE people SET password = ?2 WHERE name = ?1")?
            .execute((name, password.as_str()))?,
        PersonChange::Lang(lang) => {
            db.prepare_cached("UPDATE people SET lang = ?2 WHERE name = ?1")?.execute((name, lang))?
        }
        PersonChange::Disabled(disabled) => {
            if *disabled {
                end(db, &Which::Of(name.to_owned(), None))?;
            }
            db.prepare_cached("UPDATE people SET disabled = ?2 WHERE name = ?1")?.execute((name, disabled))?
        }
    };
    Ok(changed == 1)
}

pub(super) fn set_role(db: &Connection, [name, survey]: [&str; 2], role: Option<Role>) -> Result<bool> {
    if !db.prepare_cached("SELECT 1 FROM people WHERE name = ?1")?.exists([name])? {
        return Ok(false);
    }
    match role {
        Some(role) => db
            .prepare_cached(
                "INSERT INTO roles (person, survey, role) VALUES (?1, ?2, ?3)
                 ON CONFLICT (person, survey) DO UPDATE SET role = excluded.role",
            )?
            .execute((name, survey, role.name()))?,
        None => db
            .prepare_cached("DELETE FROM roles WHERE person = ?1 AND survey = ?2")?
            .execute([name, survey])?,
    };
    Ok(true)
}

fn remove(db: &Connection, name: &str) -> Result<bool> {
    db.prepare_cached("DELETE FROM sessions WHERE person = ?1")?.execute([name])?;
    db.prepare_cached("DELETE FROM roles WHERE person = ?1")?.execute([name])?;
    db.prepare_cached("DELETE FROM identities WHERE person = ?1")?.execute([name])?;
    Ok(db.prepare_cached("DELETE FROM people WHERE name = ?1")?.execute([name])? == 1)
}

fn begin(db: &Connection, session: &SessionRecord, over: Over) -> Result<()> {
    db.prepare_cached("DELETE FROM sessions WHERE created_minute <= ?1 OR seen_minute <= ?2")?
        .execute([over.created.0, over.seen.0])?;
    db.prepare_cached(
        "INSERT INTO sessions (hash, person, created_minute, seen_minute, way) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute((session.hash, &session.person, session.created.0, session.seen.0, session.way.name()))
    .map(drop)
}

const SESSION: &str = "SELECT hash, person, created_minute, seen_minute, way FROM sessions";

fn session(db: &Connection, hash: Digest) -> Result<Option<SessionRecord>> {
    db.prepare_cached(&format!("{SESSION} WHERE hash = ?1"))?.query_row([hash], session_record).optional()
}

fn sessions(db: &Connection, person: &str) -> Result<Vec<SessionRecord>> {
    let mut statement =
        db.prepare_cached(&format!("{SESSION} WHERE person = ?1 ORDER BY seen_minute DESC, hash"))?;
    statement.query_map([person], session_record)?.collect()
}

fn session_record(row: &Row<'_>) -> Result<SessionRecord> {
    let (created, seen) = (Minute(row.get(2)?), Minute(row.get(3)?));
    let way = Way::named(&row.get::<_, String>(4)?);
    let way = way.ok_or(Error::InvalidColumnType(4, "way".to_owned(), Type::Text))?;
    Ok(SessionRecord { hash: row.get(0)?, person: row.get(1)?, created, seen, way })
}

fn end(db: &Connection, which: &Which) -> Result<u64> {
    let ended = match which {
        Which::One(hash) => db.prepare_cached("DELETE FROM sessions WHERE hash = ?1")?.execute([hash])?,
        Which::Of(person, but) => db
            .prepare_cached("DELETE FROM sessions WHERE person = ?1 AND hash IS NOT ?2")?
            .execute((person, but))?,
    };
    Ok(u64::try_from(ended).unwrap_or_default())
}

fn write_down(db: &Connection, deed: &Deed) -> Result<()> {
    db.prepare_cached("INSERT INTO deeds (minute, who, act, survey, details) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute((deed.minute.0, &deed.who, deed.act.name(), &deed.survey, &deed.details))
        .map(drop)
}

fn deeds(db: &Connection, before: i64, limit: usize) -> Result<Vec<(i64, Deed)>> {
    let deed = |row: &Row<'_>| {
        let act: String = row.get(3)?;
        let act = Act::named(&act).ok_or(Error::InvalidColumnType(3, "act".to_owned(), Type::Text))?;
        let (minute, who) = (Minute(row.get(1)?), row.get(2)?);
        Ok((row.get(0)?, Deed { minute, who, act, survey: row.get(4)?, details: row.get(5)? }))
    };
    db.prepare_cached(
        "SELECT seq, minute, who, act, survey, details FROM deeds WHERE seq < ?1 ORDER BY seq DESC LIMIT ?2",
    )?
    .query_map((before, limit), deed)?
    .collect()
}

fn surveys(db: &Connection) -> Result<Vec<(String, SurveyRecord)>> {
    let survey = |row: &Row<'_>| {
        let minute = |at: usize| -> Result<_> { Ok(row.get::<_, Option<i64>>(at)?.map(Minute)) };
        let times = Times { opens: minute(3)?, closes: minute(4)? };
        Ok((row.get(0)?, SurveyRecord { open: row.get(1)?, version: row.get(2)?, times }))
    };
    db.prepare_cached(
        "SELECT id, status = 'open', current_version, opens_minute, closes_minute FROM surveys ORDER BY id",
    )?
    .query_map([], survey)?
    .collect()
}
