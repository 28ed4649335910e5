//! `Quantifier` (ECMA-262 §22.2.1).

use super::builder::{Builder, Quantifier};
use super::error::{Rule, Validated};
use super::pattern::{Term, Validator};

impl<'p, B: Builder> Validator<'p, '_, B> {
    /// The quantifier after a term, if there is one.
    pub(super) fn quantifier_after(&mut self, term: Term) -> Validated<()> {
        if term == Term::Assertion {
            return Ok(());
        }
        let at = self.cursor.at();
        let (min, max) = match self.cursor.peek() {
            Some(sign @ (b'*' | b'+' | b'?')) => {
                self.cursor.bump();
                (u32::from(sign == b'+'), (sign == b'?').then_some(1))
            }
            Some(b'{') => match self.braces() {
                Some(bounds) if bounds.are_in_order() => bounds.numbers(),
                Some(_) => return Err(Rule::NumbersOutOfOrder.at(at)),
                None if self.unicode_mode => return Err(Rule::IncompleteQuantifier.at(at)),
                // In Annex B the brace stands for itself, as the next term.
                None => return Ok(()),
            },
            _ => return Ok(()),
        };
        if term == Term::Lookaround {
            return Err(Rule::InvalidQuantifier.at(at));
        }
        let is_greedy = !self.cursor.eat(b'?');
        self.builder.quantifier(Quantifier { min, max, is_greedy });
        Ok(())
    }

    /// `{n}`, `{n,}` or `{n,m}`. Where none of them is next the cursor stays
    /// before the brace.
    pub(super) fn braces(&mut self) -> Option<Bounds<'p>> {
        let start = self.cursor.at();
        self.cursor.bump();
        let min = self.cursor.eat_while(|byte| byte.is_ascii_digit());
        let max = if self.cursor.eat(b',') {
            self.cursor.eat_while(|byte| byte.is_ascii_digit())
        } else {
            min
        };
        if min.is_empty() || !self.cursor.eat(b'}') {
            self.cursor.rewind(start);
            return None;
        }
        Some(Bounds { min, max })
    }
}

/// The numbers of a quantifier in braces, as digits. They may be of any length.
#[derive(Clone, Copy)]
pub(super) struct Bounds<'p> {
    min: &'p [u8],
    /// Nothing if there is no upper bound.
    max: &'p [u8],
}

impl Bounds<'_> {
    /// Whether the second number is not the smaller.
    fn are_in_order(self) -> bool {
        let (min, max) = (significant(self.min), significant(self.max));
        self.max.is_empty() || (min.len(), min) <= (max.len(), max)
    }

    /// The numbers. What is too large becomes the largest there is.
    fn numbers(self) -> (u32, Option<u32>) {
        let number = |digits: &[u8]| {
            digits.iter().fold(0_u32, |number, digit| {
                number.saturating_mul(10).saturating_add(u32::from(digit - b'0'))
            })
        };
        (number(self.min), (!self.max.is_empty()).then(|| number(self.max)))
    }
}

/// The digits without leading zeros.
fn significant(digits: &[u8]) -> &[u8] {
    let zeros = digits.iter().take_while(|&&digit| digit == b'0').count();
    &digits[zeros..]
}
