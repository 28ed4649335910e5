//! Literals: from the text between the delimiters to values.

use crate::ast::*;
use crate::lexer::escape::{self, InvalidEscape};
use crate::regexp;
use crate::source::{Span, as_u32};
use crate::wtf8;

use super::{Cx, Fallible, ListStart, refuse, syntax_error};

/// Where the lists of a template that is being read begin.
#[derive(Clone, Copy)]
pub(crate) struct TemplateStart {
    quasis: ListStart,
    expressions: ListStart,
}

impl<'a> Cx<'a> {
    pub(crate) fn number(&self, l: u32, r: u32) -> &'a NumericLiteral {
        let (value, form) = numeric_value(&self.text[l as usize..r as usize]);
        self.alloc(NumericLiteral { span: Span::new(l, r), value, form })
    }

    pub(crate) fn bigint(&self, l: u32, r: u32) -> &'a BigIntLiteral<'a> {
        let written = std::str::from_utf8(&self.text[l as usize..r as usize - 1]).unwrap_or("0");
        let digits = if written.contains('_') {
            self.arena.alloc_str(&written.replace('_', ""))
        } else {
            written
        };
        self.alloc(BigIntLiteral { span: Span::new(l, r), digits })
    }

    pub(crate) fn string(&self, l: u32, r: u32) -> Fallible<&'a StringLiteral<'a>> {
        let span = Span::new(l, r);
        let written = &self.text[l as usize + 1..r as usize - 1];
        let mut legacy_escape = LegacyEscape::None;
        let value = if memchr::memchr(b'\\', written).is_some() {
            match unescape(written, Some(&mut legacy_escape)) {
                Ok(value) => self.arena.alloc_slice_copy(&value),
                Err(invalid) => return refuse(invalid.fault(l + 1)),
            }
        } else {
            written
        };
        Ok(self.alloc(StringLiteral { span, value: Text(value), legacy_escape }))
    }

    /// §12.9.5, §22.2.1.1: flags and body have to be valid.
    pub(crate) fn regexp(&self, l: u32, r: u32) -> Fallible<Expression<'a>> {
        let span = Span::new(l, r);
        let written = &self.text[span.range()];
        let slash = memchr::memrchr(b'/', written).unwrap_or(0);
        let pattern = &written[1..slash];
        let flags = std::str::from_utf8(&written[slash + 1..]).unwrap_or("?");
        let Some(parsed) = regexp::Flags::parse(flags) else {
            return syntax_error(span, "Invalid regular expression flags");
        };
        if let Err(fault) = regexp::validate(pattern, parsed) {
            let message = format!(
                "Invalid regular expression: /{}/{flags}: {}",
                String::from_utf8_lossy(pattern),
                fault.message
            );
            let at = l + 1 + fault.offset.min(as_u32(pattern.len()));
            let mut diagnostic = crate::diagnostic::Diagnostic::syntax(span, message);
            if fault.offset > 0 {
                diagnostic = diagnostic.label(Span::new(at, at + 1), "here");
            }
            return refuse(diagnostic);
        }
        Ok(Expression::RegExp(self.alloc(RegExpLiteral { span, pattern: Text(pattern), flags })))
    }

    /// A template that no tag precedes has no invalid escapes (§13.2.8.1).
    pub(crate) fn untagged_template(
        &self,
        template: &'a TemplateLiteral<'a>,
    ) -> Fallible<Expression<'a>> {
        for quasi in template.quasis {
            if quasi.cooked.is_none()
                && let Err(invalid) = unescape(quasi.raw.as_bytes(), None)
            {
                return refuse(invalid.fault(quasi.span.start));
            }
        }
        Ok(Expression::Template(template))
    }

    pub(crate) fn no_substitution_template(&self, l: u32, r: u32) -> &'a TemplateLiteral<'a> {
        let quasi = self.template_element(l + 1, r - 1);
        let quasis = self.arena.alloc_slice_copy(&[quasi]);
        self.alloc(TemplateLiteral { span: Span::new(l, r), quasis, expressions: &[] })
    }

    pub(crate) fn template_head(&self, l: u32, r: u32) -> TemplateStart {
        TemplateStart {
            quasis: self.quasis.first(self.template_element(l + 1, r - 2)),
            expressions: self.expressions.start(),
        }
    }

    pub(crate) fn template_middle(
        &self,
        start: TemplateStart,
        expression: Expression<'a>,
        l: u32,
        r: u32,
    ) -> TemplateStart {
        self.expressions.push(start.expressions, expression);
        self.quasis.push(start.quasis, self.template_element(l + 1, r - 2));
        start
    }

    /// `t` is where the closing brace of the last substitution stands.
    pub(crate) fn substitution_template(
        &self,
        l: u32,
        start: TemplateStart,
        expression: Expression<'a>,
        t: u32,
        r: u32,
    ) -> &'a TemplateLiteral<'a> {
        self.expressions.push(start.expressions, expression);
        self.quasis.push(start.quasis, self.template_element(t + 1, r - 1));
        let quasis = self.quasis.finish(start.quasis, self.arena);
        let expressions = self.expressions.finish(start.expressions, self.arena);
        self.alloc(TemplateLiteral { span: Span::new(l, r), quasis, expressions })
    }

    fn template_element(&self, l: u32, r: u32) -> TemplateElement<'a> {
        let span = Span::new(l, r);
        let written = &self.text[span.range()];
        // §12.9.6: CR and CR LF count as LF, in TRV too.
        let raw = if memchr::memchr(b'\r', written).is_some() {
            self.arena.alloc_slice_copy(&with_line_feeds(written))
        } else {
            written
        };
        let cooked = if memchr::memchr(b'\\', raw).is_some() {
            unescape(raw, None).ok().map(|text| Text(self.arena.alloc_slice_copy(&text)))
        } else {
            Some(Text(raw))
        };
        TemplateElement { span, raw: Text(raw), cooked }
    }
}

