//! What `public/work-solver.js` calls of the crate `qulaq-work`. It takes and gives numbers alone, so that no memory is shared.

/// The first number from `from` on, of at most so many, that solves a puzzle of the challenge with this id; -1 where there
/// is none.
// The attribute alone is unsafe: another function of this name would be taken for it, and there is none.
#[unsafe(no_mangle)]
pub extern "C" fn find(a: u32, b: u32, c: u32, d: u32, puzzle: u32, bits: u32, from: u32, many: u32) -> i32 {
    work::find([a, b, c, d], puzzle, bits, (from, many))
        .and_then(|number| i32::try_from(number).ok())
        .unwrap_or(-1)
}
