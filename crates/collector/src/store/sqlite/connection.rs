//! The connection that writes, and what its thread remembers beside it.

use super::receipts::Receipts;
use super::surveys;
use crate::clock::Minute;
use crate::store::SurveyRecord;
use crate::times::Standing;
use rusqlite::{Connection, Result};
use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Deref;

/// A connection with a memory. What it remembers is never more than what its transaction sees.
pub(super) struct Remembering {
    db: Connection,
    /// Where responses stand.
    pub(super) receipts: Receipts,
    /// How surveys stand, each read once a transaction for all responses to it.
    surveys: RefCell<HashMap<String, Option<SurveyRecord>>>,
}

impl Deref for Remembering {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.db
    }
}

impl Remembering {
    pub(super) fn new(db: Connection) -> Self {
        Self { db, receipts: Receipts::new(), surveys: RefCell::default() }
    }

    /// Whether a survey takes responses at this minute.
    pub(super) fn standing(&self, survey: &str, minute: Minute) -> Result<Standing> {
        let mut known = self.surveys.borrow_mut();
        let record = match known.get(survey) {
            Some(record) => record,
            None => known.entry(survey.to_owned()).or_insert(surveys::survey(self, survey)?),
        };
        Ok(record.as_ref().map_or(Standing::Closed, |record| record.standing(minute)))
    }

    /// Something was written that may have changed how surveys stand.
    pub(super) fn forget_surveys(&self) {
        self.surveys.borrow_mut().clear();
    }

    pub(super) fn committed(&self) {
        self.forget_surveys();
        self.receipts.committed();
    }

    pub(super) fn rolled_back(&self) {
        self.forget_surveys();
        self.receipts.rolled_back();
    }
}
