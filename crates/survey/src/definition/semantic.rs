//! What a definition of sound shape can still have wrong: names that clash, conditions that refer forward or to codes
//! that are not there.

use super::{Choice, Page, Survey};
use crate::columns;
use crate::expression::{self, Comparison, Condition};
use crate::fault::{Faults, nearest};
use crate::kind::{self, Control, ValueType};
use crate::missing::Missing;
use crate::read::Object;
use std::collections::HashMap;

/// Words of the expression language and names of the columns that every export has.
const RESERVED: [&str; 6] = ["and", "or", "not", "in", "has", "answered"];

/// Notes everything that is wrong between the parts of `survey`, which was read from `root`.
pub(super) fn inspect(survey: &Survey, root: &Object<'_>, faults: &mut Faults) {
    inspect_questions(root, faults);
    inspect_page_ids(survey, faults);
    inspect_columns(survey, root, faults);
    inspect_conditions(survey, root, faults);
}

/// Notes what is wrong between the fields of each kind, among its options, and in the conditions.
fn inspect_questions(root: &Object<'_>, faults: &mut Faults) {
    for page in root.objects("pages") {
        inspect_syntax(&page, "show_if", faults);
        for rule in page.objects("checks") {
            inspect_syntax(&rule, "require", faults);
        }
        for question in page.objects("questions") {
            inspect_syntax(&question, "show_if", faults);
            if let Some(kind) = question.string("type").and_then(kind::named) {
                inspect_choices(&question, faults);
                (kind.inspect)(&question, faults);
            }
        }
    }
}

fn inspect_syntax(object: &Object<'_>, name: &str, faults: &mut Faults) {
    if let Some(Err(error)) = object.string(name).map(expression::parse) {
        faults.add(object.at(name), error);
    }
}

fn inspect_choices(question: &Object<'_>, faults: &mut Faults) {
    let options = question.objects("options");
    for (index, option) in options.iter().enumerate() {
        let before = &options[..index];
        if let Some(code) = option.integer("code") {
            inspect_code(code, before, option, faults);
        }
        if option.flag("other") && before.iter().any(|option| option.flag("other")) {
            faults.add(
                option.at("other"),
                "is the second of its question; the words of one \"other\" can be kept.",
            );
        }
    }
}

fn inspect_code(code: i64, before: &[Object<'_>], option: &Object<'_>, faults: &mut Faults) {
    if before.iter().any(|other| other.integer("code") == Some(code)) {
        faults.add(option.at("code"), format!("{code} stands twice. Give each option a code of its own."));
    }
    if code < 0 && !Missing::FOR_OPTIONS.contains(&code) {
        faults.add(
            option.at("code"),
            format!("{code} is reserved. Below zero there are -2 (does not apply), -5 (does not know), -6 (prefers not to say)."),
        );
    }
}

fn inspect_page_ids(survey: &Survey, faults: &mut Faults) {
    for (index, page) in survey.pages.iter().enumerate() {
        if survey.pages[..index].iter().any(|other| other.id == page.id) {
            faults.add(format!("pages[{index}].id"), format!("\"{}\" names two pages.", page.id));
        }
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
    for (question, path) in survey.questions().zip(question_paths(survey, root)) {
        let mut names: Vec<String> = columns::names(question);
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

/// What a condition may refer to: the variables before it, and those that exist later or could not be read.
struct Scope<'a> {
    survey: &'a Survey,
    declared: Vec<String>,
    seen: Vec<&'a str>,
}

fn inspect_conditions(survey: &Survey, root: &Object<'_>, faults: &mut Faults) {
    let declared =
        root.objects("pages").iter().flat_map(|page| page.objects("questions")).collect::<Vec<_>>();
    let declared =
        declared.iter().filter_map(|question| question.string("name")).map(str::to_owned).collect();
    let mut scope = Scope { survey, declared, seen: Vec::new() };
    let paths = question_paths(survey, root);
    let mut paths = paths.iter();
    for (index, page) in survey.pages.iter().enumerate() {
        scope.inspect(page.show_if.as_ref(), &format!("pages[{index}].show_if"), faults);
        for question in &page.questions {
            let path = paths.next().map_or("", String::as_str);
            scope.inspect(question.show_if.as_ref(), &format!("{path}.show_if"), faults);
            scope.seen.push(&question.name);
        }
        inspect_rules(&scope, page, index, faults);
    }
}

fn inspect_rules(scope: &Scope<'_>, page: &Page, index: usize, faults: &mut Faults) {
    for (number, rule) in page.rules.iter().enumerate() {
        let path = format!("pages[{index}].checks[{number}]");
        scope.inspect(Some(&rule.require), &format!("{path}.require"), faults);
        if !page.questions.iter().any(|question| question.name == rule.at) && !scope.is_unreadable(&rule.at) {
            faults.add(format!("{path}.at"), format!("\"{}\" is not a question of this page.", rule.at));
        }
    }
}

impl Scope<'_> {
    /// A variable that the document names but that could not be read; its own fault says so already.
    fn is_unreadable(&self, variable: &str) -> bool {
        self.survey.place(variable).is_none() && self.declared.iter().any(|name| name == variable)
    }

    fn inspect(&self, condition: Option<&Condition>, path: &str, faults: &mut Faults) {
        let Some(condition) = condition else { return };
        condition.each_variable(&mut |variable, comparison| {
            if let Some(message) = self.fault_of(variable, comparison) {
                faults.add(path, message);
            }
        });
    }

    fn fault_of(&self, variable: &str, comparison: Option<&Comparison>) -> Option<String> {
        if self.is_unreadable(variable) {
            return None;
        }
        if self.survey.place(variable).is_none() {
            let meant = nearest(variable, self.seen.iter().copied())
                .map(|meant| format!(" Did you mean \"{meant}\"?"));
            return Some(format!("there is no question \"{variable}\".{}", meant.unwrap_or_default()));
        }
        if !self.seen.contains(&variable) {
            return Some(format!("\"{variable}\" is asked later. A condition can only look back."));
        }
        self.type_fault(variable, comparison?)
    }

    fn type_fault(&self, variable: &str, comparison: &Comparison) -> Option<String> {
        let question = self.survey.question(variable)?;
        match (question.kind.value(), comparison.is_for_sets()) {
            (ValueType::Text, _) => {
                return Some(format!("\"{variable}\" is text: only answered({variable}) can be asked."));
            }
            (ValueType::Code, true) => {
                return Some(format!("\"{variable}\" has one answer: use ==, != or \"in\"."));
            }
            (ValueType::Codes, false) => {
                return Some(format!("\"{variable}\" has several answers: use \"has\", == [ ] or != [ ]."));
            }
            (ValueType::Code, false) | (ValueType::Codes, true) => {}
        }
        if comparison.is_of_order() {
            return None;
        }
        let code = comparison.codes().iter().find(|code| !has_code(question.kind.control(), **code))?;
        Some(format!("\"{variable}\" has no option {code}."))
    }
}

fn has_code(control: Control<'_>, code: i64) -> bool {
    let among = |choices: &[Choice]| choices.iter().any(|choice| choice.code == code);
    match control {
        Control::One(choices) | Control::Several(choices) => among(choices),
        Control::Points(scale) => (scale.from..=scale.to).contains(&code) || among(&scale.choices),
        Control::Words { .. } => false,
    }
}
