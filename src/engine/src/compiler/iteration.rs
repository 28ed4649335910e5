//! Iteration: `for`-`of`, array patterns, and iterators that are closed on the way out
//! (ECMA-262 §7.4, §14.7.5, §8.6.2).

use axil_grammar::ast::{ArrayPattern, ForOfStatement, Spanned};

use super::control::Control;
use super::pattern::{Binding, PatternSource};
use super::{Compiled, Compiler};
use crate::bytecode::{Instruction, Label, Register};

/// An iterator that is in use.
#[derive(Clone, Copy)]
pub(super) struct Iteration {
    /// The first of its three registers.
    pub(super) state: Register,
    /// Whether its results are promises.
    pub(super) is_async: bool,
}

impl<'a> Compiler<'_, 'a> {
    /// Begins an iteration; its registers are the next three.
    fn begin_iteration(&mut self, iterable: Register, is_async: bool) -> Iteration {
        let state = self.temporaries(3);
        let source = self.take_pattern_source().number();
        self.emit(if is_async {
            Instruction::GetAsyncIterator { state, iterable }
        } else {
            Instruction::GetIterator { state, iterable, source }
        });
        Iteration { state, is_async }
    }

    /// Puts the next value into a register; no value at the end.
    fn next_value(&mut self, iteration: Iteration, dst: Register) -> Compiled {
        self.scratch(|this| {
            let (state, frame) = (iteration.state, this.frame());
            this.emit(Instruction::IteratorNext { dst, state, frame });
            this.emit(Instruction::Call { frame, arguments: 0, dst: frame });
            if iteration.is_async {
                this.await_value(frame);
            }
            this.emit(Instruction::IteratorResult { dst, result: frame, state });
            Ok(())
        })
    }

    /// Closes an iterator that is not done.
    pub(super) fn close_iteration(&mut self, iteration: Iteration) {
        let state = iteration.state;
        if !iteration.is_async {
            self.emit(Instruction::CloseIterator { state, quiet: 0 });
            return;
        }
        let (next, past) = (self.state().next, self.label());
        let frame = self.frame();
        self.emit(Instruction::PrepareClose { frame, state });
        self.emit_jump(Instruction::JumpIfUndefined { test: frame, to: 0 }, past);
        self.emit(Instruction::Call { frame, arguments: 0, dst: frame });
        self.await_value(frame);
        self.emit(Instruction::CheckIteratorResult { value: frame });
        self.bind(past);
        self.state().next = next;
    }

    /// Compiles code during which an exception, or a jump out of it, closes an
    /// iterator.
    fn closing(
        &mut self,
        iteration: Iteration,
        compile: impl FnOnce(&mut Self) -> Compiled,
    ) -> Compiled {
        let (start, end) = (self.state().code.label_here(), self.label());
        self.state().controls.push(Control::Iteration(iteration));
        compile(self)?;
        self.state().controls.pop();
        let past = self.state().code.label_here();
        self.jump(end);
        self.close_where_thrown(iteration, start, past);
        self.bind(end);
        Ok(())
    }

    /// Where exceptions of code between two labels go: the iterator is closed.
    fn close_where_thrown(&mut self, iteration: Iteration, start: Label, past: Label) {
        let next = self.state().next;
        let (catch, exception) = (self.label(), self.temporary());
        self.bind_handler(catch, start, past);
        self.protect(start, past, catch, exception);
        self.close_for_exception(iteration);
        self.emit(Instruction::Rethrow { src: exception });
        self.state().next = next;
    }

    /// Closes an iterator because of an exception: what closing throws is passed over.
    fn close_for_exception(&mut self, iteration: Iteration) {
        if !iteration.is_async {
            self.emit(Instruction::CloseIterator { state: iteration.state, quiet: 1 });
            return;
        }
        let ignored = self.temporary();
        let start = self.state().code.label_here();
        self.close_iteration(iteration);
        let past = self.state().code.label_here();
        // An exception goes on behind, as if nothing had been thrown.
        let after = self.label();
        self.bind_handler(after, start, past);
        self.protect(start, past, after, ignored);
    }

    pub(super) fn for_of(&mut self, statement: &ForOfStatement<'a>, labels: &[String]) -> Compiled {
        let iterable = self.iterated(statement.scope.get(), statement.right)?;
        self.position(&statement.right);
        self.named(&statement.right);
        self.pattern_source = PatternSource::Nested;
        let iteration = self.begin_iteration(iterable, statement.is_await);
        let (value, end) = (self.temporary(), self.label());
        let (start, past) = (self.label(), self.label());
        self.in_loop(labels, |this, _, on_continue| {
            // The loop's own `break` leads to where the iterator is closed.
            let own = this.state().controls.len() - 1;
            this.state().controls.insert(own, Control::Iteration(iteration));
            this.bind(on_continue);
            this.position(&statement.right);
            this.next_value(iteration, value)?;
            this.emit_jump(Instruction::JumpIfEmpty { test: value, to: 0 }, end);
            this.bind(start);
            this.place_loop_variable(statement.left, value);
            // Every turn has variables of its own.
            let environment = this.enter_scope(statement.scope.get());
            this.for_turn(statement.left, value, statement.body)?;
            this.leave_scope(environment);
            this.bind(past);
            this.emit_jump(Instruction::Loop { to: 0 }, on_continue);
            this.state().controls.remove(own);
            Ok(())
        })?;
        self.close_iteration(iteration);
        self.jump(end);
        self.close_where_thrown(iteration, start, past);
        self.bind(end);
        Ok(())
    }

    pub(super) fn bind_array(
        &mut self,
        pattern: &ArrayPattern<'a>,
        src: Register,
        binding: Binding,
    ) -> Compiled {
        match self.pattern_source {
            PatternSource::Expression(span) => self.position_at(span.start),
            PatternSource::Assigned(operator, _) => self.position_at(operator),
            _ => self.position(pattern),
        }
        let iteration = self.begin_iteration(src, false);
        self.closing(iteration, |this| {
            for element in pattern.elements {
                this.scratch(|this| {
                    let Some(element) = element else {
                        let skipped = this.temporary();
                        return this.next_value(iteration, skipped);
                    };
                    let target = this.target_before(element.target, binding)?;
                    let value = this.part_register(element.target, binding);
                    this.state().code.position(pattern.span.start);
                    this.next_value(iteration, value)?;
                    this.emit(Instruction::UndefinedIfEmpty { dst: value, src: value });
                    if let Some(initializer) = element.initializer {
                        this.default(value, element.target, initializer)?;
                    }
                    this.bind_target(target, element.target, value, binding)
                })?;
            }
            if let Some(rest) = pattern.rest {
                this.scratch(|this| {
                    let target = this.target_before(rest.target, binding)?;
                    let array = this.temporary();
                    this.emit(Instruction::NewArray { dst: array, capacity: 0 });
                    let (value, next, end) = (this.temporary(), this.label(), this.label());
                    this.bind(next);
                    this.state().code.position(rest.span().start);
                    this.next_value(iteration, value)?;
                    this.emit_jump(Instruction::JumpIfEmpty { test: value, to: 0 }, end);
                    this.emit(Instruction::AppendElement { array, src: value });
                    this.emit_jump(Instruction::Loop { to: 0 }, next);
                    this.bind(end);
                    this.bind_target(target, rest.target, array, binding)
                })?;
            }
            Ok(())
        })?;
        self.close_iteration(iteration);
        Ok(())
    }
}
