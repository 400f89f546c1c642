//! The manipulation report of a survey: what looks odd about its responses, and what its results would be without that.
//! Nothing is dropped by it; whoever publishes decides, and says so.

mod html;
mod reading;
mod words;

use crate::clock::Minute;
use crate::digest::sha256;
use crate::edition::Edition;
use crate::guard::{Flag, RULES};
use crate::people::deed::{Act, Deed};
use crate::store::{Position, Store, StoreError, StoredResponse};
use reading::{Asked, Read};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, HashMap};
use survey::fold::fold;
use survey::{Domain, Question};

pub(crate) use html::{document, html};

/// Responses read at a time, and entries of the log.
const BATCH: usize = 4096;

/// Characters from which on the same words twice are odd: shorter ones are what many people write.
const LONG: usize = 20;

/// The same words so often are a cluster.
const COPIES: u64 = 3;

/// Minutes and clusters that are listed.
const LISTED: usize = 20;

/// Entries of the log that are looked through.
const LOOKED_THROUGH: usize = 20_000;

/// What was found.
#[derive(Clone, Debug, Default)]
pub(crate) struct Report {
    pub(crate) responses: u64,
    /// By flag, in the order of [`Flag::ALL`].
    pub(crate) flagged: [u64; 5],
    /// Responses with any flag or a copied text: those that the cleaned totals leave out.
    pub(crate) odd: u64,
    /// Minutes with the most responses, of those with more than an ordinary one.
    pub(crate) minutes: Vec<(Minute, u64)>,
    /// Texts that stand in several responses.
    pub(crate) copies: Vec<Copied>,
    /// Questions with options: what was chosen, of all and of those that are not odd.
    pub(crate) totals: Vec<Total>,
    /// Who had the responses or read texts, and when.
    pub(crate) seen: Vec<Deed>,
}

/// The same words in several responses.
#[derive(Clone, Debug)]
pub(crate) struct Copied {
    pub(crate) question: String,
    pub(crate) responses: u64,
    /// How one of them wrote it.
    pub(crate) text: String,
}

/// A question of choice.
#[derive(Clone, Debug)]
pub(crate) struct Total {
    pub(crate) question: String,
    /// Code, and how often it was chosen: of all, and without the odd ones.
    pub(crate) codes: BTreeMap<i64, (u64, u64)>,
}

/// Who sees results, as the text of a definition says.
pub(crate) fn results(definition: &str) -> Option<String> {
    let definition: Value = serde_json::from_str(definition).unwrap_or_default();
    definition["results"].as_str().map(str::to_owned)
}

/// Makes the report of a survey as its current version asks. Responses go by once, and a second time only where there are
/// copied texts; of their texts a hash is kept meanwhile.
pub(crate) async fn report(store: &dyn Store, edition: &Edition) -> Result<Report, StoreError> {
    let survey = &edition.survey.id;
    let asked = Asked::of(&edition.survey);
    let totals: Vec<Total> = edition.survey.questions().filter_map(Total::of).collect();
    let mut report = Report { totals, ..Report::default() };
    let (mut minutes, mut texts) = (BTreeMap::<i64, u64>::new(), HashMap::<Words, u64>::new());
    each(store, survey, |response| {
        let read = asked.read(response);
        report.count(&read);
        *minutes.entry(response.minute.0).or_default() += 1;
        for (question, text) in read.texts() {
            *texts.entry(words(question, text)).or_default() += 1;
        }
    })
    .await?;
    texts.retain(|_, responses| *responses >= COPIES);
    if !texts.is_empty() {
        report.copies = copies(store, &asked, (survey, &texts), &mut report).await?;
    }
    report.minutes = busiest(&minutes);
    report.seen = seen(store, survey).await?;
    Ok(report)
}

/// Goes by the responses once more, leaves those with these texts out of the cleaned totals, and gives the texts that stand in
/// the most.
async fn copies(
    store: &dyn Store,
    asked: &Asked<'_>,
    (survey, texts): (&str, &HashMap<Words, u64>),
    report: &mut Report,
) -> Result<Vec<Copied>, StoreError> {
    let mut copies: HashMap<Words, Copied> = HashMap::new();
    each(store, survey, |response| {
        let read = asked.read(response);
        let mut is_copied = false;
        for (question, text) in read.texts() {
            let words = words(question, text);
            let Some(responses) = texts.get(&words) else { continue };
            let copied =
                || Copied { question: question.to_owned(), responses: *responses, text: text.to_owned() };
            copies.entry(words).or_insert_with(copied);
            is_copied = true;
        }
        if is_copied && !read.is_flagged() {
            report.leave_out(&read);
        }
    })
    .await?;
    let mut copies: Vec<Copied> = copies.into_values().collect();
    copies.sort_by(|a, b| b.responses.cmp(&a.responses).then_with(|| a.text.cmp(&b.text)));
    copies.truncate(LISTED);
    Ok(copies)
}

/// Words that were given to a question, however they were written: 128 bits of a hash.
type Words = [u8; 16];

fn words(question: &str, text: &str) -> Words {
    // A name has no space in it.
    let mut words = Words::default();
    words.copy_from_slice(&sha256(format!("{question} {}", fold(text)))[..16]);
    words
}

