//! Evaluating modules, some of which await something (ECMA-262 §16.2.1.6.1.3).

use std::rc::Rc;

use axil_grammar::Source;

use super::{DONE, Module, ModuleStatus};
use crate::heap::{Gc, RootedVec};
use crate::object::{Elements, Promise};
use crate::value::Value;
use crate::vm::{Arguments, Completion, CoroutineState, Told, Vm};

impl Gc<Module> {
    fn parents(self) -> impl Iterator<Item = Gc<Module>> {
        let list = self.parents.get();
        let count = list.map_or(0, Gc::<Elements>::length);
        (0..count).filter_map(move |index| list?.get(index).downcast())
    }

    fn awaits(self) -> bool {
        self.parts().is_some_and(|parts| parts.is_async)
    }

    /// The module whose cycle it belongs to.
    fn root(self) -> Gc<Module> {
        self.cycle_root.get().unwrap_or(self)
    }
}

impl Vm {
    /// `Evaluate` (§16.2.1.6.1.3) of a module that is linked: gives the promise of its
    /// end.
    pub fn evaluate_module(&mut self, module: Gc<Module>) -> Gc<Promise> {
        let is_evaluated =
            matches!(module.status(), ModuleStatus::EvaluatingAsync | ModuleStatus::Evaluated);
        let module = if is_evaluated { module.root() } else { module };
        if let Some(promise) = module.capability.get() {
            return promise;
        }
        let promise = self.new_promise();
        module.capability.set(Some(promise));
        self.memory.write_barrier(module, promise.to_word());
        let mut stack = self.memory.rooted_vec::<Gc<Module>>();
        let mut index = 0;
        if self.inner_evaluate(module, &mut stack, &mut index).is_err() {
            let error = self.take_exception();
            for at in 0..stack.len() {
                if let Some(failed) = stack.get(at) {
                    self.set_error(failed, error);
                    failed.cycle_root.set(Some(failed));
                }
            }
            if module.error().is_none() && module.code.is_some() {
                self.set_error(module, error);
            }
            self.tell_of_failure(module, error);
            self.reject_promise(promise, error);
        } else if module.async_order.get() == 0 {
            self.resolve_promise(promise, Value::UNDEFINED);
        }
        promise
    }

    fn set_error(&mut self, module: Gc<Module>, error: Value) {
        module.status.set(ModuleStatus::Evaluated);
        module.error.set(error);
        self.memory.write_barrier(module, error.bits());
    }

    /// `InnerModuleEvaluation` (§16.2.1.6.1.3.1)
    fn inner_evaluate(
        &mut self,
        module: Gc<Module>,
        stack: &mut RootedVec<Gc<Module>>,
        index: &mut u32,
    ) -> Completion<()> {
        self.check_native_stack()?;
        match module.status() {
            ModuleStatus::EvaluatingAsync | ModuleStatus::Evaluated => {
                return match module.error() {
                    None => Ok(()),
                    Some(error) => Err(self.throw(error)),
                };
            }
            ModuleStatus::Evaluating => return Ok(()),
            _ => {}
        }
        module.status.set(ModuleStatus::Evaluating);
        module.dfs_index.set(*index);
        module.dfs_ancestor.set(*index);
        module.pending_dependencies.set(0);
        *index += 1;
        stack.push(module);
        for request in 0..module.requests().len() {
            let Some(mut required) = module.loaded(request) else { continue };
            self.inner_evaluate(required, stack, index)?;
            if required.status() == ModuleStatus::Evaluating {
                let ancestor = module.dfs_ancestor.get().min(required.dfs_ancestor.get());
                module.dfs_ancestor.set(ancestor);
            } else {
                required = required.root();
                if let Some(error) = required.error() {
                    return Err(self.throw(error));
                }
            }
            if !matches!(required.async_order.get(), 0 | DONE) {
                module.pending_dependencies.set(module.pending_dependencies.get() + 1);
                self.add_parent(required, module);
            }
        }
        if module.pending_dependencies.get() > 0 || module.awaits() {
            self.async_modules += 1;
            module.async_order.set(self.async_modules);
            if module.pending_dependencies.get() == 0 {
                self.execute_async_module(module);
            }
        } else {
            self.execute_module(module)?;
        }
        if module.dfs_ancestor.get() == module.dfs_index.get() {
            while let Some(done) = stack.pop() {
                done.status.set(if done.async_order.get() == 0 {
                    ModuleStatus::Evaluated
                } else {
                    ModuleStatus::EvaluatingAsync
                });
                done.cycle_root.set(Some(module));
                self.memory.write_barrier(done, module.to_word());
                if done == module {
                    break;
                }
            }
        }
        Ok(())
    }

