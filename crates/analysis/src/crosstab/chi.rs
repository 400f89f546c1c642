//! Pearson's chi-square test, and when it may not be used.

use libm::{erfc, lgamma};
use serde::Serialize;

/// Pearson's test of independence.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Chi {
    /// Σ (count − expected)² / expected, without a correction for continuity. Source: K. Pearson, Philosophical Magazine
    /// 50, 1900.
    pub statistic: f64,
    /// (rows − 1) · (columns − 1), of those with anybody in them.
    pub freedom: u64,
    /// The probability of a statistic as large or larger, if the variables had nothing to do with each other and the
    /// respondents were a random sample: the caller says whether they were.
    pub p: f64,
    /// Cramér's V, from 0 to 1: √(statistic / (n · (the lesser of rows and columns − 1))). Source: H. Cramér,
    /// "Mathematical Methods of Statistics", 1946, 21.9.
    pub v: f64,
}

/// Why there is no test.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Validity {
    /// A variable has fewer than two categories with anybody in them.
    Empty,
    /// Somebody may be in several cells, so cells are not independent of each other.
    SeveralResponses,
    /// Weighted counts are not counts: Rao and Scott's correction (1981) needs the design of the sample.
    Weighted,
    /// More than a fifth of the cells are expected to hold fewer than 5, or one fewer than 1. Source: W. Cochran, "Some
    /// methods for strengthening the common χ² tests", Biometrics 10, 1954.
    SmallExpected {
        /// The share of cells below 5.
        below_five: f64,
        /// The least expected count.
        least: f64,
    },
}

impl Chi {
    /// The test of a table of counts, without its empty rows and columns.
    ///
    /// # Errors
    /// Why it may not be used.
    pub fn of(counts: &[Vec<u64>]) -> Result<Self, Validity> {
        let rows: Vec<f64> = counts.iter().map(|row| row.iter().sum::<u64>() as f64).collect();
        let width = counts.first().map_or(0, Vec::len);
        let columns: Vec<f64> =
            (0..width).map(|column| counts.iter().map(|row| row[column]).sum::<u64>() as f64).collect();
        let total: f64 = rows.iter().sum();
        let used = |sums: &[f64]| sums.iter().filter(|sum| **sum > 0.0).count();
        let (height, width) = (used(&rows), used(&columns));
        if height < 2 || width < 2 {
            return Err(Validity::Empty);
        }
        let (mut statistic, mut small, mut least) = (0.0, 0_u64, f64::INFINITY);
        for (row, of_row) in counts.iter().zip(&rows) {
            for (count, of_column) in row.iter().zip(&columns) {
                let expected = of_row * of_column / total;
                if expected > 0.0 {
                    statistic += (*count as f64 - expected).powi(2) / expected;
                    small += u64::from(expected < 5.0);
                    least = least.min(expected);
                }
            }
        }
        let below_five = small as f64 / (height * width) as f64;
        if below_five > 0.2 || least < 1.0 {
            return Err(Validity::SmallExpected { below_five, least });
        }
        let freedom = ((height - 1) * (width - 1)) as u64;
        let v = (statistic / (total * (height.min(width) - 1) as f64)).sqrt();
        Ok(Self { statistic, freedom, p: chi_square_tail(statistic, freedom), v })
    }
}

/// The probability that a chi-square variable of so many degrees of freedom is at least `x`.
///
/// For whole degrees of freedom it is a finite sum: Abramowitz and Stegun, "Handbook of Mathematical Functions", 26.4.4
/// and 26.4.5. The terms are made as logarithms, so that large tables do not underflow.
#[must_use]
pub fn chi_square_tail(x: f64, freedom: u64) -> f64 {
    if x <= 0.0 || freedom == 0 {
        return 1.0;
    }
    let half = x / 2.0;
    let is_odd = !freedom.is_multiple_of(2);
    let (start, shift) = if is_odd { (erfc(half.sqrt()), 0.5) } else { (0.0, 0.0) };
    let term = |step: u64| {
        let power = step as f64 + shift;
        (power * half.ln() - half - lgamma(power + 1.0)).exp()
    };
    (start + (0..freedom / 2).map(term).sum::<f64>()).min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tail_is_that_of_printed_tables() {
        for (x, freedom, p) in [
            (3.841_458_820_694_124, 1, 0.05),
            (5.991_464_547_107_979, 2, 0.05),
            (23.209_251_158_954_356, 10, 0.01),
            (0.0, 3, 1.0),
        ] {
            assert!((chi_square_tail(x, freedom) - p).abs() < 1e-12, "{x} {freedom}");
        }
        assert!((chi_square_tail(9_000.0, 9_000) - 0.498).abs() < 1e-3);
    }

    #[test]
    fn small_expected_counts_refuse_the_test() {
        let refused = Chi::of(&[vec![1, 9], vec![2, 80]]);
        assert!(matches!(refused, Err(Validity::SmallExpected { least, .. }) if least < 1.0), "{refused:?}");
        assert_eq!(Chi::of(&[vec![5, 9], vec![0, 0]]), Err(Validity::Empty));
        assert!(Chi::of(&[vec![30, 20], vec![20, 30]]).is_ok());
    }
}
