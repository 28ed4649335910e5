//! Calls from native code.

use std::cell::Cell;

use super::entry::{enter, enter_slowly};
use super::frame::{FRAME, ReturnTo, mark_constructing};
use crate::bytecode::CodeFlags;
use crate::heap::{Gc, RootedVec};
use crate::kinds;
use crate::object::{BoundFunction, Function, Proxy};
use crate::operators::{as_object, is_constructor};
use crate::value::Value;
use crate::vm::dispatch::{self, HALTED};
use crate::vm::{Completion, Coroutine, Throw, Vm};

impl Vm {
    pub(super) fn this_for(&mut self, function: Gc<Function>, new_target: Value) -> Completion {
        if function.code.flags.contains(CodeFlags::DERIVED) {
            return Ok(Value::EMPTY);
        }
        let Some(new_target) = as_object(new_target) else { return Ok(Value::UNDEFINED) };
        self.new_instance(new_target).map(Value::cell)
    }

    /// Calls a function.
    ///
    /// # Errors
    /// What the function throws; a `TypeError` if it is none.
    pub fn call(&mut self, callee: Value, this: Value, arguments: &[Value]) -> Completion {
        self.call_with(callee, this, arguments, Value::UNDEFINED)
    }

    /// Runs the function that has been entered in a frame, to its end.
    ///
    /// # Safety
    /// It returns to native code; the pointers are those of its first instruction.
    #[inline]
    pub(in crate::vm) unsafe fn run_frame(
        &mut self,
        frame: *mut Value,
        pc: *const u64,
        registers: *mut Value,
        constants: *const u64,
    ) -> Completion {
        self.in_frames(|vm| {
            // SAFETY: By the caller's word.
            unsafe {
                match dispatch::run(dispatch::proceed, pc, registers, constants, vm) {
                    HALTED => Ok(*frame),
                    _ => Err(Throw),
                }
            }
        })
    }

    /// `Construct` (§7.3.14): what `new` does. `new_target` is a constructor.
    ///
    /// # Errors
    /// What the constructor throws; a `TypeError` if it is none.
    pub fn construct(
        &mut self,
        callee: Value,
        arguments: &[Value],
        new_target: Value,
    ) -> Completion {
        if let Some(bound) = callee.downcast::<BoundFunction>() {
            self.check_native_stack()?;
            let target = Value::cell(bound.target);
            let new_target = if new_target == callee { target } else { new_target };
            let arguments = self.bound_arguments(bound, arguments);
            return self.construct(target, arguments.as_slice(), new_target);
        }
        if !is_constructor(callee) {
            return Err(self.throw_not_a_constructor(callee));
        }
        if let Some(proxy) = callee.downcast::<Proxy>() {
            return self.proxy_construct(proxy, arguments, new_target);
        }
        let Some(function) = callee.downcast::<Function>() else {
            return self.call_with(callee, Value::UNDEFINED, arguments, new_target);
        };
        let this = self.this_for(function, new_target)?;
        let result = self.call_with(callee, this, arguments, new_target)?;
        Ok(if as_object(result).is_some() { result } else { this })
    }

    /// Throws for what cannot be called with `new`.
    pub(crate) fn throw_not_a_constructor(&mut self, value: Value) -> Throw {
        let text = self.display(value);
        self.throw_type_error(&format!("{text} is not a constructor"))
    }

    /// The arguments that a bound function's target gets.
    fn bound_arguments(&self, bound: Gc<BoundFunction>, arguments: &[Value]) -> RootedVec<Value> {
        let mut all = self.memory.rooted_vec();
        for argument in bound.arguments.as_cells() {
            all.push(argument.get());
        }
        for argument in arguments {
            all.push(*argument);
        }
        all
    }

