//! Patterns.

use super::{Sink, Walker, node};
use crate::ast::{Pattern, PatternElement, PatternProperty, RestElement};

impl<'p, S: Sink> Walker<'p, '_, S> {
    pub(super) fn pattern(&mut self, role: &'static str, pattern: Pattern<'p>) {
        match pattern {
            Pattern::Identifier(node) => self.identifier(role, node),
            Pattern::Member(node) => self.member(role, node),
            Pattern::Call(expression) => self.expression(role, expression),
            Pattern::Object(node) => crate::depth::grow(|| {
                self.sink.open(role, "ObjectPattern", node.span);
                self.list("", node.properties, |this, _, property| this.pattern_property(property));
                self.rest("", node.rest);
                self.sink.close();
            }),
            Pattern::Array(node) => crate::depth::grow(|| {
                self.sink.open(role, "ArrayPattern", node.span);
                self.list("", node.elements, |this, _, element| match element {
                    Some(element) => this.pattern_element("", element),
                    None => this.sink.absent("hole"),
                });
                self.rest("", node.rest);
                self.sink.close();
            }),
        }
    }

    pub(super) fn only_pattern(&mut self, _role: &'static str, pattern: Pattern<'p>) {
        self.pattern("", pattern);
    }

    pub(super) fn pattern_element(&mut self, role: &'static str, node: &PatternElement<'p>) {
        match node.initializer {
            Some(initializer) => node!(self, role, "WithDefault", node.span,
                target: pattern(node.target),
                default: expression(initializer)),
            None => self.pattern(role, node.target),
        }
    }

    fn pattern_property(&mut self, node: &PatternProperty<'p>) {
        if node.shorthand {
            node!(self, "", "Shorthand", node.span, target: only_element(&node.element));
        } else {
            node!(self, "", "Property", node.span,
                key: property_key(node.key),
                target: pattern_element(&node.element));
        }
    }

    fn only_element(&mut self, _role: &'static str, element: &PatternElement<'p>) {
        self.pattern_element("", element);
    }

    pub(super) fn rest(&mut self, role: &'static str, rest: Option<&RestElement<'p>>) {
        if let Some(rest) = rest {
            node!(self, role, "Rest", rest.span, target: only_pattern(rest.target));
        }
    }
}
