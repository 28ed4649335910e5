//! Words (ECMA-262 §12.7).
//!
//! An ASCII word is read eight bytes at a time, and hashed on the way. Those with
//! characters beyond ASCII or with escapes are rare enough to be read a character
//! at a time.

use unicode_id_start::{is_id_continue, is_id_start};

use crate::diagnostic::{Diagnostic, Fault};
use crate::name::Key;
use crate::source::{Span, as_u32};

use super::chunk::Chunk;
use super::escape;

/// A word of ASCII letters, digits, `$` and `_`, or the part of a word that is.
#[derive(Clone, Copy)]
pub(crate) struct AsciiWord {
    /// By what it is found among the names.
    pub(crate) key: Key,
    /// Where it ends.
    pub(crate) end: usize,
    /// The byte that ended it; zero at the end of the text.
    stop: u8,
}

impl AsciiWord {
    /// Whether the word may go on, with an escape or a character beyond ASCII.
    #[inline]
    pub(crate) fn may_go_on(self) -> bool {
        is_unusual(self.stop)
    }
}

/// The ASCII word that begins at `start`, if it is shorter than a chunk.
#[inline]
pub(crate) fn short(text: &[u8], start: usize) -> Option<AsciiWord> {
    let chunk = Chunk::at(text, start);
    let outside = chunk.outside_words();
    let len = outside.first();
    let key = Key::new(chunk.before(outside));
    (!outside.is_empty()).then(|| AsciiWord { key, end: start + len, stop: chunk.byte(len) })
}

/// The ASCII word that begins at `start`.
pub(crate) fn ascii(text: &[u8], start: usize) -> AsciiWord {
    if let Some(word) = short(text, start) {
        return word;
    }
    let mut end = start + 8;
    let mut key = Key::new(Chunk::at(text, start));
    loop {
        let chunk = Chunk::at(text, end);
        let outside = chunk.outside_words();
        let len = outside.first();
        end += len;
        if !outside.is_empty() {
            let key = key.with(chunk.before(outside));
            return AsciiWord { key, end, stop: chunk.byte(len) };
        }
        key = key.with(chunk);
    }
}

/// Whether `IdentifierStartChar` matches.
pub(crate) fn is_start(code_point: u32) -> bool {
    char::from_u32(code_point).is_some_and(|c| c == '$' || c == '_' || is_id_start(c))
}

/// Whether `IdentifierPartChar` matches: `$`, ZWNJ and ZWJ beside `ID_Continue`.
pub(crate) fn is_part(code_point: u32) -> bool {
    char::from_u32(code_point)
        .is_some_and(|c| c == '$' || c == '\u{200C}' || c == '\u{200D}' || is_id_continue(c))
}

/// Whether a word may go on with this byte, though not as an ASCII word.
#[inline]
fn is_unusual(byte: u8) -> bool {
    matches!(byte, b'\\' | 0x80..)
}

/// Whether a word may go on at `at`, though not as an ASCII word.
pub(crate) fn goes_on(text: &[u8], at: usize) -> bool {
    text.get(at).is_some_and(|byte| is_unusual(*byte))
}

/// Whether a word begins at `at`; a backslash counts as the start of one.
pub(crate) fn starts_at(text: &[u8], at: usize) -> bool {
    match text.get(at) {
        Some(b'a'..=b'z' | b'A'..=b'Z' | b'$' | b'_' | b'\\') => true,
        Some(0x80..) => is_start(crate::wtf8::decode(text, at).0),
        _ => false,
    }
}

/// The end of the word that has begun at `start` and reaches to `at` so far.
/// `escaped` is set if an escape is found.
pub(crate) fn scan(
    text: &[u8],
    start: usize,
    mut at: usize,
    escaped: &mut bool,
) -> Result<usize, Fault> {
    loop {
        let (code_point, len, is_escape) = match text.get(at) {
            Some(b'\\') => {
                let (code_point, len) = escape(text, start, at)?;
                (code_point, len, true)
            }
            Some(_) => {
                let (code_point, len) = crate::wtf8::decode(text, at);
                (code_point, len, false)
            }
            None => return Ok(at),
        };
        let fits = if at == start { is_start(code_point) } else { is_part(code_point) };
        if !fits {
            return if is_escape { Err(no_word(start, at + len)) } else { Ok(at) };
        }
        *escaped |= is_escape;
        at += len;
    }
}

/// The code point and the length of the escape at `at` of the word that begins at
/// `start`.
fn escape(text: &[u8], start: usize, at: usize) -> Result<(u32, usize), Fault> {
    if text.get(at + 1) == Some(&b'u') {
        escape::unicode(text, at).map_err(|invalid| invalid.fault(0))
    } else {
        Err(no_word(start, (at + 1).min(text.len())))
    }
}

/// §12.7.1.1: an escape stands for what could stand in its place unescaped.
fn no_word(start: usize, end: usize) -> Fault {
    Diagnostic::syntax(Span::new(as_u32(start), as_u32(end)), "Invalid or unexpected token")
}

/// The word with its escapes resolved. The lexer has seen that they are valid.
pub(crate) fn unescape(word: &[u8]) -> String {
    let mut name = String::with_capacity(word.len());
    let mut at = 0;
    while at < word.len() {
        let (code_point, len) = match word[at] {
            b'\\' => escape::unicode(word, at).unwrap_or((0xFFFD, 1)),
            _ => crate::wtf8::decode(word, at),
        };
        name.push(char::from_u32(code_point).unwrap_or(char::REPLACEMENT_CHARACTER));
        at += len;
    }
    name
}
