//! The reception of a demo: ten visitors with three topics and three bodies, whose matters have come differently far, and
//! the accounts of the heads.

use crate::clock::{self, Minute};
use crate::day::Days;
use crate::digest::sha256;
use crate::key::Key;
use crate::mechanism::reception::deed::Deed;
use crate::mechanism::reception::{Reception, received};
use crate::people::password::Hashed;
use crate::people::rights::{Role, Roles};
use crate::random;
use crate::receipt::Receipt;
use crate::store::{Changed, Matter, NewResponse, PersonRecord, Store};
use anyhow::{Context, Result, bail};
use data_encoding::HEXLOWER;
use matter::WorkingDays;
use serde::Deserialize;
use serde_json::Value;
use survey::canonical::canonical;
use survey::{Answers, Survey};

const SURVEY: &str = "reception";

/// The heads, by the names of their accounts in the example, and what the console calls them.
const HEADS: [(&str, &str); 3] =
    [("d.akhmetov", "Дәурен Ахметов"), ("s.omarova", "Сәуле Омарова"), ("b.kenzhebekov", "Болат Кенжебеков")];

/// Who gives and watches over matters.
const CONTROLLER: (&str, &str) = ("a.serikova", "Айгүл Серікова");

const DAY: i64 = 24 * 60;

/// A visitor of `reception.json`.
#[derive(Deserialize)]
struct Visitor {
    /// How many days ago.
    days_ago: i64,
    lang: String,
    answers: Value,
    /// What was done since, each some hours after the other.
    #[serde(default)]
    done: Vec<Done>,
}

/// What somebody did.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Done {
    Take,
    Note(String),
    Answer(String),
    Decline(String),
    Close,
    Control,
    Forward(String, String),
    /// By so many working days.
    Extend(u32, String),
}

/// A matter of the demo that somebody can follow: its number and the receipt.
pub(super) type Followed = (String, String);

/// Fills the reception, unless there is anything in it, and gives a matter to follow.
pub(super) async fn seed(store: &dyn Store) -> Result<Option<Followed>> {
    let Some(record) = store.survey(SURVEY).await? else { return Ok(None) };
    if !store.matter_counts(SURVEY).await?.is_empty() {
        return Ok(None);
    }
    for (name, display) in HEADS {
        add(store, (name, display), Role::Responsible).await?;
    }
    add(store, CONTROLLER, Role::Controller).await?;
    let definition = store.definition(SURVEY, &record.version).await?.unwrap_or_default();
    let definition: Value = serde_json::from_str(&definition)?;
    let desk = Desk {
        store,
        version: record.version,
        survey: Survey::from_published(&definition).context("the example of a reception cannot be read")?,
        reception: Reception::of(&definition).context("the example of a reception is none")?,
        key: Key::of_store(store, &random::system()).await?,
        days: Days::new()?,
        calendar: WorkingDays::kazakhstan()?,
        now: (clock::system())(),
    };
    let visitors: Vec<Visitor> = serde_json::from_str(include_str!("reception.json"))?;
    let mut followed = None;
    for visitor in visitors {
        followed = Some(desk.receive(visitor).await?);
    }
    Ok(followed)
}

/// Makes an account that nobody can sign in with: an owner gives it a password.
async fn add(store: &dyn Store, (name, display): (&str, &str), role: Role) -> Result<()> {
    let person = PersonRecord {
        name: name.to_owned(),
        display: display.to_owned(),
        password: Hashed::none(),
        lang: "kk".to_owned(),
        disabled: false,
        created: (clock::system())(),
        roles: Roles(vec![(Some(SURVEY.to_owned()), role)]),
    };
    // On data of an earlier run it is there.
    store.add_person(person).await?;
    Ok(())
}

/// What visitors come to.
struct Desk<'a> {
    store: &'a dyn Store,
    version: String,
    survey: Survey,
    reception: Reception,
    key: Key,
    days: Days,
    calendar: WorkingDays,
    now: Minute,
}

