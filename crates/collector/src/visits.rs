//! How often a survey is opened and started, and how far visitors come, where its author asks for it: sums by day, language
//! and channel. Nothing is known of any one visit, neither who it was nor that two were the same person's.
//!
//! Sums are gathered in memory and added to those in the store every few seconds. What was gathered is lost with a program
//! that is killed: these are counts of visits, and no answers.

use crate::edition::Edition;
use crate::http::App;
use crate::store::{Counted, Store, StoreError};
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Between two times that sums are written.
const PAUSE: Duration = Duration::from_secs(3);

/// What is counted of one survey in a minute at most: a hundred a second. Whoever makes up visits makes up no more, and
/// no address must be remembered to see to it.
const MOST_A_MINUTE: u32 = 6_000;

/// Channels that visits come by.
pub(crate) const CHANNELS: [&str; 2] = ["web", "embed"];

/// What is said of it to citizens, in Kazakh, Russian and English.
const SAID: [(&str, &str); 3] = [
    (
        "kk",
        "Сауалнаманың күніне қанша рет ашылғаны, басталғаны және адамдардың қай бетке дейін жеткені ғана саналады. Кім \
         екеніңіз белгісіз қалады, құрылғыңызда ештеңе сақталмайды.",
    ),
    (
        "ru",
        "Считается только, сколько раз в день опрос открыли, начали и до какой страницы дошли. Кто вы, остаётся \
         неизвестным, и на вашем устройстве ничего не сохраняется.",
    ),
    (
        "en",
        "All that is counted is how often a day the survey is opened and started, and which page people come to. Who you \
         are stays unknown, and nothing is stored on your device.",
    ),
];

/// Something of a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    /// The form was in view.
    Opened,
    /// There was a first answer.
    Started,
    /// The response was sent.
    Completed,
    /// The page with this number was come to; everybody who opens is on the first.
    Page(usize),
}

impl What {
    /// What a browser may say that it was.
    pub(crate) fn read(text: &str) -> Option<Self> {
        match text {
            "opened" => Some(Self::Opened),
            "started" => Some(Self::Started),
            page => Some(Self::Page(page.strip_prefix("page:")?.parse().ok().filter(|number| *number > 1)?)),
        }
    }
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Opened => f.write_str("opened"),
            Self::Started => f.write_str("started"),
            Self::Completed => f.write_str("completed"),
            Self::Page(number) => write!(f, "page:{number}"),
        }
    }
}

/// The sums that are not written yet.
#[derive(Clone, Debug, Default)]
pub struct Visits(Arc<Mutex<Gathered>>);

#[derive(Debug, Default)]
struct Gathered {
    sums: HashMap<Counted, u64>,
    /// Whether somebody is about to write them.
    is_due: bool,
    /// What was counted of each survey in this minute.
    minute: i64,
    taken: HashMap<String, u32>,
}

impl Visits {
    /// Writes what was gathered. What could not be written is kept for the next time.
    ///
    /// # Errors
    /// When the store does not take it.
    pub async fn flush(&self, store: &dyn Store) -> Result<(), StoreError> {
        let sums: Vec<(Counted, u64)> = {
            let mut gathered = self.lock();
            gathered.is_due = false;
            gathered.sums.drain().collect()
        };
        if sums.is_empty() {
            return Ok(());
        }
        let written = store.add_visits(sums.clone()).await;
        if written.is_err() {
            let mut gathered = self.lock();
            sums.into_iter()
                .for_each(|(counted, number)| *gathered.sums.entry(counted).or_default() += number);
        }
        written
    }

    /// Counts; `false` when there is no room for more in this minute.
    fn add(&self, counted: Counted, minute: i64, store: &Arc<dyn Store>) -> bool {
        let mut gathered = self.lock();
        if gathered.minute != minute {
            gathered.minute = minute;
            gathered.taken.clear();
        }
        let taken = gathered.taken.entry(counted.survey.clone()).or_default();
        if *taken >= MOST_A_MINUTE {
            return false;
        }
        *taken += 1;
        *gathered.sums.entry(counted).or_default() += 1;
        if !std::mem::replace(&mut gathered.is_due, true) {
            self.write_soon(Arc::clone(store));
        }
        true
    }

    fn write_soon(&self, store: Arc<dyn Store>) {
        let visits = self.clone();
        tokio::spawn(async move {
            tokio::time::sleep(PAUSE).await;
            if let Err(error) = visits.flush(&*store).await {
                crate::refusal::log_failure("visits are counted in memory until they can be kept", &error);
            }
        });
    }

