//! The tree as a stream of events, from which the forms for reading are made.
//!
//! It says once, for all of them, what each node is called, which of its fields
//! tell it from another, and what role each child has. Names are those of
//! [`crate::ast`].

mod expression;
mod function;
mod module;
mod pattern;
mod statement;

use crate::ast::{Expression, FunctionKind, Program, ProgramKind};
use crate::source::Span;

/// What receives the events.
pub(crate) trait Sink {
    /// A node begins. `role` says what it is to the node around it, and is empty
    /// where that is plain, as for the statements of a block.
    fn open(&mut self, role: &'static str, kind: &'static str, span: Span);

    /// A field of the node that is open, such as an operator. Words come before
    /// children.
    fn word(&mut self, text: &str);

    /// Like [`Sink::word`], for any text, given as WTF-8.
    fn quoted(&mut self, text: &[u8]);

    /// A node that is nothing but one text: a name, a literal, a keyword.
    fn leaf(&mut self, role: &'static str, kind: &'static str, text: Leaf<'_>, span: Span);

    /// A child that could be there and is not.
    fn absent(&mut self, role: &'static str);

    /// The children up to [`Sink::close_group`] belong together. `on_head_line`:
    /// they belong to the beginning of the node, like parameters.
    fn open_group(&mut self, name: &'static str, on_head_line: bool);

    /// The group ends.
    fn close_group(&mut self);

    /// The node that is open ends.
    fn close(&mut self);
}

/// What a leaf shows.
#[derive(Clone, Copy)]
pub(crate) enum Leaf<'t> {
    /// Its kind says it all.
    Kind,
    /// A name or a number.
    Word(&'t str),
    /// `#name`
    Private(&'t str),
    /// A string's value, WTF-8.
    Quoted(&'t [u8]),
    /// A regular expression: pattern, WTF-8, and flags.
    RegExp(&'t [u8], &'t str),
}

/// Sends the events of a program.
///
/// With `parentheses` unset, [`Expression::Parenthesized`] leaves no trace.
pub(crate) fn walk(program: &Program<'_>, parentheses: bool, sink: &mut impl Sink) {
    Walker { sink, parentheses, open: Vec::new() }.program(program);
}

struct Walker<'p, 's, S> {
    sink: &'s mut S,
    parentheses: bool,
    /// Expressions that are open and have children to come: chains of operators
    /// and members are long and need no native stack.
    open: Vec<Expression<'p>>,
}

/// Sends one node: `node!(walker, role, Kind, span, role: method(arguments), …)`.
/// Each child is sent by the method after the colon, which is given the role
/// before it.
macro_rules! node {
    ($walker:ident, $role:expr, $kind:expr, $span:expr $(, $child:ident: $method:ident($($argument:expr),*))* $(,)?) => {{
        $walker.sink.open($role, $kind, $span);
        $($walker.$method(stringify!($child), $($argument),*);)*
        $walker.sink.close();
    }};
}
use node;

impl<'p, S: Sink> Walker<'p, '_, S> {
    fn program(&mut self, program: &Program<'p>) {
        let kind = match program.kind {
            ProgramKind::Script => "Script",
            ProgramKind::Module => "Module",
            ProgramKind::CommonJs => "CommonJs",
            ProgramKind::FunctionBody(kind) => kinds(
                kind,
                ["FunctionBody", "GeneratorBody", "AsyncFunctionBody", "AsyncGeneratorBody"],
            ),
            ProgramKind::FormalParameters(kind) => kinds(
                kind,
                [
                    "FunctionParameters",
                    "GeneratorParameters",
                    "AsyncFunctionParameters",
                    "AsyncGeneratorParameters",
                ],
            ),
            ProgramKind::Expression => "ExpressionText",
            ProgramKind::Eval => "Eval",
        };
        self.sink.open("", kind, program.span);
        if let Some(params) = &program.params {
            self.parameters("", params);
        }
        self.statements("", program.body);
        self.sink.close();
    }

    /// A telling field.
    fn word(&mut self, _field: &'static str, text: &str) {
        self.sink.word(text);
    }

    /// Children without a role of their own.
    fn list<T>(
        &mut self,
        role: &'static str,
        items: &[T],
        send: impl Fn(&mut Self, &'static str, &T),
    ) {
        for item in items {
            send(self, role, item);
        }
    }
}

/// The one of four names that belongs to a kind of function.
fn kinds(kind: FunctionKind, names: [&'static str; 4]) -> &'static str {
    match kind {
        FunctionKind::Normal => names[0],
        FunctionKind::Generator => names[1],
        FunctionKind::Async => names[2],
        FunctionKind::AsyncGenerator => names[3],
    }
}
