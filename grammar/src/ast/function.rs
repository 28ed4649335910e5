//! Functions (ECMA-262 §15).

use std::cell::Cell;

use super::{Expression, Identifier, PatternElement, RestElement, Statement, spanned};
use crate::scope::{FunctionFacts, ScopeId};
use crate::source::Span;

/// Which of the four kinds of body a function has.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum FunctionKind {
    /// `function`
    #[default]
    Normal,
    /// `function*`
    Generator,
    /// `async function`
    Async,
    /// `async function*`
    AsyncGenerator,
}

impl FunctionKind {
    /// The kind for the markers `async` and `*`.
    #[must_use]
    pub fn new(is_async: bool, is_generator: bool) -> Self {
        match (is_async, is_generator) {
            (false, false) => Self::Normal,
            (false, true) => Self::Generator,
            (true, false) => Self::Async,
            (true, true) => Self::AsyncGenerator,
        }
    }

    /// Whether `await` is an operator in its body.
    #[must_use]
    pub fn is_async(self) -> bool {
        matches!(self, Self::Async | Self::AsyncGenerator)
    }

    /// Whether `yield` is an operator in its body.
    #[must_use]
    pub fn is_generator(self) -> bool {
        matches!(self, Self::Generator | Self::AsyncGenerator)
    }
}

/// A function declaration, function expression, or the function of a method.
#[derive(Debug)]
pub struct Function<'a> {
    /// From `function` or `async`, or for a method from the parenthesis of its
    /// parameters, to the closing brace.
    pub span: Span,
    /// Normal, generator, async, async generator.
    pub kind: FunctionKind,
    /// Its name, if it was given one by its own syntax.
    pub id: Option<&'a Identifier<'a>>,
    /// The parameters.
    pub params: FormalParameters<'a>,
    /// The body.
    pub body: FunctionBody<'a>,
    /// The function's scope; filled in by scope analysis.
    pub scope: Cell<ScopeId>,
    /// For a named function expression: the scope that holds only its name.
    pub name_scope: Cell<ScopeId>,
    /// What scope analysis found out about the function.
    pub facts: Cell<FunctionFacts>,
}

/// `ArrowFunction` and `AsyncArrowFunction`.
#[derive(Debug)]
pub struct ArrowFunction<'a> {
    /// From the parameters (or `async`) to the end of the body.
    pub span: Span,
    /// Whether it is `async`.
    pub is_async: bool,
    /// The parameters.
    pub params: FormalParameters<'a>,
    /// The body.
    pub body: ArrowBody<'a>,
    /// The function's scope; filled in by scope analysis.
    pub scope: Cell<ScopeId>,
    /// What scope analysis found out about the function.
    pub facts: Cell<FunctionFacts>,
}

/// `ConciseBody`.
#[derive(Debug)]
pub enum ArrowBody<'a> {
    /// `=> x`
    Expression(Expression<'a>),
    /// `=> { … }`
    Block(FunctionBody<'a>),
}

/// `FormalParameters`.
#[derive(Clone, Copy, Debug)]
pub struct FormalParameters<'a> {
    /// The list with its parentheses; for `x => x` the identifier alone.
    pub span: Span,
    /// The parameters before the rest parameter.
    pub items: &'a [PatternElement<'a>],
    /// `...rest`
    pub rest: Option<&'a RestElement<'a>>,
}

impl FormalParameters<'_> {
    /// `IsSimpleParameterList` (ECMA-262 §15.1.3): only plain identifiers.
    #[must_use]
    pub fn is_simple(&self) -> bool {
        self.rest.is_none()
            && self.items.iter().all(|item| {
                item.initializer.is_none() && matches!(item.target, super::Pattern::Identifier(_))
            })
    }

    /// `ExpectedArgumentCount` (ECMA-262 §15.1.5): the parameters before the
    /// first one with an initialiser; the function's `length`.
    #[must_use]
    pub fn expected_argument_count(&self) -> usize {
        self.items.iter().take_while(|item| item.initializer.is_none()).count()
    }
}

/// `FunctionBody`: the statements between a function's braces.
#[derive(Clone, Copy, Debug)]
pub struct FunctionBody<'a> {
    /// The body, braces included.
    pub span: Span,
    /// The statements; a directive prologue stands at their beginning.
    pub statements: &'a [Statement<'a>],
    /// What they hoist, if anything.
    pub hoisted: Option<&'a Hoisted<'a>>,
}

/// What the code of a function, a static block or a program declares in its
/// outermost scope from further in. Functions within it hoist on their own.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hoisted<'a> {
    /// The names `var` declares, in the order of the text. A name stands as often
    /// as it is declared.
    pub vars: &'a [&'a Identifier<'a>],
    /// Whether a function declaration stands in a block or a branch, so that Annex
    /// B.3.2 may give it a `var` too.
    pub functions_in_blocks: bool,
}

spanned! { Function ArrowFunction FormalParameters FunctionBody }
