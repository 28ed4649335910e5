//! Statements (ECMA-262 §14).

use axil_grammar::ast::{
    BlockStatement, Class, Expression, ForHead, ForInStatement, ForInit, ForStatement, Identifier,
    IfStatement, LabelledStatement, Pattern, Spanned, Statement, SwitchStatement,
    VariableDeclaration, VariableKind,
};

use axil_grammar::scope::{BindingFlags, BindingId, Resolution, ScopeId};

use super::class::is_anonymous_function;
use super::control::{Control, Target};
use super::expression::{is_written_last, may_assign, small_int};
use super::pattern::{Binding, PatternSource};
use super::resources::resources;
use super::variable::IN_ENVIRONMENT;
use super::{Compiled, Compiler, Place};
use crate::bytecode::{Instruction, Label, Register};

impl<'a> Compiler<'_, 'a> {
    pub(super) fn statements(&mut self, statements: &'a [Statement<'a>]) -> Compiled {
        statements.iter().try_for_each(|statement| self.statement(*statement, &[]))
    }

    pub(super) fn statement(&mut self, statement: Statement<'a>, labels: &[String]) -> Compiled {
        super::grow(|| {
            // Variables of a statement's own scope keep their registers to its end.
            let next = self.state().next;
            let result = self.statement_here(statement, labels);
            self.state().next = next;
            result
        })
    }

    fn statement_here(&mut self, statement: Statement<'a>, labels: &[String]) -> Compiled {
        self.position(&statement);
        if has_own_value(statement) {
            self.reset_completion();
        }
        match statement {
            Statement::Empty(_) | Statement::Debugger(_) => Ok(()),
            Statement::Function(function) => self.function_statement(function),
            Statement::Class(class) => self.class_declaration(class),
            Statement::Block(block) if labels.is_empty() => self.block(block),
            Statement::Expression(statement) => self.expression_statement(statement),
            Statement::If(statement) => self.if_statement(statement),
            Statement::For(statement) => self.for_statement(statement, labels),
            Statement::While(statement) => self.in_loop(labels, |this, on_break, on_continue| {
                this.bind(on_continue);
                this.jump_unless(statement.test, on_break)?;
                let start = this.label();
                this.bind(start);
                this.statement(statement.body, &[])?;
                this.jump_if_is(statement.test, true, start)
            }),
            Statement::DoWhile(statement) => self.in_loop(labels, |this, _, on_continue| {
                let start = this.label();
                this.bind(start);
                this.statement(statement.body, &[])?;
                this.bind(on_continue);
                this.jump_if_is(statement.test, true, start)
            }),
            Statement::ForIn(statement) => self.for_in(statement, labels),
            Statement::ForOf(statement) => self.for_of(statement, labels),
            Statement::With(statement) if labels.is_empty() => self.with_statement(statement),
            Statement::Break(jump) => self.jump_statement(jump, true),
            Statement::Continue(jump) => self.jump_statement(jump, false),
            Statement::Return(statement) => self.return_statement(statement),
            Statement::Switch(statement) => self.switch(statement, labels),
            Statement::Labelled(statement) => self.labelled(statement, labels),
            Statement::Block(_) | Statement::With(_) => self.labelled_block(statement, labels),
            Statement::Throw(statement) => {
                let src = self.value(statement.argument)?;
                self.position(statement);
                self.emit(Instruction::Throw { src });
                Ok(())
            }
            Statement::Try(statement) => self.try_statement(statement),
            Statement::Variable(declaration) => self.declaration(declaration),
            Statement::Import(_) => Ok(()),
            Statement::Export(export) => self.export_statement(export),
        }
    }

    /// A statement that has a value of its own begins with `undefined`.
    pub(super) fn reset_completion(&mut self) {
        if let Some(dst) = self.state().completion {
            self.emit(Instruction::LoadUndefined { dst });
        }
    }

    pub(super) fn block(&mut self, block: &BlockStatement<'a>) -> Compiled {
        let environment = self.enter_scope(block.scope.get());
        self.hoist_functions(block.body)?;
        self.statements_with_resources(block.body)?;
        self.leave_scope(environment);
        Ok(())
    }

    fn labelled(&mut self, statement: &LabelledStatement<'a>, labels: &[String]) -> Compiled {
        let mut labels = labels.to_vec();
        labels.push(statement.label.name.as_str().to_owned());
        match statement.body {
            Statement::For(_)
            | Statement::ForIn(_)
            | Statement::ForOf(_)
            | Statement::While(_)
            | Statement::DoWhile(_)
            | Statement::Switch(_)
            | Statement::Labelled(_) => self.statement(statement.body, &labels),
            body => self.labelled_block(body, &labels),
        }
    }

    fn labelled_block(&mut self, body: Statement<'a>, labels: &[String]) -> Compiled {
        let on_break = self.label();
        let target =
            Target { labels: labels.to_vec(), on_break, on_continue: None, is_plain: false };
        self.state().controls.push(Control::Target(target));
        self.statement(body, &[])?;
        self.state().controls.pop();
        self.bind(on_break);
        Ok(())
    }

    fn if_statement(&mut self, statement: &IfStatement<'a>) -> Compiled {
        if let Some(to) = self.plain_jump(statement.consequent) {
            self.jump_if_is(statement.test, true, to)?;
            return match statement.alternate {
                None => Ok(()),
                Some(alternate) => self.branch(alternate, statement.branch_scopes[1].get()),
            };
        }
        let otherwise = self.label();
        self.jump_unless(statement.test, otherwise)?;
        self.branch(statement.consequent, statement.branch_scopes[0].get())?;
        match statement.alternate {
            None => self.bind(otherwise),
            Some(alternate) => {
                let end = self.label();
                self.jump(end);
                self.bind(otherwise);
                self.branch(alternate, statement.branch_scopes[1].get())?;
                self.bind(end);
            }
        }
        Ok(())
    }

    /// A branch of an `if`, where a function stands as if in a block (Annex B.3.3).
    fn branch(&mut self, branch: Statement<'a>, scope: ScopeId) -> Compiled {
        let Statement::Function(function) = branch else { return self.statement(branch, &[]) };
        let next = self.state().next;
        let entered = self.enter_scope(scope);
        self.hoist_function(function)?;
        self.function_statement(function)?;
        self.leave_scope(entered);
        self.state().next = next;
        Ok(())
    }

    fn class_declaration(&mut self, class: &'a Class<'a>) -> Compiled {
        self.scratch(|this| {
            let own = class.id.and_then(|id| this.unseen_register(id));
            let dst = own.unwrap_or_else(|| this.temporary());
            this.class(class, None, dst)?;
            match class.id {
                Some(id) => this.initialize_identifier(id, dst),
                None => Ok(()),
            }
        })
    }

    /// Compiles a loop: `compile` is given where `break` and `continue` lead.
    pub(super) fn in_loop(
        &mut self,
        labels: &[String],
        compile: impl FnOnce(&mut Self, Label, Label) -> Compiled,
    ) -> Compiled {
        let (on_break, on_continue) = (self.label(), self.label());
        self.state().controls.push(Control::Target(Target {
            labels: labels.to_vec(),
            on_break,
            on_continue: Some(on_continue),
            is_plain: true,
        }));
        compile(self, on_break, on_continue)?;
        self.state().controls.pop();
        self.bind(on_break);
        Ok(())
    }

    fn for_statement(&mut self, statement: &ForStatement<'a>, labels: &[String]) -> Compiled {
        let resources = match statement.init {
            Some(ForInit::Declaration(declaration)) => resources(declaration.kind),
            _ => None,
        };
        self.with_resources(resources, |this| this.for_loop(statement, labels))
    }

    fn for_loop(&mut self, statement: &ForStatement<'a>, labels: &[String]) -> Compiled {
        let environment = self.enter_scope(statement.scope.get());
        match statement.init {
            None => {}
            Some(ForInit::Declaration(declaration)) => self.declaration(declaration)?,
            Some(ForInit::Expression(expression)) => self.effect(expression)?,
        }
        // Closures of the head have variables of their own too.
        self.renew_scope(environment);
        self.in_loop(labels, |this, on_break, on_continue| {
            let start = this.label();
            if let Some(test) = statement.test {
                this.jump_unless(test, on_break)?;
            }
            this.bind(start);
            this.statement(statement.body, &[])?;
            this.bind(on_continue);
            // Closures of this turn keep its variables; the next turn has its own.
            this.renew_scope(environment);
            if let Some(update) = statement.update {
                this.effect(update)?;
            }
            match statement.test {
                Some(test) => this.jump_if_is(test, true, start),
                None => {
                    this.emit_jump(Instruction::Loop { to: 0 }, start);
                    Ok(())
                }
            }
        })?;
        self.leave_scope(environment);
        Ok(())
    }

    fn for_in(&mut self, statement: &ForInStatement<'a>, labels: &[String]) -> Compiled {
        let state = self.temporaries(3);
        if let ForHead::Declaration(declaration) = statement.left
            && let [declarator] = declaration.declarators
            && let Some(initializer) = declarator.initializer
            && let Pattern::Identifier(identifier) = declarator.target
        {
            // `for (var x = 1 in o)` (Annex B.3.5)
            self.scratch(|this| this.initialize(VariableKind::Var, identifier, initializer))?;
        }
        let object = self.iterated(statement.scope.get(), statement.right)?;
        self.position(statement);
        self.emit(Instruction::BeginForIn { state, object });
        let name = self.temporary();
        self.in_loop(labels, |this, on_break, on_continue| {
            this.bind(on_continue);
            this.emit(Instruction::NextForIn { dst: name, state });
            this.emit_jump(Instruction::JumpIfEmpty { test: name, to: 0 }, on_break);
            this.place_loop_variable(statement.left, name);
            // Every turn has variables of its own.
            let environment = this.enter_scope(statement.scope.get());
            this.for_turn(statement.left, name, statement.body)?;
            this.leave_scope(environment);
            this.emit_jump(Instruction::Loop { to: 0 }, on_continue);
            Ok(())
        })
    }

    /// Evaluates what a `for`-`in` or `for`-`of` goes over. The variables that its head
    /// declares are there, and not initialised (§14.7.5.6).
    pub(super) fn iterated(&mut self, scope: ScopeId, right: Expression<'a>) -> Compiled<Register> {
        let Some(index) = scope.index() else { return self.value(right) };
        let needs_check =
            |id: &BindingId| self.scopes.binding(*id).flags.contains(BindingFlags::NEEDS_CHECK);
        if !self.scopes.scopes[index].bindings.iter().any(needs_check) {
            return self.value(right);
        }
        let dst = self.temporary();
        let next = self.state().next;
        let entered = self.enter_scope(scope);
        self.value_into(right, dst)?;
        self.leave_scope(entered);
        self.forget_scope(scope);
        self.state().next = next;
        Ok(dst)
    }

    /// The one plain variable that the head of a loop declares is the register where the
    /// loop gets its values, if only the body can see it.
    pub(super) fn place_loop_variable(&mut self, head: ForHead<'a>, src: Register) {
        if let ForHead::Declaration(declaration) = head
            && resources(declaration.kind).is_none()
            && let [declarator] = declaration.declarators
            && let Pattern::Identifier(identifier) = declarator.target
            && let Resolution::Binding { id, .. } = identifier.resolution.get()
            && self.scopes.binding(id).kind.has_dead_zone()
            && !self.scopes.binding(id).flags.intersects(IN_ENVIRONMENT | BindingFlags::NEEDS_CHECK)
        {
            self.places.insert(id, Place::Register(src));
        }
    }

    /// One turn of a `for`-`in` or `for`-`of`: binds what the head names, and runs the
    /// body.
    pub(super) fn for_turn(
        &mut self,
        head: ForHead<'a>,
        src: Register,
        body: Statement<'a>,
    ) -> Compiled {
        match head {
            ForHead::Declaration(declaration) => {
                let resources = resources(declaration.kind);
                if resources.is_some() {
                    return self.with_resources(resources, |this| {
                        this.bind_resource(declaration, src)?;
                        this.statement(body, &[])
                    });
                }
                for declarator in declaration.declarators {
                    self.pattern_source = PatternSource::Loop;
                    self.bind_pattern(declarator.target, src, Binding::Initialize)?;
                }
            }
            ForHead::Pattern(pattern) => self.scratch(|this| {
                let target = this.target_before(pattern, Binding::Assign)?;
                this.bind_target(target, pattern, src, Binding::Assign)
            })?,
        }
        self.statement(body, &[])
    }

    fn switch(&mut self, statement: &SwitchStatement<'a>, labels: &[String]) -> Compiled {
        let tests_assign = statement.cases.iter().filter_map(|case| case.test).any(may_assign);
        let value = if tests_assign {
            let value = self.temporary();
            self.value_into(statement.discriminant, value)?;
            value
        } else {
            self.value(statement.discriminant)?
        };
        let environment = self.enter_scope(statement.scope.get());
        for case in statement.cases {
            self.hoist_functions(case.body)?;
        }
        let on_break = self.label();
        let target =
            Target { labels: labels.to_vec(), on_break, on_continue: None, is_plain: true };
        self.state().controls.push(Control::Target(target));
        let bodies: Vec<Label> = statement.cases.iter().map(|_| self.label()).collect();
        let mut default = on_break;
        for (case, body) in statement.cases.iter().zip(&bodies) {
            match case.test {
                None => default = *body,
                Some(test) if let Some(number) = small_int(test) => {
                    let jump =
                        Instruction::JumpIfStrictEqualInt { lhs: value, value: number, to: 0 };
                    self.emit_jump(jump, *body);
                }
                Some(test) => self.scratch(|this| {
                    let rhs = this.value(test)?;
                    let jump = Instruction::JumpIfStrictEqual { lhs: value, rhs, to: 0 };
                    this.emit_jump(jump, *body);
                    Ok(())
                })?,
            }
        }
        self.jump(default);
        for (case, body) in statement.cases.iter().zip(bodies) {
            self.bind(body);
            self.statements(case.body)?;
        }
        self.state().controls.pop();
        self.leave_scope(environment);
        self.bind(on_break);
        Ok(())
    }

    fn declaration(&mut self, declaration: &VariableDeclaration<'a>) -> Compiled {
        let is_resource = resources(declaration.kind).is_some();
        for declarator in declaration.declarators {
            if let Pattern::Identifier(identifier) = declarator.target
                && is_resource
            {
                self.declare_resource(declaration, identifier, declarator.initializer)?;
                continue;
            }
            let Pattern::Identifier(identifier) = declarator.target else {
                if let Some(initializer) = declarator.initializer {
                    self.scratch(|this| {
                        let src = this.value(initializer)?;
                        this.pattern_source = PatternSource::Expression(initializer.span());
                        this.bind_pattern(declarator.target, src, Binding::Initialize)
                    })?;
                }
                continue;
            };
            match declarator.initializer {
                None if declaration.kind == VariableKind::Var => {}
                None => self.initialize_undefined(identifier)?,
                Some(initializer) => {
                    self.scratch(|this| {
                        this.initialize(declaration.kind, identifier, initializer)
                    })?;
                }
            }
        }
        Ok(())
    }

    fn initialize(
        &mut self,
        kind: VariableKind,
        identifier: &Identifier<'a>,
        initializer: Expression<'a>,
    ) -> Compiled {
        let name = Some(self.string(identifier.name.as_str()));
        // Straight into the variable: one that is declared by `let` or `const` cannot
        // be read in its own initialiser, a `var` is written after all that may read it.
        if let Some(register) = self.register_of(identifier)
            && (kind.is_lexical() && !self.needs_check(identifier) || is_written_last(initializer))
        {
            return self.named_value_into(initializer, name, register);
        }
        let resolved = if kind.is_lexical() { None } else { self.resolve_target(identifier) };
        if !is_anonymous_function(initializer) {
            let src = self.value(initializer)?;
            return match resolved {
                Some(_) => self.store_dynamic(identifier, resolved, src),
                None => self.initialize_identifier(identifier, src),
            };
        }
        let src = self.temporary();
        self.named_value_into(initializer, name, src)?;
        match resolved {
            Some(_) => self.store_dynamic(identifier, resolved, src),
            None => self.initialize_identifier(identifier, src),
        }
    }
}

/// Whether the value of a program is that of a statement even if nothing in it has any
/// (§14.6.2, §14.7.1.1, §14.11.2, §14.12.4, §14.15.3).
fn has_own_value(statement: Statement<'_>) -> bool {
    matches!(
        statement,
        Statement::If(_)
            | Statement::For(_)
            | Statement::ForIn(_)
            | Statement::ForOf(_)
            | Statement::While(_)
            | Statement::DoWhile(_)
            | Statement::Switch(_)
            | Statement::With(_)
            | Statement::Try(_)
    )
}
