//! `scale`: a point on a line of numbers whose ends are worded, such as 0–10.

use super::{Asked, Control, Points, Registration, single};
use crate::definition::{Choice, read_choices};
use crate::fault::Faults;
use crate::field::{CHOICE, Field, Shape};
use crate::read::Object;
use crate::text::Text;

/// More points than this do not fit a row on a telephone, nor a person's discernment.
const MOST_POINTS: i64 = 21;

/// The fields of the worded ends, for every kind with a line of numbers.
pub(super) const LOW: Field = Field::optional("low", Shape::Text, "What the lowest point means.");
/// The other end.
pub(super) const HIGH: Field = Field::optional("high", Shape::Text, "What the highest point means.");
/// Options besides those that the kind brings along.
pub(super) const BESIDE: Field = Field::optional(
    "options",
    Shape::Objects(CHOICE),
    "Options besides those of the kind, such as \"I do not know\".",
);

pub(super) static KIND: Registration = Registration {
    name: "scale",
    about: "A point on a line of numbers with worded ends.",
    fields: &[
        Field::required("from", Shape::Integer(0, 100), "The lowest point."),
        Field::required("to", Shape::Integer(1, 100), "The highest point."),
        LOW,
        HIGH,
        BESIDE,
    ],
    example: r#"{"name": "trust", "type": "scale", "from": 0, "to": 10,
        "text": {"kk": "Жергілікті әкімдікке қаншалықты сенесіз?", "ru": "Насколько вы доверяете местному акимату?", "en": "How much do you trust the local administration?"},
        "low": {"kk": "Мүлде сенбеймін", "ru": "Совсем не доверяю", "en": "Not at all"},
        "high": {"kk": "Толық сенемін", "ru": "Полностью доверяю", "en": "Completely"},
        "options": [{"code": -5, "text": {"kk": "Жауап беруге қиналамын", "ru": "Затрудняюсь ответить", "en": "I do not know"}}]}"#,
    answer: "7",
    inspect,
};

fn inspect(fields: &Object<'_>, faults: &mut Faults) {
    let (from, to) = (fields.integer("from").unwrap_or(0), fields.integer("to").unwrap_or(1));
    if from >= to {
        faults.add(fields.at("to"), format!("must be more than \"from\" ({from})."));
    } else if to - from >= MOST_POINTS {
        faults.add(
            fields.at("to"),
            format!("makes {} points; a scale has at most {MOST_POINTS}.", to - from + 1),
        );
    }
    inspect_beside(fields, from, to, faults);
}

/// No further option has the code of one that the kind brings along.
pub(super) fn inspect_beside(fields: &Object<'_>, from: i64, to: i64, faults: &mut Faults) {
    single::inspect(fields, faults);
    let beside = read_choices(fields, "options");
    for (index, choice) in beside.iter().enumerate().filter(|(_, choice)| (from..=to).contains(&choice.code))
    {
        faults.add(
            format!("{}[{index}].code", fields.at("options")),
            format!(
                "{} is taken: the kind itself brings the codes {from} to {to}. Give the option another.",
                choice.code
            ),
        );
    }
}

/// However far apart the ends are said to be, the points stay few enough to draw.
pub(super) fn build(fields: &Object<'_>) -> Asked {
    let from = fields.integer("from").unwrap_or(0).clamp(0, 100);
    let to = fields.integer("to").unwrap_or(1).clamp(from, from + MOST_POINTS - 1);
    line(fields, from, to)
}

/// A line of numbers with what stands at its ends and beside it.
pub(super) fn line(fields: &Object<'_>, from: i64, to: i64) -> Asked {
    let points = (from..=to).map(|code| Choice::new(code, Text::Same(code.to_string())));
    let points = points.chain(read_choices(fields, "options")).collect();
    let control = Control::Points(Points { from, to, low: fields.text("low"), high: fields.text("high") });
    Asked { ordinal: true, ..Asked::one(control, points) }
}
