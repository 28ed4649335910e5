//! Leaving statements before their end: `break`, `continue`, `return`, and the `finally`
//! that they pass on their way.
//!
//! A finalizer is compiled once. Whoever passes it leaves a number in a register that
//! says how he goes on, and jumps to it; at its end the numbers are looked at, one after
//! the other. 0 is who has come to the end of the statement, 1 an exception.

use axil_grammar::ast::{BlockStatement, JumpStatement, TryStatement};

use super::pattern::Binding;
use super::{Compiled, Compiler, not_built};
use crate::bytecode::{Instruction, Label, Register};

/// A statement around a place, as far as jumps are concerned.
pub(super) enum Control {
    /// One that jumps lead to.
    Target(Target),
    /// A `try` with a finalizer, which jumps have to pass.
    Finally(Finally),
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

/// The numbers of those who come to the end, and of exceptions.
const END: i32 = 0;
const EXCEPTION: i32 = 1;
/// The first number of those who pass.
const FIRST_EXIT: i32 = 2;

impl<'a> Compiler<'_, 'a> {
    pub(super) fn jump_statement(&mut self, jump: &JumpStatement<'a>, is_break: bool) -> Compiled {
        let label = jump.label.map(|label| label.name.as_str());
        let found = self.state().controls.iter().enumerate().rev().find_map(|(depth, control)| {
            let Control::Target(target) = control else { return None };
            let is_meant = match label {
                Some(label) => target.labels.iter().any(|own| own == label),
                None if is_break => target.is_plain,
                None => target.on_continue.is_some(),
            };
            let to = if is_break { Some(target.on_break) } else { target.on_continue };
            to.filter(|_| is_meant).map(|to| (depth, to))
        });
        match found {
            Some((depth, to)) => self.leave(depth, Exit::Jump(to)),
            None => return not_built("this jump", jump),
        }
        Ok(())
    }

    /// Leaves all statements but the outermost `depth`, by way of their finalizers.
    pub(super) fn leave(&mut self, depth: usize, exit: Exit) {
        let passed = self.state().controls.iter_mut().skip(depth).rev().find_map(|control| {
            let Control::Finally(finally) = control else { return None };
            let how = FIRST_EXIT + finally.exits.len() as i32;
            // What is returned waits where the exception would.
            let outer = match exit {
                Exit::Return(_) => Exit::Return(Some(finally.value)),
                Exit::Jump(_) => exit,
            };
            finally.exits.push((outer, depth));
            Some((finally.entry, finally.how, finally.value, how))
        });
        let Some((entry, register, value, how)) = passed else {
            match exit {
                Exit::Jump(to) => self.jump(to),
                Exit::Return(Some(src)) => self.emit(Instruction::Return { src }),
                Exit::Return(None) => self.emit(Instruction::ReturnUndefined {}),
            }
            return;
        };
        match exit {
            Exit::Return(Some(src)) if src != value => {
                self.emit(Instruction::Move { dst: value, src });
            }
            Exit::Return(None) => self.emit(Instruction::LoadUndefined { dst: value }),
            _ => {}
        }
        self.emit(Instruction::LoadInt { dst: register, value: how });
        self.jump(entry);
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
        self.block(statement.block)?;
        let past = self.state().code.label_here();
        self.jump(end);
        self.bind(catch);
        let environment = self.enter_scope(handler.scope.get());
        match handler.param {
            None => {}
            Some(pattern) => self.bind_pattern(pattern, exception, Binding::Initialize)?,
        }
        self.block(handler.body)?;
        self.leave_scope(environment);
        self.bind(end);
        // Handlers further in have been added before.
        self.state().code.handler(start, past, catch, exception.0);
        Ok(())
    }

    fn try_finally(
        &mut self,
        statement: &TryStatement<'a>,
        finalizer: &BlockStatement<'a>,
    ) -> Compiled {
        let (entry, catch) = (self.label(), self.label());
        let (how, value) = (self.temporary(), self.temporary());
        let finally = Finally { entry, how, value, exits: Vec::new() };
        self.state().controls.push(Control::Finally(finally));
        let start = self.state().code.label_here();
        self.try_catch(statement)?;
        let past = self.state().code.label_here();
        let Some(Control::Finally(Finally { exits, .. })) = self.state().controls.pop() else {
            unreachable!("what was pushed is popped")
        };
        self.emit(Instruction::LoadInt { dst: how, value: END });
        self.jump(entry);
        self.bind(catch);
        self.emit(Instruction::LoadInt { dst: how, value: EXCEPTION });
        self.bind(entry);
        self.state().code.handler(start, past, catch, value.0);
        // The statement's own value stays, whatever the finalizer's is.
        let completion = self.state().completion.take();
        self.block(finalizer)?;
        self.state().completion = completion;
        self.when(how, EXCEPTION, |this| this.emit(Instruction::Throw { src: value }))?;
        for (index, (exit, depth)) in exits.into_iter().enumerate() {
            self.when(how, FIRST_EXIT + index as i32, |this| this.leave(depth, exit))?;
        }
        Ok(())
    }

    /// Compiles code for the case that a register has a number.
    fn when(&mut self, how: Register, number: i32, compile: impl FnOnce(&mut Self)) -> Compiled {
        self.scratch(|this| {
            let (past, rhs) = (this.label(), this.temporary());
            this.emit(Instruction::LoadInt { dst: rhs, value: number });
            this.emit_jump(Instruction::JumpIfStrictNotEqual { lhs: how, rhs, to: 0 }, past);
            compile(this);
            this.bind(past);
            Ok(())
        })
    }
}
