//! The program: what its commands say and do, beside a running server and over its sudden death.

use crate::support::{
    Client, Database, Program, Running, answer_no, answer_yes, definition, on_both_engines,
};
use serde_json::Value;
use std::process::Stdio;

on_both_engines! { Program:
    publish_says_what_it_did_and_nothing_faulty_is_published
    a_running_server_notices_at_once_what_commands_do_beside_it
    what_was_acknowledged_is_there_after_the_server_was_killed
    the_server_ends_well_when_it_is_asked_to
    logs_say_what_happened_and_nothing_that_anybody_typed
    an_export_into_a_pipe_that_closes_is_no_failure
}

const RESPONSES: &str = "/api/v1/surveys/page-useful/responses";

/// The version that a command has named.
fn version(said: &str) -> String {
    said.trim().rsplit_once("version ").unwrap_or_else(|| panic!("no version: {said}")).1.to_owned()
}

#[test]
fn check_names_every_fault_with_its_path_and_fails() {
    let program = Program::new();
    program.file("good.json", &definition("page-useful"));
    program.file(
        "bad.json",
        &definition("page-useful").replace("\"required\"", "\"requird\"").replace("\"p1\"", "7"),
    );
    let said = program.succeed(&["check", "good.json"]);
    assert!(said.contains("good.json: sound (page-useful)"), "{said}");
    let said = program.fail(&["check", "good.json", "bad.json"]);
    assert!(said.contains(": pages[0].questions[0].requird: "), "{said}");
    assert!(said.contains(": pages[0].id: "), "{said}");
    assert!(said.contains("1 of 2 definitions"), "{said}");
    assert!(program.fail(&["check", "missing.json"]).contains("cannot read missing.json"));
}

#[test]
fn a_survey_in_too_few_languages_is_not_published_where_more_are_owed() {
    let program = Program::new();
    program.file("qulaq.toml", "require-languages = [\"kk\", \"ru\", \"uz\"]\n");
    for command in ["check", "publish"] {
        program.file("d.json", &definition("page-useful"));
        let said = program.fail(&[command, "d.json", "--config", "qulaq.toml"]);
        assert!(
            said.contains("languages: lacks \"uz\": surveys of this collector must be in kk, ru, uz."),
            "{said}"
        );
        program.succeed(&[command, "d.json", "--require-languages", "kk,ru"]);
    }
}

fn publish_says_what_it_did_and_nothing_faulty_is_published(program: &Program) {
    program.file("d.json", &definition("page-useful"));
    let first = program.succeed(&["publish", "d.json"]);
    assert!(first.starts_with("published: page-useful, version "), "{first}");
    program.file("d.json", &definition("page-useful").replace('\n', "  "));
    let again = program.succeed(&["publish", "d.json"]);
    assert!(again.starts_with("already published: page-useful, version "), "{again}");
    assert_eq!(version(&first), version(&again));

    program.file("bad.json", "{}");
    assert!(program.fail(&["publish", "bad.json"]).contains("nothing was published"));
}

#[test]
fn commands_on_data_that_is_not_there_say_so() {
    let program = Program::new();
    for command in [["close", "x"].as_slice(), &["export", "x", "--format", "csv"], &["token", "list"]] {
        assert!(program.fail(command).contains("there is no database in ./data"), "{command:?}");
    }
    program.file("d.json", &definition("page-useful"));
    program.succeed(&["publish", "d.json"]);
    for command in [["close", "x"].as_slice(), &["export", "x", "--format", "csv", "-o", "x.csv"]] {
        assert!(program.fail(command).contains("no survey \"x\" was published"), "{command:?}");
    }
    assert!(!program.directory.path().join("x.csv").exists());
}

fn a_running_server_notices_at_once_what_commands_do_beside_it(program: &Program) {
    let server = program.serve();
    let client = &server.client;
    assert_eq!(client.get("/api/v1/surveys/page-useful").status, 404);
    program.file("d.json", &definition("page-useful"));
    let first = version(&program.succeed(&["publish", "d.json"]));
    assert_eq!(client.get("/api/v1/surveys/page-useful").json()["version"], first.as_str());
    program.file("d.json", &definition("page-useful").replace("\"code\": 1", "\"code\": 2"));
    let second = version(&program.succeed(&["publish", "d.json"]));
    assert_eq!(client.get("/api/v1/surveys/page-useful").json()["version"], second.as_str());
    assert_eq!(client.post_json(RESPONSES, &answer_yes('a', &first)).status, 201);

    let token = program.succeed(&["token", "create", "--name", "analyst", "--survey", "page-useful"]);
    let authorization = format!("Bearer {}", token.trim());
    let export = || {
        let headers = [("authorization", authorization.as_str())];
        client.send("GET", "/api/v1/surveys/page-useful/export?format=csv", &headers, "")
    };
    let over_http = export();
    assert_eq!(over_http.status, 200);
    assert_eq!(program.succeed(&["export", "page-useful", "--format", "csv"]), over_http.body);
    program.succeed(&["export", "page-useful", "--format", "csv", "-o", "out.csv"]);
    assert_eq!(std::fs::read_to_string(program.directory.path().join("out.csv")).unwrap(), over_http.body);

    let list = program.succeed(&["token", "list"]);
    assert!(list.starts_with("analyst\t") && list.ends_with("opens page-useful\n"), "{list}");
    assert_eq!(program.succeed(&["token", "revoke", "analyst"]), "revoked: analyst\n");
    assert_eq!(export().status, 401);

    assert_eq!(program.succeed(&["close", "page-useful"]), "closed: page-useful\n");
    assert_eq!(client.post_json(RESPONSES, &answer_yes('b', &first)).status, 403);
}

