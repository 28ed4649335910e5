//! Leaving statements before their end: `break`, `continue`, `return`, and the `finally`
//! that they pass on their way.
//!
//! A finalizer is compiled once. Whoever passes it leaves a number in a register that
//! says how he goes on, and jumps to it; at its end the numbers are looked at, one after
//! the other. 0 is who has come to the end of the statement, 1 an exception.

use axil_grammar::ast::{BlockStatement, JumpStatement, Statement, TryStatement};

use super::iteration::Iteration;
use super::pattern::Binding;
use super::{Compiled, Compiler, not_built};
use crate::bytecode::{Instruction, Label, Register};

/// A statement around a place, as far as jumps are concerned.
pub(super) enum Control {
    /// One that jumps lead to.
    Target(Target),
    /// A `try` with a finalizer, which jumps have to pass.
    Finally(Finally),
    /// An iterator that jumps have to close.
    Iteration(Iteration),
    /// A `try` whose exceptions are caught.
    Catch,
}

/// Code on the way out of statements, as far as it may throw: whatever catches the
/// exceptions of the statements that it has left is not for it.
pub(super) struct WayOut {
    start: Label,
    end: Label,
    /// The number of statements around it.
    depth: usize,
}

/// What `break` and `continue` lead to.
pub(super) struct Target {
    pub(super) labels: Vec<String>,
    pub(super) on_break: Label,
    /// None for what is no loop.
    pub(super) on_continue: Option<Label>,
    /// Whether a `break` without a label means it.
    pub(super) is_plain: bool,
}

/// A finalizer to be passed.
pub(super) struct Finally {
    entry: Label,
    /// The register of the number that says how to go on.
    how: Register,
    /// The register of the exception, or of what is returned.
    value: Register,
    /// Those who pass: how they go on, and how many statements are around there.
    exits: Vec<(Exit, usize)>,
}

/// How control goes on.
#[derive(Clone, Copy)]
pub(super) enum Exit {
    /// To a label.
    Jump(Label),
    /// Out of the function, with the value of a register or `undefined`.
    Return(Option<Register>),
}

/// The number of those who come to the end.
const END: i32 = 0;
/// The number of exceptions.
pub const EXCEPTION: i32 = 1;
/// The first number of those who pass.
const FIRST_EXIT: i32 = 2;

