//! From a definition in a file to one that can be published.

use crate::clock::Minute;
use crate::digest::version_of;
use crate::store::Publication;
use serde_json::Value;
use survey::canonical::canonical;
use survey::{Fault, Survey};

/// Reads a definition.
///
/// # Errors
/// Everything that is wrong with it.
pub fn read(json: &str, minute: Minute) -> Result<Publication, Vec<Fault>> {
    let survey = Survey::read(json)?;
    let definition: Value = serde_json::from_str(json).map_err(|error| {
        vec![Fault { path: String::new(), message: format!("is not JSON that can be read: {error}.") }]
    })?;
    Ok(Publication {
        survey: survey.id,
        version: version_of(&definition),
        definition: canonical(&definition),
        minute,
    })
}
