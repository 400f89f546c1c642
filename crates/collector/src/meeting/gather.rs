//! Gathers minutes out of what is known: who was there, the agenda, the questions with what became of them, the votes, and
//! what the secretary wrote.

use super::protocol::{Item, Protocol, Question, Vote};
use super::{Ballot, Codes, OTHER, Quorum, Written, ballots, words};
use crate::edition::Edition;
use crate::http::App;
use crate::mechanism::forum::{Idea, numbered, told_of};
use crate::mechanism::meeting::Meeting;
use crate::refusal::Refusal;
use crate::results::{self, Asking, Told, told};
use crate::store::{Matter, MatterEvent, Present, VoteTally};
use analysis::disclosure::{Rule, Why, line};
use matter::Shown;
use qulaq::Words;
use serde_json::Value;
use std::collections::HashMap;
use survey::calendar::Date;

/// Questions in minutes at most, those with the most support; how many others there are is said.
const MOST: usize = 500;

/// Questions read at a time.
const BATCH: usize = 100;

/// Which minutes are wanted.
pub(crate) struct Wanted<'a> {
    pub(crate) edition: &'a Edition,
    pub(crate) meeting: &'a Meeting,
    pub(crate) written: &'a Written,
    /// A language of the survey.
    pub(crate) lang: &'a str,
    /// What is hidden, because everybody is to read them; nothing where they are for the agency itself.
    pub(crate) rule: Option<Rule>,
}

/// The minutes as everything is now.
pub(crate) async fn gather(app: &App, wanted: &Wanted<'_>) -> Result<Protocol, Refusal> {
    let Wanted { edition, meeting, written, lang, .. } = *wanted;
    let gathering = Gathering { app, wanted, words: words::of(lang) };
    let present = app.store.present(&edition.survey.id).await.map_err(Refusal::of_store)?;
    let (questions, more) = gathering.questions().await?;
    let mut votes = Vec::new();
    for ballot in ballots(app, meeting).await? {
        votes.push(gathering.vote(&ballot).await?);
    }
    let text =
        |texts: &std::collections::BTreeMap<String, String>| texts.get(lang).cloned().unwrap_or_default();
    Ok(Protocol {
        lang: lang.to_owned(),
        title: edition.survey.title.get(lang).to_owned(),
        agency: edition.survey.agency.as_ref().map(|agency| agency.get(lang).to_owned()),
        number: written.number.clone(),
        held: gathering.held(),
        place: meeting.place.get(lang).to_owned(),
        chair: text(&written.chair),
        secretary: text(&written.secretary),
        present: gathering.present(&present),
        agenda: gathering.agenda(),
        questions,
        more,
        votes,
    })
}

struct Gathering<'a> {
    app: &'a App,
    wanted: &'a Wanted<'a>,
    words: Words,
}

