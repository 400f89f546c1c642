//! Reads JSON leniently: whatever is sound can be read, whatever is not is as good as absent.

use crate::expression::Expression;
use crate::number::Number;
use crate::text::Text;
use serde_json::{Map, Value};

/// A JSON object with its place in the document. Getters answer `None` for what is absent or of a wrong shape; the
/// fault is for [`crate::inspect`] to note.
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

    pub(crate) fn value(&self, name: &str) -> Option<&'a Value> {
        self.map.get(name)
    }

    pub(crate) fn string(&self, name: &str) -> Option<&'a str> {
        self.map.get(name)?.as_str()
    }

    pub(crate) fn owned(&self, name: &str) -> Option<String> {
        self.string(name).map(str::to_owned)
    }

    pub(crate) fn flag(&self, name: &str) -> bool {
        self.choice_of_flag(name).unwrap_or(false)
    }

    /// A flag that may be left open.
    pub(crate) fn choice_of_flag(&self, name: &str) -> Option<bool> {
        self.map.get(name).and_then(Value::as_bool)
    }

    pub(crate) fn integer(&self, name: &str) -> Option<i64> {
        self.map.get(name)?.as_i64()
    }

    pub(crate) fn count(&self, name: &str) -> Option<usize> {
        usize::try_from(self.integer(name)?).ok()
    }

    pub(crate) fn number(&self, name: &str) -> Option<Number> {
        Number::from_json(self.map.get(name)?)
    }

    pub(crate) fn text(&self, name: &str) -> Option<Text> {
        Text::read(self.map.get(name)?)
    }

    pub(crate) fn expression(&self, name: &str) -> Option<Expression> {
        Expression::read(self.string(name)?)
    }

    pub(crate) fn strings(&self, name: &str) -> Vec<String> {
        let items = self.map.get(name).and_then(Value::as_array);
        items.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
    }

    pub(crate) fn object(&self, name: &str) -> Option<Object<'a>> {
        Object::new(self.at(name), self.map.get(name)?)
    }

    pub(crate) fn objects(&self, name: &str) -> Vec<Object<'a>> {
        let items = self.map.get(name).and_then(Value::as_array);
        let path = self.at(name);
        let items = items.into_iter().flatten().enumerate();
        items.filter_map(|(index, item)| Object::new(format!("{path}[{index}]"), item)).collect()
    }
}

/// The path of a field of the object at `path`.
pub(crate) fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}
