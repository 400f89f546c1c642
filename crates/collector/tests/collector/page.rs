//! The hosted page for machines and for frames: what search engines, messengers and content systems are told.

use crate::support::{Collector, Program, Running, definition, urlencoded};

/// A collector with a survey in three languages, whose page may be framed by one origin.
fn collector() -> Collector {
    let collector = Collector::allowing(&["https://agency.example", "http://127.0.0.1:8081"]);
    collector.publish_example("page-useful");
    collector
}

#[test]
fn the_title_is_in_both_languages_of_the_state_on_pages_in_either() {
    let collector = collector();
    let title = |lang: &str| {
        let page = collector.get(&format!("/s/page-useful?lang={lang}"));
        page.body.split("<title>").nth(1).unwrap().split("</title>").next().unwrap().to_owned()
    };
    let both = "Осы бет туралы пікір / Отзыв об этой странице · ";
    assert!(title("kk").starts_with(both) && title("kk").ends_with("департаменті"), "{}", title("kk"));
    assert!(title("ru").starts_with(both), "{}", title("ru"));
    assert!(title("en").starts_with("Feedback on this page · "), "{}", title("en"));
}

#[test]
fn machines_read_the_languages_the_title_and_the_first_paragraph_of_the_notice() {
    let collector = collector();
    let (host, page) = (&collector.origin, collector.get("/s/page-useful?lang=ru").body);
    for line in [
        format!("<link rel=\"canonical\" href=\"{host}/s/page-useful?lang=ru\">"),
        format!("<link rel=\"alternate\" hreflang=\"kk\" href=\"{host}/s/page-useful?lang=kk\">"),
        format!("<link rel=\"alternate\" hreflang=\"ru\" href=\"{host}/s/page-useful?lang=ru\">"),
        format!("<link rel=\"alternate\" hreflang=\"x-default\" href=\"{host}/s/page-useful\">"),
        format!("<meta property=\"og:url\" content=\"{host}/s/page-useful?lang=ru\">"),
        "<meta property=\"og:type\" content=\"website\">".to_owned(),
        "<meta property=\"og:locale\" content=\"ru_RU\">".to_owned(),
        "<meta property=\"og:locale:alternate\" content=\"kk_KZ\">".to_owned(),
    ] {
        assert!(page.contains(&format!("{line}\n")), "{line}: {page}");
    }
    assert!(page.contains("<meta property=\"og:title\" content=\"Осы бет туралы пікір / Отзыв об этой"));
    let described = page.split("og:description\" content=\"").nth(1).unwrap().split('"').next().unwrap();
    assert!(described.starts_with("Департамент задаёт этот вопрос") && described.ends_with("страница."));
}

#[test]
fn what_an_author_wrote_cannot_leave_its_attribute() {
    let collector = Collector::start();
    let hostile = r#"\"><script>alert(1)</script>"#;
    let definition = definition("page-useful")
        .replace("Feedback on this page", hostile)
        .replace("The department asks this", hostile);
    collector.publish(&definition);
    let page = collector.get("/s/page-useful?lang=en").body;
    assert!(page.contains("&lt;script&gt;alert(1)") && page.matches("<script").count() == 1, "{page}");
}

#[test]
fn the_page_runs_only_our_own_script_and_may_not_be_framed() {
    let page = collector().get("/s/page-useful");
    let policy = page.header("content-security-policy");
    assert!(
        policy.contains("script-src 'self' 'wasm-unsafe-eval';") && policy.contains("frame-ancestors 'none'"),
        "{policy}"
    );
    assert_eq!(page.body.matches("<script").count(), 1, "{}", page.body);
    assert!(page.body.contains("/hosted.js\"></script>") && !page.body.contains("noindex"));
}

#[test]
fn search_engines_are_asked_to_leave_pages_out_when_the_setting_says_so() {
    let program = Program::new();
    program.file("d.json", &definition("page-useful"));
    program.succeed(&["publish", "d.json"]);
    for arguments in [["--noindex"].as_slice(), &["--noindex", "true"]] {
        let mut command = program.command(&["serve", "--listen", "127.0.0.1:0", "--widget", "widget"]);
        command.args(arguments);
        let server = Running::start(command);
        let page = server.client.get("/s/page-useful").body;
        assert!(page.contains("<meta name=\"robots\" content=\"noindex\">"), "{page}");
    }
}

