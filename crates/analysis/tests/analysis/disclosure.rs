//! An attacker with everything that is published, and all of arithmetic, against what is hidden.

use crate::support::{Asked, options};
use analysis::disclosure::{
    Rule, Table, Totals, Why, counter, line, may_refresh, percent, publish, publish_beside, texts_alone,
    two_way, within,
};
use analysis::summary::summaries;
use proptest::prelude::*;
use serde_json::json;

/// Which values each cell of a table takes in any table of whole numbers with the totals and the shown cells of this
/// one, in which a hidden cell holds at least `floor`: by trying all of them.
fn possible(table: &Table, floor: u64) -> Vec<Vec<(u64, u64)>> {
    let mut found = vec![vec![(u64::MAX, 0); table.columns.len()]; table.rows.len()];
    let mut grid: Vec<Vec<u64>> =
        table.cells.iter().map(|row| row.iter().map(|it| it.unwrap_or(0)).collect()).collect();
    try_all(table, floor, 0, &mut grid, &mut found);
    found
}

fn try_all(table: &Table, floor: u64, place: usize, grid: &mut Vec<Vec<u64>>, found: &mut [Vec<(u64, u64)>]) {
    let width = table.columns.len();
    if place == table.rows.len() * width {
        let sums_up = (0..width)
            .all(|column| grid.iter().map(|row| row[column]).sum::<u64>() == table.column_totals[column]);
        if sums_up {
            for (row, found) in grid.iter().zip(found) {
                for (value, (low, high)) in row.iter().zip(found) {
                    (*low, *high) = ((*low).min(*value), (*high).max(*value));
                }
            }
        }
        return;
    }
    let (row, column) = (place / width, place % width);
    let before: u64 = grid[row][..column].iter().sum();
    let above: u64 = grid[..row].iter().map(|row| row[column]).sum();
    let room = table.row_totals[row].checked_sub(before).zip(table.column_totals[column].checked_sub(above));
    let Some(most) = room.map(|(a, b)| a.min(b)) else { return };
    let is_last = column + 1 == width;
    let range = match table.cells[row][column] {
        Some(shown) => shown..=shown,
        None if is_last => (table.row_totals[row] - before).max(floor)..=most,
        None => floor..=most,
    };
    let kept = grid[row][column];
    for value in range.filter(|value| *value <= most) {
        if is_last && before + value != table.row_totals[row] {
            continue;
        }
        grid[row][column] = value;
        try_all(table, floor, place + 1, grid, found);
    }
    grid[row][column] = kept;
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn dc3_nobody_can_work_out_a_hidden_cell_of_a_two_way_table(
        counts in (2_usize..4, 2_usize..4).prop_flat_map(|(rows, columns)| {
            prop::collection::vec(prop::collection::vec(0_u64..16, columns), rows)
        }),
        sensitive: bool,
    ) {
        let rule = Rule::INTERNAL;
        let Ok(table) = two_way(&counts, rule, sensitive) else { return Ok(()) };
        let possible = possible(&table, u64::from(!sensitive));
        for (row, (cells, possible)) in table.cells.iter().zip(&possible).enumerate() {
            for (column, (cell, (low, high))) in cells.iter().zip(possible).enumerate() {
                let count: u64 = table.rows[row].iter()
                    .flat_map(|row| table.columns[column].iter().map(|column| counts[*row][*column]))
                    .sum();
                prop_assert!((*low..=*high).contains(&count));
                let is_small = count < rule.least() && (count > 0 || sensitive);
                prop_assert_eq!(cell.is_some() && is_small, false, "{:?}", table);
                if is_small {
                    prop_assert!(*high >= rule.least(), "{:?} is {}..={} in {:?}", count, low, high, table);
                }
            }
        }
    }

    #[test]
    fn dc3_neither_a_group_nor_the_others_have_a_small_count_that_can_be_worked_out(
        pairs in prop::collection::vec((0_u64..30, 0_u64..30), 2..7),
        sensitive: bool,
    ) {
        let rule = Rule::PUBLIC;
        let own: Vec<u64> = pairs.iter().map(|(own, _)| *own).collect();
        let all: Vec<u64> = pairs.iter().map(|(own, rest)| own + rest).collect();
        let (told, everybody) = (within(&all, &own, rule, sensitive), line(&all, rule, sensitive));
        for ((cell, all), (own, rest)) in told.cells.iter().zip(&everybody.cells).zip(&pairs) {
            prop_assert!(cell.is_none() || all.is_some());
            if cell.is_some() {
                let is_small = |count: u64| count < rule.least() && (count > 0 || sensitive);
                prop_assert!(!is_small(*own) && !is_small(*rest), "{own} and {rest} in {told:?}");
            }
        }
    }

    #[test]
    fn dc3_a_two_way_table_has_no_total_that_the_one_way_tables_hide(
        counts in prop::collection::vec(prop::collection::vec(0_u64..12, 4), 4),
    ) {
        let rule = Rule::PUBLIC;
        let Ok(table) = two_way(&counts, rule, false) else { return Ok(()) };
        let totals: Vec<u64> = counts.iter().map(|row| row.iter().sum()).collect();
        let one_way = line(&totals, rule, false);
        for (group, total) in table.rows.iter().zip(&table.row_totals) {
            match group.as_slice() {
                [row] if one_way.cells[*row].is_some() => prop_assert_eq!(one_way.cells[*row], Some(*total)),
                rows => prop_assert!(rows.iter().all(|row| one_way.cells[*row].is_none()) && rows.len() > 1),
            }
        }
    }
}

