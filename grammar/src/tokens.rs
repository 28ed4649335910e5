//! The tokens of a program as the grammar sees them.

use std::cell::RefCell;
use std::fmt::Write as _;

use crate::builder::Cx;
use crate::diagnostic::Diagnostics;
use crate::goal::Goal;
use crate::source::{Source, Span, Utf16Offsets};
use crate::token::Token;
use crate::{Arena, driver};

/// The terminals a text is made of, those left out that stand nowhere in it.
///
/// Which terminal a lexeme is depends on where it stands, so the text is parsed.
///
/// # Errors
/// What is wrong with the text, as far as the grammar sees it.
pub fn tokens(source: &Source, goal: Goal<'_>) -> Result<Vec<(Token, Span)>, Diagnostics> {
    let arena = Arena::new();
    let mut cx = Cx::new(source, &arena, goal.token(), goal.function_context());
    cx.record = Some(RefCell::new(Vec::new()));
    driver::parse(&cx)?;
    Ok(cx.record.map(RefCell::into_inner).unwrap_or_default())
}

/// The terminals as text: place, terminal, and the text where it says more, a
/// line each.
///
/// # Errors
/// As [`tokens`].
pub fn dump(source: &Source, goal: Goal<'_>) -> Result<String, Diagnostics> {
    let mut out = String::new();
    let offsets = Utf16Offsets::new(source);
    for (token, span) in tokens(source, goal)? {
        let position = offsets.position(span.start);
        let place = format!("{}:{}", position.line, position.column + 1);
        let text = source.display(span);
        let name = token.text();
        // Writing to a string does not fail.
        let _ = if name == text {
            writeln!(out, "{place:>8}  {name}")
        } else {
            writeln!(out, "{place:>8}  {name:<28}{}", text.escape_debug())
        };
    }
    Ok(out)
}
