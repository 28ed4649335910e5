//! Variables: where they are, how they are read and written.

use axil_grammar::ast::Identifier;
use axil_grammar::scope::{
    Binding, BindingFlags, BindingId, BindingKind, Resolution, ScopeId, ScopeKind,
};

use super::program::Home;
use super::{Compiled, Compiler, EnvironmentScope, Names, Place};
use crate::bytecode::{Instruction, Register};
use crate::string::PropertyKey;
use crate::value::Value;

/// Variables that others than their function may use.
pub(super) const IN_ENVIRONMENT: BindingFlags =
    BindingFlags::CAPTURED.union(BindingFlags::EXPORTED);

/// How many registers there are before variables have to be in environments.
const MOST_VARIABLES: u16 = 1 << 14;

/// Whether a variable must not be used before it is initialised. A parameter may be
/// asked for by the initialiser of one before it.
fn has_dead_zone(binding: &Binding<'_>) -> bool {
    binding.kind.has_dead_zone()
        || binding.kind == BindingKind::Parameter
            && binding.flags.contains(BindingFlags::NEEDS_CHECK)
}

/// Whether a variable has a value as soon as its scope is entered, so that it needs no
/// `undefined` before.
fn begins_with_value(kind: BindingKind) -> bool {
    matches!(
        kind,
        BindingKind::Parameter
            | BindingKind::Arguments
            | BindingKind::FunctionName
            | BindingKind::Function
            | BindingKind::BlockFunction
            | BindingKind::SimpleCatch
    )
}

/// What entering a scope has opened: leaving it wants to know.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[must_use]
pub(super) struct Entered {
    environment: bool,
}

