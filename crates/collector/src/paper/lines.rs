//! What is written rather than ticked: words, numbers, places of a ranking, dates.

use super::condition::row_number;
use super::document::{Sheet, boxes};
use crate::http::escape;
use survey::domain::moment::Unit;
use survey::domain::number::Bounds;
use survey::kind::Line;
use survey::{Choice, Domain, Question, Text};

/// The labels of the lists of places, from the outermost.
const LEVELS: [&str; 3] = ["region", "district", "settlement"];

/// Lines to write on. Handwriting needs more room than type.
pub(super) fn area(lines: usize) -> String {
    let line = "<div class=\"ruled\" aria-hidden=\"true\"></div>\n";
    line.repeat((lines + lines / 2).max(1))
}

/// One line, with its unit, and the bounds of a number.
pub(super) fn line(sheet: &Sheet<'_>, line: &Line, domain: &Domain) -> String {
    let bounds = match domain {
        Domain::Number(bounds) => range(sheet, bounds),
        _ => String::new(),
    };
    let unit = line.unit.as_ref().map(|unit| sheet.say(unit)).unwrap_or_default();
    let width = if matches!(domain, Domain::Number(_)) { "line short" } else { "line long" };
    format!("<p class=\"answer\"><span class=\"{width}\" aria-hidden=\"true\"></span> {unit} {bounds}</p>\n")
}

fn range(sheet: &Sheet<'_>, bounds: &Bounds) -> String {
    let plain = |number: survey::number::Number| sheet.said.form.number(&number.to_plain());
    let text = match (bounds.min, bounds.max) {
        (Some(min), Some(max)) => format!("{} – {}", plain(min), plain(max)),
        (Some(min), None) => format!("≥ {}", plain(min)),
        (None, Some(max)) => format!("≤ {}", plain(max)),
        (None, None) => return String::new(),
    };
    format!("<small>({})</small>", escape(&text))
}

/// Boxes for the digits of a day, a month or a time.
pub(super) fn moment(sheet: &Sheet<'_>, unit: Unit) -> String {
    let part = |part: &&str| {
        let (key, digits) = match *part {
            "d" => ("day", 2),
            "m" => ("month", 2),
            "y" => ("year", 4),
            "h" => ("hour", 2),
            _ => ("minute", 2),
        };
        format!("<span>{} {}</span>", boxes(digits), escape(sheet.said.form.get(key)))
    };
    format!(
        "<p class=\"answer parts\">{}</p>\n",
        unit.fields().iter().map(part).collect::<Vec<_>>().join(" ")
    )
}

/// A line for each level of a place: the lists are too long for paper.
pub(super) fn levels(sheet: &Sheet<'_>, levels: usize) -> String {
    let level = |key: &&str| {
        let label = escape(sheet.said.form.get(key));
        format!("<p class=\"answer\">{label}: <span class=\"line long\" aria-hidden=\"true\"></span></p>\n")
    };
    LEVELS.iter().take(levels).map(level).collect()
}

/// A box for the place of each option.
pub(super) fn ranks(sheet: &Sheet<'_>, question: &Question) -> String {
    let Domain::Ranking { places } = question.domain else { return String::new() };
    let how = sheet.said.fill("rank", &[("max", places.min(question.choices.len()).to_string())]);
    let item = |choice: &Choice| {
        format!(
            "<li><div>{} <span class=\"code\">{}</span> {}</div></li>\n",
            boxes(1),
            choice.code,
            sheet.say(&choice.text)
        )
    };
    let items = question.choices.iter().map(item).collect::<String>();
    format!("<p class=\"how\">{}</p>\n<ul class=\"options\">\n{items}</ul>\n", escape(&how))
}

/// A line for each amount, and one for their sum.
pub(super) fn amounts(sheet: &Sheet<'_>, question: &Question, unit: Option<&Text>, number: &str) -> String {
    let Domain::Rows(rows) = &question.domain else { return String::new() };
    let unit = unit.map(|unit| sheet.say(unit)).unwrap_or_default();
    let total = rows.total.map(|total| sheet.said.form.number(&total.to_plain()));
    let how = total.as_ref().map(|total| sheet.said.fill("share", &[("max", format!("{total} {unit}"))]));
    let row = |(place, row): (usize, &Choice)| {
        let number = row_number(number, place);
        format!(
            "<tr><th scope=\"row\"><span class=\"number\">{number}</span> <span class=\"code\">{}</span> {}</th>\
             <td><span class=\"line short\" aria-hidden=\"true\"></span> {unit}</td></tr>\n",
            row.code,
            sheet.say(&row.text)
        )
    };
    let sum = total.map(|total| {
        format!(
            "<tr class=\"sum\"><th scope=\"row\">{}</th><td>{total} {unit}</td></tr>\n",
            escape(sheet.said.get("total"))
        )
    });
    format!(
        "<p class=\"how\">{}</p>\n<table class=\"amounts\">\n<tbody>\n{}{}</tbody>\n</table>\n",
        how.unwrap_or_default(),
        question.rows.iter().enumerate().map(row).collect::<String>(),
        sum.unwrap_or_default(),
    )
}
