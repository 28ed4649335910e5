//! `CharacterClass` with `v` (ECMA-262 §22.2.1: `ClassSetExpression`).
//!
//! ```text
//! ClassUnion        ::  ( ClassSetRange | ClassSetOperand )*
//! ClassIntersection ::  ClassSetOperand ( && ClassSetOperand )+
//! ClassSubtraction  ::  ClassSetOperand ( -- ClassSetOperand )+
//! ClassSetOperand   ::  NestedClass | ClassStringDisjunction | ClassSetCharacter
//! ```
//!
//! Classes nest, so this is a loop over operands with a stack of open classes.

use super::builder::{Builder, ClassOperand, ClassOperator};
use super::error::{Rule, Validated};
use super::escape::{Matches, Place};
use super::inline_stack::InlineStack;
use super::pattern::Validator;

/// A class whose `]` is not reached yet.
#[derive(Clone, Copy)]
struct OpenClass {
    /// The byte offset of its `[`.
    start: usize,
    /// Whether it begins `[^`.
    is_negated: bool,
    expression: Expression,
    /// `MayContainStrings` of the operands so far, combined as the operator
    /// says (§22.2.1.8).
    matches: Matches,
    /// Whether an operator came last, or the dash of a range.
    awaits_operand: bool,
    /// The `ClassSetCharacter` before the dash of a range, and its byte offset.
    range_start: Option<(usize, u32)>,
}

/// Which kind of `ClassSetExpression` a class holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Expression {
    /// Not known before the first operand.
    Undecided,
    Union,
    Intersection,
    Subtraction,
}

impl Default for OpenClass {
    fn default() -> Self {
        Self {
            start: 0,
            is_negated: false,
            expression: Expression::Undecided,
            matches: Matches::Characters,
            awaits_operand: false,
            range_start: None,
        }
    }
}

/// `ClassSetOperand` or `ClassSetRange`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Operand {
    /// `ClassSetCharacter`, by its `CharacterValue`.
    Character(u32),
    /// `ClassSetRange`, which only a union takes.
    Range(u32, u32),
    /// `NestedClass`, `ClassStringDisjunction` or an escape. The builder knows of it.
    Class(Matches),
}

impl<B: Builder> Validator<'_, '_, B> {
    /// `[`, `ClassContents` and `]`.
    pub(super) fn class_set(&mut self) -> Validated<()> {
        let mut outer = InlineStack::<OpenClass, 4>::new();
        let mut class = self.open_class();
        loop {
            let at = self.cursor.at();
            let operand = match self.cursor.peek() {
                None => return Err(Rule::UnterminatedCharacterClass.at(class.start)),
                Some(b'[') => {
                    outer.push(class);
                    class = self.open_class();
                    continue;
                }
                Some(b']') if !class.awaits_operand => {
                    self.cursor.bump();
                    class.check_negation()?;
                    self.builder.close_class();
                    let matches = class.matches;
                    class = match outer.pop() {
                        Some(around) => around,
                        None => return Ok(()),
                    };
                    Operand::Class(matches)
                }
                Some(_) => self.class_set_operand()?,
            };
            let operand = match class.range_start.take() {
                Some(start) => class_set_range(start, operand)?,
                None => operand,
            };
            if class.may_take_ranges() && self.at_range_dash() {
                self.cursor.bump();
                match operand {
                    Operand::Character(value) => {
                        class.range_start = Some((at, value));
                        class.awaits_operand = true;
                        continue;
                    }
                    _ if self.cursor.peek().is_none() => continue,
                    _ => return Err(Rule::InvalidCharacterClass.at(at)),
                }
            }
            self.class_set_operator(&mut class, operand)?;
        }
    }

    fn open_class(&mut self) -> OpenClass {
        let start = self.cursor.at();
        self.cursor.bump();
        let is_negated = self.cursor.eat(b'^');
        self.builder.open_class(is_negated);
        OpenClass { start, is_negated, ..OpenClass::default() }
    }

    /// Adds an operand to a class, and reads the operator after it if there is
    /// one. The operators cannot be mixed on one level.
    fn class_set_operator(&mut self, class: &mut OpenClass, operand: Operand) -> Validated<()> {
        let at = self.cursor.at();
        match operand {
            Operand::Character(value) => {
                self.builder.class_operand(ClassOperand::Character(value));
            }
            Operand::Range(from, to) => self.builder.class_operand(ClassOperand::Range(from, to)),
            Operand::Class(_) => {}
        }
        let next = if self.cursor.eat_str("&&") {
            self.builder.class_operator(ClassOperator::Intersection);
            Expression::Intersection
        } else if self.cursor.eat_str("--") {
            self.builder.class_operator(ClassOperator::Subtraction);
            Expression::Subtraction
        } else {
            Expression::Union
        };
        let is_only = class.expression == Expression::Undecided;
        class.add(operand, next);
        class.awaits_operand = next != Expression::Union;
        if next == Expression::Union && (is_only || self.at_class_end()) {
            return Ok(());
        }
        if class.expression != next
            || matches!(operand, Operand::Range(..)) && next != Expression::Union
        {
            return Err(Rule::InvalidClassSetOperation.at(at));
        }
        if next == Expression::Subtraction {
            // Nothing that is taken away can change it any more.
            class.check_negation()?;
        }
        // && [lookahead ≠ &]
        if next == Expression::Intersection && self.cursor.peek() == Some(b'&') {
            return Err(Rule::InvalidCharacterInClass.at(at));
        }
        Ok(())
    }

