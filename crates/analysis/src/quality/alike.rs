//! What was answered twice in the same words, or in everything.

use super::Flags;
use crate::rows::Rows;
use std::collections::HashMap;
use survey::columns::Cell;
use survey::fold::fold;

/// Flags texts of at least `least` characters that several rows have in common, without regard to case, spacing and
/// keyboard ([`survey::fold`]); with how many rows have each. Of a text only a hash is kept.
#[must_use]
pub fn same_texts(rows: &dyn Rows, column: usize, least: usize) -> (Flags, Vec<u64>) {
    alike(rows, &|row| match &row[column] {
        Cell::Text(text) => {
            let folded = fold(text);
            (folded.chars().count() >= least).then(|| hash([folded.as_bytes()]))
        }
        Cell::Code(_) | Cell::Number(_) | Cell::Missing(_) => None,
    })
}

/// Flags rows that several have in common in all of these columns, of which at least `least` have a value: few questions
/// with few options are answered alike by chance.
#[must_use]
pub fn same_answers(rows: &dyn Rows, columns: &[usize], least: usize) -> (Flags, Vec<u64>) {
    alike(rows, &|row| {
        let given = columns.iter().filter(|column| !matches!(row[**column], Cell::Missing(_))).count();
        let parts: Vec<Vec<u8>> = columns.iter().map(|column| bytes(&row[*column])).collect();
        (given >= least).then(|| hash(parts.iter().map(Vec::as_slice)))
    })
}

fn alike(rows: &dyn Rows, key: &dyn Fn(&[Cell]) -> Option<u64>) -> (Flags, Vec<u64>) {
    let mut keys = Vec::new();
    let mut counts: HashMap<u64, u64> = HashMap::new();
    rows.each(&mut |row| {
        let key = key(row);
        key.into_iter().for_each(|key| *counts.entry(key).or_default() += 1);
        keys.push(key);
    });
    let shared: Vec<u64> = keys.iter().map(|key| key.map_or(0, |key| counts[&key])).collect();
    let judged = keys.iter().zip(&shared).map(|(key, count)| key.map(|_| *count > 1));
    (Flags::of(judged), shared)
}

fn bytes(cell: &Cell) -> Vec<u8> {
    let (kind, value) = match cell {
        Cell::Code(code) => (0, code.to_le_bytes().to_vec()),
        Cell::Number(number) => (1, number.millionths().to_le_bytes().to_vec()),
        Cell::Text(text) => (2, fold(text).into_bytes()),
        Cell::Missing(missing) => (3, missing.code().to_le_bytes().to_vec()),
    };
    [vec![kind], value].concat()
}

/// FNV-1a, 64 bits, with a mark after each part. Nobody gains by making two texts collide: they would be flagged, which
/// repeating one does as well.
pub(super) fn hash<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for part in parts {
        for byte in part.iter().copied().chain([0xff]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    hash
}
