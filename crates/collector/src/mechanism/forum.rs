//! A forum: ideas that people propose and that others agree or disagree with. What the block of a definition says of it.

mod idea;
mod keeper;
mod opinion;
mod order;

use super::Participation;
use super::meeting::Meeting;
use crate::edition::Edition;
use analysis::disclosure::Rule;
use matter::{Mechanism, Shown};
use serde_json::Value;
use survey::Text;

pub(crate) use idea::{Idea, numbered, read};
pub(crate) use keeper::{Known, Opinions, opinions};
pub(crate) use opinion::{Release, Side, Spread, told_of};
pub(crate) use order::{choose, unvoted};

/// What a definition says of a forum.
#[derive(Clone, Debug)]
pub(crate) struct Forum {
    /// The question whose answer is the idea in a few words.
    title: String,
    /// The question whose answer says more of it.
    text: Option<String>,
    /// The question whose answer is its topic.
    topic: Option<String>,
    /// The question whose answer is its place.
    place: Option<String>,
    /// By which rules moderators decide.
    rules: Option<Text>,
    /// Where somebody turns who finds that they decided wrongly.
    appeal: Option<Text>,
    /// Whether everybody sees an idea before a moderator has.
    after: bool,
    /// What is hidden because it would tell about a few.
    rule: Rule,
}

impl Forum {
    /// The forum that a survey is, if it is one.
    pub(crate) fn of(edition: &Edition) -> Option<Self> {
        let participation = edition.participation.as_ref();
        let Participation { block, .. } =
            participation.filter(|participation| participation.mechanism == Mechanism::Forum)?;
        Some(Self::of_block(block, public_rule(edition)))
    }

    /// What citizens say and moderators decide about: the ideas of a forum, or the questions to a meeting.
    pub(crate) fn moderated(edition: &Edition) -> Option<Self> {
        Self::of(edition).or_else(|| Meeting::of(edition).map(|meeting| meeting.questions))
    }

    /// The questions to a meeting, which are shown by the rules of a forum.
    pub(super) fn of_questions(block: &Value, rule: Rule) -> Self {
        let title = block["question"].as_str().unwrap_or_default().to_owned();
        Self { title, text: None, place: None, ..Self::of_block(block, rule) }
    }

    fn of_block(block: &Value, rule: Rule) -> Self {
        let question = |name: &str| block[name].as_str().map(str::to_owned);
        Self {
            title: question("title").unwrap_or_default(),
            text: question("text"),
            topic: question("topic"),
            place: question("place"),
            rules: Text::read(&block["rules"]),
            appeal: Text::read(&block["appeal"]),
            after: block["moderation"] == "after",
            rule,
        }
    }

    /// The question whose answer is the topic.
    pub(crate) fn topic(&self) -> Option<&str> {
        self.topic.as_deref()
    }

    /// What is hidden because it would tell about a few.
    pub(crate) fn rule(&self) -> Rule {
        self.rule
    }

    /// The same as those see it who work with it.
    pub(crate) fn within(self) -> Self {
        Self { rule: Rule::INTERNAL, ..self }
    }

    /// Whether everybody sees what nobody has decided about.
    pub(crate) fn shows_waiting(&self) -> bool {
        self.after
    }

    /// Whether everybody sees an idea that is shown like this.
    pub(crate) fn shows(&self, shown: Shown) -> bool {
        shown == Shown::Shown || (self.after && shown == Shown::Waiting)
    }

    /// The rules of moderation in a language, each a line of its own.
    pub(crate) fn rules(&self, lang: &str) -> Vec<&str> {
        let text = self.rules.as_ref().map_or("", |rules| rules.get(lang));
        text.lines().map(str::trim).filter(|line| !line.is_empty()).collect()
    }

    /// Where to turn in a language.
    pub(crate) fn appeal(&self, lang: &str) -> Option<&str> {
        self.appeal.as_ref().map(|appeal| appeal.get(lang))
    }
}

/// What everybody may not know of a survey's counts.
pub(super) fn public_rule(edition: &Edition) -> Rule {
    Rule::PUBLIC.raised_to(edition.sharing.as_ref().map_or(0, crate::results::Sharing::least))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn rules_are_its_lines_and_moderation_comes_before_unless_said() {
        let block =
            json!({"title": "idea", "rules": {"kk": "Бір.\n\nЕкі.", "ru": "Один."}, "appeal": "a@b.kz"});
        let forum = Forum::of_block(&block, Rule::PUBLIC);
        assert_eq!((forum.rules("kk"), forum.rules("ru")), (vec!["Бір.", "Екі."], vec!["Один."]));
        assert_eq!(forum.appeal("kk"), Some("a@b.kz"));
        assert!(forum.shows(Shown::Shown) && !forum.shows(Shown::Waiting) && !forum.shows(Shown::Hidden));
        let forum = Forum::of_block(&json!({"title": "idea", "moderation": "after"}), Rule::PUBLIC);
        assert!(forum.shows(Shown::Waiting) && !forum.shows(Shown::Hidden));
    }
}
