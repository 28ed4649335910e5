//! Unicode escape sequences (ECMA-262 §12.9.4, `UnicodeEscapeSequence`).

use crate::diagnostic::{Diagnostic, Fault};
use crate::source::{Span, as_u32};

/// What is wrong with an escape sequence, and where in the text.
#[derive(Clone, Copy)]
pub(crate) struct InvalidEscape {
    /// The offset of the first byte of it.
    pub(crate) at: usize,
    /// How many bytes are of it; the text may end before.
    pub(crate) len: usize,
    /// V8's words for it.
    pub(crate) message: &'static str,
}

impl InvalidEscape {
    /// The fault, where the text stands at offset `start` of the source.
    pub(crate) fn fault(self, start: u32) -> Fault {
        let start = start + as_u32(self.at);
        Diagnostic::syntax(Span::new(start, start + as_u32(self.len)), self.message)
    }
}

/// The code point and the length of `\u0061` or `\u{61}`, whose backslash is at
/// `at`.
pub(crate) fn unicode(text: &[u8], at: usize) -> Result<(u32, usize), InvalidEscape> {
    let invalid =
        |at, len| Err(InvalidEscape { at, len, message: "Invalid Unicode escape sequence" });
    let digits = at + 2;
    if text.get(digits) == Some(&b'{') {
        let first = digits + 1;
        let (code_point, len) = hex(&text[first..]);
        if code_point > 0x10_FFFF {
            return Err(InvalidEscape {
                at,
                len: 3 + len,
                message: "Undefined Unicode code-point",
            });
        }
        let end = first + len;
        // What stands where a digit or the brace is missing is at fault.
        if len == 0 || text.get(end) != Some(&b'}') {
            return invalid(end, usize::from(end < text.len()));
        }
        Ok((code_point, end + 1 - at))
    } else {
        let four = &text[digits.min(text.len())..text.len().min(digits + 4)];
        match hex(four) {
            (code_point, 4) => Ok((code_point, 6)),
            (_, len) => invalid(at, 2 + len),
        }
    }
}

/// The value of the hexadecimal digits that `text` begins with, and how many they
/// are. Values past the last code point saturate.
fn hex(text: &[u8]) -> (u32, usize) {
    let digits = text.iter().map_while(|&byte| char::from(byte).to_digit(16));
    digits.fold((0u32, 0), |(value, len), digit| {
        (value.saturating_mul(16).saturating_add(digit), len + 1)
    })
}
