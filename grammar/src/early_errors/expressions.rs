//! Rules about expressions (§13).

use super::{Context, refuse};
use crate::ast::*;
use crate::diagnostic::{Diagnostic, Fault};
use crate::source::Span;

/// §13.3.12.1: `new.target` stands in functions that are no arrows.
pub(crate) fn new_target(span: Span, context: Context) -> Option<Fault> {
    if context.contains(Context::NEW_TARGET) {
        return None;
    }
    refuse(last_word(span, "target"), "new.target expression is not allowed here")
}

/// §13.3.12.1: `import.meta` stands in modules.
pub(crate) fn import_meta(span: Span, context: Context) -> Option<Fault> {
    if context.contains(Context::MODULE) {
        return None;
    }
    refuse(last_word(span, "meta"), "Cannot use 'import.meta' outside a module")
}

/// The word a meta property ends with, which holds no escapes.
fn last_word(span: Span, word: &str) -> Span {
    Span::new(span.end - crate::source::as_u32(word.len()), span.end)
}

/// §15.4.1 and others: `super.x` stands in methods.
pub(crate) fn super_property(span: Span, context: Context) -> Option<Fault> {
    if context.contains(Context::SUPER_PROPERTY) {
        return None;
    }
    refuse(span, "'super' keyword unexpected here")
}

/// §15.7.1: `super()` stands in constructors of classes that extend.
pub(crate) fn super_call(span: Span, context: Context) -> Option<Fault> {
    if context.contains(Context::SUPER_CALL) {
        return None;
    }
    refuse(span, "'super' keyword unexpected here")
}

/// §13.5.1.1: strict mode code deletes no names, and nobody deletes private
/// fields.
pub(crate) fn delete_operand(node: &UnaryExpression<'_>, context: Context) -> Option<Fault> {
    if node.operator != UnaryOperator::Delete {
        return None;
    }
    let operand = node.argument.without_parentheses();
    let member = match operand {
        Expression::Identifier(name) if context.contains(Context::STRICT) => {
            return refuse(name.span, "Delete of an unqualified identifier in strict mode.");
        }
        Expression::Member(member) => member,
        Expression::Chain(chain) => match chain.expression {
            Expression::Member(member) => member,
            _ => return None,
        },
        _ => return None,
    };
    match member.property {
        MemberProperty::Private(name) => refuse(name.span, "Private fields can not be deleted"),
        _ => None,
    }
}

/// §13.15.1: a call is a target only where web reality needs it: in sloppy mode
/// code, and not with the logical operators.
pub(crate) fn call_as_target(
    target: Pattern<'_>,
    logical: bool,
    context: Context,
) -> Option<Fault> {
    let Pattern::Call(call) = target else { return None };
    if context.contains(Context::STRICT) || logical {
        return refuse(call.span(), "Invalid left-hand side in assignment");
    }
    None
}

/// Annex B.3.1 with §13.2.5.1: `__proto__: x` stands once in an object literal.
pub(crate) fn duplicate_proto(object: &ObjectLiteral<'_>) -> Option<Fault> {
    let mut first: Option<Span> = None;
    for property in object.properties {
        let Property::KeyValue(node) = property else { continue };
        if !node.key.is_literally("__proto__") {
            continue;
        }
        if let Some(first) = first {
            let message = "Duplicate __proto__ fields are not allowed in object literals";
            return Some(Diagnostic::syntax(node.span, message).label(first, "the first one"));
        }
        first = Some(node.span);
    }
    None
}

/// §15.5.1, §15.8.1: no `yield` in the parameters of a generator or of an arrow
/// function within one.
pub(crate) fn yield_in_parameters(span: Span, context: Context) -> Option<Fault> {
    if !context.contains(Context::NO_YIELD) {
        return None;
    }
    refuse(span, "Yield expression not allowed in formal parameter")
}

/// §15.8.1, §15.9.1, §15.3.1: no `await` in the parameters of an async function,
/// or of an arrow function within one; §15.7.1: none in static blocks.
pub(crate) fn await_not_here(span: Span, context: Context) -> Option<Fault> {
    if context.contains(Context::NO_AWAIT) {
        return refuse(span, "Illegal await-expression in formal parameters of async function");
    }
    if context.contains(Context::STATIC_BLOCK) {
        return refuse(span, "Unexpected reserved word");
    }
    None
}
