//! Any question by any other.

use crate::support::{Asked, options};
use analysis::crosstab::{Crosstab, Validity};
use analysis::disclosure::Rule;
use analysis::filter::Filter;
use analysis::variable::Variable;
use serde_json::{Value, json};
use survey::Missing;

fn asked() -> Asked {
    Asked::new(&json!([
        {"name": "a", "type": "single", "text": "?", "options": options(&[1, 2])},
        {"name": "b", "type": "single", "text": "?", "options": options(&[1, 2, 3, -5])},
        {"name": "m", "type": "multi", "text": "?", "options": options(&[1, 2])},
    ]))
}

fn rows(asked: &Asked, given: &[(Value, usize)]) -> Vec<Vec<survey::columns::Cell>> {
    given.iter().flat_map(|(answers, count)| vec![asked.row(answers); *count]).collect()
}

#[test]
fn counts_percentages_and_residuals_are_those_of_the_textbook() {
    let asked = asked();
    let given = [
        (json!({"a": 1, "b": 1}), 30),
        (json!({"a": 1, "b": 2}), 20),
        (json!({"a": 2, "b": 1}), 10),
        (json!({"a": 2, "b": 2}), 40),
        (json!({"a": 2, "b": -5}), 3),
        (json!({"b": 2}), 4),
    ];
    let rows = rows(&asked, &given);
    let variable = |index: usize| Variable::of_shape(asked.columns(), &asked.shapes[index]).unwrap();
    let table = Crosstab::of(&rows, &variable(0), &variable(1), &Filter::all(), None);
    assert_eq!((table.base, table.filtered), (100, 0));
    assert_eq!(table.missing, crate::support::reasons(&[(Missing::DoNotKnow, 3), (Missing::Blank, 4)]));
    let figure = table.figure(0, 0);
    assert_eq!(
        (figure.count, figure.of_row, figure.of_column, figure.expected),
        (30, Some(60.0), Some(75.0), Some(20.0))
    );
    assert!(
        figure
            .residual
            .is_some_and(|residual| (residual - 10.0 / (20.0_f64 * 0.5 * 0.6).sqrt()).abs() < 1e-12)
    );
    let chi = table.chi.unwrap();
    assert!((chi.statistic - 50.0 / 3.0).abs() < 1e-12 && chi.freedom == 1);
    assert!((chi.v - (1.0_f64 / 6.0).sqrt()).abs() < 1e-12 && chi.p < 0.001);
    let young = Filter::all().with(0, [1]);
    assert_eq!(Crosstab::of(&rows, &variable(0), &variable(1), &young, None).base, 50);
}

#[test]
fn several_responses_and_weights_have_no_chi_square() {
    let asked = asked();
    let rows = rows(&asked, &[(json!({"a": 1, "m": [1, 2]}), 30), (json!({"a": 2, "m": [1]}), 30)]);
    let variable = |index: usize| Variable::of_shape(asked.columns(), &asked.shapes[index]).unwrap();
    let table = Crosstab::of(&rows, &variable(0), &variable(2), &Filter::all(), None);
    assert_eq!(table.chi, Err(Validity::SeveralResponses));
    assert_eq!((table.base, table.column_bases.as_slice()), (60, &[60, 30][..]));
    assert_eq!((table.figure(0, 1).of_column, table.figure(0, 1).expected), (Some(100.0), None));
    let weights: Vec<f64> = (0..60).map(|index| if index < 30 { 1.5 } else { 0.5 }).collect();
    let table = Crosstab::of(&rows, &variable(0), &variable(0), &Filter::all(), Some(&weights));
    assert_eq!(table.chi, Err(Validity::Weighted));
    let table = Crosstab::of(&rows, &variable(2), &variable(0), &Filter::all(), Some(&weights));
    assert_eq!(table.figure(0, 0).of_row, Some(75.0));
}

#[test]
fn numbers_and_months_are_cut_into_classes() {
    let asked = Asked::new(&json!([
        {"name": "n", "type": "number", "text": "?"},
        {"name": "d", "type": "date", "text": "?"},
    ]));
    let rows =
        rows(&asked, &[(json!({"n": 17, "d": "2026-10-01"}), 2), (json!({"n": 18, "d": "2026-11-30"}), 3)]);
    let ages = Variable::Classes { column: 0, edges: vec![18_000_000] };
    let months = Variable::Beginnings { column: 1, texts: vec!["2026-10".to_owned(), "2026-11".to_owned()] };
    let table = Crosstab::of(&rows, &ages, &months, &Filter::all(), None);
    assert_eq!(table.counts, [[2, 0], [0, 3]]);
}

