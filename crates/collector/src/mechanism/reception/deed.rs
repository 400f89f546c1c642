//! What officials and citizens do with a matter of a reception: what it needs, what the matter is afterwards, and what its
//! history says. Nothing here is written anywhere: a store compares revisions and keeps both or neither.

use super::Reception;
use crate::clock::Minute;
use crate::store::{Matter, MatterEvent};
use matter::{Mechanism, State};
use serde_json::{Map, Value, json};
use survey::calendar::Date;
use survey::mask::masked;

/// Characters at most of a reason, a note or an answer.
pub(crate) const MOST: usize = 4000;

/// Characters at most of what a citizen says about whether it was solved.
pub(crate) const MOST_SAID: usize = 500;

/// Something that an official does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Deed {
    /// Takes it on, being responsible for it.
    Take,
    /// Makes this account responsible, and nobody else.
    Give(String),
    /// Passes it on to another body, for a reason.
    Forward(String, String),
    /// Gives it until a later day, for a reason.
    Extend(Date, String),
    /// Puts it under control, or takes it from there.
    Control(bool),
    /// Notes something that the citizen does not see.
    Note(String),
    /// Answers, in the language that the citizen reads.
    Answer(String, String),
    /// Declines, for a reason.
    Decline(String),
    /// Closes what was answered or declined.
    Close,
    /// Instructs this account to do something by a day.
    Instruct(String, Date, String),
    /// Notes that what was promised was done, and what exactly.
    Implement(String, String),
}

/// Why something cannot be done with a matter as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unfit {
    /// It stands where this cannot follow.
    State,
    /// A reason or an answer is missing.
    NoWords,
    /// There are too many words.
    TooLong,
    /// There is no such body, or it has the matter already.
    Body,
    /// The day is not later than the one that it has.
    Day,
}

/// What a citizen says weeks after the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Solved {
    Yes,
    Partly,
    No,
}

impl Deed {
    /// Whether it is for who keeps control of all matters, and not for each who is responsible for one.
    pub(crate) fn is_of_control(&self) -> bool {
        matches!(
            self,
            Self::Give(_) | Self::Forward(..) | Self::Extend(..) | Self::Control(_) | Self::Instruct(..)
        )
    }

    /// What the matter is afterwards, and what is noted of it.
    pub(crate) fn done(
        self,
        reception: &Reception,
        matter: &Matter,
        (who, minute): (&str, Minute),
    ) -> Result<(Matter, MatterEvent), Unfit> {
        let after = |state: State| moved(reception.mechanism, matter, state);
        let (after, what, said, public) = match self {
            Self::Take => {
                let after = Matter { responsible: Some(who.to_owned()), ..after(State::Assigned)? };
                (after, "assigned", json!({"to": who}), true)
            }
            Self::Give(to) => {
                let said = json!({"to": to});
                (Matter { responsible: Some(to), ..after(State::Assigned)? }, "assigned", said, true)
            }
            Self::Forward(to, reason) => {
                let reason = words(&reason)?;
                let body = reception.body(&to).filter(|body| matter.body.as_deref() != Some(&body.id));
                let head = body.ok_or(Unfit::Body)?.head.clone();
                // Who has no head at the new body has fallen to whoever keeps control, and has to be given again.
                let after = if head.is_some() { after(State::Assigned)? } else { open(matter)? };
                let said = json!({"from": matter.body, "to": to, "reason": reason});
                (Matter { body: Some(to), responsible: head, ..after }, "forwarded", said, true)
            }
            Self::Extend(due, reason) => {
                let said = json!({"from": matter.due.map(Date::to_text), "to": due.to_text(), "reason": words(&reason)?});
                if matter.due.is_some_and(|before| due <= before) {
                    return Err(Unfit::Day);
                }
                (Matter { due: Some(due), ..open(matter)? }, "extended", said, true)
            }
            Self::Control(on) => {
                (Matter { control: on, ..matter.clone() }, "control", json!({"on": on}), true)
            }
            Self::Note(text) => (matter.clone(), "note", json!({"text": words(&text)?}), false),
            Self::Answer(text, lang) => {
                (after(State::Answered)?, "answer", json!({"text": words(&text)?, "lang": lang}), true)
            }
            Self::Decline(reason) => {
                (after(State::Declined)?, "declined", json!({"reason": words(&reason)?}), true)
            }
            Self::Close => (after(State::Closed)?, "closed", json!({}), true),
            Self::Instruct(to, due, text) => {
                let said = json!({"to": to, "due": due.to_text(), "text": words(&text)?});
                let after = Matter { responsible: Some(to), due: Some(due), ..after(State::Assigned)? };
                (after, "assigned", said, true)
            }
            Self::Implement(text, lang) => {
                let said = json!({"to": State::Implemented.name(), "text": words(&text)?, "lang": lang});
                (after(State::Implemented)?, "implemented", said, true)
            }
        };
        Ok((after, event((who, minute), what, &said, public)))
    }
}