fn with_line_feeds(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        if byte == b'\r' {
            bytes.next_if_eq(&b'\n');
        }
        out.push(if byte == b'\r' { b'\n' } else { byte });
    }
    out
}

/// §12.9.3.3 `NumericValue` of a literal that the lexer has checked.
fn numeric_value(literal: &[u8]) -> (f64, NumericForm) {
    if literal.len() <= 15 && literal.iter().all(u8::is_ascii_digit) && literal[0] != b'0' {
        let value = literal.iter().fold(0u64, |value, digit| value * 10 + u64::from(digit - b'0'));
        #[expect(clippy::cast_precision_loss, reason = "15 digits fit 53 bits")]
        return (value as f64, NumericForm::Standard);
    }
    let cleaned: Vec<u8>;
    let mut digits = literal;
    if memchr::memchr(b'_', literal).is_some() {
        cleaned = literal.iter().copied().filter(|&b| b != b'_').collect();
        digits = &cleaned;
    }
    match digits {
        [b'0', b'x' | b'X', rest @ ..] => (radix_value(rest, 4), NumericForm::Standard),
        [b'0', b'o' | b'O', rest @ ..] => (radix_value(rest, 3), NumericForm::Standard),
        [b'0', b'b' | b'B', rest @ ..] => (radix_value(rest, 1), NumericForm::Standard),
        [b'0', rest @ ..] if !rest.is_empty() && rest.iter().all(|b| matches!(b, b'0'..=b'7')) => {
            (radix_value(rest, 3), NumericForm::LegacyOctal)
        }
        [b'0', b'0'..=b'9', ..] => (decimal_value(digits), NumericForm::LeadingZeroDecimal),
        _ => (decimal_value(digits), NumericForm::Standard),
    }
}

fn decimal_value(digits: &[u8]) -> f64 {
    // A literal such as `5.` is no number to the crate.
    let digits = digits.strip_suffix(b".").unwrap_or(digits);
    fast_float2::parse(digits).unwrap_or(f64::NAN)
}

