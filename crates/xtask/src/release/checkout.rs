//! One build of one commit, in a directory of its own that leaves no trace in what it gives.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use crate::build;
use crate::command;
use crate::files;
use crate::places::Places;
use crate::steps;

/// The commit that is given out.
pub(super) struct Commit {
    /// Its name in Git.
    pub(super) id: String,
    /// When it was made, in seconds since 1970: the only time in a release.
    pub(super) time: u64,
}

/// What came of a build.
pub(super) struct Product {
    root: PathBuf,
    tools: PathBuf,
    /// The program.
    pub(super) program: Vec<u8>,
    /// The files of the widget's package by their paths in it.
    pub(super) widget: BTreeMap<String, Vec<u8>>,
}

impl Commit {
    /// The one that the working tree stands on.
    pub(super) fn last(places: &Places) -> Result<Self> {
        let said = command::text(git(places).args(["log", "-1", "--format=%H %ct"]))?;
        let (id, time) = said.trim().split_once(' ').context("`git log` told no commit")?;
        Ok(Self { id: id.to_owned(), time: time.parse().context("`git log` told no time")? })
    }

    /// Whether the working tree has what the commit has not.
    pub(super) fn is_behind_tree(&self, places: &Places) -> Result<bool> {
        Ok(!command::text(git(places).args(["status", "--porcelain"]))?.is_empty())
    }

    fn unpack(&self, places: &Places, root: &Path) -> Result<()> {
        files::remove_dir(root)?;
        let tree = root.with_extension("tar");
        command::run(git(places).args(["archive", "--format=tar", "-o"]).arg(&tree).arg(&self.id))?;
        std::fs::create_dir_all(root)?;
        tar::Archive::new(std::fs::File::open(&tree)?).unpack(root).context("cannot unpack the commit")?;
        Ok(std::fs::remove_file(tree)?)
    }
}

/// Unpacks the commit into `root` and builds everything there.
pub(super) fn build(commit: &Commit, places: &Places, root: &Path) -> Result<Product> {
    for name in ["RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS", "CARGO_TARGET_DIR"] {
        ensure!(env::var_os(name).is_none(), "{name} is set, and would make another product: unset it");
    }
    commit.unpack(places, root)?;
    let there = Places { root: root.to_owned(), target: root.join("target"), tools: places.tools.clone() };
    let lock = files::read(&root.join("Cargo.lock"))?;
    settle(root, commit)?;
    steps::run(&build::steps(), &there)?;
    if files::read(&root.join("Cargo.lock"))? != lock {
        bail!("Cargo.lock does not fit the manifests: build once, and commit what it has become");
    }
    let package = there.package();
    let widget = files::below(&package, "")?.into_iter().map(|path| {
        let content = files::read(&package.join(&path))?;
        Ok((path, content))
    });
    Ok(Product {
        program: files::read(&there.qulaq())?,
        widget: widget.collect::<Result<_>>()?,
        root: there.root,
        tools: there.tools,
    })
}

impl Product {
    /// A product that nobody built, of the sources in `places`.
    #[cfg(test)]
    pub(super) fn made_up(places: &Places, program: Vec<u8>, widget: BTreeMap<String, Vec<u8>>) -> Self {
        Self { root: places.root.clone(), tools: places.tools.clone(), program, widget }
    }

    /// Where the sources of this build are.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// The places of this build.
    pub(super) fn places(&self) -> Places {
        Places { root: self.root.clone(), target: self.root.join("target"), tools: self.tools.clone() }
    }

    /// The list of the widget's files.
    pub(super) fn manifest(&self) -> Result<&[u8]> {
        self.widget.get("manifest.json").map(Vec::as_slice).context("the widget has no manifest.json")
    }

    /// What is not the same in both, by name.
    pub(super) fn differences(&self, other: &Self) -> Vec<String> {
        let program = (self.program != other.program).then(|| "qulaq".to_owned());
        let names: BTreeSet<&String> = self.widget.keys().chain(other.widget.keys()).collect();
        let widget = names.into_iter().filter(|name| self.widget.get(*name) != other.widget.get(*name));
        program.into_iter().chain(widget.map(|name| format!("widget/{name}"))).collect()
    }
}

