//! Conditions in words: on paper nobody but the citizen decides what she is asked next.

use super::document::Sheet;
use crate::http::escape;
use survey::expression::{Expression, Outline, Relation, Subject};
use survey::number::Number;
use survey::{Choice, Control, Domain, Missing, Question};

/// A condition as a part of a sentence; `None` for one that is too much for words.
pub(crate) fn in_words(sheet: &Sheet<'_>, condition: &Expression) -> Option<String> {
    said(sheet, &condition.outline()?)
}

/// The same as HTML.
pub(super) fn in_html(sheet: &Sheet<'_>, condition: &Expression) -> Option<String> {
    in_words(sheet, condition).map(|text| escape(&text))
}

fn said(sheet: &Sheet<'_>, outline: &Outline) -> Option<String> {
    match outline {
        Outline::All(parts) => joined(sheet, "and", parts),
        Outline::Any(parts) => joined(sheet, "or", parts),
        Outline::Answered(subject, answered) => {
            let key = if *answered { "answered" } else { "unanswered" };
            Some(sheet.said.fill(key, &[("n", place(sheet, subject)?)]))
        }
        Outline::Compare(subject, relation, values) => compared(sheet, subject, *relation, values),
    }
}

/// Parts that are joined by the other word stand in parentheses.
fn joined(sheet: &Sheet<'_>, key: &str, parts: &[Outline]) -> Option<String> {
    let mut out: Option<String> = None;
    for part in parts {
        let nested = matches!(part, Outline::All(_) | Outline::Any(_));
        let text = said(sheet, part)?;
        let text = if nested { format!("({text})") } else { text };
        out = Some(match out {
            None => text,
            Some(before) => sheet.said.fill(key, &[("a", before), ("b", text)]),
        });
    }
    out
}

/// Where on the paper the answer is: the number of the question, or of its row.
fn place(sheet: &Sheet<'_>, subject: &Subject) -> Option<String> {
    let number = sheet.number(&subject.variable)?;
    let Some(row) = subject.row else { return Some(number.to_owned()) };
    let question = sheet.question(&subject.variable)?;
    let place = question.rows.iter().position(|choice| choice.code == row)?;
    Some(row_number(number, place))
}

/// The number of a row, by its place from 0.
pub(super) fn row_number(number: &str, place: usize) -> String {
    format!("{number}.{}", place + 1)
}

fn compared(sheet: &Sheet<'_>, subject: &Subject, relation: Relation, values: &[Number]) -> Option<String> {
    let question = sheet.question(&subject.variable)?;
    let cell = match &question.domain {
        Domain::Rows(rows) => &*rows.cell,
        domain => domain,
    };
    let (relation, options) = match cell {
        Domain::One if !matches!(question.control, Control::Points(_)) => chosen(question, relation, values)?,
        Domain::Several { .. } | Domain::Ranking { .. } => (relation, options(question, values)?),
        Domain::One | Domain::Number(_) => (relation, Vec::new()),
        _ => return None,
    };
    let texts: Vec<String> = if options.is_empty() {
        values.iter().map(|value| sheet.said.form.number(&value.to_plain())).collect()
    } else {
        options.iter().map(|choice| sheet.said.form.quoted(&sheet.text(&choice.text))).collect()
    };
    let all = matches!(relation, Relation::Only | Relation::NotOnly);
    let a = if all { sheet.said.form.list(&texts) } else { sheet.said.form.list_or(&texts) };
    Some(sheet.said.fill(key(relation), &[("n", place(sheet, subject)?), ("a", a)]))
}

fn key(relation: Relation) -> &'static str {
    match relation {
        Relation::Is => "is",
        Relation::IsNot => "is_not",
        Relation::Only => "only",
        Relation::NotOnly => "not_only",
        Relation::Has => "has",
        Relation::Less => "less",
        Relation::AtMost => "at_most",
        Relation::More => "more",
        Relation::AtLeast => "at_least",
    }
}

fn options<'a>(question: &'a Question, values: &[Number]) -> Option<Vec<&'a Choice>> {
    let option = |value: &Number| {
        let code = value.whole()?;
        question.choices.iter().find(|choice| choice.code == code)
    };
    values.iter().map(option).collect::<Option<Vec<_>>>().filter(|options| !options.is_empty())
}

/// "At most 2" is a comparison of codes: on paper there are the options that it means. Codes of missing values have no
/// order.
fn chosen<'a>(
    question: &'a Question,
    relation: Relation,
    values: &[Number],
) -> Option<(Relation, Vec<&'a Choice>)> {
    let bound = *values.first()?;
    let fits = |code: Number| match relation {
        Relation::Less => code < bound,
        Relation::AtMost => code <= bound,
        Relation::More => code > bound,
        _ => code >= bound,
    };
    let ordered = matches!(relation, Relation::Less | Relation::AtMost | Relation::More | Relation::AtLeast);
    if !ordered {
        return Some((relation, options(question, values)?));
    }
    let meant = question.choices.iter().filter(|choice| {
        Missing::of_code(choice.code).is_none() && Number::from_whole(choice.code).is_some_and(fits)
    });
    let meant: Vec<&Choice> = meant.collect();
    (!meant.is_empty()).then_some((Relation::Is, meant))
}

/// The line above a question that not everybody is asked; nothing where everybody is.
pub(super) fn line(sheet: &Sheet<'_>, key: &str, condition: Option<&Expression>) -> String {
    let Some(condition) = condition else { return String::new() };
    let text = match in_html(sheet, condition) {
        Some(condition) => sheet.said.fill(key, &[("condition", condition)]),
        None => escape(sheet.said.get("unsaid")),
    };
    format!("<p class=\"when\">{text}</p>\n")
}
