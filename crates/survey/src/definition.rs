//! The questionnaire: what an author writes, read and checked.

mod semantic;

use crate::expression::Condition;
use crate::fault::{Fault, Faults};
use crate::inspect::inspect;
use crate::kind::{self, Kind};
use crate::read::Object;
use crate::text::Text;
use serde_json::Value;
use std::collections::HashMap;
use std::sync::Arc;

/// Characters at most in the text of an "other" option.
pub const OTHER_MAX: usize = 500;

/// A questionnaire of format 1, sound in every part.
#[derive(Clone, Debug)]
pub struct Survey {
    /// Its name in addresses and tags.
    pub id: String,
    /// Language tags, the default first.
    pub languages: Vec<String>,
    /// What it is called.
    pub title: Text,
    /// Who asks.
    pub agency: Option<Text>,
    /// Read before the first question.
    pub notice: Option<Text>,
    /// Read after sending.
    pub thanks: Option<Text>,
    /// The pages, at least one.
    pub pages: Vec<Page>,
    /// Lower-case variable to page and question.
    places: HashMap<String, (usize, usize)>,
}

/// One page of questions.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its name, unique in the survey.
    pub id: String,
    /// Its heading.
    pub title: Option<Text>,
    /// Shown only when this holds.
    pub show_if: Option<Condition>,
    /// The questions, at least one.
    pub questions: Vec<Question>,
    /// Rules across questions.
    pub rules: Vec<Rule>,
}

/// One question.
#[derive(Clone, Debug)]
pub struct Question {
    /// The permanent name of its variable.
    pub name: String,
    /// The question itself.
    pub text: Text,
    /// One sentence of help.
    pub hint: Option<Text>,
    /// Whether it must be answered when it is shown.
    pub required: bool,
    /// Shown only when this holds.
    pub show_if: Option<Condition>,
    /// What it means.
    pub kind: Arc<dyn Kind>,
}

/// One option of a question.
#[derive(Clone, Debug)]
pub struct Choice {
    /// What is stored.
    pub code: i64,
    /// What is shown.
    pub text: Text,
    /// Asks for words of one's own.
    pub other: bool,
    /// Cannot stand beside other options.
    pub exclusive: bool,
}

/// A rule across questions.
#[derive(Clone, Debug)]
pub struct Rule {
    /// What must hold.
    pub require: Condition,
    /// The question that the message stands at.
    pub at: String,
    /// The message.
    pub text: Text,
}

/// What a variable of a response holds.
#[derive(Clone, Copy, Debug)]
pub enum Variable<'a> {
    /// The answer to this question.
    Answer(&'a Question),
    /// The words of this question's "other" option.
    Other(&'a Question),
}

impl Survey {
    /// Reads a definition.
    ///
    /// # Errors
    /// Everything that is wrong with it, each with its path and what to do.
    pub fn read(json: &str) -> Result<Self, Vec<Fault>> {
        let value: Value = serde_json::from_str(json).map_err(|error| {
            vec![Fault { path: String::new(), message: format!("is not JSON that can be read: {error}.") }]
        })?;
        Self::from_value(&value)
    }

    /// Reads a definition that is JSON already.
    ///
    /// # Errors
    /// As [`Survey::read`].
    pub fn from_value(value: &Value) -> Result<Self, Vec<Fault>> {
        let mut faults = Faults::default();
        inspect(value, &mut faults);
        if let Some(root) = Object::new(String::new(), value) {
            let survey = read_survey(&root);
            semantic::inspect(&survey, &root, &mut faults);
            if faults.is_empty() {
                return Ok(survey);
            }
        }
        Err(faults.into_list())
    }

    /// Reads a definition that was checked when it was published, or that nobody will check: what is unsound in it is
    /// left out. `None` when nothing is left to ask.
    #[must_use]
    pub fn from_published(value: &Value) -> Option<Self> {
        let survey = read_survey(&Object::new(String::new(), value)?);
        let asks =
            !survey.id.is_empty() && !survey.languages.is_empty() && survey.questions().next().is_some();
        asks.then_some(survey)
    }

    /// Every question, in order.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.pages.iter().flat_map(|page| &page.questions)
    }

    /// The question with this variable.
    #[must_use]
    pub fn question(&self, variable: &str) -> Option<&Question> {
        let (page, question) = self.place(variable)?;
        Some(&self.pages[page].questions[question])
    }

    /// The index of its page and its index on the page.
    #[must_use]
    pub fn place(&self, variable: &str) -> Option<(usize, usize)> {
        self.places.get(variable).copied()
    }

    /// What a variable holds; `None` when no question fills it.
    #[must_use]
    pub fn variable(&self, name: &str) -> Option<Variable<'_>> {
        if let Some(question) = self.question(name) {
            return Some(Variable::Answer(question));
        }
        let question = self.question(name.strip_suffix(OTHER_SUFFIX)?)?;
        question.other().map(|_| Variable::Other(question))
    }

    /// The language to show when `wanted` was asked for: itself, its base language, or the survey's default.
    #[must_use]
    pub fn language<'a>(&'a self, wanted: &str) -> &'a str {
        let wanted = wanted.to_ascii_lowercase();
        let base = wanted.split(['-', '_']).next().unwrap_or_default();
        let find = |tag: &str| self.languages.iter().find(|language| *language == tag);
        find(&wanted).or_else(|| find(base)).or_else(|| self.languages.first()).map_or("", String::as_str)
    }
}

