//! What is remembered of groups, beside what is counted anew: whatever comes or is taken back between two looks, a page is
//! the same.

use super::cuts::{PAGE, address, asked};
use super::{Visitor, add};
use crate::support::{Collector, on_both_engines};
use collector::people::rights::Role;
use serde_json::json;
use std::ops::Range;

on_both_engines! { Collector:
    a_group_that_was_looked_at_before_is_that_of_a_recount
    flags_are_judged_anew_when_something_came_or_was_taken_back
}

/// Sends responses with these numbers, and gives their receipts.
fn send(collector: &Collector, version: &str, numbers: Range<usize>) -> Vec<String> {
    let one = |number: usize| {
        let grid = if number.is_multiple_of(3) { [1, 1, 1, 1] } else { [1, 2, 1, 2] };
        let parts: serde_json::Map<String, _> =
            (1..).zip(grid).map(|(row, code)| (format!("{row}"), json!(code))).collect();
        let answers = json!({"useful": number % 2, "age": 20 + number % 7 * 10, "parts": parts});
        let body = json!({"id": format!("{number:032x}"), "survey": "small", "version": version,
            "lang": if number.is_multiple_of(5) { "ru" } else { "kk" }, "channel": "embed", "answers": answers,
            "paradata": {"path": "wasm", "active_ms": 1000 + number % 11 * 2000}});
        collector.post_json("/api/v1/surveys/small/responses", &body).receipt()
    };
    numbers.map(one).collect()
}

fn begun(collector: &Collector) -> (String, Visitor<'_>) {
    let version = asked(collector);
    add(collector, "aigul", &[(Some("small"), Role::Analyst)]);
    (version, Visitor::with_session(collector, "aigul"))
}

/// The page of a group. More spaces in a condition are the same condition to a reader, and another to a memory.
fn page(aigul: &Visitor<'_>, condition: &str) -> String {
    let reply = aigul.get(&address("", &[("language", "kk"), ("where", condition)]));
    assert_eq!(reply.status, 200, "{reply:?}");
    let mut body = reply.body;
    while body.contains("  ") || body.contains("++") {
        body = body.replace("  ", " ").replace("++", "+");
    }
    body
}

fn a_group_that_was_looked_at_before_is_that_of_a_recount(collector: &Collector) {
    let (version, aigul) = begun(collector);
    let mut receipts = send(collector, &version, 0..60);
    let mut seen = Vec::new();
    for step in 0..4 {
        let spaces = " ".repeat(step + 2);
        let (remembered, anew) = (page(&aigul, "useful == 1"), page(&aigul, &format!("useful{spaces}== 1")));
        assert_eq!(remembered, anew, "step {step}");
        assert_eq!(page(&aigul, "useful == 1"), anew, "and once more");
        seen.push(remembered);
        match step {
            0 => receipts.extend(send(collector, &version, 60..85)),
            1 => assert_eq!(collector.withdraw(&receipts.remove(7)).status, 204),
            2 => {
                // Both at once: as many as before in the group, and not the same.
                assert_eq!(collector.withdraw(&receipts.remove(22)).status, 204);
                receipts.extend(send(collector, &version, 87..88));
            }
            _ => {}
        }
    }
    assert!(seen.windows(2).all(|pair| pair[0] != pair[1]), "each step changes the page");
    let crossed = |condition: &str| {
        aigul.get(&address("/cross", &[("row", "age"), ("column", "useful"), ("where", condition)])).body
    };
    let spaces = |body: String| body.replace("++", "+").replace("  ", " ");
    assert_eq!(spaces(crossed("age >= 30")), spaces(crossed("age  >= 30")));
}

fn flags_are_judged_anew_when_something_came_or_was_taken_back(collector: &Collector) {
    let (version, aigul) = begun(collector);
    let mut receipts = send(collector, &version, 0..60);
    for step in 0..3 {
        for flags in ["none", "straight_line", "speeder"] {
            let file = aigul.get(&format!("/api/v1/surveys/small/export?format=csv&flags={flags}")).body;
            let (group, all) = (file.lines().count() - 1, receipts.len());
            let page = aigul.get(&format!("{PAGE}?flags={flags}")).body;
            assert!(
                page.contains(&format!("{group} of {all} responses are shown")),
                "{step} {flags} {group}: {page}"
            );
        }
        match step {
            0 => receipts.extend(send(collector, &version, 60..95)),
            _ => assert_eq!(collector.withdraw(&receipts.remove(12)).status, 204),
        }
    }
}
