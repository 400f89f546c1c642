//! Whom the agency's provider (OpenID Connect) knows by which name, in the words of the store.

use super::{PersonRecord, StoreError};
use crate::clock::Minute;
use crate::people::rights::Roles;
use async_trait::async_trait;

/// Somebody as a provider knows them. No other claim says who somebody is: names and addresses are given anew when
/// people leave (OpenID Connect Core 1.0, 5.7).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The provider, by its issuer.
    pub issuer: String,
    /// What it calls them, and never calls anybody else.
    pub subject: String,
}

/// What came of making an account for an identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Welcomed {
    /// It was made.
    Made,
    /// Its name is taken.
    NameTaken,
    /// The identity opens an account already.
    Known,
}

/// What is asked of a store about identities. [`super::Store`] has it as a part.
#[async_trait]
pub trait Identities: Send + Sync {
    /// The name of the account that an identity opens.
    async fn identified(&self, identity: &Identity) -> Result<Option<String>, StoreError>;

    /// The identities that open an account, by issuer and subject.
    async fn identities(&self, person: &str) -> Result<Vec<Identity>, StoreError>;

    /// Lets an identity open an account from now on; `false` when it opens one already, or there is no such account.
    async fn link(&self, identity: Identity, person: &str, now: Minute) -> Result<bool, StoreError>;

    /// Takes that back, and ends the sessions that a provider opened to the account; `false` when it opened none.
    async fn unlink(&self, identity: Identity) -> Result<bool, StoreError>;

    /// Makes an account that this identity opens, both or none of them.
    async fn welcome(&self, person: PersonRecord, identity: Identity) -> Result<Welcomed, StoreError>;

    /// Makes somebody this and nothing else; `false` when there is none of that name.
    async fn set_roles(&self, person: &str, roles: Roles) -> Result<bool, StoreError>;
}
