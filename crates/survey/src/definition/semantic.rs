//! What a definition of sound shape can still have wrong: names that clash, conditions that refer forward or to codes
//! that are not there, turns that lead back.

mod mechanism;
mod scope;
mod turns;

pub(crate) use scope::computed;

use super::{Survey, read_choices};
use crate::columns;
use crate::fault::Faults;
use crate::kind;
use crate::missing::Missing;
use crate::read::Object;
use std::collections::HashMap;

/// Words of the expression language.
const RESERVED: [&str; 6] = ["and", "or", "not", "in", "has", "answered"];

/// Notes everything that is wrong between the parts of `survey`, which was read from `root`.
pub(super) fn inspect(survey: &Survey, root: &Object<'_>, faults: &mut Faults) {
    inspect_pages(survey, root, faults);
    inspect_columns(survey, root, faults);
    inspect_retention(root, faults);
    mechanism::inspect(survey, root, faults);
    turns::inspect(survey, root, faults);
    scope::inspect(survey, root, faults);
}

/// Texts are what tells most of somebody, so that they may go before the rest and not after it.
fn inspect_retention(root: &Object<'_>, faults: &mut Faults) {
    let Some(retention) = root.object("retention") else { return };
    let (responses, texts) = (retention.integer("responses"), retention.integer("texts"));
    if let (Some(responses), Some(texts)) = (responses, texts)
        && texts >= responses
    {
        faults.add(
            retention.at("texts"),
            "is not fewer days than `responses`: texts go with their response. Say fewer, or take it away.",
        );
    }
}

/// Notes what is wrong between the fields of each kind, among its options and rows, and in its default.
fn inspect_pages(survey: &Survey, root: &Object<'_>, faults: &mut Faults) {
    for page in root.objects("pages") {
        for question in page.objects("questions") {
            inspect_question(&question, faults);
            for inner in question.objects("questions") {
                inspect_question(&inner, faults);
            }
            inspect_default(survey, &question, faults);
        }
    }
}

fn inspect_question(question: &Object<'_>, faults: &mut Faults) {
    if let Some(kind) = question.string("type").and_then(kind::named) {
        for field in ["options", "rows"] {
            inspect_choices(question, field, faults);
        }
        (kind.inspect)(question, faults);
    }
}

fn inspect_default(survey: &Survey, fields: &Object<'_>, faults: &mut Faults) {
    let Some(question) = fields.string("name").and_then(|name| survey.question(name)) else { return };
    if fields.value("default").is_none() {
        return;
    }
    let sound = question.default.as_ref().is_some_and(|answer| question.problems(answer).is_empty());
    if !sound {
        faults.add(
            fields.at("default"),
            "is not an answer that this question takes. Write it as a response would hold it, or take it away.",
        );
    }
}

fn inspect_choices(question: &Object<'_>, field: &str, faults: &mut Faults) {
    let options = question.objects(field);
    // Thousands of places have thousands of codes: a table, not every pair.
    let mut seen = HashMap::new();
    let mut other = false;
    for (index, option) in options.iter().enumerate() {
        if let Some(code) = option.integer("code") {
            let stands_before = seen.insert(code, index).is_some();
            inspect_code(code, stands_before, option, faults);
        }
        if option.flag("other") && std::mem::replace(&mut other, true) {
            faults.add(
                option.at("other"),
                "is the second of its question; the words of one \"other\" can be kept.",
            );
        }
    }
    let conditional = read_choices(question, field).iter().all(|choice| choice.show_if.is_some());
    if !options.is_empty() && conditional && question.flag("required") && question.string("show_if").is_none()
    {
        faults.add(
            question.at(field),
            "are all shown under conditions: when none holds, the required question has nothing to choose and is left out. Say so with \"show_if\", or add an option that is always there.",
        );
    }
}

fn inspect_code(code: i64, stands_before: bool, option: &Object<'_>, faults: &mut Faults) {
    if stands_before {
        faults.add(option.at("code"), format!("{code} stands twice. Give each option a code of its own."));
    }
    if code < 0 && !Missing::FOR_OPTIONS.contains(&code) {
        faults.add(
            option.at("code"),
            format!("{code} is reserved. Below zero there are -2 (does not apply), -5 (does not know), -6 (prefers not to say)."),
        );
    }
}

/// Every column of an export has a name of its own, without regard to case; so has every variable.
fn inspect_columns(survey: &Survey, root: &Object<'_>, faults: &mut Faults) {
    let mut taken: HashMap<String, &str> = HashMap::new();
    for name in columns::ENVELOPE {
        taken.insert(name.to_owned(), "every export");
    }
    for name in RESERVED {
        taken.insert(name.to_owned(), "conditions");
    }
    for ((question, columns), path) in columns::of_survey(survey).zip(question_paths(survey, root)) {
        let mut names: Vec<String> = columns.into_iter().map(|column| column.name).collect();
        if !names.contains(&question.name) {
            names.push(question.name.clone());
        }
        for name in names {
            if let Some(owner) = taken.insert(name.to_ascii_lowercase(), &question.name) {
                faults.add(
                    format!("{path}.name"),
                    format!("needs the column \"{name}\", which is taken by {owner}. Choose another name."),
                );
            }
        }
    }
}

/// The paths of the questions that could be read, in order.
fn question_paths(survey: &Survey, root: &Object<'_>) -> Vec<String> {
    let readable: Vec<&str> = survey.questions().map(|question| question.name.as_str()).collect();
    let mut paths = Vec::new();
    for page in root.objects("pages") {
        for question in page.objects("questions") {
            if question.string("name").is_some_and(|name| readable.get(paths.len()) == Some(&name)) {
                paths.push(question.path);
            }
        }
    }
    paths
}
