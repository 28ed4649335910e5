//! The report of an exception that nobody catches.

use axil_engine::vm::Vm;
use axil_grammar::{Source, Span};

use crate::rejections::Uncaught;

/// What Node.js prints before it exits with 1.
pub fn report(vm: &mut Vm, thrown: Uncaught) -> String {
    let (Uncaught::Exception(value) | Uncaught::Rejection(value)) = thrown;
    format!("Uncaught {}\n", vm.display(value))
}

/// The place of a span: file and line, the line itself, and carets below.
pub fn excerpt(source: &Source, span: Span) -> String {
    let position = source.position(span.start);
    let text = source.text();
    let begin = source.line_starts()[position.line as usize - 1] as usize;
    let rest = &text[begin..];
    let length = rest.iter().position(|&byte| byte == b'\n' || byte == b'\r');
    let line = String::from_utf8_lossy(&rest[..length.unwrap_or(rest.len())]).into_owned();
    let inside = line.chars().count().saturating_sub(position.column as usize);
    let width = (span.end.saturating_sub(span.start) as usize).clamp(1, inside.max(1));
    let indent: String = line
        .chars()
        .take(position.column as usize)
        .map(|c| if c == '\t' { '\t' } else { ' ' })
        .collect();
    format!("{}:{}\n{line}\n{indent}{}\n", source.name(), position.line, "^".repeat(width))
}
