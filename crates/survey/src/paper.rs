//! What of a filled-in sheet of paper can be counted.
//!
//! Nothing stops a pen: two boxes are ticked where one is asked, a place is given twice, a question is answered that
//! the others do not lead to. The way in from the screen refuses such a response, because the citizen can mend it. Here
//! nobody can, so each answer is counted or not, and the rest of the sheet stands.

use crate::answer::{Answer, Answers};
use crate::check::{check_page, sent};
use crate::definition::Survey;
use crate::problem::{Code, Problem};
use crate::route::{Occasion, Route};
use serde_json::{Map, Value};

/// The paradata of a response that was keyed in: the batch, the number of the sheet, after how many entries it was kept,
/// and what cannot be counted. Only the collector writes them.
pub const BATCH: &str = "batch";
/// The number of the sheet.
pub const SHEET: &str = "sheet";
/// After how many entries it was kept.
pub const ENTRIES: &str = "entries";
/// What was answered and cannot be counted, see [`Found::invalid`].
pub const INVALID: &str = "invalid";

/// The marks that paradata hold.
#[must_use]
pub fn invalid(paradata: &Map<String, Value>) -> Vec<String> {
    let marks = paradata.get(INVALID).and_then(Value::as_array).into_iter().flatten();
    marks.filter_map(Value::as_str).map(str::to_owned).collect()
}

/// A sheet as it can be kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The answers that stand. What the others do not lead to is not among them.
    pub answers: Answers,
    /// What was answered and cannot be counted, sorted: a variable, a row of one (`quality.2`), or a question of an
    /// entry (`visits.0.times`). See [`crate::columns::Table::spoil`].
    pub invalid: Vec<String>,
}

/// Sorts out what was written. `spoiled` are variables whose answers the reader of the sheet could not make out.
///
/// A required question that was left blank stays blank, and so does a rule across questions that does not hold: both
/// are what the citizen did. Too few choices stand as they are. What breaks the domain of its question is not counted.
#[must_use]
pub fn as_found(survey: &Survey, answers: &Answers, spoiled: &[String], occasion: Occasion) -> Found {
    let mut answers = without_blank_entries(answers);
    let mut invalid: Vec<String> = Vec::new();
    for name in spoiled {
        clear(&mut answers, name);
        invalid.push(name.clone());
    }
    loop {
        let route = Route::of(survey, &answers, occasion);
        let pages = 0..survey.pages.len();
        let problems: Vec<Problem> =
            pages.flat_map(|page| check_page(survey, &route, page, &answers)).collect();
        let found = problems.into_iter().find_map(|problem| spoil(&mut answers, &problem));
        let Some(mark) = found else {
            let asked = |name: &str| {
                let outer = name.split('.').next().unwrap_or(name);
                let place = survey.place(outer).or_else(|| survey.place(outer.strip_suffix("_other")?));
                place.is_some_and(|place| route.shows(place))
            };
            invalid.retain(|name| asked(name));
            invalid.sort_unstable();
            invalid.dedup();
            return Found { answers: sent(route.answers()), invalid };
        };
        invalid.push(mark);
    }
}

/// Without the entries in which nothing was written, so that marks count those that are left.
fn without_blank_entries(answers: &Answers) -> Answers {
    let mut kept = answers.clone();
    for name in answers.variables() {
        if let Some(Answer::Entries(entries)) = answers.get(name) {
            let entries: Vec<Answers> = entries.iter().filter(|entry| !entry.is_empty()).cloned().collect();
            kept.set(name, (!entries.is_empty()).then_some(Answer::Entries(entries)));
        }
    }
    kept
}

fn clear(answers: &mut Answers, name: &str) {
    answers.set(name, None);
    answers.set(&format!("{name}_other"), None);
}

/// Takes away the answer that a problem is at, or the part of it, and gives its mark; `None` for what may stand.
fn spoil(answers: &mut Answers, problem: &Problem) -> Option<String> {
    let path = problem.question.as_deref()?;
    let parts: Vec<&str> = path.split('.').collect();
    let (name, answer) = (*parts.first()?, answers.get(parts.first()?)?);
    let may_stand = match problem.code {
        Code::Required | Code::Rule | Code::TooFew => true,
        // A region without its district, the first places of a ranking: less than was asked, and true.
        Code::Incomplete => matches!(answer, Answer::Code(_) | Answer::Codes(_)),
        _ => false,
    };
    if may_stand {
        return None;
    }
    let partly = match (answer, parts.as_slice(), problem.param("row")) {
        (Answer::Entries(entries), [_, entry, inner], _) => {
            without_inner(entries, entry, inner).map(|left| (left, path.to_owned()))
        }
        (Answer::Rows(rows), [_], Some(row)) => {
            without_row(rows, row).map(|left| (left, format!("{name}.{row}")))
        }
        _ => None,
    };
    let Some((left, mark)) = partly else {
        clear(answers, name);
        return Some(name.to_owned());
    };
    answers.set(name, Some(left));
    Some(mark)
}

/// The entries without the answer to one of their questions; `None` when nothing would be left of that entry, or
/// nothing was there to take away.
fn without_inner(entries: &[Answers], entry: &str, question: &str) -> Option<Answer> {
    let mut entries = entries.to_vec();
    let entry = entries.get_mut(entry.parse::<usize>().ok()?)?;
    let changed = entry.set(question, None);
    (changed && !entry.is_empty()).then_some(Answer::Entries(entries))
}

/// The rows without this one; `None` when none would be left, or there was no such row.
fn without_row(rows: &[(i64, Answer)], row: i64) -> Option<Answer> {
    let left: Vec<_> = rows.iter().filter(|(code, _)| *code != row).cloned().collect();
    (!left.is_empty() && left.len() < rows.len()).then_some(Answer::Rows(left))
}
