//! A row as a line of JSON, and back.

use crate::store::tables::{Cell, Column, Kind, Table};
use anyhow::{Context, Result, bail};
use data_encoding::HEXLOWER;
use serde_json::{Map, Value};

/// The row as an object under the names of the columns.
pub(super) fn to_json(table: &Table, row: Vec<Cell>) -> Value {
    let values = row.into_iter().map(|cell| match cell {
        Cell::Null => Value::Null,
        Cell::Integer(number) => Value::from(number),
        Cell::Text(text) => Value::from(text),
        Cell::Bytes(bytes) => Value::from(HEXLOWER.encode(&bytes)),
    });
    let names = table.columns.iter().map(|column| column.name.to_owned());
    Value::Object(names.zip(values).collect())
}

/// The row of a line. A column that an older program did not have holds nothing.
///
/// # Errors
/// When a column is not what it must be.
pub(super) fn from_json(table: &Table, line: &str) -> Result<Vec<Cell>> {
    // No error of the parser quotes what it has read.
    let mut object: Map<String, Value> = serde_json::from_str(line).context("it is no object of JSON")?;
    table.columns.iter().map(|column| cell(column, object.remove(column.name))).collect()
}

fn cell(column: &Column, value: Option<Value>) -> Result<Cell> {
    Ok(match (column.kind, value) {
        (Kind::Text, None) if column.default.is_some() => {
            Cell::Text(column.default.unwrap_or_default().to_owned())
        }
        (_, None | Some(Value::Null)) if column.nullable => Cell::Null,
        (Kind::Integer, Some(Value::Number(number))) if number.is_i64() => {
            Cell::Integer(number.as_i64().unwrap_or_default())
        }
        (Kind::Text, Some(Value::String(text))) if !text.contains('\0') => Cell::Text(text),
        (Kind::Bytes, Some(Value::String(text))) => {
            let bytes = HEXLOWER.decode(text.as_bytes());
            Cell::Bytes(bytes.with_context(|| format!("{} is not hexadecimal", column.name))?)
        }
        _ => bail!("{} is missing, or of another kind", column.name),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_comes_back_as_it_was() {
        let table = Table::named("tokens").unwrap();
        let row = vec![
            Cell::Bytes(vec![0, 255]),
            Cell::Text("\"Әйгүл\"\n".to_owned()),
            Cell::Null,
            Cell::Integer(-7),
            Cell::Text("clerk".to_owned()),
            Cell::Null,
        ];
        let line = to_json(table, row.clone()).to_string();
        assert!(!line.contains('\n'), "one line: {line}");
        assert_eq!(from_json(table, &line).unwrap(), row);
    }

    #[test]
    fn what_is_no_row_of_the_table_is_refused_without_repeating_it() {
        let table = Table::named("tokens").unwrap();
        let whole = r#"{"hash": "00ff", "name": "hush", "surveys": null, "created_minute": 1}"#;
        assert!(from_json(table, whole).is_ok());
        for (from, to) in [("\"00ff\"", "\"hush\""), ("\"hush\"", "null"), ("1}", "1.5}"), ("{", "[\"hush\"")]
        {
            let said = format!("{:#}", from_json(table, &whole.replace(from, to)).unwrap_err());
            assert!(!said.contains("hush"), "{said}");
        }
    }
}
