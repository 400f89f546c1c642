//! Raking, and every way in which it refuses.

use analysis::Rows;
use analysis::weights::{Cost, Margin, OfMissing, Purpose, Refusal, rake, shares};
use std::collections::BTreeMap;
use survey::Missing;
use survey::columns::Cell;

fn margin(column: usize, shares: &[(i64, f64)]) -> Margin {
    Margin {
        column,
        shares: shares.iter().copied().collect(),
        total: Some(1.0),
        source: "Census".to_owned(),
        date: "2021-09-01".to_owned(),
        collapse: BTreeMap::new(),
        missing: OfMissing::Refuse,
    }
}

fn rows(groups: &[(i64, i64, usize)]) -> Vec<Vec<Cell>> {
    let cell = |code: i64| Missing::of_code(code).map_or(Cell::Code(code), Cell::Missing);
    let row = |(a, b): (i64, i64)| vec![cell(a), cell(b)];
    groups.iter().flat_map(|(a, b, count)| vec![row((*a, *b)); *count]).collect()
}

fn refusal(rows: &dyn Rows, margins: &[Margin]) -> Refusal {
    rake(rows, margins, Purpose::Population).unwrap_err()
}

const SAMPLE: [(i64, i64, usize); 4] = [(1, 1, 100), (1, 2, 50), (2, 1, 60), (2, 2, 90)];

#[test]
fn margins_are_met_with_a_mean_of_one() {
    let rows = rows(&SAMPLE);
    let margins = [margin(0, &[(1, 0.4), (2, 0.6)]), margin(1, &[(1, 0.7), (2, 0.3)])];
    let weighted = rake(&rows, &margins, Purpose::Population).unwrap();
    assert!((weighted.weights.iter().sum::<f64>() - 300.0).abs() < 1e-9);
    for margin in &margins {
        let codes: Vec<_> = rows.iter().map(|row| analysis::rows::code(&row[margin.column]).ok()).collect();
        for told in shares(&codes, &weighted.weights) {
            assert!((told.share - margin.shares[&told.code]).abs() < 1e-6);
            assert!(told.count > 100);
        }
    }
    assert!(weighted.cost.effective < 300.0 && weighted.cost.efficiency > 0.5);
    assert!((weighted.cost.design_effect * weighted.cost.efficiency - 1.0).abs() < 1e-12);
}

#[test]
fn weights_are_kept_within_bounds_or_it_is_said_that_it_cannot_be_done() {
    let rows = rows(&[(1, 1, 500), (1, 2, 400), (2, 1, 50), (2, 2, 50)]);
    let weighted = rake(&rows, &[margin(0, &[(1, 0.75), (2, 0.25)])], Purpose::Population).unwrap();
    assert!(weighted.weights.iter().all(|weight| (0.299..3.001).contains(weight)));
    let far = [margin(0, &[(1, 0.4), (2, 0.6)])];
    assert!(matches!(refusal(&rows, &far), Refusal::NotConverged { iterations: 100, .. }));
}

#[test]
fn whatever_cannot_be_weighted_is_refused_by_name() {
    let rows = rows(&SAMPLE);
    let halves = || margin(0, &[(1, 0.5), (2, 0.5)]);
    assert_eq!(rake(&rows, &[halves()], Purpose::PageFeedback), Err(Refusal::PageFeedback));
    assert_eq!(refusal(&rows, &[]), Refusal::Nothing);
    assert_eq!(
        refusal(&rows, &[Margin { source: String::new(), ..halves() }]),
        Refusal::NoSource { column: 0 }
    );
    assert_eq!(
        refusal(&rows, &[Margin { date: "soon".to_owned(), ..halves() }]),
        Refusal::NoSource { column: 0 }
    );
    assert!(matches!(refusal(&rows, &[margin(0, &[(1, 0.5), (2, 0.4)])]), Refusal::BadSum { .. }));
    assert!(matches!(refusal(&rows, &[margin(0, &[(1, 1.5), (2, -0.5)])]), Refusal::BadSum { .. }));
    let three = margin(0, &[(1, 0.4), (2, 0.4), (3, 0.2)]);
    assert_eq!(refusal(&rows, &[three]), Refusal::EmptyCategory { column: 0, code: 3 });
    assert_eq!(refusal(&rows, &[margin(0, &[(1, 1.0)])]), Refusal::UnknownCategory { column: 0, code: 2 });
}

#[test]
fn a_small_category_is_collapsed_only_as_the_author_said() {
    let rows = rows(&[(1, 1, 100), (2, 1, 80), (3, 1, 29)]);
    let thirds = || margin(0, &[(1, 0.4), (2, 0.4), (3, 0.2)]);
    let small = Refusal::SmallCategory { column: 0, code: 3, respondents: 29 };
    assert_eq!(refusal(&rows, &[thirds()]), small);
    let told = Margin { collapse: BTreeMap::from([(3, 2)]), ..thirds() };
    let weighted = rake(&rows, &[told], Purpose::Population).unwrap();
    assert_eq!(weighted.collapsed, [(0, 3, 2)]);
    assert!((weighted.weights[0] - 0.4 * 2.09).abs() < 1e-6);
}

#[test]
fn who_did_not_say_is_refused_or_keeps_a_weight_as_the_margin_says() {
    let rows = rows(&[(1, 1, 100), (2, 1, 80), (-4, 1, 20)]);
    let halves = margin(0, &[(1, 0.5), (2, 0.5)]);
    assert_eq!(
        refusal(&rows, std::slice::from_ref(&halves)),
        Refusal::Missing { column: 0, respondents: 20 }
    );
    let kept = Margin { missing: OfMissing::Keep, ..halves };
    let weighted = rake(&rows, &[kept], Purpose::Population).unwrap();
    assert!((weighted.weights[199] - 1.0).abs() < 1e-9 && (weighted.weights[0] - 0.9).abs() < 1e-6);
}

#[test]
fn equal_weights_cost_nothing() {
    let cost = Cost::of(&[1.0; 40]);
    assert_eq!((cost.effective, cost.design_effect, cost.efficiency), (40.0, 1.0, 1.0));
}
