//! Literals.

use axil_grammar::Span;
use axil_grammar::ast::*;

use super::{Generator, NOWHERE};

impl<'a> Generator<'a, '_> {
    pub fn number(&mut self) -> &'a NumericLiteral {
        const VALUES: [f64; 11] = [
            0.0,
            1.0,
            1.5,
            8.0,
            255.0,
            1e21,
            1e-7,
            5e-324,
            9_007_199_254_740_993.0,
            1.797_693_134_862_315_7e308,
            f64::INFINITY,
        ];
        let value = VALUES[self.choices.below(VALUES.len())];
        let form = match self.choices.below(8) {
            6 if !self.place.strict && value.fract() == 0.0 => NumericForm::LegacyOctal,
            7 if !self.place.strict => NumericForm::LeadingZeroDecimal,
            _ => NumericForm::Standard,
        };
        self.arena.alloc(NumericLiteral { span: NOWHERE, value, form })
    }

    pub fn bigint(&mut self) -> &'a BigIntLiteral<'a> {
        let digits = ["0", "10", "0xfF", "0b101", "0o17", "123456789012345678901234567890"];
        let digits = digits[self.choices.below(digits.len())];
        self.arena.alloc(BigIntLiteral { span: NOWHERE, digits })
    }

    pub fn string(&mut self) -> &'a StringLiteral<'a> {
        const VALUES: [&[u8]; 12] = [
            b"",
            b"a",
            b"it's",
            b"say \"x\"",
            b"'\"\\",
            b"\n\r\t\x0B\0",
            b"\x008",
            "\u{2028}\u{2029}\u{7F}".as_bytes(),
            "😀é".as_bytes(),
            // Lone surrogates.
            b"\xED\xA0\xBDx\xED\xB8\x80",
            b"</script><!--",
            b"${a}`",
        ];
        let value = Text(VALUES[self.choices.below(VALUES.len())]);
        let legacy_escape = match self.choices.below(8) {
            6 if !self.place.strict && value.0.iter().any(u8::is_ascii) => LegacyEscape::Octal,
            7 if !self.place.strict && value.0.contains(&b'8') => LegacyEscape::EightOrNine,
            _ => LegacyEscape::None,
        };
        self.arena.alloc(StringLiteral { span: NOWHERE, value, legacy_escape })
    }

    pub fn plain_string(&mut self, value: &'static str) -> &'a StringLiteral<'a> {
        let (value, legacy_escape) = (Text(value.as_bytes()), LegacyEscape::None);
        self.arena.alloc(StringLiteral { span: NOWHERE, value, legacy_escape })
    }

    pub fn regexp(&mut self) -> &'a RegExpLiteral<'a> {
        const REGEXPS: [(&str, &str); 5] =
            [("a", ""), ("[/]", "g"), (r"\/(?<n>b)\k<n>", "u"), ("=", "dgimsy"), ("😀", "v")];
        let (pattern, flags) = REGEXPS[self.choices.below(REGEXPS.len())];
        self.arena.alloc(RegExpLiteral { span: NOWHERE, pattern: Text(pattern.as_bytes()), flags })
    }

    pub fn template(&mut self, tagged: bool) -> &'a TemplateLiteral<'a> {
        let expressions = self.some(2, Self::expression);
        let quasis = (0..=expressions.len()).map(|_| self.template_element(tagged)).collect();
        self.arena.alloc(TemplateLiteral {
            span: NOWHERE,
            quasis: self.slice(quasis),
            expressions: self.slice(expressions),
        })
    }

    fn template_element(&mut self, tagged: bool) -> TemplateElement<'a> {
        const CHUNKS: [(&str, Option<&str>); 9] = [
            ("", Some("")),
            ("a b", Some("a b")),
            ("\\n", Some("\n")),
            ("\n", Some("\n")),
            ("$", Some("$")),
            ("\\`", Some("`")),
            ("\\${", Some("${")),
            ("\\u", None),
            ("\\08", None),
        ];
        let (raw, cooked) = CHUNKS[self.choices.below(if tagged { 9 } else { 7 })];
        let cooked = cooked.map(|text| Text(text.as_bytes()));
        TemplateElement { span: NOWHERE, raw: Text(raw.as_bytes()), cooked }
    }

    /// A place in the source for the text of a directive: none of its characters
    /// is escaped.
    pub fn span_of_directive(value: Text<'_>) -> Span {
        Span::new(0, value.0.len() as u32)
    }
}
