//! Flags on responses to an open survey, what an export and a report make of them, and a small attack.

use crate::support::{Collector, answer_no, answer_yes, filled, receipt, response, small};
use serde_json::{Value, json};
use std::process::Command;

fn paradata(collector: &Collector, survey: &str) -> Vec<Value> {
    let rows = collector.wait(collector.store.responses(survey, Default::default(), 10_000)).unwrap();
    rows.iter().map(|row| serde_json::from_str(&row.paradata).unwrap()).collect()
}

fn qulaq(collector: &Collector, arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_qulaq"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("QULAQ_")) {
        command.env_remove(name);
    }
    let output = command.args(arguments).current_dir(collector.directory.path()).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_program_that_fills_in_what_nobody_sees_is_kept_and_flagged() {
    let collector = Collector::start();
    collector.publish_example("district-priority");
    let path = "/s/district-priority?lang=ru";
    let page = collector.get(path);
    assert!(page.body.contains("<input hidden name=\"_url\" autocomplete=off></form>"));
    let fragment = collector.get("/api/v1/surveys/district-priority/fragment?lang=ru");
    assert!(fragment.body.contains("name=\"_url\""), "also in a tag");
    for filled_in in ["", "https://spam.example"] {
        let page = collector.get(path);
        let fields = [("priority", "1"), ("_url", filled_in), ("_go", "next")];
        let sent = collector.post_form(path, &filled(&page, &fields));
        assert_eq!(sent.status, 200);
        assert!(!receipt(&sent).is_empty() && !sent.body.contains("_url"), "the same for everybody");
    }
    let kept = paradata(&collector, "district-priority");
    assert_eq!((&kept[0]["guard"], &kept[1]["guard"]), (&Value::Null, &json!(["trap"])));
    assert!(!kept[1].to_string().contains("spam.example"), "what was filled in is not kept");
}

#[test]
fn flags_are_columns_where_an_export_asks_for_them_and_nobody_can_send_them() {
    let collector = Collector::start();
    let version = collector.publish(&small(&json!({}), &[]));
    let send = |digit: char, paradata: Value| {
        let mut body = response(digit, "small", &version, &json!({"useful": 1}));
        body["paradata"] = paradata;
        collector.post_json("/api/v1/surveys/small/responses", &body)
    };
    assert_eq!(send('a', json!({"active_ms": 999})).status, 201);
    assert_eq!(send('b', json!({"active_ms": 1000})).status, 201);
    assert_eq!(send('c', json!({"guard": []})).problems(), ["unknown_field paradata.guard"]);
    let table = qulaq(&collector, &["export", "small", "--format", "csv", "--columns", "useful", "--guard"]);
    let rows: Vec<&str> = table.lines().map(str::trim_end).collect();
    assert_eq!(
        rows[0].trim_start_matches('\u{feff}'),
        "useful,guard_trap,guard_fast,guard_burst,guard_network,guard_work"
    );
    assert_eq!(rows[1..], ["1,0,1,0,0,0", "1,0,0,0,0,0"]);
    let plain = qulaq(&collector, &["export", "small", "--format", "csv"]);
    assert!(!plain.contains("guard_"));
}

#[test]
fn the_report_puts_all_totals_beside_those_without_what_is_odd() {
    let collector = Collector::start();
    let version = collector.publish_example("page-useful");
    let copied = "Сайтта құжаттар жоқ, түзетіңіздер!";
    for (digit, words) in [('a', copied), ('b', "сайтта  құжаттар жоқ, ТҮЗЕТІҢІЗДЕР"), ('c', copied)]
    {
        collector.post_json("/api/v1/surveys/page-useful/responses", &answer_no(digit, &version, words));
    }
    collector.post_json("/api/v1/surveys/page-useful/responses", &answer_yes('d', &version));
    collector.post_json("/api/v1/surveys/page-useful/responses", &answer_no('e', &version, "+7 балл"));
    let report: Value =
        serde_json::from_str(&qulaq(&collector, &["report", "page-useful", "--format", "json"])).unwrap();
    assert_eq!(
        (&report["tier"], &report["rules"], &report["responses"]),
        (&json!("open"), &json!(2), &json!(5))
    );
    let copies = report["copies"].as_array().unwrap();
    assert_eq!(copies.len(), 1, "{report}");
    let useful =
        report["totals"].as_array().unwrap().iter().find(|total| total["question"] == "useful").unwrap();
    let left_out = copies[0]["responses"].as_u64().unwrap();
    let no = useful["codes"].as_array().unwrap().iter().find(|code| code["code"] == 0).unwrap();
    assert_eq!((no["raw"].as_u64(), no["cleaned"].as_u64()), (Some(4), Some(4 - left_out)));
    let page = qulaq(&collector, &["report", "page-useful", "--lang", "kk"]);
    assert!(page.contains("Манипуляция туралы есеп") && page.contains("құжаттар"));
}

/// Two thousand forged responses from one machine, and fifty honest ones among them.
#[test]
fn in_an_attack_every_honest_response_passes_and_most_forged_ones_are_flagged() {
    let collector = Collector::start();
    let version = collector.publish(&small(&json!({}), &[]));
    let began = std::time::Instant::now();
    let mut honest = 0;
    for number in 0..2050_u32 {
        let is_honest = number % 41 == 7;
        let mut body = response('a', "small", &version, &json!({"useful": 1 - number % 2}));
        body["id"] = Value::from(format!("{number:032x}"));
        body["paradata"] =
            if is_honest { json!({"path": "wasm"}) } else { json!({"path": "loader", "active_ms": 40}) };
        let reply = collector.post_json("/api/v1/surveys/small/responses", &body);
        assert_eq!(reply.status, 201, "nobody sees anything of it");
        honest += u32::from(is_honest);
    }
    let kept = paradata(&collector, "small");
    let forged: Vec<&Value> = kept.iter().filter(|paradata| paradata["path"] == "loader").collect();
    let flagged = forged.iter().filter(|paradata| paradata["guard"].is_array()).count();
    println!(
        "honest kept: {honest} of 50; forged flagged: {flagged} of {}; {:?}",
        forged.len(),
        began.elapsed()
    );
    assert_eq!((honest, kept.len()), (50, 2050));
    assert!(flagged * 100 >= forged.len() * 95, "{flagged} of {}", forged.len());
}
