//! Identifiers and names.

use std::cell::Cell;

use super::spanned;
pub use crate::name::{Name, NameClass};
use crate::scope::Resolution;
use crate::source::Span;

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
