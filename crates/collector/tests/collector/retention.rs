//! What a definition promises to delete is deleted: by the command, by a restored backup, in every file, and citizens and
//! those who keep the collector are told.

use crate::erasure::are_on_disk;
use crate::support::{Program, Running, on_both_engines, small, urlencoded};
use rusqlite::Connection;
use serde_json::{Value, json};

on_both_engines! { Program:
    responses_and_texts_go_when_their_time_is_over_and_whoever_asks_is_told
    a_version_keeps_what_it_promised_whatever_a_later_one_says
    a_backup_says_until_when_it_may_be_kept_and_brings_nothing_back_that_is_over
}

const RESPONSES: &str = "/api/v1/surveys/small/responses";
const WORDS: &str = "words-that-must-go";

fn publish(program: &Program, retention: &Value) -> String {
    let texts = [json!({"name": "why", "type": "text", "text": "Why?"})];
    program.file("d.json", &small(&json!({"retention": retention}), &texts));
    program.succeed(&["publish", "d.json"]).trim().rsplit_once(' ').unwrap().1.to_owned()
}

fn response(digit: char, version: &str, words: &str) -> Value {
    let id = digit.to_string().repeat(32);
    json!({"id": id, "survey": "small", "version": version, "lang": "ru", "channel": "embed",
        "answers": {"useful": 1, "why": words}, "paradata": {}})
}

/// Answers and gives the receipt.
fn answer(server: &Running, digit: char, version: &str, words: &str) -> String {
    server.client.post_json(RESPONSES, &response(digit, version, words)).receipt()
}

/// Makes a response older by so many days.
fn age(program: &Program, digit: char, days: i64) {
    let minutes = days * 24 * 60;
    let id = digit.to_string().repeat(32);
    let sql = format!("UPDATE responses SET minute = minute - {minutes} WHERE id = '{id}'");
    match &program.database {
        Some(database) => drop(database.sql(&sql)),
        None => drop(Connection::open(program.data().join("qulaq.db")).unwrap().execute(&sql, [])),
    }
}

fn responses_and_texts_go_when_their_time_is_over_and_whoever_asks_is_told(program: &Program) {
    let version = publish(program, &json!({"responses": 30, "texts": 10}));
    let server = program.serve();
    let receipt = answer(&server, 'a', &version, &format!("{WORDS} a"));
    answer(&server, 'b', &version, &format!("{WORDS} b"));
    answer(&server, 'c', &version, "words that stay");
    assert_eq!(program.succeed(&["expire"]), "nothing is over\n");
    assert!(program.succeed(&["doctor"]).contains("retention: nothing is kept for longer"));
    age(program, 'a', 31);
    age(program, 'b', 11);
    let before = program.succeed(&["expire", "--dry-run"]);
    assert!(before.contains("responses 1, kept for 30 days") && before.contains("texts 2, kept for 10 days"));
    assert!(
        program.succeed(&["doctor"]).contains("kept for too long: responses 1 of small, texts 2 of small")
    );

    assert_eq!(program.succeed(&["expire"]), "deleted: small, responses 1\ndeleted: small, texts 1\n");
    assert_eq!(program.succeed(&["expire"]), "nothing is over\n");
    let export = program.succeed(&["export", "small", "--format", "csv"]);
    let rows: Vec<&str> = export.lines().skip(1).collect();
    assert!(
        rows.len() == 2 && rows[0].ends_with(",1,-8") && rows[1].ends_with(",1,words that stay"),
        "{export}"
    );
    if program.database.is_none() {
        assert!(!are_on_disk(WORDS, &program.data()), "in no file");
    }
    let told = server.client.post_form("/withdraw?lang=en", &urlencoded(&[("receipt", &receipt)]));
    assert_eq!(told.status, 200);
    assert!(told.body.contains("its time was over") && !told.body.contains("<input"), "{}", told.body);
    assert_eq!(server.client.withdraw(&receipt).status, 204, "for programs it is deleted, as they wished");
    let unknown = server.client.post_form("/withdraw?lang=en", &urlencoded(&[("receipt", &"0".repeat(25))]));
    assert!(unknown.status == 404 && !unknown.body.contains("its time was over"));
    let again = |digit, words| server.client.post_json(RESPONSES, &response(digit, &version, words)).status;
    assert_eq!((again('a', "late"), again('b', "late")), (410, 200));
}

fn a_version_keeps_what_it_promised_whatever_a_later_one_says(program: &Program) {
    let first = publish(program, &json!({"responses": 30}));
    let server = program.serve();
    answer(&server, 'a', &first, "first");
    let second = publish(program, &json!({"responses": 300}));
    answer(&server, 'b', &second, "second");
    age(program, 'a', 31);
    age(program, 'b', 31);
    assert_eq!(program.succeed(&["expire"]), "deleted: small, responses 1\n");
    publish(program, &json!({"responses": 20}));
    assert_eq!(program.succeed(&["expire"]), "deleted: small, responses 1\n", "a shorter time holds for all");
}

