//! The package on disk: names, versions, compressed copies and the manifest.
//!
//! ```text
//! qulaq.js               the loader; its name moves with the major version alone
//! tags.js                the loader with the rarer tags
//! VERSION/qulaq.js       the same two, for pages that pin a version and its integrity
//! VERSION/tags.js
//! VERSION/app.js         the script of wasm-bindgen
//! VERSION/app.wasm       the widget with the common kinds of question
//! VERSION/whole.js       the same for
//! VERSION/whole.wasm     the widget with every kind
//! VERSION/work.wasm      what solves puzzles, where a survey asks for work
//! VERSION/qulaq.css      its style
//! VERSION/words/kk.json  and whatever else is in public/
//! manifest.json          all of these with their sizes and integrity
//! ```
//! Each file has a `.br` and a `.gz` beside it.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::VERSION_TOKEN;
use crate::compress;
use crate::digest::{self, Hasher};
use crate::files;

/// The finished contents, before they have a version.
pub(crate) struct Contents {
    /// The modules.
    pub(crate) modules: Vec<Module>,
    /// The style sheet.
    pub(crate) style: String,
    /// The scripts that pages name, with the token where the version belongs.
    pub(crate) entries: Vec<(&'static str, String)>,
    /// Everything else, with its path in the version's directory.
    pub(crate) others: Vec<(String, Vec<u8>)>,
}

/// A module as it is shipped.
pub(crate) struct Module {
    /// The name of its files.
    pub(crate) name: &'static str,
    /// The optimised module.
    pub(crate) wasm: Vec<u8>,
    /// The script that starts it.
    pub(crate) glue: String,
}

/// Replaces the package in `directory` by these contents and gives their version.
///
/// Everything is written beside it first, so a build that breaks off leaves the old package.
pub(crate) fn write(directory: &Path, contents: &Contents) -> Result<String> {
    let version = version(contents);
    let new = directory.with_extension("new");
    files::remove_dir(&new)?;
    let entries = named(contents, &version)
        .iter()
        .map(|(path, content)| write_file(&new, path, content))
        .collect::<Result<Vec<_>>>()?;
    let manifest = json!({ "version": version, "files": entries });
    files::write(&new.join("manifest.json"), serde_json::to_vec_pretty(&manifest)?)?;
    swap(&new, directory)?;
    Ok(version)
}

/// The crate's version and eight hexadecimal digits of the content, so that one name never has two contents.
fn version(contents: &Contents) -> String {
    let mut hasher = Hasher::default();
    hasher.add(&contents.style);
    for (_, entry) in &contents.entries {
        hasher.add(entry);
    }
    for module in &contents.modules {
        hasher.add(&module.glue).add(&module.wasm);
    }
    for (name, content) in &contents.others {
        hasher.add(name).add(content);
    }
    // All crates of the workspace have one version, so that of xtask is that of the widget.
    format!("{}-{}", env!("CARGO_PKG_VERSION"), &hasher.hex()[..8])
}

fn named(contents: &Contents, version: &str) -> Vec<(String, Vec<u8>)> {
    let others = contents.others.iter().map(|(name, content)| (format!("{version}/{name}"), content.clone()));
    let style = (format!("{version}/qulaq.css"), contents.style.clone().into_bytes());
    let entries = contents.entries.iter().flat_map(|(name, script)| {
        let script = script.replace(VERSION_TOKEN, version).into_bytes();
        [((*name).to_owned(), script.clone()), (format!("{version}/{name}"), script)]
    });
    let modules = contents.modules.iter().flat_map(|module| {
        let path = |kind: &str| format!("{version}/{}.{kind}", module.name);
        [(path("js"), module.glue.clone().into_bytes()), (path("wasm"), module.wasm.clone())]
    });
    entries.chain([style]).chain(modules).chain(others).collect()
}

/// Writes a file with its compressed copies and gives its entry in the manifest.
fn write_file(directory: &Path, path: &str, content: &[u8]) -> Result<Value> {
    let (gzip, brotli) = (compress::gzip(content)?, compress::brotli(content)?);
    files::write(&directory.join(path), content)?;
    files::write(&directory.join(format!("{path}.gz")), &gzip)?;
    files::write(&directory.join(format!("{path}.br")), &brotli)?;
    Ok(json!({
        "path": path,
        "raw": content.len(),
        "gzip": gzip.len(),
        "brotli": brotli.len(),
        "integrity": digest::integrity(content),
    }))
}

fn swap(new: &Path, directory: &Path) -> Result<()> {
    let old = directory.with_extension("old");
    files::remove_dir(&old)?;
    if directory.exists() {
        fs::rename(directory, &old).with_context(|| format!("cannot move {}", directory.display()))?;
    }
    fs::rename(new, directory).with_context(|| format!("cannot put {} in its place", new.display()))?;
    files::remove_dir(&old)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contents(style: &str) -> Contents {
        Contents {
            modules: vec![Module {
                name: "app",
                wasm: b"\0asm".to_vec(),
                glue: "export default 1".to_owned(),
            }],
            style: style.to_owned(),
            entries: vec![("qulaq.js", format!("const v='{VERSION_TOKEN}'"))],
            others: vec![("words/kk.json".to_owned(), b"{}".to_vec())],
        }
    }

    #[test]
    fn the_version_follows_the_content() {
        assert_eq!(version(&contents("a{}")), version(&contents("a{}")));
        assert_ne!(version(&contents("a{}")), version(&contents("b{}")));
    }

    #[test]
    fn a_new_package_replaces_the_old_one_whole() {
        let directory = std::env::temp_dir().join(format!("qulaq-xtask-package-{}", std::process::id()));
        let first = write(&directory, &contents("a{}")).unwrap();
        let second = write(&directory, &contents("b{}")).unwrap();
        assert!(!directory.join(first).exists());
        assert!(directory.join(&second).join("words/kk.json.br").is_file());
        let loader = files::read_text(&directory.join("qulaq.js")).unwrap();
        assert_eq!(loader, format!("const v='{second}'"));
        let manifest: Value =
            serde_json::from_slice(&files::read(&directory.join("manifest.json")).unwrap()).unwrap();
        assert_eq!(manifest["files"].as_array().unwrap().len(), 6);
        files::remove_dir(&directory).unwrap();
    }
}
