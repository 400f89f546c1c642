//! Officials at a meeting (domain M4): they note who has come, see whether that is enough, give instructions, and write and
//! publish its minutes.

use super::{Visitor, add};
use crate::support::{Collector, NOW, Reply, hidden, on_both_engines, response};
use collector::people::rights::Role;
use collector::store::{ByMode, Issued, Mode, NewInvitations};
use matter::MatterNumber;
use serde_json::{Value, json};

on_both_engines! { Collector:
    whoever_comes_is_noted_once_and_a_slip_is_taken_back
    of_two_who_write_minutes_at_once_nobody_loses_anything
    a_question_goes_from_the_moderator_to_an_instruction_and_into_the_minutes
}

const MEETING: &str = "/console/surveys/meeting/meeting";
const DOOR: &str = "/console/surveys/meeting/attendance";
const MINUTES: &str = "/console/surveys/meeting/minutes";
const HOSTILE: &str = "\"><script>alert(1)</script> +7 балл & 'ә'";

/// A meeting with a controller, a moderator and an analyst.
fn furnish(collector: &Collector) -> String {
    let version = collector.publish_example("meeting");
    for (name, role) in [
        ("control", Role::Controller),
        ("moderator", Role::Moderator),
        ("analyst", Role::Analyst),
        ("viewer", Role::Viewer),
        ("head", Role::Responsible),
    ] {
        add(collector, name, &[(Some("meeting"), role)]);
    }
    version
}

fn register(collector: &Collector, version: &str, id: u32, answers: &Value) -> MatterNumber {
    let mut body = response('0', "meeting", version, answers);
    body["id"] = json!(format!("{id:032x}"));
    let reply = collector.post_json("/api/v1/surveys/meeting/responses", &body);
    assert_eq!(reply.status, 201, "{reply:?}");
    reply.json()["number"].as_str().unwrap().parse().unwrap()
}

fn check(visitor: &Visitor<'_>, number: &str, mode: &str) -> Reply {
    visitor.post(DOOR, &[("do", "check"), ("number", number), ("mode", mode)])
}

fn present(collector: &Collector) -> [u64; 4] {
    let present = collector.wait(collector.store.present("meeting")).unwrap();
    let ByMode { room, online } = present.registered;
    [room, online, present.walked_in.room, present.walked_in.online]
}

fn whoever_comes_is_noted_once_and_a_slip_is_taken_back(collector: &Collector) {
    let version = furnish(collector);
    let number = register(collector, &version, 1, &json!({"attends": 1, "needs": [2], "person": HOSTILE}));
    let other = register(collector, &version, 2, &json!({"attends": 2}));
    let moderator = Visitor::with_session(collector, "moderator");
    let page = moderator.get(DOOR).body;
    assert!(page.contains(&number.to_string()) && page.contains("+7 балл &amp; 'ә'"), "{page}");
    assert!(!page.contains("<script>alert"));

    let spoken = format!(" {} ", number.to_string().replace('-', " – "));
    for _ in 0..2 {
        let reply = check(&moderator, &spoken, "room");
        let told = format!("{DOOR}?told=came_room&number={number}");
        assert_eq!((reply.status, reply.header("location")), (303, told.as_str()));
    }
    let told = moderator.get(&format!("{DOOR}?told=came_room&number={number}")).body;
    assert!(told.contains(&format!("{number}: noted in the room")), "{told}");
    assert_eq!(check(&moderator, &other.to_string(), "online").status, 303);
    assert_eq!(present(collector), [1, 1, 0, 0]);
    assert_eq!(check(&moderator, &other.to_string(), "room").status, 303);
    assert_eq!(present(collector), [2, 0, 0, 0], "whoever comes in from the stream is there once");
    for _ in 0..2 {
        assert_eq!(check(&moderator, &other.to_string(), "none").status, 303);
    }
    assert_eq!(present(collector), [1, 0, 0, 0]);

    let count = |before: &str, people: &str| {
        moderator.post(DOOR, &[("do", "walk-ins"), ("mode", "room"), ("before", before), ("people", people)])
    };
    assert_eq!((count("0", "5").status, count("0", "5").status), (303, 303), "the same twice is the same");
    let stale = count("0", "9");
    assert_eq!(stale.status, 409);
    assert!(stale.body.contains("It is now 5."), "{}", stale.body);
    assert_eq!(present(collector), [1, 0, 5, 0]);
    let log = collector.wait(collector.store.deeds(None, 50)).unwrap();
    let noted: Vec<&str> = log
        .iter()
        .filter(|(_, deed)| deed.act.name() == "noted_attendance")
        .map(|(_, deed)| deed.details.as_str())
        .collect();
    assert!(noted.contains(&"unregistered, room: 5") && noted.contains(&format!("{number}: room").as_str()));
}

