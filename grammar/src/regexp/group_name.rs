//! `GroupName`: names of groups, and references to them (ECMA-262 §22.2.1 and
//! §22.2.1.1).

use std::borrow::Cow;
use std::collections::BTreeMap;

use unicode_id_start::{is_id_continue, is_id_start};

use super::builder::{Builder, Group};
use super::error::{Rule, Validated};
use super::pattern::Validator;

/// A `CapturingGroupName`, its escapes resolved.
type Name<'p> = Cow<'p, [u8]>;

const ZERO_WIDTH_NON_JOINER: char = '\u{200C}';
const ZERO_WIDTH_JOINER: char = '\u{200D}';

/// The names of a pattern.
#[derive(Default)]
pub(super) struct GroupNames<'p> {
    /// The byte offset of the latest group of each name.
    latest: BTreeMap<Name<'p>, usize>,
    /// The names after `\k` and their byte offsets. They may precede the group.
    references: Vec<(Name<'p>, usize)>,
}

impl GroupNames<'_> {
    /// It is an error if no group has the name that a reference gives
    /// (§22.2.1.1, `AtomEscape`).
    pub(super) fn check_references(&self) -> Validated<()> {
        match self.references.iter().find(|(name, _)| !self.latest.contains_key(name)) {
            Some(&(_, at)) => Err(Rule::InvalidNamedCaptureReferenced.at(at)),
            None => Ok(()),
        }
    }
}

impl<'p, B: Builder> Validator<'p, '_, B> {
    /// `GroupSpecifier` after `(?<`. Gives whether the name is a duplicate: a
    /// group has it that might take part in the same match (§22.2.1.1, `Pattern`).
    pub(super) fn group_specifier(&mut self) -> Validated<bool> {
        let at = self.cursor.at();
        let name = self.group_name()?;
        self.builder.open(Group::Named(&name));
        // To ask the latest group of the name is enough. Were an earlier one in
        // the same alternative as this, so would be the latest, between them.
        let earlier = self.names.latest.insert(name, at);
        Ok(earlier.is_some_and(|earlier| self.might_both_participate(earlier)))
    }

    /// `\k` of `AtomEscape`, past the `k`. `at` is the offset of its backslash.
    pub(super) fn named_reference(&mut self, at: usize) -> Validated<()> {
        if !self.cursor.eat(b'<') {
            return Err(Rule::InvalidNamedReference.at(at));
        }
        let at = self.cursor.at();
        let name = self.group_name()?;
        self.builder.named_reference(&name);
        self.names.references.push((name, at));
        Ok(())
    }

    /// `RegExpIdentifierName` and the `>` after it.
    fn group_name(&mut self) -> Validated<Name<'p>> {
        let start = self.cursor.at();
        // Only a name with escapes differs from its text.
        let mut resolved: Option<Vec<u8>> = None;
        let mut is_empty = true;
        loop {
            let at = self.cursor.at();
            let text = self.cursor.since(start);
            if !is_empty && self.cursor.eat(b'>') {
                return Ok(resolved.map_or(Cow::Borrowed(text), Cow::Owned));
            }
            let is_escape = self.cursor.peek() == Some(b'\\');
            let character = self.identifier_character()?;
            let belongs = if is_empty { is_identifier_start } else { is_identifier_part };
            let Some(character) = character.filter(|&character| belongs(character)) else {
                return Err(Rule::InvalidCaptureGroupName.at(at));
            };
            if is_escape {
                resolved.get_or_insert_with(|| text.to_vec());
            }
            if let Some(resolved) = &mut resolved {
                resolved.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
            }
            is_empty = false;
        }
    }

    /// One character of a name, literal or escaped. Escapes are those of Unicode
    /// mode whatever the flags are. `None`: not a scalar value, or no character.
    fn identifier_character(&mut self) -> Validated<Option<char>> {
        let at = self.cursor.at();
        let code_point = if self.cursor.eat_str("\\u") {
            let Some(code_point) = self.unicode_mode_escape() else {
                return Err(Rule::InvalidUnicodeEscape.at(at));
            };
            Some(code_point)
        } else {
            self.cursor.bump_code_point()
        };
        Ok(code_point.and_then(char::from_u32))
    }
}

/// `IdentifierStartChar` (§12.7).
fn is_identifier_start(character: char) -> bool {
    matches!(character, '$' | '_') || is_id_start(character)
}

/// `IdentifierPartChar` (§12.7).
fn is_identifier_part(character: char) -> bool {
    matches!(character, '$' | ZERO_WIDTH_NON_JOINER | ZERO_WIDTH_JOINER)
        || is_id_continue(character)
}
