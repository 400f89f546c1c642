//! Where the response with a receipt stands, which also says whether its id was ever kept: an id has one receipt.
//!
//! Receipts are as good as random. An index that took each at once would change another page for every response, and the
//! log and the database would both write that page. So the newest are known from memory, and are brought into the index
//! many at a time, in its own order: then one page takes several. With the memory nothing is lost: what the index does
//! not have yet is read again from the rows themselves, which stand after the position in `receipts_upto`.

use crate::digest::Digest;
use rusqlite::{Connection, Result};
use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt;

/// Receipts in memory before they are brought into the index: some 3 MB, and as many again while they are.
const NEWEST: usize = 1 << 16;

/// How many of them one transaction brings in: a few milliseconds of work, and more than it adds.
const MOVED_AT_ONCE: usize = 2048;

/// What the connection that writes knows of receipts.
pub(super) struct Receipts {
    most: usize,
    known: RefCell<Known>,
}

#[derive(Default)]
struct Known {
    /// SQLite's number for the data, which is another one after somebody else has written; `None` when nothing is known.
    data: Option<i64>,
    /// Whether it was asked for in this transaction.
    checked: bool,
    /// The position up to which every receipt is in the index or in memory.
    last: i64,
    /// Those that came last.
    newest: HashMap<Digest, i64>,
    /// Those among them that this transaction has added, in order.
    noted: Vec<(Digest, i64)>,
    moving: Option<Moving>,
}

/// Receipts on their way into the index. They are known from memory until all are there.
struct Moving {
    known: HashMap<Digest, i64>,
    /// In the order of the index.
    sorted: Vec<(Head, i64)>,
    /// How many are there.
    moved: usize,
    /// How many will be after the commit.
    moved_now: usize,
    /// The position up to which the index has all when they are.
    upto: i64,
}

/// The part of a hash that the index has.
type Head = [u8; 8];

impl Receipts {
    pub(super) fn new() -> Self {
        Self::with_newest(NEWEST)
    }

    fn with_newest(most: usize) -> Self {
        Self { most, known: RefCell::default() }
    }

    /// The position of the response with this receipt.
    pub(super) fn position(&self, db: &Connection, receipt: &Digest) -> Result<Option<i64>> {
        let mut known = self.known.borrow_mut();
        known.check(db, self.most)?;
        if let Some(seq) = known.in_memory(receipt) {
            return Ok(Some(seq));
        }
        in_index(db, receipt)
    }

    /// Notes the receipt of a response that was just inserted, of which [`Self::position`] has said that it is new.
    pub(super) fn note(&self, receipt: Digest, seq: i64) {
        let mut known = self.known.borrow_mut();
        known.newest.insert(receipt, seq);
        known.noted.push((receipt, seq));
    }

    /// How many were noted in this transaction.
    pub(super) fn noted(&self) -> usize {
        self.known.borrow().noted.len()
    }

    /// Forgets what was noted after the first so many, because the rows were taken back.
    pub(super) fn forget_after(&self, noted: usize) {
        let mut known = self.known.borrow_mut();
        while known.noted.len() > noted {
            if let Some((receipt, _)) = known.noted.pop() {
                known.newest.remove(&receipt);
            }
        }
    }

    /// Brings some of those that wait for it into the index. To be called before the commit.
    pub(super) fn settle(&self, db: &Connection) -> Result<()> {
        self.known.borrow_mut().moving.as_mut().map_or(Ok(()), |moving| moving.go_on(db))
    }

    /// The transaction was committed.
    pub(super) fn committed(&self) {
        let mut known = self.known.borrow_mut();
        known.checked = false;
        known.last = known.noted.last().map_or(known.last, |(_, seq)| *seq);
        known.noted.clear();
        if let Some(moving) = &mut known.moving {
            moving.moved = moving.moved_now;
            if moving.moved == moving.sorted.len() {
                known.moving = None;
            }
        }
    }

    /// The transaction was rolled back. What was known may rest on what is no more, so that it is read anew.
    pub(super) fn rolled_back(&self) {
        self.known.take();
    }
}

impl Known {
    fn in_memory(&self, receipt: &Digest) -> Option<i64> {
        let moving = || self.moving.as_ref().and_then(|moving| moving.known.get(receipt));
        self.newest.get(receipt).or_else(moving).copied()
    }