#[test]
fn what_nobody_could_mean_at_the_door_is_explained_and_changes_nothing() {
    let collector = Collector::start();
    let version = furnish(&collector);
    let number = register(&collector, &version, 1, &json!({"attends": 1})).to_string();
    let moderator = Visitor::with_session(&collector, "moderator");
    let wrong_digit =
        format!("{}{}", &number[..number.len() - 1], (number.as_bytes()[number.len() - 1] - b'0' + 1) % 10);
    for (typed, mode, told) in [
        (wrong_digit.as_str(), "room", "its last digit checks the others"),
        (HOSTILE, "room", "its last digit checks the others"),
        ("", "room", "its last digit checks the others"),
        ("2026-2-0", "room", "number"),
        (number.as_str(), "both", "Choose in the room or online."),
    ] {
        let reply = check(&moderator, typed, mode);
        assert_eq!(reply.status, 422, "{typed}");
        assert!(
            reply.body.contains(told) && !reply.body.contains("<script>alert"),
            "{typed}: {}",
            reply.body
        );
    }
    let unknown = MatterNumber::new(2026, 99).unwrap().to_string();
    assert!(check(&moderator, &unknown, "room").body.contains("Nobody is registered with this number."));
    for people in ["-1", "1000001", "many", ""] {
        let fields = [("do", "walk-ins"), ("mode", "room"), ("before", "0"), ("people", people)];
        assert_eq!(moderator.post(DOOR, &fields).status, 422, "{people}");
    }
    assert_eq!(moderator.post(DOOR, &[("do", "else")]).status, 400);
    assert_eq!(present(&collector), [0; 4]);
    let analyst = Visitor::with_session(&collector, "analyst");
    assert!(!analyst.get(DOOR).body.contains("name=\"people\""), "who only analyses looks on");
    assert_eq!(check(&analyst, &number, "room").status, 403);
    assert_eq!(present(&collector), [0; 4]);
}

#[test]
fn a_registration_that_was_taken_back_stays_counted_and_is_not_noted_anew() {
    let collector = Collector::start();
    let version = furnish(&collector);
    let mut body = response('a', "meeting", &version, &json!({"attends": 1}));
    body["lang"] = json!("kk");
    let kept = collector.post_json("/api/v1/surveys/meeting/responses", &body);
    let number = kept.json()["number"].as_str().unwrap().to_owned();
    let moderator = Visitor::with_session(&collector, "moderator");
    assert_eq!(check(&moderator, &number, "room").status, 303);
    assert_eq!(collector.withdraw(&kept.receipt()).status, 204);
    assert_eq!(present(&collector), [1, 0, 0, 0], "who was there was there");
    assert!(!moderator.get(DOOR).body.contains(&format!("value=\"{number}\"")));
    assert!(check(&moderator, &number, "online").body.contains("This registration was taken back."));
}

#[test]
fn a_meeting_with_nobody_says_so_on_every_page_and_has_no_quorum() {
    let collector = Collector::start();
    furnish(&collector);
    let control = Visitor::with_session(&collector, "control");
    let page = control.get(MEETING).body;
    assert!(page.contains("There is no quorum. Needed: 86, missing: 86."), "{page}");
    assert!(
        page.contains("No question is shown.") && page.contains("Votes that the definition names"),
        "{page}"
    );
    assert!(control.get(DOOR).body.contains("Nobody has registered yet."));
    let minutes = control.get(MINUTES).body;
    assert!(
        minutes.contains("No questions were put.") && !minutes.contains("Publish the minutes"),
        "{minutes}"
    );
    assert_eq!(control.post(MINUTES, &[("do", "publish"), ("revision", "0"), ("version", "1")]).status, 422);
    let page = collector.get("/s/meeting/minutes?lang=kk");
    assert!(page.status == 200 && page.body.contains("Хаттама әлі жарияланған жоқ."), "{}", page.body);
    assert_eq!(collector.get("/s/meeting/minutes.docx").status, 404);
    assert_eq!(collector.get("/s/meeting/minutes?version=1").status, 404);
    let viewer = Visitor::with_session(&collector, "viewer");
    let page = viewer.get(MEETING).body;
    assert!(!page.contains(DOOR) && !page.contains(MINUTES), "nobody is led where they may not go");
}

