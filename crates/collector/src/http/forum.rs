//! The public pages of a forum: its ideas, one of them with what became of it, what unites and divides those who voted,
//! and where votes are posted. None needs a script, and nobody signs in.

mod idea;
mod ideas;
mod opinions;
pub(super) mod voter;
mod votes;
mod words;

use super::around::Spot;
use super::document::{self, Page, escape};
use super::query::{Query, SurveyId};
use super::view::Place;
use super::vision::Vision;
use super::{App, language, page};
use crate::edition::Current;
use crate::mechanism::forum::{Forum, Idea, Known, told_of};
use crate::refusal::Refusal;
use crate::results::Numbers;
use crate::store::VoteTally;
use analysis::chart::Format;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use qulaq::Words;
use std::sync::Arc;

pub(super) use idea::{event as told_event, show as show_idea};
pub(super) use ideas::show as show_ideas;
pub(super) use opinions::show as show_opinions;
pub(super) use votes::{post as post_votes, section as voting};
pub(super) use words::of as words_of;

/// What a forum says in a language, at a place.
pub(super) struct Told<'a> {
    pub(super) spot: &'a Spot<'a>,
    pub(super) forum: &'a Forum,
    pub(super) words: Words,
}

impl<'a> Told<'a> {
    pub(super) fn of(spot: &'a Spot<'a>, forum: &'a Forum) -> Self {
        Self::in_words(spot, forum, words::of(spot.lang))
    }

    /// What is moderated as a forum is, in words of its own.
    pub(super) fn in_words(spot: &'a Spot<'a>, forum: &'a Forum, words: Words) -> Self {
        Self { spot, forum, words }
    }

    /// The words with this key, as HTML.
    pub(super) fn say(&self, key: &str) -> String {
        escape(self.words.get(key))
    }

    /// The words with this key, each `{name}` replaced, as HTML.
    pub(super) fn fill(&self, key: &str, values: &[(&str, String)]) -> String {
        escape(&self.words.fill(key, values))
    }

    pub(super) fn count(&self, number: u64) -> String {
        Numbers(&self.words).count(number)
    }

    /// An address as it stands in an attribute.
    pub(super) fn address(&self, path: &str, pairs: &[(&str, &str)]) -> String {
        escape(&self.spot.address(path, pairs))
    }

    /// A link to a page of the forum, out of any page that it stands in.
    pub(super) fn link(&self, path: &str, key: &str) -> String {
        format!("<a href=\"{}\" target=\"_top\">{}</a>", escape(&self.spot.page(path)), self.say(key))
    }

    /// The level of a heading below that of the survey.
    pub(super) fn level(&self) -> u8 {
        match self.spot.place {
            Place::Inside(level) => (level + 1).min(5),
            _ => 2,
        }
    }

    /// A minute as a day.
    pub(super) fn day(&self, minute: crate::clock::Minute) -> String {
        let day = self.spot.app.days.of(minute);
        day.map(|day| self.words.date(day.year().into(), day.month().into(), day.day().into()))
            .unwrap_or_default()
    }

    /// What everybody may know of the votes on an idea, in a line.
    fn votes(&self, tally: Option<&VoteTally>) -> String {
        let rule = self.forum.rule();
        let Some((base, cells)) = tally.and_then(|tally| told_of(tally, rule)) else {
            return self.fill("few_votes", &[("least", rule.least().to_string())]);
        };
        let [agree, disagree, pass] = cells
            .map(|cell| cell.map_or_else(|| self.words.get("hidden").to_owned(), |cell| self.count(cell)));
        let values = [("n", self.count(base)), ("agree", agree), ("disagree", disagree), ("pass", pass)];
        self.fill("votes_line", &values)
    }

    /// State, topic and place of an idea, as the items of a list.
    fn facts(&self, idea: &Idea) -> Vec<(&'static str, String)> {
        let survey = &self.spot.current.edition.survey;
        let state = self.words.get(&format!("state_{}", idea.matter.state.name())).to_owned();
        let topic = idea.topic(self.forum, survey, self.spot.lang);
        let place = idea.place(self.forum, survey, self.spot.lang);
        let facts = [
            ("number", Some(idea.matter.number.to_string())),
            ("state", Some(state)),
            ("topic", topic),
            ("place", place),
            ("day", Some(self.day(idea.matter.opened))),
        ];
        facts.into_iter().filter_map(|(key, fact)| Some((key, fact?))).collect()
    }

    /// The same in HTML.
    fn drawn_facts(&self, idea: &Idea) -> String {
        let fact =
            |(key, fact): (&str, String)| format!("<dt>{}</dt><dd>{}</dd>\n", self.say(key), escape(&fact));
        format!("<dl>\n{}</dl>\n", self.facts(idea).into_iter().map(fact).collect::<String>())
    }

    /// What moderators go by, and where to turn.
    pub(super) fn rules(&self) -> String {
        let rules = self.forum.rules(self.spot.lang);
        let rules: String = rules.into_iter().map(|rule| format!("<li>{}</li>\n", escape(rule))).collect();
        let appeal = self
            .forum
            .appeal(self.spot.lang)
            .map(|appeal| format!("<p><b>{}:</b> {}</p>\n", self.say("appeal"), escape(appeal)));
        if rules.is_empty() && appeal.is_none() {
            return String::new();
        }
        format!(
            "<details>\n<summary>{}</summary>\n<ul>\n{rules}</ul>\n{}</details>\n",
            self.say("rules"),
            appeal.unwrap_or_default()
        )
    }

    /// What is known of opinions, or why nothing is.
    pub(super) async fn opinions(&self, known: &Known, level: u8) -> Result<String, Refusal> {
        opinions::drawn(self, known, level).await
    }

    /// Answers with a page of the forum. The title is text, the rest HTML.
    fn respond(&self, status: StatusCode, title: &str, inside: &str) -> Response {
        let Spot { app, current, lang, place, .. } = *self.spot;
        let survey = &current.edition.survey;
        let back = format!("<p class=\"foot\">{}</p>\n", self.link("", "back"));
        let main = format!("<div class=\"q around results\">\n{inside}</div>\n{back}");
        let title = format!("{title} · {}", page::title(survey, lang));
        let languages = survey.languages.iter().map(String::as_str).collect();
        let page = Page { lang, title: &title, languages, vision: place.vision(), main: &main };
        document::respond(app, status, &page)
    }
}

/// The forum that an address names, in the language that is asked for.
struct Asked {
    app: Arc<App>,
    current: Current,
    forum: Forum,
    lang: String,
    query: Query,
}

impl Asked {
    async fn of(
        app: Arc<App>,
        SurveyId(survey): SurveyId,
        query: Query,
        headers: &HeaderMap,
    ) -> Result<Self, Refusal> {
        let current = app.current(&survey).await?;
        let forum = Forum::of(&current.edition).ok_or(Refusal::UnknownRoute)?;
        let survey = &current.edition.survey;
        let there_is = |lang: &str| survey.languages.iter().any(|tag| tag == lang);
        let lang = query.get("lang").or_else(|| language::preferred(headers, there_is)).unwrap_or_default();
        let lang = survey.language(&lang).to_owned();
        Ok(Self { app, current, forum, lang, query })
    }

    fn spot(&self) -> Spot<'_> {
        let Self { app, current, lang, query, .. } = self;
        Spot { app, current, lang, place: Place::Hosted(Vision::of(query)), query, posted: None }
    }
}
