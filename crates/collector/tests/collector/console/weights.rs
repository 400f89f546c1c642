//! Weights at the console: margins with their source, what comes of them, and where they go.

use super::{Visitor, add};
use crate::support::{Collector, Reply, small};
use collector::people::rights::Role;
use collector::store::Weighting;
use serde_json::json;

const PAGE: &str = "/console/surveys/small/weights";

/// Sixty said yes and forty no; half of either has a sex.
fn filled() -> Collector {
    let collector = Collector::start();
    let options = json!([{"code": 1, "text": "F"}, {"code": 2, "text": "M"}, {"code": 3, "text": "X"}]);
    let sex = json!({"name": "sex", "type": "single", "text": "Sex?", "options": options});
    let version = collector.publish(&small(&json!({}), &[sex]));
    for number in 0..100 {
        let mut answers = json!({"useful": i64::from(number < 60)});
        if number % 2 == 0 {
            answers["sex"] = json!(1 + number % 4 / 2);
        }
        let body = json!({"id": format!("{number:032x}"), "survey": "small", "version": version, "lang": "kk",
            "channel": "embed", "answers": answers, "paradata": {"path": "wasm"}});
        assert_eq!(collector.post_json("/api/v1/surveys/small/responses", &body).status, 201);
    }
    add(&collector, "aigul", &[(Some("small"), Role::Analyst)]);
    collector
}

const HALF: [(&str, &str); 8] = [
    ("do", "margin"),
    ("weighting", "census"),
    ("question", "useful"),
    ("purpose", "population"),
    ("share-1", "50"),
    ("share-0", "50"),
    ("source", "Census <b>"),
    ("date", "2026-01-01"),
];

/// The same fields, one of them said otherwise.
fn but(name: &str, value: &'static str) -> Vec<(&'static str, &'static str)> {
    HALF.iter().map(|(known, own)| (*known, if *known == name { value } else { *own })).collect()
}

#[test]
fn margins_are_kept_version_after_version_and_weigh_tables_and_files() {
    let collector = filled();
    let aigul = Visitor::with_session(&collector, "aigul");
    let form = aigul.get(&format!("{PAGE}?weighting=census&question=useful")).body;
    assert!(form.contains("name=\"share-1\"") && form.contains("name=\"source\""), "{form}");
    let kept = aigul.post(PAGE, &HALF);
    assert_eq!(
        (kept.status, kept.header("location")),
        (303, &*format!("{PAGE}?weighting=census&told=weights_kept"))
    );
    let page = aigul.get(&format!("{PAGE}?weighting=census")).body;
    // (Σw)² / Σw² with 60 weights of 5/6 and 40 of 5/4.
    for told in ["<span>96</span>", "<span>1.04</span>", "<span>0.83</span>", "<span>1.25</span>"] {
        assert!(page.contains(told), "{told}: {page}");
    }
    assert!(
        page.contains("Census &lt;b&gt;, 2026-01-01") && page.contains("no estimate of sampling error"),
        "{page}"
    );
    let row = page.split("<h3>Useful?</h3>").nth(1).unwrap().split("</table>").next().unwrap();
    assert!(row.contains("<span>60</span>") && row.contains("60%") && row.contains("50%"), "{row}");
    let file = aigul.get("/api/v1/surveys/small/export?format=csv&weighting=census&columns=useful");
    let lines: Vec<&str> = file.body.lines().collect();
    assert_eq!((lines[0], lines[1], lines[100]), ("useful,weight", "1,0.833333", "0,1.25"));
    let table =
        aigul.get("/console/surveys/small/cross?row=response_language&column=useful&weighting=census").body;
    assert!(
        table.contains("<b>60</b>") && table.contains("50%") && table.contains("percentages are weighted"),
        "{table}"
    );
    assert!(table.contains("weighted counts are not counts of people"), "{table}");
    // Another version makes another file, and the first stays.
    let tag = file.header("etag").to_owned();
    assert_eq!(aigul.post(PAGE, &but("share-1", "55,5 %")).status, 303);
    let anew = aigul.get("/api/v1/surveys/small/export?format=csv&weighting=census&columns=useful");
    assert_ne!(anew.header("etag"), tag);
    let versions: Vec<(u32, bool)> = collector
        .wait(collector.store.weightings("small"))
        .unwrap()
        .iter()
        .map(|kept: &Weighting| (kept.version, kept.margins.contains("55.5")))
        .collect();
    assert_eq!(versions, [(1, false), (2, true)]);
    let deeds = collector.wait(collector.store.deeds(None, 5)).unwrap();
    assert!(deeds.iter().any(|(_, deed)| deed.act.name() == "changed_weights" && deed.details == "census 2"));
    assert_eq!(
        aigul.post(PAGE, &[("do", "drop"), ("weighting", "census"), ("question", "useful")]).status,
        303
    );
    let unknown = aigul.get("/api/v1/surveys/small/export?format=csv&weighting=poll");
    assert!(unknown.status == 400 && unknown.body.contains("there is census"), "{unknown:?}");
}

#[test]
fn what_cannot_be_weighted_is_refused_in_words_that_say_what_to_do() {
    let collector = filled();
    let aigul = Visitor::with_session(&collector, "aigul");
    let refused = |fields: &[(&str, &str)]| -> Reply { aigul.post(PAGE, fields) };
    for (fields, words) in [
        (but("purpose", "page"), "its visitors are no sample"),
        (but("purpose", ""), "its visitors are no sample"),
        (but("source", " "), "Give the source and its date"),
        (but("date", "January"), "Give the source and its date"),
        (but("share-1", "half"), "shares cannot be read"),
        (but("weighting", "перепись"), "Give the weighting a name"),
    ] {
        let reply = refused(&fields);
        assert!(reply.status == 422 && reply.body.contains(words), "{words}: {}", reply.body);
    }
    assert!(collector.wait(collector.store.weightings("small")).unwrap().is_empty(), "nothing was kept");
    let sex = |more: &[(&'static str, &'static str)]| {
        let own = [
            ("do", "margin"),
            ("weighting", "sex"),
            ("question", "sex"),
            ("purpose", "population"),
            ("source", "Census"),
            ("date", "2026-01-01"),
        ];
        let fields: Vec<_> = own.into_iter().chain(more.iter().copied()).collect();
        assert_eq!(aigul.post(PAGE, &fields).status, 303);
        aigul.get(&format!("{PAGE}?weighting=sex")).body
    };
    let missing = sex(&[("share-1", "50"), ("share-2", "50")]);
    assert!(
        missing.contains("fewer than 30 people are in the category &quot;F&quot;"),
        "25 of each: {missing}"
    );
    let empty = sex(&[("lines", "1;40\n2;50\n3;10;2"), ("missing", "keep")]);
    assert!(empty.contains("fewer than 30 people are in the category"), "{empty}");
    let together = sex(&[("lines", "1;40;2\n2;50\n3;10;2")]);
    assert!(together.contains("of some people the category is not known"), "{together}");
    let kept = sex(&[("lines", "1;40;2\n2;50\n3;10;2"), ("missing", "keep")]);
    assert!(kept.contains("Put together: F → M") && kept.contains("Effective number"), "{kept}");
    let file = aigul.get("/api/v1/surveys/small/export?format=csv&weighting=sex&columns=sex");
    assert!(file.body.starts_with("sex,weight\r\n1,1\r\n-4,1\r\n"), "one category weighs one: {}", file.body);
}
