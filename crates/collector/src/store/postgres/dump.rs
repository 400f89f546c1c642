//! All rows out of the tables as they are at one moment, and into tables that have none.

use super::failure::Failure;
use crate::store::StoreError;
use crate::store::tables::{Cell, Kind, Pieces, Rows, TABLES, Table};
use deadpool_postgres::{ClientWrapper, GenericClient};
use std::pin::pin;
use tokio::sync::mpsc::{Receiver, Sender};
use tokio_postgres::types::ToSql;
use tokio_postgres::{IsolationLevel, Row};
use tokio_stream::StreamExt;

/// Whoever takes the rows may be slow.
const TAKE_TIME: &str = "SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0";

/// Sends all rows; ends early when nobody receives any more.
pub(super) async fn dump(client: &mut ClientWrapper, to: &Sender<Rows>) -> Result<(), Failure> {
    // One such transaction reads one state, whatever is written meanwhile.
    let reading =
        client.build_transaction().isolation_level(IsolationLevel::RepeatableRead).read_only(true).start();
    let reading = reading.await?;
    reading.batch_execute(TAKE_TIME).await?;
    for table in TABLES {
        dump_table(&reading, table, to).await?;
    }
    Ok(())
}

async fn dump_table(
    client: &impl GenericClient,
    table: &'static Table,
    to: &Sender<Rows>,
) -> Result<(), Failure> {
    let (columns, key) = (table.column_list(), table.key.join(", "));
    let select = format!("SELECT {columns} FROM {} ORDER BY {key}", table.name);
    let mut rows = pin!(client.query_raw(&select, [""; 0]).await?);
    let mut pieces = Pieces::of(table);
    while let Some(row) = rows.next().await {
        if let Some(piece) = pieces.add(cells(table, &row?)?)
            && to.send(piece).await.is_err()
        {
            return Ok(());
        }
    }
    // Whoever has gone misses nothing.
    drop(to.send(pieces.take()).await);
    Ok(())
}

fn cells(table: &Table, row: &Row) -> Result<Vec<Cell>, tokio_postgres::Error> {
    let cell = |(place, kind)| {
        Ok(match kind {
            Kind::Integer => row.try_get::<_, Option<i64>>(place)?.map(Cell::Integer),
            Kind::Text => row.try_get::<_, Option<String>>(place)?.map(Cell::Text),
            Kind::Bytes => row.try_get::<_, Option<Vec<u8>>>(place)?.map(Cell::Bytes),
        }
        .unwrap_or(Cell::Null))
    };
    table.columns.iter().map(|column| column.kind).enumerate().map(cell).collect()
}

/// Takes over all rows in one transaction; `false` when there are any already.
pub(super) async fn load(
    client: &mut ClientWrapper,
    mut rows: Receiver<Option<Rows>>,
) -> Result<bool, StoreError> {
    let writing = client.transaction().await.map_err(Failure::from)?;
    if !is_empty(&writing).await? {
        return Ok(false);
    }
    // Without the end, whoever reads the backup has broken off, and all of it is taken back.
    while let Some(rows) = rows.recv().await.ok_or(StoreError::Stopped)? {
        insert(&writing, rows).await?;
    }
    for table in TABLES.iter().filter(|table| table.key == ["seq"]) {
        go_on_after(&writing, table.name).await?;
    }
    writing.commit().await.map_err(Failure::from)?;
    Ok(true)
}

/// Whether no table has a row. Until the end of the transaction nobody else can write one.
async fn is_empty(client: &impl GenericClient) -> Result<bool, Failure> {
    let names: Vec<&str> = TABLES.iter().map(|table| table.name).collect();
    let lock = format!("{TAKE_TIME}; LOCK TABLE {} IN EXCLUSIVE MODE", names.join(", "));
    client.batch_execute(&lock).await?;
    for name in names {
        if client.query_opt(&format!("SELECT 1 FROM {name} LIMIT 1"), &[]).await?.is_some() {
            return Ok(false);
        }
    }
    Ok(true)
}

async fn insert(client: &impl GenericClient, Rows { table, rows }: Rows) -> Result<(), Failure> {
    let types = table.columns.iter().enumerate().map(|(place, column)| {
        let kind = match column.kind {
            Kind::Integer => "BIGINT",
            Kind::Text => "TEXT",
            Kind::Bytes => "BYTEA",
        };
        format!("${}::{kind}[]", place + 1)
    });
    let types: Vec<String> = types.collect();
    let (name, columns) = (table.name, table.column_list());
    let insert = format!("INSERT INTO {name} ({columns}) SELECT * FROM unnest({})", types.join(", "));
    let values = columns_of(table, &rows);
    let values: Vec<&(dyn ToSql + Sync)> = values.iter().map(|value| &**value as _).collect();
    client.execute(&client.prepare_cached(&insert).await?, &values).await?;
    Ok(())
}

/// The cells of rows, column by column.
fn columns_of<'a>(table: &Table, rows: &'a [Vec<Cell>]) -> Vec<Box<dyn ToSql + Send + Sync + 'a>> {
    fn column<'a, T>(
        rows: &'a [Vec<Cell>],
        place: usize,
        value: fn(&'a Cell) -> Option<T>,
    ) -> Vec<Option<T>> {
        rows.iter().map(|row| row.get(place).and_then(value)).collect()
    }
    let values = |(place, kind)| -> Box<dyn ToSql + Send + Sync + 'a> {
        match kind {
            Kind::Integer => Box::new(column(rows, place, Cell::as_integer)),
            Kind::Text => Box::new(column(rows, place, Cell::as_text)),
            Kind::Bytes => Box::new(column(rows, place, Cell::as_bytes)),
        }
    };
    table.columns.iter().map(|column| column.kind).enumerate().map(values).collect()
}

/// Numbers that were taken over are not given again. Where a table does not give them itself, nothing happens.
async fn go_on_after(client: &impl GenericClient, table: &str) -> Result<(), Failure> {
    let last = format!(
        "SELECT setval(pg_get_serial_sequence('{table}', 'seq'), coalesce(max(seq), 1), max(seq) IS NOT NULL)
         FROM {table}"
    );
    client.query(&last, &[]).await?;
    Ok(())
}
