//! Which functions the WASM spends its bytes on, read from the copy that still has its names.

use std::collections::HashMap;
use std::ops::Range;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use wasmparser::{ImportSectionReader, KnownCustom, Name, NameSectionReader, Parser, Payload, TypeRef};

use crate::{files, format};

/// Prints the sections and the `count` largest functions of a module.
pub(crate) fn print(module: &Path, count: usize) -> Result<()> {
    let wasm = files::read(module).context("the copy with names is missing: run `cargo xtask build`")?;
    let module = Module::read(&wasm)?;
    ensure!(
        !module.names.is_empty(),
        "the WASM has no names: the profile `widget` must strip debug info only"
    );
    println!("\nSections of the WASM, and its largest functions, in bytes:");
    for (name, size) in module.sections.iter().chain(&module.largest(count)) {
        println!("{:>9}  {name}", format::bytes(*size));
    }
    Ok(())
}

/// The sizes in one module.
#[derive(Default)]
struct Module<'wasm> {
    sections: Vec<(String, u64)>,
    /// The size of each function body, in the order of the code section.
    bodies: Vec<u64>,
    /// Imported functions are numbered before those with a body.
    imported: u32,
    names: HashMap<u32, &'wasm str>,
}

impl<'wasm> Module<'wasm> {
    fn read(wasm: &'wasm [u8]) -> Result<Self> {
        let mut module = Self::default();
        for payload in Parser::new(0).parse_all(wasm) {
            module.add(&payload?)?;
        }
        Ok(module)
    }

    fn add(&mut self, payload: &Payload<'wasm>) -> Result<()> {
        match payload {
            Payload::ImportSection(imports) => self.imported = count_functions(imports.clone())?,
            Payload::CodeSectionStart { size, .. } => self.sections.push(("code".into(), u64::from(*size))),
            Payload::DataSection(data) => self.sections.push(("data".into(), length(&data.range()))),
            Payload::CodeSectionEntry(body) => self.bodies.push(length(&body.range())),
            Payload::CustomSection(custom) => {
                if let KnownCustom::Name(names) = custom.as_known() {
                    self.names = function_names(names)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// The largest functions by name; one without a name is given its number.
    fn largest(&self, count: usize) -> Vec<(String, u64)> {
        let mut functions: Vec<(String, u64)> = (self.imported..)
            .zip(&self.bodies)
            .map(|(index, &size)| {
                (
                    self.names
                        .get(&index)
                        .map_or_else(|| format!("function {index}"), |name| (*name).to_owned()),
                    size,
                )
            })
            .collect();
        functions.sort_by_key(|(_, size)| std::cmp::Reverse(*size));
        functions.truncate(count);
        functions
    }
}

fn length(range: &Range<u64>) -> u64 {
    range.end - range.start
}

/// How many of the imports are functions.
pub(crate) fn count_functions(imports: ImportSectionReader<'_>) -> Result<u32> {
    let mut count = 0;
    for import in imports.into_imports() {
        count += u32::from(matches!(import?.ty, TypeRef::Func(_)));
    }
    Ok(count)
}

/// The names of functions by their number.
pub(crate) fn function_names(names: NameSectionReader<'_>) -> Result<HashMap<u32, &str>> {
    let mut found = HashMap::new();
    for part in names {
        if let Name::Function(functions) = part? {
            for naming in functions {
                let naming = naming?;
                found.insert(naming.index, naming.name);
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::Module;

    /// One imported function, then two of its own: `small`, and one without a name that is larger.
    const WASM: &[u8] = b"\0asm\x01\0\0\0\
        \x01\x04\x01\x60\0\0\
        \x02\x07\x01\x01m\x01f\0\0\
        \x03\x03\x02\0\0\
        \x0a\x09\x02\x02\0\x0b\x04\0\x01\x01\x0b\
        \0\x0f\x04name\x01\x08\x01\x01\x05small";

    #[test]
    fn functions_are_listed_by_size_with_the_names_they_have() {
        let module = Module::read(WASM).unwrap();
        assert_eq!(module.sections, [("code".to_owned(), 8)]);
        assert_eq!(module.largest(9), [("function 2".to_owned(), 4), ("small".to_owned(), 2)]);
        assert_eq!(module.largest(1).len(), 1);
    }
}
