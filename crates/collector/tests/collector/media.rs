//! Pictures, sound and videos: from beside the definition to every page that shows it.

use crate::support::{Collector, Program, on_both_engines, small};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

on_both_engines! { Collector:
    a_part_of_a_video_is_sent_when_it_is_asked_for
    pages_name_the_files_where_they_are_and_may_show_them
}

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n0123456789";
const CAPTIONS: &str = "WEBVTT\n\n00:01.000 --> 00:02.000\nA walk\n";

fn video(length: usize) -> Vec<u8> {
    let mut bytes = b"\0\0\0\x20ftypisom".to_vec();
    bytes.resize(length, b'v');
    bytes
}

/// A definition with a picture, and a video with captions.
fn illustrated() -> String {
    let media = json!([
        {"kind": "image", "src": "media/park.png", "alt": "A park"},
        {"kind": "video", "src": "media/walk.mp4", "alt": "A walk", "captions": "media/walk.vtt"},
    ]);
    small(&json!({}), &[json!({"name": "seen", "type": "note", "text": "Look", "media": media})])
}

fn write_files(directory: &Path) {
    fs::create_dir_all(directory.join("media")).unwrap();
    fs::write(directory.join("media/park.png"), PNG).unwrap();
    fs::write(directory.join("media/walk.mp4"), video(1000)).unwrap();
    fs::write(directory.join("media/walk.vtt"), CAPTIONS).unwrap();
}

fn version(said: &str) -> String {
    said.trim().rsplit_once(' ').unwrap().1.to_owned()
}

#[test]
fn files_beside_the_definition_are_published_with_it_and_served_for_ever() {
    let program = Program::new();
    write_files(program.directory.path());
    program.file("d.json", &illustrated());
    let version = version(&program.succeed(&["publish", "d.json"]));
    fs::remove_dir_all(program.directory.path().join("media")).unwrap();
    let server = program.serve();
    let get =
        |path: &str| server.client.send("HEAD", &format!("/s/small/media/{version}/media/{path}"), &[], "");
    for (path, content_type, length) in [
        ("park.png", "image/png", "18"),
        ("walk.mp4", "video/mp4", "1000"),
        ("walk.vtt", "text/vtt; charset=utf-8", "39"),
    ] {
        let reply = get(path);
        assert_eq!((reply.status, reply.header("content-type")), (200, content_type), "{path}");
        assert_eq!(reply.header("content-length"), length, "{path}");
        assert_eq!(reply.header("cache-control"), "public, max-age=31536000, immutable");
        assert_eq!(reply.header("x-content-type-options"), "nosniff");
        assert_eq!(reply.header("access-control-allow-origin"), "*");
        assert_eq!(reply.header("cross-origin-resource-policy"), "cross-origin");
        assert_eq!(reply.header("accept-ranges"), "bytes");
    }
    for path in ["other.png", "../../qulaq.db", "%2e%2e/%2e%2e/qulaq.db", ""] {
        assert_eq!(get(path).status, 404, "{path}");
    }
    assert_eq!(server.client.get("/s/small/media/0/media/park.png").problem(), "unknown_route");
}

fn a_part_of_a_video_is_sent_when_it_is_asked_for(collector: &Collector) {
    write_files(collector.directory.path());
    let version = collector.publish_with_files(&illustrated());
    let path = format!("/s/small/media/{version}/media/walk.mp4");
    let ask = |range: &str| collector.send("GET", &path, &[("range", range)], "");
    let part = ask("bytes=100-149");
    assert_eq!((part.status, part.header("content-range")), (206, "bytes 100-149/1000"));
    assert_eq!((part.body.as_str(), part.header("content-type")), ("v".repeat(50).as_str(), "video/mp4"));
    assert_eq!(ask("bytes=990-").body, "v".repeat(10));
    assert_eq!(ask("bytes=-10").header("content-range"), "bytes 990-999/1000");
    let beyond = ask("bytes=5000-");
    assert_eq!((beyond.status, beyond.header("content-range")), (416, "bytes */1000"));
}

