//! What stands anywhere in a file, found while it is read once: whether a picture moves, a video has sound, captions
//! have a line. No decoder: containers name their parts in bytes that do not come about by chance.

/// What a file may have in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// The chunk of a PNG that says how many pictures it has (APNG): its length of eight, then its name.
    Animation,
    /// A track of sound: in MP4 the handler of one, in WebM the codec of one.
    Sound,
    /// The times of a caption (WebVTT).
    Cue,
}

/// A sign with one of the rows of bytes that show it. `None` stands for any byte.
type Pattern = (Sign, &'static [Option<u8>]);

const PATTERNS: [Pattern; 5] = [
    (Sign::Animation, &bytes(*b"\0\0\0\x08acTL")),
    // A version and flags of four bytes, and four of zeros, stand between the name of the box and the handler.
    (Sign::Sound, &HANDLER),
    (Sign::Sound, &bytes(*b"\x86\x86A_OPUS")),
    (Sign::Sound, &bytes(*b"\x86\x88A_VORBIS")),
    (Sign::Cue, &bytes(*b"-->")),
];

const HANDLER: [Option<u8>; 16] = {
    let mut pattern = bytes(*b"hdlr....\0\0\0\0soun");
    let mut at = 4;
    while at < 8 {
        pattern[at] = None;
        at += 1;
    }
    pattern
};

const fn bytes<const N: usize>(bytes: [u8; N]) -> [Option<u8>; N] {
    let mut pattern = [None; N];
    let mut at = 0;
    while at < N {
        pattern[at] = Some(bytes[at]);
        at += 1;
    }
    pattern
}

/// As long as the longest pattern: what is kept of the bytes before, in case one lies across.
const KEPT: usize = 16;

/// What was found so far.
#[derive(Debug, Default)]
pub(super) struct Sought {
    found: Vec<Sign>,
    before: Vec<u8>,
}

impl Sought {
    /// Looks at the next bytes of a file.
    pub(super) fn look_at(&mut self, bytes: &[u8]) {
        self.before.extend_from_slice(bytes);
        for (sign, pattern) in PATTERNS {
            if !self.found.contains(&sign) && contains(&self.before, pattern) {
                self.found.push(sign);
            }
        }
        let known = self.before.len().saturating_sub(KEPT - 1);
        self.before.drain(..known);
    }

    pub(super) fn has(&self, sign: Sign) -> bool {
        self.found.contains(&sign)
    }
}

fn contains(bytes: &[u8], pattern: &[Option<u8>]) -> bool {
    let fits =
        |window: &[u8]| window.iter().zip(pattern).all(|(byte, wanted)| wanted.is_none_or(|it| it == *byte));
    bytes.windows(pattern.len()).any(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(bytes: &[u8], at_once: usize) -> Vec<Sign> {
        let mut sought = Sought::default();
        bytes.chunks(at_once).for_each(|part| sought.look_at(part));
        sought.found
    }

    #[test]
    fn a_sign_is_found_wherever_the_file_is_cut() {
        let mp4 = b"....moovtrakhdlr\0\0\0\x01\0\0\0\0soun....";
        for at_once in 1..40 {
            assert_eq!(found(mp4, at_once), [Sign::Sound], "{at_once}");
            assert_eq!(found(b"IHDR....\0\0\0\x08acTL\0\0\0\x02", at_once), [Sign::Animation], "{at_once}");
            assert_eq!(found(b"WEBVTT\n\n00:01.000 --> 00:02.000\n", at_once), [Sign::Cue], "{at_once}");
        }
    }

    #[test]
    fn what_is_nearly_a_sign_is_none() {
        for silent in [
            b"hdlr\0\0\0\0\0\0\0\0vide".as_slice(),
            b"hdlr soun",
            b"\x86\x88V_VP9...",
            b"A_OPUS in a comment",
            b"acTL",
            b"WEBVTT\n-- >",
            b"",
        ] {
            assert_eq!(found(silent, 7), [], "{silent:?}");
        }
    }
}
