//! What the pages of a site come to: answers, "no" and problems, page by page and week by week. It is added up in memory out
//! of the log of responses, and gone on with from where it stopped; what was taken back has everything counted anew.

use super::Feedback;
use crate::day::Days;
use crate::store::{BlockRange, Position, Store, StoreError, StoredResponse};
use jiff::civil::Date;
use serde_json::Value;
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use survey::{Domain, Survey};

/// Responses read at a time.
const BATCH: usize = 500;

/// Paths that are told apart. A site that has more, or somebody who makes them up, is counted as a whole alone.
const MOST: usize = 20_000;

/// Responses with words that are remembered of a page, the last ones.
const TEXTS: usize = 20;

/// What came of some pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    /// Responses that say whether the page is useful.
    pub(crate) answers: u64,
    /// Those that say no.
    pub(crate) no: u64,
    /// Those that say that there is a problem with it.
    pub(crate) problems: u64,
}

impl Tally {
    /// The share of those who were not helped: who said no, or that there is a problem.
    #[expect(clippy::cast_precision_loss, reason = "no site has two to the power of 53 answers")]
    pub(crate) fn share(&self) -> f64 {
        if self.answers == 0 { 0.0 } else { (self.no + self.problems) as f64 / self.answers as f64 }
    }

    fn add(&mut self, other: Self) {
        self.answers += other.answers;
        self.no += other.no;
        self.problems += other.problems;
    }
}

/// What came of one page, or of all: by the Monday of the week.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tallies {
    /// Week by week, the first one first.
    pub(crate) weeks: BTreeMap<Date, Tally>,
    /// Where the last responses with words of somebody's own stand, the last one last.
    pub(crate) texts: VecDeque<Position>,
}

impl Tallies {
    /// Over all weeks.
    pub(crate) fn all(&self) -> Tally {
        let mut all = Tally::default();
        self.weeks.values().for_each(|week| all.add(*week));
        all
    }
}

/// A page in the ranking.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Ranked {
    /// Its path.
    pub(crate) path: String,
    /// What came of it.
    pub(crate) tally: Tally,
}

/// All pages of a survey.
#[derive(Clone, Debug)]
pub(crate) struct Sums {
    feedback: Feedback,
    pages: HashMap<String, Tallies>,
    whole: Tallies,
    responses: u64,
    last: Position,
}

impl Sums {
    fn of(feedback: &Feedback) -> Self {
        let (pages, whole) = (HashMap::new(), Tallies::default());
        Self { feedback: feedback.clone(), pages, whole, responses: 0, last: Position::default() }
    }

    /// What came of one page, if it is ranked.
    pub(crate) fn page(&self, path: &str) -> Option<&Tallies> {
        self.pages.get(path).filter(|page| page.all().answers >= self.feedback.least)
    }

    /// What came of all of them.
    pub(crate) fn whole(&self) -> &Tallies {
        &self.whole
    }

    /// The pages whose paths begin so, those first of which most say that they were not helped; of two with the same share,
    /// the one with more answers. Beside them, how many have too few answers to be ranked.
    pub(crate) fn ranking(&self, prefix: &str) -> (Vec<Ranked>, usize) {
        let within = self.pages.iter().filter(|(path, _)| path.starts_with(prefix));
        let all = within.map(|(path, page)| Ranked { path: path.clone(), tally: page.all() });
        let (mut ranked, few): (Vec<Ranked>, Vec<Ranked>) =
            all.partition(|page| page.tally.answers >= self.feedback.least);
        ranked.sort_by(|a, b| {
            let by_share = b.tally.share().total_cmp(&a.tally.share());
            by_share.then(b.tally.answers.cmp(&a.tally.answers)).then_with(|| a.path.cmp(&b.path))
        });
        (ranked, few.len())
    }

    fn add(&mut self, survey: &Survey, response: &StoredResponse, monday: Date) {
        self.responses += 1;
        self.last = response.position;
        let answers: Value = serde_json::from_str(&response.answers).unwrap_or_default();
        let mut tally = Tally::default();
        self.feedback.count(&answers, &mut tally);
        let mut open = survey.questions().filter(|question| matches!(question.domain, Domain::Words(_)));
        let has_words = open.any(|question| answers.get(&question.name).is_some());
        let page = answers[&self.feedback.path].as_str().and_then(|path| {
            let is_known = self.pages.contains_key(path);
            (is_known || self.pages.len() < MOST).then(|| self.pages.entry(path.to_owned()).or_default())
        });
        for tallies in page.into_iter().chain([&mut self.whole]) {
            tallies.weeks.entry(monday).or_default().add(tally);
            if has_words {
                tallies.texts.push_back(response.position);
                if tallies.texts.len() > TEXTS {
                    tallies.texts.pop_front();
                }
            }
        }
    }
}

/// The sums of every survey that somebody has looked at.
#[derive(Debug, Default)]
pub(crate) struct Keeper(Mutex<HashMap<String, Slot>>);

/// Whoever comes second waits for whoever counts.
type Slot = Arc<tokio::sync::Mutex<Option<Arc<Sums>>>>;

impl Keeper {
    /// What the pages come to now.
    pub(crate) async fn of(
        &self,
        store: &dyn Store,
        (survey, feedback): (&Survey, &Feedback),
        days: &Days,
    ) -> Result<Arc<Sums>, StoreError> {
        let slot = {
            let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(all.entry(survey.id.clone()).or_default())
        };
        let mut kept = slot.lock().await;
        let mut sums = match kept.take() {
            Some(sums) if sums.feedback == *feedback && still_holds(store, survey, &sums).await? => sums,
            _ => Arc::new(Sums::of(feedback)),
        };
        go_on(Arc::make_mut(&mut sums), store, survey, days).await?;
        *kept = Some(Arc::clone(&sums));
        Ok(sums)
    }
}

/// Whether nothing of what was counted was taken back.
async fn still_holds(store: &dyn Store, survey: &Survey, sums: &Sums) -> Result<bool, StoreError> {
    let range = BlockRange { after: Position::default(), last: sums.last };
    Ok(store.count_responses(&survey.id, range).await? == sums.responses)
}

/// Counts what has come since.
async fn go_on(sums: &mut Sums, store: &dyn Store, survey: &Survey, days: &Days) -> Result<(), StoreError> {
    let mut before = None;
    loop {
        let batch = store.responses(&survey.id, sums.last, BATCH).await?;
        for response in &batch {
            // Many come in the same minute, and the calendar of a time zone is not for nothing.
            let monday = match before {
                Some((minute, monday)) if minute == response.minute => monday,
                _ => days.of(response.minute).ok().and_then(monday_of).unwrap_or(Date::ZERO),
            };
            before = Some((response.minute, monday));
            sums.add(survey, response, monday);
        }
        if batch.len() < BATCH {
            return Ok(());
        }
    }
}

/// The Monday of the week that a day lies in.
fn monday_of(day: Date) -> Option<Date> {
    let past = i64::from(day.weekday().to_monday_zero_offset());
    day.checked_sub(jiff::Span::new().try_days(past).ok()?).ok()
}
