//! People, sessions and deeds in PostgreSQL: the trait's methods, and their SQL.

use super::failure::Failure;
use super::{Postgres, can_be_asked_for};
use crate::clock::Minute;
use crate::digest::Digest;
use crate::people::deed::{Act, Deed};
use crate::people::password::Hashed;
use crate::people::rights::{Role, Roles};
use crate::store::people::{Over, People, PersonChange, PersonRecord, SessionRecord, Way, Which};
use crate::store::{StoreError, SurveyRecord};
use crate::times::Times;
use async_trait::async_trait;
use deadpool_postgres::{ClientWrapper, GenericClient};
use tokio_postgres::Row;

#[async_trait]
impl People for Postgres {
    async fn add_person(&self, person: PersonRecord) -> Result<bool, StoreError> {
        Ok(add(&mut *self.connections.writing().await?, &person).await?)
    }

    async fn people(&self) -> Result<Vec<PersonRecord>, StoreError> {
        Ok(all(&self.connections.reading().await?).await?)
    }

    async fn person(&self, name: &str) -> Result<Option<PersonRecord>, StoreError> {
        if !can_be_asked_for(&[name]) {
            return Ok(None);
        }
        Ok(one(&self.connections.reading().await?, name).await?)
    }

    async fn change_person(&self, name: &str, change: PersonChange) -> Result<bool, StoreError> {
        Ok(self::change(&mut *self.connections.writing().await?, name, &change).await?)
    }

    async fn set_role(
        &self,
        name: &str,
        survey: Option<&str>,
        role: Option<Role>,
    ) -> Result<bool, StoreError> {
        if !can_be_asked_for(&[name]) {
            return Ok(false);
        }
        let client = self.connections.writing().await?;
        Ok(set_role(&client, [name, survey.unwrap_or_default()], role).await?)
    }

    async fn remove_person(&self, name: &str) -> Result<bool, StoreError> {
        if !can_be_asked_for(&[name]) {
            return Ok(false);
        }
        Ok(remove(&mut *self.connections.writing().await?, name).await?)
    }

    async fn begin_session(&self, session: SessionRecord, over: Over) -> Result<(), StoreError> {
        Ok(begin(&self.connections.writing().await?, &session, over).await?)
    }

    async fn session(&self, hash: Digest) -> Result<Option<SessionRecord>, StoreError> {
        Ok(session(&self.connections.reading().await?, hash).await?)
    }

    async fn see_session(&self, hash: Digest, now: Minute) -> Result<(), StoreError> {
        let client = self.connections.writing().await?;
        let seen = "UPDATE sessions SET seen_minute = $2 WHERE hash = $1";
        client.execute(seen, &[&hash.as_slice(), &now.0]).await.map_err(Failure::from)?;
        Ok(())
    }

    async fn sessions(&self, person: &str) -> Result<Vec<SessionRecord>, StoreError> {
        Ok(sessions(&self.connections.reading().await?, person).await?)
    }

    async fn end_sessions(&self, which: Which) -> Result<u64, StoreError> {
        Ok(end(&self.connections.writing().await?, &which).await?)
    }

    async fn write_down(&self, deed: Deed) -> Result<(), StoreError> {
        Ok(write_down(&self.connections.writing().await?, &deed).await?)
    }

    async fn deeds(&self, before: Option<i64>, limit: usize) -> Result<Vec<(i64, Deed)>, StoreError> {
        let before = before.unwrap_or(i64::MAX);
        Ok(deeds(&self.connections.reading().await?, before, limit).await?)
    }

    async fn surveys(&self) -> Result<Vec<(String, SurveyRecord)>, StoreError> {
        Ok(surveys(&self.connections.reading().await?).await?)
    }
}

async fn add(client: &mut ClientWrapper, person: &PersonRecord) -> Result<bool, Failure> {
    let transaction = client.transaction().await?;
    if !insert(&transaction, person).await? {
        return Ok(false);
    }
    transaction.commit().await?;
    Ok(true)
}

pub(super) async fn insert(client: &impl GenericClient, person: &PersonRecord) -> Result<bool, Failure> {
    let add = "INSERT INTO people (name, display, password, lang, disabled, created_minute)
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (name) DO NOTHING";
    let (password, disabled) = (person.password.as_str(), i64::from(person.disabled));
    let row: [&(dyn tokio_postgres::types::ToSql + Sync); 6] =
        [&person.name, &person.display, &password, &person.lang, &disabled, &person.created.0];
    if client.execute(add, &row).await? == 0 {
        return Ok(false);
    }
    for (survey, role) in &person.roles.0 {
        set_role(client, [&person.name, survey.as_deref().unwrap_or_default()], Some(*role)).await?;
    }
    Ok(true)
}

