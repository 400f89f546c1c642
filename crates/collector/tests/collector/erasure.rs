//! What was taken back is gone from the disk: from every file in the directory of the data, not only from the tables.

use crate::store::new_response;
use crate::support::{Program, answer_no, definition};
use collector::clock::Minute;
use collector::store::{
    BlockRange, Blocks, Coding, NewBlock, NewPartial, NewResponse, NewTags, Opening, PartialName, Partials,
    Position, Publication, QuotaPlace, Sqlite, Store,
};
use collector::times::Times;
use rusqlite::{Connection, OpenFlags};
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tokio::runtime::Runtime;

const WORDS: &str = "words-that-must-go";

/// Whether these words are in any file below a directory.
pub(crate) fn are_on_disk(words: &str, directory: &Path) -> bool {
    let mut paths = fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path());
    paths.any(|path| match path.is_dir() {
        true => are_on_disk(words, &path),
        false => String::from_utf8_lossy(&fs::read(path).unwrap()).contains(words),
    })
}

/// A store with one response to take back, and whoever reads along.
struct Kept {
    directory: TempDir,
    runtime: Runtime,
    store: Sqlite,
    response: NewResponse,
}

impl Kept {
    fn new() -> Self {
        let (directory, runtime) = (tempfile::tempdir().unwrap(), Runtime::new().unwrap());
        let store = Sqlite::open(directory.path(), Opening::OrCreate).unwrap();
        let response = NewResponse { answers: WORDS.repeat(200), ..new_response(&"a".repeat(32), "v1") };
        runtime.block_on(async {
            store.publish(publication()).await.unwrap();
            store.keep(response.clone()).await.unwrap();
        });
        Self { directory, runtime, store, response }
    }

    /// Somebody who has begun to read and does not end.
    fn reader(&self) -> Connection {
        let database = self.directory.path().join("qulaq.db");
        let reader = Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
        reader.execute_batch("BEGIN; SELECT count(*) FROM responses;").unwrap();
        reader
    }

    fn withdraw(&self) {
        assert!(self.runtime.block_on(self.store.withdraw(self.response.receipt)).unwrap());
    }

    fn is_on_disk(&self) -> bool {
        are_on_disk(WORDS, self.directory.path())
    }
}

fn publication() -> Publication {
    let definition = r#"{"version":"v1"}"#.to_owned();
    Publication {
        survey: "page-useful".to_owned(),
        version: "v1".to_owned(),
        definition,
        minute: Minute(0),
        times: Times::default(),
        media: Vec::new(),
    }
}

#[test]
fn words_that_were_taken_back_are_in_no_file_of_a_running_server_nor_after_it_ended() {
    let program = Program::new();
    program.file("d.json", &definition("page-useful"));
    let said = program.succeed(&["publish", "d.json"]);
    let version = said.trim().rsplit_once(' ').unwrap().1.to_owned();
    let mut server = program.serve();
    let post = |digit, words: &str| {
        let body = answer_no(digit, &version, words);
        server.client.post_json("/api/v1/surveys/page-useful/responses", &body).receipt()
    };
    let receipt = post('a', WORDS);
    post('b', "words-that-stay");
    assert!(are_on_disk(WORDS, &program.data()));
    assert_eq!(server.client.withdraw(&receipt).status, 204);
    assert!(!are_on_disk(WORDS, &program.data()));

    server.signal("TERM");
    server.process.wait().unwrap();
    assert!(!are_on_disk(WORDS, &program.data()));
    assert!(are_on_disk("words-that-stay", &program.data()));
}

#[test]
fn somebody_who_reads_holds_erasing_up_only_until_the_next_write() {
    let kept = Kept::new();
    let reader = kept.reader();
    kept.withdraw();
    assert!(kept.is_on_disk(), "the reader still sees the words");
    drop(reader);
    kept.runtime.block_on(kept.store.probe()).unwrap();
    assert!(!kept.is_on_disk());
}

