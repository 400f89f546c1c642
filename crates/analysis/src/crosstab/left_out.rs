//! Those whom a table leaves out because they lack an answer to one of its questions. How many responses there are is told
//! beside it, so the base of a table tells how many are left out; where they are few it is hidden, with as much as it
//! could be added up from (DC3).

use super::shown::Counts;
use crate::disclosure::{Rule, Why};

/// Hides the bases from which it could be worked out how few are left out: of the table, and of what is best hidden with
/// it. `several` says of the rows and of the columns whether somebody may be in more than one.
///
/// # Errors
/// When nothing would be left.
pub(super) fn hide_few(
    counts: &mut Counts,
    left_out: u64,
    several: (bool, bool),
    rule: Rule,
) -> Result<(), Why> {
    // So many more of them there could be, for all that anybody can tell.
    let more = rule.least() - left_out;
    match several {
        (false, false) => one_cell(counts),
        (false, true) => one_base(&mut counts.row_bases, &counts.cells, more),
        (true, false) => {
            let columns = 0..counts.column_bases.len();
            let cells: Vec<Vec<Option<u64>>> =
                columns.map(|column| counts.cells.iter().map(|row| row[column]).collect()).collect();
            one_base(&mut counts.column_bases, &cells, more)
        }
        (true, true) => {
            let most = counts.row_bases.iter().chain(&counts.column_bases).flatten().max();
            let is_vague = most.is_some_and(|most| most + more <= counts.base);
            if is_vague { Ok(()) } else { Err(Why::NothingLeft) }
        }
    }
}

/// The smallest cell that is shown, with the bases of its row and column: it holds the threshold or more, so as many of
/// those could be people whom the table leaves out.
fn one_cell(counts: &mut Counts) -> Result<(), Why> {
    let shown = |(row, cells): (usize, &Vec<Option<u64>>)| -> Vec<(u64, usize, usize)> {
        let each = cells.iter().enumerate().filter_map(|(column, count)| Some(((*count)?, column)));
        each.filter(|(count, _)| *count > 0).map(|(count, column)| (count, row, column)).collect()
    };
    let mut shown: Vec<_> = counts.cells.iter().enumerate().flat_map(shown).collect();
    shown.sort_unstable();
    let [(_, row, column), _, ..] = shown[..] else { return Err(Why::NothingLeft) };
    counts.cells[row][column] = None;
    counts.row_bases[row] = None;
    counts.column_bases[column] = None;
    Ok(())
}

