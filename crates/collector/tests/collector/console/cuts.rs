//! Cutting at the console: filters, tables of two questions, flags; for whom, and what is never told of a few.

use super::{Visitor, add};
use crate::support::{Collector, small, urlencoded};
use collector::people::rights::Role;
use serde_json::{Value, json};

pub(super) const PAGE: &str = "/console/surveys/small";

/// What one answers.
struct Answer {
    useful: i64,
    lang: &'static str,
    channel: &'static str,
    more: Value,
}

fn answer(useful: i64, lang: &'static str) -> Answer {
    Answer { useful, lang, channel: "embed", more: json!({}) }
}

/// A survey with a yes, several ways, an age, a grid and words.
pub(super) fn asked(collector: &Collector) -> String {
    let options = json!([{"code": 1, "text": "Bus"}, {"code": 2, "text": "Tram"}]);
    let rows: Vec<Value> =
        (1..=4).map(|code| json!({"code": code, "text": format!("Part {code}")})).collect();
    let more = [
        json!({"name": "ways", "type": "multi", "text": "Ways?", "options": options}),
        json!({"name": "age", "type": "number", "text": "Age?", "min": 0, "max": 120}),
        json!({"name": "parts", "type": "grid", "text": "Parts?", "options": options,
            "rows": rows}),
        json!({"name": "why", "type": "text", "text": "Why?"}),
    ];
    collector.publish(&small(&json!({}), &more))
}

fn fill(collector: &Collector, version: &str, groups: &[(usize, Answer)]) {
    let mut number = 0;
    for (count, answer) in groups {
        for _ in 0..*count {
            let mut answers = answer.more.clone();
            answers["useful"] = json!(answer.useful);
            let time = if number % 25 == 0 { 1_000 } else { 20_000 };
            let body = json!({"id": format!("{number:032x}"), "survey": "small", "version": version,
                "lang": answer.lang, "channel": answer.channel, "answers": answers,
                "paradata": {"path": "wasm", "active_ms": time}});
            assert_eq!(collector.post_json("/api/v1/surveys/small/responses", &body).status, 201, "{body}");
            number += 1;
        }
    }
}

/// Seventy in Kazakh and forty in Russian, and an analyst.
fn filled() -> Collector {
    let collector = Collector::start();
    let version = asked(&collector);
    let groups = [(40, answer(1, "kk")), (30, answer(0, "kk")), (10, answer(1, "ru")), (30, answer(0, "ru"))];
    fill(&collector, &version, &groups);
    add(&collector, "aigul", &[(Some("small"), Role::Analyst)]);
    add(&collector, "bolat", &[(Some("small"), Role::Viewer)]);
    collector
}

pub(super) fn address(path: &str, pairs: &[(&str, &str)]) -> String {
    format!("{PAGE}{path}?{}", urlencoded(pairs))
}

#[test]
fn a_filtered_page_is_an_address_that_says_of_how_many_it_tells_and_leads_to_the_same_data() {
    let collector = filled();
    let aigul = Visitor::with_session(&collector, "aigul");
    let all = aigul.get(PAGE).body;
    assert!(all.contains("110 responses have come in"), "{all}");
    let kazakh = aigul.get(&address("", &[("language", "kk"), ("where", "")]));
    assert_eq!(kazakh.status, 200);
    assert!(kazakh.body.contains("70 of 110 responses are shown"), "{}", kazakh.body);
    assert!(kazakh.body.contains("57%") || kazakh.body.contains("57 %"), "40 of 70: {}", kazakh.body);
    assert!(kazakh.body.contains("name=\"language\" value=\"kk\""), "the file is filtered too");
    assert!(kazakh.body.contains("href=\"/console/surveys/small\""), "the way back to all");
    let both = aigul.get(&address("", &[("language", "kk"), ("where", "useful == 1")])).body;
    assert!(both.contains("40 of 110 responses are shown") && both.contains("useful == 1"), "{both}");
    let nothing = aigul.get(&address("", &[("where", "usefull == 1")]));
    assert_eq!(nothing.status, 400);
    assert!(nothing.body.contains("there is no &quot;usefull&quot;"), "{}", nothing.body);
}