#[test]
fn dc1_a_threshold_is_raised_and_never_lowered() {
    assert_eq!((Rule::PUBLIC.least(), Rule::INTERNAL.least()), (10, 5));
    assert_eq!((Rule::PUBLIC.raised_to(3).least(), Rule::INTERNAL.raised_to(20).least()), (10, 20));
}

#[test]
fn dc3_a_small_cell_hides_a_rectangle() {
    let counts = [vec![30, 3, 20], vec![25, 30, 22], vec![40, 28, 50]];
    let table = two_way(&counts, Rule::PUBLIC, false).unwrap();
    let hidden: usize = table.cells.iter().flatten().filter(|cell| cell.is_none()).count();
    assert_eq!((table.cells[0][1], hidden), (None, 4));
    assert_eq!(table.row_totals, [53, 77, 118]);
}

#[test]
fn dc4_a_row_in_which_all_answered_alike_is_hidden_where_it_is_sensitive() {
    let counts = [vec![30, 0, 0], vec![25, 30, 22], vec![40, 28, 50]];
    assert_eq!(two_way(&counts, Rule::PUBLIC, false).unwrap().cells[0], [Some(30), Some(0), Some(0)]);
    let cells = two_way(&counts, Rule::PUBLIC, true).map(|table| table.cells[0].clone());
    assert!(cells.is_err() || cells == Ok(vec![None, None, None]));
}

#[test]
fn dc5_percentages_have_a_base_of_thirty() {
    assert_eq!((percent(10, 29), percent(15, 30)), (None, Some(50.0)));
}

#[test]
fn dc7_texts_stand_beside_nothing_that_says_who_wrote_them() {
    let asked = Asked::new(&json!([
        {"name": "why", "type": "text", "text": "?", "max": 100},
        {"name": "district", "type": "single", "text": "?", "options": options(&[7, 8])},
    ]));
    let [why, district] = asked.columns() else { panic!("two columns") };
    assert!(texts_alone(why, &[], 10, Rule::PUBLIC));
    assert!(!texts_alone(why, &[], 9, Rule::PUBLIC));
    assert!(!texts_alone(why, &[district], 400, Rule::PUBLIC));
    assert!(!texts_alone(district, &[], 400, Rule::PUBLIC));
}

#[test]
fn dc9_live_counters_move_in_steps_and_tables_with_them() {
    let told: Vec<Option<u64>> = [9, 10, 19, 20].map(|count| counter(count, Rule::PUBLIC)).to_vec();
    assert_eq!(told, [None, Some(10), Some(10), Some(20)]);
    let may = [(9, 0), (10, 0), (10, 1), (0, 0), (12, 10)];
    let may = may.map(|(added, removed)| may_refresh(added, removed, Rule::PUBLIC));
    assert_eq!(may, [false, true, false, false, true]);
}

