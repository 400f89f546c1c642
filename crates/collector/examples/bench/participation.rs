//! Mechanisms with many people in them: comments on one paragraph of a draft, votes in a forum of a hundred ideas, matters of
//! a reception. How long each page takes, at the first look after a start and after that.
//!
//! The surveys are published already. What people said is written past the collector, with the sums that it keeps up.

use crate::console::{look, serve, sign_in};
use collector::clock;
use collector::store::{Drafts, Opening, Sqlite, Store};
use rusqlite::{Connection, Transaction, params};
use serde_json::{Value, json};
use std::path::Path;
use std::time::Instant;

/// Ideas that are voted on.
const IDEAS: u64 = 100;

/// Looks after the first one; the figure is the middle one.
const LOOKS: usize = 5;

/// What an agency's console says in Kazakh while comments are compared, and a forum while opinions are worked out.
const COMPARING: &str = "салыстырылып жатыр";
const WORKING: &str = "есептеліп жатыр";

/// What comments are made of.
const WORDS: [&str; 24] = [
    "кезек",
    "есік",
    "тереже",
    "қабылдау",
    "уақыт",
    "сенбі",
    "баспалдақ",
    "пандус",
    "қызметкер",
    "өтініш",
    "мекеме",
    "күту",
    "орын",
    "жарық",
    "дыбыс",
    "тіл",
    "аударма",
    "кесте",
    "қоңырау",
    "жауап",
    "мерзім",
    "құжат",
    "көшірме",
    "тіркеу",
];

/// Writes that much and prints a line for each page: its name, milliseconds of the first look and of the middle one of those
/// after it, and its kibibytes. Then the seconds until comments were compared and opinions worked out, and the most memory.
pub(crate) async fn run(data: &str, rows: u64) {
    let anchor = fill(data, rows).await;
    sign_in(&Sqlite::open(Path::new(data), Opening::Existing).unwrap(), clock::system()()).await;
    for (name, path) in pages(&anchor) {
        let address = serve(data).await;
        let began = Instant::now();
        let page = look(address, &path).await;
        let first = milliseconds(began);
        settle(address, &path, page.clone()).await;
        let mut after = Vec::new();
        for _ in 0..LOOKS {
            let began = Instant::now();
            look(address, &path).await;
            after.push(milliseconds(began));
        }
        after.sort_by(f64::total_cmp);
        println!("{name}\t{first:.0}\t{:.0}\t{:.0}", after[LOOKS / 2], page.len() as f64 / 1024.0);
    }
    for (name, path) in [
        ("comparing", format!("/console/surveys/reception-rules/comments?about={anchor}")),
        ("opinions", "/s/forum/opinions?lang=kk".to_owned()),
    ] {
        let address = serve(data).await;
        let began = Instant::now();
        let page = look(address, &path).await;
        settle(address, &path, page).await;
        println!("{name}\t{:.1}\t{}", began.elapsed().as_secs_f64(), most_memory());
    }
}

fn pages(anchor: &str) -> Vec<(&'static str, String)> {
    let console = |path: &str| format!("/console/{path}");
    vec![
        ("the draft with what was said", "/s/reception-rules?lang=kk".to_owned()),
        ("comments on a paragraph", format!("/s/reception-rules/comments?lang=kk&about={anchor}")),
        ("what was decided", "/s/reception-rules/decisions?lang=kk".to_owned()),
        ("the forum", "/s/forum?lang=kk".to_owned()),
        ("its ideas, the newest first", "/s/forum/ideas?lang=kk".to_owned()),
        ("its ideas, by agreement", "/s/forum/ideas?lang=kk&order=agreed".to_owned()),
        ("what unites and divides", "/s/forum/opinions?lang=kk".to_owned()),
        ("the reception", "/s/reception?lang=kk".to_owned()),
        ("console: the paragraphs", console("surveys/reception-rules/comments")),
        ("console: a paragraph", console(&format!("surveys/reception-rules/comments?about={anchor}"))),
        ("console: moderation", console("surveys/forum/moderation")),
        ("console: opinions", console("surveys/forum/opinions")),
        ("console: matters", console("surveys/reception/matters")),
        ("console: open matters", console("surveys/reception/matters?state=open")),
        ("console: overdue matters", console("surveys/reception/matters?when=overdue")),
        ("console: what presses", console("matters")),
    ]
}

