//! Surveys that are answered by invitation: the step before the form, with and without scripts, and by programs.

use crate::support::{Collector, NOW, Reply, filled, hidden, receipt, response, small, urlencoded};
use collector::clock::Minute;
use collector::store::{InvitationBatch, Issued, NewInvitations};
use serde_json::{Value, json};
use std::process::Command;

const FRAGMENT: (&str, &str) = ("accept", "text/x-qulaq-fragment");
const PATH: &str = "/s/small?lang=ru";

/// A collector with a survey by invitation.
fn collector() -> (Collector, String) {
    let collector = Collector::start();
    let version = collector.publish(&small(&json!({"tier": "invited"}), &[]));
    (collector, version)
}

/// Runs the program beside the collector, on its data: whether it ended well, and what it printed or complained of.
fn qulaq(collector: &Collector, arguments: &[&str]) -> (bool, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_qulaq"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("QULAQ_")) {
        command.env_remove(name);
    }
    let output = command.args(arguments).current_dir(collector.directory.path()).output().unwrap();
    let said = if output.status.success() { output.stdout } else { [output.stdout, output.stderr].concat() };
    (output.status.success(), String::from_utf8(said).unwrap())
}

fn succeeds(collector: &Collector, arguments: &[&str]) -> String {
    let (succeeded, said) = qulaq(collector, arguments);
    assert!(succeeded, "{arguments:?}: {said}");
    said
}

fn fails(collector: &Collector, arguments: &[&str]) -> String {
    let (succeeded, said) = qulaq(collector, arguments);
    assert!(!succeeded, "{arguments:?}: {said}");
    said
}

/// Codes that the program issues.
fn issue(collector: &Collector, count: usize, more: &[&str]) -> Vec<String> {
    let count = count.to_string();
    let mut arguments = vec!["invite", "small", "--count", &count, "--public-url", "https://ask.example"];
    arguments.extend(more);
    let table = succeeds(collector, &arguments);
    let rows: Vec<&str> = table.lines().collect();
    assert_eq!(rows[0], "code,link");
    let code = |row: &&str| {
        let (code, link) = row.split_once(',').unwrap();
        assert_eq!(link, format!("https://ask.example/s/small#code={code}"));
        code.to_owned()
    };
    rows[1..].iter().map(code).collect()
}

fn enter(collector: &Collector, page: &Reply, code: &str) -> Reply {
    collector.post_form(PATH, &filled(page, &[("_code", code), ("_go", "next")]))
}

fn answer(page: &Reply) -> String {
    filled(page, &[("_code", &hidden(page, "_code")), ("useful", "1"), ("_go", "next")])
}

fn send(version: &str, digit: char, code: &str) -> Value {
    let mut body = response(digit, "small", version, &json!({"useful": 1}));
    body["invitation"] = Value::from(code);
    body
}

#[test]
fn the_page_asks_for_the_code_first_and_takes_it_as_people_type_it() {
    let (collector, _) = collector();
    let codes = issue(&collector, 2, &[]);
    let step = collector.get(PATH);
    assert_eq!(step.status, 200);
    assert!(step.body.contains("<h1 class=\"title\"") && step.body.contains("Код приглашения"));
    assert!(!step.body.contains("name=\"useful\""), "no question before the code");
    let typed = codes[0].to_lowercase().replace('-', " ").replace('k', "к").replace('3', "з");
    let page = enter(&collector, &step, &typed);
    assert_eq!(page.status, 200, "{}", page.body);
    assert!(
        page.body.contains("name=\"useful\"")
            && page.body.contains("data-module=\"invited\" data-then=\"app\"")
    );
    assert_eq!(hidden(&page, "_id"), hidden(&step, "_id"), "one id from the step to the receipt");
    let sent = collector.post_form(PATH, &answer(&page));
    let first = receipt(&sent);
    assert_eq!(receipt(&collector.post_form(PATH, &answer(&page))), first, "sent twice, kept once");
    assert_eq!(collector.rows(), 1);

    let again = enter(&collector, &collector.get(PATH), &codes[0]);
    assert_eq!(again.status, 403);
    assert!(again.body.contains("уже отправлен") && again.body.contains("aria-invalid=\"true\""));
    assert!(!again.body.contains("<output") && !again.body.contains(&first), "nothing of the answer");
    // Somebody who was at the form already.
    let page = enter(&collector, &collector.get(PATH), &codes[1]);
    assert!(enter(&collector, &collector.get(PATH), &codes[1]).body.contains("name=\"useful\""));
    collector.post_form(PATH, &answer(&page));
    let other = answer(&page).replace(&hidden(&page, "_id"), &"b".repeat(32));
    let late = collector.post_form(PATH, &other);
    assert_eq!(late.status, 403);
    assert!(late.body.contains("уже отправлен") && late.body.contains("name=\"_page\" value=\"code\""));
    assert_eq!(collector.rows(), 2);
}

