//! The workbench: who sees which matter, what becomes of it, and that of two at one matter nobody loses anything.

use super::{Visitor, add};
use crate::support::{Collector, hidden, response};
use collector::clock::Minute;
use collector::people::rights::Role;
use serde_json::{Value, json};

const LIST: &str = "/console/surveys/reception/matters";

/// A reception with a controller and the heads of two bodies, and with these topics and words.
fn furnished(matters: &[(i64, &str)]) -> (Collector, Vec<String>) {
    let collector = Collector::start();
    let version = collector.publish_example("reception");
    add(&collector, "control", &[(Some("reception"), Role::Controller)]);
    for head in ["d.akhmetov", "s.omarova"] {
        add(&collector, head, &[(Some("reception"), Role::Responsible)]);
    }
    add(&collector, "owner", &[(None, Role::Owner)]);
    let sent = matters.iter().zip("abcdef0123456789".chars()).map(|((topic, words), digit)| {
        let mut answers = json!({"topic": topic, "matter": words, "visit": 1, "needs": [1]});
        if *topic == 96 {
            answers["topic_other"] = json!("Ә");
        }
        let body = response(digit, "reception", &version, &answers);
        let reply = collector.post_json("/api/v1/surveys/reception/responses", &body);
        assert_eq!(reply.status, 201, "{}", reply.body);
        reply.json()["number"].as_str().unwrap().to_owned()
    });
    let numbers = sent.collect();
    (collector, numbers)
}

/// Posts a form of a matter's page.
fn deal(visitor: &Visitor<'_>, number: &str, asks: &str, fields: &[(&str, &str)]) -> crate::support::Reply {
    let page = format!("{LIST}/{number}");
    let revision = hidden(&visitor.get(&page), "revision");
    let own = [("do", asks), ("revision", revision.as_str())];
    visitor.post(&page, &own.into_iter().chain(fields.iter().copied()).collect::<Vec<_>>())
}

