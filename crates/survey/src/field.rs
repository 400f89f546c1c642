//! The fields of a definition, described once: the reader checks documents by these lists, the JSON Schema and the
//! documentation are generated from them.

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
    /// A list of language tags.
    Languages,
    /// The name of a kind, see [`crate::KINDS`].
    Kind,
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
        "notice",
        Shape::Text,
        "Read before the first question: why, how long, what is kept and until when. An empty line starts a paragraph.",
    ),
    Field::optional("thanks", Shape::Text, "Read after sending: what happens next."),
    Field::required("pages", Shape::Objects(PAGE), "The pages, in order."),
];

/// The fields of a page.
pub static PAGE: &[Field] = &[
    Field::required("id", Shape::Identifier, "The name of the page, unique in the survey."),
    Field::optional("title", Shape::Text, "A heading for the page."),
    Field::optional("show_if", Shape::Condition, "The page is shown only when this holds."),
    Field::required("questions", Shape::Questions, "The questions, in order."),
    Field::optional("checks", Shape::Objects(RULE), "Rules across questions."),
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
    Field::required("text", Shape::Text, "The question."),
    Field::optional("hint", Shape::Text, "One sentence of help, read with the question."),
    Field::optional(
        "required",
        Shape::Flag,
        "Whether it must be answered when it is shown; `false` unless said.",
    ),
    Field::optional("show_if", Shape::Condition, "The question is shown only when this holds."),
];

/// The fields of an option.
pub static CHOICE: &[Field] = &[
    Field::required(
        "code",
        Shape::Integer(-6, 999_999_999),
        "What is stored: 0 or more, or -2 (does not apply), -5 (does not know), -6 (prefers not to say).",
    ),
    Field::required("text", Shape::Text, "What is shown."),
    Field::optional("other", Shape::Flag, "Asks for words of one's own, kept in the variable NAME_other."),
    Field::optional("exclusive", Shape::Flag, "In a multiple choice: cannot stand beside other options."),
];
