//! `CharacterClass` without `v` (ECMA-262 §22.2.1: `NonemptyClassRanges`,
//! `ClassAtom`, `ClassEscape`; Annex B.1.2).

use super::builder::{Builder, ClassEscape, ClassOperand};
use super::error::{Rule, Validated};
use super::escape::Place;
use super::pattern::Validator;

/// `ClassAtom`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum ClassAtom<'p> {
    /// One character by its `CharacterValue`. Without `u` a pattern is made of
    /// code units, and what is written as one code point may be two of them:
    /// the first can only end a range, the last only begin one.
    Character { first: u32, last: u32 },
    /// A class such as `\d`, which can be no end of a range.
    Class(ClassEscape<'p>),
}

impl<'p, B: Builder> Validator<'p, '_, B> {
    /// `[`, `ClassContents` and `]`.
    pub(super) fn class_ranges(&mut self) -> Validated<()> {
        let class = self.cursor.at();
        self.cursor.bump();
        let is_negated = self.cursor.eat(b'^');
        self.builder.open_class(is_negated);
        while !self.cursor.eat(b']') {
            self.class_atom_or_ranges(class)?;
        }
        self.builder.close_class();
        Ok(())
    }

    /// `ClassAtom`, or the range that it begins.
    fn class_atom_or_ranges(&mut self, class: usize) -> Validated<()> {
        let mut at = self.cursor.at();
        let mut from = self.class_atom(class)?;
        // More than once only after two code units, the second of which begins
        // another range.
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
                (ClassAtom::Character { first, last }, ClassAtom::Character { first: end, .. }) => {
                    if first != last {
                        self.builder.class_operand(ClassOperand::Character(first));
                    }
                    self.builder.class_operand(ClassOperand::Range(last, end));
                }
                _ if self.unicode_mode => return Err(Rule::InvalidCharacterClass.at(at)),
                // In Annex B the dash stands for itself then.
                _ => {
                    self.class_atom_found(from);
                    self.builder.class_operand(ClassOperand::Character(u32::from(b'-')));
                    match to {
                        ClassAtom::Character { first, last } if first != last => {
                            self.builder.class_operand(ClassOperand::Character(first));
                        }
                        _ => self.class_atom_found(to),
                    }
                }
            }
            match to {
                ClassAtom::Character { first, last } if first != last => {
                    (at, from) = (to_at, ClassAtom::Character { first: last, last });
                }
                _ => return Ok(()),
            }
        }
        self.class_atom_found(from);
        Ok(())
    }

    /// Tells of an atom that is no end of a range.
    fn class_atom_found(&mut self, atom: ClassAtom<'_>) {
        match atom {
            ClassAtom::Character { first, last } => {
                self.builder.class_operand(ClassOperand::Character(first));
                if first != last {
                    self.builder.class_operand(ClassOperand::Character(last));
                }
            }
            ClassAtom::Class(escape) => self.builder.class_operand(ClassOperand::Escape(escape)),
        }
    }

    /// `ClassAtom` of the class that begins at `class`.
    fn class_atom(&mut self, class: usize) -> Validated<ClassAtom<'p>> {
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
    fn class_escape(&mut self, start: usize) -> Validated<ClassAtom<'p>> {
        if self.cursor.eat(b'b') {
            return Ok(self.character(0x08));
        }
        if let Some(escape) = self.character_class_escape(start, Place::Class)? {
            return Ok(ClassAtom::Class(escape));
        }
        let code_point = self.character_escape(start, Place::Class)?;
        Ok(self.character(code_point))
    }

    fn character(&self, code_point: u32) -> ClassAtom<'p> {
        if self.unicode_mode || code_point <= 0xFFFF {
            return ClassAtom::Character { first: code_point, last: code_point };
        }
        let offset = code_point - 0x1_0000;
        ClassAtom::Character { first: 0xD800 + (offset >> 10), last: 0xDC00 + (offset & 0x3FF) }
    }
}
