//! Where in a text a match may begin, by what all matches of a pattern begin with: most
//! places are passed over without running the program.

use super::matcher::Unit;
use super::program::{Program, Start};

/// The first index from one on where a match may begin.
pub(super) fn candidate<U: Unit>(program: &Program, text: &[U], from: usize) -> Option<usize> {
    match &program.start {
        Start::Anywhere => Some(from),
        Start::Text => (from == 0).then_some(0),
        Start::Line => {
            let is_line_end = |unit: &U| matches!(unit.code(), 0x0A | 0x0D | 0x2028 | 0x2029);
            if from == 0 || is_line_end(&text[from - 1]) {
                return Some(from);
            }
            let rest = &text[from..];
            let end = if size_of::<U>() == 1 {
                U::position(rest, b"\n\r")
            } else {
                rest.iter().position(is_line_end)
            };
            end.map(|end| from + end + 1)
        }
        Start::Literal(literal, finder) => {
            if let (Some(finder), Some(bytes)) = (finder, U::bytes(text)) {
                return finder.find(&bytes[from..]).map(|at| from + at);
            }
            let (first, rest) = literal.split_first()?;
            let last = text.len().checked_sub(literal.len())?;
            let is_rest = |at: usize| {
                let here = text[at + 1..].iter().zip(rest);
                here.into_iter().all(|(unit, wanted)| unit.code() == *wanted)
            };
            (from..=last).find(|at| text[*at].code() == *first && is_rest(*at))
        }
        Start::OneOf(firsts, few) => {
            let rest = &text[from..];
            let found = match few {
                Some(few) if size_of::<U>() == 1 => U::position(rest, few),
                _ => rest.iter().position(|unit| firsts.contains(unit.code())),
            };
            found.map(|at| from + at)
        }
    }
}
