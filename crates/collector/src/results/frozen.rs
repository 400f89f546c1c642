//! Results as they stood when somebody published them elsewhere: the same questions with the same figures for ever.

use super::{Audience, Body, Results, Sharing, Told, told};
use crate::clock::Minute;
use crate::day::Days;
use crate::edition::Edition;
use crate::store::Release;
use analysis::disclosure::{Public, Rule};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Figures of some questions, as they were released: what may not be shown is not in them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Frozen {
    /// The version of the survey, whose words the answers have.
    version: String,
    /// The minute since which they are shown.
    minute: i64,
    /// Counts of fewer people than this are hidden in them.
    least: u64,
    body: Body,
}

impl Results {
    /// The results that were released last.
    pub(crate) fn of_release(release: &Release) -> Option<Self> {
        Some(Self { minute: release.minute, body: serde_json::from_str(&release.body).ok()? })
    }

    /// The questions of which anything is shown.
    pub(crate) fn shown(&self) -> impl Iterator<Item = &str> {
        let shown = self.body.questions.iter().filter(|public| public.withheld.is_none());
        shown.map(|public| public.question.as_str())
    }
}

impl Frozen {
    /// The figures of these questions; `None` when of one of them nothing may be shown.
    pub(crate) fn of(
        edition: &Edition,
        sharing: &Sharing,
        results: &Results,
        names: &[String],
    ) -> Option<Self> {
        let find = |name: &String| {
            let find = |public: &&Public| public.question == *name && public.withheld.is_none();
            results.body.questions.iter().find(find).cloned()
        };
        let questions = names.iter().map(find).collect::<Option<Vec<_>>>()?;
        let body = Body { responses: results.body.responses, questions };
        let (version, least) = (edition.version.clone(), sharing.least());
        Some(Self { version, minute: results.minute.0, least, body })
    }

    /// The version of the survey that the figures have their words of.
    pub(crate) fn version(&self) -> &str {
        &self.version
    }

    /// The same in a language of that version.
    pub(crate) fn told(&self, edition: &Edition, lang: &str, days: &Days) -> Told {
        let rule = Rule::PUBLIC.raised_to(self.least);
        let sharing = Sharing { audience: Audience::AfterClosing, rule, sensitive: BTreeSet::new() };
        let results = Results { minute: Minute(self.minute), body: self.body.clone() };
        told(edition, &sharing, lang, (days, Some(&results)))
    }
}
