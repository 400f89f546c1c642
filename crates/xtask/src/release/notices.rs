//! The licences of what others wrote: their texts, as the crates have them, each text once.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::linked::{Linked, Package};
use crate::files;

/// How the names of such files begin.
const NAMES: [&str; 5] = ["LICENSE", "LICENCE", "COPYING", "NOTICE", "COPYRIGHT"];

const HEAD: &str = "\
Qulaq is under the MIT licence or the Apache License 2.0, as you choose. In it is the work of others, under the licences
below. The standard library of Rust is under MIT or Apache-2.0 too; SQLite, which libsqlite3-sys brings, is in the public
domain.
";

/// A list of crates with their licences, then every text with the crates that it is for.
pub(super) fn text(linked: &Linked) -> Result<String> {
    let others = || linked.packages.iter().filter(|(_, package)| !package.checksum.is_empty());
    let (mut list, mut texts) = (String::new(), BTreeMap::<String, Vec<String>>::new());
    for ((name, version), package) in others() {
        writeln!(list, "{name} {version}: {} <{}>", package.license, package.repository)?;
        let own = texts_of(package)?;
        if own.is_empty() {
            writeln!(list, "    by {}; its package brings no text of the licence", package.authors)?;
        }
        for text in own {
            texts.entry(text).or_default().push(format!("{name} {version}"));
        }
    }
    let mut all = format!("{HEAD}\n{list}");
    // In the order of the crates, which a reader looks for.
    let mut texts: Vec<_> = texts.into_iter().map(|(text, crates)| (crates, text)).collect();
    texts.sort();
    for (crates, text) in texts {
        write!(all, "\n{}\n{}\n\n{text}", "-".repeat(80), crates.join(", "))?;
    }
    Ok(all)
}

/// The files of a crate that say under which licence it is, with their lines ended alike.
fn texts_of(package: &Package) -> Result<Vec<String>> {
    let mut paths: Vec<_> = fs::read_dir(&package.directory)
        .with_context(|| format!("cannot list {}", package.directory.display()))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.is_file() && is_notice(path))
        .collect();
    paths.sort();
    paths.iter().map(|path| Ok(tidied(&String::from_utf8_lossy(&files::read(path)?)))).collect()
}

fn is_notice(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().to_uppercase()).unwrap_or_default();
    NAMES.iter().any(|start| name.starts_with(start))
}

fn tidied(text: &str) -> String {
    let lines: Vec<&str> = text.trim().lines().map(str::trim_end).collect();
    format!("{}\n", lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn licences_are_known_by_the_names_of_their_files() {
        assert!(is_notice(Path::new("/x/LICENSE-MIT")) && is_notice(Path::new("license.txt")));
        assert!(!is_notice(Path::new("/x/README.md")));
    }

    #[test]
    fn a_text_is_the_same_however_its_lines_end() {
        assert_eq!(tidied("\nMIT \r\n\r\nfree\r\n"), tidied("MIT\n\nfree"));
    }
}
