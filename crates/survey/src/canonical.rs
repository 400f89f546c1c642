//! One spelling for one JSON document, so that the same content always has the same hash.

use serde_json::Value;

/// Writes `value` with object keys sorted by code point and no white space. Two documents that differ only in layout
/// or in the order of keys give the same bytes; the version of a survey is a hash of them.
#[must_use]
pub fn canonical(value: &Value) -> String {
    let mut out = String::new();
    write(value, &mut out);
    out
}

fn write(value: &Value, out: &mut String) {
    match value {
        Value::Object(map) => {
            let mut entries: Vec<_> = map.iter().collect();
            entries.sort_unstable_by_key(|(key, _)| *key);
            list(out, '{', '}', &entries, |(key, value), out| {
                out.push_str(&Value::from(key.as_str()).to_string());
                out.push(':');
                write(value, out);
            });
        }
        Value::Array(items) => list(out, '[', ']', items, write),
        scalar => out.push_str(&scalar.to_string()),
    }
}

fn list<T>(out: &mut String, open: char, close: char, items: &[T], mut each: impl FnMut(&T, &mut String)) {
    out.push(open);
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        each(item, out);
    }
    out.push(close);
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn layout_and_key_order_do_not_change_the_bytes() {
        let one: Value = serde_json::from_str(r#"{"b": [1, "ә\n"], "a": {"d": null, "c": true}}"#).unwrap();
        let two = json!({"a": {"c": true, "d": null}, "b": [1, "ә\n"]});
        assert_eq!(canonical(&one), canonical(&two));
        assert_eq!(canonical(&one), r#"{"a":{"c":true,"d":null},"b":[1,"ә\n"]}"#);
    }
}
