//! Rules about declarations and the names they bind (§14.2.1, §14.3, §16.1.1).

use super::{Context, refuse};
use crate::ast::*;
use crate::diagnostic::{Diagnostic, Fault};
use crate::source::Span;

/// §14.2.1, §14.12.1, §15.2.1, §16.1.1 and others: a name is declared once in a
/// scope, unless both declarations are such that repeat.
pub(crate) fn redeclaration(identifier: &Identifier<'_>, other: Span) -> Fault {
    let message = format!("Identifier '{}' has already been declared", identifier.name);
    // A `var` is declared before the code around it, but need not stand before it.
    let (first, second) = (identifier.span.min(other), identifier.span.max(other));
    Diagnostic::syntax(second, message).label(first, "first declared here")
}

/// §14.3.1.1, §14.7.5.1: `let` is not the name of a lexical binding. In strict
/// mode code it is no name at all.
pub(crate) fn let_as_lexical_name(identifier: &Identifier<'_>, context: Context) -> Option<Fault> {
    if identifier.name.class() != NameClass::Let || context.contains(Context::STRICT) {
        return None;
    }
    refuse(identifier.span, "let is disallowed as a lexically bound name")
}

/// §14.3.1.1 (ES2027): `using` stands neither at the top level of a script nor
/// right in a clause of a `switch`.
pub(crate) fn using_not_here(node: &VariableDeclaration<'_>, allowed: bool) -> Option<Fault> {
    if allowed || !matches!(node.kind, VariableKind::Using | VariableKind::AwaitUsing) {
        return None;
    }
    Some(
        Diagnostic::syntax(node.span, format!("Unexpected '{}' declaration", node.kind.as_str()))
            .help("put it in a block, a function or a module"),
    )
}
