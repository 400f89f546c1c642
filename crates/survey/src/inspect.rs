//! Holds a document against the lists in [`crate::field`]: every breach of shape becomes a fault with its path, all of
//! them at once. For authors; a browser that draws a published survey only reads.

use crate::domain::moment::Unit;
use crate::domain::words::Form;
use crate::fault::{Faults, nearest};
use crate::field::{self, Field, Shape};
use crate::kind::{self, KINDS};
use crate::number::Number;
use crate::read::{Object, join};
use crate::text::STAMPS;
use crate::texts;
use serde_json::Value;

/// Notes every breach of the format in a document: what is missing, unknown or of another shape.
pub(crate) fn inspect(document: &Value, faults: &mut Faults) {
    let languages = Object::new(String::new(), document).map(|root| root.strings("languages"));
    let mut inspection = Inspection { languages: languages.unwrap_or_default(), faults };
    inspection.object(document, &[field::SURVEY], "");
}

struct Inspection<'a> {
    /// The languages that every text must have.
    languages: Vec<String>,
    faults: &'a mut Faults,
}

impl Inspection<'_> {
    fn object(&mut self, value: &Value, fields: &[&[Field]], path: &str) {
        self.fields(value, fields, path);
        let known = || fields.iter().copied().flatten();
        for key in value.as_object().into_iter().flatten().map(|(key, _)| key) {
            if !known().any(|field| field.name == key) {
                self.faults.add(join(path, key), unknown_field(key, known()));
            }
        }
    }

    /// The fields that are known, whatever else stands there.
    fn fields(&mut self, value: &Value, fields: &[&[Field]], path: &str) {
        let Some(map) = value.as_object() else {
            return self.faults.add(path, format!("is {}, but must be an object {{…}}.", type_of(value)));
        };
        for field in fields.iter().copied().flatten() {
            match map.get(field.name) {
                Some(value) => self.shape(value, &field.shape, &join(path, field.name)),
                None if field.required => {
                    self.faults.add(path, format!("lacks \"{}\": {}", field.name, field.about));
                }
                None => {}
            }
        }
    }

    fn shape(&mut self, value: &Value, shape: &Shape, path: &str) {
        match shape {
            Shape::Text => self.text(value, path),
            Shape::Languages => self.language_tags(value, path),
            Shape::Kind => self.kind(value, path),
            Shape::Object(fields) => self.object(value, &[fields], path),
            Shape::Objects(fields) => {
                self.each(value, path, |this, item, path| this.object(item, &[fields], path));
            }
            Shape::Questions => self.each(value, path, Self::question),
            simple => {
                if let Some(must_be) = breach(value, simple) {
                    self.faults.add(path, format!("must be {must_be}."));
                }
            }
        }
    }

    fn question(&mut self, value: &Value, path: &str) {
        match value.get("type").and_then(Value::as_str).and_then(kind::named) {
            Some(kind) => self.object(value, &[field::QUESTION, kind.fields], path),
            // Without its kind there is no telling which further fields are right.
            None => self.fields(value, &[field::QUESTION], path),
        }
    }

    fn each(&mut self, value: &Value, path: &str, inspect: impl Fn(&mut Self, &Value, &str)) {
        match value.as_array() {
            Some(items) if !items.is_empty() => {
                for (index, item) in items.iter().enumerate() {
                    inspect(self, item, &format!("{path}[{index}]"));
                }
            }
            _ => self.faults.add(path, "must be a list with at least one object: [{…}]."),
        }
    }

    /// A text is the same for everybody, or there is one in every language of the survey and in no other.
    fn text(&mut self, value: &Value, path: &str) {
        let empty = |text: &str| text.trim().is_empty();
        let texts = match value {
            Value::String(text) if !empty(text) => return,
            Value::Object(texts) if !texts.is_empty() => texts,
            _ => {
                let must_be =
                    "a text that is not empty, or one for each language: {\"kk\": \"…\", \"ru\": \"…\"}";
                return self.faults.add(path, format!("must be {must_be}."));
            }
        };
        for (tag, text) in texts.iter().filter(|(tag, _)| tag.as_str() != STAMPS) {
            if !self.languages.contains(tag) {
                self.faults.add(join(path, tag), "is a language that \"languages\" does not name.");
            } else if text.as_str().is_none_or(empty) {
                self.faults.add(join(path, tag), "must be a text that is not empty.");
            }
        }
        for tag in self.languages.iter().filter(|tag| !texts.contains_key(*tag)) {
            let advice = "Write it, or take the language out of \"languages\".";
            self.faults.add(path, format!("lacks the text in \"{tag}\". {advice}"));
        }
        texts::inspect(texts, &self.languages, path, self.faults);
    }

    /// Language tags are short and lower case (`kk`, `kk-latn`), each once.
    fn language_tags(&mut self, value: &Value, path: &str) {
        let tags: Vec<&Value> = value.as_array().into_iter().flatten().collect();
        let sound =
            |tag: &&Value| is_word(tag, 12, |c| c.is_ascii_lowercase(), |c| c.is_ascii_digit() || c == '-');
        if tags.is_empty() || !tags.iter().all(sound) {
            return self
                .faults
                .add(path, "must be a list of language tags in lower case, such as [\"kk\", \"ru\"].");
        }
        for (index, tag) in tags.iter().enumerate() {
            if tags[..index].contains(tag) {
                self.faults.add(format!("{path}[{index}]"), format!("{tag} stands in the list twice."));
            }
        }
    }

    fn kind(&mut self, value: &Value, path: &str) {
        let name = value.as_str().unwrap_or_default();
        if kind::named(name).is_some() {
            return;
        }
        let names: Vec<&str> = KINDS.iter().map(|kind| kind.name).collect();
        let hint = nearest(name, names.iter().copied()).map(|meant| format!(" Did you mean \"{meant}\"?"));
        self.faults
            .add(path, format!("must be one of the kinds {}.{}", names.join(", "), hint.unwrap_or_default()));
    }
}

