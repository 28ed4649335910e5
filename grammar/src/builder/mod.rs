//! The grammar's actions: what each production builds.
//!
//! [`Cx`] is the context of one parse. The generated parser hands it to every
//! action; its methods, one module a chapter of the grammar, make the nodes.

#![allow(
    clippy::unused_self,
    reason = "the grammar calls all actions alike, as methods of its context"
)]

mod class;
mod cover;
mod expression;
mod function;
mod list;
mod literal;
mod module;
mod statement;

use std::cell::{Cell, RefCell};

use bitflags::bitflags;
use bumpalo::Bump;
use rustc_hash::FxHashSet;

pub(crate) use expression::Cover;
pub(crate) use function::{ArrowHead, FunctionTail};
pub(crate) use list::{ListStart, Lists};
pub(crate) use literal::TemplateStart;
pub(crate) use statement::ForHeadKind;

use crate::ast::{
    Argument, ArrayElement, ClassElement, Expression, ExpressionStatement, FormalParameters,
    Hoisted, Identifier, IdentifierName, ImportAttribute, ImportSpecifier, IndirectExport, Name,
    PatternElement, PatternProperty, PrivateIdentifier, Property, Statement, SwitchCase,
    TemplateElement, VariableDeclarator,
};
use crate::diagnostic::{Diagnostic, Fault};
use crate::name::Names;
use crate::scope::{FunctionFacts, Resolution};
use crate::source::{Source, Span};
use crate::token::Token;

/// The result of a fallible action.
pub(crate) type Fallible<T> = Result<T, Fault>;

/// What the start symbol gives.
#[derive(Clone, Copy)]
pub(crate) enum Root<'a> {
    /// A script, a module or a function body.
    Statements(&'a [Statement<'a>]),
    /// Parameters alone.
    Parameters(&'a FormalParameters<'a>),
}

bitflags! {
    /// What the innermost function around a place makes of `yield` and `await`.
    #[derive(Clone, Copy, PartialEq, Eq, Debug)]
    pub(crate) struct FunctionContext: u8 {
        /// `yield` is an operator.
        const YIELD = 1;
        /// `await` is an operator.
        const AWAIT = 2;
        /// A direct eval stands in it, as far as it has been read.
        const DIRECT_EVAL = 4;
        /// A function declaration may stand in a block or branch of it, as far as
        /// it has been read.
        const FUNCTION_IN_BLOCK = 8;
        const FUNCTION = 0;
        const GENERATOR = 1;
        const ASYNC = 2;
        const ASYNC_GENERATOR = 3;
        /// `await` is read as an operator, so that the early error against it
        /// finds it.
        const STATIC_BLOCK = 2;
    }
}

/// The context of one parse.
pub(crate) struct Cx<'a> {
    pub(crate) arena: &'a Bump,
    pub(crate) text: &'a [u8],
    /// The same text, if it has no lone surrogates.
    utf8: Option<&'a str>,
    /// The first token of the stream: what is parsed.
    pub(crate) goal: Token,
    /// Whether HTML-like comments are comments (Annex B.1.1).
    pub(crate) html_comments: bool,
    pub(crate) hashbang: Cell<Option<Span>>,
    /// Whether a word with an escape has been read.
    pub(crate) escaped_words: Cell<bool>,
    /// The terminals shifted, for those who want to look at them.
    pub(crate) record: Option<RefCell<Vec<(Token, Span)>>>,
    pub(crate) names: RefCell<Names<'a>>,
    /// Where direct evals stand, in the order in which they were read to their ends.
    direct_evals: RefCell<Vec<u32>>,
    /// The functions around the innermost one, and where its names on `vars` begin.
    functions: RefCell<Vec<(FunctionContext, ListStart)>>,
    function: Cell<FunctionContext>,
    /// The names that the functions around a place declare by `var`.
    vars: Lists<&'a Identifier<'a>>,
    /// The context of the function left last, and what it hoists.
    left: Cell<FunctionContext>,
    left_hoisted: Cell<Option<&'a Hoisted<'a>>>,
    /// Shorthand properties with an initialiser, and whether each is still outside
    /// all patterns.
    cover_initialized: RefCell<Vec<(Span, bool)>>,
    /// Where names stand that an assignment pattern has in parentheses; no
    /// parameter may.
    pub(crate) parenthesized_leaves: RefCell<FxHashSet<u32>>,
    pub(crate) statements: Lists<Statement<'a>>,
    pub(crate) expressions: Lists<Expression<'a>>,
    pub(crate) elements: Lists<ArrayElement<'a>>,
    pub(crate) arguments: Lists<Argument<'a>>,
    pub(crate) properties: Lists<Property<'a>>,
    pub(crate) declarators: Lists<VariableDeclarator<'a>>,
    pub(crate) parameters: Lists<PatternElement<'a>>,
    pub(crate) pattern_elements: Lists<Option<PatternElement<'a>>>,
    pub(crate) pattern_properties: Lists<PatternProperty<'a>>,
    pub(crate) cases: Lists<SwitchCase<'a>>,
    pub(crate) class_elements: Lists<ClassElement<'a>>,
    pub(crate) import_specifiers: Lists<ImportSpecifier<'a>>,
    pub(crate) export_specifiers: Lists<IndirectExport<'a>>,
    pub(crate) attributes: Lists<ImportAttribute<'a>>,
    pub(crate) quasis: Lists<TemplateElement<'a>>,
}

