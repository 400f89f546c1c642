//! The names by which the module and the script of wasm-bindgen know each other: made short on both sides, and without
//! those that one side has and the other never uses.
//!
//! wasm-bindgen ends most names in a hash, both files carry all of them, and a hash does not compress.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, anyhow, ensure};
use serde_json::{Value, json};
use wasmparser::{Parser, Payload};

/// What the script writes before the name of something that the module exports.
const USE: &str = "wasm.";

/// How a line of the script begins that defines something for the module, and how the line after the last of them.
const ENTRY: &str = "        __wb";
const END: &str = "    };";

/// The name that `wasm-opt --minify-imports-and-exports-and-modules` gives the script.
const SCRIPT: &str = "a";

/// The new name of each old one, as wasm-opt prints them.
pub(super) struct Names {
    imports: BTreeMap<String, String>,
    exports: BTreeMap<String, String>,
    /// The old name of the script.
    script: String,
}

impl Names {
    pub(super) fn read(printed: &[u8]) -> Result<Self> {
        let printed: Value = serde_json::from_slice(printed).context("wasm-opt printed no names")?;
        let imports: Vec<[String; 3]> = list(&printed, "imports")?;
        let exports: Vec<[String; 2]> = list(&printed, "exports")?;
        let script = imports.first().context("the module imports nothing")?[0].clone();
        ensure!(imports.iter().all(|[from, ..]| *from == script), "the module imports from two scripts");
        Ok(Self {
            imports: imports.into_iter().map(|[_, old, new]| (old, new)).collect(),
            exports: exports.into_iter().map(|[old, new]| (old, new)).collect(),
            script,
        })
    }

    /// The script with the new names, and without what the module no longer imports.
    pub(super) fn apply(&self, script: &str) -> Result<String> {
        let (mut renamed, mut found, mut is_wanted) = (String::new(), 0, true);
        for line in script.lines() {
            if let Some((name, rest)) = entry(line) {
                let new = self.imports.get(name);
                is_wanted = new.is_some();
                if let Some(new) = new {
                    found += 1;
                    renamed.extend([new.as_str(), ": function", rest, "\n"]);
                }
                continue;
            }
            is_wanted |= line == END;
            if is_wanted {
                renamed.extend([self.line(line).as_str(), "\n"]);
            }
        }
        ensure!(found == self.imports.len(), "the script defines {found} of {} imports", self.imports.len());
        let (old, new) = (format!("{:?}: ", self.script), format!("{SCRIPT}: "));
        ensure!(renamed.contains(&old), "the script no longer says that its name is {old}");
        Ok(renamed.replace(&old, &new))
    }

    /// A line with the new names of what it uses of the module.
    fn line(&self, line: &str) -> String {
        let mut parts = line.split(USE);
        let mut renamed = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (name, rest) = word(part);
            renamed.extend([USE, self.exports.get(name).map_or(name, String::as_str), rest]);
        }
        renamed
    }
}

/// The rows of a list that wasm-opt printed.
fn list<const N: usize>(printed: &Value, name: &str) -> Result<Vec<[String; N]>> {
    let list = printed.get(name).with_context(|| format!("wasm-opt printed no {name}"))?;
    serde_json::from_value::<Vec<Vec<String>>>(list.clone())?
        .into_iter()
        .map(|row| row.try_into().map_err(|row| anyhow!("wasm-opt printed {row:?} among the {name}")))
        .collect()
}

/// What `wasm-metadce` must keep: those exports of the module that the script uses.
pub(super) fn roots(wasm: &[u8], script: &str) -> Result<Value> {
    let used: BTreeSet<&str> = script.split(USE).skip(1).map(|part| word(part).0).collect();
    let mut roots = Vec::new();
    for payload in Parser::new(0).parse_all(wasm) {
        let Payload::ExportSection(exports) = payload? else { continue };
        for export in exports {
            let name = export?.name;
            if used.contains(name) {
                roots.push(json!({ "name": name, "export": name, "root": true }));
            }
        }
    }
    ensure!(!roots.is_empty(), "the script uses nothing of the module");
    Ok(Value::Array(roots))
}

/// The name and the rest of a line that begins to define something for the module.
fn entry(line: &str) -> Option<(&str, &str)> {
    if !line.starts_with(ENTRY) {
        return None;
    }
    line.trim_start().split_once(": function")
}

/// The identifier at the beginning of a text, and what follows it.
fn word(text: &str) -> (&str, &str) {
    text.split_at(
        text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '$').unwrap_or(text.len()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRINTED: &[u8] = br#"{
        "imports": [["./w_bg.js", "__wbg_a_01", "c"], ["./w_bg.js", "__wbg_b_02", "d"]],
        "exports": [["read", "e"], ["memory", "f"]]
    }"#;

    const SCRIPT: &str = "\
function read() { return wasm.read(wasm.memory) + wasm.reader; }
    const import0 = {
        __proto__: null,
        __wbg_a_01: function() {
            const ret = 1;
        },
        __wbg_gone_03: function() { return handleError(function () {
            gone();
        }, arguments); },
        __wbg_b_02: function() { b(); },
    };
    return {
        \"./w_bg.js\": import0,
    };
";

    #[test]
    fn both_sides_get_the_new_names_and_what_nobody_imports_goes() {
        let expected = "\
function read() { return wasm.e(wasm.f) + wasm.reader; }
    const import0 = {
        __proto__: null,
c: function() {
            const ret = 1;
        },
d: function() { b(); },
    };
    return {
        a: import0,
    };
";
        assert_eq!(Names::read(PRINTED).unwrap().apply(SCRIPT).unwrap(), expected);
    }

    #[test]
    fn an_import_that_the_script_does_not_define_fails_the_build() {
        let names = Names::read(PRINTED).unwrap();
        assert!(names.apply(&SCRIPT.replace("__wbg_b_02", "__wbg_b_04")).is_err());
        assert!(names.apply(&SCRIPT.replace("./w_bg.js", "./x_bg.js")).is_err());
        assert!(Names::read(b"{}").is_err());
    }

    #[test]
    fn only_the_exports_that_the_script_uses_are_roots() {
        // Two exports of one memory, `memory` and `other`.
        let wasm = b"\0asm\x01\0\0\0\x05\x03\x01\0\0\x07\x12\x02\x06memory\x02\0\x05other\x02\0";
        let roots = roots(wasm, SCRIPT).unwrap();
        assert_eq!(roots, json!([{ "name": "memory", "export": "memory", "root": true }]));
    }
}