/// The fields of minutes, each in every language.
fn fields(number: &str, said: &str) -> Vec<(String, String)> {
    let mut fields =
        vec![("do".to_owned(), "save".to_owned()), ("minutes-number".to_owned(), number.to_owned())];
    for lang in ["kk", "ru", "en"] {
        fields.push((format!("chair-{lang}"), format!("Б. Сейітов {lang}")));
        fields.push((format!("secretary-{lang}"), "А. Қасымова".to_owned()));
        fields.push((format!("said-report-{lang}"), said.to_owned()));
        fields.push((format!("decided-report-{lang}"), format!("Қабылдансын {lang}")));
    }
    fields
}

fn save(visitor: &Visitor<'_>, revision: &str, fields: &[(String, String)]) -> Reply {
    let own = fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    visitor.post(MINUTES, &own.chain([("revision", revision)]).collect::<Vec<_>>())
}

fn of_two_who_write_minutes_at_once_nobody_loses_anything(collector: &Collector) {
    furnish(collector);
    let first = Visitor::with_session(collector, "moderator");
    let second = Visitor::with_session(collector, "control");
    let revision = hidden(&second.get(MINUTES), "revision");
    assert_eq!(revision, "0");
    assert_eq!(save(&first, &revision, &fields("7", "Айтылды: бірінші")).status, 303);
    let told = save(&second, &revision, &fields("7", HOSTILE));
    assert_eq!(told.status, 409);
    for words in ["Somebody else has saved the minutes", "Айтылды: бірінші", "+7 балл &amp; 'ә'"]
    {
        assert!(told.body.contains(words), "{words}: {}", told.body);
    }
    assert!(!told.body.contains("<script>alert") && hidden(&told, "revision") == "1");
    assert_eq!(save(&second, &hidden(&told, "revision"), &fields("7", "Екеуі де")).status, 303);
    let draft = collector.wait(collector.store.minutes_draft("meeting")).unwrap().unwrap();
    assert_eq!((draft.revision, draft.who.as_str()), (2, "control"));
    assert!(draft.said.contains("Екеуі де"));
    // A version that was looked at before somebody changed the text is not published.
    let stale = second.post(MINUTES, &[("do", "publish"), ("revision", "1"), ("version", "1")]);
    assert_eq!(stale.status, 409);
    assert!(collector.wait(collector.store.minutes("meeting")).unwrap().is_empty());
}

#[test]
fn minutes_are_published_as_they_are_and_corrected_beside_what_was() {
    let collector = Collector::start();
    let version = furnish(&collector);
    for id in 0..12 {
        let number = register(&collector, &version, id, &json!({"attends": 1, "person": "Гүлнар Әлиева"}));
        collector.wait(collector.store.check_in("meeting", number, Mode::Room)).unwrap();
    }
    collector.wait(collector.store.count_walk_ins("meeting", Mode::Online, (0, 84))).unwrap();
    let control = Visitor::with_session(&collector, "control");
    assert_eq!(save(&control, "0", &fields("12", HOSTILE)).status, 303);
    let page = control.get(MINUTES);
    assert!(page.body.contains("Publish the minutes") && page.body.contains("+7 балл &amp; 'ә'"));
    assert_eq!(collector.get("/s/meeting/minutes.docx").status, 404, "nothing is published yet");
    let publish = |version: &str, revision: &str| {
        control.post(MINUTES, &[("do", "publish"), ("revision", revision), ("version", version)])
    };
    assert_eq!(publish("1", "1").status, 303);
    assert_eq!(publish("1", "1").status, 409, "a second click publishes nothing");

    let kk = collector.get("/s/meeting/minutes?lang=kk").body;
    for words in [
        "№ 12 хаттама",
        "2026 жылғы 10 желтоқсан, 18:00",
        "Залда: 12",
        "Онлайн: 84",
        "Кворум бар.",
        "<b>Төраға:</b> Б. Сейітов kk",
        "Ауылдық округ әкімінің 2026 жылғы есебі",
        "<b>Шешім қабылданды:</b> Қабылдансын kk",
        "Жарияланған күні: 2026 жылғы",
    ] {
        assert!(kk.contains(words), "{words}: {kk}");
    }
    assert!(!kk.contains("Гүлнар") && !kk.contains("<script>alert"), "no names of citizens, no markup");
    let ru = collector.get("/s/meeting/minutes?lang=ru").body;
    for words in ["Протокол № 12", "Присутствовали", "Кворум имеется.", "Слушали", "Постановили"]
    {
        assert!(ru.contains(words), "{words}: {ru}");
    }
    let docx = collector.get("/s/meeting/minutes.docx?lang=ru");
    assert_eq!(
        (docx.status, docx.header("content-disposition")),
        (200, "attachment; filename=\"meeting-minutes-1.ru.docx\"")
    );
    collector.set_clock("2026-12-10T15:00:00Z");
    let page = collector.get("/s/meeting?lang=kk").body;
    assert!(page.contains("/s/meeting/minutes"), "the citizen is led there once the meeting has begun");
    collector.set_clock("2026-03-08T20:01:00Z");
    corrected(&collector, &control);
}

