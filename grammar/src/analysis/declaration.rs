//! Declarations, before the code of their scope is walked.

use std::cell::OnceCell;

use rustc_hash::FxHashMap;

use crate::ast::*;
use crate::early_errors::declarations;
use crate::scope::{BindingKind, ScopeId, ScopeKind};
use crate::source::Span;

use super::Walk;
use super::annex_b;
use super::lexical::{LexicalKind, LexicallyDeclared, lexically_declared};

impl<'a> Walk<'_, 'a> {
    /// The parameters of the function Node wraps around a CommonJS module.
    pub(super) fn commonjs_parameters(&mut self) {
        for name in ["exports", "require", "module", "__filename", "__dirname"] {
            let name = self.cx.intern(name);
            self.tables.declare(name, BindingKind::Parameter, Span::default(), true);
        }
    }

    /// Declares what the body of a function or a program holds: its `var`s, its
    /// functions and its lexical declarations. `hoisted` is what of it stands further
    /// in; `functions_are_vars` says whether
    /// functions of the top level may repeat, as `var`s do (§8.2.6); `parameters`
    /// is the scope of the parameters where that is another one.
    pub(super) fn declare_body(
        &mut self,
        statements: &'a [Statement<'a>],
        hoisted: Option<&'a Hoisted<'a>>,
        functions_are_vars: bool,
        parameters: Option<ScopeId>,
    ) {
        self.var_scope = self.tables.current();
        let hoisted = hoisted.copied().unwrap_or_default();
        for identifier in hoisted.vars {
            if self.tables.own(identifier.name).is_none() {
                self.tables.declare(identifier.name, BindingKind::Var, identifier.span, true);
            }
        }
        lexically_declared(statements, &mut |declared| match declared.kind {
            LexicalKind::Function(_) if functions_are_vars => self.declare_function(declared),
            _ => self.declare_lexically(
                declared,
                parameters,
                BindingKind::Function,
                &PlainFunctions::of(&[]),
            ),
        });
        if hoisted.functions_in_blocks && self.sloppy() {
            for identifier in annex_b::functions_in_blocks(statements) {
                self.declare_annex_b(identifier, parameters);
            }
        }
    }

    /// A function of the top level of a function or script: it may take the place
    /// of a `var`, a parameter or another function.
    fn declare_function(&mut self, declared: LexicallyDeclared<'a>) {
        let identifier = declared.identifier;
        match self.tables.own(identifier.name).map(|binding| (binding.kind, binding.span)) {
            None => {
                let kind = BindingKind::Function;
                self.tables.declare(identifier.name, kind, identifier.span, true);
            }
            Some((BindingKind::Var | BindingKind::Function | BindingKind::Parameter, _)) => {
                self.tables.assign(identifier.name);
            }
            Some((_, first)) => self.fault(declarations::redeclaration(identifier, first)),
        }
    }

    /// Annex B.3.2: unless a parameter or a lexical declaration has the name.
    fn declare_annex_b(&mut self, identifier: &'a Identifier<'a>, parameters: Option<ScopeId>) {
        let taken = self.tables.lookup(identifier.name).is_some_and(|binding| {
            binding.scope == self.tables.current()
                || (Some(binding.scope) == parameters && binding.kind == BindingKind::Parameter)
        });
        if !taken {
            self.tables.declare(identifier.name, BindingKind::AnnexB, identifier.span, true);
        }
        self.tables.assign(identifier.name);
    }

    /// A declaration that must be the only one of its name in its scope.
    /// `outside` is a scope around it that counts as the same one: that of the
    /// parameters for a body, of the catch parameter for its block. `may_repeat`
    /// says whether all declarations of a name in the scope are plain functions.
    fn declare_lexically(
        &mut self,
        declared: LexicallyDeclared<'a>,
        outside: Option<ScopeId>,
        function_kind: BindingKind,
        may_repeat: &PlainFunctions<'_, 'a>,
    ) {
        let LexicallyDeclared { identifier, kind } = declared;
        let taken = self.tables.lookup(identifier.name).filter(|binding| {
            binding.scope == self.tables.current()
                || (Some(binding.scope) == outside && binding.kind != BindingKind::Arguments)
        });
        if let Some(taken) = taken {
            let first = taken.span;
            // Annex B.3.3.4: plain functions in a block may repeat in sloppy mode.
            let repeats = taken.kind == BindingKind::BlockFunction
                && self.sloppy()
                && may_repeat.contain(identifier.name);
            if !repeats {
                self.fault(declarations::redeclaration(identifier, first));
            }
            return;
        }
        let kind = match kind {
            LexicalKind::Variable(kind) => {
                self.check(declarations::let_as_lexical_name(identifier, self.context));
                match kind {
                    VariableKind::Const => BindingKind::Const,
                    VariableKind::Using | VariableKind::AwaitUsing => BindingKind::Using,
                    _ => BindingKind::Let,
                }
            }
            LexicalKind::Class => BindingKind::Class,
            LexicalKind::Function(_) => function_kind,
        };
        let initialized = !kind.has_dead_zone();
        self.tables.declare(identifier.name, kind, identifier.span, initialized);
    }

    /// Opens the scope of a block, if it declares anything. `outside` as above.
    pub(super) fn enter_block(
        &mut self,
        statements: &'a [Statement<'a>],
        span: Span,
        outside: Option<ScopeId>,
    ) -> ScopeId {
        if !statements.iter().any(|statement| may_declare(*statement)) {
            return ScopeId::NONE;
        }
        let flags = self.scope_flags();
        let scope = self.tables.enter(ScopeKind::Block, span, flags, false);
        let lists = [statements];
        let may_repeat = PlainFunctions::of(&lists);
        lexically_declared(statements, &mut |declared| {
            self.declare_lexically(declared, outside, BindingKind::BlockFunction, &may_repeat);
        });
        scope
    }

    /// Opens the scope of a `switch`, whose clauses are one block.
    pub(super) fn enter_cases(&mut self, node: &'a SwitchStatement<'a>) -> ScopeId {
        if !node.cases.iter().any(|case| case.body.iter().any(|s| may_declare(*s))) {
            return ScopeId::NONE;
        }
        let flags = self.scope_flags();
        let scope = self.tables.enter(ScopeKind::Switch, node.span, flags, false);
        // Repeated functions may stand in different clauses.
        let bodies: Vec<_> = node.cases.iter().map(|case| case.body).collect();
        let may_repeat = PlainFunctions::of(&bodies);
        for case in node.cases {
            lexically_declared(case.body, &mut |declared| {
                self.declare_lexically(declared, None, BindingKind::BlockFunction, &may_repeat);
            });
        }
        scope
    }

    /// Opens the scope of a loop's head, if it declares lexically.
    pub(super) fn enter_for(
        &mut self,
        declaration: Option<&'a VariableDeclaration<'a>>,
        span: Span,
    ) -> ScopeId {
        let Some(declaration) = declaration.filter(|node| node.kind.is_lexical()) else {
            return ScopeId::NONE;
        };
        let flags = self.scope_flags();
        let scope = self.tables.enter(ScopeKind::For, span, flags, false);
        let kind = LexicalKind::Variable(declaration.kind);
        for declarator in declaration.declarators {
            declarator.target.bound_names(|identifier| {
                let declared = LexicallyDeclared { identifier, kind };
                self.declare_lexically(
                    declared,
                    None,
                    BindingKind::Function,
                    &PlainFunctions::of(&[]),
                );
            });
        }
        scope
    }

    /// Closes a scope that may not have been opened.
    pub(super) fn leave(&mut self, scope: ScopeId) {
        if scope != ScopeId::NONE {
            self.tables.leave();
        }
    }
}

