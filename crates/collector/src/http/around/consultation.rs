//! The draft that a survey is a consultation on, before the form with its general questions; after it, how it goes on
//! with what somebody has said.

use super::{Spot, Surrounding};
use crate::http::{consultation, follow};
use crate::refusal::Refusal;

pub(super) async fn draw(spot: &Spot<'_>) -> Result<Surrounding, Refusal> {
    let before = consultation::section(spot).await?;
    let after = if before.is_empty() { String::new() } else { follow::around(spot) };
    Ok(Surrounding { before, after })
}
