//! What a survey is besides asking, as its definition says, and what a response to it opens.
//!
//! The form knows nothing of it: the block of a mechanism is read from the definition's JSON, here and in one file a
//! mechanism below.

pub(crate) mod feedback;
pub(crate) mod forum;
pub(crate) mod meeting;
pub(crate) mod prioritising;
pub(crate) mod reception;

use crate::clock::Minute;
use crate::day::Days;
use crate::edition::Edition;
use crate::store::{NewMatter, Voice};
use matter::{Mechanism, Shown, WorkingDays};
use meeting::Meeting;
use serde_json::Value;
use survey::Answers;

/// The mechanism of a survey, with what its definition says of it.
#[derive(Clone, Debug)]
pub(crate) struct Participation {
    /// Which it is.
    pub(crate) mechanism: Mechanism,
    /// The object of its name; null where there is none.
    pub(crate) block: Value,
}

impl Participation {
    /// As a definition says.
    pub(crate) fn of(definition: &Value) -> Option<Self> {
        let mechanism = Mechanism::named(definition["mechanism"].as_str()?)?;
        Some(Self { mechanism, block: definition[mechanism.name()].clone() })
    }

    /// What a matter is about: the answer to the question that the block names.
    fn subject(&self, answers: &Answers) -> Option<String> {
        let question = match self.mechanism {
            Mechanism::Consultation => "paragraph",
            _ => "topic",
        };
        match answers.to_value().get(self.block[question].as_str()?)? {
            Value::String(text) => Some(text.clone()),
            Value::Number(code) => Some(code.to_string()),
            _ => None,
        }
    }
}

/// The matter that a response opens, if its survey has any.
pub(crate) fn opening(
    edition: &Edition,
    answers: &Answers,
    (days, calendar): (&Days, &WorkingDays),
    now: Minute,
) -> Option<NewMatter> {
    let participation = edition.participation.as_ref()?;
    if !participation.mechanism.opens_matters() {
        return None;
    }
    if let Some(reception) = &edition.reception {
        return reception.open(answers, reception::received(days, now)?, calendar);
    }
    Some(NewMatter {
        year: u16::try_from(days.today(now)?.year()).ok()?,
        subject: participation.subject(answers),
        body: None,
        responsible: None,
        registered: None,
        due: None,
        shown: match (&edition.consultation, Meeting::of(edition)) {
            (Some(consultation), _) => consultation.shown(answers),
            (None, Some(meeting)) => meeting.shown(answers),
            (None, None) => Shown::Waiting,
        },
        voice: edition.consultation.as_ref().map_or_else(Voice::default, |of| of.voice(answers)),
    })
}
