//! The way out, for those who want a part of it: columns, days, conditions, what came since, and nothing at all where
//! nothing is new.

use crate::support::{Collector, Reply, answer_no, answer_yes, on_both_engines};
use serde_json::{Value, json};
use std::collections::BTreeMap;

on_both_engines! { Collector:
    columns_are_chosen_by_their_names_or_by_questions_and_unknown_ones_are_refused_with_those_near
    responses_are_chosen_by_day_language_channel_and_a_condition
    labels_stand_for_codes_in_a_language_of_the_survey
    an_export_goes_on_where_another_ended_and_after_a_response
    a_table_that_is_known_is_not_sent_again_until_something_changes_it
    what_a_format_cannot_do_is_refused_with_what_it_can
    a_formula_is_guarded_for_excel_and_a_telephone_number_is_not
}

const TOKEN: &str = "qulaq_test";

fn export(collector: &Collector, query: &str) -> Reply {
    let authorization = format!("Bearer {TOKEN}");
    let path = format!("/api/v1/surveys/page-useful/export?{query}");
    collector.send("GET", &path, &[("authorization", &authorization)], "")
}

fn post(collector: &Collector, body: &Value) -> Reply {
    let reply = collector.post_json("/api/v1/surveys/page-useful/responses", body);
    assert_eq!(reply.status, 201, "{reply:?}");
    reply
}

fn rows(reply: &Reply) -> Vec<BTreeMap<String, String>> {
    assert_eq!(reply.status, 200, "{reply:?}");
    csv::Reader::from_reader(reply.body.as_bytes()).deserialize().map(Result::unwrap).collect()
}

/// What a column has in each row.
fn column(reply: &Reply, name: &str) -> Vec<String> {
    rows(reply).into_iter().map(|row| row[name].clone()).collect()
}

fn header(reply: &Reply) -> &str {
    reply.body.split_once("\r\n").unwrap().0
}

/// What a refusal tells people.
fn detail(reply: &Reply) -> String {
    assert_eq!((reply.status, reply.problem().as_str()), (400, "export_option"), "{reply:?}");
    serde_json::from_str::<Value>(&reply.body).unwrap()["detail"].as_str().unwrap().to_owned()
}

/// Two who said no in Kazakh, one who said yes in Russian on the hosted page.
fn filled(collector: &Collector) -> String {
    collector.let_in(TOKEN, None);
    let version = collector.publish_example("page-useful");
    post(collector, &answer_no('a', &version, "first"));
    post(collector, &answer_no('b', &version, "second"));
    let mut yes = answer_yes('c', &version);
    (yes["lang"], yes["channel"]) = (json!("ru"), json!("web"));
    post(collector, &yes);
    version
}

fn columns_are_chosen_by_their_names_or_by_questions_and_unknown_ones_are_refused_with_those_near(
    collector: &Collector,
) {
    filled(collector);
    let chosen = export(collector, "format=csv&columns=doing,USEFUL,response_day,doing");
    assert_eq!(header(&chosen), "doing,useful,response_day");
    assert_eq!(column(&chosen, "doing"), ["first", "second", "-2"]);
    let refused = detail(&export(collector, "format=csv&columns=usefull"));
    assert!(refused.starts_with("columns: there is no \"usefull\"; near it; there is useful, "), "{refused}");
}

fn responses_are_chosen_by_day_language_channel_and_a_condition(collector: &Collector) {
    filled(collector);
    let texts = |query: &str| column(&export(collector, &format!("format=csv&{query}")), "doing");
    let no_one: [&str; 0] = [];
    assert_eq!(texts("language=kk"), ["first", "second"]);
    assert_eq!(texts("channel=web"), ["-2"]);
    assert_eq!(texts("from=2026-03-09&to=2026-03-09"), ["first", "second", "-2"]);
    assert_eq!(texts("from=2026-03-10"), no_one);
    assert_eq!(texts("to=2026-03-08"), no_one);
    assert_eq!(texts("where=useful%20%3D%3D%200%20and%20doing%20!%3D%20'first'"), ["second"]);
    let refused = detail(&export(collector, "format=csv&where=useful%20%3D%200"));
    assert!(refused.starts_with("where: character 8:"), "{refused}");
    let refused = detail(&export(collector, "format=csv&where=usefull%20%3D%3D%200"));
    assert!(refused.contains("\"usefull\"") && refused.contains("useful,"), "{refused}");
}

