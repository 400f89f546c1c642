//! What is written nowhere: whatever a citizen, an official or an attacker sends beside an answer, from whatever address,
//! and whatever the server says to it, is then sought in everything that was written.

use crate::erasure::are_on_disk;
use crate::support::{Program, Running, answer_no, definition, filled_in, on_both_engines, urlencoded};
use serde_json::json;
use std::process::Command;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpSocket;
use tokio::runtime::Runtime;

on_both_engines! { Program:
    no_address_agent_or_secret_is_in_any_log_file_or_backup
}

/// Another address of this machine than the one that everybody has.
const ADDRESS: &str = "127.0.0.77";
const FORWARDED: &str = "203.0.113.77";
const AGENT: &str = "PeculiarAgent/7.7";
const REFERRER: &str = "https://referrer.peculiar.example/page";
const COOKIE: &str = "peculiar-cookie-of-a-page";
/// Of nobody: the seventh digit says that they were born in the nineteenth century.
const IIN: &str = "850101100002";
const EMAIL: &str = "peculiar@mail.kz";
const QUERY: &str = "peculiar-query";
const NAME: &str = "peculiar-name-at-the-door";
const PASSWORD: &str = "peculiar-password-at-the-door";
const TOKEN: &str = "qulaq_peculiar-token-of-nobody";
const WORDS: &str = "peculiar-words-that-were-refused";

/// Somebody at [`ADDRESS`] who tells everything about herself.
struct Somebody {
    runtime: Runtime,
    host: String,
}

impl Somebody {
    fn at(server: &Running) -> Self {
        let host = server.client.origin.strip_prefix("http://").unwrap().to_owned();
        Self { runtime: Runtime::new().unwrap(), host }
    }

    /// Sends a request and gives the whole answer.
    fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> String {
        let own = [
            ("host", self.host.as_str()),
            ("connection", "close"),
            ("user-agent", AGENT),
            ("referer", REFERRER),
            ("x-forwarded-for", FORWARDED),
            ("forwarded", "for=203.0.113.77"),
            ("x-real-ip", FORWARDED),
        ];
        let length = body.len().to_string();
        let head: String = own
            .iter()
            .chain([&("content-length", length.as_str())])
            .chain(headers)
            .map(|(name, value)| format!("{name}: {value}\r\n"))
            .collect();
        self.send(&format!("{method} {path} HTTP/1.1\r\n{head}\r\n{body}"))
    }

    /// Sends bytes, whether or not they are a request.
    fn send(&self, bytes: &str) -> String {
        self.runtime.block_on(async {
            let socket = TcpSocket::new_v4().unwrap();
            socket.bind(format!("{ADDRESS}:0").parse().unwrap()).unwrap();
            let mut stream = socket.connect(self.host.parse().unwrap()).await.unwrap();
            stream.write_all(bytes.as_bytes()).await.unwrap();
            let mut answer = Vec::new();
            // A server that hangs up has said enough.
            drop(stream.read_to_end(&mut answer).await);
            String::from_utf8_lossy(&answer).into_owned()
        })
    }

    fn post_json(&self, path: &str, body: &serde_json::Value) -> String {
        self.ask("POST", path, &[("content-type", "application/json")], &body.to_string())
    }

    fn post_form(&self, path: &str, headers: &[(&str, &str)], fields: &[(&str, &str)]) -> String {
        let form = [("content-type", "application/x-www-form-urlencoded")];
        self.ask("POST", path, &[&form[..], headers].concat(), &urlencoded(fields))
    }
}

fn status(answer: &str) -> u16 {
    answer.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default()
}

const RESPONSES: &str = "/api/v1/surveys/page-useful/responses";

