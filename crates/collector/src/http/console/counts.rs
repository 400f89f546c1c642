//! Visits, on the page of a survey whose author has them counted: opened, started, completed, and where people left.

use super::guard::Console;
use super::markup::{Element, el};
use super::parts::{captioned, cell, section, table};
use crate::edition::Current;
use crate::http::language;
use crate::refusal::Refusal;
use crate::store::Position;
use crate::visits::{Sums, Visited};
use analysis::outcome::{OpenLink, break_off};
use jiff::civil::Date;
use serde_json::Value;
use survey::{Page, Survey};

/// Days that are shown, the last ones.
const DAYS: usize = 14;

/// Parts of responses that are looked at, and at a time.
const PARTS: usize = 20_000;
const BATCH: usize = 500;

/// What was counted; nothing where the author does not want it.
pub(super) async fn section_of(
    console: &Console,
    current: &Current,
    median: Option<f64>,
) -> Result<Option<Element>, Refusal> {
    if !current.edition.counts {
        return Ok(None);
    }
    let said = &console.said;
    let visited = Visited::at(&console.app, &current.edition.survey.id).await.map_err(Refusal::of_store)?;
    let day = |day: &String| day.parse::<Date>().map_or_else(|_| day.clone(), |day| said.day(day));
    let days = visited.by_day.iter().rev().take(DAYS).map(|(of, sums)| (day(of), *sums));
    let languages = visited.by_language.iter().map(|(tag, sums)| (language::name(tag), *sums));
    let channel = |channel: &String| said.get(&format!("channel_{channel}")).to_owned();
    let channels = visited.by_channel.iter().map(|(of, sums)| (channel(of), *sums));
    let median =
        median.map(|ms| el("p").text(&said.fill("median_time", &[("n", &said.decimal(ms / 1000.0, 1))])));
    let inside = [
        Some(el("p").class("hint").text(said.get("visits_note"))),
        Some(of_all(console, visited.all)),
        median,
        Some(left(console, current, &visited)),
        Some(sums(console, "by_day", days.collect())),
        Some(sums(console, "by_language", languages.collect())),
        Some(sums(console, "by_channel", channels.collect())),
    ];
    Ok(Some(section(said.get("visits"), inside.into_iter().flatten())))
}

/// Four figures, of which none is a response rate.
fn of_all(console: &Console, all: Sums) -> Element {
    let said = &console.said;
    let link = OpenLink { opened: Some(all.opened), started: all.started, completed: all.completed };
    let rates = link.rates();
    let counts = [("opened", all.opened), ("started", all.started), ("completed", all.completed)];
    let counts = counts.map(|(key, number)| (key, said.number(number)));
    let shares = [("start_rate", rates.start), ("completion_rate", rates.completion)];
    let shares = shares.into_iter().filter_map(|(key, share)| Some((key, said.percent(share?))));
    let pair = |(key, figure): (&'static str, String)| [el("dt").text(said.get(key)), el("dd").text(&figure)];
    el("dl").class("figures").children(counts.into_iter().chain(shares).flat_map(pair))
}

/// Where those are who have not finished, where the author has parts of responses kept: by the last page that was sent.
pub(super) async fn unfinished(console: &Console, survey: &Survey) -> Result<Option<Element>, Refusal> {
    if !survey.partials {
        return Ok(None);
    }
    let said = &console.said;
    let (mut by_page, mut after) = (vec![0_u64; survey.pages.len()], Position(0));
    for _ in 0..PARTS / BATCH {
        let parts = console.app.store.partials(&survey.id, after, BATCH).await.map_err(Refusal::of_store)?;
        for part in &parts {
            after = part.position;
            let page = last_page(survey, &part.content).and_then(|page| by_page.get_mut(page));
            page.into_iter().for_each(|parts| *parts += 1);
        }
        if parts.len() < BATCH {
            break;
        }
    }
    let rows = survey.pages.iter().enumerate().zip(by_page);
    let row = |(numbered, parts): ((usize, &Page), u64)| {
        vec![cell(&page_name(console, numbered)), cell(&said.number(parts))]
    };
    let heads = [said.get("page"), said.get("unfinished")];
    let list = table(said.get("unfinished"), &heads, rows.map(row).collect());
    let note = el("p").class("hint").text(said.get("unfinished_note"));
    Ok(Some(section(said.get("unfinished"), [note, list])))
}

/// The last page of which a question had been shown.
fn last_page(survey: &Survey, content: &str) -> Option<usize> {
    let content: Value = serde_json::from_str(content).ok()?;
    let seen = content["seen"].as_array()?.iter().filter_map(Value::as_str);
    seen.filter_map(|name| survey.place(name)).map(|(page, _)| page).max()
}

/// A page by its number and its title, or its first question.
fn page_name(console: &Console, (number, page): (usize, &Page)) -> String {
    let title = page.title.as_ref().or_else(|| page.questions.first().map(|first| &first.text));
    let title = title.map_or("", |title| title.get(&console.said.lang));
    format!("{}. {title}", number + 1)
}

/// Where people left, page by page.
fn left(console: &Console, current: &Current, visited: &Visited) -> Element {
    let said = &console.said;
    let pages = &current.edition.survey.pages;
    let left = visited.left(pages.len());
    let name = |numbered| page_name(console, numbered);
    let places: Vec<(String, u64)> = pages.iter().enumerate().map(name).zip(left).collect();
    let row = |place: analysis::outcome::BreakOff| {
        let share = place.share.map(|share| said.percent(share)).unwrap_or_default();
        let counts = [place.reached, place.left].map(|number| said.number(number));
        let [reached, left] = counts;
        [place.place, reached, left, share].iter().map(|text| cell(text)).collect()
    };
    let rows = break_off(&places, visited.all.completed).into_iter().map(row).collect();
    let head = said.get("left_where");
    let heads = ["page", "page_reached", "page_left", "part"].map(|key| said.get(key));
    captioned(el("caption").text(head), head, &heads, rows)
}

fn sums(console: &Console, key: &str, rows: Vec<(String, Sums)>) -> Element {
    let said = &console.said;
    let row = |(name, sums): (String, Sums)| {
        let numbers = [sums.opened, sums.started, sums.completed].map(|number| cell(&said.number(number)));
        std::iter::once(cell(&name)).chain(numbers).collect()
    };
    let head = format!("{} · {}", said.get("visits"), said.get(key));
    let heads = ["of_which", "opened", "started", "completed"].map(|key| said.get(key));
    captioned(el("caption").text(&head), &head, &heads, rows.into_iter().map(row).collect())
}
