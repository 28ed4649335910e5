//! What a function takes from its call: `this`, the function itself, `new.target`.
//!
//! Arrow functions and direct evals have those of the function around them. Of what they
//! ask for, that function keeps a copy in its environment; for itself it has its frame.
//! Only where `super()` has yet to bind `this`, all look in the environment.

use axil_grammar::ast::{MemberExpression, MemberProperty};
use axil_grammar::scope::FunctionFacts;

use super::{Compiled, Compiler, Place};
use crate::bytecode::{Instruction, Kept, Register};
use crate::string::PropertyKey;
use crate::value::Value;

/// Where a function finds what its call has given it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Receiver {
    /// In its frame; functions further in, in the environment that it keeps it in.
    Frame,
    /// In an environment around an eval: an index among [`Compiler::environments`].
    Environment(usize),
    /// Where the function around it does.
    Outer,
    /// Nowhere: `this` is the global object.
    Global,
    /// Nowhere: `this` is `undefined`.
    Module,
}

/// How many of the three a function keeps in an environment: `this`, and after it the
/// function, and after it `new.target`.
pub(super) fn count_of_kept(facts: FunctionFacts, is_derived: bool) -> u32 {
    let captures = FunctionFacts::CAPTURES_THIS | FunctionFacts::DIRECT_EVAL;
    let all = FunctionFacts::USES_NEW_TARGET | FunctionFacts::DIRECT_EVAL;
    if !facts.intersects(captures) {
        0
    } else if is_derived || facts.intersects(all) {
        3
    } else if facts.contains(FunctionFacts::USES_SUPER) {
        2
    } else {
        1
    }
}

impl<'a> Compiler<'_, 'a> {
    /// The function whose `this` is meant at this place, and where it has it.
    fn owner(&self) -> (usize, Receiver) {
        let functions = self.functions.iter().enumerate().rev();
        let mut owners = functions.map(|(index, function)| (index, function.receiver));
        owners.find(|(_, receiver)| *receiver != Receiver::Outer).unwrap_or((0, Receiver::Global))
    }

    /// The environment in which this place finds what a call has given: the number of one
    /// of its variables. None if that is in the frame, or nowhere.
    fn kept(&self, variable: impl FnOnce(Kept) -> u32) -> Option<Place> {
        let (owner, receiver) = self.owner();
        let environment = match receiver {
            Receiver::Environment(environment) => environment,
            Receiver::Frame if owner + 1 < self.functions.len() => self.functions[owner].kept?,
            _ => return None,
        };
        let kept = self.environments[environment].kept?;
        Some(Place::Environment { environment, index: variable(kept) })
    }

    /// Where `this` is, if it is not in the frame.
    fn place_of_this(&self) -> Option<Place> {
        let state = self.functions.last();
        match state.and_then(|state| state.kept.filter(|_| state.is_derived)) {
            Some(environment) => {
                let kept = self.environments[environment].kept?;
                Some(Place::Environment { environment, index: kept.this() })
            }
            None => self.kept(Kept::this),
        }
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
        if let Some(place) = self.place_of_this() {
            self.load_place(place, dst);
            return;
        }
        self.emit(match self.owner().1 {
            Receiver::Global => Instruction::LoadGlobalThis { dst },
            Receiver::Module => Instruction::LoadUndefined { dst },
            _ => Instruction::LoadThis { dst },
        });
    }

    /// Binds `this` to what `super()` has given.
    pub(super) fn bind_this(&mut self, src: Register) {
        let next = self.state().next;
        let bound = self.temporary();
        self.load_unchecked_this(bound);
        self.emit(Instruction::CheckThisUnbound { value: bound });
        self.state().next = next;
        match self.place_of_this() {
            Some(place) => self.store_place(place, src),
            None => self.emit(Instruction::StoreThis { src }),
        }
    }

    /// Loads the function whose `super` is meant.
    pub(super) fn load_callee(&mut self, dst: Register) {
        match self.kept(Kept::callee) {
            Some(place) => self.load_place(place, dst),
            None => self.emit(Instruction::LoadCallee { dst }),
        }
    }

    /// Reads `new.target`.
    pub(super) fn load_new_target(&mut self, dst: Register) {
        if let Some(place) = self.kept(Kept::new_target) {
            self.load_place(place, dst);
            return;
        }
        let (owner, receiver) = self.owner();
        self.emit(match self.functions[owner].new_target {
            Some(src) if receiver == Receiver::Frame => Instruction::Move { dst, src },
            _ => Instruction::LoadUndefined { dst },
        });
    }

    /// Puts what the call has given into the environment entered last, where functions
    /// further in find it.
    pub(super) fn keep_receiver(&mut self, first: u32, count: u32) {
        let Some(environment) = self.environments.len().checked_sub(1) else { return };
        let is_derived = self.state().is_derived;
        let kept = Kept { first, count, is_derived };
        self.environments[environment].kept = Some(kept);
        let place = |index| Place::Environment { environment, index };
        self.store_place(place(kept.this()), Register::THIS);
        if count > 1 {
            let src = self.temporary();
            self.emit(Instruction::LoadCallee { dst: src });
            self.store_place(place(kept.callee()), src);
            if count > 2 {
                let new_target = self.state().new_target.unwrap_or_else(|| {
                    self.emit(Instruction::LoadUndefined { dst: src });
                    src
                });
                self.store_place(place(kept.new_target()), new_target);
            }
            self.state().next -= 1;
        }
        self.state().kept = Some(environment);
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
