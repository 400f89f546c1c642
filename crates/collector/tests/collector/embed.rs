//! `qulaq embed`: the snippets, and what a form does that was pasted into a page and is posted without scripts.

use crate::support::{Collector, Program, Reply, definition, urlencoded};

const HOST: &str = "https://qulaq.example";

/// A place with `page-useful` published.
fn program() -> Program {
    let program = Program::new();
    program.file("d.json", &definition("page-useful"));
    program.succeed(&["publish", "d.json"]);
    program
}

/// What it prints, and what it tells beside it.
fn embed(program: &Program, arguments: &[&str]) -> (String, String) {
    let all = ["embed", "page-useful", "--public-url", HOST, "--widget", "widget"];
    let output = program.run(&[&all, arguments].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn a_snippet_is_the_script_and_the_tag_with_a_link_inside() {
    let (snippet, needs) = embed(&program(), &["--lang", "ru"]);
    assert_eq!(
        snippet,
        "<script type=\"module\" src=\"https://qulaq.example/widget/qulaq.js\"></script>\n\
         <qulaq-survey survey=\"page-useful\" lang=\"ru\"><a href=\"https://qulaq.example/s/page-useful?lang=ru\">\
         Отзыв об этой странице</a></qulaq-survey>\n"
    );
    assert!(needs.contains("script-src https://qulaq.example 'wasm-unsafe-eval'\n"), "{needs}");
    assert!(needs.contains("connect-src https://qulaq.example\n") && !needs.contains("style-src"), "{needs}");
    assert!(needs.contains("allow-origin"), "{needs}");
}

#[test]
fn without_a_language_the_form_follows_its_page() {
    let (snippet, _) = embed(&program(), &["--mode", "button"]);
    assert!(snippet.ends_with(
        "<qulaq-survey survey=\"page-useful\" mode=\"button\">\
         <a href=\"https://qulaq.example/s/page-useful\">Осы бет туралы пікір</a></qulaq-survey>\n"
    ));
}

#[test]
fn a_pinned_snippet_names_the_version_and_its_hash_and_says_what_that_means() {
    let (snippet, needs) = embed(&program(), &["--pin"]);
    assert!(
        snippet.starts_with(
            "<script type=\"module\" src=\"https://qulaq.example/widget/1.0.0-abc/qulaq.js\" \
             integrity=\"sha384-x\" crossorigin=\"anonymous\"></script>\n"
        ),
        "{snippet}"
    );
    assert!(needs.contains("print the snippet again after each upgrade"), "{needs}");
}

#[test]
fn for_wordpress_it_is_a_block_and_for_drupal_it_says_what_the_format_must_allow() {
    let program = program();
    let (plain, _) = embed(&program, &[]);
    let (wordpress, needs) = embed(&program, &["--for", "wordpress"]);
    assert_eq!(wordpress, format!("<!-- wp:html -->\n{plain}<!-- /wp:html -->\n"));
    assert!(needs.contains("unfiltered_html"), "{needs}");
    let (drupal, needs) = embed(&program, &["--for", "drupal"]);
    assert_eq!(drupal, plain);
    assert!(needs.contains("Limit allowed HTML tags"), "{needs}");
}

#[test]
fn an_inlined_form_brings_its_style_and_the_hash_that_a_policy_needs() {
    let (snippet, needs) = embed(&program(), &["--inline", "--lang", "en"]);
    let (tag, script) = snippet.trim_end().rsplit_once('\n').unwrap();
    assert!(
        tag.starts_with(
            "<qulaq-survey survey=\"page-useful\" lang=\"en\"><template shadowrootmode=\"open\">\
             <style>plain 1.0.0-abc/qulaq.css</style><div><form class=\"q\""
        ),
        "{tag}"
    );
    assert!(tag.ends_with(
        "</form></div></template><a href=\"https://qulaq.example/s/page-useful?lang=en\">\
         Feedback on this page</a></qulaq-survey>"
    ));
    assert!(tag.contains("action=\"https://qulaq.example/s/page-useful\""), "{tag}");
    assert!(tag.contains("name=\"_version\"") && !tag.contains("name=\"_id\""), "{tag}");
    assert!(script.contains("/widget/1.0.0-abc/qulaq.js"), "the module is of the version of the form");
    let digest = <sha2::Sha256 as sha2::Digest>::digest("plain 1.0.0-abc/qulaq.css");
    let hash = data_encoding::BASE64.encode(&digest);
    assert!(needs.contains(&format!("style-src 'sha256-{hash}'\n")), "{needs}");
    assert!(needs.contains("form-action https://qulaq.example"), "{needs}");
}

#[test]
fn what_cannot_be_embedded_is_said() {
    let program = program();
    let fail = |arguments: &[&str]| program.fail(&[&["embed", "--widget", "widget"], arguments].concat());
    assert!(fail(&["x"]).contains("no survey \"x\" was published"));
    assert!(fail(&["page-useful", "--lang", "de"]).contains("no language \"de\", but kk, ru, en"));
    assert!(fail(&["page-useful", "--inline", "--mode", "modal"]).contains("--inline"));
    program.succeed(&["close", "page-useful"]);
    let (_, needs) = embed(&program, &[]);
    assert!(needs.contains("The survey is closed"), "{needs}");
}

/// The hidden field with this name.
fn hidden(reply: &Reply, name: &str) -> String {
    let field = reply.body.split("<input").find(|field| field.contains(&format!("name=\"{name}\"")));
    field.unwrap().split("value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

#[test]
fn a_form_without_an_id_is_never_kept_at_once_but_filled_in_with_one() {
    let collector = Collector::start();
    let version = collector.publish_example("district-priority");
    let fields = [("_version", version.as_str()), ("_lang", "ru"), ("_page", "0"), ("priority", "2")];
    for _ in 0..2 {
        let asked = collector.post_form("/s/district-priority", &urlencoded(&fields));
        assert_eq!(asked.status, 200);
        assert!(
            asked.body.contains("Ваши ответы ещё не отправлены. Проверьте их и нажмите «Отправить ответы».")
        );
        assert_eq!(collector.rows(), 0);
    }
    let asked = collector.post_form("/s/district-priority", &urlencoded(&fields));
    let ticked = asked.body.split("<input").find(|field| field.contains("id=\"priority-2\"")).unwrap();
    assert!(ticked.contains(" checked"), "{ticked}");
    let id = hidden(&asked, "_id");
    let form = urlencoded(&[fields.as_slice(), &[("_id", &id)]].concat());
    for _ in 0..2 {
        assert!(collector.post_form("/s/district-priority", &form).body.contains("<output"));
    }
    assert_eq!(collector.rows(), 1);
}

#[test]
fn what_is_missing_in_a_form_without_an_id_is_named_first() {
    let collector = Collector::start();
    let version = collector.publish_example("district-priority");
    let empty = urlencoded(&[("_version", &version), ("_lang", "en"), ("_page", "0")]);
    let reply = collector.post_form("/s/district-priority", &empty);
    assert_eq!(reply.status, 422);
    assert!(reply.body.contains("There is a problem") && !reply.body.contains("not sent yet"));
    assert_eq!(hidden(&reply, "_id").len(), 32);
}

#[test]
fn a_stale_copy_is_accepted_while_its_version_exists_and_otherwise_told_the_truth() {
    let collector = Collector::start();
    let old = collector.publish_example("district-priority");
    collector.publish(&definition("district-priority").replace("\"code\": 2", "\"code\": 22"));
    let post = |version: &str| {
        let form = [("_version", version), ("_lang", "en"), ("_page", "0"), ("priority", "2")];
        let headers = [("accept", "text/html"), ("content-type", "application/x-www-form-urlencoded")];
        collector.send("POST", "/s/district-priority?lang=en", &headers, urlencoded(&form))
    };
    let asked = post(&old);
    assert_eq!((asked.status, hidden(&asked, "_version")), (200, old.clone()));
    assert!(asked.body.contains("not sent yet"));
    let unknown = post(&"0".repeat(32));
    assert_eq!(unknown.status, 422);
    assert!(unknown.body.contains("The page is out of date or damaged, so nothing was kept."));
    collector.wait(collector.store.close("district-priority")).unwrap();
    let closed = post(&old);
    assert_eq!(closed.status, 403);
    assert!(closed.body.contains("This survey is closed"), "{}", closed.body);
    assert_eq!(collector.rows(), 0);
}
