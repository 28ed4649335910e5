//! `Pattern`, `Disjunction`, `Alternative` and `Term` (ECMA-262 §22.2.1).
//!
//! ```text
//! Disjunction ::  Alternative ( | Alternative )*
//! Alternative ::  Term*
//! Term        ::  Assertion | Atom Quantifier?
//! ```
//!
//! One loop reads term after term; what a parenthesis opens is remembered on a
//! stack, not by recursion.

use super::builder::{Assertion, Builder};
use super::cursor::Cursor;
use super::error::{Rule, Validated};
use super::flags::Flags;
use super::group::{Census, OpenGroup};
use super::group_name::GroupNames;
use super::inline_stack::InlineStack;

/// The state of validating one pattern. Each production has a method; those of
/// one subject stand together in one file.
pub(super) struct Validator<'p, 'b, B: Builder> {
    /// Who is told what the pattern is made of.
    pub(super) builder: &'b mut B,
    pub(super) cursor: Cursor<'p>,
    /// The grammar parameter `[UnicodeMode]`.
    pub(super) unicode_mode: bool,
    /// The grammar parameter `[UnicodeSetsMode]`.
    pub(super) unicode_sets_mode: bool,
    /// The innermost group around the cursor; the whole pattern if there is none.
    pub(super) group: OpenGroup,
    /// The groups around [`group`](Self::group), the outermost first.
    pub(super) outer_groups: InlineStack<OpenGroup, 8>,
    pub(super) names: GroupNames<'p>,
    /// Counted once an escape asks for it.
    pub(super) census: Option<Census>,
}

/// What a term is to a `Quantifier` that may follow it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) enum Term {
    /// `Atom`, and lookaheads in Annex B: takes a quantifier.
    #[default]
    Atom,
    /// `^`, `$`, `\b`, `\B`: what follows is a term of its own, and a quantifier
    /// is none.
    Assertion,
    /// A lookaround that takes no quantifier.
    Lookaround,
}

impl<'p, 'b, B: Builder> Validator<'p, 'b, B> {
    pub(super) fn new(pattern: &'p [u8], flags: Flags, builder: &'b mut B) -> Self {
        Self {
            builder,
            cursor: Cursor::new(pattern),
            unicode_mode: flags.unicode_mode(),
            unicode_sets_mode: flags.unicode_sets_mode(),
            group: OpenGroup::default(),
            outer_groups: InlineStack::new(),
            names: GroupNames::default(),
            census: None,
        }
    }

    /// `Pattern`.
    pub(super) fn pattern(mut self) -> Validated<()> {
        while let Some(byte) = self.cursor.peek() {
            match byte {
                b'|' => {
                    self.cursor.bump();
                    self.group.begin_alternative(self.cursor.at());
                    self.builder.alternative();
                }
                b'(' => self.open_group()?,
                _ => {
                    let term = self.term(byte)?;
                    self.quantifier_after(term)?;
                }
            }
        }
        self.check_groups_closed()?;
        self.names.check_references()
    }

    /// `Term` up to its quantifier, `byte` being next. A parenthesised one has
    /// been opened already, and ends here at its `)`.
    fn term(&mut self, byte: u8) -> Validated<Term> {
        let at = self.cursor.at();
        match byte {
            b'\\' => return self.atom_escape(),
            b'[' => {
                self.character_class()?;
                return Ok(Term::Atom);
            }
            b')' => return self.close_group(),
            b'*' | b'+' | b'?' => return Err(Rule::NothingToRepeat.at(at)),
            b'{' if self.braces().is_some() => return Err(Rule::NothingToRepeat.at(at)),
            b'{' | b'}' | b']' if self.unicode_mode => {
                return Err(Rule::LoneQuantifierBrackets.at(at));
            }
            _ => {}
        }
        let character = self.cursor.bump_code_point().unwrap_or_default();
        match byte {
            b'^' => self.builder.assertion(Assertion::Start),
            b'$' => self.builder.assertion(Assertion::End),
            b'.' => self.builder.dot(),
            _ => self.builder.character(character),
        }
        Ok(if matches!(byte, b'^' | b'$') { Term::Assertion } else { Term::Atom })
    }

    /// `CharacterClass`.
    fn character_class(&mut self) -> Validated<()> {
        if self.unicode_sets_mode { self.class_set() } else { self.class_ranges() }
    }
}