/// The smallest base that could be less by so many: nobody can tell it from the options that they chose.
fn one_base(bases: &mut [Option<u64>], cells: &[Vec<Option<u64>>], less: u64) -> Result<(), Why> {
    let most = |place: usize| cells[place].iter().flatten().max().copied().unwrap_or(0);
    let known = bases.iter().enumerate().filter_map(|(place, base)| Some(((*base)?, place)));
    let smallest = known.filter(|(base, place)| most(*place) + less <= *base).min();
    let (_, place) = smallest.ok_or(Why::NothingLeft)?;
    bases[place] = None;
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::crosstab::{Crosstab, Validity};
    use crate::disclosure::{Rule, Why};
    use proptest::prelude::*;
    use std::collections::BTreeMap;
    use survey::Missing;

    fn table(counts: Vec<Vec<u64>>, left_out: u64) -> Crosstab {
        let width = counts[0].len();
        let row_bases: Vec<u64> = counts.iter().map(|row| row.iter().sum()).collect();
        Crosstab {
            rows: (1..).take(counts.len()).collect(),
            columns: (1..).take(width).collect(),
            weighted: None,
            column_bases: (0..width).map(|column| counts.iter().map(|row| row[column]).sum()).collect(),
            weighted_bases: None,
            base: row_bases.iter().sum(),
            row_bases,
            missing: BTreeMap::from([(Missing::Blank, left_out)]),
            filtered: 0,
            chi: Err(Validity::Empty),
            counts,
        }
    }

    #[test]
    fn dc3_a_few_who_left_a_question_blank_take_a_cell_and_its_bases_with_them() {
        let shown = table(vec![vec![30, 20], vec![10, 40]], 2).shown((false, false), Rule::INTERNAL).unwrap();
        assert_eq!((shown.base, shown.left_out), (None, None));
        assert_eq!((shown.row_bases, shown.column_bases), (vec![Some(50), None], vec![None, Some(60)]));
        assert_eq!(shown.cells[1][0], None);
        assert!(shown.cells.iter().flatten().flatten().all(|figure| figure.residual.is_none()));
        assert_eq!(shown.chi, None);
    }

    #[test]
    fn nobody_and_enough_who_left_a_question_blank_are_told() {
        for left_out in [0, 5] {
            let shown = table(vec![vec![30, 20], vec![10, 40]], left_out);
            let shown = shown.shown((false, false), Rule::INTERNAL).unwrap();
            assert_eq!((shown.base, shown.left_out), (Some(100), Some(left_out)));
            assert!(shown.cells.iter().flatten().flatten().all(|figure| figure.residual.is_some()));
        }
    }

    #[test]
    fn ten_visitors_of_whom_one_left_a_topic_blank_show_nothing() {
        for counts in
            [vec![vec![3], vec![3], vec![3]], vec![vec![9], vec![0], vec![0]], vec![vec![5], vec![4]]]
        {
            let table = table(counts, 1);
            assert_eq!(table.shown((false, false), Rule::INTERNAL), Err(Why::NothingLeft));
        }
    }

    proptest! {
        #[test]
        fn dc3_how_few_are_left_out_cannot_be_added_up_from_rows_or_columns(
            counts in prop::collection::vec(prop::collection::vec(0_u64..40, 3), 3),
            left_out in 0_u64..8,
        ) {
            let rule = Rule::INTERNAL;
            let table = table(counts, left_out);
            let everybody = table.base + left_out;
            let Ok(shown) = table.shown((false, false), rule) else { return Ok(()) };
            let is_few = (1..rule.least()).contains(&left_out);
            prop_assert_eq!(shown.base.is_none(), is_few);
            prop_assert_eq!(shown.left_out, (!is_few).then_some(left_out));
            if !is_few {
                return Ok(());
            }
            let cell = |row: usize, column: usize| shown.cells[row][column].map(|figure| figure.count);
            let columns = shown.column_bases.len();
            let by_rows = shown.row_bases.iter().enumerate().map(|(row, base)| {
                (*base, (0..columns).map(|column| cell(row, column)).collect::<Vec<_>>())
            });
            let by_columns = shown.column_bases.iter().enumerate().map(|(column, base)| {
                (*base, (0..shown.row_bases.len()).map(|row| cell(row, column)).collect::<Vec<_>>())
            });
            for lines in [by_rows.collect::<Vec<_>>(), by_columns.collect()] {
                // What is known of everybody, the least that hidden cells hold, and who is then left out at the most.
                let known: u64 = lines
                    .iter()
                    .map(|(base, cells)| base.unwrap_or_else(|| cells.iter().map(|cell| cell.unwrap_or(1)).sum()))
                    .sum();
                prop_assert!(everybody - known >= rule.least(), "{shown:?}");
            }
        }

        #[test]
        fn dc3_nor_from_the_options_that_people_chose(
            counts in prop::collection::vec(prop::collection::vec(0_u64..40, 2), 3),
            none in prop::collection::vec(0_u64..9, 3),
            left_out in 1_u64..5,
        ) {
            let rule = Rule::INTERNAL;
            // Each row has as many people as chose its commonest option, and some more.
            let mut table = table(counts, left_out);
            for (row, more) in none.iter().enumerate() {
                table.row_bases[row] = table.counts[row].iter().max().unwrap() + more;
            }
            table.base = table.row_bases.iter().sum();
            let Ok(shown) = table.shown((false, true), rule) else { return Ok(()) };
            prop_assert_eq!((shown.base, shown.left_out), (None, None));
            let line = |(row, base): (usize, &Option<u64>)| {
                base.unwrap_or_else(|| shown.cells[row].iter().flatten().map(|it| it.count).max().unwrap_or(0))
            };
            let known: u64 = shown.row_bases.iter().enumerate().map(line).sum();
            prop_assert!(table.base + left_out - known >= rule.least(), "{shown:?}");
        }
    }
}