/// Answers, in every way there is, and the receipt of one.
fn answers(somebody: &Somebody, version: &str) -> String {
    let typed = format!("ИИН {IIN}, {EMAIL}");
    let kept = somebody.post_json(RESPONSES, &answer_no('a', version, &typed));
    assert_eq!(status(&kept), 201, "{kept}");
    let receipt = kept.split("\"receipt\":\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let page = somebody.ask("GET", &format!("/s/page-useful?lang=ru&q={QUERY}"), &[("cookie", COOKIE)], "");
    assert_eq!(status(&page), 200);
    let body = filled_in(&page, &[("useful", "0"), ("doing", &typed), ("_go", "next")]);
    let headers = [("cookie", COOKIE), ("content-type", "application/x-www-form-urlencoded")];
    assert_eq!(status(&somebody.ask("POST", "/s/page-useful?lang=ru", &headers, &body)), 200);
    receipt
}

/// What is refused, at every door.
fn refusals(somebody: &Somebody, version: &str) {
    let unknown = json!({"id": "b".repeat(32), "survey": "page-useful", "version": version, "lang": "kk",
        "channel": "embed", "answers": {"useful": 7, WORDS: WORDS, "doing": WORDS}, "paradata": {WORDS: WORDS}});
    let told = [
        somebody.post_json(RESPONSES, &unknown),
        somebody.ask("POST", RESPONSES, &[("content-type", "application/json")], &format!("{{\"{WORDS}")),
        somebody.ask("POST", RESPONSES, &[("content-type", WORDS)], WORDS),
        somebody.ask("GET", &format!("/s/{WORDS}?x={QUERY}"), &[], ""),
        somebody.ask("GET", &format!("/{WORDS}/../{QUERY}"), &[], ""),
        somebody.ask(WORDS, "/s/page-useful", &[], ""),
        somebody.ask("GET", "/s/x%0A%7B%22message%22:%22forged%22%7D", &[], ""),
        somebody.ask(
            "DELETE",
            "/api/v1/responses",
            &[("content-type", "application/json")],
            &json!({"receipt": WORDS}).to_string(),
        ),
        somebody.post_form("/withdraw?lang=ru", &[], &[("receipt", WORDS)]),
        somebody.ask(
            "GET",
            &format!("/api/v1/surveys/page-useful/export?format=csv&if={QUERY}"),
            &[("authorization", &format!("Bearer {TOKEN}"))],
            "",
        ),
        somebody.post_form("/console/sign-in", &[], &[("name", NAME), ("password", PASSWORD)]),
        somebody.post_form("/console/people", &[("cookie", &format!("qulaq={COOKIE}"))], &[("name", NAME)]),
        somebody.post_form(
            "/s/page-useful/clerk",
            &[("cookie", COOKIE)],
            &[("do", "sign-in"), ("token", TOKEN)],
        ),
    ];
    for answer in told {
        assert!((200..500).contains(&status(&answer)), "{answer}");
        assert!(!answer.contains(PASSWORD) && !answer.contains(TOKEN), "{answer}");
    }
    for broken in [
        format!("{WORDS}\r\n\r\n"),
        format!("GET /{QUERY} HTTP/9.9\r\nuser-agent: {AGENT}\r\n\r\n"),
        format!("GET / HTTP/1.1\r\nhost: x\r\n{WORDS}\r\n\r\n"),
        format!("POST {RESPONSES} HTTP/1.1\r\nhost: x\r\ncontent-length: {WORDS}\r\n\r\n"),
    ] {
        somebody.send(&broken);
    }
}

fn parts(somebody: &Somebody, program: &Program) {
    let survey = definition("page-useful").replace("\"page-useful\"", "\"in-parts\"");
    let survey = survey.replacen('{', "{\"partials\": true,", 1);
    program.file("parts.json", &survey);
    let said = program.succeed(&["publish", "parts.json"]);
    let version = said.trim().rsplit_once(' ').unwrap().1;
    let mut part = answer_no('c', version, &format!("{EMAIL} {IIN}"));
    part["survey"] = json!("in-parts");
    part["turn"] = json!(1);
    part["seen"] = json!(["useful", "doing"]);
    let path = "/api/v1/surveys/in-parts/partials";
    let kept = somebody.ask("PUT", path, &[("content-type", "application/json")], &part.to_string());
    assert_eq!(status(&kept), 200, "{kept}");
}

/// An official at work: signing in, reading texts, downloading.
fn official(somebody: &Somebody, program: &Program, token: &str) -> String {
    let mut command = program.command(&["user", "add", "aigul", "--role", "owner"]);
    let password = "алма пісті, жер иіскеді";
    let printed = add_user(&mut command, password);
    let signed = somebody.post_form("/console/sign-in", &[], &[("name", "aigul"), ("password", password)]);
    assert_eq!(status(&signed), 303, "{printed} {signed}");
    let cookie = signed.split("set-cookie: ").nth(1).unwrap().split(';').next().unwrap().to_owned();
    for path in
        ["/console", "/console/log", "/console/surveys/page-useful/texts?question=doing&q=peculiar-query"]
    {
        assert_eq!(status(&somebody.ask("GET", path, &[("cookie", &cookie)], "")), 200, "{path}");
    }
    let bearer = format!("Bearer {token}");
    let export = "/api/v1/surveys/page-useful/export?format=csv";
    assert_eq!(status(&somebody.ask("GET", export, &[("authorization", &bearer)], "")), 200);
    cookie.split_once('=').unwrap().1.to_owned()
}

fn add_user(command: &mut Command, password: &str) -> String {
    use std::io::Write;
    use std::process::Stdio;
    let mut process =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    writeln!(process.stdin.take().unwrap(), "{password}").unwrap();
    let output = process.wait_with_output().unwrap();
    String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned()
}

fn no_address_agent_or_secret_is_in_any_log_file_or_backup(program: &Program) {
    program.file("d.json", &definition("page-useful"));
    let said = program.succeed(&["publish", "d.json"]);
    let version = said.trim().rsplit_once(' ').unwrap().1.to_owned();
    let token = program.succeed(&["token", "create", "--name", "analyst"]).trim().to_owned();
    let mut command = program.command(&["serve", "--listen", "127.0.0.1:0", "--widget", "widget"]);
    // Nothing can make it say more: not what other programs go by, and not being told who asks.
    command.args(["--log", "info", "--trusted-proxy", "127.0.0.0/8"]).env("RUST_LOG", "trace");
    let mut server = Running::start(command);
    let somebody = Somebody::at(&server);
    let receipt = answers(&somebody, &version);
    refusals(&somebody, &version);
    parts(&somebody, program);
    let session = official(&somebody, program, &token);
    somebody.post_form("/withdraw?lang=ru", &[], &[("receipt", &receipt)]);
    program.succeed(&["backup", "all.zip"]);
    server.signal("TERM");
    server.process.wait().unwrap();
    let log = server.log();

    let restored = Program::new();
    let file = program.directory.path().join("all.zip");
    restored.succeed(&["restore", file.to_str().unwrap()]);
    let nowhere = [
        ADDRESS,
        FORWARDED,
        AGENT,
        "PeculiarAgent",
        REFERRER,
        COOKIE,
        IIN,
        EMAIL,
        QUERY,
        NAME,
        PASSWORD,
        TOKEN,
        WORDS,
        "алма пісті",
        token.as_str(),
        session.as_str(),
        receipt.as_str(),
    ];
    for secret in nowhere {
        assert!(!log.contains(secret), "{secret} is in the log: {log}");
        assert!(!are_on_disk(secret, &program.data()), "{secret} is in the data");
        assert!(!are_on_disk(secret, &restored.data()), "{secret} is in the backup");
    }
    for of_answers in ["a".repeat(32), "c".repeat(32), "[ЖСН/ИИН]".to_owned(), "aigul".to_owned()] {
        assert!(!log.contains(&of_answers), "{of_answers} is in the log: {log}");
    }
    for line in log.lines() {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        assert!(line["message"].is_string() && line["message"] != "forged", "{line}");
    }
    assert!(log.lines().count() > 15, "it was logged that something was asked: {log}");
}
