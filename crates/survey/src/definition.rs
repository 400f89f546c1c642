//! The questionnaire: what an author writes, read and checked.

mod pace;
mod reading;
mod semantic;

use crate::answer::{Answer, Answers};
use crate::domain::Domain;
use crate::expression::Expression;
use crate::fault::{Fault, Faults};
use crate::inspect::inspect;
use crate::kind::Control;
use crate::order::shuffled;
use crate::read::Object;
use crate::text::Text;
pub use pace::Pace;
use reading::{places, read_survey};
pub(crate) use reading::{read_choices, read_questions};
use serde_json::Value;

pub(crate) use semantic::computed;

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
    /// Whom to ask about it.
    pub contact: Option<Contact>,
    /// Read before the first question.
    pub notice: Option<Text>,
    /// Read after sending.
    pub thanks: Option<Text>,
    /// Whether the answers are shown for checking before they are sent; by default when there are several pages.
    pub review: bool,
    /// Whether the pages come in a random order.
    pub shuffle: bool,
    /// Whether a citizen may keep unsent answers on the device.
    pub drafts: bool,
    /// Whether what a citizen has answered is sent after each page, also when she does not finish.
    pub partials: bool,
    /// How many questions stand on a page: as the author wishes, and as it is asked, see [`Survey::at_pace`].
    pub pace: Pace,
    /// From when on it can be answered: local time in Kazakhstan, `2026-12-01T09:00`.
    pub opens: Option<String>,
    /// Until when.
    pub closes: Option<String>,
    /// How many of a group are heard.
    pub quotas: Vec<Quota>,
    /// The pages, at least one.
    pub pages: Vec<Page>,
    /// Variables with page and question, sorted by name.
    places: Vec<(String, (usize, usize))>,
}

/// Whom citizens ask about the survey, and who helps them to answer.
#[derive(Clone, Debug)]
pub struct Contact {
    /// The telephone number, the same in every language, as it is read.
    pub phone: Option<Text>,
    /// When somebody answers it.
    pub hours: Option<Text>,
    /// The e-mail address, the same in every language.
    pub email: Option<Text>,
}

/// One page of questions.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// Its name, unique in the survey.
    pub id: String,
    /// Its heading.
    pub title: Option<Text>,
    /// What is read before its questions.
    pub intro: Option<Text>,
    /// Shown only when this holds.
    pub show_if: Option<Expression>,
    /// The questions, at least one.
    pub questions: Vec<Question>,
    /// Rules across questions.
    pub rules: Vec<Rule>,
    /// Where to go after it, the first that holds; onwards when none does.
    pub turns: Vec<Turn>,
    /// Whether its questions come in a random order.
    pub shuffle: bool,
    /// Whether it keeps its place where pages come in a random order.
    pub pinned: bool,
    /// Whether it comes after the answers were checked: questions about the respondent.
    pub after_review: bool,
}

/// Where to go after a page.
#[derive(Clone, Debug)]
pub struct Turn {
    /// When; always, if it does not say.
    pub when: Option<Expression>,
    /// To this page, or to the end.
    pub to: Option<usize>,
    /// What is read at an early end.
    pub end: Option<Text>,
}

/// How many of a group are heard.
#[derive(Clone, Debug)]
pub struct Quota {
    /// Its name.
    pub name: String,
    /// Who belongs to the group.
    pub when: Expression,
    /// So many responses.
    pub limit: u64,
    /// What the others of the group read.
    pub text: Option<Text>,
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
    /// The same in simple words.
    pub easy: Option<Text>,
    /// Pictures, videos and sound that belong to it.
    pub media: Vec<Media>,
    /// Whether it must be answered when it is shown.
    pub required: bool,
    /// Whether it must be answered when this holds.
    pub required_if: Option<Expression>,
    /// Shown only when this holds.
    pub show_if: Option<Expression>,
    /// The answer that stands there before anybody gave one.
    pub default: Option<Answer>,
    /// Whether its options or rows come in a random order.
    pub shuffle: bool,
    /// Whether it keeps its place where questions come in a random order.
    pub pinned: bool,
    /// Whether the options have an order of their own.
    pub ordinal: bool,
    /// How it looks.
    pub control: Control,
    /// What may be answered.
    pub domain: Domain,
    /// The options; the columns of a grid.
    pub choices: Vec<Choice>,
    /// The rows of a grid.
    pub rows: Vec<Choice>,
    /// The question whose chosen options are the rows.
    pub rows_from: Option<String>,
}