/// Has Cargo leave out where this directory and the registry are, and every time but that of the commit.
fn settle(root: &Path, commit: &Commit) -> Result<()> {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(env::home_dir()?.join(".cargo")));
    let home = home.context("no home directory: set CARGO_HOME")?;
    let config = root.join(".cargo/config.toml");
    let flags = [(root, "qulaq"), (&home, "cargo")].map(|(path, name)| format!("{}={name}", path.display()));
    let rust = flags.clone().map(|flag| format!("\"--remap-path-prefix={flag}\""));
    let c = flags.map(|flag| format!("-ffile-prefix-map={flag}"));
    let settled = format!(
        "{}\n[build]\nincremental = false\n\n[target.'cfg(all())']\nrustflags = [{}]\n\n[env]\nSOURCE_DATE_EPOCH = \"{}\"\nCFLAGS = \"{}\"\n",
        files::read_text(&config)?,
        rust.join(", "),
        commit.time,
        c.join(" "),
    );
    files::write(&config, settled)
}

fn git(places: &Places) -> Command {
    let mut git = Command::new("git");
    git.current_dir(&places.root);
    git
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes code of which the compiler notes where it is, by its full path.
    const BUILD_SCRIPT: &str = "fn main() {
        let made = std::path::Path::new(&std::env::var_os(\"OUT_DIR\").unwrap()).join(\"made.rs\");
        std::fs::write(made, \"fn made(n: usize) -> u8 { [1, 2, 3][n] }\").unwrap();
    }";
    const PROGRAM: &str = "include!(concat!(env!(\"OUT_DIR\"), \"/made.rs\"));
    fn main() { println!(\"{}\", made(std::env::args().count())); }";
    const MANIFEST: &str = "[package]\nname = \"tiny\"\nversion = \"1.0.0\"\nedition = \"2024\"\n[workspace]\n\
                            [profile.release]\nstrip = \"debuginfo\"\n";

    fn built_in(root: &Path) -> Vec<u8> {
        files::write(&root.join("Cargo.toml"), MANIFEST).unwrap();
        files::write(&root.join("build.rs"), BUILD_SCRIPT).unwrap();
        files::write(&root.join("src/main.rs"), PROGRAM).unwrap();
        files::write(&root.join(".cargo/config.toml"), "").unwrap();
        settle(root, &Commit { id: String::new(), time: 1_790_000_000 }).unwrap();
        let there = Places { root: root.to_owned(), target: root.join("target"), tools: root.to_owned() };
        let mut cargo = there.cargo();
        cargo.env_remove("CARGO_TARGET_DIR").env_remove("RUSTFLAGS");
        command::output(cargo.args(["build", "--release", "--offline"])).unwrap();
        files::read(&root.join("target/release/tiny")).unwrap()
    }

    #[test]
    fn a_program_does_not_show_in_which_directory_it_was_built() {
        let directory = tempfile::tempdir().unwrap();
        let (one, other) = (directory.path().join("one"), directory.path().join("another-of-a-longer-name"));
        let (first, second) = (built_in(&one), built_in(&other));
        let place = directory.path().to_string_lossy().into_owned();
        assert!(!first.windows(place.len()).any(|part| part == place.as_bytes()));
        assert!(first == second, "{} and {} bytes", first.len(), second.len());
    }

    #[test]
    fn what_differs_is_named() {
        let places = Places { root: "".into(), target: "".into(), tools: "".into() };
        let product = |program: &[u8], style: &[u8]| {
            let widget = BTreeMap::from([("qulaq.css".to_owned(), style.to_vec())]);
            Product::made_up(&places, program.to_vec(), widget)
        };
        assert!(product(b"a", b"b").differences(&product(b"a", b"b")).is_empty());
        let differences = product(b"a", b"b").differences(&product(b"c", b"d"));
        assert_eq!(differences, ["qulaq", "widget/qulaq.css"]);
    }
}
