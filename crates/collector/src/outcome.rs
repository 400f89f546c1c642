//! What came of a survey: what was heard and what was done, as it is published beside the form for ever (domain M10).
//!
//! Here is what an outcome says, what must be right about it before it is published, and what it quotes of the public
//! results. How it looks is in `outcome/html.rs`, what programs follow in `outcome/feed.rs`.

mod feed;
mod html;
mod words;

use crate::codebook::{Codebook, Statement, Voice, dates, disclosure};
use crate::edition::{Current, Edition};
use crate::export::Export;
use crate::figures::Keeper;
use crate::http::App;
use crate::key::Key;
use crate::refusal::Refusal;
use crate::results::{Frozen, Results, Sharing};
use crate::store::{Archived, Outcome, Store};
use anyhow::{Context, Result as Done};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;
use survey::Survey;

pub(crate) use feed::{Feed, Item, atom, json};
pub(crate) use html::{Look, block, content, entry, latest};
pub(crate) use words::of as words;

/// Characters of one text at most: two pages of paper. Three texts in three languages go through one form.
pub(crate) const LONGEST: usize = 4_000;

/// The texts in one language. Paragraphs have empty lines between.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Texts {
    /// What we heard.
    pub(crate) heard: String,
    /// What we did.
    pub(crate) did: String,
    /// What comes next, where anything does.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) next: String,
}

/// An outcome before it is published.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Draft {
    pub(crate) texts: BTreeMap<String, Texts>,
    /// The questions whose figures it quotes.
    #[serde(default)]
    pub(crate) questions: Vec<String>,
    /// The number of the outcome that it corrects.
    #[serde(default)]
    pub(crate) corrects: Option<u32>,
}

/// What an outcome says, as it is kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Said {
    texts: BTreeMap<String, Texts>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    corrects: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    quoted: Option<Quoted>,
}

/// Figures of the public results, with what must stand beside every figure that is published: how many answered, when,
/// in which mode, by which weights, what is hidden and how repeated answers were kept out (domain M10; AAPOR).
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Quoted {
    figures: Frozen,
    /// By language: headings with texts.
    about: BTreeMap<String, Vec<(String, String)>>,
}

