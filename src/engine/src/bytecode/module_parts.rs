//! What a module imports and exports (ECMA-262 §16.2.1.7): the parts of a source text
//! module record that its text determines.

use axil_grammar::Span;

/// The static part of a module.
#[derive(Default, Debug)]
pub struct ModuleParts {
    /// `[[RequestedModules]]`
    pub requests: Vec<ModuleRequest>,
    /// `[[ImportEntries]]`
    pub imports: Vec<ImportEntry>,
    /// `[[LocalExportEntries]]`: names, and the variables they are.
    pub local_exports: Vec<(Box<str>, u32)>,
    /// `[[IndirectExportEntries]]`
    pub indirect_exports: Vec<IndirectExport>,
    /// `[[StarExportEntries]]`: the requests whose exports are all exported.
    pub star_exports: Vec<usize>,
    /// The number of variables of the module's environment.
    pub variables: u32,
    /// Those of them that are in a dead zone at first.
    pub uninitialized: Vec<u32>,
    /// `[[HasTLA]]`: it awaits something outside all functions.
    pub is_async: bool,
}

/// A module that another one asks for (§16.2.1.3).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ModuleRequest {
    /// `[[Specifier]]`
    pub specifier: Box<str>,
    /// `[[Attributes]]`
    pub attributes: Vec<(Box<str>, Box<str>)>,
}

/// What is imported of another module.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ImportName {
    /// What it exports under a name.
    Named(Box<str>),
    /// Its namespace object.
    Namespace,
}

/// An import.
#[derive(Debug)]
pub struct ImportEntry {
    /// The module: an index among the requests.
    pub request: usize,
    /// What is imported.
    pub name: ImportName,
    /// The variable that leads there.
    pub variable: u32,
    /// What it is called here.
    pub local: Box<str>,
    /// Where it stands: what is named of the other module.
    pub span: Span,
}

/// An export of what another module exports.
#[derive(Debug)]
pub struct IndirectExport {
    /// The name.
    pub export: Box<str>,
    /// The module: an index among the requests.
    pub request: usize,
    /// What is exported of it.
    pub import: ImportName,
    /// Where it stands.
    pub span: Span,
}