fn what_was_acknowledged_is_there_after_the_server_was_killed(program: &Program) {
    program.file("d.json", &definition("page-useful"));
    let version = version(&program.succeed(&["publish", "d.json"]));
    let mut server = program.serve();
    let mut receipts = Vec::new();
    for digit in "0123456789abcdef".chars() {
        receipts.push(server.client.post_json(RESPONSES, &answer_no(digit, &version, "words")).receipt());
    }
    server.process.kill().unwrap();
    server.process.wait().unwrap();
    assert_eq!(program.rows(), 16);

    let server = program.serve();
    let again = server.client.post_json(RESPONSES, &answer_no('0', &version, "words"));
    assert_eq!((again.status, again.receipt()), (200, receipts[0].clone()));
    assert_eq!(server.client.withdraw(&receipts[1]).status, 204);
}

fn the_server_ends_well_when_it_is_asked_to(program: &Program) {
    for signal in ["TERM", "INT"] {
        let mut server = program.serve();
        assert_eq!(server.client.get("/healthz").status, 200);
        server.signal(signal);
        assert!(server.process.wait().unwrap().success(), "{signal}");
    }
}

fn logs_say_what_happened_and_nothing_that_anybody_typed(program: &Program) {
    program.file("d.json", &definition("page-useful"));
    let version = version(&program.succeed(&["publish", "d.json"]));
    let token = program.succeed(&["token", "create", "--name", "analyst"]);
    let mut server = program.serve();
    let words = "My-name-is-Aigul";
    let kept = server.client.post_json(RESPONSES, &answer_no('a', &version, words));
    let receipt = kept.receipt();
    say_everywhere(&server.client, words, token.trim());
    server.client.withdraw(&receipt);
    server.signal("TERM");
    server.process.wait().unwrap();

    let log = server.log();
    let lines: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let first = &lines[0];
    assert_eq!(
        (&first["method"], &first["route"], &first["status"]),
        (&Value::from("POST"), &Value::from("/api/v1/surveys/{survey}/responses"), &Value::from(201))
    );
    assert!(first["milliseconds"].is_f64());
    for secret in [words, token.trim(), &receipt, "Teller", "127.0.0.1", &"a".repeat(32), &version] {
        assert!(!log.contains(secret), "{secret}: {log}");
    }
}

/// Puts words and a token wherever a client can put them.
fn say_everywhere(client: &Client, words: &str, token: &str) {
    let authorization = format!("Bearer {token}");
    let headers =
        [("user-agent", "Teller/7"), ("authorization", &authorization), ("content-type", "application/json")];
    client.send("GET", &format!("/{words}?{words}={words}"), &headers, "");
    client.send("GET", &format!("/s/{words}?lang={words}"), &headers, "");
    client.send("POST", RESPONSES, &headers, format!("{{\"{words}\": \"{words}\"}}"));
    client.send("POST", RESPONSES, &headers, words);
    client.send("GET", "/api/v1/surveys/page-useful/export?format=csv", &headers, "");
    client.post_form("/s/page-useful", &format!("useful=0&doing={words}&{words}={words}"));
    client.post_form(&format!("/withdraw?lang={words}"), &format!("receipt={words}&{words}={words}"));
    client.send("TELLER", "/healthz", &headers, "");
}

#[test]
fn a_database_over_the_network_is_trusted_by_its_certificate_alone() {
    let (program, database) = (Program::new(), Database::new());
    let (url, certificate) = database.url_with_tls();
    let list = |trusted: &std::path::Path| {
        let mut command = program.command(&["token", "create", "--name", "analyst"]);
        command.env("QULAQ_DATABASE_URL", &url).env("SSL_CERT_FILE", trusted).output().unwrap()
    };
    let refused = list(&program.file("empty.pem", ""));
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(!refused.status.success() && said.contains("invalid peer certificate"), "{said}");
    assert!(said.contains("cannot use the database test") && !said.contains("collector@"), "{said}");
    let trusted = list(&certificate);
    assert!(trusted.status.success(), "{}", String::from_utf8_lossy(&trusted.stderr));
    assert_eq!(database.sql("SELECT name FROM tokens"), "analyst");
}