#[test]
fn an_idle_writer_tries_again_by_itself() {
    let kept = Kept::new();
    let reader = kept.reader();
    kept.withdraw();
    drop(reader);
    let began = Instant::now();
    while kept.is_on_disk() {
        assert!(began.elapsed() < Duration::from_secs(20));
        std::thread::yield_now();
    }
}

#[test]
fn what_could_not_be_erased_before_the_end_is_erased_at_the_next_start() {
    let mut kept = Kept::new();
    let reader = kept.reader();
    kept.withdraw();
    let directory = tempfile::tempdir().unwrap();
    kept.store = Sqlite::open(directory.path(), Opening::OrCreate).unwrap();
    drop(reader);
    assert!(kept.is_on_disk());
    kept.store = Sqlite::open(kept.directory.path(), Opening::Existing).unwrap();
    kept.runtime.block_on(kept.store.probe()).unwrap();
    assert!(!kept.is_on_disk());
}

#[test]
fn which_groups_a_response_belonged_to_is_overwritten_with_it() {
    let kept = Kept::new();
    let quotas = vec![QuotaPlace { name: "women".to_owned(), limit: 9 }];
    let response = NewResponse { quotas, ..new_response(&"b".repeat(32), "v1") };
    kept.runtime.block_on(async {
        kept.store.keep(response.clone()).await.unwrap();
        kept.store.withdraw(response.receipt).await.unwrap();
    });
    let groups: String =
        kept.reader().query_row("SELECT quotas FROM quota_members", [], |row| row.get(0)).unwrap();
    assert_eq!(groups, " ".repeat(groups.len()));
}

#[test]
fn which_codes_a_text_was_given_is_overwritten_with_its_response() {
    let kept = Kept::new();
    kept.runtime.block_on(async {
        let all = kept.store.responses("page-useful", Position(0), 9).await.unwrap();
        let tags = NewTags {
            survey: "page-useful".to_owned(),
            question: "doing".to_owned(),
            coder: "aigul".to_owned(),
            day: "2026-11-23".to_owned(),
            texts: vec![(all[0].position, Some(vec![731, 732, 733]))],
        };
        kept.store.keep_tags(tags).await.unwrap();
    });
    assert!(are_on_disk("731 732 733", kept.directory.path()));
    kept.withdraw();
    assert!(!are_on_disk("731 732 733", kept.directory.path()));
    let codes: String = kept.reader().query_row("SELECT codes FROM tags", [], |row| row.get(0)).unwrap();
    assert_eq!(codes.trim(), "");
}

#[test]
fn nothing_of_many_responses_stays_behind_between_their_neighbours() {
    let kept = Kept::new();
    let words = |number: u64| format!("<<{number:06}>>");
    let responses: Vec<NewResponse> = (0..ROWS)
        .map(|number| {
            let answers = words(number) + &"x".repeat(SIZES[scattered(number) % SIZES.len()]);
            NewResponse { answers, ..new_response(&format!("{number:032x}"), "v1") }
        })
        .collect();
    let mut order: Vec<u64> = (0..ROWS).collect();
    order.sort_by_key(|number| scattered(number + ROWS));
    let gone = &order[..order.len() * 2 / 3];
    kept.runtime.block_on(async {
        for response in &responses {
            kept.store.keep(response.clone()).await.unwrap();
        }
        for number in gone {
            assert!(kept.store.withdraw(responses[usize::try_from(*number).unwrap()].receipt).await.unwrap());
        }
    });
    let database = fs::read(kept.directory.path().join("qulaq.db")).unwrap();
    let database = String::from_utf8_lossy(&database);
    let left: Vec<_> = gone.iter().filter(|number| database.contains(&words(**number))).collect();
    assert_eq!(left, Vec::<&u64>::new());
}

