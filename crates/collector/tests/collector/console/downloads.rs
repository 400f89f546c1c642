//! The form of downloads, and what is made in the background: how it is asked for, fetched and ended, and that no file
//! outlives an answer in it.

use super::{Visitor, add};
use crate::erasure::are_on_disk;
use crate::support::{Collector, Reply, answer_no, answer_yes};
use collector::people::rights::Role;
use rusqlite::Connection;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::time::{Duration, Instant};

const PATH: &str = "/console/surveys/page-useful/downloads";
const EXPORT: &str = "/api/v1/surveys/page-useful/export";

/// A collector with an analyst, a response, and its receipt.
fn with_response(words: &str) -> (Collector, String) {
    let collector = Collector::start();
    add(&collector, "analyst", &[(Some("page-useful"), Role::Analyst)]);
    let version = collector.publish_example("page-useful");
    let body = answer_no('a', &version, words);
    let receipt = collector.post_json("/api/v1/surveys/page-useful/responses", &body).receipt();
    collector.post_json("/api/v1/surveys/page-useful/responses", &answer_yes('b', &version));
    (collector, receipt)
}

/// Asks for a file in the background and waits until the page says that it is ready; gives its address.
fn made(analyst: &Visitor<'_>, fields: &[(&str, &str)]) -> String {
    let fields: Vec<_> = [("do", "later")].into_iter().chain(fields.iter().copied()).collect();
    let reply = analyst.post(PATH, &fields);
    assert_eq!(reply.header("location"), format!("{PATH}?told=download_taken"), "{reply:?}");
    let until = Instant::now() + Duration::from_secs(30);
    loop {
        let page = analyst.get(PATH).body;
        if let Some(link) = page.split(&format!("href=\"{PATH}/")).nth(1) {
            return format!("{PATH}/{}", link.split('"').next().unwrap());
        }
        assert!(Instant::now() < until && !page.contains("broke off"), "{page}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn sum(reply: &Reply) -> String {
    Sha256::digest(&reply.bytes).iter().fold(String::new(), |mut sum, byte| {
        write!(sum, "{byte:02x}").unwrap();
        sum
    })
}

#[test]
fn the_form_leads_to_the_address_that_a_program_would_ask_for() {
    let (collector, _) = with_response("+7 балл");
    let analyst = Visitor::with_session(&collector, "analyst");
    let fields =
        [("do", "now"), ("format", "csv"), ("columns", "useful"), ("from", ""), ("where", "useful == 0")];
    let to = analyst.post(PATH, &fields).header("location").to_owned();
    assert_eq!(to, format!("{EXPORT}?format=csv&columns=useful&where=useful+%3D%3D+0"));
    assert_eq!(analyst.get(&to).body, "useful\r\n0\r\n");
}

#[test]
fn what_cannot_be_asked_for_comes_back_with_the_error_at_its_field_and_everything_kept() {
    let (collector, _) = with_response("+7 балл");
    let analyst = Visitor::with_session(&collector, "analyst");
    for asks in ["now", "later"] {
        for (name, typed, error) in [
            ("columns", "usefull", "There is no such column."),
            ("from", "23.11.2026", "Write the day like"),
            ("where", "useful ==", "The condition cannot be read."),
        ] {
            let fields =
                [("do", asks), ("format", "sav"), ("values", "labels"), ("lang", "ru"), (name, typed)];
            let reply = analyst.post(PATH, &fields);
            assert_eq!(reply.status, 422, "{name}: {reply:?}");
            let page = reply.body;
            let input = page.split(&format!("id=\"{name}\"")).nth(1).unwrap().split('>').next().unwrap();
            assert!(
                input.contains(&format!("value=\"{typed}\"")) && input.contains("aria-invalid"),
                "{input}"
            );
            assert!(input.contains(&format!("{name}-error")), "{input}");
            assert!(page.contains(&format!("id=\"{name}-error\"><span><span>{error}")), "{page}");
            assert!(page.contains(&format!("href=\"#{name}\"")) && page.contains("<details open>"), "{page}");
            for kept in ["value=\"sav\" selected", "value=\"labels\" selected", "value=\"ru\" selected"] {
                assert!(page.contains(kept), "{kept}: {page}");
            }
        }
    }
    let package = [("do", "now"), ("format", "package"), ("values", "labels")];
    let page = analyst.post(PATH, &package).body;
    assert!(page.contains("id=\"values-error\"") && page.contains("value=\"package\" selected"), "{page}");
    assert_eq!(analyst.post(PATH, &[("do", "now"), ("format", "xls")]).status, 422);
    assert!(!analyst.get(PATH).body.contains("/fetch"), "nothing was made of all this");
}

#[test]
fn a_file_made_in_the_background_is_the_one_that_is_had_at_once_with_its_sum_and_in_the_log() {
    let (collector, _) = with_response("+7 балл");
    let analyst = Visitor::with_session(&collector, "analyst");
    for format in ["csv", "xlsx", "package"] {
        let file = analyst.get(&made(&analyst, &[("format", format)]));
        let at_once = analyst.get(&format!("{EXPORT}?format={format}"));
        assert_eq!(file.bytes, at_once.bytes, "{format}");
        for header in ["content-type", "content-disposition", "cache-control"] {
            assert_eq!(file.header(header), at_once.header(header), "{format}");
        }
        let page = analyst.get(PATH).body;
        assert!(page.contains(&format!("<code>{}</code>", sum(&file))), "{page}");
        let id = page.split("name=\"download\" value=\"").nth(1).unwrap().split('"').next().unwrap();
        let deleted = analyst.post(PATH, &[("do", "end"), ("download", id)]);
        assert_eq!(deleted.header("location"), format!("{PATH}?told=download_ended"));
        let gone = analyst.get(&format!("{PATH}/{id}"));
        assert_eq!(gone.header("location"), format!("{PATH}?told=download_gone"));
    }
    let deeds = collector.wait(collector.store.deeds(None, 100)).unwrap();
    let acts: Vec<_> = deeds.iter().rev().map(|(_, deed)| (deed.act.name(), deed.details.as_str())).collect();
    let of = |format| {
        [
            ("ordered_download", format),
            ("downloaded", format),
            ("downloaded", format),
            ("ended_download", format),
        ]
    };
    assert_eq!(acts, [of("csv"), of("xlsx"), of("package")].concat());
    assert_eq!(std::fs::read_dir(collector.directory.path().join("data/downloads")).unwrap().count(), 0);
}

#[test]
fn no_file_outlives_an_answer_in_it() {
    const WORDS: &str = "words-that-must-go";
    let (collector, receipt) = with_response(WORDS);
    let analyst = Visitor::with_session(&collector, "analyst");
    let file = made(&analyst, &[("format", "csv")]);
    assert!(analyst.get(&file).body.contains(WORDS));
    let downloads = collector.directory.path().join("data/downloads");
    assert!(are_on_disk(WORDS, &downloads));
    assert_eq!(collector.withdraw(&receipt).status, 204);
    assert!(!are_on_disk(WORDS, &collector.directory.path().join("data")));
    assert_eq!(analyst.get(&file).header("location"), format!("{PATH}?told=download_gone"));
    assert!(analyst.get(PATH).body.contains("one of its responses was taken back"));
    let anew = made(&analyst, &[("format", "csv")]);
    assert!(!analyst.get(&anew).body.contains(WORDS));
}

/// So many more responses that a package of all of them is still being made while somebody looks at the page.
fn add_many(collector: &Collector) {
    let about = collector.get("/api/v1/surveys/page-useful").body;
    let version = about.split("\"version\":\"").nth(1).unwrap().split('"').next().unwrap();
    let db = Connection::open(collector.directory.path().join("data/qulaq.db")).unwrap();
    let many = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
        INSERT INTO responses
            (id, survey, version, minute, lang, channel, answers, paradata, receipt_hash, body_hash)
        SELECT printf('%032x', 65536 + i), 'page-useful', ?1, 29550000, 'kk', 'embed', '{\"useful\":1}', '{}',
            randomblob(32), randomblob(32) FROM n";
    db.execute(many, [version]).unwrap();
}

/// Asks for a package and waits until rows of it are written; gives its id.
fn being_made(analyst: &Visitor<'_>) -> String {
    assert_eq!(analyst.post(PATH, &[("do", "later"), ("format", "package")]).status, 303);
    let until = Instant::now() + Duration::from_secs(30);
    loop {
        let page = analyst.get(PATH).body;
        assert!(Instant::now() < until && !page.contains("Ready"), "{page}");
        if page.contains("Is being made") && !page.contains("<br>0 of ") {
            return page
                .split("name=\"download\" value=\"")
                .nth(1)
                .unwrap()
                .split('"')
                .next()
                .unwrap()
                .to_owned();
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn a_file_that_is_being_made_is_ended_by_the_button_and_leaves_its_turn_to_the_next() {
    let (collector, _) = with_response("+7 балл");
    add_many(&collector);
    let analyst = Visitor::with_session(&collector, "analyst");
    let id = being_made(&analyst);
    let file = collector.directory.path().join("data/downloads").join(&id);
    assert!(file.exists());
    let ended = analyst.post(PATH, &[("do", "end"), ("download", &id)]);
    assert_eq!(ended.header("location"), format!("{PATH}?told=download_ended"));
    assert!(analyst.get(PATH).body.contains("Cancelled"));
    // One is made at a time: the next is made because the first one is not made any more.
    assert_eq!(analyst.get(&made(&analyst, &[("format", "csv"), ("where", "useful == 0")])).status, 200);
    assert!(!file.exists());
    let deeds = collector.wait(collector.store.deeds(None, 10)).unwrap();
    assert!(deeds.iter().any(|(_, deed)| (deed.act.name(), &*deed.details) == ("ended_download", "package")));
}

#[test]
fn a_file_that_is_being_made_is_ended_when_an_answer_in_it_is_taken_back() {
    const WORDS: &str = "words-that-must-go";
    let (collector, receipt) = with_response(WORDS);
    add_many(&collector);
    let analyst = Visitor::with_session(&collector, "analyst");
    let id = being_made(&analyst);
    assert_eq!(collector.withdraw(&receipt).status, 204);
    assert!(analyst.get(PATH).body.contains("one of its responses was taken back"));
    assert_eq!(analyst.get(&format!("{PATH}/{id}")).header("location"), format!("{PATH}?told=download_gone"));
    let anew = made(&analyst, &[("format", "csv"), ("where", "useful == 0")]);
    assert!(!analyst.get(&anew).body.contains(WORDS));
    assert!(!are_on_disk(WORDS, &collector.directory.path().join("data/downloads")));
}

#[test]
fn what_another_collector_took_back_is_not_handed_out() {
    let (collector, receipt) = with_response("words-that-must-go");
    let analyst = Visitor::with_session(&collector, "analyst");
    let file = made(&analyst, &[("format", "csv")]);
    let receipt = collector::store::Digest::from(Sha256::digest(receipt.replace('-', "")));
    // Behind the back of this collector, as another one on the same database does it.
    let receipt = collector.wait(collector.store.withdraw(receipt)).unwrap();
    assert!(receipt);
    assert_eq!(analyst.get(&file).header("location"), format!("{PATH}?told=download_gone"));
}

#[test]
fn a_codebook_that_was_downloaded_is_in_the_log() {
    let (collector, _) = with_response("+7 балл");
    let analyst = Visitor::with_session(&collector, "analyst");
    assert_eq!(analyst.get("/api/v1/surveys/page-useful/codebook?format=html&lang=en").status, 200);
    let deeds = collector.wait(collector.store.deeds(None, 1)).unwrap();
    let deed = &deeds[0].1;
    assert_eq!((deed.who.as_str(), deed.details.as_str()), ("analyst", "codebook html"));
}
