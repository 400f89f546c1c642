//! What may be among the dependencies, as `deny.toml` says it: licences, banned crates, where crates come from.
//!
//! `cargo deny` reads the same file and looks at more. What only it can tell, with a copy of the advisories from the network,
//! is run by hand (`docs/adr/0032-a-release-is-built-twice.md`).

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use serde_json::Value;
use spdx::{Expression, ParseMode};
use toml::Table;

use super::Tree;
use crate::command;
use crate::files;

/// What the checks do not see, told at each run so that nobody takes them for more than they are.
pub(super) const UNSEEN: &str = "not looked at: known holes and withdrawn versions, for which the network is needed; \
                                 `cargo deny check` does it";

/// Where crates may come from: what cargo-deny allows when nothing else is listed.
const CRATES_IO: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// What `deny.toml` says.
struct Policy {
    /// Licences that may stand alone in what a crate demands.
    allowed: BTreeSet<String>,
    /// Crates that are not taken.
    banned: BTreeSet<String>,
    /// The kinds of machine that Qulaq is built for.
    targets: Vec<String>,
}

/// Every crate that is resolved for one of the targets keeps to `deny.toml`.
pub(super) fn policy(tree: &Tree<'_>) -> Result<Vec<String>> {
    let policy = Policy::read(&files::read_text(&tree.places.root.join("deny.toml"))?)?;
    let mut metadata = tree.places.cargo();
    metadata.args(["metadata", "--locked", "--all-features", "--format-version", "1"]);
    for target in &policy.targets {
        metadata.args(["--filter-platform", target]);
    }
    let metadata: Value = serde_json::from_slice(&command::output(&mut metadata)?)
        .context("cannot read what `cargo metadata` says")?;
    Ok(policy.faults(&metadata))
}

impl Policy {
    fn read(text: &str) -> Result<Self> {
        let table: Table = text.parse().context("deny.toml cannot be read")?;
        let list = |section: &str, field: &str| -> Result<Vec<toml::Value>> {
            let list = table.get(section).and_then(|section| section.get(field)?.as_array());
            list.cloned().with_context(|| format!("deny.toml has no list `{field}` in [{section}]"))
        };
        let texts =
            |values: Vec<toml::Value>| values.into_iter().filter_map(|it| Some(it.as_str()?.to_owned()));
        let banned =
            list("bans", "deny")?.into_iter().filter_map(|it| Some(it.get("crate")?.as_str()?.to_owned()));
        Ok(Self {
            allowed: texts(list("licenses", "allow")?).collect(),
            banned: banned.collect(),
            targets: texts(list("graph", "targets")?).collect(),
        })
    }

    fn faults(&self, metadata: &Value) -> Vec<String> {
        let nodes = metadata["resolve"]["nodes"].as_array().into_iter().flatten();
        let resolved: BTreeSet<&str> = nodes.filter_map(|node| node["id"].as_str()).collect();
        let packages = metadata["packages"].as_array().into_iter().flatten();
        let packages = packages.filter(|it| it["id"].as_str().is_some_and(|id| resolved.contains(id)));
        packages.flat_map(|package| self.faults_of(package)).collect()
    }

    fn faults_of(&self, package: &Value) -> Vec<String> {
        let name = package["name"].as_str().unwrap_or_default();
        let license = package["license"].as_str().unwrap_or_default();
        let is_ours = package["source"].is_null();
        let mut faults = Vec::new();
        if !self.allows(license) {
            faults.push(format!("{name} is under \"{license}\", which deny.toml does not allow"));
        }
        if self.banned.contains(name) {
            faults.push(format!("{name} is banned in deny.toml: `cargo tree -i {name}` shows who wants it"));
        }
        if !is_ours && package["source"] != CRATES_IO {
            faults.push(format!("{name} comes from {}, and not from crates.io", package["source"]));
        }
        let wanted = package["dependencies"].as_array().into_iter().flatten();
        let any = wanted.filter(|it| is_ours && it["req"] == "*" && it["path"].is_null());
        faults.extend(any.map(|it| format!("{name} takes any version of {}: name one", it["name"])));
        faults
    }

    /// Whether a licence expression can be kept by keeping allowed licences.
    fn allows(&self, license: &str) -> bool {
        Expression::parse_mode(license, ParseMode::LAX)
            .is_ok_and(|it| it.evaluate(|wanted| self.allowed.contains(&wanted.to_string())))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn policy() -> Policy {
        Policy::read(
            "[graph]\ntargets = [\"x\"]\n[licenses]\nallow = [\"MIT\", \"Apache-2.0\", \"Unicode-3.0\"]\n\
             [bans]\ndeny = [{ crate = \"openssl-sys\", reason = \"rustls\" }]\n",
        )
        .unwrap()
    }

    #[test]
    fn one_of_several_licences_is_enough_and_all_of_several_are_needed() {
        let policy = policy();
        for allowed in
            ["MIT", "MIT/GPL-3.0-only", "GPL-3.0-only OR MIT", "(MIT OR Apache-2.0) AND Unicode-3.0"]
        {
            assert!(policy.allows(allowed), "{allowed}");
        }
        for refused in
            ["GPL-3.0-only", "MIT AND GPL-3.0-only", "", "no licence", "Apache-2.0 WITH LLVM-exception"]
        {
            assert!(!policy.allows(refused), "{refused}");
        }
    }

    #[test]
    fn a_banned_crate_a_foreign_source_and_any_version_are_found() {
        let package = |name: &str, source: Value, wanted: Value| {
            json!({ "id": name, "name": name, "license": "MIT",
            "source": source, "dependencies": [wanted] })
        };
        let metadata = json!({
            "resolve": { "nodes": [{ "id": "ours" }, { "id": "openssl-sys" }, { "id": "fork" }] },
            "packages": [
                package("ours", Value::Null, json!({ "name": "serde", "req": "*" })),
                package("openssl-sys", json!(CRATES_IO), json!({ "name": "libc", "req": "*" })),
                package("fork", json!("git+https://example.org/fork"), json!({ "name": "libc", "req": "^1" })),
                package("not-resolved", json!("git+https://example.org/x"), json!({})),
            ],
        });
        let faults = policy().faults(&metadata);
        assert_eq!(faults.len(), 3, "{faults:?}");
        assert!(faults[0].contains("any version") && faults[1].contains("banned"), "{faults:?}");
        assert!(faults[2].contains("not from crates.io"), "{faults:?}");
    }
}
