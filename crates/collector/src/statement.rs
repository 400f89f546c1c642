//! The accessibility statement of a survey: who is responsible, what was checked and found, what is not known, how else
//! to answer, and where to complain. The parts are those of the model that public bodies in the EU use (Commission
//! Implementing Decision 2018/1523), in plain words.
//!
//! It is worked out of the definition each time it is asked for, and says nothing that was not run: the rules of the gate
//! run here, and trials in browsers are those that the build carries a record of.

mod results;
mod words;

use crate::gate;
use crate::http::escape;
use crate::written::walk::Document;
use qulaq::Words;
use results::{Results, Trial};
use serde_json::Value;
use std::sync::LazyLock;
use survey::calendar::Date;
use survey::text::Text;

pub(crate) use words::language;

/// The trials that this build knows of.
static RESULTS: LazyLock<Results> =
    LazyLock::new(|| Results::read(include_str!("../../../docs/accessibility/results.json")));

/// Kinds that nobody meets.
const UNSEEN: [&str; 2] = ["calc", "hidden"];

/// What a statement is about.
pub(crate) struct Statement<'a> {
    /// The definition as it was published.
    pub(crate) definition: &'a Value,
    /// The name of this version.
    pub(crate) version: &'a str,
    /// The language of the survey's texts, and that of the statement, which may know fewer.
    pub(crate) lang: &'a str,
    /// The day on which it is made.
    pub(crate) today: Option<Date>,
}

/// A rule of the gate with the number of places where it is broken.
type Checked = (&'static gate::Barrier, usize);

/// What a page with a statement is called.
pub(crate) fn title(lang: &str) -> String {
    words::of(lang).get("title").to_owned()
}

impl Statement<'_> {
    /// The statement as HTML, with a first heading.
    pub(crate) fn html(&self) -> String {
        self.html_with(&RESULTS)
    }

    fn html_with(&self, results: &Results) -> String {
        let words = words::of(self.lang);
        let document = Document::of(self.definition);
        let checked: Vec<Checked> =
            gate::RULES.iter().map(|rule| (rule, rule.remarks(&document).len())).collect();
        let kinds = kinds(self.definition);
        let parts = [
            paragraph(
                &words.fill("intro", &[("title", self.text("title")), ("agency", self.agency(&words))]),
            ),
            section(&words, "state", &paragraph(words.get("state_text"))),
            section(&words, "gaps", &self.gaps(&words, &checked, (&kinds, results))),
            section(&words, "ways", &self.ways(&words)),
            section(&words, "complain", &self.complain(&words)),
            section(&words, "rules", &rules(&words, &checked)),
            section(&words, "asks", &asks(&words, &kinds, results)),
            section(&words, "languages", &self.languages(&words)),
            section(&words, "made", &self.made(&words)),
        ];
        format!(
            "<div class=\"q\">\n<h1 class=\"title\">{}</h1>\n{}</div>",
            escape(words.get("title")),
            parts.concat()
        )
    }

    fn text(&self, field: &str) -> String {
        let text = self.definition.get(field).and_then(Text::read);
        text.map_or_else(String::new, |text| text.get(self.lang).to_owned())
    }

    fn agency(&self, words: &Words) -> String {
        let agency = self.text("agency");
        if agency.is_empty() { words.get("nobody").to_owned() } else { agency }
    }

    fn made(&self, words: &Words) -> String {
        let values = [
            ("date", self.today.map_or_else(String::new, |today| told(words, today))),
            ("program", env!("CARGO_PKG_VERSION").to_owned()),
            ("version", self.version.to_owned()),
        ];
        paragraph(&words.fill("made_text", &values))
    }

    /// What does not work first, then what nobody knows.
    fn gaps(&self, words: &Words, checked: &[Checked], (kinds, results): (&[&str], &Results)) -> String {
        let broken = checked.iter().filter(|(_, count)| *count > 0);
        let broken = broken.map(|(rule, _)| words.fill("gap_rule", &[("rule", rule_words(words, rule))]));
        let failed = kinds.iter().filter(|kind| results.of(kind).is_some_and(|trial| trial.violations > 0));
        let failed = failed.map(|kind| words.fill("gap_kind", &[("kind", kind_words(words, kind))]));
        let untried: Vec<String> = kinds
            .iter()
            .filter(|kind| results.of(kind).is_none())
            .map(|kind| kind_words(words, kind))
            .collect();
        let untried =
            (!untried.is_empty()).then(|| words.fill("gap_untried", &[("kinds", words.list(&untried))]));
        let has_files = ["media", "image"].iter().any(|field| holds(self.definition, field));
        let known = ["gap_people", "gap_words"].into_iter().chain(has_files.then_some("gap_files"));
        let known = known.map(|key| words.get(key).to_owned());
        list(broken.chain(failed).chain(untried).chain(known).map(|text| escape(&text)))
    }

    fn ways(&self, words: &Words) -> String {
        let id = self.definition.get("id").and_then(Value::as_str).unwrap_or_default();
        let link = |path: &str, text: &str| {
            let address = escape(&format!("/s/{id}{path}?lang={}", self.lang));
            format!("<a href=\"{address}\">{}</a>", escape(text))
        };
        let plain = format!("{} {}", escape(words.get("way_plain")), link("", &self.text("title")));
        let printed = link("/paper", words.get("way_paper_link"));
        let paper = format!("{} {printed}", escape(words.get("way_paper")));
        let contact = self.contact(words);
        let asked = contact.is_empty().then(|| escape(words.get("no_contact")));
        list([plain, paper].into_iter().chain(contact).chain(asked).chain([escape(words.get("way_ask"))]))
    }

    fn complain(&self, words: &Words) -> String {
        let contact = self.contact(words);
        let contact = if contact.is_empty() { String::new() } else { list(contact) };
        format!("{}{contact}{}", paragraph(words.get("complain_text")), paragraph(words.get("appeal")))
    }

    /// The agency's telephone number and address, as HTML, where the survey names them.
    fn contact(&self, words: &Words) -> Vec<String> {
        let Some(contact) = self.definition.get("contact") else { return Vec::new() };
        let text = |field: &str| Some(Text::read(contact.get(field)?)?.get(self.lang).to_owned());
        let phone = text("phone").map(|phone| {
            let dialled: String = phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
            let hours = text("hours").map(|hours| format!(", {}", escape(&hours))).unwrap_or_default();
            let link = format!("<a href=\"tel:{dialled}\">{}</a>", escape(&phone));
            format!("{} {link}{hours}", escape(words.get("phone")))
        });
        let email = text("email").map(|email| {
            let email = escape(&email);
            format!("{} <a href=\"mailto:{email}\">{email}</a>", escape(words.get("email")))
        });
        phone.into_iter().chain(email).collect()
    }

    fn languages(&self, words: &Words) -> String {
        let tags = self.definition.get("languages").and_then(Value::as_array);
        let tags = tags.into_iter().flatten().filter_map(Value::as_str);
        let names = tags.map(|tag| {
            let (tag, name) = (escape(tag), qulaq::words::name(tag).unwrap_or(tag));
            format!("<span lang=\"{tag}\">{}</span>", escape(name))
        });
        let count = |key: &str, number: usize| {
            let number = i64::try_from(number).unwrap_or(i64::MAX);
            (number > 0).then(|| escape(&words.count(key, number, &[])))
        };
        let questions = questions(self.definition);
        let easy = questions.iter().filter(|question| question.get("easy").is_some()).count();
        let signed = questions.iter().filter(|question| is_signed(question)).count();
        list(names.chain(count("easy", easy)).chain(count("sign", signed)))
    }
}