fn pages_name_the_files_where_they_are_and_may_show_them(collector: &Collector) {
    write_files(collector.directory.path());
    let version = collector.publish_with_files(&illustrated());
    let page = collector.get("/s/small");
    let policy = page.header("content-security-policy");
    assert!(policy.contains("img-src 'self'; media-src 'self';"), "{policy}");
    let path = format!("/s/small/media/{version}/media/park.png");
    assert!(page.body.contains(&format!("src=\"{path}\"")), "{}", page.body);
    let fragment = collector.get("/api/v1/surveys/small/fragment");
    assert!(fragment.body.contains(&format!("src=\"{}{path}\"", collector.origin)), "{}", fragment.body);
    assert!(!collector.publish_example("page-useful").is_empty());
    assert!(!collector.get("/s/page-useful").body.contains("/media/"));
}

#[test]
fn another_picture_under_the_same_name_is_another_version() {
    let program = Program::new();
    write_files(program.directory.path());
    program.file("d.json", &illustrated());
    let publish = || program.succeed(&["publish", "d.json"]);
    let first = version(&publish());
    assert!(publish().starts_with("already published"));
    fs::write(program.directory.path().join("media/park.png"), [PNG, b"!"].concat()).unwrap();
    let second = version(&publish());
    assert_ne!(first, second);
    let server = program.serve();
    let length = |version: &str| {
        let path = format!("/s/small/media/{version}/media/park.png");
        server.client.send("HEAD", &path, &[], "").header("content-length").to_owned()
    };
    assert_eq!((length(&first), length(&second)), ("18".to_owned(), "19".to_owned()));
    assert_eq!(fs::read_dir(program.data().join("media")).unwrap().count(), 4);
}

