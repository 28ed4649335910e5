//! Identifiers and names.

use std::cell::Cell;
use std::fmt;

use super::spanned;
use crate::scope::Resolution;
use crate::source::Span;

/// An interned identifier: two names of one parse are equal when their text is,
/// and comparing them compares addresses.
#[derive(Clone, Copy)]
pub struct Name<'a>(pub(crate) &'a NameEntry<'a>);

/// What the interner keeps for one distinct identifier text.
pub(crate) struct NameEntry<'a> {
    pub(crate) text: &'a str,
    pub(crate) class: NameClass,
    /// While scope analysis walks the tree: the binding this name stands for at
    /// the place the walk has reached. `u32::MAX` when there is none.
    pub(crate) binding: Cell<u32>,
}

/// Identifier texts that some static semantics rule asks about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NameClass {
    /// No rule mentions it.
    Plain,
    /// `arguments`
    Arguments,
    /// `async`
    Async,
    /// `await`
    Await,
    /// `eval`
    Eval,
    /// `let`
    Let,
    /// `static`, `implements`, `interface`, `package`, `private`, `protected`,
    /// `public`: reserved in strict mode code only.
    StrictReserved,
    /// `undefined`
    Undefined,
    /// `using`
    Using,
    /// `yield`
    Yield,
}

impl<'a> Name<'a> {
    /// The identifier's text: its `StringValue`, with escapes resolved.
    #[inline]
    #[must_use]
    pub fn as_str(self) -> &'a str {
        self.0.text
    }

    /// Which rules care about this name.
    #[inline]
    #[must_use]
    pub fn class(self) -> NameClass {
        self.0.class
    }
}

impl PartialEq for Name<'_> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

impl Eq for Name<'_> {}

impl std::hash::Hash for Name<'_> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        std::ptr::hash(self.0, state);
    }
}

impl fmt::Debug for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// `IdentifierReference`, `BindingIdentifier` or `LabelIdentifier`
/// (ECMA-262 §13.1): a name that stands for a binding or a label.
#[derive(Debug)]
pub struct Identifier<'a> {
    /// Where it stands.
    pub span: Span,
    /// What it is called.
    pub name: Name<'a>,
    /// What it refers to or declares; filled in by scope analysis.
    pub resolution: Cell<Resolution>,
}

/// `IdentifierName` where it is no binding: a property name, a meta property, a
/// module export name.
#[derive(Debug)]
pub struct IdentifierName<'a> {
    /// Where it stands.
    pub span: Span,
    /// Its text with escapes resolved.
    pub text: &'a str,
}

/// `PrivateIdentifier` (ECMA-262 §12.7): `#x`.
#[derive(Debug)]
pub struct PrivateIdentifier<'a> {
    /// Where it stands, the `#` included.
    pub span: Span,
    /// The text after the `#`, escapes resolved.
    pub name: Name<'a>,
}

spanned! { Identifier IdentifierName PrivateIdentifier }