/// Shows every response. The next ones are read while these are looked at.
async fn each(
    store: &dyn Store,
    survey: &str,
    mut look: impl FnMut(&StoredResponse),
) -> Result<(), StoreError> {
    let mut batch = store.responses(survey, Position::default(), BATCH).await?;
    while let Some(last) = batch.last().filter(|_| batch.len() == BATCH) {
        let reading = store.responses(survey, last.position, BATCH);
        let (next, ()) = tokio::join!(reading, async { batch.iter().for_each(&mut look) });
        batch = next?;
    }
    batch.iter().for_each(look);
    Ok(())
}

/// The minutes with more than five times what a minute in which anything came has on the average, and more than ten.
fn busiest(minutes: &BTreeMap<i64, u64>) -> Vec<(Minute, u64)> {
    let all: u64 = minutes.values().sum();
    let average = all.div_ceil(minutes.len().max(1) as u64);
    let busy = minutes.iter().filter(|(_, count)| **count > 10 && **count > average.saturating_mul(5));
    let mut busy: Vec<(Minute, u64)> = busy.map(|(minute, count)| (Minute(*minute), *count)).collect();
    busy.sort_by_key(|(minute, count)| (std::cmp::Reverse(*count), minute.0));
    busy.truncate(LISTED);
    busy
}

/// What was done with the responses, out of the log.
async fn seen(store: &dyn Store, survey: &str) -> Result<Vec<Deed>, StoreError> {
    let (mut seen, mut before, mut looked) = (Vec::new(), None, 0);
    while looked < LOOKED_THROUGH {
        let deeds = store.deeds(before, BATCH).await?;
        looked += BATCH;
        before = deeds.last().map(|(number, _)| *number);
        let is_whole = deeds.len() == BATCH;
        let of_survey = deeds.into_iter().map(|(_, deed)| deed).filter(|deed| {
            deed.survey.as_deref() == Some(survey) && matches!(deed.act, Act::Downloaded | Act::ReadTexts)
        });
        seen.extend(of_survey);
        if !is_whole {
            break;
        }
    }
    Ok(seen)
}

impl Total {
    fn of(question: &Question) -> Option<Self> {
        let is_choice = matches!(question.domain, Domain::One | Domain::Several { .. });
        let codes = question.choices.iter().map(|choice| (choice.code, (0, 0))).collect();
        is_choice.then(|| Self { question: question.name.clone(), codes })
    }

    /// Counts how often each code was chosen, by this one response.
    fn add(&mut self, read: &Read<'_>) {
        let clean = u64::from(!read.is_flagged());
        for code in read.codes(&self.question) {
            let counted = self.codes.entry(code).or_default();
            *counted = (counted.0 + 1, counted.1 + clean);
        }
    }
}

impl Report {
    fn count(&mut self, read: &Read<'_>) {
        self.responses += 1;
        self.odd += u64::from(read.is_flagged());
        read.flags.iter().zip(&mut self.flagged).for_each(|(flag, count)| *count += u64::from(*flag));
        self.totals.iter_mut().for_each(|total| total.add(read));
    }

    /// Takes one that was counted as clean out of the cleaned totals.
    fn leave_out(&mut self, read: &Read<'_>) {
        self.odd += 1;
        for total in &mut self.totals {
            for code in read.codes(&total.question) {
                total.codes.entry(code).and_modify(|(_, clean)| *clean = clean.saturating_sub(1));
            }
        }
    }

    /// The same for programs. Words that people wrote are in it only for who may read them.
    pub(crate) fn json(&self, edition: &Edition, results: Option<&str>, reads_texts: bool) -> Value {
        let flags = Flag::ALL.into_iter().zip(self.flagged);
        let flags: Map<String, Value> =
            flags.map(|(flag, count)| (flag.name().to_owned(), Value::from(count))).collect();
        let copied = |copied: &Copied| {
            let text = reads_texts.then_some(&copied.text);
            json!({"question": copied.question, "responses": copied.responses, "text": text})
        };
        let total = |total: &Total| {
            let codes = total.codes.iter();
            let codes: Vec<Value> = codes
                .map(|(code, (raw, clean))| json!({"code": code, "raw": raw, "cleaned": clean}))
                .collect();
            json!({"question": total.question, "codes": codes})
        };
        let seen = |deed: &Deed| json!({"minute": deed.minute.0, "who": deed.who, "act": deed.act.name(), "details": deed.details});
        json!({
            "survey": edition.survey.id,
            "tier": edition.tier.name(),
            "results": results,
            "rules": RULES,
            "responses": self.responses,
            "flags": flags,
            "left_out_of_cleaned": self.odd,
            "minutes": self.minutes.iter().map(|(minute, n)| json!({"minute": minute.0, "responses": n})).collect::<Vec<_>>(),
            "copies": self.copies.iter().map(copied).collect::<Vec<_>>(),
            "totals": self.totals.iter().map(total).collect::<Vec<_>>(),
            "seen": self.seen.iter().map(seen).collect::<Vec<_>>(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minute_is_busy_by_what_the_others_have() {
        let even = (0..50).map(|minute| (minute, 40)).collect();
        assert!(busiest(&even).is_empty());
        let mut burst: BTreeMap<i64, u64> = (0..50).map(|minute| (minute, 2)).collect();
        burst.insert(7, 400);
        assert_eq!(busiest(&burst), [(Minute(7), 400)]);
        assert!(busiest(&BTreeMap::new()).is_empty());
    }
}
