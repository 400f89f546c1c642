//! People of the store that forgets responses: those of the store inside.

use super::Forgetful;
use async_trait::async_trait;
use collector::clock::Minute;
use collector::people::deed::Deed;
use collector::people::rights::Role;
use collector::store::{
    Digest, Over, People, PersonChange, PersonRecord, SessionRecord, StoreError, SurveyRecord, Which,
};

#[async_trait]
impl People for Forgetful {
    async fn add_person(&self, person: PersonRecord) -> Result<bool, StoreError> {
        self.0.add_person(person).await
    }

    async fn people(&self) -> Result<Vec<PersonRecord>, StoreError> {
        self.0.people().await
    }

    async fn person(&self, name: &str) -> Result<Option<PersonRecord>, StoreError> {
        self.0.person(name).await
    }

    async fn change_person(&self, name: &str, change: PersonChange) -> Result<bool, StoreError> {
        self.0.change_person(name, change).await
    }

    async fn set_role(
        &self,
        name: &str,
        survey: Option<&str>,
        role: Option<Role>,
    ) -> Result<bool, StoreError> {
        self.0.set_role(name, survey, role).await
    }

    async fn remove_person(&self, name: &str) -> Result<bool, StoreError> {
        self.0.remove_person(name).await
    }

    async fn begin_session(&self, session: SessionRecord, over: Over) -> Result<(), StoreError> {
        self.0.begin_session(session, over).await
    }

    async fn session(&self, hash: Digest) -> Result<Option<SessionRecord>, StoreError> {
        self.0.session(hash).await
    }

    async fn see_session(&self, hash: Digest, now: Minute) -> Result<(), StoreError> {
        self.0.see_session(hash, now).await
    }

    async fn sessions(&self, person: &str) -> Result<Vec<SessionRecord>, StoreError> {
        self.0.sessions(person).await
    }

    async fn end_sessions(&self, which: Which) -> Result<u64, StoreError> {
        self.0.end_sessions(which).await
    }

    async fn write_down(&self, deed: Deed) -> Result<(), StoreError> {
        self.0.write_down(deed).await
    }

    async fn deeds(&self, before: Option<i64>, limit: usize) -> Result<Vec<(i64, Deed)>, StoreError> {
        self.0.deeds(before, limit).await
    }

    async fn surveys(&self) -> Result<Vec<(String, SurveyRecord)>, StoreError> {
        self.0.surveys().await
    }
}
