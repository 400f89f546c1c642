//! The fields of a definition, described once: the reader checks documents by these lists, the JSON Schema and the
//! documentation are generated from them.

pub mod mechanism;

use mechanism::{CONSULTATION, FORUM, MECHANISM, MEETING, RECEPTION};

/// One field of a JSON object.
#[derive(Debug)]
pub struct Field {
    /// Its key.
    pub name: &'static str,
    /// What it holds.
    pub shape: Shape,
    /// Whether an object without it is refused.
    pub required: bool,
    /// What it is for, in English, for authors.
    pub about: &'static str,
}

/// What a field may hold.
#[derive(Debug)]
pub enum Shape {
    /// `true` or `false`.
    Flag,
    /// A whole number within bounds, both included.
    Integer(i64, i64),
    /// Lower-case ASCII letters, digits and hyphens, starting with a letter, at most 64.
    Identifier,
    /// A variable name: ASCII letters, digits and `_`, starting with a letter, at most 32 (legal in SPSS, Stata, R, SQL).
    Variable,
    /// A string or an object of strings by language.
    Text,
    /// A condition over variables, see [`crate::expression`].
    Condition,
    /// An expression over variables that gives a number, a code, a text or a day.
    Expression,
    /// A number, with at most six decimal places.
    Number,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// A telephone number as it is read: `+7 7172 70 80 90`, `1414`.
    Phone,
    /// An e-mail address.
    Email,
    /// A file below the place of the definition: `media/park.jpg`.
    File,
    /// Local time in Kazakhstan: `2026-12-01T09:00`.
    LocalTime,
    /// A day, a month or a time in the spelling of ISO 8601.
    Moment,
    /// An answer to the question, as a response holds it.
    Answer,
    /// A list of language tags.
    Languages,
    /// The name of a kind, see [`crate::KINDS`].
    Kind,
    /// One object with these fields.
    Object(&'static [Field]),
    /// A non-empty list of objects with these fields.
    Objects(&'static [Field]),
    /// A non-empty list of questions: the common fields and those of the kind.
    Questions,
}

impl Field {
    /// A field that may be left out.
    #[must_use]
    pub const fn optional(name: &'static str, shape: Shape, about: &'static str) -> Self {
        Self { name, shape, required: false, about }
    }

    /// A field that must be there.
    #[must_use]
    pub const fn required(name: &'static str, shape: Shape, about: &'static str) -> Self {
        Self { name, shape, required: true, about }
    }
}

/// The fields of a survey.
pub static SURVEY: &[Field] = &[
    Field::required("format", Shape::Integer(1, 1), "The version of this format: 1."),
    Field::required("id", Shape::Identifier, "The name of the survey in addresses and tags."),
    Field::required(
        "languages",
        Shape::Languages,
        "The languages it can be answered in, the first one being the default.",
    ),
    Field::required("title", Shape::Text, "What the survey is called."),
    Field::optional("agency", Shape::Text, "Who asks."),
    Field::optional(
        "contact",
        Shape::Object(CONTACT),
        "Whom citizens ask: at the foot of every page, always at the same place.",
    ),
    Field::optional(
        "notice",
        Shape::Text,
        "Read before the first question: why, how long, what is kept and until when. An empty line starts a paragraph.",
    ),
    Field::optional("thanks", Shape::Text, "Read after sending: what happens next."),
    Field::optional(
        "review",
        Shape::Flag,
        "Whether the answers are shown for checking before they are sent; unless said, when there are several pages.",
    ),
    Field::optional("shuffle", Shape::Flag, "The pages come in a random order, but for pinned ones."),
    Field::optional(
        "drafts",
        Shape::Flag,
        "A citizen may keep unsent answers on the device and go on later.",
    ),
    Field::optional(
        "partials",
        Shape::Flag,
        "What has been answered is sent after each page, also if the citizen does not finish; the form says so.",
    ),
    Field::optional(
        "counts",
        Shape::Flag,
        "How often the form is opened and started, and how far visitors come, is counted by day; the form says so.",
    ),
    Field::optional(
        "pace",
        Shape::OneOf(&["all", "one"]),
        "How many questions stand on a page before the citizen chooses: `all` of the page, or `one`; `all` unless said.",
    ),
    Field::optional(
        "read_aloud",
        Shape::Flag,
        "Whether a citizen can have the questions read aloud by a voice of her own device; `true` unless said.",
    ),
    Field::optional("opens", Shape::LocalTime, "From when on it can be answered: local time in Kazakhstan."),
    Field::optional("closes", Shape::LocalTime, "Until when it can be answered: local time in Kazakhstan."),
    Field::optional(
        "results",
        Shape::OneOf(&["after_answering", "public", "after_closing"]),
        "Who sees what others answered, small numbers hidden: whoever has answered (and everybody once it is closed), \
         everybody at any time, or everybody once it is closed; nobody unless said.",
    ),
    Field::optional(
        "results_min",
        Shape::Integer(10, 1000),
        "Counts of fewer people than this are hidden in the results: 10 unless said.",
    ),
    Field::optional(
        "tier",
        Shape::OneOf(&["open", "work", "invited"]),
        "How it is guarded against being answered many times: `open`, by flags alone, `work`, by flags and \
         some seconds of computing in the background, which nobody sees, or `invited`, by codes that each \
         admit one response; `open` unless said. It never changes, and is printed with the results.",
    ),
    Field::optional("quotas", Shape::Objects(QUOTA), "How many of a group are heard."),
    Field::optional(
        "privacy",
        Shape::OneOf(&["anonymous", "confidential"]),
        "What the notice calls the survey. `anonymous`: nobody can tell whose an answer is. `confidential`: those who \
         work with the responses might. The notice then also says what is kept and until when, as it is set.",
    ),
    Field::optional(
        "retention",
        Shape::Object(RETENTION),
        "How long the collector keeps responses before it deletes them: for good unless said.",
    ),
    MECHANISM,
    Field::optional("consultation", Shape::Object(CONSULTATION), "What a consultation is about."),
    Field::optional("forum", Shape::Object(FORUM), "What a forum is about."),
    Field::optional("meeting", Shape::Object(MEETING), "What a general meeting is about."),
    Field::optional("reception", Shape::Object(RECEPTION), "What a reception is about."),
    Field::required("pages", Shape::Objects(PAGE), "The pages, in order."),
];

/// The fields of a contact.
pub static CONTACT: &[Field] = &[
    Field::optional("phone", Shape::Phone, "The telephone number, as it is to be read."),
    Field::optional("hours", Shape::Text, "When somebody answers it."),
    Field::optional("email", Shape::Email, "The e-mail address."),
];

/// Until when responses are kept. Days, because a month and a year have no one length.
pub static RETENTION: &[Field] = &[
    Field::optional(
        "responses",
        Shape::Integer(1, 36_500),
        "Days after which a response is deleted, counted from its arrival.",
    ),
    Field::optional(
        "texts",
        Shape::Integer(1, 36_500),
        "Days after which what was typed in a response is deleted and the rest stays; fewer than for the response.",
    ),
];

/// The fields of a quota.
pub static QUOTA: &[Field] = &[
    Field::required("name", Shape::Variable, "The name of the group."),
    Field::required("if", Shape::Condition, "Who belongs to the group."),
    Field::required("limit", Shape::Integer(1, 999_999_999), "How many responses of the group are kept."),
    Field::optional("text", Shape::Text, "What the others of the group read instead of going on."),
];

/// The fields of a page.
pub static PAGE: &[Field] = &[
    Field::required("id", Shape::Identifier, "The name of the page, unique in the survey."),
    Field::optional("title", Shape::Text, "A heading for the page."),
    Field::optional("intro", Shape::Text, "Read before its questions. An empty line starts a paragraph."),
    Field::optional("show_if", Shape::Condition, "The page is shown only when this holds."),
    Field::required("questions", Shape::Questions, "The questions, in order."),
    Field::optional("checks", Shape::Objects(RULE), "Rules across questions."),
    Field::optional(
        "then",
        Shape::Objects(TURN),
        "Where to go after the page: the first that holds; onwards if none does.",
    ),
    Field::optional("shuffle", Shape::Flag, "The questions come in a random order, but for pinned ones."),
    Field::optional("pinned", Shape::Flag, "The page keeps its place where pages come in a random order."),
    Field::optional(
        "after_review",
        Shape::Flag,
        "The page comes after the answers were checked: questions about the respondent.",
    ),
];

/// The fields of a turn after a page.
pub static TURN: &[Field] = &[
    Field::optional("if", Shape::Condition, "When; always, if it is left out."),
    Field::optional("to", Shape::Identifier, "To this page further on."),
    Field::optional(
        "end",
        Shape::Text,
        "To an early end, at which this is read: the answers so far are sent.",
    ),
];

/// The fields of a rule across questions.
pub static RULE: &[Field] = &[
    Field::required("require", Shape::Condition, "What must hold before the page can be left."),
    Field::required(
        "at",
        Shape::Variable,
        "The question on this page that the message stands at; the rule counts only while that question is shown.",
    ),
    Field::required("text", Shape::Text, "The message when it does not hold."),
];

/// The fields that every question has, whatever its kind.
pub static QUESTION: &[Field] = &[
    Field::required("name", Shape::Variable, "The variable: permanent, unique without regard to case."),
    Field::required("type", Shape::Kind, "The kind of question."),
    Field::required("text", Shape::Text, "The question. `{NAME}` stands for the answer to an earlier one."),
    Field::optional("hint", Shape::Text, "One sentence of help, read with the question."),
    Field::optional("easy", Shape::Text, "The same in simple words, for whoever opens it."),
    Field::optional(
        "media",
        Shape::Objects(MEDIA),
        "Pictures, videos, sign language and sound that belong to it.",
    ),
    Field::optional(
        "required",
        Shape::Flag,
        "Whether it must be answered when it is shown; `false` unless said.",
    ),
    Field::optional("required_if", Shape::Condition, "It must be answered when this holds."),
    Field::optional("show_if", Shape::Condition, "The question is shown only when this holds."),
    Field::optional(
        "sensitive",
        Shape::Flag,
        "About health, disability, belief and the like: results do not say what nobody or everybody of a group answered.",
    ),
    Field::optional("default", Shape::Answer, "The answer that stands there before anybody gave one."),
    Field::optional(
        "pinned",
        Shape::Flag,
        "The question keeps its place where questions come in a random order.",
    ),
];

/// Whether options or rows come in a random order, for kinds that have them.
pub const SHUFFLE: Field = Field::optional(
    "shuffle",
    Shape::Flag,
    "The options (the rows of a grid) come in a random order, one for each response; pinned ones, \"other\", exclusive ones and those with a code below zero keep their place.",
);

/// The fields of a medium.
pub static MEDIA: &[Field] = &[
    Field::required(
        "kind",
        Shape::OneOf(&["image", "audio", "video", "sign"]),
        "A picture, sound, a video, or the text in sign language.",
    ),
    Field::required("src", Shape::File, "The file, below the place of the definition."),
    Field::required(
        "alt",
        Shape::Text,
        "What it shows or says, in words: the transcript of sound and video.",
    ),
    Field::optional("captions", Shape::File, "The captions of a video (WebVTT)."),
];

const CODE: Field = Field::required(
    "code",
    Shape::Integer(-6, 999_999_999),
    "What is stored: 0 or more, or -2 (does not apply), -5 (does not know), -6 (prefers not to say).",
);
const SHOWN: Field = Field::required("text", Shape::Text, "What is shown.");
const SHOW_IF: Field = Field::optional("show_if", Shape::Condition, "It is offered only when this holds.");
const PINNED: Field = Field::optional("pinned", Shape::Flag, "It keeps its place in a random order.");
const OTHER: Field =
    Field::optional("other", Shape::Flag, "Asks for words of one's own, kept in the variable NAME_other.");
const EXCLUSIVE: Field =
    Field::optional("exclusive", Shape::Flag, "In a multiple choice: cannot stand beside other options.");

/// The fields of an option.
pub static CHOICE: &[Field] = &[CODE, SHOWN, OTHER, EXCLUSIVE, SHOW_IF, PINNED];

/// The fields of an option in a list that is not shuffled and has no words of one's own.
pub static ITEM: &[Field] = &[CODE, SHOWN, SHOW_IF];

/// The fields of a row.
pub static ROW: &[Field] = &[CODE, SHOWN, SHOW_IF, PINNED];

/// The fields of an option on a card.
pub static CARD: &[Field] = &[
    CODE,
    Field::required("text", Shape::Text, "Its title."),
    Field::optional("about", Shape::Text, "What it is."),
    Field::optional("place", Shape::Text, "Where."),
    Field::optional("cost", Shape::Text, "What it costs, as it is to be read."),
    Field::optional("image", Shape::Object(IMAGE), "A picture of it."),
    EXCLUSIVE,
    SHOW_IF,
    PINNED,
];

/// The fields of a picture on a card.
pub static IMAGE: &[Field] = &[
    Field::required("src", Shape::File, "The file, below the place of the definition."),
    Field::required("alt", Shape::Text, "What it shows, in words."),
];

/// The fields of an option that lies within another.
pub static WITHIN: &[Field] = &[
    CODE,
    SHOWN,
    Field::optional("within", Shape::Integer(0, 999_999_999), "The code of the option that it lies within."),
];
