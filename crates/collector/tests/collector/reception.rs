//! A reception: what a citizen is told before and after, and how she follows her matter with its number and the receipt.

use crate::support::{Collector, Reply, definition, filled, on_both_engines, receipt, response, urlencoded};
use collector::clock::Minute;
use collector::store::{Changed, Matter, MatterEvent};
use matter::State;
use serde_json::{Value, json};

on_both_engines! { Collector:
    a_matter_is_followed_with_its_number_and_the_receipt_and_shows_who_deals_with_it_until_when
    a_wrong_number_and_a_wrong_receipt_are_told_in_the_same_sentence_and_not_for_ever
    whoever_follows_is_asked_once_and_weeks_later_whether_it_was_solved
    what_was_taken_back_says_so_and_nothing_else
    where_the_calendar_knows_no_year_no_day_is_named
    what_a_citizen_and_an_official_typed_is_text_in_the_record
}

const RESPONSES: &str = "/api/v1/surveys/reception/responses";

/// A matter that was sent: its number and the receipt.
struct Sent {
    number: String,
    receipt: String,
}

fn answers(topic: i64, matter: &str) -> Value {
    json!({"topic": topic, "matter": matter, "visit": 3, "needs": [1, 2], "phone": "+7 701 234 56 78"})
}

fn send(collector: &Collector, digit: char, answers: &Value) -> Sent {
    let version = collector.publish_example("reception");
    let reply = collector.post_json(RESPONSES, &response(digit, "reception", &version, answers));
    assert_eq!(reply.status, 201, "{}", reply.body);
    let text = |field: &str| reply.json()[field].as_str().unwrap().to_owned();
    Sent { number: text("number"), receipt: text("receipt") }
}

fn follow(collector: &Collector, lang: &str, sent: &Sent, more: &[(&str, &str)]) -> Reply {
    let fields = [("number", sent.number.as_str()), ("receipt", sent.receipt.as_str())];
    let fields: Vec<(&str, &str)> = fields.into_iter().chain(more.iter().copied()).collect();
    collector.post_form(&format!("/s/reception/follow?lang={lang}"), &urlencoded(&fields))
}

fn matter(collector: &Collector, sent: &Sent) -> Matter {
    let number = sent.number.parse().unwrap();
    collector.wait(collector.store.matter("reception", number)).unwrap().unwrap()
}

/// Does something to a matter, as the workbench would.
fn change(collector: &Collector, sent: &Sent, change: impl FnOnce(&mut Matter), event: (&str, &Value)) {
    let before = matter(collector, sent);
    let mut after = before.clone();
    change(&mut after);
    let event = MatterEvent {
        revision: 0,
        minute: Minute(29_550_000),
        who: "d.akhmetov".to_owned(),
        what: event.0.to_owned(),
        said: event.1.to_string(),
        public: event.0 != "note",
    };
    let changed = collector.wait(collector.store.change_matter(&before, after, event)).unwrap();
    assert!(matches!(changed, Changed::Done(_)));
}

fn a_matter_is_followed_with_its_number_and_the_receipt_and_shows_who_deals_with_it_until_when(
    collector: &Collector,
) {
    let sent = send(collector, 'a', &answers(1, "Такси керек"));
    let form = collector.get("/s/reception/follow?lang=ru");
    assert_eq!(form.status, 200);
    assert!(form.body.contains("name=\"number\"") && form.body.contains("Узнать по номеру"));
    let record = follow(collector, "ru", &sent, &[]);
    assert_eq!(record.status, 200);
    for said in [
        &*sent.number,
        "Принято",
        "Доступный транспорт",
        "Отдел пассажирского транспорта и автомобильных дорог (руководитель отдела)",
        // 9 March 2026 is a day off: KZ-W1, KZ-W2.
        "10 марта 2026",
        "2 апреля 2026",
        "<p lang=\"kk\" dir=\"auto\">Такси керек</p>",
    ] {
        assert!(record.body.contains(said), "{said}: {}", record.body);
    }
    // Accounts and what else she answered are for the staff; the receipt is in no address.
    for unsaid in ["d.akhmetov", "701 234", "receipt="] {
        assert!(!record.body.contains(unsaid), "{unsaid}");
    }
    assert_eq!(record.header("cache-control"), "no-store");
    change(collector, &sent, |matter| matter.control = true, ("control", &json!({"on": true})));
    change(collector, &sent, |_| {}, ("note", &json!({"text": "for us alone"})));
    let reason = json!({"from": "transport", "to": "housing", "reason": "Лифт в доме"});
    change(collector, &sent, |matter| matter.body = Some("housing".to_owned()), ("forwarded", &reason));
    let record = follow(collector, "ru", &sent, &[]).body;
    assert!(record.contains("Взято на контроль") && record.contains("Причина: Лифт в доме"));
    assert!(record.contains("Отдел жилищно-коммунального хозяйства") && !record.contains("for us alone"));
    // In the tag: the block alone is taken out of the same page, below the heading of the form.
    let inside = follow(collector, "kk&heading-level=3", &sent, &[]).body;
    assert!(inside.contains("<section data-live=\"follow\"") && inside.contains("<h4 id=\"follow-title\""));
    assert_eq!(collector.get("/s/page-useful/follow").status, 404);
    collector.publish_example("page-useful");
    assert_eq!(collector.get("/s/page-useful/follow").status, 404, "nothing of it is followed");
}

