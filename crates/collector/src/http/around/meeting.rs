//! What stands around the form of a meeting: when and where it is before it, with what became of it; after it, the questions
//! that others put, and the way to see what becomes of one's own.

use super::{Spot, Surrounding};
use crate::http::follow;
use crate::http::meeting::Around;
use crate::mechanism::meeting::Meeting;
use crate::refusal::Refusal;

/// The blocks; none where the survey is no meeting.
pub(super) async fn draw(spot: &Spot<'_>) -> Result<Surrounding, Refusal> {
    let Some(meeting) = Meeting::of(&spot.current.edition) else { return Ok(Surrounding::default()) };
    let around = Around::of(spot, &meeting);
    let before = around.ended().await? + &around.facts();
    Ok(Surrounding { before, after: around.questions().await? + &follow::around(spot) })
}
