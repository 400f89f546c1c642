//! Results for everybody: what may be told of the answers to a survey, as its author allows, with small numbers hidden.
//!
//! Here is who sees them and when they are renewed. What they say in a language is in `results/told.rs`, how that looks
//! as a page in `results/html.rs`, and its words in `results/words.rs`; `results/frozen.rs` are figures that somebody has
//! published elsewhere.

mod file;
mod frozen;
mod html;
mod told;
mod words;

use crate::clock::Minute;
use crate::day::Days;
use crate::edition::{Current, Edition};
use crate::figures::{Figures, FiguresError};
use crate::http::App;
use crate::refusal::Refusal;
use crate::store::{Release, Store, StoreError};
use crate::times::Standing;
use analysis::Counts;
use analysis::disclosure::{Public, Rule, Totals, counter, may_refresh, publish, publish_beside};
use analysis::shape::{Kind, Shape};
use analysis::summary::{Summary, summaries};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub(crate) use file::Chart;
pub(crate) use frozen::Frozen;
pub(crate) use html::{bars, block, link, questions, quoted};
pub(crate) use told::{Told, told};
pub(crate) use words::title;

/// Who sees results.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Audience {
    /// Whoever has answered, and everybody once the survey is closed.
    AfterAnswering,
    /// Everybody at any time.
    Public,
    /// Everybody once it is closed.
    AfterClosing,
}

/// What an author says about results.
#[derive(Clone, Debug)]
pub(crate) struct Sharing {
    audience: Audience,
    rule: Rule,
    /// Questions of which nothing is said about a whole group.
    sensitive: BTreeSet<String>,
}

/// Who asks for results.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asking {
    /// Anybody.
    Anybody,
    /// A form that was just sent. Nobody proves it: it is a courtesy to answers that are still to come, no secret.
    AfterSending,
}

impl Sharing {
    /// As a definition says; `None` where nobody sees any.
    pub(crate) fn of(definition: &Value) -> Option<Self> {
        let audience = match definition["results"].as_str()? {
            "after_answering" => Audience::AfterAnswering,
            "public" => Audience::Public,
            "after_closing" => Audience::AfterClosing,
            _ => return None,
        };
        let rule = Rule::PUBLIC.raised_to(definition["results_min"].as_u64().unwrap_or_default());
        let questions = definition["pages"].as_array().into_iter().flatten();
        let questions = questions.flat_map(|page| page["questions"].as_array().into_iter().flatten());
        let sensitive = questions.filter(|question| question["sensitive"] == true);
        let sensitive =
            sensitive.filter_map(|question| Some(question["name"].as_str()?.to_owned())).collect();
        Some(Self { audience, rule, sensitive })
    }

    /// Counts of fewer people than this are hidden.
    pub(crate) fn least(&self) -> u64 {
        self.rule.least()
    }

    pub(crate) fn shows(&self, standing: Standing, asking: Asking) -> bool {
        match self.audience {
            Audience::Public => true,
            Audience::AfterAnswering => standing == Standing::Closed || asking == Asking::AfterSending,
            Audience::AfterClosing => standing == Standing::Closed,
        }
    }

    /// What may be told of these figures; `None` where too few answered.
    fn body(&self, figures: &Figures) -> Option<Body> {
        let responses = counter(figures.tally().responses, self.rule)?;
        Some(Body { responses, questions: self.questions(figures, Totals::Answers) })
    }

    fn questions(&self, figures: &Figures, totals: Totals) -> Vec<Public> {
        let summaries = figures.summaries();
        self.publish(figures, &summaries, &|summary, sensitive| {
            publish(summary, self.rule, sensitive, totals)
        })
    }

    /// The questions of a group, beside those of everybody.
    fn questions_of(&self, figures: &Figures, counts: &Counts, totals: Totals) -> Vec<Public> {
        let all = figures.summaries();
        let own = summaries(figures.columns(), figures.shapes(), counts);
        let beside = |summary: &Summary| all.iter().find(|known| known.question == summary.question);
        self.publish(figures, &own, &|summary, sensitive| match beside(summary) {
            Some(all) => publish_beside(summary, all, self.rule, sensitive, totals),
            None => publish(summary, self.rule, sensitive, totals),
        })
    }

    fn publish(
        &self,
        figures: &Figures,
        summaries: &[Summary],
        publish: &dyn Fn(&Summary, bool) -> Public,
    ) -> Vec<Public> {
        let told = figures.shapes().iter().zip(summaries).filter(|(shape, _)| is_told(figures, shape));
        let public = |(_, summary): (&Shape, &Summary)| {
            let sensitive = self.sensitive.contains(&summary.question);
            publish(summary, sensitive)
        };
        told.map(public).collect()
    }
}

