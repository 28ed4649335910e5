//! Patterns.

use axil_grammar::ast::*;

use super::{Generator, NOWHERE};

impl<'a> Generator<'a, '_> {
    /// A target that is no pattern.
    pub fn simple_target(&mut self) -> Pattern<'a> {
        if self.choices.flip() {
            Pattern::Member(self.member(false))
        } else {
            Pattern::Identifier(self.reference())
        }
    }

    /// Anything that can be assigned to.
    pub fn assignment_target(&mut self) -> Pattern<'a> {
        if self.room == 0 {
            return Pattern::Identifier(self.reference());
        }
        self.pattern(&mut Self::simple_target)
    }

    /// A pattern that declares fresh names.
    pub fn binding(&mut self) -> Pattern<'a> {
        self.pattern(&mut |this| Pattern::Identifier(this.fresh_identifier()))
    }

    fn pattern(&mut self, leaf: &mut dyn FnMut(&mut Self) -> Pattern<'a>) -> Pattern<'a> {
        if self.room == 0 {
            return leaf(self);
        }
        self.room -= 1;
        let pattern = match self.choices.below(5) {
            3 => self.object_pattern(leaf),
            4 => self.array_pattern(leaf),
            _ => leaf(self),
        };
        self.room += 1;
        pattern
    }

    fn object_pattern(&mut self, leaf: &mut dyn FnMut(&mut Self) -> Pattern<'a>) -> Pattern<'a> {
        let properties = self.some(3, |this| this.pattern_property(leaf));
        // The target of a rest property is no pattern.
        let rest = self.maybe(|this| this.rest(leaf));
        let (span, properties) = (NOWHERE, self.slice(properties));
        Pattern::Object(self.arena.alloc(ObjectPattern { span, properties, rest }))
    }

    fn pattern_property(
        &mut self,
        leaf: &mut dyn FnMut(&mut Self) -> Pattern<'a>,
    ) -> PatternProperty<'a> {
        let element = self.pattern_element(leaf);
        let mut key = self.property_key();
        let mut shorthand = self.choices.flip();
        match element.target {
            Pattern::Identifier(identifier) if shorthand => {
                let text = identifier.name.as_str();
                let name = self.arena.alloc(IdentifierName { span: NOWHERE, text });
                key = PropertyKey::Identifier(name);
            }
            _ => shorthand = false,
        }
        PatternProperty { span: NOWHERE, key, shorthand, element }
    }

    fn array_pattern(&mut self, leaf: &mut dyn FnMut(&mut Self) -> Pattern<'a>) -> Pattern<'a> {
        let elements = self.some(3, |this| match this.choices.below(4) {
            3 => None,
            _ => Some(this.pattern_element(leaf)),
        });
        let rest = self.maybe(|this| {
            let target = this.pattern(leaf);
            &*this.arena.alloc(RestElement { span: NOWHERE, target })
        });
        let (span, elements) = (NOWHERE, self.slice(elements));
        Pattern::Array(self.arena.alloc(ArrayPattern { span, elements, rest }))
    }

    pub fn pattern_element(
        &mut self,
        leaf: &mut dyn FnMut(&mut Self) -> Pattern<'a>,
    ) -> PatternElement<'a> {
        let target = self.pattern(leaf);
        let initializer = self.maybe(Self::expression);
        PatternElement { span: NOWHERE, target, initializer }
    }

    pub fn rest(&mut self, leaf: &mut dyn FnMut(&mut Self) -> Pattern<'a>) -> &'a RestElement<'a> {
        let target = leaf(self);
        self.arena.alloc(RestElement { span: NOWHERE, target })
    }
}
