//! Scope analysis: what is declared where, and which declaration each name means.
//!
//! The result is a [`ScopeTree`] beside the AST: scopes and bindings in tables,
//! nodes pointing into them through [`ScopeId`], [`BindingId`] and
//! [`Resolution`]. It holds what a compiler has to know before it can place a
//! variable: whether a closure captures it, whether a read may come before its
//! initialisation, and where direct `eval` or `with` leave the answer to run
//! time.

mod tree;

pub use tree::*;
