//! Modules (ECMA-262 §16.2): what they import and export, and their code.
//!
//! The environment of a module is made before its code runs, since others are linked to
//! it. The code first makes the functions that the module declares, and suspends; it goes
//! on when the module is evaluated.

use axil_grammar::ast::{
    ExportDeclaration, ExportDefault, ExportKind, Expression, Identifier, ImportAttribute,
    ImportDeclaration, ImportSpecifier, ModuleExportName, Program, Statement, StringLiteral,
};
use axil_grammar::scope::{BindingKind, ScopeTree};

use super::function::declared_function;
use super::{Compiled, Compiler, EnvironmentScope, Names, Place};
use crate::bytecode::{
    Code, CodeFlags, ImportEntry, ImportName, IndirectExport, ModuleParts, ModuleRequest,
};
use crate::heap::Gc;

impl<'a> Compiler<'_, 'a> {
    pub(super) fn module(&mut self, program: &Program<'a>) -> Compiled<Gc<Code>> {
        let mut parts = ModuleParts { is_async: program.has_top_level_await, ..Default::default() };
        let mut flags = CodeFlags::STRICT;
        // The code is a coroutine either way; only one of the two may await.
        flags |= if parts.is_async { CodeFlags::ASYNC } else { CodeFlags::GENERATOR };
        self.state().kind = axil_grammar::ast::FunctionKind::new(parts.is_async, !parts.is_async);
        self.begin_program();
        let register = self.state().outer_environment;
        self.state().uses_outer_environment = true;
        self.environments.push(EnvironmentScope {
            function: 0,
            register,
            names: Names::Scope(ScopeTree::PROGRAM),
            first_extra: 0,
            with_object: false,
            variables_of_eval: None,
            kept: None,
        });
        let variables = self.place_module_variables();
        // After the variables comes what is exported by default without a name, and the
        // module itself, for `import.meta`.
        let default = variables;
        parts.variables = variables + 2;
        self.module = Some(Place::Environment { environment: 0, index: variables + 1 });
        parts.uninitialized = self.uninitialized_variables();
        // The requests are in the order of the text; exports may be of later imports.
        for statement in program.body {
            if let Some((source, attributes)) = requested(*statement) {
                request(&mut parts, source, attributes);
            }
        }
        for statement in program.body {
            if let Statement::Import(import) = statement {
                self.import_entries(&mut parts, import);
            }
        }
        for statement in program.body {
            if let Statement::Export(export) = statement {
                self.export_entries(&mut parts, export, default);
            }
        }
        self.default_export = Some(Place::Environment { environment: 0, index: default });
        self.hoist_functions(program.body)?;
        for statement in program.body {
            if let Statement::Export(export) = statement
                && let ExportKind::Default(ExportDefault::Function(function)) = export.kind
                && function.id.is_none()
            {
                self.scratch(|this| {
                    let dst = this.temporary();
                    let name = this.string("default");
                    this.function(function, Some(name), dst)?;
                    this.store_default_export(dst);
                    Ok(())
                })?;
            }
        }
        let start = self.begin_generator();
        self.statements_with_resources(program.body)?;
        self.emit_return(None);
        self.end_coroutine(start);
        self.environments.pop();
        self.state().code.set_module(parts);
        self.end_program(program, 0, flags)
    }

    /// Gives the variables of a module that others or closures may use their places; gives
    /// their number.
    fn place_module_variables(&mut self) -> u32 {
        let mut count = 0;
        for id in self.scopes.scope(ScopeTree::PROGRAM).bindings {
            let binding = self.scopes.binding(*id);
            let (environment, index) = (0, count);
            let place = if binding.kind == BindingKind::Import {
                count += 1;
                Place::Import { environment, index }
            } else if binding.flags.intersects(super::variable::IN_ENVIRONMENT) {
                count += 1;
                Place::Environment { environment, index }
            } else {
                self.register_for(binding)
            };
            self.places.insert(*id, place);
        }
        count
    }

    /// The variables of the environment that are in a dead zone at first; the others are
    /// `undefined`.
    fn uninitialized_variables(&self) -> Vec<u32> {
        let bindings = self.scopes.scope(ScopeTree::PROGRAM).bindings.iter();
        let in_dead_zone = bindings.filter_map(|id| match self.places.get(id)? {
            Place::Environment { index, .. } if self.scopes.binding(*id).kind.has_dead_zone() => {
                Some(*index)
            }
            _ => None,
        });
        in_dead_zone.collect()
    }

    fn store_default_export(&mut self, src: crate::bytecode::Register) {
        if let Some(place) = self.default_export {
            self.store_place(place, src);
        }
    }

    fn import_entries(&mut self, parts: &mut ModuleParts, import: &ImportDeclaration<'a>) {
        let request = request(parts, import.source, import.attributes);
        for specifier in import.specifiers.unwrap_or(&[]) {
            let (local, name, span) = match specifier {
                ImportSpecifier::Default(local) => {
                    (local, ImportName::Named("default".into()), local.span)
                }
                ImportSpecifier::Namespace { local, span } => (local, ImportName::Namespace, *span),
                ImportSpecifier::Named { imported, local, .. } => {
                    (local, ImportName::Named(export_name(*imported)), imported.span())
                }
            };
            if let Some(Place::Import { index, .. }) = self.place_of(local) {
                let local = local.name.as_str().into();
                parts.imports.push(ImportEntry { request, name, variable: index, local, span });
            }
        }
    }

    fn export_entries(
        &mut self,
        parts: &mut ModuleParts,
        export: &ExportDeclaration<'a>,
        default: u32,
    ) {
        match export.kind {
            ExportKind::All { exported, source, attributes } => {
                let request = request(parts, source, attributes);
                match exported {
                    None => parts.star_exports.push(request),
                    Some(exported) => {
                        let (export, import) = (export_name(exported), ImportName::Namespace);
                        let span = exported.span();
                        let entry = IndirectExport { export, request, import, span };
                        parts.indirect_exports.push(entry);
                    }
                }
            }
            ExportKind::Indirect { specifiers, source, attributes } => {
                let request = request(parts, source, attributes);
                for specifier in specifiers {
                    let import = ImportName::Named(export_name(specifier.imported));
                    let export = export_name(specifier.exported);
                    let span = specifier.imported.span();
                    let entry = IndirectExport { export, request, import, span };
                    parts.indirect_exports.push(entry);
                }
            }
            ExportKind::Local { specifiers } => {
                for specifier in specifiers {
                    let export = export_name(specifier.exported);
                    self.export_variable(parts, export, specifier.local);
                }
            }
            ExportKind::Declaration(declaration) => {
                let mut names = Vec::new();
                match declaration {
                    Statement::Variable(node) => {
                        for declarator in node.declarators {
                            declarator.target.bound_names(|identifier| names.push(identifier));
                        }
                    }
                    Statement::Class(node) => names.extend(node.id),
                    _ => names.extend(declared_function(declaration).and_then(|node| node.id)),
                }
                for identifier in names {
                    self.export_variable(parts, identifier.name.as_str().into(), identifier);
                }
            }
            ExportKind::Default(exported) => {
                let id = match exported {
                    ExportDefault::Function(function) => function.id,
                    ExportDefault::Class(class) => class.id,
                    ExportDefault::Expression(_) => None,
                };
                match id {
                    Some(id) => self.export_variable(parts, "default".into(), id),
                    None => {
                        parts.local_exports.push(("default".into(), default));
                        if !matches!(exported, ExportDefault::Function(_)) {
                            parts.uninitialized.push(default);
                        }
                    }
                }
            }
        }
    }

    /// A variable is exported; one that is imported is the other module's.
    fn export_variable(
        &self,
        parts: &mut ModuleParts,
        export: Box<str>,
        identifier: &Identifier<'a>,
    ) {
        match self.place_of(identifier) {
            Some(Place::Environment { index, .. }) => parts.local_exports.push((export, index)),
            Some(Place::Import { index, .. }) => {
                if let Some(entry) = parts.imports.iter().find(|entry| entry.variable == index) {
                    let (request, import) = (entry.request, entry.name.clone());
                    let span = entry.span;
                    let entry = IndirectExport { export, request, import, span };
                    parts.indirect_exports.push(entry);
                }
            }
            _ => {}
        }
    }

    /// An import or export as a statement of the module's code.
    pub(super) fn export_statement(&mut self, export: &ExportDeclaration<'a>) -> Compiled {
        match export.kind {
            ExportKind::All { .. } | ExportKind::Local { .. } | ExportKind::Indirect { .. } => {
                Ok(())
            }
            ExportKind::Declaration(declaration) => self.statement(declaration, &[]),
            ExportKind::Default(ExportDefault::Function(_)) => Ok(()),
            ExportKind::Default(ExportDefault::Class(class)) if class.id.is_some() => {
                self.statement(Statement::Class(class), &[])
            }
            ExportKind::Default(ExportDefault::Class(class)) => {
                self.default_export_of(Expression::Class(class))
            }
            ExportKind::Default(ExportDefault::Expression(expression)) => {
                self.default_export_of(expression)
            }
        }
    }

    fn default_export_of(&mut self, expression: Expression<'a>) -> Compiled {
        self.scratch(|this| {
            let (dst, name) = (this.temporary(), this.string("default"));
            this.named_value_into(expression, Some(name), dst)?;
            this.store_default_export(dst);
            Ok(())
        })
    }
}

