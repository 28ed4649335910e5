//! Statements and declarations.

use super::{Printer, fields, node, open};
use crate::ast::{
    BlockStatement, CatchClause, ExpressionStatement, ForHead, ForInStatement, ForInit,
    ForOfStatement, ForStatement, IfStatement, Statement, SwitchCase, SwitchStatement,
    TryStatement, VariableDeclaration, VariableDeclarator,
};

impl<'p> Printer<'p> {
    pub(super) fn statement(&mut self, statement: &Statement<'p>) {
        if self.json.is_too_deep() {
            return;
        }
        crate::depth::grow(|| self.any_statement(*statement));
    }

    fn any_statement(&mut self, statement: Statement<'p>) {
        match statement {
            Statement::Block(node) => self.block(node),
            Statement::Empty(span) => node!(self, EmptyStatement, span),
            Statement::Expression(node) => self.expression_statement(node),
            Statement::If(node) => self.if_statement(node),
            Statement::For(node) => self.for_statement(node),
            Statement::ForIn(node) => self.for_in_statement(node),
            Statement::ForOf(node) => self.for_of_statement(node),
            Statement::While(node) => node!(self, WhileStatement, node.span,
                test: expression(node.test),
                body: statement(&node.body)),
            Statement::DoWhile(node) => node!(self, DoWhileStatement, node.span,
                body: statement(&node.body),
                test: expression(node.test)),
            Statement::Continue(node) => node!(self, ContinueStatement, node.span,
                label: optional_identifier(node.label)),
            Statement::Break(node) => node!(self, BreakStatement, node.span,
                label: optional_identifier(node.label)),
            Statement::Return(node) => node!(self, ReturnStatement, node.span,
                argument: optional_expression(node.argument)),
            Statement::With(node) => node!(self, WithStatement, node.span,
                object: expression(node.object),
                body: statement(&node.body)),
            Statement::Switch(node) => self.switch_statement(node),
            Statement::Labelled(node) => node!(self, LabeledStatement, node.span,
                body: statement(&node.body),
                label: identifier(node.label)),
            Statement::Throw(node) => node!(self, ThrowStatement, node.span,
                argument: expression(node.argument)),
            Statement::Try(node) => self.try_statement(node),
            Statement::Debugger(span) => node!(self, DebuggerStatement, span),
            Statement::Variable(node) => self.variable_declaration(node),
            Statement::Function(node) => self.function_declaration(node),
            Statement::Class(node) => self.class_declaration(node),
            Statement::Import(node) => self.import_declaration(node),
            Statement::Export(node) => self.export_declaration(node),
        }
    }

    pub(super) fn optional_statement(&mut self, statement: Option<&Statement<'p>>) {
        match statement {
            Some(statement) => self.statement(statement),
            None => self.null(),
        }
    }

    fn block(&mut self, node: &BlockStatement<'p>) {
        node!(self, BlockStatement, node.span, body: list(node.body, Self::statement));
    }

    fn optional_block(&mut self, block: Option<&BlockStatement<'p>>) {
        match block {
            Some(block) => self.block(block),
            None => self.null(),
        }
    }

    fn expression_statement(&mut self, node: &ExpressionStatement<'p>) {
        open!(self, ExpressionStatement, node.span, expression: expression(node.expression));
        if let Some(directive) = node.directive.get() {
            fields!(self, directive: source_text(directive));
        }
        self.json.close_object();
    }

    /// `if` with all of its `else if`s, each of which is the last field of the
    /// one before.
    fn if_statement(&mut self, first: &'p IfStatement<'p>) {
        let mut node = first;
        let mut open = 1;
        loop {
            open!(self, IfStatement, node.span,
                test: expression(node.test),
                consequent: statement(&node.consequent));
            self.json.field(",\"alternate\":");
            let Some(Statement::If(next)) = node.alternate else { break };
            node = next;
            open += 1;
        }
        self.optional_statement(node.alternate.as_ref());
        for _ in 0..open {
            self.json.close_object();
        }
    }

    fn for_statement(&mut self, node: &ForStatement<'p>) {
        node!(self, ForStatement, node.span,
            init: for_init(node.init.as_ref()),
            test: optional_expression(node.test),
            update: optional_expression(node.update),
            body: statement(&node.body));
    }

    fn for_init(&mut self, init: Option<&ForInit<'p>>) {
        match init {
            Some(ForInit::Declaration(node)) => self.variable_declaration(node),
            Some(ForInit::Expression(expression)) => self.expression(*expression),
            None => self.null(),
        }
    }

    fn for_in_statement(&mut self, node: &ForInStatement<'p>) {
        node!(self, ForInStatement, node.span,
            left: for_head(node.left),
            right: expression(node.right),
            body: statement(&node.body));
    }

    fn for_of_statement(&mut self, node: &ForOfStatement<'p>) {
        node!(self, ForOfStatement, node.span,
            await: boolean(node.is_await),
            left: for_head(node.left),
            right: expression(node.right),
            body: statement(&node.body));
    }

    fn for_head(&mut self, head: ForHead<'p>) {
        match head {
            ForHead::Declaration(node) => self.variable_declaration(node),
            ForHead::Pattern(pattern) => self.pattern(pattern),
        }
    }

    fn switch_statement(&mut self, node: &SwitchStatement<'p>) {
        node!(self, SwitchStatement, node.span,
            discriminant: expression(node.discriminant),
            cases: list(node.cases, Self::switch_case));
    }

    fn switch_case(&mut self, node: &SwitchCase<'p>) {
        node!(self, SwitchCase, node.span,
            consequent: list(node.body, Self::statement),
            test: optional_expression(node.test));
    }

    fn try_statement(&mut self, node: &TryStatement<'p>) {
        node!(self, TryStatement, node.span,
            block: block(node.block),
            handler: catch_clause(node.handler),
            finalizer: optional_block(node.finalizer));
    }

    fn catch_clause(&mut self, handler: Option<&CatchClause<'p>>) {
        match handler {
            Some(node) => node!(self, CatchClause, node.span,
                param: optional_pattern(node.param),
                body: block(node.body)),
            None => self.null(),
        }
    }

    pub(super) fn variable_declaration(&mut self, node: &VariableDeclaration<'p>) {
        node!(self, VariableDeclaration, node.span,
            declarations: list(node.declarators, Self::variable_declarator),
            kind: word(node.kind.as_str()));
    }

    fn variable_declarator(&mut self, node: &VariableDeclarator<'p>) {
        node!(self, VariableDeclarator, node.span,
            id: pattern(node.target),
            init: optional_expression(node.initializer));
    }
}
