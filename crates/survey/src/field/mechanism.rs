//! What a survey is besides asking: the fields of each mechanism of participation. The form knows nothing of them.

use super::{Field, Shape};

/// The mechanisms, as [`MECHANISM`] names them.
pub const MECHANISMS: &[&str] =
    &["feedback", "consultation", "forum", "meeting", "reception", "prioritising"];

/// What the survey is besides asking.
pub const MECHANISM: Field = Field::optional(
    "mechanism",
    Shape::OneOf(MECHANISMS),
    "What the survey is besides asking: with `consultation`, `forum`, `meeting` and `reception` each response opens a \
     matter, which gets a number and is followed.",
);

/// The fields of a consultation.
pub static CONSULTATION: &[Field] = &[
    Field::required("draft", Shape::Objects(DRAFT), "The draft, a file in each language of the survey."),
    Field::required(
        "paragraph",
        Shape::Variable,
        "The `hidden` question that says which paragraph a comment is about.",
    ),
    Field::optional(
        "stance",
        Shape::Variable,
        "The choice of whoever agrees (1) with a paragraph or disagrees (2).",
    ),
    Field::required("comment", Shape::Variable, "The text that says what somebody thinks of it."),
    Field::optional(
        "speaker",
        Shape::Variable,
        "The choice of whoever speaks as a person (1) or for an organisation (2).",
    ),
    Field::optional("organisation", Shape::Variable, "The text with the name of the organisation."),
    Field::optional("name", Shape::Variable, "The text with the name of the person."),
    Field::required(
        "publish",
        Shape::Variable,
        "The choice of whether a comment may be published: with the name (1), without it (2), not at all (3).",
    ),
    Field::optional(
        "at_least",
        Shape::Integer(1, 250),
        "Working days that it must be open at least, after the day on which it opens; it then needs `opens` and `closes`.",
    ),
    Field::optional(
        "moderation",
        Shape::OneOf(&["before", "after"]),
        "Whether comments are shown after a moderator has seen them, or before; `before` unless said.",
    ),
];

/// The fields of a draft in one language.
pub static DRAFT: &[Field] = &[
    Field::required("lang", Shape::Identifier, "The language."),
    Field::required(
        "file",
        Shape::File,
        "The text, below the place of the definition: Markdown (`.md`) or HTML (`.html`). All languages have the same paragraphs.",
    ),
];

/// The fields of a forum.
pub static FORUM: &[Field] = &[
    Field::required(
        "title",
        Shape::Variable,
        "The question whose answer is an idea in a few words, on which others vote. How long it may be, the question says.",
    ),
    Field::optional("text", Shape::Variable, "The question whose answer says more of the idea."),
    TOPIC,
    Field::optional(
        "place",
        Shape::Variable,
        "The question whose answer is the place of the idea: a single choice, or words.",
    ),
    Field::required(
        "rules",
        Shape::Text,
        "By which rules moderators decide, each a line of its own: everybody reads them, and they are the reasons for which \
         an idea can be hidden.",
    ),
    Field::required(
        "appeal",
        Shape::Text,
        "Where somebody turns who finds that a moderator decided wrongly.",
    ),
    Field::optional(
        "moderation",
        Shape::OneOf(&["before", "after"]),
        "Whether everybody sees an idea after a moderator has, or `after` says before; `before` unless said.",
    ),
];

/// The fields of a meeting.
pub static MEETING: &[Field] = &[
    Field::required("starts", Shape::LocalTime, "When it begins: local time in Kazakhstan."),
    Field::required("place", Shape::Text, "Where it is."),
    Field::optional(
        "stream",
        Shape::Text,
        "The address at which it is seen online, for all or one in each language: `https://…`. It is shown as a link alone.",
    ),
    Field::optional("agenda", Shape::Objects(ITEM), "What the agency itself puts on the agenda, in order."),
    Field::required(
        "attends",
        Shape::Variable,
        "The single choice of whoever comes to the room (1), takes part online (2) or does not come (3).",
    ),
    Field::optional("needs", Shape::Variable, "The multiple choice of what somebody needs to attend."),
    Field::optional(
        "name",
        Shape::Variable,
        "The text with the name of whoever registers, for those at the door; it is never public.",
    ),
    Field::required(
        "question",
        Shape::Variable,
        "The text in which somebody may put a question on the agenda, which others support.",
    ),
    TOPIC,
    Field::required(
        "rules",
        Shape::Text,
        "By which rules moderators decide, each a line of its own: everybody reads them, and they are the reasons for which \
         a question can be hidden.",
    ),
    Field::required(
        "appeal",
        Shape::Text,
        "Where somebody turns who finds that a moderator decided wrongly.",
    ),
    Field::optional(
        "moderation",
        Shape::OneOf(&["before", "after"]),
        "Whether everybody sees a question after a moderator has, or `after` says before; `before` unless said.",
    ),
    Field::optional(
        "eligible",
        Shape::Integer(1, 999_999_999),
        "How many may take part: members, flats, houses of a village.",
    ),
    Field::optional(
        "quorum",
        Shape::Integer(1, 100),
        "How many per cent of `eligible` have to be there for it to decide; the share is rounded up to whole people.",
    ),
    Field::optional(
        "at_least",
        Shape::Integer(1, 999_999_999),
        "How many people have to be there for it to decide, where the rule is a number and no share.",
    ),
    Field::optional(
        "ballots",
        Shape::Objects(BALLOT),
        "The votes that are held in it, each a survey of the tier `invited`.",
    ),
];

