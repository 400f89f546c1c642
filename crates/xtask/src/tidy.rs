//! `cargo xtask tidy`: the invariants of the source tree that no compiler checks, each one small function.
//!
//! `crates` knows who may depend on whom, `supply` which crates of others may be there at all, `sources` what a source
//! file must and must not say, `map` that the map of the repository is true, `promises` that what is promised has tests.

mod crates;
mod map;
mod promises;
mod sources;
mod supply;

use anyhow::{Result, bail};

use crate::files;
use crate::places::Places;
use crate::steps::say;

/// What every check gets: the places, and the text of each source file by its path from the root.
pub(crate) struct Tree<'places> {
    places: &'places Places,
    texts: Vec<(String, String)>,
}

/// A rule and how to find what breaks it: one sentence a fault, each saying where.
type Check = (&'static str, fn(&Tree<'_>) -> Result<Vec<String>>);

const CHECKS: &[Check] = &[
    ("code is formatted as rustfmt.toml says", formatting),
    ("workspace crates depend on each other along the allowed arrows only", crates::arrows),
    ("the survey model stays light", crates::survey_is_light),
    ("the statistics stay light", crates::analysis_is_light),
    ("working days stay light", crates::matter_is_light),
    ("the puzzles stay light", crates::work_is_light),
    ("nothing heavy is linked into the browser's WASM", crates::wasm_is_light),
    ("crates of others keep to deny.toml", supply::policy),
    ("every Rust file opens by saying what belongs in it", sources::openings),
    ("nothing is left unfinished or untested in silence", sources::unfinished),
    ("no file names a home directory", sources::home_paths),
    ("ARCHITECTURE.md names only paths that exist", map::paths),
    ("what is promised names tests that exist", promises::tests),
];

/// Runs every check and lists every fault, so that one run shows all there is to mend.
pub(crate) fn run(places: &Places) -> Result<()> {
    let tree = Tree::read(places)?;
    let mut faults = Vec::new();
    for (rule, check) in CHECKS {
        let found = check(&tree)?;
        say(&format!("{} {rule}", if found.is_empty() { "ok  " } else { "FAIL" }));
        faults.extend(found);
    }
    say(supply::UNSEEN);
    if !faults.is_empty() {
        bail!("the tree is not tidy:\n{}", faults.join("\n"));
    }
    Ok(())
}

impl<'places> Tree<'places> {
    fn read(places: &'places Places) -> Result<Self> {
        let mut texts = Vec::new();
        for path in files::below(&places.root, "")? {
            // What is not UTF-8 is a picture or a sample, and has no words to check.
            if let Ok(text) = String::from_utf8(files::read(&places.root.join(&path))?) {
                texts.push((path, text));
            }
        }
        Ok(Self { places, texts })
    }

    fn with_extension(&self, extension: &str) -> impl Iterator<Item = (&str, &str)> {
        let wanted = format!(".{extension}");
        self.texts
            .iter()
            .filter(move |(path, _)| path.ends_with(&wanted))
            .map(|(path, text)| (path.as_str(), text.as_str()))
    }
}

/// `rustfmt` has nothing to change.
fn formatting(tree: &Tree<'_>) -> Result<Vec<String>> {
    let output = tree.places.cargo().args(["fmt", "--all", "--check", "--", "--files-with-diff"]).output()?;
    if output.status.success() {
        return Ok(Vec::new());
    }
    let root = format!("{}/", tree.places.root.display());
    let listed = String::from_utf8_lossy(&output.stdout);
    let fault = |path: &str| format!("{}: run `cargo fmt --all`", path.trim_start_matches(&root));
    let mut faults: Vec<String> = listed.lines().map(fault).collect();
    if faults.is_empty() {
        faults.push(format!("rustfmt cannot read the code:\n{}", String::from_utf8_lossy(&output.stderr)));
    }
    Ok(faults)
}
