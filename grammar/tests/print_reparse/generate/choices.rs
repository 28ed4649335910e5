//! Choices read from bytes.

/// A stream of choices, the first alternative always once it has run dry.
pub struct Choices<'c> {
    bytes: std::slice::Iter<'c, u8>,
}

impl<'c> Choices<'c> {
    pub fn new(bytes: &'c [u8]) -> Self {
        Self { bytes: bytes.iter() }
    }

    /// A number below `limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        self.bytes.next().map_or(0, |&byte| usize::from(byte) % limit)
    }

    /// Yes or no.
    pub fn flip(&mut self) -> bool {
        self.below(2) == 1
    }

    /// Yes, once in `times`.
    pub fn rarely(&mut self, times: usize) -> bool {
        self.below(times) + 1 == times
    }
}
