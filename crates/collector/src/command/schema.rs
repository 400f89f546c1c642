//! `qulaq schema`: what a definition may hold, for editors as JSON Schema and for people as the reference in
//! `docs/survey-format.md`. Both are made from the lists that the reader checks by.

mod drawn;
mod reference;

use super::Out;
use anyhow::Result;
use clap::Args;
use serde_json::{Value, json};
use survey::{Control, KINDS, Question, Survey, kind::Registration, texts::stamp};

#[derive(Debug, Args)]
pub(super) struct Options {
    /// Print the reference part of docs/survey-format.md instead, as Markdown
    #[arg(long)]
    markdown: bool,
    /// Print the examples of which pictures are made for that page
    #[arg(long, hide = true, conflicts_with = "markdown")]
    examples: bool,
}

pub(super) fn run(options: &Options, out: &mut Out) -> Result<()> {
    if options.markdown {
        write!(out, "{}", reference::page()?)?;
    } else if options.examples {
        writeln!(out, "{:#}", examples()?)?;
    } else {
        writeln!(out, "{:#}", survey::schema::schema())?;
    }
    Ok(())
}

/// The examples that show something, each with a stamp by which a picture is known to be older than its example.
fn examples() -> Result<Value> {
    let mut shown = Vec::new();
    for kind in KINDS {
        if is_pictured(&the_question(&survey_of(kind)?)) {
            let question: Value = serde_json::from_str(kind.example)?;
            shown.push(json!({ "name": kind.name, "stamp": stamp(kind.example), "question": question }));
        }
    }
    Ok(Value::Array(shown))
}

/// A survey whose only question is the example of a kind.
fn survey_of(kind: &Registration) -> Result<Survey> {
    let question: Value = serde_json::from_str(kind.example)?;
    let document = json!({
        "format": 1, "id": "example", "languages": ["kk", "ru", "en"], "title": "example",
        "pages": [{ "id": "p1", "questions": [question] }],
    });
    let unsound = |faults| anyhow::anyhow!("the example of {} is unsound: {faults:?}", kind.name);
    Survey::from_value(&document).map_err(unsound)
}

/// Its question.
fn the_question(survey: &Survey) -> Question {
    survey.pages[0].questions[0].clone()
}

/// Whether there is anything to see of a question.
fn is_pictured(question: &Question) -> bool {
    !matches!(question.control, Control::None)
}

#[cfg(test)]
mod tests;
