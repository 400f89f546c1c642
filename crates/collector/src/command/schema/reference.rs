//! The reference in `docs/survey-format.md`, as Markdown: every object of a definition with its fields, and every kind
//! with a picture, its example, what conditions see of it and the columns that it fills.

use super::drawn::drawn;
use super::{is_pictured, survey_of, the_question};
use anyhow::{Context, Result};
use serde_json::{Value, json};
use survey::columns::{Cell, Column, Item, Measure, Part, Table};
use survey::domain::{Domain, moment::Unit};
use survey::field::{self, Field, Shape, mechanism};
use survey::kind::Registration;
use survey::{Answers, KINDS, Occasion, Question, Survey, Text};

/// The first line: all behind it in the page is ours. `cargo xtask docs` finds it there.
const MARKER: &str = "<!-- From here on the page is written by `cargo xtask docs`. -->";

/// The objects of a definition: what one is called, what many are called, and the fields.
static OBJECTS: [(&str, &str, &[Field]); 24] = [
    ("The survey", "surveys", field::SURVEY),
    ("A contact", "contacts", field::CONTACT),
    ("A retention", "retentions", field::RETENTION),
    ("A consultation", "consultations", mechanism::CONSULTATION),
    ("A draft", "drafts", mechanism::DRAFT),
    ("A meeting", "meetings", mechanism::MEETING),
    ("An item", "items", mechanism::ITEM),
    ("A vote", "votes", mechanism::BALLOT),
    ("A reception", "receptions", mechanism::RECEPTION),
    ("A body", "bodies", mechanism::BODY),
    ("A term", "terms", mechanism::TERM),
    ("An appeal", "appeals", mechanism::APPEAL),
    ("A page", "pages", field::PAGE),
    ("A rule", "rules", field::RULE),
    ("A turn", "turns", field::TURN),
    ("A quota", "quotas", field::QUOTA),
    ("A question", "questions", field::QUESTION),
    ("A medium", "media", field::MEDIA),
    ("An option", "options", field::CHOICE),
    ("An option of a list", "options", field::ITEM),
    ("A row", "rows", field::ROW),
    ("A card", "cards", field::CARD),
    ("A picture", "pictures", field::IMAGE),
    ("A place", "places", field::WITHIN),
];

/// The page, from its marker on.
pub(super) fn page() -> Result<String> {
    let mut page = vec![MARKER.to_owned(), "## Every field".to_owned(), SPELLING.to_owned()];
    for (name, _, fields) in OBJECTS {
        page.extend([format!("### {name}"), table(fields)]);
    }
    page.extend(["## Every kind".to_owned(), OF_KINDS.to_owned(), kinds()]);
    for kind in KINDS {
        page.extend(of_kind(kind)?);
    }
    Ok(page.join("\n\n") + "\n")
}

const SPELLING: &str = "\
| what a field holds | how it is written |
|---|---|
| identifier | lower-case ASCII letters, digits and hyphens, a letter first, at most 64 |
| variable | ASCII letters, digits and `_`, a letter first, at most 32 |
| text | a string, the same in every language, or an object with a string for each language |
| condition, expression | a string in the language of [expressions.md](expressions.md) |
| number | a JSON number with at most six decimal places |
| telephone number | as it is read: `+7 7172 70 80 90`, `1414` |
| file | a path below the directory of the definition: `media/park.jpg` |
| local time | the clock in Kazakhstan: `2026-12-01T09:00` |
| moment | a day `2026-12-01`, a month `2026-12` or a time `09:00`, as the kind has it |
| answer | what a response holds of the question: see the answer below each kind |";

const OF_KINDS: &str = "\
The pictures show the examples as they are asked in Kazakh, the text beside them in English with the codes. The columns \
are those of an export, with what the answer given above them puts into each; the places of a random order are those of \
the seed 1.";

/// What can be found where.
fn kinds() -> String {
    let row = |kind: &&Registration| format!("| [`{0}`](#{0}) | {1} |", kind.name, cell(kind.about));
    let rows: Vec<String> = KINDS.iter().map(row).collect();
    format!("| kind | what it is for |\n|---|---|\n{}", rows.join("\n"))
}

