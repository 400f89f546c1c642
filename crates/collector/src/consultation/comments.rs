//! A comment: a matter with the words of its response.

use super::decision::{Decision, Verdict};
use super::{Consultation, ORGANISATION, WITH_NAME, WITHOUT_NAME};
use crate::refusal::Refusal;
use crate::store::{Matter, Position, Store, StoredResponse};
use matter::Shown;
use qulaq::Words;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// A comment that was kept.
#[derive(Clone, Debug)]
pub(crate) struct Comment {
    pub(crate) matter: Matter,
    /// The version of the draft that it is about.
    pub(crate) version: String,
    /// The language in which it was written.
    pub(crate) lang: String,
    answers: Map<String, Value>,
}

impl Comment {
    fn of(matter: Matter, response: &StoredResponse) -> Self {
        let answers = serde_json::from_str(&response.answers).unwrap_or_default();
        Self { matter, version: response.version.clone(), lang: response.lang.clone(), answers }
    }

    fn words(&self, name: Option<&str>) -> &str {
        name.and_then(|name| self.answers.get(name)).and_then(Value::as_str).unwrap_or_default()
    }

    fn code(&self, name: Option<&str>) -> Option<i64> {
        self.answers.get(name?)?.as_i64()
    }

    /// What it says; nothing where somebody only said yes or no.
    pub(crate) fn text(&self, consultation: &Consultation) -> &str {
        self.words(Some(&consultation.comment))
    }

    /// Whether its author agrees with the paragraph.
    pub(crate) fn stance(&self, consultation: &Consultation) -> Option<i64> {
        self.code(consultation.stance.as_deref())
    }

    pub(crate) fn is_of_organisation(&self, consultation: &Consultation) -> bool {
        self.code(consultation.speaker.as_deref()) == Some(ORGANISATION)
    }

    /// Whether its author lets it be published.
    pub(crate) fn may_be_published(&self, consultation: &Consultation) -> bool {
        matches!(self.code(Some(&consultation.publish)), Some(WITH_NAME | WITHOUT_NAME))
    }

    /// Whether everybody may be told what it says: its author agrees, and no moderator has hidden it.
    pub(crate) fn may_be_told(&self, consultation: &Consultation) -> bool {
        self.may_be_published(consultation) && self.matter.shown != Shown::Hidden
    }

    /// From whom it is, as far as everybody may know.
    pub(crate) fn who(&self, consultation: &Consultation, words: &Words) -> String {
        let named = self.code(Some(&consultation.publish)) == Some(WITH_NAME);
        let organisation = self.is_of_organisation(consultation);
        let field = if organisation { &consultation.organisation } else { &consultation.name };
        let name = if named { self.words(field.as_deref()) } else { "" };
        match (organisation, name) {
            (true, "") => words.get("organisation_nameless").to_owned(),
            (true, name) => words.fill("organisation", &[("name", name.to_owned())]),
            (false, "") if named => words.get("person").to_owned(),
            (false, "") => words.get("nameless").to_owned(),
            (false, name) => name.to_owned(),
        }
    }
}

/// The comments that these matters are. One whose response was taken back meanwhile is passed over.
pub(crate) async fn of_matters(store: &dyn Store, matters: Vec<Matter>) -> Result<Vec<Comment>, Refusal> {
    let positions: Vec<Position> = matters.iter().map(|matter| matter.response).collect();
    let responses = store.responses_at(&positions).await.map_err(Refusal::of_store)?;
    let responses: BTreeMap<Position, &StoredResponse> =
        responses.iter().map(|response| (response.position, response)).collect();
    let comments = matters.into_iter().filter_map(|matter| {
        let response = responses.get(&matter.response)?;
        Some(Comment::of(matter, response))
    });
    Ok(comments.collect())
}

/// What was decided about a comment, if anything was.
pub(crate) async fn decided(store: &dyn Store, comment: &Comment) -> Result<Option<Decision>, Refusal> {
    let Matter { survey, number, state, .. } = &comment.matter;
    if !Verdict::ALL.into_iter().any(|verdict| verdict.state() == *state) {
        return Ok(None);
    }
    let events = store.matter_events(survey, *number).await.map_err(Refusal::of_store)?;
    Ok(Decision::last_of(&events).map(|(decision, _)| decision))
}