fn export_name(name: ModuleExportName<'_>) -> Box<str> {
    String::from_utf8_lossy(name.as_bytes()).into()
}

/// A module as a statement names it, with attributes.
type Requested<'a> = (&'a StringLiteral<'a>, &'a [ImportAttribute<'a>]);

/// The module that a statement asks for.
fn requested(statement: Statement<'_>) -> Option<Requested<'_>> {
    match statement {
        Statement::Import(import) => Some((import.source, import.attributes)),
        Statement::Export(export) => match export.kind {
            ExportKind::All { source, attributes, .. }
            | ExportKind::Indirect { source, attributes, .. } => Some((source, attributes)),
            _ => None,
        },
        _ => None,
    }
}

/// The number of a request, the same one for what is the same.
fn request(
    parts: &mut ModuleParts,
    source: &StringLiteral<'_>,
    attributes: &[ImportAttribute<'_>],
) -> usize {
    let text = |literal: &StringLiteral<'_>| -> Box<str> {
        String::from_utf8_lossy(literal.value.as_bytes()).into()
    };
    let attributes = attributes
        .iter()
        .map(|attribute| (export_name(attribute.key), text(attribute.value)))
        .collect();
    let request = ModuleRequest { specifier: text(source), attributes };
    match parts.requests.iter().position(|known| *known == request) {
        Some(index) => index,
        None => {
            parts.requests.push(request);
            parts.requests.len() - 1
        }
    }
}
