//! A forum from the first idea to what unites and divides (domain M5, M6): who proposes, who votes, what everybody sees and
//! what nobody does.

use crate::support::{Collector, Reply, definition, hidden, response, urlencoded};
use collector::store::{Ballot, Changed, Matter, MatterEvent, NewVote, Said};
use matter::{MatterNumber, Shown, State};
use serde_json::{Value, json};

const PAGE: &str = "/s/forum?lang=ru";
const VOTES: &str = "/s/forum/votes?lang=ru";
const HOSTILE: &str = "\"><script>alert(1)</script> +7 балл & 'ә'";

/// A collector with the forum of the examples.
fn forum() -> (Collector, String) {
    let collector = Collector::start();
    let version = collector.publish_example("forum");
    (collector, version)
}

/// The same with a changed definition.
fn changed(change: impl FnOnce(&mut Value)) -> (Collector, String) {
    let collector = Collector::start();
    let mut definition: Value = serde_json::from_str(&definition("forum")).unwrap();
    change(&mut definition);
    let version = collector.publish(&definition.to_string());
    (collector, version)
}

fn propose(collector: &Collector, version: &str, digit: char, idea: &str) -> MatterNumber {
    let mut body = response(digit, "forum", version, &json!({"idea": idea, "topic": 1, "place": 2}));
    body["lang"] = json!("ru");
    let reply = collector.post_json("/api/v1/surveys/forum/responses", &body);
    assert_eq!(reply.status, 201, "{reply:?}");
    reply.json()["number"].as_str().unwrap().parse().unwrap()
}

fn matter(collector: &Collector, number: MatterNumber) -> Matter {
    collector.wait(collector.store.matter("forum", number)).unwrap().unwrap()
}

fn change(
    collector: &Collector,
    number: MatterNumber,
    what: &str,
    said: &Value,
    change: impl FnOnce(&mut Matter),
) {
    let before = matter(collector, number);
    let mut after = before.clone();
    change(&mut after);
    let event = MatterEvent {
        revision: before.revision + 1,
        minute: crate::support::NOW,
        who: "aigul".to_owned(),
        what: what.to_owned(),
        said: said.to_string(),
        public: true,
    };
    let changed = collector.wait(collector.store.change_matter(&before, after, event)).unwrap();
    assert!(matches!(changed, Changed::Done(_)));
}

fn show(collector: &Collector, number: MatterNumber) {
    change(collector, number, "shown", &json!({"to": "checked"}), |matter| {
        (matter.shown, matter.state) = (Shown::Shown, State::Checked);
    });
}

/// So many shown ideas.
fn shown(collector: &Collector, version: &str, count: u8) -> Vec<MatterNumber> {
    let digits = "123456789abcdef".chars().take(count.into());
    let numbers: Vec<_> =
        digits.map(|digit| propose(collector, version, digit, &format!("Идея {digit}"))).collect();
    numbers.iter().for_each(|number| show(collector, *number));
    numbers
}

fn said(collector: &Collector, number: MatterNumber) -> [u64; 4] {
    let tallies = collector.wait(collector.store.tallies("forum", &[number])).unwrap();
    tallies.first().map_or([0; 4], |tally| [tally.agree, tally.disagree, tally.pass, tally.seen])
}

/// Votes as the form sends them: of the visit in a page.
fn vote(collector: &Collector, page: &Reply, votes: &[(MatterNumber, &str)]) -> Reply {
    let voter = hidden(page, "voter");
    let mut fields = vec![("voter".to_owned(), voter)];
    for (number, said) in votes {
        fields.push(("shown".to_owned(), number.to_string()));
        if !said.is_empty() {
            fields.push((format!("vote-{number}"), (*said).to_owned()));
        }
    }
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    collector.post_form(VOTES, &urlencoded(&fields))
}

