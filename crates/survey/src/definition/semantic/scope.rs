//! What expressions and placeholders may refer to: the variables before them.

mod types;

use crate::definition::{Question, Survey};
use crate::domain::Domain;
use crate::expression::{self, Type};
use crate::fault::Faults;
use crate::read::Object;
use crate::text::pipes;
use serde_json::Value;
use types::type_of;

/// The variables that an author can refer to at one place of the definition.
struct Scope<'a> {
    survey: &'a Survey,
    /// The variables of questions that could not be read.
    unreadable: Vec<String>,
    /// Those that have been asked by now, with the type of what they hold.
    seen: Vec<Seen<'a>>,
}

type Seen<'a> = (&'a Question, Type);

/// Notes what is wrong in the expressions and the placeholders of a survey.
pub(super) fn inspect(survey: &Survey, root: &Object<'_>, faults: &mut Faults) {
    let mut scope = Scope { survey, unreadable: unreadable(survey, root), seen: Vec::new() };
    let pages = root.objects("pages");
    let mut order = Order::default();
    for page in &pages {
        let late = page.flag("after_review");
        if late {
            order.end(&mut scope.seen);
        }
        order.begin(&mut scope.seen, survey.shuffle && !page.flag("pinned") && !late);
        scope.condition(page, "show_if", faults);
        for field in ["title", "intro"] {
            scope.text(page, field, faults);
        }
        inspect_questions(&mut scope, page, faults);
        for rule in page.objects("checks") {
            scope.condition(&rule, "require", faults);
            scope.text(&rule, "text", faults);
            inspect_rule(&scope, page, &rule, faults);
        }
        for turn in page.objects("then") {
            scope.condition(&turn, "if", faults);
            scope.text(&turn, "end", faults);
        }
        order.pass(&mut scope.seen);
    }
    order.end(&mut scope.seen);
    scope.text(root, "thanks", faults);
    for quota in root.objects("quotas") {
        scope.condition(&quota, "if", faults);
    }
}

/// What each computed variable of a sound survey holds.
pub(crate) fn computed(survey: &Survey) -> Vec<(&str, Type)> {
    // Which questions come before which was inspected; here each knows of all before it.
    let mut scope = Scope { survey, unreadable: Vec::new(), seen: Vec::new() };
    let mut found = Vec::new();
    for question in survey.questions() {
        let kind = match &question.domain {
            Domain::Computed(value) => {
                let kind = value.as_ref().and_then(|value| value.type_of(&scope).ok()).unwrap_or(Type::Text);
                found.push((question.name.as_str(), kind));
                kind
            }
            domain => type_of(domain),
        };
        scope.seen.push((question, kind));
    }
    found
}

fn inspect_questions<'a>(scope: &mut Scope<'a>, page: &Object<'_>, faults: &mut Faults) {
    let mut order = Order::default();
    for fields in page.objects("questions") {
        order.begin(&mut scope.seen, page.flag("shuffle") && !fields.flag("pinned"));
        inspect_question(scope, &fields, faults);
        let question = fields.string("name").and_then(|name| scope.survey.question(name));
        if let Some(question) = question {
            inspect_inner(scope, question, &fields, faults);
            scope.seen.push((question, scope.type_of(question, &fields, faults)));
        }
        order.pass(&mut scope.seen);
    }
    order.end(&mut scope.seen);
}

/// What pages, or the questions of a page, know of one another where some come in a random order: what keeps its place
/// knows of everything before it that does, and the others only of what comes before them all.
#[derive(Default)]
struct Order<'a> {
    /// How much was known before the first that is free to move.
    first: Option<usize>,
    /// What stands in its place behind that, while one that is free is looked at.
    aside: Vec<Seen<'a>>,
    free: bool,
    before: usize,
    waiting: Vec<Seen<'a>>,
}

impl<'a> Order<'a> {
    fn begin(&mut self, seen: &mut Vec<Seen<'a>>, free: bool) {
        if free {
            self.aside = seen.split_off(*self.first.get_or_insert(seen.len()));
        }
        (self.free, self.before) = (free, seen.len());
    }

    fn pass(&mut self, seen: &mut Vec<Seen<'a>>) {
        if self.free {
            self.waiting.extend(seen.drain(self.before..));
            seen.append(&mut self.aside);
        }
    }

    fn end(&mut self, seen: &mut Vec<Seen<'a>>) {
        seen.append(&mut self.waiting);
        self.first = None;
    }
}

fn inspect_question(scope: &Scope<'_>, fields: &Object<'_>, faults: &mut Faults) {
    for field in ["show_if", "required_if"] {
        scope.condition(fields, field, faults);
    }
    for field in ["text", "hint", "easy"] {
        scope.text(fields, field, faults);
    }
    for list in ["options", "rows"] {
        for choice in fields.objects(list) {
            scope.condition(&choice, "show_if", faults);
            scope.text(&choice, "text", faults);
        }
    }
    if let Some(from) = fields.string("rows_from")
        && !scope.is_unreadable(from)
    {
        inspect_rows_from(scope, fields, from, faults);
    }
}

