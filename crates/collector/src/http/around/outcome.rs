//! What came of the survey, after a form that takes no more answers.

use super::{Spot, Surrounding};
use crate::http::outcome;
use crate::outcome::{Published, block};
use crate::refusal::Refusal;

pub(super) async fn draw(spot: &Spot<'_>) -> Result<Surrounding, Refusal> {
    let published = Published::of(spot.app, spot.current).await?;
    if published.is_empty() {
        return Ok(Surrounding::default());
    }
    let look = outcome::look(spot.app, spot.lang, spot.place.level_beside());
    let links = outcome::links(&spot.address("/outcome", &[]), spot.lang);
    Ok(Surrounding { after: block(&published, look, &links), ..Surrounding::default() })
}
