//! Texts within answers, wherever they stand, and the same answers with other texts in their place. What is put there is
//! decided elsewhere: [`crate::mask`] covers what identifies somebody, [`crate::forget`] what is over.

use crate::answer::{Answer, Answers};
use crate::definition::{Question, Survey};
use crate::domain::Domain;
use crate::domain::words::Form;

/// Where a text comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// A question for words of this form.
    Words(Form),
    /// The page that the form stands in.
    Given,
    /// Words beside a choice, or in the place of another answer.
    Beside,
}

/// What stands in the place of a text; `None` for the text itself.
pub(crate) type Replace<'a> = &'a dyn Fn(Source, &str) -> Option<String>;

/// The answers with texts replaced; `None` when all stay.
pub(crate) fn replaced(survey: &Survey, answers: &Answers, replace: Replace<'_>) -> Option<Answers> {
    let mut out = None;
    for question in survey.questions() {
        in_question(question, answers, replace, &mut out);
    }
    out
}

fn in_question(question: &Question, answers: &Answers, replace: Replace<'_>, out: &mut Option<Answers>) {
    let mut put = |name: &str, answer: Answer| {
        out.get_or_insert_with(|| answers.clone()).set(name, Some(answer));
    };
    let given = answers.get(&question.name);
    if let Some(answer) = given.and_then(|answer| in_answer(&question.domain, answer, replace)) {
        put(&question.name, answer);
    }
    let other = question.other().map(|_| question.other_name());
    if let Some(name) = other
        && let Some(Answer::Text(text)) = answers.get(&name)
        && let Some(text) = replace(Source::Beside, text)
    {
        put(&name, Answer::Text(text));
    }
}

fn in_answer(domain: &Domain, answer: &Answer, replace: Replace<'_>) -> Option<Answer> {
    match (domain, answer) {
        (Domain::Words(words), Answer::Text(text)) => {
            replace(Source::Words(words.form), text).map(Answer::Text)
        }
        (Domain::Given, Answer::Text(text)) => replace(Source::Given, text).map(Answer::Text),
        (_, Answer::Typed(typed)) => {
            let new: Vec<Option<String>> = typed.iter().map(|text| replace(Source::Beside, text)).collect();
            let any = new.iter().any(Option::is_some);
            let texts = new.into_iter().zip(typed).map(|(new, old)| new.unwrap_or_else(|| old.clone()));
            any.then(|| Answer::Typed(texts.collect()))
        }
        (Domain::Rows(rows), Answer::Rows(given)) => {
            let mut any = false;
            let row = |(row, cell): &(i64, Answer)| {
                let new = in_answer(&rows.cell, cell, replace);
                any |= new.is_some();
                (*row, new.unwrap_or_else(|| cell.clone()))
            };
            let rows = given.iter().map(row).collect();
            any.then_some(Answer::Rows(rows))
        }
        (Domain::Entries(group), Answer::Entries(entries)) => {
            let mut any = false;
            let entry = |entry: &Answers| {
                let mut out = None;
                for question in &group.questions {
                    in_question(question, entry, replace, &mut out);
                }
                any |= out.is_some();
                out.unwrap_or_else(|| entry.clone())
            };
            let entries = entries.iter().map(entry).collect();
            any.then_some(Answer::Entries(entries))
        }
        _ => None,
    }
}