    fn at_class_end(&self) -> bool {
        matches!(self.cursor.peek(), None | Some(b']'))
    }

    fn at_range_dash(&self) -> bool {
        self.cursor.peek() == Some(b'-') && self.cursor.peek_at(1) != Some(b'-')
    }

    /// `ClassSetOperand` that does not begin with `[`.
    fn class_set_operand(&mut self) -> Validated<Operand> {
        let start = self.cursor.at();
        if !self.cursor.eat(b'\\') {
            return self.class_set_character().map(Operand::Character);
        }
        if let Some(escape) = self.character_class_escape(start, Place::Class)? {
            self.builder.class_operand(ClassOperand::Escape(escape));
            return Ok(Operand::Class(escape.matches()));
        }
        if self.cursor.eat_str("q{") {
            return self.class_string_disjunction().map(Operand::Class);
        }
        self.cursor.rewind(start);
        self.class_set_character().map(Operand::Character)
    }

    /// `ClassStringDisjunction` past `\q{`.
    fn class_string_disjunction(&mut self) -> Validated<Matches> {
        let mut matches = Matches::Characters;
        let mut string = Vec::new();
        self.builder.open_class(false);
        loop {
            let next = self.cursor.peek();
            if next.is_none() {
                // The loop over operands is about to find that out.
                return Ok(matches);
            }
            let is_end = next == Some(b'}');
            if is_end || next == Some(b'|') {
                self.cursor.bump();
                // The empty string is a string that is no single character.
                if string.len() != 1 {
                    matches = Matches::Strings;
                }
                self.builder.class_operand(ClassOperand::String(&string));
                string.clear();
                if is_end {
                    self.builder.close_class();
                    return Ok(matches);
                }
            } else {
                string.push(self.class_set_character()?);
            }
        }
    }

    /// `ClassSetCharacter`: its `CharacterValue`.
    fn class_set_character(&mut self) -> Validated<u32> {
        let start = self.cursor.at();
        if is_reserved_double_punctuator(self.cursor.rest()) {
            return Err(Rule::InvalidClassSetOperation.at(start));
        }
        match self.cursor.peek() {
            Some(b'\\') => {
                self.cursor.bump();
                match self.cursor.peek() {
                    Some(b'b') => {
                        self.cursor.bump();
                        Ok(0x08)
                    }
                    Some(byte) if is_reserved_punctuator(byte) => {
                        self.cursor.bump();
                        Ok(u32::from(byte))
                    }
                    _ => self.character_escape(start, Place::Class),
                }
            }
            Some(byte) if is_syntax_character(byte) => Err(Rule::InvalidCharacterInClass.at(start)),
            _ => self
                .cursor
                .bump_code_point()
                .ok_or_else(|| Rule::UnterminatedCharacterClass.at(start)),
        }
    }
}

/// `ClassSetRange` of its start, with the byte offset of that, and its end.
fn class_set_range((at, from): (usize, u32), end: Operand) -> Validated<Operand> {
    match end {
        Operand::Character(to) if from <= to => Ok(Operand::Range(from, to)),
        Operand::Character(_) => Err(Rule::RangeOutOfOrder.at(at)),
        Operand::Range(..) | Operand::Class(_) => Err(Rule::InvalidCharacterClass.at(at)),
    }
}

impl OpenClass {
    fn may_take_ranges(&self) -> bool {
        matches!(self.expression, Expression::Undecided | Expression::Union)
    }

    /// Takes an operand into account that `next` follows.
    fn add(&mut self, operand: Operand, next: Expression) {
        let matches = match operand {
            Operand::Class(matches) => matches,
            Operand::Character(_) | Operand::Range(..) => Matches::Characters,
        };
        match self.expression {
            Expression::Undecided => {
                self.matches = matches;
                self.expression = next;
            }
            Expression::Union if matches == Matches::Strings => self.matches = matches,
            Expression::Intersection if matches == Matches::Characters => self.matches = matches,
            // What is taken away adds no strings.
            Expression::Union | Expression::Intersection | Expression::Subtraction => {}
        }
    }

    /// It is an error if what the class is the complement of may contain strings
    /// (§22.2.1.1, `CharacterClass` and `NestedClass`).
    fn check_negation(&self) -> Validated<()> {
        if self.is_negated && self.matches == Matches::Strings {
            return Err(Rule::NegatedClassMayContainStrings.at(self.start));
        }
        Ok(())
    }
}

/// `ClassSetReservedDoublePunctuator`.
fn is_reserved_double_punctuator(text: &[u8]) -> bool {
    matches!(text, [first, second, ..]
        if first == second && b"&!#$%*+,.:;<=>?@^`~".contains(first))
}

/// `ClassSetReservedPunctuator`, which may be escaped.
fn is_reserved_punctuator(byte: u8) -> bool {
    b"&-!#%,:;<=>@`~".contains(&byte)
}

/// `ClassSetSyntaxCharacter`, which has to be escaped.
fn is_syntax_character(byte: u8) -> bool {
    b"()[]{}/-\\|".contains(&byte)
}
