//! What texts are made of (ECMA-404): white space, words, numbers and strings.

use std::ops::Range;

use super::{Fault, Parsed};
use crate::builtins::string::Text;
use crate::heap::Gc;
use crate::object::Memory;
use crate::string::{JsString, Units};
use crate::value::Value;

/// A code unit in one of its widths: the parser is compiled for each.
pub(super) trait Unit: Copy {
    /// The unit itself.
    fn wide(self) -> u16;

    /// The unit if it is below 256, else 255: nothing but ASCII means anything outside of
    /// strings.
    fn byte(self) -> u8;

    /// Where the first unit is, from an index on, that is not simply part of a string: a
    /// quote, a backslash or a control character. The length if there is none.
    fn special(units: &[Self], from: usize) -> usize;

    /// How many of the seven units from an index on are digits before something else comes,
    /// and the number that they spell; none if that cannot be told in one step.
    fn digits(units: &[Self], from: usize) -> Option<(usize, u32)>;

    /// Units as strings have them.
    fn units(units: &[Self]) -> Units<'_>;
}

/// Whether a unit of a string means something of its own.
fn is_special(unit: u16) -> bool {
    unit < 0x20 || unit == 0x22 || unit == 0x5C
}

impl Unit for u8 {
    #[inline(always)]
    fn wide(self) -> u16 {
        self.into()
    }

    #[inline(always)]
    fn byte(self) -> u8 {
        self
    }

    #[inline(always)]
    fn special(units: &[Self], from: usize) -> usize {
        special_latin1(units, from)
    }

    #[inline(always)]
    fn digits(units: &[Self], from: usize) -> Option<(usize, u32)> {
        const ONES: u64 = 0x0101_0101_0101_0101;
        let chunk = units.get(from..)?.first_chunk()?;
        let word = u64::from_le_bytes(*chunk) ^ (ONES * 0x30);
        // The high bit of each byte that is no digit; those above the first may be wrong.
        let others = (word.wrapping_add(ONES * 0x76) | word) & (ONES << 7);
        let count = others.trailing_zeros() / 8;
        if count == 0 || count == 8 {
            return None;
        }
        // Zeros before the digits, then pairs of digits, of those, and of those.
        let word = word << (64 - 8 * count);
        let word = (word * 10 + (word >> 8)) & 0x00FF_00FF_00FF_00FF;
        let word = (word * 100 + (word >> 16)) & 0x0000_FFFF_0000_FFFF;
        let word = word.wrapping_mul(10000).wrapping_add(word >> 32);
        Some((count as usize, word as u32))
    }

    #[inline(always)]
    fn units(units: &[Self]) -> Units<'_> {
        Units::Latin1(units)
    }
}

/// Where the first unit is, from an index on, that is special; the length if there is none.
#[inline(always)]
pub(in super::super) fn special_latin1(units: &[u8], from: usize) -> usize {
    let mut at = from;
    // Eight units at a time.
    while let Some(chunk) = units.get(at..).and_then(<[u8]>::first_chunk) {
        let found = special_bytes(u64::from_le_bytes(*chunk));
        if found != 0 {
            return at + (found.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    while at < units.len() && !is_special(units[at].into()) {
        at += 1;
    }
    at
}

/// A word whose lowest set bit is in the first byte that is special; those above it may be
/// set by mistake.
#[inline(always)]
fn special_bytes(word: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let is_zero = |word: u64| word.wrapping_sub(ONES) & !word;
    let is_control = word.wrapping_sub(ONES * 0x20) & !word;
    let (quotes, backslashes) = (word ^ (ONES * 0x22), word ^ (ONES * 0x5C));
    (is_control | is_zero(quotes) | is_zero(backslashes)) & HIGH
}

impl Unit for u16 {
    #[inline(always)]
    fn wide(self) -> u16 {
        self
    }

    #[inline(always)]
    fn byte(self) -> u8 {
        u8::try_from(self).unwrap_or(0xFF)
    }

    fn special(units: &[Self], from: usize) -> usize {
        let rest = &units[from..];
        let (chunks, _) = rest.as_chunks::<8>();
        // Without an early end the compiler looks at a chunk in one step.
        let plain =
            |chunk: &&[u16; 8]| !chunk.iter().fold(false, |found, unit| found | is_special(*unit));
        let skipped = chunks.iter().take_while(plain).count() * 8;
        let found = rest[skipped..].iter().position(|unit| is_special(*unit));
        found.map_or(units.len(), |at| from + skipped + at)
    }

    #[inline(always)]
    fn digits(_: &[Self], _: usize) -> Option<(usize, u32)> {
        None
    }

    #[inline(always)]
    fn units(units: &[Self]) -> Units<'_> {
        Units::Utf16(units)
    }
}

/// The powers of ten that doubles have exactly.
const POWERS_OF_TEN: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
];

/// The content of a string.
pub(super) enum Content {
    /// The units of the text between the quotes.
    Plain(Range<usize>),
    /// There were escapes: what they stand for is in the scanner's buffer.
    Unescaped,
}

/// A text, and how far it has been read.
pub(super) struct Scanner<'u, U> {
    pub(super) units: &'u [U],
    pub(super) at: usize,
    /// The last string with escapes.
    unescaped: Text,
}

