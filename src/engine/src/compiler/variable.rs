//! Variables: where they are, how they are read and written.

use axil_grammar::ast::Identifier;
use axil_grammar::scope::{BindingFlags, BindingKind, Resolution, ScopeId};

use super::{Compiled, Compiler, EnvironmentScope, Place, not_built};
use crate::bytecode::{Instruction, Register};
use crate::value::Value;

impl<'a> Compiler<'_, 'a> {
    /// Gives the variables of a scope their places, and makes its environment if it
    /// needs one. Says whether it does: [`Self::leave_scope`] wants to know.
    pub(super) fn enter_scope(&mut self, id: ScopeId) -> bool {
        let Some(index) = id.index() else { return false };
        let scope = &self.scopes.scopes[index];
        let mut captured = 0;
        for id in scope.bindings {
            let binding = self.scopes.binding(*id);
            if self.places.contains_key(id) {
                continue;
            }
            let place = if binding.flags.contains(BindingFlags::CAPTURED) {
                captured += 1;
                Place::Environment { environment: self.environments.len(), index: captured - 1 }
            } else {
                let register = self.temporary();
                if binding.kind.has_dead_zone() && binding.flags.contains(BindingFlags::NEEDS_CHECK)
                {
                    self.emit(Instruction::LoadEmpty { dst: register });
                } else if !binding.kind.has_dead_zone() {
                    self.emit(Instruction::LoadUndefined { dst: register });
                }
                Place::Register(register)
            };
            self.places.insert(*id, place);
        }
        if captured == 0 {
            return false;
        }
        let parent = self.environment_register();
        let register = self.temporary();
        self.emit(Instruction::PushEnvironment { dst: register, parent, size: captured });
        let function = self.functions.len() - 1;
        self.environments.push(EnvironmentScope { function, register });
        // Variables of other kinds than `let` and `const` are not in a dead zone.
        for id in scope.bindings {
            let binding = self.scopes.binding(*id);
            if let Some(Place::Environment { .. }) = self.places.get(id)
                && !binding.kind.has_dead_zone()
            {
                let undefined = self.temporary();
                self.emit(Instruction::LoadUndefined { dst: undefined });
                self.store_place(self.places[id], undefined);
                self.state().next -= 1;
            }
        }
        true
    }

    /// Makes an environment with one variable, which has no name.
    pub(super) fn push_environment_of_one(&mut self) -> Place {
        let parent = self.environment_register();
        let register = self.temporary();
        self.emit(Instruction::PushEnvironment { dst: register, parent, size: 1 });
        let function = self.functions.len() - 1;
        self.environments.push(EnvironmentScope { function, register });
        Place::Environment { environment: self.environments.len() - 1, index: 0 }
    }

    /// Reads `this`: an arrow function's is that of the function around it.
    pub(super) fn load_this(&mut self, dst: Register) {
        let owner = self.functions.iter().rposition(|function| !function.is_arrow);
        match owner.map(|owner| (owner, self.functions[owner].this)) {
            Some((owner, Some(place))) if owner + 1 < self.functions.len() => {
                self.load_place(place, dst);
            }
            Some((owner, None)) if owner + 1 < self.functions.len() => {
                // At the top of a script `this` is the global object.
                let key = self.memory.key("globalThis");
                let cache = self.state().code.cache(key);
                self.emit(Instruction::LoadGlobal { dst, cache });
            }
            _ => self.emit(Instruction::LoadThis { dst }),
        }
    }

    /// The variables of a scope are no more.
    pub(super) fn leave_scope(&mut self, has_environment: bool) {
        if has_environment {
            self.environments.pop();
        }
    }

    /// The register of the innermost environment.
    pub(super) fn environment_register(&mut self) -> Register {
        let function = self.functions.len() - 1;
        match self.environments.last() {
            Some(environment) if environment.function == function => environment.register,
            _ => {
                let state = self.state();
                state.uses_outer_environment = true;
                state.outer_environment
            }
        }
    }

    /// The register and the number of environments further out of an environment.
    fn reach(&mut self, environment: usize) -> (Register, u32) {
        let function = self.functions.len() - 1;
        let scope = self.environments[environment];
        if scope.function == function {
            return (scope.register, 0);
        }
        let state = self.state();
        state.uses_outer_environment = true;
        (state.outer_environment, (state.outer_environments - 1 - environment) as u32)
    }

    pub(super) fn load_place(&mut self, place: Place, dst: Register) {
        match place {
            Place::Register(src) if src == dst => {}
            Place::Register(src) => self.emit(Instruction::Move { dst, src }),
            Place::Environment { environment, index } => {
                let (environment, depth) = self.reach(environment);
                self.emit(Instruction::LoadVariable { dst, environment, index, depth });
            }
        }
    }

    pub(super) fn store_place(&mut self, place: Place, src: Register) {
        match place {
            Place::Register(dst) if src == dst => {}
            Place::Register(dst) => self.emit(Instruction::Move { dst, src }),
            Place::Environment { environment, index } => {
                let (environment, depth) = self.reach(environment);
                self.emit(Instruction::StoreVariable { src, environment, index, depth });
            }
        }
    }

    fn check(&mut self, identifier: &Identifier<'a>, value: Register) {
        let name = self.string(identifier.name.as_str());
        let name = self.constant(Value::cell(name));
        self.state().code.position(identifier.span.start);
        self.emit(Instruction::CheckInitialized { value, name });
    }

    /// The register that a variable is, if it is one and needs no check.
    pub(super) fn register_of(&self, identifier: &Identifier<'a>) -> Option<Register> {
        let Resolution::Binding { id, check: false } = identifier.resolution.get() else {
            return None;
        };
        match self.places.get(&id) {
            Some(Place::Register(register)) => Some(*register),
            _ => None,
        }
    }

    /// Whether something assigns to a variable after it has been declared.
    pub(super) fn is_assigned(&self, identifier: &Identifier<'a>) -> bool {
        match identifier.resolution.get() {
            Resolution::Binding { id, .. } => {
                self.scopes.binding(id).flags.contains(BindingFlags::ASSIGNED)
            }
            _ => true,
        }
    }

    /// Reads a variable.
    pub(super) fn load_identifier(
        &mut self,
        identifier: &Identifier<'a>,
        dst: Register,
    ) -> Compiled {
        match identifier.resolution.get() {
            Resolution::Binding { id, check } => {
                self.load_place(self.places[&id], dst);
                if check {
                    self.check(identifier, dst);
                }
                Ok(())
            }
            Resolution::Global if identifier.name.as_str() == "undefined" => {
                self.emit(Instruction::LoadUndefined { dst });
                Ok(())
            }
            Resolution::Global => {
                let cache = self.global_cache(identifier);
                self.emit(Instruction::LoadGlobal { dst, cache });
                Ok(())
            }
            _ => not_built("a variable that is known at run time only", identifier),
        }
    }

    /// The cache of a global variable's name.
    fn global_cache(&mut self, identifier: &Identifier<'a>) -> u32 {
        let key = self.memory.key(identifier.name.as_str());
        self.state().code.position(identifier.span.start);
        self.state().code.cache(key)
    }

    /// Reads a variable for `typeof`, which may ask for one that does not exist.
    pub(super) fn load_for_typeof(
        &mut self,
        identifier: &Identifier<'a>,
        dst: Register,
    ) -> Compiled {
        if identifier.resolution.get() == Resolution::Global {
            let cache = self.global_cache(identifier);
            self.emit(Instruction::LoadGlobalOrUndefined { dst, cache });
            return Ok(());
        }
        self.load_identifier(identifier, dst)
    }

    /// Whether assigning to a variable is an error.
    pub(super) fn is_constant(&self, identifier: &Identifier<'a>) -> bool {
        match identifier.resolution.get() {
            Resolution::Binding { id, .. } => self.scopes.binding(id).kind.is_constant(),
            _ => false,
        }
    }

    /// Writes a variable by assignment.
    pub(super) fn store_identifier(
        &mut self,
        identifier: &Identifier<'a>,
        src: Register,
    ) -> Compiled {
        if identifier.resolution.get() == Resolution::Global {
            let strict = u32::from(self.state().strict);
            let cache = self.global_cache(identifier);
            self.emit(Instruction::StoreGlobal { src, cache, strict });
            return Ok(());
        }
        let Resolution::Binding { id, check } = identifier.resolution.get() else {
            return not_built("a variable that is known at run time only", identifier);
        };
        let kind = self.scopes.binding(id).kind;
        if check {
            self.scratch(|this| {
                let value = this.temporary();
                this.load_place(this.places[&id], value);
                this.check(identifier, value);
                Ok(())
            })?;
        }
        if kind == BindingKind::FunctionName {
            return not_built("an assignment to the name of a function expression", identifier);
        }
        if kind.is_constant() {
            let name = self.string(identifier.name.as_str());
            let name = self.constant(Value::cell(name));
            self.state().code.position(identifier.span.start);
            self.emit(Instruction::ThrowConstantAssignment { name });
            return Ok(());
        }
        self.store_place(self.places[&id], src);
        Ok(())
    }

    /// Gives a variable its first value.
    pub(super) fn initialize_identifier(
        &mut self,
        identifier: &Identifier<'a>,
        src: Register,
    ) -> Compiled {
        match identifier.resolution.get() {
            Resolution::Binding { id, .. } => {
                self.store_place(self.places[&id], src);
                Ok(())
            }
            _ => not_built("a variable that is known at run time only", identifier),
        }
    }
}
