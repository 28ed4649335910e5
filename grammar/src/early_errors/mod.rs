//! Early errors: the static semantics rules of ECMA-262, one function a rule.
//!
//! Each function names its section and says what it refuses, in V8's words. It
//! looks at one node and the [`Context`] the node stands in; [`crate::analysis`]
//! walks the tree and calls it. Rules that the grammar or the cover grammars
//! settle are not here, nor are those about the text of literals.

pub(crate) mod classes;
pub(crate) mod declarations;
pub(crate) mod expressions;
pub(crate) mod functions;
pub(crate) mod identifiers;
pub(crate) mod literals;
pub(crate) mod modules;
pub(crate) mod statements;

use bitflags::bitflags;

use crate::diagnostic::{Diagnostic, Fault};
use crate::source::Span;

bitflags! {
    /// What the code around a node allows or forbids.
    #[derive(Clone, Copy, PartialEq, Eq, Debug)]
    pub(crate) struct Context: u32 {
        /// Strict mode code (§11.2.2).
        const STRICT = 1;
        /// Module code (§16.2).
        const MODULE = 1 << 1;
        /// `await` is an operator: `[+Await]`.
        const AWAIT = 1 << 2;
        /// `yield` is an operator: `[+Yield]`.
        const YIELD = 1 << 3;
        /// `return` may stand: `[+Return]`.
        const RETURN = 1 << 4;
        /// `new.target` may stand.
        const NEW_TARGET = 1 << 5;
        /// `super.x` may stand.
        const SUPER_PROPERTY = 1 << 6;
        /// `super()` may stand.
        const SUPER_CALL = 1 << 7;
        /// `arguments` must not stand: a class field or static block.
        const NO_ARGUMENTS = 1 << 8;
        /// In a static block, not in a function within it.
        const STATIC_BLOCK = 1 << 9;
        /// In the parameters of a function, arrow functions looked through:
        /// `yield` must not stand.
        const NO_YIELD = 1 << 10;
        /// In the parameters of an async function: `await` must not stand.
        const NO_AWAIT = 1 << 11;
    }
}

/// A refusal without labels or help.
#[allow(clippy::unnecessary_wraps, reason = "it ends rules, which may refuse nothing")]
fn refuse(span: Span, message: impl Into<String>) -> Option<Fault> {
    Some(Diagnostic::syntax(span, message))
}
