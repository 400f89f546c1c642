//! Whatever somebody types as a receipt, as the code of an invitation, or sends as work: it is none, or it reads back as it is
//! written.

#![no_main]
#![allow(dead_code, reason = "the collector uses more of its files than this target")]

#[path = "../../../collector/src/guard/work/challenge.rs"]
mod challenge;
#[path = "../../../collector/src/clock.rs"]
mod clock;
#[path = "../../../collector/src/invitation/code.rs"]
mod code;
#[path = "../../../collector/src/digest.rs"]
mod digest;
#[path = "../../../collector/src/random.rs"]
mod random;
#[path = "../../../collector/src/receipt.rs"]
mod receipt;
#[path = "../../../collector/src/typed.rs"]
mod typed;

use challenge::{Worked, numbers};
use code::Code;
use receipt::Receipt;

/// More puzzles than the collector ever gives.
const MOST: usize = 81;

fn work(text: &str) {
    let Some(worked) = Worked::read(text) else { return };
    let written = format!("{}.{}.{}", worked.challenge.text(), worked.signature, worked.solution);
    let again = Worked::read(&written).map(|worked| worked.challenge);
    assert_eq!(again, Some(worked.challenge), "a challenge does not read back");
    if let Some(numbers) = numbers(worked.solution, MOST) {
        assert!(numbers.len() <= MOST);
        let _ = worked.challenge.is_solved_by(&numbers);
    }
}

libfuzzer_sys::fuzz_target!(
    init: qulaq_fuzz::write_seeds("codes"),
    |data: &[u8]| {
        let Ok(text) = std::str::from_utf8(data) else { return };
        if let Some(receipt) = Receipt::read(text) {
            assert_eq!(Receipt::read(&receipt.to_string()), Some(receipt), "a receipt does not read back");
        }
        if let Some(code) = Code::read(text) {
            assert_eq!(code.reveal().len(), 8);
            assert_eq!(Code::read(&code.printed()), Some(code), "a code does not read back");
        }
        work(text);
    }
);
