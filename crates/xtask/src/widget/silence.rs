//! Takes the words out of panics: a function of the standard library that only says what went wrong becomes a trap, and
//! one that only writes a value for a programmer to read writes nothing.
//!
//! A panic in the browser writes its words into the standard error, which `wasm32-unknown-unknown` does not have, and then
//! traps. What is left out here is therefore nothing that anybody could read, and the trap stays where it was.

use std::collections::HashMap;
use std::ops::Range;

use anyhow::{Context, Result, ensure};
use wasmparser::{KnownCustom, Parser, Payload};

use crate::size::functions::{count_functions, function_names};

/// The number of the section with the functions' bodies.
const CODE: u8 = 10;

/// `unreachable`, in a body without local variables.
const TRAP: &[u8] = &[0, 0x00, 0x0b];

/// `i32.const 0`: `Ok(())` of `core::fmt`.
const NOTHING: &[u8] = &[0, 0x41, 0, 0x0b];

/// Functions of `core`, `alloc` and `std` that never return; those in `core::panicking` are all such.
const NEVER_RETURN: [&str; 14] = [
    "alloc::alloc::handle_alloc_error",
    "alloc::raw_vec::capacity_overflow",
    "alloc::raw_vec::handle_error",
    "core::cell::panic_already_borrowed",
    "core::cell::panic_already_mutably_borrowed",
    "core::option::expect_failed",
    "core::option::unwrap_failed",
    "core::panicking::",
    "core::result::unwrap_failed",
    "core::slice::copy_from_slice_impl::len_mismatch_fail",
    "core::slice::index::slice_index_fail",
    "core::str::slice_error_fail",
    "std::panicking::panic_handler",
    "std::thread::local::panic_access_error",
];

/// How the names of functions end that write a value as programmers read it.
const FOR_PROGRAMMERS: [&str; 2] = ["core::fmt::Debug>::fmt", "PadAdapter as core::fmt::Write>::write_str"];

/// The module without these words. It must still have its names, and lose them later.
pub(super) fn panics(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut silent = wasm.get(..8).context("a module begins with eight bytes")?.to_vec();
    let code = code(wasm)?;
    for payload in Parser::new(0).parse_all(wasm) {
        let Some((id, range)) = payload?.as_section() else { continue };
        silent.push(id);
        add(&mut silent, if id == CODE { &code } else { part(wasm, &range)? });
    }
    Ok(silent)
}

/// The section of the bodies, with other bodies where words would be made.
fn code(wasm: &[u8]) -> Result<Vec<u8>> {
    let (mut imported, mut bodies, mut names) = (0, Vec::new(), HashMap::new());
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::ImportSection(imports) => imported = count_functions(imports)?,
            Payload::CodeSectionEntry(body) => bodies.push(part(wasm, &body.range())?),
            Payload::CustomSection(custom) => {
                if let KnownCustom::Name(section) = custom.as_known() {
                    names = function_names(section)?;
                }
            }
            _ => {}
        }
    }
    let mut code = number(bodies.len());
    let mut changed = 0;
    for (index, body) in (imported..).zip(bodies) {
        let other = names.get(&index).and_then(|name| instead(name));
        changed += usize::from(other.is_some());
        add(&mut code, other.unwrap_or(body));
    }
    ensure!(
        changed > 0,
        "no function of the module has the name of one that panics: are they called otherwise now?"
    );
    Ok(code)
}

/// What a function does instead, if it is one that only makes words.
fn instead(name: &str) -> Option<&'static [u8]> {
    let name = without_hashes(name);
    if NEVER_RETURN.iter().any(|never| name.starts_with(never)) {
        return Some(TRAP);
    }
    let is_for_programmers = FOR_PROGRAMMERS.iter().any(|end| {
        let rest = name.split_once(end).map(|(_, rest)| rest);
        // A hash or a number may follow, but no closure, which takes and gives other things.
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with("::h") || rest.starts_with('.'))
    });
    is_for_programmers.then_some(NOTHING)
}

/// `core[c5930c85a12de822]::fmt` as `core::fmt`.
fn without_hashes(name: &str) -> String {
    let mut parts = name.split('[');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once(']') {
            Some((hash, rest)) if hash.len() > 8 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()) => {
                plain.push_str(rest);
            }
            _ => plain.extend(["[", part]),
        }
    }
    plain
}

fn part<'wasm>(wasm: &'wasm [u8], range: &Range<u64>) -> Result<&'wasm [u8]> {
    let range = usize::try_from(range.start)?..usize::try_from(range.end)?;
    wasm.get(range).context("the module ends too early")
}

/// Adds content after its length.
fn add(wasm: &mut Vec<u8>, content: &[u8]) {
    wasm.extend(number(content.len()));
    wasm.extend(content);
}

/// A number as WebAssembly writes it: seven bits a byte, the lowest first.
fn number(mut number: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        let low = (number & 0x7f) as u8;
        number >>= 7;
        if number == 0 {
            bytes.push(low);
            return bytes;
        }
        bytes.push(low | 0x80);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two functions: `core::panicking::panic_fmt`, which returns and so cannot be the real one, and `kept`.
    fn module(first: &str) -> Vec<u8> {
        let mut wasm =
            b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0\x03\x03\x02\0\0\x0a\x08\x02\x03\0\x01\x0b\x02\0\x0b"
                .to_vec();
        let naming = |index: u8, name: &str| [&[index, name.len() as u8], name.as_bytes()].concat();
        let list = [vec![2], naming(0, first), naming(1, "kept")].concat();
        let mut names = b"\x04name\x01".to_vec();
        add(&mut names, &list);
        wasm.push(0);
        add(&mut wasm, &names);
        wasm
    }

    #[test]
    fn a_panic_becomes_a_trap_and_all_else_stays() {
        let wasm = module("core[c5930c85a12de822]::panicking::panic_fmt");
        let silent = panics(&wasm).unwrap();
        let expected: Vec<u8> =
            wasm.iter().enumerate().map(|(at, byte)| if at == 24 { 0 } else { *byte }).collect();
        assert_eq!(silent, expected);
    }

    #[test]
    fn a_module_without_the_names_of_panics_fails_the_build() {
        assert!(panics(&module("mine")).is_err());
        assert!(panics(b"").is_err());
    }

    #[test]
    fn only_what_makes_words_for_nobody_is_recognised() {
        for trap in [
            "core[c5930c85a12de822]::str::slice_error_fail_rt",
            "core::panicking::assert_failed::h1c751f3229e4afd2",
            "std[a543996e6e7dbf1e]::panicking::panic_handler::{closure#0}",
        ] {
            assert_eq!(instead(trap), Some(TRAP), "{trap}");
        }
        for nothing in [
            "<&isize as core[c5930c85a12de822]::fmt::Debug>::fmt",
            "<alloc::vec::Vec<T> as core::fmt::Debug>::fmt::h68881427e1a19698",
            "<[T; 3] as core::fmt::Debug>::fmt.1882",
        ] {
            assert_eq!(instead(nothing), Some(NOTHING), "{nothing}");
        }
        for kept in [
            "std::panicking::panic_count::is_zero_slow_path",
            "<i64 as core[c5930c85a12de822]::fmt::Display>::fmt",
            "<T as core::fmt::Debug>::fmt::{{closure}}::h68881427e1a19698",
            "qulaq::core::panicking::mine",
        ] {
            assert_eq!(instead(kept), None, "{kept}");
        }
    }

    #[test]
    fn numbers_are_written_in_sevens_of_bits() {
        assert_eq!(number(0), [0]);
        assert_eq!(number(300), [0xac, 0x02]);
    }
}