#[test]
fn help_does_not_print_the_password_that_is_in_the_environment() {
    let program = Program::new();
    let url = "postgres://aigul:hush@db/qulaq";
    for arguments in [["serve", "--help"], ["close", "--help"], ["close", "x"]] {
        let output = program.command(&arguments).env("QULAQ_DATABASE_URL", url).output().unwrap();
        let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        assert!(!said.contains("hush"), "{said}");
    }
}

#[test]
fn a_server_without_the_widget_does_not_start() {
    let program = Program::new();
    let empty = program.directory.path().join("empty");
    std::fs::create_dir(&empty).unwrap();
    for command in ["serve", "demo"] {
        let said = program.fail(&[command, "--listen", "127.0.0.1:0", "--widget", "empty"]);
        assert!(said.contains("built without the widget") && said.contains("cargo xtask build"), "{said}");
    }
}

#[test]
fn the_demo_shows_the_whole_path() {
    let program = Program::new();
    let mut command = program.command(&["demo", "--listen", "127.0.0.1:0", "--pages-listen", "127.0.0.1:0"]);
    command.args(["--widget", "widget", "--data", "demo data"]);
    let mut demo = Running::start(command);
    let pages = Client::new(demo.value("pages"));
    let token = demo.value("token");
    let collector = demo.client.clone();
    assert!(token.starts_with("qulaq_") && pages.origin != collector.origin);

    let page = pages.get("/kk/");
    assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"));
    assert!(page.body.contains(&format!("{}/widget/qulaq.js", collector.origin)));
    assert!(!page.body.contains("qulaq.example"));
    assert_eq!(pages.get("/kk/agency.css").header("content-type"), "text/css; charset=utf-8");
    assert_eq!(pages.get("/../Cargo.toml").status, 404);
    let fragment = "/api/v1/surveys/kz-public-services/fragment";
    let fragment = collector.send("GET", fragment, &[("origin", &pages.origin)], "");
    assert_eq!(
        (fragment.status, fragment.header("access-control-allow-origin")),
        (200, pages.origin.as_str())
    );

    let version = collector.get("/api/v1/surveys/page-useful").json()["version"].as_str().unwrap().to_owned();
    assert_eq!(collector.post_json(RESPONSES, &answer_no('a', &version, "-5")).status, 201);
    let curl = demo.line(|line| line.contains("curl") && line.contains("page-useful"));
    assert!(
        curl.contains(&format!("-H 'Authorization: Bearer {token}' '{}/api/v1/", collector.origin)),
        "{curl}"
    );
    let export = demo.line(|line| line.contains("export page-useful"));
    let exported =
        std::process::Command::new("sh").args(["-c", &export]).current_dir(program.directory.path()).status();
    assert!(exported.unwrap().success(), "{export}");
    let csv = std::fs::read_to_string(program.directory.path().join("page-useful.csv")).unwrap();
    assert!(csv.ends_with(",0,-5,-4\r\n"), "{csv}");
}

#[test]
fn the_demo_goes_on_to_a_free_port() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let program = Program::new();
    let address = taken.local_addr().unwrap().to_string();
    let mut command = program.command(&["demo", "--listen", &address, "--pages-listen", &address]);
    command.args(["--widget", "widget"]);
    let mut demo = Running::start(command);
    let pages = demo.value("pages");
    assert!(
        demo.client.origin != pages && !pages.ends_with(&address) && !demo.client.origin.ends_with(&address)
    );
    assert_eq!(demo.client.get("/healthz").status, 200);
}

fn an_export_into_a_pipe_that_closes_is_no_failure(program: &Program) {
    program.file("d.json", &definition("page-useful"));
    program.succeed(&["publish", "d.json"]);
    let mut command = program.command(&["export", "page-useful", "--format", "csv"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    assert!(child.wait().unwrap().success());
}

#[test]
fn schema_and_fragment_print_what_they_are_named_for() {
    let program = Program::new();
    program.file("d.json", &definition("page-useful"));
    let schema: Value = serde_json::from_str(&program.succeed(&["schema"])).unwrap();
    assert_eq!(schema["title"], "Qulaq survey, format 1");
    let fragment = program.succeed(&["fragment", "d.json", "--lang", "kk"]);
    assert!(fragment.starts_with("<form") && fragment.contains("Бұл бет пайдалы болды ма?"), "{fragment}");
}
