//! What stands around the form of a forum: by which rules ideas are shown before it; voting, and what unites and divides
//! those who voted, after it, and how it goes on with an idea.

use super::{Spot, Surrounding};
use crate::http::follow;
use crate::http::forum::{Told, voting};
use crate::mechanism::forum::{Forum, opinions};
use crate::refusal::Refusal;

/// The blocks; none where the survey is no forum.
pub(super) async fn draw(spot: &Spot<'_>) -> Result<Surrounding, Refusal> {
    let Some(forum) = Forum::of(&spot.current.edition) else { return Ok(Surrounding::default()) };
    let told = Told::of(spot, &forum);
    let checked = if forum.shows_waiting() { "checked_after" } else { "checked_before" };
    let before = format!(
        "<section>\n<p>{}</p>\n{}<p>{} · {}</p>\n</section>\n",
        told.say(checked),
        told.rules(),
        told.link("/ideas", "all_ideas"),
        told.link("/opinions", "opinions"),
    );
    let known = opinions(spot.app, &spot.current.edition.survey.id, &forum).await?;
    let opinions = told.opinions(&known, told.level()).await?;
    let after = format!(
        "{}<section class=\"results\" aria-labelledby=\"opinions\">\n{opinions}</section>\n{}",
        voting(&told).await?,
        follow::around(spot)
    );
    Ok(Surrounding { before, after })
}
