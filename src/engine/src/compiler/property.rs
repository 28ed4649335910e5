//! Properties, literals of objects and arrays, and `new`.

use axil_grammar::ast::{
    Argument, ArrayElement, ArrayLiteral, ChainExpression, Expression, MemberExpression,
    MemberObject, MemberProperty, MethodKind, NewExpression, ObjectLiteral, Property, PropertyKey,
};

use super::expression::may_assign;
use super::{Compiled, Compiler, not_built};
use crate::bytecode::{Instruction, Register};
use crate::value::Value;

/// A property that is read or written: its object is evaluated, and so is its key.
#[derive(Clone, Copy)]
pub(super) enum Reference {
    /// A property by name: an inline cache that has been made for its key.
    Named { object: Register, key: crate::string::PropertyKey },
    /// A property by value.
    Element { object: Register, key: Register },
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
            return not_built("super", member);
        };
        match member.property {
            MemberProperty::Name(name) => {
                let object = match after {
                    Some(after) => self.stable_value(object, after)?,
                    None => self.value(object)?,
                };
                self.chain_link(member.optional, object);
                Ok(Reference::Named { object, key: self.memory.key(name.text) })
            }
            MemberProperty::Computed(key) => {
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
            MemberProperty::Private(_) => not_built("a private name", member),
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
                let cache = self.state().code.cache(key);
                self.emit(Instruction::GetProperty { dst, object, cache });
            }
            Reference::Element { object, key } => {
                self.emit(Instruction::GetElement { dst, object, key });
            }
        }
    }

    pub(super) fn store_reference(&mut self, reference: Reference, src: Register) {
        let strict = u32::from(self.state().strict);
        match reference {
            Reference::Named { object, key } => {
                let cache = self.state().code.cache(key);
                self.emit(Instruction::SetProperty { object, src, cache, strict });
            }
            Reference::Element { object, key } => {
                self.emit(Instruction::SetElement { object, key, src, strict });
            }
        }
    }

    pub(super) fn member(&mut self, member: &MemberExpression<'a>, dst: Register) -> Compiled {
        let reference = self.reference(member, None)?;
        self.position_of_property(member);
        self.load_reference(reference, dst);
        Ok(())
    }

    /// Errors about a property point at it.
    pub(super) fn position_of_property(&mut self, member: &MemberExpression<'a>) {
        use axil_grammar::ast::Spanned;
        let offset = match member.property {
            MemberProperty::Name(name) => name.span.start,
            MemberProperty::Computed(key) => key.span().start,
            MemberProperty::Private(name) => name.span.start,
        };
        self.state().code.position(offset);
    }

    /// Evaluates a property to be called and its object, into the frame of the call.
    pub(super) fn method(&mut self, member: &MemberExpression<'a>, frame: Register) -> Compiled {
        let this = Register(frame.0 + 3);
        self.scratch(|compiler| match compiler.reference(member, None)? {
            Reference::Named { object, key } => {
                compiler.position_of_property(member);
                let cache = compiler.state().code.cache(key);
                compiler.emit(Instruction::GetMethod { frame, object, cache });
                Ok(())
            }
            Reference::Element { object, key } => {
                compiler.position_of_property(member);
                compiler.emit(Instruction::GetElement { dst: frame, object, key });
                compiler.emit(Instruction::Move { dst: this, src: object });
                Ok(())
            }
        })
    }

    /// Evaluates arguments into the registers that come next.
    pub(super) fn arguments(&mut self, arguments: &'a [Argument<'a>]) -> Compiled {
        for argument in arguments {
            let argument = match argument {
                Argument::Expression(argument) => argument,
                Argument::Spread(spread) => return not_built("spread arguments", *spread),
            };
            let register = self.temporary();
            self.value_into(*argument, register)?;
        }
        Ok(())
    }

    /// Takes the registers of a call's frame, up to `this`.
    pub(super) fn frame(&mut self) -> Register {
        let frame = self.temporary();
        for _ in 0..3 {
            self.temporary();
        }
        frame
    }

    pub(super) fn new_expression(&mut self, new: &NewExpression<'a>, dst: Register) -> Compiled {
        let frame = self.frame();
        self.value_into(new.callee, frame)?;
        self.arguments(new.arguments)?;
        self.position(new);
        let arguments = new.arguments.len() as u32;
        self.emit(Instruction::Construct { frame, arguments, dst });
        Ok(())
    }

    pub(super) fn array(&mut self, array: &ArrayLiteral<'a>, dst: Register) -> Compiled {
        let place = self.temporary();
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
                        return not_built("spread elements", *spread);
                    }
                };
                this.emit(Instruction::AppendElement { array: place, src });
                Ok(())
            })?;
        }
        self.emit(Instruction::Move { dst, src: place });
        Ok(())
    }

    pub(super) fn object(&mut self, object: &ObjectLiteral<'a>, dst: Register) -> Compiled {
        let place = self.temporary();
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
                Property::Method(method) if method.kind == MethodKind::Method => {
                    this.define(place, method.key, Expression::Function(method.value))
                }
                Property::Method(method) => {
                    let key = this.key_value(method.key)?;
                    let function = this.value(Expression::Function(method.value))?;
                    let kind = u32::from(method.kind == MethodKind::Set);
                    this.emit(Instruction::DefineAccessor { object: place, key, function, kind });
                    Ok(())
                }
                Property::Spread(spread) => {
                    let source = this.value(spread.argument)?;
                    this.position(*spread);
                    this.emit(Instruction::CopyProperties { object: place, source });
                    Ok(())
                }
            })?;
        }
        self.emit(Instruction::Move { dst, src: place });
        Ok(())
    }

    fn define_named(&mut self, object: Register, key: crate::string::PropertyKey, src: Register) {
        let cache = self.state().code.cache(key);
        self.emit(Instruction::DefineProperty { object, src, cache });
    }

    fn define(
        &mut self,
        object: Register,
        key: PropertyKey<'a>,
        value: Expression<'a>,
    ) -> Compiled {
        if let PropertyKey::Computed(_) = key {
            let key = self.key_value(key)?;
            let src = self.value(value)?;
            self.emit(Instruction::DefineElement { object, key, src });
            return Ok(());
        }
        if let Some(key) = self.constant_key(key)? {
            let src = self.value(value)?;
            self.define_named(object, key, src);
        }
        Ok(())
    }

    /// The value of a key, in a register.
    fn key_value(&mut self, key: PropertyKey<'a>) -> Compiled<Register> {
        let register = self.temporary();
        if let PropertyKey::Computed(expression) = key {
            self.value_into(expression, register)?;
            self.emit(Instruction::ToPropertyKey { dst: register, src: register });
        } else if let Some(key) = self.constant_key(key)? {
            let value = match key.as_index() {
                Some(index) => Value::from(index),
                None => key.as_cell_value().unwrap_or(Value::UNDEFINED),
            };
            let constant = self.constant(value);
            self.emit(Instruction::LoadConstant { dst: register, constant });
        }
        Ok(register)
    }

    /// The key that needs no evaluation.
    pub(super) fn constant_key(
        &self,
        key: PropertyKey<'a>,
    ) -> Compiled<Option<crate::string::PropertyKey>> {
        Ok(Some(match key {
            PropertyKey::Identifier(name) => self.memory.key(name.text),
            PropertyKey::String(string) => self.memory.key_of_string(self.text(string.value)),
            PropertyKey::Number(number) => {
                self.memory.key(&crate::operators::number_to_string(number.value))
            }
            PropertyKey::Computed(_) => return Ok(None),
            PropertyKey::BigInt(literal) => return not_built("a big integer", literal),
            PropertyKey::Private(name) => return not_built("a private name", name),
        }))
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