    fn add_parent(&mut self, module: Gc<Module>, parent: Gc<Module>) {
        let list = module.parents.get();
        let count = list.map_or(0, Gc::<Elements>::length);
        let list = match list {
            Some(list) if list.capacity() > count => list,
            Some(list) => list.grown(&self.memory, count * 2),
            None => Gc::<Elements>::with_capacity(&self.memory, 4),
        };
        list.set_length(count + 1);
        list.set(&self.memory, count, Value::cell(parent));
        module.parents.set(Some(list));
        self.memory.write_barrier(module, list.to_word());
    }

    /// `ExecuteModule` (§16.2.1.7.3.2) of a module that awaits nothing.
    fn execute_module(&mut self, module: Gc<Module>) -> Completion<()> {
        match module.coroutine.take() {
            Some(coroutine) => self.resume(coroutine, Told::Next, Value::UNDEFINED).map(drop),
            None => match module.steps.take() {
                Some(steps) => self.call(Value::cell(steps), Value::UNDEFINED, &[]).map(drop),
                None => Ok(()),
            },
        }
    }

    /// `ExecuteAsyncModule` (§16.2.1.6.1.3.2)
    fn execute_async_module(&mut self, module: Gc<Module>) {
        // It stays there until it is done: somebody may ask where it is.
        let Some(coroutine) = module.coroutine.get() else { return };
        let Some(promise) = coroutine.extra.get().downcast::<Promise>() else { return };
        let captured = [Value::cell(module)];
        let fulfilled = self.new_native_closure(
            "",
            0,
            |vm, arguments| {
                if let Some(module) = module_of(arguments) {
                    vm.async_module_fulfilled(module);
                }
                Ok(Value::UNDEFINED)
            },
            &captured,
        );
        let rejected = self.new_native_closure(
            "",
            1,
            |vm, arguments| {
                if let Some(module) = module_of(arguments) {
                    vm.async_module_rejected(module, arguments.get(0));
                }
                Ok(Value::UNDEFINED)
            },
            &captured,
        );
        let (fulfilled, rejected) = (Value::cell(fulfilled), Value::cell(rejected));
        self.perform_promise_then(promise, fulfilled, rejected, crate::vm::Target::None);
        self.resume_coroutine(Value::cell(coroutine), false, Value::UNDEFINED);
    }

    /// `AsyncModuleExecutionFulfilled` (§16.2.1.6.1.3.4)
    fn async_module_fulfilled(&mut self, module: Gc<Module>) {
        if module.status() == ModuleStatus::Evaluated {
            return;
        }
        module.async_order.set(DONE);
        module.status.set(ModuleStatus::Evaluated);
        module.coroutine.set(None);
        if let Some(promise) = module.capability.get() {
            self.resolve_promise(promise, Value::UNDEFINED);
        }
        let mut available = self.memory.rooted_vec::<Gc<Module>>();
        gather_available_ancestors(module, &mut available);
        let mut order: Vec<usize> = (0..available.len()).collect();
        order.sort_by_key(|at| available.get(*at).map(|module| module.async_order.get()));
        for at in order {
            let Some(module) = available.get(at) else { continue };
            if module.status() == ModuleStatus::Evaluated {
                continue;
            }
            if module.awaits() {
                self.execute_async_module(module);
            } else if self.execute_module(module).is_err() {
                let error = self.take_exception();
                self.async_module_rejected(module, error);
            } else {
                module.async_order.set(DONE);
                module.status.set(ModuleStatus::Evaluated);
                if let Some(promise) = module.capability.get() {
                    self.resolve_promise(promise, Value::UNDEFINED);
                }
            }
        }
    }