#[test]
fn what_is_wrong_with_a_code_is_said_in_three_languages() {
    let (collector, _) = collector();
    let codes = issue(&collector, 1, &["--batch", "old"]);
    let said = |lang: &str, code: &str| {
        let step = collector.get(&format!("/s/small?lang={lang}"));
        let fields = filled(&step, &[("_code", code), ("_go", "next")]);
        let reply = collector.post_form(&format!("/s/small?lang={lang}"), &fields);
        assert!(reply.body.contains("autofocus"), "the field takes the focus");
        let error = reply.body.split("qulaq-code-error\">").nth(1).unwrap().split("</p>").next().unwrap();
        (reply.status, error.split("</span>").nth(1).unwrap().to_owned())
    };
    assert_eq!(said("kk", " "), (422, "Шақыру парағындағы кодты жазыңыз.".to_owned()));
    let malformed = said("ru", "+7 балл");
    assert_eq!(malformed, (422, "Это не код приглашения: сверьте 8 знаков с листом приглашения.".to_owned()));
    assert_eq!(said("kk", "2222-2222").0, 422);
    assert_eq!(
        said("ru", "2222-2222").1,
        "Такого кода приглашения нет: сверьте 8 знаков с листом приглашения."
    );
    assert_eq!(succeeds(&collector, &["invite", "small", "--revoke", "old"]), "revoked: old\n");
    assert_eq!(said("ru", &codes[0]), (403, "Срок действия этого кода истёк.".to_owned()));
    assert_eq!(said("kk", &codes[0]), (403, "Бұл кодтың мерзімі өтіп кеткен.".to_owned()));
    // The languages of the survey are buttons of the step too, which keep what was typed and look at nothing.
    let step = collector.get(PATH);
    let other = filled(&step, &[("_code", "АВС"), ("_go", "lang:kk")]);
    let other = collector.post_form(PATH, &other);
    assert_eq!(other.status, 200);
    assert!(other.body.contains("Шақыру коды") && other.body.contains("value=\"АВС\""));
    assert!(!other.body.contains("qulaq-code-error"));
}

#[test]
fn a_form_without_its_code_comes_to_the_step_whatever_it_brings() {
    let (collector, version) = collector();
    let codes = issue(&collector, 1, &[]);
    let page = enter(&collector, &collector.get(PATH), &codes[0]);
    for code in ["", "2222-2222"] {
        let fields = filled(&page, &[("_code", code), ("useful", "1"), ("_go", "next")]);
        let reply = collector.post_form(PATH, &fields);
        assert!([403, 422].contains(&reply.status) && reply.body.contains("name=\"_page\" value=\"code\""));
    }
    let bare = response('a', "small", &version, &json!({"useful": 1}));
    let json = |body: &Value| collector.post_json("/api/v1/surveys/small/responses", body);
    assert_eq!((json(&bare).status, json(&bare).problem()), (403, "no_invitation".to_owned()));
    assert_eq!(json(&send(&version, 'a', "2222-2222")).problem(), "invitation_unknown");
    assert_eq!(collector.rows(), 0);
    assert_eq!(json(&send(&version, 'a', &codes[0])).status, 201);
    assert_eq!(json(&send(&version, 'a', &codes[0])).status, 200, "the same response again");
    assert_eq!(json(&send(&version, 'b', &codes[0])).problem(), "invitation_spent");
    assert_eq!(collector.rows(), 1);
}

