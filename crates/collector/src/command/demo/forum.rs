//! The forum of a demo: ideas in Kazakh and Russian, most of them shown, and the votes of three camps.

use crate::clock::{self, Minute};
use crate::random;
use crate::store::{
    Ballot, Changed, Matter, MatterEvent, NewMatter, NewResponse, NewVote, Said, Store, Voice,
};
use anyhow::{Context, Result, ensure};
use data_encoding::HEXLOWER;
use matter::{MatterNumber, Shown, State};
use serde::Deserialize;
use serde_json::{Value, json};
use survey::canonical::canonical;

use crate::digest::sha256;

const SURVEY: &str = "forum";

/// Voters of each camp. What a camp thinks of an idea is a sign of its `mind`.
const CAMPS: [u32; 3] = [90, 70, 60];

/// Of so many votes one is another, and of so many ideas one was not voted on.
const STRAY: u64 = 9;
const UNVOTED: u64 = 5;

/// Ideas at the end of the list that wait for a moderator.
const WAITING: usize = 2;

#[derive(Deserialize)]
struct Idea {
    lang: String,
    topic: i64,
    place: i64,
    mind: String,
    idea: String,
    more: String,
}

/// Fills the forum, unless there is anything in it.
pub(super) async fn seed(store: &dyn Store) -> Result<()> {
    let ideas: Vec<Idea> = serde_json::from_str(include_str!("forum.json"))?;
    let Some(record) = store.survey(SURVEY).await? else { return Ok(()) };
    if !store.matter_counts(SURVEY).await?.is_empty() {
        return Ok(());
    }
    let now = (clock::system())();
    for (at, idea) in ideas.iter().enumerate() {
        // A day and a bit between two ideas.
        let age = i64::try_from(ideas.len() - at)? * 1500;
        propose(store, &record.version, idea, Minute(now.0 - age)).await?;
    }
    let matters = store.matters(SURVEY, &crate::store::MatterFilter::default(), None, ideas.len()).await?;
    ensure!(matters.len() == ideas.len(), "the forum of the demo was filled by somebody else");
    let (shown, _) = matters.split_at(ideas.len() - WAITING);
    for (matter, at) in shown.iter().zip(0..) {
        show(store, matter.clone(), at, now).await?;
    }
    let numbers: Vec<MatterNumber> = shown.iter().map(|matter| matter.number).collect();
    vote(store, &ideas, &numbers, now).await
}

async fn propose(store: &dyn Store, version: &str, idea: &Idea, minute: Minute) -> Result<()> {
    let id = HEXLOWER.encode(&random::bytes::<16>(&random::system())?);
    let mut answers = json!({ "idea": idea.idea, "topic": idea.topic, "place": idea.place });
    if !idea.more.is_empty() {
        answers["more"] = Value::from(idea.more.as_str());
    }
    let answers = canonical(&answers);
    let matter = NewMatter {
        year: 2026,
        subject: Some(idea.topic.to_string()),
        body: None,
        responsible: None,
        registered: None,
        due: None,
        shown: Shown::Waiting,
        voice: Voice::default(),
    };
    let kept = store.keep(NewResponse {
        survey: SURVEY.to_owned(),
        version: version.to_owned(),
        minute,
        lang: idea.lang.clone(),
        channel: "web".to_owned(),
        paradata: "{}".to_owned(),
        receipt: sha256(format!("receipt {id}")),
        content: sha256(&answers),
        answers,
        id,
        quotas: Vec::new(),
        in_parts: false,
        invitation: None,
        matter: Some(matter),
    });
    kept.await.map(drop).context("an idea of the demo was not kept")
}

/// Shows an idea; the first ones have come further.
async fn show(store: &dyn Store, matter: Matter, at: usize, now: Minute) -> Result<()> {
    let checked = Matter { shown: Shown::Shown, state: State::Checked, ..matter.clone() };
    let said = json!({ "from": "received", "to": "checked" });
    let matter = change(store, matter, checked, ("shown", said), now).await?;
    let further: &[(State, &str)] = match at {
        0 => &[
            (State::Assigned, "Тұрғын үй-коммуналдық шаруашылық бөліміне берілді."),
            (State::Answered, "Сегіз өткелдің жиектасы 2027 жылғы мамырға дейін төмендетіледі."),
        ],
        1 => &[(State::Implemented, "С 1 ноября остановки объявляют во всех автобусах маршрутов 1 и 3.")],
        4 => &[(
            State::Declined,
            "Газоны во дворах нельзя занимать под стоянки: этого не допускают правила благоустройства.",
        )],
        _ => &[],
    };
    let mut matter = matter;
    for (state, text) in further {
        let key = if state.needs_reason() { "reason" } else { "text" };
        let said = json!({ "from": matter.state.name(), "to": state.name(), key: text });
        let after = Matter { state: *state, ..matter.clone() };
        matter = change(store, matter, after, ("state", said), now).await?;
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
            anyhow::bail!("an idea of the demo was changed by somebody else")
        }
    }
}

async fn vote(store: &dyn Store, ideas: &[Idea], numbers: &[MatterNumber], minute: Minute) -> Result<()> {
    let mut dice = Dice(1);
    for (camp, size) in CAMPS.into_iter().enumerate() {
        for _ in 0..size {
            let mut votes = Vec::new();
            for (idea, statement) in ideas.iter().zip(numbers) {
                if dice.roll(UNVOTED) == 0 {
                    continue;
                }
                let own =
                    if idea.mind.as_bytes().get(camp) == Some(&b'+') { Said::Agree } else { Said::Disagree };
                let said = match dice.roll(STRAY) {
                    0 => Said::Pass,
                    1 if own == Said::Agree => Said::Disagree,
                    1 => Said::Agree,
                    _ => own,
                };
                let place = u32::try_from(votes.len() + 1)?;
                votes.push(NewVote { statement: *statement, said, place });
            }
            let voter = random::bytes::<16>(&random::system())?;
            let ballot = Ballot { survey: SURVEY.to_owned(), voter, minute, flags: String::new(), votes };
            store.cast(ballot).await?;
        }
    }
    Ok(())
}

/// Numbers that look random and are the same in every demo.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::demo::examples;
    use crate::store::{Opening, Sqlite, Votes};

    #[tokio::test]
    async fn the_forum_of_a_demo_is_filled_once_and_its_camps_are_found_again() {
        let directory = tempfile::tempdir().unwrap();
        let store = Sqlite::open(directory.path(), Opening::OrCreate).unwrap();
        examples::publish(&store).await.unwrap();
        seed(&store).await.unwrap();
        seed(&store).await.unwrap();
        let shown = store.least_voted(SURVEY, false, 100).await.unwrap();
        assert_eq!(shown.len(), 12);
        let mut votes = analysis::opinion::Votes::on(shown.len());
        let mut rows: std::collections::BTreeMap<_, Vec<_>> = std::collections::BTreeMap::new();
        for vote in store.votes(SURVEY, None, 10_000).await.unwrap() {
            let at = shown.iter().position(|tally| tally.statement == vote.statement).unwrap();
            let said = match vote.said {
                Said::Agree => analysis::opinion::Vote::Agree,
                Said::Disagree => analysis::opinion::Vote::Disagree,
                Said::Pass | Said::Seen => analysis::opinion::Vote::Pass,
            };
            rows.entry(vote.voter).or_default().push((at, said));
        }
        rows.into_values().for_each(|row| votes.add(row));
        let told = analysis::opinion::opinion(&votes, 10).unwrap();
        assert_eq!(told.groups.unwrap().sizes.len(), CAMPS.len());
    }
}