fn of_kind(kind: &Registration) -> Result<Vec<String>> {
    let survey = survey_of(kind)?;
    let question = the_question(&survey);
    let mut parts = vec![format!("### `{}`", kind.name), kind.about.to_owned()];
    if is_pictured(&question) {
        parts.push(format!("![The example of {0}, in Kazakh](kinds/{0}.webp)", kind.name));
    }
    parts.push(format!("```text\n{}\n```", drawn(&question).join("\n")));
    if !kind.fields.is_empty() {
        parts.push(table(kind.fields));
        parts.extend(kind.fields.iter().filter_map(unnamed).map(table));
    }
    parts.push(format!("```json\n{}\n```", kind.example.replace("\n        ", "\n  ")));
    parts.push(said(kind, &question));
    parts.extend(columns(kind, &survey)?);
    Ok(parts)
}

/// The fields of objects that only one kind has.
fn unnamed(field: &Field) -> Option<&'static [Field]> {
    match field.shape {
        Shape::Objects(fields) if named(fields).is_none() => Some(fields),
        _ => None,
    }
}

/// The answer, and what conditions see of it.
fn said(kind: &Registration, question: &Question) -> String {
    let mut said = String::new();
    if question.domain.is_answered() {
        said = format!("Answer: `{}`. ", kind.answer);
    }
    match seen(kind, question) {
        Some((what, example)) => said + &format!("Conditions see {what}: `{example}`."),
        None => said + "There is nothing in it that a condition could ask for.",
    }
}

/// What expressions see of a question, and a condition that asks for it.
pub(super) fn seen(kind: &Registration, question: &Question) -> Option<(String, String)> {
    let answer: Value = serde_json::from_str(kind.answer).unwrap_or_default();
    let name = &question.name;
    let (what, example) = match &question.domain {
        Domain::Nothing => return None,
        Domain::Computed(_) => ("what its expression gives", format!("{name} >= 1000")),
        Domain::Entries(_) => ("how many entries there are", format!("count({name}) >= 2")),
        Domain::Rows(rows) => {
            let row = question.rows.first()?.code;
            let (what, example) = of_one(&rows.cell, &format!("{name}[{row}]"), question, &answer)?;
            return Some((format!("in each row {what}"), example));
        }
        domain => of_one(domain, name, question, &answer)?,
    };
    Some((what.to_owned(), example))
}

fn of_one(
    domain: &Domain,
    name: &str,
    question: &Question,
    answer: &Value,
) -> Option<(&'static str, String)> {
    let code = question.choices.first().map(|choice| choice.code);
    let quoted = answer.as_str().map(|text| format!("'{text}'"));
    Some(match domain {
        Domain::One => ("a code", format!("{name} == {}", code?)),
        Domain::Several { .. } => ("a set of codes", format!("{name} has {}", code?)),
        Domain::Ranking { .. } => ("the set of codes that have a place", format!("{name} has {}", code?)),
        Domain::Number(_) => ("a number", format!("{name} >= 10")),
        Domain::Moment(moment) if moment.unit == Unit::Day => ("a day", format!("{name} >= {}", quoted?)),
        Domain::Words(words) if words.form == survey::domain::words::Form::Free => {
            ("text", format!("length({name}) > 100"))
        }
        Domain::Words(_) | Domain::Moment(_) | Domain::Given => ("text", format!("{name} == {}", quoted?)),
        Domain::Nothing | Domain::Computed(_) | Domain::Rows(_) | Domain::Entries(_) => return None,
    })
}

fn columns(kind: &Registration, survey: &Survey) -> Result<Option<String>> {
    let question = the_question(survey);
    let table = Table::of(&[survey]);
    if table.columns().is_empty() {
        return Ok(None);
    }
    let mut sent = json!({});
    if question.domain.is_answered() {
        sent[&question.name] = serde_json::from_str(kind.answer)?;
    }
    let sent = sent.as_object().context("an object was made")?;
    let answers = Answers::read(survey, sent).ok().context("the answer of an example is of another type")?;
    let cells = table.row(0, survey, &answers, Occasion { seed: 1, today: None });
    let row = |(column, given): (&Column, &Cell)| {
        let (what, values) = (cell(&about(column, &question)), cell(&labels(column)));
        format!(
            "| `{}` | {} | {what} | {values} | {} |",
            column.name,
            measure(column.measure),
            written(given)
        )
    };
    let rows: Vec<String> = table.columns().iter().zip(&cells).map(row).collect();
    Ok(Some(format!("| column | measure | of | labels | cell |\n|---|---|---|---|---|\n{}", rows.join("\n"))))
}

fn measure(measure: Measure) -> &'static str {
    match measure {
        Measure::Nominal => "nominal",
        Measure::Ordinal => "ordinal",
        Measure::Scale => "scale",
        Measure::Text => "text",
        Measure::Moment => "moment",
    }
}

