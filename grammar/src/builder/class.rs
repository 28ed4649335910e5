//! Classes and methods.

use std::cell::Cell;

use crate::ast::*;
use crate::scope::ScopeId;
use crate::source::Span;

use super::{Cx, Fallible, FunctionTail, ListStart, syntax_error};

/// A method on its way to becoming a property or a class element.
type Method<'a> = (MethodKind, &'a (PropertyKey<'a>, &'a Function<'a>));

impl<'a> Cx<'a> {
    pub(crate) fn method(
        &self,
        kind: MethodKind,
        function: FunctionKind,
        key: PropertyKey<'a>,
        tail: &FunctionTail<'a>,
    ) -> Method<'a> {
        let function = self.function(tail.start, function, None, tail, tail.body.span.end);
        (kind, self.alloc((key, function)))
    }

    /// §15.4: a getter has no parameters.
    pub(crate) fn getter(
        &self,
        key: PropertyKey<'a>,
        tail: &FunctionTail<'a>,
    ) -> Fallible<Method<'a>> {
        let params = &tail.params;
        if !params.items.is_empty() || params.rest.is_some() {
            return syntax_error(params.span, "Getter must not have any formal parameters.");
        }
        Ok(self.method(MethodKind::Get, FunctionKind::Normal, key, tail))
    }

    /// §15.4: a setter has one parameter.
    pub(crate) fn setter(
        &self,
        key: PropertyKey<'a>,
        tail: &FunctionTail<'a>,
    ) -> Fallible<Method<'a>> {
        let params = &tail.params;
        if let Some(rest) = params.rest {
            return syntax_error(
                rest.span,
                "Setter function argument must not be a rest parameter",
            );
        }
        if params.items.len() != 1 {
            return syntax_error(params.span, "Setter must have exactly one formal parameter.");
        }
        Ok(self.method(MethodKind::Set, FunctionKind::Normal, key, tail))
    }

    pub(crate) fn method_property(
        &self,
        l: u32,
        (kind, &(key, value)): Method<'a>,
        r: u32,
    ) -> &'a MethodProperty<'a> {
        self.alloc(MethodProperty { span: Span::new(l, r), kind, key, value })
    }

    pub(crate) fn class_method(
        &self,
        l: u32,
        is_static: bool,
        (kind, &(key, value)): Method<'a>,
        r: u32,
    ) -> ClassElement<'a> {
        let is_constructor = !is_static
            && kind == MethodKind::Method
            && value.kind == FunctionKind::Normal
            && key.is_literally("constructor");
        let kind = if is_constructor { MethodKind::Constructor } else { kind };
        ClassElement::Method(self.alloc(ClassMethod {
            span: Span::new(l, r),
            is_static,
            kind,
            key,
            value,
        }))
    }

    /// The value of a field, where the code of the initialiser ends.
    pub(crate) fn field_initializer(&self, value: Expression<'a>) -> Expression<'a> {
        self.leave();
        value
    }

    pub(crate) fn class_field(
        &self,
        l: u32,
        is_static: bool,
        key: PropertyKey<'a>,
        value: Option<Expression<'a>>,
        r: u32,
    ) -> ClassElement<'a> {
        ClassElement::Field(self.alloc(ClassField {
            span: Span::new(l, r),
            is_static,
            key,
            value,
            scope: Cell::new(ScopeId::NONE),
            facts: Cell::new(self.left_direct_eval()),
        }))
    }

    pub(crate) fn static_block(&self, l: u32, list: ListStart, r: u32) -> ClassElement<'a> {
        ClassElement::StaticBlock(self.alloc(StaticBlock {
            span: Span::new(l, r),
            statements: self.statements.finish(list, self.arena),
            hoisted: self.left_hoisted(),
            scope: Cell::new(ScopeId::NONE),
            facts: Cell::new(self.left_direct_eval()),
        }))
    }

    pub(crate) fn class_body(
        &self,
        l: u32,
        list: ListStart,
        r: u32,
    ) -> &'a (Span, &'a [ClassElement<'a>]) {
        self.alloc((Span::new(l, r), self.class_elements.finish(list, self.arena)))
    }

    pub(crate) fn class(
        &self,
        l: u32,
        id: Option<&'a Identifier<'a>>,
        superclass: Option<Expression<'a>>,
        &(body_span, elements): &(Span, &'a [ClassElement<'a>]),
        r: u32,
    ) -> &'a Class<'a> {
        self.alloc(Class {
            span: Span::new(l, r),
            id,
            superclass,
            body_span,
            elements,
            scope: Cell::new(ScopeId::NONE),
        })
    }
}