impl<'a> Cx<'a> {
    pub(crate) fn new(
        source: &'a Source,
        arena: &'a Bump,
        goal: Token,
        function: FunctionContext,
    ) -> Self {
        Self {
            arena,
            text: source.text(),
            utf8: source.utf8(),
            goal,
            html_comments: goal != Token::GoalModule,
            hashbang: Cell::new(None),
            escaped_words: Cell::new(false),
            record: None,
            names: RefCell::new(Names::new(arena)),
            direct_evals: RefCell::new(Vec::new()),
            functions: RefCell::new(Vec::new()),
            function: Cell::new(function),
            vars: Lists::new(),
            left: Cell::new(FunctionContext::FUNCTION),
            left_hoisted: Cell::new(None),
            cover_initialized: RefCell::new(Vec::new()),
            parenthesized_leaves: RefCell::new(FxHashSet::default()),
            statements: Lists::new(),
            expressions: Lists::new(),
            elements: Lists::new(),
            arguments: Lists::new(),
            properties: Lists::new(),
            declarators: Lists::new(),
            parameters: Lists::new(),
            pattern_elements: Lists::new(),
            pattern_properties: Lists::new(),
            cases: Lists::new(),
            class_elements: Lists::new(),
            import_specifiers: Lists::new(),
            export_specifiers: Lists::new(),
            attributes: Lists::new(),
            quasis: Lists::new(),
        }
    }

