//! Patterns: where the parts of a value go (ECMA-262 §8.6.2, §13.15.5, §14.3.3).

use axil_grammar::ast::{Expression, ObjectPattern, Pattern, PatternElement, PropertyKey};

use super::property::Reference;
use super::{Compiled, Compiler, not_built};
use crate::bytecode::{Instruction, Register};

/// What is done with the variables of a pattern.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Binding {
    /// They get their first values.
    Initialize,
    /// They are assigned to.
    Assign,
}

impl<'a> Compiler<'_, 'a> {
    /// Gives a value to a target.
    pub(super) fn bind_pattern(
        &mut self,
        pattern: Pattern<'a>,
        src: Register,
        binding: Binding,
    ) -> Compiled {
        match (pattern, binding) {
            (Pattern::Identifier(identifier), Binding::Initialize) => {
                self.initialize_identifier(identifier, src)
            }
            (Pattern::Identifier(identifier), Binding::Assign) => {
                self.store_identifier(identifier, src)
            }
            (Pattern::Member(member), _) => {
                let reference = self.reference(member, None)?;
                self.position_of_property(member);
                self.store_reference(reference, src);
                Ok(())
            }
            (Pattern::Object(object), _) => {
                stacker::maybe_grow(128 << 10, 4 << 20, || self.bind_object(object, src, binding))
            }
            (Pattern::Array(array), _) => not_built("an array pattern", array),
            (Pattern::Call(_), _) => not_built("a call that is assigned to", &pattern),
        }
    }

    /// Gives a value to a target, or another one in the place of `undefined`.
    pub(super) fn bind_element(
        &mut self,
        element: &PatternElement<'a>,
        src: Register,
        binding: Binding,
    ) -> Compiled {
        self.scratch(|this| {
            if let Some(initializer) = element.initializer {
                this.default(src, initializer)?;
            }
            this.bind_pattern(element.target, src, binding)
        })
    }

    /// Evaluates an expression into a register that holds `undefined`.
    pub(super) fn default(&mut self, register: Register, initializer: Expression<'a>) -> Compiled {
        let past = self.label();
        self.emit_jump(Instruction::JumpIfNotUndefined { test: register, to: 0 }, past);
        self.value_into(initializer, register)?;
        self.bind(past);
        Ok(())
    }

    fn bind_object(
        &mut self,
        pattern: &ObjectPattern<'a>,
        src: Register,
        binding: Binding,
    ) -> Compiled {
        if let Some(rest) = pattern.rest {
            return not_built("the rest of an object pattern", rest);
        }
        self.position(pattern);
        self.emit(Instruction::RequireObjectCoercible { src });
        for property in pattern.properties {
            self.scratch(|this| {
                let value = this.temporary();
                let reference = match property.key {
                    PropertyKey::Computed(expression) => {
                        let key = this.temporary();
                        this.value_into(expression, key)?;
                        this.emit(Instruction::ToPropertyKey { dst: key, src: key });
                        Reference::Element { object: src, key }
                    }
                    key => match this.constant_key(key)? {
                        Some(key) => Reference::Named { object: src, key },
                        None => return not_built("this key", property),
                    },
                };
                this.position(property);
                this.load_reference(reference, value);
                this.bind_element(&property.element, value, binding)
            })?;
        }
        Ok(())
    }
}