fn a_wrong_number_and_a_wrong_receipt_are_told_in_the_same_sentence_and_not_for_ever(collector: &Collector) {
    let sent = send(collector, 'a', &answers(1, "x"));
    let other = send(collector, 'b', &answers(2, "y"));
    let try_it = |number: &str, receipt: &str| {
        let sent = Sent { number: number.to_owned(), receipt: receipt.to_owned() };
        follow(collector, "en", &sent, &[])
    };
    // A slip is no guess: the check digit and the alphabet tell it.
    let slip = try_it("2026-1-0", &sent.receipt);
    for _ in 0..20 {
        assert_eq!(try_it(&sent.number, "not a receipt").status, 404);
    }
    let wrong = [try_it(&other.number, &sent.receipt), try_it(&sent.number, &"0".repeat(25)), slip];
    for reply in &wrong {
        assert_eq!(reply.status, 404);
        assert!(reply.body.contains("Nothing goes by these two numbers."), "{}", reply.body);
        assert!(!reply.body.contains("Received"));
    }
    for _ in 0..8 {
        try_it(&sent.number, &other.receipt);
    }
    let stopped = try_it(&sent.number, &other.receipt);
    assert_eq!((stopped.status, stopped.header("retry-after")), (429, "3600"));
    assert!(stopped.body.contains("Try again in an hour"));
}

fn whoever_follows_is_asked_once_and_weeks_later_whether_it_was_solved(collector: &Collector) {
    let sent = send(collector, 'a', &answers(1, "Такси керек"));
    let answer = json!({"text": "Такси беріледі", "lang": "kk"});
    change(collector, &sent, |matter| matter.state = State::Answered, ("answer", &answer));
    let asks = |page: &Reply| page.body.contains("name=\"solved\"");
    let record = follow(collector, "kk", &sent, &[]);
    assert!(record.body.contains("Такси беріледі") && !asks(&record));
    let solved = |how: &str, words: &str| {
        follow(collector, "kk", &sent, &[("do", "solved"), ("solved", how), ("text", words)])
    };
    assert_eq!(matter(collector, &sent).revision, 1);
    assert!(!solved("no", "too early").body.contains("Рақмет"));
    assert_eq!(matter(collector, &sent).revision, 1, "nobody was asked yet");

    collector.set_clock("2026-04-09T08:00:00Z");
    assert!(asks(&follow(collector, "kk", &sent, &[])));
    let nothing = follow(collector, "kk", &sent, &[("do", "solved")]);
    assert_eq!(nothing.status, 422);
    assert!(asks(&nothing) && nothing.body.contains("role=\"alert\""));
    assert_eq!(solved("yes", &"ә".repeat(501)).status, 422);
    let told = solved("no", "Келмеді <b>, +7 701 234 56 78");
    assert!(told.body.contains("Мәселе қайта ашылды") && !asks(&told));
    assert!(told.body.contains("Келмеді &lt;b&gt;, [телефон]"), "{}", told.body);
    let again = matter(collector, &sent);
    assert_eq!((again.state, again.due.unwrap().to_text().as_str()), (State::Assigned, "2026-04-30"));
    assert!(!solved("yes", "").body.contains("Рақмет, жазып алдық"), "she is asked once");
    assert_eq!(matter(collector, &sent).revision, 2);
}

fn what_was_taken_back_says_so_and_nothing_else(collector: &Collector) {
    let sent = send(collector, 'a', &answers(1, "Такси керек"));
    let reason = json!({"from": null, "to": "2026-05-05", "reason": "Тексеру керек"});
    change(collector, &sent, |_| {}, ("extended", &reason));
    assert!(follow(collector, "kk", &sent, &[]).body.contains("Тексеру керек"));
    assert_eq!(collector.withdraw(&sent.receipt).status, 204);
    let record = follow(collector, "kk", &sent, &[]);
    assert_eq!(record.status, 200);
    assert!(record.body.contains("Сіз қайтарып алдыңыз"));
    for gone in ["Такси керек", "Тексеру керек", "бөлімі"] {
        assert!(!record.body.contains(gone), "{gone}");
    }
}