    fn lock(&self) -> MutexGuard<'_, Gathered> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Counts something of a visit, where the author asks for it; `false` when there is no room for more in this minute.
pub(crate) fn count(app: &App, edition: &Edition, (lang, channel): (&str, &str), what: What) -> bool {
    let now = (app.clock)();
    let (true, Ok(day)) = (edition.counts && CHANNELS.contains(&channel), app.days.of(now)) else {
        return true;
    };
    let counted = Counted {
        survey: edition.survey.id.clone(),
        day: day.to_string(),
        lang: lang.to_owned(),
        channel: channel.to_owned(),
        what: what.to_string(),
    };
    app.visits.add(counted, now.0, &app.store)
}

/// What is said of it below a form, once in each language of the survey: the script that counts shows that of the form.
pub(crate) fn sentences(edition: &Edition, lang: &str) -> String {
    if !edition.counts {
        return String::new();
    }
    let said = |tag: &String| {
        let base = tag.split('-').next().unwrap_or_default();
        let (of, text) = SAID.iter().find(|(known, _)| *known == base).unwrap_or(&SAID[0]);
        let hidden = if tag == lang { "" } else { " hidden" };
        format!("<p class=\"hint\" lang=\"{of}\" data-of=\"{}\"{hidden}>{text}</p>", crate::http::escape(tag))
    };
    let all: String = edition.survey.languages.iter().map(said).collect();
    format!("<div class=\"q counted\" data-counted>{all}</div>")
}

/// Sums of one day, language or channel, or of all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sums {
    pub(crate) opened: u64,
    pub(crate) started: u64,
    pub(crate) completed: u64,
}

/// What was counted of a survey.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Visited {
    pub(crate) all: Sums,
    pub(crate) by_day: BTreeMap<String, Sums>,
    pub(crate) by_language: BTreeMap<String, Sums>,
    pub(crate) by_channel: BTreeMap<String, Sums>,
    /// How many came to each page, from the second.
    pub(crate) pages: BTreeMap<usize, u64>,
}

impl Visited {
    /// What was counted until now.
    pub(crate) async fn at(app: &App, survey: &str) -> Result<Self, StoreError> {
        app.visits.flush(&*app.store).await?;
        Ok(Self::of(app.store.visits(survey).await?))
    }

    fn of(records: Vec<(Counted, u64)>) -> Self {
        let mut visited = Self::default();
        for (Counted { day, lang, channel, what, .. }, number) in records {
            if let Some(What::Page(page)) = What::read(&what) {
                *visited.pages.entry(page).or_default() += number;
                continue;
            }
            let sums = [
                &mut visited.all,
                visited.by_day.entry(day).or_default(),
                visited.by_language.entry(lang).or_default(),
                visited.by_channel.entry(channel).or_default(),
            ];
            for sums in sums {
                match what.as_str() {
                    "opened" => sums.opened += number,
                    "started" => sums.started += number,
                    _ => sums.completed += number,
                }
            }
        }
        visited
    }

    /// How many came no further than each of so many pages, in order. A count that cannot be (more came to a page than to
    /// the one before, because some were not counted there) leaves nobody behind.
    pub(crate) fn left(&self, pages: usize) -> Vec<u64> {
        let come = |page: usize| match page {
            1 => self.all.opened,
            page => self.pages.get(&page).copied().unwrap_or(0),
        };
        let further = |page: usize| if page < pages { come(page + 1) } else { self.all.completed };
        (1..=pages).map(|page| come(page).saturating_sub(further(page))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(day: &str, channel: &str, what: &str) -> Counted {
        let own = |text: &str| text.to_owned();
        Counted { survey: own("s"), day: own(day), lang: own("kk"), channel: own(channel), what: own(what) }
    }

    #[test]
    fn sums_add_up_by_day_language_and_channel_and_say_where_people_left() {
        let visited = Visited::of(vec![
            (counted("2026-11-22", "web", "opened"), 10),
            (counted("2026-11-22", "web", "page:2"), 6),
            (counted("2026-11-22", "web", "started"), 8),
            (counted("2026-11-23", "embed", "opened"), 30),
            (counted("2026-11-23", "embed", "page:2"), 9),
            (counted("2026-11-23", "embed", "page:3"), 7),
            (counted("2026-11-23", "embed", "completed"), 5),
        ]);
        assert_eq!(visited.all, Sums { opened: 40, started: 8, completed: 5 });
        assert_eq!(visited.by_day["2026-11-22"], Sums { opened: 10, started: 8, completed: 0 });
        assert_eq!(visited.by_channel["embed"].completed, 5);
        assert_eq!(visited.left(3), [25, 8, 2]);
        assert_eq!(Visited::default().left(2), [0, 0]);
    }

    #[test]
    fn a_browser_says_what_it_saw_and_nothing_else() {
        assert_eq!(What::read("page:2"), Some(What::Page(2)));
        for bad in ["completed", "page:1", "page:0", "page:-2", "page:", "page:2 ", "OPENED", ""] {
            assert_eq!(What::read(bad), None, "{bad}");
        }
    }
}
