//! How a block is written: numbers in as few bytes as they need, texts with their lengths before them, all of it deflated.

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use std::io::{Read, Write};

/// The format that is written here. Whoever changes it, or what a cell of an old response is, counts it up: blocks of an
/// earlier format are made again.
const FORMAT: u8 = 1;

/// Bytes that a block may have when it is unpacked: far more than any has.
const MOST: u64 = 1 << 28;

/// Whether a block is of a format that only a later program knows.
pub(super) fn is_newer(dictionary: &[u8]) -> bool {
    dictionary.first().is_some_and(|format| *format > FORMAT)
}

/// Seven bits a byte, the lowest first.
pub(super) fn put(to: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        to.push(number.to_le_bytes()[0] | 0x80);
        number >>= 7;
    }
    to.push(number.to_le_bytes()[0]);
}

pub(super) fn take(from: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let byte = *from.split_off_first()?;
        number |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

/// Small numbers below zero are short too.
pub(super) fn put_signed(to: &mut Vec<u8>, number: i64) {
    put(to, number.wrapping_shl(1).cast_unsigned() ^ (number >> 63).cast_unsigned());
}

pub(super) fn take_signed(from: &mut &[u8]) -> Option<i64> {
    let folded = take(from)?;
    Some((folded >> 1).cast_signed() ^ -(folded & 1).cast_signed())
}

pub(super) fn put_text(to: &mut Vec<u8>, text: &str) {
    put(to, text.len() as u64);
    to.extend(text.as_bytes());
}

pub(super) fn take_text(from: &mut &[u8]) -> Option<String> {
    let length = usize::try_from(take(from)?).ok()?;
    String::from_utf8(from.split_off(..length)?.to_vec()).ok()
}

/// The format, then what is packed. Zeros may follow: a block that is made again stands where the old one stood.
pub(super) fn deflate(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(vec![FORMAT], Compression::default());
    encoder.write_all(bytes)?;
    encoder.finish()
}

pub(super) fn inflate(bytes: &[u8]) -> Option<Vec<u8>> {
    let packed = bytes.strip_prefix(&[FORMAT])?;
    let mut unpacked = Vec::new();
    ZlibDecoder::new(packed).take(MOST).read_to_end(&mut unpacked).ok()?;
    Some(unpacked)
}
