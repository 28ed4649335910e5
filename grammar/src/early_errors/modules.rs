//! Rules about modules (§16.2.1.1, §16.2.2.1).

use rustc_hash::{FxHashMap, FxHashSet};

use super::statements::keyword;
use crate::ast::*;
use crate::diagnostic::{Diagnostic, Fault};
use crate::source::Span;

/// §16.2.1.1: a name is exported once.
pub(crate) fn duplicate_export<'a>(
    name: &'a [u8],
    span: Span,
    exported: &mut FxHashMap<&'a [u8], Span>,
) -> Option<Fault> {
    let first = exported.insert(name, span)?;
    let message = format!("Duplicate export of '{}'", String::from_utf8_lossy(name));
    Some(Diagnostic::syntax(span, message).label(first, "first exported here"))
}

/// §16.2.1.1: what is exported by name is declared in the module.
pub(crate) fn undeclared_export(export: &LocalExport<'_>) -> Fault {
    let message = format!("Export '{}' is not defined in module", export.local.name);
    Diagnostic::syntax(export.local.span, message)
}

/// §16.2.3.1 (ES2027): what `using` binds is disposed of when the module has run,
/// so it is not exported.
pub(crate) fn exported_using(node: &ExportDeclaration<'_>) -> Option<Fault> {
    let ExportKind::Declaration(Statement::Variable(declaration)) = node.kind else { return None };
    if !matches!(declaration.kind, VariableKind::Using | VariableKind::AwaitUsing) {
        return None;
    }
    let fault = Diagnostic::syntax(keyword(node.span, "export"), "Unexpected token 'export'");
    Some(fault.help(format!("a `{}` declaration cannot be exported", declaration.kind.as_str())))
}

/// §16.2.2.1: a key stands once in `with { … }`.
pub(crate) fn duplicate_attribute(attributes: &[ImportAttribute<'_>]) -> Option<Fault> {
    let mut seen = FxHashSet::default();
    attributes.iter().find(|attribute| !seen.insert(attribute.key.as_bytes())).map(|attribute| {
        let key = String::from_utf8_lossy(attribute.key.as_bytes());
        Diagnostic::syntax(attribute.span, format!("Import attribute has duplicate key '{key}'"))
    })
}
