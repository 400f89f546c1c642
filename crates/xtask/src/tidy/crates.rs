//! Who may depend on whom, and what may come along into the browser.

use std::collections::BTreeSet;
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;

use super::Tree;
use crate::command;

/// The arrows between the crates of the workspace, all one way.
const ARROWS: [(&str, &str); 8] = [
    ("qulaq-collector", "qulaq"),
    ("qulaq-collector", "qulaq-analysis"),
    ("qulaq-collector", "qulaq-matter"),
    ("qulaq-collector", "qulaq-survey"),
    ("qulaq-collector", "qulaq-work"),
    ("qulaq-analysis", "qulaq-survey"),
    ("qulaq-matter", "qulaq-survey"),
    ("qulaq", "qulaq-survey"),
];

/// All that the model may use: it is compiled into the browser's WASM and into every other part.
const SURVEY_USES: [&str; 2] = ["serde", "serde_json"];

/// All that the statistics may use.
const ANALYSIS_USES: [&str; 4] = ["libm", "qulaq-survey", "serde", "serde_json"];

/// All that working days and terms may use.
const MATTER_USES: [&str; 3] = ["qulaq-survey", "serde", "serde_json"];

/// Crates that are too large for the browser. `regex` alone took a module of 149 KB to 938 KB.
///
/// Leptos names some of them (`regex` in leptos_config, `url` with the `icu_` crates in server_fn) without
/// calling them in a build for the browser, so the linker leaves them out. What counts is what comes in by
/// any other way.
const HEAVY: [&str; 10] = [
    "aho-corasick",
    "chrono",
    "getrandom",
    "icu_provider",
    "pulldown-cmark",
    "rand",
    "regex",
    "time",
    "url",
    "uuid",
];

/// Crates of the workspace use each other only along `ARROWS`, in normal, build and test code alike.
pub(super) fn arrows(tree: &Tree<'_>) -> Result<Vec<String>> {
    let faults = dependencies(tree)?.into_iter().filter(|it| it.is_local && !is_allowed(it));
    Ok(faults.map(|it| format!("{} must not depend on {}", it.from, it.to)).collect())
}

/// The model depends on serde and its JSON, and its tests on whatever they need.
pub(super) fn survey_is_light(tree: &Tree<'_>) -> Result<Vec<String>> {
    uses_only(tree, "qulaq-survey", &SURVEY_USES)
}

/// The statistics have what the model has, the model, and a library of functions: nothing that does I/O.
pub(super) fn analysis_is_light(tree: &Tree<'_>) -> Result<Vec<String>> {
    uses_only(tree, "qulaq-analysis", &ANALYSIS_USES)
}

/// Working days are counted from data that they are handed: nothing there does I/O either.
pub(super) fn matter_is_light(tree: &Tree<'_>) -> Result<Vec<String>> {
    uses_only(tree, "qulaq-matter", &MATTER_USES)
}

/// What browsers compute is compiled for them from the crate as it is: it uses nothing.
pub(super) fn work_is_light(tree: &Tree<'_>) -> Result<Vec<String>> {
    uses_only(tree, "qulaq-work", &[])
}

fn uses_only(tree: &Tree<'_>, name: &str, allowed: &[&str]) -> Result<Vec<String>> {
    let faults = dependencies(tree)?
        .into_iter()
        .filter(|it| it.from == name && !it.is_dev && !allowed.contains(&it.to.as_str()));
    Ok(faults.map(|it| format!("{name} depends on {}: it may use {allowed:?} only", it.to)).collect())
}

/// Nothing in `HEAVY` is among the crates that the browser's widget links.
pub(super) fn wasm_is_light(tree: &Tree<'_>) -> Result<Vec<String>> {
    let linked = command::text(&mut cargo_tree(tree))?;
    let faults = heavy_in(&linked);
    Ok(faults
        .iter()
        .map(|name| format!("{name} is in the browser's WASM: `cargo tree -i {name}` shows how"))
        .collect())
}

/// One line of a manifest's dependencies.
struct Dependency {
    from: String,
    to: String,
    is_local: bool,
    is_dev: bool,
}

fn dependencies(tree: &Tree<'_>) -> Result<Vec<Dependency>> {
    let json = command::output(tree.places.cargo().args(["metadata", "--format-version", "1", "--no-deps"]))?;
    let metadata: Value = serde_json::from_slice(&json).context("cannot read what `cargo metadata` says")?;
    let packages = metadata["packages"].as_array().context("`cargo metadata` lists no packages")?;
    Ok(packages.iter().flat_map(dependencies_of).collect())
}

fn dependencies_of(package: &Value) -> Vec<Dependency> {
    let name = |value: &Value| value["name"].as_str().unwrap_or_default().to_owned();
    let dependency = |it: &Value| Dependency {
        from: name(package),
        to: name(it),
        is_local: it["path"].is_string(),
        is_dev: it["kind"] == "dev",
    };
    package["dependencies"].as_array().map_or_else(Vec::new, |all| all.iter().map(dependency).collect())
}

fn is_allowed(it: &Dependency) -> bool {
    ARROWS.contains(&(it.from.as_str(), it.to.as_str()))
}

/// What can be linked: not what runs at build time, nor the procedural macros, which stay in the compiler,
/// nor what leptos alone asks for.
fn cargo_tree(tree: &Tree<'_>) -> Command {
    let mut cargo = tree.places.cargo();
    cargo.args(["tree", "--package", "qulaq", "--features", "hydrate", "--target", "wasm32-unknown-unknown"]);
    cargo.args(["--edges", "normal,no-proc-macro", "--prune", "leptos", "--prefix", "none"]);
    cargo
}

fn heavy_in(linked: &str) -> BTreeSet<&str> {
    let names = linked.lines().filter_map(|line| line.split_whitespace().next());
    names.filter(|name| HEAVY.contains(name)).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_heavy_crate_is_found_by_its_whole_name() {
        let linked = "qulaq v0.1.0\nregex-syntax v0.8.0\nurl v2.5.0 (*)\nserde v1.0.0\n";
        assert_eq!(heavy_in(linked), BTreeSet::from(["url"]));
    }

    #[test]
    fn the_widget_may_use_the_model_and_not_the_collector() {
        let manifest = |to: &str| json!({ "name": "qulaq", "dependencies": [{ "name": to, "path": "/x", "kind": null }] });
        assert!(dependencies_of(&manifest("qulaq-survey")).iter().all(is_allowed));
        assert!(!dependencies_of(&manifest("qulaq-collector")).iter().all(is_allowed));
    }

    #[test]
    fn a_test_dependency_is_told_from_one_that_ships() {
        let manifest =
            json!({ "name": "a", "dependencies": [{ "name": "b", "kind": "dev" }, { "name": "c" }] });
        let kinds: Vec<bool> = dependencies_of(&manifest).iter().map(|it| it.is_dev).collect();
        assert_eq!(kinds, [true, false]);
    }
}
