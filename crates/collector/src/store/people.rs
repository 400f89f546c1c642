//! People, their sessions, the log of what they did, and the surveys that there are, in the words of the store.

use super::{StoreError, SurveyRecord};
use crate::clock::Minute;
use crate::digest::Digest;
use crate::people::deed::Deed;
use crate::people::password::Hashed;
use crate::people::rights::{Role, Roles};
use async_trait::async_trait;

/// What is asked of a store about the people who work with responses. [`super::Store`] has it as a part.
#[async_trait]
pub trait People: Send + Sync {
    /// Makes an account with its roles; `false` when its name is taken.
    async fn add_person(&self, person: PersonRecord) -> Result<bool, StoreError>;

    /// Every account, by name.
    async fn people(&self) -> Result<Vec<PersonRecord>, StoreError>;

    /// The account of this name.
    async fn person(&self, name: &str) -> Result<Option<PersonRecord>, StoreError>;

    /// Changes an account; `false` when there is none of that name. A shut account has no sessions any more.
    async fn change_person(&self, name: &str, change: PersonChange) -> Result<bool, StoreError>;

    /// Makes somebody this and nothing else to a survey, or to all; `None` takes what they were.
    async fn set_role(
        &self,
        name: &str,
        survey: Option<&str>,
        role: Option<Role>,
    ) -> Result<bool, StoreError>;

    /// Deletes an account with its roles, identities and sessions; `false` when there is none of that name. The log keeps what was
    /// done under it.
    async fn remove_person(&self, name: &str) -> Result<bool, StoreError>;

    /// Keeps a session, and deletes those that began or were last seen before these minutes.
    async fn begin_session(&self, session: SessionRecord, over: Over) -> Result<(), StoreError>;

    /// The session with this hash.
    async fn session(&self, hash: Digest) -> Result<Option<SessionRecord>, StoreError>;

    /// Notes that a session was seen.
    async fn see_session(&self, hash: Digest, now: Minute) -> Result<(), StoreError>;

    /// The sessions of somebody, the one seen last first.
    async fn sessions(&self, person: &str) -> Result<Vec<SessionRecord>, StoreError>;

    /// Ends sessions, and says how many.
    async fn end_sessions(&self, which: Which) -> Result<u64, StoreError>;

    /// Writes down what somebody did. Nothing of it is ever changed or deleted.
    async fn write_down(&self, deed: Deed) -> Result<(), StoreError>;

    /// What was done, the newest first, at most `limit`, before a number of the log.
    async fn deeds(&self, before: Option<i64>, limit: usize) -> Result<Vec<(i64, Deed)>, StoreError>;

    /// Every survey, by its id.
    async fn surveys(&self) -> Result<Vec<(String, SurveyRecord)>, StoreError>;
}

/// An account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonRecord {
    /// The name to sign in with.
    pub name: String,
    /// The name that others read.
    pub display: String,
    /// The password, hashed.
    pub password: Hashed,
    /// The language of the console for them.
    pub lang: String,
    /// Whether it is shut.
    pub disabled: bool,
    /// When it was made.
    pub created: Minute,
    /// What they are to which survey.
    pub roles: Roles,
}

/// A change to an account.
#[derive(Clone, Debug)]
pub enum PersonChange {
    /// Another password.
    Password(Hashed),
    /// Another language.
    Lang(String),
    /// Shut, or open again.
    Disabled(bool),
}

/// A session. The store knows the hash of its secret, never the secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionRecord {
    /// The hash of the secret.
    pub hash: Digest,
    /// Whose it is.
    pub person: String,
    /// When it began.
    pub created: Minute,
    /// When it was last seen.
    pub seen: Minute,
    /// How it began.
    pub way: Way,
}

/// How somebody proved who they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// By a name and a password of this collector.
    Password,
    /// By the agency's own provider (OpenID Connect).
    Provider,
}

impl Way {
    /// How it is written.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Provider => "provider",
        }
    }

    /// The way that is written like this.
    pub(super) fn named(name: &str) -> Option<Self> {
        [Self::Password, Self::Provider].into_iter().find(|way| way.name() == name)
    }
}

/// Until when sessions are over.
#[derive(Clone, Copy, Debug)]
pub struct Over {
    /// Those that began by this minute.
    pub created: Minute,
    /// Those that were last seen by this minute.
    pub seen: Minute,
}

/// Which sessions are to end.
#[derive(Clone, Debug)]
pub enum Which {
    /// The one with this hash.
    One(Digest),
    /// Every one of somebody, except perhaps the one with this hash.
    Of(String, Option<Digest>),
}