impl<'u, U: Unit> Scanner<'u, U> {
    pub(super) fn new(units: &'u [U]) -> Self {
        Self { units, at: 0, unescaped: Text::default() }
    }

    /// The next unit; 0, which never stands outside of strings, at the end.
    #[inline(always)]
    pub(super) fn peek(&self) -> u8 {
        self.units.get(self.at).map_or(0, |unit| unit.byte())
    }

    /// The next unit that is no white space.
    #[inline(always)]
    pub(super) fn peek_token(&mut self) -> u8 {
        let next = self.peek();
        if next > b' ' {
            return next;
        }
        self.skip_white_space()
    }

    fn skip_white_space(&mut self) -> u8 {
        while let b' ' | b'\n' | b'\r' | b'\t' = self.peek() {
            self.at += 1;
        }
        self.peek()
    }

    /// Reads a word.
    pub(super) fn word(&mut self, word: &str) -> Parsed<()> {
        for byte in word.bytes() {
            if self.peek() != byte {
                return Err(Fault::Unexpected);
            }
            self.at += 1;
        }
        Ok(())
    }

    /// Reads digits, which are added to a number: it is right for up to nineteen digits.
    #[inline(always)]
    fn digits(&mut self, number: &mut u64) -> usize {
        let start = self.at;
        while let digit @ b'0'..=b'9' = self.peek() {
            *number = number.wrapping_mul(10).wrapping_add(u64::from(digit - b'0'));
            self.at += 1;
        }
        self.at - start
    }

    /// Reads a number.
    #[inline(always)]
    pub(super) fn number(&mut self) -> Parsed<Value> {
        let start = self.at;
        let is_negative = self.peek() == b'-';
        self.at += usize::from(is_negative);
        if let Some((count, digits)) = U::digits(self.units, self.at)
            && self.peek() != b'0'
        {
            self.at += count;
            let next = self.peek();
            if next != b'.' && next | 0x20 != b'e' {
                let int = digits as i32;
                return Ok(Value::int(if is_negative { -int } else { int }));
            }
            self.at -= count;
        }
        self.long_number(start, is_negative)
    }

