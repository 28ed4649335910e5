//! What a function takes from its call: `this`, the function itself, `new.target`.
//!
//! Arrow functions and direct evals have those of the function around them. Where they
//! ask for one, that function keeps all three in an environment.

use axil_grammar::ast::{MemberExpression, MemberProperty};

use super::{Compiled, Compiler, Place};
use crate::bytecode::{Instruction, Register};
use crate::string::PropertyKey;
use crate::value::Value;

/// Where a function finds what its call has given it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Receiver {
    /// In its frame.
    Frame,
    /// In an environment: an index among [`Compiler::environments`].
    Environment(usize),
    /// Where the function around it does.
    Outer,
    /// Nowhere: `this` is the global object.
    Global,
    /// Nowhere: `this` is `undefined`.
    Module,
}

/// The variables of an environment that keeps them.
const THIS: u32 = 0;
const CALLEE: u32 = 1;
const NEW_TARGET: u32 = 2;

impl<'a> Compiler<'_, 'a> {
    /// The function whose `this` is meant at this place, and where it has it.
    fn owner(&self) -> (usize, Receiver) {
        let functions = self.functions.iter().enumerate().rev();
        let mut owners = functions.map(|(index, function)| (index, function.receiver));
        owners.find(|(_, receiver)| *receiver != Receiver::Outer).unwrap_or((0, Receiver::Global))
    }

    /// Whether `this` may not be bound yet.
    pub(super) fn this_is_derived(&self) -> bool {
        let (owner, _) = self.owner();
        self.functions[owner].is_derived
    }

    /// Whether `this` is sure to be what the frame has for it.
    pub(super) fn has_this_in_frame(&self) -> bool {
        let state = self.functions.last();
        state.is_some_and(|state| state.receiver == Receiver::Frame && !state.is_derived)
    }

    /// Reads `this`.
    pub(super) fn load_this(&mut self, dst: Register) {
        self.load_unchecked_this(dst);
        if self.this_is_derived() {
            self.emit(Instruction::CheckThis { value: dst });
        }
    }

    /// Reads `this`; no value if it is not bound yet.
    pub(super) fn load_unchecked_this(&mut self, dst: Register) {
        match self.owner().1 {
            Receiver::Frame | Receiver::Outer => self.emit(Instruction::LoadThis { dst }),
            Receiver::Global => self.emit(Instruction::LoadGlobalThis { dst }),
            Receiver::Module => self.emit(Instruction::LoadUndefined { dst }),
            Receiver::Environment(environment) => {
                self.load_place(Place::Environment { environment, index: THIS }, dst);
            }
        }
    }

    /// Binds `this` to what `super()` has given.
    pub(super) fn bind_this(&mut self, src: Register) {
        let next = self.state().next;
        let bound = self.temporary();
        self.load_unchecked_this(bound);
        self.emit(Instruction::CheckThisUnbound { value: bound });
        self.state().next = next;
        match self.owner().1 {
            Receiver::Environment(environment) => {
                self.store_place(Place::Environment { environment, index: THIS }, src);
            }
            _ => self.emit(Instruction::StoreThis { src }),
        }
    }

    /// Loads the function whose `super` is meant.
    pub(super) fn load_callee(&mut self, dst: Register) {
        match self.owner().1 {
            Receiver::Environment(environment) => {
                self.load_place(Place::Environment { environment, index: CALLEE }, dst);
            }
            _ => self.emit(Instruction::LoadCallee { dst }),
        }
    }

    /// Reads `new.target`.
    pub(super) fn load_new_target(&mut self, dst: Register) {
        let (owner, receiver) = self.owner();
        match (receiver, self.functions[owner].new_target) {
            (Receiver::Environment(environment), _) => {
                self.load_place(Place::Environment { environment, index: NEW_TARGET }, dst);
            }
            (Receiver::Frame, Some(src)) => self.emit(Instruction::Move { dst, src }),
            _ => self.emit(Instruction::LoadUndefined { dst }),
        }
    }

    /// Puts what the call has given where functions further in find it.
    pub(super) fn capture_receiver(&mut self) {
        let environment = self.push_environment(3);
        let src = self.temporary();
        let place = |index| Place::Environment { environment, index };
        self.emit(Instruction::LoadThis { dst: src });
        self.store_place(place(THIS), src);
        self.emit(Instruction::LoadCallee { dst: src });
        self.store_place(place(CALLEE), src);
        if let Some(new_target) = self.state().new_target {
            self.store_place(place(NEW_TARGET), new_target);
        } else {
            self.emit(Instruction::LoadUndefined { dst: src });
            self.store_place(place(NEW_TARGET), src);
        }
        let is_derived = self.state().is_derived;
        self.environments[environment].receiver = Some(is_derived);
        self.state().receiver = Receiver::Environment(environment);
    }

    /// Loads what a property of `super` is looked for with: the object, `this` after
    /// it, and the key, in three registers.
    pub(super) fn super_reference(&mut self, member: &MemberExpression<'a>) -> Compiled<Register> {
        let object = self.temporaries(3);
        let (this, key) = (Register(object.0 + 1), Register(object.0 + 2));
        self.load_this(this);
        match member.property {
            MemberProperty::Computed(expression) => self.value_into(expression, key)?,
            MemberProperty::Name(name) => {
                let name = self.memory.key(name.text);
                self.load_key(name, key);
            }
            MemberProperty::Private(name) => {
                return super::not_built("a private name of super", name);
            }
        }
        self.load_callee(object);
        self.emit(Instruction::LoadSuper { dst: object, function: object });
        Ok(object)
    }

    /// Loads a property key as a value.
    pub(super) fn load_key(&mut self, key: PropertyKey, dst: Register) {
        let value = match key.as_index() {
            Some(index) => Value::from(index),
            None => key.as_cell_value().unwrap_or(Value::UNDEFINED),
        };
        let constant = self.constant(value);
        self.emit(Instruction::LoadConstant { dst, constant });
    }
}