#[test]
fn an_idea_waits_for_a_moderator_and_says_nothing_until_then() {
    let (collector, version) = forum();
    let number = propose(&collector, &version, 'a', HOSTILE);
    let page = collector.get(&format!("/s/forum/ideas/{number}?lang=ru"));
    assert_eq!(page.status, 200);
    assert!(page.body.contains("ждёт проверки") && !page.body.contains("+7 балл"), "{}", page.body);
    assert!(!collector.get("/s/forum/ideas?lang=ru").body.contains("+7 балл"));
    assert!(!collector.get(PAGE).body.contains("+7 балл"));
    show(&collector, number);
    for path in
        [format!("/s/forum/ideas/{number}?lang=ru"), "/s/forum/ideas?lang=kk".to_owned(), PAGE.to_owned()]
    {
        let page = collector.get(&path).body;
        assert!(page.contains("+7 балл &amp; 'ә'") && !page.contains("<script>alert"), "{path}");
    }
    let page = collector.get(&format!("/s/forum/ideas/{number}?lang=kk")).body;
    for words in ["Тексерілді", "Көше мен аула", "Самал шағын ауданы", &number.to_string(), "10 адам"]
    {
        assert!(page.contains(words), "{words}: {page}");
    }
}

#[test]
fn where_moderation_comes_after_an_idea_is_seen_at_once_and_until_it_is_hidden() {
    let (collector, version) = changed(|definition| definition["forum"]["moderation"] = json!("after"));
    let number = propose(&collector, &version, 'a', "Скамейки у поликлиники");
    assert!(collector.get("/s/forum/ideas").body.contains("Скамейки"));
    let before = collector.get(PAGE);
    assert!(before.body.contains("Скамейки"));
    change(
        &collector,
        number,
        "hidden",
        &json!({"reason": "Нельзя размещать рекламу."}),
        |matter| {
            matter.shown = Shown::Hidden;
        },
    );
    assert!(!collector.get("/s/forum/ideas").body.contains("Скамейки"));
    let page = collector.get(&format!("/s/forum/ideas/{number}?lang=ru")).body;
    assert!(page.contains("Нельзя размещать рекламу.") && page.contains("не показывается"));
    assert!(page.contains("pikir@kokterek.example"), "where to turn: {page}");
    let late = vote(&collector, &before, &[(number, "agree")]);
    assert_eq!((late.status, said(&collector, number)), (422, [0; 4]), "nobody votes on what nobody sees");
}

#[test]
fn whoever_proposed_follows_the_idea_with_number_and_receipt_to_the_reason_and_every_state() {
    let (collector, version) = forum();
    let mut body = response('a', "forum", &version, &json!({"idea": HOSTILE, "more": "Екінші", "topic": 1}));
    body["lang"] = json!("kk");
    let sent = collector.post_json("/api/v1/surveys/forum/responses", &body);
    let number: MatterNumber = sent.json()["number"].as_str().unwrap().parse().unwrap();
    let follow = |number: &str| {
        let fields = [("number", number), ("receipt", &sent.receipt())];
        collector.post_form("/s/forum/follow?lang=ru", &urlencoded(&fields))
    };
    let waiting = follow(&number.to_string()).body;
    assert!(waiting.contains("+7 балл &amp; 'ә'<br>Екінші") && !waiting.contains("<script>alert"));
    change(&collector, number, "hidden", &json!({"reason": "Реклама <b>"}), |matter| {
        matter.shown = Shown::Hidden;
    });
    change(&collector, number, "appeal", &json!({"text": "Жалоба верна."}), |_| {});
    show(&collector, number);
    let done = json!({"from": "checked", "to": "implemented", "text": "Сделано в мае."});
    change(&collector, number, "state", &done, |matter| matter.state = State::Implemented);
    let seen = follow(&number.to_string()).body;
    let place = |words: &str| seen.find(words).unwrap_or_else(|| panic!("{words}: {seen}"));
    let steps =
        ["Идея снята с показа", "Реклама &lt;b&gt;", "Жалоба верна.", "Идея показана всем", "Сделано в мае."];
    assert!(steps.windows(2).all(|pair| place(pair[0]) < place(pair[1])), "{seen}");
    assert!(seen.contains("Выполнено") && !seen.contains("aigul"), "how it stands, and no account");
    let other = propose(&collector, &version, 'b', "Другая");
    assert_eq!(follow(&other.to_string()).status, 404, "somebody else's idea");
}