    /// Takes notice, once a transaction, of what others have written, and of how much is in memory.
    fn check(&mut self, db: &Connection, most: usize) -> Result<()> {
        if self.checked {
            return Ok(());
        }
        let data = db.prepare_cached("PRAGMA data_version")?.query_row([], |row| row.get(0))?;
        if self.data != Some(data) {
            self.catch_up(db, most)?;
            self.data = Some(data);
        }
        if self.moving.is_none() && self.newest.len() >= most {
            self.moving = Some(Moving::of(std::mem::take(&mut self.newest), self.last));
        }
        self.checked = true;
        Ok(())
    }

    fn catch_up(&mut self, db: &Connection, most: usize) -> Result<()> {
        let upto = upto(db)?;
        self.last = self.last.max(upto);
        let more = "SELECT count(*) FROM (SELECT 1 FROM responses WHERE seq > ?1 LIMIT ?2)";
        let more: usize = db.query_row(more, (self.last, 2 * most), |row| row.get(0))?;
        if more == 2 * most {
            self.last = index_all(db)?;
            return Ok(());
        }
        let mut rows =
            db.prepare_cached("SELECT receipt_hash, seq FROM responses WHERE seq > ?1 ORDER BY seq")?;
        let mut rows = rows.query([self.last])?;
        while let Some(row) = rows.next()? {
            let seq = row.get(1)?;
            self.newest.insert(row.get(0)?, seq);
            self.last = seq;
        }
        Ok(())
    }
}

impl Moving {
    fn of(known: HashMap<Digest, i64>, upto: i64) -> Self {
        let head = |receipt: &Digest| receipt.first_chunk().copied().unwrap_or_default();
        let mut sorted: Vec<(Head, i64)> = known.iter().map(|(receipt, seq)| (head(receipt), *seq)).collect();
        sorted.sort_unstable();
        Self { known, sorted, moved: 0, moved_now: 0, upto }
    }

    fn go_on(&mut self, db: &Connection) -> Result<()> {
        // Some may be there already: the program was stopped in the middle of it, or another one did the same.
        let mut insert =
            db.prepare_cached("INSERT INTO receipts (head, seq) VALUES (?1, ?2) ON CONFLICT DO NOTHING")?;
        let end = self.sorted.len().min(self.moved + MOVED_AT_ONCE);
        for (head, seq) in &self.sorted[self.moved..end] {
            insert.execute((head, seq))?;
        }
        self.moved_now = end;
        if end == self.sorted.len() {
            set_upto(db, self.upto)?;
        }
        Ok(())
    }
}

/// The position by the index. Two receipts may begin alike, so that the rows are looked at, in a statement of their own:
/// SQLite would plan a join of the two anew for every receipt.
fn in_index(db: &Connection, receipt: &Digest) -> Result<Option<i64>> {
    let mut alike = db.prepare_cached("SELECT seq FROM receipts WHERE head = ?1")?;
    let mut alike = alike.query([&receipt[..8]])?;
    while let Some(row) = alike.next()? {
        let seq: i64 = row.get(0)?;
        let mut same = db.prepare_cached("SELECT 1 FROM responses WHERE seq = ?1 AND receipt_hash = ?2")?;
        if same.exists((seq, receipt))? {
            return Ok(Some(seq));
        }
    }
    Ok(None)
}

/// Brings everything into the index; gives the last position.
pub(super) fn index_all(db: &Connection) -> Result<i64> {
    db.execute(
        "INSERT INTO receipts (head, seq) SELECT substr(receipt_hash, 1, 8), seq FROM responses
         WHERE seq > (SELECT max(seq) FROM receipts_upto) ORDER BY 1, 2 ON CONFLICT DO NOTHING",
        [],
    )?;
    let last = db.query_row("SELECT coalesce(max(seq), 0) FROM responses", [], |row| row.get(0))?;
    set_upto(db, last)?;
    Ok(last)
}

fn upto(db: &Connection) -> Result<i64> {
    db.query_row("SELECT max(seq) FROM receipts_upto", [], |row| row.get(0))
}

fn set_upto(db: &Connection, upto: i64) -> Result<()> {
    db.execute("UPDATE receipts_upto SET seq = max(seq, ?1)", [upto])?;
    Ok(())
}

