//! White space, line terminators and comments (ECMA-262 §12.2 – §12.4).

use crate::diagnostic::{Diagnostic, Fault};
use crate::source::{Span, as_u32};

/// What was skipped before a token.
#[derive(Clone, Copy)]
pub(crate) struct Trivia {
    /// Offset of the first byte that is no trivia.
    pub(crate) end: usize,
    /// Whether a line terminator stands in it, also in a comment.
    pub(crate) newline: bool,
}

/// Skips white space and comments from `at`. `html` allows HTML-like comments
/// (Annex B.1.1).
#[inline]
pub(crate) fn skip(text: &[u8], at: usize, html: bool) -> Result<Trivia, Fault> {
    let mut newline = false;
    let mut end = at;
    // Spaces and line ends are most of it; all else is looked at more closely.
    while let Some(&byte) = text.get(end) {
        match KINDS[usize::from(byte)] {
            Kind::Space => end += 1,
            Kind::Newline => {
                newline = true;
                end += 1;
            }
            Kind::Token => break,
            Kind::Unusual => return skip_unusual(text, end, html, Trivia { end: at, newline }),
        }
    }
    Ok(Trivia { end, newline })
}

/// What a byte may be the first of.
#[derive(Clone, Copy)]
enum Kind {
    Token,
    Space,
    Newline,
    /// A comment, white space beyond ASCII, or a token.
    Unusual,
}

static KINDS: [Kind; 256] = {
    let mut kinds = [Kind::Token; 256];
    kinds[b' ' as usize] = Kind::Space;
    kinds[b'\t' as usize] = Kind::Space;
    kinds[0x0B] = Kind::Space;
    kinds[0x0C] = Kind::Space;
    kinds[b'\n' as usize] = Kind::Newline;
    kinds[b'\r' as usize] = Kind::Newline;
    kinds[b'/' as usize] = Kind::Unusual;
    kinds[b'<' as usize] = Kind::Unusual;
    kinds[b'-' as usize] = Kind::Unusual;
    let mut byte = 0x80;
    while byte < 256 {
        kinds[byte] = Kind::Unusual;
        byte += 1;
    }
    kinds
};

/// Skips from `at` on where something other than plain white space may stand.
/// `before.end` is where the trivia began, and `before.newline` what was in it.
fn skip_unusual(text: &[u8], mut at: usize, html: bool, before: Trivia) -> Result<Trivia, Fault> {
    let Trivia { end: start, mut newline } = before;
    loop {
        match text.get(at) {
            Some(b' ' | b'\t' | 0x0B | 0x0C) => at += 1,
            Some(b'\n' | b'\r') => {
                newline = true;
                at += 1;
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

/// The length of the white space or line terminator at a byte that is not ASCII,
/// and whether it is the latter.
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

fn block_comment_end(text: &[u8], at: usize) -> Result<usize, Fault> {
    match memchr::memmem::find(&text[at + 2..], b"*/") {
        Some(found) => Ok(at + 2 + found + 2),
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