#[test]
fn a_visit_votes_without_scripts_and_changes_its_mind_and_another_visit_is_another_voter() {
    let (collector, version) = forum();
    let numbers = shown(&collector, &version, 3);
    let page = collector.get(PAGE);
    for number in &numbers {
        assert!(page.body.contains(&format!("value=\"{number}\"")), "{number}");
    }
    let voted = vote(&collector, &page, &[(numbers[0], "agree"), (numbers[1], "pass"), (numbers[2], "")]);
    assert_eq!(voted.status, 200);
    assert!(voted.body.contains("Ваш голос учтён."));
    assert_eq!(hidden(&voted, "voter"), hidden(&page, "voter"), "the same visit");
    assert!(voted.body.contains("Идея 3") && !voted.body.contains("Идея 1"), "what is left to say");
    assert_eq!(
        numbers.iter().map(|number| said(&collector, *number)).collect::<Vec<_>>(),
        [[1, 0, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]]
    );
    vote(&collector, &voted, &[(numbers[0], "disagree"), (numbers[2], "agree")]);
    vote(&collector, &collector.get(PAGE), &[(numbers[0], "agree")]);
    assert_eq!(said(&collector, numbers[0]), [1, 1, 0, 0]);
    let own = collector.wait(collector.store.votes("forum", None, 100)).unwrap();
    let mut places: Vec<u32> = own.iter().map(|vote| vote.place).collect();
    places.sort_unstable();
    assert_eq!(places, [1, 1, 2, 3], "where each was shown first");
}

#[test]
fn a_vote_in_a_forum_that_asks_for_work_comes_without_and_says_so() {
    let (collector, version) = changed(|forum| forum["tier"] = json!("work"));
    let numbers = shown(&collector, &version, 1);
    let page = collector.get(PAGE);
    assert_eq!(vote(&collector, &page, &[(numbers[0], "agree")]).status, 200, "nobody is refused for it");
    let flags = || collector.wait(collector.store.votes("forum", None, 9)).unwrap()[0].flags.clone();
    assert_eq!(flags(), "work");
    let (open, version) = forum();
    let numbers = shown(&open, &version, 1);
    vote(&open, &open.get(PAGE), &[(numbers[0], "agree")]);
    assert_eq!(open.wait(open.store.votes("forum", None, 9)).unwrap()[0].flags, "");
}

#[test]
fn a_button_votes_on_one_idea_at_once_and_the_others_were_seen() {
    let (collector, version) = forum();
    let numbers = shown(&collector, &version, 2);
    let now = format!("{} agree", numbers[1]);
    let (one, two) = (numbers[0].to_string(), numbers[1].to_string());
    let fields = [("shown", one.as_str()), ("shown", two.as_str()), ("now", now.as_str())];
    let fragment = ("accept", "text/x-qulaq-fragment");
    let form = ("content-type", "application/x-www-form-urlencoded");
    let address = format!("{VOTES}&heading-level=3");
    let reply = collector.send("POST", &address, &[fragment, form], urlencoded(&fields));
    assert_eq!(reply.status, 200);
    assert!(reply.body.contains("data-live=\"votes\"") && !reply.body.contains("<html"), "{}", reply.body);
    assert!(reply.body.contains("<h4 id=\"voting\">"), "{}", reply.body);
    assert_eq!((said(&collector, numbers[0]), said(&collector, numbers[1])), ([0, 0, 0, 1], [1, 0, 0, 0]));
}

#[test]
fn bad_votes_leave_no_trace() {
    let (collector, version) = forum();
    let number = shown(&collector, &version, 1)[0].to_string();
    let waiting = propose(&collector, &version, 'f', "Ждёт").to_string();
    let cases: [&[(&str, &str)]; 6] = [
        &[],
        &[("shown", &waiting), ("now", &format!("{waiting} agree"))],
        &[("shown", "2026-1-1"), ("vote-2026-1-1", "agree")],
        &[("shown", HOSTILE), ("now", HOSTILE)],
        &[("voter", HOSTILE)],
        &[("shown", "2099-9-9"), ("_url", "x")],
    ];
    for fields in cases {
        let reply = collector.post_form(VOTES, &urlencoded(fields));
        assert_eq!(reply.status, 422, "{fields:?}");
        assert!(!reply.body.contains("<script>alert"));
    }
    let odd = [("shown", number.as_str()), (&format!("vote-{number}"), "maybe")];
    assert_eq!(collector.post_form(VOTES, &urlencoded(&odd)).status, 422);
    let votes = collector.wait(collector.store.count_votes("forum")).unwrap().votes;
    assert_eq!(votes, 0, "an idea that was shown was seen, and no more");
    assert_eq!(collector.post_form("/s/page-useful/votes", "").status, 404);
    collector.publish_example("page-useful");
    assert_eq!(collector.post_form("/s/page-useful/votes", "").status, 404, "it is no forum");
    assert_eq!(collector.get("/s/forum/ideas/2026-1-1").status, 404);
    assert_eq!(collector.get("/s/forum/ideas/what").status, 404);
}

