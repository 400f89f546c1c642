//! A meeting as citizens see it (domain M4): they register, put questions and support those of others, and vote with a code.

use crate::console::{Visitor, add};
use crate::support::{
    Collector, NOW, Reply, definition, filled, hidden, on_both_engines, response, urlencoded,
};
use collector::people::rights::Role;
use collector::store::{Changed, Matter, MatterEvent, Minutes, Mode};
use matter::{MatterNumber, Shown, State};
use serde_json::{Value, json};

on_both_engines! { Collector:
    the_questions_stand_in_the_order_of_their_support
    who_supports_a_question_can_take_it_back_and_a_second_time_counts_nothing
    what_became_of_a_meeting_is_told_once_it_is_over_and_never_of_few
}

const PAGE: &str = "/s/meeting?lang=ru";
const SUPPORT: &str = "/s/meeting/support?lang=ru";
const HOSTILE: &str = "\"><script>alert(1)</script> +7 балл & 'ә'";

fn meeting() -> (Collector, String) {
    let collector = Collector::start();
    let version = collector.publish_example("meeting");
    (collector, version)
}

/// The same with a changed definition.
fn changed(change: impl FnOnce(&mut Value)) -> (Collector, String) {
    let collector = Collector::start();
    let mut definition: Value = serde_json::from_str(&definition("meeting")).unwrap();
    change(&mut definition);
    let version = collector.publish(&definition.to_string());
    (collector, version)
}

/// Registers; each with a number of its own.
fn register(collector: &Collector, version: &str, id: u32, answers: &Value) -> (MatterNumber, Reply) {
    let mut body = response('0', "meeting", version, answers);
    (body["id"], body["lang"]) = (json!(format!("{id:032x}")), json!("ru"));
    let reply = collector.post_json("/api/v1/surveys/meeting/responses", &body);
    assert_eq!(reply.status, 201, "{reply:?}");
    (reply.json()["number"].as_str().unwrap().parse().unwrap(), reply)
}

fn ask(collector: &Collector, version: &str, id: u32, question: &str) -> MatterNumber {
    register(collector, version, id, &json!({"attends": 1, "question": question, "topic": 2})).0
}

fn matter(collector: &Collector, number: MatterNumber) -> Matter {
    collector.wait(collector.store.matter("meeting", number)).unwrap().unwrap()
}

fn change(
    collector: &Collector,
    number: MatterNumber,
    (what, said): (&str, &Value),
    change: impl FnOnce(&mut Matter),
) {
    let before = matter(collector, number);
    let mut after = before.clone();
    change(&mut after);
    let event = MatterEvent {
        revision: before.revision + 1,
        minute: NOW,
        who: "aigul".to_owned(),
        what: what.to_owned(),
        said: said.to_string(),
        public: true,
    };
    let changed = collector.wait(collector.store.change_matter(&before, after, event)).unwrap();
    assert!(matches!(changed, Changed::Done(_)));
}

fn show(collector: &Collector, number: MatterNumber) {
    change(collector, number, ("shown", &json!({"to": "checked"})), |matter| {
        (matter.shown, matter.state) = (Shown::Shown, State::Checked);
    });
}

fn post(collector: &Collector, page: &Reply, field: &str, value: &str) -> Reply {
    let voter = hidden(page, "voter");
    collector.post_form(SUPPORT, &urlencoded(&[("voter", voter.as_str()), (field, value)]))
}

fn supporters(collector: &Collector, number: MatterNumber) -> u64 {
    let tallies = collector.wait(collector.store.tallies("meeting", &[number])).unwrap();
    tallies.first().map_or(0, |tally| tally.agree)
}

#[test]
fn around_the_form_stand_when_and_where_in_every_language() {
    let (collector, _) = meeting();
    for (lang, words) in [
        ("kk", ["10 желтоқсан", "Мәдениет үйі", "Күн тәртібі", "жайылымын пайдалану"]),
        ("ru", ["10 декабря 2026", "Дом культуры", "Повестка дня", "План использования пастбищ"]),
        ("en", ["10 December 2026", "House of Culture", "Agenda", "The plan for the pastures"]),
    ] {
        let page = collector.get(&format!("/s/meeting?lang={lang}")).body;
        for words in words.iter().chain(&["18:00", "https://live.kokterek.example/zhinalys", "meeting.ics"]) {
            assert!(page.contains(words), "{lang}: {words}: {page}");
        }
        assert!(page.contains("datetime=\"2026-12-10T18:00\""));
    }
    let fragment = collector.get("/api/v1/surveys/meeting/around?lang=ru&heading-level=3").body;
    assert!(fragment.contains("data-live=\"questions\"") && fragment.contains("data-live=\"follow\""));
}

