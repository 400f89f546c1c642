//! The way out: what an analyst downloads is what citizens sent.

use crate::support::{Collector, Reply, answer_no, answer_yes, definition, on_both_engines, response};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use survey::columns::ENVELOPE;

on_both_engines! { Collector:
    an_export_is_what_was_sent_and_leaves_every_text_alone
    a_response_has_the_same_pseudonym_in_every_export_and_it_leads_to_no_receipt
    codes_and_reasons_for_gaps_are_exported_and_several_choices_are_zeros_and_ones
    versions_are_merged_the_current_one_first_in_order_of_arrival
    a_survey_without_responses_gives_its_header_alone
    an_export_goes_on_over_many_batches
    responses_are_for_those_alone_whose_token_opens_the_survey
}

const TOKEN: &str = "qulaq_test";

fn export(collector: &Collector, survey: &str, token: &str) -> Reply {
    let authorization = format!("Bearer {token}");
    let path = format!("/api/v1/surveys/{survey}/export?format=csv");
    collector.send("GET", &path, &[("authorization", &authorization)], "")
}

/// The rows of a table, each by the names of its columns.
fn rows(csv: &str) -> Vec<BTreeMap<String, String>> {
    csv::Reader::from_reader(csv.as_bytes()).deserialize().map(Result::unwrap).collect()
}

fn header(csv: &str) -> &str {
    csv.split_once("\r\n").unwrap().0
}

fn post(collector: &Collector, body: &Value) {
    let path = format!("/api/v1/surveys/{}/responses", body["survey"].as_str().unwrap());
    let reply = collector.post_json(&path, body);
    assert_eq!(reply.status, 201, "{reply:?}");
}

fn an_export_is_what_was_sent_and_leaves_every_text_alone(collector: &Collector) {
    collector.let_in(TOKEN, None);
    let version = collector.publish_example("page-useful");
    let texts = [
        "+7 балл",
        "-5",
        "=1+1",
        "a, \"b\"\nc\r\nd;e\tf",
        "Әкімдікке ұсыныс: ғимаратқа пандус қойыңыз, өтінемін — тез",
        "\u{1F600} \u{202B}שלום\u{202C} %00 \\ '",
    ];
    for (index, text) in texts.iter().enumerate() {
        let digit = char::from_digit(u32::try_from(index).unwrap(), 16).unwrap();
        post(collector, &answer_no(digit, &version, text));
    }
    let reply = export(collector, "page-useful", TOKEN);
    assert_eq!(reply.header("content-type"), "text/csv; charset=utf-8; header=present");
    assert_eq!(reply.header("content-disposition"), "attachment; filename=\"page-useful.csv\"");
    assert_eq!(header(&reply.body), format!("{},useful,doing,wrong", ENVELOPE.join(",")));
    assert!(reply.body.ends_with("\r\n"));

    let rows = rows(&reply.body);
    let exported: Vec<&str> = rows.iter().map(|row| row["doing"].as_str()).collect();
    let expected = texts.map(|text| text.replace("\r\n", "\n"));
    assert_eq!(exported, expected, "a line break is one character, as it is counted");
    let first = &rows[0];
    let values: Vec<&str> = ENVELOPE[1..].iter().map(|column| first[*column].as_str()).collect();
    assert_eq!(values, ["2026-03-09", &version, "kk", "embed", "-1", "-2"]);
    assert_eq!((first["useful"].as_str(), first["wrong"].as_str()), ("0", "-4"));
}

fn a_response_has_the_same_pseudonym_in_every_export_and_it_leads_to_no_receipt(collector: &Collector) {
    collector.let_in(TOKEN, None);
    let version = collector.publish_example("page-useful");
    post(collector, &answer_yes('a', &version));
    let exported =
        |row: usize| rows(&export(collector, "page-useful", TOKEN).body)[row]["response_id"].clone();
    let pseudonym = exported(0);
    assert!(pseudonym.len() == 32 && pseudonym.bytes().all(|digit| b"0123456789abcdef".contains(&digit)));
    assert_ne!(pseudonym, "a".repeat(32));

    let mut again = answer_yes('a', &version);
    again["id"] = json!(pseudonym);
    post(collector, &again);
    assert_eq!(exported(0), pseudonym, "what is sent under the pseudonym is another response");
    assert_ne!(exported(1), pseudonym);
}

