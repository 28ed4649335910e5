//! Source texts, and places in them.

use std::cell::{Cell, OnceCell};
use std::ops::Range;

use crate::wtf8;

/// A range of bytes of a source text.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset past the last byte.
    pub end: u32,
}

impl Span {
    /// The bytes from `start` up to `end`.
    #[inline]
    #[must_use]
    pub fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// The span as a range for slicing.
    #[inline]
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// From the beginning of this span to the end of `other`.
    #[inline]
    #[must_use]
    pub fn to(self, other: Span) -> Span {
        Span::new(self.start, other.end)
    }

    /// Whether `other` lies within this span.
    #[must_use]
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

impl std::fmt::Debug for Span {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

/// A place as people name it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in UTF-16 code units, from 0.
    pub column: u32,
}

/// A source text with its name.
///
/// The text is WTF-8: UTF-8 that may hold lone surrogates, because the argument
/// of `eval` may. Offsets into it are bytes and fit 32 bits.
#[derive(Debug)]
pub struct Source {
    name: String,
    text: Text,
    lines: OnceCell<Vec<u32>>,
}

impl Source {
    /// A source text; `name` is the file's name as diagnostics show it.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self::of(name.into(), Text::Utf8(text.into().into_boxed_str()))
    }

    /// A source text from UTF-16 code units, such as a JavaScript string.
    pub fn from_utf16(name: impl Into<String>, units: &[u16]) -> Self {
        let text = match String::from_utf8(wtf8::from_utf16(units)) {
            Ok(text) => Text::Utf8(text.into_boxed_str()),
            Err(error) => Text::Wtf8(error.into_bytes().into_boxed_slice()),
        };
        Self::of(name.into(), text)
    }

    fn of(name: String, text: Text) -> Self {
        Self { name, text, lines: OnceCell::new() }
    }

    /// The whole text, if it has no lone surrogates.
    pub(crate) fn utf8(&self) -> Option<&str> {
        match &self.text {
            Text::Utf8(text) => Some(text),
            Text::Wtf8(_) => None,
        }
    }

    /// The name given to it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text, WTF-8.
    #[must_use]
    pub fn text(&self) -> &[u8] {
        match &self.text {
            Text::Utf8(text) => text.as_bytes(),
            Text::Wtf8(text) => text,
        }
    }

    /// The text of `span`.
    #[must_use]
    pub fn slice(&self, span: Span) -> &[u8] {
        &self.text()[span.range()]
    }

    /// The code points of `span`, lone surrogates among them.
    pub fn code_points(&self, span: Span) -> impl Iterator<Item = u32> {
        crate::wtf8::code_points(self.slice(span))
    }

    /// The text of `span` for showing: lone surrogates become U+FFFD.
    #[must_use]
    pub fn display(&self, span: Span) -> std::borrow::Cow<'_, str> {
        String::from_utf8_lossy(self.slice(span))
    }

    /// Line and column of a byte offset. Offsets past the end count as the end.
    #[must_use]
    pub fn position(&self, offset: u32) -> Position {
        let offset = (offset as usize).min(self.text().len());
        let starts = self.line_starts();
        let line = starts.partition_point(|&start| start as usize <= offset) - 1;
        let column = wtf8::utf16_len(&self.text()[starts[line] as usize..offset]);
        Position { line: as_u32(line) + 1, column: as_u32(column) }
    }

    /// The byte offsets at which lines begin, in order; the first is 0. Lines end
    /// with a `LineTerminatorSequence` (ECMA-262 §12.3).
    pub fn line_starts(&self) -> &[u32] {
        self.lines.get_or_init(|| {
            let text = self.text();
            let mut starts = vec![0];
            // 0xE2 begins U+2028 and U+2029.
            for at in memchr::memchr3_iter(b'\n', b'\r', 0xE2, text) {
                let end = match text[at] {
                    b'\r' if text.get(at + 1) == Some(&b'\n') => continue,
                    b'\n' | b'\r' => at + 1,
                    _ if matches!(text[at..], [_, 0x80, 0xA8 | 0xA9, ..]) => at + 3,
                    _ => continue,
                };
                starts.push(as_u32(end));
            }
            starts
        })
    }
}

