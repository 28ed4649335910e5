//! Imports and exports.

use axil_grammar::ast::*;

use super::{Generator, NOWHERE};

impl<'a> Generator<'a, '_> {
    /// An import or an export.
    pub fn module_item(&mut self) -> Statement<'a> {
        match self.choices.below(4) {
            0 => Statement::Import(self.import()),
            1 => self.export(ExportKind::All),
            2 => self.indirect_export(),
            _ => self.exported_declaration(),
        }
    }

    fn import(&mut self) -> &'a ImportDeclaration<'a> {
        let specifiers = self.maybe(|this| {
            let mut specifiers = Vec::new();
            if this.choices.flip() {
                specifiers.push(ImportSpecifier::Default(this.top_level_identifier()));
            }
            if this.choices.rarely(3) {
                let local = this.top_level_identifier();
                specifiers.push(ImportSpecifier::Namespace { span: NOWHERE, local });
            } else {
                let names = this.some(2, |this| {
                    let local = this.top_level_identifier();
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

    fn top_level_identifier(&mut self) -> &'a Identifier<'a> {
        let name = self.fresh();
        self.top_level.push(name);
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
}
