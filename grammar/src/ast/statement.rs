//! Statements and declarations (ECMA-262 §14).

use std::cell::Cell;

use super::{
    Class, ExportDeclaration, Expression, Function, Identifier, ImportDeclaration, Pattern,
    Spanned, StringLiteral, spanned,
};
use crate::scope::ScopeId;
use crate::source::Span;

/// `StatementListItem` or `ModuleItem`.
#[derive(Clone, Copy, Debug)]
pub enum Statement<'a> {
    /// `{ … }`
    Block(&'a BlockStatement<'a>),
    /// `;`
    Empty(Span),
    /// An expression.
    Expression(&'a ExpressionStatement<'a>),
    /// `if`
    If(&'a IfStatement<'a>),
    /// `for (a; b; c)`
    For(&'a ForStatement<'a>),
    /// `for (a in b)`
    ForIn(&'a ForInStatement<'a>),
    /// `for (a of b)`, `for await (a of b)`
    ForOf(&'a ForOfStatement<'a>),
    /// `while`
    While(&'a WhileStatement<'a>),
    /// `do … while`
    DoWhile(&'a DoWhileStatement<'a>),
    /// `continue`
    Continue(&'a JumpStatement<'a>),
    /// `break`
    Break(&'a JumpStatement<'a>),
    /// `return`
    Return(&'a ReturnStatement<'a>),
    /// `with`
    With(&'a WithStatement<'a>),
    /// `switch`
    Switch(&'a SwitchStatement<'a>),
    /// `label: …`
    Labelled(&'a LabelledStatement<'a>),
    /// `throw`
    Throw(&'a ThrowStatement<'a>),
    /// `try`
    Try(&'a TryStatement<'a>),
    /// `debugger`
    Debugger(Span),
    /// `var`, `let`, `const`, `using`, `await using`
    Variable(&'a VariableDeclaration<'a>),
    /// `function` in any of its kinds
    Function(&'a Function<'a>),
    /// `class`
    Class(&'a Class<'a>),
    /// `import …`
    Import(&'a ImportDeclaration<'a>),
    /// `export …`
    Export(&'a ExportDeclaration<'a>),
}

/// `Block`.
#[derive(Debug)]
pub struct BlockStatement<'a> {
    /// The block, braces included.
    pub span: Span,
    /// The statements.
    pub body: &'a [Statement<'a>],
    /// Its scope, if it declares anything; filled in by scope analysis.
    pub scope: Cell<ScopeId>,
}

/// `ExpressionStatement`.
#[derive(Debug)]
pub struct ExpressionStatement<'a> {
    /// The statement, its semicolon included.
    pub span: Span,
    /// The expression.
    pub expression: Expression<'a>,
    /// For a member of a directive prologue (ECMA-262 §11.2.1): the text between
    /// its quotes, as written.
    pub directive: Cell<Option<Span>>,
}

/// `IfStatement`.
#[derive(Debug)]
pub struct IfStatement<'a> {
    /// The whole statement.
    pub span: Span,
    /// The condition.
    pub test: Expression<'a>,
    /// Run when it holds.
    pub consequent: Statement<'a>,
    /// Run when it does not.
    pub alternate: Option<Statement<'a>>,
    /// The scope of a function declaration that stands as a branch without a
    /// block (Annex B.3.3): first branch, second branch.
    pub branch_scopes: [Cell<ScopeId>; 2],
}

/// `for (init; test; update) body`.
#[derive(Debug)]
pub struct ForStatement<'a> {
    /// The whole statement.
    pub span: Span,
    /// What runs first.
    pub init: Option<ForInit<'a>>,
    /// The condition.
    pub test: Option<Expression<'a>>,
    /// What runs after each turn.
    pub update: Option<Expression<'a>>,
    /// The body.
    pub body: Statement<'a>,
    /// The scope of the head's lexical declarations.
    pub scope: Cell<ScopeId>,
}

/// What stands first in the head of a `for` statement.
#[derive(Clone, Copy, Debug)]
pub enum ForInit<'a> {
    /// `var`, `let`, `const`, `using`, `await using`
    Declaration(&'a VariableDeclaration<'a>),
    /// An expression.
    Expression(Expression<'a>),
}

