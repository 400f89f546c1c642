//! `qulaq preview`: a page that follows the file, through faults and bad input, and leaves nothing behind.

use crate::support::{Program, Running, definition, small};
use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::time::Duration;

const PAGE: &str = "/s/page-useful?lang=kk";
const QUESTION: &str = "Бұл бет пайдалы болды ма?";

/// A preview of `d.json`, with what the system would keep in a directory of the place's own.
fn preview(program: &Program, arguments: &[&str]) -> Running {
    let kept = program.directory.path().join("kept");
    fs::create_dir_all(&kept).unwrap();
    let mut command =
        program.command(&["preview", "d.json", "--listen", "127.0.0.1:0", "--widget", "widget"]);
    command.args(arguments).env("TMPDIR", kept);
    Running::start_saying("preview", command)
}

/// Saves as many editors do: a new file that takes the place of the old one.
fn save(program: &Program, text: impl AsRef<[u8]>) {
    let path = program.directory.path().join("d.json");
    let new = path.with_extension("json~");
    fs::write(&new, text).unwrap();
    fs::rename(new, path).unwrap();
}

/// The events of a preview; one that does not come within ten seconds is a failure.
struct Events(BufReader<TcpStream>);

impl Events {
    fn of(running: &Running) -> Self {
        let address = running.client.origin.strip_prefix("http://").unwrap();
        let mut stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        write!(stream, "GET /preview/events HTTP/1.1\r\nHost: {address}\r\n\r\n").unwrap();
        Self(BufReader::new(stream))
    }

    fn next(&mut self) -> Value {
        let mut line = String::new();
        while self.0.read_line(&mut line).unwrap() > 0 {
            if let Some(data) = line.strip_prefix("data:") {
                return serde_json::from_str(data).unwrap();
            }
            line.clear();
        }
        panic!("the events have ended");
    }
}

#[test]
fn a_question_about_districts_has_those_that_were_imported() {
    let program = Program::new();
    program.file(
        "kato.csv",
        "te;name_kaz;name_rus\n610000000;Түркістан облысы;Туркестанская область\n613900000;Келес ауданы;Келесский район\n",
    );
    program.succeed(&["places", "import", "kato.csv", "--as-of", "2026-01-01"]);
    let home = json!({"name": "home", "type": "place", "classifier": "kato", "levels": 2, "text": "Where?"});
    program.file("d.json", &small(&json!({"languages": ["kk", "ru", "en"]}), &[home]));
    let running = preview(&program, &[]);
    let page = running.client.get("/s/small?lang=kk").body;
    assert!(page.contains("data-question=\"home\"") && !page.contains("qulaq places import"), "{page}");
    let elsewhere = preview(&program, &["--data", "elsewhere"]);
    assert!(elsewhere.client.get("/s/small?lang=kk").body.contains("qulaq places import"));
}

#[test]
fn a_page_follows_a_file_that_an_editor_replaces() {
    let program = Program::new();
    program.file("d.json", &definition("page-useful"));
    let running = preview(&program, &["--lang", "kk"]);
    let start = running.client.get("/");
    assert_eq!((start.status, start.header("location")), (303, PAGE));
    let page = running.client.get(PAGE);
    assert!(page.body.contains(QUESTION) && page.body.contains("<script src=\"/preview/live.js\""));
    let policy = page.header("content-security-policy");
    assert!(
        policy.contains("script-src 'self' 'wasm-unsafe-eval';") && policy.contains("connect-src 'self';"),
        "{policy}"
    );
    assert_eq!(running.client.get("/preview/live.js").header("content-type"), "text/javascript");

    let mut events = Events::of(&running);
    let first = events.next();
    assert_eq!(first["survey"], "page-useful");
    save(&program, definition("page-useful").replace(QUESTION, "Бұл бет ұнады ма?"));
    let second = events.next();
    assert!(first["key"] != second["key"] && first["version"] != second["version"]);
    let page = running.client.get(PAGE);
    assert!(page.body.contains("Бұл бет ұнады ма?") && !page.body.contains(QUESTION));
    let inside = running.client.get("/preview/inside?lang=ru");
    assert!(inside.body.contains("<qulaq-survey survey=\"page-useful\" lang=\"ru\">"), "{}", inside.body);
    assert!(inside.body.contains(second["key"].as_str().unwrap()));
}

