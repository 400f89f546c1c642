//! Reads JSON by the lists in [`crate::field`]: every breach of shape becomes a fault with its path, and whatever is
//! sound can still be read, so that an author sees the faults of a whole document at once.

use crate::fault::{Faults, nearest};
use crate::field::{self, Field, Shape};
use crate::kind::{self, KINDS};
use crate::text::Text;
use serde_json::{Map, Value};

/// A JSON object with its place in the document. Getters answer `None` for what is absent or of a wrong shape; the
/// fault has been noted by [`inspect`] before.
#[derive(Clone, Debug)]
pub(crate) struct Object<'a> {
    pub(crate) path: String,
    map: &'a Map<String, Value>,
}

impl<'a> Object<'a> {
    pub(crate) fn new(path: String, value: &'a Value) -> Option<Self> {
        Some(Self { path, map: value.as_object()? })
    }

    /// The path of one field.
    pub(crate) fn at(&self, name: &str) -> String {
        join(&self.path, name)
    }

    pub(crate) fn string(&self, name: &str) -> Option<&'a str> {
        self.map.get(name)?.as_str()
    }

    pub(crate) fn flag(&self, name: &str) -> bool {
        self.map.get(name).and_then(Value::as_bool).unwrap_or(false)
    }

    pub(crate) fn integer(&self, name: &str) -> Option<i64> {
        self.map.get(name)?.as_i64()
    }

    pub(crate) fn count(&self, name: &str) -> Option<usize> {
        usize::try_from(self.integer(name)?).ok()
    }

    pub(crate) fn text(&self, name: &str) -> Option<Text> {
        Text::read(self.map.get(name)?)
    }

    pub(crate) fn strings(&self, name: &str) -> Vec<String> {
        let items = self.map.get(name).and_then(Value::as_array);
        items.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
    }

    pub(crate) fn objects(&self, name: &str) -> Vec<Object<'a>> {
        let items = self.map.get(name).and_then(Value::as_array);
        let path = self.at(name);
        let items = items.into_iter().flatten().enumerate();
        items.filter_map(|(index, item)| Object::new(format!("{path}[{index}]"), item)).collect()
    }
}

/// Notes every breach of `fields` in `value`: what is missing, unknown or of another shape.
pub(crate) fn inspect(value: &Value, fields: &[&[Field]], path: &str, faults: &mut Faults) {
    let Some(map) = value.as_object() else {
        return faults.add(path, format!("is {}, but must be an object {{…}}.", type_of(value)));
    };
    let known = || fields.iter().copied().flatten();
    for (key, value) in map {
        match known().find(|field| field.name == key) {
            Some(field) => inspect_shape(value, &field.shape, &join(path, key), faults),
            None => faults.add(join(path, key), unknown_field(key, known())),
        }
    }
    for field in known().filter(|field| field.required && !map.contains_key(field.name)) {
        faults.add(path, format!("lacks \"{}\": {}", field.name, field.about));
    }
}

fn unknown_field<'a>(key: &str, known: impl Iterator<Item = &'a Field>) -> String {
    match nearest(key, known.map(|field| field.name)) {
        Some(meant) => format!("is not a field here. Did you mean \"{meant}\"?"),
        None => "is not a field here. Take it away, or see the survey format for the fields there are.".to_owned(),
    }
}

fn inspect_shape(value: &Value, shape: &Shape, path: &str, faults: &mut Faults) {
    let must_be = match shape {
        Shape::Flag if value.is_boolean() => return,
        Shape::Flag => "true or false".to_owned(),
        Shape::Integer(least, most) => match value.as_i64() {
            Some(number) if (*least..=*most).contains(&number) => return,
            _ => format!("a whole number from {least} to {most}"),
        },
        Shape::Identifier if is_word(value, 64, |c| c.is_ascii_lowercase(), |c| c.is_ascii_digit() || c == '-') => return,
        Shape::Identifier => "lower-case ASCII letters, digits and hyphens, starting with a letter, at most 64".to_owned(),
        Shape::Variable if is_word(value, 32, |c| c.is_ascii_alphabetic(), |c| c.is_ascii_digit() || c == '_') => return,
        Shape::Variable => "ASCII letters, digits and _, starting with a letter, at most 32".to_owned(),
        Shape::Condition if value.is_string() => return,
        Shape::Condition => "a condition in quotes, such as \"overall <= 2\"".to_owned(),
        Shape::Text => return inspect_text(value, path, faults),
        Shape::Languages => return inspect_languages(value, path, faults),
        Shape::Kind => return inspect_kind(value, path, faults),
        Shape::Objects(fields) => {
            return each(value, path, faults, |item, path, faults| inspect(item, &[fields], path, faults));
        }
        Shape::Questions => return each(value, path, faults, inspect_question),
    };
    faults.add(path, format!("must be {must_be}."));
}

