//! The tree as ESTree JSON, the form other JavaScript tools read.
//!
//! The text is byte for byte what `JSON.stringify` makes of acorn's tree: the
//! same fields in the same order, offsets in UTF-16 code units. Two values JSON
//! cannot hold print as acorn's users print them: that of a BigInt literal as
//! `null` (`bigint` has its digits), that of a regular expression as `{}`
//! (`regex` has its text). Parentheses leave no trace, and neither does
//! [`ChainExpression`]'s position in our tree: ESTree has the same node.
//!
//! Each node type is one `node!` row: its ESTree name, its span, its fields.
//!
//! <https://github.com/estree/estree>
//!
//! [`ChainExpression`]: crate::ast::ChainExpression

mod expression;
mod function;
mod json;
mod literal;
mod module;
mod pattern;
mod statement;

use std::fmt;

use self::json::Json;
use crate::ast::{Expression, Program, ProgramKind};
use crate::source::{Position, Source, Span, Utf16Offsets};

/// The version of the format: it changes when a field changes its name, its
/// place or its meaning.
pub const VERSION: u32 = 1;

/// What nodes carry beside their own fields, and how the text is laid out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Options {
    /// `start` and `end`: offsets in UTF-16 code units.
    pub offsets: bool,
    /// `loc`: lines from 1, columns from 0 in UTF-16 code units.
    pub loc: bool,
    /// `range`: start and end once more, as a pair.
    pub range: bool,
    /// `None`: all on one line, like `JSON.stringify(ast)`. `Some(n)`: like
    /// `JSON.stringify(ast, null, n)`, which takes 10 for anything above it.
    pub indent: Option<u8>,
}

impl Default for Options {
    fn default() -> Self {
        Self { offsets: true, loc: false, range: false, indent: None }
    }
}

/// The tree is too deep to be printed with indentation, whose size would grow
/// with the square of the depth.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TooDeep;

impl TooDeep {
    /// The deepest nesting of objects and arrays that is indented.
    pub const LIMIT: usize = 1000;
}

impl fmt::Display for TooDeep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the tree is more than {} levels deep, too deep to be indented; \
             ask for the form on one line",
            Self::LIMIT
        )
    }
}

impl std::error::Error for TooDeep {}

/// Prints a program as ESTree JSON.
///
/// What was parsed as a function body or an expression prints as the `Program`
/// that holds its statements; parameters alone print as an empty one.
///
/// # Errors
/// [`TooDeep`], with an indentation only. On one line any depth will do.
pub fn to_json(
    program: &Program<'_>,
    source: &Source,
    options: &Options,
) -> Result<String, TooDeep> {
    let mut printer = Printer::new(source, *options);
    printer.program(program);
    printer.json.finish()
}

/// Writes nodes.
struct Printer<'p> {
    json: Json,
    offsets: Utf16Offsets<'p>,
    source: &'p Source,
    options: Options,
    /// Expressions that are open in the text and have fields to come: chains of
    /// operators and members are long and need no native stack.
    open: Vec<Expression<'p>>,
}

/// Writes one node: `node!(printer, Type, span, field: method(arguments), …)`.
/// Each field is written by the method of [`Printer`] named after the colon.
macro_rules! node {
    ($printer:ident, $kind:ident, $span:expr $(, $field:ident: $method:ident($($argument:expr),*))*) => {{
        $crate::estree::open!($printer, $kind, $span $(, $field: $method($($argument),*))*);
        $printer.json.close_object();
    }};
}

/// Like [`node!`], but leaves the node open for more fields.
macro_rules! open {
    ($printer:ident, $kind:ident, $span:expr $(, $field:ident: $method:ident($($argument:expr),*))*) => {{
        $printer.open_node(concat!("{\"type\":\"", stringify!($kind), "\""), $span);
        $crate::estree::fields!($printer $(, $field: $method($($argument),*))*);
    }};
}

/// Adds fields to the node that is open.
macro_rules! fields {
    ($printer:ident $(, $field:ident: $method:ident($($argument:expr),*))*) => {{
        $(
            $printer.json.field(concat!(",\"", stringify!($field), "\":"));
            $printer.$method($($argument),*);
        )*
    }};
}

use {fields, node, open};

impl<'p> Printer<'p> {
    fn new(source: &'p Source, options: Options) -> Self {
        // What a byte of source text gives in the mean.
        let factor = 10 + 8 * usize::from(options.loc) + 3 * usize::from(options.range);
        Self {
            json: Json::new(source.text().len().saturating_mul(factor), options.indent),
            offsets: Utf16Offsets::new(source),
            source,
            options,
            open: Vec::new(),
        }
    }