fn where_the_calendar_knows_no_year_no_day_is_named(collector: &Collector) {
    collector.set_clock("2028-02-01T05:00:00Z");
    let sent = send(collector, 'a', &answers(3, "Пандус керек"));
    assert!(sent.number.starts_with("2028-1-"));
    let record = follow(collector, "en", &sent, &[]).body;
    assert_eq!(record.matches("the calendar does not have the holidays of that year").count(), 2);
}

fn what_a_citizen_and_an_official_typed_is_text_in_the_record(collector: &Collector) {
    let hostile = "<script>alert(1)</script>\" onload=\"+7 балл";
    let sent = send(collector, 'a', &answers(1, hostile));
    let answer = json!({"text": format!("{hostile}\nsecond line"), "lang": "\"><img>"});
    change(collector, &sent, |matter| matter.state = State::Answered, ("answer", &answer));
    let forwarded = json!({"to": "<nobody>", "reason": hostile});
    change(collector, &sent, |_| {}, ("forwarded", &forwarded));
    change(collector, &sent, |_| {}, ("assigned", &json!("no object")));
    let record = follow(collector, "ru", &sent, &[]);
    assert_eq!(record.status, 200);
    for raw in ["<script>alert", "\" onload=\"", "<img>", "<nobody>"] {
        assert!(!record.body.contains(raw), "{raw}: {}", record.body);
    }
    assert!(
        record
            .body
            .contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot; onload=&quot;+7 балл<br>second line")
    );
    let number = format!("/s/reception/follow?lang=ru&number={}", "%22%3E%3Cb%3E");
    assert!(collector.get(&number).body.contains("value=\"&quot;&gt;&lt;b&gt;\""));
}

#[test]
fn whoever_sends_without_scripts_is_told_the_number_and_a_script_asks_for_it_with_the_receipt() {
    let collector = Collector::start();
    collector.publish_example("reception");
    let first = collector.get("/s/reception?lang=ru");
    let fields = [("topic", "2"), ("matter", "Коляска"), ("_go", "next")];
    let second = collector.post_form("/s/reception?lang=ru", &filled(&first, &fields));
    let third =
        collector.post_form("/s/reception?lang=ru", &filled(&second, &[("visit", "1"), ("_go", "next")]));
    let sent = collector.post_form("/s/reception?lang=ru", &filled(&third, &[("_go", "next")]));
    assert!(sent.body.contains("Номер вопроса: 2026-1-"), "{}", sent.body);
    let known = Sent { number: String::new(), receipt: receipt(&sent) };
    let told = follow(&collector, "ru", &known, &[("do", "sent")]).body;
    assert!(
        told.contains("Номер вопроса: 2026-1-") && told.contains(&format!("value=\"{}\"", known.receipt))
    );
    assert!(!told.contains("Коляска"), "the record itself needs both");
    collector.set_clock("2026-03-08T21:01:00Z");
    assert_eq!(
        follow(&collector, "ru", &known, &[("do", "sent")]).status,
        404,
        "an hour later nobody is told"
    );
    let stranger = Sent { number: String::new(), receipt: "0".repeat(25) };
    assert_eq!(follow(&collector, "ru", &stranger, &[("do", "sent")]).status, 404);
}

#[test]
fn nobody_takes_it_for_an_appeal_before_or_after_the_form_in_any_language() {
    let collector = Collector::start();
    let mut own: Value = serde_json::from_str(&definition("reception")).unwrap();
    collector.publish_example("reception");
    for (lang, sentence) in [
        ("kk", "Әкімшілік рәсімдік-процестік кодексі бойынша өтініш емес."),
        ("ru", "Это не обращение по Административному процедурно-процессуальному кодексу"),
        ("en", "This is not an appeal under the Administrative Procedural and Process-Related Code."),
    ] {
        for path in ["/s/reception?lang=", "/api/v1/surveys/reception/fragment?lang="] {
            let page = collector.get(&format!("{path}{lang}")).body;
            let (before, after) = page.split_once(" data-module=").unwrap();
            for (part, name) in [(before, "before"), (after, "after")] {
                assert!(part.contains(sentence) && part.contains("eotinish.kz"), "{lang} {name}");
            }
            assert!(after.contains("data-live=\"follow\""), "{lang}");
        }
    }
    own["reception"]["appeal"] =
        json!({"registered": true, "text": {"kk": "А", "ru": "Реестр № 1", "en": "C"}});
    collector.publish(&own.to_string());
    let page = collector.get("/s/reception?lang=ru").body;
    assert!(
        page.contains("оно регистрируется. Реестр") || page.contains("оно регистрируется.</b> Реестр № 1")
    );
    assert!(!page.contains("Это не обращение"));
}
