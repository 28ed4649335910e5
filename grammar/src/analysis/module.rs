//! Imports and exports (§16.2).

use rustc_hash::FxHashMap;

use crate::ast::*;
use crate::early_errors::{declarations, identifiers, modules};
use crate::scope::BindingKind;
use crate::source::Span;

use super::Walk;
use super::function::Role;
use super::tables::Tables;

impl<'a> Walk<'_, 'a> {
    /// Declares the imports of a module, before its own declarations.
    pub(super) fn declare_imports(&mut self, body: &'a [Statement<'a>]) {
        for statement in body {
            let Statement::Import(node) = statement else { continue };
            for specifier in node.specifiers.unwrap_or(&[]) {
                let local = specifier.local();
                match self.tables.own(local.name).map(|binding| binding.span) {
                    Some(first) => self.fault(declarations::redeclaration(local, first)),
                    None => {
                        // What another module exports may not be initialised yet.
                        self.tables.declare(local.name, BindingKind::Import, local.span, false);
                    }
                }
            }
        }
    }

    pub(super) fn import(&mut self, node: &'a ImportDeclaration<'a>) {
        self.check(modules::duplicate_attribute(node.attributes));
        for specifier in node.specifiers.unwrap_or(&[]) {
            let local = specifier.local();
            self.check(identifiers::reserved_in_context(local, self.context));
            self.check(identifiers::eval_or_arguments(local, self.context));
            Tables::resolve_declaration(local);
        }
    }

    pub(super) fn export(&mut self, node: &'a ExportDeclaration<'a>) {
        self.check(modules::exported_using(node));
        match node.kind {
            ExportKind::All { attributes, .. } | ExportKind::Indirect { attributes, .. } => {
                self.check(modules::duplicate_attribute(attributes));
            }
            ExportKind::Local { .. } => {}
            ExportKind::Declaration(declaration) => self.statement(declaration),
            ExportKind::Default(ExportDefault::Function(function)) => {
                self.function(function, Role::Declaration);
            }
            ExportKind::Default(ExportDefault::Class(class)) => self.class_declaration(class),
            ExportKind::Default(ExportDefault::Expression(expression)) => {
                self.expression(expression);
            }
        }
    }

    /// §16.2.1.1, when all of the module has been seen: exported names are unique,
    /// and those without `from` are declared.
    pub(super) fn exports(&mut self, body: &'a [Statement<'a>]) {
        let mut exported: FxHashMap<&'a [u8], Span> = FxHashMap::default();
        for statement in body {
            let Statement::Export(node) = statement else { continue };
            let mut export = |walk: &mut Self, name: &'a [u8], span: Span| {
                walk.check(modules::duplicate_export(name, span, &mut exported));
            };
            match node.kind {
                ExportKind::All { exported: Some(name), .. } => {
                    export(self, name.as_bytes(), name.span());
                }
                ExportKind::All { .. } => {}
                ExportKind::Local { specifiers } => {
                    for specifier in specifiers {
                        export(self, specifier.exported.as_bytes(), specifier.span);
                        self.exported_binding(specifier);
                    }
                }
                ExportKind::Indirect { specifiers, .. } => {
                    for specifier in specifiers {
                        export(self, specifier.exported.as_bytes(), specifier.span);
                    }
                }
                ExportKind::Declaration(declaration) => {
                    self.exported_names(declaration, &mut export);
                }
                ExportKind::Default(default) => {
                    let span = Span::new(node.span.start, node.span.start + 14);
                    export(self, b"default", Span::new(span.start, span.end.min(node.span.end)));
                    let id = match default {
                        ExportDefault::Function(function) => function.id,
                        ExportDefault::Class(class) => class.id,
                        ExportDefault::Expression(_) => None,
                    };
                    if let Some(id) = id {
                        self.tables.export(id.name);
                    }
                }
            }
        }
    }

    fn exported_binding(&mut self, specifier: &'a LocalExport<'a>) {
        if self.tables.own(specifier.local.name).is_none() {
            self.fault(modules::undeclared_export(specifier));
            return;
        }
        Tables::resolve_declaration(specifier.local);
        self.tables.export(specifier.local.name);
    }

    fn exported_names(
        &mut self,
        declaration: Statement<'a>,
        export: &mut impl FnMut(&mut Self, &'a [u8], Span),
    ) {
        let mut found = |identifier: &'a Identifier<'a>| {
            export(self, identifier.name.as_str().as_bytes(), identifier.span);
            self.tables.export(identifier.name);
        };
        match declaration {
            Statement::Variable(node) => {
                for declarator in node.declarators {
                    declarator.target.bound_names(&mut found);
                }
            }
            Statement::Function(node) => node.id.into_iter().for_each(found),
            Statement::Class(node) => node.id.into_iter().for_each(found),
            _ => {}
        }
    }
}
