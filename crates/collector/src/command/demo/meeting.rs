//! The meeting of a demo: who registered, the questions that were put with those who support them, and the codes of its vote.

use crate::clock::{self, Minute};
use crate::day::Days;
use crate::digest::sha256;
use crate::edition::Edition;
use crate::invitation::{self, Wanted};
use crate::key::Key;
use crate::store::{Ballot, Changed, Matter, MatterEvent, MatterFilter, NewResponse, NewVote, Said, Store};
use crate::{mechanism, random};
use anyhow::{Context, Result, anyhow, ensure};
use data_encoding::HEXLOWER;
use matter::{Shown, State, WorkingDays};
use serde::Deserialize;
use serde_json::{Value, json};
use survey::Answers;
use survey::canonical::canonical;

const SURVEY: &str = "meeting";
const VOTE: &str = "meeting-vote";

/// Registrations without a question: so many in the room and online.
const QUIET: [(i64, usize); 2] = [(1, 58), (2, 21)];

/// Questions at the end of the list that wait for a moderator.
const WAITING: usize = 2;

/// The batches of codes for the vote, with how many there are.
const BATCHES: [(&str, usize); 2] = [("room", 90), ("online", 40)];

#[derive(Deserialize)]
struct Put {
    lang: String,
    attends: i64,
    needs: Vec<i64>,
    topic: i64,
    /// How many support it.
    supports: u32,
    question: String,
    /// What was answered; empty where nothing was.
    answer: String,
}

/// Fills the meeting, unless there is anything in it, and gives a code for its vote.
pub(super) async fn seed(store: &dyn Store) -> Result<Option<String>> {
    let questions: Vec<Put> = serde_json::from_str(include_str!("meeting.json"))?;
    let Some(record) = store.survey(SURVEY).await? else { return Ok(None) };
    if !store.matter_counts(SURVEY).await?.is_empty() {
        return Ok(None);
    }
    let definition = store.definition(SURVEY, &record.version).await?.context("the demo has published it")?;
    let edition = Edition::read(record.version, &definition)?;
    let now = (clock::system())();
    for (at, put) in (1..).zip(&questions) {
        let answers = json!({
            "attends": put.attends, "needs": put.needs, "question": put.question, "topic": put.topic,
        });
        register(store, &edition, (&put.lang, &answers), Minute(now.0 - at * 700)).await?;
    }
    let matters = store.matters(SURVEY, &MatterFilter::default(), None, questions.len()).await?;
    ensure!(matters.len() == questions.len(), "the meeting of the demo was filled by somebody else");
    let shown = matters.into_iter().zip(&questions).take(questions.len() - WAITING);
    for (matter, put) in shown {
        decide(store, matter, put, now).await?;
    }
    for (attends, times) in QUIET {
        for _ in 0..times {
            register(store, &edition, ("kk", &json!({ "attends": attends })), now).await?;
        }
    }
    codes(store, now).await
}

async fn register(
    store: &dyn Store,
    edition: &Edition,
    (lang, answers): (&str, &Value),
    minute: Minute,
) -> Result<()> {
    let mut fields = answers.as_object().cloned().unwrap_or_default();
    fields.retain(|_, answer| answer.as_array().is_none_or(|codes| !codes.is_empty()));
    let typed = Answers::read(&edition.survey, &fields).map_err(|problems| anyhow!("{problems:?}"))?;
    let (answers, random) = (canonical(&typed.to_value()), random::system());
    let kept = store.keep(NewResponse {
        id: HEXLOWER.encode(&random::bytes::<16>(&random)?),
        survey: SURVEY.to_owned(),
        version: edition.version.clone(),
        minute,
        lang: lang.to_owned(),
        channel: "web".to_owned(),
        paradata: "{}".to_owned(),
        // Nobody holds it.
        receipt: sha256(random::bytes::<32>(&random)?),
        content: sha256(&answers),
        answers,
        quotas: Vec::new(),
        in_parts: false,
        invitation: None,
        matter: mechanism::opening(edition, &typed, (&Days::new()?, &WorkingDays::kazakhstan()?), minute),
    });
    kept.await.map(drop).context("a registration of the demo was not kept")
}

/// Shows a question, answers it where it was, and lets others support it.
async fn decide(store: &dyn Store, matter: Matter, put: &Put, minute: Minute) -> Result<()> {
    let number = matter.number;
    let checked = Matter { shown: Shown::Shown, state: State::Checked, ..matter.clone() };
    let said = json!({ "from": "received", "to": "checked" });
    let matter = change(store, matter, checked, ("shown", said), minute).await?;
    if !put.answer.is_empty() {
        let answered = Matter { state: State::Answered, ..matter.clone() };
        let said = json!({ "text": put.answer, "lang": put.lang });
        change(store, matter, answered, ("answer", said), minute).await?;
    }
    for _ in 0..put.supports {
        let voter = random::bytes::<16>(&random::system())?;
        let votes = vec![NewVote { statement: number, said: Said::Agree, place: 1 }];
        store.cast(Ballot { survey: SURVEY.to_owned(), voter, minute, flags: String::new(), votes }).await?;
    }
    Ok(())
}

async fn change(
    store: &dyn Store,
    before: Matter,
    after: Matter,
    (what, said): (&str, Value),
    minute: Minute,
) -> Result<Matter> {
    let event = MatterEvent {
        revision: before.revision + 1,
        minute,
        who: "demo".to_owned(),
        what: what.to_owned(),
        said: said.to_string(),
        public: true,
    };
    match store.change_matter(&before, after, event).await? {
        Changed::Done(matter) => Ok(matter),
        Changed::Stale(_) | Changed::Unknown => {
            anyhow::bail!("a question of the demo was changed by somebody else")
        }
    }
}

/// Issues codes for the room and for those online apart, and gives one of the room.
async fn codes(store: &dyn Store, now: Minute) -> Result<Option<String>> {
    let random = random::system();
    let key = Key::of_store(store, &random).await?;
    let mut free = None;
    for (batch, count) in BATCHES {
        let wanted = Wanted { survey: VOTE.to_owned(), batch: batch.to_owned(), count, expires: None };
        let issued = invitation::issue(store, &key, (now, &random), wanted).await?;
        free = free.or_else(|| issued.first().map(crate::invitation::Code::printed));
    }
    Ok(free)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::demo::examples;
    use crate::store::{Invitations, Opening, Sqlite, Votes};

    #[tokio::test]
    async fn the_meeting_of_a_demo_is_filled_once() {
        let directory = tempfile::tempdir().unwrap();
        let store = Sqlite::open(directory.path(), Opening::OrCreate).unwrap();
        examples::publish(&store).await.unwrap();
        assert!(seed(&store).await.unwrap().is_some());
        assert!(seed(&store).await.unwrap().is_none());
        let agenda = store.most_agreed(SURVEY, false, (0, 100)).await.unwrap();
        assert_eq!(
            agenda.iter().map(|tally| tally.agree).collect::<Vec<_>>(),
            [41, 37, 29, 24, 18, 13, 6, 4]
        );
        let batches = store.invitations(VOTE).await.unwrap();
        assert_eq!(batches.iter().map(|batch| batch.issued).collect::<Vec<_>>(), [40, 90]);
    }
}
