//! Functions and classes.

use super::{Sink, Walker, kinds, node};
use crate::ast::{
    ArrowBody, ArrowFunction, Class, ClassElement, ClassField, ClassMethod, Expression,
    FormalParameters, Function, FunctionBody, MethodKind, MethodProperty,
};

impl<'p, S: Sink> Walker<'p, '_, S> {
    pub(super) fn function(&mut self, role: &'static str, node: &Function<'p>) {
        const KINDS: [&str; 4] =
            ["Function", "GeneratorFunction", "AsyncFunction", "AsyncGeneratorFunction"];
        self.sink.open(role, kinds(node.kind, KINDS), node.span);
        if let Some(id) = node.id {
            self.sink.word(id.name.as_str());
        }
        self.parameters("", &node.params);
        self.statements("", node.body.statements);
        self.sink.close();
    }

    pub(super) fn arrow(&mut self, role: &'static str, node: &ArrowFunction<'p>) {
        let kind = if node.is_async { "AsyncArrow" } else { "Arrow" };
        node!(self, role, kind, node.span,
            params: parameters(&node.params),
            body: arrow_body(&node.body));
    }

    fn arrow_body(&mut self, role: &'static str, body: &ArrowBody<'p>) {
        match body {
            ArrowBody::Expression(expression) => self.expression(role, *expression),
            ArrowBody::Block(body) => self.function_body(role, body),
        }
    }

    fn function_body(&mut self, role: &'static str, body: &FunctionBody<'p>) {
        node!(self, role, "Body", body.span, statements: statements(body.statements));
    }

    pub(super) fn parameters(&mut self, _role: &'static str, params: &FormalParameters<'p>) {
        self.sink.open_group("params", true);
        self.list("param", params.items, Self::pattern_element);
        self.rest("param", params.rest);
        self.sink.close_group();
    }

    pub(super) fn object_method(&mut self, node: &MethodProperty<'p>) {
        node!(self, "", method_kind(node.kind, false), node.span,
            key: property_key(node.key),
            value: function(node.value));
    }

    pub(super) fn class(&mut self, role: &'static str, node: &Class<'p>) {
        self.sink.open(role, "Class", node.span);
        if let Some(id) = node.id {
            self.sink.word(id.name.as_str());
        }
        if let Some(superclass) = node.superclass {
            self.superclass(superclass);
        }
        self.list("", node.elements, |this, _, element| this.class_element(element));
        self.sink.close();
    }

    fn superclass(&mut self, superclass: Expression<'p>) {
        self.sink.open_group("extends", true);
        self.expression("extends", superclass);
        self.sink.close_group();
    }

    fn class_element(&mut self, element: &ClassElement<'p>) {
        match element {
            ClassElement::Method(node) => self.class_method(node),
            ClassElement::Field(node) => self.class_field(node),
            ClassElement::StaticBlock(node) => node!(self, "", "StaticBlock", node.span,
                statements: statements(node.statements)),
        }
    }

    fn class_method(&mut self, node: &ClassMethod<'p>) {
        node!(self, "", method_kind(node.kind, node.is_static), node.span,
            key: property_key(node.key),
            value: function(node.value));
    }

    fn class_field(&mut self, node: &ClassField<'p>) {
        let kind = if node.is_static { "StaticField" } else { "Field" };
        node!(self, "", kind, node.span,
            key: property_key(node.key),
            value: optional_expression(node.value));
    }
}

fn method_kind(kind: MethodKind, is_static: bool) -> &'static str {
    match (kind, is_static) {
        (MethodKind::Method, false) => "Method",
        (MethodKind::Method, true) => "StaticMethod",
        (MethodKind::Get, false) => "Get",
        (MethodKind::Get, true) => "StaticGet",
        (MethodKind::Set, false) => "Set",
        (MethodKind::Set, true) => "StaticSet",
        (MethodKind::Constructor, _) => "Constructor",
    }
}
