//! Surveys and answers for the tests.

use serde_json::{Map, Value, json};
use survey::form::{Go, Posted, Step, shown_names, step};
use survey::route::Route;
use survey::{Answers, At, Occasion, Problem, Survey};

/// The definition of an example, by its name in `examples/surveys/`.
pub(crate) fn example_json(id: &str) -> Value {
    let path = format!("{}/../../examples/surveys/{id}.json", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    serde_json::from_str(&text).unwrap()
}

pub(crate) fn example(id: &str) -> Survey {
    Survey::from_value(&example_json(id)).unwrap()
}

/// A survey in one language with these pages.
pub(crate) fn survey(pages: Value) -> Survey {
    Survey::from_value(&document(pages)).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

pub(crate) fn document(pages: Value) -> Value {
    json!({ "format": 1, "id": "test", "languages": ["en"], "title": "Test", "pages": pages })
}

pub(crate) fn answers(survey: &Survey, answers: Value) -> Answers {
    Answers::read(survey, &object(answers)).unwrap()
}

pub(crate) fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        other => panic!("{other} is not an object"),
    }
}

/// Problems as `code question` in words, which a test can read.
pub(crate) fn words(problems: &[Problem]) -> Vec<String> {
    let code = |problem: &Problem| serde_json::to_value(problem.code).unwrap().as_str().unwrap().to_owned();
    problems.iter().map(|p| format!("{} {}", code(p), p.question.as_deref().unwrap_or("-"))).collect()
}

/// The form with these fields.
pub(crate) fn post(survey: &Survey, pairs: &[(&str, &str)]) -> Posted {
    Posted::read(survey, owned(pairs)).unwrap_or_else(|problems| panic!("{problems:?}"))
}

/// The problems of a form that cannot be read.
pub(crate) fn refused(survey: &Survey, pairs: &[(&str, &str)]) -> Vec<String> {
    words(&Posted::read(survey, owned(pairs)).unwrap_err())
}

fn owned(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// Where a posted form leads, with the problems.
pub(crate) fn stands(survey: &Survey, posted: &mut Posted) -> (At, Vec<String>) {
    match step(survey, posted, Occasion::default()) {
        Step::At { at, problems } => (at, words(&problems)),
        Step::Send(answers) => panic!("sent {answers:?}"),
    }
}

/// The page on which nothing is wrong.
pub(crate) fn at((at, problems): (At, Vec<String>)) -> usize {
    assert!(problems.is_empty(), "{problems:?}");
    match at {
        At::Page(page) => page,
        At::Review => panic!("the answers are to be checked"),
    }
}

/// What a posted form sends; the server must take it.
pub(crate) fn sent(survey: &Survey, posted: &mut Posted) -> Value {
    match step(survey, posted, Occasion::default()) {
        Step::Send(answers) => {
            assert_eq!(survey::check(survey, &answers, Occasion::default()), []);
            answers.to_value()
        }
        Step::At { at, problems } => panic!("{at:?} with {problems:?}"),
    }
}

/// Somebody at a form that is live in the browser.
pub(crate) struct Citizen<'a> {
    survey: &'a Survey,
    pub(crate) posted: Posted,
    pub(crate) occasion: Occasion,
}

impl<'a> Citizen<'a> {
    pub(crate) fn of(survey: &'a Survey) -> Self {
        let posted = Posted { answers: survey.defaults(), ..Posted::default() };
        Self { survey, posted, occasion: Occasion::default() }
    }

    /// Answers, or with `null` takes an answer away.
    pub(crate) fn answer(&mut self, given: Value) -> &mut Self {
        for (name, value) in object(given) {
            let one = object(json!({ &name: value }));
            let read = if value.is_null() {
                Answers::default()
            } else {
                Answers::read_carried(self.survey, &one).unwrap()
            };
            self.posted.answers.set(&name, read.get(&name).cloned());
        }
        self
    }

    /// What the form says has been shown, as the page stands.
    fn look(&mut self) {
        if let At::Page(page) = self.posted.at {
            let route = Route::of(self.survey, &self.posted.answers, self.occasion);
            let before = self.posted.shown.take().unwrap_or_default();
            self.posted.shown = Some(shown_names(self.survey, page, &route, &before));
        }
    }