#[test]
fn a_faulty_definition_shows_its_faults_and_lines_until_it_is_sound_again() {
    let program = Program::new();
    let sound = definition("page-useful");
    program.file("d.json", &sound);
    let mut running = preview(&program, &[]);
    let mut events = Events::of(&running);
    events.next();
    let line = sound.lines().position(|line| line.contains("\"required\"")).unwrap() + 1;
    save(&program, sound.replace("\"required\"", "\"<requird>\""));
    let event = events.next();
    assert_eq!(event["survey"], Value::Null);
    for path in [PAGE, "/", "/preview/inside"] {
        let page = running.client.get(path);
        assert_eq!(page.status, 422, "{path}");
        assert!(page.body.contains(&format!("<code>d.json:{line}:11</code>")), "{path}: {}", page.body);
        assert!(page.body.contains("pages[0].questions[0].&lt;requird&gt;"), "{path}: {}", page.body);
    }
    running.line(|said| said.starts_with(&format!("d.json:{line}:11: ")));
    save(&program, &sound);
    assert_eq!(events.next()["survey"], "page-useful");
    assert!(running.client.get(PAGE).body.contains(QUESTION));
}

#[test]
fn whatever_becomes_of_the_file_is_said_and_the_preview_goes_on() {
    let program = Program::new();
    let path = program.directory.path().join("d.json");
    let running = preview(&program, &[]);
    let mut events = Events::of(&running);
    let mut said = |what: &str| {
        let event = events.next();
        assert!(event["faults"].to_string().contains(what), "{what}: {event}");
        assert_eq!(running.client.get("/").status, if what == "[]" { 303 } else { 422 }, "{what}");
    };
    said("cannot read d.json");
    fs::create_dir(&path).unwrap();
    said("it is a directory");
    fs::remove_dir(&path).unwrap();
    said("cannot read d.json");
    save(&program, [b'{', 0xcf, b'}']);
    said("it is not UTF-8");
    save(&program, vec![b' '; 50 << 20]);
    said("larger than 4 MiB");
    save(&program, definition("page-useful"));
    said("[]");
    fs::remove_file(&path).unwrap();
    said("cannot read d.json");
    save(&program, definition("page-useful"));
    said("[]");
}

#[test]
fn another_id_in_the_file_leads_the_open_page_to_the_survey_that_there_is() {
    let program = Program::new();
    program.file("d.json", &definition("page-useful"));
    let running = preview(&program, &[]);
    let mut events = Events::of(&running);
    events.next();
    save(&program, definition("page-useful").replace("\"page-useful\"", "\"renamed\""));
    assert_eq!(events.next()["survey"], "renamed");
    let old = running.client.get(PAGE);
    assert_eq!((old.status, old.header("location")), (303, "/s/renamed"));
}

#[test]
fn a_form_that_is_posted_again_to_a_new_version_stays_on_its_page_with_what_was_answered() {
    let program = Program::new();
    program.file("d.json", &definition("page-useful"));
    let running = preview(&program, &[]);
    let mut events = Events::of(&running);
    events.next();
    save(&program, definition("page-useful").replace("Не істемек", "Не іздеп"));
    events.next();
    let id = "a".repeat(32);
    let filled = format!("_page=0&_answers={{}}&_shown=&_lang=kk&_id={id}&useful=0&doing=because");
    let page = running.client.post_form(PAGE, &filled);
    assert_eq!(page.status, 200);
    assert!(
        page.body.contains("because") && page.body.contains("name=\"_page\" value=\"0\""),
        "{}",
        page.body
    );
}

#[test]
fn answers_are_taken_like_real_ones_and_gone_when_the_preview_ends() {
    let program = Program::new();
    program.file("d.json", &definition("page-useful"));
    let mut running = preview(&program, &[]);
    let mut events = Events::of(&running);
    events.next();
    let sent = format!("_page=0&_answers={{}}&_shown=useful&_lang=kk&_id={}&useful=1", "b".repeat(32));
    let page = running.client.post_form(PAGE, &sent);
    assert!(page.status == 200 && !page.body.contains("name=\"_page\""), "{}", page.body);
    let kept = program.directory.path().join("kept");
    assert_eq!(fs::read_dir(&kept).unwrap().count(), 1);
    // The open stream of events does not hold the end up.
    running.signal("INT");
    assert!(running.process.wait().unwrap().success());
    assert_eq!(fs::read_dir(&kept).unwrap().count(), 0);
    assert!(!program.data().exists());
}
