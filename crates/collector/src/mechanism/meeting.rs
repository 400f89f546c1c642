//! A general meeting: when and where it is, who registers for it, and the questions that are put to it beforehand (domain
//! M4). What the block of a definition says of it.
//!
//! A response is a registration, with a question or without. Its matter has a number in either case, for the door; one
//! without a question is never shown, because there is nothing to show: the questions of a meeting are the matters that
//! were ever waiting or shown. They are moderated and supported as the ideas of a forum are.

use super::Participation;
use super::forum::{Forum, public_rule};
use crate::clock::Minute;
use crate::day::Days;
use crate::edition::Edition;
use analysis::disclosure::Rule;
use matter::{Mechanism, Shown};
use serde_json::Value;
use survey::calendar::Date;
use survey::{Answers, Text};

/// The answer of whoever comes to the room.
pub(crate) const IN_ROOM: i64 = 1;
/// The answer of whoever takes part online.
pub(crate) const ONLINE: i64 = 2;
/// The answer of whoever does not come, and puts a question only.
pub(crate) const AWAY: i64 = 3;

/// What a definition says of a meeting.
#[derive(Clone, Debug)]
pub(crate) struct Meeting {
    /// When it begins, as a local time in Kazakhstan: `2026-12-10T18:00`.
    pub(crate) starts: String,
    /// Where it is.
    pub(crate) place: Text,
    /// The address at which it is seen online.
    pub(crate) stream: Option<Text>,
    /// What the agency itself puts on the agenda, in order.
    pub(crate) agenda: Vec<Item>,
    /// The question how somebody attends.
    pub(crate) attends: String,
    /// The question what somebody needs to attend.
    pub(crate) needs: Option<String>,
    /// The question whose answer is a name; never public.
    pub(crate) name: Option<String>,
    /// The questions to the meeting: which of the survey's asks for them, their topic and by which rules they are shown.
    pub(crate) questions: Forum,
    /// How many may take part.
    pub(crate) eligible: Option<u64>,
    /// How many per cent of them have to be there.
    pub(crate) quorum: Option<u64>,
    /// How many people have to be there, where the rule is a number.
    pub(crate) at_least: Option<u64>,
    /// The surveys that are the votes held in it.
    pub(crate) ballots: Vec<String>,
    /// The question of the survey that asks for one to the meeting.
    question: String,
}

/// An item that the agency puts on the agenda.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    /// Its lasting name, under which the minutes keep what was said of it.
    pub(crate) id: String,
    /// What it is about.
    pub(crate) text: Text,
}

impl Meeting {
    /// The meeting that a survey is, if it is one.
    pub(crate) fn of(edition: &Edition) -> Option<Self> {
        let Participation { mechanism, block } = edition.participation.as_ref()?;
        (*mechanism == Mechanism::Meeting).then(|| Self::of_block(block, public_rule(edition)))
    }

    fn of_block(block: &Value, rule: Rule) -> Self {
        let word = |name: &str| block[name].as_str().map(str::to_owned);
        let text = |value: &Value| Text::read(value).unwrap_or_else(|| Text::Same(String::new()));
        let list = |name: &str| block[name].as_array().cloned().unwrap_or_default();
        let item =
            |item: &Value| Some(Item { id: item["id"].as_str()?.to_owned(), text: text(&item["text"]) });
        let ballot = |ballot: &Value| ballot["survey"].as_str().map(str::to_owned);
        Self {
            starts: word("starts").unwrap_or_default(),
            place: text(&block["place"]),
            stream: Text::read(&block["stream"]),
            agenda: list("agenda").iter().filter_map(item).collect(),
            attends: word("attends").unwrap_or_default(),
            needs: word("needs"),
            name: word("name"),
            questions: Forum::of_questions(block, rule),
            eligible: block["eligible"].as_u64(),
            quorum: block["quorum"].as_u64(),
            at_least: block["at_least"].as_u64(),
            ballots: list("ballots").iter().filter_map(ballot).collect(),
            question: word("question").unwrap_or_default(),
        }
    }

    /// The day on which it is.
    pub(crate) fn day(&self) -> Option<Date> {
        Date::parse(self.starts.get(..10)?)
    }

    /// The time of day at which it begins: `18:00`.
    pub(crate) fn time(&self) -> &str {
        self.starts.get(11..).unwrap_or_default()
    }

    /// The minute at which it begins.
    pub(crate) fn begins(&self, days: &Days) -> Option<Minute> {
        days.minute(&self.starts).ok()
    }

    /// The question that a registration brings, out of its answers.
    pub(crate) fn asked<'a>(&self, answers: &'a Value) -> Option<&'a str> {
        answers[&self.question].as_str().map(str::trim).filter(|question| !question.is_empty())
    }

    /// Whether everybody may see what a registration brings: never one without a question.
    pub(crate) fn shown(&self, answers: &Answers) -> Shown {
        let asks = answers.get(&self.question).is_some_and(|answer| !answer.is_blank());
        if asks { Shown::Waiting } else { Shown::Hidden }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_meeting_is_what_its_block_says() {
        let block = json!({
            "starts": "2026-12-10T18:00", "place": {"kk": "Мектеп", "ru": "Школа"}, "attends": "way",
            "question": "question", "moderation": "after", "eligible": 96, "quorum": 50,
            "agenda": [{"id": "roof", "text": "Шатыр"}], "ballots": [{"survey": "roof-vote"}],
        });
        let meeting = Meeting::of_block(&block, Rule::PUBLIC);
        assert_eq!(meeting.day().map(Date::to_text).as_deref(), Some("2026-12-10"));
        assert_eq!((meeting.time(), meeting.place.get("ru")), ("18:00", "Школа"));
        assert_eq!(
            (meeting.agenda[0].id.as_str(), meeting.ballots.as_slice()),
            ("roof", &["roof-vote".to_owned()][..])
        );
        assert!(meeting.questions.shows(Shown::Waiting) && !meeting.questions.shows(Shown::Hidden));
        let utc = Days::new().unwrap().minute("2026-12-10T18:00").unwrap();
        assert_eq!(meeting.begins(&Days::new().unwrap()), Some(utc));
    }
}