#[test]
fn a_head_sees_and_moves_own_matters_and_whoever_controls_all_of_them() {
    let (collector, numbers) = furnished(&[(1, "Такси"), (2, "Арба"), (96, "Басқа")]);
    let [transport, social, nobody] = &numbers[..] else { panic!("{numbers:?}") };
    let head = Visitor::with_session(&collector, "d.akhmetov");
    let control = Visitor::with_session(&collector, "control");
    let list = head.get(LIST).body;
    assert!(list.contains(transport.as_str()) && !list.contains(social.as_str()), "{list}");
    let all = control.get(LIST).body;
    assert!(numbers.iter().all(|number| all.contains(number.as_str())));
    assert!(all.contains("Nobody yet"), "a topic of no body falls to the controller");

    let page = head.get(&format!("{LIST}/{transport}")).body;
    for said in ["Такси", "A sign-language interpreter", "10 March 2026", "2 April 2026", "d.akhmetov"] {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert!(!page.contains("name=\"forward_to\""), "giving and forwarding are for whoever controls");
    for other in [social, nobody] {
        let reply = head.get(&format!("{LIST}/{other}"));
        assert_eq!(
            (reply.status, reply.header("location")),
            (303, "/console/surveys/reception/matters?told=matter_unknown")
        );
    }
    let page = format!("{LIST}/{transport}");
    let revision = hidden(&head.get(&page), "revision");
    let fields = [("do", "give"), ("revision", revision.as_str()), ("to", "s.omarova")];
    assert_eq!(head.post(&page, &fields).status, 403);
    assert_eq!(deal(&control, nobody, "give", &[("to", "s.omarova")]).status, 303);
    let other = Visitor::with_session(&collector, "s.omarova");
    assert!(other.get(LIST).body.contains(nobody.as_str()));
    assert_eq!(deal(&control, nobody, "give", &[("to", "stranger")]).status, 422);
    let log = Visitor::with_session(&collector, "owner").get("/console/log").body;
    assert!(log.contains(&format!("{nobody}: assigned")) && log.contains("followed a matter"), "{log}");
}

#[test]
fn a_matter_goes_from_the_head_to_the_citizen_and_is_closed() {
    let (collector, numbers) = furnished(&[(1, "Такси керек")]);
    let (number, head) = (numbers[0].as_str(), Visitor::with_session(&collector, "d.akhmetov"));
    assert_eq!(deal(&head, number, "take", &[]).status, 303);
    assert_eq!(deal(&head, number, "note", &[("note", "call the depot")]).status, 303);
    let empty = deal(&head, number, "answer", &[("answer", "  ")]);
    assert_eq!(empty.status, 422);
    assert!(empty.body.contains("Write the reason or the text."));
    assert_eq!(deal(&head, number, "answer", &[("answer", "Такси <b> беріледі")]).status, 303);
    let page = head.get(&format!("{LIST}/{number}")).body;
    assert!(page.contains("Такси &lt;b&gt; беріледі") && page.contains("call the depot"));
    assert!(page.contains("The citizen does not see this."));
    assert_eq!(deal(&head, number, "answer", &[("answer", "twice")]).status, 422, "it is answered");
    assert_eq!(deal(&head, number, "close", &[]).status, 303);
    assert!(head.get(&format!("{LIST}?state=closed")).body.contains(number));
    assert!(!head.get(&format!("{LIST}?state=open")).body.contains(number));
    assert_eq!(head.post(&format!("{LIST}/{number}"), &[("do", "paint"), ("revision", "4")]).status, 400);
}

#[test]
fn the_second_of_two_at_one_matter_is_told_what_changed_and_keeps_what_was_typed() {
    let (collector, numbers) = furnished(&[(1, "Такси керек")]);
    let page = format!("{LIST}/{}", numbers[0]);
    let head = Visitor::with_session(&collector, "d.akhmetov");
    let control = Visitor::with_session(&collector, "control");
    let revision = hidden(&head.get(&page), "revision");
    let forward = [("forward_to", "social"), ("forward_reason", "Арба да керек")];
    assert_eq!(deal(&control, &numbers[0], "forward", &forward).status, 303);
    // The head still has the old page open. The matter has gone to another body, so it is no longer theirs to see.
    let late = [("do", "answer"), ("revision", revision.as_str()), ("answer", "Ұзақ жауап")];
    assert_eq!(head.post(&page, &late).status, 303);
    let back = [("forward_to", "transport"), ("forward_reason", "Қайтару")];
    assert_eq!(deal(&control, &numbers[0], "forward", &back).status, 303);
    let told = head.post(&page, &late);
    assert_eq!(told.status, 409);
    assert!(told.body.contains("somebody else has changed this matter"), "{}", told.body);
    assert!(told.body.contains("Арба да керек") && told.body.contains("Ұзақ жауап</textarea>"));
    let fresh = hidden(&told, "revision");
    let again = [("do", "answer"), ("revision", fresh.as_str()), ("answer", "Ұзақ жауап")];
    assert_eq!(head.post(&page, &again).status, 303);
}

#[test]
fn a_matter_that_is_forwarded_many_times_has_one_head_and_its_whole_history() {
    let (collector, numbers) = furnished(&[(1, "Такси керек")]);
    let control = Visitor::with_session(&collector, "control");
    for turn in 0..12 {
        let to = ["social", "housing", "transport"][turn % 3];
        let reason = format!("reason {turn}.");
        let fields = [("forward_to", to), ("forward_reason", reason.as_str())];
        assert_eq!(deal(&control, &numbers[0], "forward", &fields).status, 303);
    }
    let page = control.get(&format!("{LIST}/{}", numbers[0])).body;
    assert!((0..12).all(|turn| page.contains(&format!("reason {turn}."))));
    assert!(page.contains("<dd><code>d.akhmetov</code></dd>"), "{page}");
    let same =
        deal(&control, &numbers[0], "forward", &[("forward_to", "transport"), ("forward_reason", "x")]);
    assert_eq!(same.status, 422);
}

#[test]
fn the_new_day_is_shown_before_a_term_is_extended() {
    let (collector, numbers) = furnished(&[(1, "Такси керек")]);
    let control = Visitor::with_session(&collector, "control");
    let look = |days: &str, reason: &str| {
        deal(&control, &numbers[0], "extend-look", &[("extend_days", days), ("extend_reason", reason)])
    };
    // From Thursday 2 April on.
    let shown = look("5", "Тексеру");
    assert_eq!(shown.status, 200);
    assert!(
        shown.body.contains("The new day would be 9 April 2026") && shown.body.contains("Тексеру</textarea>")
    );
    assert!(control.get(LIST).body.contains("2 April 2026"), "nothing is saved yet");
    for (days, reason) in [("0", "x"), ("251", "x"), ("five", "x"), ("5", " ")] {
        assert_eq!(look(days, reason).status, 422, "{days} {reason}");
    }
    let unknown = look("250", "x").body;
    assert!(!unknown.contains("does not have the holidays"), "2027 is known");
    let due = [("extend_due", "2026-04-09"), ("extend_reason", "Тексеру")];
    assert_eq!(deal(&control, &numbers[0], "extend", &due).status, 303);
    assert!(control.get(LIST).body.contains("9 April 2026"));
    assert_eq!(deal(&control, &numbers[0], "extend", &due).status, 422, "that is no later day");
    let far = [("extend_due", "2027-12-31"), ("extend_reason", "x")];
    assert_eq!(deal(&control, &numbers[0], "extend", &far).status, 303);
    let unknown = look("1", "x");
    assert_eq!(unknown.status, 422);
    assert!(unknown.body.contains("does not have the holidays of 2028"), "{}", unknown.body);
}

/// Somebody who signed in at this time.
fn coming<'a>(collector: &'a Collector, name: &str, time: &str) -> Visitor<'a> {
    let time: jiff::Timestamp = time.parse().unwrap();
    Visitor::with_session_at(collector, name, Minute(time.as_second() / 60))
}

