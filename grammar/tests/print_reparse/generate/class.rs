//! Classes.

use axil_grammar::ast::*;

use super::{Generator, NOWHERE, Place, no_facts, no_scope};

impl<'a> Generator<'a, '_> {
    pub fn class(&mut self, id: Option<&'a Identifier<'a>>) -> &'a Class<'a> {
        let place = Place { strict: true, ..self.place.clone() };
        self.at(place, |this| {
            let superclass = this.maybe(Self::expression);
            let own: Vec<_> = this.some(2, Self::fresh);
            this.place.private_names.extend(&own);
            let mut elements = this.some(3, Self::class_element);
            for name in own {
                let key = PropertyKey::Private(
                    this.arena.alloc(PrivateIdentifier { span: NOWHERE, name }),
                );
                elements.push(this.element_with_key(key));
            }
            if this.choices.flip() {
                elements.push(this.constructor(superclass.is_some()));
            }
            this.arena.alloc(Class {
                span: NOWHERE,
                id,
                superclass,
                body_span: NOWHERE,
                elements: this.slice(elements),
                scope: no_scope(),
            })
        })
    }

    fn class_element(&mut self) -> ClassElement<'a> {
        if self.choices.rarely(5) {
            return ClassElement::StaticBlock(self.static_block());
        }
        let key = self.property_key();
        self.element_with_key(key)
    }

    fn element_with_key(&mut self, key: PropertyKey<'a>) -> ClassElement<'a> {
        let (span, is_static) = (NOWHERE, self.choices.flip());
        if self.choices.flip() {
            let kind = self.method_kind();
            let value = self.method_function(kind, false);
            let method = ClassMethod { span, is_static, kind, key, value };
            return ClassElement::Method(self.arena.alloc(method));
        }
        let place = self.initializer_place();
        let value = self.at(place, |this| this.maybe(Self::expression));
        let (scope, facts) = (no_scope(), no_facts());
        ClassElement::Field(self.arena.alloc(ClassField {
            span,
            is_static,
            key,
            value,
            scope,
            facts,
        }))
    }

    /// Inside a field's initialiser or a static block.
    fn initializer_place(&self) -> Place<'a> {
        Place {
            strict: true,
            new_target: true,
            super_property: true,
            private_names: self.place.private_names.clone(),
            ..Place::default()
        }
    }

    fn static_block(&mut self) -> &'a StaticBlock<'a> {
        let place = self.initializer_place();
        let statements = self.at(place, |this| this.list(2));
        self.arena.alloc(StaticBlock {
            span: NOWHERE,
            statements: self.slice(statements),
            hoisted: None,
            scope: no_scope(),
            facts: no_facts(),
        })
    }

    fn constructor(&mut self, derived: bool) -> ClassElement<'a> {
        let kind = MethodKind::Constructor;
        let name = IdentifierName { span: NOWHERE, text: "constructor" };
        let key = PropertyKey::Identifier(self.arena.alloc(name));
        let value = self.method_function(kind, derived);
        let method = ClassMethod { span: NOWHERE, is_static: false, kind, key, value };
        ClassElement::Method(self.arena.alloc(method))
    }
}
