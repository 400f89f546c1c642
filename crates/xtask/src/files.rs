//! Reading the source tree, without what was built, installed or stored in it.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

/// Directories that hold no sources, from the root of the repository; `node_modules` is left out at any
/// depth.
const NOT_SOURCES: [&str; 5] = [".git", "data", "dist", "target", "tests/results"];

/// The files at or below `path` (`""` for the whole tree), sorted, as paths from `root` with `/` between
/// names.
///
/// A path that does not exist gives an empty list.
pub(crate) fn below(root: &Path, path: &str) -> Result<Vec<String>> {
    let mut found = Vec::new();
    collect(root, path, &mut found)?;
    found.sort();
    Ok(found)
}

/// Reads a file; the error names it.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}

/// Reads a file that must be UTF-8; the error names it.
pub(crate) fn read_text(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

/// Writes a file and the directories above it; the error names it.
pub(crate) fn write(path: &Path, content: impl AsRef<[u8]>) -> Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).with_context(|| format!("cannot create {}", parent.display()))?;
    }
    fs::write(path, content).with_context(|| format!("cannot write {}", path.display()))
}

/// Removes a directory with all that is in it; one that is not there is as good as removed.
pub(crate) fn remove_dir(path: &Path) -> Result<()> {
    if !path.exists() {
        return Ok(());
    }
    fs::remove_dir_all(path).with_context(|| format!("cannot remove {}", path.display()))
}

fn collect(root: &Path, path: &str, found: &mut Vec<String>) -> Result<()> {
    let full = root.join(path);
    if full.is_file() {
        found.push(path.to_owned());
    }
    if !full.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(&full).with_context(|| format!("cannot list {}", full.display()))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        let child = if path.is_empty() { name.clone() } else { format!("{path}/{name}") };
        if name != "node_modules" && !NOT_SOURCES.contains(&child.as_str()) {
            collect(root, &child, found)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_sources_are_listed_and_always_in_the_same_order() {
        let root = std::env::temp_dir().join(format!("qulaq-xtask-files-{}", std::process::id()));
        for path in
            ["src/b.rs", "src/a.rs", "src/data/regions.json", "target/x.rs", "tests/node_modules/x.js"]
        {
            write(&root.join(path), "").unwrap();
        }
        assert_eq!(below(&root, "").unwrap(), ["src/a.rs", "src/b.rs", "src/data/regions.json"]);
        assert_eq!(below(&root, "src/a.rs").unwrap(), ["src/a.rs"]);
        assert!(below(&root, "nowhere").unwrap().is_empty());
        remove_dir(&root).unwrap();
    }
}
