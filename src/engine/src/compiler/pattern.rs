//! Patterns: where the parts of a value go (ECMA-262 §8.6.2, §13.15.5, §14.3.3).

use axil_grammar::Span;
use axil_grammar::ast::{Expression, ObjectPattern, Pattern, PatternElement, PropertyKey};

use super::expression::Target;
use super::property::Reference;
use super::{Compiled, Compiler};
use crate::bytecode::{Instruction, Register};
use crate::value::Value;

/// What is done with the variables of a pattern.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Binding {
    /// They get their first values.
    Initialize,
    /// They are assigned to.
    Assign,
}

/// Where the value comes from that a pattern takes apart, as messages tell it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum PatternSource {
    /// A part of what another pattern takes apart.
    Nested,
    /// An expression.
    Expression(Span),
    /// What is assigned by an operator that stands there; messages name it if there is a
    /// text.
    Assigned(u32, Option<Span>),
    /// An argument.
    Argument,
    /// What a loop goes over.
    Loop,
}

impl PatternSource {
    /// What stands for it in an instruction.
    pub(super) fn number(self) -> u32 {
        match self {
            Self::Nested => 0,
            Self::Expression(_) | Self::Assigned(..) => 1,
            Self::Argument => 2,
            Self::Loop => 3,
        }
    }
}

impl<'a> Compiler<'_, 'a> {
    /// Where the value of the pattern comes from that is compiled next.
    pub(super) fn take_pattern_source(&mut self) -> PatternSource {
        let source = std::mem::replace(&mut self.pattern_source, PatternSource::Nested);
        if let PatternSource::Expression(span) | PatternSource::Assigned(_, Some(span)) = source {
            self.state().code.text(span.start, span.end);
        }
        source
    }

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
                self.position(identifier);
                self.store_identifier(identifier, src)
            }
            (Pattern::Member(member), _) => {
                let reference = self.reference(member, None)?;
                self.position(&pattern);
                self.store_reference(reference, src);
                Ok(())
            }
            (Pattern::Object(object), _) => {
                super::grow(|| self.scratch(|this| this.bind_object(object, src, binding)))
            }
            (Pattern::Array(array), _) => {
                super::grow(|| self.scratch(|this| this.bind_array(array, src, binding)))
            }
            (Pattern::Call(_), _) => {
                let target = self.target(pattern, None)?;
                self.store_target(target, src)
            }
        }
    }

    /// The register for a part of what is taken apart: that of the variable which it is
    /// for, if nobody can look at that before it is initialised.
    pub(super) fn part_register(&mut self, target: Pattern<'a>, binding: Binding) -> Register {
        let own = match (target, binding) {
            (Pattern::Identifier(identifier), Binding::Initialize) => {
                self.unseen_register(identifier)
            }
            _ => None,
        };
        own.unwrap_or_else(|| self.temporary())
    }

    /// Evaluates what an assignment changes before the value for it is known, as far as
    /// there is something to evaluate.
    pub(super) fn target_before(
        &mut self,
        pattern: Pattern<'a>,
        binding: Binding,
    ) -> Compiled<Option<Target<'a>>> {
        match pattern {
            Pattern::Object(_) | Pattern::Array(_) => Ok(None),
            Pattern::Identifier(_) if binding == Binding::Initialize => Ok(None),
            _ => self.target(pattern, None).map(Some),
        }
    }

    /// Gives a value to a target that may have been evaluated.
    pub(super) fn bind_target(
        &mut self,
        target: Option<Target<'a>>,
        pattern: Pattern<'a>,
        src: Register,
        binding: Binding,
    ) -> Compiled {
        match target {
            Some(target) => {
                self.position(&pattern);
                self.store_target(target, src)
            }
            None => self.bind_pattern(pattern, src, binding),
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
            let source = this.pattern_source;
            if let Some(initializer) = element.initializer {
                this.default(src, element.target, initializer)?;
            }
            this.pattern_source = source;
            this.bind_pattern(element.target, src, binding)
        })
    }

    /// Evaluates an expression into a register that holds `undefined`.
    pub(super) fn default(
        &mut self,
        register: Register,
        target: Pattern<'a>,
        initializer: Expression<'a>,
    ) -> Compiled {
        let past = self.label();
        self.emit_jump(Instruction::JumpIfNotUndefined { test: register, to: 0 }, past);
        let name = self.name_for(target, false);
        self.named_value_into(initializer, name, register)?;
        self.bind(past);
        Ok(())
    }

    fn bind_object(
        &mut self,
        pattern: &ObjectPattern<'a>,
        src: Register,
        binding: Binding,
    ) -> Compiled {
        match (pattern.properties, &pattern.rest) {
            ([first, ..], _) => self.position(first),
            ([], Some(rest)) => self.position(&rest.target),
            ([], None) => self.position(pattern),
        }
        let source = self.take_pattern_source().number();
        let first = pattern.properties.first().and_then(|first| match first.key {
            PropertyKey::Computed(_) => None,
            key => self.constant_key(key).and_then(|key| self.name_of_key(key)),
        });
        let key = self.constant(first.map_or(Value::UNDEFINED, Value::cell));
        self.emit(Instruction::RequireObjectCoercible { src, key, source });
        // What the rest is without: the keys of all properties before, in registers
        // behind that of the rest.
        let rest = pattern.rest.map(|rest| {
            let first =
                self.temporaries(u16::try_from(pattern.properties.len() + 1).unwrap_or(u16::MAX));
            (rest, first)
        });
        for (index, property) in pattern.properties.iter().enumerate() {
            let excluded =
                rest.map(|(_, first)| Register(first.0.saturating_add(1 + index as u16)));
            self.scratch(|this| {
                let reference = match this.constant_key(property.key) {
                    Some(key) => {
                        if let Some(excluded) = excluded {
                            this.load_key(key, excluded);
                        }
                        Reference::Named { object: src, key }
                    }
                    None => {
                        let key = this.key_value(property.key)?;
                        if let Some(dst) = excluded {
                            this.emit(Instruction::Move { dst, src: key });
                        }
                        Reference::Element { object: src, key }
                    }
                };
                let target = this.target_before(property.element.target, binding)?;
                let value = this.part_register(property.element.target, binding);
                this.position(property);
                let reference = match reference {
                    Reference::Named { object, key } if key.as_index().is_some() => {
                        let register = this.temporary();
                        this.load_key(key, register);
                        Reference::Element { object, key: register }
                    }
                    reference => reference,
                };
                this.load_reference(reference, value);
                if let Some(initializer) = property.element.initializer {
                    this.default(value, property.element.target, initializer)?;
                }
                this.bind_target(target, property.element.target, value, binding)
            })?;
        }
        if let Some((rest, object)) = rest {
            let target = self.target_before(rest.target, binding)?;
            self.emit(Instruction::NewObject { dst: object, slots: 0 });
            let excluded = pattern.properties.len() as u32;
            self.emit(Instruction::CopyOtherProperties { object, source: src, excluded });
            self.bind_target(target, rest.target, object, binding)?;
        }
        Ok(())
    }
}
