//! Functions and arrow functions.

use std::cell::Cell;

use crate::ast::*;
use crate::scope::{FunctionFacts, ScopeId};
use crate::source::Span;

use super::{Cover, Cx, Fallible, ListStart, cover};

/// Parameters and body of a function.
pub(crate) struct FunctionTail<'a> {
    /// Where the parenthesis of the parameters opens.
    pub(crate) start: u32,
    pub(crate) params: FormalParameters<'a>,
    pub(crate) body: FunctionBody<'a>,
    /// What is known of the function before it is analysed.
    facts: FunctionFacts,
}

/// `async (…)`.
pub(crate) struct ArrowHead<'a> {
    pub(crate) span: Span,
    /// Parentheses and what is in them.
    pub(crate) parameters_span: Span,
    pub(crate) arguments: &'a [Argument<'a>],
    pub(crate) trailing_comma: bool,
}

impl ArrowHead<'_> {
    /// The word `async`, as the callee it is if this is a call.
    pub(crate) fn async_identifier<'a>(&self, cx: &Cx<'a>) -> &'a Identifier<'a> {
        const LEN: u32 = "async".len() as u32;
        cx.identifier(self.span.start, self.span.start + LEN)
    }
}

impl<'a> Cx<'a> {
    pub(crate) fn formal_parameters(
        &self,
        l: u32,
        list: ListStart,
        last: Option<&'a PatternElement<'a>>,
        rest: Option<&'a RestElement<'a>>,
        r: u32,
    ) -> &'a FormalParameters<'a> {
        let items = self.parameters.finish(self.parameters.push_last(list, last), self.arena);
        self.alloc(FormalParameters { span: Span::new(l, r), items, rest })
    }

    pub(crate) fn function_tail(
        &self,
        l: u32,
        params: &FormalParameters<'a>,
        m: u32,
        body: &FunctionBody<'a>,
    ) -> &'a FunctionTail<'a> {
        let params = FormalParameters { span: Span::new(l, m), ..*params };
        self.alloc(FunctionTail { start: l, params, body: *body, facts: self.left_direct_eval() })
    }

    pub(crate) fn function_body(&self, l: u32, list: ListStart, r: u32) -> &'a FunctionBody<'a> {
        let statements = self.with_directives(self.statements.finish(list, self.arena));
        let hoisted = self.left_hoisted();
        self.alloc(FunctionBody { span: Span::new(l, r), statements, hoisted })
    }

    /// Marks the directive prologue of a body (§11.2.1).
    pub(super) fn with_directives(&self, statements: &'a [Statement<'a>]) -> &'a [Statement<'a>] {
        for statement in statements {
            let Statement::Expression(node) = statement else { break };
            let Some(string) = node.as_string() else { break };
            node.directive.set(Some(Span::new(string.span.start + 1, string.span.end - 1)));
        }
        statements
    }

    pub(crate) fn function(
        &self,
        l: u32,
        kind: FunctionKind,
        id: Option<&'a Identifier<'a>>,
        tail: &FunctionTail<'a>,
        r: u32,
    ) -> &'a Function<'a> {
        self.alloc(Function {
            span: Span::new(l, r),
            kind,
            id,
            params: tail.params,
            body: tail.body,
            scope: Cell::new(ScopeId::NONE),
            name_scope: Cell::new(ScopeId::NONE),
            facts: Cell::new(tail.facts),
        })
    }

    /// `=> x`, where the function's code ends without a brace.
    pub(crate) fn expression_body(&self, expression: Expression<'a>) -> &'a ArrowBody<'a> {
        self.leave();
        self.arrow_body(ArrowBody::Expression(expression))
    }

    pub(crate) fn arrow_body(&self, body: ArrowBody<'a>) -> &'a ArrowBody<'a> {
        self.alloc(body)
    }

    fn arrow(
        &self,
        start: u32,
        is_async: bool,
        params: FormalParameters<'a>,
        body: &ArrowBody<'a>,
    ) -> Expression<'a> {
        let body_span = match body {
            ArrowBody::Expression(expression) => expression.span(),
            ArrowBody::Block(block) => block.span,
        };
        let span = Span::new(start, body_span.end);
        let mut facts = self.left_direct_eval();
        let in_parameters = self.direct_eval_between(start, body_span.start);
        facts.set(FunctionFacts::DIRECT_EVAL, !facts.is_empty() || in_parameters);
        let body = match body {
            ArrowBody::Expression(expression) => ArrowBody::Expression(*expression),
            ArrowBody::Block(block) => ArrowBody::Block(*block),
        };
        Expression::Arrow(self.alloc(ArrowFunction {
            span,
            is_async,
            params,
            body,
            scope: Cell::new(ScopeId::NONE),
            facts: Cell::new(facts),
        }))
    }

    pub(crate) fn arrow_of_identifier(
        &self,
        l: u32,
        is_async: bool,
        parameter: &'a Identifier<'a>,
        body: &ArrowBody<'a>,
    ) -> Expression<'a> {
        let span = parameter.span;
        let target = Pattern::Identifier(parameter);
        let items =
            self.arena.alloc_slice_copy(&[PatternElement { span, target, initializer: None }]);
        let params = FormalParameters { span, items, rest: None };
        self.arrow(l, is_async, params, body)
    }

    pub(crate) fn arrow_of_cover(
        &self,
        l: u32,
        cover: &Cover<'a>,
        body: &ArrowBody<'a>,
    ) -> Fallible<Expression<'a>> {
        let params = cover::arrow_parameters(self, cover)?;
        Ok(self.arrow(l, false, params, body))
    }

    pub(crate) fn arrow_of_call(
        &self,
        l: u32,
        head: &ArrowHead<'a>,
        body: &ArrowBody<'a>,
    ) -> Fallible<Expression<'a>> {
        let params = cover::async_arrow_parameters(self, head)?;
        Ok(self.arrow(l, true, params, body))
    }

    /// `m` is the end of the opening parenthesis.
    pub(crate) fn async_arrow_head(
        &self,
        l: u32,
        m: u32,
        list: ListStart,
        last: Option<Argument<'a>>,
        r: u32,
    ) -> &'a ArrowHead<'a> {
        let arguments = self.arguments.finish(self.arguments.push_last(list, last), self.arena);
        self.alloc(ArrowHead {
            span: Span::new(l, r),
            parameters_span: Span::new(m - 1, r),
            arguments,
            trailing_comma: last.is_none() && !arguments.is_empty(),
        })
    }
}
