//! Values of JavaScript as JSON values, and back.

use js_sys::{Array, Object};
use serde_json::{Map, Number, Value};
use wasm_bindgen::{JsCast, JsValue};

/// The value as JSON: what JSON cannot hold is null. Numbers are whole or null: nothing here has others.
pub(super) fn read(value: &JsValue) -> Value {
    if let Some(text) = value.as_string() {
        return Value::String(text);
    }
    if let Some(flag) = value.as_bool() {
        return Value::Bool(flag);
    }
    if let Some(number) = value.as_f64() {
        return whole(number).map_or(Value::Null, Value::Number);
    }
    if let Some(items) = value.dyn_ref::<Array>() {
        return Value::Array(items.iter().map(|item| read(&item)).collect());
    }
    value.dyn_ref::<Object>().map_or(Value::Null, read_object)
}

fn read_object(object: &Object) -> Value {
    let mut map = Map::new();
    for entry in Object::entries(object).iter() {
        let entry: Array = entry.unchecked_into();
        map.insert(entry.get(0).as_string().unwrap_or_default(), read(&entry.get(1)));
    }
    Value::Object(map)
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "the number is whole and within what a double holds exactly"
)]
fn whole(number: f64) -> Option<Number> {
    let exact = number.trunc() == number && number.abs() < 9_007_199_254_740_992.0;
    exact.then(|| Number::from(number as i64))
}
