//! Single responses and texts: what may stand beside what, and whether a file of responses is anonymous.

use super::Rule;
use crate::rows::Rows;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use survey::columns::{Cell, Column, Measure};

/// A file of single responses is public only if everybody in it looks like so many at least (DC8).
pub const ANONYMOUS: u64 = 5;

/// How well people hide in a file of single responses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Anonymity {
    /// How many people the smallest group has that look alike; 0 for an empty file.
    pub least: u64,
    /// How many groups have fewer than [`ANONYMOUS`].
    pub small_groups: u64,
    /// How many people are in those.
    pub exposed: u64,
    /// How many different values of the sensitive column the least diverse group has, where there is one: everybody in
    /// a group of one value is known to have it (Machanavajjhala et al., "l-Diversity", ICDE 2006).
    pub least_values: Option<u64>,
    /// Whether regions were put together to come here.
    pub coarsened: bool,
}

impl Anonymity {
    /// Whether the file may be public.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.least >= ANONYMOUS && self.least_values != Some(1)
    }
}

/// What in a file of single responses tells people apart.
#[derive(Clone, Debug)]
pub struct Traits<'a> {
    /// The columns by which somebody may be known: region, sex, age band, disability.
    pub known: &'a [usize],
    /// The one of them that is coarsened first, and the larger region of each.
    pub region: Option<(usize, &'a BTreeMap<i64, i64>)>,
    /// The column that nobody should learn of anybody.
    pub sensitive: Option<usize>,
}

/// Looks whether a file of these rows would be *k*-anonymous (Samarati and Sweeney 1998), with regions as they are or,
/// failing that, coarsened.
#[must_use]
pub fn microdata(rows: &dyn Rows, traits: &Traits<'_>) -> Anonymity {
    let fine = anonymity(rows, traits, false);
    if fine.holds() || traits.region.is_none() { fine } else { anonymity(rows, traits, true) }
}

fn anonymity(rows: &dyn Rows, traits: &Traits<'_>, coarsened: bool) -> Anonymity {
    let mut groups: BTreeMap<Vec<String>, (u64, BTreeSet<String>)> = BTreeMap::new();
    rows.each(&mut |row| {
        let trait_of = |column: &usize| match (traits.region, &row[*column]) {
            (Some((region, larger)), Cell::Code(code)) if coarsened && region == *column => {
                larger.get(code).unwrap_or(code).to_string()
            }
            (_, cell) => plain(cell),
        };
        let group = groups.entry(traits.known.iter().map(trait_of).collect()).or_default();
        group.0 += 1;
        group.1.extend(traits.sensitive.map(|column| plain(&row[column])));
    });
    let small = || groups.values().filter(|(people, _)| *people < ANONYMOUS);
    let values = groups.values().map(|(_, values)| values.len() as u64).min();
    Anonymity {
        least: groups.values().map(|(people, _)| *people).min().unwrap_or(0),
        small_groups: small().count() as u64,
        exposed: small().map(|(people, _)| people).sum(),
        least_values: values.filter(|_| traits.sensitive.is_some()),
        coarsened,
    }
}

fn plain(cell: &Cell) -> String {
    match cell {
        Cell::Code(code) => code.to_string(),
        Cell::Number(number) => number.to_plain(),
        Cell::Text(text) => text.clone(),
        Cell::Missing(missing) => missing.code().to_string(),
    }
}

/// Whether a column of texts may be shown with these others beside it (DC7): with none but its own question's, on a
/// public page only once somebody has approved of each, and only where at least as many wrote one as the threshold says.
#[must_use]
pub fn texts_alone(texts: &Column, beside: &[&Column], written: u64, rule: Rule) -> bool {
    let is_own = |column: &&Column| column.question == texts.question;
    texts.measure == Measure::Text && written >= rule.least() && beside.iter().all(is_own)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(groups: &[([i64; 3], usize)]) -> Vec<Vec<Cell>> {
        groups.iter().flat_map(|(codes, count)| vec![codes.map(Cell::Code).to_vec(); *count]).collect()
    }

    #[test]
    fn dc8_regions_are_put_together_before_a_file_is_refused() {
        let rows = rows(&[([11, 1, 1], 3), ([12, 1, 2], 3), ([21, 1, 1], 5), ([21, 1, 2], 5)]);
        let larger = BTreeMap::from([(11, 1), (12, 1), (21, 2)]);
        let traits = Traits { known: &[0, 1], region: None, sensitive: Some(2) };
        let fine = microdata(&rows, &traits);
        assert_eq!((fine.least, fine.small_groups, fine.exposed, fine.holds()), (3, 2, 6, false));
        let coarse = microdata(&rows, &Traits { region: Some((0, &larger)), ..traits });
        assert_eq!(
            (coarse.least, coarse.least_values, coarse.coarsened, coarse.holds()),
            (6, Some(2), true, true)
        );
    }

    #[test]
    fn dc8_a_group_in_which_all_answered_alike_is_not_anonymous() {
        let rows = rows(&[([1, 1, 1], 50)]);
        assert!(!microdata(&rows, &Traits { known: &[0, 1], region: None, sensitive: Some(2) }).holds());
    }
}