/// `for (left in right) body`.
#[derive(Debug)]
pub struct ForInStatement<'a> {
    /// The whole statement.
    pub span: Span,
    /// Where the keys go.
    pub left: ForHead<'a>,
    /// Whose keys are taken.
    pub right: Expression<'a>,
    /// The body.
    pub body: Statement<'a>,
    /// The scope of the head's lexical declarations.
    pub scope: Cell<ScopeId>,
}

/// `for (left of right) body`.
#[derive(Debug)]
pub struct ForOfStatement<'a> {
    /// The whole statement.
    pub span: Span,
    /// `for await`
    pub is_await: bool,
    /// Where the values go.
    pub left: ForHead<'a>,
    /// Whose values are taken.
    pub right: Expression<'a>,
    /// The body.
    pub body: Statement<'a>,
    /// The scope of the head's lexical declarations.
    pub scope: Cell<ScopeId>,
}

/// What the head of a `for`-`in` or `for`-`of` statement binds or assigns.
#[derive(Clone, Copy, Debug)]
pub enum ForHead<'a> {
    /// A declaration with one declarator.
    Declaration(&'a VariableDeclaration<'a>),
    /// An assignment target.
    Pattern(Pattern<'a>),
}

/// `while (test) body`.
#[derive(Debug)]
pub struct WhileStatement<'a> {
    /// The whole statement.
    pub span: Span,
    /// The condition.
    pub test: Expression<'a>,
    /// The body.
    pub body: Statement<'a>,
}

/// `do body while (test);`
#[derive(Debug)]
pub struct DoWhileStatement<'a> {
    /// The whole statement.
    pub span: Span,
    /// The body.
    pub body: Statement<'a>,
    /// The condition.
    pub test: Expression<'a>,
}

/// `break` or `continue`, with or without a label.
#[derive(Debug)]
pub struct JumpStatement<'a> {
    /// The whole statement.
    pub span: Span,
    /// The label.
    pub label: Option<&'a Identifier<'a>>,
}

/// `return`.
#[derive(Debug)]
pub struct ReturnStatement<'a> {
    /// The whole statement.
    pub span: Span,
    /// What is returned.
    pub argument: Option<Expression<'a>>,
}

/// `with (object) body`.
#[derive(Debug)]
pub struct WithStatement<'a> {
    /// The whole statement.
    pub span: Span,
    /// The object whose properties become bindings.
    pub object: Expression<'a>,
    /// The body.
    pub body: Statement<'a>,
    /// The scope the object makes.
    pub scope: Cell<ScopeId>,
}

/// `switch`.
#[derive(Debug)]
pub struct SwitchStatement<'a> {
    /// The whole statement.
    pub span: Span,
    /// What is compared.
    pub discriminant: Expression<'a>,
    /// The clauses, in order.
    pub cases: &'a [SwitchCase<'a>],
    /// The scope of the case block.
    pub scope: Cell<ScopeId>,
}

/// `CaseClause` or `DefaultClause`.
#[derive(Clone, Copy, Debug)]
pub struct SwitchCase<'a> {
    /// The clause and its statements.
    pub span: Span,
    /// What is compared; `None` for `default`.
    pub test: Option<Expression<'a>>,
    /// The statements.
    pub body: &'a [Statement<'a>],
}

/// `label: body`.
#[derive(Debug)]
pub struct LabelledStatement<'a> {
    /// The whole statement.
    pub span: Span,
    /// The label.
    pub label: &'a Identifier<'a>,
    /// What is labelled.
    pub body: Statement<'a>,
}

impl<'a> LabelledStatement<'a> {
    /// The statement behind this label and all labels that follow it.
    #[must_use]
    pub fn innermost(&self) -> Statement<'a> {
        let mut statement = self.body;
        while let Statement::Labelled(inner) = statement {
            statement = inner.body;
        }
        statement
    }
}

/// `throw`.
#[derive(Debug)]
pub struct ThrowStatement<'a> {
    /// The whole statement.
    pub span: Span,
    /// What is thrown.
    pub argument: Expression<'a>,
}