    #[inline(never)]
    fn long_number(&mut self, start: usize, is_negative: bool) -> Parsed<Value> {
        let mut digits = 0;
        let mut count;
        if self.peek() == b'0' {
            self.at += 1;
            count = 1;
            if let b'0'..=b'9' = self.peek() {
                return Err(Fault::Unexpected);
            }
        } else {
            count = self.digits(&mut digits);
            if count == 0 {
                return Err(Fault::Known("No number after minus sign"));
            }
        }
        let next = self.peek();
        if count <= 9 && next != b'.' && next | 0x20 != b'e' && digits != 0 {
            let int = digits as i32;
            return Ok(Value::int(if is_negative { -int } else { int }));
        }
        let mut fraction = 0;
        if next == b'.' {
            self.at += 1;
            fraction = self.digits(&mut digits);
            count += fraction;
            if fraction == 0 {
                return Err(Fault::Known("Unterminated fractional number"));
            }
        }
        if self.peek() | 0x20 == b'e' {
            self.at += 1;
            if let b'+' | b'-' = self.peek() {
                self.at += 1;
            }
            if self.digits(&mut 0) == 0 {
                return Err(Fault::Known("Exponent part is missing a number"));
            }
        } else if count <= 19 && digits <= 1 << 53 && fraction < POWERS_OF_TEN.len() {
            // Both are exact, so there is one rounding (Clinger, 1990).
            let magnitude = digits as f64 / POWERS_OF_TEN[fraction];
            return Ok(Value::number(if is_negative { -magnitude } else { magnitude }));
        }
        let number = match U::units(&self.units[start..self.at]) {
            Units::Latin1(bytes) => fast_float2::parse(bytes),
            wide @ Units::Utf16(_) => fast_float2::parse(wide.to_rust()),
        };
        Ok(Value::number(number.unwrap_or(f64::NAN)))
    }

    /// Reads a string, whose first quote is the next unit.
    #[inline(always)]
    pub(super) fn string(&mut self) -> Parsed<Content> {
        let start = self.at + 1;
        self.at = U::special(self.units, start);
        if self.peek() == b'"' {
            self.at += 1;
            return Ok(Content::Plain(start..self.at - 1));
        }
        self.escaped(start)
    }

    /// The rest of a string, up to whose first special unit there is no quote.
    fn escaped(&mut self, start: usize) -> Parsed<Content> {
        self.unescaped.clear();
        let mut start = start;
        loop {
            self.unescaped.push(U::units(&self.units[start..self.at]));
            if self.at == self.units.len() {
                return Err(Fault::Known("Unterminated string"));
            }
            match self.peek() {
                b'"' => {
                    self.at += 1;
                    return Ok(Content::Unescaped);
                }
                b'\\' => {
                    self.at += 1;
                    self.escape()?;
                }
                _ => return Err(Fault::Known("Bad control character in string literal")),
            }
            start = self.at;
            self.at = U::special(self.units, start);
        }
    }

    /// Reads what stands behind a backslash.
    fn escape(&mut self) -> Parsed<()> {
        let unit = match self.peek() {
            escape @ (b'"' | b'\\' | b'/') => escape,
            b'b' => 8,
            b'f' => 12,
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'u' => {
                let unit = self.unicode_escape()?;
                self.unescaped.push_unit(unit);
                return Ok(());
            }
            _ if self.at == self.units.len() => return Err(Fault::Unexpected),
            _ => return Err(Fault::Known("Bad escaped character")),
        };
        self.unescaped.push_unit(unit.into());
        self.at += 1;
        Ok(())
    }

    fn unicode_escape(&mut self) -> Parsed<u16> {
        self.at += 1;
        let mut unit = 0;
        for _ in 0..4 {
            let Some(digit) = char::from(self.peek()).to_digit(16) else {
                return Err(Fault::Known("Bad Unicode escape"));
            };
            unit = unit << 4 | digit as u16;
            self.at += 1;
        }
        Ok(unit)
    }

    /// The units of a string.
    pub(super) fn content(&self, content: &Content) -> Units<'_> {
        match content {
            Content::Plain(range) => U::units(&self.units[range.clone()]),
            Content::Unescaped => self.unescaped.units(),
        }
    }

    /// A string as a value. It is a copy: it shall not keep the whole text alive.
    #[inline(always)]
    pub(super) fn make_string(&self, memory: &Memory, content: &Content) -> Gc<JsString> {
        match self.content(content) {
            Units::Latin1(units) => memory.latin1(units),
            Units::Utf16(units) => Gc::<JsString>::from_utf16(memory, units),
        }
    }
}