/// Whether a statement of a list may declare lexically.
fn may_declare(statement: Statement<'_>) -> bool {
    match statement {
        Statement::Variable(node) => node.kind.is_lexical(),
        Statement::Function(_) | Statement::Class(_) | Statement::Labelled(_) => true,
        _ => false,
    }
}

/// The names of a scope whose lexical declarations are all plain functions.
/// Looked for only when a name is declared twice, and then once for all names.
struct PlainFunctions<'s, 'a> {
    lists: &'s [&'a [Statement<'a>]],
    names: OnceCell<FxHashMap<Name<'a>, bool>>,
}

impl<'s, 'a> PlainFunctions<'s, 'a> {
    fn of(lists: &'s [&'a [Statement<'a>]]) -> Self {
        Self { lists, names: OnceCell::new() }
    }

    fn contain(&self, name: Name<'a>) -> bool {
        let names = self.names.get_or_init(|| {
            let mut names = FxHashMap::default();
            for list in self.lists {
                lexically_declared(list, &mut |declared| {
                    let plain = matches!(
                        declared.kind,
                        LexicalKind::Function(f) if f.kind == FunctionKind::Normal
                    );
                    *names.entry(declared.identifier.name).or_insert(true) &= plain;
                });
            }
            names
        });
        names.get(&name).copied().unwrap_or(false)
    }
}