const OTHER_SUFFIX: &str = "_other";

impl Question {
    /// The option that asks for words of one's own.
    #[must_use]
    pub fn other(&self) -> Option<&Choice> {
        self.kind.choices().iter().find(|choice| choice.other)
    }

    /// The variable that holds those words.
    #[must_use]
    pub fn other_name(&self) -> String {
        format!("{}{OTHER_SUFFIX}", self.name)
    }
}

fn read_survey(root: &Object<'_>) -> Survey {
    let pages: Vec<Page> = root.objects("pages").iter().map(read_page).collect();
    Survey {
        id: root.string("id").unwrap_or_default().to_owned(),
        languages: root.strings("languages"),
        title: text_or_empty(root, "title"),
        agency: root.text("agency"),
        notice: root.text("notice"),
        thanks: root.text("thanks"),
        places: places(&pages),
        pages,
    }
}

fn places(pages: &[Page]) -> HashMap<String, (usize, usize)> {
    let each = pages.iter().enumerate().flat_map(|(p, page)| {
        page.questions.iter().enumerate().map(move |(q, question)| (question.name.clone(), (p, q)))
    });
    each.collect()
}

fn read_page(page: &Object<'_>) -> Page {
    Page {
        id: page.string("id").unwrap_or_default().to_owned(),
        title: page.text("title"),
        show_if: read_condition(page, "show_if"),
        questions: page.objects("questions").iter().filter_map(read_question).collect(),
        rules: page.objects("checks").iter().filter_map(read_rule).collect(),
    }
}

/// `None` for a question whose name or kind cannot be told.
fn read_question(question: &Object<'_>) -> Option<Question> {
    Some(Question {
        name: question.string("name")?.to_owned(),
        text: text_or_empty(question, "text"),
        hint: question.text("hint"),
        required: question.flag("required"),
        show_if: read_condition(question, "show_if"),
        kind: kind::build(question.string("type")?, question)?,
    })
}

fn read_rule(rule: &Object<'_>) -> Option<Rule> {
    Some(Rule {
        require: read_condition(rule, "require")?,
        at: rule.string("at")?.to_owned(),
        text: text_or_empty(rule, "text"),
    })
}

fn read_condition(object: &Object<'_>, name: &str) -> Option<Condition> {
    crate::expression::parse(object.string(name)?).ok()
}

fn text_or_empty(object: &Object<'_>, name: &str) -> Text {
    object.text(name).unwrap_or_else(|| Text::from(""))
}

/// Reads the field `options`.
pub(crate) fn read_choices(question: &Object<'_>) -> Vec<Choice> {
    let read = |option: &Object<'_>| {
        Some(Choice {
            code: option.integer("code")?,
            text: text_or_empty(option, "text"),
            other: option.flag("other"),
            exclusive: option.flag("exclusive"),
        })
    };
    question.objects("options").iter().filter_map(read).collect()
}