impl Gathering<'_> {
    fn number(&self, number: u64) -> String {
        self.words.number(&number.to_string())
    }

    fn fill(&self, key: &str, value: (&str, String)) -> String {
        self.words.fill(key, &[value])
    }

    fn day(&self, day: Date) -> String {
        self.words.date(day.year().into(), day.month().into(), day.day().into())
    }

    fn held(&self) -> String {
        let meeting = self.wanted.meeting;
        let day = meeting.day().map(|day| self.day(day)).unwrap_or_default();
        format!("{day}, {}", meeting.time())
    }

    /// Counts of people of whom each is in one, and what they add up to, each as it may be told.
    fn told(&self, counts: &[u64]) -> (String, Vec<String>) {
        let Some(rule) = self.wanted.rule else {
            let each = counts.iter().map(|count| self.number(*count)).collect();
            return (self.number(counts.iter().sum()), each);
        };
        let line = line(counts, rule, false);
        // Of what is hidden nobody learns which of it is small.
        let hidden = match line.withheld {
            Some(Why::FewAnswers) => self.few(rule),
            _ => self.words.get("not_shown").to_owned(),
        };
        // Where every part is hidden the sum may still be told, if each of them could be as many as are told of.
        let all: u64 = counts.iter().sum();
        let is_safe = all >= rule.least() + counts.len().saturating_sub(1) as u64;
        let total = line.total.or(Some(all).filter(|_| is_safe));
        let told = |count: Option<u64>| count.map_or_else(|| hidden.clone(), |count| self.number(count));
        (told(total), line.cells.iter().copied().map(told).collect())
    }

    fn few(&self, rule: Rule) -> String {
        self.fill("fewer", ("least", rule.least().to_string()))
    }

    fn present(&self, present: &Present) -> Vec<String> {
        let (all, meeting) = (present.all(), self.wanted.meeting);
        let (total, each) = self.told(&[all.room, all.online]);
        let mut lines: Vec<String> =
            ["in_room", "online"].into_iter().zip(each).map(|(key, n)| self.fill(key, ("n", n))).collect();
        lines.push(self.fill("in_all", ("n", total)));
        lines.extend(meeting.eligible.map(|n| self.fill("eligible", ("n", self.number(n)))));
        lines.extend(Quorum::of(meeting, present).map(|quorum| {
            let key = if quorum.is_reached() { "quorum_reached" } else { "quorum_not" };
            self.fill(key, ("needed", self.number(quorum.needed)))
        }));
        lines
    }

    /// The items of the agenda, and what was not on it, if anything is written of that.
    fn agenda(&self) -> Vec<Item> {
        let Wanted { meeting, written, lang, .. } = *self.wanted;
        let own = meeting.agenda.iter().map(|item| (item.id.as_str(), item.text.get(lang)));
        let all = own.chain([(OTHER, self.words.get("other_item"))]);
        let items = all.map(|(id, text)| {
            let dealt = written.dealt(id, lang);
            (id, Item { text: text.to_owned(), said: dealt.said, decided: dealt.decided })
        });
        items
            .filter(|(id, item)| *id != OTHER || !item.said.is_empty() || !item.decided.is_empty())
            .map(|(_, item)| item)
            .collect()
    }

    /// The questions that everybody sees, those with the most support first, and a sentence about the others.
    async fn questions(&self) -> Result<(Vec<Question>, Option<String>), Refusal> {
        let survey = &self.wanted.edition.survey.id;
        let names = names(self.app).await?;
        let (mut questions, mut read) = (Vec::new(), 0);
        while questions.len() < MOST {
            let tallies = self.app.store.most_agreed(survey, false, (read, BATCH)).await;
            let tallies = tallies.map_err(Refusal::of_store)?;
            read += tallies.len();
            let numbers: Vec<_> = tallies.iter().map(|tally| tally.statement).collect();
            let ideas = numbered(self.app, &self.wanted.meeting.questions, (survey, &numbers)).await?;
            for idea in &ideas {
                let tally = tallies.iter().find(|tally| tally.statement == idea.matter.number);
                questions.push(self.question(idea, tally, &names).await?);
            }
            if tallies.len() < BATCH {
                break;
            }
        }
        let counts = self.app.store.matter_counts(survey).await.map_err(Refusal::of_store)?;
        let shown =
            counts.iter().filter(|count| count.shown == Shown::Shown).map(|count| count.count).sum::<u64>();
        let more = shown.saturating_sub(questions.len() as u64);
        let more = (more > 0 && questions.len() >= MOST)
            .then(|| self.fill("more_questions", ("n", self.number(more))));
        Ok((questions, more))
    }

    async fn question(
        &self,
        idea: &Idea,
        tally: Option<&VoteTally>,
        names: &HashMap<String, String>,
    ) -> Result<Question, Refusal> {
        let Matter { survey, number, state, responsible, due, .. } = &idea.matter;
        let events = self.app.store.matter_events(survey, *number).await.map_err(Refusal::of_store)?;
        let responsible = responsible.as_ref().map(|who| names.get(who).unwrap_or(who).clone());
        Ok(Question {
            number: number.to_string(),
            text: idea.title.clone(),
            support: self.support(tally),
            state: self.words.get(&format!("state_{}", state.name())).to_owned(),
            answer: last(&events, &["answer", "state", "declined"]),
            instruction: last(&events, &["assigned"]),
            responsible: responsible.unwrap_or_default(),
            due: due.map(|due| self.day(due)).unwrap_or_default(),
        })
    }

    fn support(&self, tally: Option<&VoteTally>) -> String {
        let agree = tally.map_or(0, |tally| tally.agree);
        let Some(rule) = self.wanted.rule else { return self.number(agree) };
        let told = tally.and_then(|tally| told_of(tally, rule)).and_then(|(_, [agree, ..])| agree);
        told.map_or_else(|| self.few(rule), |agree| self.number(agree))
    }

    async fn vote(&self, ballot: &Ballot) -> Result<Vote, Refusal> {
        let (lang, spent) = (self.wanted.lang, ballot.spent);
        let tier = self.words.get(&format!("tier_{}", ballot.edition.tier.name())).to_owned();
        let (total, each) = self.told(&[spent.room.used, spent.online.used, spent.elsewhere.used]);
        let codes = |key: &str, of: Codes, used: String| {
            self.words.fill(key, &[("issued", self.number(of.issued)), ("used", used)])
        };
        let mut lines = vec![tier, codes("codes", spent.all(), total)];
        let places = [("codes_room", spent.room), ("codes_online", spent.online)];
        let places = places.into_iter().zip(each).filter(|((_, of), _)| of.issued > 0);
        lines.extend(places.map(|((key, of), used)| codes(key, of, used)));
        let results = self.results(ballot).await?;
        if results.is_none() {
            lines.push(self.words.get("results_not").to_owned());
        }
        let survey = &ballot.edition.survey;
        let title = survey.title.get(survey.language(lang)).to_owned();
        Ok(Vote { title, lines, results: results.unwrap_or_default() })
    }

    /// What was voted; nothing where whoever reads this is not to know it.
    async fn results(
        &self,
        ballot: &Ballot,
    ) -> Result<Option<Vec<(String, Vec<(String, String)>)>>, Refusal> {
        let survey = &ballot.edition.survey;
        let lang = survey.language(self.wanted.lang);
        let told = match self.wanted.rule {
            None => Some(internal(self.app, &ballot.edition, lang).await?),
            Some(_) => public(self.app, ballot, lang).await?,
        };
        let hidden = self.words.get("not_shown");
        let count = |count: Option<u64>| count.map_or_else(|| hidden.to_owned(), |count| self.number(count));
        let in_words = |told: Told| {
            let asked = told.counts().into_iter().map(|(asked, answers)| {
                let answers = answers.into_iter().map(|(label, voted)| (label, count(voted)));
                (asked, answers.collect())
            });
            asked.collect()
        };
        Ok(told.map(in_words))
    }
}