/// Looks again until nothing is being worked out.
async fn settle(address: std::net::SocketAddr, path: &str, mut page: Vec<u8>) {
    let waits = |page: &[u8]| {
        let page = String::from_utf8_lossy(page);
        page.contains(COMPARING) || page.contains(WORKING)
    };
    while waits(&page) {
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        page = look(address, path).await;
    }
}

fn milliseconds(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1e3
}

/// The most mebibytes that this process had, as Linux tells it.
fn most_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.split_whitespace().next().unwrap().parse::<u64>().unwrap() / 1024
}

/// Fills all three, and gives the anchor of the paragraph that everybody comments on.
async fn fill(data: &str, rows: u64) -> String {
    let store = Sqlite::open(Path::new(data), Opening::Existing).unwrap();
    let version = async |survey: &str| store.survey(survey).await.unwrap().unwrap().version;
    let [rules, forum, reception] =
        [version("reception-rules").await, version("forum").await, version("reception").await];
    let draft = store.draft("reception-rules", &rules).await.unwrap().unwrap().content;
    let draft: Value = serde_json::from_str(&draft).unwrap();
    let anchor = draft["blocks"][2]["anchor"].as_str().unwrap().to_owned();
    drop(store);
    let mut db = Connection::open(Path::new(data).join("qulaq.db")).unwrap();
    db.execute_batch("PRAGMA synchronous = OFF; PRAGMA cache_size = -200000").unwrap();
    let filling = db.transaction().unwrap();
    (0..rows).for_each(|number| comment(&filling, number, (&rules, &anchor)));
    (0..IDEAS).for_each(|number| idea(&filling, number, &forum));
    votes(&filling, rows);
    (0..rows).for_each(|number| matter(&filling, number, &reception));
    filling.commit().unwrap();
    anchor
}

/// A number that looks like any, the same for the same two.
fn mixed(one: u64, other: u64) -> u64 {
    let mixed = (one ^ other.rotate_left(32)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed ^ (mixed >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 17
}

/// What a matter has that is not of its response.
#[derive(Clone, Copy, Default)]
struct Opened<'a> {
    state: &'a str,
    is_shown: bool,
    subject: Option<&'a str>,
    body: Option<&'a str>,
    due: Option<&'a str>,
    stance: Option<u64>,
}

/// Keeps a response and its matter.
fn keep(
    db: &Transaction<'_>,
    (survey, version): (&str, &str),
    number: u64,
    answers: &Value,
    matter: Opened<'_>,
) {
    let id = format!("{:016x}{number:016x}", mixed(survey.len() as u64, 7));
    let hash = [(survey.len() as u64).to_le_bytes(), number.to_le_bytes(), [0; 8], [0; 8]].concat();
    let minute = clock::system()().0 - i64::try_from(number / 10).unwrap();
    db.prepare_cached(
        "INSERT INTO responses
             (id, survey, version, minute, lang, channel, answers, paradata, receipt_hash, body_hash)
         VALUES (?1, ?2, ?3, ?4, 'kk', 'web', ?5, '{}', ?6, ?6)",
    )
    .unwrap()
    .execute(params![id, survey, version, minute, answers.to_string(), hash])
    .unwrap();
    let Opened { state, is_shown, subject, body, due, stance } = matter;
    db.prepare_cached(
        "INSERT INTO matters (survey, year, serial, seq, receipt_hash, minute, state, subject, body, registered, due,
             control, shown, revision, stance, speaker)
         VALUES (?1, 2026, ?2, last_insert_rowid(), ?3, ?4, ?5, ?6, ?7, ?8, ?8, 0, ?9, 0, ?10, 1)",
    )
    .unwrap()
    .execute(params![survey, number + 1, hash, minute, state, subject, body, due, is_shown, stance])
    .unwrap();
}

