//! What became of a meeting: the votes that are held in it, and, once it is over, how many took part and its minutes.

use super::Around;
use crate::clock::Minute;
use crate::http::document::escape;
use crate::http::view::Place;
use crate::refusal::Refusal;
use crate::results::Asking;
use crate::store::Minutes;
use crate::times::Standing;
use analysis::disclosure::line;

/// The blocks: nothing before the meeting begins.
pub(super) async fn section(around: &Around<'_>) -> Result<String, Refusal> {
    let (app, current) = (around.told.spot.app, around.told.spot.current);
    let begins = around.meeting.begins(&app.days).unwrap_or(Minute(i64::MAX));
    let minutes = app.store.minutes(&current.edition.survey.id).await.map_err(Refusal::of_store)?;
    let newest = minutes.first();
    // A meeting may have been held before the day that was told.
    if newest.is_none() && (app.clock)() < begins {
        return Ok(String::new());
    }
    let is_over = newest.is_some() || current.standing == Standing::Closed;
    let present = if is_over { present(around).await? } else { String::new() };
    let written = newest.map(|newest| written(around, newest)).unwrap_or_default();
    let afterwards = titled(around, "afterwards", &(present + &written));
    Ok(afterwards + &titled(around, "votes", &votes(around).await?))
}

/// A section with its heading, unless there is nothing in it.
fn titled(around: &Around<'_>, key: &str, html: &str) -> String {
    if html.is_empty() {
        return String::new();
    }
    let (told, level) = (&around.told, around.told.level());
    let heading = told.say(key);
    format!(
        "<section aria-labelledby=\"{key}\">\n<h{level} id=\"{key}\">{heading}</h{level}>\n{html}</section>\n"
    )
}

/// How many took part, in the room and online apart; of few nothing is told.
async fn present(around: &Around<'_>) -> Result<String, Refusal> {
    let told = &around.told;
    let present = told.spot.app.store.present(&told.spot.current.edition.survey.id).await;
    let present = present.map_err(Refusal::of_store)?;
    if present.total() == 0 {
        return Ok(String::new());
    }
    let rule = told.forum.rule();
    let line = line(&[present.all().room, present.all().online], rule, false);
    let few = || told.fill("few_people", &[("least", rule.least().to_string())]);
    let row = |key: &str, count: Option<u64>| {
        let count = count.map_or_else(few, |count| told.count(count));
        format!("<dt>{}</dt><dd>{count}</dd>\n", told.say(key))
    };
    let cell = |at: usize| line.cells.get(at).copied().flatten();
    let rows = [row("present", line.total), row("in_room", cell(0)), row("taken_online", cell(1))];
    Ok(format!("<dl>\n{}</dl>\n", rows.concat()))
}

/// The ways to the minutes, with their day.
fn written(around: &Around<'_>, newest: &Minutes) -> String {
    let told = &around.told;
    let link = |path: &str, key: &str| {
        let address = escape(&told.spot.page(path));
        format!("<a href=\"{address}\" target=\"_top\">{}</a>", told.say(key))
    };
    let (page, file) = (link("/minutes", "minutes"), link("/minutes.docx", "minutes_file"));
    format!("<p>{page} ({}) · {file}</p>\n", escape(&told.day(newest.minute)))
}

/// The votes that are held in it: where one votes, and the results once they are told.
async fn votes(around: &Around<'_>) -> Result<String, Refusal> {
    let spot = around.told.spot;
    let mut items = String::new();
    for ballot in &around.meeting.ballots {
        let current = match spot.app.current(ballot).await {
            Ok(current) => current,
            // Its author names it before it is published.
            Err(Refusal::UnknownSurvey) => continue,
            Err(refusal) => return Err(refusal),
        };
        let sharing = current.edition.sharing.as_ref();
        let shows = sharing.is_some_and(|sharing| sharing.shows(current.standing, Asking::Anybody));
        let path = if shows { "/results" } else { "" };
        let host = match spot.place {
            Place::Inside(_) => spot.app.public_url.as_str(),
            Place::Hosted(_) | Place::Framed(_) => "",
        };
        let address = escape(&format!("{host}/s/{ballot}{path}?lang={}", spot.lang));
        let title = escape(current.edition.survey.title.get(spot.lang));
        items += &format!("<li><a href=\"{address}\" target=\"_top\">{title}</a></li>\n");
    }
    Ok(if items.is_empty() { items } else { format!("<ul>\n{items}</ul>\n") })
}
