//! The schema of a file, and what a reader that knows Qulaq finds in its footer: labels and codes.

use super::super::{Layout, labels};
use parquet::basic::{LogicalType, Repetition, TimeUnit, Type as Physical};
use parquet::errors::Result;
use parquet::schema::types::{PrimitiveTypeBuilder, Type};
use serde_json::{Map, Value, json};
use std::sync::Arc;
use survey::columns::{Column, ENVELOPE, Part, Representation};

/// Digits of the largest number that an answer can be, with its six decimal places.
const DIGITS: i32 = 18;

/// Columns of the envelope that are never missing.
const ALWAYS: usize = 5;

/// The schema: a column for each of the table, and one for its reasons where they stand apart.
pub(super) fn of(layout: &Layout, apart: bool) -> Result<Type> {
    let mut fields = Vec::new();
    for column in &layout.columns {
        fields.push(Arc::new(field(column)?));
        if apart && may_miss(column) {
            let name = format!("{}__missing", column.name);
            let reason = optional(&name, Physical::INT32, Some(LogicalType::integer(8, true)));
            fields.push(Arc::new(reason.build()?));
        }
    }
    Type::group_type_builder("responses").with_fields(fields).build()
}

/// Whether a value of a column can be missing.
pub(super) fn may_miss(column: &Column) -> bool {
    !ENVELOPE[..ALWAYS].contains(&column.name.as_str())
}

/// Whether 32 bits hold every value: codes of options, ticks, places, counts of entries.
pub(super) fn is_small(column: &Column) -> bool {
    let fits = |(code, _): &(i64, _)| i32::try_from(*code).is_ok();
    column.part != Part::Answer || (!column.values.is_empty() && column.values.iter().all(fits))
}

fn field(column: &Column) -> Result<Type> {
    let name = column.name.as_str();
    let of = |physical, logical| optional(name, physical, logical);
    match column.representation {
        Representation::Whole if is_small(column) => of(Physical::INT32, None),
        Representation::Whole => of(Physical::INT64, None),
        Representation::Decimal(places) => {
            let scale = i32::try_from(places).unwrap_or(DIGITS);
            of(Physical::INT64, Some(LogicalType::decimal(scale, DIGITS)))
                .with_precision(DIGITS)
                .with_scale(scale)
        }
        Representation::Day => of(Physical::INT32, Some(LogicalType::Date)),
        Representation::Time => of(Physical::INT32, Some(LogicalType::time(false, TimeUnit::MILLIS))),
        Representation::Text | Representation::Month => of(Physical::BYTE_ARRAY, Some(LogicalType::String)),
    }
    .build()
}

fn optional(name: &str, physical: Physical, logical: Option<LogicalType>) -> PrimitiveTypeBuilder<'_> {
    Type::primitive_type_builder(name, physical)
        .with_repetition(Repetition::OPTIONAL)
        .with_logical_type(logical)
}

/// The label of each column, the labels of its codes, and those of the reasons, as JSON.
pub(super) fn described(layout: &Layout) -> String {
    let lang = layout.lang.as_str();
    let codes = |labels: Vec<(i64, String)>| -> Map<String, Value> {
        labels.into_iter().map(|(code, label)| (code.to_string(), Value::String(label))).collect()
    };
    let describe = |column: &Column| {
        let reasons = labels::reasons(column, lang);
        let reasons = reasons.into_iter().map(|(missing, label)| (missing.code(), label)).collect();
        let about = json!({
            "label": labels::column(column, lang),
            "values": codes(labels::values(column, lang)),
            "missing": codes(reasons),
        });
        (column.name.clone(), about)
    };
    Value::Object(layout.columns.iter().map(describe).collect()).to_string()
}
