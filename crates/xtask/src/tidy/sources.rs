//! What a source file must say, and what no file may say.

use anyhow::Result;

use super::Tree;

/// Written in two halves, so that this file does not break its own rules.
const UNFINISHED: [&str; 3] =
    [concat!("todo", "!("), concat!("unimplemented", "!("), concat!("#[", "ignore")];

/// Where systems keep the files of one person.
const HOMES: [&str; 4] =
    [concat!("/ho", "me/"), concat!("/ro", "ot/"), concat!("/Us", "ers/"), concat!("C:\\Us", "ers\\")];

/// Every Rust file opens with `//!`.
pub(super) fn openings(tree: &Tree<'_>) -> Result<Vec<String>> {
    let faults = tree.with_extension("rs").filter(|(_, text)| !opens_with_docs(text));
    Ok(faults.map(|(path, _)| format!("{path}: open it with `//!` and say what belongs there")).collect())
}

/// No Rust file has a macro that stands for missing code, or a test that is never run.
pub(super) fn unfinished(tree: &Tree<'_>) -> Result<Vec<String>> {
    let lines = tree.with_extension("rs").flat_map(|(path, text)| numbered(path, text));
    let faults = lines.filter(|(_, line)| UNFINISHED.iter().any(|sign| line.contains(sign)));
    Ok(faults.map(|(place, line)| format!("{place}: finish `{}` or take it out", line.trim())).collect())
}

/// No file shows where one developer keeps things: it works nowhere else, and tells who that is.
pub(super) fn home_paths(tree: &Tree<'_>) -> Result<Vec<String>> {
    let lines = tree.texts.iter().flat_map(|(path, text)| numbered(path, text));
    let faults = lines.filter(|(_, line)| has_home_path(line));
    Ok(faults.map(|(place, _)| format!("{place}: an absolute path into a home directory")).collect())
}

fn opens_with_docs(text: &str) -> bool {
    text.trim_start().starts_with("//!")
}

fn numbered<'text>(path: &str, text: &'text str) -> impl Iterator<Item = (String, &'text str)> {
    text.lines().enumerate().map(move |(index, line)| (format!("{path}:{}", index + 1), line))
}

/// Whether such a path begins in this line. In `https://a.kz/home/page` the name goes on from before, so none
/// does.
fn has_home_path(line: &str) -> bool {
    HOMES.iter().any(|home| {
        line.match_indices(home).any(|(start, _)| {
            let before = line[..start].chars().next_back();
            let after = line[start + home.len()..].chars().next();
            before.is_none_or(|it| !it.is_alphanumeric() && !"./_-}>*".contains(it))
                && after.is_some_and(char::is_alphanumeric)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_inner_docs_at_the_top_open_a_file() {
        assert!(opens_with_docs("\n//! The model.\nuse x;"));
        assert!(!opens_with_docs("// The model.\n"));
        assert!(!opens_with_docs("use x;\n//! Late.\n"));
    }

    #[test]
    fn a_home_directory_is_told_from_the_path_of_a_page() {
        let home = |rest: &str| format!("{}{rest}", HOMES[0]);
        assert!(has_home_path(&format!("cp {} .", home("ainur/a"))));
        assert!(has_home_path(&format!("\"{}\"", home("ainur"))));
        assert!(!has_home_path(&format!("https://example.kz{}", home("page"))));
        assert!(!has_home_path(&format!("$ROOT{}", home("page"))));
    }
}