#[test]
fn dc3_a_table_is_shown_without_its_small_cells_and_what_would_give_them_back() {
    let asked = asked();
    let given = [
        (json!({"a": 1, "b": 1}), 40),
        (json!({"a": 1, "b": 2}), 20),
        (json!({"a": 1, "b": 3}), 25),
        (json!({"a": 2, "b": 1}), 30),
        (json!({"a": 2, "b": 2}), 3),
        (json!({"a": 2, "b": 3}), 28),
    ];
    let rows = rows(&asked, &given);
    let variable = |index: usize| Variable::of_shape(asked.columns(), &asked.shapes[index]).unwrap();
    let table = Crosstab::of(&rows, &variable(0), &variable(1), &Filter::all(), None);
    let shown = table.shown((false, false), Rule::INTERNAL).unwrap();
    let counts: Vec<Vec<Option<u64>>> =
        shown.cells.iter().map(|row| row.iter().map(|cell| cell.map(|it| it.count)).collect()).collect();
    assert_eq!(counts, [[Some(40), None, None], [Some(30), None, None]]);
    assert_eq!((shown.base, shown.chi), (Some(146), None), "the statistic would give the hidden cells back");
}

#[test]
fn dc5_a_percentage_has_a_base_of_thirty_in_a_table_too() {
    let asked = asked();
    let given = [
        (json!({"a": 1, "b": 1}), 10),
        (json!({"a": 1, "b": 2}), 10),
        (json!({"a": 2, "b": 1}), 30),
        (json!({"a": 2, "b": 2}), 20),
    ];
    let rows = rows(&asked, &given);
    let variable = |index: usize| Variable::of_shape(asked.columns(), &asked.shapes[index]).unwrap();
    let table = Crosstab::of(&rows, &variable(0), &variable(1), &Filter::all(), None);
    let shown = table.shown((false, false), Rule::INTERNAL).unwrap();
    let figure = shown.cells[0][0].unwrap();
    assert_eq!((figure.count, figure.of_row, figure.of_column), (10, None, Some(25.0)));
    assert!(shown.chi.is_some_and(|chi| chi.is_ok()));
}

#[test]
fn dc3_an_option_among_several_is_hidden_with_few_who_chose_it_and_with_few_who_did_not() {
    let asked = asked();
    let given = [
        (json!({"a": 1, "m": [1, 2]}), 38),
        (json!({"a": 1, "m": [2]}), 2),
        (json!({"a": 2, "m": [1]}), 30),
        (json!({"a": 2, "m": [2]}), 30),
    ];
    let rows = rows(&asked, &given);
    let variable = |index: usize| Variable::of_shape(asked.columns(), &asked.shapes[index]).unwrap();
    let table = Crosstab::of(&rows, &variable(0), &variable(2), &Filter::all(), None);
    let shown = table.shown((false, true), Rule::INTERNAL).unwrap();
    let count = |row: usize, column: usize| shown.cells[row][column].map(|figure| figure.count);
    assert_eq!(count(0, 0), None, "38 of 40: it would tell that two did not");
    assert_eq!(count(0, 1), Some(40));
    assert_eq!((count(1, 1), shown.column_bases[1]), (Some(30), Some(70)));
    let turned = Crosstab::of(&rows, &variable(2), &variable(0), &Filter::all(), None);
    let turned = turned.shown((true, false), Rule::INTERNAL).unwrap();
    assert_eq!(turned.cells[1][0].map(|figure| figure.count), Some(40));
    assert_eq!((turned.cells[0][0], turned.row_bases[1]), (None, Some(70)));
    let both = Crosstab::of(&rows, &variable(2), &variable(2), &Filter::all(), None);
    let both = both.shown((true, true), Rule::INTERNAL).unwrap();
    assert_eq!(both.cells[0][1].map(|figure| figure.count), Some(38));
    assert_eq!(both.chi, Some(Err(Validity::SeveralResponses)));
}