/// What the agency itself sees of the answers to a survey.
async fn internal(app: &App, edition: &Edition, lang: &str) -> Result<Told, Refusal> {
    let figures = app.figures.of(&edition.survey.id).await.map_err(results::refusal)?;
    let figures = figures.ok_or(Refusal::UnknownSurvey)?;
    Ok(results::internal((&figures, None), edition, lang, (&app.days, (app.clock)())))
}

/// What everybody sees of them, if anything.
async fn public(app: &App, ballot: &Ballot, lang: &str) -> Result<Option<Told>, Refusal> {
    let Ballot { edition, current, .. } = ballot;
    let sharing = edition.sharing.as_ref();
    let sharing = sharing.filter(|sharing| sharing.shows(current.standing, Asking::Anybody));
    let Some(sharing) = sharing else { return Ok(None) };
    let results = results::results(app, current, sharing).await?;
    Ok(results.map(|results| told(edition, sharing, lang, (&app.days, Some(&results)))))
}

/// What accounts are called.
async fn names(app: &App) -> Result<HashMap<String, String>, Refusal> {
    let people = app.store.people().await.map_err(Refusal::of_store)?;
    Ok(people.into_iter().map(|person| (person.name, person.display)).collect())
}

/// The words that were said last with an event of these kinds that everybody may read.
fn last(events: &[MatterEvent], kinds: &[&str]) -> String {
    let events = events.iter().rev().filter(|event| event.public && kinds.contains(&event.what.as_str()));
    let mut words = events.filter_map(|event| {
        let said: Value = serde_json::from_str(&event.said).ok()?;
        let words = ["text", "reason"].into_iter().find_map(|field| said[field].as_str())?;
        (!words.is_empty()).then(|| words.to_owned())
    });
    words.next().unwrap_or_default()
}
