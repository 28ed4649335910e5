//! White space, line terminators and comments (ECMA-262 §12.2 – §12.4).

use crate::diagnostic::{Diagnostic, Fault};
use crate::source::{Span, as_u32};

use super::chunk::Chunk;

/// What was skipped before a token.
#[derive(Clone, Copy)]
pub(crate) struct Trivia {
    /// Offset of the first byte that is no trivia.
    pub(crate) end: usize,
    /// Whether a line terminator stands in it, also in a comment.
    pub(crate) newline: bool,
}

/// Where a lexeme begins that follows `at` at once, or after a single space, as
/// most do. `None` if there may be more between.
#[inline]
pub(crate) fn at_most_a_space(text: &[u8], at: usize) -> Option<usize> {
    let end = at + usize::from(*text.get(at)? == b' ');
    begins_lexeme(text, end).then_some(end)
}

/// Whether a lexeme begins at `at`: certainly so, by its first byte.
#[inline]
fn begins_lexeme(text: &[u8], at: usize) -> bool {
    text.get(at).is_some_and(|byte| !MAY_BE_TRIVIA[usize::from(*byte)])
}

/// The bytes that trivia may begin with.
static MAY_BE_TRIVIA: [bool; 256] = {
    let mut may = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        may[byte] = matches!(
            byte as u8,
            b' ' | b'\t' | 0x0B | 0x0C | b'\n' | b'\r' | b'/' | b'<' | b'-' | 0x80..
        );
        byte += 1;
    }
    may
};

/// Skips white space and comments from `start`. `html` allows HTML-like comments
/// (Annex B.1.1).
pub(crate) fn skip(text: &[u8], start: usize, html: bool) -> Result<Trivia, Fault> {
    // Most often a line ends here, and an indented one follows.
    if text.get(start) == Some(&b'\n') {
        let end = indentation_end(text, start + 1);
        if begins_lexeme(text, end) {
            return Ok(Trivia { end, newline: true });
        }
    }
    skip_comments(text, start, html)
}

#[inline(never)]
fn skip_comments(text: &[u8], start: usize, html: bool) -> Result<Trivia, Fault> {
    let mut at = start;
    let mut newline = false;
    loop {
        match text.get(at) {
            Some(b' ' | b'\t' | 0x0B | 0x0C) => at += 1,
            Some(b'\n' | b'\r') => {
                newline = true;
                at = indentation_end(text, at + 1);
            }
            Some(b'/') => match text.get(at + 1) {
                Some(b'/') => at = line_end(text, at + 2),
                Some(b'*') => {
                    let end = block_comment_end(text, at)?;
                    newline = newline || contains_newline(&text[at..end]);
                    at = end;
                }
                _ => break,
            },
            Some(b'<') if html && text[at..].starts_with(b"<!--") => at = line_end(text, at + 4),
            Some(b'-') if html && (newline || start == 0) && text[at..].starts_with(b"-->") => {
                at = line_end(text, at + 3);
            }
            Some(0x80..) => match unicode(text, at) {
                Some((len, terminator)) => {
                    newline = newline || terminator;
                    at += len;
                }
                None => break,
            },
            _ => break,
        }
    }
    Ok(Trivia { end: at, newline })
}

/// Where the tabs and the spaces end that may stand at `at`.
#[inline]
fn indentation_end(text: &[u8], mut at: usize) -> usize {
    while text.get(at) == Some(&b'\t') {
        at += 1;
    }
    loop {
        let spaces = Chunk::at(text, at).leading_spaces();
        at += spaces;
        if spaces < 8 {
            return at;
        }
    }
}

/// The length of the white space or line terminator at a byte that is not ASCII,
/// and whether it is the latter.
#[cold]
fn unicode(text: &[u8], at: usize) -> Option<(usize, bool)> {
    let (code_point, len) = crate::wtf8::decode(text, at);
    match code_point {
        0x2028 | 0x2029 => Some((len, true)),
        // ZWNBSP and the category Zs.
        0xFEFF | 0xA0 | 0x1680 | 0x2000..=0x200A | 0x202F | 0x205F | 0x3000 => Some((len, false)),
        _ => None,
    }
}

/// Where the line that contains `at` ends: the offset of its terminator.
#[inline(never)]
pub(crate) fn line_end(text: &[u8], at: usize) -> usize {
    let mut from = at;
    while let Some(found) = memchr::memchr3(b'\n', b'\r', 0xE2, &text[from..]) {
        let found = from + found;
        if text[found] != 0xE2 || is_line_separator(&text[found..]) {
            return found;
        }
        from = found + 1;
    }
    text.len()
}

/// Whether U+2028 or U+2029 stands here.
fn is_line_separator(text: &[u8]) -> bool {
    matches!(text, [0xE2, 0x80, 0xA8 | 0xA9, ..])
}

#[inline(never)]
fn block_comment_end(text: &[u8], at: usize) -> Result<usize, Fault> {
    // A comment has many asterisks, and few slashes.
    let body = at + 2;
    let mut slashes = memchr::memchr_iter(b'/', &text[body..]).map(|slash| body + slash);
    match slashes.find(|&slash| slash > body && text[slash - 1] == b'*') {
        Some(slash) => Ok(slash + 1),
        None => Err(Diagnostic::syntax(
            Span::new(as_u32(at), as_u32(at + 2)),
            "Invalid or unexpected token",
        )
        .help("this comment is never closed: `*/` is missing")),
    }
}

/// Whether a line terminator stands in the text.
pub(crate) fn contains_newline(text: &[u8]) -> bool {
    line_end(text, 0) < text.len()
}
