//! Imports and exports (ECMA-262 §16.2).

use super::{
    Class, Expression, Function, Identifier, IdentifierName, Statement, StringLiteral, spanned,
};
use crate::source::Span;

/// `ImportDeclaration`.
#[derive(Debug)]
pub struct ImportDeclaration<'a> {
    /// The whole declaration.
    pub span: Span,
    /// What is bound; `None` for `import "m"`, which binds nothing.
    pub specifiers: Option<&'a [ImportSpecifier<'a>]>,
    /// The module specifier.
    pub source: &'a StringLiteral<'a>,
    /// `with { … }`
    pub attributes: &'a [ImportAttribute<'a>],
}

/// One binding of an import declaration.
#[derive(Clone, Copy, Debug)]
pub enum ImportSpecifier<'a> {
    /// `import local from "m"`
    Default(&'a Identifier<'a>),
    /// `import * as local from "m"`
    Namespace {
        /// From `*` to the name.
        span: Span,
        /// The binding.
        local: &'a Identifier<'a>,
    },
    /// `import { imported as local } from "m"`
    Named {
        /// The specifier.
        span: Span,
        /// The name the other module exports.
        imported: ModuleExportName<'a>,
        /// The binding.
        local: &'a Identifier<'a>,
    },
}

/// `ModuleExportName`: a name or, for names that are no identifiers, a string.
#[derive(Clone, Copy, Debug)]
pub enum ModuleExportName<'a> {
    /// `x`
    Identifier(&'a IdentifierName<'a>),
    /// `"any string"`
    String(&'a StringLiteral<'a>),
}

/// One `key: "value"` of `with { … }`.
#[derive(Clone, Copy, Debug)]
pub struct ImportAttribute<'a> {
    /// Key and value.
    pub span: Span,
    /// The key.
    pub key: ModuleExportName<'a>,
    /// The value.
    pub value: &'a StringLiteral<'a>,
}

/// `ExportDeclaration`.
#[derive(Debug)]
pub struct ExportDeclaration<'a> {
    /// The whole declaration.
    pub span: Span,
    /// Which of the forms it is.
    pub kind: ExportKind<'a>,
}

/// The forms of an export declaration.
#[derive(Clone, Copy, Debug)]
pub enum ExportKind<'a> {
    /// `export * from "m"` or `export * as name from "m"`
    All {
        /// The name the namespace is exported under.
        exported: Option<ModuleExportName<'a>>,
        /// The module specifier.
        source: &'a StringLiteral<'a>,
        /// `with { … }`
        attributes: &'a [ImportAttribute<'a>],
    },
    /// `export { a as b }`
    Local {
        /// What is exported.
        specifiers: &'a [LocalExport<'a>],
    },
    /// `export { a as b } from "m"`
    Indirect {
        /// What is exported.
        specifiers: &'a [IndirectExport<'a>],
        /// The module specifier.
        source: &'a StringLiteral<'a>,
        /// `with { … }`
        attributes: &'a [ImportAttribute<'a>],
    },
    /// `export var …`, `export function …`, `export class …`
    Declaration(Statement<'a>),
    /// `export default …`
    Default(ExportDefault<'a>),
}

/// What `export default` exports.
#[derive(Clone, Copy, Debug)]
pub enum ExportDefault<'a> {
    /// A function declaration, perhaps without a name.
    Function(&'a Function<'a>),
    /// A class declaration, perhaps without a name.
    Class(&'a Class<'a>),
    /// An expression.
    Expression(Expression<'a>),
}

/// `local as exported`, `local` being a binding of this module.
#[derive(Clone, Copy, Debug)]
pub struct LocalExport<'a> {
    /// The specifier.
    pub span: Span,
    /// The binding.
    pub local: &'a Identifier<'a>,
    /// The name others import.
    pub exported: ModuleExportName<'a>,
}

/// `imported as exported`, `imported` being an export of another module.
#[derive(Clone, Copy, Debug)]
pub struct IndirectExport<'a> {
    /// The specifier.
    pub span: Span,
    /// The other module's name for it.
    pub imported: ModuleExportName<'a>,
    /// The name others import from here.
    pub exported: ModuleExportName<'a>,
}

spanned! { ImportDeclaration ImportAttribute ExportDeclaration LocalExport IndirectExport }

impl<'a> ImportSpecifier<'a> {
    /// The binding it makes.
    #[must_use]
    pub fn local(&self) -> &'a Identifier<'a> {
        match self {
            Self::Default(local) | Self::Namespace { local, .. } | Self::Named { local, .. } => {
                local
            }
        }
    }
}

impl<'a> ModuleExportName<'a> {
    /// Where it stands.
    #[must_use]
    pub fn span(self) -> Span {
        match self {
            Self::Identifier(name) => name.span,
            Self::String(string) => string.span,
        }
    }

    /// The exported name, WTF-8.
    #[must_use]
    pub fn as_bytes(self) -> &'a [u8] {
        match self {
            Self::Identifier(name) => name.text.as_bytes(),
            Self::String(string) => string.value.as_bytes(),
        }
    }
}
