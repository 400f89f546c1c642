//! Identities, which are those of the store inside.

use super::Forgetful;
use async_trait::async_trait;
use collector::clock::Minute;
use collector::people::rights::Roles;
use collector::store::{Identities, Identity, PersonRecord, StoreError, Welcomed};

#[async_trait]
impl Identities for Forgetful {
    async fn identified(&self, identity: &Identity) -> Result<Option<String>, StoreError> {
        self.0.identified(identity).await
    }

    async fn identities(&self, person: &str) -> Result<Vec<Identity>, StoreError> {
        self.0.identities(person).await
    }

    async fn link(&self, identity: Identity, person: &str, now: Minute) -> Result<bool, StoreError> {
        self.0.link(identity, person, now).await
    }

    async fn unlink(&self, identity: Identity) -> Result<bool, StoreError> {
        self.0.unlink(identity).await
    }

    async fn welcome(&self, person: PersonRecord, identity: Identity) -> Result<Welcomed, StoreError> {
        self.0.welcome(person, identity).await
    }

    async fn set_roles(&self, person: &str, roles: Roles) -> Result<bool, StoreError> {
        self.0.set_roles(person, roles).await
    }
}
