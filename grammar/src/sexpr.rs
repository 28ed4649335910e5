//! The tree as an S-expression, for snapshots: all of its structure, none of its
//! places.
//!
//! `const x = -1` is
//!
//! ```text
//! (script (const (declarator x (unary - 1))))
//! ```
//!
//! Names, numbers and strings stand for themselves, `()` for a part that is
//! absent. What fits on a line stays on it; a longer list has a line for each of
//! its parts, so that a difference between two trees shows as few lines.

use crate::ast::Program;
use crate::source::{Source, Span};
use crate::tree::outline::{self, Leaf, Sink};
use crate::tree::{MOST_INDENTATION, push_indentation, push_leaf, push_quoted};

/// Prints a program as an S-expression.
///
/// The forms share one signature, so that a caller can choose among them; this
/// one needs no source text.
#[must_use]
pub fn print(program: &Program<'_>, _source: &Source) -> String {
    layout(program, true)
}

/// Like [`print()`], but parentheses that only group leave no trace: two programs
/// that differ in nothing else give the same text.
#[must_use]
pub fn print_without_parentheses(program: &Program<'_>) -> String {
    layout(program, false)
}

fn layout(program: &Program<'_>, parentheses: bool) -> String {
    let mut list = Builder::default();
    outline::walk(program, parentheses, &mut list);
    list.lay_out()
}

/// A piece of the text.
#[derive(Clone, Copy)]
enum Token {
    /// `(`, and the width of the list if it stood on one line.
    Open { width: usize, on_head_line: bool },
    /// A word that ends at this offset of the text of all words.
    Word { end: usize },
    /// `)`
    Close,
}

/// Collects the tokens, and what width each list would take.
#[derive(Default)]
struct Builder {
    tokens: Vec<Token>,
    words: String,
    /// Index of the token that began each open list.
    open: Vec<usize>,
    /// Width of all that was collected, were it on one line.
    width: usize,
}

impl Builder {
    fn begin(&mut self, on_head_line: bool) {
        self.width += 1;
        self.open.push(self.tokens.len());
        // Until the end is known, where the list begins.
        self.tokens.push(Token::Open { width: self.width, on_head_line });
        self.width += 1;
    }

    fn end(&mut self) {
        self.width += 1;
        self.tokens.push(Token::Close);
        let Some(begin) = self.open.pop() else { return };
        if let Token::Open { width, .. } = &mut self.tokens[begin] {
            *width = self.width - *width;
        }
    }

    fn add_word(&mut self, push: impl FnOnce(&mut String)) {
        let start = self.words.len();
        push(&mut self.words);
        self.width += 1 + self.words[start..].chars().count();
        self.tokens.push(Token::Word { end: self.words.len() });
    }

    fn lay_out(&self) -> String {
        let mut page = Page::default();
        let mut word_start = 0;
        for &token in &self.tokens {
            match token {
                Token::Open { width, on_head_line } => page.open(width, on_head_line),
                Token::Word { end } => {
                    page.word(&self.words[word_start..end]);
                    word_start = end;
                }
                Token::Close => page.close(),
            }
        }
        page.text.push('\n');
        page.text
    }
}

impl Sink for Builder {
    fn open(&mut self, _role: &'static str, kind: &'static str, _span: Span) {
        self.begin(false);
        self.add_word(|words| push_kind(words, kind));
    }

    fn word(&mut self, text: &str) {
        self.add_word(|words| words.push_str(text));
    }

    fn quoted(&mut self, text: &[u8]) {
        self.add_word(|words| push_quoted(words, text));
    }

    fn leaf(&mut self, _role: &'static str, kind: &'static str, text: Leaf<'_>, _span: Span) {
        self.add_word(|words| match text {
            Leaf::Kind => push_kind(words, kind),
            text => push_leaf(words, text),
        });
    }

    fn absent(&mut self, _role: &'static str) {
        self.begin(true);
        self.end();
    }

    fn open_group(&mut self, name: &'static str, on_head_line: bool) {
        self.begin(on_head_line);
        self.add_word(|words| words.push_str(name));
    }

    fn close_group(&mut self) {
        self.end();
    }

    fn close(&mut self) {
        self.end();
    }
}

/// `ForOf` as `for-of`.
fn push_kind(to: &mut String, kind: &str) {
    for (index, c) in kind.chars().enumerate() {
        if c.is_ascii_uppercase() && index > 0 {
            to.push('-');
        }
        to.push(c.to_ascii_lowercase());
    }
}

/// The text with its lines.
#[derive(Default)]
struct Page {
    text: String,
    /// The width of the last line.
    column: usize,
    /// The lists that are open and broken over lines.
    broken: Vec<Broken>,
    /// How many lists are open on one line.
    flat: usize,
}

/// A list that takes several lines.
struct Broken {
    /// Whether a part stands on a line of its own; all parts after it do.
    has_lines: bool,
}

impl Page {
    const WIDTH: usize = 96;

    fn open(&mut self, width: usize, on_head_line: bool) {
        self.separate(width, on_head_line);
        let fits = self.column + width <= Self::WIDTH;
        self.push("(");
        if self.flat > 0 || fits {
            self.flat += 1;
        } else {
            self.broken.push(Broken { has_lines: false });
        }
    }

    fn word(&mut self, word: &str) {
        self.separate(word.chars().count(), true);
        self.push(word);
    }

    fn close(&mut self) {
        if self.flat > 0 {
            self.flat -= 1;
        } else {
            self.broken.pop();
        }
        self.push(")");
    }

    /// Goes to where the next part of the list stands. Words and what belongs to
    /// them stay on the first line as long as they fit.
    fn separate(&mut self, width: usize, stays: bool) {
        if self.text.is_empty() || self.text.ends_with('(') {
            return;
        }
        let depth = self.broken.len();
        let Some(list) = self.broken.last_mut().filter(|_| self.flat == 0) else {
            self.push(" ");
            return;
        };
        if !list.has_lines && stays && self.column + 1 + width < Self::WIDTH {
            self.push(" ");
            return;
        }
        list.has_lines = true;
        self.column = 2 * depth.min(MOST_INDENTATION);
        self.text.push('\n');
        push_indentation(&mut self.text, depth);
    }

    fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.column += text.chars().count();
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
(script (const (declarator x (unary - 1))))
",
        );
    }

    #[test]
    fn long_lists_are_broken() {
        check(
            "function f(first, second = 1) { return call(first, second, 'a string', [1, , 2], other) }",
            "\
(script
  (function f (params first (with-default second 1))
    (return (call call first second \"a string\" (array 1 () 2) other))))
",
        );
    }
}
