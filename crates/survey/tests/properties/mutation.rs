//! Small changes to a document, of the sort that authors and programs make by mistake.

use crate::dice::Dice;
use serde_json::{Value, json};

/// Keys that mean something somewhere.
const KEYS: [&str; 24] = [
    "show_if",
    "required_if",
    "required",
    "options",
    "rows",
    "rows_from",
    "questions",
    "pages",
    "then",
    "to",
    "end",
    "if",
    "value",
    "default",
    "min",
    "max",
    "code",
    "text",
    "name",
    "type",
    "within",
    "shuffle",
    "after_review",
    "levels",
];

/// Values that mean something somewhere.
fn value(dice: &mut Dice<'_>) -> Value {
    let values = [
        json!(null),
        json!(true),
        json!(0),
        json!(-5),
        json!(96),
        json!(1e300),
        json!(i64::MAX),
        json!(i64::MIN),
        json!(""),
        json!("\u{0}"),
        json!("overall == 1"),
        json!("not (((((((answered(overall))))))))"),
        json!("1 / 0 == count(used) or"),
        json!("{overall} {nosuch}"),
        json!("single"),
        json!("group"),
        json!("p1"),
        json!([]),
        json!([1, 1, 2]),
        json!({}),
        json!({ "kk": "Ә" }),
        json!({ "?": ["x"] }),
        json!([[{ "code": 1, "text": "x" }]]),
        json!("ә".repeat(1000)),
    ];
    dice.one(&values).cloned().unwrap_or_default()
}

/// Changes one thing somewhere.
pub(crate) fn mutate(document: &mut Value, dice: &mut Dice<'_>) {
    let donor = pick(&mut document.clone(), dice).clone();
    let target = pick(document, dice);
    let change = dice.below(7);
    match target {
        Value::Object(map) => {
            let keys: Vec<String> = map.keys().cloned().collect();
            let key = dice.one(&keys).cloned().unwrap_or_default();
            let named = (*dice.one(&KEYS).unwrap_or(&"text")).to_owned();
            match change {
                0 | 1 => _ = map.remove(&key),
                2 => _ = map.insert(key, value(dice)),
                3 => _ = map.insert(named, value(dice)),
                4 => _ = map.insert(named, donor),
                5 => {
                    let moved = map.remove(&key).unwrap_or_default();
                    map.insert(named, moved);
                }
                _ => *target = donor,
            }
        }
        Value::Array(list) => {
            let index = dice.below(list.len());
            match change {
                0 if !list.is_empty() => _ = list.remove(index),
                1 | 2 if !list.is_empty() => list.insert(0, list[index].clone()),
                3 => list.reverse(),
                4 => list.push(donor),
                5 => list.clear(),
                _ => list.push(value(dice)),
            }
        }
        _ if change < 3 => *target = donor,
        _ => *target = value(dice),
    }
}

/// A place somewhere in the document, not too near its root.
fn pick<'a>(document: &'a mut Value, dice: &mut Dice<'_>) -> &'a mut Value {
    let mut at = document;
    for _ in 0..12 {
        let count = match &*at {
            Value::Object(map) => map.len(),
            Value::Array(list) => list.len(),
            _ => 0,
        };
        if count == 0 || dice.once_in(6) {
            break;
        }
        let index = dice.below(count);
        at = match at {
            Value::Object(map) => map.values_mut().nth(index).unwrap(),
            Value::Array(list) => &mut list[index],
            _ => break,
        };
    }
    at
}
