//! The finer rules of numeric literals (ECMA-262 §12.9.3).

use crate::diagnostic::{Diagnostic, Fault};
use crate::source::{Span, as_u32};

use super::word;

/// Checks the literal that logos found at `start..end`: separators stand singly
/// between digits, digits fit the radix, and no name or digit follows.
pub(crate) fn check(text: &[u8], start: usize, end: usize) -> Result<(), Fault> {
    let literal = &text[start..end];
    let span = |from: usize, to: usize| Span::new(as_u32(start + from), as_u32(start + to));
    match literal {
        [b'0', b'.' | b'e' | b'E' | b'n', ..] | [b'0'] | [b'1'..=b'9' | b'.', ..] => {
            if literal.contains(&b'_') {
                check_separators(literal, false, false, span)?;
            }
        }
        _ => check_prefixed(literal, span)?,
    }
    // §12.9.3: the source character right after a literal must not be an
    // IdentifierStart or a DecimalDigit.
    if text.get(end).is_some_and(u8::is_ascii_digit) || word::starts_at(text, end) {
        let fault = Diagnostic::syntax(span(0, literal.len() + 1), "Invalid or unexpected token");
        return Err(fault.help("a number must not be followed directly by a name or a digit"));
    }
    Ok(())
}

/// Checks a literal that begins with a zero, and with more than that: a prefix
/// that says the radix, or digits.
#[cold]
fn check_prefixed(literal: &[u8], span: impl Fn(usize, usize) -> Span) -> Result<(), Fault> {
    let radix_prefix = matches!(literal, [b'0', b'x' | b'X' | b'o' | b'O' | b'b' | b'B', ..]);
    let leading_zero = matches!(literal, [b'0', b'0'..=b'9' | b'_', ..]);
    if literal.contains(&b'_') {
        check_separators(literal, radix_prefix, leading_zero, &span)?;
    }
    let allowed: fn(u8) -> bool = match literal.get(1) {
        Some(b'o' | b'O') => |b| matches!(b, b'0'..=b'7' | b'_' | b'n'),
        Some(b'b' | b'B') => |b| matches!(b, b'0' | b'1' | b'_' | b'n'),
        _ => |_| true,
    };
    if radix_prefix && let Some(at) = literal[2..].iter().position(|&b| !allowed(b)) {
        return Err(Diagnostic::syntax(span(0, at + 3), "Invalid or unexpected token"));
    }
    if leading_zero && literal.ends_with(b"n") {
        let fault = Diagnostic::syntax(span(0, literal.len()), "Invalid or unexpected token");
        return Err(fault.help("a BigInt has no leading zeros"));
    }
    Ok(())
}

fn check_separators(
    literal: &[u8],
    radix_prefix: bool,
    leading_zero: bool,
    span: impl Fn(usize, usize) -> Span,
) -> Result<(), Fault> {
    // Digits of a fraction or an exponent may be separated all the same.
    let mut integer = literal.iter().take_while(|b| b.is_ascii_digit() || **b == b'_');
    if leading_zero && let Some(at) = integer.position(|b| *b == b'_') {
        let message = if at == 1 {
            "Numeric separator can not be used after leading 0."
        } else {
            "Invalid or unexpected token"
        };
        return Err(Diagnostic::syntax(span(at, at + 1), message));
    }
    let is_digit = |b: u8| if radix_prefix { b.is_ascii_hexdigit() } else { b.is_ascii_digit() };
    let digits_from = if radix_prefix { 2 } else { 0 };
    for (at, _) in literal.iter().enumerate().filter(|(_, b)| **b == b'_') {
        if radix_prefix && at == digits_from {
            return Err(Diagnostic::syntax(span(0, at + 1), "Invalid or unexpected token"));
        }
        let next = literal.get(at + 1).copied();
        if next == Some(b'_') {
            let message = "Only one underscore is allowed as numeric separator";
            return Err(Diagnostic::syntax(span(at + 1, at + 2), message));
        }
        let between = at > 0 && is_digit(literal[at - 1]) && next.is_some_and(is_digit);
        if !between {
            let message = "Numeric separators are not allowed at the end of numeric literals";
            return Err(Diagnostic::syntax(span(at + 1, at + 1), message));
        }
    }
    Ok(())
}
