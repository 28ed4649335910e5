//! Imports and exports.

use super::{Printer, node};
use crate::ast::{
    ExportDeclaration, ExportDefault, ExportKind, ImportAttribute, ImportDeclaration,
    ImportSpecifier, IndirectExport, LocalExport, ModuleExportName,
};

impl<'p> Printer<'p> {
    pub(super) fn import_declaration(&mut self, node: &ImportDeclaration<'p>) {
        node!(self, ImportDeclaration, node.span,
            specifiers: list(node.specifiers.unwrap_or_default(), Self::import_specifier),
            source: string_literal(node.source),
            attributes: list(node.attributes, Self::import_attribute));
    }

    fn import_specifier(&mut self, specifier: &ImportSpecifier<'p>) {
        match *specifier {
            ImportSpecifier::Default(local) => {
                node!(self, ImportDefaultSpecifier, local.span, local: identifier(local));
            }
            ImportSpecifier::Namespace { span, local } => {
                node!(self, ImportNamespaceSpecifier, span, local: identifier(local));
            }
            ImportSpecifier::Named { span, imported, local } => {
                node!(self, ImportSpecifier, span,
                    imported: module_export_name(imported),
                    local: identifier(local));
            }
        }
    }

    fn import_attribute(&mut self, node: &ImportAttribute<'p>) {
        node!(self, ImportAttribute, node.span,
            key: module_export_name(node.key),
            value: string_literal(node.value));
    }

    fn module_export_name(&mut self, name: ModuleExportName<'p>) {
        match name {
            ModuleExportName::Identifier(name) => self.identifier_name(name),
            ModuleExportName::String(string) => self.string_literal(string),
        }
    }

    pub(super) fn export_declaration(&mut self, node: &ExportDeclaration<'p>) {
        match node.kind {
            ExportKind::All { exported, source, attributes } => {
                node!(self, ExportAllDeclaration, node.span,
                    exported: optional_export_name(exported),
                    source: string_literal(source),
                    attributes: list(attributes, Self::import_attribute));
            }
            ExportKind::Local { specifiers } => {
                node!(self, ExportNamedDeclaration, node.span,
                    declaration: null(),
                    specifiers: list(specifiers, Self::local_export),
                    source: null(),
                    attributes: no_attributes());
            }
            ExportKind::Indirect { specifiers, source, attributes } => {
                node!(self, ExportNamedDeclaration, node.span,
                    declaration: null(),
                    specifiers: list(specifiers, Self::indirect_export),
                    source: string_literal(source),
                    attributes: list(attributes, Self::import_attribute));
            }
            ExportKind::Declaration(declaration) => {
                node!(self, ExportNamedDeclaration, node.span,
                    declaration: statement(&declaration),
                    specifiers: list(&[], Self::local_export),
                    source: null(),
                    attributes: no_attributes());
            }
            ExportKind::Default(default) => {
                node!(self, ExportDefaultDeclaration, node.span,
                    declaration: export_default(default));
            }
        }
    }

    fn no_attributes(&mut self) {
        self.list(&[], Self::import_attribute);
    }

    fn export_default(&mut self, default: ExportDefault<'p>) {
        match default {
            ExportDefault::Function(node) => self.function_declaration(node),
            ExportDefault::Class(node) => self.class_declaration(node),
            ExportDefault::Expression(expression) => self.expression(expression),
        }
    }

    fn local_export(&mut self, node: &LocalExport<'p>) {
        node!(self, ExportSpecifier, node.span,
            local: identifier(node.local),
            exported: module_export_name(node.exported));
    }

    fn indirect_export(&mut self, node: &IndirectExport<'p>) {
        node!(self, ExportSpecifier, node.span,
            local: module_export_name(node.imported),
            exported: module_export_name(node.exported));
    }

    fn optional_export_name(&mut self, name: Option<ModuleExportName<'p>>) {
        match name {
            Some(name) => self.module_export_name(name),
            None => self.null(),
        }
    }
}
