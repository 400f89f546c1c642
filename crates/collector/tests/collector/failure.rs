//! What somebody reads whose page cannot be shown: words in a page, where a program gets a problem document.

use crate::support::{Collector, Reply, answer_no, urlencoded};
use rusqlite::Connection;

const BROWSER: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

/// Posts a form as a browser does.
fn post(collector: &Collector, path: &str, accept: &str, fields: &[(&str, &str)]) -> Reply {
    collector.send("POST", path, &[("accept", accept), FORM], urlencoded(fields))
}

/// The page must be whole, in this language, not kept by a cache, and say this.
fn says(reply: &Reply, status: u16, lang: &str, words: &str) {
    assert_eq!(
        (reply.status, reply.header("content-type")),
        (status, "text/html; charset=utf-8"),
        "{reply:?}"
    );
    assert_eq!(reply.header("cache-control"), "no-store");
    assert!(reply.header("content-security-policy").starts_with("default-src 'none';"));
    assert!(reply.body.starts_with(&format!("<!DOCTYPE html>\n<html lang=\"{lang}\"")), "{}", reply.body);
    assert!(reply.body.contains(words), "{}", reply.body);
    assert!(!reply.body.contains("urn:qulaq:problem"), "{}", reply.body);
}

/// A collector that has kept an answer of the form with the id `a…a`, and the version of its survey.
fn collector() -> (Collector, String) {
    let collector = Collector::start();
    let version = collector.publish_example("page-useful");
    let kept = answer_no('a', &version, "words");
    assert_eq!(collector.post_json("/api/v1/surveys/page-useful/responses", &kept).status, 201);
    (collector, version)
}

#[test]
fn a_survey_that_is_not_there_is_said_so_in_the_language_asked_for() {
    let collector = Collector::start();
    let get = |path: &str, lang: &str| {
        collector.send("GET", path, &[("accept", BROWSER), ("accept-language", lang)], "")
    };
    says(&get("/s/nothing?lang=ru", "en"), 404, "ru", "По этому адресу опроса нет.");
    says(&get("/s/nothing", "en-GB,en"), 404, "en", "There is no survey at this address.");
    says(&get("/s/%ff", "de"), 404, "kk", "Бұл мекенжайда сауалнама жоқ.");
    says(&get("/s/a/b?lang=ru", "en"), 404, "ru", "По этому адресу опроса нет.");
}

#[test]
fn other_answers_under_the_same_id_and_answers_that_were_taken_back_are_told_apart() {
    let (collector, version) = collector();
    let id = "a".repeat(32);
    let fields = [("_version", version.as_str()), ("_lang", "ru"), ("_id", &id), ("useful", "1")];
    let address = "/s/page-useful?lang=ru";
    let conflict = post(&collector, address, BROWSER, &fields);
    says(&conflict, 409, "ru", "С этой страницы уже отправлены другие ответы");
    assert!(conflict.body.contains("<a href=\"?lang=ru\">Открыть страницу заново</a>"), "{}", conflict.body);

    let kept = answer_no('a', &version, "words");
    let receipt = collector.post_json("/api/v1/surveys/page-useful/responses", &kept).receipt();
    assert_eq!(collector.withdraw(&receipt).status, 204);
    says(&post(&collector, address, BROWSER, &fields), 410, "ru", "был отозван");
}

#[test]
fn a_form_that_cannot_be_read_is_said_so_without_the_citizen_being_blamed() {
    let (collector, _) = collector();
    for (fields, status) in [
        ([("_answers", "{")], 400),
        ([("_version", "0")], 422),
        ([("_id", "0")], 422),
        ([("nothing", "1")], 422),
    ] {
        let reply = post(&collector, "/s/page-useful?lang=en", BROWSER, &fields);
        says(&reply, status, "en", "The page is out of date or damaged, so nothing was kept.");
    }
    let json = [("accept", BROWSER), ("content-type", "application/json")];
    says(&collector.send("POST", "/withdraw?lang=en", &json, "{}"), 415, "en", "out of date or damaged");
}

#[test]
fn a_collector_that_cannot_write_now_asks_for_patience() {
    let (collector, version) = collector();
    let other = Connection::open(collector.directory.path().join("data/qulaq.db")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let id = "b".repeat(32);
    let fields = [("_version", version.as_str()), ("_lang", "kk"), ("_id", &id), ("useful", "1")];
    let busy = post(&collector, "/s/page-useful?lang=kk", BROWSER, &fields);
    says(&busy, 503, "kk", "Сервер қазір жауап бере алмай тұр.");
    assert_eq!(busy.header("retry-after"), "2");
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(post(&collector, "/s/page-useful?lang=kk", BROWSER, &fields).status, 200, "what it promised");
}

#[test]
fn programs_and_the_loader_keep_getting_problem_documents() {
    let (collector, version) = collector();
    let id = "a".repeat(32);
    let fields = [("_version", version.as_str()), ("_lang", "ru"), ("_id", &id), ("useful", "1")];
    for accept in ["*/*", "application/json", "text/x-qulaq-fragment"] {
        let reply = post(&collector, "/s/page-useful", accept, &fields);
        assert_eq!((reply.status, reply.problem().as_str()), (409, "conflict"), "{accept}");
    }
    let api = collector.send("GET", "/api/v1/surveys/nothing", &[("accept", BROWSER)], "");
    assert_eq!((api.status, api.problem().as_str()), (404, "unknown_survey"));
}
