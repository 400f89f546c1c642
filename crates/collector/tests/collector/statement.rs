//! The accessibility statement of a survey: where it is, where it is linked, and what it says of a survey that was
//! published before a rule came.

use crate::support::{Collector, NOW, small};
use collector::publication;
use serde_json::json;

#[test]
fn every_survey_has_a_statement_in_each_of_its_languages_and_a_link_to_it_on_its_page() {
    let collector = Collector::start();
    collector.publish_example("trust");
    for (lang, title) in [
        ("kk", "Қолжетімділік туралы мәлімдеме"),
        ("ru", "Заявление о доступности"),
        ("en", "Accessibility statement"),
    ] {
        let link = format!("<a href=\"/s/trust/accessibility?lang={lang}\">{title}</a>");
        let page = collector.get(&format!("/s/trust?lang={lang}"));
        assert!(page.body.contains(&link), "{}", page.body);
        let statement = collector.get(&format!("/s/trust/accessibility?lang={lang}"));
        assert_eq!((statement.status, statement.header("cache-control")), (200, "no-store"));
        assert!(statement.body.contains(&format!("/s/trust/paper?lang={lang}")), "a way without a screen");
        assert!(statement.body.contains(&format!("<html lang=\"{lang}\"")), "{}", statement.body);
        assert!(statement.body.contains(&format!("<h1 class=\"title\">{title}</h1>")), "{}", statement.body);
        assert!(!statement.body.contains("<script"), "it needs none");
    }
    assert!(
        !collector.get("/s/trust?frame=1").body.contains("/accessibility"),
        "a frame has the page around it"
    );
    assert_eq!(collector.get("/s/none/accessibility").status, 404);
}

#[test]
fn every_link_of_a_statement_on_the_collector_leads_somewhere() {
    let collector = Collector::start();
    collector.publish_example("every-kind");
    let body = collector.get("/s/every-kind/accessibility?lang=kk").body;
    let main = body.split("<main>").nth(1).unwrap();
    let links: Vec<&str> =
        main.split("href=\"/").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert!(!links.is_empty(), "{main}");
    for link in links {
        assert_eq!(collector.get(&format!("/{}", link.replace("&amp;", "&"))).status, 200, "{link}");
    }
}

#[test]
fn a_survey_published_before_a_rule_is_still_served_and_its_statement_says_which_rule_it_breaks() {
    let collector = Collector::start();
    let scale = json!({"name": "trust", "type": "scale", "from": 0, "to": 5, "low": "Low", "high": "High", "text": "Trust"});
    let mut publication = publication::read(&small(&json!({}), &[scale]), NOW).unwrap();
    let sound = publication.definition.clone();
    publication.definition = sound.replace("\"low\":\"Low\",", "");
    assert_ne!(publication.definition, sound);
    assert_eq!(publication::read(&publication.definition, NOW).unwrap_err()[0].code, "bare-numbers");
    collector.wait(collector.store.publish(publication)).unwrap();
    assert_eq!(collector.get("/s/small").status, 200);
    let statement = collector.get("/s/small/accessibility?lang=kk").body;
    assert!(statement.contains("(WCAG 2.2, 3.3.2) – 1 жерде бұзылған"), "{statement}");
    assert!(
        statement.contains("Сақталмаған ереже: Сандар шкаласының екі шеті де сөзбен түсіндірілген."),
        "{statement}"
    );
}