    fn program(&mut self, program: &Program<'p>) {
        let source_type = match program.kind {
            ProgramKind::Module => "module",
            _ => "script",
        };
        // acorn counts from the first byte whatever comes first.
        let span = Span::new(0, program.span.end);
        node!(self, Program, span,
            body: list(program.body, Self::statement),
            sourceType: word(source_type));
    }

    /// Begins a node; `head` is `{"type":"…"`.
    fn open_node(&mut self, head: &'static str, span: Span) {
        self.json.open_object(head);
        if !(self.options.offsets || self.options.loc || self.options.range) {
            return;
        }
        let (start, end) = (self.offsets.get(span.start), self.offsets.get(span.end));
        if self.options.offsets {
            self.json.field(",\"start\":");
            self.json.integer(start);
            self.json.field(",\"end\":");
            self.json.integer(end);
        }
        if self.options.loc {
            self.json.field(",\"loc\":");
            self.json.open_object("{");
            self.json.first_field("\"start\":");
            self.position(span.start);
            self.json.field(",\"end\":");
            self.position(span.end);
            self.json.close_object();
        }
        if self.options.range {
            self.json.field(",\"range\":");
            self.json.open_array();
            self.json.integer(start);
            self.json.next_element();
            self.json.integer(end);
            self.json.close_array();
        }
    }

    fn position(&mut self, offset: u32) {
        let Position { line, column } = self.offsets.position(offset);
        self.json.open_object("{");
        self.json.first_field("\"line\":");
        self.json.integer(line);
        self.json.field(",\"column\":");
        self.json.integer(column);
        self.json.close_object();
    }

    fn list<T>(&mut self, items: &[T], write: impl Fn(&mut Self, &T)) {
        self.sequence(items.len(), items.iter(), write);
    }

    /// An array of `len` elements, which two slices may share.
    fn sequence<T>(
        &mut self,
        len: usize,
        items: impl Iterator<Item = T>,
        write: impl Fn(&mut Self, T),
    ) {
        if len == 0 {
            self.json.raw("[]");
            return;
        }
        self.json.open_array();
        for (index, item) in items.enumerate() {
            if index > 0 {
                self.json.next_element();
            }
            write(self, item);
        }
        self.json.close_array();
    }
}

#[cfg(test)]
mod tests {
    use super::{Options, TooDeep, to_json};
    use crate::{Arena, Goal, Source, parse};

    fn check(text: &str, options: Options, expected: Result<&str, TooDeep>) {
        let source = Source::new("test", text);
        let arena = Arena::new();
        let program = parse(&source, Goal::Script, &arena).expect("the text is a script");
        assert_eq!(
            to_json(program, &source, &options).as_deref().map_err(|error| *error),
            expected
        );
    }

    #[test]
    fn bare_nodes_on_one_line() {
        check(
            "[1,]",
            Options { offsets: false, ..Options::default() },
            Ok(concat!(
                r#"{"type":"Program","body":[{"type":"ExpressionStatement","expression":"#,
                r#"{"type":"ArrayExpression","elements":[{"type":"Literal","value":1,"raw":"1"}]}}],"#,
                r#""sourceType":"script"}"#
            )),
        );
    }

    #[test]
    fn all_positions_indented() {
        check(
            "'😀';",
            Options { loc: true, range: true, indent: Some(1), offsets: true },
            Ok(r#"{
 "type": "Program",
 "start": 0,
 "end": 5,
 "loc": {
  "start": {
   "line": 1,
   "column": 0
  },
  "end": {
   "line": 1,
   "column": 5
  }
 },
 "range": [
  0,
  5
 ],
 "body": [
  {
   "type": "ExpressionStatement",
   "start": 0,
   "end": 5,
   "loc": {
    "start": {
     "line": 1,
     "column": 0
    },
    "end": {
     "line": 1,
     "column": 5
    }
   },
   "range": [
    0,
    5
   ],
   "expression": {
    "type": "Literal",
    "start": 0,
    "end": 4,
    "loc": {
     "start": {
      "line": 1,
      "column": 0
     },
     "end": {
      "line": 1,
      "column": 4
     }
    },
    "range": [
     0,
     4
    ],
    "value": "😀",
    "raw": "'😀'"
   },
   "directive": "😀"
  }
 ],
 "sourceType": "script"
}"#),
        );
    }

    #[test]
    fn deep_trees_are_not_indented() {
        let text = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        check(&text, Options { indent: Some(2), ..Options::default() }, Err(TooDeep));
        let source = Source::new("test", text);
        let arena = Arena::new();
        let program = parse(&source, Goal::Script, &arena).expect("the text is a script");
        let json = to_json(program, &source, &Options::default()).expect("one line has room");
        assert!(json.ends_with(r#"]}}],"sourceType":"script"}"#));
    }
}
