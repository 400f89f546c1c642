//! Both engines have the tables that a backup has.

use crate::support::Database;
use collector::store::tables::{Kind, TABLES};
use collector::store::{Opening, Postgres, Sqlite};
use rusqlite::Connection;

/// Table, column, what it holds, and whether it may hold nothing.
type Column = (String, String, Kind, bool);

fn listed() -> Vec<Column> {
    let columns = TABLES.iter().flat_map(|table| table.columns.iter().map(move |column| (table, column)));
    let mut columns: Vec<Column> = columns
        .map(|(table, column)| (table.name.to_owned(), column.name.to_owned(), column.kind, column.nullable))
        .collect();
    sort(&mut columns);
    columns
}

fn sort(columns: &mut [Column]) {
    columns.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
}

fn kind(name: &str) -> Kind {
    match name {
        "INTEGER" | "bigint" => Kind::Integer,
        "TEXT" | "text" => Kind::Text,
        "BLOB" | "bytea" => Kind::Bytes,
        other => panic!("a column of another kind: {other}"),
    }
}

#[test]
fn a_sqlite_database_has_the_listed_tables_and_columns() {
    let directory = tempfile::tempdir().unwrap();
    drop(Sqlite::open(directory.path(), Opening::OrCreate).unwrap());
    let db = Connection::open(directory.path().join("qulaq.db")).unwrap();
    // What says where responses stand is an index, which follows from them, as sums follow from matters.
    let mut select = db
        .prepare(
            "SELECT m.name, c.name, c.type, c.\"notnull\" = 0 AND c.pk = 0
             FROM sqlite_master m, pragma_table_info(m.name) c
             WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'
                 AND m.name NOT IN ('receipts', 'receipts_upto', 'matter_sums')",
        )
        .unwrap();
    let columns = select
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, kind(&row.get::<_, String>(2)?), row.get(3)?)));
    let mut columns: Vec<Column> = columns.unwrap().map(Result::unwrap).collect();
    sort(&mut columns);
    assert_eq!(columns, listed());
}

#[tokio::test]
async fn a_postgresql_database_has_the_listed_tables_and_columns() {
    let database = Database::new();
    drop(Postgres::open(&database.url().parse().unwrap(), Opening::OrCreate).await.unwrap());
    // Where SQLite has files, PostgreSQL has a table; it has no number of its own for the version; sums follow from matters.
    let said = database.sql(
        "SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns
         WHERE table_schema = 'public' AND table_name NOT IN ('contents', 'schema_version', 'matter_sums')",
    );
    let column = |line: &str| -> Column {
        let parts: Vec<&str> = line.split('|').collect();
        (parts[0].to_owned(), parts[1].to_owned(), kind(parts[2]), parts[3] == "YES")
    };
    let mut columns: Vec<Column> = said.lines().map(column).collect();
    sort(&mut columns);
    assert_eq!(columns, listed());
}
