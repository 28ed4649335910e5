//! Statements, declarations and binding patterns.

use std::cell::Cell;

use crate::ast::*;
use crate::scope::ScopeId;
use crate::source::Span;

use super::{Cx, Fallible, ListStart, cover, syntax_error};

/// What stands before `in` or `of` in a for-head.
#[derive(Clone, Copy)]
pub(crate) enum ForHeadKind<'a> {
    Expression(Expression<'a>),
    Declaration(&'a VariableDeclaration<'a>),
}

fn no_scope() -> Cell<ScopeId> {
    Cell::new(ScopeId::NONE)
}

impl<'a> Cx<'a> {
    pub(crate) fn block(&self, l: u32, list: ListStart, r: u32) -> &'a BlockStatement<'a> {
        let body = self.inner_statements(list);
        self.alloc(BlockStatement { span: Span::new(l, r), body, scope: no_scope() })
    }

    /// The statements of a block or of a clause of a `switch`.
    fn inner_statements(&self, list: ListStart) -> &'a [Statement<'a>] {
        let statements = self.statements.finish(list, self.arena);
        // What a label stands before is looked at when the function is analysed.
        if statements.iter().any(|s| matches!(s, Statement::Function(_) | Statement::Labelled(_))) {
            self.note_function_in_block();
        }
        statements
    }

    pub(crate) fn expression_statement(
        &self,
        l: u32,
        expression: Expression<'a>,
        r: u32,
    ) -> Statement<'a> {
        let (span, directive) = (Span::new(l, r), Cell::new(None));
        Statement::Expression(self.alloc(ExpressionStatement { span, expression, directive }))
    }

    pub(crate) fn if_statement(
        &self,
        l: u32,
        test: Expression<'a>,
        consequent: Statement<'a>,
        alternate: Option<Statement<'a>>,
        r: u32,
    ) -> Statement<'a> {
        if matches!(consequent, Statement::Function(_))
            || matches!(alternate, Some(Statement::Function(_)))
        {
            self.note_function_in_block();
        }
        Statement::If(self.alloc(IfStatement {
            span: Span::new(l, r),
            test,
            consequent,
            alternate,
            branch_scopes: [no_scope(), no_scope()],
        }))
    }

    pub(crate) fn do_while(
        &self,
        l: u32,
        body: Statement<'a>,
        test: Expression<'a>,
        r: u32,
    ) -> Statement<'a> {
        Statement::DoWhile(self.alloc(DoWhileStatement { span: Span::new(l, r), body, test }))
    }

    pub(crate) fn while_statement(
        &self,
        l: u32,
        test: Expression<'a>,
        body: Statement<'a>,
        r: u32,
    ) -> Statement<'a> {
        Statement::While(self.alloc(WhileStatement { span: Span::new(l, r), test, body }))
    }

    pub(crate) fn for_statement(
        &self,
        l: u32,
        init: Option<ForInit<'a>>,
        test: Option<Expression<'a>>,
        update: Option<Expression<'a>>,
        body: Statement<'a>,
        r: u32,
    ) -> Fallible<Statement<'a>> {
        if let Some(ForInit::Declaration(declaration)) = init
            && let Some(fault) = missing_initializer(declaration)
        {
            return super::refuse(fault);
        }
        let span = Span::new(l, r);
        let node = ForStatement { span, init, test, update, body, scope: no_scope() };
        Ok(Statement::For(self.alloc(node)))
    }

    pub(crate) fn for_in(
        &self,
        l: u32,
        head: ForHeadKind<'a>,
        right: Expression<'a>,
        body: Statement<'a>,
        r: u32,
    ) -> Fallible<Statement<'a>> {
        let left = self.for_head(head, "for-in")?;
        let span = Span::new(l, r);
        let node = ForInStatement { span, left, right, body, scope: no_scope() };
        Ok(Statement::ForIn(self.alloc(node)))
    }

    pub(crate) fn for_of(
        &self,
        l: u32,
        is_await: bool,
        head: ForHeadKind<'a>,
        right: Expression<'a>,
        body: Statement<'a>,
        r: u32,
    ) -> Fallible<Statement<'a>> {
        // §14.7.5: [lookahead ∉ { let, async of }]
        if let ForHeadKind::Expression(expression) = head {
            let first = self.word_at(expression.span().start);
            if &self.text[first.range()] == b"let" {
                let message = "The left-hand side of a for-of loop may not start with 'let'.";
                return syntax_error(first, message);
            }
            if &self.text[first.range()] == b"async" && first == expression.span() && !is_await {
                let message = "The left-hand side of a for-of loop may not be 'async'.";
                return syntax_error(first, message);
            }
        }
        let left = self.for_head(head, if is_await { "for-await-of" } else { "for-of" })?;
        let span = Span::new(l, r);
        let node = ForOfStatement { span, is_await, left, right, body, scope: no_scope() };
        Ok(Statement::ForOf(self.alloc(node)))
    }

    /// The word that begins at an offset, as far as it is of ASCII letters.
    fn word_at(&self, start: u32) -> Span {
        let rest = &self.text[start as usize..];
        let is_part =
            |byte: &u8| byte.is_ascii_alphanumeric() || b"_$\\".contains(byte) || *byte >= 0x80;
        let len = rest.iter().take_while(|byte| is_part(byte)).count();
        Span::new(start, start + crate::source::as_u32(len))
    }

    /// §14.7.5.1: one binding without initialiser, or an assignment target. Annex
    /// B.3.5 allows `for (var a = b in c)`; that it must be sloppy mode code with
    /// a plain name is an early error.
    fn for_head(&self, head: ForHeadKind<'a>, statement: &str) -> Fallible<ForHead<'a>> {
        match head {
            ForHeadKind::Expression(expression) => {
                let message = "Invalid left-hand side in for-loop";
                cover::assignment_target(self, expression, message).map(ForHead::Pattern)
            }
            ForHeadKind::Declaration(declaration) => {
                let [declarator] = declaration.declarators else {
                    let message = format!(
                        "Invalid left-hand side in {statement} loop: Must have a single binding."
                    );
                    return syntax_error(declaration.bindings_span(), message);
                };
                let annex_b = statement == "for-in"
                    && declaration.kind == VariableKind::Var
                    && matches!(declarator.target, Pattern::Identifier(_));
                if declarator.initializer.is_some() && !annex_b {
                    let message = format!(
                        "{statement} loop variable declaration may not have an initializer."
                    );
                    return syntax_error(declaration.bindings_span(), message);
                }
                if statement == "for-in"
                    && matches!(declaration.kind, VariableKind::Using | VariableKind::AwaitUsing)
                {
                    let message = format!("Invalid '{}' in for-in loop", declaration.kind.as_str());
                    return syntax_error(declaration.bindings_span(), message);
                }
                Ok(ForHead::Declaration(declaration))
            }
        }
    }

    pub(crate) fn continue_statement(
        &self,
        l: u32,
        label: Option<&'a Identifier<'a>>,
        r: u32,
    ) -> Statement<'a> {
        Statement::Continue(self.alloc(JumpStatement { span: Span::new(l, r), label }))
    }

    pub(crate) fn break_statement(
        &self,
        l: u32,
        label: Option<&'a Identifier<'a>>,
        r: u32,
    ) -> Statement<'a> {
        Statement::Break(self.alloc(JumpStatement { span: Span::new(l, r), label }))
    }

    pub(crate) fn return_statement(
        &self,
        l: u32,
        argument: Option<Expression<'a>>,
        r: u32,
    ) -> Statement<'a> {
        Statement::Return(self.alloc(ReturnStatement { span: Span::new(l, r), argument }))
    }

    pub(crate) fn with_statement(
        &self,
        l: u32,
        object: Expression<'a>,
        body: Statement<'a>,
        r: u32,
    ) -> Statement<'a> {
        let span = Span::new(l, r);
        Statement::With(self.alloc(WithStatement { span, object, body, scope: no_scope() }))
    }

    pub(crate) fn switch(
        &self,
        l: u32,
        discriminant: Expression<'a>,
        list: ListStart,
        r: u32,
    ) -> Statement<'a> {
        let cases = self.cases.finish(list, self.arena);
        let span = Span::new(l, r);
        Statement::Switch(self.alloc(SwitchStatement {
            span,
            discriminant,
            cases,
            scope: no_scope(),
        }))
    }

    /// `m` is the end of the colon, where a clause without statements ends.
    pub(crate) fn case(
        &self,
        l: u32,
        test: Option<Expression<'a>>,
        m: u32,
        list: ListStart,
    ) -> &'a SwitchCase<'a> {
        let body = self.inner_statements(list);
        let end = body.last().map_or(m, |statement| statement.span().end);
        self.alloc(SwitchCase { span: Span::new(l, end), test, body })
    }

    pub(crate) fn labelled(
        &self,
        l: u32,
        label: &'a Identifier<'a>,
        body: Statement<'a>,
        r: u32,
    ) -> Statement<'a> {
        Statement::Labelled(self.alloc(LabelledStatement { span: Span::new(l, r), label, body }))
    }

    pub(crate) fn throw(&self, l: u32, argument: Expression<'a>, r: u32) -> Statement<'a> {
        Statement::Throw(self.alloc(ThrowStatement { span: Span::new(l, r), argument }))
    }

    pub(crate) fn try_statement(
        &self,
        l: u32,
        block: &'a BlockStatement<'a>,
        handler: Option<&'a CatchClause<'a>>,
        finalizer: Option<&'a BlockStatement<'a>>,
        r: u32,
    ) -> Statement<'a> {
        Statement::Try(self.alloc(TryStatement {
            span: Span::new(l, r),
            block,
            handler,
            finalizer,
        }))
    }

    pub(crate) fn catch(
        &self,
        l: u32,
        param: Option<Pattern<'a>>,
        body: &'a BlockStatement<'a>,
        r: u32,
    ) -> &'a CatchClause<'a> {
        self.alloc(CatchClause { span: Span::new(l, r), param, body, scope: no_scope() })
    }

    pub(crate) fn variable_declaration(
        &self,
        l: u32,
        kind: VariableKind,
        list: ListStart,
        r: u32,
    ) -> &'a VariableDeclaration<'a> {
        let declarators = self.declarators.finish(list, self.arena);
        if kind == VariableKind::Var {
            for declarator in declarators {
                declarator.target.bound_names(|name| {
                    self.vars.push(ListStart::BOTTOM, name);
                });
            }
        }
        self.alloc(VariableDeclaration { span: Span::new(l, r), kind, declarators })
    }

    pub(crate) fn variable_statement(
        &self,
        l: u32,
        kind: VariableKind,
        list: ListStart,
        r: u32,
    ) -> Fallible<Statement<'a>> {
        let declaration = self.variable_declaration(l, kind, list, r);
        match missing_initializer(declaration) {
            Some(fault) => super::refuse(fault),
            None => Ok(Statement::Variable(declaration)),
        }
    }

    pub(crate) fn declarator(
        &self,
        l: u32,
        target: Pattern<'a>,
        initializer: Option<Expression<'a>>,
        r: u32,
    ) -> &'a VariableDeclarator<'a> {
        self.alloc(VariableDeclarator { span: Span::new(l, r), target, initializer })
    }

    pub(crate) fn object_binding_pattern(
        &self,
        l: u32,
        list: ListStart,
        last: Option<&'a PatternProperty<'a>>,
        rest: Option<&'a RestElement<'a>>,
        r: u32,
    ) -> Fallible<Pattern<'a>> {
        // §14.3.3 `BindingRestProperty`: a name, not a pattern.
        if let Some(rest) = rest
            && !matches!(rest.target, Pattern::Identifier(_))
        {
            let message = "`...` must be followed by an identifier in declaration contexts";
            return syntax_error(rest.target.span(), message);
        }
        let list = self.pattern_properties.push_last(list, last);
        let properties = self.pattern_properties.finish(list, self.arena);
        let span = Span::new(l, r);
        Ok(Pattern::Object(self.alloc(ObjectPattern { span, properties, rest })))
    }

    /// `{ name }` or `{ name = initializer }`.
    pub(crate) fn shorthand_property(
        &self,
        span: Span,
        name: &'a Identifier<'a>,
        initializer: Option<Expression<'a>>,
    ) -> PatternProperty<'a> {
        let key = self.alloc(IdentifierName { span: name.span, text: name.name.as_str() });
        let target = Pattern::Identifier(name);
        PatternProperty {
            span,
            key: PropertyKey::Identifier(key),
            shorthand: true,
            element: PatternElement { span, target, initializer },
        }
    }

    pub(crate) fn shorthand_binding(
        &self,
        l: u32,
        name: &'a Identifier<'a>,
        initializer: Option<Expression<'a>>,
        r: u32,
    ) -> &'a PatternProperty<'a> {
        self.alloc(self.shorthand_property(Span::new(l, r), name, initializer))
    }

    pub(crate) fn binding_property(
        &self,
        l: u32,
        key: PropertyKey<'a>,
        element: &PatternElement<'a>,
        r: u32,
    ) -> &'a PatternProperty<'a> {
        let span = Span::new(l, r);
        self.alloc(PatternProperty { span, key, shorthand: false, element: *element })
    }

    pub(crate) fn array_binding_pattern(
        &self,
        l: u32,
        list: ListStart,
        last: Option<&'a PatternElement<'a>>,
        rest: Option<&'a RestElement<'a>>,
        r: u32,
    ) -> Pattern<'a> {
        let list = self.pattern_elements.push_last(list, last.map(|element| Some(*element)));
        let elements = self.pattern_elements.finish(list, self.arena);
        let span = Span::new(l, r);
        Pattern::Array(self.alloc(ArrayPattern { span, elements, rest }))
    }

    pub(crate) fn pattern_element(
        &self,
        l: u32,
        target: Pattern<'a>,
        initializer: Option<Expression<'a>>,
        r: u32,
    ) -> &'a PatternElement<'a> {
        self.alloc(PatternElement { span: Span::new(l, r), target, initializer })
    }

    pub(crate) fn rest_element(&self, l: u32, target: Pattern<'a>, r: u32) -> &'a RestElement<'a> {
        self.alloc(RestElement { span: Span::new(l, r), target })
    }
}

/// §14.3.1.1, §14.3.2: constants and patterns need an initialiser, and `using`
/// takes no pattern.
fn missing_initializer(declaration: &VariableDeclaration<'_>) -> Option<crate::diagnostic::Fault> {
    use crate::diagnostic::Diagnostic;
    let using = matches!(declaration.kind, VariableKind::Using | VariableKind::AwaitUsing);
    declaration.declarators.iter().find_map(|declarator| {
        let is_name = matches!(declarator.target, Pattern::Identifier(_));
        let after = Span::new(declarator.span.end, declarator.span.end);
        if using && !is_name {
            let message =
                format!("Invalid destructuring in a {} declaration", declaration.kind.as_str());
            return Some(
                Diagnostic::syntax(declarator.target.span(), message)
                    .help("a `using` declaration binds plain names only"),
            );
        }
        if declarator.initializer.is_some() || (is_name && !declaration.kind.is_constant()) {
            return None;
        }
        let what = if is_name { declaration.kind.as_str() } else { "destructuring" };
        let message = format!("Missing initializer in {what} declaration");
        Some(
            Diagnostic::syntax(declarator.target.span(), message)
                .label(after, "`= value` is missing here"),
        )
    })
}
