//! Resources that are disposed of where their scope ends: `using` and `await using`
//! (ECMA-262 §14.3.1, §9.5).
//!
//! The end of such a scope is a finalizer. Four registers serve it: the list of the
//! resources, whether the next one is asynchronous, whether something has to be awaited,
//! and whether something has been.

use axil_grammar::ast::{Expression, Identifier, Statement, VariableDeclaration, VariableKind};

use super::pattern::Binding;
use super::{Compiled, Compiler};
use crate::bytecode::{Instruction, Register};

/// The resources that a scope declares.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Resources {
    /// All by `using`.
    Synchronous,
    /// Some by `await using`.
    Asynchronous,
}

/// The resources that a declaration of a kind declares.
pub(super) fn resources(kind: VariableKind) -> Option<Resources> {
    match kind {
        VariableKind::Using => Some(Resources::Synchronous),
        VariableKind::AwaitUsing => Some(Resources::Asynchronous),
        VariableKind::Var | VariableKind::Let | VariableKind::Const => None,
    }
}

impl<'a> Compiler<'_, 'a> {
    /// Compiles a list of statements, and disposes of the resources that it declares.
    pub(super) fn statements_with_resources(
        &mut self,
        statements: &'a [Statement<'a>],
    ) -> Compiled {
        let resources = statements.iter().filter_map(|statement| match statement {
            Statement::Variable(declaration) => resources(declaration.kind),
            _ => None,
        });
        self.with_resources(resources.max(), |this| this.statements(statements))
    }

    /// Compiles code that declares such resources, if it does.
    pub(super) fn with_resources(
        &mut self,
        resources: Option<Resources>,
        compile: impl FnOnce(&mut Self) -> Compiled,
    ) -> Compiled {
        let Some(resources) = resources else { return compile(self) };
        let is_async = resources == Resources::Asynchronous;
        let list = self.temporaries(4);
        self.emit(Instruction::NewArray { dst: list, capacity: 0 });
        let outer = self.state().resources.replace(list);
        self.finally(
            |this| {
                compile(this)?;
                this.state().resources = outer;
                Ok(())
            },
            |this, how, value| {
                this.dispose(list, how, value, is_async);
                Ok(())
            },
        )
    }

    /// Declares a variable whose value is to be disposed of.
    pub(super) fn declare_resource(
        &mut self,
        declaration: &VariableDeclaration<'a>,
        identifier: &Identifier<'a>,
        initializer: Option<Expression<'a>>,
    ) -> Compiled {
        self.scratch(|this| {
            let value = this.temporary();
            if let Some(initializer) = initializer {
                let name = Some(this.string(identifier.name.as_str()));
                this.named_value_into(initializer, name, value)?;
            }
            this.add_resource(declaration.kind, value);
            this.initialize_identifier(identifier, value)
        })
    }

    /// Binds the variable of a loop's head to a value that is to be disposed of.
    pub(super) fn bind_resource(
        &mut self,
        declaration: &VariableDeclaration<'a>,
        value: Register,
    ) -> Compiled {
        self.add_resource(declaration.kind, value);
        for declarator in declaration.declarators {
            self.bind_pattern(declarator.target, value, Binding::Initialize)?;
        }
        Ok(())
    }

    fn add_resource(&mut self, kind: VariableKind, value: Register) {
        if let Some(list) = self.state().resources {
            let is_async = u32::from(kind == VariableKind::AwaitUsing);
            self.emit(Instruction::AddResource { list, value, is_async });
        }
    }

    /// `DisposeResources` (§9.5.5): the last resource first. Exceptions go on together.
    fn dispose(&mut self, list: Register, how: Register, value: Register, is_async: bool) {
        let register = |offset: u16| Register(list.0 + offset);
        let (asynchronous, pending, awaited) = (register(1), register(2), register(3));
        self.emit(Instruction::LoadFalse { dst: pending });
        self.emit(Instruction::LoadFalse { dst: awaited });
        let (next, end, catch) = (self.label(), self.label(), self.label());
        self.bind(next);
        let saved = self.state().next;
        let frame = self.frame();
        self.emit(Instruction::NextResource { frame, list });
        let start = self.state().code.label_here();
        self.emit_jump(Instruction::JumpIfEmpty { test: frame, to: 0 }, end);
        if is_async {
            let (sync, call) = (self.label(), self.label());
            self.emit_jump(Instruction::JumpIfFalse { test: asynchronous, to: 0 }, sync);
            self.emit_jump(Instruction::JumpIfNotUndefined { test: frame, to: 0 }, call);
            // There is nothing to dispose of, but that takes its time.
            self.emit(Instruction::LoadTrue { dst: pending });
            self.jump(next);
            self.bind(call);
            self.emit(Instruction::Call { frame, arguments: 0, dst: frame });
            self.emit(Instruction::LoadTrue { dst: awaited });
            self.await_value(frame);
            self.jump(next);
            self.bind(sync);
            self.await_nothing(frame, pending, awaited);
        }
        self.emit(Instruction::Call { frame, arguments: 0, dst: frame });
        self.jump(next);
        let past = self.state().code.label_here();
        self.bind_handler(catch, start, past);
        self.protect(start, past, catch, frame);
        self.emit(Instruction::SuppressError { how, value, error: frame });
        self.jump(next);
        self.bind(end);
        if is_async {
            self.await_nothing(frame, pending, awaited);
        }
        self.state().next = saved;
    }

    /// Awaits `undefined` if something had to be awaited and nothing has been.
    fn await_nothing(&mut self, frame: Register, pending: Register, awaited: Register) {
        let past = self.label();
        self.emit_jump(Instruction::JumpIfFalse { test: pending, to: 0 }, past);
        self.emit_jump(Instruction::JumpIfTrue { test: awaited, to: 0 }, past);
        self.emit(Instruction::LoadFalse { dst: pending });
        let saved = self.state().next;
        // What is to be called stays in the frame.
        self.state().next = saved.max(frame.0 + 4);
        let nothing = self.temporary();
        self.emit(Instruction::LoadUndefined { dst: nothing });
        self.await_value(nothing);
        self.state().next = saved;
        self.bind(past);
    }
}