    /// `AsyncModuleExecutionRejected` (§16.2.1.6.1.3.5)
    fn async_module_rejected(&mut self, module: Gc<Module>, error: Value) {
        let mut failed = self.memory.rooted_vec::<Gc<Module>>();
        failed.push(module);
        let mut next = 0;
        while let Some(module) = failed.get(next) {
            next += 1;
            if module.status() == ModuleStatus::Evaluated {
                continue;
            }
            module.async_order.set(DONE);
            self.set_error(module, error);
            for parent in module.parents() {
                failed.push(parent);
            }
            module.coroutine.set(None);
            if let Some(promise) = module.capability.get() {
                self.tell_of_failure(module, error);
                self.reject_promise(promise, error);
            }
        }
    }

    /// Lets the embedder look at what a module has thrown whose evaluation was asked for.
    fn tell_of_failure(&mut self, module: Gc<Module>, error: Value) {
        if let Some(loader) = self.module_loader.clone() {
            loader.evaluation_failed(self, module, error);
        }
    }

    /// Where a module, or one that it needs, awaits something.
    pub fn unsettled_await(&self, module: Gc<Module>) -> Option<(Rc<Source>, u32)> {
        let mut known = rustc_hash::FxHashSet::default();
        let mut next = self.memory.rooted_vec::<Gc<Module>>();
        next.push(module);
        while let Some(module) = next.pop() {
            if module.status() != ModuleStatus::EvaluatingAsync || !known.insert(module.to_word()) {
                continue;
            }
            if let (Some(code), Some(coroutine)) = (module.code, module.coroutine.get())
                && coroutine.state() == CoroutineState::Awaiting
            {
                return Some((Rc::clone(&code.source), coroutine.offset()));
            }
            for request in (0..module.requests().len()).rev() {
                if let Some(loaded) = module.loaded(request) {
                    next.push(loaded);
                }
            }
        }
        None
    }
}

/// `GatherAvailableAncestors` (§16.2.1.6.1.3.3)
fn gather_available_ancestors(module: Gc<Module>, list: &mut RootedVec<Gc<Module>>) {
    let mut at = list.len();
    let mut next = Some(module);
    while let Some(module) = next {
        for parent in module.parents() {
            let is_known = list.as_slice().contains(&parent);
            if is_known || parent.root().error().is_some() {
                continue;
            }
            let pending = parent.pending_dependencies.get().saturating_sub(1);
            parent.pending_dependencies.set(pending);
            if pending == 0 {
                list.push(parent);
            }
        }
        // Those that await nothing themselves let their parents go on at once.
        next = None;
        while let Some(available) = list.get(at) {
            at += 1;
            if !available.awaits() {
                next = Some(available);
                break;
            }
        }
    }
}

/// The module that a native closure is about.
fn module_of(arguments: Arguments<'_>) -> Option<Gc<Module>> {
    arguments.captured().variables()[0].get().downcast()
}

impl Vm {
    /// What `import(specifier)` gives in code that comes from `referrer`.
    pub fn import_module(&mut self, referrer: &str, specifier: &str) -> Gc<Promise> {
        let specifier = Value::cell(self.memory.string(specifier));
        self.import_call(referrer, specifier, Value::UNDEFINED)
    }

    /// `import()` (§13.3.10): loads, links and evaluates what a request means; the promise
    /// is for its namespace object.
    pub(crate) fn import_call(
        &mut self,
        referrer: &str,
        specifier: Value,
        options: Value,
    ) -> Gc<Promise> {
        let promise = self.new_promise();
        match self.begin_import(referrer, specifier, options) {
            Err(_) => {
                let reason = self.take_exception();
                self.reject_promise(promise, reason);
            }
            Ok(module) => self.continue_import(module, promise),
        }
        promise
    }

    fn begin_import(
        &mut self,
        referrer: &str,
        specifier: Value,
        options: Value,
    ) -> Completion<Gc<Module>> {
        let specifier = crate::operators::to_string(self, specifier)?.to_rust(&self.memory);
        let attributes = self.import_attributes(options)?;
        let request = crate::bytecode::ModuleRequest { specifier: specifier.into(), attributes };
        self.host_load_module(referrer, &request)
    }