/// What is wrong with a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// A text lacks in this language: `heard`, `did` or `next`.
    Missing(String, &'static str),
    /// A text is too long in this language.
    Long(String, &'static str),
    /// The survey is not in this language.
    Language(String),
    /// Nothing may be shown of this question.
    Question(String),
    /// There is no outcome of this number to correct.
    Corrects(u32),
}

/// An outcome that is published, with the version of the survey that its figures have their words of.
pub(crate) struct Shown {
    pub(crate) outcome: Outcome,
    pub(crate) said: Said,
    edition: Option<Arc<Edition>>,
}

/// Everything that is published of what came of a survey.
pub(crate) struct Published {
    pub(crate) survey: Arc<Survey>,
    /// The newest first.
    pub(crate) shown: Vec<Shown>,
    pub(crate) archived: Option<Archived>,
}

impl Texts {
    /// Each text with its name.
    pub(crate) fn each(&self) -> [(&'static str, &str); 3] {
        [("heard", &self.heard), ("did", &self.did), ("next", &self.next)]
    }
}

impl Draft {
    /// What is wrong with the texts: every language of the survey has all of them, and none is without the others (domain
    /// KZ-L4).
    pub(crate) fn inspect(&self, survey: &Survey, numbers: &[u32]) -> Vec<Fault> {
        let goes_on = self.texts.values().any(|texts| !texts.next.trim().is_empty());
        let mut faults = Vec::new();
        for lang in &survey.languages {
            let texts = self.texts.get(lang).cloned().unwrap_or_default();
            for (name, text) in texts.each() {
                let needed = name != "next" || goes_on;
                if needed && text.trim().is_empty() {
                    faults.push(Fault::Missing(lang.clone(), name));
                } else if text.chars().count() > LONGEST {
                    faults.push(Fault::Long(lang.clone(), name));
                }
            }
        }
        let others = self.texts.keys().filter(|lang| !survey.languages.contains(lang));
        faults.extend(others.cloned().map(Fault::Language));
        faults.extend(self.corrects.filter(|number| !numbers.contains(number)).map(Fault::Corrects));
        faults
    }

    /// The outcome as it will be kept. The draft is sound.
    ///
    /// # Errors
    /// The first question of which nothing may be shown.
    pub(crate) fn said(
        &self,
        edition: &Edition,
        shared: Option<(&Sharing, &Results)>,
        about: impl Fn(&str) -> Vec<Statement>,
    ) -> Result<Said, Fault> {
        let (texts, corrects) = (self.texts.clone(), self.corrects);
        let Some(first) = self.questions.first() else {
            return Ok(Said { texts, corrects, quoted: None });
        };
        let (sharing, results) = shared.ok_or_else(|| Fault::Question(first.clone()))?;
        let hidden = self.questions.iter().find(|name| !results.shown().any(|shown| shown == *name));
        if let Some(name) = hidden {
            return Err(Fault::Question(name.clone()));
        }
        let figures = Frozen::of(edition, sharing, results, &self.questions);
        let figures = figures.ok_or_else(|| Fault::Question(first.clone()))?;
        let points = |lang: &String| {
            let points = about(lang).into_iter().map(|point| (point.heading, point.text));
            (lang.clone(), points.collect())
        };
        let about = edition.survey.languages.iter().map(points).collect();
        Ok(Said { texts, corrects, quoted: Some(Quoted { figures, about }) })
    }
}

impl Said {
    /// As it is kept.
    pub(crate) fn json(&self) -> serde_json::Result<String> {
        serde_json::to_string(self)
    }

    /// The texts in a language, or in another that there is, with that.
    fn texts(&self, lang: &str) -> Option<(&str, &Texts)> {
        let texts = self.texts.get_key_value(lang).or_else(|| self.texts.first_key_value());
        texts.map(|(lang, texts)| (lang.as_str(), texts))
    }
}

impl Shown {
    /// What is about to be published, as it will stand.
    pub(crate) fn preview(outcome: Outcome, said: Said, edition: &Arc<Edition>) -> Self {
        Self { outcome, said, edition: Some(Arc::clone(edition)) }
    }

    async fn of(app: &App, outcome: Outcome) -> Result<Self, Refusal> {
        let said: Said = serde_json::from_str(&outcome.said)
            .map_err(|error| Refusal::internal("an outcome in the store cannot be read", &error))?;
        let edition = match &said.quoted {
            Some(quoted) => {
                let version = quoted.figures.version();
                Some(app.editions.version(&*app.store, &outcome.survey, version).await?)
            }
            None => None,
        };
        Ok(Self { outcome, said, edition })
    }
}

impl Published {
    /// All that is published of a survey.
    pub(crate) async fn of(app: &App, current: &Current) -> Result<Self, Refusal> {
        let survey = Arc::clone(&current.edition.survey);
        let outcomes = app.store.outcomes(&survey.id).await.map_err(Refusal::of_store)?;
        let archived = app.store.archived(&survey.id).await.map_err(Refusal::of_store)?;
        let mut shown = Vec::new();
        for outcome in outcomes {
            shown.push(Shown::of(app, outcome).await?);
        }
        Ok(Self { survey, shown, archived })
    }

    /// One outcome by itself.
    pub(crate) async fn one(app: &App, current: &Current, outcome: Outcome) -> Result<Self, Refusal> {
        let survey = Arc::clone(&current.edition.survey);
        Ok(Self { survey, shown: vec![Shown::of(app, outcome).await?], archived: None })
    }

    /// Whether there is nothing to say.
    pub(crate) fn is_empty(&self) -> bool {
        self.shown.is_empty() && self.archived.is_none()
    }
}

/// What must stand beside figures of a survey, by language: without any count, for some of those are small.
///
/// # Errors
/// When the store fails.
pub(crate) async fn about(
    store: &Arc<dyn Store>,
    key: &Key,
    keeper: &Keeper,
    survey: &str,
) -> Done<impl Fn(&str) -> Vec<Statement>> {
    let export = Export::of(&**store, key.clone(), survey).await?.context("there is no such survey")?;
    let codebook = Codebook::of(&**store, &export).await?;
    let figures = keeper.of(survey).await?;
    let days = figures.as_ref().and_then(|figures| figures.by_word("response_day")).cloned();
    let mut days: Vec<String> =
        days.into_iter().flatten().filter(|(_, responses)| *responses > 0).map(|(day, _)| day).collect();
    days.sort_unstable();
    Ok(move |lang: &str| {
        let voice = Voice::of(lang);
        let between = days.first().zip(days.last()).map(|(from, to)| dates(&voice, from, to));
        disclosure(&codebook, &voice).into_iter().chain(between).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn survey() -> Survey {
        let definition = include_str!("../../../examples/surveys/page-useful.json");
        Survey::read(definition).unwrap()
    }

    fn draft(texts: &[(&str, [&str; 3])]) -> Draft {
        let texts = texts.iter().map(|(lang, [heard, did, next])| {
            let texts = Texts { heard: (*heard).into(), did: (*did).into(), next: (*next).into() };
            ((*lang).to_owned(), texts)
        });
        Draft { texts: texts.collect(), ..Draft::default() }
    }

    #[test]
    fn every_language_says_everything_or_nothing_is_published() {
        let survey = survey();
        let whole: Vec<_> = survey.languages.iter().map(|lang| (lang.as_str(), ["a", "b", ""])).collect();
        assert_eq!(draft(&whole).inspect(&survey, &[]), []);
        let first = survey.languages[0].clone();
        let one = draft(&[(&first, ["a", " \n", "c"])]).inspect(&survey, &[]);
        assert!(one.contains(&Fault::Missing(first, "did")));
        let second = survey.languages[1].clone();
        assert!(one.contains(&Fault::Missing(second.clone(), "heard")));
        assert!(one.contains(&Fault::Missing(second, "next")), "what comes next is said to all or to none");
    }

    #[test]
    fn a_foreign_language_too_long_a_text_and_a_correction_of_nothing_are_told() {
        let survey = survey();
        let long = "ә".repeat(LONGEST + 1);
        let lang = survey.languages[0].clone();
        let draft =
            Draft { corrects: Some(3), ..draft(&[(&lang, [&long, "b", ""]), ("de", ["a", "b", ""])]) };
        let faults = draft.inspect(&survey, &[1, 2]);
        assert!(faults.contains(&Fault::Long(lang, "heard")));
        assert!(faults.contains(&Fault::Language("de".to_owned())));
        assert!(faults.contains(&Fault::Corrects(3)));
    }
}