    /// Moves a value to the arena.
    #[inline]
    pub(crate) fn alloc<T>(&self, value: T) -> &'a T {
        self.arena.alloc(value)
    }

    /// Code of a function begins.
    pub(crate) fn enter(&self, function: FunctionContext) {
        self.functions.borrow_mut().push((self.function.replace(function), self.vars.start()));
    }

    /// Code of a function ends.
    pub(crate) fn leave(&self) {
        if let Some((outer, vars)) = self.functions.borrow_mut().pop() {
            let left = self.function.replace(outer);
            self.left.set(left);
            self.left_hoisted.set(self.hoisted(left, vars));
        }
    }

    /// What the code of a function hoists whose names on `vars` begin there.
    fn hoisted(&self, function: FunctionContext, vars: ListStart) -> Option<&'a Hoisted<'a>> {
        let functions_in_blocks = function.contains(FunctionContext::FUNCTION_IN_BLOCK);
        if self.vars.is_empty(vars) && !functions_in_blocks {
            return None;
        }
        let vars = self.vars.finish(vars, self.arena);
        Some(self.alloc(Hoisted { vars, functions_in_blocks }))
    }

    /// What the function left last hoists; its node is built before any other
    /// function is left.
    fn left_hoisted(&self) -> Option<&'a Hoisted<'a>> {
        self.left_hoisted.get()
    }

    /// What the program hoists, when all of it has been read.
    pub(crate) fn hoisted_by_program(&self) -> Option<&'a Hoisted<'a>> {
        self.hoisted(self.function.get(), ListStart::BOTTOM)
    }

    /// A statement list or a branch may hold a function declaration.
    fn note_function_in_block(&self) {
        self.function.set(self.function.get() | FunctionContext::FUNCTION_IN_BLOCK);
    }

    /// A direct eval stands in the innermost function.
    pub(crate) fn note_direct_eval(&self, at: u32) {
        self.direct_evals.borrow_mut().push(at);
        self.function.set(self.function.get() | FunctionContext::DIRECT_EVAL);
    }

    /// Whether a direct eval stands in the function left last; its node is built
    /// before any other function is left.
    fn left_direct_eval(&self) -> FunctionFacts {
        if self.left.get().contains(FunctionContext::DIRECT_EVAL) {
            FunctionFacts::DIRECT_EVAL
        } else {
            FunctionFacts::empty()
        }
    }

    /// Whether a direct eval stands in a stretch of the text that has just been read: what
    /// turns out to be the head of an arrow function was read as part of the code around.
    fn direct_eval_between(&self, start: u32, end: u32) -> bool {
        let evals = self.direct_evals.borrow();
        evals.iter().rev().take_while(|at| **at >= start).any(|at| *at < end)
    }

    /// The innermost function at the place the automaton has reached.
    #[inline]
    pub(crate) fn function_context(&self) -> FunctionContext {
        self.function.get()
    }

    /// Interns a text that lives in the source or the arena.
    pub(crate) fn intern(&self, text: &'a str) -> Name<'a> {
        self.names.borrow_mut().intern(text)
    }

    /// The text of a word, its escapes resolved.
    fn word(&self, start: u32, end: u32) -> &'a str {
        let bytes = &self.text[start as usize..end as usize];
        if self.escaped_words.get() && memchr::memchr(b'\\', bytes).is_some() {
            return self.arena.alloc_str(&crate::lexer::word::unescape(bytes));
        }
        // The lexer has seen every character of it: a word holds no surrogates.
        match self.utf8 {
            Some(text) => &text[start as usize..end as usize],
            None => std::str::from_utf8(bytes).unwrap_or_default(),
        }
    }

    /// The name of the word at `start..end`.
    #[inline]
    fn name(&self, start: u32, end: u32) -> Name<'a> {
        let recent = self.names.borrow().recent(start);
        recent.unwrap_or_else(|| self.unusual_name(start, end))
    }

    #[cold]
    fn unusual_name(&self, start: u32, end: u32) -> Name<'a> {
        self.intern(self.word(start, end))
    }

    pub(crate) fn identifier(&self, l: u32, r: u32) -> &'a Identifier<'a> {
        self.identifier_of(Span::new(l, r), self.name(l, r))
    }

    fn identifier_of(&self, span: Span, name: Name<'a>) -> &'a Identifier<'a> {
        self.alloc(Identifier { span, name, resolution: Cell::new(Resolution::None) })
    }

    pub(crate) fn identifier_name(&self, l: u32, r: u32) -> &'a IdentifierName<'a> {
        self.alloc(IdentifierName { span: Span::new(l, r), text: self.name(l, r).as_str() })
    }

    pub(crate) fn private_identifier(&self, l: u32, r: u32) -> &'a PrivateIdentifier<'a> {
        let name = self.name(l + 1, r);
        self.alloc(PrivateIdentifier { span: Span::new(l, r), name })
    }

    pub(crate) fn root_statements(&self, list: ListStart) -> Root<'a> {
        Root::Statements(self.with_directives(self.statements.finish(list, self.arena)))
    }

    pub(crate) fn root_expression(&self, expression: Expression<'a>) -> Root<'a> {
        let span = crate::ast::Spanned::span(&expression);
        let statement =
            self.alloc(ExpressionStatement { span, expression, directive: Cell::new(None) });
        Root::Statements(self.arena.alloc_slice_copy(&[Statement::Expression(statement)]))
    }

    /// The first shorthand property with an initialiser that no pattern took.
    pub(crate) fn stray_cover_initialized_name(&self) -> Option<Span> {
        let stray = self.cover_initialized.borrow();
        stray.iter().find(|(_, outside)| *outside).map(|(span, _)| *span)
    }
}

/// A fault as the generated parser wants it.
pub(crate) fn refuse<T>(fault: Fault) -> Fallible<T> {
    Err(fault)
}

/// A syntax error as the generated parser wants it.
pub(crate) fn syntax_error<T>(span: Span, message: impl Into<String>) -> Fallible<T> {
    refuse(Diagnostic::syntax(span, message))
}
