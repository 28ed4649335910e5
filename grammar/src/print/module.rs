//! Imports and exports.

use super::Printer;
use crate::ast::{
    ExportDeclaration, ExportDefault, ExportKind, ImportAttribute, ImportDeclaration,
    ImportSpecifier, ModuleExportName, StringLiteral,
};

impl<'p> Printer<'p> {
    pub(super) fn import(&mut self, node: &ImportDeclaration<'p>) {
        self.push("import ");
        if let Some(specifiers) = node.specifiers {
            self.import_clause(specifiers);
            self.push(" from ");
        }
        self.module_request(node.source, node.attributes);
    }

    /// The default binding, then the namespace or the names in braces.
    fn import_clause(&mut self, specifiers: &[ImportSpecifier<'p>]) {
        let (default, others) = match specifiers {
            [ImportSpecifier::Default(local), others @ ..] => (Some(local), others),
            _ => (None, specifiers),
        };
        if let Some(local) = default {
            self.push(local.name.as_str());
            if others.is_empty() {
                return;
            }
            self.push(", ");
        }
        if let [ImportSpecifier::Namespace { local, .. }] = others {
            self.push("* as ");
            self.push(local.name.as_str());
            return;
        }
        self.names(others, |this, specifier| {
            if let ImportSpecifier::Named { imported, local, .. } = *specifier {
                let name = local.name.as_str();
                if !matches!(imported, ModuleExportName::Identifier(id) if id.text == name) {
                    this.export_name(imported);
                    this.push(" as ");
                }
                this.push(name);
            }
        });
    }

    pub(super) fn export(&mut self, node: &ExportDeclaration<'p>) {
        self.push("export ");
        match node.kind {
            ExportKind::All { exported, source, attributes } => {
                self.push("*");
                if let Some(exported) = exported {
                    self.push(" as ");
                    self.export_name(exported);
                }
                self.push(" from ");
                self.module_request(source, attributes);
            }
            ExportKind::Local { specifiers } => {
                self.names(specifiers, |this, specifier| {
                    let local = specifier.local.name.as_str();
                    this.push(local);
                    this.exported_as(local, specifier.exported);
                });
                self.push(";");
            }
            ExportKind::Indirect { specifiers, source, attributes } => {
                self.names(specifiers, |this, specifier| {
                    this.export_name(specifier.imported);
                    match specifier.imported {
                        ModuleExportName::Identifier(name) => {
                            this.exported_as(name.text, specifier.exported);
                        }
                        ModuleExportName::String(_) => {
                            this.push(" as ");
                            this.export_name(specifier.exported);
                        }
                    }
                });
                self.push(" from ");
                self.module_request(source, attributes);
            }
            ExportKind::Declaration(declaration) => self.statement(&declaration),
            ExportKind::Default(default) => {
                self.push("default ");
                self.export_default(default);
            }
        }
    }

    fn export_default(&mut self, default: ExportDefault<'p>) {
        match default {
            ExportDefault::Function(node) => self.function(node),
            ExportDefault::Class(node) => self.class(node),
            ExportDefault::Expression(expression) => {
                self.export_default_start = self.text.len();
                self.assignment(expression);
                self.push(";");
            }
        }
    }

    fn exported_as(&mut self, local: &str, exported: ModuleExportName<'p>) {
        if !matches!(exported, ModuleExportName::Identifier(name) if name.text == local) {
            self.push(" as ");
            self.export_name(exported);
        }
    }

    fn export_name(&mut self, name: ModuleExportName<'p>) {
        match name {
            ModuleExportName::Identifier(name) => self.push(name.text),
            ModuleExportName::String(string) => self.string(string),
        }
    }

    /// The module's specifier and what is known about the module.
    fn module_request(&mut self, source: &StringLiteral<'p>, attributes: &[ImportAttribute<'p>]) {
        self.string(source);
        if !attributes.is_empty() {
            self.push(" with ");
            self.names(attributes, |this, attribute| {
                this.export_name(attribute.key);
                this.push(": ");
                this.string(attribute.value);
            });
        }
        self.push(";");
    }

    fn names<T>(&mut self, items: &[T], write: impl FnMut(&mut Self, &T)) {
        if items.is_empty() {
            self.push("{}");
            return;
        }
        self.push("{ ");
        self.separated(items, write);
        self.push(" }");
    }
}
