//! Identities in PostgreSQL: the trait's methods, and their SQL.

use super::failure::Failure;
use super::people::{insert, set_role};
use super::{Postgres, can_be_asked_for};
use crate::clock::Minute;
use crate::people::rights::Roles;
use crate::store::{Identities, Identity, PersonRecord, StoreError, Way, Welcomed};
use async_trait::async_trait;
use deadpool_postgres::{ClientWrapper, GenericClient};

#[async_trait]
impl Identities for Postgres {
    async fn identified(&self, identity: &Identity) -> Result<Option<String>, StoreError> {
        if !can_be_asked_for(&[&identity.issuer, &identity.subject]) {
            return Ok(None);
        }
        Ok(identified(&self.connections.reading().await?, identity).await?)
    }

    async fn identities(&self, person: &str) -> Result<Vec<Identity>, StoreError> {
        let identities = "SELECT issuer, subject FROM identities WHERE person = $1 ORDER BY issuer, subject";
        let rows = self.connections.reading().await?.query(identities, &[&person]).await;
        let identity = |row: &tokio_postgres::Row| -> Result<Identity, tokio_postgres::Error> {
            Ok(Identity { issuer: row.try_get(0)?, subject: row.try_get(1)? })
        };
        let identities: Result<_, _> = rows.map_err(Failure::from)?.iter().map(identity).collect();
        Ok(identities.map_err(Failure::from)?)
    }

    async fn link(&self, identity: Identity, person: &str, now: Minute) -> Result<bool, StoreError> {
        if !can_be_asked_for(&[&identity.issuer, &identity.subject, person]) {
            return Ok(false);
        }
        Ok(link(&self.connections.writing().await?, &identity, person, now).await?)
    }

    async fn unlink(&self, identity: Identity) -> Result<bool, StoreError> {
        if !can_be_asked_for(&[&identity.issuer, &identity.subject]) {
            return Ok(false);
        }
        Ok(unlink(&mut *self.connections.writing().await?, &identity).await?)
    }

    async fn welcome(&self, person: PersonRecord, identity: Identity) -> Result<Welcomed, StoreError> {
        Ok(welcome(&mut *self.connections.writing().await?, &person, &identity).await?)
    }

    async fn set_roles(&self, person: &str, roles: Roles) -> Result<bool, StoreError> {
        if !can_be_asked_for(&[person]) {
            return Ok(false);
        }
        Ok(set_roles(&mut *self.connections.writing().await?, person, &roles).await?)
    }
}

async fn identified(client: &impl GenericClient, identity: &Identity) -> Result<Option<String>, Failure> {
    let identified = "SELECT person FROM identities WHERE issuer = $1 AND subject = $2";
    let row = client.query_opt(identified, &[&identity.issuer, &identity.subject]).await?;
    Ok(row.map(|row| row.try_get(0)).transpose()?)
}

async fn link(
    client: &impl GenericClient,
    identity: &Identity,
    person: &str,
    now: Minute,
) -> Result<bool, Failure> {
    let link = "INSERT INTO identities (issuer, subject, person, linked_minute)
         SELECT $1, $2, name, $4 FROM people WHERE name = $3 ON CONFLICT (issuer, subject) DO NOTHING";
    Ok(client.execute(link, &[&identity.issuer, &identity.subject, &person, &now.0]).await? == 1)
}

async fn unlink(client: &mut ClientWrapper, identity: &Identity) -> Result<bool, Failure> {
    let transaction = client.transaction().await?;
    let unlink = "DELETE FROM identities WHERE issuer = $1 AND subject = $2 RETURNING person";
    let row = transaction.query_opt(unlink, &[&identity.issuer, &identity.subject]).await?;
    let Some(row) = row else { return Ok(false) };
    let person: String = row.try_get(0)?;
    let end = "DELETE FROM sessions WHERE person = $1 AND way = $2";
    transaction.execute(end, &[&person, &Way::Provider.name()]).await?;
    transaction.commit().await?;
    Ok(true)
}

/// Of two collectors that welcome the same identity at one moment, the second is told that it is known by now: what is
/// not committed is taken back when the transaction goes.
async fn welcome(
    client: &mut ClientWrapper,
    person: &PersonRecord,
    identity: &Identity,
) -> Result<Welcomed, Failure> {
    let transaction = client.transaction().await?;
    if identified(&transaction, identity).await?.is_some() {
        return Ok(Welcomed::Known);
    }
    if !insert(&transaction, person).await? {
        return Ok(Welcomed::NameTaken);
    }
    if !link(&transaction, identity, &person.name, person.created).await? {
        return Ok(Welcomed::Known);
    }
    transaction.commit().await?;
    Ok(Welcomed::Made)
}

async fn set_roles(client: &mut ClientWrapper, person: &str, roles: &Roles) -> Result<bool, Failure> {
    let transaction = client.transaction().await?;
    let there = "SELECT 1 FROM people WHERE name = $1 FOR UPDATE";
    if transaction.query_opt(there, &[&person]).await?.is_none() {
        return Ok(false);
    }
    transaction.execute("DELETE FROM roles WHERE person = $1", &[&person]).await?;
    for (survey, role) in &roles.0 {
        set_role(&transaction, [person, survey.as_deref().unwrap_or_default()], Some(*role)).await?;
    }
    transaction.commit().await?;
    Ok(true)
}
