//! What one clerk keyed in of a sheet, and where two of them differ.

use super::document::Sheet;
use serde_json::{Map, Value, json};
use survey::{Answer, Answers, Choice, Domain, Question, Survey, mask};

/// Stands for the language of the sheet where entries are compared.
pub(crate) const LANGUAGE: &str = "_lang";

/// An entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The language of the sheet.
    pub(crate) lang: String,
    /// What stands on it, as far as it can be keyed in.
    pub(crate) answers: Answers,
    /// The questions whose answers cannot be counted, sorted.
    pub(crate) spoiled: Vec<String>,
}

impl Entry {
    /// With everything masked that was written freely, as it is in every other response.
    pub(crate) fn masked(mut self, survey: &Survey) -> Self {
        if let Some(answers) = mask::answers(survey, &self.answers) {
            self.answers = answers;
        }
        self
    }

    /// As the store keeps it.
    pub(crate) fn to_json(&self) -> String {
        json!({"lang": self.lang, "answers": self.answers.to_value(), "spoiled": self.spoiled}).to_string()
    }

    /// Out of the store; `None` when nobody here wrote it.
    pub(crate) fn read(survey: &Survey, json: &str) -> Option<Self> {
        let value: Map<String, Value> = serde_json::from_str(json).ok()?;
        let answers = Answers::read_carried(survey, value.get("answers")?.as_object()?).ok()?;
        let spoiled = value.get("spoiled")?.as_array()?.iter();
        let spoiled = spoiled.map(|name| name.as_str().map(str::to_owned)).collect::<Option<_>>()?;
        Some(Self { lang: value.get("lang")?.as_str()?.to_owned(), answers, spoiled })
    }

    /// Whether the two say the same of a question.
    fn agrees(&self, other: &Self, question: &Question) -> bool {
        let (name, beside) = (&question.name, question.other_name());
        let is_spoiled = |entry: &Self| entry.spoiled.contains(name);
        match (is_spoiled(self), is_spoiled(other)) {
            // What stands beside a mark counts for nothing.
            (true, true) => true,
            (false, false) => {
                self.answers.get(name) == other.answers.get(name)
                    && self.answers.get(&beside) == other.answers.get(&beside)
            }
            _ => false,
        }
    }

    /// Takes over what another entry says of a question, or of the language.
    pub(crate) fn take(&mut self, other: &Self, name: &str) {
        if name == LANGUAGE {
            self.lang.clone_from(&other.lang);
            return;
        }
        let beside = format!("{name}_other");
        self.answers.set(name, other.answers.get(name).cloned());
        self.answers.set(&beside, other.answers.get(&beside).cloned());
        self.mark(name, other.spoiled.iter().any(|spoiled| spoiled == name));
    }

    /// Says that the answer to a question can, or cannot, be counted.
    pub(crate) fn mark(&mut self, name: &str, is_spoiled: bool) {
        self.spoiled.retain(|spoiled| spoiled != name);
        if is_spoiled {
            self.spoiled.push(name.to_owned());
            self.spoiled.sort_unstable();
        }
    }
}

/// The questions in which two entries differ, by name, and how many were compared.
pub(crate) fn differing(survey: &Survey, first: &Entry, second: &Entry) -> (Vec<String>, u32) {
    let asked: Vec<&Question> = survey.questions().filter(|question| question.domain.is_asked()).collect();
    let mut names: Vec<String> = Vec::new();
    if first.lang != second.lang {
        names.push(LANGUAGE.to_owned());
    }
    let apart = asked.iter().filter(|question| !first.agrees(second, question));
    names.extend(apart.map(|question| question.name.clone()));
    (names, u32::try_from(asked.len()).unwrap_or(u32::MAX))
}

/// What an entry says of a question, in words, as text. Nothing when it was left blank.
pub(crate) fn in_words(sheet: &Sheet<'_>, question: &Question, entry: &Entry) -> Option<String> {
    if entry.spoiled.contains(&question.name) {
        return Some(sheet.said.get("neither").to_owned());
    }
    let answer =
        entry.answers.get(&question.name).map(|answer| said(sheet, question, &question.domain, answer));
    let beside = match entry.answers.get(&question.other_name()) {
        Some(Answer::Text(text)) => Some(format!("“{text}”")),
        _ => None,
    };
    let parts: Vec<String> = answer.into_iter().chain(beside).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

fn said(sheet: &Sheet<'_>, question: &Question, domain: &Domain, answer: &Answer) -> String {
    let label = |choices: &[Choice], code: i64| {
        let choice = choices.iter().find(|choice| choice.code == code);
        let text = choice.map(|choice| sheet.text(&choice.text)).unwrap_or_default();
        format!("{code} · {text}")
    };
    let joined = |parts: Vec<String>| parts.join("; ");
    match answer {
        Answer::Code(code) => label(&question.choices, *code),
        Answer::Codes(codes) => joined(codes.iter().map(|code| label(&question.choices, *code)).collect()),
        Answer::Text(text) => text.clone(),
        Answer::Number(number) => number.to_plain(),
        Answer::Typed(typed) => typed.join(" "),
        Answer::Rows(rows) => {
            let Domain::Rows(of) = domain else { return String::new() };
            let row = |(code, answer): &(i64, Answer)| {
                format!("{}: {}", label(&question.rows, *code), said(sheet, question, &of.cell, answer))
            };
            joined(rows.iter().map(row).collect())
        }
        Answer::Entries(entries) => {
            let Domain::Entries(group) = domain else { return String::new() };
            let inner = |answers: &Answers| {
                let given = group.questions.iter().filter_map(|question| {
                    let answer = answers.get(&question.name)?;
                    Some(said(sheet, question, &question.domain, answer))
                });
                given.collect::<Vec<_>>().join(", ")
            };
            joined(entries.iter().map(inner).collect())
        }
    }
}