fn is_word(value: &Value, most: usize, first: impl Fn(char) -> bool, more: impl Fn(char) -> bool) -> bool {
    let Some(word) = value.as_str() else { return false };
    word.len() <= most && word.starts_with(&first) && word.chars().all(|c| first(c) || more(c))
}

fn inspect_text(value: &Value, path: &str, faults: &mut Faults) {
    let empty = |text: &str| text.trim().is_empty();
    match value {
        Value::String(text) if !empty(text) => {}
        Value::Object(texts) if !texts.is_empty() => {
            for (tag, text) in texts {
                if text.as_str().is_none_or(empty) {
                    faults.add(join(path, tag), "must be a text that is not empty.");
                }
            }
        }
        _ => faults.add(path, "must be a text that is not empty, or one for each language: {\"kk\": \"…\", \"ru\": \"…\"}."),
    }
}

/// Language tags are short and lower case (`kk`, `kk-latn`), each once.
fn inspect_languages(value: &Value, path: &str, faults: &mut Faults) {
    let tags: Vec<&Value> = value.as_array().into_iter().flatten().collect();
    let sound = |tag: &&Value| is_word(tag, 12, |c| c.is_ascii_lowercase(), |c| c.is_ascii_digit() || c == '-');
    if tags.is_empty() || !tags.iter().all(sound) {
        return faults.add(path, "must be a list of language tags in lower case, such as [\"kk\", \"ru\"].");
    }
    for (index, tag) in tags.iter().enumerate() {
        if tags[..index].contains(tag) {
            faults.add(format!("{path}[{index}]"), format!("{tag} stands in the list twice."));
        }
    }
}

fn inspect_kind(value: &Value, path: &str, faults: &mut Faults) {
    let name = value.as_str().unwrap_or_default();
    if kind::named(name).is_some() {
        return;
    }
    let names: Vec<&str> = KINDS.iter().map(|kind| kind.name).collect();
    let hint = nearest(name, names.iter().copied()).map_or(String::new(), |meant| format!(" Did you mean \"{meant}\"?"));
    faults.add(path, format!("must be one of the kinds {}.{hint}", names.join(", ")));
}

fn inspect_question(value: &Value, path: &str, faults: &mut Faults) {
    match value.get("type").and_then(Value::as_str).and_then(kind::named) {
        Some(kind) => inspect(value, &[field::QUESTION, kind.fields], path, faults),
        // Without its kind there is no telling which further fields are right: only what every question has is looked at.
        None => match value.as_object() {
            Some(map) => {
                let common: Map<String, Value> = map
                    .iter()
                    .filter(|(key, _)| field::QUESTION.iter().any(|field| field.name == *key))
                    .map(|(key, value)| (key.clone(), value.clone()))
                    .collect();
                inspect(&Value::Object(common), &[field::QUESTION], path, faults);
            }
            None => inspect(value, &[field::QUESTION], path, faults),
        },
    }
}

fn each(value: &Value, path: &str, faults: &mut Faults, inspect: impl Fn(&Value, &str, &mut Faults)) {
    match value.as_array() {
        Some(items) if !items.is_empty() => {
            for (index, item) in items.iter().enumerate() {
                inspect(item, &format!("{path}[{index}]"), faults);
            }
        }
        _ => faults.add(path, "must be a list with at least one object: [{…}]."),
    }
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
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
