//! Choices made from bytes: fewer bytes, simpler choices. When they run out every choice is the first.

/// Bytes to choose by.
pub(crate) struct Dice<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Dice<'a> {
    /// Chooses by these bytes.
    pub(crate) fn of(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    fn byte(&mut self) -> u8 {
        let byte = self.bytes.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        byte
    }

    /// A number below `count`; 0 when there is none.
    pub(crate) fn below(&mut self, count: usize) -> usize {
        let wide = if count > 200 { usize::from(self.byte()) << 8 } else { 0 };
        (wide + usize::from(self.byte())) % count.max(1)
    }

    /// True once in so many times.
    pub(crate) fn once_in(&mut self, times: usize) -> bool {
        self.below(times) + 1 == times
    }

    /// One of these.
    pub(crate) fn one<'b, T>(&mut self, of: &'b [T]) -> Option<&'b T> {
        of.get(self.below(of.len()))
    }
}