    /// Calls a function, or a native constructor if there is a `new.target`.
    fn call_with(
        &mut self,
        callee: Value,
        this: Value,
        arguments: &[Value],
        new_target: Value,
    ) -> Completion {
        self.check_native_stack()?;
        let kind = callee.kind();
        if kind != Some(kinds::FUNCTION) {
            // Native code that calls native code comes by no instruction.
            self.heed_interrupt()?;
            if let Some(bound) = callee.downcast::<BoundFunction>() {
                let arguments = self.bound_arguments(bound, arguments);
                return self.call(Value::cell(bound.target), bound.this, arguments.as_slice());
            }
            if let Some(proxy) = callee.downcast::<Proxy>().filter(|proxy| proxy.is_callable) {
                return self.proxy_call(proxy, this, arguments);
            }
        }
        let frame = self.top.get();
        let end = frame.wrapping_add(FRAME + arguments.len());
        if !self.stack.reserve(end) {
            return Err(self.throw_range_error("Maximum call stack size exceeded"));
        }
        // SAFETY: There is room behind all frames in use.
        unsafe {
            *frame = callee;
            *frame.add(1) = Value::EMPTY;
            *frame.add(2) = Value::EMPTY;
            *frame.add(3) = this;
            for (index, argument) in arguments.iter().enumerate() {
                *frame.add(FRAME + index) = *argument;
            }
        }
        match kind {
            Some(kinds::NATIVE_FUNCTION) => self.with_entry(None, |vm| {
                vm.top.set(end);
                // SAFETY: The frame has been laid out.
                unsafe { vm.call_native(frame, arguments.len(), new_target) }
            }),
            Some(kinds::FUNCTION) => self.with_entry(None, |vm| {
                // SAFETY: The frame has been laid out.
                unsafe { vm.run_function(frame, arguments.len(), new_target) }
            }),
            Some(kinds::UNDETECTABLE) => Ok(Value::NULL),
            _ => Err(self.throw_not_a_function(callee)),
        }
    }

    /// Runs a function to its end.
    ///
    /// # Safety
    /// The frame has callee, `this` and so many arguments, behind all frames in use.
    unsafe fn run_function(
        &mut self,
        frame: *mut Value,
        count: usize,
        new_target: Value,
    ) -> Completion {
        // SAFETY: By the caller's word.
        unsafe {
            let return_to = ReturnTo::native(self);
            let vm = &raw mut *self;
            if new_target.is_undefined()
                && let Some((pc, registers, constants)) = enter(frame, count, return_to, vm)
            {
                return self.run_frame(frame, pc, registers, constants);
            }
            enter_slowly(frame, count, new_target, return_to, self)?;
            if !new_target.is_undefined() {
                mark_constructing(frame);
            }
            let code = (*frame).cell_unchecked::<Function>().code;
            self.run_frame(frame, code.entry(), frame.add(FRAME), code.constants())
        }
    }

    /// Brings a coroutine's frame back, behind all frames in use, and lets it go on by a
    /// handler: at an instruction, or by unwinding from there.
    ///
    /// # Errors
    /// What the coroutine throws.
    ///
    /// # Safety
    /// The instruction is one of the function's.
    pub(in crate::vm) unsafe fn run_coroutine(
        &mut self,
        coroutine: Gc<Coroutine>,
        saved: &[Cell<Value>],
        handler: dispatch::Handler,
        pc: *const u64,
    ) -> Completion {
        self.check_native_stack()?;
        let function = coroutine.function;
        let code = function.code;
        let frame = self.top.get();
        if !self.stack.reserve(frame.wrapping_add(FRAME + code.registers() as usize)) {
            return Err(self.throw_range_error("Maximum call stack size exceeded"));
        }
        // SAFETY: There is room behind all frames in use.
        self.with_entry(Some(coroutine), |vm| unsafe {
            *frame = Value::cell(function);
            ReturnTo::native(vm).write(frame);
            // `this` comes first, right below the registers.
            for (index, value) in saved.iter().enumerate() {
                *frame.add(FRAME - 1 + index) = value.get();
            }
            vm.in_frames(|vm| {
                match dispatch::run(handler, pc, frame.add(FRAME), code.constants(), vm) {
                    HALTED => Ok(*frame),
                    _ => Err(Throw),
                }
            })
        })
    }
}
