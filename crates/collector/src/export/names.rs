//! Names of columns for programs that allow shorter ones, or keep some words for themselves.

use std::collections::HashSet;

/// Words that SPSS keeps for itself.
pub(crate) const OF_SPSS: [&str; 13] =
    ["all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"];

/// Words that Stata keeps for itself.
pub(crate) const OF_STATA: [&str; 20] = [
    "_all", "_b", "_coef", "_cons", "_n", "_pi", "_pred", "_rc", "_se", "_skip", "byte", "double", "float",
    "if", "in", "int", "long", "strl", "using", "with",
];

/// Digits of the number that makes a shortened name unique.
const DIGITS: usize = 3;

/// A name of at most `max` bytes for each of these, the same wherever it is possible; unique without regard to case.
/// Names of columns are ASCII.
pub(crate) fn fitted<'a>(names: impl Iterator<Item = &'a str>, max: usize, reserved: &[&str]) -> Vec<String> {
    let names: Vec<&str> = names.collect();
    let stands = |name: &str| name.len() <= max && !is_among(reserved, name);
    let mut taken: HashSet<String> =
        names.iter().filter(|name| stands(name)).map(|name| name.to_ascii_lowercase()).collect();
    let mut fit = |name: &&str| {
        if stands(name) {
            return (*name).to_owned();
        }
        let stem = &name[..name.len().min(max - DIGITS - 1)];
        let numbered = (1_u32..).map(|number| format!("{stem}_{number:0DIGITS$}"));
        // A table has fewer columns than there are numbers; what is left over is cut by its reader.
        let free = numbered.take(100_000).find(|name| taken.insert(name.to_ascii_lowercase()));
        free.unwrap_or_else(|| (*name).to_owned())
    };
    names.iter().map(&mut fit).collect()
}

fn is_among(words: &[&str], name: &str) -> bool {
    words.iter().any(|word| word.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::fitted;

    #[test]
    fn a_name_that_fits_stays_and_one_that_does_not_is_cut_and_numbered() {
        let names = ["useful", "to", "visits_1_how_long", "visits_2_how_long", "visits_1", "visit_001"];
        let fitted = fitted(names.into_iter(), 10, &["TO"]);
        assert_eq!(fitted, ["useful", "to_001", "visits_001", "visits_002", "visits_1", "visit_001"]);
    }
}