/// `try`, with `catch`, `finally` or both.
#[derive(Debug)]
pub struct TryStatement<'a> {
    /// The whole statement.
    pub span: Span,
    /// The guarded block.
    pub block: &'a BlockStatement<'a>,
    /// `catch`
    pub handler: Option<&'a CatchClause<'a>>,
    /// `finally`
    pub finalizer: Option<&'a BlockStatement<'a>>,
}

/// `Catch`.
#[derive(Debug)]
pub struct CatchClause<'a> {
    /// From `catch` to the closing brace.
    pub span: Span,
    /// What the exception is bound to.
    pub param: Option<Pattern<'a>>,
    /// The block.
    pub body: &'a BlockStatement<'a>,
    /// The scope of the parameter.
    pub scope: Cell<ScopeId>,
}

/// `VariableStatement`, `LexicalDeclaration`, `UsingDeclaration`, or the
/// declaration in the head of a loop.
#[derive(Debug)]
pub struct VariableDeclaration<'a> {
    /// The whole declaration; in a statement its semicolon included.
    pub span: Span,
    /// `var`, `let`, `const`, …
    pub kind: VariableKind,
    /// The declarators, in order.
    pub declarators: &'a [VariableDeclarator<'a>],
}

impl VariableDeclaration<'_> {
    /// The declarators, as what is wrong with them is shown.
    pub(crate) fn bindings_span(&self) -> Span {
        self.declarators.iter().map(|node| node.span).reduce(Span::to).unwrap_or(self.span)
    }
}

/// The keyword of a variable declaration.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum VariableKind {
    /// `var`
    Var,
    /// `let`
    Let,
    /// `const`
    Const,
    /// `using`
    Using,
    /// `await using`
    AwaitUsing,
}

impl VariableKind {
    /// Whether its bindings belong to the block, not to the function.
    #[must_use]
    pub fn is_lexical(self) -> bool {
        self != Self::Var
    }

    /// Whether its bindings cannot be assigned to.
    #[must_use]
    pub fn is_constant(self) -> bool {
        matches!(self, Self::Const | Self::Using | Self::AwaitUsing)
    }

    /// The keyword as written.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Var => "var",
            Self::Let => "let",
            Self::Const => "const",
            Self::Using => "using",
            Self::AwaitUsing => "await using",
        }
    }
}

/// `VariableDeclaration` of the specification: one target and its initialiser.
#[derive(Clone, Copy, Debug)]
pub struct VariableDeclarator<'a> {
    /// Target and initialiser.
    pub span: Span,
    /// What is declared.
    pub target: Pattern<'a>,
    /// Its first value.
    pub initializer: Option<Expression<'a>>,
}

spanned! {
    BlockStatement ExpressionStatement IfStatement ForStatement ForInStatement ForOfStatement
    WhileStatement DoWhileStatement JumpStatement ReturnStatement WithStatement SwitchStatement
    SwitchCase LabelledStatement ThrowStatement TryStatement CatchClause VariableDeclaration
    VariableDeclarator
}

impl<'a> ExpressionStatement<'a> {
    /// The string literal this statement consists of, not parenthesised: a
    /// directive, if it stands in a prologue.
    #[must_use]
    pub fn as_string(&self) -> Option<&'a StringLiteral<'a>> {
        match self.expression {
            Expression::String(string) => Some(string),
            _ => None,
        }
    }
}

impl Spanned for Statement<'_> {
    fn span(&self) -> Span {
        match self {
            Statement::Block(node) => node.span,
            Statement::Empty(span) | Statement::Debugger(span) => *span,
            Statement::Expression(node) => node.span,
            Statement::If(node) => node.span,
            Statement::For(node) => node.span,
            Statement::ForIn(node) => node.span,
            Statement::ForOf(node) => node.span,
            Statement::While(node) => node.span,
            Statement::DoWhile(node) => node.span,
            Statement::Continue(node) | Statement::Break(node) => node.span,
            Statement::Return(node) => node.span,
            Statement::With(node) => node.span,
            Statement::Switch(node) => node.span,
            Statement::Labelled(node) => node.span,
            Statement::Throw(node) => node.span,
            Statement::Try(node) => node.span,
            Statement::Variable(node) => node.span,
            Statement::Function(node) => node.span,
            Statement::Class(node) => node.span,
            Statement::Import(node) => node.span,
            Statement::Export(node) => node.span,
        }
    }
}
