//! The tree as JavaScript: source text that parses to the same tree.
//!
//! Parentheses stand where the tree has them, and where without them the text
//! would mean another tree, so trees made by hand need none of their own. All
//! else is canonical: a statement a line, a semicolon after each that may have
//! one, double quotes, numbers in decimal.
//!
//! What the tree does not hold cannot come back: comments, the hashbang line,
//! and which of the characters of a directive were escaped. A lone surrogate in
//! the raw text of a template or a regular expression prints as an escape.
//!
//! One tree has no text: `if (a) { if (b) c; } else d` without its block. It
//! prints with the block.

mod expression;
mod function;
mod literal;
mod module;
mod pattern;
mod precedence;
mod statement;

use self::expression::Open;
use crate::ast::{Program, ProgramKind};
use crate::tree::push_indentation;

/// Prints a program as source text for the goal it was parsed with.
#[must_use]
pub fn print(program: &Program<'_>) -> String {
    let mut printer = Printer::default();
    printer.program(program);
    printer.text
}

/// The text as far as it is written.
struct Printer<'p> {
    text: String,
    /// How many blocks are open.
    level: usize,
    /// Whether an `in` here would belong to the head of a `for` statement.
    no_in: bool,
    /// Expressions that are open and have parts to come: chains of operators and
    /// members are long and need no native stack.
    open: Vec<Open<'p>>,
    /// Where the last statement, arrow function body and so on begins, as an
    /// offset: an expression that is first in it must not begin with just any
    /// token.
    statement_start: usize,
    arrow_body_start: usize,
    export_default_start: usize,
    for_head_start: usize,
    for_of_start: usize,
}

impl Default for Printer<'_> {
    fn default() -> Self {
        Self {
            text: String::new(),
            level: 0,
            no_in: false,
            open: Vec::new(),
            statement_start: usize::MAX,
            arrow_body_start: usize::MAX,
            export_default_start: usize::MAX,
            for_head_start: usize::MAX,
            for_of_start: usize::MAX,
        }
    }
}

impl<'p> Printer<'p> {
    fn program(&mut self, program: &Program<'p>) {
        match program.kind {
            ProgramKind::FormalParameters(_) => {
                if let Some(params) = &program.params {
                    self.parameter_list(params);
                }
            }
            ProgramKind::Expression => {
                for statement in program.body {
                    self.bare_expression(statement);
                }
            }
            _ => {
                self.body_statements(program.body);
                if !program.body.is_empty() {
                    self.text.push('\n');
                }
            }
        }
    }

    fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Whether nothing is written after the place `start`.
    fn is_at(&self, start: usize) -> bool {
        self.text.len() == start
    }

    fn new_line(&mut self) {
        self.text.push('\n');
        push_indentation(&mut self.text, self.level);
    }

    /// Writes something between brackets, within which `in` is an operator.
    fn within(&mut self, open: &str, close: &str, write: impl FnOnce(&mut Self)) {
        let no_in = std::mem::replace(&mut self.no_in, false);
        self.push(open);
        write(self);
        self.push(close);
        self.no_in = no_in;
    }

    fn separated<T>(
        &mut self,
        items: impl IntoIterator<Item = T>,
        mut write: impl FnMut(&mut Self, T),
    ) {
        for (index, item) in items.into_iter().enumerate() {
            if index > 0 {
                self.push(", ");
            }
            write(self, item);
        }
    }

    /// Writes lines between braces, or `{}` if there are none.
    fn braces(&mut self, is_empty: bool, write: impl FnOnce(&mut Self)) {
        if is_empty {
            self.push("{}");
            return;
        }
        self.within("{", "}", |this| {
            this.level += 1;
            write(this);
            this.level -= 1;
            this.new_line();
        });
    }
}
