//! Eight bytes at a time.
//!
//! Words, strings and indentation are short, so a call of `memchr` costs more
//! than it saves, and a loop over bytes is left at a place no processor can
//! foretell. Here a chunk of eight bytes is one number, and a few operations on
//! it tell of all eight what they are ("SIMD within a register").

/// Eight bytes of a text, the first in the lowest place. Past the end of the text
/// stand zeros.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Chunk(pub(crate) u64);

/// Which bytes of a chunk fit some description: the highest bit of each that
/// does. Past the first of them a mask may be wrong.
#[derive(Clone, Copy)]
pub(crate) struct Mask(u64);

/// The same byte in all eight places.
const fn all(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

const HIGH: u64 = all(0x80);

impl Chunk {
    /// The bytes of `text` from `at` on.
    #[inline]
    pub(crate) fn at(text: &[u8], at: usize) -> Self {
        match text.get(at..at + 8).and_then(|bytes| bytes.first_chunk()) {
            Some(bytes) => Self(u64::from_le_bytes(*bytes)),
            None => Self::last(text, at),
        }
    }

    #[cold]
    #[inline(never)]
    fn last(text: &[u8], at: usize) -> Self {
        let mut bytes = [0; 8];
        for (byte, from) in bytes.iter_mut().zip(text.get(at..).unwrap_or_default()) {
            *byte = *from;
        }
        Self(u64::from_le_bytes(bytes))
    }

    /// The bytes that belong to no ASCII word: letters, digits, `$` and `_` do.
    #[inline]
    pub(crate) fn outside_words(self) -> Mask {
        let ascii = self.0 & !HIGH;
        // Adding carries into the highest bit where a byte is large enough; what
        // is too large has that bit in both sums.
        let between =
            |bytes: u64, from: u8, to: u8| (bytes + all(0x80 - from)) ^ (bytes + all(0x7F - to));
        // Zero alone keeps the highest bit.
        let equals = |byte: u8| HIGH - (ascii ^ all(byte));
        let letters = between(ascii | all(0x20), b'a', b'z');
        let digits = between(ascii, b'0', b'9');
        let inside = letters | digits | equals(b'$') | equals(b'_');
        Mask(!(inside & !self.0) & HIGH)
    }

    /// The bytes at which the scan of a string stops: its quote, a backslash, and
    /// control characters, of which line ends are.
    #[inline]
    pub(crate) fn string_stops(self, quote: u8) -> Mask {
        let equals = |byte: u8| {
            let difference = self.0 ^ all(byte);
            difference.wrapping_sub(all(1)) & !difference
        };
        let control = self.0.wrapping_sub(all(0x20)) & !self.0;
        Mask((equals(quote) | equals(b'\\') | control) & HIGH)
    }

    /// How many spaces it begins with.
    #[inline]
    pub(crate) fn leading_spaces(self) -> usize {
        (self.0 ^ all(b' ')).trailing_zeros() as usize / 8
    }

    /// The bytes before the first of `mask`; zeros stand in place of the others.
    #[inline]
    pub(crate) fn before(self, mask: Mask) -> Self {
        Self(self.0 & (mask.0 ^ mask.0.wrapping_sub(1)) >> 8)
    }

    /// One of its bytes.
    #[inline]
    pub(crate) fn byte(self, index: usize) -> u8 {
        (self.0 >> (8 * index)) as u8
    }
}

impl Mask {
    /// Whether no byte fits.
    #[inline]
    pub(crate) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Which byte is the first that fits; 8 if none does.
    #[inline]
    pub(crate) fn first(self) -> usize {
        self.0.trailing_zeros() as usize / 8
    }
}

#[cfg(test)]
mod tests {
    use super::Chunk;

    /// Each byte is told apart in each place, whatever its neighbours are.
    #[test]
    fn masks_agree_with_bytes() {
        for byte in 0..=u8::MAX {
            for place in 0..8 {
                for filler in [b'a', b'Z', b'0', b'$', b'_', 0x7F, 0x80, 0xFF] {
                    let mut bytes = [filler; 8];
                    bytes[place] = byte;
                    let chunk = Chunk::at(&bytes, 0);
                    let expect =
                        |stops: fn(u8) -> bool| bytes.iter().position(|b| stops(*b)).unwrap_or(8);
                    let words = |b: u8| !(b.is_ascii_alphanumeric() || b == b'$' || b == b'_');
                    assert_eq!(chunk.outside_words().first(), expect(words), "{bytes:?}");
                    let stops = |b: u8| b == b'"' || b == b'\\' || b < 0x20;
                    assert_eq!(chunk.string_stops(b'"').first(), expect(stops), "{bytes:?}");
                    assert_eq!(chunk.leading_spaces(), expect(|b| b != b' '), "{bytes:?}");
                }
            }
        }
    }
}
