//! Statements and declarations.

use super::{Sink, Walker, node};
use crate::ast::{
    BlockStatement, CatchClause, ExpressionStatement, ForHead, ForInit, Identifier, IfStatement,
    Statement, SwitchCase, TryStatement, VariableDeclaration, VariableDeclarator, VariableKind,
};

impl<'p, S: Sink> Walker<'p, '_, S> {
    pub(super) fn statements(&mut self, _role: &'static str, statements: &[Statement<'p>]) {
        for &statement in statements {
            self.statement("", statement);
        }
    }

    pub(super) fn statement(&mut self, role: &'static str, statement: Statement<'p>) {
        crate::depth::grow(|| self.any_statement(role, statement));
    }

    fn any_statement(&mut self, role: &'static str, statement: Statement<'p>) {
        match statement {
            Statement::Block(node) => self.block(role, node),
            Statement::Empty(span) => node!(self, role, "Empty", span),
            Statement::Expression(node) => self.expression_statement(role, node),
            Statement::If(node) => self.if_statement(role, node),
            Statement::For(node) => node!(self, role, "For", node.span,
                init: for_init(node.init.as_ref()),
                test: expression_or_absent(node.test),
                update: expression_or_absent(node.update),
                body: statement(node.body)),
            Statement::ForIn(node) => node!(self, role, "ForIn", node.span,
                left: for_head(node.left),
                right: expression(node.right),
                body: statement(node.body)),
            Statement::ForOf(node) => {
                let kind = if node.is_await { "ForAwaitOf" } else { "ForOf" };
                node!(self, role, kind, node.span,
                    left: for_head(node.left),
                    right: expression(node.right),
                    body: statement(node.body));
            }
            Statement::While(node) => node!(self, role, "While", node.span,
                test: expression(node.test),
                body: statement(node.body)),
            Statement::DoWhile(node) => node!(self, role, "DoWhile", node.span,
                body: statement(node.body),
                test: expression(node.test)),
            Statement::Continue(node) => node!(self, role, "Continue", node.span,
                label: optional_label(node.label)),
            Statement::Break(node) => node!(self, role, "Break", node.span,
                label: optional_label(node.label)),
            Statement::Return(node) => {
                self.sink.open(role, "Return", node.span);
                self.optional_expression("", node.argument);
                self.sink.close();
            }
            Statement::With(node) => node!(self, role, "With", node.span,
                object: expression(node.object),
                body: statement(node.body)),
            Statement::Switch(node) => node!(self, role, "Switch", node.span,
                discriminant: expression(node.discriminant),
                case: list(node.cases, |this, _, case| this.switch_case(case))),
            Statement::Labelled(node) => {
                self.sink.open(role, "Labelled", node.span);
                self.sink.word(node.label.name.as_str());
                self.statement("", node.body);
                self.sink.close();
            }
            Statement::Throw(node) => node!(self, role, "Throw", node.span,
                value: only_expression(node.argument)),
            Statement::Try(node) => self.try_statement(role, node),
            Statement::Debugger(span) => node!(self, role, "Debugger", span),
            Statement::Variable(node) => self.variable_declaration(role, node),
            Statement::Function(node) => self.function(role, node),
            Statement::Class(node) => self.class(role, node),
            Statement::Import(node) => self.import(node),
            Statement::Export(node) => self.export(node),
        }
    }

    fn block(&mut self, role: &'static str, node: &BlockStatement<'p>) {
        node!(self, role, "Block", node.span, statements: statements(node.body));
    }

    /// A directive that is written with escapes says so: it means nothing, even
    /// if it reads `use strict`.
    fn expression_statement(&mut self, role: &'static str, node: &ExpressionStatement<'p>) {
        let (Some(span), Some(string)) = (node.directive.get(), node.as_string()) else {
            node!(self, role, "Expression", node.span, value: only_expression(node.expression));
            return;
        };
        let plain = span.range().len() == string.value.as_bytes().len();
        let kind = if plain { "Directive" } else { "EscapedDirective" };
        self.sink.open(role, kind, node.span);
        self.sink.quoted(string.value.as_bytes());
        self.sink.close();
    }

    /// `if` with all of its `else if`s, each the last child of the one before.
    fn if_statement(&mut self, role: &'static str, first: &'p IfStatement<'p>) {
        let (mut role, mut node) = (role, first);
        let mut open = 1;
        loop {
            self.sink.open(role, "If", node.span);
            self.expression("test", node.test);
            self.statement("then", node.consequent);
            let Some(Statement::If(next)) = node.alternate else { break };
            (role, node) = ("else", next);
            open += 1;
        }
        if let Some(alternate) = node.alternate {
            self.statement("else", alternate);
        }
        for _ in 0..open {
            self.sink.close();
        }
    }

    fn for_init(&mut self, role: &'static str, init: Option<&ForInit<'p>>) {
        match init {
            Some(ForInit::Declaration(node)) => self.variable_declaration(role, node),
            Some(ForInit::Expression(expression)) => self.expression(role, *expression),
            None => self.sink.absent(role),
        }
    }

    fn for_head(&mut self, role: &'static str, head: ForHead<'p>) {
        match head {
            ForHead::Declaration(node) => self.variable_declaration(role, node),
            ForHead::Pattern(pattern) => self.pattern(role, pattern),
        }
    }

    fn optional_label(&mut self, _role: &'static str, label: Option<&Identifier<'p>>) {
        if let Some(label) = label {
            self.sink.word(label.name.as_str());
        }
    }

    fn switch_case(&mut self, node: &SwitchCase<'p>) {
        let kind = if node.test.is_some() { "Case" } else { "Default" };
        node!(self, "", kind, node.span,
            test: optional_expression(node.test),
            body: statements(node.body));
    }

    fn try_statement(&mut self, role: &'static str, node: &TryStatement<'p>) {
        self.sink.open(role, "Try", node.span);
        self.block("", node.block);
        if let Some(handler) = node.handler {
            self.catch_clause(handler);
        }
        if let Some(finalizer) = node.finalizer {
            node!(self, "", "Finally", finalizer.span, body: statements(finalizer.body));
        }
        self.sink.close();
    }

    fn catch_clause(&mut self, node: &CatchClause<'p>) {
        self.sink.open("", "Catch", node.span);
        match node.param {
            Some(param) => self.pattern("param", param),
            None => self.sink.absent("param"),
        }
        self.statements("", node.body.body);
        self.sink.close();
    }

    fn variable_declaration(&mut self, role: &'static str, node: &VariableDeclaration<'p>) {
        let kind = match node.kind {
            VariableKind::Var => "Var",
            VariableKind::Let => "Let",
            VariableKind::Const => "Const",
            VariableKind::Using => "Using",
            VariableKind::AwaitUsing => "AwaitUsing",
        };
        node!(self, role, kind, node.span,
            declarator: list(node.declarators, |this, _, node| this.variable_declarator(node)));
    }

    fn variable_declarator(&mut self, node: &VariableDeclarator<'p>) {
        node!(self, "", "Declarator", node.span,
            target: pattern(node.target),
            value: optional_expression(node.initializer));
    }
}
