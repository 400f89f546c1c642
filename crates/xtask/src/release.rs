//! `cargo xtask release`: what is given out, made twice and compared.
//!
//! The last commit is unpacked into two directories and built in each; both must give the same bytes, or nothing is left
//! behind. `checkout` unpacks and builds, `linked` says what is in the program and in the widget, `sbom` and `notices`
//! write that down, `pack` makes the archives.

mod checkout;
mod info;
mod linked;
mod notices;
mod pack;
mod sbom;

use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};
use clap::Args;
use serde_json::Value;

use crate::digest;
use crate::files;
use crate::lock;
use crate::places::Places;
use crate::steps::say;
use checkout::{Commit, Product};
use linked::Linked;
use pack::Entry;

/// Where the files go.
#[derive(Args)]
pub(crate) struct Options {
    /// The directory that gets the files; what is in it already is replaced by name
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// Names of the two directories: of different length, so that no path in the product could hide in the other.
const BUILDS: [&str; 2] = ["once", "and-once-more"];

/// Files of the repository that go with the program.
const WITH_PROGRAM: [&str; 6] =
    ["CHANGELOG.md", "LICENSE-APACHE", "LICENSE-MIT", "README.md", "SECURITY.md", "docs/running.md"];

/// Builds twice, compares, and leaves the files of a release.
pub(crate) fn run(options: &Options, places: &Places) -> Result<()> {
    let work = places.target.join("release-builds");
    let _held = lock::hold(&work)?;
    let commit = Commit::last(places)?;
    if commit.is_behind_tree(places)? {
        say("what is changed and not committed is not in this release");
    }
    let [first, second] = BUILDS.map(|name| checkout::build(&commit, places, &work.join(name)));
    let (first, second) = (first?, second?);
    let differing = first.differences(&second);
    ensure!(
        differing.is_empty(),
        "two builds of one commit differ in {}; both are in {}",
        differing.join(", "),
        work.display()
    );
    say("both builds have the same bytes");
    let out = options.out.clone().unwrap_or_else(|| places.root.join("dist/release"));
    for (name, content) in contents(&first, &commit)? {
        say(&format!("{name}, {} bytes", content.len()));
        files::write(&out.join(name), content)?;
    }
    for name in BUILDS {
        files::remove_dir(&work.join(name))?;
    }
    say(&format!("the release is in {}", out.display()));
    Ok(())
}

/// Every file of a release with its name; the checksums come last.
fn contents(product: &Product, commit: &Commit) -> Result<Vec<(String, Vec<u8>)>> {
    let root = product.root();
    let linked = Linked::read(&Places { root: root.to_owned(), ..product.places() })?;
    let version = env!("CARGO_PKG_VERSION");
    let information = info::of(product, commit)?;
    let name = format!("qulaq-{version}-{}-{}", std::env::consts::ARCH, std::env::consts::OS);
    let about = [
        ("THIRD-PARTY-LICENSES.txt", notices::text(&linked)?.into_bytes()),
        ("build-info.json", pretty(&information)?),
        ("sbom.cdx.json", pretty(&sbom::document(&linked, &information, commit.time)?)?),
    ];
    let archive = pack::tar_gz(&name, &with_program(root, product, &about)?, commit.time)?;
    let widget =
        product.widget.iter().map(|(path, content)| Entry::file(path, content.clone())).collect::<Vec<_>>();
    let mut all = vec![
        (format!("{name}.tar.gz"), archive),
        (format!("qulaq-widget-{version}.zip"), pack::zip(&widget)?),
        ("widget-integrity.json".to_owned(), pretty(&integrity(product)?)?),
    ];
    all.extend(about.map(|(name, content)| (name.to_owned(), content)));
    all.push(("SHA256SUMS".to_owned(), checksums(&all).into_bytes()));
    Ok(all)
}

fn with_program(root: &Path, product: &Product, about: &[(&str, Vec<u8>)]) -> Result<Vec<Entry>> {
    let mut entries = vec![Entry::program("qulaq", product.program.clone())];
    let deploy = files::below(root, "deploy")?;
    for path in deploy.iter().map(String::as_str).chain(WITH_PROGRAM) {
        entries.push(Entry::file(path, files::read(&root.join(path))?));
    }
    entries.extend(about.iter().map(|(name, content)| Entry::file(name, content.clone())));
    Ok(entries)
}

/// What a browser compares each file of the widget with (W3C Subresource Integrity), by its address below `/widget/`.
fn integrity(product: &Product) -> Result<Value> {
    let manifest: Value = serde_json::from_slice(product.manifest()?)?;
    let files = manifest["files"].as_array().into_iter().flatten();
    let pairs = files.filter_map(|file| Some((file["path"].as_str()?.to_owned(), file["integrity"].clone())));
    Ok(serde_json::json!({ "version": manifest["version"], "integrity": serde_json::Map::from_iter(pairs) }))
}

/// What `sha256sum --check` reads.
fn checksums(all: &[(String, Vec<u8>)]) -> String {
    all.iter().map(|(name, content)| format!("{}  {name}\n", digest::sha256(content))).collect()
}

fn pretty(value: &Value) -> Result<Vec<u8>> {
    let mut text = serde_json::to_vec_pretty(value)?;
    text.push(b'\n');
    Ok(text)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn one_product_makes_one_release_with_a_checksum_for_each_file() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap().to_owned();
        let places = Places { target: root.join("target"), tools: root.join("target"), root };
        let manifest = br#"{"version":"1-ab","files":[{"path":"qulaq.js","integrity":"sha384-x"}]}"#;
        let widget = BTreeMap::from([("manifest.json".to_owned(), manifest.to_vec())]);
        let product = Product::made_up(&places, b"\x7fELF".to_vec(), widget);
        let commit = Commit { id: "c0ffee".to_owned(), time: 1_790_000_000 };
        let (first, second) = (contents(&product, &commit).unwrap(), contents(&product, &commit).unwrap());
        assert!(first == second);
        let (sums, others) = first.split_last().unwrap();
        let sums = String::from_utf8(sums.1.clone()).unwrap();
        let named: Vec<&str> = sums.lines().filter_map(|line| line.split("  ").nth(1)).collect();
        assert_eq!(named, others.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>());
        let content = |name: &str| &others.iter().find(|(it, _)| it == name).unwrap().1;
        let integrity: Value = serde_json::from_slice(content("widget-integrity.json")).unwrap();
        assert_eq!(integrity["integrity"]["qulaq.js"], "sha384-x");
        let notices = String::from_utf8(content("THIRD-PARTY-LICENSES.txt").clone()).unwrap();
        assert!(notices.contains("\nleptos 0.8") && notices.contains("Permission is hereby granted"));
    }

    #[test]
    fn checksums_are_those_of_sha256sum() {
        let all = [("a.txt".to_owned(), b"abc".to_vec())];
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  a.txt\n";
        assert_eq!(checksums(&all), expected);
    }
}
