//! Which comments on each paragraph say the same, kept in memory and kept up from the log of responses. Nobody's click reads
//! a hundred thousand comments again: how many there are is in `sums.rs`, and what is missing here is read beside whoever
//! looks, who is told when it takes long.
//!
//! It holds positions and hashes of words, and no words.

use super::Consultation;
use crate::refusal::Refusal;
use crate::store::{Extent, MatterFilter, Position, Store, StoredResponse};
use matter::State;
use serde_json::{Map, Value};
use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};
use std::future::Future;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use survey::fold::fold;
use tokio::sync::OwnedMutexGuard;

/// How long somebody waits for a board that is behind.
const PATIENCE: Duration = Duration::from_millis(700);

/// Responses read at a time.
const BATCH: usize = 512;

/// Words in a row that are compared as one.
const ROW: usize = 3;

/// Rows of words that stand for a text: the ones with the smallest hashes.
const SKETCH: usize = 64;

/// Of these, the ones by which texts are looked up that may be alike.
const LOOKED_UP: usize = 6;

/// How many of these two texts share that are compared at all.
const ENOUGH: usize = 2;

/// Groups that are looked up by one row, and groups that one text is compared with: so much work is done for each text.
const LISTED: usize = 64;
/// See [`LISTED`].
const COMPARED: usize = 8;

/// From which share of rows in common on two texts say the same.
const ALIKE: f64 = 0.6;

/// The boards of all consultations that were asked for.
#[derive(Debug, Default)]
pub(crate) struct Boards(Mutex<HashMap<String, Arc<tokio::sync::Mutex<Board>>>>);

/// What was said in one consultation.
#[derive(Debug, Default)]
pub(crate) struct Board {
    last: Position,
    /// How many responses were taken back, and how many had lost their texts, when it was looked last.
    withdrawn: u64,
    forgotten: u64,
    /// By anchor; what was said about the whole draft has none.
    paragraphs: HashMap<String, Paragraph>,
}

/// What was said about a paragraph.
#[derive(Debug, Default)]
struct Paragraph {
    groups: Vec<Group>,
    by_row: HashMap<u64, Vec<usize>>,
}

/// Comments that say the same.
#[derive(Debug)]
pub(crate) struct Group {
    /// Where the responses stand, in order of arrival; none where all were taken back.
    pub(crate) responses: Vec<Position>,
    sketch: Vec<u64>,
}

impl Boards {
    /// The board of a consultation as the log is now, however long that takes.
    pub(crate) fn of(
        &self,
        store: Arc<dyn Store>,
        survey: &str,
        consultation: &Consultation,
    ) -> impl Future<Output = Result<OwnedMutexGuard<Board>, Refusal>> + Send + use<> {
        let board = {
            let mut boards = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(boards.entry(survey.to_owned()).or_default())
        };
        let (survey, consultation) = (survey.to_owned(), consultation.clone());
        async move {
            let mut board = board.lock_owned().await;
            board.catch_up(&*store, &survey, &consultation).await?;
            Ok(board)
        }
    }

    /// The same for somebody who does not wait for long; `None` where it is not done by then, and goes on meanwhile.
    pub(crate) async fn soon(
        &self,
        store: Arc<dyn Store>,
        survey: &str,
        consultation: &Consultation,
    ) -> Result<Option<OwnedMutexGuard<Board>>, Refusal> {
        let making = tokio::spawn(self.of(store, survey, consultation));
        match tokio::time::timeout(PATIENCE, making).await {
            Err(_) => Ok(None),
            Ok(Ok(board)) => board.map(Some),
            Ok(Err(error)) => Err(Refusal::internal("comments cannot be put together", &error)),
        }
    }
}

impl Board {
    /// The comments on a paragraph, those that say the same together, in the order in which each was first said.
    pub(crate) fn groups(&self, anchor: &str) -> impl Iterator<Item = &Group> {
        let groups = self.paragraphs.get(anchor).map(|paragraph| &paragraph.groups[..]).unwrap_or_default();
        groups.iter().filter(|group| !group.responses.is_empty())
    }

    async fn catch_up(
        &mut self,
        store: &dyn Store,
        survey: &str,
        consultation: &Consultation,
    ) -> Result<(), Refusal> {
        let Extent { withdrawn, forgotten, last, .. } =
            store.extent(survey).await.map_err(Refusal::of_store)?;
        if forgotten != self.forgotten {
            // Texts that are no more may be anywhere in it.
            *self = Self { withdrawn, forgotten, ..Self::default() };
        } else if withdrawn != self.withdrawn {
            self.take_back(store, survey).await?;
            self.withdrawn = withdrawn;
        }
        while self.last < last {
            let batch = store.responses(survey, self.last, BATCH).await.map_err(Refusal::of_store)?;
            for response in &batch {
                self.add(consultation, response);
            }
            if batch.len() < BATCH {
                // The last ones were taken back.
                self.last = self.last.max(last);
            }
        }
        Ok(())
    }