/// One in ten sends the same letter, the others say something of their own.
fn comment(db: &Transaction<'_>, number: u64, (version, anchor): (&str, &str)) {
    let word = |place| WORDS[usize::try_from(mixed(number, place)).unwrap() % WORDS.len()];
    let words: Vec<&str> = (0..14).map(word).collect();
    let own = format!("{} {number}", words.join(" "));
    let letter = "Қабылдау уақытын кешкі сағат сегізге дейін ұзартуды және сенбі күні де қабылдауды сұраймыз";
    let text = if number.is_multiple_of(10) { letter } else { &own };
    let stance = 1 + mixed(number, 99) % 2;
    let answers = json!({"paragraph": anchor, "stance": stance, "comment": text, "speaker": 1, "publish": 2});
    let matter = Opened {
        state: "received",
        is_shown: true,
        subject: Some(anchor),
        stance: Some(stance),
        ..Opened::default()
    };
    keep(db, ("reception-rules", version), number, &answers, matter);
}

fn idea(db: &Transaction<'_>, number: u64, version: &str) {
    let topic = (1 + number % 4).to_string();
    let answers = json!({"idea": format!("Идея {number}"), "topic": 1 + number % 4, "place": 1 + number % 4});
    let matter = Opened { state: "received", is_shown: true, subject: Some(&topic), ..Opened::default() };
    keep(db, ("forum", version), number, &answers, matter);
}

/// Everybody votes on every idea, in three camps.
fn votes(db: &Transaction<'_>, voters: u64) {
    let now = clock::system()().0;
    let mut tallies = vec![[0_i64; 3]; usize::try_from(IDEAS).unwrap()];
    let mut insert =
        db.prepare_cached("INSERT INTO votes VALUES ('forum', ?1, 2026, ?2, ?3, ?2, ?4, '')").unwrap();
    for voter in 0..voters {
        let name = [voter.to_be_bytes(), mixed(voter, 1).to_be_bytes()].concat();
        for (place, tally) in (0..IDEAS).zip(&mut tallies) {
            let agrees = mixed(voter, place).is_multiple_of(5) != (place % 3 == voter % 3);
            let passes = mixed(place, voter).is_multiple_of(20);
            let (value, column) = if passes {
                (0, 2)
            } else if agrees {
                (1, 0)
            } else {
                (-1, 1)
            };
            tally[column] += 1;
            insert.execute(params![name, place + 1, value, now]).unwrap();
        }
    }
    for (number, [agree, disagree, pass]) in (1..).zip(tallies) {
        let tally = params![number, agree, disagree, pass, agree + disagree + pass];
        db.execute("INSERT INTO vote_tallies VALUES ('forum', 2026, ?1, ?2, ?3, ?4, 0, ?5)", tally).unwrap();
    }
}

/// Half of the matters are open, a tenth of these overdue.
fn matter(db: &Transaction<'_>, number: u64, version: &str) {
    let topic = (1 + number % 3).to_string();
    let state = if number.is_multiple_of(2) { "assigned" } else { "closed" };
    let due = if number.is_multiple_of(20) { "2026-11-02" } else { "2027-03-01" };
    let body = ["transport", "social", "housing"][usize::try_from(number % 3).unwrap()];
    let answers = json!({"topic": 1 + number % 3, "matter": format!("Жол бойындағы шам жанбайды, {number}")});
    let (subject, body, due) = (Some(&*topic), Some(body), Some(due));
    let matter = Opened { state, subject, body, due, ..Opened::default() };
    keep(db, ("reception", version), number, &answers, matter);
}