#[test]
fn ten_visitors_with_three_topics_in_one_district_show_nothing_in_any_table() {
    let asked = Asked::new(&json!([
        {"name": "topic", "type": "single", "text": "?", "options": options(&[1, 2, 3])},
        {"name": "district", "type": "single", "text": "?", "options": options(&[7, 8])},
    ]));
    let topics = [1, 1, 1, 2, 2, 2, 3, 3, 3, 3];
    let rows: Vec<_> =
        topics.iter().map(|topic| asked.row(&json!({"topic": topic, "district": 7}))).collect();
    let told = summaries(asked.columns(), &asked.shapes, &asked.count(&rows));
    let topic = publish(&told[0], Rule::PUBLIC, false, Totals::Answers);
    assert_eq!((topic.base, topic.withheld, topic.rows.len()), (None, Some(Why::NothingLeft), 0));
    assert!(two_way(&[vec![3, 0], vec![3, 0], vec![4, 0]], Rule::PUBLIC, false).is_err());
    // The district is the same for all of them: told of everybody at once, it is what the page says anyway. Where a
    // question is sensitive even that is withheld.
    let district = publish(&told[1], Rule::PUBLIC, true, Totals::Answers);
    assert_eq!((district.base, district.withheld), (None, Some(Why::WholeGroup)));
}

#[test]
fn a_mean_is_not_told_where_a_count_is_hidden() {
    let asked = Asked::new(&json!([{"name": "q", "type": "rating", "text": "?"}]));
    let rows = |counts: [usize; 5]| -> Vec<_> {
        (1..=5).flat_map(|code| vec![asked.row(&json!({"q": code})); counts[code - 1]]).collect()
    };
    let public = |counts| {
        let told = summaries(asked.columns(), &asked.shapes, &asked.count(&rows(counts)));
        publish(&told[0], Rule::PUBLIC, false, Totals::Answers)
    };
    let open = public([20, 20, 20, 20, 20]);
    assert_eq!((open.hides, open.spread.map(|spread| spread.mean)), (false, Some(3.0)));
    let closed = public([20, 2, 20, 20, 20]);
    assert_eq!((closed.hides, closed.spread.is_none()), (true, true));
    assert_eq!(closed.rows[0].cells[0].percent, None);
}

#[test]
fn what_one_person_gave_something_to_is_not_told_by_its_mean() {
    let question =
        json!({"name": "q", "type": "allocation", "text": "?", "total": 100, "options": options(&[1, 2, 3])});
    let asked = Asked::new(&json!([question]));
    let mut rows = vec![asked.row(&json!({"q": {"1": 60, "2": 40}})); 30];
    rows.push(asked.row(&json!({"q": {"3": 100}})));
    let told = summaries(asked.columns(), &asked.shapes, &asked.count(&rows));
    let public = publish(&told[0], Rule::PUBLIC, false, Totals::Answers);
    let shown: Vec<bool> = public.rows.iter().map(|row| row.spread.is_some()).collect();
    assert_eq!((public.base, shown.iter().filter(|shown| **shown).count(), shown[2]), (Some(31), 1, false));
}

proptest! {
    #[test]
    fn dc3_a_group_is_told_beside_everybody_without_what_would_tell_of_the_others(
        pairs in prop::collection::vec((0_u64..40, 0_u64..40), 3),
    ) {
        let asked = Asked::new(&json!([
            {"name": "a", "type": "single", "text": "?", "options": options(&[1, 2, 3])},
            {"name": "m", "type": "multi", "text": "?", "options": options(&[1, 2, 3])},
        ]));
        let row = |code: usize| asked.row(&json!({"a": code, "m": [code]}));
        let many = |of: &dyn Fn(&(u64, u64)) -> u64| -> Vec<_> {
            let each = pairs.iter().enumerate();
            each.flat_map(|(at, pair)| vec![row(at + 1); usize::try_from(of(pair)).unwrap()]).collect()
        };
        let (own, all) = (many(&|pair| pair.0), many(&|pair| pair.0 + pair.1));
        let summed = |rows: &[_]| summaries(asked.columns(), &asked.shapes, &asked.count(rows));
        let rule = Rule::INTERNAL;
        for (group, everybody) in summed(&own).iter().zip(&summed(&all)) {
            let told = publish_beside(group, everybody, rule, false, Totals::Responses);
            for (cell, (own, rest)) in told.rows.iter().flat_map(|row| &row.cells).zip(&pairs) {
                let is_small = |count: u64| count > 0 && count < rule.least();
                prop_assert!(cell.count.is_none_or(|count| count == *own));
                prop_assert!(cell.count.is_none() || !is_small(*own) && !is_small(*rest), "{:?}", told);
            }
        }
    }
}
