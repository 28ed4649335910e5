//! Imports and exports.

use super::{Sink, Walker, node};
use crate::ast::{
    ExportDeclaration, ExportDefault, ExportKind, ImportAttribute, ImportDeclaration,
    ImportSpecifier, IndirectExport, LocalExport, ModuleExportName,
};

impl<'p, S: Sink> Walker<'p, '_, S> {
    pub(super) fn import(&mut self, node: &ImportDeclaration<'p>) {
        self.sink.open("", "Import", node.span);
        if let Some(specifiers) = node.specifiers {
            self.sink.open_group("specifiers", false);
            self.list("", specifiers, Self::import_specifier);
            self.sink.close_group();
        }
        self.string("from", node.source);
        self.attributes("", node.attributes);
        self.sink.close();
    }

    fn import_specifier(&mut self, role: &'static str, specifier: &ImportSpecifier<'p>) {
        match *specifier {
            ImportSpecifier::Default(local) => {
                node!(self, role, "ImportDefault", local.span, local: identifier(local));
            }
            ImportSpecifier::Namespace { span, local } => {
                node!(self, role, "ImportNamespace", span, local: identifier(local));
            }
            ImportSpecifier::Named { span, imported, local } => {
                node!(self, role, "ImportName", span,
                    imported: export_name(imported),
                    local: identifier(local));
            }
        }
    }

    fn attributes(&mut self, role: &'static str, attributes: &[ImportAttribute<'p>]) {
        if !attributes.is_empty() {
            self.sink.open_group("with", false);
            self.list(role, attributes, |this, role, node| {
                node!(this, role, "Attribute", node.span,
                    key: export_name(node.key),
                    value: string(node.value));
            });
            self.sink.close_group();
        }
    }

    fn export_name(&mut self, role: &'static str, name: ModuleExportName<'p>) {
        match name {
            ModuleExportName::Identifier(name) => self.identifier_name(role, name),
            ModuleExportName::String(string) => self.string(role, string),
        }
    }

    pub(super) fn export(&mut self, node: &ExportDeclaration<'p>) {
        match node.kind {
            ExportKind::All { exported, source, attributes } => {
                node!(self, "", "ExportAll", node.span,
                    exported: export_name_or_absent(exported),
                    from: string(source),
                    with: attributes(attributes));
            }
            ExportKind::Local { specifiers } => node!(self, "", "ExportLocal", node.span,
                specifier: list(specifiers, |this, _, node| this.local_export(node))),
            ExportKind::Indirect { specifiers, source, attributes } => {
                node!(self, "", "ExportIndirect", node.span,
                    specifier: list(specifiers, |this, _, node| this.indirect_export(node)),
                    from: string(source),
                    with: attributes(attributes));
            }
            ExportKind::Declaration(declaration) => {
                self.sink.open("", "ExportDeclaration", node.span);
                self.statement("", declaration);
                self.sink.close();
            }
            ExportKind::Default(default) => {
                self.sink.open("", "ExportDefault", node.span);
                self.export_default(default);
                self.sink.close();
            }
        }
    }

    fn export_default(&mut self, default: ExportDefault<'p>) {
        match default {
            ExportDefault::Function(node) => self.function("declaration", node),
            ExportDefault::Class(node) => self.class("declaration", node),
            ExportDefault::Expression(expression) => {
                self.sink.open_group("expression", false);
                self.expression("expression", expression);
                self.sink.close_group();
            }
        }
    }

    fn local_export(&mut self, node: &LocalExport<'p>) {
        node!(self, "", "ExportName", node.span,
            local: identifier(node.local),
            exported: export_name(node.exported));
    }

    fn indirect_export(&mut self, node: &IndirectExport<'p>) {
        node!(self, "", "ExportName", node.span,
            imported: export_name(node.imported),
            exported: export_name(node.exported));
    }

    fn export_name_or_absent(&mut self, role: &'static str, name: Option<ModuleExportName<'p>>) {
        match name {
            Some(name) => self.export_name(role, name),
            None => self.sink.absent(role),
        }
    }
}
