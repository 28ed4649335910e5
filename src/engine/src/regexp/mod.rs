//! Regular expressions: patterns are compiled to programs for a machine of their own,
//! which looks for matches in code units (ECMA-262 §22.2).
//!
//! ```text
//! pattern ── grammar ──▶ tree.rs ──▶ compiler.rs ──▶ program.rs ──▶ matcher.rs
//!                        class.rs    firsts.rs                      search.rs
//! ```
//!
//! The grammar reads the pattern and tells the tree's builder what it is made of; classes
//! and case are settled there. The compiler makes steps of the tree, and leaves out
//! choices that cannot matter. The matcher runs them over a text, at the places that the
//! search offers.
//!
//! | file | what it is about |
//! |---|---|
//! | `tree` | the tree, made while the pattern is read |
//! | `class` | what classes match |
//! | `code_points` | sets of characters |
//! | `case_folding` | which characters are the same where case does not matter |
//! | `properties`, `emoji` | Unicode's properties of characters and strings |
//! | `firsts` | with which units a part of a pattern can begin |
//! | `program` | steps, and the tables they use |
//! | `compiler` | from the tree to steps |
//! | `search` | where a match may begin |
//! | `matcher` | the machine |

mod case_folding;
mod class;
mod code_points;
mod compiler;
mod emoji;
mod firsts;
mod matcher;
mod program;
mod properties;
mod search;
#[cfg(test)]
mod tests;
mod tree;

use std::cell::OnceCell;
use std::ops::Range;

use axil_grammar::regexp::{Flags, RegExpError, parse, validate};

use crate::string::Units;
pub use matcher::{Machine, Watch};
use program::Program;
pub(crate) use tree::GroupName;

/// A pattern with its flags. It is compiled when it is first used.
pub struct Pattern {
    /// As WTF-8.
    text: Box<[u8]>,
    flags: Flags,
    program: OnceCell<Result<Box<Program>, TooLarge>>,
}

/// A pattern has more than can be compiled.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TooLarge;

/// Why there is no answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Failure {
    /// The pattern is too large.
    TooLarge,
    /// There was too much to go back to.
    TooMuchMemory,
    /// There were more steps from one place than [`Watch::most_steps`].
    TooManySteps,
    /// [`Watch::is_to_stop`] has said so.
    Interrupted,
}

/// Where a match and its groups lie.
#[derive(Clone, Copy)]
pub struct Captures<'m>(&'m [u32]);

impl<'m> Captures<'m> {
    /// Of what [`Captures::registers`] gave.
    pub(crate) fn new(registers: &'m [u32]) -> Self {
        Self(registers)
    }

    /// Two numbers for each group, where it begins and where it ends.
    pub(crate) fn registers(self) -> &'m [u32] {
        self.0
    }

    /// The number of groups, the whole match included.
    pub fn len(self) -> usize {
        self.0.len() / 2
    }

    /// Whether there is no match at all.
    pub fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    /// Where a group lies; None if it takes no part.
    pub fn get(self, group: usize) -> Option<Range<usize>> {
        match self.0.get(2 * group..2 * group + 2) {
            Some(&[start, end]) if start != matcher::NONE && end != matcher::NONE => {
                Some(start as usize..end as usize)
            }
            _ => None,
        }
    }

    /// Where the whole match lies.
    pub fn whole(self) -> Range<usize> {
        self.get(0).unwrap_or_default()
    }
}

impl Pattern {
    /// A pattern that is known to be valid, or found to be.
    ///
    /// # Errors
    /// What is wrong with it, in V8's words.
    pub fn new(units: &[u16], flags: Flags) -> Result<Self, RegExpError> {
        let text = wtf8(units);
        validate(&text, flags)?;
        Ok(Self { text: text.into(), flags, program: OnceCell::new() })
    }

    /// The pattern as it was written.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.text).into_owned()
    }

    /// The flags it was made with.
    pub fn flags(&self) -> Flags {
        self.flags
    }

    fn program(&self) -> Result<&Program, TooLarge> {
        let compiled = self.program.get_or_init(|| {
            let mut builder = tree::TreeBuilder::new(self.flags);
            parse(&self.text, self.flags, &mut builder).map_err(|_| TooLarge)?;
            compiler::compile(&builder.finish()).map(Box::new)
        });
        match compiled {
            Ok(program) => Ok(program),
            Err(error) => Err(*error),
        }
    }

    /// The named groups, in the order in which they stand.
    pub(crate) fn names(&self) -> &[GroupName] {
        self.program().map_or(&[], |program| &program.names)
    }

    /// Looks for a match from an index on, or at it only if that is `sticky`.
    ///
    /// # Errors
    /// See [`Failure`].
    pub fn find<'m>(
        &self,
        subject: Units<'_>,
        start: usize,
        sticky: bool,
        machine: &'m mut Machine,
        watch: &mut Watch<'_>,
    ) -> Result<Option<Captures<'m>>, Failure> {
        let program = self.program().map_err(|TooLarge| Failure::TooLarge)?;
        let found = match subject {
            Units::Latin1(text) => matcher::find(program, text, start, sticky, machine, watch)?,
            Units::Utf16(text) => matcher::find(program, text, start, sticky, machine, watch)?,
        };
        Ok(found.then(|| machine.captures()))
    }
}

/// Code units as WTF-8: UTF-8 in which lone surrogates have their three-byte form.
fn wtf8(units: &[u16]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(units.len());
    for point in char::decode_utf16(units.iter().copied()) {
        match point {
            Ok(c) => bytes.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
            Err(lone) => {
                let unit = lone.unpaired_surrogate();
                bytes.extend_from_slice(&[
                    0xE0 | (unit >> 12) as u8,
                    0x80 | (unit >> 6 & 0x3F) as u8,
                    0x80 | (unit & 0x3F) as u8,
                ]);
            }
        }
    }
    bytes
}
