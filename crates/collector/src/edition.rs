//! Published versions, read once and kept in memory.

use crate::clock::Minute;
use crate::consultation::Consultation;
use crate::consultation::draft::Draft;
use crate::encoded::Encoded;
use crate::mechanism::Participation;
use crate::mechanism::feedback::Feedback;
use crate::mechanism::prioritising::Prioritising;
use crate::mechanism::reception::Reception;
use crate::media;
use crate::refusal::Refusal;
use crate::results::Sharing;
use crate::store::Store;
use crate::tier::Tier;
use crate::times::Standing;
use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use survey::{Fault, Pace, Survey};
use tokio::sync::OnceCell;

/// One published version of a survey.
#[derive(Debug)]
pub(crate) struct Edition {
    /// The survey as this version has it.
    pub(crate) survey: Arc<Survey>,
    /// The name of the version.
    pub(crate) version: String,
    /// Whether it is counted how often it is opened and started, and how far visitors come.
    pub(crate) counts: bool,
    /// Who sees results of it, if anybody.
    pub(crate) sharing: Option<Sharing>,
    /// How it is guarded.
    pub(crate) tier: Tier,
    /// What it is besides asking.
    pub(crate) participation: Option<Participation>,
    /// What it says of its reception, if it is one.
    pub(crate) reception: Option<Reception>,
    /// What it says about its consultation, where it is one.
    pub(crate) consultation: Option<Consultation>,
    /// The draft of its consultation, read when it is first asked for.
    pub(crate) draft: OnceCell<Option<Arc<Draft>>>,
    /// Whether it names pictures, sound or videos.
    pub(crate) has_media: bool,
    /// How it is asked about the pages of a site, if it is.
    pub(crate) feedback: Option<Feedback>,
    /// How it chooses among projects, if it does.
    pub(crate) prioritising: Option<Prioritising>,
    /// The same one question a page, made when it is first asked for; where nothing comes in a random order.
    one_by_one: OnceLock<Arc<Survey>>,
    /// The definition and its version as they are served, made when they are first asked for.
    pub(crate) body: OnceCell<Encoded>,
}

/// A survey as it stands.
#[derive(Clone, Debug)]
pub(crate) struct Current {
    /// Its current version.
    pub(crate) edition: Arc<Edition>,
    /// Whether it takes responses.
    pub(crate) standing: Standing,
}

/// The versions read so far. A version never changes, and only an author can add one, so none is ever thrown out.
#[derive(Debug, Default)]
pub(crate) struct Editions(Mutex<HashMap<(String, String), Arc<Edition>>>);

/// A definition in the store that this program cannot read.
#[derive(Debug)]
pub(crate) struct Unreadable(Vec<Fault>);

impl Edition {
    pub(crate) fn read(version: String, definition: &str) -> Result<Self, Unreadable> {
        let survey = Survey::read(definition).map_err(Unreadable)?;
        let has_media = media::are_in(&survey);
        let survey = Arc::new(survey);
        let definition: serde_json::Value = serde_json::from_str(definition).unwrap_or_default();
        let (sharing, tier) = (Sharing::of(&definition), Tier::of(&definition));
        Ok(Self {
            survey,
            version,
            counts: definition["counts"] == true,
            sharing,
            tier,
            participation: Participation::of(&definition),
            reception: Reception::of(&definition),
            consultation: Consultation::of(&definition),
            draft: OnceCell::new(),
            has_media,
            feedback: Feedback::of(&definition),
            prioritising: Prioritising::of(&definition),
            one_by_one: OnceLock::new(),
            body: OnceCell::new(),
        })
    }

    /// Whether each response to it opens a matter.
    pub(crate) fn opens_matters(&self) -> bool {
        self.participation.as_ref().is_some_and(|of| of.mechanism.opens_matters())
    }

    /// The survey as this version has it, for whoever keeps it.
    pub(crate) fn shared(&self) -> Arc<Survey> {
        Arc::clone(&self.survey)
    }

    /// The survey as it is asked at a pace, in the order that a response with this seed has.
    pub(crate) fn at_pace(&self, pace: Pace, seed: u32) -> Arc<Survey> {
        let make = |seed| Arc::new(Survey::clone(&self.survey).at_pace(pace, seed));
        match pace {
            Pace::All if self.survey.pace == Pace::All => Arc::clone(&self.survey),
            Pace::One if !self.survey.is_shuffled() => Arc::clone(self.one_by_one.get_or_init(|| make(0))),
            _ => make(seed),
        }
    }
}

impl Editions {
    /// The survey as the store has it at this moment, so that what another process published or closed counts at once.
    pub(crate) async fn current(
        &self,
        store: &dyn Store,
        survey: &str,
        now: Minute,
    ) -> Result<Current, Refusal> {
        let record = store.survey(survey).await.map_err(Refusal::of_store)?.ok_or(Refusal::UnknownSurvey)?;
        let edition = self.version(store, survey, &record.version).await?;
        Ok(Current { edition, standing: record.standing(now) })
    }

    /// One version of a survey.
    pub(crate) async fn version(
        &self,
        store: &dyn Store,
        survey: &str,
        version: &str,
    ) -> Result<Arc<Edition>, Refusal> {
        let key = (survey.to_owned(), version.to_owned());
        if let Some(edition) = self.lock().get(&key) {
            return Ok(Arc::clone(edition));
        }
        let definition = store.definition(survey, version).await.map_err(Refusal::of_store)?;
        let definition = definition.ok_or(Refusal::UnknownVersion)?;
        let edition = Edition::read(version.to_owned(), &definition)
            .map_err(|error| Refusal::internal("a published definition cannot be read", &error))?;
        Ok(Arc::clone(self.lock().entry(key).or_insert_with(|| Arc::new(edition))))
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<(String, String), Arc<Edition>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let faults: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&faults.join(" "))
    }
}

impl std::error::Error for Unreadable {}