#[test]
fn the_file_for_a_calendar_is_one_event_in_universal_time_and_takes_no_orders() {
    let (collector, _) = changed(|definition| {
        definition["meeting"]["place"] =
            json!("Үй;1,\nATTACH:http://a.kz \\ ".to_owned() + &"ұзын ".repeat(40));
    });
    let reply = collector.get("/s/meeting/meeting.ics?lang=kk");
    assert_eq!((reply.status, reply.header("content-type")), (200, "text/calendar; charset=utf-8"));
    assert!(reply.body.split("\r\n").all(|line| line.len() <= 75 && !line.starts_with("ATTACH")));
    let lines = reply.body.replace("\r\n ", "");
    for line in [
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n",
        "\r\nDTSTART:20261210T130000Z\r\n",
        "\r\nSUMMARY;LANGUAGE=kk:Көктерек ауылы тұрғындарының жалпы жиналысы\r\n",
        "LOCATION;LANGUAGE=kk:Үй\\;1\\,\\nATTACH:http://a.kz \\\\ ұзын",
        "END:VEVENT\r\nEND:VCALENDAR\r\n",
    ] {
        assert!(lines.contains(line), "{line}: {lines}");
    }
    assert_eq!(collector.get("/s/nothing/meeting.ics").status, 404);
    collector.publish_example("page-useful");
    assert_eq!(collector.get("/s/page-useful/meeting.ics").status, 404, "it is no meeting");
}

#[test]
fn who_registers_gets_a_number_and_reads_what_was_asked_for() {
    let (collector, _) = meeting();
    let address = "/s/meeting?lang=ru&assisted=staff";
    let mut page = collector.get(address);
    // The topic of a question is asked once there is one; at the end all is shown for checking.
    let steps: [&[(&str, &str)]; 4] = [
        &[("attends", "1"), ("needs", "1"), ("needs", "2")],
        &[("question", "Когда включат свет?")],
        &[("question", "Когда включат свет?"), ("topic", "1")],
        &[],
    ];
    for answers in steps {
        let fields = [answers, &[("_assisted", "staff"), ("_go", "next")]].concat();
        page = collector.post_form(address, &filled(&page, &fields));
    }
    let sent = page;
    let number = sent.body.split("Номер регистрации: ").nth(1);
    let number = number.unwrap_or_else(|| panic!("{}", sent.body)).split('<').next().unwrap().to_owned();
    for words in [
        "Приду в зал",
        "Специалист жестового языка; Место для кресла-коляски",
        "Когда включат свет?",
        "Ждёт проверки",
    ] {
        assert!(sent.body.contains(words), "{words}: {}", sent.body);
    }
    let matter = matter(&collector, number.parse().unwrap());
    assert_eq!((matter.state, matter.shown), (State::Received, Shown::Waiting));
    let kept = collector.wait(collector.store.responses_at(&[matter.response])).unwrap();
    assert!(kept[0].paradata.contains("staff"), "an operator on the telephone says so: {}", kept[0].paradata);
}

#[test]
fn a_registration_without_a_question_has_a_number_and_nothing_to_show() {
    let (collector, version) = changed(|definition| definition["meeting"]["moderation"] = json!("after"));
    for (id, question) in [(1, None), (2, Some("  ")), (3, Some("Где взять воду?"))] {
        let mut answers = json!({"attends": 2, "person": "Асель"});
        if let Some(question) = question {
            answers["question"] = json!(question);
        }
        let mut body = response('0', "meeting", &version, &answers);
        body["id"] = json!(format!("{id:032x}"));
        let reply = collector.post_json("/api/v1/surveys/meeting/responses", &body);
        assert_eq!(reply.status, 201, "{question:?}: {reply:?}");
    }
    let page = collector.get(PAGE).body;
    assert!(page.contains("Где взять воду?") && !page.contains("Асель"), "no name is public: {page}");
    assert_eq!(page.matches("name=\"support\"").count(), 1);
}

