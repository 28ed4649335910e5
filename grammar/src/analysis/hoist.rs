//! Declarations that a scope has before its code runs: `VarDeclaredNames`,
//! `LexicallyDeclaredNames` (ECMA-262 §8.2) and the functions in blocks that
//! Annex B.3.2 makes visible outside.

use rustc_hash::FxHashMap;

use crate::ast::*;
use crate::depth;

/// Something a function's `var` scope holds although it stands further in.
pub(super) enum Hoisted<'a> {
    /// A name declared by `var`.
    Var(&'a Identifier<'a>),
    /// A function in a block that Annex B.3.2 gives a `var` too, if no parameter
    /// has its name.
    AnnexB(&'a Identifier<'a>),
}

/// Finds what belongs to the `var` scope that `statements` are the body of.
/// Functions of the top level are not among it. `sloppy` looks for Annex B
/// functions.
pub(super) fn hoisted<'a>(
    statements: &'a [Statement<'a>],
    sloppy: bool,
    found: &mut Vec<Hoisted<'a>>,
) {
    let mut walk = Walk {
        sloppy,
        found,
        enclosing: Vec::new(),
        counted: 0,
        declared: FxHashMap::default(),
        depth: 0,
    };
    for statement in statements {
        walk.statement(*statement);
    }
}

/// Code whose lexical declarations a hoisted function must not collide with.
#[derive(Clone, Copy)]
enum Enclosing<'a> {
    Statements(&'a [Statement<'a>]),
    Cases(&'a [SwitchCase<'a>]),
    Declaration(&'a VariableDeclaration<'a>),
    CatchPattern(Pattern<'a>),
}

struct Walk<'w, 'a> {
    sloppy: bool,
    found: &'w mut Vec<Hoisted<'a>>,
    enclosing: Vec<Enclosing<'a>>,
    /// How many of `enclosing`, from the outside, `declared` covers. It is brought
    /// up to date only when a function in a block asks.
    counted: usize,
    /// How often each name is lexically declared in those.
    declared: FxHashMap<Name<'a>, u32>,
    depth: u32,
}

impl<'a> Walk<'_, 'a> {
    fn statement(&mut self, statement: Statement<'a>) {
        // Expressions declare nothing outside, so most statements end here.
        match statement {
            Statement::Variable(node) if node.kind == VariableKind::Var => self.declaration(node),
            Statement::Block(_)
            | Statement::If(_)
            | Statement::For(_)
            | Statement::ForIn(_)
            | Statement::ForOf(_)
            | Statement::While(_)
            | Statement::DoWhile(_)
            | Statement::With(_)
            | Statement::Switch(_)
            | Statement::Labelled(_)
            | Statement::Try(_)
            | Statement::Export(_) => {
                self.depth += 1;
                if self.depth.is_multiple_of(16) {
                    depth::grow(|| self.nested(statement));
                } else {
                    self.nested(statement);
                }
                self.depth -= 1;
            }
            _ => {}
        }
    }

    fn nested(&mut self, statement: Statement<'a>) {
        match statement {
            Statement::Block(node) => self.block(node),
            Statement::If(node) => {
                self.branch(node.consequent);
                if let Some(alternate) = node.alternate {
                    self.branch(alternate);
                }
            }
            Statement::For(node) => {
                if let Some(ForInit::Declaration(declaration)) = node.init {
                    self.head(declaration, node.body);
                } else {
                    self.statement(node.body);
                }
            }
            Statement::ForIn(node) => self.for_head(node.left, node.body),
            Statement::ForOf(node) => self.for_head(node.left, node.body),
            Statement::While(node) => self.statement(node.body),
            Statement::DoWhile(node) => self.statement(node.body),
            Statement::With(node) => self.statement(node.body),
            Statement::Switch(node) => {
                self.enclosing.push(Enclosing::Cases(node.cases));
                for case in node.cases {
                    self.list(case.body);
                }
                self.close();
            }
            Statement::Labelled(node) => self.statement(node.body),
            Statement::Try(node) => {
                self.block(node.block);
                if let Some(handler) = node.handler {
                    if let Some(param) = handler.param {
                        self.enclosing.push(Enclosing::CatchPattern(param));
                    }
                    self.block(handler.body);
                    if handler.param.is_some() {
                        self.close();
                    }
                }
                if let Some(finalizer) = node.finalizer {
                    self.block(finalizer);
                }
            }
            Statement::Export(node) => {
                if let ExportKind::Declaration(declaration) = node.kind {
                    self.statement(declaration);
                }
            }
            _ => {}
        }
    }

    fn block(&mut self, block: &'a BlockStatement<'a>) {
        self.enclosing.push(Enclosing::Statements(block.body));
        self.list(block.body);
        self.close();
    }

    fn list(&mut self, statements: &'a [Statement<'a>]) {
        for statement in statements {
            if let Some(function) = plain_function(*statement) {
                self.function_in_block(function);
            } else {
                self.statement(*statement);
            }
        }
    }

    /// A branch of an `if`, where a function stands as if in a block of its own.
    fn branch(&mut self, statement: Statement<'a>) {
        if let Statement::Function(function) = statement {
            self.enclosing.push(Enclosing::Statements(&[]));
            self.function_in_block(function);
            self.close();
        } else {
            self.statement(statement);
        }
    }

    /// Annex B.3.2.1: unless a `var` of this name here would be an early error.
    fn function_in_block(&mut self, function: &'a Function<'a>) {
        if !self.sloppy || function.kind != FunctionKind::Normal {
            return;
        }
        let Some(id) = function.id else { return };
        while self.counted < self.enclosing.len() - 1 {
            let code = self.enclosing[self.counted];
            code.names(&mut |name| *self.declared.entry(name).or_insert(0) += 1);
            self.counted += 1;
        }
        if self.declared.get(&id.name).is_none_or(|count| *count == 0) {
            self.found.push(Hoisted::AnnexB(id));
        }
    }

    /// The innermost of the enclosing code ends.
    fn close(&mut self) {
        let Some(code) = self.enclosing.pop() else { return };
        if self.counted > self.enclosing.len() {
            code.names(&mut |name| {
                self.declared.entry(name).and_modify(|count| *count -= 1);
            });
            self.counted = self.enclosing.len();
        }
    }

    fn for_head(&mut self, head: ForHead<'a>, body: Statement<'a>) {
        if let ForHead::Declaration(declaration) = head {
            self.head(declaration, body);
        } else {
            self.statement(body);
        }
    }

    fn head(&mut self, declaration: &'a VariableDeclaration<'a>, body: Statement<'a>) {
        if declaration.kind == VariableKind::Var {
            self.declaration(declaration);
            self.statement(body);
        } else {
            self.enclosing.push(Enclosing::Declaration(declaration));
            self.statement(body);
            self.close();
        }
    }

    fn declaration(&mut self, declaration: &'a VariableDeclaration<'a>) {
        for declarator in declaration.declarators {
            bound_names(declarator.target, &mut |identifier| {
                self.found.push(Hoisted::Var(identifier));
            });
        }
    }
}

