//! Flags on responses, on small tables made for it.

use crate::support::{Asked, options};
use analysis::quality::{
    Census, LEAST_TEXT, MOST_BLANK, Note, Pace, Plan, StraightLines, item_non_response, longest_run,
    same_answers, same_texts, speeders,
};
use serde_json::json;
use survey::Missing;
use survey::columns::Cell;

fn codes(row: &[i64]) -> Vec<Cell> {
    row.iter().map(|code| Missing::of_code(*code).map_or(Cell::Code(*code), Cell::Missing)).collect()
}

#[test]
fn the_same_answer_in_every_row_of_a_grid_is_flagged_from_four_rows_on() {
    let rows: Vec<Vec<Cell>> = [[3, 3, 3, 3, 3], [3, 3, 3, 2, 3], [3, 3, 3, -4, 3], [3, 3, 3, -4, -2]]
        .iter()
        .map(|row| codes(row))
        .collect();
    let flags = StraightLines::default().flags(&rows, &[0, 1, 2, 3, 4]);
    assert_eq!((flags.rows.as_slice(), flags.flagged, flags.judged), (&[true, false, true, false][..], 2, 3));
    let runs = StraightLines { longest_run: Some(3), ..StraightLines::default() };
    assert_eq!(runs.flags(&rows, &[0, 1, 2, 3, 4]).flagged, 3);
    assert_eq!((longest_run(&[1, 1, 2, 2, 2, 1]), longest_run(&[])), (3, 0));
}

#[test]
fn item_non_response_counts_what_was_asked_and_left_blank() {
    let rows = vec![codes(&[1, -4, -4, -2]), codes(&[1, -5, -6, 2]), codes(&[-2, -2, -1, -3])];
    let (flags, shares) = item_non_response(&rows, &[0, 1, 2, 3], 0.5);
    assert_eq!((flags.rows.as_slice(), flags.judged), (&[true, false, false][..], 2));
    assert_eq!(shares, [Some(2.0 / 3.0), Some(0.0), None]);
}

#[test]
fn texts_are_the_same_from_any_keyboard_and_short_ones_are_not_judged() {
    let text = |text: &str| vec![Cell::Text(text.to_owned())];
    let rows = vec![
        text("Жолдарды жөндеңіздер!"),
        text("жолдарды  жондениздер"),
        text("иә"),
        text("иә"),
        text("басқа мәтін мұнда"),
    ];
    let (flags, shared) = same_texts(&rows, 0, 10);
    assert_eq!((flags.rows.as_slice(), flags.judged), (&[true, true, false, false, false][..], 3));
    assert_eq!(shared, [2, 2, 0, 0, 1]);
}

#[test]
fn whole_responses_are_the_same_only_where_enough_was_answered() {
    let rows = vec![
        codes(&[1, 2, 3]),
        codes(&[1, 2, 3]),
        codes(&[1, 2, -4]),
        codes(&[1, -4, -4]),
        codes(&[1, -4, -4]),
    ];
    let (flags, _) = same_answers(&rows, &[0, 1, 2], 2);
    assert_eq!((flags.rows.as_slice(), flags.judged), (&[true, true, false, false, false][..], 3));
}

#[test]
fn all_flags_at_once_are_those_of_each_rule_by_itself() {
    let asked = Asked::new(&json!([
        {"name": "g", "type": "grid", "text": "?", "rows": options(&[1, 2, 3, 4]), "options": options(&[1, 2, 3])},
        {"name": "t", "type": "text", "text": "?"},
    ]));
    let mut random = 7_u64;
    let mut next = |below: u64| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (random >> 33) % below
    };
    let mut rows = Vec::new();
    let mut times = Vec::new();
    for _ in 0..300 {
        let mut grid = serde_json::Map::new();
        for row in 1..=4 {
            if next(3) > 0 {
                grid.insert(row.to_string(), json!(1 + next(3)));
            }
        }
        let mut answers = json!({"g": grid});
        match next(4) {
            0 => answers["t"] = json!("Бұл мәтінді бірнеше адам жазды"),
            1 => answers["t"] = json!(format!("Мұны бір адам ғана жазған: {}", next(1_000_000))),
            2 => answers["t"] = json!("иә"),
            _ => {}
        }
        rows.push(asked.row(&answers));
        times.push((next(10) > 0).then(|| 1_000 + next(60_000)));
    }
    let plan = Plan::of(asked.columns());
    let notes: Vec<Note> = rows.iter().zip(&times).map(|(row, time)| plan.note(*time, row)).collect();
    let mut census = Census::default();
    notes.iter().for_each(|note| census.see(note));
    let judge = census.judge();
    let flags: Vec<[Option<bool>; 4]> = notes.iter().map(|note| judge.flags(note)).collect();
    let column = |at: usize| flags.iter().map(|flags| flags[at] == Some(true)).collect::<Vec<bool>>();
    let judged = |at: usize| flags.iter().filter(|flags| flags[at].is_some()).count() as u64;
    let (fast, usual) = speeders(&times, Pace::default());
    assert_eq!((column(0), judged(0), judge.usual_time()), (fast.rows, fast.judged, usual));
    let straight = StraightLines::default().flags(&rows, &[0, 1, 2, 3]);
    assert_eq!((column(1), judged(1)), (straight.rows, straight.judged));
    let (same, _) = same_texts(&rows, 4, LEAST_TEXT);
    assert_eq!((column(2), judged(2)), (same.rows, same.judged));
    let (blank, _) = item_non_response(&rows, &[0, 1, 2, 3, 4], MOST_BLANK);
    assert_eq!((column(3), judged(3)), (blank.rows, blank.judged));
    assert!([0, 1, 2, 3].iter().all(|at| column(*at).contains(&true)), "each rule has something to say");
}