#[test]
fn overdue_and_soon_due_matters_are_counted_listed_and_shown_over_all_surveys() {
    let (collector, numbers) = furnished(&[(1, "Такси"), (2, "Арба")]);
    let control = Visitor::with_session(&collector, "control");
    assert!(control.get("/console/matters").body.contains("Nothing is overdue or soon due."));
    // Three working days before 2 April.
    collector.set_clock("2026-03-30T06:00:00Z");
    let control = coming(&collector, "control", "2026-03-30T06:00:00Z");
    let list = control.get(&format!("{LIST}?when=soon")).body;
    assert!(numbers.iter().all(|number| list.contains(number.as_str())) && list.contains("soon due"));
    assert!(list.contains("Soon due: 2") && list.contains("Overdue: 0"), "{list}");
    collector.set_clock("2026-04-03T06:00:00Z");
    let control = coming(&collector, "control", "2026-04-03T06:00:00Z");
    let head = coming(&collector, "d.akhmetov", "2026-04-03T06:00:00Z");
    let late = control.get(&format!("{LIST}?when=overdue")).body;
    assert!(late.contains("Overdue: 2") && late.contains("<b>overdue</b>"));
    let everywhere = control.get("/console/matters").body;
    assert!(numbers.iter().all(|number| everywhere.contains(number.as_str())));
    let own = head.get("/console/matters").body;
    assert!(own.contains(numbers[0].as_str()) && !own.contains(numbers[1].as_str()));
    assert_eq!(deal(&control, &numbers[0], "control", &[("on", "1")]).status, 303);
    let controlled = control.get(&format!("{LIST}?when=control")).body;
    assert!(controlled.contains(numbers[0].as_str()) && controlled.contains("Under control: 1"));
}

#[test]
fn the_list_is_a_file_whose_words_are_for_readers_and_no_formulas() {
    let (collector, numbers) = furnished(&[(1, "=1+1 керек")]);
    let file = |name: &str| Visitor::with_session(&collector, name).get(&format!("{LIST}?as=csv"));
    let control = file("control");
    assert_eq!(control.header("content-type"), "text/csv; charset=utf-8");
    assert!(
        control.body.contains("\"'=1+1 керек\"") && control.body.contains(&numbers[0]),
        "{}",
        control.body
    );
    assert!(!file("d.akhmetov").body.contains("керек"), "without the right to read texts there are none");
}

