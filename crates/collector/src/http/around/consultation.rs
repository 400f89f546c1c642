//! The draft that a survey is a consultation on, before the form with its general questions.

use super::{Spot, Surrounding};
use crate::http::consultation;
use crate::refusal::Refusal;

pub(super) async fn draw(spot: &Spot<'_>) -> Result<Surrounding, Refusal> {
    Ok(Surrounding { before: consultation::section(spot).await?, ..Surrounding::default() })
}
