//! Functions and classes.

use super::Printer;
use super::precedence::Precedence;
use crate::ast::{
    ArrowFunction, Class, ClassElement, ClassField, FormalParameters, Function, FunctionBody,
    MethodKind, PropertyKey,
};

impl<'p> Printer<'p> {
    pub(super) fn function(&mut self, node: &Function<'p>) {
        self.push(if node.kind.is_async() { "async function" } else { "function" });
        self.push(if node.kind.is_generator() { "*" } else { "" });
        if let Some(id) = node.id {
            self.push(" ");
            self.push(id.name.as_str());
        }
        self.parameters(&node.params);
        self.push(" ");
        self.function_body(&node.body);
    }

    pub(super) fn arrow_head(&mut self, node: &ArrowFunction<'p>) {
        self.push(if node.is_async { "async " } else { "" });
        self.parameters(&node.params);
        self.push(" => ");
    }

    fn parameters(&mut self, params: &FormalParameters<'p>) {
        self.within("(", ")", |this| this.parameter_list(params));
    }

    pub(super) fn parameter_list(&mut self, params: &FormalParameters<'p>) {
        self.with_rest(params.items, params.rest, Self::pattern_element);
    }

    pub(super) fn function_body(&mut self, body: &FunctionBody<'p>) {
        self.braces(body.statements.is_empty(), |this| {
            this.new_line();
            this.body_statements(body.statements);
        });
    }

    /// A method of an object or a class, without `static`.
    pub(super) fn method(
        &mut self,
        kind: MethodKind,
        key: PropertyKey<'p>,
        function: &Function<'p>,
    ) {
        match kind {
            MethodKind::Get => self.push("get "),
            MethodKind::Set => self.push("set "),
            MethodKind::Method | MethodKind::Constructor => {}
        }
        self.push(if function.kind.is_async() { "async " } else { "" });
        self.push(if function.kind.is_generator() { "*" } else { "" });
        self.property_key(key);
        self.parameters(&function.params);
        self.push(" ");
        self.function_body(&function.body);
    }

    pub(super) fn class(&mut self, node: &Class<'p>) {
        self.push("class ");
        if let Some(id) = node.id {
            self.push(id.name.as_str());
            self.push(" ");
        }
        if let Some(superclass) = node.superclass {
            self.push("extends ");
            self.expression(superclass, Precedence::LeftHandSide);
            self.push(" ");
        }
        self.braces(node.elements.is_empty(), |this| {
            for element in node.elements {
                this.new_line();
                this.class_element(element);
            }
        });
    }

    fn class_element(&mut self, element: &ClassElement<'p>) {
        match element {
            ClassElement::Method(node) => {
                self.push(if node.is_static { "static " } else { "" });
                self.method(node.kind, node.key, node.value);
            }
            ClassElement::Field(node) => self.class_field(node),
            ClassElement::StaticBlock(node) => {
                self.push("static ");
                self.block(node.statements);
            }
        }
    }

    fn class_field(&mut self, node: &ClassField<'p>) {
        self.push(if node.is_static { "static " } else { "" });
        self.property_key(node.key);
        if let Some(value) = node.value {
            self.push(" = ");
            self.assignment(value);
        }
        self.push(";");
    }
}
