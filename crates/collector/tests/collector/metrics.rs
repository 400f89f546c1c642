//! What Prometheus reads, read here as its specification says (OpenMetrics 1.0), and who may read it.

use crate::support::{Client, Collector, Program, Running, answer_no, answer_yes, definition};
use std::collections::{HashMap, HashSet};

const RESPONSES: &str = "/api/v1/surveys/page-useful/responses";

/// Samples by name and labels, out of an exposition that must be sound: families in one piece, each with a type and
/// help, names as they must be, `# EOF` at the end.
fn read(text: &str) -> HashMap<String, f64> {
    let body = text.strip_suffix("# EOF\n").unwrap_or_else(|| panic!("no end: {text}"));
    let (mut families, mut samples) = (HashSet::new(), HashMap::new());
    let (mut family, mut kind) = (String::new(), String::new());
    for line in body.lines() {
        if let Some(about) = line.strip_prefix("# ") {
            let words: Vec<&str> = about.splitn(3, ' ').collect();
            let [word, name, rest] = words[..] else { panic!("{line}") };
            match word {
                "HELP" => {
                    assert!(families.insert(name.to_owned()), "twice: {name}");
                    assert!(rest.ends_with('.'), "a sentence: {line}");
                    name.clone_into(&mut family);
                }
                "TYPE" => rest.clone_into(&mut kind),
                "UNIT" => assert!(name.ends_with(&format!("_{rest}")), "{line}"),
                _ => panic!("{line}"),
            }
            assert_eq!(name, family, "{line}");
        } else {
            let (sample, value) = line.rsplit_once(' ').unwrap_or_else(|| panic!("{line}"));
            let name = sample.split('{').next().unwrap();
            assert!(name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_'), "{line}");
            let ending = name.strip_prefix(&family).unwrap_or_else(|| panic!("{line} is not of {family}"));
            let endings: &[&str] = match kind.as_str() {
                "counter" => &["_total"],
                "histogram" => &["_sum", "_count", "_bucket"],
                "info" => &["_info"],
                "gauge" => &[""],
                other => panic!("{other}"),
            };
            assert!(endings.contains(&ending), "{line} of {kind}");
            let value = value.parse().unwrap_or_else(|_| panic!("{line}"));
            assert!(samples.insert(sample.to_owned(), value).is_none(), "twice: {sample}");
        }
    }
    samples
}

/// What this client is told.
fn measured(client: &Client) -> HashMap<String, f64> {
    let reply = client.get("/metrics");
    assert_eq!(reply.status, 200);
    assert_eq!(reply.header("content-type"), "application/openmetrics-text; version=1.0.0; charset=utf-8");
    read(&reply.body)
}

#[test]
fn requests_responses_and_refusals_are_counted_by_what_they_are() {
    let collector = Collector::start();
    let version = collector.publish(&definition("page-useful"));
    for (digit, status) in [('a', 201), ('a', 200), ('b', 201)] {
        assert_eq!(collector.post_json(RESPONSES, &answer_yes(digit, &version)).status, status);
    }
    assert_eq!(collector.post_json(RESPONSES, &answer_no('a', &version, "words")).status, 409);
    assert_eq!(collector.send("POST", RESPONSES, &[("content-type", "application/json")], "{").status, 400);
    assert_eq!(collector.send("BREW", "/no-such-place", &[], "").status, 404);

    let measured = measured(&collector);
    let route = "route=\"/api/v1/surveys/{survey}/responses\"";
    let count = |sample: &str| measured.get(sample).copied();
    assert_eq!(count("qulaq_responses_total{survey=\"page-useful\",outcome=\"kept\"}"), Some(2.0));
    assert_eq!(count("qulaq_responses_total{survey=\"page-useful\",outcome=\"repeated\"}"), Some(1.0));
    assert_eq!(count("qulaq_http_refusals_total{reason=\"conflict\"}"), Some(1.0));
    assert_eq!(count("qulaq_http_refusals_total{reason=\"malformed\"}"), Some(1.0));
    assert_eq!(
        count(&format!("qulaq_http_requests_total{{method=\"POST\",{route},status=\"201\"}}")),
        Some(2.0)
    );
    assert_eq!(count(&format!("qulaq_http_request_seconds_count{{method=\"POST\",{route}}}")), Some(5.0));
    assert_eq!(
        count("qulaq_http_requests_total{method=\"(other)\",route=\"(none)\",status=\"404\"}"),
        Some(1.0),
        "a word of the client's is no label"
    );
}

#[test]
fn nothing_that_leads_to_a_citizen_is_measured() {
    let collector = Collector::start();
    let version = collector.publish(&definition("page-useful"));
    let reply = collector.post_json(RESPONSES, &answer_no('c', &version, "Жасырын сөз"));
    let told = collector.get("/metrics").body;
    for secret in ["Жасырын", &"c".repeat(32), &reply.receipt(), "127.0.0.1", &version] {
        assert!(!told.contains(secret), "{secret}: {told}");
    }
}

#[test]
fn a_running_program_tells_of_its_store_its_connections_and_itself() {
    tells_of_everything(&Program::new());
}

#[test]
fn it_tells_as_much_on_postgresql() {
    tells_of_everything(&Program::on_postgres());
}

fn tells_of_everything(program: &Program) {
    let server = program.serve();
    program.file("d.json", &definition("page-useful"));
    program.succeed(&["publish", "d.json"]);
    let version =
        server.client.get("/api/v1/surveys/page-useful").json()["version"].as_str().unwrap().to_owned();
    assert_eq!(server.client.post_json(RESPONSES, &answer_yes('a', &version)).status, 201);
    let measured = measured(&server.client);
    let at_least = |sample: &str, least: f64| {
        let value = measured.get(sample).copied().unwrap_or_else(|| panic!("no {sample}: {measured:?}"));
        assert!(value >= least, "{sample} {value}");
    };
    at_least("qulaq_store_commit_writes_count", 1.0);
    at_least("qulaq_store_commit_seconds_sum", 1e-6);
    at_least("qulaq_connections_open", 1.0);
    at_least("qulaq_uptime_seconds", 1e-6);
    at_least("process_resident_memory_bytes", 1e6);
    at_least("process_cpu_seconds_total", 1e-4);
    at_least("process_open_fds", 3.0);
    assert_eq!(measured["qulaq_store_queue"], 0.0);
    assert_eq!(measured[&format!("qulaq_build_info{{version=\"{}\"}}", env!("CARGO_PKG_VERSION"))], 1.0);
}

#[test]
fn who_is_not_on_the_list_finds_nothing_there() {
    let program = Program::new();
    let serve = |more: &[&str]| {
        let usual = ["serve", "--listen", "127.0.0.1:0", "--widget", "widget"];
        Running::start(program.command(&[&usual, more].concat()))
    };
    let get = |server: &Running, headers: &[(&str, &str)]| {
        server.client.send("GET", "/metrics", headers, "").status
    };
    let direct = serve(&[]);
    assert_eq!(get(&direct, &[]), 200);
    assert_eq!(
        get(&direct, &[("x-forwarded-for", "127.0.0.1")]),
        404,
        "through somebody who is not on the list"
    );

    let behind = serve(&["--public-url", "https://qulaq.example"]);
    assert_eq!(get(&behind, &[]), 404);
    let listed = ["--trusted-proxy", "127.0.0.1", "--metrics-allow", "192.0.2.0/24"];
    let listed = serve(&[&["--public-url", "https://qulaq.example"], &listed[..]].concat());
    assert_eq!(get(&listed, &[("x-forwarded-for", "192.0.2.9")]), 200);
    assert_eq!(get(&listed, &[("x-forwarded-for", "192.0.2.9, 198.51.100.1")]), 404);
    assert_eq!(get(&listed, &[]), 404);
}

#[test]
fn a_socket_of_its_own_tells_whoever_reaches_it() {
    let program = Program::new();
    let usual = ["serve", "--listen", "127.0.0.1:0", "--widget", "widget", "--metrics-listen", "127.0.0.1:0"];
    let mut server = Running::start(program.command(&usual));
    let line = server.log_line("telling metrics");
    let origin = line.split('"').find(|word| word.starts_with("http://")).unwrap().to_owned();
    let watcher = Client::new(origin);
    assert!(measured(&watcher).contains_key("qulaq_uptime_seconds"));
    assert_eq!(watcher.get("/healthz").status, 404, "it tells nothing else");
}