#[test]
fn who_may_not_download_sees_everybody_and_no_group() {
    let collector = filled();
    let bolat = Visitor::with_session(&collector, "bolat");
    let page = bolat.get(PAGE);
    assert!(page.status == 200 && !page.body.contains("/cross") && !page.body.contains("name=\"where\""));
    for query in ["language=kk", "where=useful+%3D%3D+1", "flags=none", "where=%29"] {
        assert_eq!(bolat.get(&format!("{PAGE}?{query}")).status, 403, "{query}");
    }
    assert_eq!(bolat.get(&format!("{PAGE}/cross?row=useful&column=ways")).status, 403);
}

#[test]
fn a_group_that_would_tell_about_a_few_is_refused_with_the_reason() {
    let collector = Collector::start();
    let version = asked(&collector);
    let web = Answer { channel: "web", ..answer(1, "kk") };
    let groups = [(40, answer(1, "kk")), (2, web), (20, answer(0, "ru")), (3, answer(1, "ru"))];
    fill(&collector, &version, &groups);
    add(&collector, "aigul", &[(Some("small"), Role::Analyst)]);
    let aigul = Visitor::with_session(&collector, "aigul");
    let few = aigul.get(&address("", &[("channel", "web")]));
    assert!(few.status == 422 && few.body.contains("Fewer than 5 responses"), "{}", few.body);
    let all_but_two = aigul.get(&address("", &[("channel", "embed")]));
    assert!(all_but_two.status == 422 && all_but_two.body.contains("leaves out fewer than 5"));
    assert!(!all_but_two.body.contains("63 of"), "not how many it would be: {}", all_but_two.body);
    let russian = aigul.get(&address("", &[("language", "ru")]));
    assert_eq!(russian.status, 200);
    let all_but_three = aigul.get(&address("", &[("language", "ru"), ("where", "useful == 0")]));
    assert_eq!(all_but_three.status, 422, "less the page of everybody in Russian it would be three");
    // The file is for whoever may see each response anyway.
    let file = "/api/v1/surveys/small/export?format=csv&channel=web";
    assert_eq!(aigul.get(file).body.lines().count(), 3);
}

#[test]
fn a_count_of_a_group_is_hidden_where_the_others_would_be_few() {
    let collector = Collector::start();
    let version = asked(&collector);
    // Of those who said yes all but three answered in Kazakh.
    let groups = [(40, answer(1, "kk")), (20, answer(0, "kk")), (3, answer(1, "ru")), (20, answer(0, "ru"))];
    fill(&collector, &version, &groups);
    add(&collector, "aigul", &[(Some("small"), Role::Analyst)]);
    let page = Visitor::with_session(&collector, "aigul").get(&address("", &[("language", "kk")]));
    assert_eq!(page.status, 200);
    assert!(page.body.contains("Сандар тым аз болғандықтан"), "{}", page.body);
    assert!(!page.body.contains(">40<"), "{}", page.body);
}

#[test]
fn a_table_of_two_has_counts_percentages_what_stands_out_and_a_test() {
    let collector = filled();
    let aigul = Visitor::with_session(&collector, "aigul");
    let page = aigul.get(&address("/cross", &[("row", "response_language"), ("column", "useful")])).body;
    for cell in ["<b>40</b>", "<b>30</b>", "<b>10</b>", ">70<", ">110<"] {
        assert!(page.contains(cell), "{cell}: {page}");
    }
    // 110 · (40 · 30 − 30 · 10)² / (70 · 40 · 50 · 60), whose root is the residual.
    assert!(page.contains("Chi-square: 10.61, degrees of freedom 1, p = 0.001"), "{page}");
    assert!(page.contains("▲ ") && page.contains("more than expected: ") && page.contains("3.3"), "{page}");
    assert!(page.contains("<svg") && page.contains("no random sample"), "{page}");
    let nobody = aigul.get(&address("/cross", &[("row", "why"), ("column", "useful")])).body;
    assert!(!nobody.contains("<b>40</b>"), "words are crossed with nothing");
    let file = aigul
        .get(&address("/cross", &[("row", "response_language"), ("column", "useful"), ("format", "csv")]));
    assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
    assert!(file.body.starts_with("\u{feff}\"Language\";\"Useful?\";\"Count\""), "{}", file.body);
    assert!(
        file.body.contains("\"қазақша\";\"Yes\";\"40\";\"57,1\"")
            || file.body.contains("\"Қазақша\";\"Yes\";\"40\";\"57,1\""),
        "{}",
        file.body
    );
    let deeds = collector.wait(collector.store.deeds(None, 1)).unwrap();
    assert_eq!(deeds[0].1.details, "response_language × useful", "saving a table is written down");
}