impl fmt::Debug for Receipts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Receipts")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::sqlite::migrate;

    /// So few that they are brought into the index after a few rows.
    const FEW: usize = 4;

    /// Receipts that begin alike but for one in seven, and stand in no order.
    fn receipt(number: i64) -> Digest {
        let mut receipt = [0; 32];
        receipt[0] = u8::from(number % 7 == 0);
        receipt[24..].copy_from_slice(&number.wrapping_mul(0x9e37_79b9).to_be_bytes());
        receipt
    }

    fn database() -> (tempfile::TempDir, Connection) {
        let directory = tempfile::tempdir().unwrap();
        let mut db = Connection::open(directory.path().join("t.db")).unwrap();
        db.pragma_update(None, "foreign_keys", false).unwrap();
        migrate::to_latest(&mut db).ok().unwrap();
        (directory, db)
    }

    fn insert(db: &Connection, receipts: &Receipts, number: i64) {
        assert_eq!(receipts.position(db, &receipt(number)).unwrap(), None, "{number}");
        let row = "INSERT INTO responses
             (id, survey, version, minute, lang, channel, answers, paradata, receipt_hash, body_hash)
             VALUES (?1, 's', 'v', 1, 'kk', 'web', '{}', '{}', ?2, zeroblob(32))";
        let seq = db.prepare(row).unwrap().insert((number.to_string(), receipt(number))).unwrap();
        assert_eq!(seq, number);
        receipts.note(receipt(number), seq);
    }

    /// A transaction with these rows in it.
    fn keep(db: &Connection, receipts: &Receipts, numbers: std::ops::RangeInclusive<i64>) {
        db.execute_batch("BEGIN IMMEDIATE").unwrap();
        numbers.for_each(|number| insert(db, receipts, number));
        receipts.settle(db).unwrap();
        db.execute_batch("COMMIT").unwrap();
        receipts.committed();
    }

    fn all_are_found(db: &Connection, receipts: &Receipts, numbers: i64) {
        for number in 1..=numbers {
            assert_eq!(receipts.position(db, &receipt(number)).unwrap(), Some(number));
        }
        assert_eq!(receipts.position(db, &receipt(numbers + 1)).unwrap(), None);
    }

    fn count(db: &Connection) -> i64 {
        db.query_row("SELECT count(*) FROM receipts", [], |row| row.get(0)).unwrap()
    }

    #[test]
    fn every_receipt_is_found_wherever_it_is_known_from() {
        let (_directory, db) = database();
        let receipts = Receipts::with_newest(FEW);
        for number in 1..=40 {
            keep(&db, &receipts, number..=number);
            all_are_found(&db, &receipts, number);
        }
        assert!(count(&db) >= 30, "most are in the index: {}", count(&db));
    }

    #[test]
    fn what_was_only_known_from_memory_is_found_by_the_next_who_opens_the_database() {
        let (_directory, db) = database();
        for (from, to) in [(1, 3), (4, 4), (5, 30), (31, 33)] {
            let receipts = Receipts::with_newest(FEW);
            keep(&db, &receipts, from..=to);
            all_are_found(&db, &Receipts::with_newest(FEW), to);
        }
    }

    #[test]
    fn what_another_connection_has_written_is_found() {
        let (directory, db) = database();
        let other = Connection::open(directory.path().join("t.db")).unwrap();
        other.pragma_update(None, "foreign_keys", false).unwrap();
        let (mine, others) = (Receipts::with_newest(FEW), Receipts::with_newest(FEW));
        for number in 1..=40 {
            let (db, receipts) = if number % 3 == 0 { (&db, &mine) } else { (&other, &others) };
            keep(db, receipts, number..=number);
        }
        // Each asks once a transaction.
        mine.committed();
        others.committed();
        all_are_found(&db, &mine, 40);
        all_are_found(&other, &others, 40);
    }

    #[test]
    fn what_was_rolled_back_is_not_known() {
        let (_directory, db) = database();
        let receipts = Receipts::with_newest(FEW);
        keep(&db, &receipts, 1..=9);
        db.execute_batch("BEGIN IMMEDIATE").unwrap();
        insert(&db, &receipts, 10);
        receipts.settle(&db).unwrap();
        db.execute_batch("ROLLBACK").unwrap();
        receipts.rolled_back();
        all_are_found(&db, &receipts, 9);

        db.execute_batch("BEGIN IMMEDIATE; SAVEPOINT job").unwrap();
        insert(&db, &receipts, 10);
        db.execute_batch("ROLLBACK TO job; RELEASE job").unwrap();
        receipts.forget_after(0);
        insert(&db, &receipts, 10);
        db.execute_batch("COMMIT").unwrap();
        receipts.committed();
        all_are_found(&db, &receipts, 10);
    }
}