fn codes_and_reasons_for_gaps_are_exported_and_several_choices_are_zeros_and_ones(collector: &Collector) {
    collector.let_in(TOKEN, None);
    let version = collector.publish_example("kz-public-services");
    let answers = json!({"used": [1, 96], "used_other": "Кітапхана", "sat": {"1": -5}, "region": 10});
    post(collector, &response('a', "kz-public-services", &version, &answers));
    let rows = rows(&export(collector, "kz-public-services", TOKEN).body);
    let cell = |name: &str| rows[0][name].as_str();
    assert_eq!(
        (cell("used_1"), cell("used_2"), cell("used_96"), cell("used_other")),
        ("1", "0", "1", "Кітапхана")
    );
    assert_eq!(
        (cell("sat_1"), cell("sat_2"), cell("sat_96")),
        ("-5", "-2", "-4"),
        "only what was used is asked"
    );
    assert_eq!((cell("channel"), cell("region")), ("-4", "10"));
}

fn versions_are_merged_the_current_one_first_in_order_of_arrival(collector: &Collector) {
    collector.let_in(TOKEN, None);
    let old = collector.publish_example("page-useful");
    post(collector, &answer_yes('f', &old));
    let new = collector.publish(
        &definition("page-useful").replace("\"wrong\"", "\"trouble\"").replace("(wrong)", "(trouble)"),
    );
    post(collector, &answer_yes('a', &new));
    post(collector, &answer_yes('c', &old));

    let csv = export(collector, "page-useful", TOKEN).body;
    assert_eq!(header(&csv), format!("{},useful,doing,trouble,wrong", ENVELOPE.join(",")));
    let rows = rows(&csv);
    let order: Vec<&str> = rows.iter().map(|row| row["response_version"].as_str()).collect();
    assert_eq!(order, [&old, &new, &old]);
    let gaps: Vec<_> = rows.iter().map(|row| (row["trouble"].as_str(), row["wrong"].as_str())).collect();
    assert_eq!(gaps, [("-1", "-2"), ("-2", "-1"), ("-1", "-2")]);
}

fn a_survey_without_responses_gives_its_header_alone(collector: &Collector) {
    collector.let_in(TOKEN, None);
    collector.publish_example("page-useful");
    let csv = export(collector, "page-useful", TOKEN).body;
    assert_eq!(csv, format!("{},useful,doing,wrong\r\n", ENVELOPE.join(",")));
}

fn an_export_goes_on_over_many_batches(collector: &Collector) {
    collector.let_in(TOKEN, None);
    let version = collector.publish_example("page-useful");
    let kept = (0..1234).map(|number| {
        let mut response = crate::store::new_response(&format!("{number:032x}"), &version);
        response.answers = json!({"useful": 0, "doing": number.to_string().repeat(50)}).to_string();
        collector.store.keep(response)
    });
    for keeping in kept {
        collector.wait(keeping).unwrap();
    }
    let rows = rows(&export(collector, "page-useful", TOKEN).body);
    assert_eq!(rows.len(), 1234);
    assert!(rows.iter().enumerate().all(|(number, row)| row["doing"] == number.to_string().repeat(50)));
    let pseudonyms: BTreeSet<&str> = rows.iter().map(|row| row["response_id"].as_str()).collect();
    assert_eq!(pseudonyms.len(), 1234);
}

fn responses_are_for_those_alone_whose_token_opens_the_survey(collector: &Collector) {
    let version = collector.publish_example("page-useful");
    collector.publish_example("service-done");
    post(collector, &answer_no('a', &version, "secret words"));
    collector.let_in(TOKEN, None);
    collector.let_in("one", Some(&["service-done"]));
    let refused = |reply: Reply| {
        assert!(!reply.body.contains("secret words"));
        (reply.status, reply.problem())
    };
    let without = collector.get("/api/v1/surveys/page-useful/export?format=csv");
    assert_eq!(without.header("www-authenticate"), "Bearer");
    assert_eq!(refused(without), (401, "unauthorized".to_owned()));
    assert_eq!(refused(export(collector, "page-useful", "wrong")), (401, "unauthorized".to_owned()));
    assert_eq!(refused(export(collector, "page-useful", "one")), (403, "forbidden".to_owned()));
    assert_eq!(refused(export(collector, "nothing", "one")), (403, "forbidden".to_owned()));
    assert_eq!(refused(export(collector, "nothing", TOKEN)), (404, "unknown_survey".to_owned()));
    assert_eq!(export(collector, "service-done", "one").status, 200);

    let authorization = [("authorization", "Bearer qulaq_test")];
    let unknown = collector.send("GET", "/api/v1/surveys/page-useful/export?format=xls", &authorization, "");
    assert_eq!(refused(unknown), (400, "unknown_format".to_owned()));

    assert!(collector.wait(collector.store.revoke_token(TOKEN)).unwrap());
    assert_eq!(export(collector, "page-useful", TOKEN).status, 401);
}