#[test]
fn a_question_waits_for_a_moderator_and_is_followed_with_its_number() {
    let (collector, version) = meeting();
    let answers = json!({"attends": 3, "question": HOSTILE, "topic": 4});
    let (number, reply) = register(&collector, &version, 7, &answers);
    assert!(!collector.get(PAGE).body.contains("+7 балл"));
    let follow = |words: &str| {
        let fields = [("number", number.to_string()), ("receipt", reply.receipt())];
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let page = collector.post_form("/s/meeting/follow?lang=ru", &urlencoded(&fields));
        assert!(page.body.contains(words) && !page.body.contains("<script>alert"), "{words}: {}", page.body);
    };
    follow("Ждёт проверки модератором");
    let early = urlencoded(&[("support", &number.to_string())]);
    assert_eq!(collector.post_form(SUPPORT, &early).status, 422);
    show(&collector, number);
    follow("Вопрос видят все");
    let page = collector.get(PAGE).body;
    assert!(page.contains("+7 балл &amp; 'ә'") && !page.contains("<script>alert"), "{page}");
    let answer = json!({"text": "Починим <b>весной", "lang": "ru"});
    change(&collector, number, ("answer", &answer), |matter| matter.state = State::Answered);
    follow("Починим &lt;b&gt;весной");
    let page = collector.get("/s/meeting?lang=kk").body;
    assert!(page.contains("Жауап берілді") && page.contains("Починим &lt;b&gt;весной"), "{page}");
    let reason = json!({"reason": "Нельзя размещать рекламу."});
    change(&collector, number, ("hidden", &reason), |matter| matter.shown = Shown::Hidden);
    assert!(!collector.get(PAGE).body.contains("+7 балл"));
    follow("Нельзя размещать рекламу.");
}

fn the_questions_stand_in_the_order_of_their_support(collector: &Collector) {
    let version = collector.publish_example("meeting");
    let numbers: Vec<_> =
        (0..25).map(|id| ask(collector, &version, id, &format!("Вопрос {id} конец"))).collect();
    numbers.iter().for_each(|number| show(collector, *number));
    let page = collector.get(PAGE);
    assert!(page.body.contains("Вопрос 24 конец") && !page.body.contains("Вопрос 3 конец"));
    for _ in 0..10 {
        // Each page that is opened is another visit.
        let supported = post(collector, &collector.get(PAGE), "support", &numbers[3].to_string());
        assert_eq!(supported.status, 200);
    }
    post(collector, &page, "support", &numbers[9].to_string());
    let page = collector.get(PAGE);
    let place = |words: &str| page.body.find(words).unwrap_or(usize::MAX);
    assert!(place("Вопрос 3 конец") < place("Вопрос 9 конец"));
    assert!(place("Вопрос 9 конец") < place("Вопрос 24 конец"));
    assert!(page.body.contains("Поддержали: 10") && page.body.contains("начиная с 10"));
    assert!(!page.body.contains("Поддержали: 1<"), "one supporter is not counted in public");
    let second = post(collector, &page, "turn", "20");
    assert_eq!(second.status, 200);
    assert!(second.body.contains("Вопрос 0 конец") && !second.body.contains("Вопрос 3 конец"));
    assert_eq!(hidden(&second, "voter"), hidden(&page, "voter"), "the same visit on each page");
    let stay = [
        ("voter", hidden(&page, "voter")),
        ("after", hidden(&second, "after")),
        ("support", numbers[0].to_string()),
    ];
    let stay: Vec<(&str, &str)> = stay.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let stayed = collector.post_form(SUPPORT, &urlencoded(&stay));
    assert!(stayed.body.contains("Вы поддержали"), "{}", stayed.body);
    assert!(stayed.body.contains("К первым вопросам"), "whoever supports stays on the page");
    for odd in ["-1", "100000", "nothing", HOSTILE] {
        assert_eq!(post(collector, &page, "turn", odd).status, 200, "{odd}");
    }
}

fn who_supports_a_question_can_take_it_back_and_a_second_time_counts_nothing(collector: &Collector) {
    let version = collector.publish_example("meeting");
    let number = ask(collector, &version, 1, "Когда включат свет?");
    show(collector, number);
    let (page, written) = (collector.get(PAGE), number.to_string());
    let supported = post(collector, &page, "support", &written);
    assert!(supported.body.contains(&format!("Вы поддержали вопрос № {number}.")), "{}", supported.body);
    assert!(supported.body.contains("name=\"unsupport\""));
    post(collector, &page, "support", &written);
    assert_eq!(supporters(collector, number), 1);
    let back = post(collector, &supported, "unsupport", &written);
    assert!(back.body.contains("больше не поддерживаете") && back.body.contains("name=\"support\""));
    assert_eq!(supporters(collector, number), 0);
    post(collector, &back, "support", &written);
    assert_eq!(supporters(collector, number), 1, "and a change of mind again");
}

