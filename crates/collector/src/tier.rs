//! How a survey is guarded against being answered many times: its tier, which is printed with its results.
//!
//! The tier of a survey is for life: results of which one half was guarded and the other was not would be neither.

use crate::store::{Publication, Store};
use anyhow::{Result as Done, ensure};
use serde_json::Value;
use survey::{Fault, Survey};

/// A tier (domain §5.3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Tier {
    /// T0: anybody may answer; what looks odd is flagged, and nothing is refused.
    #[default]
    Open,
    /// T1: anybody may answer, and computes something meanwhile; what comes without it is flagged, and nothing is refused.
    Work,
    /// T2: whoever has an invitation, once.
    Invited,
}

impl Tier {
    /// As a definition says.
    pub(crate) fn of(definition: &Value) -> Self {
        match definition["tier"].as_str() {
            Some("invited") => Self::Invited,
            Some("work") => Self::Work,
            _ => Self::Open,
        }
    }

    /// How a definition writes it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Work => "work",
            Self::Invited => "invited",
        }
    }

    /// As the text of a definition says.
    pub(crate) fn of_text(definition: &str) -> Self {
        Self::of(&serde_json::from_str(definition).unwrap_or_default())
    }
}

/// The same definition open to everybody, for its author who looks at it before there are invitations.
pub(crate) fn opened(definition: &str) -> String {
    let mut opened: Value = serde_json::from_str(definition).unwrap_or_default();
    let taken = opened.as_object_mut().and_then(|fields| fields.remove("tier"));
    if taken.is_some() { opened.to_string() } else { definition.to_owned() }
}

/// What a tier does not go together with.
pub(crate) fn inspect(survey: &Survey, definition: &Value) -> Result<(), Vec<Fault>> {
    if Tier::of(definition) != Tier::Invited || !survey.partials {
        return Ok(());
    }
    // A part would have to name its code, and nobody would know any more that the two are kept apart.
    let message = "cannot stand beside \"tier\": \"invited\": a part of a response would be kept together with its \
                   invitation. Leave it out.";
    Err(vec![Fault { path: "partials".to_owned(), message: message.to_owned() }])
}

/// Fails when the survey has another tier already.
pub(crate) async fn check(store: &dyn Store, publication: &Publication) -> Done<()> {
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