fn a_backup_says_until_when_it_may_be_kept_and_brings_nothing_back_that_is_over(program: &Program) {
    let version = publish(program, &json!({"responses": 30}));
    let server = program.serve();
    let receipt = answer(&server, 'a', &version, WORDS);
    answer(&server, 'b', &version, "words that stay");
    std::fs::create_dir(program.directory.path().join("backups")).unwrap();
    assert!(program.succeed(&["backup", "backups/one.zip"]).contains("\ndelete it by: "));
    assert!(program.succeed(&["doctor", "--backups", "backups"]).contains("backups: 1 found, none is over"));
    age(program, 'a', 31);
    program.succeed(&["backup", "backups/two.zip"]);
    let said = program.succeed(&["doctor", "--backups", "backups"]);
    assert!(said.contains("promised to delete: backups/two.zip\n"), "{said}");

    let restored = Program::new();
    let file = program.directory.path().join("backups/two.zip");
    let said = restored.succeed(&["restore", file.to_str().unwrap()]);
    assert!(said.ends_with("deleted: small, responses 1\n"), "{said}");
    assert!(!are_on_disk(WORDS, &restored.data()));
    let told = restored.serve().client.post_form("/withdraw?lang=ru", &urlencoded(&[("receipt", &receipt)]));
    assert!(told.status == 200 && told.body.contains("срок его хранения истёк"), "{}", told.body);
}

#[test]
fn a_notice_says_what_is_set_and_a_survey_is_not_called_anonymous_that_is_not() {
    let program = Program::new();
    let set = json!({"privacy": "anonymous", "retention": {"responses": 365}, "notice": "Why."});
    program.file("d.json", &small(&set, &[]));
    program.succeed(&["publish", "d.json", "--stored-in", "Қазақстан"]);
    let server = program.serve();
    let page = server.client.get("/s/small?lang=kk");
    for part in ["Сауалнама анонимді", "365 күннен", "Сақталатын жері: Қазақстан."]
    {
        assert!(page.body.contains(part), "{part}: {}", page.body);
    }
    let phone = json!({"name": "whose", "type": "phone", "text": "Your number?"});
    program.file("d.json", &small(&set, &[phone]));
    let said = program.fail(&["publish", "d.json"]);
    assert!(said.contains("pages[0].questions[1].type: is \"phone\""), "{said}");
}

#[test]
fn texts_do_not_stay_longer_than_their_response() {
    let program = Program::new();
    program.file("d.json", &small(&json!({"retention": {"responses": 30, "texts": 30}}), &[]));
    let said = program.fail(&["check", "d.json"]);
    assert!(said.contains("retention.texts: is not fewer days than `responses`"), "{said}");
}

#[test]
fn a_sheet_tells_what_is_asked_kept_seen_and_deleted_and_no_answer() {
    let program = Program::new();
    let more = [
        json!({"name": "why", "type": "text", "text": "Why <b>?", "sensitive": true}),
        json!({"name": "whose", "type": "phone", "text": "Your number?"}),
    ];
    let set = json!({"privacy": "confidential", "retention": {"responses": 30}, "notice": "To mend it."});
    program.file("d.json", &small(&set, &more));
    let version = program.succeed(&["publish", "d.json"]).trim().rsplit_once(' ').unwrap().1.to_owned();
    let server = program.serve();
    answer(&server, 'a', &version, WORDS);
    program.succeed(&["token", "create", "--name", "press", "--survey", "small"]);
    age(&program, 'a', 31);
    program.succeed(&["expire"]);
    let sheet = |more: &[&str]| program.succeed(&[&["privacy"], more].concat());
    let told: Value = serde_json::from_str(&sheet(&["small", "--format", "json"])).unwrap();
    assert_eq!(told["retention"]["deleted"][0]["number"], 1);
    assert_eq!(told["access"], json!([{"who": "token", "name": "press", "may": "read"}]));
    let whose = told["fields"].as_array().unwrap().iter().find(|field| field["name"] == "whose").unwrap();
    assert_eq!((&whose["identifying"], &whose["free_text"]), (&json!(true), &json!(false)));
    assert_eq!((&told["counts"]["responses"], &told["counts"]["withdrawn"]), (&json!(0), &json!(1)));
    for (lang, words) in [("kk", "құпия"), ("ru", "конфиденциальный"), ("en", "30 days after they arrive")]
    {
        let page = sheet(&["small", "--lang", lang]);
        assert!(page.contains(words) && page.contains("Why &lt;b&gt;?") && !page.contains("<b>"), "{page}");
        assert!(!page.contains(WORDS) && !page.contains("_"), "every word is there: {page}");
    }
    let breach = sheet(&["--breach", "--lang", "en"]);
    assert!(breach.contains("<td>whose</td>") && breach.contains("After a breach"), "{breach}");
    assert!(program.fail(&["privacy", "nothing"]).contains("no survey \"nothing\" was published"));
}
