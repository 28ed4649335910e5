//! The functions in blocks that Annex B.3.2 of ECMA-262 makes visible outside.
//!
//! Few functions have any. The builder notes which ones may, so that this pass over
//! their statements, ahead of the walk, is for them alone.

use rustc_hash::FxHashMap;

use crate::ast::*;
use crate::depth;

use super::lexical::lexically_declared;

/// Finds the names of functions in blocks that get a `var` too, if no parameter
/// has the name, in the `var` scope that `statements` are the sloppy mode body of.
pub(super) fn functions_in_blocks<'a>(statements: &'a [Statement<'a>]) -> Vec<&'a Identifier<'a>> {
    let mut walk = Walk {
        found: Vec::new(),
        enclosing: Vec::new(),
        counted: 0,
        declared: FxHashMap::default(),
        depth: 0,
    };
    for statement in statements {
        walk.statement(*statement);
    }
    walk.found
}

/// Code whose lexical declarations a hoisted function must not collide with.
#[derive(Clone, Copy)]
enum Enclosing<'a> {
    Statements(&'a [Statement<'a>]),
    Cases(&'a [SwitchCase<'a>]),
    Declaration(&'a VariableDeclaration<'a>),
    CatchPattern(Pattern<'a>),
}

struct Walk<'a> {
    found: Vec<&'a Identifier<'a>>,
    enclosing: Vec<Enclosing<'a>>,
    /// How many of `enclosing`, from the outside, `declared` covers. It is brought
    /// up to date only when a function in a block asks.
    counted: usize,
    /// How often each name is lexically declared in those.
    declared: FxHashMap<Name<'a>, u32>,
    depth: u32,
}

impl<'a> Walk<'a> {
    fn statement(&mut self, statement: Statement<'a>) {
        // Expressions declare nothing outside, so most statements end here.
        match statement {
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
            | Statement::Try(_) => {
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
        if function.kind != FunctionKind::Normal {
            return;
        }
        let Some(id) = function.id else { return };
        while self.counted < self.enclosing.len() - 1 {
            let code = self.enclosing[self.counted];
            code.names(&mut |name| *self.declared.entry(name).or_insert(0) += 1);
            self.counted += 1;
        }
        if self.declared.get(&id.name).is_none_or(|count| *count == 0) {
            self.found.push(id);
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
            self.statement(body);
        } else {
            self.enclosing.push(Enclosing::Declaration(declaration));
            self.statement(body);
            self.close();
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
                    declarator.target.bound_names(|identifier| found(identifier.name));
                }
            }
            // Annex B.3.4: a plain catch parameter does not collide.
            Self::CatchPattern(Pattern::Identifier(_)) => {}
            Self::CatchPattern(pattern) => {
                pattern.bound_names(|identifier| found(identifier.name));
            }
        }
    }
}

/// The function a list item declares, labels looked through.
fn plain_function(statement: Statement<'_>) -> Option<&Function<'_>> {
    let statement = match statement {
        Statement::Labelled(node) => node.innermost(),
        _ => statement,
    };
    match statement {
        Statement::Function(function) => Some(function),
        _ => None,
    }
}
