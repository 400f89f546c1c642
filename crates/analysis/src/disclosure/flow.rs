//! How far a hidden cell of a table could be from what it is, as an attacker with all the totals would find.
//!
//! Tables with given row and column totals form a transportation polytope: its corners are whole numbers, and the most
//! that one cell can hold is a maximum flow (Hundepool et al. 2012, 4.4; Cox, "Network models for complementary cell
//! suppression", Journal of the American Statistical Association 90, 1995). So the attacker's interval is exact, without
//! a linear program.

use std::collections::VecDeque;

/// A table of which some cells are hidden.
pub(super) struct Hidden<'a> {
    /// The counts, row by row.
    pub(super) counts: &'a [Vec<u64>],
    /// Which are hidden.
    pub(super) hidden: &'a [Vec<bool>],
    /// The least that a hidden cell is known to hold.
    pub(super) floor: u64,
}

impl Hidden<'_> {
    /// By how much the cell could be larger with every total and every shown cell as they are; `enough` at most.
    ///
    /// What the cell has more, others in its row must have less, for which others in their columns have more, and so on
    /// until its own column is even again: a flow from its row to its column. A cell gives what it has above the floor,
    /// and takes any amount.
    pub(super) fn upwards(&self, row: usize, column: usize, enough: u64) -> u64 {
        let mut values = self.counts.to_vec();
        let mut found = 0;
        while found < enough {
            let Some((path, amount)) = self.path(&values, (row, column)) else { break };
            let amount = amount.min(enough - found);
            for (step, (row, column)) in path.iter().enumerate() {
                // Cells along the way give and take in turn.
                if step % 2 == 0 {
                    values[*row][*column] -= amount;
                } else {
                    values[*row][*column] += amount;
                }
            }
            found += amount;
        }
        found
    }

    /// The shortest way from the row of a cell to its column over other hidden cells, and how much can go along it.
    fn path(&self, values: &[Vec<u64>], cell: (usize, usize)) -> Option<(Vec<(usize, usize)>, u64)> {
        let columns = self.hidden[0].len();
        let mut row_from = vec![None; self.hidden.len()];
        let mut column_from = vec![None; columns];
        let mut queue = VecDeque::from([cell.0]);
        while let Some(row) = queue.pop_front() {
            for column in 0..columns {
                let gives =
                    self.hidden[row][column] && (row, column) != cell && values[row][column] > self.floor;
                if !gives || column_from[column].is_some() {
                    continue;
                }
                column_from[column] = Some(row);
                if column == cell.1 {
                    return Some(traced(values, &row_from, &column_from, cell, self.floor));
                }
                for (next, from) in row_from.iter_mut().enumerate() {
                    let takes = self.hidden[next][column] && (next, column) != cell;
                    if takes && next != cell.0 && from.is_none() {
                        *from = Some(column);
                        queue.push_back(next);
                    }
                }
            }
        }
        None
    }
}

/// The cells of a way that was found, from the column back to the row, and the least that those which give have to give.
fn traced(
    values: &[Vec<u64>],
    row_from: &[Option<usize>],
    column_from: &[Option<usize>],
    cell: (usize, usize),
    floor: u64,
) -> (Vec<(usize, usize)>, u64) {
    let (mut path, mut amount, mut column) = (Vec::new(), u64::MAX, cell.1);
    while let Some(row) = column_from[column] {
        path.push((row, column));
        amount = amount.min(values[row][column] - floor);
        match row_from[row].filter(|_| row != cell.0) {
            Some(before) => {
                path.push((row, before));
                column = before;
            }
            None => break,
        }
    }
    (path, amount)
}
