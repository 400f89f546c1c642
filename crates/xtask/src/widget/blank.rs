//! Blanks the places of panics: file, line and column of each line of source that can panic, which `silence` has left
//! without a reader.
//!
//! A place is four words in memory (`core::panic::Location`): the address and the length of a file's name, a line and a
//! column. Names and places become zeros, which cost nothing when the module is compressed.

use std::ops::Range;

use anyhow::{Context, Result, ensure};
use wasmparser::{DataKind, Operator, Parser, Payload};

/// Bytes of a place.
const PLACE: usize = 16;

/// A piece of memory: its address, and where its content stands in the file.
struct Segment {
    address: usize,
    file: Range<usize>,
}

/// The module without the places of its panics.
pub(super) fn places(wasm: &[u8]) -> Result<Vec<u8>> {
    let segments = segments(wasm)?;
    let mut blank = wasm.to_vec();
    let mut found = 0;
    for segment in &segments {
        let first = segment.address.next_multiple_of(4) - segment.address;
        for at in (first..segment.file.len().saturating_sub(PLACE - 1)).step_by(4) {
            let place = segment.file.start + at..segment.file.start + at + PLACE;
            if let Some(name) = name(wasm, &segments, &wasm[place.clone()]) {
                blank[place].fill(0);
                blank[name].fill(0);
                found += 1;
            }
        }
    }
    ensure!(found > 0, "the module has no places of panics: are they kept otherwise now?");
    Ok(blank)
}

fn segments(wasm: &[u8]) -> Result<Vec<Segment>> {
    let mut segments = Vec::new();
    for payload in Parser::new(0).parse_all(wasm) {
        let Payload::DataSection(data) = payload? else { continue };
        for data in data {
            let data = data?;
            let DataKind::Active { offset_expr, .. } = data.kind else { continue };
            let Operator::I32Const { value } = offset_expr.get_operators_reader().read()? else { continue };
            let end = usize::try_from(data.range.end)?;
            let start =
                end.checked_sub(data.data.len()).context("a piece of memory ends before it begins")?;
            segments.push(Segment { address: usize::try_from(value)?, file: start..end });
        }
    }
    Ok(segments)
}

/// Where the name of the file stands that four words are a place in; `None` when they are something else.
fn name(wasm: &[u8], segments: &[Segment], words: &[u8]) -> Option<Range<usize>> {
    let word = |index: usize| {
        let bytes = words.get(index * 4..index * 4 + 4)?.try_into().ok()?;
        usize::try_from(u32::from_le_bytes(bytes)).ok()
    };
    let (address, length, line, column) = (word(0)?, word(1)?, word(2)?, word(3)?);
    if !(8..=200).contains(&length) || !(1..200_000).contains(&line) || !(1..2_000).contains(&column) {
        return None;
    }
    let around = |segment: &&Segment| {
        segment.address <= address && address + length <= segment.address + segment.file.len()
    };
    let segment = segments.iter().find(around)?;
    let start = segment.file.start + address - segment.address;
    let text = wasm.get(start..start + length)?;
    let is_path = |byte: &u8| byte.is_ascii_alphanumeric() || b"_./-\\".contains(byte);
    (text.ends_with(b".rs") && text.iter().all(is_path)).then_some(start..start + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A module whose memory holds `data` from address 1,024 on.
    fn module(data: &[u8]) -> Vec<u8> {
        let mut wasm = b"\0asm\x01\0\0\0\x05\x03\x01\0\x01\x0b".to_vec();
        // One active segment: `i32.const 1024`, in seven bits a byte.
        let content = [b"\x01\0\x41\x80\x08\x0b".as_slice(), &[data.len() as u8], data].concat();
        wasm.push(content.len() as u8);
        wasm.extend(content);
        wasm
    }

    fn place(address: u32, length: u32, line: u32) -> Vec<u8> {
        [address, length, line, 5].iter().flat_map(|word| word.to_le_bytes()).collect()
    }

    #[test]
    fn a_place_and_its_name_become_zeros_and_all_else_stays() {
        let data = [place(1040, 12, 7), b"src/route.rskept".to_vec()].concat();
        let expected = [vec![0; 28], b"kept".to_vec()].concat();
        assert_eq!(places(&module(&data)).unwrap(), module(&expected));
    }

    #[test]
    fn numbers_that_are_no_place_stay_and_a_module_without_any_fails_the_build() {
        let other = [place(1040, 12, 0), b"src/route.rskept".to_vec()].concat();
        assert!(places(&module(&other)).is_err());
        let outside = place(2000, 12, 7);
        assert!(places(&module(&outside)).is_err());
        let no_name = [place(1040, 12, 7), b"not a file..kept".to_vec()].concat();
        assert!(places(&module(&no_name)).is_err());
    }
}