fn rules(words: &Words, checked: &[Checked]) -> String {
    let items = checked.iter().map(|(rule, count)| {
        let result = match i64::try_from(*count) {
            Ok(0) => words.get("kept").to_owned(),
            Ok(count) => words.count("broken", count, &[]),
            Err(_) => words.count("broken", i64::MAX, &[]),
        };
        escape(&format!("{} (WCAG 2.2, {}) – {result}", rule_words(words, rule), rule.criterion))
    });
    paragraph(words.get("rules_text")) + &list(items)
}

fn asks(words: &Words, kinds: &[&str], results: &Results) -> String {
    let items = kinds.iter().map(|kind| {
        let result = match results.of(kind) {
            None => words.get("untried").to_owned(),
            Some(Trial { checks, violations: 0 }) => words.count("clean", *checks, &[]),
            Some(Trial { violations, .. }) => words.count("unclean", *violations, &[]),
        };
        escape(&format!("{} – {result}", kind_words(words, kind)))
    });
    let run = match results.date {
        Some(date) => {
            words.fill("run", &[("date", told(words, date)), ("engines", words.list(&results.engines))])
        }
        None => words.get("run_none").to_owned(),
    };
    paragraph(&run) + &list(items)
}

fn rule_words(words: &Words, rule: &gate::Barrier) -> String {
    words.get(&format!("rule_{}", rule.code)).to_owned()
}

fn kind_words(words: &Words, kind: &str) -> String {
    words.get(&format!("kind_{kind}")).to_owned()
}

fn told(words: &Words, date: Date) -> String {
    words.date(date.year().into(), date.month().into(), date.day().into())
}

/// The kinds that the survey asks with, in the order of the documentation.
fn kinds(definition: &Value) -> Vec<&'static str> {
    let questions = questions(definition);
    let is_used =
        |name: &str| questions.iter().any(|it| it.get("type").and_then(Value::as_str) == Some(name));
    survey::KINDS
        .iter()
        .map(|kind| kind.name)
        .filter(|name| !UNSEEN.contains(name) && is_used(name))
        .collect()
}

/// Every question, a group and then those inside it.
fn questions(definition: &Value) -> Vec<&Value> {
    definition.get("pages").and_then(Value::as_array).into_iter().flatten().flat_map(questions_of).collect()
}

fn questions_of(holder: &Value) -> Vec<&Value> {
    let own = holder.get("questions").and_then(Value::as_array).into_iter().flatten();
    own.flat_map(|question| std::iter::once(question).chain(questions_of(question))).collect()
}

fn is_signed(question: &Value) -> bool {
    let media = question.get("media").and_then(Value::as_array);
    media.into_iter().flatten().any(|medium| medium.get("kind").and_then(Value::as_str) == Some("sign"))
}

/// Whether an object in the definition has this field.
fn holds(value: &Value, field: &str) -> bool {
    match value {
        Value::Object(fields) => {
            fields.contains_key(field) || fields.values().any(|value| holds(value, field))
        }
        Value::Array(items) => items.iter().any(|value| holds(value, field)),
        _ => false,
    }
}

fn section(words: &Words, heading: &str, content: &str) -> String {
    format!("<section>\n<h2>{}</h2>\n{content}</section>\n", escape(words.get(heading)))
}

fn paragraph(text: &str) -> String {
    format!("<p>{}</p>\n", escape(text))
}

/// A list of items that are HTML.
fn list(items: impl IntoIterator<Item = String>) -> String {
    let items: String = items.into_iter().map(|item| format!("<li>{item}</li>\n")).collect();
    format!("<ul>\n{items}</ul>\n")
}

#[cfg(test)]
mod tests;