    /// The attributes that the second argument of `import()` has (§13.3.10.2).
    fn import_attributes(&mut self, options: Value) -> Completion<Vec<(Box<str>, Box<str>)>> {
        let mut attributes = Vec::new();
        if options.is_undefined() {
            return Ok(attributes);
        }
        let Some(options) = crate::operators::as_object(options) else {
            return Err(self.throw_type_error("The second argument to import() must be an object"));
        };
        let with = self.get(options, self.memory.literal_key("with"))?;
        if with.is_undefined() {
            return Ok(attributes);
        }
        let Some(with) = crate::operators::as_object(with) else {
            return Err(self.throw_type_error("The 'with' option must be an object"));
        };
        let keys = self.own_property_keys(with)?;
        for key in keys.as_slice().iter().filter(|key| key.as_symbol().is_none()) {
            let own = self.get_own_property(with, *key)?;
            if own.is_none_or(|own| own.enumerable != Some(true)) {
                continue;
            }
            let value = self.get(with, *key)?;
            let Some(text) = value.downcast::<crate::string::JsString>() else {
                return Err(self.throw_type_error("Import attribute value must be a string"));
            };
            let text = text.to_rust(&self.memory);
            attributes.push((self.display_key(*key).into(), text.into()));
        }
        attributes.sort();
        Ok(attributes)
    }

    /// `ContinueDynamicImport` (§13.3.10.3): both steps come in jobs, as if loading took
    /// time.
    fn continue_import(&mut self, module: Gc<Module>, promise: Gc<Promise>) {
        let captured = [Value::cell(module), Value::cell(promise)];
        let loaded = self.new_promise();
        match self.load_requested_modules(module) {
            Ok(()) => self.resolve_promise(loaded, Value::UNDEFINED),
            Err(_) => {
                let reason = self.take_exception();
                self.reject_promise(loaded, reason);
            }
        }
        let link = self.new_native_closure(
            "",
            0,
            |vm, arguments| {
                link_and_evaluate(vm, arguments);
                Ok(Value::UNDEFINED)
            },
            &captured,
        );
        let fail = self.new_native_closure(
            "",
            1,
            |vm, arguments| {
                reject_import(vm, arguments);
                Ok(Value::UNDEFINED)
            },
            &captured,
        );
        let (link, fail) = (Value::cell(link), Value::cell(fail));
        self.perform_promise_then(loaded, link, fail, crate::vm::Target::None);
    }
}

fn link_and_evaluate(vm: &mut Vm, arguments: Arguments<'_>) {
    let variables = arguments.captured();
    let captured = [0, 1].map(|index: usize| variables.variables()[index].get());
    let (Some(module), Some(promise)) = (module_of(arguments), captured[1].downcast::<Promise>())
    else {
        return;
    };
    if vm.link_module(module).is_err() {
        let reason = vm.take_exception();
        vm.reject_promise(promise, reason);
        return;
    }
    let evaluated = vm.evaluate_module(module);
    let done = vm.new_native_closure(
        "",
        0,
        |vm, arguments| {
            resolve_import(vm, arguments);
            Ok(Value::UNDEFINED)
        },
        &captured,
    );
    let fail = vm.new_native_closure(
        "",
        1,
        |vm, arguments| {
            reject_import(vm, arguments);
            Ok(Value::UNDEFINED)
        },
        &captured,
    );
    let (done, fail) = (Value::cell(done), Value::cell(fail));
    vm.perform_promise_then(evaluated, done, fail, crate::vm::Target::None);
}

fn resolve_import(vm: &mut Vm, arguments: Arguments<'_>) {
    let variables = arguments.captured();
    let promise = variables.variables()[1].get().downcast::<Promise>();
    if let (Some(module), Some(promise)) = (module_of(arguments), promise) {
        match vm.module_namespace(module) {
            Ok(namespace) => vm.resolve_promise(promise, Value::cell(namespace)),
            Err(_) => {
                let reason = vm.take_exception();
                vm.reject_promise(promise, reason);
            }
        }
    }
}

fn reject_import(vm: &mut Vm, arguments: Arguments<'_>) {
    let variables = arguments.captured();
    if let Some(promise) = variables.variables()[1].get().downcast::<Promise>() {
        vm.reject_promise(promise, arguments.get(0));
    }
}