/// A text, and whether it is known to be UTF-8.
#[derive(Debug)]
enum Text {
    Utf8(Box<str>),
    Wtf8(Box<[u8]>),
}

/// Narrows an offset; [`crate::parse`] refuses texts in which it would not fit.
pub(crate) fn as_u32(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

/// Turns byte offsets into UTF-16 offsets, lines and columns, for the printers,
/// which ask for those of every node.
///
/// The text is cut into short stretches, for each of which the map knows at
/// which UTF-16 offset it begins and whether it is plain ASCII. Nearly all are,
/// and there an offset costs a subtraction; elsewhere it costs counting from
/// the stretch's beginning.
#[derive(Debug)]
pub struct Utf16Offsets<'s> {
    source: &'s Source,
    /// One for each stretch; none for an ASCII text, where both offsets are one.
    stretches: Vec<Stretch>,
    /// Index of the line last asked for: the next is mostly the same or near.
    line: Cell<usize>,
}

/// `STRIDE` bytes of text, or fewer at its end.
#[derive(Debug)]
struct Stretch {
    /// UTF-16 offset at its first byte.
    start: u32,
    is_ascii: bool,
}

impl<'s> Utf16Offsets<'s> {
    const STRIDE: usize = 64;

    /// The map for a source text.
    #[must_use]
    pub fn new(source: &'s Source) -> Self {
        let text = source.text();
        let mut stretches = Vec::new();
        if !text.is_ascii() {
            stretches.reserve_exact(text.len() / Self::STRIDE + 2);
            let mut start = 0;
            for stretch in text.chunks(Self::STRIDE) {
                stretches.push(Stretch { start: as_u32(start), is_ascii: stretch.is_ascii() });
                start += wtf8::utf16_len(stretch);
            }
            // The end of the text may be the beginning of an empty stretch.
            stretches.push(Stretch { start: as_u32(start), is_ascii: true });
        }
        Self { source, stretches, line: Cell::new(0) }
    }

    /// The UTF-16 offset of a byte offset.
    #[inline]
    #[must_use]
    pub fn get(&self, offset: u32) -> u32 {
        if self.stretches.is_empty() {
            return offset;
        }
        let at = offset as usize;
        let stretch = &self.stretches[at / Self::STRIDE];
        let from = at - at % Self::STRIDE;
        let units = if stretch.is_ascii {
            at - from
        } else {
            wtf8::utf16_len(&self.source.text()[from..at])
        };
        stretch.start + as_u32(units)
    }

    /// Line and column of a byte offset, as [`Source::position`] gives them, but
    /// without counting from the beginning of the line.
    #[must_use]
    pub fn position(&self, offset: u32) -> Position {
        let starts = self.source.line_starts();
        let holds = |line: usize| {
            starts.get(line).is_some_and(|&start| start <= offset)
                && starts.get(line + 1).is_none_or(|&next| offset < next)
        };
        let last = self.line.get();
        let line = if holds(last) {
            last
        } else if holds(last + 1) {
            last + 1
        } else {
            starts.partition_point(|&start| start <= offset) - 1
        };
        self.line.set(line);
        let column = self.get(offset) - self.get(starts[line]);
        Position { line: as_u32(line) + 1, column }
    }
}

#[cfg(test)]
mod tests {
    use super::{Source, Utf16Offsets};
    use crate::wtf8;

    #[test]
    fn offsets_and_positions_agree_with_counting() {
        let texts = [
            "a\nb".to_owned(),
            "é".repeat(100),
            format!("{}😀{}\u{2028}中\r\n{}", "a".repeat(63), "b".repeat(200), "é\n".repeat(40)),
            format!("{}😀", "a".repeat(62)),
            "a".repeat(64) + &"é".repeat(32),
        ];
        for text in texts {
            let source = Source::new("test", text.as_str());
            let map = Utf16Offsets::new(&source);
            let ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
            for at in ends {
                let offset = super::as_u32(at);
                assert_eq!(map.get(offset) as usize, wtf8::utf16_len(&text.as_bytes()[..at]));
                assert_eq!(map.position(offset), source.position(offset));
            }
            assert_eq!(map.position(0), source.position(0));
        }
    }
}
