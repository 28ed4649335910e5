//! Rules about statements (§14).

use super::{Context, refuse};
use crate::ast::*;
use crate::diagnostic::{Diagnostic, Fault};
use crate::source::Span;

/// Which statement another one is the body of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum BodyOf {
    /// A branch of an `if`.
    If,
    /// A loop or a `with`.
    Loop,
    /// A label; `in_loop` if that label is the body of an `if`, a loop or a
    /// `with`.
    Label {
        /// See above.
        in_loop: bool,
    },
}

/// §14.6.1, §14.7.1.1, §14.13.1 with Annex B.3.1 and B.3.3: which declarations
/// may be the body of a statement.
pub(crate) fn declaration_as_body(
    body: Statement<'_>,
    of: BodyOf,
    context: Context,
) -> Option<Fault> {
    match body {
        Statement::Class(class) => Some(in_a_block(class.span, "class")),
        Statement::Variable(node) if node.kind.is_lexical() => {
            Some(in_a_block(node.span, node.kind.as_str()))
        }
        Statement::Function(function) => {
            let allowed_here = match of {
                BodyOf::If => true,
                BodyOf::Loop => false,
                BodyOf::Label { in_loop } => !in_loop,
            };
            let message = match function.kind {
                FunctionKind::Normal | FunctionKind::Generator
                    if context.contains(Context::STRICT) =>
                {
                    "In strict mode code, functions can only be declared at top level or inside a block."
                }
                FunctionKind::Normal if allowed_here => return None,
                FunctionKind::Normal | FunctionKind::Generator if !allowed_here => {
                    "In non-strict mode code, functions can only be declared at top level, inside a block, or as the body of an if statement."
                }
                FunctionKind::Normal | FunctionKind::Generator => {
                    "Generators can only be declared at the top level or inside a block."
                }
                FunctionKind::Async | FunctionKind::AsyncGenerator => {
                    "Async functions can only be declared at the top level or inside a block."
                }
            };
            refuse(keyword(function.span, "function"), message)
        }
        _ => None,
    }
}

fn in_a_block(span: Span, word: &str) -> Fault {
    Diagnostic::syntax(keyword(span, word), format!("Unexpected token '{word}'"))
        .help("a declaration cannot be the body of a statement: put it in a block")
}

/// The keyword a node begins with.
pub(crate) fn keyword(span: Span, keyword: &str) -> Span {
    Span::new(span.start, span.start + crate::source::as_u32(keyword.len()))
}

/// §14.11.1: strict mode code has no `with`.
pub(crate) fn with_in_strict_mode(node: &WithStatement<'_>, context: Context) -> Option<Fault> {
    if !context.contains(Context::STRICT) {
        return None;
    }
    let message = "Strict mode code may not include a with statement";
    refuse(keyword(node.span, "with"), message)
}

/// §14.10.1: `return` stands in functions.
pub(crate) fn return_outside_function(span: Span, context: Context) -> Option<Fault> {
    if context.contains(Context::RETURN) {
        return None;
    }
    refuse(keyword(span, "return"), "Illegal return statement")
}

/// §14.9.1: `break` leaves a loop or a `switch`, or names a label around it.
pub(crate) fn break_target(
    node: &JumpStatement<'_>,
    breakable: bool,
    label_found: Option<bool>,
) -> Option<Fault> {
    match node.label {
        None if !breakable => refuse(node.span, "Illegal break statement"),
        Some(label) if label_found.is_none() => undefined_label(label),
        _ => None,
    }
}

/// §14.8.1: `continue` repeats a loop, or names the label of one around it.
pub(crate) fn continue_target(
    node: &JumpStatement<'_>,
    in_loop: bool,
    label_found: Option<bool>,
) -> Option<Fault> {
    match (node.label, label_found) {
        (None, _) if !in_loop => {
            let message = "Illegal continue statement: no surrounding iteration statement";
            refuse(node.span, message)
        }
        (Some(label), None) => undefined_label(label),
        (Some(label), Some(false)) => {
            let message = format!(
                "Illegal continue statement: '{}' does not denote an iteration statement",
                label.name
            );
            refuse(label.span, message)
        }
        _ => None,
    }
}

fn undefined_label(label: &Identifier<'_>) -> Option<Fault> {
    refuse(label.span, format!("Undefined label '{}'", label.name))
}

/// §14.13.1: a label is not nested in one of the same name.
pub(crate) fn duplicate_label(label: &Identifier<'_>, outer: Option<Span>) -> Option<Fault> {
    let message = format!("Label '{}' has already been declared", label.name);
    outer.map(|outer| Diagnostic::syntax(label.span, message).label(outer, "declared here"))
}

/// Annex B.3.5: `for (var a = b in c)` is left to sloppy mode code.
pub(crate) fn for_in_initializer(node: &ForInStatement<'_>, context: Context) -> Option<Fault> {
    let ForHead::Declaration(declaration) = node.left else { return None };
    let initialized = declaration.declarators.iter().any(|d| d.initializer.is_some());
    if !initialized || !context.contains(Context::STRICT) {
        return None;
    }
    let message = "for-in loop variable declaration may not have an initializer.";
    refuse(declaration.bindings_span(), message)
}

/// §14.12.1: a `switch` has one `default`.
pub(crate) fn duplicate_default(node: &SwitchStatement<'_>) -> Option<Fault> {
    let mut defaults = node.cases.iter().filter(|case| case.test.is_none());
    let (first, second) = (defaults.next()?, defaults.next()?);
    let message = "More than one default clause in switch statement";
    let (first, second) = (keyword(first.span, "default"), keyword(second.span, "default"));
    Some(Diagnostic::syntax(second, message).label(first, "the first one"))
}
