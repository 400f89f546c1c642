//! Margins by which responses are weighted, as somebody gave them: version after version, none of them ever changed.

use super::StoreError;
use crate::clock::Minute;
use async_trait::async_trait;

/// One version of a weighting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weighting {
    /// The survey.
    pub survey: String,
    /// What it is called.
    pub name: String,
    /// From 1, one more with each change.
    pub version: u32,
    /// Who gave it.
    pub who: String,
    /// When.
    pub minute: Minute,
    /// The margins, as JSON that the store does not look into.
    pub margins: String,
}

/// The names of weightings, each once.
#[must_use]
pub fn names(kept: &[Weighting]) -> Vec<String> {
    let mut names: Vec<String> = kept.iter().map(|weighting| weighting.name.clone()).collect();
    names.dedup();
    names
}

/// What is kept of weightings.
#[async_trait]
pub trait Weightings: Send + Sync {
    /// Keeps a version. `false`, and nothing is changed, when there is one of that number by now.
    async fn keep_weighting(&self, weighting: Weighting) -> Result<bool, StoreError>;

    /// All versions of all weightings of a survey, by name and version.
    async fn weightings(&self, survey: &str) -> Result<Vec<Weighting>, StoreError>;
}