/// One option of a question, or one row.
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
    /// Keeps its place where options come in a random order.
    pub pinned: bool,
    /// Offered only when this holds.
    pub show_if: Option<Expression>,
    /// The option that it lies within, such as the region of a district.
    pub within: Option<i64>,
    /// What else stands on its card.
    pub card: Option<Box<Card>>,
}

/// What stands on the card of an option besides its name.
#[derive(Clone, Debug, Default)]
pub struct Card {
    /// What it is.
    pub about: Option<Text>,
    /// Where.
    pub place: Option<Text>,
    /// What it costs, as it is shown.
    pub cost: Option<Text>,
    /// How it looks.
    pub image: Option<Media>,
}

/// A picture, a video or a sound.
#[derive(Clone, Debug)]
pub struct Media {
    /// What it is.
    pub kind: MediaKind,
    /// Where it is: below the place of the definition.
    pub src: String,
    /// What it shows or says, in words.
    pub alt: Text,
    /// The captions of a video.
    pub captions: Option<String>,
}

/// What a medium is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediaKind {
    /// A picture.
    Image,
    /// Sound.
    Audio,
    /// A video.
    Video,
    /// The text in sign language.
    Sign,
}

/// A rule across questions.
#[derive(Clone, Debug)]
pub struct Rule {
    /// What must hold.
    pub require: Expression,
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

    /// The same survey with these pages instead of its own.
    #[must_use]
    pub fn with_pages(self, pages: Vec<Page>) -> Self {
        Self { places: places(&pages), pages, ..self }
    }

    /// Every question of the pages, in order; those of a repeating group are inside it.
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
        let place = self.places.binary_search_by(|(name, _)| name.as_str().cmp(variable)).ok()?;
        Some(self.places[place].1)
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

    /// The answers that stand there before anybody gave one.
    #[must_use]
    pub fn defaults(&self) -> Answers {
        let mut answers = Answers::default();
        for question in self.questions() {
            answers.set(&question.name, question.default.clone());
        }
        answers
    }

    /// Whether it has one of the rarer kinds, see [`kind::WHOLE`].
    #[must_use]
    pub fn needs_whole(&self) -> bool {
        self.questions().any(|question| question.domain.is_rare() || question.control.is_rare())
    }

    /// Whether a page moves where pages come in a random order.
    #[must_use]
    pub fn moves(&self, page: usize) -> bool {
        self.shuffle && self.pages.get(page).is_some_and(|page| !page.pinned && !page.after_review)
    }

    /// Whether anything in it comes in a random order.
    #[must_use]
    pub fn is_shuffled(&self) -> bool {
        self.shuffle
            || self.pages.iter().any(|page| page.shuffle)
            || self.questions().any(|question| question.shuffle)
    }
}

impl Page {
    /// Whether a question moves where questions come in a random order.
    #[must_use]
    pub fn moves(&self, question: usize) -> bool {
        self.shuffle && self.questions.get(question).is_some_and(|question| !question.pinned)
    }

    /// The indexes of its questions in the order in which they stand.
    #[must_use]
    pub fn order(&self, seed: u32) -> Vec<usize> {
        shuffled(seed, &self.id, self.questions.len(), |question| !self.moves(question))
    }
}

const OTHER_SUFFIX: &str = "_other";

impl Question {
    /// The option that asks for words of one's own.
    #[must_use]
    pub fn other(&self) -> Option<&Choice> {
        if matches!(self.domain, Domain::Rows(_)) {
            return None;
        }
        self.choices.iter().find(|choice| choice.other)
    }

    /// The variable that holds those words.
    #[must_use]
    pub fn other_name(&self) -> String {
        format!("{}{OTHER_SUFFIX}", self.name)
    }

    /// Whether an answer chooses the option that asks for words of one's own.
    #[must_use]
    pub fn chooses_other(&self, answer: Option<&Answer>) -> bool {
        let Some(other) = self.other() else { return false };
        match answer {
            Some(Answer::Code(code)) => *code == other.code,
            Some(Answer::Codes(codes)) => codes.contains(&other.code),
            _ => false,
        }
    }
}

impl Choice {
    /// An option with a code and a text and nothing else.
    #[must_use]
    pub fn new(code: i64, text: Text) -> Self {
        Self {
            code,
            text,
            other: false,
            exclusive: false,
            pinned: false,
            show_if: None,
            within: None,
            card: None,
        }
    }

    /// Whether it keeps its place in a random order: what an author pins, and what stands at the end of every list
    /// (another answer, none of these, "I do not know").
    #[must_use]
    pub fn is_pinned(&self) -> bool {
        self.pinned || self.other || self.exclusive || self.code < 0
    }
}