#[test]
fn a_table_hides_small_cells_says_so_and_gives_no_test() {
    let collector = Collector::start();
    let version = asked(&collector);
    let channel = |useful, channel| Answer { channel, ..answer(useful, "kk") };
    let groups = [
        (40, channel(1, "embed")),
        (30, channel(0, "embed")),
        (37, channel(1, "web")),
        (3, channel(0, "web")),
        (28, channel(1, "paper")),
        (29, channel(0, "paper")),
    ];
    fill(&collector, &version, &groups);
    add(&collector, "aigul", &[(Some("small"), Role::Analyst)]);
    let aigul = Visitor::with_session(&collector, "aigul");
    let page = aigul.get(&address("/cross", &[("row", "response_channel"), ("column", "useful")])).body;
    assert!(!page.contains("<b>3</b>") && !page.contains("<b>37</b>"), "{page}");
    assert!(page.matches("aria-hidden=\"true\">×").count() >= 4, "{page}");
    assert!(page.contains("could give back the hidden counts") && page.contains("The sign ×"), "{page}");
}

#[test]
fn a_table_that_leaves_out_a_few_says_neither_how_few_nor_what_would_give_it_back() {
    let collector = Collector::start();
    let version = asked(&collector);
    let with = |useful, more| Answer { more, ..answer(useful, "kk") };
    let groups = [
        (30, with(1, json!({"parts": {"1": 1}}))),
        (20, with(1, json!({"parts": {"1": 2}}))),
        (12, with(0, json!({"parts": {"1": 1}}))),
        (33, with(0, json!({"parts": {"1": 2}}))),
        (3, with(0, json!({}))),
    ];
    fill(&collector, &version, &groups);
    add(&collector, "aigul", &[(Some("small"), Role::Analyst)]);
    let aigul = Visitor::with_session(&collector, "aigul");
    let pairs = [("row", "useful"), ("column", "parts_1")];
    let page = aigul.get(&address("/cross", &pairs)).body;
    assert!(page.contains("<b>30</b>") && page.contains("A few people lack an answer"), "{page}");
    for told in ["<b>12</b>", ">95<", ">45<", ">42<", "95 people", "Base:", "▲"] {
        assert!(!page.contains(told), "{told}: {page}");
    }
    let file = aigul.get(&address("/cross", &[pairs[0], pairs[1], ("format", "csv")])).body;
    assert!(file.contains("A few people lack an answer") && !file.contains("\"12\""), "{file}");
    // Ten visitors, of whom one left the question blank.
    let ten = [
        (5, with(1, json!({"parts": {"1": 1}}))),
        (4, with(0, json!({"parts": {"1": 2}}))),
        (1, with(0, json!({}))),
    ];
    let collector = Collector::start();
    let version = asked(&collector);
    fill(&collector, &version, &ten);
    add(&collector, "aigul", &[(Some("small"), Role::Analyst)]);
    let page = Visitor::with_session(&collector, "aigul").get(&address("/cross", &pairs)).body;
    assert!(!page.contains("<table"), "nothing is shown: {page}");
}

