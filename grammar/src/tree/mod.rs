//! The tree as indented text, for people.
//!
//! A line a node: the role it plays for the node around it, what it is, what
//! tells it from others of its kind, and where it stands, lines and columns
//! counted from 1. `const x = -1` is
//!
//! ```text
//! Script  1:1–1:13
//!   Const  1:1–1:13
//!     Declarator  1:7–1:13
//!       target: Identifier x  1:7–1:8
//!       value: Unary -  1:11–1:13
//!         Number 1  1:12–1:13
//! ```

pub(crate) mod outline;
mod scopes;

pub use scopes::scopes;

use self::outline::{Leaf, Sink};
use crate::ast::Program;
use crate::source::{Source, Span, Utf16Offsets};

/// Prints a program as indented text.
///
/// From the fortieth level on, lines are indented no further and begin with
/// the number of their level instead.
#[must_use]
pub fn print(program: &Program<'_>, source: &Source) -> String {
    let mut tree = Tree {
        text: String::with_capacity(source.text().len() * 8),
        offsets: Utf16Offsets::new(source),
        level: 0,
        unfinished: None,
    };
    outline::walk(program, true, &mut tree);
    tree.text
}

/// The text as far as it is written.
struct Tree<'s> {
    text: String,
    offsets: Utf16Offsets<'s>,
    level: usize,
    /// The place of the node whose line may get more words.
    unfinished: Option<Span>,
}

impl Tree<'_> {
    fn begin_line(&mut self, role: &str, kind: &str) {
        self.finish_line();
        push_indentation(&mut self.text, self.level);
        if self.level > MOST_INDENTATION {
            self.text.push_str(&format!("[{}] ", self.level));
        }
        if !role.is_empty() {
            self.text.push_str(role);
            self.text.push_str(": ");
        }
        self.text.push_str(kind);
    }

    fn finish_line(&mut self) {
        if let Some(span) = self.unfinished.take() {
            let start = self.offsets.position(span.start);
            let end = self.offsets.position(span.end);
            for (before, number) in [
                ("  ", start.line),
                (":", start.column + 1),
                ("–", end.line),
                (":", end.column + 1),
            ] {
                self.text.push_str(before);
                push_number(&mut self.text, number);
            }
            self.text.push('\n');
        }
    }
}

impl Sink for Tree<'_> {
    fn open(&mut self, role: &'static str, kind: &'static str, span: Span) {
        self.begin_line(role, kind);
        self.unfinished = Some(span);
        self.level += 1;
    }

    fn word(&mut self, text: &str) {
        self.text.push(' ');
        self.text.push_str(text);
    }

    fn quoted(&mut self, text: &[u8]) {
        self.text.push(' ');
        push_quoted(&mut self.text, text);
    }

    fn leaf(&mut self, role: &'static str, kind: &'static str, text: Leaf<'_>, span: Span) {
        self.begin_line(role, kind);
        if !matches!(text, Leaf::Kind) {
            self.text.push(' ');
            push_leaf(&mut self.text, text);
        }
        self.unfinished = Some(span);
    }

    fn absent(&mut self, role: &'static str) {
        if role == "hole" {
            self.begin_line("", "Hole");
            self.text.push('\n');
        }
    }

    fn open_group(&mut self, _name: &'static str, _on_head_line: bool) {}

    fn close_group(&mut self) {}

    fn close(&mut self) {
        self.finish_line();
        self.level -= 1;
    }
}

/// The last level whose lines are indented further than those above it.
pub(crate) const MOST_INDENTATION: usize = 39;

/// Adds two spaces a level, up to the deepest that is indented.
pub(crate) fn push_indentation(to: &mut String, level: usize) {
    const SPACES: &str = match std::str::from_utf8(&[b' '; 2 * MOST_INDENTATION]) {
        Ok(spaces) => spaces,
        Err(_) => "",
    };
    to.push_str(&SPACES[..2 * level.min(MOST_INDENTATION)]);
}

fn push_number(to: &mut String, number: u32) {
    let mut unit = 1;
    while number / unit >= 10 {
        unit *= 10;
    }
    while unit > 0 {
        to.push(char::from(b'0' + (number / unit % 10) as u8));
        unit /= 10;
    }
}

/// Adds the text of a leaf that has one.
pub(crate) fn push_leaf(to: &mut String, leaf: Leaf<'_>) {
    match leaf {
        Leaf::Kind => {}
        Leaf::Word(word) => to.push_str(word),
        Leaf::Private(name) => {
            to.push('#');
            to.push_str(name);
        }
        Leaf::Quoted(text) => push_quoted(to, text),
        Leaf::RegExp(pattern, flags) => {
            to.push('/');
            push_escaped(to, pattern, &[]);
            to.push('/');
            to.push_str(flags);
        }
    }
}

/// Adds WTF-8 in double quotes, escaped so that it stays on its line.
pub(crate) fn push_quoted(to: &mut String, text: &[u8]) {
    to.push('"');
    push_escaped(to, text, &['"', '\\']);
    to.push('"');
}

fn push_escaped(to: &mut String, text: &[u8], with_backslash: &[char]) {
    for code_point in crate::wtf8::code_points(text) {
        match char::from_u32(code_point) {
            Some('\n') => to.push_str("\\n"),
            Some('\r') => to.push_str("\\r"),
            Some('\t') => to.push_str("\\t"),
            Some(c) if with_backslash.contains(&c) => to.extend(['\\', c]),
            Some(c) if !c.is_control() && !matches!(c, '\u{2028}' | '\u{2029}') => to.push(c),
            _ => to.push_str(&format!("\\u{{{code_point:x}}}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{Arena, Goal, Source, parse};

    fn check(text: &str, expected: &str) {
        let source = Source::new("test", text);
        let arena = Arena::new();
        let program = parse(&source, Goal::Script, &arena).expect("the text is a script");
        assert_eq!(super::print(program, &source), expected);
    }

    #[test]
    fn example_of_the_documentation() {
        check(
            "const x = -1",
            "\
Script  1:1–1:13
  Const  1:1–1:13
    Declarator  1:7–1:13
      target: Identifier x  1:7–1:8
      value: Unary -  1:11–1:13
        Number 1  1:12–1:13
",
        );
    }

    #[test]
    fn indentation_ends() {
        let text = format!("{}{}", "[".repeat(200), "]".repeat(200));
        let source = Source::new("test", text);
        let arena = Arena::new();
        let program = parse(&source, Goal::Script, &arena).expect("the text is a script");
        let tree = super::print(program, &source);
        let lines: Vec<_> = tree.lines().collect();
        let indentation = "  ".repeat(39);
        assert_eq!(lines[39], format!("{indentation}Array  1:38–1:364"));
        assert_eq!(lines[40], format!("{indentation}[40] Array  1:39–1:363"));
    }
}
