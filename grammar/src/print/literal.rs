//! Literals.

use super::Printer;
use crate::ast::{
    BigIntLiteral, LegacyEscape, NumericForm, NumericLiteral, PrivateIdentifier, RegExpLiteral,
    StringLiteral, TemplateLiteral,
};
use crate::source::Span;

impl<'p> Printer<'p> {
    pub(super) fn private_identifier(&mut self, node: &PrivateIdentifier<'p>) {
        self.push("#");
        self.push(node.name.as_str());
    }

    pub(super) fn number(&mut self, node: &NumericLiteral) {
        let text = number_text(node);
        self.push(&text);
    }

    /// After a number just written, ends it if a dot would be taken for part of
    /// it: `1..toString()`.
    pub(super) fn end_of_number(&mut self, node: &NumericLiteral) {
        let is_decimal = node.form != NumericForm::LegacyOctal;
        if is_decimal && number_text(node).bytes().all(|byte| byte.is_ascii_digit()) {
            self.push(".");
        }
    }

    pub(super) fn bigint(&mut self, node: &BigIntLiteral<'p>) {
        self.push(node.digits);
        self.push("n");
    }

    pub(super) fn regexp(&mut self, node: &RegExpLiteral<'p>) {
        self.push("/");
        self.raw(node.pattern.as_bytes());
        self.push("/");
        self.push(node.flags);
    }

    pub(super) fn template(&mut self, node: &TemplateLiteral<'p>) {
        self.push("`");
        let mut expressions = node.expressions.iter();
        for quasi in node.quasis {
            self.raw(quasi.raw.as_bytes());
            if let Some(&expression) = expressions.next() {
                self.within("${", "}", |this| {
                    this.expression(expression, super::precedence::Precedence::Expression);
                });
            }
        }
        self.push("`");
    }

    /// Text as written in the program, WTF-8.
    fn raw(&mut self, text: &[u8]) {
        match std::str::from_utf8(text) {
            Ok(text) => self.push(text),
            Err(_) => {
                for code_point in crate::wtf8::code_points(text) {
                    self.code_point(code_point);
                }
            }
        }
    }

    fn code_point(&mut self, code_point: u32) {
        match char::from_u32(code_point) {
            Some(c) => self.text.push(c),
            None => self.push(&format!("\\u{code_point:04x}")),
        }
    }

    /// A string in double quotes. One that had an escape strict mode code must
    /// not have gets one again.
    pub(super) fn string(&mut self, node: &StringLiteral<'p>) {
        let mut escape = node.legacy_escape;
        self.push("\"");
        for code_point in node.value.code_points() {
            match (escape, code_point) {
                (LegacyEscape::Octal, 0..=0xFF) => {
                    self.push(&format!("\\{code_point:03o}"));
                    escape = LegacyEscape::None;
                }
                (LegacyEscape::EightOrNine, 0x38 | 0x39) => {
                    self.push("\\");
                    self.code_point(code_point);
                    escape = LegacyEscape::None;
                }
                _ => self.string_character(code_point),
            }
        }
        self.push("\"");
    }

    fn string_character(&mut self, code_point: u32) {
        match char::from_u32(code_point) {
            Some('\n') => self.push("\\n"),
            Some('\r') => self.push("\\r"),
            Some('\t') => self.push("\\t"),
            Some(c @ ('"' | '\\')) => self.text.extend(['\\', c]),
            Some('\u{2028}' | '\u{2029}') => self.push(&format!("\\u{code_point:x}")),
            Some(c) if c.is_ascii_control() => self.push(&format!("\\x{code_point:02x}")),
            _ => self.code_point(code_point),
        }
    }

    /// A directive: without an escape if it was written without, and with one if
    /// it had one, so that it means the same.
    pub(super) fn directive(&mut self, node: &StringLiteral<'p>, text: Span) {
        let value = node.value.as_bytes();
        if text.range().len() == value.len() {
            let quote = if value.contains(&b'"') { "'" } else { "\"" };
            self.push(quote);
            self.raw(value);
            self.push(quote);
        } else {
            match node.value.code_points().next() {
                // An escaped line end means nothing.
                None => self.push("\"\\\n\""),
                Some(first) if node.legacy_escape == LegacyEscape::None => {
                    self.push(&format!("\"\\u{{{first:x}}}"));
                    node.value.code_points().skip(1).for_each(|c| self.string_character(c));
                    self.push("\"");
                }
                Some(_) => self.string(node),
            }
        }
        self.push(";");
    }
}

fn number_text(node: &NumericLiteral) -> String {
    match node.form {
        NumericForm::Standard if node.value.is_infinite() => "1e999".to_owned(),
        NumericForm::Standard => ryu_js::Buffer::new().format(node.value).to_owned(),
        NumericForm::LegacyOctal => octal_digits(node.value),
        NumericForm::LeadingZeroDecimal => leading_zero_decimal(node.value),
    }
}

/// A `LegacyOctalIntegerLiteral` with this value.
fn octal_digits(value: f64) -> String {
    if value.is_infinite() {
        return format!("0{}", "7".repeat(400));
    }
    if value < 18_446_744_073_709_551_616.0 {
        return format!("0{:o}", value as u64);
    }
    let bits = value.to_bits();
    let exponent = (bits >> 52) - 1075;
    let mantissa = (bits & ((1 << 52) - 1)) | 1 << 52;
    format!("0{:o}{}", mantissa << (exponent % 3), "0".repeat((exponent / 3) as usize))
}

/// A `NonOctalDecimalIntegerLiteral`, perhaps with an exponent, with this value.
fn leading_zero_decimal(value: f64) -> String {
    if value.is_infinite() {
        return "09e999".to_owned();
    }
    if value == 0.0 {
        return "09e-999".to_owned();
    }
    let text = format!("{value:e}");
    let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut exponent = exponent.parse::<i32>().unwrap_or(0) - fraction.len() as i32;
    let mut digits = format!("0{whole}{fraction}");
    if !digits.contains(['8', '9']) {
        // Far too small to change the value, but it says that this is no octal.
        digits.push_str(&"0".repeat(30));
        digits.push('9');
        exponent -= 31;
    }
    if exponent == 0 { digits } else { format!("{digits}e{exponent}") }
}

#[cfg(test)]
mod tests {
    use super::{leading_zero_decimal, octal_digits};

    #[test]
    fn octal_digits_are_exact() {
        for (value, digits) in [
            (0.0, "00"),
            (8.0, "010"),
            (1e6, "03641100"),
            (2_f64.powi(64), "02000000000000000000000"),
            (3.0 * 2_f64.powi(70), "0600000000000000000000000"),
        ] {
            assert_eq!(octal_digits(value), digits);
        }
    }

    #[test]
    fn leading_zero_decimals_have_an_eight_or_nine() {
        for value in [0.0, 1.0, 8.0, 89.0, 1.5, 1e21, 5e-324, 123.0, f64::MAX] {
            let digits = leading_zero_decimal(value);
            assert!(digits.starts_with('0') && digits.contains(['8', '9']), "{digits}");
            assert_eq!(digits.parse(), Ok(value), "{digits}");
        }
    }
}
