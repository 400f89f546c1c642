//! Flags on responses, on small tables made for it.

use analysis::quality::{StraightLines, item_non_response, longest_run, same_answers, same_texts};
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
