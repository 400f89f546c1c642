//! Whether `ARCHITECTURE.md`, the map of the repository, is true.

use anyhow::Result;

use super::Tree;

const MAP: &str = "ARCHITECTURE.md";

/// Every path that the map writes in backticks exists.
pub(super) fn paths(tree: &Tree<'_>) -> Result<Vec<String>> {
    let Some((_, map)) = tree.texts.iter().find(|(path, _)| path == MAP) else {
        return Ok(vec![format!("{MAP} is missing: write the map of the repository")]);
    };
    let files: Vec<&str> = tree.texts.iter().map(|(path, _)| path.as_str()).collect();
    let gone = mentioned(map, &files).into_iter().filter(|path| !exists(path, &files));
    Ok(gone.map(|path| format!("{MAP} names `{path}`, which does not exist")).collect())
}

/// What stands in backticks and can only be a path of this repository: it is a Rust file, or a file with an
/// ending like `.toml`, or begins with a directory of the root.
fn mentioned<'map>(map: &'map str, files: &[&str]) -> Vec<&'map str> {
    let quoted = map.split('`').skip(1).step_by(2);
    quoted.filter(|it| is_path_like(it) && (is_file_name(it) || is_below_root(it, files))).collect()
}

fn is_path_like(word: &str) -> bool {
    let legal = |it: char| it.is_ascii_alphanumeric() || "._-/".contains(it);
    !word.starts_with('/') && word.chars().all(legal)
}

fn is_file_name(word: &str) -> bool {
    [".rs", ".toml", ".md"].iter().any(|ending| word.ends_with(ending))
}

fn is_below_root(word: &str, files: &[&str]) -> bool {
    word.split_once('/')
        .is_some_and(|(first, _)| files.iter().any(|file| file.starts_with(&format!("{first}/"))))
}

/// A file, a directory, or the last part of a path when the text has said before which directory it speaks
/// of.
fn exists(path: &str, files: &[&str]) -> bool {
    let path = path.trim_end_matches('/');
    let (directory, tail) = (format!("{path}/"), format!("/{path}"));
    files.iter().any(|file| *file == path || file.starts_with(&directory) || file.ends_with(&tail))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILES: [&str; 4] = ["Cargo.toml", "crates/survey/src/lib.rs", "src/main.rs", "style/base.css"];

    #[test]
    fn only_what_can_be_a_path_here_is_taken_for_one() {
        let map =
            "`crates/survey/` and `Cargo.toml`, not `text/html`, `GET /s/ID`, `survey::check` or `/api/v1`";
        assert_eq!(mentioned(map, &FILES), ["crates/survey/", "Cargo.toml"]);
    }

    #[test]
    fn a_path_that_is_gone_is_noticed() {
        assert!(exists("crates/survey/", &FILES));
        assert!(exists("style/base.css", &FILES));
        assert!(exists("lib.rs", &FILES));
        assert!(!exists("style/tokens.css", &FILES));
        assert!(!exists("src/view.rs", &FILES));
    }
}