/// What a value of a simple shape must be, when it is not.
fn breach(value: &Value, shape: &Shape) -> Option<String> {
    let (sound, must_be) = match shape {
        Shape::Flag => (value.is_boolean(), "true or false"),
        Shape::Condition => (value.is_string(), "a condition in quotes, such as \"overall <= 2\""),
        Shape::Expression => (value.is_string(), "an expression in quotes, such as \"sum(a, b) / 2\""),
        Shape::Number => (Number::from_json(value).is_some(), "a number with at most six decimal places"),
        Shape::OneOf(words) => {
            let sound = value.as_str().is_some_and(|word| words.contains(&word));
            return (!sound).then(|| format!("one of \"{}\"", words.join("\", \"")));
        }
        Shape::File => (
            value.as_str().is_some_and(is_file),
            "a file below the place of the definition, such as \"media/park.jpg\": letters, digits, hyphens, dots and slashes, no \"..\" and no address",
        ),
        Shape::Phone => (
            value.as_str().is_some_and(is_phone),
            "a telephone number, such as \"+7 7172 70 80 90\" or \"1414\": digits, spaces, hyphens, brackets, a plus in front",
        ),
        Shape::Email => (
            value.as_str().is_some_and(|text| text.trim() == text && Form::Email.fits(text)),
            "an e-mail address, such as \"survey@example.kz\"",
        ),
        Shape::LocalTime => (
            value.as_str().is_some_and(is_local_time),
            "a local time in Kazakhstan, such as \"2026-12-01T09:00\"",
        ),
        Shape::Moment => (
            value
                .as_str()
                .is_some_and(|text| [Unit::Day, Unit::Month, Unit::Time].iter().any(|unit| unit.is(text))),
            "a day (\"2026-03-05\"), a month (\"2026-03\") or a time (\"14:30\")",
        ),
        Shape::Identifier => (
            is_word(value, 64, |c| c.is_ascii_lowercase(), |c| c.is_ascii_digit() || c == '-'),
            "lower-case ASCII letters, digits and hyphens, starting with a letter, at most 64",
        ),
        Shape::Variable => (
            is_word(value, 32, |c| c.is_ascii_alphabetic(), |c| c.is_ascii_digit() || c == '_'),
            "ASCII letters, digits and _, starting with a letter, at most 32",
        ),
        Shape::Integer(least, most) => {
            let sound = value.as_i64().is_some_and(|number| (*least..=*most).contains(&number));
            return (!sound).then(|| format!("a whole number from {least} to {most}"));
        }
        Shape::Account => (is_account(value), "an account: small ASCII letters, digits and .-_@, at most 64"),
        Shape::Codes => (are_codes(value), "a list of codes of options"),
        // These hold other shapes; `Inspection::shape` looks into them.
        Shape::Text
        | Shape::Kind
        | Shape::Languages
        | Shape::Object(_)
        | Shape::Objects(_)
        | Shape::Questions
        | Shape::Answer => return None,
    };
    (!sound).then(|| must_be.to_owned())
}

fn is_word(value: &Value, most: usize, first: impl Fn(char) -> bool, more: impl Fn(char) -> bool) -> bool {
    let Some(word) = value.as_str() else { return false };
    word.len() <= most && word.starts_with(&first) && word.chars().all(|c| first(c) || more(c))
}

fn is_account(value: &Value) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-' | '_' | '@');
    is_word(value, 64, plain, |_| false)
}

fn are_codes(value: &Value) -> bool {
    value.as_array().is_some_and(|codes| !codes.is_empty() && codes.iter().all(Value::is_i64))
}

/// Below the place of the definition: no way up, no other host, nothing that a browser would run.
fn is_file(path: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
    path.chars().all(plain) && path.split('/').all(|part| !part.is_empty() && !part.starts_with('.'))
}

/// That of an office may be short, unlike that of a citizen.
fn is_phone(text: &str) -> bool {
    let rest = text.strip_prefix('+').unwrap_or(text);
    let digits = rest.bytes().filter(u8::is_ascii_digit).count();
    (3..=15).contains(&digits) && rest.bytes().all(|byte| byte.is_ascii_digit() || b" ()-".contains(&byte))
}

fn is_local_time(text: &str) -> bool {
    text.split_once('T').is_some_and(|(day, time)| Unit::Day.is(day) && Unit::Time.is(time))
}

fn unknown_field<'a>(key: &str, known: impl Iterator<Item = &'a Field>) -> String {
    match nearest(key, known.map(|field| field.name)) {
        Some(meant) => format!("is not a field here. Did you mean \"{meant}\"?"),
        None => {
            "is not a field here. Take it away, or see the survey format for the fields there are.".to_owned()
        }
    }
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