/// What is known later does not change what was published: a correction stands beside it.
fn corrected(collector: &Collector, control: &Visitor<'_>) {
    collector.wait(collector.store.count_walk_ins("meeting", Mode::Room, (0, 40))).unwrap();
    assert_eq!(save(control, "1", &fields("12", "Түзетілді")).status, 303);
    assert!(collector.get("/s/meeting/minutes?lang=kk").body.contains("Залда: 12"));
    let fields = [("do", "publish"), ("revision", "2"), ("version", "2")];
    assert_eq!(control.post(MINUTES, &fields).status, 303);
    let corrected = collector.get("/s/meeting/minutes?lang=kk").body;
    for words in ["Залда: 52", "Түзетілді", "түзетілген 2-нұсқасы", "version=1"]
    {
        assert!(corrected.contains(words), "{words}: {corrected}");
    }
    let before = collector.get("/s/meeting/minutes?lang=kk&version=1").body;
    assert!(before.contains("Залда: 12") && before.contains("Бұл нұсқа кейін түзетілді"), "{before}");
    let acts = collector.wait(collector.store.deeds(None, 100)).unwrap();
    let count = |name: &str| acts.iter().filter(|(_, deed)| deed.act.name() == name).count();
    assert_eq!((count("wrote_minutes"), count("published_minutes")), (2, 2));
}

#[test]
fn few_are_told_to_the_agency_alone() {
    let collector = Collector::start();
    furnish(&collector);
    collector.wait(collector.store.count_walk_ins("meeting", Mode::Room, (0, 40))).unwrap();
    collector.wait(collector.store.count_walk_ins("meeting", Mode::Online, (0, 3))).unwrap();
    let control = Visitor::with_session(&collector, "control");
    assert_eq!(save(&control, "0", &fields("1", "Айтылды")).status, 303);
    assert_eq!(control.post(MINUTES, &[("do", "publish"), ("revision", "1"), ("version", "1")]).status, 303);
    let public = collector.get("/s/meeting/minutes?lang=en").body;
    assert!(public.contains("In all: 43") && public.contains("Online: not shown"), "{public}");
    assert!(public.contains("In the room: not shown"), "40 of 43 would tell it");
    let csv = control.get(&format!("{MINUTES}/file?of=kk&as=csv"));
    assert_eq!((csv.status, csv.header("content-type")), (200, "text/csv; charset=utf-8"));
    assert!(csv.body.contains("Қабылдансын kk") && csv.body.contains("\"Орындау мерзімі\""), "{}", csv.body);
    let odd = control.get(&format!("{MINUTES}/file?of=zz&as=exe"));
    assert_eq!(
        (odd.status, odd.header("content-disposition")),
        (200, "attachment; filename=\"meeting-minutes.kk.docx\"")
    );
}