const PERSON: &str = "SELECT name, display, password, lang, disabled, created_minute FROM people";
const ROLES: &str = "SELECT person, survey, role FROM roles";

async fn all(client: &impl GenericClient) -> Result<Vec<PersonRecord>, Failure> {
    let rows = client.query(&format!("{PERSON} ORDER BY name"), &[]).await?;
    let mut people: Vec<PersonRecord> = rows.iter().map(person).collect::<Result<_, _>>()?;
    for row in client.query(&format!("{ROLES} ORDER BY person, survey"), &[]).await? {
        let name: &str = row.try_get(0)?;
        if let Ok(place) = people.binary_search_by_key(&name, |person| &person.name) {
            people[place].roles.0.push(role(&row)?);
        }
    }
    Ok(people)
}

async fn one(client: &impl GenericClient, name: &str) -> Result<Option<PersonRecord>, Failure> {
    let found = client.prepare_cached(&format!("{PERSON} WHERE name = $1")).await?;
    let Some(row) = client.query_opt(&found, &[&name]).await? else { return Ok(None) };
    let roles = client.prepare_cached(&format!("{ROLES} WHERE person = $1 ORDER BY survey")).await?;
    let roles = client.query(&roles, &[&name]).await?;
    let mut person = person(&row)?;
    person.roles = Roles(roles.iter().map(role).collect::<Result<_, _>>()?);
    Ok(Some(person))
}

fn person(row: &Row) -> Result<PersonRecord, Failure> {
    Ok(PersonRecord {
        name: row.try_get(0)?,
        display: row.try_get(1)?,
        password: Hashed::stored(row.try_get(2)?),
        lang: row.try_get(3)?,
        disabled: row.try_get::<_, i64>(4)? != 0,
        created: Minute(row.try_get(5)?),
        roles: Roles::default(),
    })
}

fn role(row: &Row) -> Result<(Option<String>, Role), Failure> {
    let survey: String = row.try_get(1)?;
    let role = Role::named(row.try_get(2)?).ok_or(Failure::Unknown("role"))?;
    Ok(((!survey.is_empty()).then_some(survey), role))
}

async fn change(client: &mut ClientWrapper, name: &str, change: &PersonChange) -> Result<bool, Failure> {
    let transaction = client.transaction().await?;
    let changed = match change {
        PersonChange::Password(password) => {
            let change = "UPDATE people SET password = $2 WHERE name = $1";
            transaction.execute(change, &[&name, &password.as_str()]).await?
        }
        PersonChange::Lang(lang) => {
            transaction.execute("UPDATE people SET lang = $2 WHERE name = $1", &[&name, lang]).await?
        }
        PersonChange::Disabled(disabled) => {
            if *disabled {
                end(&transaction, &Which::Of(name.to_owned(), None)).await?;
            }
            let change = "UPDATE people SET disabled = $2 WHERE name = $1";
            transaction.execute(change, &[&name, &i64::from(*disabled)]).await?
        }
    };
    transaction.commit().await?;
    Ok(changed == 1)
}

pub(super) async fn set_role(
    client: &impl GenericClient,
    [name, survey]: [&str; 2],
    role: Option<Role>,
) -> Result<bool, Failure> {
    if client.query_opt("SELECT 1 FROM people WHERE name = $1", &[&name]).await?.is_none() {
        return Ok(false);
    }
    match role {
        Some(role) => {
            let set = "INSERT INTO roles (person, survey, role) VALUES ($1, $2, $3)
                 ON CONFLICT (person, survey) DO UPDATE SET role = excluded.role";
            client.execute(set, &[&name, &survey, &role.name()]).await?
        }
        None => {
            client.execute("DELETE FROM roles WHERE person = $1 AND survey = $2", &[&name, &survey]).await?
        }
    };
    Ok(true)
}

async fn remove(client: &mut ClientWrapper, name: &str) -> Result<bool, Failure> {
    let transaction = client.transaction().await?;
    transaction.execute("DELETE FROM sessions WHERE person = $1", &[&name]).await?;
    transaction.execute("DELETE FROM roles WHERE person = $1", &[&name]).await?;
    transaction.execute("DELETE FROM identities WHERE person = $1", &[&name]).await?;
    let removed = transaction.execute("DELETE FROM people WHERE name = $1", &[&name]).await?;
    transaction.commit().await?;
    Ok(removed == 1)
}

