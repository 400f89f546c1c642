//! A table of two questions as it may be shown: small cells hidden, percentages only of bases that are large enough.

use super::left_out::hide_few;
use super::{Chi, Crosstab, Figure, Validity};
use crate::disclosure::{PERCENT_BASE, Rule, Why, groups, line, two_way};

/// A table as it may be shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// Which categories of the table each row is: one, or several that are too small by themselves.
    pub rows: Vec<Vec<usize>>,
    /// Which categories each column is.
    pub columns: Vec<Vec<usize>>,
    /// Row by row what is said of each cell, or nothing where it is hidden. A percentage has a base of
    /// [`PERCENT_BASE`] respondents or more.
    pub cells: Vec<Vec<Option<Figure>>>,
    /// The base of each row, or nothing where it is hidden: of an option among several, or where it would tell how few
    /// are left out.
    pub row_bases: Vec<Option<u64>>,
    /// The base of each column.
    pub column_bases: Vec<Option<u64>>,
    /// Respondents with an answer to both, or nothing where it would tell how few have none.
    pub base: Option<u64>,
    /// Respondents without an answer to one of the two, or nothing where they are few.
    pub left_out: Option<u64>,
    /// Pearson's test of the table as it is shown, or why it may not be used; nothing where a cell is hidden, which the
    /// statistic could give back.
    pub chi: Option<Result<Chi, Validity>>,
}

/// Which cells are shown, before anything is said of them.
pub(super) struct Counts {
    rows: Vec<Vec<usize>>,
    columns: Vec<Vec<usize>>,
    pub(super) cells: Vec<Vec<Option<u64>>>,
    pub(super) row_bases: Vec<Option<u64>>,
    pub(super) column_bases: Vec<Option<u64>>,
    pub(super) base: u64,
}

impl Crosstab {
    /// Protects the table. `several` says of the rows and of the columns whether somebody may be in more than one.
    ///
    /// Where each respondent is in one cell, the whole table is protected as one ([`two_way`]). Options among several are
    /// protected one by one, as "chosen" and "not chosen": nobody knows how many options each person chose.
    ///
    /// # Errors
    /// Why the whole table is withheld.
    pub fn shown(&self, several: (bool, bool), rule: Rule) -> Result<Shown, Why> {
        let mut counts = match several {
            (false, false) => self.of_one_each(rule)?,
            (false, true) => {
                let (rows, options) = (&self.row_bases, self.columns.len());
                of_options(rows, options, &|row, option| self.counts[row][option], rule)?
            }
            (true, false) => {
                let (columns, options) = (&self.column_bases, self.rows.len());
                let turned =
                    of_options(columns, options, &|column, option| self.counts[option][column], rule)?;
                turned.turned()
            }
            (true, true) => self.of_options_by_options(rule)?,
        };
        let left_out: u64 = self.missing.values().sum();
        let is_few = (1..rule.least()).contains(&left_out);
        if is_few {
            hide_few(&mut counts, left_out, several, rule)?;
        }
        let merged = self.merged(&counts.rows, &counts.columns);
        let figure = |row: usize, column: usize| {
            let figure = with_bases(merged.figure(row, column), &counts, row, column);
            let without_base = Figure { expected: None, residual: None, ..figure };
            counts.cells[row][column].map(|_| if is_few { without_base } else { figure })
        };
        let cells: Vec<Vec<Option<Figure>>> = (0..counts.rows.len())
            .map(|row| (0..counts.columns.len()).map(|column| figure(row, column)).collect())
            .collect();
        let hides = is_few || cells.iter().flatten().any(Option::is_none);
        let Counts { rows, columns, row_bases, column_bases, .. } = counts;
        let chi = (!hides).then_some(merged.chi);
        let told = |count: u64| (!is_few).then_some(count);
        let (base, left_out) = (told(self.base), told(left_out));
        Ok(Shown { rows, columns, cells, row_bases, column_bases, base, left_out, chi })
    }

    fn of_one_each(&self, rule: Rule) -> Result<Counts, Why> {
        let table = two_way(&self.counts, rule, false)?;
        let told = |totals: Vec<u64>| totals.into_iter().map(Some).collect();
        Ok(Counts {
            rows: table.rows,
            columns: table.columns,
            cells: table.cells,
            row_bases: told(table.row_totals),
            column_bases: told(table.column_totals),
            base: self.base,
        })
    }

    fn of_options_by_options(&self, rule: Rule) -> Result<Counts, Why> {
        if self.base < rule.least() {
            return Err(Why::FewAnswers);
        }
        let chosen = |of: &u64| line(&[*of, self.base - *of], rule, false).cells[0];
        let row_bases: Vec<Option<u64>> = self.row_bases.iter().map(chosen).collect();
        let column_bases: Vec<Option<u64>> = self.column_bases.iter().map(chosen).collect();
        let cell = |row: usize, column: usize| {
            let both = self.counts[row][column];
            let (one, other) = (self.row_bases[row] - both, self.column_bases[column] - both);
            let table =
                two_way(&[vec![both, one], vec![other, self.base - both - one - other]], rule, false).ok()?;
            let is_alone = |groups: &[Vec<usize>]| groups.first().is_some_and(|group| *group == [0]);
            (is_alone(&table.rows) && is_alone(&table.columns)).then(|| table.cells[0][0]).flatten()
        };
        let each = |count: usize| (0..count).map(|index| vec![index]).collect::<Vec<_>>();
        let (rows, columns) = (each(row_bases.len()), each(column_bases.len()));
        let cells = (0..rows.len()).map(|row| (0..columns.len()).map(|column| cell(row, column)).collect());
        let cells = cells.collect();
        Ok(Counts { rows, columns, cells, row_bases, column_bases, base: self.base })
    }

