//! What expressions give, one rule at a time; what must hold of all of them is in `properties`.

mod properties;

use super::*;
use crate::calendar::Date;

/// Variables by name, each with what it holds, or with rows; the day is 5 March 2026.
#[derive(Clone, Debug, Default)]
struct Answers {
    data: Vec<(&'static str, Datum)>,
    grids: Vec<(&'static str, Vec<(i64, Datum)>)>,
}

impl Scope for Answers {
    fn datum(&self, variable: &str) -> Datum {
        let found = self.data.iter().find(|(name, _)| *name == variable);
        found.map(|(_, datum)| datum.clone()).unwrap_or_default()
    }

    fn row(&self, variable: &str, row: i64) -> Datum {
        let found = self.rows(variable).into_iter().find(|(code, _)| *code == row);
        found.map(|(_, datum)| datum).unwrap_or_default()
    }

    fn rows(&self, variable: &str) -> Vec<(i64, Datum)> {
        let found = self.grids.iter().find(|(name, _)| *name == variable);
        found.map(|(_, rows)| rows.clone()).unwrap_or_default()
    }

    fn today(&self) -> Option<Date> {
        Date::new(2026, 3, 5)
    }
}

/// The variables of the tests: c and e one code, s a set, n and k numbers, t and u text, d a day, g a grid of codes and h
/// one of numbers.
struct Sample;

const NAMES: [&str; 10] = ["c", "e", "s", "n", "k", "t", "u", "d", "g", "h"];

impl Types for Sample {
    fn of(&self, variable: &str) -> Option<Type> {
        Some(match variable {
            "c" | "e" => Type::Code,
            "s" => Type::Codes,
            "n" | "k" => Type::Number,
            "t" | "u" => Type::Text,
            "d" => Type::Day,
            "g" | "h" => Type::Rows,
            _ => return None,
        })
    }

    fn rows(&self, variable: &str) -> Option<Vec<i64>> {
        matches!(variable, "g" | "h").then(|| vec![1, 2, 3])
    }

    fn cell(&self, variable: &str) -> Option<Type> {
        match variable {
            "g" => Some(Type::Code),
            "h" => Some(Type::Number),
            _ => None,
        }
    }

    fn codes(&self, variable: &str) -> Option<Vec<i64>> {
        matches!(variable, "c" | "s" | "g").then(|| vec![1, 2, 3, 97, -5])
    }

    fn names(&self) -> Vec<String> {
        NAMES.map(str::to_owned).to_vec()
    }
}

fn n(text: &str) -> Datum {
    Datum::Number(Number::parse(text).unwrap())
}

fn day(text: &str) -> Datum {
    Datum::Day(Date::parse(text).unwrap())
}

fn text(text: &str) -> Datum {
    Datum::Text(text.to_owned())
}

/// Everything answered.
fn answers() -> Answers {
    Answers {
        data: vec![
            ("c", Datum::Code(2)),
            ("e", Datum::Code(-5)),
            ("s", Datum::Codes(vec![3, 1])),
            ("n", n("12.5")),
            ("k", n("-5")),
            ("t", text(" Алматы ")),
            ("d", day("2008-03-06")),
        ],
        grids: vec![
            ("g", vec![(1, Datum::Code(4)), (2, Datum::Code(-5)), (3, Datum::Nothing)]),
            ("h", vec![(1, n("1")), (2, n("2")), (3, n("-5"))]),
        ],
    }
}

#[track_caller]
fn gives(text: &str, expected: &Datum) {
    let expression = parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    assert_eq!(expression.evaluate(&answers()), *expected, "{text}");
}

#[track_caller]
fn holds(text: &str) {
    gives(text, &Datum::Truth(true));
}

#[track_caller]
fn fails(text: &str) {
    gives(text, &Datum::Truth(false));
}

#[test]
fn an_unanswered_variable_makes_every_comparison_false() {
    for text in
        ["x == 1", "x != 1", "x < 1", "x in [1]", "x has 1", "x != [1]", "answered(x)", "x != 'a'", "x == x"]
    {
        fails(text);
    }
    holds("not (x == 1)");
    holds("not x == 1");
    fails("x or x");
    assert!(!parse("x").unwrap().holds(&answers()));
}

#[test]
fn do_not_know_is_not_less_than_two_but_minus_five_degrees_are() {
    fails("e <= 2");
    fails("e > -9");
    holds("e == -5");
    holds("e != 2");
    holds("e in [-5, 1]");
    holds("answered(e)");
    gives("e + 1", &Datum::Nothing);
    gives("-e", &Datum::Nothing);
    holds("k <= 2");
    holds("k == -5");
    gives("k + 1", &n("-4"));
}

#[test]
fn sets_are_compared_without_regard_to_order() {
    holds("s == [1, 3]");
    holds("s has 3 and not (s has 2)");
    holds("s != [97]");
    fails("s == [1]");
    fails("s == 1");
    fails("c == [2]");
    fails("s < 4");
    gives("count(s)", &n("2"));
    gives("count(x)", &n("0"));
}

#[test]
fn operators_bind_as_they_do_in_arithmetic() {
    holds("c == 2 or x == 2 and x == 3");
    gives("1 + 2 * 3 - 4 / 2", &n("5"));
    gives("(1 + 2) * 3", &n("9"));
    gives("10 - 2 - 3", &n("5"));
    gives("-c + -n * 2", &n("-27"));
    gives("- -2", &n("2"));
    holds("not c == 1 and c + 1 == 3");
    holds("1 + c < n");
    gives("c -1", &n("1"));
    gives("c-1", &n("1"));
}

#[test]
fn arithmetic_that_cannot_be_done_gives_nothing() {
    gives("1 / 0", &Datum::Nothing);
    gives("1 / (c - 2)", &Datum::Nothing);
    gives("999999999999 * 999999999999", &Datum::Nothing);
    gives("999999999999 + 1", &Datum::Nothing);
    gives("x + 1", &Datum::Nothing);
    gives("t + 1", &Datum::Nothing);
    fails("1 / 0 == 1 / 0");
    gives("0.1 + 0.2", &n("0.3"));
    gives("2 / 3", &n("0.666667"));
    gives("sum(999999999999, 1)", &Datum::Nothing);
}

#[test]
fn text_is_compared_without_the_space_around_it() {
    holds("t == 'Алматы'");
    holds("t == \" Алматы\"");
    holds("t != 'алматы'");
    fails("t < 'Я'");
    fails("t == 2");
    fails("t != 2");
    gives("length(t)", &n("6"));
    gives("length(u)", &n("0"));
}

#[test]
fn days_are_compared_with_days_and_with_days_in_quotes() {
    holds("d < '2026-03-05'");
    holds("d == '2008-03-06'");
    holds("'2008-03-07' > d");
    holds("d < today()");
    fails("d < '2026-13-05'");
    fails("d != 'yesterday'");
    gives("age(d)", &n("17"));
    gives("age(d, '2026-03-06')", &n("18"));
    gives("days('2026-03-01', '2026-03-05')", &n("4"));
    gives("days(today(), d)", &n("-6573"));
    gives("year(d)", &n("2008"));
    gives("age(x)", &Datum::Nothing);
    gives("age('soon')", &Datum::Nothing);
}

#[test]
fn aggregates_pass_over_what_is_missing() {
    gives("sum(c, n, x, e)", &n("14.5"));
    gives("mean(c, n, x)", &n("7.25"));
    gives("min(c, n, k)", &n("-5"));
    gives("max(c, n, e)", &n("12.5"));
    for text in ["sum(x)", "mean(x, e)", "min(e)", "max(x)", "sum(x, x)"] {
        gives(text, &Datum::Nothing);
    }
}

#[test]
fn grids_are_asked_row_by_row_or_as_a_whole() {
    gives("g[1]", &Datum::Code(4));
    gives("g[3]", &Datum::Nothing);
    fails("g[2] < 2");
    gives("mean(g)", &n("4"));
    gives("sum(h)", &n("-2"));
    gives("min(h)", &n("-5"));
    gives("count(g)", &n("1"));
    gives("count(h)", &n("3"));
    gives("sum(g[1], h[1])", &n("5"));
    holds("answered(g)");
    holds("answered(g[2])");
    fails("answered(g[3])");
}

#[test]
fn the_other_functions_compute_what_they_say() {
    gives("round(n)", &n("13"));
    gives("round(2 / 3, 2)", &n("0.67"));
    gives("round(x)", &Datum::Nothing);
    gives("if(c == 2, 'two', 'other')", &text("two"));
    gives("if(x == 2, c, n)", &n("12.5"));
    gives("if(c == 2, c, n)", &n("2"));
    gives("if(c == 2, e, n)", &Datum::Nothing);
    for (age, band) in [("17", "0"), ("18", "1"), ("28.5", "1"), ("29", "2"), ("70", "4")] {
        gives(&format!("band({age}, [18, 29, 45, 60])"), &n(band));
    }
    gives("band(x, [18])", &Datum::Nothing);
}

#[test]
fn arguments_of_a_wrong_number_or_type_give_nothing() {
    for text in [
        "round()",
        "round(1, 2, 3)",
        "if(c)",
        "today(1)",
        "band(1)",
        "band([1], 1)",
        "age()",
        "sum()",
        "length(1)",
        "round(1, 300)",
        "round(1, -1)",
        "year(2)",
    ] {
        gives(text, &Datum::Nothing);
    }
    for text in ["answered()", "count()"] {
        gives(text, &Datum::Nothing);
    }
}

#[test]
fn a_function_is_one_only_before_a_parenthesis() {
    let scope = Answers { data: vec![("sum", Datum::Code(1))], grids: Vec::new() };
    assert!(parse("sum == 1 and sum(sum, 2) == 3").unwrap().holds(&scope));
}

#[test]
fn variables_are_told_in_order() {
    let mut names = Vec::new();
    let expression = parse("a == 1 and sum(b, c[2]) > mean(d) or not answered(e)").unwrap();
    expression.variables(&mut |name| names.push(name.to_owned()));
    assert_eq!(names, ["a", "b", "c", "d", "e"]);
}

#[test]
fn white_space_and_parentheses_make_no_difference() {
    assert_eq!(parse("a==1 or(b<2)and c has 3"), parse(" (a == 1) or ((b < 2) and (c has 3))"));
    assert_ne!(parse("(a == 1 or b < 2) and c has 3"), parse("a == 1 or b < 2 and c has 3"));
}

#[test]
fn an_expression_has_a_type() {
    for (text, kind) in [
        ("c", Type::Code),
        ("c == 2", Type::Truth),
        ("c == -5 or c in [1, 97]", Type::Truth),
        ("c == e", Type::Truth),
        ("c <= 10", Type::Truth),
        ("n == 12.5 and n > c", Type::Truth),
        ("s == [1, 97] or s has 3", Type::Truth),
        ("c in s", Type::Truth),
        ("t == 'x' and t != u", Type::Truth),
        ("d >= '2026-03-05' and '2026-03-05' != d", Type::Truth),
        ("-c + 1", Type::Number),
        ("g[1]", Type::Code),
        ("h[3] / 2", Type::Number),
        ("mean(g)", Type::Number),
        ("mean(g[1], g[2], n)", Type::Number),
        ("count(s) + count(g) + length(t)", Type::Number),
        ("if(answered(c), c, 0)", Type::Number),
        ("if(n > 1, 'a', 'b')", Type::Text),
        ("today()", Type::Day),
        ("age(d) + year(d) + days(d, today())", Type::Number),
        ("band(age(d), [18, 29])", Type::Number),
        ("round(n, 2)", Type::Number),
        ("answered(g) and answered(g[1]) and answered(t)", Type::Truth),
    ] {
        assert_eq!(parse(text).unwrap().type_of(&Sample), Ok(kind), "{text}");
    }
}

#[track_caller]
fn refused(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        let error = parse(text).unwrap().type_of(&Sample).unwrap_err();
        assert!(error.contains(expected), "{text}: {error}");
    }
}

#[test]
fn what_can_never_hold_is_refused_with_its_place_and_advice() {
    refused(&[
        ("c == 7", "character 6: \"c\" has no option 7. Its codes are 1, 2, 3, 97, -5."),
        ("7 == c", "character 1: \"c\" has no option 7."),
        ("c == 2.5", "\"c\" has no option 2.5."),
        ("c in [1, 8]", "character 6: \"c\" has no option 8."),
        ("s has 7", "\"s\" has no option 7."),
        ("s != [1, 7]", "\"s\" has no option 7."),
        ("g[1] == 6", "character 9: \"g\" has no option 6."),
        ("c has 1", "character 1: \"c\" has one answer: use ==, != or \"in\""),
        ("c == [1]", "\"c\" has one answer"),
        ("s == 1", "\"s\" has several answers: use \"has\", == [ ] or != [ ]."),
        ("s in [1]", "\"s\" has several answers"),
        ("n > 1 and s < 4", "character 11: \"s\" has several answers"),
        ("s has [1]", "character 7: \"has\" needs one code."),
        ("7 in s", "character 1: \"s\" has no option 7."),
        ("c in 1", "character 6: \"in\" needs a list of codes."),
        (
            "t == 1",
            "character 1: \"t\" is text: compare it with text in quotes by == or !=, or ask answered(t).",
        ),
        ("n == 'x'", "character 1: \"n\" is a number: compare it with a number."),
        ("t < 'x'", "\"t\" is text, which has no order"),
        ("t == ' '", "character 6: blank text is no answer."),
        ("d == 'soon'", "character 6: 'soon' is not a day from 1900 to 2199. Write it as '2026-03-05'"),
        ("d < 5", "character 5: \"<\" needs a day, and 5 is a number."),
        ("d == t", "\"==\" needs a day, and \"t\" is text."),
        ("d + 1", "character 1: \"+\" needs a number, and \"d\" is a day. Use days( , )"),
        ("1 + t", "character 5: \"+\" needs a number, and \"t\" is text. Count its characters"),
        ("-s", "character 2: \"-\" needs a number, and \"s\" is a set of codes. Count"),
        (
            "c and n == 1",
            "character 1: \"and\" needs what is true or false, and \"c\" is the code of one answer.",
        ),
        ("not c", "character 5: \"not\" needs"),
        ("not (c == 1) == 1", "character 6: this is true or false"),
    ]);
}

#[test]
fn what_a_grid_or_a_function_cannot_take_is_refused_with_its_place_and_advice() {
    refused(&[
        ("zz == 1", "character 1: there is no question \"zz\"."),
        ("g == 1", "character 1: \"g\" is a grid. Ask one row, g[1], or all of them, mean(g) or count(g)."),
        ("g", "\"g\" is a grid."),
        ("g[4] == 1", "character 1: \"g\" has no row 4. Its rows are 1, 2, 3."),
        ("n[1] == 1", "\"n\" has no rows. Write n alone."),
        ("sum(n, g)", "character 8: \"g\" is a grid, which must be the only argument of \"sum\"."),
        ("sum(s)", "character 1: \"sum\" needs numbers, and \"s\" is a set of codes."),
        ("mean(n, t)", "character 9: \"mean\" needs a number, and \"t\" is text."),
        ("count(c)", "\"c\" has one answer, and count( )"),
        (
            "count(g[1])",
            "\"count\" needs a multiple choice or a grid, and \"g[1]\" is the code of one answer.",
        ),
        ("length(n)", "\"length\" needs text, and \"n\" is a number."),
        ("answered(n + 1)", "answered( ) needs a question"),
        (
            "round()",
            "character 1: \"round\" cannot take 0 arguments. Write round(number) or round(number, places).",
        ),
        ("1 + age(d, d, d)", "character 5: \"age\" cannot take 3 arguments."),
        ("sum()", "cannot take 0 arguments"),
        ("round(n, c)", "character 10: \"round\" needs a whole number of places from 0 to 6."),
        ("round(n, 7)", "whole number of places"),
        ("band(n, [2, 1])", "character 9: each bound must be more than the one before it."),
        ("band(n, s)", "\"band\" needs a list of bounds"),
        ("if(n, 1, 2)", "character 4: \"if\" needs what is true or false"),
        (
            "if(c == 1, 1, 'a')",
            "character 15: the outcomes of \"if\" differ: one is a number, the other is text.",
        ),
        ("age(n)", "character 5: \"age\" needs a day, and \"n\" is a number."),
    ]);
}

#[test]
fn what_is_no_condition_is_told_so() {
    let error = parse("n + 1").unwrap().check_condition(&Sample).unwrap_err();
    assert!(error.contains("gives a number, and a condition must be true or false"), "{error}");
}

#[test]
fn a_misspelt_variable_finds_the_one_that_was_meant() {
    struct Named;
    impl Types for Named {
        fn of(&self, variable: &str) -> Option<Type> {
            (variable == "overall").then_some(Type::Number)
        }
        fn rows(&self, _: &str) -> Option<Vec<i64>> {
            None
        }
        fn cell(&self, _: &str) -> Option<Type> {
            None
        }
        fn codes(&self, _: &str) -> Option<Vec<i64>> {
            None
        }
        fn names(&self) -> Vec<String> {
            vec!["used".to_owned(), "overall".to_owned()]
        }
    }
    let error = parse("1 < sum(overal)").unwrap().type_of(&Named).unwrap_err();
    assert_eq!(error, "character 5: there is no question \"overal\". Did you mean \"overall\"?");
}