#[test]
fn words_never_stand_beside_a_place_and_what_is_sensitive() {
    let collector = Collector::start();
    let mut own: Value = serde_json::from_str(&crate::support::definition("reception")).unwrap();
    let each = |text: &str| json!({"kk": text, "ru": text, "en": text});
    let places = json!([{"code": 1, "text": each("Ортақ")}, {"code": 2, "text": each("Шет")}]);
    let more = [
        json!({"name": "home", "type": "place", "text": each("Where?"), "options": places}),
        json!({"name": "group", "type": "number", "sensitive": true, "text": each("Group?")}),
        json!({"name": "age", "type": "number", "text": each("Age?")}),
    ];
    own["pages"][1]["questions"].as_array_mut().unwrap().extend(more);
    let version = collector.publish(&own.to_string());
    let answers = json!({"topic": 1, "matter": "Такси", "visit": 1, "home": 1, "group": 2, "age": 70});
    let body = response('a', "reception", &version, &answers);
    assert_eq!(collector.post_json("/api/v1/surveys/reception/responses", &body).status, 201);
    add(&collector, "owner", &[(None, Role::Owner)]);
    let owner = Visitor::with_session(&collector, "owner");
    let export = |query: &str| owner.get(&format!("/api/v1/surveys/reception/export?format=csv{query}"));
    let plain = export("").body;
    assert!(plain.contains("group") && !plain.contains("Такси"), "{plain}");
    assert!(!export("&values=labels&lang=ru").body.contains("Такси"));
    assert_eq!(export("&columns=matter,age").body.lines().last(), Some("Такси,70"));
    let refused = export("&columns=matter,home,group");
    assert_eq!(refused.status, 400);
    assert!(!owner.get(&format!("{LIST}?as=csv")).body.contains("Такси"));
}

#[test]
fn an_export_has_the_matter_of_each_response_where_it_is_asked_for() {
    let (collector, numbers) = furnished(&[(1, "Такси"), (96, "Басқа")]);
    let head = Visitor::with_session(&collector, "d.akhmetov");
    for (asks, fields) in [("answer", &[("answer", "Иә")][..]), ("close", &[])] {
        assert_eq!(deal(&head, &numbers[0], asks, fields).status, 303);
    }
    let owner = Visitor::with_session(&collector, "owner");
    let export =
        |query: &str| owner.get(&format!("/api/v1/surveys/reception/export?format=csv&columns=visit{query}"));
    assert_eq!(export("").body, "visit\r\n1\r\n1\r\n");
    let table = export("&matters=columns");
    let expected = format!(
        "visit,matter_number,matter_state,matter_body,matter_registered,matter_due,matter_closed\r\n\
         1,{},10,transport,2026-03-10,2026-04-02,2026-03-09\r\n1,{},1,-2,2026-03-10,2026-04-02,-2\r\n",
        numbers[0], numbers[1]
    );
    assert_eq!(table.body, expected);
    let tag = table.header("etag").to_owned();
    let control = Visitor::with_session(&collector, "control");
    assert_eq!(deal(&control, &numbers[1], "give", &[("to", "s.omarova")]).status, 303);
    assert_ne!(
        export("&matters=columns").header("etag"),
        tag,
        "what becomes of a matter makes another table"
    );
    assert_eq!(export("&matters=yes").status, 400);
    let labels = export("&matters=columns&values=labels&lang=ru").body;
    assert!(labels.contains("Закрыто"), "{labels}");
    let codebook = owner.get("/api/v1/surveys/reception/codebook?format=html&matters=columns");
    assert!(codebook.status == 200);
}

#[test]
fn a_matter_that_was_taken_back_can_be_looked_at_and_not_dealt_with() {
    let (collector, numbers) = furnished(&[(1, "Такси керек")]);
    let head = Visitor::with_session(&collector, "d.akhmetov");
    let page = format!("{LIST}/{}", numbers[0]);
    let revision = hidden(&head.get(&page), "revision");
    let version = collector.publish_example("reception");
    let answers = json!({"topic": 1, "matter": "Такси керек", "visit": 1, "needs": [1]});
    let again = response('a', "reception", &version, &answers);
    let receipt = collector.post_json("/api/v1/surveys/reception/responses", &again).receipt();
    assert_eq!(collector.withdraw(&receipt).status, 204);
    let late = [("do", "answer"), ("revision", revision.as_str()), ("answer", "Жауап")];
    assert_eq!(head.post(&page, &late).status, 409);
    let body = head.get(&page).body;
    assert!(body.contains("The response was taken back") && !body.contains("Такси керек"));
    assert!(!body.contains("name=\"revision\""), "there is nothing more to do");
}
