//! All rows out of the tables as they are at one moment, and into tables that have none.

use super::{open, receipts, store_error};
use crate::store::StoreError;
use crate::store::tables::{Cell, Pieces, Rows, TABLES, Table};
use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, Result, Transaction, TransactionBehavior, params_from_iter};
use std::path::Path;
use tokio::sync::mpsc::{Receiver, Sender};

/// Sends all rows. It blocks, and ends early when nobody receives any more.
pub(super) fn dump(database: &Path, rows: &Sender<Rows>) -> std::result::Result<(), StoreError> {
    let db = open::for_reading(database).map_err(store_error)?;
    // One transaction reads one state, whatever is written meanwhile.
    let reading = Transaction::new_unchecked(&db, TransactionBehavior::Deferred).map_err(store_error)?;
    TABLES.iter().try_for_each(|table| dump_table(&reading, table, rows)).map_err(store_error)
}

fn dump_table(db: &Connection, table: &'static Table, to: &Sender<Rows>) -> Result<()> {
    let (columns, key) = (table.column_list(), table.key.join(", "));
    let mut statement = db.prepare(&format!("SELECT {columns} FROM {} ORDER BY {key}", table.name))?;
    let mut found = statement.query([])?;
    let mut pieces = Pieces::of(table);
    while let Some(row) = found.next()? {
        let cells = (0..table.columns.len()).map(|column| row.get_ref(column).map(cell));
        if let Some(piece) = pieces.add(cells.collect::<Result<_>>()?)
            && to.blocking_send(piece).is_err()
        {
            return Ok(());
        }
    }
    // Whoever has gone misses nothing.
    drop(to.blocking_send(pieces.take()));
    Ok(())
}

fn cell(value: ValueRef<'_>) -> Cell {
    match value {
        ValueRef::Null => Cell::Null,
        ValueRef::Integer(number) => Cell::Integer(number),
        // No column of the tables, which are strict, holds one.
        ValueRef::Real(number) => Cell::Text(number.to_string()),
        ValueRef::Text(text) => Cell::Text(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => Cell::Bytes(bytes.to_vec()),
    }
}

/// Takes over all rows in one transaction; `false` when there are any already. It blocks.
pub(super) fn load(
    database: &Path,
    mut rows: Receiver<Option<Rows>>,
) -> std::result::Result<bool, StoreError> {
    let db = open::for_writing(database).map_err(StoreError::engine)?;
    match load_into(&db, &mut rows).map_err(store_error)? {
        Loaded::All => Ok(true),
        Loaded::NotEmpty => Ok(false),
        Loaded::BrokenOff => Err(StoreError::Stopped),
    }
}

enum Loaded {
    All,
    NotEmpty,
    BrokenOff,
}

fn load_into(db: &Connection, rows: &mut Receiver<Option<Rows>>) -> Result<Loaded> {
    let writing = Transaction::new_unchecked(db, TransactionBehavior::Immediate)?;
    for table in TABLES {
        if writing.prepare(&format!("SELECT 1 FROM {} LIMIT 1", table.name))?.exists([])? {
            return Ok(Loaded::NotEmpty);
        }
    }
    loop {
        match rows.blocking_recv() {
            Some(Some(rows)) => insert(&writing, rows)?,
            Some(None) => break,
            None => return Ok(Loaded::BrokenOff),
        }
    }
    receipts::index_all(&writing)?;
    writing.commit()?;
    Ok(Loaded::All)
}

fn insert(db: &Connection, Rows { table, rows }: Rows) -> Result<()> {
    let places = vec!["?"; table.columns.len()].join(", ");
    let insert = format!("INSERT INTO {} ({}) VALUES ({places})", table.name, table.column_list());
    let mut insert = db.prepare_cached(&insert)?;
    for row in rows {
        insert.execute(params_from_iter(row.into_iter().map(value)))?;
    }
    Ok(())
}

fn value(cell: Cell) -> Value {
    match cell {
        Cell::Null => Value::Null,
        Cell::Integer(number) => Value::Integer(number),
        Cell::Text(text) => Value::Text(text),
        Cell::Bytes(bytes) => Value::Blob(bytes),
    }
}