#[test]
fn a_page_that_embeds_the_survey_is_told_to_allow_its_files() {
    let program = Program::new();
    write_files(program.directory.path());
    program.file("d.json", &illustrated());
    program.succeed(&["publish", "d.json"]);
    let needs = || {
        let output =
            program.run(&["embed", "small", "--public-url", "https://q.example", "--widget", "widget"]);
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(needs().contains("  img-src https://q.example\n  media-src https://q.example\n"), "{}", needs());
    program.file("d.json", &small(&json!({}), &[]));
    program.succeed(&["publish", "d.json"]);
    assert!(needs().contains("connect-src") && !needs().contains("img-src"), "{}", needs());
}

/// A program with this medium in a definition, the files of which were prepared in its directory.
fn holding(medium: &Value, prepare: impl FnOnce(&Path)) -> Program {
    let program = Program::new();
    let directory = program.directory.path().join("survey");
    fs::create_dir_all(&directory).unwrap();
    prepare(&directory);
    let note: Value = json!({"name": "seen", "type": "note", "text": "Look", "media": [medium]});
    fs::write(directory.join("d.json"), small(&json!({}), &[note])).unwrap();
    program
}

/// What is said against it when it is published, which leaves nothing behind.
fn said_against(program: &Program) -> String {
    let said = program.fail(&["publish", "survey/d.json"]);
    assert!(
        said.contains("pages[0].questions[1].media[0].") && said.contains("nothing was published"),
        "{said}"
    );
    assert!(!program.data().exists());
    said
}

/// Publishes a definition with one file of this kind, and gives what is said against it.
fn refused(kind: &str, name: &str, prepare: impl FnOnce(&Path)) -> String {
    said_against(&holding(&json!({"kind": kind, "src": name, "alt": "A"}), prepare))
}

/// A video with a track of sound.
fn spoken() -> Vec<u8> {
    [video(100).as_slice(), b"hdlr\0\0\0\0\0\0\0\0soun", &[0; 100_000]].concat()
}

#[test]
fn a_picture_that_moves_is_refused_and_one_that_stands_still_is_not() {
    let moving = refused("image", "park.png", |directory| {
        fs::write(directory.join("park.png"), [PNG, b"\0\0\0\x08acTL\0\0\0\x02"].concat()).unwrap();
    });
    assert!(moving.contains("[moving-picture]") && moving.contains("WCAG 2.2, 2.2.2 and 2.3.1"), "{moving}");
    let webp = |flags: u8| [b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0".as_slice(), &[flags, 0, 0, 0]].concat();
    let moving = refused("image", "park.webp", |directory| {
        fs::write(directory.join("park.webp"), webp(0x02)).unwrap();
    });
    assert!(moving.contains("[moving-picture]"), "{moving}");
    let still = holding(&json!({"kind": "image", "src": "park.webp", "alt": "A park"}), |directory| {
        fs::write(directory.join("park.webp"), webp(0x10)).unwrap();
    });
    still.succeed(&["publish", "survey/d.json"]);
}

#[test]
fn a_video_with_sound_is_refused_without_captions_that_say_something() {
    let write = |captions: &'static str| {
        move |directory: &Path| {
            fs::write(directory.join("walk.mp4"), spoken()).unwrap();
            fs::write(directory.join("walk.vtt"), captions).unwrap();
        }
    };
    let medium = |kind: &str| json!({"kind": kind, "src": "walk.mp4", "alt": "Who walks says where they go"});
    let captioned = json!({"kind": "video", "src": "walk.mp4", "captions": "walk.vtt", "alt": "Who walks says where they go"});
    let said = said_against(&holding(&medium("video"), write(CAPTIONS)));
    assert!(said.contains("media[0].src: ") && said.contains("[no-captions]"), "{said}");
    let said = said_against(&holding(&captioned, write("WEBVTT\n")));
    assert!(said.contains("media[0].captions: ") && said.contains("[no-captions]"), "{said}");
    for (medium, why) in
        [(&captioned, "captioned"), (&medium("sign"), "signed: its words are the question's")]
    {
        let said = holding(medium, write(CAPTIONS)).succeed(&["publish", "survey/d.json"]);
        assert!(said.starts_with("published"), "{why}: {said}");
    }
}

#[test]
fn a_file_that_cannot_be_shown_is_a_fault_that_says_what_to_do() {
    let missing = refused("image", "park.png", |_| {});
    assert!(missing.contains("park.png, which is not in survey. Put it there."), "{missing}");
    let gif = refused("image", "park.png", |directory| {
        fs::write(directory.join("park.png"), "GIF89a").unwrap();
    });
    assert!(gif.contains("is not a picture of the types PNG, JPEG or WebP"), "{gif}");
    let large = refused("image", "park.png", |directory| {
        let file = fs::File::create(directory.join("park.png")).unwrap();
        file.set_len(2_000_001).unwrap();
    });
    assert!(large.contains("park.png of 2.1 MB. Make it smaller: 2 MB are taken."), "{large}");
    let page = refused("video", "park.mp4", |directory| {
        fs::write(directory.join("park.mp4"), "<html><script>alert(1)</script>").unwrap();
    });
    assert!(page.contains("is not a video of the types MP4 or WebM"), "{page}");
    let directory = refused("audio", "sound", |directory| fs::create_dir(directory.join("sound")).unwrap());
    assert!(directory.contains("is no file"), "{directory}");
    assert!(refused("image", "../park.png", |_| {}).contains("below the place of the definition"));
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_out_is_not_followed() {
    use std::os::unix::fs::symlink;
    let out = refused("image", "park.png", |directory| {
        fs::write(directory.join("../secret.png"), PNG).unwrap();
        symlink("../secret.png", directory.join("park.png")).unwrap();
    });
    assert!(out.contains("leads out of survey"), "{out}");
    let above = refused("image", "up/secret.png", |directory| {
        fs::write(directory.join("../secret.png"), PNG).unwrap();
        symlink("..", directory.join("up")).unwrap();
    });
    assert!(above.contains("leads out of survey"), "{above}");
}