#[test]
fn support_of_what_is_not_there_leaves_no_trace() {
    let (collector, version) = meeting();
    let waiting = ask(&collector, &version, 1, "Ждёт");
    let (quiet, _) = register(&collector, &version, 2, &json!({"attends": 1}));
    let shown = ask(&collector, &version, 3, "Видно");
    show(&collector, shown);
    let page = collector.get(PAGE);
    for odd in [
        waiting.to_string(),
        quiet.to_string(),
        "2026-1-1".to_owned(),
        "2099-9-9".to_owned(),
        HOSTILE.to_owned(),
    ] {
        let reply = post(&collector, &page, "support", &odd);
        assert_eq!(reply.status, 422, "{odd}");
        assert!(reply.body.contains("Такого вопроса здесь нет") && !reply.body.contains("<script>alert"));
    }
    let stranger = urlencoded(&[("voter", HOSTILE), ("support", &shown.to_string())]);
    assert_eq!(collector.post_form(SUPPORT, &stranger).status, 200, "a visit without a number gets one");
    assert_eq!(collector.wait(collector.store.count_votes("meeting")).unwrap().votes, 1);
    collector.publish_example("forum");
    assert_eq!(collector.post_form("/s/forum/support", "").status, 404, "a forum is no meeting");
    assert_eq!(collector.post_form("/s/nothing/support", "").status, 404);
    assert_eq!(collector.post_form("/s/meeting/votes", "").status, 404, "a meeting is no forum");
    collector.wait(collector.store.close("meeting")).unwrap();
    let late = post(&collector, &page, "support", &shown.to_string());
    assert_eq!((late.status, supporters(&collector, shown)), (403, 1));
    assert!(late.body.contains("больше нельзя") && late.body.contains("Видно"), "it can still be read");
}

fn what_became_of_a_meeting_is_told_once_it_is_over_and_never_of_few(collector: &Collector) {
    let version = collector.publish_example("meeting");
    collector.publish_example("meeting-vote");
    assert!(!collector.get(PAGE).body.contains("meeting-vote"), "not before it begins");
    collector.set_clock("2026-12-10T13:00:00Z");
    let page = collector.get(PAGE).body;
    assert!(page.contains("/s/meeting-vote?lang=ru") && !page.contains("После собрания"), "{page}");
    let numbers: Vec<_> =
        (0..12).map(|id| register(collector, &version, id, &json!({"attends": 1})).0).collect();
    for number in &numbers {
        collector.wait(collector.store.check_in("meeting", *number, Mode::Room)).unwrap();
    }
    collector.wait(collector.store.count_walk_ins("meeting", Mode::Online, (0, 11))).unwrap();
    assert!(!collector.get(PAGE).body.contains("Участвовали"), "while people still come nothing is counted");
    let minutes = Minutes {
        survey: "meeting".to_owned(),
        number: 1,
        minute: NOW,
        who: "aigul".to_owned(),
        said: "{}".to_owned(),
    };
    collector.wait(collector.store.publish_minutes(minutes)).unwrap();
    let page = collector.get(PAGE).body;
    for words in
        ["<dt>Участвовали</dt><dd>23</dd>", "<dt>В зале</dt><dd>12</dd>", "<dt>Онлайн</dt><dd>11</dd>"]
    {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(page.contains("/s/meeting/minutes?lang=ru") && page.contains("/s/meeting/minutes.docx?lang=ru"));
    collector.wait(collector.store.count_walk_ins("meeting", Mode::Online, (11, 3))).unwrap();
    let page = collector.get(PAGE).body;
    assert!(page.contains("<dt>Онлайн</dt><dd>меньше 10") && page.contains("<dt>В зале</dt><dd>меньше 10"));
}

#[test]
fn codes_of_the_room_and_of_those_online_are_counted_apart_and_admit_one_vote_each() {
    let (collector, _) = meeting();
    let version = collector.publish_example("meeting-vote");
    add(&collector, "owner", &[(None, Role::Owner)]);
    let owner = Visitor::with_session(&collector, "owner");
    let issue = |batch: &str| {
        let fields = [("do", "issue"), ("count", "2"), ("batch", batch), ("as", "csv")];
        let table = owner.post("/console/surveys/meeting-vote/invitations", &fields).body;
        table.lines().nth(1).unwrap().split(',').next().unwrap().to_owned()
    };
    let (room, _) = (issue("room"), issue("online"));
    let mut body = response('a', "meeting-vote", &version, &json!({"first": 1}));
    body["invitation"] = json!(room);
    assert_eq!(collector.post_json("/api/v1/surveys/meeting-vote/responses", &body).status, 201);
    let batches = collector.wait(collector.store.invitations("meeting-vote")).unwrap();
    let spent: Vec<_> =
        batches.iter().map(|batch| (batch.batch.as_str(), batch.issued, batch.spent)).collect();
    assert_eq!(spent, [("online", 2, 0), ("room", 2, 1)]);
    let page = collector.get("/s/meeting-vote?lang=ru");
    let again = filled(&page, &[("_code", &room), ("_go", "next")]);
    let again = collector.post_form("/s/meeting-vote?lang=ru", &again);
    assert_eq!(again.status, 403);
    assert!(again.body.contains("уже отправлен") && !again.body.contains("name=\"first\""), "{}", again.body);
}