#[test]
fn nothing_of_many_blocks_stays_behind_between_their_neighbours() {
    let kept = Kept::new();
    let words = |number: u64| format!("<<{number:06}>>").into_bytes();
    let content = |number: u64, more: usize| [words(number), vec![b'x'; more]].concat();
    let response = |number: u64| new_response(&format!("{number:032x}"), "v1");
    let block = |number: u64, responses: u64, dictionary: Vec<u8>| {
        // The first response of the store is that of `Kept`.
        let (after, last) = (Position(number as i64 + 1), Position(number as i64 + 2));
        let (survey, range) = ("page-useful".to_owned(), BlockRange { after, last });
        NewBlock { survey, range, responses, cells: dictionary.repeat(5), dictionary }
    };
    let mut order: Vec<u64> = (0..ROWS).collect();
    order.sort_by_key(|number| scattered(number + ROWS));
    let gone = &order[..order.len() * 2 / 3];
    kept.runtime.block_on(async {
        for number in 0..ROWS {
            kept.store.keep(response(number)).await.unwrap();
            let content = content(number, SIZES[scattered(number) % SIZES.len()]);
            assert!(kept.store.keep_block(block(number, 1, content)).await.unwrap());
        }
        for number in gone {
            assert!(kept.store.withdraw(response(*number).receipt).await.unwrap());
            let again = vec![b'y'; SIZES[scattered(*number + 1) % SIZES.len()] + 1];
            assert!(kept.store.keep_block(block(*number, 0, again)).await.unwrap());
        }
    });
    let database = fs::read(kept.directory.path().join("qulaq.db")).unwrap();
    let is_there = |number: u64| database.windows(10).any(|bytes| bytes == words(number));
    let left: Vec<_> = gone.iter().filter(|number| is_there(**number)).collect();
    assert_eq!(left, Vec::<&u64>::new());
}

/// With these numbers, deleting the rows instead of overwriting them leaves one behind.
const ROWS: u64 = 200;
const SIZES: [usize; 6] = [0, 40, 120, 300, 700, 1200];
const SEED: u64 = 1000;

/// A number that looks like chance, and is the same every time (Steele and others, SplitMix64).
fn scattered(number: u64) -> usize {
    let mixed = (SEED + number + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    usize::try_from((mixed ^ (mixed >> 27)) >> 33).unwrap()
}

#[test]
fn what_was_sent_on_the_way_and_deleted_is_in_no_file_however_often_it_was_replaced() {
    let (directory, runtime) = (tempfile::tempdir().unwrap(), Runtime::new().unwrap());
    let store = Sqlite::open(directory.path(), Opening::OrCreate).unwrap();
    let part = |number: u32, turn: u32, words: &str| NewPartial {
        id: format!("{number:032x}"),
        receipt: [u8::try_from(number).unwrap(); 32],
        survey: "page-useful".to_owned(),
        version: "v1".to_owned(),
        minute: Minute(29_550_000),
        turn: Some(turn),
        content: words.repeat(usize::try_from(turn * turn).unwrap() * 7),
    };
    runtime.block_on(async {
        store.publish(publication()).await.unwrap();
        // Many beside each other, each longer from page to page, so that rows move where they may.
        for turn in 1..=7 {
            for number in 0..60 {
                let words = if number % 3 == 0 { WORDS } else { "words-that-stay " };
                store.keep_partial(part(number, turn, words)).await.unwrap();
            }
        }
        assert!(are_on_disk(WORDS, directory.path()));
        for number in (0..60).step_by(3) {
            let id = format!("{number:032x}");
            let part = PartialName {
                survey: "page-useful".to_owned(),
                id,
                receipt: [number.try_into().unwrap(); 32],
            };
            store.take_back_partial(part, Minute(29_550_000)).await.unwrap();
        }
        assert!(!are_on_disk(WORDS, directory.path()));
        assert_eq!(store.partials("page-useful", Position::default(), 100).await.unwrap().len(), 40);
    });
}
