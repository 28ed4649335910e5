//! Imports and exports.

use crate::ast::*;
use crate::source::Span;
use crate::token::Token;

use super::{Cx, Fallible, ListStart, syntax_error};

impl<'a> Cx<'a> {
    /// §16.2.1.1: a module export name has no lone surrogate.
    pub(crate) fn string_export_name(
        &self,
        string: &'a StringLiteral<'a>,
    ) -> Fallible<ModuleExportName<'a>> {
        if string.value.as_str().is_none() {
            let message = "Invalid module export name: contains unpaired surrogate";
            return syntax_error(string.span, message);
        }
        Ok(ModuleExportName::String(string))
    }

    pub(crate) fn import(
        &self,
        l: u32,
        specifiers: Option<ListStart>,
        source: &'a StringLiteral<'a>,
        attributes: ListStart,
        r: u32,
    ) -> Statement<'a> {
        let attributes = self.attributes.finish(attributes, self.arena);
        let specifiers = specifiers.map(|list| self.import_specifiers.finish(list, self.arena));
        let span = Span::new(l, r);
        Statement::Import(self.alloc(ImportDeclaration { span, specifiers, source, attributes }))
    }

    /// `import { x }`: the name is both the export's and the binding's.
    pub(crate) fn import_same_name(&self, local: &'a Identifier<'a>) -> &'a ImportSpecifier<'a> {
        let span = local.span;
        let name = self.alloc(IdentifierName { span, text: local.name.as_str() });
        let imported = ModuleExportName::Identifier(name);
        self.alloc(ImportSpecifier::Named { span, imported, local })
    }

    pub(crate) fn import_attribute(
        &self,
        l: u32,
        key: ModuleExportName<'a>,
        value: &'a StringLiteral<'a>,
        r: u32,
    ) -> &'a ImportAttribute<'a> {
        self.alloc(ImportAttribute { span: Span::new(l, r), key, value })
    }

    pub(crate) fn export(&self, l: u32, kind: ExportKind<'a>, r: u32) -> Statement<'a> {
        Statement::Export(self.alloc(ExportDeclaration { span: Span::new(l, r), kind }))
    }

    pub(crate) fn export_all(
        &self,
        l: u32,
        exported: Option<ModuleExportName<'a>>,
        source: &'a StringLiteral<'a>,
        attributes: ListStart,
        r: u32,
    ) -> Statement<'a> {
        let attributes = self.attributes.finish(attributes, self.arena);
        self.export(l, ExportKind::All { exported, source, attributes }, r)
    }

    pub(crate) fn export_specifier(
        &self,
        l: u32,
        imported: ModuleExportName<'a>,
        exported: ModuleExportName<'a>,
        r: u32,
    ) -> &'a IndirectExport<'a> {
        self.alloc(IndirectExport { span: Span::new(l, r), imported, exported })
    }

    pub(crate) fn export_indirect(
        &self,
        l: u32,
        specifiers: ListStart,
        source: &'a StringLiteral<'a>,
        attributes: ListStart,
        r: u32,
    ) -> Statement<'a> {
        let specifiers = self.export_specifiers.finish(specifiers, self.arena);
        let attributes = self.attributes.finish(attributes, self.arena);
        self.export(l, ExportKind::Indirect { specifiers, source, attributes }, r)
    }

    /// §16.2.3.1: without `from` the names on the left are references, so they
    /// must be neither strings nor reserved words.
    pub(crate) fn export_local(
        &self,
        l: u32,
        specifiers: ListStart,
        r: u32,
    ) -> Fallible<Statement<'a>> {
        let specifiers = self.export_specifiers.finish(specifiers, self.arena);
        let mut locals = bumpalo::collections::Vec::with_capacity_in(specifiers.len(), self.arena);
        for specifier in specifiers {
            let name = match specifier.imported {
                ModuleExportName::Identifier(name) => name,
                ModuleExportName::String(string) => {
                    let message =
                        "String literal module export names must be followed by a 'from' clause";
                    return syntax_error(string.span, message);
                }
            };
            if Token::of_word(name.text.as_bytes()).is_reserved_word() {
                return syntax_error(name.span, "Unexpected reserved word");
            }
            let local = self.identifier_of(name.span, self.intern(name.text));
            locals.push(LocalExport { span: specifier.span, local, exported: specifier.exported });
        }
        Ok(self.export(l, ExportKind::Local { specifiers: locals.into_bump_slice() }, r))
    }
}
