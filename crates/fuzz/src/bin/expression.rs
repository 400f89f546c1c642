//! Whatever text an expression has: it is parsed or refused, both ends agree about it, and its value comes to an end.

#![no_main]

use survey::calendar::Date;
use survey::expression::{Datum, Expression, Scope, Type, Types, parse};
use survey::number::Number;

/// Variables whose names decide what they hold.
struct Variables;

/// The sort of a variable: that of its first letter.
fn sort(variable: &str) -> u8 {
    variable.bytes().next().unwrap_or(0) % 8
}

fn datum(variable: &str) -> Datum {
    match sort(variable) {
        0 => Datum::Nothing,
        1 => Datum::Code(2),
        2 => Datum::Code(-5),
        3 => Datum::Codes(vec![1, 3, -6]),
        4 => Datum::Number(Number::from_millionths(2_500_000).unwrap_or_default()),
        5 => Datum::Text("2026-03-05".to_owned()),
        6 => Date::new(2026, 3, 5).map_or(Datum::Nothing, Datum::Day),
        _ => Datum::Number(Number::from_millionths(999_999_999_999_999_999).unwrap_or_default()),
    }
}

impl Scope for Variables {
    fn datum(&self, variable: &str) -> Datum {
        datum(variable)
    }

    fn row(&self, variable: &str, row: i64) -> Datum {
        if row == 1 { datum(variable) } else { Datum::Nothing }
    }

    fn rows(&self, variable: &str) -> Vec<(i64, Datum)> {
        if sort(variable) == 0 { vec![(1, Datum::Code(1)), (2, Datum::Nothing)] } else { Vec::new() }
    }

    fn today(&self) -> Option<Date> {
        Date::new(2026, 11, 23)
    }
}

impl Types for Variables {
    fn of(&self, variable: &str) -> Option<Type> {
        Some(match sort(variable) {
            0 => Type::Rows,
            1 | 2 => Type::Code,
            3 => Type::Codes,
            5 => Type::Text,
            6 => Type::Day,
            _ => Type::Number,
        })
    }

    fn rows(&self, _: &str) -> Option<Vec<i64>> {
        Some(vec![1, 2])
    }

    fn cell(&self, _: &str) -> Option<Type> {
        Some(Type::Code)
    }

    fn codes(&self, _: &str) -> Option<Vec<i64>> {
        None
    }

    fn names(&self) -> Vec<String> {
        vec!["overall".to_owned(), "used".to_owned()]
    }
}

libfuzzer_sys::fuzz_target!(
    init: qulaq_fuzz::write_seeds("expression"),
    |data: &[u8]| {
        let Ok(text) = std::str::from_utf8(data) else { return };
        let read = Expression::read(text);
        match parse(text) {
            Ok(expression) => {
                assert_eq!(read.as_ref(), Some(&expression), "the browser reads something else");
                let value = expression.evaluate(&Variables);
                assert_eq!(expression.holds(&Variables), value == Datum::Truth(true));
                if expression.type_of(&Variables) == Ok(Type::Truth) {
                    assert!(matches!(value, Datum::Truth(_)), "a condition gives {value:?}");
                }
            }
            Err(_) => assert!(read.is_none(), "the browser reads what is refused"),
        }
    }
);
