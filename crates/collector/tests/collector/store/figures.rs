//! Figures are those of a recount, whatever happened to the responses and whoever made the blocks.

use super::{Engine, new_response};
use crate::support::NOW;
use analysis::Counts;
use collector::clock::Minute;
use collector::figures::{Figures, Keeper};
use collector::store::{BlockRange, Blocks, Kept, NewBlock, NewResponse, Position, Store};
use collector::{publication, random};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::Arc;
use survey::columns::{Cell, Table};
use survey::tally::Tally;
use survey::{Answers, Missing, Occasion, Survey};

/// Numbers that look like chance and are the same every time (Steele and others, SplitMix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed >> 16) % limit as u64).unwrap()
    }
}

/// Three versions of a survey: options come and go, one has an order in the last, a question is new in the second.
fn definition(number: usize) -> String {
    let option = |code: i64| json!({"code": code, "text": format!("Option {code}")});
    let options = |last: i64| (1..=last).chain([-5]).map(option).collect::<Vec<Value>>();
    let choice = match number {
        2 => {
            json!({"name": "choice", "type": "dropdown", "ordinal": true, "text": "One", "options": options(5)})
        }
        _ => json!({"name": "choice", "type": "single", "text": "One", "options": options(3)}),
    };
    let mut questions = vec![
        choice,
        json!({"name": "several", "type": "multi", "text": "Several", "options": options(3)}),
        json!({"name": "amount", "type": "number", "text": "How many", "min": 0, "max": 1000, "places": 2}),
        json!({"name": "why", "type": "text", "text": "Why", "show_if": "choice == 1"}),
    ];
    if number > 0 {
        questions.push(json!({"name": "since", "type": "date", "text": "Since"}));
        questions
            .push(json!({"name": "likely", "type": "nps", "text": "Likely", "low": "No", "high": "Yes"}));
    }
    json!({
        "format": 1, "id": "page-useful", "languages": ["kk"], "title": "Figures", "review": false,
        "pages": [{"id": "p1", "questions": questions}],
    })
    .to_string()
}

fn answers(number: usize, dice: &mut Dice) -> String {
    let mut answers = json!({"choice": ([1, 2, 3, -5][dice.below(4)])});
    if dice.below(3) > 0 {
        answers["several"] = json!(([&[1][..], &[1, 3], &[2]][dice.below(3)]));
        answers["amount"] = json!(dice.below(2000) as f64 / 4.0);
    }
    if answers["choice"] == 1 {
        answers["why"] = json!("words that stay in the log");
    }
    if number > 0 && dice.below(2) > 0 {
        answers["since"] = json!(["2026-11-20", "2020-02-29"][dice.below(2)]);
        answers["likely"] = json!(dice.below(11));
    }
    answers.to_string()
}

/// A store that two collectors have open, and what they count with.
struct Trial<S> {
    stores: [Arc<S>; 2],
    keepers: [Keeper; 2],
    dice: Dice,
    versions: Vec<String>,
    receipts: Vec<[u8; 32]>,
}

async fn keeper<S: Store + 'static>(store: &Arc<S>) -> Keeper {
    let store: Arc<dyn Store> = store.clone();
    Keeper::with_blocks_of(4, store, &random::system()).await.unwrap()
}

