//! Rules about names (§13.1.1, §12.7.2).

use super::{Context, refuse};
use crate::ast::{Identifier, NameClass};
use crate::diagnostic::Fault;

/// §13.1.1: words that are reserved in this context are no identifiers.
#[inline]
pub(crate) fn reserved_in_context(identifier: &Identifier<'_>, context: Context) -> Option<Fault> {
    if identifier.name.class() == NameClass::Plain {
        return None;
    }
    let strict = context.contains(Context::STRICT);
    let span = identifier.span;
    match identifier.name.class() {
        NameClass::Let | NameClass::StrictReserved if strict && is_escaped(identifier) => {
            refuse(span, "Keyword must not contain escaped characters")
        }
        NameClass::Let | NameClass::StrictReserved if strict => {
            refuse(span, "Unexpected strict mode reserved word")
        }
        NameClass::Yield if strict => refuse(span, "Unexpected strict mode reserved word"),
        NameClass::Yield if context.contains(Context::YIELD) => {
            refuse(span, "Unexpected identifier 'yield'")
        }
        NameClass::Await
            if context.intersects(Context::AWAIT | Context::MODULE | Context::STATIC_BLOCK) =>
        {
            refuse(span, "Unexpected reserved word")
        }
        _ => None,
    }
}

/// Whether a name is written with escapes, which are longer than what they stand
/// for.
fn is_escaped(identifier: &Identifier<'_>) -> bool {
    identifier.span.range().len() > identifier.name.as_str().len()
}

/// §13.1.1: strict mode code binds neither `eval` nor `arguments`, and §13.15.1
/// assigns to neither.
#[inline]
pub(crate) fn eval_or_arguments(identifier: &Identifier<'_>, context: Context) -> Option<Fault> {
    let named = matches!(identifier.name.class(), NameClass::Eval | NameClass::Arguments);
    if !named || !context.contains(Context::STRICT) {
        return None;
    }
    refuse(identifier.span, "Unexpected eval or arguments in strict mode")
}

/// §15.7.1: `arguments` stands in no field initialiser and no static block.
#[inline]
pub(crate) fn arguments_in_class(identifier: &Identifier<'_>, context: Context) -> Option<Fault> {
    if identifier.name.class() != NameClass::Arguments || !context.contains(Context::NO_ARGUMENTS) {
        return None;
    }
    let message =
        "'arguments' is not allowed in class field initializer or static initialization block";
    refuse(identifier.span, message)
}
