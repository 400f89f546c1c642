//! A survey of twenty questions with many responses, for measuring exports.

use collector::clock;
use collector::publication;
use collector::store::{Opening, Position, Sqlite, Store};
use rusqlite::{Connection, Transaction, params};
use serde_json::{Value, json};
use std::path::Path;
use std::time::Instant;

/// The id of the survey.
pub(crate) const SURVEY: &str = "twenty";

/// Rows of a transaction, and of what is read at a time.
const BATCH: u64 = 5000;
const READ: usize = 500;

/// What people write, some at length.
const WORDS: [&str; 3] = [
    "Кезек ұзақ болды, бірақ қызметкерлер сыпайы сөйлесті.",
    "Подъезд без пандуса, с коляской не зайти. Просьба поставить пандус и повесить понятное расписание приёма.",
    "+7 701 000 00 00",
];

/// Keeps so many responses without a collector, and prints in how many seconds.
pub(crate) async fn fill(data: &str, rows: u64) {
    let store = Sqlite::open(Path::new(data), Opening::OrCreate).unwrap();
    let publication = publication::read(&definition().to_string(), clock::system()()).unwrap();
    let version = publication.version.clone();
    store.publish(publication).await.unwrap();
    drop(store);
    let began = Instant::now();
    let mut db = Connection::open(Path::new(data).join("qulaq.db")).unwrap();
    db.execute_batch("PRAGMA synchronous = OFF").unwrap();
    let mut done = 0;
    while done < rows {
        let transaction = db.transaction().unwrap();
        let batch = BATCH.min(rows - done);
        (done..done + batch).for_each(|number| insert(&transaction, number, &version));
        transaction.commit().unwrap();
        done += batch;
    }
    println!("{rows} {}", began.elapsed().as_secs_f64());
}

fn insert(db: &Transaction<'_>, number: u64, version: &str) {
    let id = format!("{:032x}", u128::from(number) * 0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835);
    let mut hash = [0_u8; 32];
    hash[..8].copy_from_slice(&number.to_le_bytes());
    let paradata = format!("{{\"assisted\":\"none\",\"seed\":{}}}", number % 100_000);
    db.prepare_cached(
        "INSERT INTO responses
             (id, survey, version, minute, lang, channel, answers, paradata, receipt_hash, body_hash)
         VALUES (?1, ?2, ?3, ?4, ?5, 'embed', ?6, ?7, ?8, ?8)",
    )
    .unwrap()
    .execute(params![
        id,
        SURVEY,
        version,
        29_500_000 + i64::try_from(number / 10).unwrap(),
        if number.is_multiple_of(3) { "ru" } else { "kk" },
        answers(number).to_string(),
        paradata,
        hash,
    ])
    .unwrap();
}

/// Reads every row and decodes its JSON, and nothing else: what any export must do. Prints rows and seconds.
pub(crate) async fn decode(data: &str) {
    let store = Sqlite::open(Path::new(data), Opening::Existing).unwrap();
    let (began, mut after, mut rows) = (Instant::now(), Position::default(), 0);
    loop {
        let batch = store.responses(SURVEY, after, READ).await.unwrap();
        for response in &batch {
            let answers: Value = serde_json::from_str(&response.answers).unwrap();
            let paradata: Value = serde_json::from_str(&response.paradata).unwrap();
            rows += u64::from(answers.is_object() && paradata.is_object());
            after = response.position;
        }
        if batch.len() < READ {
            break;
        }
    }
    println!("{rows} {}", began.elapsed().as_secs_f64());
}

fn answers(number: u64) -> Value {
    let mut answers = json!({});
    for question in 0..8 {
        answers[format!("single_{question}")] = json!(1 + (number + question) % 5);
    }
    for question in 0..3 {
        answers[format!("scale_{question}")] = json!((number * 7 + question) % 11);
    }
    for question in 0..2 {
        answers[format!("several_{question}")] = json!([1 + number % 3, 4 + (number + question) % 3]);
    }
    answers["grid"] = json!({"1": 1 + number % 5, "2": 2, "3": 5 - number % 5, "4": 1});
    answers["helped"] = json!(number % 2);
    answers["number"] = json!(number % 1000);
    answers["day"] = json!(format!("2026-{:02}-{:02}", 1 + number % 12, 1 + number % 28));
    answers["line"] = json!(WORDS[2]);
    // Most people write nothing more.
    if number.is_multiple_of(3) {
        let text = usize::try_from(number / 3 % 2).unwrap();
        answers["words"] = json!(WORDS[text]);
    }
    answers
}

fn definition() -> Value {
    let text =
        |kk: String| json!({"kk": format!("{kk} – қазақша"), "ru": format!("{kk} – по-русски"), "en": kk});
    let options = |count: usize| -> Vec<Value> {
        (1..=count).map(|code| json!({"code": code, "text": text(format!("Option {code}"))})).collect()
    };
    let question = |name: String, kind: &str, further: Value| {
        let mut question = json!({"name": name, "type": kind, "text": text(format!("Question {name}?"))});
        for (key, value) in further.as_object().unwrap() {
            question[key] = value.clone();
        }
        question
    };
    let mut questions: Vec<Value> = Vec::new();
    questions
        .extend((0..8).map(|n| question(format!("single_{n}"), "single", json!({"options": options(5)}))));
    let poles = json!({"from": 0, "to": 10, "low": text("Low".into()), "high": text("High".into())});
    questions.extend((0..3).map(|n| question(format!("scale_{n}"), "scale", poles.clone())));
    questions
        .extend((0..2).map(|n| question(format!("several_{n}"), "multi", json!({"options": options(6)}))));
    questions.push(question("grid".into(), "grid", json!({"rows": options(4), "options": options(5)})));
    questions.push(question("helped".into(), "yes_no", json!({})));
    questions.push(question("number".into(), "number", json!({"min": 0})));
    questions.push(question("day".into(), "date", json!({})));
    questions.push(question("line".into(), "text", json!({"max": 100})));
    questions.push(question("words".into(), "text", json!({"max": 1000, "lines": 4})));
    questions.push(question("page".into(), "hidden", json!({})));
    let pages: Vec<Value> = questions
        .chunks(5)
        .enumerate()
        .map(|(n, part)| json!({"id": format!("p{n}"), "questions": part}))
        .collect();
    json!({
        "format": 1, "id": SURVEY, "languages": ["kk", "ru", "en"], "title": text("Twenty questions".into()),
        "notice": text("Nobody answers this.".into()), "pages": pages,
    })
}
