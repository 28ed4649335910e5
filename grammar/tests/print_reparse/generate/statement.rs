//! Statements and declarations.

use std::cell::Cell;

use axil_grammar::ast::*;

use super::{Generator, NOWHERE, Place, no_scope};

impl<'a> Generator<'a, '_> {
    /// Up to `most` statements and declarations.
    pub fn list(&mut self, most: usize) -> Vec<Statement<'a>> {
        self.some(most, |this| this.list_item(true))
    }

    /// A statement or a declaration; `using` may not stand everywhere.
    fn list_item(&mut self, may_use: bool) -> Statement<'a> {
        match self.choices.below(8) {
            3 => {
                let id = self.fresh_identifier();
                Statement::Function(self.function(Some(id)))
            }
            4 => {
                let id = self.fresh_identifier();
                Statement::Class(self.class(Some(id)))
            }
            5 => Statement::Variable(self.variables(may_use)),
            6 if !self.place.strict => {
                let (span, label) = (NOWHERE, self.fresh_identifier());
                let body = Statement::Function(self.plain_function());
                Statement::Labelled(self.arena.alloc(LabelledStatement { span, label, body }))
            }
            _ => self.statement(),
        }
    }

    /// An item of the program's own list.
    pub fn top_level_item(&mut self) -> Statement<'a> {
        let is_module = self.kind == ProgramKind::Module;
        if is_module && self.choices.flip() {
            return self.module_item();
        }
        self.list_item(self.kind != ProgramKind::Script)
    }

    /// A statement that is no declaration.
    pub fn statement(&mut self) -> Statement<'a> {
        if self.room == 0 {
            return Statement::Empty(NOWHERE);
        }
        self.deeper(Self::any_statement)
    }

    fn any_statement(&mut self) -> Statement<'a> {
        match self.choices.below(24) {
            4 | 5 => Statement::Block(self.block()),
            6 => Statement::Empty(NOWHERE),
            7 | 8 => self.if_statement(),
            9..=13 => self.iteration(),
            14 => self.jump(),
            15 if self.place.may_return => {
                let argument = self.maybe(Self::expression);
                Statement::Return(self.arena.alloc(ReturnStatement { span: NOWHERE, argument }))
            }
            16 if !self.place.strict => {
                let (object, body) = (self.expression(), self.statement());
                let (span, scope) = (NOWHERE, no_scope());
                Statement::With(self.arena.alloc(WithStatement { span, object, body, scope }))
            }
            17 => self.switch(),
            18 | 19 => self.labelled(),
            20 => {
                let argument = self.expression();
                Statement::Throw(self.arena.alloc(ThrowStatement { span: NOWHERE, argument }))
            }
            21 => self.try_statement(),
            22 => Statement::Debugger(NOWHERE),
            23 => Statement::Variable(self.var()),
            _ => self.expression_statement(),
        }
    }

    fn expression_statement(&mut self) -> Statement<'a> {
        // A string here could be a directive; the prologue has those.
        let expression = match self.expression() {
            Expression::String(_) => Expression::This(NOWHERE),
            expression => expression,
        };
        let directive = Cell::new(None);
        let node = ExpressionStatement { span: NOWHERE, expression, directive };
        Statement::Expression(self.arena.alloc(node))
    }

    fn block(&mut self) -> &'a BlockStatement<'a> {
        let body = self.list(3);
        let (span, body, scope) = (NOWHERE, self.slice(body), no_scope());
        self.arena.alloc(BlockStatement { span, body, scope })
    }

    fn if_statement(&mut self) -> Statement<'a> {
        let (test, mut consequent) = (self.expression(), self.branch());
        let alternate = self.maybe(Self::branch);
        // Else the `else` would belong to an `if` in the branch.
        if alternate.is_some() && !matches!(consequent, Statement::Function(_)) {
            let (body, scope) = (self.slice(vec![consequent]), no_scope());
            let block = BlockStatement { span: NOWHERE, body, scope };
            consequent = Statement::Block(self.arena.alloc(block));
        }
        Statement::If(self.arena.alloc(IfStatement {
            span: NOWHERE,
            test,
            consequent,
            alternate,
            branch_scopes: [no_scope(), no_scope()],
        }))
    }

    /// A branch of an `if`, in sloppy mode code perhaps a function (Annex B.3.3).
    fn branch(&mut self) -> Statement<'a> {
        if self.place.strict || !self.choices.rarely(6) {
            return self.statement();
        }
        Statement::Function(self.plain_function())
    }

    /// A function that is neither a generator nor async.
    fn plain_function(&mut self) -> &'a Function<'a> {
        let id = self.fresh_identifier();
        let place = Place {
            strict: self.place.strict,
            await_name: true,
            may_return: true,
            new_target: true,
            private_names: self.place.private_names.clone(),
            ..Place::default()
        };
        self.function_of(FunctionKind::Normal, Some(id), 2, place)
    }

    fn iteration(&mut self) -> Statement<'a> {
        let place = Place { may_break: true, may_continue: true, ..self.place.clone() };
        let span = NOWHERE;
        match self.choices.below(5) {
            0 => {
                let (test, body) = (self.expression(), self.at(place, Self::statement));
                Statement::While(self.arena.alloc(WhileStatement { span, test, body }))
            }
            1 => {
                let (body, test) = (self.at(place, Self::statement), self.expression());
                Statement::DoWhile(self.arena.alloc(DoWhileStatement { span, body, test }))
            }
            2 => {
                let init = self.maybe(Self::for_init);
                let (test, update) = (self.maybe(Self::expression), self.maybe(Self::expression));
                let (body, scope) = (self.at(place, Self::statement), no_scope());
                let node = ForStatement { span, init, test, update, body, scope };
                Statement::For(self.arena.alloc(node))
            }
            3 => {
                let left = self.for_in_head();
                let (right, body) = (self.expression(), self.at(place, Self::statement));
                let scope = no_scope();
                let node = ForInStatement { span, left, right, body, scope };
                Statement::ForIn(self.arena.alloc(node))
            }
            _ => {
                let is_await =
                    self.place.in_async && !self.place.in_parameters && self.choices.flip();
                let left = self.for_of_head();
                let (right, body) = (self.expression(), self.at(place, Self::statement));
                let scope = no_scope();
                let node = ForOfStatement { span, is_await, left, right, body, scope };
                Statement::ForOf(self.arena.alloc(node))
            }
        }
    }

    fn for_init(&mut self) -> ForInit<'a> {
        if self.choices.flip() {
            ForInit::Expression(self.expression())
        } else {
            ForInit::Declaration(self.variables(true))
        }
    }

    fn for_in_head(&mut self) -> ForHead<'a> {
        match self.choices.below(4) {
            0 => ForHead::Pattern(self.assignment_target()),
            1 if !self.place.strict => {
                let target = Pattern::Identifier(self.fresh_identifier());
                let initializer = Some(self.expression());
                ForHead::Declaration(
                    self.declaration(VariableKind::Var, vec![(target, initializer)]),
                )
            }
            _ => {
                const KINDS: [VariableKind; 3] =
                    [VariableKind::Let, VariableKind::Const, VariableKind::Var];
                let kind = KINDS[self.choices.below(3)];
                let target = self.binding();
                ForHead::Declaration(self.declaration(kind, vec![(target, None)]))
            }
        }
    }

    fn for_of_head(&mut self) -> ForHead<'a> {
        let kind = match self.choices.below(6) {
            0 => return ForHead::Pattern(self.assignment_target()),
            1 => VariableKind::Var,
            2 => VariableKind::Let,
            3 => VariableKind::Const,
            4 if self.place.in_async && !self.place.in_parameters => VariableKind::AwaitUsing,
            _ => VariableKind::Using,
        };
        let target = match kind {
            VariableKind::Using | VariableKind::AwaitUsing => {
                Pattern::Identifier(self.fresh_identifier())
            }
            _ => self.binding(),
        };
        ForHead::Declaration(self.declaration(kind, vec![(target, None)]))
    }

    fn var(&mut self) -> &'a VariableDeclaration<'a> {
        let target = Pattern::Identifier(self.fresh_identifier());
        let initializer = self.maybe(Self::expression);
        self.declaration(VariableKind::Var, vec![(target, initializer)])
    }

    /// A declaration of any kind, perhaps with `using`.
    pub fn variables(&mut self, may_use: bool) -> &'a VariableDeclaration<'a> {
        let kind = match self.choices.below(6) {
            1 => VariableKind::Let,
            2 => VariableKind::Const,
            3 if may_use => VariableKind::Using,
            4 if may_use && self.place.in_async && !self.place.in_parameters => {
                VariableKind::AwaitUsing
            }
            _ => VariableKind::Var,
        };
        let count = 1 + self.choices.below(2);
        let declarators = (0..count)
            .map(|_| {
                let target = match kind {
                    VariableKind::Using | VariableKind::AwaitUsing => {
                        Pattern::Identifier(self.fresh_identifier())
                    }
                    _ => self.binding(),
                };
                let may_lack_initializer =
                    matches!(target, Pattern::Identifier(_)) && !kind.is_constant();
                let initializer = if may_lack_initializer && self.choices.flip() {
                    None
                } else {
                    Some(self.expression())
                };
                (target, initializer)
            })
            .collect();
        self.declaration(kind, declarators)
    }

    fn declaration(
        &mut self,
        kind: VariableKind,
        declarators: Vec<(Pattern<'a>, Option<Expression<'a>>)>,
    ) -> &'a VariableDeclaration<'a> {
        let declarators = declarators
            .into_iter()
            .map(|(target, initializer)| VariableDeclarator { span: NOWHERE, target, initializer })
            .collect();
        let declarators = self.slice(declarators);
        self.arena.alloc(VariableDeclaration { span: NOWHERE, kind, declarators })
    }

    fn jump(&mut self) -> Statement<'a> {
        let is_continue = self.choices.flip();
        let labels: Vec<_> = self
            .place
            .labels
            .iter()
            .filter(|(_, is_loop)| *is_loop || !is_continue)
            .map(|(name, _)| *name)
            .collect();
        let label = if !labels.is_empty() && self.choices.flip() {
            let index = self.choices.below(labels.len());
            Some(self.identifier(labels[index]))
        } else {
            let allowed = if is_continue { self.place.may_continue } else { self.place.may_break };
            if !allowed {
                return Statement::Empty(NOWHERE);
            }
            None
        };
        let node = self.arena.alloc(JumpStatement { span: NOWHERE, label });
        if is_continue { Statement::Continue(node) } else { Statement::Break(node) }
    }

    fn switch(&mut self) -> Statement<'a> {
        let discriminant = self.expression();
        let place = Place { may_break: true, ..self.place.clone() };
        let mut has_default = false;
        let cases = self.at(place, |this| {
            this.some(3, |this| {
                let is_default = !has_default && this.choices.rarely(3);
                has_default |= is_default;
                let test = if is_default { None } else { Some(this.expression()) };
                let body = this.some(2, |this| this.list_item(false));
                SwitchCase { span: NOWHERE, test, body: this.slice(body) }
            })
        });
        let (cases, scope) = (self.slice(cases), no_scope());
        let node = SwitchStatement { span: NOWHERE, discriminant, cases, scope };
        Statement::Switch(self.arena.alloc(node))
    }

    fn labelled(&mut self) -> Statement<'a> {
        let name = self.fresh();
        let is_loop = self.choices.flip();
        let mut place = self.place.clone();
        place.labels.push((name, is_loop));
        let body =
            self.at(
                place,
                |this| {
                    if is_loop { this.deeper(Self::iteration) } else { this.statement() }
                },
            );
        let (span, label) = (NOWHERE, self.identifier(name));
        Statement::Labelled(self.arena.alloc(LabelledStatement { span, label, body }))
    }

    fn try_statement(&mut self) -> Statement<'a> {
        let block = self.block();
        let handler = self.maybe(|this| {
            let param = this.maybe(Self::binding);
            let (span, body, scope) = (NOWHERE, this.block(), no_scope());
            &*this.arena.alloc(CatchClause { span, param, body, scope })
        });
        let finalizer =
            if handler.is_none() || self.choices.flip() { Some(self.block()) } else { None };
        let node = TryStatement { span: NOWHERE, block, handler, finalizer };
        Statement::Try(self.arena.alloc(node))
    }
}
