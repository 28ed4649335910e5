//! Patterns: what declarations, parameters and assignments take apart
//! (ECMA-262 §13.15.5 `AssignmentPattern`, §14.3.3 `BindingPattern`).
//!
//! Both kinds share these nodes. In a binding pattern every leaf is a
//! [`Pattern::Identifier`] that declares; in an assignment pattern a leaf is an
//! identifier that refers, or a property to store into.

use super::{Expression, Identifier, MemberExpression, PropertyKey, Spanned, spanned};
use crate::depth;
use crate::source::Span;

/// One target of a declaration, a parameter or an assignment.
#[derive(Clone, Copy, Debug)]
pub enum Pattern<'a> {
    /// `x`
    Identifier(&'a Identifier<'a>),
    /// `o.p`, `o[p]`, `o.#p`, `super.p`: assignments only.
    Member(&'a MemberExpression<'a>),
    /// `{ … }`
    Object(&'a ObjectPattern<'a>),
    /// `[ … ]`
    Array(&'a ArrayPattern<'a>),
    /// `f() = 1`: a call as target, which web reality keeps for sloppy mode code
    /// and which throws a `ReferenceError` when run.
    Call(Expression<'a>),
}

/// `{ a, b: c = 1, ...rest }`
#[derive(Debug)]
pub struct ObjectPattern<'a> {
    /// Where it stands, braces included.
    pub span: Span,
    /// The properties, in order.
    pub properties: &'a [PatternProperty<'a>],
    /// `...rest`
    pub rest: Option<&'a RestElement<'a>>,
}

/// One property of an object pattern.
#[derive(Clone, Copy, Debug)]
pub struct PatternProperty<'a> {
    /// Key, target and initialiser.
    pub span: Span,
    /// Which property is read. For a shorthand it is the target's name.
    pub key: PropertyKey<'a>,
    /// `{ a }` or `{ a = 1 }`, without a colon.
    pub shorthand: bool,
    /// Where the value goes.
    pub element: PatternElement<'a>,
}

/// `[ a, , b = 1, ...rest ]`
#[derive(Debug)]
pub struct ArrayPattern<'a> {
    /// Where it stands, brackets included.
    pub span: Span,
    /// The elements; `None` for a hole.
    pub elements: &'a [Option<PatternElement<'a>>],
    /// `...rest`
    pub rest: Option<&'a RestElement<'a>>,
}

/// A target with its initialiser: `a` or `a = 1`.
#[derive(Clone, Copy, Debug)]
pub struct PatternElement<'a> {
    /// Target and initialiser.
    pub span: Span,
    /// Where the value goes.
    pub target: Pattern<'a>,
    /// What to take instead of `undefined`.
    pub initializer: Option<Expression<'a>>,
}

/// `...target` in a pattern or a parameter list.
#[derive(Debug)]
pub struct RestElement<'a> {
    /// The dots and the target.
    pub span: Span,
    /// Where the remaining values go.
    pub target: Pattern<'a>,
}

spanned! { ObjectPattern PatternProperty ArrayPattern PatternElement RestElement }

impl<'a> Pattern<'a> {
    /// `BoundNames` (ECMA-262 §8.2.1): the identifiers a binding pattern declares,
    /// in the order of the text.
    #[inline]
    pub fn bound_names(self, mut found: impl FnMut(&'a Identifier<'a>)) {
        match self {
            Pattern::Identifier(identifier) => found(identifier),
            _ => self.names_inside(&mut found),
        }
    }

    fn names_inside(self, found: &mut dyn FnMut(&'a Identifier<'a>)) {
        match self {
            Pattern::Identifier(identifier) => found(identifier),
            Pattern::Member(_) | Pattern::Call(_) => {}
            Pattern::Object(object) => depth::grow(|| object.names_inside(found)),
            Pattern::Array(array) => depth::grow(|| array.names_inside(found)),
        }
    }
}

impl<'a> ObjectPattern<'a> {
    fn names_inside(&self, found: &mut dyn FnMut(&'a Identifier<'a>)) {
        for property in self.properties {
            property.element.target.names_inside(found);
        }
        if let Some(rest) = self.rest {
            rest.target.names_inside(found);
        }
    }
}

impl<'a> ArrayPattern<'a> {
    fn names_inside(&self, found: &mut dyn FnMut(&'a Identifier<'a>)) {
        for element in self.elements.iter().flatten() {
            element.target.names_inside(found);
        }
        if let Some(rest) = self.rest {
            rest.target.names_inside(found);
        }
    }
}

impl Spanned for Pattern<'_> {
    fn span(&self) -> Span {
        match self {
            Pattern::Identifier(node) => node.span,
            Pattern::Member(node) => node.span,
            Pattern::Object(node) => node.span,
            Pattern::Array(node) => node.span,
            Pattern::Call(node) => node.span(),
        }
    }
}
