//! `/s/ID/opinions`, and the same as a block: what unites those who voted and what divides them, each with a picture and
//! a table of the same figures.

use super::{Asked, Told};
use crate::http::App;
use crate::http::document::escape;
use crate::http::query::{Query, SurveyId};
use crate::mechanism::forum::{Idea, Known, Release, Side, Spread, numbered, opinions};
use crate::refusal::Refusal;
use crate::results::Numbers;
use analysis::chart::{self, Bar, Caption, Format, Series};
use analysis::disclosure::percent;
use analysis::opinion::{LEAST_VOTES, TIMES};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use matter::MatterNumber;
use std::collections::HashMap;
use std::sync::Arc;

/// What groups are called.
const LETTERS: [&str; 5] = ["A", "B", "C", "D", "E"];

pub(in crate::http) async fn show(
    State(app): State<Arc<App>>,
    survey: SurveyId,
    query: Query,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let asked = Asked::of(app, survey, query, &headers).await?;
    let (spot, survey) = (asked.spot(), &asked.current.edition.survey.id);
    let told = Told::of(&spot, &asked.forum);
    let known = opinions(&asked.app, survey, &asked.forum).await?;
    let inside = drawn(&told, &known, 1).await?;
    Ok(told.respond(StatusCode::OK, told.words.get("opinions"), &inside))
}

/// What is known, its heading at this level.
pub(super) async fn drawn(told: &Told<'_>, known: &Known, level: u8) -> Result<String, Refusal> {
    let head =
        format!("<h{level} id=\"opinions\">{}</h{level}>\n", told.say("opinions"), level = level.clamp(1, 5));
    let release = match known {
        Known::Released(release) => release,
        Known::NotYet => {
            return Ok(format!("{head}<p>{}</p>\n{}", told.say("opinions_not_yet"), method(told)));
        }
        Known::Few => {
            let few = TIMES as u64 * told.forum.rule().least();
            let values = [("n", told.count(few)), ("votes", LEAST_VOTES.to_string())];
            return Ok(format!("{head}<p>{}</p>\n{}", told.fill("few_opinions", &values), method(told)));
        }
    };
    let numbers: Vec<MatterNumber> = release.spreads.iter().map(|spread| spread.statement).collect();
    let survey = told.spot.current.edition.survey.id.as_str();
    let ideas = numbered(told.spot.app, told.forum, (survey, &numbers)).await?;
    let ideas = ideas.into_iter().map(|idea| (idea.matter.number, idea)).collect();
    let drawing = Drawing { told, release, ideas, level: level.clamp(1, 5) + 1 };
    Ok(format!("{head}{}{}", drawing.all(), method(told)))
}

fn method(told: &Told<'_>) -> String {
    format!(
        "<details>\n<summary>{}</summary>\n<p>{}</p>\n</details>\n",
        told.say("method"),
        told.fill("method_text", &[("votes", LEAST_VOTES.to_string())])
    )
}

struct Drawing<'a> {
    told: &'a Told<'a>,
    release: &'a Release,
    ideas: HashMap<MatterNumber, Idea>,
    level: u8,
}

