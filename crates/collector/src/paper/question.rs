//! One question on paper: its number, its text, who is asked, and what to write on.

use super::condition;
use super::document::Sheet;
use super::{lines, options};
use crate::http::escape;
use survey::definition::{Media, MediaKind};
use survey::domain::entries::Entries;
use survey::{Control, Domain, Question};

/// Parts of a repeating group that are printed; more need another sheet.
const ENTRIES_PRINTED: usize = 5;

/// A question with a heading of this level, as HTML; nothing for one that nobody is asked.
pub(super) fn question(sheet: &Sheet<'_>, question: &Question, level: u8) -> String {
    if let Control::Note = question.control {
        let hint = question.hint.as_ref().map(|hint| sheet.paragraphs(hint)).unwrap_or_default();
        let when = condition::line(sheet, "only_if", question.show_if.as_ref());
        let media = media(sheet, question);
        return format!(
            "<div class=\"note\">\n{when}{}{hint}{media}</div>\n",
            sheet.paragraphs(&question.text)
        );
    }
    let Some(number) = sheet.number(&question.name) else { return String::new() };
    with_number(sheet, question, number, level)
}

fn with_number(sheet: &Sheet<'_>, question: &Question, number: &str, level: u8) -> String {
    let line = |class: &str, text: Option<String>| {
        text.map(|text| format!("<p class=\"{class}\">{text}</p>\n")).unwrap_or_default()
    };
    let hint = line("hint", question.hint.as_ref().map(|hint| sheet.say(hint)));
    let easy = question
        .easy
        .as_ref()
        .map(|easy| format!("<b>{}:</b> {}", escape(sheet.said.form.get("easy_read")), sheet.say(easy)));
    let rows = question.rows_from.as_deref().and_then(|name| sheet.number(name));
    let rows = rows.map(|n| sheet.said.fill("rows_of", &[("n", n.to_owned())]));
    format!(
        "<section class=\"question\" data-question=\"{}\">\n<h{level}><span class=\"number\">{number}.</span> {}</h{level}>\n\
         {}{hint}{}{}{}{}</section>\n",
        escape(&question.name),
        sheet.say(&question.text),
        condition::line(sheet, "only_if", question.show_if.as_ref()),
        line("hint", easy),
        media(sheet, question),
        line("when", rows),
        control(sheet, question, number, level),
    )
}

fn control(sheet: &Sheet<'_>, question: &Question, number: &str, level: u8) -> String {
    match (&question.control, &question.domain) {
        (Control::Choices | Control::Cards | Control::Faces, _) => options::list(sheet, question),
        (Control::Points(points), _) => options::points(sheet, question, points),
        (Control::Select | Control::Search, _) => options::short_list(sheet, question),
        (Control::Cascade { levels }, _) => lines::levels(sheet, *levels),
        (Control::Ranks, _) => lines::ranks(sheet, question),
        (Control::Amounts { unit }, _) => lines::amounts(sheet, question, unit.as_ref(), number),
        (Control::Grid, _) => options::grid(sheet, question, number),
        (Control::Area { lines }, _) => lines::area(*lines),
        (Control::Line(line), domain) => lines::line(sheet, line, domain),
        (Control::Parts, Domain::Moment(moment)) => lines::moment(sheet, moment.unit),
        (Control::Entries { item }, Domain::Entries(group)) => {
            let item = item.as_ref().map(|item| sheet.say(item));
            entries(sheet, group, item.as_deref(), number, level)
        }
        _ => String::new(),
    }
}

/// The questions of a group, again and again.
fn entries(sheet: &Sheet<'_>, group: &Entries, item: Option<&str>, number: &str, level: u8) -> String {
    let printed = group.max.min(ENTRIES_PRINTED);
    let mut note = escape(&sheet.said.fill("entries", &[("n", printed.to_string())]));
    if group.max > printed {
        note = format!("{note} {}", escape(sheet.said.get("entries_more")));
    }
    let sheet = &sheet.within(&group.questions, number);
    let part = |entry: usize| {
        let number = |inner: &Question| sheet.number(&inner.name);
        let inner = group.questions.iter().filter_map(|inner| Some((inner, number(inner)?)));
        let inner = inner.map(|(inner, number)| with_number(sheet, inner, number, 6.min(level + 2)));
        let name = item.map_or_else(
            || escape(&sheet.said.form.fill("entry", &[("n", entry.to_string())])),
            |item| format!("{item} {entry}"),
        );
        let level = 6.min(level + 1);
        format!("<div class=\"entry\">\n<h{level}>{name}</h{level}>\n{}</div>\n", inner.collect::<String>())
    };
    format!("<p class=\"how\">{note}</p>\n{}", (1..=printed).map(part).collect::<String>())
}

/// Pictures are printed; of sound and film there are the words.
fn media(sheet: &Sheet<'_>, question: &Question) -> String {
    question.media.iter().map(|medium| self::medium(sheet, medium)).collect()
}

pub(super) fn medium(sheet: &Sheet<'_>, medium: &Media) -> String {
    let alt = sheet.say(&medium.alt);
    match medium.kind {
        MediaKind::Image => {
            let address = escape(&format!("{}{}", sheet.media, medium.src));
            format!("<img src=\"{address}\" alt=\"{alt}\">\n")
        }
        // A film in sign language says what the text says.
        MediaKind::Sign => String::new(),
        MediaKind::Audio | MediaKind::Video => format!("<p class=\"hint\">{alt}</p>\n"),
    }
}
