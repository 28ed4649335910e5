//! Patterns.

use super::{Printer, node, open};
use crate::ast::{
    ArrayPattern, MemberExpression, MemberObject, ObjectPattern, Pattern, PatternElement,
    PatternProperty, PropertyKey, RestElement,
};

/// One entry of an ESTree list in which our tree keeps the rest element apart.
#[derive(Clone, Copy)]
enum Entry<'n, 'p, T> {
    Item(&'n T),
    Rest(&'n RestElement<'p>),
}

impl<'p> Printer<'p> {
    pub(super) fn pattern(&mut self, pattern: Pattern<'p>) {
        match pattern {
            Pattern::Identifier(node) => self.identifier(node),
            Pattern::Member(node) => self.member_pattern(node),
            Pattern::Object(node) => crate::depth::grow(|| self.object_pattern(node)),
            Pattern::Array(node) => crate::depth::grow(|| self.array_pattern(node)),
            Pattern::Call(expression) => self.expression(expression),
        }
    }

    pub(super) fn optional_pattern(&mut self, pattern: Option<Pattern<'p>>) {
        match pattern {
            Some(pattern) => self.pattern(pattern),
            None => self.null(),
        }
    }

    fn member_pattern(&mut self, node: &MemberExpression<'p>) {
        open!(self, MemberExpression, node.span, object: member_object(node.object));
        self.property(node.property, node.optional);
        self.json.close_object();
    }

    fn member_object(&mut self, object: MemberObject<'p>) {
        match object {
            MemberObject::Expression(expression) => self.expression(expression),
            MemberObject::Super(span) => self.super_object(span),
        }
    }

    fn object_pattern(&mut self, node: &ObjectPattern<'p>) {
        if self.json.is_too_deep() {
            return;
        }
        node!(self, ObjectPattern, node.span,
            properties: with_rest(node.properties, node.rest, Self::pattern_property));
    }

    fn pattern_property(&mut self, node: &PatternProperty<'p>) {
        node!(self, Property, node.span,
            method: boolean(false),
            shorthand: boolean(node.shorthand),
            computed: boolean(matches!(node.key, PropertyKey::Computed(_))),
            key: property_key(node.key),
            value: pattern_element(&node.element),
            kind: word("init"));
    }

    fn array_pattern(&mut self, node: &ArrayPattern<'p>) {
        if self.json.is_too_deep() {
            return;
        }
        node!(self, ArrayPattern, node.span,
        elements: with_rest(node.elements, node.rest, |this, element| match element {
            Some(element) => this.pattern_element(element),
            None => this.null(),
        }));
    }

    pub(super) fn pattern_element(&mut self, node: &PatternElement<'p>) {
        match node.initializer {
            Some(initializer) => node!(self, AssignmentPattern, node.span,
                left: pattern(node.target),
                right: expression(initializer)),
            None => self.pattern(node.target),
        }
    }

    /// A list that ends with its rest element, if it has one.
    pub(super) fn with_rest<T>(
        &mut self,
        items: &[T],
        rest: Option<&RestElement<'p>>,
        write: impl Fn(&mut Self, &T),
    ) {
        let entries = items.iter().map(Entry::Item).chain(rest.map(Entry::Rest));
        let len = items.len() + usize::from(rest.is_some());
        self.sequence(len, entries, |this, entry| match entry {
            Entry::Item(item) => write(this, item),
            Entry::Rest(rest) => {
                node!(this, RestElement, rest.span, argument: pattern(rest.target));
            }
        });
    }
}