#[test]
fn an_open_survey_takes_no_code() {
    let collector = Collector::start();
    let version = collector.publish(&small(&json!({}), &[]));
    let reply = collector.post_json("/api/v1/surveys/small/responses", &send(&version, 'a', "2222-2222"));
    assert_eq!(
        (reply.problem(), reply.problems()),
        ("invalid".to_owned(), vec!["unknown_field invitation".to_owned()])
    );
    let page = collector.get(PATH);
    assert!(!page.body.contains("_code"));
}

#[test]
fn ten_wrong_codes_an_hour_are_looked_at_and_slips_are_no_guesses() {
    let (collector, version) = collector();
    let codes = issue(&collector, 1, &[]);
    let step = collector.get(PATH);
    for _ in 0..50 {
        assert_eq!(
            enter(&collector, &step, "2222-2223").status,
            422,
            "a slip, which its last character tells"
        );
    }
    let json =
        |code: &str| collector.post_json("/api/v1/surveys/small/responses", &send(&version, 'a', code));
    for number in 0..10 {
        let status = if number % 2 == 0 {
            enter(&collector, &step, "2222-2222").status
        } else {
            json("2222-2222").status
        };
        assert_eq!(status, [422, 403][number % 2]);
    }
    let many = enter(&collector, &step, &codes[0]);
    assert_eq!((many.status, many.header("retry-after")), (429, "3600"));
    assert!(many.body.contains("через час"));
    assert_eq!((json(&codes[0]).status, json(&codes[0]).problem()), (429, "too_many_codes".to_owned()));
    collector.set_clock("2026-03-08T21:05:00Z");
    assert!(enter(&collector, &step, &codes[0]).body.contains("name=\"useful\""));
}

#[test]
fn a_tag_gets_the_step_and_then_the_form_in_its_place() {
    let (collector, _) = collector();
    let codes = issue(&collector, 1, &[]);
    let step =
        collector.get("/api/v1/surveys/small/fragment?lang=kk&heading-level=3&pace=null&assisted=staff");
    assert_eq!(step.status, 200);
    assert!(step.body.contains("<h3 class=\"title\"") && step.body.contains("name=\"_page\" value=\"code\""));
    assert!(step.body.contains("/s/small?heading-level=3&amp;assisted=staff\""), "{}", step.body);
    let body =
        urlencoded(&[("_page", "code"), ("_lang", "kk"), ("_code", &codes[0]), ("_id", &"c".repeat(32))]);
    let headers = [FRAGMENT, ("content-type", "application/x-www-form-urlencoded")];
    let form = collector.send("POST", "/s/small?heading-level=3&assisted=staff", &headers, body);
    assert_eq!(form.status, 200);
    assert!(form.body.starts_with("<form") && form.body.contains("name=\"_assisted\" value=\"staff\""));
    assert!(form.body.trim_end().ends_with(&format!("name=\"_code\" value=\"{}\"></form>", codes[0])));
    // What an address gives is for one visit, and never for whoever comes after it.
    collector.get("/api/v1/surveys/small/fragment?lang=ru&value-x=1");
    assert!(!collector.get("/api/v1/surveys/small/fragment?lang=ru").body.contains("value-x"));
}

#[test]
fn a_closed_survey_says_that_it_is_closed_and_asks_for_no_code() {
    let (collector, version) = collector();
    let codes = issue(&collector, 1, &[]);
    let json =
        |digit| collector.post_json("/api/v1/surveys/small/responses", &send(&version, digit, &codes[0]));
    assert_eq!(json('a').status, 201);
    collector.wait(collector.store.close("small")).unwrap();
    assert!(!collector.get(PATH).body.contains("_code"));
    assert_eq!(json('a').status, 200, "what was kept gets its receipt again");
    assert_eq!(json('b').problem(), "closed");
}

