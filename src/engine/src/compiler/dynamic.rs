//! Variables that are known at run time only: where `with` or a direct `eval` stands
//! between a name and its declaration (ECMA-262 §9.1.1.2, §14.11, §19.2.1).
//!
//! An environment may hold an object whose properties are variables: that of a `with`,
//! or the variables that evals have declared in a function, which do not exist before.
//! A name is looked for in those objects at run time, from the inside out, up to the
//! environment that is known to have it.

use std::rc::Rc;

use axil_grammar::ast::{Argument, CallExpression, Identifier, WithStatement};
use axil_grammar::scope::{BindingId, BindingKind, Resolution, ScopeFlags};

use super::context::Receiver;
use super::{Compiled, Compiler, Names, Place};
use crate::bytecode::{EvalSite, Instruction, Register, StaticName, StaticScope};
use crate::value::Value;

/// What a name means where it is not known before.
struct Dynamic {
    /// The objects that may have it: the environment, the variable, and whether it is
    /// that of a `with`.
    objects: Vec<(usize, u32, bool)>,
    /// What has it if none of them does; none if that is the global object.
    known: Option<(Known, Place)>,
}

/// A variable that is known.
enum Known {
    Binding(BindingId),
    Outer(BindingKind),
}

impl<'a> Compiler<'_, 'a> {
    /// Whether evals may declare variables in a scope of a function.
    pub(super) fn gains_variables(&self, scope: usize) -> bool {
        let scope = &self.scopes.scopes[scope];
        scope.flags.contains(ScopeFlags::EVAL_MAY_DECLARE)
            && scope.kind == axil_grammar::scope::ScopeKind::Function
    }

    /// Whether names without a declaration may be those of something around an eval.
    pub(super) fn has_unknown_variables(&self) -> bool {
        self.is_nested_eval
    }

    /// Whether a function that is called by its name may be a method of a `with`'s object.
    pub(super) fn may_be_property_of_with(&self, identifier: &Identifier<'a>) -> bool {
        let known = match identifier.resolution.get() {
            Resolution::Binding { id, .. } => self.places.contains_key(&id),
            Resolution::Global => !self.has_unknown_variables(),
            _ => false,
        };
        !known && self.environments.iter().any(|environment| environment.with_object)
    }

    /// What a name means among the outermost environments.
    fn find_among(&self, count: usize, identifier: &Identifier<'a>) -> Dynamic {
        let name = identifier.name.as_str();
        let mut objects = Vec::new();
        let environments = self.environments[..count].iter().enumerate().rev();
        let known = environments.into_iter().find_map(|(index, environment)| {
            if environment.with_object {
                objects.push((index, 0, true));
                return None;
            }
            let found = match &environment.names {
                Names::None => None,
                Names::Scope(scope) => scope.index().and_then(|scope| {
                    let bindings = self.scopes.scopes[scope].bindings.iter().copied();
                    let mut named =
                        bindings.filter(|id| self.scopes.binding(*id).name == identifier.name);
                    let id = named.next()?;
                    match self.places.get(&id)? {
                        place @ (Place::Environment { environment, .. }
                        | Place::Import { environment, .. })
                            if *environment == index =>
                        {
                            Some((Known::Binding(id), *place))
                        }
                        _ => None,
                    }
                }),
                Names::Static(scope) => scope.find(name).map(|found| {
                    let (environment, index) = (index, found.index);
                    let place = match found.kind {
                        BindingKind::Import => Place::Import { environment, index },
                        _ => Place::Environment { environment, index },
                    };
                    (Known::Outer(found.kind), place)
                }),
            };
            if found.is_none()
                && let Some(variable) = environment.variables_of_eval
            {
                objects.push((index, variable, false));
            }
            found
        });
        Dynamic { objects, known }
    }

    fn find_dynamic(&self, identifier: &Identifier<'a>) -> Dynamic {
        self.find_among(self.environments.len(), identifier)
    }

    /// A function in a block of an eval gives its value to a variable of the function
    /// around the eval.
    pub(super) fn store_outer_function(
        &mut self,
        variable: BindingId,
        identifier: &Identifier<'a>,
        src: Register,
    ) -> Compiled {
        if let Some(place) = self.places.get(&variable).copied() {
            self.store_place(place, src);
            return Ok(());
        }
        let is_outer =
            |environment: &&super::EnvironmentScope| matches!(environment.names, Names::Static(_));
        let count = self.environments.iter().take_while(is_outer).count();
        let found = self.find_among(count, identifier);
        self.store_found(identifier, &found, None, src)
    }

    /// Looks for the object that has a name at run time: two registers for it, and for
    /// what a function of it is called on. No value if none has it.
    fn resolve_dynamic(&mut self, identifier: &Identifier<'a>, found: &Dynamic) -> Register {
        let base = self.temporaries(2);
        self.emit(Instruction::LoadEmpty { dst: base });
        self.emit(Instruction::LoadUndefined { dst: Register(base.0 + 1) });
        let (next, object, key) = (self.state().next, self.temporary(), self.temporary());
        let name = self.memory.key(identifier.name.as_str());
        self.load_key(name, key);
        self.state().code.position(identifier.span.start);
        for (environment, index, is_with) in &found.objects {
            let place = Place::Environment { environment: *environment, index: *index };
            self.load_place(place, object);
            let with = u32::from(*is_with);
            self.emit(Instruction::ResolveBinding { base, object, key, with });
        }
        self.state().next = next;
        base
    }

    pub(super) fn load_dynamic(
        &mut self,
        identifier: &Identifier<'a>,
        dst: Register,
        for_typeof: bool,
    ) -> Compiled {
        self.scratch(|this| {
            let found = this.find_dynamic(identifier);
            if found.objects.is_empty() {
                this.load_known(identifier, &found, dst, for_typeof);
                return Ok(());
            }
            let base = this.resolve_dynamic(identifier, &found);
            this.load_resolved(identifier, &found, base, dst, for_typeof);
            Ok(())
        })
    }

    /// Reads a name that has been looked for.
    fn load_resolved(
        &mut self,
        identifier: &Identifier<'a>,
        found: &Dynamic,
        base: Register,
        dst: Register,
        for_typeof: bool,
    ) {
        let (known, end) = (self.label(), self.label());
        self.emit_jump(Instruction::JumpIfEmpty { test: base, to: 0 }, known);
        let next = self.state().next;
        let key = self.temporary();
        let name = self.memory.key(identifier.name.as_str());
        self.load_key(name, key);
        let strict = u32::from(self.state().strict && !for_typeof);
        self.emit(Instruction::GetBinding { dst, object: base, key, strict });
        self.state().next = next;
        self.jump(end);
        self.bind(known);
        self.load_known(identifier, found, dst, for_typeof);
        self.bind(end);
    }

    /// Reads a name that no object has.
    fn load_known(
        &mut self,
        identifier: &Identifier<'a>,
        found: &Dynamic,
        dst: Register,
        for_typeof: bool,
    ) {
        match &found.known {
            Some((_, place)) => {
                self.load_place(*place, dst);
                if !matches!(place, Place::Import { .. }) {
                    let name = self.string(identifier.name.as_str());
                    let name = self.constant(Value::cell(name));
                    self.emit(Instruction::CheckInitialized { value: dst, name });
                }
            }
            None => {
                let key = self.global_key(identifier);
                if for_typeof {
                    self.load_global_or_undefined(key, dst);
                } else {
                    self.load_global(key, dst);
                }
            }
        }
    }

    /// Loads a function and what it is called on.
    pub(super) fn load_dynamic_callee(
        &mut self,
        identifier: &Identifier<'a>,
        callee: Register,
        this: Register,
    ) -> Compiled {
        self.scratch(|compiler| {
            let found = compiler.find_dynamic(identifier);
            let base = compiler.resolve_dynamic(identifier, &found);
            compiler.load_resolved(identifier, &found, base, callee, false);
            compiler.emit(Instruction::Move { dst: this, src: Register(base.0 + 1) });
            Ok(())
        })
    }

    /// Looks for a name that is going to be assigned to, if that is necessary before
    /// the value is known.
    pub(super) fn resolve_target(&mut self, identifier: &Identifier<'a>) -> Option<Register> {
        let known = match identifier.resolution.get() {
            Resolution::Binding { id, .. } => self.places.contains_key(&id),
            Resolution::Global => !self.has_unknown_variables(),
            _ => false,
        };
        if known {
            return None;
        }
        let found = self.find_dynamic(identifier);
        (!found.objects.is_empty()).then(|| self.resolve_dynamic(identifier, &found))
    }

    pub(super) fn store_dynamic(
        &mut self,
        identifier: &Identifier<'a>,
        resolved: Option<Register>,
        src: Register,
    ) -> Compiled {
        let found = self.find_dynamic(identifier);
        self.store_found(identifier, &found, resolved, src)
    }

    fn store_found(
        &mut self,
        identifier: &Identifier<'a>,
        found: &Dynamic,
        resolved: Option<Register>,
        src: Register,
    ) -> Compiled {
        self.scratch(|this| {
            let end = this.label();
            if !found.objects.is_empty() {
                let base = resolved.unwrap_or_else(|| this.resolve_dynamic(identifier, found));
                let known = this.label();
                this.emit_jump(Instruction::JumpIfEmpty { test: base, to: 0 }, known);
                let key = this.temporary();
                let name = this.memory.key(identifier.name.as_str());
                this.load_key(name, key);
                let strict = u32::from(this.state().strict);
                this.emit(Instruction::SetBinding { object: base, key, src, strict });
                this.jump(end);
                this.bind(known);
            }
            match &found.known {
                Some((known, place)) => {
                    let (kind, place) = match *known {
                        Known::Binding(id) => (this.scopes.binding(id).kind, *place),
                        Known::Outer(kind) => (kind, *place),
                    };
                    if kind.has_dead_zone() {
                        let value = this.temporary();
                        this.load_place(place, value);
                        let name = this.string(identifier.name.as_str());
                        let name = this.constant(Value::cell(name));
                        this.emit(Instruction::CheckInitialized { value, name });
                    }
                    this.state().code.position(identifier.span.start);
                    this.store_unless_constant(identifier, kind, place, src);
                }
                None => {
                    let key = this.global_key(identifier);
                    this.store_global(key, src);
                }
            }
            this.bind(end);
            Ok(())
        })
    }

    /// `delete x` (§13.5.1), in sloppy mode.
    pub(super) fn delete_identifier(&mut self, identifier: &Identifier<'a>, dst: Register) {
        let found = self.find_dynamic(identifier);
        let is_known = match identifier.resolution.get() {
            Resolution::Binding { id, .. } => {
                self.places.get(&id).is_some_and(|place| !matches!(place, Place::Global(_)))
            }
            _ => false,
        };
        let (known, end) = (self.label(), self.label());
        let key = self.temporary();
        let name = self.memory.key(identifier.name.as_str());
        self.load_key(name, key);
        if !found.objects.is_empty() && !is_known {
            let base = self.resolve_dynamic(identifier, &found);
            self.emit_jump(Instruction::JumpIfEmpty { test: base, to: 0 }, known);
            self.emit(Instruction::DeleteElement { dst, object: base, key, strict: 0 });
            self.jump(end);
        }
        self.bind(known);
        if is_known || found.known.is_some() {
            self.emit(Instruction::LoadFalse { dst });
        } else {
            self.emit(Instruction::DeleteGlobal { dst, key });
        }
        self.bind(end);
    }

    /// `with` (§14.11)
    pub(super) fn with_statement(&mut self, statement: &WithStatement<'a>) -> Compiled {
        let object = self.temporary();
        self.value_into(statement.object, object)?;
        self.position(statement);
        self.emit(Instruction::ToObject { dst: object, src: object });
        let environment = self.push_environment(1);
        self.environments[environment].with_object = true;
        self.store_place(Place::Environment { environment, index: 0 }, object);
        self.statement(statement.body, &[])?;
        self.environments.pop();
        Ok(())
    }

    /// A call of what may be `eval` itself (§13.3.6.1 step 6).
    pub(super) fn direct_eval(
        &mut self,
        call: &CallExpression<'a>,
        identifier: &Identifier<'a>,
        dst: Register,
    ) -> Compiled {
        let frame = self.frame();
        if self.may_be_property_of_with(identifier) {
            self.load_dynamic_callee(identifier, frame, Register(frame.0 + 3))?;
        } else {
            self.load_identifier(identifier, frame)?;
            self.emit(Instruction::LoadUndefined { dst: Register(frame.0 + 3) });
        }
        let site = self.eval_site();
        let scope = self.state().code.eval_site(site);
        if call.arguments.iter().any(|argument| matches!(argument, Argument::Spread(_))) {
            let first = self.temporary();
            let array = self.array_of_arguments(call.arguments, call.span.start)?;
            self.position(call);
            // What is evaluated is the first of the arguments.
            let key = self.temporary();
            self.emit(Instruction::LoadInt { dst: key, value: 0 });
            self.emit(Instruction::GetElement { dst: first, object: array, key });
            self.emit_eval(frame, 1, scope, dst);
            self.emit(Instruction::CallWithArray { frame, array, dst });
            return Ok(());
        }
        for argument in call.arguments {
            if let Argument::Expression(argument) = argument {
                let register = self.temporary();
                self.value_into(*argument, register)?;
            }
        }
        self.position(call);
        let arguments = call.arguments.len() as u32;
        self.emit_eval(frame, arguments.min(1), scope, dst);
        self.named(&call.callee);
        self.emit(Instruction::Call { frame, arguments, dst });
        Ok(())
    }

    /// If the function is `eval` itself, the call that follows is passed over.
    fn emit_eval(&mut self, frame: Register, arguments: u32, scope: u32, dst: Register) {
        let environment = self.environment_register();
        self.emit(Instruction::DirectEval { dst, frame, environment, arguments });
        self.emit(Instruction::EvalScope { scope });
    }

    /// What code that an eval brings here has around it.
    fn eval_site(&self) -> EvalSite {
        let mut scope: Option<Rc<StaticScope>> = None;
        for (index, environment) in self.environments.iter().enumerate() {
            if let Names::Static(outer) = &environment.names {
                scope = Some(Rc::clone(outer));
                continue;
            }
            let private_names = self.private_names_here().filter_map(|(name, place)| match place {
                Place::Environment { environment, index: variable } if environment == index => {
                    Some((name.into(), variable))
                }
                _ => None,
            });
            scope = Some(Rc::new(StaticScope {
                outer: scope,
                names: self.static_names(index),
                with_object: environment.with_object,
                variables_of_eval: environment.variables_of_eval,
                kept: environment.kept,
                private_names: private_names.collect(),
            }));
        }
        self.site(scope)
    }

    /// The variables of an environment that have names.
    fn static_names(&self, index: usize) -> Vec<StaticName> {
        let Names::Scope(scope) = &self.environments[index].names else { return Vec::new() };
        let Some(scope) = scope.index() else { return Vec::new() };
        let names = self.scopes.scopes[scope].bindings.iter().filter_map(|id| {
            let binding = self.scopes.binding(*id);
            match self.places.get(id)? {
                Place::Environment { environment, index: variable }
                | Place::Import { environment, index: variable }
                    if *environment == index =>
                {
                    let name = binding.name.as_str().into();
                    Some(StaticName { name, index: *variable, kind: binding.kind })
                }
                _ => None,
            }
        });
        names.collect()
    }

    /// What may stand in code that an eval brings here.
    fn site(&self, scope: Option<Rc<StaticScope>>) -> EvalSite {
        let functions = self.functions.iter().rev();
        let mut owners = functions.filter(|function| function.receiver != Receiver::Outer);
        let owner = owners.next();
        let outer = self.outer_site.as_deref();
        let is_program = |state: &super::FunctionState| state.is_program;
        let inherits = owner.is_none_or(is_program);
        EvalSite {
            scope,
            in_parameters: self.functions.last().is_some_and(|function| function.in_parameters),
            strict: self.functions.last().is_some_and(|function| function.strict),
            in_function: if inherits {
                self.is_function_program || outer.is_some_and(|outer| outer.in_function)
            } else {
                true
            },
            in_method: if inherits {
                outer.is_some_and(|outer| outer.in_method)
            } else {
                owner.is_some_and(|owner| owner.is_method)
            },
            in_derived_constructor: if inherits {
                outer.is_some_and(|outer| outer.in_derived_constructor)
            } else {
                owner.is_some_and(|owner| owner.is_derived)
            },
            in_class_field_initializer: if inherits {
                outer.is_some_and(|outer| outer.in_class_field_initializer)
            } else {
                owner.is_some_and(|owner| owner.in_field)
            },
        }
    }

    /// The private names that something around an eval has declared.
    pub(super) fn outer_private_name(&self, name: &str) -> Option<Place> {
        self.environments.iter().enumerate().rev().find_map(|(environment, scope)| {
            let Names::Static(scope) = &scope.names else { return None };
            let found = scope.private_names.iter().find(|(own, _)| **own == *name)?;
            Some(Place::Environment { environment, index: found.1 })
        })
    }

    /// The receiver of code that an eval brings into a function.
    pub(super) fn outer_receiver(&self) -> Option<(Receiver, bool)> {
        self.environments.iter().enumerate().rev().find_map(|(index, environment)| {
            Some((Receiver::Environment(index), environment.kept?.is_derived))
        })
    }
}