impl Solved {
    pub(crate) const ALL: [Self; 3] = [Self::Yes, Self::Partly, Self::No];

    /// How it is written, in forms and in the history.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::Partly => "partly",
            Self::No => "no",
        }
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|solved| solved.name() == name)
    }

    /// What the matter is when a citizen has said so, in a few words that are masked as all that citizens type. What was not
    /// solved is open again and has this new day.
    pub(crate) fn said(
        self,
        matter: &Matter,
        (text, due): (&str, Option<Date>),
        minute: Minute,
    ) -> Result<(Matter, MatterEvent), Unfit> {
        let text = text.trim();
        if text.chars().count() > MOST_SAID {
            return Err(Unfit::TooLong);
        }
        let after = match self {
            Self::No => Matter { due, ..moved(Mechanism::Reception, matter, State::Assigned)? },
            Self::Yes | Self::Partly if matter.state.is_open() => return Err(Unfit::State),
            Self::Yes | Self::Partly => matter.clone(),
        };
        let mut said = Map::from_iter([("how".to_owned(), Value::from(self.name()))]);
        if !text.is_empty() {
            said.insert("text".to_owned(), Value::from(masked(text).unwrap_or_else(|| text.to_owned())));
        }
        if self == Self::No {
            said.extend(due.map(|due| ("due".to_owned(), Value::from(due.to_text()))));
        }
        Ok((after, event(("", minute), "solved", &Value::Object(said), true)))
    }
}

/// Whether it is time to ask a citizen: so many days after the last answer, and once for each answer.
pub(crate) fn is_to_be_asked(
    reception: &Reception,
    events: &[MatterEvent],
    (state, today): (State, Date),
    day_of: impl Fn(Minute) -> Option<Date>,
) -> bool {
    let last =
        events.iter().rev().find(|event| ["answer", "declined", "solved"].contains(&event.what.as_str()));
    let answered = last.filter(|event| event.what == "answer");
    let asked_from = answered.and_then(|event| day_of(event.minute)?.add_days(reception.asks_after));
    matches!(state, State::Answered | State::Closed) && asked_from.is_some_and(|from| from <= today)
}

/// What may still be done: a matter that is open.
fn open(matter: &Matter) -> Result<Matter, Unfit> {
    if matter.state.is_open() { Ok(matter.clone()) } else { Err(Unfit::State) }
}

fn moved(mechanism: Mechanism, matter: &Matter, state: State) -> Result<Matter, Unfit> {
    if mechanism.after(matter.state).contains(&state) {
        Ok(Matter { state, ..matter.clone() })
    } else {
        Err(Unfit::State)
    }
}

fn words(text: &str) -> Result<String, Unfit> {
    match text.trim() {
        "" => Err(Unfit::NoWords),
        text if text.chars().count() > MOST => Err(Unfit::TooLong),
        text => Ok(text.replace("\r\n", "\n")),
    }
}

fn event((who, minute): (&str, Minute), what: &str, said: &Value, public: bool) -> MatterEvent {
    // The store counts revisions.
    MatterEvent {
        revision: 0,
        minute,
        who: who.to_owned(),
        what: what.to_owned(),
        said: said.to_string(),
        public,
    }
}

#[cfg(test)]
mod tests;
