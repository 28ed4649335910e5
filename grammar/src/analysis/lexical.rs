//! `LexicallyDeclaredNames` (ECMA-262 §8.2.4): what a statement list declares in
//! its own scope before its code runs.

use crate::ast::*;

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

/// `LexicallyScopedDeclarations` of a list (§8.2.4), functions among them.
pub(super) fn lexically_declared<'a>(
    statements: &'a [Statement<'a>],
    found: &mut dyn FnMut(LexicallyDeclared<'a>),
) {
    for statement in statements {
        let declaration = match *statement {
            Statement::Labelled(node) => node.innermost(),
            Statement::Export(node) => match node.kind {
                ExportKind::Declaration(declaration) => declaration,
                ExportKind::Default(ExportDefault::Function(function)) => {
                    Statement::Function(function)
                }
                ExportKind::Default(ExportDefault::Class(class)) => Statement::Class(class),
                _ => continue,
            },
            statement => statement,
        };
        match declaration {
            Statement::Variable(node) if node.kind.is_lexical() => {
                let kind = LexicalKind::Variable(node.kind);
                for declarator in node.declarators {
                    declarator.target.bound_names(|identifier| {
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