#[test]
fn several_answers_numbers_in_classes_days_and_reasons_are_crossed_too() {
    let collector = Collector::start();
    let version = asked(&collector);
    let with = |useful, more| Answer { more, ..answer(useful, "kk") };
    let groups = [
        (30, with(1, json!({"ways": [1, 2], "age": 20, "parts": {"1": 1, "2": 1, "3": 1, "4": 1}}))),
        (30, with(0, json!({"ways": [2], "age": 40, "parts": {"1": 1, "2": 2, "3": 1, "4": 2}}))),
        (20, with(1, json!({"age": 60}))),
    ];
    fill(&collector, &version, &groups);
    add(&collector, "aigul", &[(Some("small"), Role::Analyst)]);
    let aigul = Visitor::with_session(&collector, "aigul");
    let cross = |pairs: &[(&str, &str)]| aigul.get(&address("/cross", pairs)).body;
    let several = cross(&[("row", "useful"), ("column", "ways")]);
    assert!(
        several.contains("cells are not independent")
            && several.contains("without an answer to one of the two: 20"),
        "{several}"
    );
    assert!(several.contains(">60<"), "thirty and thirty took the tram: {several}");
    let shown = cross(&[("row", "useful"), ("column", "ways"), ("missing", "shown")]);
    assert!(shown.contains("Left blank") && !shown.contains("Masked for privacy"), "{shown}");
    let classes = cross(&[("row", "age"), ("column", "useful"), ("row_classes", "30; 50")]);
    for class in ["&lt; 30", "30 – &lt; 50", "≥ 50"] {
        assert!(classes.contains(class), "{class}: {classes}");
    }
    let quarters = cross(&[("row", "age"), ("column", "useful")]);
    assert!(quarters.contains("&lt; 40") && quarters.contains("≥ 60"), "{quarters}");
    let week = cross(&[("row", "response_week"), ("column", "parts_2")]);
    assert!(week.contains("<b>30</b>") && week.contains("Parts? – Part 2"), "{week}");
}

#[test]
fn what_is_noticed_is_counted_filtered_and_a_column_and_deletes_nothing() {
    let collector = Collector::start();
    let version = asked(&collector);
    let with = |more| Answer { more, ..answer(1, "kk") };
    let same = json!({"1": 1, "2": 1, "3": 1, "4": 1});
    let groups = [
        (30, with(json!({"ways": [1], "age": 20, "parts": same, "why": "Автобус жүрмейді, жол нашар"}))),
        (30, with(json!({"ways": [2], "age": 40, "parts": {"1": 1, "2": 2, "3": 1, "4": 2}}))),
        (15, with(json!({}))),
    ];
    fill(&collector, &version, &groups);
    add(&collector, "aigul", &[(Some("small"), Role::Analyst)]);
    let aigul = Visitor::with_session(&collector, "aigul");
    let page = aigul.get(&format!("{PAGE}/quality")).body;
    for (flag, bear, judged) in
        [("speeder", 3, 75), ("straight_line", 30, 60), ("same_text", 30, 30), ("left_blank", 15, 75)]
    {
        let row = page.split(&format!("?flags={flag}\"")).nth(1).unwrap_or_else(|| panic!("{flag}: {page}"));
        let row = row.split("</tr>").next().unwrap();
        assert!(row.contains(&format!("<span>{bear}</span></td><td><span>{judged}</span>")), "{flag}: {row}");
    }
    assert!(page.contains("median): 20 seconds") && page.contains("Version of the rules: 1"), "{page}");
    let without = aigul.get(&format!("{PAGE}?flags=none")).body;
    assert!(without.contains("29 of 75 responses are shown"), "thirty less a quick one: {without}");
    let file = aigul.get("/api/v1/surveys/small/export?format=csv&quality=columns&columns=age");
    let mut lines = file.body.lines();
    assert_eq!(
        lines.next(),
        Some("age,quality_speeder,quality_straight_line,quality_same_text,quality_left_blank")
    );
    assert_eq!(lines.next(), Some("20,1,1,1,0"));
    assert_eq!(lines.clone().count(), 74, "nobody is left out");
    assert_eq!(lines.next_back(), Some("-4,0,-2,-2,1"));
    let some = aigul.get("/api/v1/surveys/small/export?format=csv&flags=speeder").body;
    assert_eq!(some.lines().count(), 4);
    let unknown = aigul.get("/api/v1/surveys/small/export?format=csv&flags=fast");
    assert!(unknown.status == 400 && unknown.body.contains("none, speeder, straight_line"), "{unknown:?}");
}
