//! Identities in SQLite: the trait's methods, and their SQL.

use super::Sqlite;
use super::people::{add, set_role};
use crate::clock::Minute;
use crate::people::rights::Roles;
use crate::store::{Identities, Identity, PersonRecord, StoreError, Way, Welcomed};
use async_trait::async_trait;
use rusqlite::{Connection, OptionalExtension, Result};

#[async_trait]
impl Identities for Sqlite {
    async fn identified(&self, identity: &Identity) -> std::result::Result<Option<String>, StoreError> {
        let identity = identity.clone();
        self.readers.read(move |db| identified(db, &identity)).await
    }

    async fn identities(&self, person: &str) -> std::result::Result<Vec<Identity>, StoreError> {
        let person = person.to_owned();
        self.readers.read(move |db| identities(db, &person)).await
    }

    async fn link(
        &self,
        identity: Identity,
        person: &str,
        now: Minute,
    ) -> std::result::Result<bool, StoreError> {
        let person = person.to_owned();
        self.writer.write(move |db| link(db, &identity, &person, now)).await
    }

    async fn unlink(&self, identity: Identity) -> std::result::Result<bool, StoreError> {
        self.writer.write(move |db| unlink(db, &identity)).await
    }

    async fn welcome(
        &self,
        person: PersonRecord,
        identity: Identity,
    ) -> std::result::Result<Welcomed, StoreError> {
        self.writer.write(move |db| welcome(db, &person, &identity)).await
    }

    async fn set_roles(&self, person: &str, roles: Roles) -> std::result::Result<bool, StoreError> {
        let person = person.to_owned();
        self.writer.write(move |db| set_roles(db, &person, &roles)).await
    }
}

fn identified(db: &Connection, identity: &Identity) -> Result<Option<String>> {
    db.prepare_cached("SELECT person FROM identities WHERE issuer = ?1 AND subject = ?2")?
        .query_row([&identity.issuer, &identity.subject], |row| row.get(0))
        .optional()
}

fn identities(db: &Connection, person: &str) -> Result<Vec<Identity>> {
    db.prepare_cached("SELECT issuer, subject FROM identities WHERE person = ?1 ORDER BY issuer, subject")?
        .query_map([person], |row| Ok(Identity { issuer: row.get(0)?, subject: row.get(1)? }))?
        .collect()
}

fn link(db: &Connection, identity: &Identity, person: &str, now: Minute) -> Result<bool> {
    let linked = db
        .prepare_cached(
            "INSERT INTO identities (issuer, subject, person, linked_minute)
             SELECT ?1, ?2, name, ?4 FROM people WHERE name = ?3 ON CONFLICT (issuer, subject) DO NOTHING",
        )?
        .execute((&identity.issuer, &identity.subject, person, now.0))?;
    Ok(linked == 1)
}

fn unlink(db: &Connection, identity: &Identity) -> Result<bool> {
    let Some(person) = identified(db, identity)? else { return Ok(false) };
    db.prepare_cached("DELETE FROM identities WHERE issuer = ?1 AND subject = ?2")?
        .execute([&identity.issuer, &identity.subject])?;
    db.prepare_cached("DELETE FROM sessions WHERE person = ?1 AND way = ?2")?
        .execute([person.as_str(), Way::Provider.name()])?;
    Ok(true)
}

fn welcome(db: &Connection, person: &PersonRecord, identity: &Identity) -> Result<Welcomed> {
    if identified(db, identity)?.is_some() {
        return Ok(Welcomed::Known);
    }
    if !add(db, person)? {
        return Ok(Welcomed::NameTaken);
    }
    link(db, identity, &person.name, person.created)?;
    Ok(Welcomed::Made)
}

fn set_roles(db: &Connection, person: &str, roles: &Roles) -> Result<bool> {
    if !db.prepare_cached("SELECT 1 FROM people WHERE name = ?1")?.exists([person])? {
        return Ok(false);
    }
    db.prepare_cached("DELETE FROM roles WHERE person = ?1")?.execute([person])?;
    for (survey, role) in &roles.0 {
        set_role(db, [person, survey.as_deref().unwrap_or_default()], Some(*role))?;
    }
    Ok(true)
}
