//! The drafts that consultations are about, version after version, none of them ever changed.

use super::StoreError;
use crate::clock::Minute;
use async_trait::async_trait;

/// The draft of one version of a survey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftRecord {
    /// The survey.
    pub survey: String,
    /// The version.
    pub version: String,
    /// When it was published first.
    pub minute: Minute,
    /// The draft, as JSON that the store does not look into.
    pub content: String,
}

/// What is kept of drafts.
#[async_trait]
pub trait Drafts: Send + Sync {
    /// Keeps a draft after all others of its survey. `false`, and nothing is changed, when its version has one.
    async fn keep_draft(&self, draft: DraftRecord) -> Result<bool, StoreError>;

    /// The draft of a version.
    async fn draft(&self, survey: &str, version: &str) -> Result<Option<DraftRecord>, StoreError>;

    /// All drafts of a survey, the last first.
    async fn drafts(&self, survey: &str) -> Result<Vec<DraftRecord>, StoreError>;
}
