//! Statements and declarations.

use super::Printer;
use super::precedence::Precedence;
use crate::ast::{
    Expression, ExpressionStatement, ForHead, ForInStatement, ForInit, ForOfStatement,
    ForStatement, Identifier, IfStatement, NameClass, Pattern, Statement, SwitchStatement,
    TryStatement, VariableDeclaration, VariableDeclarator,
};

impl<'p> Printer<'p> {
    /// The statements of a function or program, which may begin with directives.
    pub(super) fn body_statements(&mut self, statements: &[Statement<'p>]) {
        let mut in_prologue = true;
        self.lines(statements, |this, statement| {
            let string = match statement {
                Statement::Expression(node) => node.as_string().map(|string| (*node, string)),
                _ => None,
            };
            match string {
                Some((node, string)) if in_prologue => match node.directive.get() {
                    Some(span) => this.directive(string, span),
                    None => this.parenthesized_statement(node),
                },
                _ => {
                    in_prologue = false;
                    this.statement(statement);
                }
            }
        });
    }

    fn lines(
        &mut self,
        statements: &[Statement<'p>],
        mut write: impl FnMut(&mut Self, &Statement<'p>),
    ) {
        for (index, statement) in statements.iter().enumerate() {
            if index > 0 {
                self.new_line();
            }
            write(self, statement);
        }
    }

    /// A string that is no directive although it stands where directives do.
    fn parenthesized_statement(&mut self, node: &ExpressionStatement<'p>) {
        self.within("(", ");", |this| this.expression(node.expression, Precedence::Expression));
    }

    /// The expression of an expression statement, which is not followed by a
    /// semicolon and may begin with anything.
    pub(super) fn bare_expression(&mut self, statement: &Statement<'p>) {
        if let Statement::Expression(node) = statement {
            self.expression(node.expression, Precedence::Expression);
        }
    }

    pub(super) fn block(&mut self, statements: &[Statement<'p>]) {
        self.braces(statements.is_empty(), |this| {
            this.new_line();
            this.lines(statements, Self::statement);
        });
    }

    pub(super) fn statement(&mut self, statement: &Statement<'p>) {
        crate::depth::grow(|| self.any_statement(*statement));
    }

    fn any_statement(&mut self, statement: Statement<'p>) {
        match statement {
            Statement::Block(node) => self.block(node.body),
            Statement::Empty(_) => self.push(";"),
            Statement::Expression(node) => {
                self.statement_start = self.text.len();
                self.expression(node.expression, Precedence::Expression);
                self.push(";");
            }
            Statement::If(node) => self.if_statement(node),
            Statement::For(node) => self.for_statement(node),
            Statement::ForIn(node) => self.for_in_statement(node),
            Statement::ForOf(node) => self.for_of_statement(node),
            Statement::While(node) => {
                self.head("while", node.test);
                self.statement(&node.body);
            }
            Statement::DoWhile(node) => {
                self.push("do ");
                self.statement(&node.body);
                self.within(" while (", ");", |this| {
                    this.expression(node.test, Precedence::Expression);
                });
            }
            Statement::Continue(node) => self.jump("continue", node.label),
            Statement::Break(node) => self.jump("break", node.label),
            Statement::Return(node) => {
                self.push("return");
                if let Some(argument) = node.argument {
                    self.push(" ");
                    self.expression(argument, Precedence::Expression);
                }
                self.push(";");
            }
            Statement::With(node) => {
                self.head("with", node.object);
                self.statement(&node.body);
            }
            Statement::Switch(node) => self.switch_statement(node),
            Statement::Labelled(node) => {
                self.push(node.label.name.as_str());
                self.push(": ");
                self.statement(&node.body);
            }
            Statement::Throw(node) => {
                self.push("throw ");
                self.expression(node.argument, Precedence::Expression);
                self.push(";");
            }
            Statement::Try(node) => self.try_statement(node),
            Statement::Debugger(_) => self.push("debugger;"),
            Statement::Variable(node) => {
                self.variable_declaration(node);
                self.push(";");
            }
            Statement::Function(node) => self.function(node),
            Statement::Class(node) => self.class(node),
            Statement::Import(node) => self.import(node),
            Statement::Export(node) => self.export(node),
        }
    }

    /// A keyword and an expression in parentheses.
    fn head(&mut self, keyword: &str, expression: Expression<'p>) {
        self.push(keyword);
        self.within(" (", ") ", |this| this.expression(expression, Precedence::Expression));
    }

    fn jump(&mut self, keyword: &str, label: Option<&Identifier<'p>>) {
        self.push(keyword);
        if let Some(label) = label {
            self.push(" ");
            self.push(label.name.as_str());
        }
        self.push(";");
    }

    fn if_statement(&mut self, first: &IfStatement<'p>) {
        let mut node = first;
        loop {
            self.head("if", node.test);
            let Some(alternate) = &node.alternate else {
                self.statement(&node.consequent);
                return;
            };
            if takes_else(&node.consequent) {
                self.block(&[node.consequent]);
            } else {
                self.statement(&node.consequent);
            }
            self.push(" else ");
            match alternate {
                Statement::If(next) => node = next,
                _ => return self.statement(alternate),
            }
        }
    }

    fn for_statement(&mut self, node: &ForStatement<'p>) {
        self.within("for (", ") ", |this| {
            if let Some(init) = &node.init {
                this.no_in = true;
                this.for_head_start = this.text.len();
                match init {
                    ForInit::Declaration(node) => this.variable_declaration(node),
                    ForInit::Expression(expression) => {
                        this.expression(*expression, Precedence::Expression);
                    }
                }
                this.no_in = false;
            }
            for part in [node.test, node.update] {
                this.push(";");
                if let Some(expression) = part {
                    this.push(" ");
                    this.expression(expression, Precedence::Expression);
                }
            }
        });
        self.statement(&node.body);
    }

    fn for_in_statement(&mut self, node: &ForInStatement<'p>) {
        self.within("for (", ") ", |this| {
            this.for_head_start = this.text.len();
            this.for_head(node.left);
            this.push(" in ");
            this.expression(node.right, Precedence::Expression);
        });
        self.statement(&node.body);
    }

    fn for_of_statement(&mut self, node: &ForOfStatement<'p>) {
        self.push(if node.is_await { "for await (" } else { "for (" });
        self.within("", ") ", |this| {
            this.for_of_start = this.text.len();
            match node.left {
                // `for (async of` would begin an arrow function.
                ForHead::Pattern(Pattern::Identifier(name))
                    if name.name.class() == NameClass::Async && !node.is_await =>
                {
                    this.push("(async)");
                }
                left => this.for_head(left),
            }
            this.push(" of ");
            this.assignment(node.right);
        });
        self.statement(&node.body);
    }

    fn for_head(&mut self, head: ForHead<'p>) {
        self.no_in = true;
        match head {
            ForHead::Declaration(node) => self.variable_declaration(node),
            ForHead::Pattern(pattern) => self.pattern(pattern),
        }
        self.no_in = false;
    }

    fn switch_statement(&mut self, node: &SwitchStatement<'p>) {
        self.head("switch", node.discriminant);
        self.braces(node.cases.is_empty(), |this| {
            for case in node.cases {
                this.new_line();
                match case.test {
                    Some(test) => {
                        this.push("case ");
                        this.expression(test, Precedence::Expression);
                        this.push(":");
                    }
                    None => this.push("default:"),
                }
                this.level += 1;
                for statement in case.body {
                    this.new_line();
                    this.statement(statement);
                }
                this.level -= 1;
            }
        });
    }

    fn try_statement(&mut self, node: &TryStatement<'p>) {
        self.push("try ");
        self.block(node.block.body);
        if let Some(handler) = node.handler {
            self.push(" catch ");
            if let Some(param) = handler.param {
                self.within("(", ") ", |this| this.pattern(param));
            }
            self.block(handler.body.body);
        }
        if let Some(finalizer) = node.finalizer {
            self.push(" finally ");
            self.block(finalizer.body);
        }
    }

    /// A declaration without its semicolon.
    fn variable_declaration(&mut self, node: &VariableDeclaration<'p>) {
        self.push(node.kind.as_str());
        self.push(" ");
        self.separated(node.declarators, Self::variable_declarator);
    }

    fn variable_declarator(&mut self, node: &VariableDeclarator<'p>) {
        self.pattern(node.target);
        if let Some(initializer) = node.initializer {
            self.push(" = ");
            self.assignment(initializer);
        }
    }
}

/// Whether an `else` after the statement would be taken for part of it.
fn takes_else(statement: &Statement<'_>) -> bool {
    let mut last = statement;
    loop {
        last = match last {
            Statement::If(node) => match &node.alternate {
                Some(alternate) => alternate,
                None => return true,
            },
            Statement::For(node) => &node.body,
            Statement::ForIn(node) => &node.body,
            Statement::ForOf(node) => &node.body,
            Statement::While(node) => &node.body,
            Statement::With(node) => &node.body,
            Statement::Labelled(node) => &node.body,
            _ => return false,
        }
    }
}
