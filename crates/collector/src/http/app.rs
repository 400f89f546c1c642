//! What every route can reach.

use super::body::Room;
use super::console::Signing;
use super::exporting::Exporting;
use super::fragment::Fragments;
use super::metrics::Audience;
use crate::clock::Clock;
use crate::consultation::board::Boards;
use crate::day::Days;
use crate::edition::{Current, Editions};
use crate::figures::Keeper;
use crate::guard::{Crowd, Demand, Guesses};
use crate::jobs::Jobs;
use crate::key::Key;
use crate::mechanism::feedback;
use crate::mechanism::forum::Opinions;
use crate::metrics::Metrics;
use crate::oidc::Provider;
use crate::origin::{Allowed, Origin};
use crate::package::Package;
use crate::random::{self, Random};
use crate::refusal::Refusal;
use crate::results::Shown;
use crate::security::{self, Contact};
use crate::store::Store;
use crate::visits::Visits;
use matter::WorkingDays;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use survey::calendar::Date;
use survey::{Occasion, Survey};

/// What a collector is made of.
pub struct Parts {
    /// Where everything is kept.
    pub store: Arc<dyn Store>,
    /// The time.
    pub clock: Clock,
    /// Randomness for ids and secrets.
    pub random: Random,
    /// The widget's files.
    pub package: Package,
    /// Where browsers reach this collector.
    pub public_url: Origin,
    /// Whose pages may call it.
    pub allow_origin: Vec<Allowed>,
    /// Whether search engines are asked to leave its pages out.
    pub noindex: bool,
    /// Where requests and responses are counted.
    pub metrics: Metrics,
    /// Who may read these counts.
    pub audience: Audience,
    /// The directory of downloads that are made in the background. It need not be there before one is.
    pub downloads: PathBuf,
    /// The agency's own provider, where people prove who they are to the console.
    pub provider: Option<Provider>,
    /// Whom to tell about a weakness.
    pub security_contact: Vec<Contact>,
    /// What is counted of visits and not written yet.
    pub visits: Visits,
    /// Which days offices work.
    pub calendar: WorkingDays,
}

/// The collector's state.
pub(crate) struct App {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) clock: Clock,
    pub(crate) random: Random,
    pub(crate) package: Package,
    pub(crate) days: Days,
    /// Which days offices work.
    pub(crate) calendar: WorkingDays,
    pub(crate) public_url: Origin,
    pub(crate) allow_origin: Vec<Allowed>,
    pub(crate) noindex: bool,
    /// What its own pages have in their heads besides: the script of a preview, elsewhere nothing.
    pub(crate) head: &'static str,
    pub(crate) key: Key,
    pub(crate) editions: Editions,
    pub(crate) fragments: Fragments,
    /// What the responses add up to.
    pub(crate) figures: Keeper,
    /// What was said in consultations.
    pub(crate) boards: Boards,
    /// The results that were shown last.
    pub(crate) shown: Shown,
    /// What the pages of sites come to.
    pub(crate) pages: feedback::Keeper,
    /// What was shown last of the opinions in forums.
    pub(crate) opinions: Opinions,
    pub(crate) metrics: Metrics,
    pub(crate) audience: Audience,
    /// Downloads that are made in the background.
    pub(crate) jobs: Arc<Jobs>,
    pub(crate) visits: Visits,
    /// What guards the door of the console.
    pub(crate) signing: Signing,
    pub(crate) provider: Option<Provider>,
    /// Who downloads, and how often.
    pub(crate) exporting: Arc<Exporting>,
    pub(crate) security_txt: Option<String>,
    /// What came lately.
    pub(crate) crowd: Crowd,
    /// How hard the work is that surveys ask for.
    pub(crate) demand: Demand,
    /// Codes of invitations that there are not.
    pub(crate) guesses: Guesses,
    /// Room for what is being read.
    pub(crate) room: Room,
}

impl App {
    pub(crate) async fn new(parts: Parts) -> anyhow::Result<Self> {
        let key = Key::of_store(&*parts.store, &parts.random).await?;
        let figures = Keeper::new(Arc::clone(&parts.store), key.clone());
        let (store, clock, random) = (Arc::clone(&parts.store), parts.clock.clone(), parts.random.clone());
        let jobs = Jobs::open(parts.downloads, store, clock, random)?;
        let security_txt = security::text(&parts.security_contact, &parts.public_url, (parts.clock)());
        Ok(Self {
            store: parts.store,
            clock: parts.clock,
            random: parts.random,
            package: parts.package,
            days: Days::new()?,
            calendar: parts.calendar,
            public_url: parts.public_url,
            allow_origin: parts.allow_origin,
            noindex: parts.noindex,
            head: "",
            key,
            editions: Editions::default(),
            fragments: Fragments::default(),
            figures,
            boards: Boards::default(),
            shown: Shown::default(),
            pages: feedback::Keeper::default(),
            opinions: Opinions::default(),
            metrics: parts.metrics,
            audience: parts.audience,
            jobs,
            visits: parts.visits,
            signing: Signing::default(),
            provider: parts.provider,
            exporting: Arc::default(),
            security_txt,
            crowd: Crowd::default(),
            demand: Demand::default(),
            guesses: Guesses::default(),
            room: Room::default(),
        })
    }

    /// The survey as it stands at this moment.
    pub(crate) async fn current(&self, survey: &str) -> Result<Current, Refusal> {
        self.editions.current(&*self.store, survey, (self.clock)()).await
    }

    /// The day in Kazakhstan.
    pub(crate) fn today(&self) -> Option<Date> {
        self.days.today((self.clock)())
    }

    /// What decides besides answers who is asked what, for somebody who begins now.
    pub(crate) fn occasion(&self, survey: &Survey) -> Result<Occasion, Refusal> {
        let seed = if survey.is_shuffled() {
            u32::from_le_bytes(random::bytes(&self.random).map_err(Refusal::of_randomness)?)
        } else {
            0
        };
        Ok(Occasion { seed, today: self.today() })
    }
}

impl fmt::Debug for Parts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Parts").field("public_url", &self.public_url).finish_non_exhaustive()
    }
}
