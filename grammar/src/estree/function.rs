//! Functions and classes.

use super::{Printer, fields, node, open};
use crate::ast::{
    ArrowBody, ArrowFunction, Class, ClassElement, ClassField, ClassMethod, FormalParameters,
    Function, FunctionBody, Identifier, MethodKind, MethodProperty, PropertyKey, StaticBlock,
};

impl<'p> Printer<'p> {
    pub(super) fn function_declaration(&mut self, node: &Function<'p>) {
        open!(self, FunctionDeclaration, node.span);
        self.finish_function(node);
    }

    pub(super) fn function_expression(&mut self, node: &Function<'p>) {
        open!(self, FunctionExpression, node.span);
        self.finish_function(node);
    }

    fn finish_function(&mut self, node: &Function<'p>) {
        fields!(self,
            id: optional_identifier(node.id),
            expression: boolean(false),
            generator: boolean(node.kind.is_generator()),
            async: boolean(node.kind.is_async()),
            params: parameters(&node.params),
            body: function_body(&node.body));
        self.json.close_object();
    }

    pub(super) fn arrow_function(&mut self, node: &ArrowFunction<'p>) {
        node!(self, ArrowFunctionExpression, node.span,
            id: null(),
            expression: boolean(matches!(node.body, ArrowBody::Expression(_))),
            generator: boolean(false),
            async: boolean(node.is_async),
            params: parameters(&node.params),
            body: arrow_body(&node.body));
    }

    fn arrow_body(&mut self, body: &ArrowBody<'p>) {
        match body {
            ArrowBody::Expression(expression) => self.expression(*expression),
            ArrowBody::Block(body) => self.function_body(body),
        }
    }

    fn parameters(&mut self, params: &FormalParameters<'p>) {
        self.with_rest(params.items, params.rest, Self::pattern_element);
    }

    fn function_body(&mut self, body: &FunctionBody<'p>) {
        node!(self, BlockStatement, body.span, body: list(body.statements, Self::statement));
    }

    pub(super) fn optional_identifier(&mut self, id: Option<&Identifier<'p>>) {
        match id {
            Some(id) => self.identifier(id),
            None => self.null(),
        }
    }

    pub(super) fn object_method(&mut self, node: &MethodProperty<'p>) {
        node!(self, Property, node.span,
        method: boolean(node.kind == MethodKind::Method),
        shorthand: boolean(false),
        computed: boolean(matches!(node.key, PropertyKey::Computed(_))),
        key: property_key(node.key),
        value: function_expression(node.value),
        kind: word(match node.kind {
            MethodKind::Get => "get",
            MethodKind::Set => "set",
            MethodKind::Method | MethodKind::Constructor => "init",
        }));
    }

    pub(super) fn class_declaration(&mut self, node: &Class<'p>) {
        open!(self, ClassDeclaration, node.span);
        self.finish_class(node);
    }

    pub(super) fn class_expression(&mut self, node: &Class<'p>) {
        open!(self, ClassExpression, node.span);
        self.finish_class(node);
    }

    fn finish_class(&mut self, node: &Class<'p>) {
        fields!(self,
            id: optional_identifier(node.id),
            superClass: optional_expression(node.superclass),
            body: class_body(node));
        self.json.close_object();
    }

    fn class_body(&mut self, node: &Class<'p>) {
        node!(self, ClassBody, node.body_span, body: list(node.elements, Self::class_element));
    }

    fn class_element(&mut self, element: &ClassElement<'p>) {
        match element {
            ClassElement::Method(node) => self.class_method(node),
            ClassElement::Field(node) => self.class_field(node),
            ClassElement::StaticBlock(node) => self.static_block(node),
        }
    }

    fn class_method(&mut self, node: &ClassMethod<'p>) {
        node!(self, MethodDefinition, node.span,
            static: boolean(node.is_static),
            computed: boolean(matches!(node.key, PropertyKey::Computed(_))),
            key: property_key(node.key),
            kind: word(match node.kind {
                MethodKind::Method => "method",
                MethodKind::Get => "get",
                MethodKind::Set => "set",
                MethodKind::Constructor => "constructor",
            }),
            value: function_expression(node.value));
    }

    fn class_field(&mut self, node: &ClassField<'p>) {
        node!(self, PropertyDefinition, node.span,
            static: boolean(node.is_static),
            computed: boolean(matches!(node.key, PropertyKey::Computed(_))),
            key: property_key(node.key),
            value: optional_expression(node.value));
    }

    fn static_block(&mut self, node: &StaticBlock<'p>) {
        node!(self, StaticBlock, node.span, body: list(node.statements, Self::statement));
    }
}
