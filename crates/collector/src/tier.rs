//! How a survey is guarded against being answered many times: its tier, which is printed with its results.
//!
//! The tier of a survey is for life: results of which one half was guarded and the other was not would be neither.

use crate::store::{Publication, Store};
use anyhow::{Result, ensure};
use serde_json::Value;

/// A tier (domain §5.3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Tier {
    /// T0: anybody may answer; what looks odd is flagged, and nothing is refused.
    #[default]
    Open,
    /// T2: whoever has an invitation, once.
    Invited,
}

impl Tier {
    /// As a definition says.
    pub(crate) fn of(definition: &Value) -> Self {
        if definition["tier"] == "invited" { Self::Invited } else { Self::Open }
    }

    /// How a definition writes it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Invited => "invited",
        }
    }

    fn of_text(definition: &str) -> Self {
        Self::of(&serde_json::from_str(definition).unwrap_or_default())
    }
}

/// Fails when the survey has another tier already.
pub(crate) async fn check(store: &dyn Store, publication: &Publication) -> Result<()> {
    let Some(record) = store.survey(&publication.survey).await? else { return Ok(()) };
    let before = store.definition(&publication.survey, &record.version).await?.unwrap_or_default();
    let (before, now) = (Tier::of_text(&before).name(), Tier::of_text(&publication.definition).name());
    ensure!(
        before == now,
        "nothing was published: the survey is of the tier \"{before}\", and this definition says \"{now}\". \
         Give it an id of its own: half of the responses would be guarded and half would not"
    );
    Ok(())
}
