//! Outcomes as HTML, without scripts: the block beside a closed form, one entry of it, and the line with the newest.

use super::{Published, Said, Shown, Texts, words};
use crate::clock::Minute;
use crate::day::Days;
use crate::http::escape;
use crate::results::quoted;
use qulaq::Words;
use std::collections::BTreeMap;
use survey::Survey;

/// In which language outcomes are shown, and where.
#[derive(Clone, Copy)]
pub(crate) struct Look<'a> {
    pub(crate) lang: &'a str,
    /// The level of the heading above them.
    pub(crate) level: u8,
    /// How ids begin, which stand in the page once.
    pub(crate) id: &'a str,
    pub(crate) days: &'a Days,
}

/// Everything about a survey: what is published, and that it is archived.
pub(crate) fn block(published: &Published, look: Look<'_>, links: &str) -> String {
    let (words, level) = (words::of(look.lang), look.level);
    let entries: String =
        published.shown.iter().map(|shown| entry(shown, &published.shown, look.below())).collect();
    let nothing = if published.is_empty() { paragraph(words.get("nothing")) } else { String::new() };
    format!(
        "<section class=\"outcome\" aria-labelledby=\"{id}-title\">\n\
         <h{level} id=\"{id}-title\">{}</h{level}>\n{nothing}{entries}{}{links}</section>\n",
        escape(words.get("title")),
        archived(published, &words, look.below()),
        id = look.id,
    )
}

/// One outcome; `all` are those of the survey, which may correct each other.
pub(crate) fn entry(shown: &Shown, all: &[Shown], look: Look<'_>) -> String {
    let (words, level, number) = (words::of(look.lang), look.level, shown.outcome.number);
    let day_of = |shown: &Shown| ("date", date(&words, look.days, shown.outcome.minute));
    let corrects = shown.said.corrects.and_then(|of| all.iter().find(|shown| shown.outcome.number == of));
    let corrected = all.iter().find(|other| other.said.corrects == Some(number));
    let notes = [("corrects", corrects), ("corrected", corrected)];
    let notes = notes.into_iter().filter_map(|(key, other)| Some(words.fill(key, &[day_of(other?)])));
    let notes: String = notes.map(|note| format!("<p class=\"when\">{}</p>\n", escape(&note))).collect();
    format!(
        "<article id=\"{id}-{number}\">\n<h{level}>{}</h{level}>\n{notes}{}{}</article>\n",
        time(&words, look.days, shown.outcome.minute),
        texts(&shown.said, look.below()),
        figures(shown, look.below()).unwrap_or_default(),
        id = look.id,
    )
}

/// The texts alone, as a feed carries them.
pub(crate) fn content(said: &Said, lang: &str) -> String {
    let Some((lang, texts)) = said.texts(lang) else { return String::new() };
    said_in(lang, texts, 3)
}

/// One line: the newest outcome, the day that it is of, and where it is read.
pub(crate) fn latest(survey: &Survey, shown: &Shown, look: Look<'_>, address: &str) -> String {
    let words = words::of(look.lang);
    let title = survey.title.get(look.lang).to_owned();
    format!(
        "<p class=\"latest\">{} <a href=\"{}\">{}</a></p>\n",
        time(&words, look.days, shown.outcome.minute),
        escape(address),
        escape(&words.fill("latest", &[("title", title)]))
    )
}

impl Look<'_> {
    fn below(self) -> Self {
        Self { level: (self.level + 1).min(6), ..self }
    }
}

fn texts(said: &Said, look: Look<'_>) -> String {
    let Some((lang, texts)) = said.texts(look.lang) else { return String::new() };
    let inside = said_in(lang, texts, look.level);
    if lang == look.lang {
        return inside;
    }
    let direction = qulaq::words::direction(lang);
    format!("<div lang=\"{}\" dir=\"{direction}\">\n{inside}</div>\n", escape(lang))
}

fn said_in(lang: &str, texts: &Texts, level: u8) -> String {
    let words = words::of(lang);
    let said = texts.each().into_iter().filter(|(_, text)| !text.trim().is_empty());
    said.map(|(key, text)| format!("<h{level}>{}</h{level}>\n{}", escape(words.get(key)), paragraphs(text)))
        .collect()
}

/// The figures, with everything that must stand beside them.
fn figures(shown: &Shown, look: Look<'_>) -> Option<String> {
    let (quotes, edition) = (shown.said.quoted.as_ref()?, shown.edition.as_ref()?);
    let (words, level) = (words::of(look.lang), look.level);
    let lang = edition.survey.language(look.lang);
    let told = quotes.figures.told(edition, lang, look.days);
    let about = quotes.about.get(lang).into_iter().flatten();
    let about: String = about
        .map(|(heading, text)| format!("<dt>{}</dt>\n<dd>{}</dd>\n", escape(heading), escape(text)))
        .collect();
    Some(format!(
        "<h{level}>{}</h{level}>\n{}<details>\n<summary>{}</summary>\n<dl>\n{about}</dl>\n</details>\n",
        escape(words.get("figures")),
        quoted(&told, look.below().level, &format!("{}-{}-figure", look.id, shown.outcome.number)),
        escape(words.get("how"))
    ))
}

fn archived(published: &Published, words: &Words, look: Look<'_>) -> String {
    let Some(archived) = &published.archived else { return String::new() };
    let said = words.fill("archived", &[("date", date(words, look.days, archived.minute))]);
    let said = format!("<p class=\"when\">{}</p>\n", escape(&said));
    let reasons: Option<BTreeMap<String, String>> =
        archived.reason.as_ref().and_then(|reason| serde_json::from_str(reason).ok());
    let reason = reasons.as_ref().and_then(|all| all.get(look.lang).or_else(|| all.values().next()));
    let reason = reason.map(|reason| {
        let level = look.level;
        format!("<h{level}>{}</h{level}>\n{}", escape(words.get("reason")), paragraphs(reason))
    });
    said + &reason.unwrap_or_default()
}

/// A day as it is read, for programs too.
fn time(words: &Words, days: &Days, minute: Minute) -> String {
    let day = days.of(minute).map(|day| day.to_string()).unwrap_or_default();
    format!("<time datetime=\"{day}\">{}</time>", escape(&date(words, days, minute)))
}

fn date(words: &Words, days: &Days, minute: Minute) -> String {
    let day = days.of(minute);
    day.map(|day| words.date(day.year().into(), day.month().into(), day.day().into())).unwrap_or_default()
}

/// What somebody wrote, with its paragraphs and lines.
fn paragraphs(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let lines = |piece: &str| escape(piece.trim()).replace('\n', "<br>\n");
    let pieces = text.split("\n\n").filter(|piece| !piece.trim().is_empty());
    pieces.map(|piece| format!("<p>{}</p>\n", lines(piece))).collect()
}

fn paragraph(text: &str) -> String {
    format!("<p>{}</p>\n", escape(text))
}
