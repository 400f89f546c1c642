//! The page where an answer is taken back, as a browser without scripts uses it.

use crate::support::{Client, Collector, Reply, answer_no, answer_yes, on_both_engines, urlencoded};

on_both_engines! { Collector:
    the_page_is_there_in_each_language_of_the_interface_under_the_policy_of_hosted_surveys
    the_page_speaks_the_language_of_the_browser_when_the_address_names_none_that_there_is
    a_receipt_as_it_was_written_down_takes_the_answer_back_however_often_it_is_posted
    a_receipt_that_no_answer_has_is_said_so_at_the_field_where_it_still_stands
    thanks_lead_to_the_page_from_the_hosted_form_and_from_one_in_somebodys_page
}

const RESPONSES: &str = "/api/v1/surveys/page-useful/responses";

/// Posts the form in Russian with this receipt.
fn post(client: &Client, receipt: &str) -> Reply {
    client.post_form("/withdraw?lang=ru", &urlencoded(&[("receipt", receipt)]))
}

/// The tag of the only field.
fn field(page: &Reply) -> &str {
    let tag = page.body.split_once("<input").unwrap().1.split_once('>').unwrap().0;
    assert_eq!(page.body.matches("<input").count(), 1, "{}", page.body);
    tag
}

fn the_page_is_there_in_each_language_of_the_interface_under_the_policy_of_hosted_surveys(
    collector: &Collector,
) {
    collector.publish_example("page-useful");
    let survey = collector.get("/s/page-useful");
    let titles = [("kk", "Жауапты қайтарып алу"), ("ru", "Отозвать ответ"), ("en", "Take the answer back")];
    for (lang, title) in titles {
        let page = collector.get(&format!("/withdraw?lang={lang}"));
        assert_eq!(page.status, 200);
        for header in ["content-type", "cache-control", "referrer-policy"] {
            assert_eq!(page.header(header), survey.header(header));
        }
        // The same policy, but that it runs no script at all.
        let policy = survey.header("content-security-policy");
        let policy = policy.replace("'self' 'wasm-unsafe-eval'; connect-src 'self'", "'none'");
        let policy = policy.replace("trusted-types qulaq qulaq-work", "trusted-types 'none'");
        assert_eq!(page.header("content-security-policy"), policy);
        assert!(page.body.starts_with(&format!("<!DOCTYPE html>\n<html lang=\"{lang}\" dir=\"ltr\">")));
        assert!(page.body.contains(&format!("<title>{title}</title>")));
        assert!(page.body.contains(&format!("<h1 class=\"title\">{title}</h1>")));
        assert!(page.body.contains(&format!("method=\"post\" action=\"/withdraw?lang={lang}\"")));
        assert!(page.body.contains("<label class=\"text\" for=\"receipt\">"));
        assert!(field(&page).contains("id=\"receipt\"") && !page.body.contains("role=\"alert\""));
        for (other, _) in titles {
            assert!(page.body.contains(&format!("<a href=\"?lang={other}\" lang=\"{other}\"")), "{other}");
        }
    }
}

fn the_page_speaks_the_language_of_the_browser_when_the_address_names_none_that_there_is(
    collector: &Collector,
) {
    let lang = |path: &str, accepted: &str| {
        let page = collector.send("GET", path, &[("accept-language", accepted)], "");
        page.body.split("<html lang=\"").nth(1).unwrap()[..2].to_owned()
    };
    assert_eq!(lang("/withdraw", "de-DE,ru-KZ;q=0.9,en;q=0.8"), "ru");
    assert_eq!(lang("/withdraw?lang=de", "en"), "en");
    assert_eq!(lang("/withdraw?lang=ru", "en"), "ru");
    assert_eq!(lang("/withdraw", "de"), "kk");
}

fn a_receipt_as_it_was_written_down_takes_the_answer_back_however_often_it_is_posted(collector: &Collector) {
    let version = collector.publish_example("page-useful");
    let receipt = collector.post_json(RESPONSES, &answer_no('a', &version, "words")).receipt();
    collector.post_json(RESPONSES, &answer_yes('b', &version));
    for written in [receipt.to_lowercase().replace('-', " "), receipt] {
        let reply = post(collector, &written);
        assert_eq!(reply.status, 200);
        assert!(
            reply.body.contains("<h1 class=\"title\">Ваш ответ отозван и удалён.</h1>"),
            "{}",
            reply.body
        );
    }
    let left = collector.wait(collector.store.responses("page-useful", Default::default(), 10)).unwrap();
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].id, "b".repeat(32));
}

fn a_receipt_that_no_answer_has_is_said_so_at_the_field_where_it_still_stands(collector: &Collector) {
    let version = collector.publish_example("page-useful");
    collector.post_json(RESPONSES, &answer_yes('a', &version));
    for (typed, shown) in [("", ""), ("7K3MX", "7K3MX"), ("\"><b>", "&quot;&gt;&lt;b&gt;")] {
        let reply = post(collector, typed);
        assert_eq!((reply.status, reply.header("content-type")), (404, "text/html; charset=utf-8"));
        assert!(reply.body.contains("<title>Ошибка: Отозвать ответ</title>"));
        let (error, said) = reply.body.split_once("role=\"alert\">").unwrap();
        assert!(error.ends_with("<p class=\"error\" id=\"receipt-error\" "), "{}", reply.body);
        assert!(said.contains("Ответа с таким номером нет."), "{}", reply.body);
        let field = field(&reply);
        assert!(field.contains("aria-describedby=\"receipt-error\" aria-invalid=\"true\" autofocus"));
        assert!(field.contains(&format!("value=\"{shown}\"")), "{field}");
    }
    assert_eq!(collector.rows(), 1);
}

fn thanks_lead_to_the_page_from_the_hosted_form_and_from_one_in_somebodys_page(collector: &Collector) {
    let version = collector.publish_example("page-useful");
    let send = |digit: &str, accept: &str| {
        let id = digit.repeat(32);
        let fields = [("_version", version.as_str()), ("_lang", "ru"), ("_id", &id), ("useful", "1")];
        let headers = [("accept", accept), ("content-type", "application/x-www-form-urlencoded")];
        collector.send("POST", "/s/page-useful", &headers, urlencoded(&fields))
    };
    let hosted = send("a", "text/html");
    assert!(
        hosted.body.contains("<a href=\"/withdraw?lang=ru\" target=\"_top\">Отозвать ответ</a>"),
        "{}",
        hosted.body
    );
    let embedded = send("b", "text/x-qulaq-fragment");
    let address = format!("<a href=\"{}/withdraw?lang=ru\" target=\"_top\">", collector.origin);
    assert!(embedded.body.contains(&address), "{}", embedded.body);
}

#[test]
fn no_page_of_another_origin_may_read_what_becomes_of_a_receipt() {
    let collector = Collector::allowing(&["*"]);
    let reply = collector.send("GET", "/withdraw", &[("origin", "https://agency.example")], "");
    assert_eq!((reply.status, reply.header("access-control-allow-origin")), (200, ""));
}
