//! Backups: whole, of one moment, and taken over by either engine.

use crate::support::{Program, answer_no, definition, on_both_engines, small};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;
use std::thread;
use zip::ZipArchive;

on_both_engines! { Program:
    a_backup_that_was_altered_or_cut_off_is_noticed_before_anything_is_restored
    a_place_that_has_something_already_is_left_as_it_was
    what_is_no_backup_is_refused
}

const RESPONSES: &str = "/api/v1/surveys/page-useful/responses";

/// What is in a backup, by the names of its entries, but for the manifest, which has the time.
fn entries(file: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut archive = ZipArchive::new(File::open(file).unwrap()).unwrap();
    let mut entries = BTreeMap::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).unwrap();
        entries.insert(entry.name().unwrap().into_owned(), content);
    }
    assert!(entries.remove("manifest.json").is_some());
    entries
}

fn rows(entries: &BTreeMap<String, Vec<u8>>, table: &str) -> Vec<Value> {
    let lines = String::from_utf8(entries[&format!("{table}.jsonl")].clone()).unwrap();
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// A program with something of everything: two versions, a picture, quotas, a token, places, and a response taken back.
fn filled(program: &Program) -> (String, Vec<String>) {
    let place = program.directory.path();
    fs::write(place.join("park.png"), b"\x89PNG\r\n\x1a\n0123456789").unwrap();
    let picture = json!({"name": "seen", "type": "note", "text": "Look",
        "media": [{"kind": "image", "src": "park.png", "alt": "A park"}]});
    let quota = json!({"quotas": [{"name": "yes", "if": "useful == 1", "limit": 9}]});
    program.file("small.json", &small(&quota, &[picture]));
    program.file("d.json", &definition("page-useful").replace("\"code\": 1", "\"code\": 2"));
    program.succeed(&["publish", "d.json"]);
    program.file("d.json", &definition("page-useful"));
    let version = |said: String| said.trim().rsplit_once(' ').unwrap().1.to_owned();
    let small = version(program.succeed(&["publish", "small.json"]));
    let version = version(program.succeed(&["publish", "d.json"]));
    program.succeed(&["token", "create", "--name", "analyst", "--survey", "small"]);
    program.file("kato.csv", "te;name_kaz;name_rus\n610000000;Түркістан;Туркестан\n");
    program.succeed(&["places", "import", "kato.csv", "--as-of", "2026-01-01"]);

    let server = program.serve();
    let body = crate::support::response('a', "small", &small, &json!({"useful": 1}));
    let in_group = server.client.post_json("/api/v1/surveys/small/responses", &body);
    assert_eq!(in_group.status, 201);
    let kept =
        |digit| server.client.post_json(RESPONSES, &answer_no(digit, &version, "Әйгүл \"\n")).receipt();
    let receipts: Vec<String> = ['b', 'c', 'd'].map(kept).into();
    assert_eq!(server.client.withdraw(&receipts[0]).status, 204);
    (version, receipts)
}

#[test]
fn a_backup_goes_from_engine_to_engine_and_back_while_responses_keep_arriving() {
    let (first, second, third) = (Program::new(), Program::on_postgres(), Program::new());
    let (version, receipts) = filled(&first);
    let server = first.serve();
    let before = first.rows();
    let statuses = thread::scope(|scope| {
        let send = |number: u32| {
            let mut body = answer_no('a', &version, "more");
            body["id"] = json!(format!("{number:032x}"));
            server.client.post_json(RESPONSES, &body).status
        };
        let sending = scope.spawn(move || (0..200).map(send).collect::<Vec<u16>>());
        let said = first.succeed(&["backup", "one.zip"]);
        assert!(
            said.starts_with("backed up: surveys 2, responses ") && said.contains(", files 1, in one.zip")
        );
        sending.join().unwrap()
    });
    assert!(statuses.iter().all(|status| *status == 201) && first.rows() == before + 200);
    drop(server);

    let one = first.directory.path().join("one.zip");
    let said = second.succeed(&["restore", one.to_str().unwrap()]);
    assert!(said.starts_with("restored: surveys 2, responses "), "{said}");
    second.succeed(&["backup", "two.zip"]);
    let two = second.directory.path().join("two.zip");
    third.succeed(&["restore", two.to_str().unwrap()]);
    third.succeed(&["backup", "three.zip"]);
    let (one, two) = (entries(&one), entries(&two));
    assert!(one == two && two == entries(&third.directory.path().join("three.zip")));
    assert_eq!(one.keys().filter(|name| name.starts_with("media/")).count(), 1);
    for (table, count) in
        [("surveys", 2), ("versions", 3), ("withdrawn", 1), ("quota_members", 1), ("tokens", 1)]
    {
        assert_eq!(rows(&one, table).len(), count, "{table}");
    }
    let positions: Vec<i64> =
        rows(&one, "responses").iter().map(|row| row["seq"].as_i64().unwrap()).collect();
    assert_eq!(positions, (1..=i64::try_from(positions.len()).unwrap()).collect::<Vec<_>>(), "one moment");

    for program in [second, third] {
        goes_on(&program, &version, &receipts);
    }
}

/// After restoring: ids, receipts, the order of arrival and files are as they were.
fn goes_on(program: &Program, version: &str, receipts: &[String]) {
    let server = program.serve();
    let post = |digit| server.client.post_json(RESPONSES, &answer_no(digit, version, "Әйгүл \"\n"));
    let again = post('c');
    assert_eq!((again.status, again.receipt()), (200, receipts[1].clone()));
    assert_eq!(post('b').problem(), "withdrawn");
    assert_eq!(server.client.withdraw(&receipts[2]).status, 204);
    let rows = program.rows();
    assert_eq!(post('e').status, 201, "the next position is one that nobody has");
    assert_eq!(program.rows(), rows + 1);
    let small = server.client.get("/api/v1/surveys/small").json()["version"].as_str().unwrap().to_owned();
    let picture = server.client.send("HEAD", &format!("/s/small/media/{small}/park.png"), &[], "");
    assert_eq!((picture.status, picture.header("content-type")), (200, "image/png"));
    assert!(program.succeed(&["token", "list"]).contains("opens small"));
    assert!(program.succeed(&["places", "list"]).contains("Түркістан"));
}

/// What is sent of a response to `long` before the whole.
fn part(digit: char, version: &str, turn: u32) -> Value {
    let mut part = crate::support::response(digit, "long", version, &json!({"used": 1, "why": "Әйгүл"}));
    part["turn"] = json!(turn);
    part["seen"] = json!(["used", "why"]);
    part
}

const PARTS: &str = "/api/v1/surveys/long/partials";
const AS_JSON: [(&str, &str); 1] = [("content-type", "application/json")];

/// A program with a part of `a`, a part of `b` that was taken back, and the whole of `c` in place of its part.
fn filled_in_parts(program: &Program) -> String {
    let question = |name: &str| json!({"name": name, "type": "text", "text": "What?", "max": 9});
    let used = json!({"name": "used", "type": "yes_no", "text": "Used?"});
    let definition = json!({"format": 1, "id": "long", "languages": ["kk", "ru"], "title": "Long", "review": false,
        "partials": true, "pages": [
            {"id": "p1", "questions": [used, question("why")]}, {"id": "p2", "questions": [question("more")]}]});
    program.file("long.json", &definition.to_string());
    let version = program.succeed(&["publish", "long.json"]).trim().rsplit_once(' ').unwrap().1.to_owned();
    let server = program.serve();
    for (digit, turn) in [('a', 3), ('b', 1), ('c', 1)] {
        let kept = server.client.send("PUT", PARTS, &AS_JSON, part(digit, &version, turn).to_string());
        assert_eq!(kept.json(), json!({"turn": turn}));
    }
    let name = json!({"id": "b".repeat(32)}).to_string();
    assert_eq!(server.client.send("DELETE", PARTS, &AS_JSON, name).status, 204);
    let whole = crate::support::response('c', "long", &version, &json!({"used": 0}));
    assert_eq!(server.client.post_json("/api/v1/surveys/long/responses", &whole).status, 201);
    version
}

/// After restoring: the part is there, an earlier one is known to be earlier, what was taken back stays away, and the whole
/// takes the place of its part.
fn parts_go_on(program: &Program, version: &str) {
    let parts = || program.succeed(&["export", "long", "--format", "csv", "--partials"]);
    assert!(parts().lines().count() == 2 && parts().contains("Әйгүл"), "{}", parts());
    let server = program.serve();
    let put =
        |digit, turn| server.client.send("PUT", PARTS, &AS_JSON, part(digit, version, turn).to_string());
    assert_eq!(put('a', 2).json(), json!({"turn": 3}));
    assert_eq!(put('b', 9).problem(), "withdrawn");
    assert_eq!(put('c', 9).json(), json!({"complete": true}));
    let whole = crate::support::response('a', "long", version, &json!({"used": 0}));
    assert_eq!(server.client.post_json("/api/v1/surveys/long/responses", &whole).status, 201);
    assert_eq!((parts().lines().count(), program.rows()), (1, 3), "two wholes and what was taken back");
    assert_eq!(put('d', 1).json(), json!({"turn": 1}), "the next position is one that nobody has");
}

#[test]
fn a_part_of_a_response_is_restored_on_either_engine_and_goes_on() {
    let engines: [fn() -> Program; 2] = [Program::new, Program::on_postgres];
    for source in engines.map(|engine| engine()) {
        let version = filled_in_parts(&source);
        source.succeed(&["backup", "parts.zip"]);
        let backup = source.directory.path().join("parts.zip");
        for target in engines.map(|engine| engine()) {
            target.succeed(&["restore", backup.to_str().unwrap()]);
            parts_go_on(&target, &version);
        }
    }
}

fn a_backup_that_was_altered_or_cut_off_is_noticed_before_anything_is_restored(program: &Program) {
    let source = Program::new();
    filled(&source);
    source.succeed(&["backup", "whole.zip"]);
    let whole = fs::read(source.directory.path().join("whole.zip")).unwrap();
    // The picture is kept as it is, so that one byte of it can be changed and nothing else.
    let picture = whole.windows(10).position(|bytes| bytes == b"0123456789").unwrap();
    let mut altered = whole.clone();
    altered[picture] = b'X';
    for (content, said) in [
        (altered, "is not as it was written"),
        (whole[..whole.len() - 100].to_vec(), "is no backup of Qulaq, or not all of one"),
    ] {
        fs::write(program.directory.path().join("b.zip"), content).unwrap();
        let failed = program.fail(&["restore", "b.zip"]);
        assert!(failed.contains(said), "{failed}");
        assert!(!program.data().exists());
        assert!(program.fail(&["token", "list"]).contains("there is no"), "nothing was made");
    }
}

fn a_place_that_has_something_already_is_left_as_it_was(program: &Program) {
    let source = Program::new();
    filled(&source);
    source.succeed(&["backup", "b.zip"]);
    program.file("d.json", &definition("page-useful"));
    program.succeed(&["publish", "d.json"]);
    let backup = source.directory.path().join("b.zip");
    let said = program.fail(&["restore", backup.to_str().unwrap()]);
    assert!(said.contains("nothing was restored"), "{said}");
    assert_eq!(program.rows(), 0);
    assert_eq!(program.succeed(&["token", "list"]), "");
}

fn what_is_no_backup_is_refused(program: &Program) {
    program.file("no.zip", "PK and nothing more");
    assert!(program.fail(&["restore", "no.zip"]).contains("no.zip is no backup of Qulaq"));
    assert!(program.fail(&["restore", "missing.zip"]).contains("cannot read missing.zip"));
}

#[test]
fn a_backup_is_for_its_owner_alone_and_never_in_place_of_another() {
    let program = Program::new();
    filled(&program);
    program.succeed(&["backup", "b.zip"]);
    let file = program.directory.path().join("b.zip");
    let before = fs::read(&file).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }
    assert!(program.fail(&["backup", "b.zip"]).contains("b.zip is there already"));
    assert_eq!(fs::read(&file).unwrap(), before);
    assert_eq!(fs::read_dir(program.directory.path()).unwrap().count(), 7, "no unfinished file is left");
}

#[test]
fn a_backup_lacks_no_file_without_saying_so() {
    let program = Program::new();
    filled(&program);
    fs::remove_dir_all(program.data().join("media")).unwrap();
    let said = program.fail(&["backup", "b.zip"]);
    assert!(said.contains("of a survey is missing") && said.contains("qulaq doctor"), "{said}");
    assert!(!program.directory.path().join("b.zip").exists());
}
