//! Exports: the responses to a survey as a table, row by row. A format is one file below this one.

mod csv;
mod row;

use crate::edition::{Edition, Unreadable};
use crate::store::{Place, Store, StoreError, StoredResponse};
use row::Rows;
use std::collections::HashMap;
use std::io::{self, Write};
use std::str::FromStr;
use survey::columns::{Cell, Column, Table};
use survey::{Answers, Survey};
use tokio::runtime::Handle;
