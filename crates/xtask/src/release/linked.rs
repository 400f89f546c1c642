//! What is linked into the program and into the widget: the crates, as Cargo resolves them for each, with all that their
//! manifests and the lock file say of them.
//!
//! What runs at build time only, and what tests need, is not in it: it is not given out.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::command;
use crate::files;
use crate::places::Places;

/// Name and version.
pub(super) type Key = (String, String);

/// A crate.
#[derive(Clone, Debug)]
pub(super) struct Package {
    /// Its licence as an SPDX expression; empty when its manifest names none.
    pub(super) license: String,
    /// One line about it.
    pub(super) description: String,
    /// Who wrote it, as far as its manifest says.
    pub(super) authors: String,
    /// Where its sources are kept.
    pub(super) repository: String,
    /// The SHA-256 of what the registry gave; empty for our own.
    pub(super) checksum: String,
    /// Where its sources are on this machine.
    pub(super) directory: PathBuf,
}

/// A product: what its root crate needs, by whom.
#[derive(Debug)]
pub(super) struct Product {
    /// The crate that is the product.
    pub(super) root: Key,
    /// Which crates each needs.
    pub(super) needs: BTreeMap<Key, BTreeSet<Key>>,
}

/// Both products.
#[derive(Debug)]
pub(super) struct Linked {
    /// The program `qulaq`.
    pub(super) program: Product,
    /// The modules for browsers; what the smaller one has is in the larger one too.
    pub(super) widget: Product,
    /// Every crate of both.
    pub(super) packages: BTreeMap<Key, Package>,
}

const PROGRAM: [&str; 2] = ["--package", "qulaq-collector"];
const WIDGET: [&str; 7] = [
    "--package",
    "qulaq",
    "--no-default-features",
    "--features",
    "hydrate,whole",
    "--target",
    "wasm32-unknown-unknown",
];

impl Linked {
    /// Reads it from Cargo, for this machine's kind of machine.
    pub(super) fn read(places: &Places) -> Result<Self> {
        let (program, widget) = (tree(places, &PROGRAM)?, tree(places, &WIDGET)?);
        let mut metadata = places.cargo();
        // The widget's features are no default, and what only they need would be missing.
        metadata.args(["metadata", "--locked", "--all-features", "--format-version", "1"]);
        let json = command::output(&mut metadata)?;
        let metadata: Value =
            serde_json::from_slice(&json).context("cannot read what `cargo metadata` says")?;
        let checksums = checksums(&files::read_text(&places.root.join("Cargo.lock"))?);
        let known = metadata["packages"].as_array().into_iter().flatten();
        let packages = known.filter_map(|package| {
            let key = (text(package, "name"), text(package, "version"));
            let is_linked = program.needs.contains_key(&key) || widget.needs.contains_key(&key);
            is_linked.then(|| (key.clone(), read_package(package, checksums.get(&key))))
        });
        let packages = packages.collect();
        Ok(Self { program, widget, packages })
    }

    /// What is known of a crate.
    pub(super) fn package(&self, key: &Key) -> Result<&Package> {
        self.packages.get(key).with_context(|| format!("`cargo metadata` does not know {} {}", key.0, key.1))
    }
}

fn tree(places: &Places, which: &[&str]) -> Result<Product> {
    let mut cargo = places.cargo();
    cargo.args(["tree", "--locked", "--edges", "normal,no-proc-macro", "--prefix", "depth"]).args(which);
    read_tree(&command::text(&mut cargo)?)
}

/// Reads lines such as `2serde v1.0.229 (*)`: how deep it stands, below whom needs it. What stands under a crate is
/// listed at its first place alone, which is enough.
fn read_tree(told: &str) -> Result<Product> {
    let mut needs: BTreeMap<Key, BTreeSet<Key>> = BTreeMap::new();
    let mut above: Vec<Key> = Vec::new();
    for line in told.lines().filter(|line| !line.is_empty()) {
        let (depth, key) = read_line(line).with_context(|| format!("`cargo tree` said `{line}`"))?;
        above.truncate(depth);
        needs.entry(key.clone()).or_default();
        if let Some(needed_by) = above.last() {
            needs.entry(needed_by.clone()).or_default().insert(key.clone());
        }
        above.push(key);
    }
    Ok(Product { root: above.into_iter().next().context("`cargo tree` said nothing")?, needs })
}

fn read_line(line: &str) -> Option<(usize, Key)> {
    let name = line.find(|c: char| !c.is_ascii_digit())?;
    let mut words = line[name..].split(' ');
    let key = (words.next()?.to_owned(), words.next()?.strip_prefix('v')?.to_owned());
    Some((line[..name].parse().ok()?, key))
}

fn read_package(package: &Value, checksum: Option<&String>) -> Package {
    let manifest = text(package, "manifest_path");
    Package {
        // The slash is how it was written before SPDX expressions.
        license: text(package, "license").replace('/', " OR "),
        description: text(package, "description").split_whitespace().collect::<Vec<_>>().join(" "),
        authors: package["authors"].as_array().map(|all| names(all)).unwrap_or_default(),
        repository: text(package, "repository"),
        checksum: checksum.cloned().unwrap_or_default(),
        directory: Path::new(&manifest).parent().map(Path::to_owned).unwrap_or_default(),
    }
}

fn text(package: &Value, field: &str) -> String {
    package[field].as_str().unwrap_or_default().to_owned()
}

fn names(authors: &[Value]) -> String {
    authors.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", ")
}

/// The checksum of each package in a lock file.
fn checksums(lock: &str) -> BTreeMap<Key, String> {
    let packages = lock.split("[[package]]").skip(1);
    let field = |package: &str, name: &str| {
        let line = package.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(" = \""))?;
        Some(line.trim_end_matches('"').to_owned())
    };
    packages
        .filter_map(|it| Some(((field(it, "name")?, field(it, "version")?), field(it, "checksum")?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(name: &str, version: &str) -> Key {
        (name.to_owned(), version.to_owned())
    }

    #[test]
    fn who_needs_whom_is_read_from_the_depth_of_each_line() {
        let told = "0a v0.1.0 (/x)\n1b v1.0.0\n2c v2.0.0\n1c v2.0.0 (*)\n1d v3.0.0+x\n";
        let product = read_tree(told).unwrap();
        assert_eq!(product.root, key("a", "0.1.0"));
        assert_eq!(product.needs.len(), 4);
        let of_a = [key("b", "1.0.0"), key("c", "2.0.0"), key("d", "3.0.0+x")];
        assert_eq!(product.needs[&product.root], of_a.into_iter().collect());
        assert!(product.needs[&key("b", "1.0.0")].contains(&key("c", "2.0.0")));
    }

    #[test]
    fn a_checksum_belongs_to_one_version() {
        let lock = "version = 4\n\n[[package]]\nname = \"a\"\nversion = \"1.0.0\"\nchecksum = \"aa\"\n\n\
                    [[package]]\nname = \"a\"\nversion = \"2.0.0\"\ndependencies = [\n \"b\",\n]\n";
        let checksums = checksums(lock);
        assert_eq!(checksums[&key("a", "1.0.0")], "aa");
        assert_eq!(checksums.len(), 1);
    }
}