impl<S: Store + 'static> Trial<S> {
    async fn of<E: Engine<Store = S>>(engine: &E, seed: u64) -> Self {
        let stores = [Arc::new(engine.open().await), Arc::new(engine.open().await)];
        let keepers = [keeper(&stores[0]).await, keeper(&stores[1]).await];
        let mut trial =
            Self { stores, keepers, dice: Dice(seed), versions: Vec::new(), receipts: Vec::new() };
        trial.publish(0).await;
        trial
    }

    async fn publish(&mut self, number: usize) {
        let publication = publication::read(&definition(number), NOW).unwrap();
        if number == self.versions.len() {
            self.versions.push(publication.version.clone());
        }
        self.stores[0].publish(publication).await.unwrap();
    }

    async fn keep(&mut self) {
        let number = self.dice.below(self.versions.len());
        let id = format!("{:032x}", self.receipts.len() + 1);
        let response = NewResponse {
            answers: answers(number, &mut self.dice),
            lang: ["kk", "ru"][self.dice.below(2)].to_owned(),
            minute: Minute(NOW.0 + 1440 * self.dice.below(3) as i64),
            paradata: [r#"{"path":"wasm","active_ms":5040}"#, "{}"][self.dice.below(2)].to_owned(),
            ..new_response(&id, &self.versions[number])
        };
        self.receipts.push(response.receipt);
        let store = self.dice.below(2);
        assert_eq!(self.stores[store].keep(response).await.unwrap(), Kept::New);
    }

    /// One thing that may happen.
    async fn step(&mut self) {
        match self.dice.below(20) {
            0 | 1 if !self.receipts.is_empty() => {
                let receipt = self.receipts[self.dice.below(self.receipts.len())];
                let store = self.dice.below(2);
                assert!(self.stores[store].withdraw(receipt).await.unwrap());
            }
            2 => {
                let number = self.dice.below((self.versions.len() + 1).min(3));
                self.publish(number).await;
            }
            3 => {
                let which = self.dice.below(2);
                self.keepers[which] = keeper(&self.stores[which]).await;
            }
            4 => {
                let which = self.dice.below(2);
                self.keepers[which].catch_up().await.unwrap();
            }
            5 | 6 => {
                let which = self.dice.below(2);
                self.look(which).await;
            }
            _ => self.keep().await,
        }
    }

    /// The figures are those of a recount.
    async fn look(&self, which: usize) {
        let figures = self.keepers[which].of("page-useful").await.unwrap().unwrap();
        let (columns, recount, cells) = self.recount().await;
        assert_eq!(figures.tally().responses, recount.responses);
        assert_eq!(
            figures.counts(),
            &counts(&figures, &rows(&figures, (0..figures.columns().len()).collect()).await)
        );
        for (column, counted) in columns.iter().zip(&recount.columns) {
            let place = figures.place(column).unwrap();
            assert_eq!(&figures.tally().columns[place], counted, "{column}");
        }
        let places: Vec<usize> = columns.iter().map(|column| figures.place(column).unwrap()).collect();
        assert_eq!(rows(&figures, places).await, cells);
    }

    /// Counts the log as an export reads it. Words stay out of the cells.
    async fn recount(&self) -> (Vec<String>, Tally, Vec<Vec<Cell>>) {
        let store = &self.stores[0];
        let (mut versions, mut surveys) = (Vec::new(), Vec::new());
        for version in store.versions("page-useful").await.unwrap() {
            let definition = store.definition("page-useful", &version).await.unwrap().unwrap();
            surveys.push(Survey::read(&definition).unwrap());
            versions.push(version);
        }
        let table = Table::of(&surveys.iter().collect::<Vec<_>>());
        let (mut tally, mut rows) = (Tally::of(table.columns()), Vec::new());
        for response in store.responses("page-useful", Position::default(), 10_000).await.unwrap() {
            let index = versions.iter().position(|version| *version == response.version).unwrap();
            let answers = Answers::read(&surveys[index], &serde_json::from_str(&response.answers).unwrap());
            let mut row = table.row(index, &surveys[index], &answers.unwrap(), Occasion::default());
            tally.add(table.columns(), &row);
            let words = table.columns().iter().position(|column| column.name == "why").unwrap();
            if let Cell::Text(text) = &mut row[words] {
                text.clear();
            }
            // An export says "I do not know" as a reason, whichever option it was.
            for cell in &mut row {
                if let Cell::Code(code) = cell
                    && let Some(missing) = Missing::of_code(*code)
                {
                    *cell = Cell::Missing(missing);
                }
            }
            rows.push(row);
        }
        (table.columns().iter().map(|column| column.name.clone()).collect(), tally, rows)
    }
}

fn counts(figures: &Figures, rows: &[Vec<Cell>]) -> Counts {
    let mut counts = Counts::of(figures.columns(), figures.shapes());
    rows.iter().for_each(|row| counts.add(figures.columns(), figures.shapes(), row));
    counts
}

async fn rows(figures: &Figures, places: Vec<usize>) -> Vec<Vec<Cell>> {
    let figures = figures.clone();
    let reading = tokio::task::spawn_blocking(move || figures.rows(&places).collect::<Result<_, _>>());
    reading.await.unwrap().unwrap()
}

pub(super) async fn figures_are_those_of_a_recount_whatever_happened<E: Engine>(engine: E) {
    let mut trial = Trial::of(&engine, 7).await;
    for _ in 0..400 {
        trial.step().await;
    }
    trial.look(0).await;
    trial.look(1).await;
}

pub(super) async fn figures_tell_of_the_envelope_and_of_no_pseudonym<E: Engine>(engine: E) {
    let mut trial = Trial::of(&engine, 11).await;
    for _ in 0..10 {
        trial.keep().await;
    }
    let figures = trial.keepers[0].of("page-useful").await.unwrap().unwrap();
    assert_eq!(figures.place("response_id"), None);
    let names = ["response_day", "response_language", "response_active_ms"];
    let places = names.map(|name| figures.place(name).unwrap());
    let rows = rows(&figures, places.to_vec()).await;
    let text = |cell: &Cell| if let Cell::Text(text) = cell { text.clone() } else { format!("{cell:?}") };
    let said = |column: usize| rows.iter().map(|row| text(&row[column])).collect::<BTreeSet<_>>();
    assert!(said(0).contains("2026-03-09") && said(0).len() <= 3, "{:?}", said(0));
    assert_eq!(said(1), BTreeSet::from(["kk".to_owned(), "ru".to_owned()]));
    assert_eq!(said(2), BTreeSet::from(["Code(5000)".to_owned(), "Missing(NotAsked)".to_owned()]));
}

pub(super) async fn blocks_that_cannot_be_read_are_made_again<E: Engine>(engine: E) {
    let mut trial = Trial::of(&engine, 13).await;
    for _ in 0..9 {
        trial.keep().await;
    }
    let kept = trial.stores[0].responses("page-useful", Position::default(), 4).await.unwrap();
    let range = BlockRange { after: Position::default(), last: kept[3].position };
    let damaged = NewBlock {
        survey: "page-useful".to_owned(),
        range,
        responses: 4,
        dictionary: vec![0; 9],
        cells: vec![0; 9],
    };
    assert!(trial.stores[0].keep_block(damaged).await.unwrap());
    trial.look(0).await;
    trial.look(1).await;
    let blocks = trial.stores[0].blocks("page-useful", Position::default(), 9).await.unwrap();
    assert!(blocks.len() == 2 && blocks[0].range == range && blocks[0].dictionary[0] != 0);
}