#[test]
fn codes_are_counted_batch_by_batch_with_the_response_rate() {
    let (collector, version) = collector();
    let codes = issue(&collector, 4, &["--batch", "A"]);
    issue(&collector, 2, &["--batch", "Б", "--expires", "2099-12-31"]);
    for (digit, code) in ['a', 'b', 'c'].into_iter().zip(&codes) {
        let kept = collector.post_json("/api/v1/surveys/small/responses", &send(&version, digit, code));
        if digit == 'c' {
            assert_eq!(collector.withdraw(&kept.receipt()).status, 204);
        }
    }
    assert_eq!(
        succeeds(&collector, &["invite", "small", "--status"]),
        "batch\tissued\tused\tleft\tstate\nA\t4\t3\t1\topen\nБ\t2\t0\t2\tuntil 2099-12-31\n\
         response rate (AAPOR RR1): 33.3 % = 2 of 6\n"
    );
}

#[test]
fn the_tier_is_for_life_and_takes_no_parts() {
    let (collector, _) = collector();
    let file = collector.directory.path().join("small.json");
    std::fs::write(&file, small(&json!({"title": "Another"}), &[])).unwrap();
    let refused = fails(&collector, &["publish", file.to_str().unwrap()]);
    assert!(refused.contains("the tier \"invited\", and this definition says \"open\""), "{refused}");
    std::fs::write(&file, small(&json!({"tier": "invited", "partials": true}), &[])).unwrap();
    let refused = fails(&collector, &["check", file.to_str().unwrap()]);
    assert!(refused.contains("partials") && refused.contains("cannot stand beside"), "{refused}");
    std::fs::write(&file, small(&json!({"id": "other"}), &[])).unwrap();
    succeeds(&collector, &["publish", file.to_str().unwrap()]);
    let open = fails(&collector, &["invite", "other", "--status"]);
    assert!(open.contains("open to everybody"), "{open}");
}

#[test]
fn no_code_is_in_the_database_in_clear_or_beside_its_response() {
    let (collector, version) = collector();
    let codes = issue(&collector, 3, &[]);
    for (digit, code) in ['a', 'b'].into_iter().zip(&codes) {
        collector.post_json("/api/v1/surveys/small/responses", &send(&version, digit, code));
    }
    let data = collector.directory.path().join("data");
    for entry in std::fs::read_dir(&data).unwrap() {
        let path = entry.unwrap().path();
        let Ok(bytes) = std::fs::read(&path) else { continue };
        for code in &codes {
            for written in [code.clone(), code.replace('-', "")] {
                let found = bytes.windows(written.len()).any(|window| window == written.as_bytes());
                assert!(!found, "{}", path.display());
            }
        }
    }
    // The log would say which page of the list changed together with which response: it is empty.
    let log = std::fs::metadata(data.join("qulaq.db-wal")).map_or(0, |log| log.len());
    assert_eq!(log, 0);
    let export = collector.wait(collector.store.responses("small", Default::default(), 10)).unwrap();
    assert!(export.iter().all(|row| !row.paradata.contains("invit") && !row.paradata.contains("code")));
}

#[test]
fn a_batch_that_the_console_would_name_twice_is_one() {
    let (collector, _) = collector();
    let batch = |hash: u8| NewInvitations {
        survey: "small".to_owned(),
        batch: "A".to_owned(),
        made: NOW,
        expires: Some(Minute(NOW.0 + 1)),
        hashes: vec![[hash; 32]],
    };
    assert_eq!(collector.wait(collector.store.issue(batch(1))).unwrap(), Issued::New);
    assert_eq!(collector.wait(collector.store.issue(batch(2))).unwrap(), Issued::NameTaken);
    let batches = collector.wait(collector.store.invitations("small")).unwrap();
    let over: Vec<bool> = batches.iter().map(|batch: &InvitationBatch| batch.is_over(NOW)).collect();
    assert_eq!(over, [false]);
}
