//! What the model costs: `cargo xtask bench survey` builds this program for the machine and for WASM, runs both and
//! makes a table of what they print, a line a figure: what was done, with how many questions, nanoseconds.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a measurement that fails measures nothing")]
#![expect(clippy::print_stdout, reason = "the figures are what it is for")]

use serde_json::{Value, json};
use std::hint::black_box;
use std::time::{Duration, Instant};
use survey::columns::Table;
use survey::response::Response;
use survey::route::Route;
use survey::tally::Tally;
use survey::{Answer, Answers, KINDS, Occasion, Survey, check};

/// The sizes of the surveys, in questions.
const SIZES: [usize; 3] = [10, 100, 1000];
const QUESTIONS_A_PAGE: usize = 10;
/// So long is one sample, and so many are taken; the figure is the one in the middle.
const SAMPLE: Duration = Duration::from_millis(25);
const SAMPLES: usize = 7;

fn main() {
    for size in SIZES {
        let (document, answers) = survey(size);
        let text = document.to_string();
        let survey = Survey::read(&text).unwrap_or_else(|faults| panic!("{faults:?}"));
        let body = body(&answers);
        let occasion = Occasion::default();
        let read = |body: &[u8]| {
            let response = Response::read(body).unwrap();
            Answers::read(&survey, &response.answers).unwrap()
        };
        let full = read(body.as_bytes());
        assert_eq!(check(&survey, &full, occasion), [], "the answers are to be allowed");
        let say = |what: &str, time: u128| println!("{what} {size} {time}");

        say("publish", median(&mut || Survey::read(black_box(&text)).unwrap()));
        say(
            "open",
            median(&mut || Survey::from_published(&serde_json::from_str(black_box(&text)).unwrap()).unwrap()),
        );
        say("take", median(&mut || check(&survey, &read(black_box(body.as_bytes())), occasion)));
        let mut changed = full.clone();
        let mut turn = false;
        say(
            "change",
            median(&mut || {
                turn = !turn;
                changed.set("q0", Some(Answer::Code(if turn { 1 } else { 2 })));
                Route::of(&survey, black_box(&changed), occasion)
            }),
        );
        let table = Table::of(&[&survey]);
        let mut tally = Tally::of(table.columns());
        say(
            "count",
            median(&mut || {
                let cells = table.row(0, &survey, black_box(&full), occasion);
                tally.add(table.columns(), &cells);
            }),
        );
    }
}

/// A survey of every kind that takes an answer, in three languages and in turn, a third of it under conditions that
/// hold; and answers to all of it.
fn survey(size: usize) -> (Value, Value) {
    let kinds: Vec<_> = KINDS.iter().filter(|kind| kind.answer != "null").collect();
    let mut questions = Vec::new();
    let mut answers = json!({});
    for number in 0..size {
        let kind = kinds[number % kinds.len()];
        let mut question: Value = serde_json::from_str(kind.example).unwrap();
        let name = format!("q{number}");
        question["name"] = json!(name);
        if number % 3 == 2 {
            question["show_if"] = json!(format!("answered(q{}) and not (q0 == -5)", number - 1));
        }
        answers[name] = serde_json::from_str(kind.answer).unwrap();
        questions.push(question);
    }
    let pages = questions.chunks(QUESTIONS_A_PAGE).enumerate();
    let pages: Vec<Value> = pages
        .map(|(number, questions)| json!({ "id": format!("p{number}"), "questions": questions }))
        .collect();
    let document = json!({ "format": 1, "id": "bench", "languages": ["kk", "ru", "en"], "title": "Bench", "pages": pages });
    (document, answers)
}

fn body(answers: &Value) -> String {
    let id = "0".repeat(32);
    json!({ "id": id, "survey": "bench", "version": "1", "lang": "kk", "channel": "embed", "answers": answers })
        .to_string()
}

/// Nanoseconds of one run: of as many as fill a sample, the middle one of the samples.
fn median<T>(run: &mut dyn FnMut() -> T) -> u128 {
    let mut times = 1;
    while sample(run, times) < SAMPLE && times < 1 << 20 {
        times *= 2;
    }
    let mut samples: Vec<u128> =
        (0..SAMPLES).map(|_| sample(run, times).as_nanos() / u128::from(times)).collect();
    samples.sort_unstable();
    samples[SAMPLES / 2]
}

fn sample<T>(run: &mut dyn FnMut() -> T, times: u32) -> Duration {
    let start = Instant::now();
    for _ in 0..times {
        black_box(run());
    }
    start.elapsed()
}
