//! What came of a survey: beside the closed form, on its page, in the feeds and out of the command line.

use crate::support::{Collector, Program, Reply, definition, response};
use collector::clock::Minute;
use collector::store::{Archived, Outcome};
use serde_json::{Value, json};

const HOSTILE: &str = "<img src=x onerror=alert(1)> ]]> & +7 балл\n\nЕкінші \"абзац\"";

/// Publishes an outcome as it is kept.
fn publish(collector: &Collector, survey: &str, number: u32, minute: i64, said: &Value) {
    let (survey, said) = (survey.to_owned(), said.to_string());
    let outcome = Outcome { survey, number, minute: Minute(minute), who: "aigul".to_owned(), said };
    assert!(collector.wait(collector.store.publish_outcome(outcome)).unwrap());
}

fn texts(heard: &str) -> Value {
    let of = |lang: &str| json!({"heard": format!("{heard} ({lang})"), "did": format!("did {lang}")});
    json!({"texts": {"kk": of("kk"), "ru": of("ru"), "en": of("en")}})
}

/// 2026-12-03T10:15 in Kazakhstan.
const DAY: i64 = 29_937_915;

fn fragment(collector: &Collector, lang: &str) -> Reply {
    collector.get(&format!("/api/v1/surveys/page-useful/fragment?lang={lang}"))
}

#[test]
fn it_stands_beside_the_form_once_that_is_closed_in_each_language_and_escaped() {
    let collector = Collector::start();
    collector.publish_example("page-useful");
    publish(&collector, "page-useful", 1, DAY, &texts(HOSTILE));
    assert!(!fragment(&collector, "kk").body.contains("around"), "an open form is asked alone");
    collector.wait(collector.store.close("page-useful")).unwrap();
    for (lang, day, heard) in
        [("kk", "2026 ж. 3 желтоқсан", "Не естідік"), ("ru", "3 декабря 2026 г.", "Что мы услышали")]
    {
        for page in [
            fragment(&collector, lang),
            collector.get(&format!("/s/page-useful?lang={lang}")),
            collector.get(&format!("/s/page-useful/outcome?lang={lang}")),
            collector.get(&format!("/api/v1/surveys/page-useful/outcome/fragment?lang={lang}")),
            collector.get(&format!("/api/v1/surveys/page-useful/around?lang={lang}")),
        ] {
            let told = [
                day,
                heard,
                "&lt;img src=x onerror=alert(1)&gt;",
                "<p>Екінші &quot;абзац&quot;",
                "datetime=\"2026-12-03\"",
            ];
            assert!(told.iter().all(|told| page.body.contains(told)), "{lang}: {}", page.body);
            assert!(page.body.contains(&format!("({lang})")) && !page.body.contains("<img"), "{}", page.body);
        }
    }
}

#[test]
fn a_correction_is_another_outcome_and_both_say_so() {
    let collector = Collector::start();
    collector.publish_example("page-useful");
    publish(&collector, "page-useful", 1, DAY, &texts("first"));
    let mut second = texts("second");
    second["corrects"] = json!(1);
    publish(&collector, "page-useful", 2, DAY + 1440, &second);
    let page = collector.get("/s/page-useful/outcome?lang=en").body;
    let (newer, older) = page.split_once("id=\"outcome-1\"").unwrap();
    assert!(
        newer.contains("id=\"outcome-2\"")
            && newer.contains("Correction of what was published on this day: 3 December 2026."),
        "{page}"
    );
    assert!(older.contains("corrected later, on this day: 4 December 2026."), "{page}");
}

#[test]
fn an_archived_survey_says_so_for_ever_and_why_nothing_came_of_it() {
    let collector = Collector::start();
    let version = collector.publish_example("page-useful");
    let reason = json!({"kk": "Себеп <Ә>", "ru": "Причина", "en": "Reason"}).to_string();
    let archived = Archived {
        survey: "page-useful".to_owned(),
        minute: Minute(DAY),
        who: "aigul".to_owned(),
        reason: Some(reason),
    };
    collector.wait(collector.store.archive(archived)).unwrap();
    let body = fragment(&collector, "kk").body;
    assert!(body.contains("Себеп &lt;Ә&gt;") && body.contains("мұрағатқа өткізілді"), "{body}");
    let refused = collector.post_json(
        "/api/v1/surveys/page-useful/responses",
        &response('a', "page-useful", &version, &json!({"useful": 1})),
    );
    assert_eq!((refused.status, refused.problem().as_str()), (403, "closed"));
}