/// What a column is about beyond its question.
fn about<'a>(column: &'a Column, question: &'a Question) -> String {
    let inner = (column.label != question.text).then_some(&column.label);
    let text = |item: &'a Option<Item>| item.as_ref().map(|item| &item.text);
    let parts = [inner, text(&column.row), text(&column.option)];
    let mut about = parts.into_iter().flatten().map(english).collect::<Vec<_>>().join(", ");
    match column.part {
        Part::Position => about += ": its place in the list",
        Part::Other => about += ": the words",
        _ => {}
    }
    about
}

/// The codes with their labels, but for points that are their own.
fn labels(column: &Column) -> String {
    let labelled = column.values.iter().map(|(code, text)| (code, english(text)));
    let told = labelled.filter(|(code, text)| code.to_string() != *text);
    told.map(|(code, text)| format!("{code} {text}")).collect::<Vec<_>>().join("; ")
}

fn english(text: &Text) -> String {
    match text {
        Text::Word(key) => qulaq::words::of("en").get(key).to_owned(),
        text => text.get("en").to_owned(),
    }
}

fn written(cell: &Cell) -> String {
    match cell {
        Cell::Code(code) => code.to_string(),
        Cell::Number(number) => number.to_plain(),
        Cell::Text(text) => format!("`{text}`"),
        Cell::Missing(missing) => missing.code().to_string(),
    }
}

/// A table of fields.
fn table(fields: &[Field]) -> String {
    let row = |field: &Field| {
        let required = if field.required { "required" } else { "" };
        format!("| `{}` | {required} | {} | {} |", field.name, holds(&field.shape), cell(field.about))
    };
    let rows: Vec<String> = fields.iter().map(row).collect();
    format!("| field | | holds | what for |\n|---|---|---|---|\n{}", rows.join("\n"))
}

fn holds(shape: &Shape) -> String {
    match shape {
        Shape::Flag => "`true` or `false`".to_owned(),
        Shape::Integer(least, most) if least == most => format!("{least}"),
        Shape::Integer(least, most) => format!("a whole number, {} to {}", grouped(*least), grouped(*most)),
        Shape::Identifier => "identifier".to_owned(),
        Shape::Variable => "variable".to_owned(),
        Shape::Text => "text".to_owned(),
        Shape::Condition => "condition".to_owned(),
        Shape::Expression => "expression".to_owned(),
        Shape::Number => "number".to_owned(),
        Shape::OneOf(words) => words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", "),
        Shape::Phone => "telephone number".to_owned(),
        Shape::Email => "e-mail address".to_owned(),
        Shape::File => "file".to_owned(),
        Shape::LocalTime => "local time".to_owned(),
        Shape::Moment => "moment".to_owned(),
        Shape::Answer => "answer".to_owned(),
        Shape::Account => "name of an account".to_owned(),
        Shape::Codes => "a list of codes".to_owned(),
        Shape::Languages => "language tags in lower case, at most 12 characters each".to_owned(),
        Shape::Kind => "[a kind](#every-kind)".to_owned(),
        Shape::Object(fields) => match named(fields) {
            Some((name, _)) => format!("[{}](#{})", name.to_lowercase(), anchor(name)),
            None => format!("an object: {}", listed(fields)),
        },
        Shape::Objects(fields) => match named(fields) {
            Some((name, many)) => format!("a list of [{many}](#{})", anchor(name)),
            None => format!("a list: {}", listed(fields)),
        },
        Shape::Questions => "a list of [questions](#a-question)".to_owned(),
    }
}

fn listed(fields: &[Field]) -> String {
    fields.iter().map(|field| format!("`{}`", field.name)).collect::<Vec<_>>().join(", ")
}

/// What objects with these fields are called. Lists are told apart by what they say, not by where they lie: a constant
/// may lie in several places.
fn named(fields: &[Field]) -> Option<(&'static str, &'static str)> {
    let same = |known: &[Field]| {
        known.len() == fields.len()
            && known.iter().zip(fields).all(|(one, other)| one.name == other.name && one.about == other.about)
    };
    OBJECTS.iter().find(|(.., known)| same(known)).map(|(name, many, _)| (*name, *many))
}

/// The address of a heading in its page.
fn anchor(heading: &str) -> String {
    heading.to_lowercase().replace(' ', "-")
}

/// A number with a comma after the thousands, where it has more than four digits.
fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if number < 0 { format!("-{out}") } else { out }
}

/// Text in a cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}
