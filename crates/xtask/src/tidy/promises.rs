//! Whether what is promised to citizens, and told of threats, has tests that could fail: each row of a table names one, and each
//! that is named is there.

use anyhow::Result;

use super::Tree;

/// The pages, and the word at the head of the column in which tests are named.
const PAGES: [&str; 2] = ["docs/threat-model.md", "docs/privacy.md"];
const COLUMN: &str = "test";

/// What tests are written in.
const ENDINGS: [&str; 3] = [".rs", ".mjs", ".py"];

/// Every row of a table with tests names one, and every test that such a page names exists.
pub(super) fn tests(tree: &Tree<'_>) -> Result<Vec<String>> {
    let files: Vec<&str> = tree.texts.iter().map(|(path, _)| path.as_str()).collect();
    let mut faults = Vec::new();
    for page in PAGES {
        let Some((_, text)) = tree.texts.iter().find(|(path, _)| path == page) else {
            faults.push(format!("{page} is missing: write down what is promised"));
            continue;
        };
        let gone = named(text).into_iter().filter(|path| !files.contains(path));
        faults.extend(gone.map(|path| format!("{page} names the test `{path}`, which does not exist")));
        faults.extend(bare(text).into_iter().map(|row| format!("{page}: no test is named in: {row}")));
    }
    Ok(faults)
}

/// The tests that stand in backticks.
fn named(text: &str) -> Vec<&str> {
    let quoted = text.split('`').skip(1).step_by(2);
    quoted.filter(|word| word.contains('/') && ENDINGS.iter().any(|ending| word.ends_with(ending))).collect()
}

/// The rows of tables with a column of tests in which none stands.
fn bare(text: &str) -> Vec<&str> {
    let (mut within, mut bare) = (false, Vec::new());
    for line in text.lines() {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        match line.starts_with('|') {
            false => within = false,
            true if cells.last() == Some(&COLUMN) => within = true,
            true if within
                && !line.starts_with("|---")
                && cells.last().is_some_and(|last| named(last).is_empty()) =>
            {
                bare.push(line);
            }
            true => {}
        }
    }
    bare
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "A `qulaq doctor` and `docs/adr/`.\n\n| what | test |\n|---|---|\n| a | `tests/a.test.mjs` |\n\
                        | b | none yet |\n\n| what | for what |\n|---|---|\n| c | to read |\n";

    #[test]
    fn a_row_without_a_test_is_noticed_where_tests_are_named() {
        assert_eq!(bare(PAGE), ["| b | none yet |"]);
    }

    #[test]
    fn only_a_path_of_a_test_is_taken_for_one() {
        assert_eq!(named(PAGE), ["tests/a.test.mjs"]);
    }
}
