//! Rules about literals (§12.9.3.1, §12.9.4.1).

use super::{Context, refuse};
use crate::ast::{LegacyEscape, NumericForm, NumericLiteral, StringLiteral};
use crate::diagnostic::Fault;

/// §12.9.3.1: strict mode code has no legacy octal numbers and no decimals with
/// leading zeros.
#[inline]
pub(crate) fn legacy_number(literal: &NumericLiteral, context: Context) -> Option<Fault> {
    if literal.form == NumericForm::Standard || !context.contains(Context::STRICT) {
        return None;
    }
    let message = match literal.form {
        NumericForm::LegacyOctal => "Octal literals are not allowed in strict mode.",
        _ => "Decimals with leading zeros are not allowed in strict mode.",
    };
    refuse(literal.span, message)
}

/// §12.9.4.1: strict mode code has no legacy octal escapes, nor `\8` and `\9`.
#[inline]
pub(crate) fn legacy_escape(literal: &StringLiteral<'_>, context: Context) -> Option<Fault> {
    if literal.legacy_escape == LegacyEscape::None || !context.contains(Context::STRICT) {
        return None;
    }
    let message = match literal.legacy_escape {
        LegacyEscape::Octal => "Octal escape sequences are not allowed in strict mode.",
        _ => "\\8 and \\9 are not allowed in strict mode.",
    };
    refuse(literal.span, message)
}