/// The questions as those see them at this minute who work with the responses: with a threshold of their own (domain
/// DC1), also where nobody else sees results. Of a group, where its counts are given, beside those of everybody.
pub(crate) fn internal(
    (figures, group): (&Figures, Option<&Counts>),
    edition: &Edition,
    lang: &str,
    (days, minute): (&Days, Minute),
) -> Told {
    let sharing =
        Sharing { audience: Audience::AfterClosing, rule: Rule::INTERNAL, sensitive: BTreeSet::new() };
    let (questions, counts) = match group {
        None => (sharing.questions(figures, Totals::Responses), figures.counts()),
        Some(counts) => (sharing.questions_of(figures, counts, Totals::Responses), counts),
    };
    let results = Results { minute, body: Body { responses: counts.tally.responses, questions } };
    told(edition, &sharing, lang, (days, Some(&results)))
}

/// Words are never told, nor what is about a response and not in it.
fn is_told(figures: &Figures, shape: &Shape) -> bool {
    let first = shape.columns.first().and_then(|place| figures.columns().get(*place));
    shape.kind != Kind::Words && first.is_some_and(|column| !column.name.starts_with("response_"))
}

/// What is released: the same in every language.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Body {
    /// At least so many responses, in steps.
    responses: u64,
    questions: Vec<Public>,
}

/// Results as they are shown at this minute.
#[derive(Clone, Debug)]
pub(crate) struct Results {
    /// Since when they are shown.
    minute: Minute,
    body: Body,
}

/// Results that were shown last, with the minute in which they were looked for: nobody looks twice in a minute.
#[derive(Debug, Default)]
pub(crate) struct Shown(Mutex<Last>);

/// By survey: the minute, the version, and what was found.
type Last = HashMap<String, (Minute, String, Option<Arc<Results>>)>;

impl Shown {
    fn lock(&self) -> MutexGuard<'_, Last> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The results of a survey at this minute; `None` where there is nothing to show yet.
pub(crate) async fn results(
    app: &App,
    current: &Current,
    sharing: &Sharing,
) -> Result<Option<Arc<Results>>, Refusal> {
    let (survey, version) = (&current.edition.survey.id, &current.edition.version);
    let now = (app.clock)();
    if let Some((minute, of, results)) = app.shown.lock().get(survey)
        && (*minute, of) == (now, version)
    {
        return Ok(results.clone());
    }
    let released = renewed(app, survey, sharing, now).await.map_err(refusal)?;
    // Results with a lower threshold than the author wants now are shown again with their next step.
    let released = released.filter(|release| release.least >= sharing.least());
    let results = released.and_then(|release| {
        let body = serde_json::from_str(&release.body).ok()?;
        Some(Arc::new(Results { minute: release.minute, body }))
    });
    app.shown.lock().insert(survey.clone(), (now, version.clone(), results.clone()));
    Ok(results)
}

pub(crate) fn refusal(error: FiguresError) -> Refusal {
    match error {
        FiguresError::Store(error) => Refusal::of_store(error),
        other => Refusal::internal("results cannot be worked out", &other),
    }
}

/// What was released last, or what is released now because enough has changed since.
async fn renewed(
    app: &App,
    survey: &str,
    sharing: &Sharing,
    now: Minute,
) -> Result<Option<Release>, FiguresError> {
    let store = &*app.store;
    let before = store.released(survey).await.map_err(FiguresError::Store)?;
    if let Some(release) = &before
        && !is_due(store, release, sharing.rule).await.map_err(FiguresError::Store)?
    {
        return Ok(before);
    }
    let Some(figures) = app.figures.of(survey).await? else { return Ok(None) };
    let Some(body) = sharing.body(&figures) else { return Ok(None) };
    let last = figures.last();
    let withdrawn = store.count_withdrawn(survey, last).await.map_err(FiguresError::Store)?;
    let body = serde_json::to_string(&body).map_err(|error| FiguresError::Unreadable(Box::new(error)))?;
    let survey = survey.to_owned();
    let release = Release { survey, last, withdrawn, least: sharing.least(), minute: now, body };
    let replaced = before.map(|before| before.last);
    if store.release(release.clone(), replaced).await.map_err(FiguresError::Store)? {
        return Ok(Some(release));
    }
    // Another collector was quicker, and all show the same.
    store.released(&release.survey).await.map_err(FiguresError::Store)
}

/// Whether the answers of so many people have come or gone that the difference tells nothing about a few.
async fn is_due(store: &dyn Store, release: &Release, rule: Rule) -> Result<bool, StoreError> {
    let added = store.count_after(&release.survey, release.last, rule.least()).await?;
    let withdrawn = store.count_withdrawn(&release.survey, release.last).await?;
    Ok(may_refresh(added + withdrawn.saturating_sub(release.withdrawn), 0, rule))
}
