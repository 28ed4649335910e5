//! Early errors of regular expression literals (ECMA-262 §22.2.1, Annex B.1.2).
//!
//! [`validate`] decides whether the body of a literal derives `Pattern` and
//! breaks no early-error rule of §22.2.1.1. It matches nothing and builds no
//! tree: each production is a method that moves a `Cursor`
//! past the text it derives. [`parse`] does the same, and tells a [`Builder`] what
//! it finds on the way: who wants a tree, or a program, makes it there.
//!
//! The grammar is parameterised. `u` or `v` gives it `[+UnicodeMode]`, `v` also
//! `[+UnicodeSetsMode]`; both take the Annex B extensions away. `[+NamedCaptureGroups]`
//! holds in Unicode mode, and elsewhere if the pattern has a named group.
//!
//! | file | what it validates |
//! |---|---|
//! | `flags` | the letters after the literal |
//! | `pattern` | `Disjunction`, `Alternative`, `Term`; the one loop over the pattern |
//! | `quantifier` | `Quantifier` |
//! | `group` | what follows `(`: `GroupSpecifier`, lookarounds, modifiers |
//! | `group_name` | `GroupName`, duplicate names, named references |
//! | `escape` | `AtomEscape`, `CharacterEscape`, `CharacterClassEscape` |
//! | `class_ranges` | `CharacterClass` without `v` |
//! | `class_set` | `CharacterClass` with `v` |
//! | `unicode_property` | the names after `\p` |
//! | `builder` | what a `Builder` is told |
//!
//! Nothing here recurses, so nesting is limited by memory only. A pattern
//! without named groups is validated without allocating until groups nest
//! deeper than the inline part of an `InlineStack`.
//!
//! Messages are V8's, and so is the choice between several faults. Verdicts are
//! the specification's, also where V8 has limits of its own: on the number of
//! groups, on nested classes, and on the size of the numbers in a quantifier.

mod builder;
mod class_ranges;
mod class_set;
mod cursor;
mod error;
mod escape;
mod flags;
mod group;
mod group_name;
mod inline_stack;
mod pattern;
mod quantifier;
mod unicode_property;
mod unicode_property_names;

#[cfg(test)]
mod tests;

pub use builder::{
    Assertion, Builder, ClassEscape, ClassOperand, ClassOperator, EscapedSet, Group, Quantifier,
};
pub use error::RegExpError;
pub use flags::Flags;

/// Checks the body of a regular expression literal: that it derives `Pattern`
/// (ECMA-262 §22.2.1, with Annex B.1.2 if `flags` has neither `u` nor `v`) and
/// that no early error of §22.2.1.1 applies.
///
/// `pattern` is WTF-8: UTF-8 in which lone surrogates have their three-byte
/// form. A byte that is part of no character counts as one character.
///
/// # Errors
///
/// The first fault, in the order in which V8 looks for faults.
pub fn validate(pattern: &[u8], flags: Flags) -> Result<(), RegExpError> {
    parse(pattern, flags, &mut ())
}

/// Does what [`validate`] does, and tells a builder what the pattern is made of.
///
/// # Errors
///
/// The first fault, in the order in which V8 looks for faults.
pub fn parse(pattern: &[u8], flags: Flags, builder: &mut impl Builder) -> Result<(), RegExpError> {
    pattern::Validator::new(pattern, flags, builder).pattern().map_err(RegExpError::from)
}