#[test]
fn minutes_that_are_too_long_or_lack_a_language_say_where() {
    let collector = Collector::start();
    furnish(&collector);
    let control = Visitor::with_session(&collector, "control");
    let long = "ә".repeat(8001);
    let refused = save(&control, "0", &fields(&"1".repeat(41), &long));
    assert_eq!(refused.status, 422);
    for told in
        ["Too long: 8,000 characters at most.", "Too long: 40 characters at most.", "said-report-kk-error"]
    {
        assert!(refused.body.contains(told), "{told}");
    }
    assert!(refused.body.contains(&long), "what was written is still there");
    assert_eq!(collector.wait(collector.store.minutes_draft("meeting")).unwrap(), None);

    let mut partly = fields("3", "Айтылды");
    partly.retain(|(name, _)| name != "said-report-ru" && name != "chair-en");
    partly.push(("chair-zz".to_owned(), "unknown languages are not looked at".to_owned()));
    partly.push(("said-nothing-kk".to_owned(), "nor unknown items".to_owned()));
    assert_eq!(save(&control, "0", &partly).status, 303, "what is not finished is kept");
    let draft = collector.wait(collector.store.minutes_draft("meeting")).unwrap().unwrap();
    assert!(!draft.said.contains("looked at") && !draft.said.contains("nor unknown"));
    let refused = control.post(MINUTES, &[("do", "publish"), ("revision", "1"), ("version", "1")]);
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("chair-en-error") && refused.body.contains("said-report-ru-error"));
    let odd = [("do", "save"), ("revision", "x")];
    assert_eq!(control.post(MINUTES, &odd).status, 400);
    let head = Visitor::with_session(&collector, "head");
    assert_eq!(head.get(MINUTES).status, 403);
    let analyst = Visitor::with_session(&collector, "analyst");
    assert_eq!(save(&analyst, "1", &fields("4", "x")).status, 403, "who only analyses writes no minutes");
    let moderator = Visitor::with_session(&collector, "moderator");
    assert_eq!(save(&moderator, "1", &fields("4", "Айтылды")).status, 303);
    let fields = [("do", "publish"), ("revision", "2"), ("version", "1")];
    assert_eq!(moderator.post(MINUTES, &fields).status, 403, "publishing is another right");
}

fn a_question_goes_from_the_moderator_to_an_instruction_and_into_the_minutes(collector: &Collector) {
    let version = furnish(collector);
    let number = register(collector, &version, 1, &json!({"attends": 1, "question": HOSTILE, "topic": 2}));
    let silent = register(collector, &version, 2, &json!({"attends": 2}));
    let number = number.to_string();
    let moderator = Visitor::with_session(collector, "moderator");
    let queue = moderator.get("/console/surveys/meeting/moderation").body;
    assert!(queue.contains(&number) && !queue.contains(&silent.to_string()), "{queue}");
    let hidden_ones = moderator.get("/console/surveys/meeting/moderation?show=hidden").body;
    assert!(
        !hidden_ones.contains(&silent.to_string()),
        "who only registers has said nothing to decide about"
    );
    let decision = (format!("decision-{number}"), format!("revision-{number}"));
    let fields = [("do", "decide"), ("number", number.as_str()), (&decision.0, "show"), (&decision.1, "0")];
    assert_eq!(moderator.post("/console/surveys/meeting/moderation", &fields).status, 200);

    instructed(collector, &number, &silent.to_string());

    let control = Visitor::with_session(collector, "control");
    let overview = control.get(MEETING).body;
    assert!(
        overview.contains("Of these without an answer: 0") && overview.contains("21 December 2026"),
        "{overview}"
    );
    assert_eq!(save(&control, "0", &self::fields("5", "Айтылды")).status, 303);
    assert_eq!(control.post(MINUTES, &[("do", "publish"), ("revision", "1"), ("version", "1")]).status, 303);
    let minutes = collector.get("/s/meeting/minutes?lang=kk").body;
    for words in [
        &*format!("<th scope=\"row\">{number}</th>"),
        "+7 балл &amp; 'ә'",
        "Жөнделеді",
        "Шатырды жөндеу &lt;b&gt;",
        "head &lt;Ә&gt;",
        "2026 жылғы 21 желтоқсан",
        "10-нан аз",
    ] {
        assert!(minutes.contains(words), "{words}: {minutes}");
    }
}

