//! `CharacterClass` without `v` (ECMA-262 §22.2.1: `NonemptyClassRanges`,
//! `ClassAtom`, `ClassEscape`; Annex B.1.2).

use super::error::{Rule, Validated};
use super::escape::Place;
use super::pattern::Validator;

/// `ClassAtom`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum ClassAtom {
    /// One character by its `CharacterValue`. Without `u` a pattern is made of
    /// code units, and what is written as one code point may be two of them:
    /// the first can only end a range, the last only begin one.
    Character { first: u32, last: u32 },
    /// A class such as `\d`, which can be no end of a range.
    Class,
}

impl Validator<'_> {
    /// `[`, `ClassContents` and `]`.
    pub(super) fn class_ranges(&mut self) -> Validated<()> {
        let class = self.cursor.at();
        self.cursor.bump();
        self.cursor.eat(b'^');
        while !self.cursor.eat(b']') {
            let mut at = self.cursor.at();
            let mut from = self.class_atom(class)?;
            // More than once only after two code units, the second of which
            // begins another range.
            while self.cursor.peek() == Some(b'-') && self.cursor.peek_at(1) != Some(b']') {
                self.cursor.bump();
                let to_at = self.cursor.at();
                let to = self.class_atom(class)?;
                match (from, to) {
                    (ClassAtom::Character { last, .. }, ClassAtom::Character { first, .. })
                        if last > first =>
                    {
                        return Err(Rule::RangeOutOfOrder.at(at));
                    }
                    (ClassAtom::Character { .. }, ClassAtom::Character { .. }) => {}
                    _ if self.unicode_mode => return Err(Rule::InvalidCharacterClass.at(at)),
                    // In Annex B the dash stands for itself then.
                    _ => {}
                }
                match to {
                    ClassAtom::Character { first, last } if first != last => {
                        (at, from) = (to_at, to);
                    }
                    _ => break,
                }
            }
        }
        Ok(())
    }

    /// `ClassAtom` of the class that begins at `class`.
    fn class_atom(&mut self, class: usize) -> Validated<ClassAtom> {
        let start = self.cursor.at();
        if self.cursor.eat(b'\\') {
            return self.class_escape(start);
        }
        match self.cursor.bump_code_point() {
            Some(code_point) => Ok(self.character(code_point)),
            None => Err(Rule::UnterminatedCharacterClass.at(class)),
        }
    }

    /// `ClassEscape` past its backslash, which is at `start`.
    fn class_escape(&mut self, start: usize) -> Validated<ClassAtom> {
        if self.cursor.eat(b'b') {
            return Ok(self.character(0x08));
        }
        if self.character_class_escape(start, Place::Class)?.is_some() {
            return Ok(ClassAtom::Class);
        }
        let code_point = self.character_escape(start, Place::Class)?;
        Ok(self.character(code_point))
    }

    fn character(&self, code_point: u32) -> ClassAtom {
        if self.unicode_mode || code_point <= 0xFFFF {
            return ClassAtom::Character { first: code_point, last: code_point };
        }
        let offset = code_point - 0x1_0000;
        ClassAtom::Character { first: 0xD800 + (offset >> 10), last: 0xDC00 + (offset & 0x3FF) }
    }
}
