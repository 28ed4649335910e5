//! Rules about functions (§15.1 – §15.6, §15.8, §15.9).

use crate::ast::*;
use crate::diagnostic::{Diagnostic, Fault};
use crate::source::Span;

/// §15.2.1 and others: a function that makes itself strict has plain parameters.
pub(crate) fn use_strict_with_complex_parameters(
    params: &FormalParameters<'_>,
    directive: Option<Span>,
) -> Option<Fault> {
    let directive = directive?;
    if params.is_simple() {
        return None;
    }
    let message = "Illegal 'use strict' directive in function with non-simple parameter list";
    Some(Diagnostic::syntax(directive, message).label(params.span, "these parameters"))
}

/// §15.1.1, §15.2.1, §15.3.1, §15.4.1: a parameter's name stands once, but for
/// plain parameters of sloppy functions.
pub(crate) fn duplicate_parameter(identifier: &Identifier<'_>, first: Span) -> Fault {
    Diagnostic::syntax(identifier.span, "Duplicate parameter name not allowed in this context")
        .label(first, "the first one")
}

/// §11.2.1: the directive prologue's `"use strict"`, if there is one.
pub(crate) fn use_strict_directive(statements: &[Statement<'_>], text: &[u8]) -> Option<Span> {
    statements
        .iter()
        .map_while(|statement| match statement {
            Statement::Expression(node) => node.directive.get().map(|raw| (node.span, raw)),
            _ => None,
        })
        .find(|(_, raw)| &text[raw.range()] == b"use strict")
        .map(|(span, _)| span)
}
