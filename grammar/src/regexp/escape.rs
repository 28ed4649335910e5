//! Escapes (ECMA-262 §22.2.1: `AtomEscape`, `CharacterEscape`,
//! `CharacterClassEscape`; Annex B.1.2: legacy octal and identity escapes).

use super::builder::{Assertion, Builder, ClassEscape, EscapedSet};
use super::error::{Rule, Validated};
use super::pattern::{Term, Validator};

/// Where an escape stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Place {
    /// Among terms.
    Term,
    /// Within a class.
    Class,
}

/// What an operand of a class may match.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Matches {
    /// Single characters only.
    Characters,
    /// Strings too: `MayContainStrings` is true (§22.2.1.8).
    Strings,
}

impl ClassEscape<'_> {
    pub(super) fn matches(self) -> Matches {
        match self.set {
            EscapedSet::Property { of_strings: true, .. } => Matches::Strings,
            _ => Matches::Characters,
        }
    }
}

impl<'p, B: Builder> Validator<'p, '_, B> {
    /// `\` and `AtomEscape`, and the assertions `\b` and `\B`.
    pub(super) fn atom_escape(&mut self) -> Validated<Term> {
        let start = self.cursor.at();
        self.cursor.bump();
        match self.cursor.peek() {
            None => return Err(Rule::EscapeAtEndOfPattern.at(start)),
            Some(letter @ (b'b' | b'B')) => {
                self.cursor.bump();
                self.builder.assertion(match letter {
                    b'b' => Assertion::WordBoundary,
                    _ => Assertion::NoWordBoundary,
                });
                return Ok(Term::Assertion);
            }
            Some(b'1'..=b'9') if self.decimal_escape(start)? => {}
            Some(b'k') if self.has_named_capture_groups() => {
                self.cursor.bump();
                self.named_reference(start)?;
            }
            Some(_) => {
                if let Some(escape) = self.character_class_escape(start, Place::Term)? {
                    self.builder.class_escape(escape);
                } else {
                    let character = self.character_escape(start, Place::Term)?;
                    self.builder.character(character);
                }
            }
        }
        Ok(Term::Atom)
    }

    /// The grammar parameter `[NamedCaptureGroups]`. In Annex B a pattern has it
    /// only if it has a group with a name (Annex B.1.2, `ParsePattern`).
    fn has_named_capture_groups(&mut self) -> bool {
        self.unicode_mode || self.census().has_named_groups
    }

    /// `DecimalEscape`: there have to be as many groups (§22.2.1.1, `AtomEscape`).
    /// Not so in Annex B: where the groups are too few, it is a legacy octal or
    /// identity escape, and the cursor does not move.
    fn decimal_escape(&mut self, start: usize) -> Validated<bool> {
        let first = self.cursor.at();
        let digits = self.cursor.eat_while(|byte| byte.is_ascii_digit());
        let number = digits.iter().fold(0_u32, |number, digit| {
            number.saturating_mul(10).saturating_add(u32::from(digit - b'0'))
        });
        if number as usize <= self.census().capturing_groups {
            self.builder.back_reference(number);
            return Ok(true);
        }
        if self.unicode_mode {
            return Err(Rule::InvalidEscape.at(start));
        }
        self.cursor.rewind(first);
        Ok(false)
    }

    /// `CharacterClassEscape` past its backslash, which is at `start`. `None`,
    /// and the cursor has not moved, if the escape is another one.
    pub(super) fn character_class_escape(
        &mut self,
        start: usize,
        place: Place,
    ) -> Validated<Option<ClassEscape<'p>>> {
        match self.cursor.peek() {
            Some(letter @ (b'd' | b'D' | b's' | b'S' | b'w' | b'W')) => {
                self.cursor.bump();
                let set = match letter {
                    b'd' | b'D' => EscapedSet::Digits,
                    b's' | b'S' => EscapedSet::Space,
                    _ => EscapedSet::Word,
                };
                Ok(Some(ClassEscape { set, is_negated: letter.is_ascii_uppercase() }))
            }
            Some(letter @ (b'p' | b'P')) if self.unicode_mode => {
                self.cursor.bump();
                let is_negated = letter == b'P';
                let set = self.unicode_property(is_negated).ok_or_else(|| {
                    match place {
                        Place::Term => Rule::InvalidPropertyName,
                        Place::Class => Rule::InvalidPropertyNameInClass,
                    }
                    .at(start)
                })?;
                Ok(Some(ClassEscape { set, is_negated }))
            }
            _ => Ok(None),
        }
    }

    /// `CharacterEscape` past its backslash, which is at `start`: its
    /// `CharacterValue` (§22.2.1.7).
    pub(super) fn character_escape(&mut self, start: usize, place: Place) -> Validated<u32> {
        let escaped = self.cursor.at();
        let Some(byte) = self.cursor.bump() else {
            return Err(Rule::EscapeAtEndOfPattern.at(start));
        };
        match byte {
            b'f' => Ok(0x0C),
            b'n' => Ok(0x0A),
            b'r' => Ok(0x0D),
            b't' => Ok(0x09),
            b'v' => Ok(0x0B),
            b'c' => self.control_letter(start, place),
            b'0'..=b'7' if !self.unicode_mode => {
                self.cursor.rewind(escaped);
                Ok(self.legacy_octal_escape())
            }
            b'0' if !self.cursor.peek().is_some_and(|byte| byte.is_ascii_digit()) => Ok(0),
            b'0'..=b'7' if self.unicode_mode => Err(Rule::InvalidDecimalEscape.at(start)),
            b'x' => match self.hex_digits(2) {
                Some(value) => Ok(value),
                None if self.unicode_mode => Err(Rule::InvalidEscape.at(start)),
                None => Ok(u32::from(byte)),
            },
            b'u' if self.unicode_mode => {
                self.unicode_mode_escape().ok_or_else(|| Rule::InvalidUnicodeEscape.at(start))
            }
            b'u' => Ok(self.hex_digits(4).unwrap_or(u32::from(byte))),
            _ => {
                self.cursor.rewind(escaped);
                self.identity_escape(start, place)
            }
        }
    }

    /// `\c` past the `c`, and `AsciiLetter`. In Annex B a class also takes a
    /// digit or `_`; elsewhere the backslash stands for itself and `c` is next.
    fn control_letter(&mut self, start: usize, place: Place) -> Validated<u32> {
        match self.cursor.peek() {
            Some(letter)
                if letter.is_ascii_alphabetic() || self.is_class_control(letter, place) =>
            {
                self.cursor.bump();
                Ok(u32::from(letter % 32))
            }
            _ if self.unicode_mode => Err(Rule::InvalidUnicodeEscape.at(start)),
            _ => {
                self.cursor.rewind(start + "\\".len());
                Ok(u32::from(b'\\'))
            }
        }
    }

    /// `ClassControlLetter` of Annex B that is no `AsciiLetter`.
    fn is_class_control(&self, byte: u8, place: Place) -> bool {
        place == Place::Class && !self.unicode_mode && (byte.is_ascii_digit() || byte == b'_')
    }

    /// `LegacyOctalEscapeSequence` of Annex B: up to three digits, as long as
    /// the value fits in a byte.
    fn legacy_octal_escape(&mut self) -> u32 {
        let mut value = 0;
        for _ in 0..3 {
            match self.cursor.peek() {
                Some(digit @ b'0'..=b'7') if value < 0o40 => {
                    value = value * 8 + u32::from(digit - b'0');
                    self.cursor.bump();
                }
                _ => break,
            }
        }
        value
    }

    /// `IdentityEscape`: in Unicode mode of `SyntaxCharacter` and `/`, in Annex B
    /// of nearly everything.
    fn identity_escape(&mut self, start: usize, place: Place) -> Validated<u32> {
        let byte = self.cursor.peek().unwrap_or_default();
        let valid = if self.unicode_mode {
            b"^$\\.*+?()[]{}|/".contains(&byte)
                || byte == b'-' && place == Place::Class && !self.unicode_sets_mode
        } else {
            byte != b'k' || !self.has_named_capture_groups()
        };
        if !valid {
            return Err(Rule::InvalidEscape.at(start));
        }
        Ok(self.cursor.bump_code_point().unwrap_or_default())
    }

    /// `RegExpUnicodeEscapeSequence` of Unicode mode, past `\u`: `{…}`, four
    /// digits, or two surrogates as two escapes. `None` if there is none.
    pub(super) fn unicode_mode_escape(&mut self) -> Option<u32> {
        if self.cursor.eat(b'{') {
            let digits = self.cursor.eat_while(|byte| byte.is_ascii_hexdigit());
            let value = digits.iter().try_fold(0, |value, &digit| {
                let value = value * 16 + hex_value(digit)?;
                (value <= u32::from(char::MAX)).then_some(value)
            })?;
            return (!digits.is_empty() && self.cursor.eat(b'}')).then_some(value);
        }
        let lead = self.hex_digits(4)?;
        let after_lead = self.cursor.at();
        if (0xD800..=0xDBFF).contains(&lead)
            && self.cursor.eat_str("\\u")
            && let Some(trail @ 0xDC00..=0xDFFF) = self.hex_digits(4)
        {
            return Some(0x1_0000 + ((lead - 0xD800) << 10) + (trail - 0xDC00));
        }
        self.cursor.rewind(after_lead);
        Some(lead)
    }

    /// Exactly `count` hexadecimal digits. Where there are fewer, the cursor
    /// does not move.
    fn hex_digits(&mut self, count: usize) -> Option<u32> {
        let start = self.cursor.at();
        let mut value = 0;
        for _ in 0..count {
            let Some(digit) = self.cursor.bump().and_then(hex_value) else {
                self.cursor.rewind(start);
                return None;
            };
            value = value * 16 + digit;
        }
        Some(value)
    }
}

fn hex_value(digit: u8) -> Option<u32> {
    char::from(digit).to_digit(16)
}
