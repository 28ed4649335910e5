//! Patterns.

use super::Printer;
use super::precedence::Precedence;
use crate::ast::{
    ArrayPattern, Expression, ObjectPattern, Pattern, PatternElement, PatternProperty, RestElement,
};

/// A part of a pattern, the rest element being the last.
enum Part<'n, 'p, T> {
    Item(&'n T),
    Rest(&'n RestElement<'p>),
}

impl<'p> Printer<'p> {
    pub(super) fn pattern(&mut self, pattern: Pattern<'p>) {
        match pattern {
            Pattern::Identifier(node) => {
                self.expression(Expression::Identifier(node), Precedence::LeftHandSide);
            }
            Pattern::Member(node) => {
                self.expression(Expression::Member(node), Precedence::LeftHandSide);
            }
            Pattern::Call(expression) => self.expression(expression, Precedence::LeftHandSide),
            Pattern::Object(node) => crate::depth::grow(|| self.object_pattern(node)),
            Pattern::Array(node) => crate::depth::grow(|| self.array_pattern(node)),
        }
    }

    fn object_pattern(&mut self, node: &ObjectPattern<'p>) {
        if node.properties.is_empty() && node.rest.is_none() {
            self.push("{}");
            return;
        }
        self.within("{ ", " }", |this| {
            this.with_rest(node.properties, node.rest, Self::pattern_property);
        });
    }

    fn pattern_property(&mut self, node: &PatternProperty<'p>) {
        if !node.shorthand {
            self.property_key(node.key);
            self.push(": ");
        }
        self.pattern_element(&node.element);
    }

    fn array_pattern(&mut self, node: &ArrayPattern<'p>) {
        self.within("[", "]", |this| {
            this.with_rest(node.elements, node.rest, |this, element| {
                if let Some(element) = element {
                    this.pattern_element(element);
                }
            });
            // A comma at the end adds no element, so a hole there needs its own.
            if node.rest.is_none() && matches!(node.elements.last(), Some(None)) {
                this.push(",");
            }
        });
    }

    pub(super) fn pattern_element(&mut self, node: &PatternElement<'p>) {
        self.pattern(node.target);
        if let Some(initializer) = node.initializer {
            self.push(" = ");
            self.assignment(initializer);
        }
    }

    pub(super) fn with_rest<T>(
        &mut self,
        items: &[T],
        rest: Option<&RestElement<'p>>,
        write: impl Fn(&mut Self, &T),
    ) {
        let parts = items.iter().map(Part::Item).chain(rest.map(Part::Rest));
        self.separated(parts, |this, part| match part {
            Part::Item(item) => write(this, item),
            Part::Rest(rest) => {
                this.push("...");
                this.pattern(rest.target);
            }
        });
    }
}
