//! Reading a pattern: bytes where only ASCII matters, code points elsewhere.

/// What stands for a byte that is part of no WTF-8 character.
const REPLACEMENT_CHARACTER: u32 = 0xFFFD;

/// A position in a pattern.
///
/// Every character that means something to the grammar is ASCII, and no byte of
/// a longer WTF-8 character is. So most productions step over bytes; only class
/// ranges, group names and strings of a class ask for code points.
pub(super) struct Cursor<'p> {
    pattern: &'p [u8],
    at: usize,
}

impl<'p> Cursor<'p> {
    pub(super) fn new(pattern: &'p [u8]) -> Self {
        Self { pattern, at: 0 }
    }

    /// The whole pattern.
    pub(super) fn pattern(&self) -> &'p [u8] {
        self.pattern
    }

    /// The byte offset in the pattern.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// Goes back to an offset that [`at`](Self::at) gave.
    pub(super) fn rewind(&mut self, at: usize) {
        self.at = at;
    }

    /// The pattern's bytes from `start` up to here.
    pub(super) fn since(&self, start: usize) -> &'p [u8] {
        &self.pattern[start..self.at]
    }

    /// The bytes not read yet.
    pub(super) fn rest(&self) -> &'p [u8] {
        &self.pattern[self.at..]
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.pattern.get(self.at).copied()
    }

    /// The byte `distance` after the next one.
    pub(super) fn peek_at(&self, distance: usize) -> Option<u8> {
        self.pattern.get(self.at + distance).copied()
    }

    pub(super) fn bump(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    /// Steps over `byte` if it comes next.
    pub(super) fn eat(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    /// Steps over `text` if it comes next.
    pub(super) fn eat_str(&mut self, text: &str) -> bool {
        let found = self.rest().starts_with(text.as_bytes());
        if found {
            self.at += text.len();
        }
        found
    }

    /// Steps over the bytes that `belongs` holds for, and gives them.
    pub(super) fn eat_while(&mut self, belongs: impl Fn(u8) -> bool) -> &'p [u8] {
        let start = self.at;
        while self.peek().is_some_and(&belongs) {
            self.at += 1;
        }
        self.since(start)
    }

    /// Steps over one character and gives its code point.
    pub(super) fn bump_code_point(&mut self) -> Option<u32> {
        let rest = self.rest();
        let (code_point, len) = decode(rest)?;
        self.at += len;
        Some(code_point)
    }
}

/// The code point at the beginning of `bytes`, and its length.
fn decode(bytes: &[u8]) -> Option<(u32, usize)> {
    let &first = bytes.first()?;
    let (lead, len) = match first {
        0..=0x7F => return Some((u32::from(first), 1)),
        0xC2..=0xDF => (u32::from(first & 0x1F), 2),
        0xE0..=0xEF => (u32::from(first & 0x0F), 3),
        0xF0..=0xF4 => (u32::from(first & 0x07), 4),
        _ => return Some((REPLACEMENT_CHARACTER, 1)),
    };
    let mut code_point = lead;
    for at in 1..len {
        match bytes.get(at) {
            Some(&byte) if byte & 0xC0 == 0x80 => {
                code_point = code_point << 6 | u32::from(byte & 0x3F);
            }
            _ => return Some((REPLACEMENT_CHARACTER, 1)),
        }
    }
    Some((code_point, len))
}