impl Drawing<'_> {
    fn all(&self) -> String {
        let (told, release) = (self.told, self.release);
        let values = [
            ("n", told.count(release.voters)),
            ("date", told.day(release.minute)),
            ("least", told.forum.rule().least().to_string()),
        ];
        let lead = format!("<p>{}</p>\n", told.fill("opinions_lead", &values));
        let uniting: Vec<_> = release.uniting.iter().map(|(number, side)| (*number, Some(*side))).collect();
        let uniting = self.part("uniting", &told.say("uniting"), &uniting, "nothing_uniting");
        if release.sizes.is_empty() {
            return format!("{lead}<p>{}</p>\n{uniting}", told.say("no_groups"));
        }
        let size = |(at, size): (usize, &u64)| {
            let values = [("group", self.group(at)), ("n", told.count(*size))];
            format!("<li>{}</li>\n", told.fill("group_size", &values))
        };
        let sizes: String = release.sizes.iter().enumerate().map(size).collect();
        let dividing: Vec<_> = release.dividing.iter().map(|number| (*number, None)).collect();
        let dividing = self.part("dividing", &told.say("dividing"), &dividing, "nothing_dividing");
        let known = |(at, known): (usize, &Vec<(MatterNumber, Side)>)| {
            let title = told.fill("known_by", &[("group", self.group(at))]);
            let known: Vec<_> = known.iter().map(|(number, side)| (*number, Some(*side))).collect();
            self.part(&format!("group-{at}"), &title, &known, "nothing_known")
        };
        let known: String = release.known_by.iter().enumerate().map(known).collect();
        format!("{lead}<ul>\n{sizes}</ul>\n{uniting}{dividing}{known}")
    }

    fn group(&self, at: usize) -> String {
        let letter = LETTERS.get(at).copied().unwrap_or_default();
        self.told.words.fill("group", &[("letter", letter.to_owned())])
    }

    /// Some ideas under a heading.
    fn part(&self, id: &str, title: &str, ideas: &[(MatterNumber, Option<Side>)], nothing: &str) -> String {
        let drawn: String = ideas
            .iter()
            .enumerate()
            .filter_map(|(place, (number, side))| self.idea(&format!("{id}-{place}"), *number, *side))
            .collect();
        let drawn = if drawn.is_empty() { format!("<p>{}</p>\n", self.told.say(nothing)) } else { drawn };
        let level = self.level;
        format!(
            "<section aria-labelledby=\"opinion-{id}\">\n\
             <h{level} id=\"opinion-{id}\">{title}</h{level}>\n{drawn}</section>\n"
        )
    }

    fn idea(&self, id: &str, number: MatterNumber, side: Option<Side>) -> Option<String> {
        let (told, idea) = (self.told, self.ideas.get(&number)?);
        let spread = self.release.spreads.iter().find(|spread| spread.statement == number)?;
        let link = format!(
            "<a href=\"{}\" target=\"_top\" lang=\"{}\" dir=\"auto\">{}</a>",
            told.address(&format!("/ideas/{number}"), &[]),
            escape(&idea.lang),
            escape(&idea.title)
        );
        // The title is a link, so the words around it are put together by hand.
        let said = side.and_then(|side| match side {
            Side::Agree => Some("most_agree"),
            Side::Disagree => Some("most_disagree"),
            Side::Pass => None,
        });
        let line = said.map_or(link.clone(), |key| told.say(key).replace("{idea}", &link));
        Some(format!("<p>{line}</p>\n{}", self.figures(id, idea, spread)))
    }

    /// A picture, and a table with the same figures below it (WCAG 2.2, 1.1.1).
    fn figures(&self, id: &str, idea: &Idea, spread: &Spread) -> String {
        let numbers = Numbers(&self.told.words);
        let rows: Vec<Series> =
            spread.groups.iter().enumerate().map(|(at, counts)| self.series(at, counts)).collect();
        let (id, description) = (format!("opinion-figure-{id}"), self.told.words.get("picture"));
        let caption = Caption { id: &id, title: &idea.title, description };
        let picture = chart::stack(caption, &rows, &numbers);
        let row = |series: &Series| {
            let cell = |bar: &Bar| {
                let count = bar.count.map_or_else(|| numbers.hidden(), |count| numbers.count(count));
                let share = bar.percent.map(|percent| format!(" ({})", numbers.percent(percent)));
                format!("<td>{}{}</td>", escape(&count), escape(&share.unwrap_or_default()))
            };
            let cells: String = series.bars.iter().map(cell).collect();
            format!("<tr><th scope=\"row\">{}</th>{cells}</tr>\n", escape(&series.label))
        };
        let heads = ["agree", "disagree", "pass"];
        let heads = heads.map(|key| format!("<th scope=\"col\">{}</th>", self.told.say(key))).concat();
        format!(
            "<figure>{picture}</figure>\n<details>\n<summary>{}</summary>\n<table>\n\
             <caption lang=\"{}\" dir=\"auto\">{}</caption>\n\
             <thead><tr><td></td>{heads}</tr></thead>\n<tbody>\n{}</tbody>\n</table>\n</details>\n",
            self.told.say("table"),
            escape(&idea.lang),
            escape(&idea.title),
            rows.iter().map(row).collect::<String>()
        )
    }

    /// The votes of a group. Percentages are of those whose votes are all shown.
    fn series(&self, at: usize, counts: &[Option<u64>; 3]) -> Series {
        let alone = self.release.sizes.is_empty();
        let label = if alone { self.told.words.get("everybody").to_owned() } else { self.group(at) };
        let base: Option<u64> = counts.iter().copied().sum();
        let bar = |(key, count): (&str, &Option<u64>)| Bar {
            label: self.told.words.get(key).to_owned(),
            count: *count,
            percent: count.zip(base).and_then(|(count, base)| percent(count, base)),
        };
        let keys = ["agree", "disagree", "pass"];
        Series { label, bars: keys.into_iter().zip(counts).map(bar).collect() }
    }
}
