//! What a moderator decides about an idea, and what that changes.

use super::mechanism;
use crate::edition::Current;
use crate::http::console::guard::{Console, Fields};
use crate::mechanism::forum::{Forum, read};
use crate::people::deed::Act;
use crate::refusal::Refusal;
use crate::store::{Changed, Matter, MatterEvent};
use matter::{MatterNumber, Mechanism, Shown, State};
use serde_json::{Map, Value, json};

/// Characters of a reason or a note at most.
const LONGEST: usize = 2000;

/// A decision, with the revision that it was made of.
pub(super) struct Decision {
    revision: u64,
    what: What,
}

/// What is decided.
enum What {
    /// Everybody sees it.
    Show,
    /// Nobody does, by the rule of this number.
    Hide(Option<usize>),
    /// It says what another says.
    Link(Option<MatterNumber>),
    /// It goes on.
    Move(Option<State>, String),
    /// Somebody appealed, and this came of it.
    Appeal(String),
}

/// What became of a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Decided {
    Done,
    /// Somebody else changed it before.
    Stale,
    /// It is gone.
    Unknown,
    /// It needs a rule or a text.
    NeedsReason,
    /// There is no other idea of that number that it could be joined with.
    NoOther,
    /// What it goes on to is not what follows.
    NotNext,
}

impl Decided {
    /// The key of its words; none where there is nothing to say of it alone.
    pub(super) fn key(self) -> Option<&'static str> {
        match self {
            Self::Done => None,
            Self::Stale => Some("decision_stale"),
            Self::Unknown => Some("decision_unknown"),
            Self::NeedsReason => Some("decision_needs_reason"),
            Self::NoOther => Some("decision_no_other"),
            Self::NotNext => Some("decision_not_next"),
        }
    }
}

/// A change, with the word that it is noted under and what is said with it.
type Change = (Matter, &'static str, Map<String, Value>);

impl Decision {
    /// What the fields say about an idea; `None` where it is left as it is.
    pub(super) fn of(fields: &Fields, number: MatterNumber) -> Option<Self> {
        let field = |name: &str| fields.get(&format!("{name}-{number}")).to_owned();
        let text = || field("text").chars().take(LONGEST).collect();
        let what = match field("decision").as_str() {
            "show" => What::Show,
            "hide" => What::Hide(field("rule").parse().ok()),
            "link" => What::Link(field("same").parse().ok()),
            "move" => What::Move(State::named(&field("state")), text()),
            "appeal" => What::Appeal(text()),
            _ => return None,
        };
        Some(Self { revision: field("revision").parse().ok()?, what })
    }

    /// Carries it out, unless the idea is not any more what the moderator saw.
    pub(super) async fn take(
        self,
        console: &Console,
        (current, forum): (&Current, &Forum),
        number: MatterNumber,
    ) -> Result<Decided, Refusal> {
        let (store, survey) = (&console.app.store, &current.edition.survey.id);
        let matter = store.matter(survey, number).await.map_err(Refusal::of_store)?;
        let Some(before) = matter.filter(|matter| matter.state != State::Withdrawn) else {
            return Ok(Decided::Unknown);
        };
        if before.revision != self.revision {
            return Ok(Decided::Stale);
        }
        let (after, what, said) = match self.change(console, (forum, mechanism(current)), &before).await? {
            Ok(change) => change,
            Err(decided) => return Ok(decided),
        };
        let event = MatterEvent {
            revision: before.revision + 1,
            minute: (console.app.clock)(),
            who: console.signed.person.name.clone(),
            what: what.to_owned(),
            said: Value::Object(said).to_string(),
            public: true,
        };
        let changed = store.change_matter(&before, after, event).await.map_err(Refusal::of_store)?;
        match changed {
            Changed::Done(_) => {
                console.did(Act::Moderated, Some(survey), &format!("{number}: {what}")).await?;
                Ok(Decided::Done)
            }
            Changed::Stale(_) => Ok(Decided::Stale),
            Changed::Unknown => Ok(Decided::Unknown),
        }
    }

    /// What it makes of a matter.
    async fn change(
        self,
        console: &Console,
        (forum, mechanism): (&Forum, Mechanism),
        before: &Matter,
    ) -> Result<Result<Change, Decided>, Refusal> {
        let (from, after) = (before.state.name(), before.clone());
        Ok(match self.what {
            What::Show => {
                // Whoever shows it has looked at it.
                let state = if before.state == State::Received { State::Checked } else { before.state };
                let after = Matter { shown: Shown::Shown, same_as: None, state, ..after };
                Ok((after, "shown", object(json!({ "from": from, "to": state.name() }))))
            }
            What::Hide(rule) => match self::rule(console, forum, before, rule).await? {
                Some(reason) => {
                    let after = Matter { shown: Shown::Hidden, ..after };
                    Ok((after, "hidden", object(json!({ "reason": reason }))))
                }
                None => Err(Decided::NeedsReason),
            },
            What::Link(other) => match self::other(console, forum, before, other).await? {
                Some(other) => {
                    let after = Matter { shown: Shown::Shown, same_as: Some(other), ..after };
                    Ok((after, "linked", object(json!({ "to": other.to_string() }))))
                }
                None => Err(Decided::NoOther),
            },
            What::Move(state, text) => moved(mechanism, after, state, &text),
            What::Appeal(text) if text.is_empty() => Err(Decided::NeedsReason),
            What::Appeal(text) => Ok((after, "appeal", object(json!({ "text": text })))),
        })
    }
}

/// The matter in another state, which must be one that follows, with a reason where one is owed.
fn moved(mechanism: Mechanism, before: Matter, state: Option<State>, text: &str) -> Result<Change, Decided> {
    let state = state.filter(|state| mechanism.after(before.state).contains(state));
    let state = state.ok_or(Decided::NotNext)?;
    if state.needs_reason() && text.is_empty() {
        return Err(Decided::NeedsReason);
    }
    let key = if state.needs_reason() { "reason" } else { "text" };
    let mut said = object(json!({ "from": before.state.name(), "to": state.name() }));
    if !text.is_empty() {
        said.insert(key.to_owned(), Value::from(text));
    }
    Ok((Matter { state, ..before }, "state", said))
}

fn object(value: Value) -> Map<String, Value> {
    if let Value::Object(fields) = value { fields } else { Map::new() }
}

/// The public rule that an idea is hidden by, in the language of the idea.
async fn rule(
    console: &Console,
    forum: &Forum,
    matter: &Matter,
    rule: Option<usize>,
) -> Result<Option<String>, Refusal> {
    let ideas = read(&console.app, forum, vec![matter.clone()]).await?;
    let lang = ideas.first().map_or("", |idea| idea.lang.as_str());
    Ok(rule.and_then(|rule| forum.rules(lang).get(rule).map(|rule| (*rule).to_owned())))
}

/// Another idea that everybody sees and that stands for itself.
async fn other(
    console: &Console,
    forum: &Forum,
    matter: &Matter,
    number: Option<MatterNumber>,
) -> Result<Option<MatterNumber>, Refusal> {
    let Some(number) = number.filter(|number| *number != matter.number) else { return Ok(None) };
    let other = console.app.store.matter(&matter.survey, number).await.map_err(Refusal::of_store)?;
    let stands = |other: &Matter| forum.shows(other.shown) && other.same_as.is_none();
    Ok(other.filter(stands).map(|other| other.number))
}
