//! Two-way tables, shown together with the one-way tables of both questions.

use super::flow::Hidden;
use super::{Line, Method, Rule, Why, line};
use serde::Serialize;

/// A two-way table as it may be shown beside the one-way tables of its two questions.
///
/// Categories that are hidden in a one-way table are put together into one here. So every total of this table is one that
/// can be worked out from the one-way tables anyway, tables that share a question say nothing about each other, and each
/// can be judged by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Table {
    /// Which categories of the first question each row is: one, or those put together.
    pub rows: Vec<Vec<usize>>,
    /// Which of the second each column is.
    pub columns: Vec<Vec<usize>>,
    /// Each count, row by row, or nothing where it is hidden.
    pub cells: Vec<Vec<Option<u64>>>,
    /// The totals of the rows.
    pub row_totals: Vec<u64>,
    /// The totals of the columns.
    pub column_totals: Vec<u64>,
    /// Everybody.
    pub total: u64,
    /// How small counts were protected: always by suppression.
    pub method: Method,
}

/// Protects a table of two questions over the same people.
///
/// `counts` are row by row and all of one length; people whose answer to either question is missing belong into a
/// category of their own where the one-way tables have it. The one-way tables must be shown by [`line`] with the same
/// rule, both questions being sensitive or not together.
///
/// # Errors
/// Why the whole table is withheld.
pub fn two_way(counts: &[Vec<u64>], rule: Rule, sensitive: bool) -> Result<Table, Why> {
    let rule = Rule { method: Method::Suppress, ..rule };
    let width = counts.first().map_or(0, Vec::len);
    let row_totals: Vec<u64> = counts.iter().map(|row| row.iter().sum()).collect();
    let column_totals: Vec<u64> =
        (0..width).map(|column| counts.iter().map(|row| row[column]).sum()).collect();
    let rows = groups(&row_totals, rule, sensitive)?;
    let columns = groups(&column_totals, rule, sensitive)?;
    let merged: Vec<Vec<u64>> = rows.iter().map(|row| merge(counts, row, &columns)).collect();
    let hidden = hidden(&merged, rule, sensitive);
    let shows = |row: usize, column: usize| !hidden[row][column] && merged[row][column] > 0;
    if !(0..rows.len()).any(|row| (0..columns.len()).any(|column| shows(row, column))) {
        return Err(Why::NothingLeft);
    }
    let cells = merged.iter().zip(&hidden).map(|(row, hidden)| {
        row.iter().zip(hidden).map(|(count, hidden)| (!hidden).then_some(*count)).collect()
    });
    let of = |totals: &[u64], groups: &[Vec<usize>]| {
        groups.iter().map(|group| group.iter().map(|index| totals[*index]).sum()).collect()
    };
    Ok(Table {
        cells: cells.collect(),
        row_totals: of(&row_totals, &rows),
        column_totals: of(&column_totals, &columns),
        total: row_totals.iter().sum(),
        method: rule.method,
        rows,
        columns,
    })
}

/// Protects the counts of a group beside those of everybody, which are shown by [`line`] with the same rule: neither the
/// group nor whoever is not in it has a small count that could be worked out. A table of a filter is such a group.
///
/// `own` is a part of `all`, category by category. What is hidden of everybody is hidden of the group.
#[must_use]
pub fn within(all: &[u64], own: &[u64], rule: Rule, sensitive: bool) -> Line {
    let rest: Vec<u64> = all.iter().zip(own).map(|(all, own)| all.saturating_sub(*own)).collect();
    let table = match two_way(&[own.to_vec(), rest], rule, sensitive) {
        Ok(table) => table,
        Err(why) => return Line::withheld(own.len(), why, rule),
    };
    let mut cells = vec![None; own.len()];
    for (group, cell) in table.columns.iter().zip(&table.cells[0]) {
        if let [category] = group.as_slice() {
            cells[*category] = *cell;
        }
    }
    if cells.iter().flatten().all(|count| *count == 0) {
        return Line::withheld(own.len(), Why::NothingLeft, rule);
    }
    Line { total: Some(table.row_totals[0]), cells, withheld: None, method: table.method }
}

/// The categories one by one, those hidden in the one-way table together at the end.
pub(crate) fn groups(totals: &[u64], rule: Rule, sensitive: bool) -> Result<Vec<Vec<usize>>, Why> {
    let line = line(totals, rule, sensitive);
    if let Some(why) = line.withheld {
        return Err(why);
    }
    let (shown, hidden): (Vec<usize>, Vec<usize>) =
        (0..totals.len()).partition(|index| line.cells[*index].is_some());
    let mut groups: Vec<Vec<usize>> = shown.into_iter().map(|index| vec![index]).collect();
    if !hidden.is_empty() {
        groups.push(hidden);
    }
    Ok(groups)
}