/// The value of digits in a radix of 2^`bits`, rounded to nearest, ties to even,
/// however many there are.
fn radix_value(digits: &[u8], bits: u32) -> f64 {
    let mut mantissa: u64 = 0;
    let mut exponent: i32 = 0;
    let mut sticky = false;
    for digit in digits {
        let digit = u64::from(char::from(*digit).to_digit(16).unwrap_or(0));
        if mantissa >> (64 - bits) == 0 {
            mantissa = mantissa << bits | digit;
        } else {
            // Full: the value only grows from here, what falls off decides ties.
            exponent = exponent.saturating_add(bits.cast_signed());
            sticky |= digit != 0;
        }
    }
    // With 60 bits or more kept, the lowest is below the rounding point.
    #[expect(clippy::cast_precision_loss, reason = "this is the rounding")]
    let rounded = (mantissa | u64::from(sticky)) as f64;
    rounded * 2f64.powi(exponent.min(2000))
}

/// §12.9.4.2 `SV`: the text with its escapes resolved. Legacy octal escapes are
/// noted where `legacy` is given, else faults.
fn unescape(text: &[u8], mut legacy: Option<&mut LegacyEscape>) -> Result<Vec<u8>, InvalidEscape> {
    let mut out = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'\\', &text[at..]) {
        out.extend_from_slice(&text[at..at + found]);
        at += found;
        let fault = |len, message| Err(InvalidEscape { at, len, message });
        let len = match text.get(at + 1).copied().unwrap_or(b'\\') {
            b'n' => push(&mut out, b'\n'),
            b't' => push(&mut out, b'\t'),
            b'r' => push(&mut out, b'\r'),
            b'b' => push(&mut out, 0x08),
            b'f' => push(&mut out, 0x0C),
            b'v' => push(&mut out, 0x0B),
            b'\n' => 2,
            b'\r' => 2 + usize::from(text.get(at + 2) == Some(&b'\n')),
            b'x' => {
                let digits = text.get(at + 2..at + 4).and_then(|d| std::str::from_utf8(d).ok());
                let Some(value) = digits
                    .filter(|d| d.bytes().all(|b| b.is_ascii_hexdigit()))
                    .and_then(|d| u32::from_str_radix(d, 16).ok())
                else {
                    return fault(2, "Invalid hexadecimal escape sequence");
                };
                wtf8::push(&mut out, value);
                4
            }
            b'u' => {
                let (code_point, len) = escape::unicode(text, at)?;
                wtf8::push(&mut out, code_point);
                len
            }
            b'0' if !text.get(at + 2).is_some_and(u8::is_ascii_digit) => push(&mut out, 0),
            digit @ b'0'..=b'9' => {
                let eight_or_nine = digit >= b'8';
                let Some(legacy) = legacy.as_deref_mut() else {
                    let message = if eight_or_nine {
                        "\\8 and \\9 are not allowed in template strings."
                    } else {
                        "Octal escape sequences are not allowed in template strings."
                    };
                    return fault(2, message);
                };
                if *legacy == LegacyEscape::None {
                    *legacy =
                        if eight_or_nine { LegacyEscape::EightOrNine } else { LegacyEscape::Octal };
                }
                if eight_or_nine {
                    push(&mut out, digit)
                } else {
                    let (value, len) = legacy_octal(&text[at + 1..]);
                    wtf8::push(&mut out, value);
                    1 + len
                }
            }
            _ => {
                let (code_point, len) = wtf8::decode(text, (at + 1).min(text.len() - 1));
                // U+2028 and U+2029 continue the line.
                if !matches!(code_point, 0x2028 | 0x2029) {
                    wtf8::push(&mut out, code_point);
                }
                1 + len
            }
        };
        at += len;
    }
    out.extend_from_slice(&text[at..]);
    Ok(out)
}

/// Adds what a two-character escape stands for.
fn push(out: &mut Vec<u8>, byte: u8) -> usize {
    out.push(byte);
    2
}

/// Annex B.1.2 `LegacyOctalEscapeSequence`: its value and its length.
fn legacy_octal(digits: &[u8]) -> (u32, usize) {
    let limit = if matches!(digits[0], b'0'..=b'3') { 3 } else { 2 };
    let len = digits.iter().take(limit).take_while(|b| matches!(b, b'0'..=b'7')).count();
    let value = digits[..len].iter().fold(0, |value, b| value * 8 + u32::from(b - b'0'));
    (value, len)
}
