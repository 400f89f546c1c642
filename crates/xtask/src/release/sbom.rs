//! The bill of materials: every crate in the program and in the widget, in CycloneDX 1.6
//! (<https://cyclonedx.org/docs/1.6/json/>), which scanners for known holes read.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use serde_json::{Value, json};

use super::linked::{Key, Linked, Package};

/// The document. It has no serial number and no time but the commit's: one commit has one document.
pub(super) fn document(linked: &Linked, information: &Value, time: u64) -> Result<Value> {
    let own = [&linked.program.root, &linked.widget.root];
    let crates = linked.packages.iter().filter(|(key, _)| !own.contains(key));
    let products =
        [("application", &linked.program.root, "qulaq"), ("library", &linked.widget.root, "qulaq-widget")];
    let products = products.map(|(kind, key, name)| {
        Ok(json!({ "type": kind, "bom-ref": reference(key), "name": name, "version": key.1,
            "licenses": licenses(linked.package(key)?) }))
    });
    let products = products.into_iter().collect::<Result<Vec<Value>>>()?;
    let components: Vec<Value> =
        products.into_iter().chain(crates.map(|(key, it)| component(key, it))).collect();
    let version = &linked.program.root.1;
    Ok(json!({
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "timestamp": timestamp(time),
            "tools": { "components": tools(information) },
            "component": { "type": "application", "bom-ref": "qulaq-release", "name": "qulaq", "version": version,
                "licenses": [{ "expression": "MIT OR Apache-2.0" }] },
        },
        "components": components,
        "dependencies": dependencies(linked),
    }))
}

fn component(key: &Key, package: &Package) -> Value {
    let mut component = json!({
        "type": "library",
        "bom-ref": reference(key),
        "name": key.0,
        "version": key.1,
        "scope": "required",
        "licenses": licenses(package),
    });
    if !package.checksum.is_empty() {
        // Our own crates are in no registry.
        component["purl"] = reference(key).into();
        component["hashes"] = json!([{ "alg": "SHA-256", "content": package.checksum }]);
    }
    if !package.description.is_empty() {
        component["description"] = package.description.as_str().into();
    }
    if package.repository.starts_with("http") {
        component["externalReferences"] = json!([{ "type": "vcs", "url": package.repository }]);
    }
    component
}

fn licenses(package: &Package) -> Value {
    if package.license.is_empty() { json!([]) } else { json!([{ "expression": package.license }]) }
}

/// The crate as package URLs name it, which is unique here too.
fn reference(key: &Key) -> String {
    format!("pkg:cargo/{}@{}", key.0, key.1.replace('+', "%2B"))
}

/// Who needs whom, over both products.
fn dependencies(linked: &Linked) -> Vec<Value> {
    let mut all: BTreeMap<&Key, BTreeSet<&Key>> = BTreeMap::new();
    for (key, needs) in linked.program.needs.iter().chain(&linked.widget.needs) {
        all.entry(key).or_default().extend(needs);
    }
    let roots = [reference(&linked.program.root), reference(&linked.widget.root)];
    let release = json!({ "ref": "qulaq-release", "dependsOn": roots });
    let crates = all.iter().map(|(key, needs)| {
        let needs: Vec<String> = needs.iter().map(|key| reference(key)).collect();
        json!({ "ref": reference(key), "dependsOn": needs })
    });
    [release].into_iter().chain(crates).collect()
}

/// What compiled it.
fn tools(information: &Value) -> Vec<Value> {
    let tools = information["tools"].as_object().into_iter().flatten();
    tools.map(|(name, version)| json!({ "type": "application", "name": name, "version": version })).collect()
}

/// Seconds since 1970 as ISO 8601 writes them, in UTC (days to dates: Howard Hinnant, "chrono-compatible low-level date
/// algorithms", `civil_from_days`).
fn timestamp(seconds: u64) -> String {
    let (days, of_day) = (seconds / 86_400 + 719_468, seconds % 86_400);
    let (era, of_era) = (days / 146_097, days % 146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    let (hour, minute, second) = (of_day / 3_600, of_day / 60 % 60, of_day % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::places::Places;

    #[test]
    fn every_crate_that_is_linked_is_in_the_bill_once_with_its_licence() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap();
        let places =
            Places { root: root.to_owned(), target: root.join("target"), tools: root.join("target") };
        let linked = Linked::read(&places).unwrap();
        let bill = document(&linked, &json!({}), 0).unwrap();
        let components = bill["components"].as_array().unwrap();
        let listed: BTreeSet<&str> = components.iter().filter_map(|it| it["bom-ref"].as_str()).collect();
        assert_eq!(listed.len(), components.len());
        let needed = linked.program.needs.keys().chain(linked.widget.needs.keys()).map(reference);
        assert_eq!(listed, needed.collect::<BTreeSet<_>>().iter().map(String::as_str).collect());
        assert!(components.iter().all(|it| it["licenses"][0]["expression"].is_string()));
        assert!(listed.iter().any(|it| it.starts_with("pkg:cargo/rusqlite@")));
        assert!(
            !listed
                .iter()
                .any(|it| it.starts_with("pkg:cargo/proptest@") || it.starts_with("pkg:cargo/serde_derive@"))
        );
    }

    #[test]
    fn a_time_is_written_as_iso_8601_has_it() {
        assert_eq!(timestamp(0), "1970-01-01T00:00:00Z");
        assert_eq!(timestamp(1_709_210_096), "2024-02-29T12:34:56Z");
    }
}