impl<'a> Enclosing<'a> {
    /// The names it declares lexically, with which a `var` would collide.
    fn names(self, found: &mut dyn FnMut(Name<'a>)) {
        match self {
            Self::Statements(statements) => {
                lexically_declared(statements, &mut |declared| found(declared.identifier.name));
            }
            Self::Cases(cases) => {
                for case in cases {
                    lexically_declared(case.body, &mut |declared| found(declared.identifier.name));
                }
            }
            Self::Declaration(declaration) => {
                for declarator in declaration.declarators {
                    bound_names(declarator.target, &mut |identifier| found(identifier.name));
                }
            }
            // Annex B.3.4: a plain catch parameter does not collide.
            Self::CatchPattern(Pattern::Identifier(_)) => {}
            Self::CatchPattern(pattern) => {
                bound_names(pattern, &mut |identifier| found(identifier.name));
            }
        }
    }
}

/// A lexical declaration.
#[derive(Clone, Copy)]
pub(super) struct LexicallyDeclared<'a> {
    pub(super) identifier: &'a Identifier<'a>,
    pub(super) kind: LexicalKind<'a>,
}

/// What declares a name lexically.
#[derive(Clone, Copy)]
pub(super) enum LexicalKind<'a> {
    Variable(VariableKind),
    Class,
    Function(&'a Function<'a>),
}

/// The function a list item declares, labels looked through.
fn plain_function(statement: Statement<'_>) -> Option<&Function<'_>> {
    let mut statement = statement;
    while let Statement::Labelled(node) = statement {
        statement = node.body;
    }
    match statement {
        Statement::Function(function) => Some(function),
        _ => None,
    }
}

/// `LexicallyScopedDeclarations` of a list (§8.2.4), functions among them.
pub(super) fn lexically_declared<'a>(
    statements: &'a [Statement<'a>],
    found: &mut dyn FnMut(LexicallyDeclared<'a>),
) {
    for statement in statements {
        let mut statement = *statement;
        while let Statement::Labelled(node) = statement {
            statement = node.body;
        }
        if let Statement::Export(node) = statement {
            match node.kind {
                ExportKind::Declaration(declaration) => statement = declaration,
                ExportKind::Default(ExportDefault::Function(function)) => {
                    statement = Statement::Function(function);
                }
                ExportKind::Default(ExportDefault::Class(class)) => {
                    statement = Statement::Class(class);
                }
                _ => continue,
            }
        }
        match statement {
            Statement::Variable(node) if node.kind.is_lexical() => {
                let kind = LexicalKind::Variable(node.kind);
                for declarator in node.declarators {
                    bound_names(declarator.target, &mut |identifier| {
                        found(LexicallyDeclared { identifier, kind });
                    });
                }
            }
            Statement::Class(class) => {
                if let Some(identifier) = class.id {
                    found(LexicallyDeclared { identifier, kind: LexicalKind::Class });
                }
            }
            Statement::Function(function) => {
                if let Some(identifier) = function.id {
                    let kind = LexicalKind::Function(function);
                    found(LexicallyDeclared { identifier, kind });
                }
            }
            _ => {}
        }
    }
}

/// `BoundNames` of a pattern (§8.2.1).
pub(super) fn bound_names<'a>(pattern: Pattern<'a>, found: &mut dyn FnMut(&'a Identifier<'a>)) {
    match pattern {
        Pattern::Identifier(identifier) => found(identifier),
        Pattern::Member(_) | Pattern::Call(_) => {}
        Pattern::Object(object) => depth::grow(|| {
            for property in object.properties {
                bound_names(property.element.target, found);
            }
            if let Some(rest) = object.rest {
                bound_names(rest.target, found);
            }
        }),
        Pattern::Array(array) => depth::grow(|| {
            for element in array.elements.iter().flatten() {
                bound_names(element.target, found);
            }
            if let Some(rest) = array.rest {
                bound_names(rest.target, found);
            }
        }),
    }
}
