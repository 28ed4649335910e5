//! Generators and async functions (ECMA-262 §15.5, §15.6, §15.8, §27.3 – §27.7).
//!
//! Both are coroutines: functions whose registers can be put aside and brought back.
//! Nothing points into a frame, so that is a copy. What suspends knows how many
//! registers are in use.

use axil_grammar::ast::{AwaitExpression, FunctionKind, YieldExpression};

use super::control::Exit;
use super::property::Reference;
use super::{Compiled, Compiler};
use crate::bytecode::{Instruction, Label, Register};

impl<'a> Compiler<'_, 'a> {
    /// How many registers are in use.
    fn live(&mut self) -> u32 {
        u32::from(self.state().next)
    }

    /// Begins an async function: from here on an exception rejects its promise.
    pub(super) fn begin_async(&mut self) -> Label {
        let coroutine = self.temporary();
        self.emit(Instruction::BeginAsync { coroutine });
        self.state().coroutine = Some(coroutine);
        self.state().code.label_here()
    }

    /// Ends the prologue of a generator: the call gives the generator.
    pub(super) fn begin_generator(&mut self) -> Label {
        let coroutine = self.temporary();
        let live = self.live();
        self.emit(Instruction::BeginGenerator { coroutine, live });
        self.state().coroutine = Some(coroutine);
        self.state().code.label_here()
    }

    /// The code of a coroutine ends here; exceptions from a label on finish it.
    pub(super) fn end_coroutine(&mut self, start: Label) {
        let past = self.state().code.label_here();
        let catch = self.label();
        self.bind_handler(catch, start, past);
        let exception = self.temporary();
        self.protect(start, past, catch, exception);
        if let Some(coroutine) = self.state().coroutine {
            self.emit(Instruction::FailCoroutine { exception, coroutine });
        }
    }

    /// What follows a suspension: a generator that is told to return goes on at the
    /// next instruction, one that goes on as usual at the one after it.
    fn resumption(&mut self, value: Register) {
        let (returning, past) = (self.label(), self.label());
        self.jump_or_pass(returning);
        self.jump(past);
        self.bind(returning);
        if self.state().kind == FunctionKind::AsyncGenerator {
            self.await_value(value);
        }
        self.leave(0, Exit::Return(Some(value)));
        self.bind(past);
    }

    /// A jump that the instruction before may pass over.
    fn jump_or_pass(&mut self, label: Label) {
        let comes_here = self.state().code.is_reachable();
        self.jump(label);
        if comes_here {
            self.state().code.passed_over();
        }
    }

    /// Suspends a generator, which gives the value of a register and gets another.
    fn yield_value(&mut self, value: Register, is_result: bool) {
        if let Some(coroutine) = self.state().coroutine {
            let live = self.live();
            let is_result = u32::from(is_result);
            self.emit(Instruction::Yield { value, coroutine, live, is_result });
            self.resumption(value);
        }
    }

    /// Waits for the promise that a register is resolved to.
    pub(super) fn await_value(&mut self, value: Register) {
        if let Some(coroutine) = self.state().coroutine {
            let live = self.live();
            self.emit(Instruction::Await { value, coroutine, live });
        }
    }

    pub(super) fn await_expression(
        &mut self,
        expression: &AwaitExpression<'a>,
        dst: Register,
    ) -> Compiled {
        let value = self.workplace(dst);
        self.value_into(expression.argument, value)?;
        self.position(expression);
        self.await_value(value);
        self.copy(dst, value);
        Ok(())
    }

    pub(super) fn yield_expression(
        &mut self,
        expression: &YieldExpression<'a>,
        dst: Register,
    ) -> Compiled {
        let value = self.workplace(dst);
        match expression.argument {
            None => self.emit(Instruction::LoadUndefined { dst: value }),
            Some(argument) => self.value_into(argument, value)?,
        }
        self.position(expression);
        if expression.delegate {
            self.delegate(value);
        } else {
            if self.state().kind == FunctionKind::AsyncGenerator {
                self.await_value(value);
            }
            self.yield_value(value, false);
        }
        self.copy(dst, value);
        Ok(())
    }

    /// Replaces an iterator's result by its value.
    fn load_value_of(&mut self, result: Register) {
        let key = self.memory.keys().value;
        self.load_reference(Reference::Named { object: result, key }, result);
    }

    /// `yield*` (§15.5.5): what this generator is told is told to another iterator.
    fn delegate(&mut self, value: Register) {
        let next = self.state().next;
        let Some(coroutine) = self.state().coroutine else { return };
        let is_async = self.state().kind == FunctionKind::AsyncGenerator;
        let state = self.temporaries(3);
        self.emit(if is_async {
            Instruction::GetAsyncIterator { state, iterable: value }
        } else {
            Instruction::GetDelegate { state, iterable: value }
        });
        // What this generator was told: 0 for `next`, 1 for `throw`, 2 for `return`.
        let how = self.temporary();
        self.emit(Instruction::LoadInt { dst: how, value: 0 });
        self.emit(Instruction::LoadUndefined { dst: value });
        let (again, returned, end) = (self.label(), self.label(), self.label());
        let finished = self.label();
        self.bind(again);
        let (looked_at, slow) = (self.label(), self.label());
        let (told_return, told_next) = (self.label(), self.label());
        let mut stepped = None;
        if !is_async {
            let status = self.temporary();
            self.emit(Instruction::StepDelegate { status, state, value });
            self.emit_jump(Instruction::JumpIfNullish { test: status, to: 0 }, slow);
            self.emit_jump(Instruction::JumpIfTrue { test: status, to: 0 }, finished);
            let (from, live) = (self.state().code.label_here(), self.live());
            self.emit(Instruction::Yield { value, coroutine, live, is_result: 0 });
            self.jump_or_pass(told_return);
            stepped = Some((from, self.state().code.label_here()));
            self.jump(told_next);
            self.bind(slow);
            self.emit_jump(Instruction::JumpIfNull { test: status, to: 0 }, looked_at);
        }
        let frame = self.frame();
        let argument = self.temporary();
        self.emit(Instruction::Move { dst: argument, src: value });
        let missing = self.label();
        self.emit(Instruction::PrepareDelegate { frame, state, how });
        self.emit_jump(Instruction::JumpIfEmpty { test: frame, to: 0 }, missing);
        self.emit(Instruction::Call { frame, arguments: 1, dst: value });
        if is_async {
            self.await_value(value);
        }
        // The result is looked at, and given on as it is unless it says that it is the
        // last one.
        self.bind(looked_at);
        let done = self.temporary();
        self.emit(Instruction::IsIteratorDone { dst: done, result: value });
        self.emit_jump(Instruction::JumpIfTrue { test: done, to: 0 }, returned);
        let live = self.live();
        if is_async {
            self.load_value_of(value);
        }
        let is_result = u32::from(!is_async);
        let suspended = self.state().code.label_here();
        self.emit(Instruction::Yield { value, coroutine, live, is_result });
        self.jump_or_pass(told_return);
        self.jump(told_next);
        self.bind(told_return);
        if is_async {
            self.await_value(value);
        }
        let past = self.state().code.label_here();
        self.emit(Instruction::LoadInt { dst: how, value: 2 });
        self.jump(again);
        self.bind(told_next);
        self.emit(Instruction::LoadInt { dst: how, value: 0 });
        self.jump(again);
        let thrown = self.label();
        self.bind_handler(thrown, suspended, past);
        self.protect(suspended, past, thrown, value);
        if let Some((from, to)) = stepped {
            self.protect(from, to, thrown, value);
        }
        self.emit(Instruction::LoadInt { dst: how, value: 1 });
        self.jump(again);
        self.bind(returned);
        self.load_value_of(value);
        self.bind(finished);
        self.emit_jump(Instruction::JumpIfStrictNotEqualInt { lhs: how, value: 2, to: 0 }, end);
        self.leave(0, Exit::Return(Some(value)));
        // Without the method, `return` goes on here, and `throw` closes the iterator
        // and throws.
        self.bind(missing);
        let throwing = self.label();
        self.emit_jump(Instruction::JumpIfStrictEqualInt { lhs: how, value: 1, to: 0 }, throwing);
        if is_async {
            self.await_value(value);
        }
        self.leave(0, Exit::Return(Some(value)));
        self.bind(throwing);
        let iteration = super::iteration::Iteration { state, is_async };
        self.close_iteration(iteration);
        self.emit(Instruction::ThrowNoThrowMethod {});
        self.bind(end);
        self.state().next = next;
    }
}