#[test]
fn feeds_are_whole_in_each_language_and_are_sent_once() {
    let collector = Collector::start();
    collector.publish_example("page-useful");
    collector.publish_example("service-done");
    publish(&collector, "page-useful", 1, DAY, &texts(HOSTILE));
    publish(&collector, "service-done", 1, DAY + 60, &texts("later"));
    let feed = collector.get("/outcomes.json?lang=ru");
    assert_eq!(feed.header("content-type"), "application/feed+json");
    let feed_of_all = feed.json();
    assert_eq!(feed_of_all["version"], "https://jsonfeed.org/version/1.1");
    let items = feed_of_all["items"].as_array().unwrap();
    let ends = |id: &Value, end: &str| id.as_str().unwrap().ends_with(end);
    assert!(ends(&items[0]["id"], "/s/service-done/outcome#outcome-1"), "the newest first");
    assert_eq!(items[1]["date_published"], "2026-12-03T10:15:00+05:00");
    assert!(items[1]["content_html"].as_str().unwrap().contains("&lt;img src=x"));
    let one = collector.get("/s/page-useful/outcome.json?lang=kk").json();
    assert_eq!((one["items"].as_array().unwrap().len(), one["language"].as_str()), (1, Some("kk")));
    assert_eq!(one["items"][0]["id"], items[1]["id"], "one outcome has one id in every feed");
    for path in ["/outcomes.atom", "/s/page-useful/outcome.atom", "/outcomes.json"] {
        let reply = collector.get(&format!("{path}?lang=en"));
        let known = collector.client.send(
            "GET",
            &format!("{path}?lang=en"),
            &[("if-none-match", reply.header("etag"))],
            "",
        );
        assert_eq!((reply.status, known.status), (200, 304), "{path}");
    }
    let atom = collector.get("/outcomes.atom?lang=en").body;
    assert!(
        atom.contains("<updated>2026-12-03T11:15:00+05:00</updated>") && atom.contains("&amp;lt;img"),
        "{atom}"
    );
}

#[test]
fn a_list_of_all_goes_on_page_by_page() {
    let collector = Collector::start();
    collector.publish_example("page-useful");
    for number in 1..=23 {
        publish(&collector, "page-useful", number, DAY + i64::from(number), &texts("x"));
    }
    let page = collector.get("/outcomes?lang=en").body;
    assert_eq!(page.matches("<li>").count(), 20);
    let earlier = page.split("before=").nth(1).unwrap().split('"').next().unwrap();
    let rest = collector.get(&format!("/outcomes?lang=en&before={earlier}")).body;
    assert_eq!(rest.matches("<li>").count(), 3);
    assert!(!rest.contains("before="), "{rest}");
    let latest = collector.get("/api/v1/outcomes/fragment?lang=kk&latest=1").body;
    assert!(latest.contains("#outcome-23\"") && latest.matches("<a ").count() == 1, "{latest}");
}

#[test]
fn where_nothing_is_published_blocks_are_empty_and_pages_say_so() {
    let collector = Collector::start();
    collector.publish_example("page-useful");
    collector.wait(collector.store.close("page-useful")).unwrap();
    for path in [
        "/api/v1/surveys/page-useful/outcome/fragment",
        "/api/v1/surveys/page-useful/around",
        "/api/v1/outcomes/fragment",
    ] {
        let reply = collector.get(path);
        assert_eq!((reply.status, reply.body.as_str()), (200, ""), "{path}");
    }
    for path in ["/outcomes?lang=en", "/s/page-useful/outcome?lang=en"] {
        assert!(collector.get(path).body.contains("No outcome has been published yet."), "{path}");
    }
    assert!(!fragment(&collector, "en").body.contains("around"));
    assert_eq!(collector.get("/s/nothing/outcome").status, 404);
    assert_eq!(collector.get("/outcomes?before=x&lang=xx").status, 200);
}

/// A file with an outcome, and whether the program took it.
fn outcome_file(program: &Program, name: &str, content: &Value) -> String {
    program.file(name, &content.to_string()).display().to_string()
}

#[test]
fn the_command_line_publishes_what_is_sound_and_archives_nothing_that_owes_an_outcome() {
    let program = Program::new();
    let survey = program.file("survey.json", &definition("page-useful")).display().to_string();
    program.succeed(&["publish", &survey]);
    assert!(program.fail(&["archive", "page-useful"]).contains("publish one (`qulaq outcome`)"));
    assert!(
        program.fail(&["archive", "page-useful", "--reason", "kk=Себеп"]).contains("the reason lacks in")
    );
    assert!(program.fail(&["archive", "nothing", "--reason", "kk=Себеп"]).contains("no survey \"nothing\""));

    let half = outcome_file(&program, "half.json", &json!({"texts": {"kk": {"heard": "a", "did": "b"}}}));
    let said = program.fail(&["outcome", "page-useful", &half]);
    assert!(said.contains("lacks in ru") && said.contains("nothing was published"), "{said}");
    let mut figures = texts("a");
    figures["figures"] = json!(["useful"]);
    let figures = outcome_file(&program, "figures.json", &figures);
    let said = program.fail(&["outcome", "page-useful", &figures]);
    assert!(said.contains("nothing may be shown of the question \"useful\""), "{said}");
    let strange = outcome_file(&program, "strange.json", &json!({"texts": {}, "colour": "red"}));
    assert!(program.fail(&["outcome", "page-useful", &strange]).contains("is not an outcome"));

    let whole = outcome_file(&program, "whole.json", &texts("a"));
    assert!(
        program
            .succeed(&["outcome", "page-useful", &whole])
            .starts_with("published: outcome 1 of page-useful, ")
    );
    assert_eq!(program.succeed(&["archive", "page-useful"]), "archived: page-useful\n");
    assert_eq!(program.succeed(&["archive", "page-useful"]), "already archived: page-useful\n");
    assert!(program.fail(&["publish", &survey]).contains("is archived and is not opened again"));
    let page = program.serve().client.get("/s/page-useful/outcome?lang=kk").body;
    assert!(page.contains("a (kk)") && page.contains("мұрағатқа өткізілді"), "{page}");
}