/// The fields of an item of an agenda.
pub static ITEM: &[Field] = &[
    Field::required("id", Shape::Identifier, "Its name, under which the minutes keep what was said of it."),
    Field::required("text", Shape::Text, "What it is about."),
];

/// The fields of a vote in a meeting.
pub static BALLOT: &[Field] =
    &[Field::required("survey", Shape::Identifier, "The survey that is the vote, by its `id`.")];

/// The fields of a reception.
pub static RECEPTION: &[Field] = &[
    Field::required("topic", Shape::Variable, "The single choice whose code is the topic of the matter."),
    Field::required(
        "text",
        Shape::Variable,
        "The question in which the citizen says in a few words what it is about.",
    ),
    Field::optional("needs", Shape::Variable, "The multiple choice of what somebody needs to attend."),
    Field::optional("visit", Shape::Variable, "The question when somebody comes, or is to be called."),
    Field::optional("phone", Shape::Variable, "The question where somebody can be reached."),
    Field::required("bodies", Shape::Objects(BODY), "Who deals with which topics."),
    Field::optional("term", Shape::Object(TERM), "How long an answer may take."),
    Field::optional(
        "closes",
        Shape::Moment,
        "When the office closes, such as `18:30`, which it is unless said: what comes later is registered on the next working \
         day.",
    ),
    Field::required("appeal", Shape::Object(APPEAL), "Whether what is said here is an appeal by law."),
    Field::optional(
        "asks_after",
        Shape::Integer(1, 365),
        "Days after an answer from when on the citizen who follows the matter is asked whether it was solved: 30 unless said.",
    ),
];

/// The fields of a body that deals with topics.
pub static BODY: &[Field] = &[
    Field::required("id", Shape::Identifier, "Its name in histories and exports."),
    Field::required("name", Shape::Text, "What it is called."),
    Field::optional("post", Shape::Text, "The post of its head, as citizens read it."),
    Field::optional(
        "head",
        Shape::Account,
        "The account of its head, who is responsible for what comes in; unless said, a controller gives each matter to somebody.",
    ),
    Field::required(
        "topics",
        Shape::Codes,
        "The codes of its topics. A topic of no body falls to the controllers.",
    ),
];

/// The fields of a term.
pub static TERM: &[Field] = &[
    Field::optional("days", Shape::Integer(1, 250), "Working days: 15 unless said."),
    Field::optional(
        "counting",
        Shape::OneOf(&["after_receipt", "on_registration", "after_registration"]),
        "The first of them: the working day after the receipt (unless said), the day of registration, or the working day after it.",
    ),
];

/// The fields of an appeal.
pub static APPEAL: &[Field] = &[
    Field::optional(
        "registered",
        Shape::Flag,
        "Whether it is one under the Administrative Procedural and Process-Related Code, because the agency has connected its \
         registry; `false` unless said, and then the form says so.",
    ),
    Field::required("text", Shape::Text, "Where to file one, or in which registry it is."),
];

const TOPIC: Field =
    Field::optional("topic", Shape::Variable, "The single choice whose code is the topic of the matter.");

/// Page feedback: one survey on every page of a site.
pub static FEEDBACK: &[Field] = &[
    Field::required(
        "path",
        Shape::Variable,
        "The `hidden` question that takes the path of the page by itself.",
    ),
    Field::required("useful", Shape::Variable, "The question whether the page is useful."),
    Field::optional("no", Shape::Integer(0, 999_999_999), "Its code for \"no\": 0 unless said."),
    Field::optional(
        "problem",
        Shape::Integer(0, 999_999_999),
        "Its code for \"there is a problem with this page\", if it has one.",
    ),
];

/// Prioritising: choosing among projects by ballot.
pub static PRIORITISING: &[Field] = &[
    Field::required("question", Shape::Variable, "The question that is the ballot."),
    Field::optional("winners", Shape::Integer(1, 1000), "How many projects win; this or `budget`."),
    Field::optional(
        "budget",
        Shape::Number,
        "What there is to be spent, in tenge: projects win by votes for as long as it lasts.",
    ),
    Field::optional("costs", Shape::Objects(COST), "What each project costs, where there is a `budget`."),
];

/// The fields of a cost.
pub static COST: &[Field] = &[
    Field::required("code", Shape::Integer(0, 999_999_999), "The code of the project."),
    Field::required("cost", Shape::Number, "What it costs, in tenge."),
];