    /// The same table with categories put together. Options among several stay by themselves.
    fn merged(&self, rows: &[Vec<usize>], columns: &[Vec<usize>]) -> Self {
        let summed = |of: &dyn Fn(usize, usize) -> u64| -> Vec<Vec<u64>> {
            rows.iter()
                .map(|row| {
                    columns.iter().map(|column| pairs(row, column).map(|(r, c)| of(r, c)).sum()).collect()
                })
                .collect()
        };
        let weighed = |of: &dyn Fn(usize, usize) -> f64| -> Vec<Vec<f64>> {
            rows.iter()
                .map(|row| {
                    columns.iter().map(|column| pairs(row, column).map(|(r, c)| of(r, c)).sum()).collect()
                })
                .collect()
        };
        let total = |groups: &[Vec<usize>], of: &[u64]| -> Vec<u64> {
            groups.iter().map(|group| group.iter().map(|index| of[*index]).sum()).collect()
        };
        let weight = |groups: &[Vec<usize>], of: &[f64]| -> Vec<f64> {
            groups.iter().map(|group| group.iter().map(|index| of[*index]).sum()).collect()
        };
        let counts = summed(&|row, column| self.counts[row][column]);
        let code = |codes: &[i64], group: &Vec<usize>| group.first().map_or(0, |first| codes[*first]);
        Self {
            rows: rows.iter().map(|group| code(&self.rows, group)).collect(),
            columns: columns.iter().map(|group| code(&self.columns, group)).collect(),
            weighted: self.weighted.as_ref().map(|cells| weighed(&|row, column| cells[row][column])),
            row_bases: total(rows, &self.row_bases),
            column_bases: total(columns, &self.column_bases),
            weighted_bases: self
                .weighted_bases
                .as_ref()
                .map(|(down, across, all)| (weight(rows, down), weight(columns, across), *all)),
            base: self.base,
            missing: self.missing.clone(),
            filtered: self.filtered,
            chi: if self.is_plain() { Chi::of(&counts) } else { self.chi },
            counts,
        }
    }
}

impl Counts {
    fn turned(self) -> Self {
        let cells = (0..self.columns.len()).map(|column| self.cells.iter().map(|row| row[column]).collect());
        Self {
            cells: cells.collect(),
            rows: self.columns,
            columns: self.rows,
            row_bases: self.column_bases,
            column_bases: self.row_bases,
            base: self.base,
        }
    }
}

fn pairs<'a>(rows: &'a [usize], columns: &'a [usize]) -> impl Iterator<Item = (usize, usize)> + 'a {
    rows.iter().flat_map(move |row| columns.iter().map(move |column| (*row, *column)))
}

/// Rows of which everybody is in one, by options of which each is chosen or not.
fn of_options(
    bases: &[u64],
    options: usize,
    chosen: &dyn Fn(usize, usize) -> u64,
    rule: Rule,
) -> Result<Counts, Why> {
    let rows = groups(bases, rule, false)?;
    let mut cells = vec![vec![None; options]; rows.len()];
    let mut column_bases = vec![None; options];
    for option in 0..options {
        let counts: Vec<Vec<u64>> = bases
            .iter()
            .enumerate()
            .map(|(row, base)| vec![chosen(row, option), base - chosen(row, option)])
            .collect();
        let Ok(table) = two_way(&counts, rule, false) else { continue };
        let Some(place) = table.columns.iter().position(|group| *group == [0]) else { continue };
        column_bases[option] = Some(table.column_totals[place]);
        for (row, cell) in table.cells.iter().enumerate() {
            cells[row][option] = cell[place];
        }
    }
    let of_group = |group: &Vec<usize>| Some(group.iter().map(|row| bases[*row]).sum());
    let row_bases = rows.iter().map(of_group).collect();
    let columns = (0..options).map(|option| vec![option]).collect();
    Ok(Counts { rows, columns, cells, row_bases, column_bases, base: bases.iter().sum() })
}

/// Percentages of a base that is shown and large enough (DC5).
fn with_bases(figure: Figure, counts: &Counts, row: usize, column: usize) -> Figure {
    let is_enough = |base: Option<u64>| base.is_some_and(|base| base >= PERCENT_BASE);
    Figure {
        of_row: figure.of_row.filter(|_| is_enough(counts.row_bases[row])),
        of_column: figure.of_column.filter(|_| is_enough(counts.column_bases[column])),
        ..figure
    }
}
