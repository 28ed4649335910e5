//! `Quantifier` (ECMA-262 §22.2.1).

use super::error::{Rule, Validated};
use super::pattern::{Term, Validator};

impl Validator<'_> {
    /// The quantifier after a term, if there is one.
    pub(super) fn quantifier_after(&mut self, term: Term) -> Validated<()> {
        if term == Term::Assertion {
            return Ok(());
        }
        let at = self.cursor.at();
        match self.cursor.peek() {
            Some(b'*' | b'+' | b'?') => {
                self.cursor.bump();
            }
            Some(b'{') => match self.braces() {
                Some(Bounds::InOrder) => {}
                Some(Bounds::OutOfOrder) => return Err(Rule::NumbersOutOfOrder.at(at)),
                None if self.unicode_mode => return Err(Rule::IncompleteQuantifier.at(at)),
                // In Annex B the brace stands for itself, as the next term.
                None => return Ok(()),
            },
            _ => return Ok(()),
        }
        if term == Term::Lookaround {
            return Err(Rule::InvalidQuantifier.at(at));
        }
        self.cursor.eat(b'?');
        Ok(())
    }

    /// `{n}`, `{n,}` or `{n,m}`. Where none of them is next the cursor stays
    /// before the brace.
    pub(super) fn braces(&mut self) -> Option<Bounds> {
        let start = self.cursor.at();
        self.cursor.bump();
        let min = self.cursor.eat_while(|byte| byte.is_ascii_digit());
        let max = if self.cursor.eat(b',') {
            self.cursor.eat_while(|byte| byte.is_ascii_digit())
        } else {
            &[]
        };
        if min.is_empty() || !self.cursor.eat(b'}') {
            self.cursor.rewind(start);
            return None;
        }
        let in_order = max.is_empty() || !is_greater(min, max);
        Some(if in_order { Bounds::InOrder } else { Bounds::OutOfOrder })
    }
}

/// How the numbers of a quantifier in braces compare.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Bounds {
    /// There is one number, or the second is not the smaller.
    InOrder,
    /// The second number is smaller than the first.
    OutOfOrder,
}

/// Compares decimal numbers of any length by their digits.
fn is_greater(left: &[u8], right: &[u8]) -> bool {
    let (left, right) = (significant(left), significant(right));
    (left.len(), left) > (right.len(), right)
}

/// The digits without leading zeros.
fn significant(digits: &[u8]) -> &[u8] {
    let zeros = digits.iter().take_while(|&&digit| digit == b'0').count();
    &digits[zeros..]
}