    /// Takes out what was taken back, with what is known of its words where nothing else says the same.
    async fn take_back(&mut self, store: &dyn Store, survey: &str) -> Result<(), Refusal> {
        let filter = MatterFilter { states: vec![State::Withdrawn], ..MatterFilter::default() };
        let (mut gone, mut after) = (HashSet::new(), None);
        loop {
            let batch = store.matters(survey, &filter, after, BATCH).await.map_err(Refusal::of_store)?;
            after = batch.last().map(|matter| matter.number);
            gone.extend(batch.iter().map(|matter| matter.response));
            if batch.len() < BATCH {
                break;
            }
        }
        for group in self.paragraphs.values_mut().flat_map(|paragraph| &mut paragraph.groups) {
            group.responses.retain(|response| !gone.contains(response));
            if group.responses.is_empty() {
                group.sketch = Vec::new();
            }
        }
        Ok(())
    }

    fn add(&mut self, consultation: &Consultation, response: &StoredResponse) {
        self.last = response.position;
        let answers: Map<String, Value> = serde_json::from_str(&response.answers).unwrap_or_default();
        let text = |name: &str| answers.get(name).and_then(Value::as_str).unwrap_or_default();
        let said = text(&consultation.comment);
        if !said.trim().is_empty() {
            let paragraph = self.paragraphs.entry(text(&consultation.paragraph).to_owned()).or_default();
            paragraph.join(response.position, sketch(said));
        }
    }
}

impl Paragraph {
    /// Adds a comment to those that say the same, or begins a group.
    fn join(&mut self, response: Position, sketch: Vec<u64>) {
        let rows: Vec<u64> = sketch.iter().copied().take(LOOKED_UP).collect();
        let alike = self.candidates(&rows).find(|place| are_alike(&self.groups[*place].sketch, &sketch));
        if let Some(place) = alike {
            self.groups[place].responses.push(response);
            return;
        }
        for row in rows {
            let places = self.by_row.entry(row).or_default();
            // What thousands of different texts have in common tells nothing.
            if places.len() < LISTED {
                places.push(self.groups.len());
            }
        }
        self.groups.push(Group { responses: vec![response], sketch });
    }

    /// The groups that share enough of these rows to be compared, those that share most first.
    fn candidates(&self, rows: &[u64]) -> impl Iterator<Item = usize> + use<> {
        let mut found: HashMap<usize, usize> = HashMap::new();
        for place in rows.iter().filter_map(|row| self.by_row.get(row)).flatten() {
            *found.entry(*place).or_default() += 1;
        }
        let enough = ENOUGH.min(rows.len());
        let mut found: Vec<(usize, usize)> =
            found.into_iter().filter(|(_, shared)| *shared >= enough).collect();
        found.sort_unstable_by_key(|(place, shared)| (std::cmp::Reverse(*shared), *place));
        found.into_iter().take(COMPARED).map(|(place, _)| place)
    }
}

/// The smallest hashes of all rows of words of a text, in order.
fn sketch(text: &str) -> Vec<u64> {
    let folded = fold(text);
    let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
    let mut rows: Vec<u64> = words.windows(ROW.min(words.len()).max(1)).map(hash).collect();
    if rows.is_empty() {
        // Signs alone: the same ones are the same.
        rows.push(hash(&[text.trim()]));
    }
    rows.sort_unstable();
    rows.dedup();
    rows.truncate(SKETCH);
    rows
}

fn hash(words: &[&str]) -> u64 {
    let mut hasher = DefaultHasher::new();
    words.hash(&mut hasher);
    hasher.finish()
}

/// Whether two texts have enough rows in common, as far as their smallest hashes tell (a bottom-k sketch).
fn are_alike(one: &[u64], other: &[u64]) -> bool {
    let (mut at, mut with, mut both, mut all) = (0, 0, 0, 0);
    while all < SKETCH && (at < one.len() || with < other.len()) {
        let (left, right) = (one.get(at), other.get(with));
        let order =
            left.map_or(Ordering::Greater, |left| right.map_or(Ordering::Less, |right| left.cmp(right)));
        at += usize::from(order.is_le());
        with += usize::from(order.is_ge());
        both += usize::from(order.is_eq());
        all += 1;
    }
    both as f64 >= ALIKE * all as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grouped(texts: &[&str]) -> Vec<Vec<i64>> {
        let mut paragraph = Paragraph::default();
        for (number, text) in (0..).zip(texts) {
            paragraph.join(Position(number), sketch(text));
        }
        let places = |group: Group| group.responses.into_iter().map(|Position(place)| place).collect();
        paragraph.groups.into_iter().map(places).collect()
    }

    #[test]
    fn what_says_the_same_is_one_group_however_it_is_written_and_nothing_is_lost() {
        let letter = "Қабылдау уақытын кешкі сағат сегізге дейін ұзартуды сұраймыз, өйткені жұмыс істейтін адамдар күндіз \
                      келе алмайды және сенбі күні де қабылдау өткізуді ұсынамыз";
        let typed = letter.to_uppercase().replace('қ', "к");
        let longer = format!("{letter}. Құрметпен, тұрғындар");
        let groups =
            grouped(&[letter, "Пандус керек", &typed, &longer, "пандус  КЕРЕК!", "Пандус керек емес шығар"]);
        assert_eq!(groups[0], [0, 2, 3]);
        assert_eq!(groups[1], [1, 4]);
        assert_eq!(groups.iter().map(Vec::len).sum::<usize>(), 6);
    }

    #[test]
    fn short_or_wordless_comments_are_alike_only_when_they_are_the_same() {
        assert_eq!(grouped(&["Иә", "Жоқ", "иә.", "???", "???", "!"]).len(), 4);
    }
}
