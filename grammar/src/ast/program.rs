//! The root of the tree.

use super::{FormalParameters, FunctionKind, Statement, spanned};
use crate::scope::{FunctionFacts, ScopeTree};
use crate::source::Span;

/// What a parse gives.
#[derive(Debug)]
pub struct Program<'a> {
    /// All of the source text.
    pub span: Span,
    /// What the text was parsed as.
    pub kind: ProgramKind,
    /// `#!…`, the first line.
    pub hashbang: Option<Span>,
    /// The statements and module items.
    pub body: &'a [Statement<'a>],
    /// The parameters, where the goal was parameters alone.
    pub params: Option<FormalParameters<'a>>,
    /// Whether the top level is strict mode code.
    pub strict: bool,
    /// Whether `await` stands outside all functions: the module is to be
    /// evaluated asynchronously.
    pub has_top_level_await: bool,
    /// What is known about the code outside all functions; of parameters alone, nothing.
    pub facts: FunctionFacts,
    /// Scopes and bindings.
    pub scopes: ScopeTree<'a>,
}

/// The goal symbol a program was parsed with, without its context.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ProgramKind {
    /// `Script`
    Script,
    /// `Module`
    Module,
    /// A CommonJS module: the body of the function Node wraps around it.
    CommonJs,
    /// `FunctionBody` alone.
    FunctionBody(FunctionKind),
    /// `FormalParameters` alone.
    FormalParameters(FunctionKind),
    /// One `Expression`.
    Expression,
    /// `Script` as the argument of a direct or indirect eval.
    Eval,
}

spanned! { Program }
