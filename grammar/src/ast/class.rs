//! Classes (ECMA-262 §15.7).

use std::cell::Cell;

use super::{Expression, Function, Hoisted, Identifier, PropertyKey, Statement, spanned};
use crate::scope::{FunctionFacts, ScopeId};
use crate::source::Span;

/// `ClassDeclaration` or `ClassExpression`.
#[derive(Debug)]
pub struct Class<'a> {
    /// From `class` to the closing brace.
    pub span: Span,
    /// Its name.
    pub id: Option<&'a Identifier<'a>>,
    /// What it extends.
    pub superclass: Option<Expression<'a>>,
    /// The body, braces included.
    pub body_span: Span,
    /// The members, in order.
    pub elements: &'a [ClassElement<'a>],
    /// The scope that holds the inner binding of the class's name and its
    /// private names; filled in by scope analysis.
    pub scope: Cell<ScopeId>,
}

/// `ClassElement`.
#[derive(Clone, Copy, Debug)]
pub enum ClassElement<'a> {
    /// A method, getter, setter or the constructor.
    Method(&'a ClassMethod<'a>),
    /// A field.
    Field(&'a ClassField<'a>),
    /// `static { … }`
    StaticBlock(&'a StaticBlock<'a>),
}

/// `MethodDefinition` in a class.
#[derive(Debug)]
pub struct ClassMethod<'a> {
    /// The whole element, `static` included.
    pub span: Span,
    /// Whether it belongs to the class itself.
    pub is_static: bool,
    /// Method, getter, setter or constructor.
    pub kind: MethodKind,
    /// Its name.
    pub key: PropertyKey<'a>,
    /// Its function.
    pub value: &'a Function<'a>,
}

/// What a method definition defines.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MethodKind {
    /// A data property that holds a function.
    Method,
    /// `get`
    Get,
    /// `set`
    Set,
    /// The class's constructor.
    Constructor,
}

/// `FieldDefinition`.
#[derive(Debug)]
pub struct ClassField<'a> {
    /// The whole element, `static` and the semicolon included.
    pub span: Span,
    /// Whether it belongs to the class itself.
    pub is_static: bool,
    /// Its name.
    pub key: PropertyKey<'a>,
    /// The initialiser, which runs as a method of its own.
    pub value: Option<Expression<'a>>,
    /// The initialiser's function scope; filled in by scope analysis.
    pub scope: Cell<ScopeId>,
    /// What scope analysis found out about the initialiser.
    pub facts: Cell<FunctionFacts>,
}

/// `ClassStaticBlock`.
#[derive(Debug)]
pub struct StaticBlock<'a> {
    /// From `static` to the closing brace.
    pub span: Span,
    /// The statements.
    pub statements: &'a [Statement<'a>],
    /// What they hoist, if anything.
    pub hoisted: Option<&'a Hoisted<'a>>,
    /// The block's function scope; filled in by scope analysis.
    pub scope: Cell<ScopeId>,
    /// What scope analysis found out about the block.
    pub facts: Cell<FunctionFacts>,
}

spanned! { Class ClassMethod ClassField StaticBlock }
