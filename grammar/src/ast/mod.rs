//! The abstract syntax tree.
//!
//! Nodes live in a [`bumpalo`] arena and refer to each other by plain
//! references, so the tree is freed in one step and a node costs nothing but its
//! own fields. [`Statement`], [`Expression`] and [`Pattern`] are small `Copy`
//! enums, one variant a node type, each holding a reference to the node.
//!
//! Node types follow the productions of ECMA-262, not ESTree; where a name of
//! the specification is a mouthful, the field's word is used (`Call`, `Member`).
//! Every node has a [`Span`] in bytes of the source text. What scope analysis
//! learns about a node is kept in the node's `Cell` fields, filled in once by
//! [`crate::scope`].

mod class;
mod expression;
mod function;
mod literal;
mod module;
mod name;
mod pattern;
mod program;
mod statement;

pub use class::*;
pub use expression::*;
pub use function::*;
pub use literal::*;
pub use module::*;
pub use name::*;
pub use pattern::*;
pub use program::*;
pub use statement::*;

use crate::source::Span;

/// A node that knows where it stands in the source text.
pub trait Spanned {
    /// The bytes of source text the node was parsed from.
    fn span(&self) -> Span;
}

/// Gives [`Spanned`] to structs that have a `span` field.
macro_rules! spanned {
    ($($node:ident)*) => {
        $(impl crate::ast::Spanned for $node<'_> {
            #[inline]
            fn span(&self) -> crate::source::Span {
                self.span
            }
        })*
    };
}
pub(crate) use spanned;
