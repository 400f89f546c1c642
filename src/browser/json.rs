//! Values of JavaScript as JSON values, and back.

use js_sys::{Array, JSON, Object, Reflect};
use serde_json::{Map, Number, Value};
use wasm_bindgen::{JsCast, JsValue};

/// The value as JSON: what JSON cannot hold is null.
pub(super) fn read(value: &JsValue) -> Value {
    if let Some(text) = value.as_string() {
        return Value::String(text);
    }
    if let Some(flag) = value.as_bool() {
        return Value::Bool(flag);
    }
    if let Some(number) = value.as_f64() {
        return self::number(number).map_or(Value::Null, Value::Number);
    }
    if let Some(items) = value.dyn_ref::<Array>() {
        return Value::Array(items.iter().map(|item| read(&item)).collect());
    }
    value.dyn_ref::<Object>().map_or(Value::Null, read_object)
}

/// The JSON text of a value, written by the browser: the writer of `serde_json` would be downloaded.
pub(crate) fn text(value: &Value) -> String {
    JSON::stringify(&self::value(value)).map(String::from).unwrap_or_default()
}

/// The same as a value of JavaScript.
pub(crate) fn value(value: &Value) -> JsValue {
    match value {
        Value::Null => JsValue::NULL,
        Value::Bool(flag) => JsValue::from_bool(*flag),
        Value::Number(number) => number.as_f64().map_or(JsValue::NULL, JsValue::from_f64),
        Value::String(text) => JsValue::from_str(text),
        Value::Array(items) => items.iter().map(self::value).collect::<Array>().into(),
        Value::Object(fields) => {
            let object = Object::new();
            for (name, value) in fields {
                _ = Reflect::set(&object, &JsValue::from_str(name), &self::value(value));
            }
            object.into()
        }
    }
}

fn read_object(object: &Object) -> Value {
    let mut map = Map::new();
    for entry in Object::entries(object).iter() {
        let entry: Array = entry.unchecked_into();
        map.insert(entry.get(0).as_string().unwrap_or_default(), read(&entry.get(1)));
    }
    Value::Object(map)
}

/// A whole number as such, so that it is a code; any other as it is.
#[expect(
    clippy::cast_possible_truncation,
    reason = "the number is whole and within what a double holds exactly"
)]
fn number(number: f64) -> Option<Number> {
    let exact = number.trunc() == number && number.abs() < 9_007_199_254_740_992.0;
    if exact { Some(Number::from(number as i64)) } else { Number::from_f64(number) }
}
