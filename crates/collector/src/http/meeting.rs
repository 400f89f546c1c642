//! What citizens see of a meeting around its form (domain M4): when and where it is, the agenda, the questions that are put
//! to it, and what became of it. None needs a script, and nobody signs in.

mod calendar;
mod ended;
mod questions;
mod registration;
mod replies;
mod words;

use super::around::Spot;
use super::document::escape;
use super::forum::Told;
use crate::mechanism::meeting::Meeting;
use crate::refusal::Refusal;

pub(super) use calendar::get as get_calendar;
pub(super) use questions::post as post_support;
pub(super) use registration::told as registration;

/// A meeting at a place, in a language.
pub(super) struct Around<'a> {
    meeting: &'a Meeting,
    told: Told<'a>,
}

impl<'a> Around<'a> {
    pub(super) fn of(spot: &'a Spot<'a>, meeting: &'a Meeting) -> Self {
        Self { meeting, told: Told::in_words(spot, &meeting.questions, words::of(spot.lang)) }
    }

    fn lang(&self) -> &'a str {
        self.told.spot.lang
    }

    /// When and where it is, what is on the agenda, and by which rules questions are shown.
    pub(super) fn facts(&self) -> String {
        let Self { meeting, told } = self;
        let level = told.level();
        let checked = if meeting.questions.shows_waiting() { "checked_after" } else { "checked_before" };
        format!(
            "<section aria-labelledby=\"meeting\">\n<h{level} id=\"meeting\">{}</h{level}>\n{}{}<p>{}</p>\n{}</section>\n",
            told.say("meeting"),
            self.when_and_where(),
            self.agenda(),
            told.say(checked),
            told.rules(),
        )
    }

    fn when_and_where(&self) -> String {
        let Self { meeting, told } = self;
        let fact = |key: &str, html: String| format!("<dt>{}</dt><dd>{html}</dd>\n", told.say(key));
        let calendar =
            format!("<a href=\"{}\">{}</a>", escape(&told.spot.page("/meeting.ics")), told.say("calendar"));
        let when = meeting
            .day()
            .map(|day| {
                let date = told.words.date(day.year().into(), day.month().into(), day.day().into());
                told.fill("moment", &[("date", date), ("time", meeting.time().to_owned())])
            })
            .unwrap_or_default();
        let when = format!("<time datetime=\"{}\">{when}</time><br>{calendar}", escape(&meeting.starts));
        let stream = meeting.stream.as_ref().map(|stream| {
            let address = escape(stream.get(self.lang()));
            let link = format!(
                "<a href=\"{address}\" target=\"_top\" rel=\"noopener noreferrer\">{}</a>",
                told.say("stream")
            );
            fact("online", link)
        });
        format!(
            "<dl>\n{}{}{}</dl>\n",
            fact("when", when),
            fact("where", escape(meeting.place.get(self.lang()))),
            stream.unwrap_or_default()
        )
    }

    /// What the agency put on the agenda; the questions follow it.
    fn agenda(&self) -> String {
        let Self { meeting, told } = self;
        if meeting.agenda.is_empty() {
            return String::new();
        }
        let level = (told.level() + 1).min(6);
        let item = |item: &crate::mechanism::meeting::Item| {
            format!("<li>{}</li>\n", escape(item.text.get(self.lang())))
        };
        let items: String = meeting.agenda.iter().map(item).collect();
        format!(
            "<h{level}>{}</h{level}>\n<ol>\n{items}</ol>\n<p>{}</p>\n",
            told.say("agenda"),
            told.say("agenda_more")
        )
    }

    /// The questions in the order of their support, each with its button.
    pub(super) async fn questions(&self) -> Result<String, Refusal> {
        questions::section(self).await
    }

    /// What became of the meeting, as far as anything did.
    pub(super) async fn ended(&self) -> Result<String, Refusal> {
        ended::section(self).await
    }
}