impl Desk<'_> {
    async fn receive(&self, visitor: Visitor) -> Result<Followed> {
        let id = HEXLOWER.encode(&random::bytes::<16>(&random::system())?);
        let minute = Minute(self.now.0 - visitor.days_ago * DAY);
        let receipt = Receipt::of(self.key.of_receipt(&id));
        let answers = visitor.answers.as_object().context("a visitor of the demo says nothing")?;
        let read = Answers::read(&self.survey, answers);
        let read = read.ok().context("what a visitor of the demo says is no answer")?;
        let matter = received(&self.days, minute)
            .and_then(|received| self.reception.open(&read, received, &self.calendar));
        let answers = canonical(&visitor.answers);
        let kept = self.store.keep(NewResponse {
            survey: SURVEY.to_owned(),
            version: self.version.clone(),
            minute,
            lang: visitor.lang.clone(),
            channel: "web".to_owned(),
            paradata: "{}".to_owned(),
            receipt: receipt.hash(),
            content: sha256(&answers),
            answers,
            id,
            quotas: Vec::new(),
            in_parts: false,
            invitation: None,
            matter,
        });
        kept.await.context("a matter of the demo was not kept")?;
        let mut matter = self.store.matter_with(receipt.hash()).await?.context("no matter was opened")?;
        let number = matter.number.to_string();
        for (done, step) in visitor.done.into_iter().zip(1..) {
            // No later than now, and none at the same time as the one before.
            let after = (visitor.days_ago * DAY / 6 * step).min(visitor.days_ago * DAY);
            matter = self.change(matter, (done, &visitor.lang), Minute(minute.0 + after)).await?;
        }
        Ok((number, receipt.to_string()))
    }

    async fn change(&self, matter: Matter, (done, lang): (Done, &str), minute: Minute) -> Result<Matter> {
        let head = matter.responsible.clone();
        let deed = match done {
            Done::Take => Deed::Take,
            Done::Note(text) => Deed::Note(text),
            Done::Answer(text) => Deed::Answer(text, lang.to_owned()),
            Done::Decline(reason) => Deed::Decline(reason),
            Done::Close => Deed::Close,
            Done::Control => Deed::Control(true),
            Done::Forward(body, reason) => Deed::Forward(body, reason),
            Done::Extend(days, reason) => match matter.due.map(|due| self.calendar.after(due, days)) {
                Some(Ok(due)) => Deed::Extend(due, reason),
                // Of a year that the calendar does not know.
                Some(Err(_)) | None => return Ok(matter),
            },
        };
        let who = if deed.is_of_control() { CONTROLLER.0 } else { head.as_deref().unwrap_or(CONTROLLER.0) };
        let done = deed.done(&self.reception, &matter, (who, minute));
        let (after, event) = done.ok().context("what was done in the demo cannot be done")?;
        match self.store.change_matter(&matter, after, event).await? {
            Changed::Done(matter) => Ok(matter),
            Changed::Stale(_) | Changed::Unknown => {
                bail!("a matter of the demo was changed by somebody else")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::demo::examples;
    use crate::store::{MatterFilter, Matters, Opening, Sqlite};
    use std::collections::BTreeSet;

    #[tokio::test]
    async fn ten_visitors_come_once_with_three_topics_to_three_bodies_and_their_matters_stand_differently() {
        let directory = tempfile::tempdir().unwrap();
        let store = Sqlite::open(directory.path(), Opening::OrCreate).unwrap();
        examples::publish(&store).await.unwrap();
        assert!(seed(&store).await.unwrap().is_some());
        assert!(seed(&store).await.unwrap().is_none());
        let matters = store.matters(SURVEY, &MatterFilter::default(), None, 99).await.unwrap();
        assert_eq!(matters.len(), 10);
        let topics: BTreeSet<_> = matters.iter().map(|matter| matter.subject.clone()).collect();
        let bodies: BTreeSet<_> = matters.iter().map(|matter| matter.body.clone()).collect();
        let states: BTreeSet<_> = matters.iter().map(|matter| matter.state).collect();
        assert_eq!((topics.len(), bodies.len(), states.len()), (3, 3, 5));
        assert!(matters.iter().any(|matter| matter.control));
    }
}
