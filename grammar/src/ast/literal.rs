//! Literals (ECMA-262 §12.9 and §13.2.3).

use std::fmt;

use super::{Expression, spanned};
use crate::source::Span;

/// The value of a string: WTF-8, that is UTF-8 in which a lone surrogate may
/// stand as its three-byte form. Surrogate pairs are always joined.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Text<'a>(pub &'a [u8]);

impl<'a> Text<'a> {
    /// The bytes, WTF-8.
    #[inline]
    #[must_use]
    pub fn as_bytes(self) -> &'a [u8] {
        self.0
    }

    /// The text, if it has no lone surrogate.
    #[must_use]
    pub fn as_str(self) -> Option<&'a str> {
        std::str::from_utf8(self.0).ok()
    }

    /// The text's code points, lone surrogates among them.
    pub fn code_points(self) -> impl Iterator<Item = u32> + 'a {
        crate::wtf8::code_points(self.0)
    }
}

impl fmt::Debug for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&String::from_utf8_lossy(self.0), f)
    }
}

/// `BooleanLiteral`.
#[derive(Debug)]
pub struct BooleanLiteral {
    /// Where it stands.
    pub span: Span,
    /// `true` or `false`.
    pub value: bool,
}

/// `NumericLiteral` without the BigInt suffix.
#[derive(Debug)]
pub struct NumericLiteral {
    /// Where it stands.
    pub span: Span,
    /// Its `NumericValue`.
    pub value: f64,
    /// How it is written.
    pub form: NumericForm,
}

/// How a numeric literal is written, as far as static semantics ask.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NumericForm {
    /// Decimal, `0x`, `0o` or `0b`.
    Standard,
    /// `LegacyOctalIntegerLiteral` such as `017` (Annex B.1.1).
    LegacyOctal,
    /// `NonOctalDecimalIntegerLiteral` such as `089`.
    LeadingZeroDecimal,
}

/// `NumericLiteral` with the BigInt suffix.
#[derive(Debug)]
pub struct BigIntLiteral<'a> {
    /// Where it stands.
    pub span: Span,
    /// The digits as written, radix prefix included, without separators and
    /// without the `n`.
    pub digits: &'a str,
}

/// `StringLiteral`.
#[derive(Debug)]
pub struct StringLiteral<'a> {
    /// Where it stands, quotes included.
    pub span: Span,
    /// Its `StringValue`.
    pub value: Text<'a>,
    /// The first escape that strict mode code must not have.
    pub legacy_escape: LegacyEscape,
}

/// Escapes that only sloppy string literals may have (Annex B.1.2).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LegacyEscape {
    /// None.
    None,
    /// An octal escape such as `\07`.
    Octal,
    /// `\8` or `\9`.
    EightOrNine,
}

/// `RegularExpressionLiteral`.
#[derive(Debug)]
pub struct RegExpLiteral<'a> {
    /// Where it stands, slashes and flags included.
    pub span: Span,
    /// The body between the slashes, as written.
    pub pattern: Text<'a>,
    /// The flags, as written; they are known to be valid.
    pub flags: &'a str,
}

/// `TemplateLiteral`: the chunks of text and the substitutions between them.
#[derive(Debug)]
pub struct TemplateLiteral<'a> {
    /// Where it stands, backticks included.
    pub span: Span,
    /// The chunks: one more than there are substitutions.
    pub quasis: &'a [TemplateElement<'a>],
    /// The substitutions.
    pub expressions: &'a [Expression<'a>],
}

/// One chunk of text of a template.
#[derive(Clone, Copy, Debug)]
pub struct TemplateElement<'a> {
    /// The chunk's text, delimiters not included.
    pub span: Span,
    /// `TRV`: the text as written, line ends normalised to line feeds.
    pub raw: Text<'a>,
    /// `TV`: the text with escapes resolved; `None` where a tagged template has
    /// an invalid escape.
    pub cooked: Option<Text<'a>>,
}

spanned! { BigIntLiteral StringLiteral RegExpLiteral TemplateLiteral TemplateElement }