impl<'a> Compiler<'_, 'a> {
    pub(super) fn jump_statement(&mut self, jump: &JumpStatement<'a>, is_break: bool) -> Compiled {
        match self.jump_target(jump, is_break) {
            Some((depth, to)) => self.leave(depth, Exit::Jump(to)),
            None => return not_built("this jump", jump),
        }
        Ok(())
    }

    /// Where a statement leads that is a jump and nothing else, with nothing to do on its
    /// way: a condition can jump there by itself.
    pub(super) fn plain_jump(&mut self, statement: Statement<'a>) -> Option<Label> {
        let (depth, to) = match statement {
            Statement::Break(jump) => self.jump_target(jump, true)?,
            Statement::Continue(jump) => self.jump_target(jump, false)?,
            Statement::Block(block) => match block.body {
                [statement @ (Statement::Break(_) | Statement::Continue(_))] => {
                    return self.plain_jump(*statement);
                }
                _ => return None,
            },
            _ => return None,
        };
        let passed = &self.state().controls[depth..];
        let is_plain = |control: &Control| matches!(control, Control::Target(_) | Control::Catch);
        passed.iter().all(is_plain).then_some(to)
    }

    /// What a jump leads to, and the number of statements around that.
    fn jump_target(&mut self, jump: &JumpStatement<'a>, is_break: bool) -> Option<(usize, Label)> {
        let label = jump.label.map(|label| label.name.as_str());
        self.state().controls.iter().enumerate().rev().find_map(|(depth, control)| {
            let Control::Target(target) = control else { return None };
            let is_meant = match label {
                Some(label) => target.labels.iter().any(|own| own == label),
                None if is_break => target.is_plain,
                None => target.on_continue.is_some(),
            };
            let to = if is_break { Some(target.on_break) } else { target.on_continue };
            to.filter(|_| is_meant).map(|to| (depth, to))
        })
    }

    /// Leaves all statements but the outermost `depth`, by way of their finalizers.
    pub(super) fn leave(&mut self, depth: usize, exit: Exit) {
        for index in (depth..self.state().controls.len()).rev() {
            match &mut self.state().controls[index] {
                Control::Target(_) | Control::Catch => {}
                Control::Iteration(iteration) => {
                    let iteration = *iteration;
                    let start = self.state().code.label_here();
                    self.close_iteration(iteration);
                    let end = self.state().code.label_here();
                    self.state().ways_out.push(WayOut { start, end, depth: index });
                }
                Control::Finally(finally) => {
                    let how = FIRST_EXIT + finally.exits.len() as i32;
                    let (entry, register, value) = (finally.entry, finally.how, finally.value);
                    // What is returned waits where the exception would.
                    let outer = match exit {
                        Exit::Return(_) => Exit::Return(Some(value)),
                        Exit::Jump(_) => exit,
                    };
                    finally.exits.push((outer, depth));
                    match exit {
                        Exit::Return(Some(src)) if src != value => {
                            self.emit(Instruction::Move { dst: value, src });
                        }
                        Exit::Return(None) => self.emit(Instruction::LoadUndefined { dst: value }),
                        _ => {}
                    }
                    self.emit(Instruction::LoadInt { dst: register, value: how });
                    self.jump(entry);
                    return;
                }
            }
        }
        match exit {
            Exit::Jump(to) => self.jump(to),
            Exit::Return(src) => {
                // What a constructor must not return is no business of any `try`.
                let start = self.state().code.label_here();
                self.emit_return(src);
                let end = self.state().code.label_here();
                self.state().ways_out.push(WayOut { start, end, depth: 0 });
            }
        }
    }

    /// Says that exceptions of the code between two labels go to a third, and into a
    /// register. What has left the code by then is not concerned. Inner code comes
    /// before what is around it.
    pub(super) fn protect(&mut self, start: Label, past: Label, catch: Label, to: Register) {
        let state = self.state();
        let depth = state.controls.len();
        let code = &mut state.code;
        let (from, end) = (code.place(start), code.place(past));
        let mut at = start;
        // They stand in the order of the code.
        let first = state.ways_out.partition_point(|out| code.place(out.start) < from);
        for out in state.ways_out[first..].iter().filter(|out| out.depth <= depth) {
            if code.place(out.start) >= end {
                break;
            }
            if code.place(at) <= code.place(out.start) {
                code.handler(at, out.start, catch, to.0);
                at = out.end;
            }
        }
        code.handler(at, past, catch, to.0);
    }

    pub(super) fn try_statement(&mut self, statement: &TryStatement<'a>) -> Compiled {
        match statement.finalizer {
            None => self.try_catch(statement),
            Some(finalizer) => self.try_finally(statement, finalizer),
        }
    }

    fn try_catch(&mut self, statement: &TryStatement<'a>) -> Compiled {
        let Some(handler) = statement.handler else { return self.block(statement.block) };
        let (end, catch) = (self.label(), self.label());
        let exception = self.temporary();
        let start = self.state().code.label_here();
        self.state().controls.push(Control::Catch);
        self.block(statement.block)?;
        self.state().controls.pop();
        let past = self.state().code.label_here();
        self.jump(end);
        self.bind_handler(catch, start, past);
        self.protect(start, past, catch, exception);
        // What the block has given is forgotten (§14.15.3).
        self.reset_completion();
        let environment = self.enter_scope(handler.scope.get());
        match handler.param {
            None => {}
            Some(pattern) => self.bind_pattern(pattern, exception, Binding::Initialize)?,
        }
        self.block(handler.body)?;
        self.leave_scope(environment);
        self.bind(end);
        Ok(())
    }

    fn try_finally(
        &mut self,
        statement: &TryStatement<'a>,
        finalizer: &BlockStatement<'a>,
    ) -> Compiled {
        self.finally(
            |this| this.try_catch(statement),
            |this, _, _| {
                // The statement's own value stays, unless the finalizer jumps away.
                let completion = this.state().completion.map(|completion| {
                    let saved = this.temporary();
                    this.emit(Instruction::Move { dst: saved, src: completion });
                    this.emit(Instruction::LoadUndefined { dst: completion });
                    (completion, saved)
                });
                this.block(finalizer)?;
                if let Some((dst, src)) = completion {
                    this.emit(Instruction::Move { dst, src });
                }
                Ok(())
            },
        )
    }

    /// Compiles code, and what is done when it has come to its end, however that was. The
    /// finalizer is given the registers of how control goes on, and with which value.
    pub(super) fn finally(
        &mut self,
        compile: impl FnOnce(&mut Self) -> Compiled,
        finalizer: impl FnOnce(&mut Self, Register, Register) -> Compiled,
    ) -> Compiled {
        let (entry, catch) = (self.label(), self.label());
        let (how, value) = (self.temporary(), self.temporary());
        let finally = Finally { entry, how, value, exits: Vec::new() };
        self.state().controls.push(Control::Finally(finally));
        let start = self.state().code.label_here();
        compile(self)?;
        let past = self.state().code.label_here();
        let Some(Control::Finally(Finally { exits, .. })) = self.state().controls.pop() else {
            unreachable!("what was pushed is popped")
        };
        self.emit(Instruction::LoadInt { dst: how, value: END });
        self.jump(entry);
        self.bind_handler(catch, start, past);
        self.emit(Instruction::LoadInt { dst: how, value: EXCEPTION });
        self.bind(entry);
        self.protect(start, past, catch, value);
        finalizer(self, how, value)?;
        self.when(how, EXCEPTION, |this| this.emit(Instruction::Rethrow { src: value }))?;
        for (index, (exit, depth)) in exits.into_iter().enumerate() {
            self.when(how, FIRST_EXIT + index as i32, |this| this.leave(depth, exit))?;
        }
        Ok(())
    }

    /// Compiles code for the case that a register has a number.
    fn when(&mut self, how: Register, number: i32, compile: impl FnOnce(&mut Self)) -> Compiled {
        self.scratch(|this| {
            let past = this.label();
            if i16::try_from(number).is_ok() {
                let jump = Instruction::JumpIfStrictNotEqualInt { lhs: how, value: number, to: 0 };
                this.emit_jump(jump, past);
            } else {
                let rhs = this.temporary();
                this.emit(Instruction::LoadInt { dst: rhs, value: number });
                this.emit_jump(Instruction::JumpIfStrictNotEqual { lhs: how, rhs, to: 0 }, past);
            }
            compile(this);
            this.bind(past);
            Ok(())
        })
    }
}
