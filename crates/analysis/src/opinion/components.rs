//! The directions in which voters differ most: principal components of the votes, with the mean of a statement in place
//! of each vote that was not cast.
//!
//! Such a cell is nothing once the mean is taken off, so that only votes that were cast are gone through: for each voter
//! the pairs of what she voted on. The components are those of the covariance, by Jacobi's rotations (G. Golub, C. Van
//! Loan, "Matrix Computations", 4th edition, 8.5).

use super::votes::Votes;
use serde::Serialize;

/// Rotations go on until what is off the diagonal is so small a part of the whole.
const SMALL: f64 = 1e-22;
/// Times that every pair is rotated at most; ten are usual.
const SWEEPS: usize = 60;

/// The two directions.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Components {
    /// The mean vote on each statement, from -1 to 1.
    pub means: Vec<f64>,
    /// Each direction, as a vector of length one over the statements. The largest of its numbers is above zero.
    pub directions: [Vec<f64>; 2],
    /// The variance along each.
    pub variances: [f64; 2],
    /// The variance of all.
    pub total: f64,
}

impl Components {
    /// Those of some votes.
    #[must_use]
    pub fn of(votes: &Votes) -> Self {
        let means = means(votes);
        let mut covariance = covariance(votes, &means);
        let total = (0..means.len()).map(|at| covariance[at][at]).sum();
        let vectors = diagonalise(&mut covariance);
        let mut order: Vec<usize> = (0..means.len()).collect();
        order.sort_by(|a, b| covariance[*b][*b].total_cmp(&covariance[*a][*a]));
        let direction = |place: usize| order.get(place).map_or_else(Vec::new, |at| upright(&vectors, *at));
        let variance = |place: usize| order.get(place).map_or(0.0, |at| covariance[*at][*at].max(0.0));
        Self { directions: [direction(0), direction(1)], variances: [variance(0), variance(1)], means, total }
    }

    /// Where each voter stands. Votes that were not cast draw towards the middle, by the square root of their share; the
    /// same root brings them out again.
    #[must_use]
    pub fn place(&self, votes: &Votes) -> Vec<[f64; 2]> {
        let place = |row: &[(u16, super::Vote)]| {
            let spread = (votes.statements() as f64 / row.len().max(1) as f64).sqrt();
            let along = |direction: &[f64]| -> f64 {
                let part = |(statement, vote): &(u16, super::Vote)| {
                    let at = usize::from(*statement);
                    (vote.value() - self.means[at]) * direction[at]
                };
                spread * row.iter().map(part).sum::<f64>()
            };
            [along(&self.directions[0]), along(&self.directions[1])]
        };
        votes.rows().map(place).collect()
    }
}

fn means(votes: &Votes) -> Vec<f64> {
    let mut sums = vec![(0.0, 0_u32); votes.statements()];
    for (statement, vote) in votes.rows().flatten() {
        let (sum, count) = &mut sums[usize::from(*statement)];
        (*sum, *count) = (*sum + vote.value(), *count + 1);
    }
    sums.into_iter().map(|(sum, count)| sum / f64::from(count.max(1))).collect()
}

/// The covariance of every two statements, with the divisor of a sample.
fn covariance(votes: &Votes, means: &[f64]) -> Vec<Vec<f64>> {
    let mut products = vec![vec![0.0; means.len()]; means.len()];
    let mut centred: Vec<(usize, f64)> = Vec::new();
    for row in votes.rows() {
        centred.clear();
        centred.extend(row.iter().map(|(statement, vote)| {
            let at = usize::from(*statement);
            (at, vote.value() - means[at])
        }));
        for (at, (statement, value)) in centred.iter().enumerate() {
            let line = &mut products[*statement];
            centred[at..].iter().for_each(|(other, beside)| line[*other] += value * beside);
        }
    }
    let divisor = votes.voters().saturating_sub(1).max(1) as f64;
    let size = means.len();
    for (row, column) in (0..size).flat_map(|row| (row..size).map(move |column| (row, column))) {
        // Votes stand in any order, so that either half may have a part of the sum.
        let other = if row == column { 0.0 } else { products[column][row] };
        let covariance = (products[row][column] + other) / divisor;
        (products[row][column], products[column][row]) = (covariance, covariance);
    }
    products
}

/// Turns a symmetric matrix until nothing is left off its diagonal, and gives the directions as columns.
fn diagonalise(matrix: &mut [Vec<f64>]) -> Vec<Vec<f64>> {
    let size = matrix.len();
    let mut vectors: Vec<Vec<f64>> =
        (0..size).map(|row| (0..size).map(|column| f64::from(u8::from(row == column))).collect()).collect();
    let whole = squares(matrix, |_, _| true);
    for _ in 0..SWEEPS {
        if squares(matrix, |row, column| row != column) <= SMALL * whole {
            break;
        }
        for row in 0..size {
            for column in row + 1..size {
                rotate(matrix, &mut vectors, (row, column));
            }
        }
    }
    vectors
}

/// The sum of the squares of some cells.
fn squares(matrix: &[Vec<f64>], counts: impl Fn(usize, usize) -> bool) -> f64 {
    let lines = matrix.iter().enumerate();
    let cells =
        lines.flat_map(|(row, line)| line.iter().enumerate().map(move |(column, cell)| (row, column, cell)));
    cells.filter(|(row, column, _)| counts(*row, *column)).map(|(.., cell)| cell * cell).sum()
}

/// One rotation, after which nothing is left where the row and the column meet.
fn rotate(matrix: &mut [Vec<f64>], vectors: &mut [Vec<f64>], (p, q): (usize, usize)) {
    let off = matrix[p][q];
    if off == 0.0 {
        return;
    }
    let theta = (matrix[q][q] - matrix[p][p]) / (2.0 * off);
    let tangent = theta.signum() / (theta.abs() + (theta * theta + 1.0).sqrt());
    let cosine = 1.0 / (tangent * tangent + 1.0).sqrt();
    let sine = tangent * cosine;
    for line in matrix.iter_mut().chain(vectors.iter_mut()) {
        let (a, b) = (line[p], line[q]);
        (line[p], line[q]) = (cosine * a - sine * b, sine * a + cosine * b);
    }
    let turn = |(a, b): (&f64, &f64)| (cosine * a - sine * b, sine * a + cosine * b);
    let (first, second): (Vec<f64>, Vec<f64>) = matrix[p].iter().zip(&matrix[q]).map(turn).unzip();
    (matrix[p], matrix[q]) = (first, second);
}

/// A column with the sign that makes the largest of its numbers one above zero: which way a direction points says nothing.
fn upright(vectors: &[Vec<f64>], column: usize) -> Vec<f64> {
    let values: Vec<f64> = vectors.iter().map(|line| line[column]).collect();
    let largest = values.iter().copied().fold(0.0_f64, |best, value| {
        // Of two that are alike but for the last digits the first counts, on every machine.
        if value.abs() > best.abs() * (1.0 + 1e-9) { value } else { best }
    });
    if largest < 0.0 { values.into_iter().map(|value| -value).collect() } else { values }
}
