//! How long responses are kept: what definitions promise, and keeping to it.
//!
//! A response goes by the version that was answered, because its notice is what the citizen has read, and by the current
//! one where that promises less. What is over is deleted as if it were taken back; the work is in `retention/work.rs`.

mod work;

use crate::clock::Minute;
use crate::partial;
use crate::store::{Due, Store, StoreError, What};
use serde_json::Value;

pub(crate) use work::{keep_up, round};

/// Minutes of a day.
pub(crate) const DAY: i64 = 24 * 60;

/// After how many days what is deleted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Rule {
    /// Whole responses.
    pub(crate) responses: Option<i64>,
    /// What was typed in them.
    pub(crate) texts: Option<i64>,
}

/// What goes by the version that was answered.
const OF_VERSION: [What; 3] = [What::Responses, What::Texts, What::Partials];

/// A rule for one thing in the responses to one version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Bound {
    pub(crate) survey: String,
    pub(crate) version: String,
    pub(crate) what: What,
    pub(crate) days: i64,
}

impl Rule {
    /// As a definition says.
    pub(crate) fn of(definition: &Value) -> Self {
        let days = |what: &str| definition["retention"][what].as_i64().filter(|days| *days > 0);
        Self { responses: days("responses"), texts: days("texts") }
    }

    /// What both keep to.
    fn and(self, other: Self) -> Self {
        let sooner = |one: Option<i64>, other: Option<i64>| one.into_iter().chain(other).min();
        Self { responses: sooner(self.responses, other.responses), texts: sooner(self.texts, other.texts) }
    }

    /// After how many days this goes. Parts of responses have a time of their own, which nobody can make longer.
    fn days(self, what: What) -> Option<i64> {
        match what {
            What::Responses | What::Votes => self.responses,
            // With their response they go anyway.
            What::Texts => {
                self.texts.filter(|texts| self.responses.is_none_or(|responses| *texts < responses))
            }
            What::Partials => {
                self.responses.into_iter().chain(self.texts).min().filter(|days| *days < partial::DAYS)
            }
        }
    }
}

impl Bound {
    /// What is over at this minute.
    pub(crate) fn due(&self, now: Minute) -> Due {
        Due {
            survey: self.survey.clone(),
            version: self.version.clone(),
            what: self.what,
            before: Minute(now.0.saturating_sub(self.days.saturating_mul(DAY))),
        }
    }
}

/// After how many days parts of responses go.
pub(crate) fn days_of_partials(rule: Rule) -> i64 {
    rule.days(What::Partials).unwrap_or(partial::DAYS)
}

/// Every rule there is, survey by survey and version by version.
pub(crate) async fn bounds(store: &dyn Store) -> Result<Vec<Bound>, StoreError> {
    let mut bounds = Vec::new();
    for (survey, record) in store.surveys().await? {
        let of = |rule: Rule, version: &str, what| {
            let (survey, version) = (survey.clone(), version.to_owned());
            Some(Bound { survey, version, what, days: rule.days(what)? })
        };
        let current = rule(store, &survey, &record.version).await?;
        let mut every = current;
        for version in store.versions(&survey).await? {
            let rule = rule(store, &survey, &version).await?.and(current);
            bounds.extend(OF_VERSION.into_iter().filter_map(|what| of(rule, &version, what)));
            every = every.and(rule);
        }
        // Nobody knows which version somebody voted at: the shortest promise holds.
        bounds.extend(of(every, &record.version, What::Votes));
    }
    Ok(bounds)
}

async fn rule(store: &dyn Store, survey: &str, version: &str) -> Result<Rule, StoreError> {
    let definition = store.definition(survey, version).await?.unwrap_or_default();
    Ok(serde_json::from_str(&definition).map(|definition| Rule::of(&definition)).unwrap_or_default())
}

/// How much is over, rule by rule; what nothing is over of is left out.
pub(crate) async fn overdue(store: &dyn Store, now: Minute) -> Result<Vec<(Bound, u64)>, StoreError> {
    let mut found = Vec::new();
    for bound in bounds(store).await? {
        let over = store.overdue(&bound.due(now)).await?.over;
        if over > 0 {
            found.push((bound, over));
        }
    }
    Ok(found)
}

/// The first minute at which something that is there now is over; `None` where nothing ever is.
pub(crate) async fn until(store: &dyn Store, now: Minute) -> Result<Option<Minute>, StoreError> {
    let mut until: Option<Minute> = None;
    for bound in bounds(store).await? {
        if let Some(oldest) = store.overdue(&bound.due(now)).await?.oldest {
            let over = Minute(oldest.0.saturating_add(bound.days.saturating_mul(DAY)));
            until = Some(until.map_or(over, |until| until.min(over)));
        }
    }
    Ok(until)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn of_two_promises_the_shorter_is_kept_and_what_is_not_promised_is_not_done() {
        let rule = |retention: Value| Rule::of(&json!({"retention": retention}));
        let both = rule(json!({"responses": 730, "texts": 90})).and(rule(json!({"responses": 365})));
        assert_eq!(both, Rule { responses: Some(365), texts: Some(90) });
        assert_eq!(Rule::of(&json!({})), Rule::default());
        assert_eq!(Rule::default().days(What::Responses), None);
    }

    #[test]
    fn parts_are_never_kept_longer_than_their_responses() {
        let days = |responses, texts| Rule { responses, texts }.days(What::Partials);
        assert_eq!(days(Some(7), None), Some(7));
        assert_eq!(days(Some(365), Some(10)), Some(10));
        assert_eq!(days(Some(365), None), None, "they go before, by a rule of their own");
    }
}
