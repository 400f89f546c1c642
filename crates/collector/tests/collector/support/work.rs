//! What a browser does where a survey asks for work.

use serde_json::Value;

/// A challenge with its solution.
pub(crate) fn solve(asked: &Value) -> String {
    let challenge = asked["challenge"].as_str().unwrap();
    let word = |at: usize| u32::from_str_radix(&challenge[at..at + 8], 16).unwrap();
    let id = [0, 8, 16, 24].map(word);
    let number = |name: &str| u32::try_from(asked[name].as_u64().unwrap()).unwrap();
    let bits = number("bits");
    let solve = |puzzle| format!("{:x}", work::find(id, puzzle, bits, (0, u32::MAX)).unwrap());
    let numbers: Vec<String> = (0..number("puzzles")).map(solve).collect();
    format!("{challenge}.{}", numbers.join("-"))
}
