//! Literals and names.

use std::borrow::Cow;

use super::{Printer, node};
use crate::ast::{
    BigIntLiteral, BooleanLiteral, Identifier, IdentifierName, NumericLiteral, PrivateIdentifier,
    RegExpLiteral, StringLiteral, TemplateElement, TemplateLiteral, Text,
};
use crate::source::Span;

impl<'p> Printer<'p> {
    pub(super) fn null(&mut self) {
        self.json.raw("null");
    }

    pub(super) fn boolean(&mut self, value: bool) {
        self.json.raw(if value { "true" } else { "false" });
    }

    /// A string of which nothing needs an escape.
    pub(super) fn word(&mut self, word: &'static str) {
        self.json.raw("\"");
        self.json.raw(word);
        self.json.raw("\"");
    }

    pub(super) fn text(&mut self, text: &[u8]) {
        self.json.string(text);
    }

    fn optional_text(&mut self, text: Option<Text<'_>>) {
        match text {
            Some(text) => self.json.string(text.as_bytes()),
            None => self.null(),
        }
    }

    fn number(&mut self, value: f64) {
        self.json.number(value);
    }

    /// The text of the program from which a literal was read.
    pub(super) fn source_text(&mut self, span: Span) {
        self.json.string(self.source.slice(span));
    }

    pub(super) fn identifier(&mut self, node: &Identifier<'p>) {
        node!(self, Identifier, node.span, name: text(node.name.as_str().as_bytes()));
    }

    pub(super) fn identifier_name(&mut self, node: &IdentifierName<'p>) {
        node!(self, Identifier, node.span, name: text(node.text.as_bytes()));
    }

    pub(super) fn private_identifier(&mut self, node: &PrivateIdentifier<'p>) {
        node!(self, PrivateIdentifier, node.span, name: text(node.name.as_str().as_bytes()));
    }

    pub(super) fn null_literal(&mut self, span: Span) {
        node!(self, Literal, span, value: null(), raw: word("null"));
    }

    pub(super) fn boolean_literal(&mut self, node: &BooleanLiteral) {
        node!(self, Literal, node.span, value: boolean(node.value), raw: source_text(node.span));
    }

    pub(super) fn numeric_literal(&mut self, node: &NumericLiteral) {
        node!(self, Literal, node.span, value: number(node.value), raw: source_text(node.span));
    }

    pub(super) fn bigint_literal(&mut self, node: &BigIntLiteral<'p>) {
        let digits = decimal_digits(node.digits);
        node!(self, Literal, node.span,
            value: null(),
            raw: source_text(node.span),
            bigint: text(digits.as_bytes()));
    }

    pub(super) fn string_literal(&mut self, node: &StringLiteral<'p>) {
        node!(self, Literal, node.span,
            value: text(node.value.as_bytes()),
            raw: source_text(node.span));
    }

    pub(super) fn regexp_literal(&mut self, node: &RegExpLiteral<'p>) {
        node!(self, Literal, node.span,
            value: empty_object(),
            raw: source_text(node.span),
            regex: pattern_and_flags(node));
    }

    fn empty_object(&mut self) {
        self.json.raw("{}");
    }

    fn pattern_and_flags(&mut self, node: &RegExpLiteral<'p>) {
        self.json.open_object("{");
        self.json.first_field("\"pattern\":");
        self.json.string(node.pattern.as_bytes());
        self.json.field(",\"flags\":");
        self.json.string(node.flags.as_bytes());
        self.json.close_object();
    }

    pub(super) fn template_literal(&mut self, node: &TemplateLiteral<'p>) {
        let last = node.quasis.len() - 1;
        node!(self, TemplateLiteral, node.span,
            expressions: list(node.expressions, |this, &item| this.expression(item)),
            quasis: sequence(node.quasis.len(), node.quasis.iter().enumerate(),
                |this, (index, quasi)| this.template_element(quasi, index == last)));
    }

    fn template_element(&mut self, node: &TemplateElement<'p>, tail: bool) {
        node!(self, TemplateElement, node.span,
            value: raw_and_cooked(node),
            tail: boolean(tail));
    }

    fn raw_and_cooked(&mut self, node: &TemplateElement<'p>) {
        self.json.open_object("{");
        self.json.first_field("\"raw\":");
        self.json.string(node.raw.as_bytes());
        self.json.field(",\"cooked\":");
        self.optional_text(node.cooked);
        self.json.close_object();
    }
}

/// The decimal digits of a BigInt written with any radix prefix.
fn decimal_digits(digits: &str) -> Cow<'_, str> {
    /// What one limb counts to; the limb of least weight comes first.
    const BASE: u64 = 1_000_000_000;

    let radix = match digits.as_bytes() {
        [b'0', b'x' | b'X', ..] => 16,
        [b'0', b'o' | b'O', ..] => 8,
        [b'0', b'b' | b'B', ..] => 2,
        _ => return Cow::Borrowed(digits),
    };
    let mut limbs = vec![0_u32];
    for digit in digits[2..].chars().filter_map(|c| c.to_digit(radix)) {
        let mut carry = u64::from(digit);
        for limb in &mut limbs {
            let value = u64::from(*limb) * u64::from(radix) + carry;
            *limb = (value % BASE) as u32;
            carry = value / BASE;
        }
        if carry > 0 {
            limbs.push(carry as u32);
        }
    }
    let mut text = limbs.pop().unwrap_or(0).to_string();
    for limb in limbs.iter().rev() {
        text.push_str(&format!("{limb:09}"));
    }
    Cow::Owned(text)
}

#[cfg(test)]
mod tests {
    use super::decimal_digits;

    #[test]
    fn bigint_digits_become_decimal() {
        for (digits, decimal) in [
            ("0", "0"),
            ("123", "123"),
            ("0x0", "0"),
            ("0xff", "255"),
            ("0B101", "5"),
            ("0o1000000000000", "68719476736"),
            ("0xFFFFFFFFFFFFFFFFFFFFFFFF", "79228162514264337593543950335"),
            ("0x3B9ACA000000000", "268435456000000000"),
        ] {
            assert_eq!(decimal_digits(digits), decimal, "{digits}");
        }
    }
}
