//! Statements (§14).

use crate::ast::*;
use crate::depth;
use crate::early_errors::statements::{self, BodyOf, keyword};
use crate::early_errors::{Context, declarations, expressions};
use crate::scope::{BindingKind, ScopeKind};
use crate::source::Span;

use super::function::Role;
use super::lexical::lexically_declared;
use super::{LEVELS_PER_STACK_CHECK, Label, Walk};

impl<'a> Walk<'_, 'a> {
    pub(super) fn statements(&mut self, statements: &'a [Statement<'a>]) {
        for statement in statements {
            self.statement(*statement);
        }
    }

    // What has much to remember is not inlined here: this frame lies on the stack
    // once for each statement around.
    pub(super) fn statement(&mut self, statement: Statement<'a>) {
        self.depth += 1;
        if self.depth.is_multiple_of(LEVELS_PER_STACK_CHECK) {
            depth::grow(|| self.statement(statement));
            self.depth -= 1;
            return;
        }
        match statement {
            Statement::Empty(_) | Statement::Debugger(_) => {}
            Statement::Block(node) => self.block(node),
            Statement::Expression(node) => self.expression(node.expression),
            Statement::If(node) => self.if_statement(node),
            Statement::For(node) => self.for_statement(node),
            Statement::ForIn(node) => self.for_in(node),
            Statement::ForOf(node) => self.for_of(node),
            Statement::While(node) => {
                self.expression(node.test);
                self.loop_body(node.body);
            }
            Statement::DoWhile(node) => {
                self.loop_body(node.body);
                self.expression(node.test);
            }
            Statement::Break(node) => {
                let found = node.label.and_then(|label| self.find_label(label));
                self.check(statements::break_target(node, self.jumps.breakable, found));
            }
            Statement::Continue(node) => {
                let found = node.label.and_then(|label| self.find_label(label));
                self.check(statements::continue_target(node, self.jumps.in_loop, found));
            }
            Statement::Return(node) => {
                self.check(statements::return_outside_function(node.span, self.context));
                if let Some(argument) = node.argument {
                    self.expression(argument);
                }
            }
            Statement::With(node) => self.with_statement(node),
            Statement::Switch(node) => self.switch(node),
            Statement::Labelled(node) => self.labelled(node, false),
            Statement::Throw(node) => self.expression(node.argument),
            Statement::Try(node) => self.try_statement(node),
            Statement::Variable(node) => {
                self.check(declarations::using_not_here(node, self.using_allowed));
                if node.kind == VariableKind::AwaitUsing {
                    self.note_await(keyword(node.span, "await"));
                }
                self.variable_declaration(node);
            }
            Statement::Function(node) => self.function(node, Role::Declaration),
            Statement::Class(node) => self.class_declaration(node),
            Statement::Import(node) => self.import(node),
            Statement::Export(node) => self.export(node),
        }
        self.depth -= 1;
    }

    /// Walks the statements of a block or body, in which `using` may stand.
    fn inner_statements(&mut self, statements: &'a [Statement<'a>], using_allowed: bool) {
        let outer = std::mem::replace(&mut self.using_allowed, using_allowed);
        self.statements(statements);
        self.using_allowed = outer;
    }

    fn block(&mut self, node: &'a BlockStatement<'a>) {
        let scope = self.enter_block(node.body, node.span, None);
        node.scope.set(scope);
        self.inner_statements(node.body, true);
        self.leave(scope);
    }

    #[inline(never)]
    fn if_statement(&mut self, node: &'a IfStatement<'a>) {
        self.expression(node.test);
        let branches = [Some(node.consequent), node.alternate];
        for (branch, branch_scope) in branches.into_iter().zip(&node.branch_scopes) {
            let Some(branch) = branch else { continue };
            // Annex B.3.3: a function stands as if in a block.
            if let Statement::Function(function) = branch {
                self.check(statements::declaration_as_body(branch, BodyOf::If, self.context));
                let list = self.cx.arena.alloc_slice_copy(&[branch]);
                branch_scope.set(self.enter_block(list, function.span, None));
                self.statement(branch);
                self.leave(branch_scope.get());
            } else {
                self.body(branch, BodyOf::If);
            }
        }
    }

    /// A statement that is the body of another.
    fn body(&mut self, body: Statement<'a>, of: BodyOf) {
        self.check(statements::declaration_as_body(body, of, self.context));
        match body {
            // `while (a) l: function f() {}` is refused like the function alone.
            Statement::Labelled(node) => self.labelled(node, true),
            // Refused above; nothing declares them.
            Statement::Class(_) | Statement::Function(_) => {}
            _ => self.statement(body),
        }
    }

    fn loop_body(&mut self, body: Statement<'a>) {
        let outer = self.jumps;
        self.jumps.in_loop = true;
        self.jumps.breakable = true;
        self.body(body, BodyOf::Loop);
        self.jumps = outer;
    }

    #[inline(never)]
    fn for_in(&mut self, node: &'a ForInStatement<'a>) {
        self.check(statements::for_in_initializer(node, self.context));
        let scope = self.for_head(node.left, node.right, node.span);
        node.scope.set(scope);
        self.loop_body(node.body);
        self.leave(scope);
    }

    #[inline(never)]
    fn for_of(&mut self, node: &'a ForOfStatement<'a>) {
        if node.is_await {
            self.note_await(keyword(node.span, "for"));
        }
        let scope = self.for_head(node.left, node.right, node.span);
        node.scope.set(scope);
        self.loop_body(node.body);
        self.leave(scope);
    }

    #[inline(never)]
    fn for_statement(&mut self, node: &'a ForStatement<'a>) {
        let declaration = match node.init {
            Some(ForInit::Declaration(declaration)) => Some(declaration),
            _ => None,
        };
        let outer = self.jumps.in_loop;
        self.jumps.in_loop = true;
        let scope = self.enter_for(declaration, node.span);
        self.jumps.in_loop = outer;
        node.scope.set(scope);
        match node.init {
            Some(ForInit::Declaration(declaration)) => {
                if declaration.kind == VariableKind::AwaitUsing {
                    self.note_await(keyword(declaration.span, "await"));
                }
                self.variable_declaration(declaration);
            }
            Some(ForInit::Expression(expression)) => self.expression(expression),
            None => {}
        }
        if let Some(test) = node.test {
            self.expression(test);
        }
        if let Some(update) = node.update {
            self.expression(update);
        }
        self.loop_body(node.body);
        self.leave(scope);
    }

    /// The head of a `for`-`in` or `for`-`of`: the operand sees the names it
    /// declares, but not initialised (§14.7.5.12).
    fn for_head(
        &mut self,
        left: ForHead<'a>,
        right: Expression<'a>,
        span: Span,
    ) -> crate::scope::ScopeId {
        let declaration = match left {
            ForHead::Declaration(declaration) => Some(declaration),
            ForHead::Pattern(_) => None,
        };
        let outer = self.jumps.in_loop;
        self.jumps.in_loop = true;
        let scope = self.enter_for(declaration, span);
        self.jumps.in_loop = outer;
        match left {
            ForHead::Declaration(declaration) => {
                if declaration.kind == VariableKind::AwaitUsing {
                    self.note_await(keyword(declaration.span, "await"));
                }
                let declarators = declaration.declarators;
                if let Some(initializer) = declarators.iter().find_map(|d| d.initializer) {
                    self.expression(initializer);
                }
                self.expression(right);
                for declarator in declarators {
                    if declaration.kind == VariableKind::Var {
                        self.var_pattern(declarator.target, true);
                    } else {
                        self.lexical_pattern(declarator.target);
                    }
                }
            }
            ForHead::Pattern(pattern) => {
                self.expression(right);
                self.assignment_pattern(pattern);
            }
        }
        scope
    }

    #[inline(never)]
    fn with_statement(&mut self, node: &'a WithStatement<'a>) {
        self.check(statements::with_in_strict_mode(node, self.context));
        self.expression(node.object);
        let flags = self.scope_flags();
        let scope = self.tables.enter(ScopeKind::With, node.body.span(), flags, false);
        node.scope.set(scope);
        self.body(node.body, BodyOf::Loop);
        self.tables.leave();
    }

    #[inline(never)]
    fn switch(&mut self, node: &'a SwitchStatement<'a>) {
        self.check(statements::duplicate_default(node));
        self.expression(node.discriminant);
        let scope = self.enter_cases(node);
        node.scope.set(scope);
        let outer = self.jumps;
        self.jumps.breakable = true;
        for case in node.cases {
            if let Some(test) = case.test {
                self.expression(test);
            }
            self.inner_statements(case.body, false);
            // What a clause initialises, a jump to a later clause does not.
            lexically_declared(case.body, &mut |declared| {
                if let Some(binding) = self.tables.own(declared.identifier.name)
                    && binding.kind.has_dead_zone()
                {
                    self.tables.uninitialize(declared.identifier.name);
                }
            });
        }
        self.jumps = outer;
        self.leave(scope);
    }

    fn label(&self, name: Name<'a>) -> Option<&Label<'a>> {
        let index = *self.label_indices.get(&name)?;
        self.labels.get(index).filter(|_| index >= self.jumps.labels)
    }

    /// Whether a label around names a loop; `None` if there is no such label.
    fn find_label(&self, label: &'a Identifier<'a>) -> Option<bool> {
        self.label(label.name).map(|outer| outer.of_loop)
    }

    /// A statement with all its labels. `in_loop` says that the first of them is
    /// the body of a loop or another statement.
    fn labelled(&mut self, node: &'a LabelledStatement<'a>, in_loop: bool) {
        let innermost = node.innermost();
        let of_loop = matches!(
            innermost,
            Statement::For(_)
                | Statement::ForIn(_)
                | Statement::ForOf(_)
                | Statement::While(_)
                | Statement::DoWhile(_)
        );
        let outer = self.labels.len();
        let mut labelled = Some(node);
        while let Some(node) = labelled {
            self.declare_label(node.label, of_loop);
            labelled = match node.body {
                Statement::Labelled(inner) => Some(inner),
                _ => None,
            };
        }
        if let Statement::Function(function) = innermost {
            let of = BodyOf::Label { in_loop };
            self.check(statements::declaration_as_body(innermost, of, self.context));
            // The list around the labels has declared it, if it may stand.
            if !in_loop {
                self.function(function, Role::Declaration);
            }
        } else {
            self.body(innermost, BodyOf::Label { in_loop });
        }
        while self.labels.len() > outer {
            if let Some(label) = self.labels.pop() {
                match label.shadowed {
                    Some(index) => self.label_indices.insert(label.name, index),
                    None => self.label_indices.remove(&label.name),
                };
            }
        }
    }

    fn declare_label(&mut self, label: &'a Identifier<'a>, of_loop: bool) {
        self.name_in_context(label);
        let outer = self.label(label.name).map(|outer| outer.span);
        self.check(statements::duplicate_label(label, outer));
        let (name, span) = (label.name, label.span);
        let shadowed = self.label_indices.insert(name, self.labels.len());
        self.labels.push(Label { name, span, of_loop, shadowed });
    }

    #[inline(never)]
    fn try_statement(&mut self, node: &'a TryStatement<'a>) {
        self.block(node.block);
        if let Some(handler) = node.handler {
            self.catch(handler);
        }
        if let Some(finalizer) = node.finalizer {
            self.block(finalizer);
        }
    }

    fn catch(&mut self, node: &'a CatchClause<'a>) {
        let Some(param) = node.param else {
            self.block(node.body);
            return;
        };
        let flags = self.scope_flags();
        let scope = self.tables.enter(ScopeKind::Catch, node.span, flags, false);
        node.scope.set(scope);
        let simple = matches!(param, Pattern::Identifier(_));
        let kind = if simple { BindingKind::SimpleCatch } else { BindingKind::Catch };
        param.bound_names(|identifier| {
            match self.tables.own(identifier.name).map(|binding| binding.span) {
                Some(first) => self.fault(declarations::redeclaration(identifier, first)),
                None => {
                    self.tables.declare(identifier.name, kind, identifier.span, simple);
                }
            }
        });
        self.catch_pattern(param);
        let block = self.enter_block(node.body.body, node.body.span, Some(scope));
        node.body.scope.set(block);
        self.inner_statements(node.body.body, true);
        self.leave(block);
        self.tables.leave();
    }

    pub(super) fn variable_declaration(&mut self, node: &'a VariableDeclaration<'a>) {
        for declarator in node.declarators {
            if let Some(initializer) = declarator.initializer {
                self.expression(initializer);
            }
            if node.kind == VariableKind::Var {
                self.var_pattern(declarator.target, declarator.initializer.is_some());
            } else {
                self.lexical_pattern(declarator.target);
            }
        }
    }

    /// `await` in some form: not everywhere, and at the top level it makes the
    /// module asynchronous.
    pub(super) fn note_await(&mut self, span: Span) {
        self.check(expressions::await_not_here(span, self.context));
        if self.context.contains(Context::MODULE) && self.tables.in_program_code() {
            self.has_top_level_await = true;
        }
    }
}
