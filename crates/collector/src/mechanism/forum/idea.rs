//! Ideas: matters with what was said, as everybody reads it.

use super::Forum;
use crate::http::App;
use crate::refusal::Refusal;
use crate::store::{Matter, Position, StoredResponse};
use matter::MatterNumber;
use serde_json::Value;
use std::collections::HashMap;
use survey::Survey;

/// An idea.
#[derive(Clone, Debug)]
pub(crate) struct Idea {
    /// How it stands.
    pub(crate) matter: Matter,
    /// The language it was written in.
    pub(crate) lang: String,
    /// In a few words.
    pub(crate) title: String,
    /// More of it; empty where nothing more was said.
    pub(crate) text: String,
    topic: Value,
    place: Value,
}

impl Idea {
    /// Its topic, in a language.
    pub(crate) fn topic(&self, forum: &Forum, survey: &Survey, lang: &str) -> Option<String> {
        in_words(survey, forum.topic.as_deref()?, &self.topic, lang)
    }

    /// Its place, in a language.
    pub(crate) fn place(&self, forum: &Forum, survey: &Survey, lang: &str) -> Option<String> {
        in_words(survey, forum.place.as_deref()?, &self.place, lang)
    }
}

/// An answer in words: the label of an option, or what was written.
fn in_words(survey: &Survey, question: &str, answer: &Value, lang: &str) -> Option<String> {
    if let Some(code) = answer.as_i64() {
        let choice = survey.question(question)?.choices.iter().find(|choice| choice.code == code)?;
        return Some(choice.text.get(lang).to_owned());
    }
    answer.as_str().filter(|text| !text.is_empty()).map(str::to_owned)
}

/// The ideas of some matters, in their order, but for those that were taken back meanwhile.
pub(crate) async fn read(app: &App, forum: &Forum, matters: Vec<Matter>) -> Result<Vec<Idea>, Refusal> {
    let positions: Vec<Position> = matters.iter().map(|matter| matter.response).collect();
    let responses = app.store.responses_at(&positions).await.map_err(Refusal::of_store)?;
    let mut said: HashMap<i64, StoredResponse> =
        responses.into_iter().map(|response| (response.position.0, response)).collect();
    let idea = |matter: Matter| Some(idea(forum, said.remove(&matter.response.0)?, matter));
    Ok(matters.into_iter().filter_map(idea).collect())
}

/// The ideas with these numbers that everybody sees, in this order.
pub(crate) async fn numbered(
    app: &App,
    forum: &Forum,
    (survey, numbers): (&str, &[MatterNumber]),
) -> Result<Vec<Idea>, Refusal> {
    let mut matters = Vec::new();
    for number in numbers {
        let matter = app.store.matter(survey, *number).await.map_err(Refusal::of_store)?;
        matters.extend(matter.filter(|matter| forum.shows(matter.shown)));
    }
    read(app, forum, matters).await
}

fn idea(forum: &Forum, response: StoredResponse, matter: Matter) -> Idea {
    let mut answers: Value = serde_json::from_str(&response.answers).unwrap_or_default();
    let mut answer = |name: Option<&String>| {
        name.and_then(|name| answers.get_mut(name)).map(Value::take).unwrap_or_default()
    };
    let text = |answer: Value| answer.as_str().unwrap_or_default().trim().to_owned();
    Idea {
        matter,
        title: text(answer(Some(&forum.title))),
        text: text(answer(forum.text.as_ref())),
        topic: answer(forum.topic.as_ref()),
        place: answer(forum.place.as_ref()),
        lang: response.lang,
    }
}