async fn begin(client: &impl GenericClient, session: &SessionRecord, over: Over) -> Result<(), Failure> {
    let clear = "DELETE FROM sessions WHERE created_minute <= $1 OR seen_minute <= $2";
    client.execute(clear, &[&over.created.0, &over.seen.0]).await?;
    let begin = "INSERT INTO sessions (hash, person, created_minute, seen_minute, way)
         VALUES ($1, $2, $3, $4, $5)";
    let SessionRecord { hash, person, created, seen, way } = session;
    client.execute(begin, &[&hash.as_slice(), person, &created.0, &seen.0, &way.name()]).await?;
    Ok(())
}

const SESSION: &str = "SELECT hash, person, created_minute, seen_minute, way FROM sessions";

async fn session(client: &impl GenericClient, hash: Digest) -> Result<Option<SessionRecord>, Failure> {
    let session = client.prepare_cached(&format!("{SESSION} WHERE hash = $1")).await?;
    client.query_opt(&session, &[&hash.as_slice()]).await?.as_ref().map(session_record).transpose()
}

async fn sessions(client: &impl GenericClient, person: &str) -> Result<Vec<SessionRecord>, Failure> {
    let sessions = format!("{SESSION} WHERE person = $1 ORDER BY seen_minute DESC, hash");
    client.query(&sessions, &[&person]).await?.iter().map(session_record).collect()
}

fn session_record(row: &Row) -> Result<SessionRecord, Failure> {
    let hash: &[u8] = row.try_get(0)?;
    Ok(SessionRecord {
        hash: hash.try_into().map_err(|_| Failure::Unknown("hash"))?,
        person: row.try_get(1)?,
        created: Minute(row.try_get(2)?),
        seen: Minute(row.try_get(3)?),
        way: Way::named(row.try_get(4)?).ok_or(Failure::Unknown("way"))?,
    })
}

async fn end(client: &impl GenericClient, which: &Which) -> Result<u64, Failure> {
    Ok(match which {
        Which::One(hash) => {
            client.execute("DELETE FROM sessions WHERE hash = $1", &[&hash.as_slice()]).await?
        }
        Which::Of(person, but) => {
            let but = but.as_ref().map(<[u8; 32]>::as_slice);
            let end = "DELETE FROM sessions WHERE person = $1 AND hash IS DISTINCT FROM $2";
            client.execute(end, &[person, &but]).await?
        }
    })
}

async fn write_down(client: &impl GenericClient, deed: &Deed) -> Result<(), Failure> {
    let write = "INSERT INTO deeds (minute, who, act, survey, details) VALUES ($1, $2, $3, $4, $5)";
    let Deed { minute, who, act, survey, details } = deed;
    client.execute(write, &[&minute.0, who, &act.name(), survey, details]).await?;
    Ok(())
}

async fn deeds(client: &impl GenericClient, before: i64, limit: usize) -> Result<Vec<(i64, Deed)>, Failure> {
    let deeds = "SELECT seq, minute, who, act, survey, details FROM deeds
         WHERE seq < $1 ORDER BY seq DESC LIMIT $2";
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let deed = |row: &Row| {
        let act = Act::named(row.try_get(3)?).ok_or(Failure::Unknown("act"))?;
        let (minute, who) = (Minute(row.try_get(1)?), row.try_get(2)?);
        Ok((row.try_get(0)?, Deed { minute, who, act, survey: row.try_get(4)?, details: row.try_get(5)? }))
    };
    client.query(deeds, &[&before, &limit]).await?.iter().map(deed).collect()
}

async fn surveys(client: &impl GenericClient) -> Result<Vec<(String, SurveyRecord)>, Failure> {
    let surveys = "SELECT id, status = 'open', current_version, opens_minute, closes_minute
         FROM surveys ORDER BY id";
    let survey = |row: &Row| {
        let minute = |at: usize| Ok::<_, Failure>(row.try_get::<_, Option<i64>>(at)?.map(Minute));
        let times = Times { opens: minute(3)?, closes: minute(4)? };
        Ok((row.try_get(0)?, SurveyRecord { open: row.try_get(1)?, version: row.try_get(2)?, times }))
    };
    client.query(surveys, &[]).await?.iter().map(survey).collect()
}
