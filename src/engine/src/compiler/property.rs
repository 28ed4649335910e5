//! Properties, literals of objects and arrays, and `new`.

use axil_grammar::ast::{
    ArrayElement, ArrayLiteral, ChainExpression, Expression, MemberExpression, MemberObject,
    MemberProperty, ObjectLiteral, Property, PropertyKey,
};

use super::class::is_anonymous_function;
use super::expression::may_assign;
use super::{Compiled, Compiler, PropertyName};
use crate::bytecode::{Instruction, Register};
use crate::heap::Gc;
use crate::object::LiteralForm;
use crate::value::Value;

/// An object literal with more properties is made one by one: their values would want as
/// many registers.
const MOST_AT_ONCE: usize = 16;

/// A property that is read or written: its object is evaluated, and so is its key.
#[derive(Clone, Copy)]
pub(super) enum Reference {
    /// A property by name: an inline cache that has been made for its key.
    Named { object: Register, key: crate::string::PropertyKey },
    /// A property by value.
    Element { object: Register, key: Register },
    /// A private name.
    Private { object: Register, name: Register },
    /// A property of `super`: object, `this` and key in three registers.
    Super { object: Register },
}

impl<'a> Compiler<'_, 'a> {
    /// Evaluates object and key of a property; both stay what they are while `after`
    /// is evaluated.
    pub(super) fn reference(
        &mut self,
        member: &MemberExpression<'a>,
        after: Option<Expression<'a>>,
    ) -> Compiled<Reference> {
        let MemberObject::Expression(object) = member.object else {
            return self.super_reference(member).map(|object| Reference::Super { object });
        };
        match member.property {
            MemberProperty::Name(name) => {
                let key = self.memory.key(name.text);
                if after.is_some() && matches!(object, Expression::This(_)) {
                    self.note_instance_property(key);
                }
                let object = match after {
                    Some(after) => self.stable_value(object, after)?,
                    None => self.value(object)?,
                };
                self.chain_link(member.optional, object);
                Ok(Reference::Named { object, key })
            }
            MemberProperty::Computed(key) => {
                // A key that a variable holds is most often one symbol, always the same.
                if let (true, Expression::This(_), Expression::Identifier(variable)) =
                    (after.is_some(), object, key)
                {
                    self.note_instance_property(self.memory.key(variable.name.as_str()));
                }
                let object = match after {
                    Some(_) if may_assign(key) => {
                        let place = self.temporary();
                        self.value_into(object, place)?;
                        place
                    }
                    Some(after) => self.stable_value(object, after)?,
                    None => self.stable_value(object, key)?,
                };
                self.chain_link(member.optional, object);
                let key = match after {
                    Some(after) => self.stable_value(key, after)?,
                    None => self.value(key)?,
                };
                Ok(Reference::Element { object, key })
            }
            MemberProperty::Private(name) => {
                let object = match after {
                    Some(after) => self.stable_value(object, after)?,
                    None => self.value(object)?,
                };
                self.chain_link(member.optional, object);
                let name = self.private_name(name)?;
                Ok(Reference::Private { object, name })
            }
        }
    }

    /// The function gives a property to `this`.
    fn note_instance_property(&mut self, key: crate::string::PropertyKey) {
        // Keys are kept alive by the caches that are made for them.
        let name = PropertyName(key.bits());
        let known = &mut self.state().instance_properties;
        if known.len() < usize::from(u8::MAX) && !known.contains(&name) {
            known.push(name);
        }
    }

    /// Where `?.` stands: all that follows is skipped if there is nothing.
    pub(super) fn chain_link(&mut self, optional: bool, test: Register) {
        if optional && let Some(end) = self.state().chains.last().copied() {
            self.emit_jump(Instruction::JumpIfNullish { test, to: 0 }, end);
        }
    }

    /// An optional chain: `undefined` if a link is nullish.
    pub(super) fn chain(&mut self, chain: &ChainExpression<'a>, dst: Register) -> Compiled {
        let (nullish, end) = (self.label(), self.label());
        self.state().chains.push(nullish);
        self.value_into(chain.expression, dst)?;
        self.state().chains.pop();
        self.jump(end);
        self.bind(nullish);
        self.emit(Instruction::LoadUndefined { dst });
        self.bind(end);
        Ok(())
    }

    pub(super) fn load_reference(&mut self, reference: Reference, dst: Register) {
        match reference {
            Reference::Named { object, key } => {
                let is_length = key == self.memory.keys().length;
                match self.state().code.cache(key) {
                    Some(cache) if is_length => {
                        self.emit(Instruction::GetLength { dst, object, cache });
                    }
                    Some(cache) => self.emit(Instruction::GetProperty { dst, object, cache }),
                    None => self.by_key(key, |key| Instruction::GetElement { dst, object, key }),
                }
            }
            Reference::Element { object, key } => {
                self.emit(Instruction::GetElement { dst, object, key });
            }
            Reference::Private { object, name } => {
                self.emit(Instruction::GetPrivate { dst, object, name });
            }
            Reference::Super { object } => {
                let key = Register(object.0 + 2);
                self.emit(Instruction::GetSuper { dst, object, key });
            }
        }
    }

    pub(super) fn store_reference(&mut self, reference: Reference, src: Register) {
        let strict = u32::from(self.state().strict);
        match reference {
            Reference::Named { object, key } => match self.state().code.cache(key) {
                Some(cache) => {
                    self.emit(Instruction::SetProperty { object, src, cache, strict });
                }
                None => {
                    self.by_key(key, |key| Instruction::SetElement { object, key, src, strict });
                }
            },
            Reference::Element { object, key } => {
                self.emit(Instruction::SetElement { object, key, src, strict });
            }
            Reference::Private { object, name } => {
                self.emit(Instruction::SetPrivate { object, name, src });
            }
            Reference::Super { object } => {
                let key = Register(object.0 + 2);
                self.emit(Instruction::SetSuper { object, key, src, strict });
            }
        }
    }

    pub(super) fn member(&mut self, member: &MemberExpression<'a>, dst: Register) -> Compiled {
        let reference = self.reference(member, None)?;
        self.position_of_property(member);
        self.load_reference(reference, dst);
        Ok(())
    }

    pub(super) fn array(&mut self, array: &ArrayLiteral<'a>, dst: Register) -> Compiled {
        let place = self.workplace(dst);
        let capacity = array.elements.len() as u32;
        self.emit(Instruction::NewArray { dst: place, capacity });
        for element in array.elements {
            self.scratch(|this| {
                let src = match element {
                    ArrayElement::Elision => {
                        let hole = this.temporary();
                        this.emit(Instruction::LoadEmpty { dst: hole });
                        hole
                    }
                    ArrayElement::Expression(expression) => this.value(*expression)?,
                    ArrayElement::Spread(spread) => {
                        let src = this.value(spread.argument)?;
                        this.position(&spread.argument);
                        this.named(&spread.argument);
                        this.emit(Instruction::AppendIterable { array: place, src, to_call: 0 });
                        return Ok(());
                    }
                };
                this.emit(Instruction::AppendElement { array: place, src });
                Ok(())
            })?;
        }
        self.copy(dst, place);
        Ok(())
    }

    pub(super) fn object(&mut self, object: &ObjectLiteral<'a>, dst: Register) -> Compiled {
        if let Some(literal) = self.plain_literal(object) {
            return self.plain_object(object, literal, dst);
        }
        let place = self.workplace(dst);
        let slots = object.properties.len() as u32;
        self.emit(Instruction::NewObject { dst: place, slots });
        for property in object.properties {
            self.scratch(|this| match property {
                Property::KeyValue(pair) if names_prototype(pair.key) => {
                    let src = this.value(pair.value)?;
                    this.emit(Instruction::SetLiteralPrototype { object: place, src });
                    Ok(())
                }
                Property::KeyValue(pair) => this.define(place, pair.key, pair.value),
                Property::Shorthand(shorthand) => {
                    let src = this.value(Expression::Identifier(shorthand.name))?;
                    let key = this.memory.key(shorthand.name.name.as_str());
                    this.define_named(place, key, src);
                    Ok(())
                }
                Property::Method(method) => {
                    let (key, value) = (method.key, method.value);
                    this.method_definition(key, value, method.kind, place, (method.span.start, 0))
                }
                Property::Spread(spread) => {
                    let source = this.value(spread.argument)?;
                    this.position(*spread);
                    this.emit(Instruction::CopyProperties { object: place, source });
                    Ok(())
                }
            })?;
        }
        self.copy(dst, place);
        Ok(())
    }

    /// What an object literal is whose keys are all different names and whose properties
    /// are all values: the constant.
    fn plain_literal(&mut self, object: &ObjectLiteral<'a>) -> Option<u32> {
        if !(1..=MOST_AT_ONCE).contains(&object.properties.len()) {
            return None;
        }
        let mut keys = self.memory.rooted_vec();
        for property in object.properties {
            let key = match property {
                Property::KeyValue(pair) if !names_prototype(pair.key) => {
                    self.constant_key(pair.key)?
                }
                Property::Shorthand(shorthand) => self.memory.key(shorthand.name.name.as_str()),
                _ => return None,
            };
            if key.is_index() || keys.as_slice().contains(&key) {
                return None;
            }
            keys.push(key);
        }
        let literal = Gc::<LiteralForm>::new(self.memory, keys.as_slice());
        let constant = self.constant(Value::cell(literal));
        u16::try_from(constant).is_ok().then_some(constant)
    }

    /// An object that is made when all values are there.
    fn plain_object(
        &mut self,
        object: &ObjectLiteral<'a>,
        literal: u32,
        dst: Register,
    ) -> Compiled {
        let values = self.temporaries(object.properties.len() as u16);
        for (number, property) in (0..).zip(object.properties) {
            let value = Register(values.0 + number);
            match property {
                Property::KeyValue(pair) => {
                    let key = self.constant_key(pair.key);
                    let name = key.and_then(|key| self.name_of_key(key));
                    self.named_value_into(pair.value, name, value)?;
                }
                Property::Shorthand(shorthand) => {
                    self.value_into(Expression::Identifier(shorthand.name), value)?;
                }
                Property::Method(_) | Property::Spread(_) => {}
            }
        }
        self.emit(Instruction::NewObjectOf { dst, values, literal });
        Ok(())
    }

    pub(super) fn define_named(
        &mut self,
        object: Register,
        key: crate::string::PropertyKey,
        src: Register,
    ) {
        match self.state().code.cache(key) {
            Some(cache) => self.emit(Instruction::DefineProperty { object, src, cache }),
            None => self.by_key(key, |key| Instruction::DefineElement { object, key, src }),
        }
    }

    fn define(
        &mut self,
        object: Register,
        key: PropertyKey<'a>,
        value: Expression<'a>,
    ) -> Compiled {
        let Some(constant) = self.constant_key(key) else {
            let key = self.key_value(key)?;
            let src = self.value(value)?;
            if is_anonymous_function(value) {
                self.emit(Instruction::SetFunctionName { function: src, key, kind: 0 });
            }
            self.emit(Instruction::DefineElement { object, key, src });
            return Ok(());
        };
        let src = if is_anonymous_function(value) {
            let dst = self.temporary();
            let name = self.name_of_key(constant);
            self.named_value_into(value, name, dst)?;
            dst
        } else {
            self.value(value)?
        };
        self.define_named(object, constant, src);
        Ok(())
    }

    /// The value of a key, in a register.
    pub(super) fn key_value(&mut self, key: PropertyKey<'a>) -> Compiled<Register> {
        let register = self.temporary();
        if let PropertyKey::Computed(expression) = key {
            self.scratch(|this| {
                let src = this.value(expression)?;
                this.position(&expression);
                this.emit(Instruction::ToPropertyKey { dst: register, src });
                Ok(())
            })?;
        } else if let Some(key) = self.constant_key(key) {
            self.load_key(key, register);
        }
        Ok(register)
    }

    /// The key that needs no evaluation.
    pub(super) fn constant_key(&self, key: PropertyKey<'a>) -> Option<crate::string::PropertyKey> {
        Some(match key {
            PropertyKey::Identifier(name) => self.memory.key(name.text),
            PropertyKey::String(string) => self.memory.key_of_string(self.text(string.value)),
            PropertyKey::Number(number) => {
                self.memory.key(&crate::operators::number_to_string(number.value))
            }
            PropertyKey::BigInt(literal) => {
                let value = crate::bigint::parse_literal(self.memory, literal.digits)?;
                self.memory.key(&crate::bigint::to_text(value, 10))
            }
            PropertyKey::Computed(_) | PropertyKey::Private(_) => return None,
        })
    }
}

/// Whether a property with a colon sets the prototype (Annex B.3.1).
fn names_prototype(key: PropertyKey<'_>) -> bool {
    match key {
        PropertyKey::Identifier(name) => name.text == "__proto__",
        PropertyKey::String(string) => string.value.as_bytes() == b"__proto__",
        _ => false,
    }
}
