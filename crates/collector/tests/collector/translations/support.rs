//! A table as a translator's program holds it: read with one library and written with another, without any of the
//! formats that ours had.

use crate::support::Program;
use calamine::{Data, Reader, open_workbook_auto};
use rust_xlsxwriter::Workbook;
use serde_json::{Value, json};

/// A survey in two languages with one question, whose text is this.
pub(super) fn survey(text: &Value) -> String {
    let survey = json!({
        "format": 1, "id": "s", "languages": ["kk", "ru"], "title": {"kk": "Сауалнама", "ru": "Опрос"},
        "pages": [{"id": "p1", "questions": [{"name": "a", "type": "text", "text": text}]}],
    });
    format!("{survey:#}\n")
}

impl Program {
    /// The content of a file in the place.
    pub(super) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.directory.path().join(name)).unwrap()
    }

    pub(super) fn json(&self, name: &str) -> Value {
        serde_json::from_str(&self.read(name)).unwrap()
    }
}

pub(super) struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    /// Exports with these arguments, the last of which is the table, and opens it.
    pub(super) fn export(program: &Program, arguments: &[&str]) -> Self {
        program.succeed(&[&["translations", "export"], arguments].concat());
        let path = program.directory.path().join(arguments.last().unwrap());
        if path.extension().unwrap() == "csv" {
            let text = std::fs::read_to_string(path).unwrap();
            let mut reader = csv::ReaderBuilder::new()
                .has_headers(false)
                .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
            let rows = reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect());
            return Self { rows: rows.collect() };
        }
        let range = open_workbook_auto(path).unwrap().worksheet_range("translations").unwrap();
        let cell = |cell: &Data| match cell {
            Data::Empty => String::new(),
            Data::String(text) => text.clone(),
            other => panic!("not a text: {other:?}"),
        };
        Self { rows: range.rows().map(|row| row.iter().map(cell).collect()).collect() }
    }

    fn place(&self, key: &str, column: &str) -> (usize, usize) {
        let row = self.rows.iter().position(|row| row[0] == key).unwrap_or_else(|| panic!("no row {key}"));
        (row, self.rows[0].iter().position(|heading| heading == column).unwrap())
    }

    pub(super) fn keys(&self) -> Vec<String> {
        self.rows[1..].iter().map(|row| row[0].clone()).collect()
    }

    pub(super) fn get(&self, key: &str, column: &str) -> &str {
        let (row, column) = self.place(key, column);
        &self.rows[row][column]
    }

    pub(super) fn set(&mut self, key: &str, column: &str, text: &str) {
        let (row, column) = self.place(key, column);
        text.clone_into(&mut self.rows[row][column]);
    }

    /// A further row of the same key with another text, at the end.
    pub(super) fn repeat(&mut self, key: &str, column: &str, text: &str) {
        let (row, column) = self.place(key, column);
        let mut copy = self.rows[row].clone();
        text.clone_into(&mut copy[column]);
        self.rows.push(copy);
    }

    pub(super) fn rename(&mut self, key: &str, new: &str) {
        let (row, column) = self.place(key, "key");
        new.clone_into(&mut self.rows[row][column]);
    }

    pub(super) fn save(&self, program: &Program, name: &str) {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        for (number, row) in (0_u32..).zip(&self.rows) {
            for (column, text) in (0_u16..).zip(row) {
                sheet.write_string(number, column, text).unwrap();
            }
        }
        workbook.save(program.directory.path().join(name)).unwrap();
    }

    /// As Excel saves CSV where the comma is the decimal point.
    pub(super) fn with_semicolons(&self) -> String {
        let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer(Vec::new());
        for row in &self.rows {
            writer.write_record(row).unwrap();
        }
        String::from_utf8(writer.into_inner().unwrap()).unwrap()
    }
}
