//! Surveys and rows to count.

use analysis::{Counts, Shape, shape, shapes};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use survey::columns::{Cell, Column, Table};
use survey::{Answers, Missing, Occasion, Survey};

/// A survey with these questions on one page, and what is asked of it.
pub(crate) struct Asked {
    pub(crate) survey: Survey,
    pub(crate) table: Table,
    pub(crate) shapes: Vec<Shape>,
}

impl Asked {
    pub(crate) fn new(questions: &Value) -> Self {
        let definition = json!({"format": 1, "id": "s", "languages": ["en"], "title": "S",
            "pages": [{"id": "p", "questions": questions}]});
        let survey = Survey::read(&definition.to_string()).unwrap();
        let table = Table::of(&[&survey]);
        let shapes = shapes(table.columns(), &shape::types(&definition));
        Self { survey, table, shapes }
    }

    pub(crate) fn columns(&self) -> &[Column] {
        self.table.columns()
    }

    /// The row of a response with these answers.
    pub(crate) fn row(&self, answers: &Value) -> Vec<Cell> {
        let answers = answers.as_object().unwrap();
        let read = Answers::read(&self.survey, answers).unwrap();
        self.table.row(0, &self.survey, &read, Occasion::default())
    }

    pub(crate) fn count(&self, rows: &[Vec<Cell>]) -> Counts {
        let mut counts = Counts::of(self.columns(), &self.shapes);
        rows.iter().for_each(|row| counts.add(self.columns(), &self.shapes, row));
        counts
    }
}

/// Options with these codes.
pub(crate) fn options(codes: &[i64]) -> Value {
    codes.iter().map(|code| json!({"code": code, "text": format!("Option {code}")})).collect()
}

/// Missing values by reason, for comparison.
pub(crate) fn reasons(pairs: &[(Missing, u64)]) -> BTreeMap<Missing, u64> {
    pairs.iter().copied().collect()
}