impl<'a> Compiler<'_, 'a> {
    /// Gives the variables of a scope their places, and makes its environment if it
    /// needs one.
    pub(super) fn enter_scope(&mut self, id: ScopeId) -> Entered {
        self.enter_scope_with(id, 0)
    }

    /// Enters a scope whose environment has so many variables more, after those with
    /// names.
    pub(super) fn enter_scope_with(&mut self, id: ScopeId, extra: u32) -> Entered {
        let bindings = id.index().map_or(&[][..], |index| self.scopes.scopes[index].bindings);
        let may_gain = id.index().is_some_and(|index| self.gains_variables(index));
        let extra = extra + u32::from(may_gain);
        let mut captured = 0;
        for id in bindings {
            let binding = self.scopes.binding(*id);
            if self.places.contains_key(id) {
                continue;
            }
            let in_environment = binding.flags.intersects(IN_ENVIRONMENT)
                || self.state().next >= MOST_VARIABLES
                || self.capture_parameters && binding.kind == BindingKind::Parameter;
            let environment = self.environments.len();
            let home = self.home_of(binding);
            let place = if let Home::Function = home {
                continue;
            } else if let Home::Global(key) = home {
                Place::Global(key)
            } else if binding.kind == BindingKind::Import {
                captured += 1;
                Place::Import { environment, index: captured - 1 }
            } else if in_environment {
                captured += 1;
                Place::Environment { environment, index: captured - 1 }
            } else {
                self.register_for(binding)
            };
            self.places.insert(*id, place);
        }
        if captured + extra == 0 {
            return Entered::default();
        }
        let environment = self.push_environment(captured + extra);
        self.environments[environment].names = Names::Scope(id);
        self.environments[environment].first_extra = captured;
        if may_gain {
            self.environments[environment].variables_of_eval = Some(captured + extra - 1);
        }
        // Variables of other kinds than `let` and `const` are not in a dead zone.
        for id in bindings {
            let binding = self.scopes.binding(*id);
            if let Some(Place::Environment { .. }) = self.places.get(id)
                && !has_dead_zone(binding)
                && !begins_with_value(binding.kind)
            {
                let undefined = self.temporary();
                self.emit(Instruction::LoadUndefined { dst: undefined });
                self.store_place(self.places[id], undefined);
                self.state().next -= 1;
            }
        }
        Entered { environment: true }
    }

    /// A register for a variable, with the value that it has before it is declared.
    pub(super) fn register_for(&mut self, binding: &Binding<'a>) -> Place {
        let register = self.temporary();
        if has_dead_zone(binding) && binding.flags.contains(BindingFlags::NEEDS_CHECK) {
            self.emit(Instruction::LoadEmpty { dst: register });
        } else if !has_dead_zone(binding) && !begins_with_value(binding.kind) {
            self.emit(Instruction::LoadUndefined { dst: register });
        }
        Place::Register(register)
    }

    /// The number of the first variable without a name of the environment entered last.
    pub(super) fn first_extra(&self) -> u32 {
        self.environments.last().map_or(0, |environment| environment.first_extra)
    }

    /// Makes an environment with so many variables; gives its index.
    pub(super) fn push_environment(&mut self, size: u32) -> usize {
        let parent = self.environment_register();
        let register = self.temporary();
        if u16::try_from(size).is_ok() {
            self.emit(Instruction::PushEnvironment { dst: register, parent, size });
        } else {
            let next = self.state().next;
            let large = self.far_index(size);
            self.emit(Instruction::PushLargeEnvironment { dst: register, parent, size: large });
            self.state().next = next;
        }
        self.environments.push(EnvironmentScope {
            function: self.functions.len() - 1,
            register,
            names: Names::None,
            first_extra: 0,
            with_object: false,
            variables_of_eval: None,
            kept: None,
        });
        self.environments.len() - 1
    }

    /// The variables of a scope are no more.
    pub(super) fn leave_scope(&mut self, entered: Entered) {
        if entered.environment {
            self.environments.pop();
        }
    }

    /// Forgets where the variables of a scope are: it will be entered once more.
    pub(super) fn forget_scope(&mut self, id: ScopeId) {
        if let Some(index) = id.index() {
            for id in self.scopes.scopes[index].bindings {
                self.places.remove(id);
            }
        }
    }

    /// The next turn of a loop has variables of its own.
    pub(super) fn renew_scope(&mut self, entered: Entered) {
        if entered.environment {
            let dst = self.environment_register();
            self.emit(Instruction::CopyEnvironment { dst });
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
        let scope = &self.environments[environment];
        if scope.function == function {
            return (scope.register, 0);
        }
        let state = self.state();
        state.uses_outer_environment = true;
        let depth = (state.outer_environments - 1 - environment) as u32;
        let mut register = state.outer_environment;
        // An instruction has 8 bits for the way out.
        let mut left = depth;
        while left > u32::from(u8::MAX) {
            let dst = self.temporary();
            let depth = left.min(u32::from(u8::MAX));
            self.emit(Instruction::LoadOuterEnvironment { dst, environment: register, depth });
            (register, left) = (dst, left - depth);
        }
        (register, left)
    }

    pub(super) fn load_place(&mut self, place: Place, dst: Register) {
        match place {
            Place::Register(src) if src == dst => {}
            Place::Register(src) => self.emit(Instruction::Move { dst, src }),
            Place::Environment { environment, index } => {
                let next = self.state().next;
                let (environment, depth) = self.reach(environment);
                if u16::try_from(index).is_ok() {
                    self.emit(Instruction::LoadVariable { dst, environment, index, depth });
                } else {
                    let index = self.far_index(index);
                    self.emit(Instruction::LoadFarVariable { dst, environment, index, depth });
                }
                self.state().next = next;
            }
            Place::Global(key) => self.load_global(key, dst),
            Place::Import { environment, index } => {
                let next = self.state().next;
                let (environment, depth) = self.reach(environment);
                if u16::try_from(index).is_ok() {
                    self.emit(Instruction::LoadImport { dst, environment, index, depth });
                } else {
                    let index = self.far_index(index);
                    self.emit(Instruction::LoadFarImport { dst, environment, index, depth });
                }
                self.state().next = next;
            }
        }
    }

    pub(super) fn store_place(&mut self, place: Place, src: Register) {
        match place {
            Place::Register(dst) if src == dst => {}
            Place::Register(dst) => self.emit(Instruction::Move { dst, src }),
            Place::Environment { environment, index } => {
                let next = self.state().next;
                let (environment, depth) = self.reach(environment);
                if u16::try_from(index).is_ok() {
                    self.emit(Instruction::StoreVariable { src, environment, index, depth });
                } else {
                    let index = self.far_index(index);
                    self.emit(Instruction::StoreFarVariable { src, environment, index, depth });
                }
                self.state().next = next;
            }
            Place::Global(key) => self.store_global(key, src),
            // Assigning to an import is an error that has been found before.
            Place::Import { .. } => {}
        }
    }

    /// A number in a register, for the instructions that have no room for it.
    fn far_index(&mut self, index: u32) -> Register {
        let dst = self.temporary();
        self.emit(Instruction::LoadInt { dst, value: index as i32 });
        dst
    }

    /// Compiles an access to a property or a global variable by the register of its key,
    /// where a function has used up its caches.
    pub(super) fn by_key(
        &mut self,
        key: PropertyKey,
        instruction: impl FnOnce(Register) -> Instruction,
    ) {
        let next = self.state().next;
        let register = self.temporary();
        self.load_key(key, register);
        self.emit(instruction(register));
        self.state().next = next;
    }

    /// Reads a global variable.
    pub(super) fn load_global(&mut self, key: PropertyKey, dst: Register) {
        match self.state().code.cache(key) {
            Some(cache) => self.emit(Instruction::LoadGlobal { dst, cache }),
            None => self.by_key(key, |key| Instruction::LoadNamedGlobal { dst, key, lenient: 0 }),
        }
    }

    /// Reads a global variable, or `undefined` if there is none.
    pub(super) fn load_global_or_undefined(&mut self, key: PropertyKey, dst: Register) {
        match self.state().code.cache(key) {
            Some(cache) => self.emit(Instruction::LoadGlobalOrUndefined { dst, cache }),
            None => self.by_key(key, |key| Instruction::LoadNamedGlobal { dst, key, lenient: 1 }),
        }
    }

    /// Writes a global variable.
    pub(super) fn store_global(&mut self, key: PropertyKey, src: Register) {
        let strict = u32::from(self.state().strict);
        match self.state().code.cache(key) {
            Some(cache) => self.emit(Instruction::StoreGlobal { src, cache, strict }),
            None => self.by_key(key, |key| Instruction::StoreNamedGlobal { src, key, how: strict }),
        }
    }

    fn check(&mut self, identifier: &Identifier<'a>, value: Register) {
        let name = self.string(identifier.name.as_str());
        let name = self.constant(Value::cell(name));
        self.emit(Instruction::CheckInitialized { value, name });
    }

    /// The place of a variable that is known, if it is.
    pub(super) fn place_of(&self, identifier: &Identifier<'a>) -> Option<Place> {
        match identifier.resolution.get() {
            Resolution::Binding { id, .. } => self.places.get(&id).copied(),
            _ => None,
        }
    }

    /// The register that a variable is, if it is one and needs no check.
    pub(super) fn register_of(&self, identifier: &Identifier<'a>) -> Option<Register> {
        let Resolution::Binding { check: false, .. } = identifier.resolution.get() else {
            return None;
        };
        match self.place_of(identifier) {
            Some(Place::Register(register)) => Some(register),
            _ => None,
        }
    }

    /// The register of a variable that nobody can look at before it is initialised.
    pub(super) fn unseen_register(&self, identifier: &Identifier<'a>) -> Option<Register> {
        let Resolution::Binding { id, .. } = identifier.resolution.get() else { return None };
        let binding = self.scopes.binding(id);
        let is_unseen = (binding.kind.has_dead_zone() || binding.kind == BindingKind::Parameter)
            && !binding.flags.contains(BindingFlags::NEEDS_CHECK);
        match self.places.get(&id) {
            Some(Place::Register(register)) if is_unseen => Some(*register),
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

    /// Whether some use of a variable may come before it is initialised.
    pub(super) fn needs_check(&self, identifier: &Identifier<'a>) -> bool {
        match identifier.resolution.get() {
            Resolution::Binding { id, .. } => {
                self.scopes.binding(id).flags.contains(BindingFlags::NEEDS_CHECK)
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
            Resolution::Binding { id, check } if self.places.contains_key(&id) => {
                let place = self.places[&id];
                self.state().code.position(identifier.span.start);
                self.load_place(place, dst);
                if check && !matches!(place, Place::Global(_) | Place::Import { .. }) {
                    self.check(identifier, dst);
                }
                Ok(())
            }
            Resolution::Global
                if identifier.name.as_str() == "undefined" && !self.has_unknown_variables() =>
            {
                self.emit(Instruction::LoadUndefined { dst });
                Ok(())
            }
            Resolution::Global if !self.has_unknown_variables() => {
                let key = self.global_key(identifier);
                self.load_global(key, dst);
                Ok(())
            }
            _ => self.load_dynamic(identifier, dst, false),
        }
    }

    /// Whether a name is that of a global variable, and nothing at run time can change that.
    pub(super) fn is_plain_global(&self, identifier: &Identifier<'a>) -> bool {
        identifier.resolution.get() == Resolution::Global && !self.has_unknown_variables()
    }

    /// The key of a global variable; what follows is about that place in the text.
    pub(super) fn global_key(&mut self, identifier: &Identifier<'a>) -> PropertyKey {
        self.state().code.position(identifier.span.start);
        self.memory.key(identifier.name.as_str())
    }

    /// Reads a variable for `typeof`, which may ask for one that does not exist.
    pub(super) fn load_for_typeof(
        &mut self,
        identifier: &Identifier<'a>,
        dst: Register,
    ) -> Compiled {
        match identifier.resolution.get() {
            Resolution::Binding { id, .. } if self.places.contains_key(&id) => {
                self.load_identifier(identifier, dst)
            }
            Resolution::Global if !self.has_unknown_variables() => {
                let key = self.global_key(identifier);
                self.load_global_or_undefined(key, dst);
                Ok(())
            }
            _ => self.load_dynamic(identifier, dst, true),
        }
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
        match identifier.resolution.get() {
            Resolution::Binding { id, check } if self.places.contains_key(&id) => {
                self.store_binding(identifier, id, check, src)
            }
            Resolution::Global if !self.has_unknown_variables() => {
                let key = self.global_key(identifier);
                self.store_global(key, src);
                Ok(())
            }
            _ => self.store_dynamic(identifier, None, src),
        }
    }

    /// Writes a variable whose binding is known.
    pub(super) fn store_binding(
        &mut self,
        identifier: &Identifier<'a>,
        id: BindingId,
        check: bool,
        src: Register,
    ) -> Compiled {
        let (kind, place) = (self.scopes.binding(id).kind, self.places[&id]);
        if let Place::Global(_) = place {
            // Whether it is a constant or not initialised is found out there.
            self.store_place(place, src);
            return Ok(());
        }
        if check && !matches!(place, Place::Import { .. }) {
            self.scratch(|this| {
                let value = this.temporary();
                this.load_place(place, value);
                this.check(identifier, value);
                Ok(())
            })?;
        }
        self.store_unless_constant(identifier, kind, place, src);
        Ok(())
    }

    /// Writes a variable, or throws if it is a constant.
    pub(super) fn store_unless_constant(
        &mut self,
        identifier: &Identifier<'a>,
        kind: BindingKind,
        place: Place,
        src: Register,
    ) {
        if kind == BindingKind::FunctionName && !self.state().strict {
            return;
        }
        if kind.is_constant() {
            let name = self.string(identifier.name.as_str());
            let name = self.constant(Value::cell(name));
            self.emit(Instruction::ThrowConstantAssignment { name });
            return;
        }
        self.store_place(place, src);
    }

    /// Gives a variable its first value.
    pub(super) fn initialize_identifier(
        &mut self,
        identifier: &Identifier<'a>,
        src: Register,
    ) -> Compiled {
        match identifier.resolution.get() {
            Resolution::Binding { id, .. } if self.places.contains_key(&id) => {
                match self.places[&id] {
                    Place::Global(key) if self.scopes.binding(id).kind.has_dead_zone() => {
                        match self.state().code.cache(key) {
                            Some(cache) => self.emit(Instruction::InitializeGlobal { src, cache }),
                            None => self.by_key(key, |key| Instruction::StoreNamedGlobal {
                                src,
                                key,
                                how: 2,
                            }),
                        }
                    }
                    place => self.store_place(place, src),
                }
                Ok(())
            }
            _ => self.store_dynamic(identifier, None, src),
        }
    }

    /// Whether the innermost function is an arrow function.
    fn is_arrow_scope(&self) -> bool {
        self.functions
            .last()
            .is_some_and(|function| function.receiver == super::context::Receiver::Outer)
    }

    /// The first binding of a name in a scope, given by its index.
    pub(super) fn binding_in(&mut self, scope: usize, name: &'a str) -> Option<BindingId> {
        /// A scope with more bindings is searched by way of a map.
        const SEARCHED: usize = 16;
        let scopes = self.scopes;
        let bindings = scopes.scopes[scope].bindings;
        if bindings.len() <= SEARCHED {
            let mut bindings = bindings.iter().copied();
            return bindings.find(|id| scopes.binding(*id).name.as_str() == name);
        }
        let names = self.names.entry(scope).or_insert_with(|| {
            let bindings = bindings.iter().rev();
            bindings.map(|id| (scopes.binding(*id).name.as_str(), *id)).collect()
        });
        names.get(name).copied()
    }

    /// The binding of the `var` that a function in a block is too (Annex B.3.2).
    pub(super) fn annex_b_variable(&mut self, own: BindingId) -> Option<BindingId> {
        let binding = self.scopes.binding(own);
        let mut scope = self.scopes.scope(binding.scope).parent;
        while let Some(index) = scope.index() {
            let found = self.binding_in(index, binding.name.as_str());
            let data = &self.scopes.scopes[index];
            let is_var_scope = matches!(
                data.kind,
                ScopeKind::Script
                    | ScopeKind::Function
                    | ScopeKind::FunctionBody
                    | ScopeKind::StaticBlock
            );
            // A function that has an `arguments` object gets no such variable.
            if binding.name.as_str() == "arguments"
                && data.kind == ScopeKind::Function
                && !self.is_arrow_scope()
            {
                return None;
            }
            if let Some(found) = found {
                let kind = self.scopes.binding(found).kind;
                let is_meant =
                    matches!(kind, BindingKind::AnnexB | BindingKind::Var | BindingKind::Function)
                        || kind == BindingKind::SimpleCatch;
                if kind == BindingKind::SimpleCatch {
                    scope = data.parent;
                    continue;
                }
                return Some(found).filter(|_| is_meant && is_var_scope);
            }
            if is_var_scope {
                return None;
            }
            scope = data.parent;
        }
        None
    }
}