#[test]
fn a_closed_forum_takes_no_votes_and_says_so() {
    let (collector, version) = forum();
    let number = shown(&collector, &version, 1)[0];
    let page = collector.get(PAGE);
    collector.wait(collector.store.close("forum")).unwrap();
    let reply = vote(&collector, &page, &[(number, "agree")]);
    assert_eq!((reply.status, said(&collector, number)), (403, [0; 4]));
    assert!(reply.body.contains("Голосование закончено"));
    assert!(collector.get("/s/forum/ideas?lang=ru").body.contains("Идея 1"), "it can still be read");
}

#[test]
fn ideas_that_say_the_same_are_linked_and_each_keeps_its_votes() {
    let (collector, version) = forum();
    let numbers = shown(&collector, &version, 2);
    vote(&collector, &collector.get(PAGE), &[(numbers[1], "agree")]);
    let to = json!({"to": numbers[0].to_string()});
    change(&collector, numbers[1], "linked", &to, |matter| matter.same_as = Some(numbers[0]));
    let list = collector.get("/s/forum/ideas?lang=ru").body;
    assert!(list.contains("Идея 1") && !list.contains("Идея 2"));
    let main = collector.get(&format!("/s/forum/ideas/{}?lang=ru", numbers[0])).body;
    assert!(main.contains("Идеи о том же") && main.contains("Идея 2"), "{main}");
    let other = collector.get(&format!("/s/forum/ideas/{}?lang=ru", numbers[1])).body;
    assert!(other.contains("Идея 1") && other.contains("Объединена с идеей"));
    assert_eq!(said(&collector, numbers[1]), [1, 0, 0, 0]);
    assert!(!collector.get(PAGE).body.contains("Идея 2"), "one of both is voted on");
}

#[test]
fn an_idea_that_was_taken_back_is_nowhere() {
    let (collector, version) = forum();
    let body = response('a', "forum", &version, &json!({"idea": "Лавочки", "topic": 1}));
    let kept = collector.post_json("/api/v1/surveys/forum/responses", &body);
    let number: MatterNumber = kept.json()["number"].as_str().unwrap().parse().unwrap();
    show(&collector, number);
    assert_eq!(collector.withdraw(&kept.receipt()).status, 204);
    assert_eq!(collector.get(&format!("/s/forum/ideas/{number}")).status, 404);
    for path in ["/s/forum/ideas", PAGE, "/s/forum/ideas?order=agreed"] {
        assert!(!collector.get(path).body.contains("Лавочки"), "{path}");
    }
}

#[test]
fn ideas_come_in_pages_by_status_and_topic_and_by_agreement() {
    let (collector, version) = forum();
    let mut numbers = Vec::new();
    for number in 0..25_u8 {
        let id = format!("{number:032x}");
        let answers =
            json!({"idea": format!("Мысль {number} конец"), "topic": if number == 3 { 2 } else { 1 }});
        let mut body = response('0', "forum", &version, &answers);
        body["id"] = json!(id);
        let reply = collector.post_json("/api/v1/surveys/forum/responses", &body);
        numbers.push(reply.json()["number"].as_str().unwrap().parse::<MatterNumber>().unwrap());
    }
    numbers.iter().for_each(|number| show(&collector, *number));
    let read = |path: &str| collector.get(path).body;
    let first = read("/s/forum/ideas?lang=ru");
    assert!(first.contains("Мысль 24 конец") && !first.contains("Мысль 3 конец"));
    let next = first.split("href=\"").filter_map(|link| link.split('"').next());
    let next = next.into_iter().find(|link| link.contains("after=")).unwrap().replace("&amp;", "&");
    let second = read(&next);
    assert!(
        second.contains("Мысль 3 конец") && !second.contains("Мысль 24 конец") && !second.contains("after=")
    );
    let topic = read("/s/forum/ideas?lang=ru&topic=2");
    assert!(topic.contains("Мысль 3 конец") && !topic.contains("Мысль 4 конец"));
    assert!(read("/s/forum/ideas?lang=ru&state=implemented").contains("Идей здесь пока нет"));
    vote(&collector, &collector.get(PAGE), &[(numbers[7], "agree")]);
    let agreed = read("/s/forum/ideas?lang=ru&order=agreed");
    let place = |words: &str| agreed.find(words).unwrap_or(usize::MAX);
    assert!(place("Мысль 7 конец") < place("Мысль 24 конец"));
}