#[test]
fn in_a_frame_the_page_may_be_framed_by_the_list_and_stays_in_the_frame() {
    let collector = collector();
    let page = collector.get("/s/page-useful?frame=1&lang=kk");
    let policy = page.header("content-security-policy");
    assert!(policy.contains("frame-ancestors https://agency.example http://127.0.0.1:8081"), "{policy}");
    assert!(policy.contains("script-src 'self'"), "{policy}");
    assert!(page.body.contains(
        "<script src=\"/assets/frame.js\" defer data-survey=\"page-useful\" \
         data-origins=\"https://agency.example http://127.0.0.1:8081\"></script>"
    ));
    assert!(!page.body.contains("<nav"));
    assert!(page.body.contains("action=\"/s/page-useful?frame=1&amp;lang=kk\""), "{}", page.body);
    let script = collector.get("/assets/frame.js");
    assert_eq!((script.status, script.header("content-type")), (200, "text/javascript; charset=utf-8"));

    let id = page.body.split("name=\"_id\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let form = urlencoded(&[("_id", id), ("_lang", "kk"), ("useful", "1")]);
    let sent = collector.post_form("/s/page-useful?frame=1&lang=kk", &form);
    assert!(sent.header("content-security-policy").contains("frame-ancestors https://agency.example"));
    assert!(
        sent.body.contains("<output") && sent.body.contains("href=\"/withdraw?lang=kk\" target=\"_top\"")
    );
    let kept = collector.wait(collector.store.responses("page-useful", Default::default(), 10)).unwrap();
    assert_eq!(kept[0].channel, "embed");
}

#[test]
fn a_refusal_in_a_frame_is_seen_in_the_frame() {
    let collector = collector();
    let headers = [("accept", "text/html"), ("content-type", "application/x-www-form-urlencoded")];
    let path = "/s/page-useful?frame=1&lang=en";
    let refused = collector.send("POST", path, &headers, "_version=0&useful=1");
    assert_eq!(refused.status, 422);
    assert!(refused.header("content-security-policy").contains("frame-ancestors https://agency.example"));
    assert!(refused.body.contains("<a href=\"?frame=1&amp;lang=en\">"), "{}", refused.body);
}

#[test]
fn a_page_that_nobody_may_embed_cannot_be_framed_either() {
    let collector = Collector::start();
    collector.publish_example("page-useful");
    let page = collector.get("/s/page-useful?frame=1");
    assert!(page.header("content-security-policy").contains("frame-ancestors 'none'"));
    let open = Collector::allowing(&["*"]);
    open.publish_example("page-useful");
    let page = open.get("/s/page-useful?frame=1");
    assert!(page.header("content-security-policy").contains("; frame-ancestors *;"));
}

#[test]
fn content_systems_are_told_how_to_embed_the_page() {
    let collector = collector();
    let host = &collector.origin;
    let page = collector.get("/s/page-useful?lang=ru").body;
    let found = page.split("type=\"application/json+oembed\" href=\"").nth(1).unwrap();
    let address = found.split('"').next().unwrap().replace("&amp;", "&");
    let reply = collector.get(address.strip_prefix(host.as_str()).unwrap());
    assert_eq!((reply.status, reply.header("content-type")), (200, "application/json"));
    let described = reply.json();
    assert_eq!((&described["version"], &described["type"]), (&"1.0".into(), &"rich".into()));
    assert_eq!(described["provider_url"], host.as_str());
    assert_eq!(described["provider_name"], "Департамент доступной среды Министерства социальных услуг");
    let html = format!(
        "<iframe src=\"{host}/s/page-useful?frame=1&amp;lang=ru\" title=\"Отзыв об этой странице\" \
         width=\"672\" height=\"800\" frameborder=\"0\"></iframe>"
    );
    assert_eq!(described["html"], html);
}

#[test]
fn a_content_system_may_say_how_much_room_there_is() {
    let collector = collector();
    let url = format!("{}/s/page-useful", collector.origin);
    let ask = |more: &str| collector.get(&format!("/oembed?{}{more}", urlencoded(&[("url", &url)])));
    let narrow = ask("&maxwidth=320&maxheight=400").json();
    assert_eq!((&narrow["width"], &narrow["height"]), (&320.into(), &400.into()));
    let html = narrow["html"].as_str().unwrap();
    assert!(html.contains("width=\"320\" height=\"400\"") && html.contains("lang=kk"), "{html}");
    let wide = ask("&maxwidth=4000&maxheight=nonsense").json();
    assert_eq!((&wide["width"], &wide["height"]), (&672.into(), &800.into()));
}

#[test]
fn xml_is_not_provided_and_an_unknown_address_is_not_found() {
    let collector = collector();
    let host = collector.origin.clone();
    let ask = |url: &str, format: &str| {
        let query = urlencoded(&[("url", url), ("format", format)]);
        let reply = collector.get(&format!("/oembed?{query}"));
        (reply.status, reply.problem())
    };
    let known = format!("{host}/s/page-useful");
    assert_eq!(ask(&known, "xml"), (501, "only_json".to_owned()));
    let unknown = (404, "unknown_survey".to_owned());
    for url in [
        &format!("{host}/s/nothing"),
        &format!("{host}/api/v1/surveys/page-useful"),
        &format!("{host}.evil.example/s/page-useful"),
        "https://elsewhere.example/s/page-useful",
        "",
    ] {
        assert_eq!(ask(url, "json"), unknown, "{url}");
    }
    assert_eq!(collector.get("/oembed").problem(), "unknown_survey");
}