/// The question is at the workbench, where whoever only registers is not; it becomes an instruction, is answered and carried out.
fn instructed(collector: &Collector, number: &str, silent: &str) {
    let control = Visitor::with_session(collector, "control");
    let list = control.get("/console/surveys/meeting/matters").body;
    assert!(list.contains(number) && !list.contains(silent), "{list}");
    let page = format!("/console/surveys/meeting/matters/{number}");
    let instruct = |to: &str, due: &str, text: &str| {
        let revision = hidden(&control.get(&page), "revision");
        let fields = [
            ("do", "instruct"),
            ("revision", &*revision),
            ("instruct_to", to),
            ("instruct_due", due),
            ("instruct", text),
        ];
        control.post(&page, &fields)
    };
    for (to, due, text) in [
        ("nobody", "2026-12-20", "Жөндеу"),
        ("head", "2020-01-01", "Жөндеу"),
        ("head", "+7 балл", "Жөндеу"),
        ("head", "2026-12-20", "  "),
        ("head", "2026-12-20", &"ә".repeat(4001)),
    ] {
        assert_eq!(instruct(to, due, text).status, 422, "{to} {due}");
    }
    assert_eq!(instruct("head", "2026-12-20", "Шатырды жөндеу <b>").status, 303);
    assert_eq!(
        instruct("control", "2026-12-25", "Шатырды жөндеу <b>").status,
        303,
        "it can be given to another"
    );
    assert_eq!(instruct("head", "2026-12-21", "Шатырды жөндеу <b>").status, 303);
    let head = Visitor::with_session(collector, "head");
    assert!(head.get(&page).body.contains("Шатырды жөндеу &lt;b&gt;"));
    let revision = hidden(&head.get(&page), "revision");
    let fields = [("do", "answer"), ("revision", &*revision), ("answer", "Жөнделеді")];
    assert_eq!(head.post(&page, &fields).status, 303);
    assert!(control.get(MEETING).body.contains("Of these without an answer: 0"));
    let revision = hidden(&head.get(&page), "revision");
    let fields = [("do", "implement"), ("revision", &*revision), ("implement", "Жөнделді")];
    assert_eq!(head.post(&page, &fields).status, 303);
    assert!(head.get(&page).body.contains("Carried out"));
}

#[test]
fn registrations_come_in_pages_that_miss_none() {
    let collector = Collector::start();
    let version = furnish(&collector);
    let numbers: Vec<MatterNumber> =
        (0..120).map(|id| register(&collector, &version, id, &json!({"attends": id % 3 + 1}))).collect();
    let moderator = Visitor::with_session(&collector, "moderator");
    let (mut address, mut seen) = (DOOR.to_owned(), 0);
    loop {
        let page = moderator.get(&address).body;
        seen += numbers.iter().filter(|number| page.contains(&format!("value=\"{number}\""))).count();
        let mut links = page.split("href=\"").filter_map(|link| link.split('"').next());
        match links.find(|link| link.contains("after=")) {
            Some(next) => address = next.replace("&amp;", "&"),
            None => break,
        }
    }
    assert_eq!(seen, 120);
    let page = moderator.get(MEETING).body;
    assert_eq!(page.matches("<td><span>40</span></td>").count(), 3, "{page}");
}

#[test]
fn votes_are_told_by_where_their_codes_were_given_out() {
    let collector = Collector::start();
    furnish(&collector);
    collector.publish_example("meeting-vote");
    let issue = |batch: &str, hashes: std::ops::Range<u8>| {
        let new = NewInvitations {
            survey: "meeting-vote".to_owned(),
            batch: batch.to_owned(),
            made: NOW,
            expires: None,
            hashes: hashes.map(|hash| [hash; 32]).collect(),
        };
        assert_eq!(collector.wait(collector.store.issue(new)).unwrap(), Issued::New);
    };
    issue("room", 0..40);
    issue("online", 40..60);
    let control = Visitor::with_session(&collector, "control");
    let page = control.get(MEETING).body;
    for cells in [
        "<span>In the room</span></td><td><span>40</span></td><td><span>0</span>",
        "<span>60</span></td><td><span>0</span>",
    ] {
        assert!(page.contains(cells), "{cells}: {page}");
    }
    assert_eq!(save(&control, "0", &fields("1", "Айтылды")).status, 303);
    let minutes = control.get(MINUTES).body;
    for words in [
        "Codes given out in the room: 40. Voted: fewer than 10.",
        "The result of this vote is not public, or not yet.",
        "one code is one vote",
    ] {
        assert!(minutes.contains(words), "{words}: {minutes}");
    }
}
