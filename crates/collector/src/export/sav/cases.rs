//! Cases in the bytecode of SPSS: for eight values of eight bytes at a time eight codes, then those of the values that no
//! code stands for.

/// What a code is more than the whole number that it stands for.
pub(super) const BIAS: f64 = 100.0;

const LITERAL: u8 = 253;
const SPACES: u8 = 254;
const NOTHING: u8 = 255;

/// Values on their way.
#[derive(Debug, Default)]
pub(super) struct Bytecode {
    codes: [u8; 8],
    count: usize,
    literals: Vec<u8>,
    /// What is complete.
    pub(super) written: Vec<u8>,
}

impl Bytecode {
    /// A number.
    pub(super) fn number(&mut self, number: f64) {
        let code = number + BIAS;
        // Codes from 1 to 251 are whole numbers.
        if (1.0..=251.0).contains(&code) && code.fract() == 0.0 {
            self.push(code as u8, &[]);
        } else {
            self.push(LITERAL, &number.to_le_bytes());
        }
    }

    /// A number that there is not.
    pub(super) fn nothing(&mut self) {
        self.push(NOTHING, &[]);
    }

    /// Words, with spaces behind them up to so many values.
    pub(super) fn text(&mut self, text: &[u8], values: usize) {
        let mut left = values;
        for piece in text.chunks(8) {
            let mut eight = [b' '; 8];
            eight[..piece.len()].copy_from_slice(piece);
            if eight == [b' '; 8] {
                self.push(SPACES, &[]);
            } else {
                self.push(LITERAL, &eight);
            }
            left = left.saturating_sub(1);
        }
        (0..left).for_each(|_| self.push(SPACES, &[]));
    }

    /// Ends the cases; what stands behind the last code means nothing.
    pub(super) fn end(&mut self) {
        if self.count > 0 {
            self.codes[self.count..].fill(0);
            self.end_group();
        }
    }

    fn push(&mut self, code: u8, literal: &[u8]) {
        self.codes[self.count] = code;
        self.literals.extend_from_slice(literal);
        self.count += 1;
        if self.count == 8 {
            self.end_group();
        }
    }

    fn end_group(&mut self) {
        self.written.extend_from_slice(&self.codes);
        self.written.append(&mut self.literals);
        self.count = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_whole_numbers_are_codes_and_the_rest_follows_its_eight_codes() {
        let mut cases = Bytecode::default();
        cases.number(1.0);
        cases.number(-8.0);
        cases.number(0.5);
        cases.nothing();
        cases.text(b"Kazakhstan", 3);
        cases.end();
        let mut expected = vec![101, 92, 253, 255, 253, 253, 254, 0];
        expected.extend(0.5_f64.to_le_bytes());
        expected.extend(b"Kazakhstan      ");
        assert_eq!(cases.written, expected);
    }
}
