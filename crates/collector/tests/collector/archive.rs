//! The widget of earlier versions: what a page has pinned stays where it is.

use crate::support::{Program, Running};
use std::fs;
use std::path::Path;

/// A package of a later version, with a folder of its own in it.
fn write_later(directory: &Path) {
    let files = ["qulaq.js", "2.0.0-def/qulaq.js", "2.0.0-def/words/kk.json"];
    for file in files {
        fs::create_dir_all(directory.join(file).parent().unwrap()).unwrap();
        fs::write(directory.join(file), format!("later {file}")).unwrap();
    }
    let files = files.map(|path| serde_json::json!({"path": path, "integrity": "sha384-y"}));
    let manifest = serde_json::json!({"version": "2.0.0-def", "files": files});
    fs::write(directory.join("manifest.json"), manifest.to_string()).unwrap();
}

fn serve(program: &Program, widget: &str) -> Running {
    Running::start(program.command(&["serve", "--listen", "127.0.0.1:0", "--widget", widget]))
}

#[test]
fn files_of_an_earlier_version_are_served_after_an_upgrade_as_they_were() {
    let program = Program::new();
    write_later(&program.directory.path().join("later"));
    drop(serve(&program, "widget"));
    let server = serve(&program, "later");
    let old = server.client.get("/widget/1.0.0-abc/qulaq.js");
    assert_eq!((old.status, old.body.as_str()), (200, "plain 1.0.0-abc/qulaq.js"));
    assert_eq!(old.header("content-type"), "text/javascript; charset=utf-8");
    assert_eq!(old.header("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(old.header("access-control-allow-origin"), "*");
    let known = [("if-none-match", old.header("etag"))];
    assert_eq!(server.client.send("GET", "/widget/1.0.0-abc/qulaq.js", &known, "").status, 304);
    let small = [("accept-encoding", "br")];
    let small = server.client.send("HEAD", "/widget/1.0.0-abc/app.wasm", &small, "");
    assert_eq!((small.status, small.header("content-encoding")), (200, "br"));

    let loader = server.client.get("/widget/qulaq.js");
    assert_eq!((loader.body.as_str(), loader.header("cache-control")), ("later qulaq.js", "no-cache"));
    assert_eq!(server.client.get("/widget/2.0.0-def/qulaq.js").body, "later 2.0.0-def/qulaq.js");
    drop(server);

    let downgraded = serve(&program, "widget");
    let words = downgraded.client.get("/widget/2.0.0-def/words/kk.json");
    assert_eq!((words.status, words.header("content-type")), (200, "application/json"));
}

#[test]
fn no_path_leads_from_the_versions_to_anything_else_on_the_disk() {
    let program = Program::new();
    let widget = program.data().join("widget");
    fs::create_dir_all(widget.join("0.9.0-old")).unwrap();
    fs::write(widget.join("0.9.0-old/qulaq.js"), "old").unwrap();
    fs::write(widget.join("0.9.0-old/qulaq.js.gz"), "copy").unwrap();
    fs::create_dir_all(widget.join(".unfinished-x/files")).unwrap();
    fs::write(widget.join(".unfinished-x/files/qulaq.js"), "half").unwrap();
    fs::write(widget.join("beside"), "beside").unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(program.data(), widget.join("0.9.0-old/link")).unwrap();
    let server = program.serve();
    assert_eq!(server.client.get("/widget/0.9.0-old/qulaq.js").body, "old");
    for path in [
        "0.9.0-old/../../qulaq.db",
        "0.9.0-old/%2e%2e/%2e%2e/qulaq.db",
        "0.9.0-old/..%2f..%2fqulaq.db",
        "0.9.0-old//../../qulaq.db",
        "%2e%2e/qulaq.db",
        "..%5cqulaq.db",
        "0.9.0-old/link/qulaq.db",
        "0.9.0-old/qulaq.js.gz",
        "0.9.0-old/qulaq.js%00",
        "0.9.0-old",
        "0.9.0-old/",
        ".unfinished-x/files/qulaq.js",
        "beside",
        "/etc/passwd",
        "%2fetc%2fpasswd",
    ] {
        assert_eq!(server.client.get(&format!("/widget/{path}")).status, 404, "{path}");
    }
}

#[test]
fn a_file_that_somebody_deleted_meanwhile_is_not_found() {
    let program = Program::new();
    let old = program.data().join("widget/0.9.0-old");
    fs::create_dir_all(&old).unwrap();
    fs::write(old.join("qulaq.js"), "old").unwrap();
    let server = program.serve();
    fs::remove_dir_all(&old).unwrap();
    assert_eq!(server.client.get("/widget/0.9.0-old/qulaq.js").status, 404);
}