fn merge(counts: &[Vec<u64>], row: &[usize], columns: &[Vec<usize>]) -> Vec<u64> {
    let cell = |column: &Vec<usize>| {
        row.iter().flat_map(|row| column.iter().map(|column| counts[*row][*column])).sum()
    };
    columns.iter().map(cell).collect()
}

/// Which cells are hidden: the small ones, then others until each small one could be as large as the threshold.
fn hidden(counts: &[Vec<u64>], rule: Rule, sensitive: bool) -> Vec<Vec<bool>> {
    let floor = Rule::floor(sensitive);
    let hides = |count: &u64| rule.hides(*count, sensitive) || sensitive && is_whole(counts, *count);
    let mut hidden: Vec<Vec<bool>> = counts.iter().map(|row| row.iter().map(hides).collect()).collect();
    while let Some(cell) = pinned(&Hidden { counts, hidden: &hidden, floor }, rule, sensitive) {
        let more = helpers(counts, &hidden, cell, rule.least + floor);
        if more.is_empty() {
            // Nothing in its row or column is left to hide: the table is withheld.
            return vec![vec![true; counts[0].len()]; counts.len()];
        }
        for (row, column) in more {
            hidden[row][column] = true;
        }
    }
    hidden
}

/// Whether a count is all of its row or column (DC4), where that is more than nothing.
fn is_whole(counts: &[Vec<u64>], count: u64) -> bool {
    let is_row = counts.iter().any(|row| row.contains(&count) && row.iter().sum::<u64>() == count);
    let of_column = |column: usize| counts.iter().map(move |row| row[column]);
    let is_column = (0..counts[0].len())
        .any(|column| of_column(column).any(|it| it == count) && of_column(column).sum::<u64>() == count);
    count > 0 && (is_row || is_column)
}

/// The first small cell that an attacker knows to be small.
fn pinned(table: &Hidden<'_>, rule: Rule, sensitive: bool) -> Option<(usize, usize)> {
    let cells =
        (0..table.counts.len()).flat_map(|row| (0..table.counts[row].len()).map(move |column| (row, column)));
    let mut small = cells.filter(|(row, column)| rule.hides(table.counts[*row][*column], sensitive));
    small.find(|(row, column)| {
        let needed = rule.least - table.counts[*row][*column];
        table.upwards(*row, *column, needed) < needed
    })
}

/// Which cells to hide for one that is not safe: the cheapest three that close a rectangle with it and have enough to
/// give, or failing that the smallest of its row and of its column.
fn helpers(
    counts: &[Vec<u64>],
    hidden: &[Vec<bool>],
    (row, column): (usize, usize),
    enough: u64,
) -> Vec<(usize, usize)> {
    let cost = |row: usize, column: usize| if hidden[row][column] { 0 } else { counts[row][column] };
    let rectangle = |other_row: usize, other_column: usize| {
        let gives = |row: usize, column: usize| counts[row][column] >= enough;
        let is_usable = other_row != row
            && other_column != column
            && gives(row, other_column)
            && gives(other_row, column)
            && (counts[other_row][other_column] > 0 || hidden[other_row][other_column]);
        let corners = [(row, other_column), (other_row, column), (other_row, other_column)];
        let price: u64 = corners.iter().map(|(row, column)| cost(*row, *column)).sum();
        (is_usable && price > 0).then_some((price, corners))
    };
    let all = (0..counts.len()).flat_map(|row| (0..counts[0].len()).map(move |column| (row, column)));
    let best = all.filter_map(|(row, column)| rectangle(row, column)).min_by_key(|(price, _)| *price);
    if let Some((_, corners)) = best {
        return corners.into_iter().filter(|(row, column)| !hidden[*row][*column]).collect();
    }
    let smallest = |cells: &mut dyn Iterator<Item = (usize, usize)>| {
        cells
            .filter(|(row, column)| cost(*row, *column) > 0)
            .min_by_key(|(row, column)| counts[*row][*column])
    };
    let in_row = smallest(&mut (0..counts[0].len()).map(|other| (row, other)));
    let in_column = smallest(&mut (0..counts.len()).map(|other| (other, column)));
    in_row.into_iter().chain(in_column).collect()
}