    /// Presses a button.
    pub(crate) fn press(&mut self, go: Go) -> (At, Vec<String>) {
        self.look();
        self.posted.go = go;
        match step(self.survey, &mut self.posted, self.occasion) {
            Step::At { at, problems } => {
                assert_eq!(at, self.posted.at);
                (at, words(&problems))
            }
            Step::Send(answers) => panic!("sent {answers:?}"),
        }
    }

    /// Goes on to a page without problems.
    pub(crate) fn next(&mut self) -> At {
        let (at, problems) = self.press(Go::Next);
        assert!(problems.is_empty(), "{at:?}: {problems:?}");
        at
    }

    /// Sends; the server must take it.
    pub(crate) fn sends(&mut self) -> Value {
        self.look();
        self.posted.go = Go::Next;
        match step(self.survey, &mut self.posted, self.occasion) {
            Step::Send(answers) => {
                assert_eq!(survey::check(self.survey, &answers, self.occasion), []);
                answers.to_value()
            }
            Step::At { at, problems } => panic!("{at:?} with {problems:?}"),
        }
    }

    pub(crate) fn route(&self) -> Route {
        Route::of(self.survey, &self.posted.answers, self.occasion)
    }
}

/// The problems of a response, as the server finds them.
pub(crate) fn problems(survey: &Survey, given: Value) -> Vec<String> {
    match Answers::read(survey, &object(given)) {
        Ok(answers) => words(&survey::check(survey, &answers, Occasion::default())),
        Err(problems) => words(&problems),
    }
}

/// Every fault of a definition as `path: message`.
pub(crate) fn faults(document: &Value) -> Vec<String> {
    match Survey::from_value(document) {
        Ok(_) => Vec::new(),
        Err(faults) => faults.iter().map(ToString::to_string).collect(),
    }
}

/// That there is a fault at this path with these words.
#[track_caller]
pub(crate) fn assert_fault(document: &Value, path: &str, part: &str) {
    let faults = faults(document);
    let found = faults.iter().any(|fault| fault.starts_with(&format!("{path}: ")) && fault.contains(part));
    assert!(found, "no fault at {path} with {part:?} in {faults:#?}");
}

/// A question with options of these codes.
pub(crate) fn choice(kind: &str, name: &str, codes: &[i64]) -> Value {
    let options: Vec<Value> =
        codes.iter().map(|code| json!({ "code": code, "text": format!("Option {code}") })).collect();
    json!({ "name": name, "type": kind, "text": name, "options": options })
}

/// A question that takes words.
pub(crate) fn text(name: &str) -> Value {
    json!({ "name": name, "type": "text", "text": name })
}

/// A page with these questions.
pub(crate) fn page(id: &str, questions: Value) -> Value {
    json!({ "id": id, "questions": questions })
}

/// The first object with the fields of the others.
pub(crate) fn with(mut object: Value, fields: Value) -> Value {
    if let (Value::Object(object), Value::Object(fields)) = (&mut object, fields) {
        object.extend(fields);
    }
    object
}

/// One page with a choice, and a text that shows when the choice is 2 or less.
pub(crate) fn overall_and_why() -> Value {
    json!([{ "id": "p1", "questions": [
        { "name": "overall", "type": "single", "required": true, "text": "How was it?", "options": [
            { "code": 1, "text": "Bad" }, { "code": 2, "text": "Fair" }, { "code": 3, "text": "Good" },
            { "code": 96, "text": "Other", "other": true }, { "code": -5, "text": "I do not know" } ] },
        { "name": "why", "type": "text", "max": 10, "show_if": "overall <= 2", "text": "Why?" },
        { "name": "used", "type": "multi", "min": 1, "max": 2, "text": "Used?", "options": [
            { "code": 1, "text": "A" }, { "code": 2, "text": "B" }, { "code": 3, "text": "C" },
            { "code": 97, "text": "None", "exclusive": true } ] },
        { "name": "trust", "type": "scale", "from": 0, "to": 10, "text": "Trust?" },
    ]}])
}
