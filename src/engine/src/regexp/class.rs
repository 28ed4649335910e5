//! Character classes: what they match is worked out while the pattern is read
//! (ECMA-262 §22.2.2.9).
//!
//! Where case does not matter, each operand is closed over case at once. Unions,
//! intersections, differences and complements of closed sets are closed, so what results
//! is what the specification gets by comparing canonical forms.

use std::collections::BTreeSet;

use axil_grammar::regexp::{ClassEscape, ClassOperand, ClassOperator, EscapedSet, Flags};

use super::case_folding::Folding;
use super::code_points::CodePoints;
use super::emoji::property_of_strings;
use super::properties::{escaped, word};

/// What a class matches: single characters, and with `v` strings of other lengths.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct ClassContents {
    pub(super) points: CodePoints,
    /// By their canonical forms where case does not matter.
    pub(super) strings: BTreeSet<Vec<u32>>,
}

/// How the characters of a pattern are compared, at one place of it.
#[derive(Clone, Copy)]
pub(super) struct Comparison {
    pub(super) flags: Flags,
    /// How case is ignored, if it is.
    pub(super) folding: Option<Folding>,
}

impl Comparison {
    /// A set with all that is the same as a member.
    pub(super) fn close(self, set: CodePoints) -> CodePoints {
        match self.folding {
            Some(folding) => folding.close(&set),
            None => set,
        }
    }

    /// `WordCharacters` (§22.2.2.9.3)
    pub(super) fn word(self) -> CodePoints {
        match self.folding {
            Some(Folding::Simple) => Folding::Simple.close(&word()),
            _ => word(),
        }
    }

    /// What an escape matches.
    pub(super) fn escape(self, escape: ClassEscape<'_>) -> ClassContents {
        let mut set = match escape.set {
            EscapedSet::Property { name, of_strings: true, .. } => {
                let strings = property_of_strings(name).unwrap_or_default();
                return self.strings(strings.iter().map(Vec::as_slice));
            }
            EscapedSet::Word => self.word(),
            set @ EscapedSet::Property { .. } => {
                let points = escaped(set);
                // With `u` alone, what is the same as a member of the complement is one.
                if escape.is_negated && !self.flags.unicode_sets_mode() {
                    return self.close(points.complement()).into();
                }
                self.close(points)
            }
            set => escaped(set),
        };
        if escape.is_negated {
            set = set.complement();
        }
        set.into()
    }

    /// What some strings match. Those of one character are characters.
    fn strings<'s>(self, strings: impl Iterator<Item = &'s [u32]>) -> ClassContents {
        let (mut points, mut longer) = (Vec::new(), BTreeSet::new());
        for string in strings {
            match string {
                [point] => points.push((*point, *point)),
                _ => {
                    let canonical = |point: &u32| match self.folding {
                        Some(folding) => folding.canonicalize(*point),
                        None => *point,
                    };
                    longer.insert(string.iter().map(canonical).collect());
                }
            }
        }
        ClassContents { points: self.close(CodePoints::new(points)), strings: longer }
    }
}

impl From<CodePoints> for ClassContents {
    fn from(points: CodePoints) -> Self {
        Self { points, strings: BTreeSet::new() }
    }
}

/// A class whose `]` is not reached yet.
pub(super) struct OpenClass {
    comparison: Comparison,
    is_negated: bool,
    /// How what follows is combined with what has been read; as a union if it is None.
    operator: Option<ClassOperator>,
    contents: ClassContents,
    /// Characters and ranges that are not in the contents yet.
    ranges: Vec<(u32, u32)>,
}

impl OpenClass {
    pub(super) fn new(comparison: Comparison, is_negated: bool) -> Self {
        let contents = ClassContents::default();
        Self { comparison, is_negated, operator: None, contents, ranges: Vec::new() }
    }

    pub(super) fn operator(&mut self, operator: ClassOperator) {
        self.settle();
        self.operator = Some(operator);
    }

    pub(super) fn operand(&mut self, operand: ClassOperand<'_>) {
        let comparison = self.comparison;
        let contents = match operand {
            ClassOperand::Character(point) => {
                self.ranges.push((point, point));
                return self.settle_unless_union();
            }
            ClassOperand::Range(start, end) => {
                self.ranges.push((start, end));
                return self.settle_unless_union();
            }
            ClassOperand::Escape(escape) => comparison.escape(escape),
            ClassOperand::String(string) => comparison.strings(std::iter::once(string)),
        };
        self.class(contents);
    }

    /// Takes an operand that is a class.
    pub(super) fn class(&mut self, other: ClassContents) {
        let mine = &mut self.contents;
        match self.operator {
            None if mine.points.is_empty() && mine.strings.is_empty() => *mine = other,
            None => {
                mine.points = mine.points.union(&other.points);
                mine.strings.extend(other.strings);
            }
            Some(ClassOperator::Intersection) => {
                mine.points = mine.points.intersection(&other.points);
                mine.strings.retain(|string| other.strings.contains(string));
            }
            Some(ClassOperator::Subtraction) => {
                mine.points = mine.points.difference(&other.points);
                mine.strings.retain(|string| !other.strings.contains(string));
            }
        }
    }

    fn settle_unless_union(&mut self) {
        if self.operator.is_some() {
            self.settle();
        }
    }

    /// Moves characters and ranges into the contents, all at once: one by one a class of
    /// many is quadratic.
    fn settle(&mut self) {
        if !self.ranges.is_empty() {
            let points = CodePoints::new(std::mem::take(&mut self.ranges));
            self.class(self.comparison.close(points).into());
        }
    }

    /// What the whole class matches.
    pub(super) fn close(mut self) -> ClassContents {
        self.settle();
        if self.is_negated {
            self.contents.points = self.contents.points.complement();
        }
        self.contents
    }
}