fn labels_stand_for_codes_in_a_language_of_the_survey(collector: &Collector) {
    filled(collector);
    let labels =
        |query: &str| column(&export(collector, &format!("format=csv&values=labels{query}")), "useful");
    assert_eq!(labels(""), ["Жоқ", "Жоқ", "Иә"]);
    assert_eq!(labels("&lang=en"), ["No", "No", "Yes"]);
    let refused = detail(&export(collector, "format=csv&values=labels&lang=de"));
    assert_eq!(refused, "lang: there is no \"de\" in this survey; there is kk, ru, en.");
}

fn an_export_goes_on_where_another_ended_and_after_a_response(collector: &Collector) {
    let version = filled(collector);
    let first = export(collector, "format=csv");
    let position = first.header("qulaq-position").to_owned();
    let since = |since: &str| export(collector, &format!("format=csv&since={since}"));
    assert_eq!(rows(&since(&position)).len(), 0);
    post(collector, &answer_no('d', &version, "third"));
    assert_eq!(column(&since(&position), "doing"), ["third"]);
    let pseudonyms = column(&first, "response_id");
    assert_eq!(column(&since(&pseudonyms[1]), "doing"), ["-2", "third"]);
    let refused = detail(&since("nobody"));
    assert!(refused.starts_with("since: there is no response \"nobody\" any more"), "{refused}");
}

fn a_table_that_is_known_is_not_sent_again_until_something_changes_it(collector: &Collector) {
    let version = filled(collector);
    let ask = |query: &str, tag: &str| {
        let path = format!("/api/v1/surveys/page-useful/export?{query}");
        let headers = [("authorization", "Bearer qulaq_test"), ("if-none-match", tag)];
        collector.send("GET", &path, &headers, "")
    };
    let tag = export(collector, "format=csv").header("etag").to_owned();
    assert_eq!(ask("format=csv", &tag).status, 304);
    assert_eq!(ask("format=csv", &format!("\"other\", W/{tag}")).status, 304);
    assert_eq!(ask("format=csv", &tag).body, "");
    for other in ["format=jsonl", "format=csv&lang=ru", "format=csv&columns=useful"] {
        assert_eq!(ask(other, &tag).status, 200, "{other}");
    }
    let reply = post(collector, &answer_no('e', &version, "more"));
    let changed = ask("format=csv", &tag);
    assert_eq!(changed.status, 200);
    let tag = changed.header("etag").to_owned();
    let taken_back = collector.withdraw(&reply.receipt());
    assert!((200..300).contains(&taken_back.status), "{taken_back:?}");
    assert_eq!(ask("format=csv", &tag).status, 200);
}

fn what_a_format_cannot_do_is_refused_with_what_it_can(collector: &Collector) {
    filled(collector);
    let refused = detail(&export(collector, "format=sav&missing=empty"));
    assert_eq!(refused, "missing: there is no \"empty\" with format=sav; there is codes.");
    assert_eq!(column(&export(collector, "format=csv&missing=empty"), "doing"), ["first", "second", ""]);
    let unknown = export(collector, "format=pdf");
    assert!(unknown.body.contains("csv, csv-excel, xlsx, sav, dta, parquet, jsonl"), "{unknown:?}");
}

fn a_formula_is_guarded_for_excel_and_a_telephone_number_is_not(collector: &Collector) {
    collector.let_in(TOKEN, None);
    let version = collector.publish_example("page-useful");
    for (digit, text) in [('a', "=1+1"), ('b', "+7 701"), ('c', "Ә;\"Ғ\"")] {
        post(collector, &answer_no(digit, &version, text));
    }
    let reply = export(collector, "format=csv-excel&columns=doing");
    assert_eq!(reply.body, "\u{feff}doing\r\n'=1+1\r\n+7 701\r\n\"Ә;\"\"Ғ\"\"\"\r\n");
}