fn inspect_rows_from(scope: &Scope<'_>, fields: &Object<'_>, from: &str, faults: &mut Faults) {
    let found = scope.seen.iter().find(|(question, _)| question.name == from);
    let Some((source, _)) = found else {
        return faults.add(fields.at("rows_from"), format!("\"{from}\" is not a question before this one."));
    };
    if !matches!(source.domain, Domain::One | Domain::Several { .. }) {
        return faults.add(fields.at("rows_from"), format!("\"{from}\" has no options that could be rows."));
    }
    for row in fields.objects("rows") {
        let known =
            row.integer("code").is_none_or(|code| source.choices.iter().any(|choice| choice.code == code));
        if !known {
            faults.add(
                row.at("code"),
                format!("is not the code of an option of \"{from}\", so that the row is never shown."),
            );
        }
    }
}

/// The questions of a group know what came before the group, and one another.
fn inspect_inner<'a>(scope: &mut Scope<'a>, group: &'a Question, fields: &Object<'_>, faults: &mut Faults) {
    let Domain::Entries(entries) = &group.domain else { return };
    let before = scope.seen.len();
    for fields in fields.objects("questions") {
        inspect_question(scope, &fields, faults);
        let name = fields.string("name").unwrap_or_default();
        if scope.survey.place(name).is_some() {
            faults.add(
                fields.at("name"),
                format!("\"{name}\" is the name of a question outside the group. Choose another."),
            );
        }
        if let Some(question) = entries.questions.iter().find(|question| question.name == name) {
            let kind = scope.type_of(question, &fields, faults);
            scope.seen.push((question, kind));
        }
    }
    scope.seen.truncate(before);
}

fn inspect_rule(scope: &Scope<'_>, page: &Object<'_>, rule: &Object<'_>, faults: &mut Faults) {
    let Some(at) = rule.string("at") else { return };
    let here = page.objects("questions").iter().any(|question| question.string("name") == Some(at));
    if !here && !scope.is_unreadable(at) {
        faults.add(rule.at("at"), format!("\"{at}\" is not a question of this page."));
    }
}

fn unreadable(survey: &Survey, root: &Object<'_>) -> Vec<String> {
    let is_inner = |name: &String| {
        survey.questions().any(|question| match &question.domain {
            Domain::Entries(group) => group.questions.iter().any(|inner| inner.name == *name),
            _ => false,
        })
    };
    let questions = root.objects("pages").into_iter().flat_map(|page| page.objects("questions"));
    let with_inner = questions.flat_map(|question| {
        let inner = question.objects("questions");
        std::iter::once(question).chain(inner)
    });
    let named = with_inner.filter_map(|question| question.owned("name"));
    named.filter(|name| survey.place(name).is_none() && !is_inner(name)).collect()
}

impl<'a> Scope<'a> {
    /// A variable that the document names but that could not be read; its own fault says so already.
    fn is_unreadable(&self, variable: &str) -> bool {
        self.unreadable.iter().any(|name| name == variable)
    }

    fn find(&self, variable: &str) -> Option<(&'a Question, Type)> {
        self.seen.iter().find(|(question, _)| question.name == variable).copied()
    }

    fn condition(&self, object: &Object<'_>, field: &str, faults: &mut Faults) {
        if let Some(found) = self.expression(object, field, faults)
            && found != Type::Truth
        {
            faults
                .add(object.at(field), "gives no yes or no. Compare it with something, such as \"… >= 3\".");
        }
    }

    /// The type of the expression in a field; `None` when there is none, or it is wrong and has been noted.
    fn expression(&self, object: &Object<'_>, field: &str, faults: &mut Faults) -> Option<Type> {
        let expression = match expression::parse(object.string(field)?) {
            Ok(expression) => expression,
            Err(error) => {
                faults.add(object.at(field), error);
                return None;
            }
        };
        let mut unreadable = false;
        let mut later = None;
        expression.variables(&mut |variable| {
            unreadable |= self.is_unreadable(variable);
            if self.find(variable).is_none() && self.survey.place(variable).is_some() {
                later.get_or_insert_with(|| variable.to_owned());
            }
        });
        if let Some(variable) = later {
            faults.add(
                object.at(field),
                format!("\"{variable}\" is asked later. A condition can only look back."),
            );
            return None;
        }
        if unreadable {
            return None;
        }
        expression.type_of(self).map_err(|error| faults.add(object.at(field), error)).ok()
    }

    /// What a question's variable holds.
    fn type_of(&self, question: &Question, fields: &Object<'_>, faults: &mut Faults) -> Type {
        match &question.domain {
            Domain::Computed(_) => self.expression(fields, "value", faults).unwrap_or(Type::Text),
            domain => type_of(domain),
        }
    }

    /// Each placeholder stands for an answer that was given before.
    fn text(&self, object: &Object<'_>, field: &str, faults: &mut Faults) {
        let Some(value) = object.value(field) else { return };
        let path = object.at(field);
        match value {
            Value::String(text) => self.pipes(text, &path, faults),
            Value::Object(texts) => {
                for (lang, text) in texts.iter().filter(|(lang, _)| *lang != "source") {
                    self.pipes(text.as_str().unwrap_or_default(), &format!("{path}.{lang}"), faults);
                }
            }
            _ => {}
        }
    }

    fn pipes(&self, text: &str, path: &str, faults: &mut Faults) {
        for variable in pipes(text) {
            if self.find(variable).is_none() && !self.is_unreadable(variable) {
                faults.add(
                    path,
                    format!("{{{variable}}} stands for the answer to a question before this one, and there is none of that name."),
                );
            }
        }
    }
}
