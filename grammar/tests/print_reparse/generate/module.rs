//! Imports and exports.

use axil_grammar::ast::*;

use super::{Generator, NOWHERE};

impl<'a> Generator<'a, '_> {
    /// An import or an export.
    pub fn module_item(&mut self) -> Statement<'a> {
        match self.choices.below(4) {
            0 => Statement::Import(self.import()),
            1 => self.export_all(),
            2 => self.indirect_export(),
            _ => self.exported_declaration(),
        }
    }

    fn import(&mut self) -> &'a ImportDeclaration<'a> {
        let specifiers = self.maybe(|this| {
            let mut specifiers = Vec::new();
            if this.choices.flip() {
                specifiers.push(ImportSpecifier::Default(this.imported_identifier()));
            }
            if this.choices.rarely(3) {
                let local = this.imported_identifier();
                specifiers.push(ImportSpecifier::Namespace { span: NOWHERE, local });
            } else {
                let names = this.some(2, |this| {
                    let local = this.imported_identifier();
                    let imported = match this.choices.below(3) {
                        0 => this.export_name_of(local.name),
                        _ => this.export_name(),
                    };
                    ImportSpecifier::Named { span: NOWHERE, imported, local }
                });
                specifiers.extend(names);
            }
            this.slice(specifiers)
        });
        let (source, attributes) = (self.plain_string("m"), self.attributes());
        self.arena.alloc(ImportDeclaration { span: NOWHERE, specifiers, source, attributes })
    }

    fn imported_identifier(&mut self) -> &'a Identifier<'a> {
        let name = self.fresh();
        self.imported.push(name);
        self.identifier(name)
    }

    fn attributes(&mut self) -> &'a [ImportAttribute<'a>] {
        let attributes = self.maybe(|this| {
            let key = this.export_name();
            let value = this.plain_string("json");
            ImportAttribute { span: NOWHERE, key, value }
        });
        self.slice(attributes.into_iter().collect())
    }

    /// Some name of another module.
    fn export_name(&mut self) -> ModuleExportName<'a> {
        if self.choices.flip() {
            ModuleExportName::String(self.plain_string("any 'name'"))
        } else {
            ModuleExportName::Identifier(self.property_name())
        }
    }

    fn export_name_of(&mut self, name: Name<'a>) -> ModuleExportName<'a> {
        let text = name.as_str();
        ModuleExportName::Identifier(self.arena.alloc(IdentifierName { span: NOWHERE, text }))
    }

    /// A name under which nothing else is exported.
    fn fresh_export_name(&mut self) -> ModuleExportName<'a> {
        let text = self.fresh().as_str();
        if self.choices.flip() {
            ModuleExportName::String(self.plain_string_in_arena(text))
        } else {
            ModuleExportName::Identifier(self.arena.alloc(IdentifierName { span: NOWHERE, text }))
        }
    }

    fn plain_string_in_arena(&mut self, text: &'a str) -> &'a StringLiteral<'a> {
        let (value, legacy_escape) = (Text(text.as_bytes()), LegacyEscape::None);
        self.arena.alloc(StringLiteral { span: NOWHERE, value, legacy_escape })
    }

    fn export(&mut self, kind: ExportKind<'a>) -> Statement<'a> {
        Statement::Export(self.arena.alloc(ExportDeclaration { span: NOWHERE, kind }))
    }

    fn export_all(&mut self) -> Statement<'a> {
        let exported = self.maybe(Self::fresh_export_name);
        let (source, attributes) = (self.plain_string("m"), self.attributes());
        self.export(ExportKind::All { exported, source, attributes })
    }

    fn indirect_export(&mut self) -> Statement<'a> {
        let specifiers = self.some(3, |this| {
            let (imported, exported) = (this.export_name(), this.fresh_export_name());
            IndirectExport { span: NOWHERE, imported, exported }
        });
        let specifiers = self.slice(specifiers);
        let (source, attributes) = (self.plain_string("m"), self.attributes());
        self.export(ExportKind::Indirect { specifiers, source, attributes })
    }

    fn exported_declaration(&mut self) -> Statement<'a> {
        let declaration = match self.choices.below(3) {
            0 => Statement::Variable(self.variables(false)),
            1 => {
                let id = self.fresh_identifier();
                Statement::Function(self.function(Some(id)))
            }
            _ => {
                let id = self.fresh_identifier();
                Statement::Class(self.class(Some(id)))
            }
        };
        self.export(ExportKind::Declaration(declaration))
    }

    /// What a module exports of its imports, and what by default.
    pub fn final_exports(&mut self, body: &mut Vec<Statement<'a>>) {
        if self.choices.flip() {
            let mut specifiers = Vec::new();
            for name in std::mem::take(&mut self.imported) {
                let exported = if self.choices.flip() {
                    self.export_name_of(name)
                } else {
                    self.fresh_export_name()
                };
                let local = self.identifier(name);
                specifiers.push(LocalExport { span: NOWHERE, local, exported });
            }
            let specifiers = self.slice(specifiers);
            body.push(self.export(ExportKind::Local { specifiers }));
        }
        if self.choices.flip() {
            let default = self.default_export();
            body.push(self.export(ExportKind::Default(default)));
        }
    }

    fn default_export(&mut self) -> ExportDefault<'a> {
        let id = self.maybe(Self::fresh_identifier);
        match self.choices.below(3) {
            0 => ExportDefault::Expression(self.expression()),
            1 => ExportDefault::Function(self.function(id)),
            _ => ExportDefault::Class(self.class(id)),
        }
    }
}