/// So many voters of two camps, which agree on the first idea and differ on the others.
fn camps(collector: &Collector, numbers: &[MatterNumber], each: u8) {
    for voter in 0..2 * each {
        let said = |(at, statement): (usize, &MatterNumber)| {
            let agrees = at == 0 || (at % 2 == 0) == (voter % 2 == 0);
            let said = if agrees { Said::Agree } else { Said::Disagree };
            NewVote { statement: *statement, said, place: 1 }
        };
        let ballot = Ballot {
            survey: "forum".to_owned(),
            voter: [voter; 16],
            minute: crate::support::NOW,
            flags: String::new(),
            votes: numbers.iter().enumerate().map(said).collect(),
        };
        collector.wait(collector.store.cast(ballot)).unwrap();
    }
}

#[test]
fn what_unites_and_divides_is_told_once_enough_have_voted_and_never_of_few() {
    let (collector, version) = forum();
    let numbers = shown(&collector, &version, 9);
    camps(&collector, &numbers, 12);
    let few = collector.get("/s/forum/opinions?lang=ru").body;
    assert!(few.contains("не менее 30 человек") && !few.contains("Группа A"), "24 of 30: {few}");
    camps(&collector, &numbers, 40);
    collector.set_clock("2026-03-08T20:05:00Z");
    let told = collector.get("/s/forum/opinions?lang=ru").body;
    for words in
        ["не менее 80 человек", "Группа A: не менее 40 человек", "Группа B", "Большинство за", "Идея 1"]
    {
        assert!(told.contains(words), "{words}: {told}");
    }
    assert!(told.contains("<svg") && told.contains("<table"), "a picture and its table");
    let block = collector.get(PAGE).body;
    assert!(block.contains("В чём согласны все") && block.contains("<svg"));
    let kk = collector.get("/s/forum/opinions?lang=kk").body;
    assert!(kk.contains("A тобы") && kk.contains("Барлығы неде бір пікірде"));
}

#[test]
fn votes_are_downloaded_with_seen_apart_from_pass_and_without_any_id() {
    let (collector, version) = forum();
    let numbers = shown(&collector, &version, 3);
    let page = collector.get(PAGE);
    let voter = hidden(&page, "voter");
    vote(&collector, &page, &[(numbers[0], "disagree"), (numbers[1], "pass"), (numbers[2], "")]);
    collector.let_in("analyst", None);
    let token = ("authorization", "Bearer analyst");
    let address = "/api/v1/surveys/forum/export?format=votes";
    let reply = collector.send("GET", address, &[token], "");
    assert_eq!((reply.status, reply.header("content-type")), (200, "text/csv; charset=utf-8"));
    let rows: Vec<Vec<&str>> = reply.body.lines().map(|line| line.split(',').collect()).collect();
    assert_eq!(rows[0], ["voter", "statement", "vote", "place", "day", "guard"]);
    let told: Vec<[&str; 3]> = rows[1..].iter().map(|row| [row[2], row[3], row[4]]).collect();
    assert_eq!(
        told,
        [["disagree", "1", "2026-03-09"], ["pass", "2", "2026-03-09"], ["seen", "3", "2026-03-09"]]
    );
    assert!(!reply.body.contains(&voter), "a row leads to no visit");
    let tag = reply.header("etag").to_owned();
    let known = [token, ("if-none-match", tag.as_str())];
    assert_eq!(collector.send("GET", address, &known, "").status, 304);
    let body = urlencoded(&[
        ("voter", &voter),
        ("shown", &numbers[0].to_string()),
        ("now", &format!("{} agree", numbers[0])),
    ]);
    assert_eq!(collector.post_form(VOTES, &body).status, 200);
    assert_eq!(collector.send("GET", address, &known, "").status, 200, "a change of mind is a change");
    let options = collector.send("GET", &format!("{address}&where=topic=1"), &[token], "");
    assert_eq!((options.status, options.problem().as_str()), (400, "export_option"));
    let log = collector.wait(collector.store.deeds(None, 10)).unwrap();
    assert!(log.iter().any(|(_, deed)| deed.details == "votes"));
}
