//! Modules (ECMA-262 §16.2.1): their records, how they are linked and evaluated, and the
//! objects that stand for their exports.

mod evaluation;
mod linking;
mod namespace;

use std::cell::Cell;
use std::rc::Rc;

pub use namespace::Namespace;

use crate::bytecode::{Code, ModuleParts, ModuleRequest};
use crate::heap::{CellKind, Gc, Header, HeapCell, Tracer};
use crate::kinds;
use crate::object::{Elements, Environment, Memory, Object, Promise};
use crate::string::JsString;
use crate::value::Value;
use crate::vm::{Completion, Coroutine, Vm};

/// `[[Status]]` of a cyclic module record (§16.2.1.6).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum ModuleStatus {
    /// It has been made.
    Unlinked,
    /// It is being linked.
    Linking,
    /// It is linked.
    Linked,
    /// It is being evaluated.
    Evaluating,
    /// It, or a module that it needs, awaits something.
    EvaluatingAsync,
    /// It has been evaluated, or has failed.
    Evaluated,
}

/// A module record: of a source text, or one that an embedder makes.
#[repr(C)]
pub struct Module {
    header: Header,
    /// Its code; none if an embedder has made it.
    pub code: Option<Gc<Code>>,
    /// Its variables.
    pub environment: Gc<Environment>,
    /// The names under which an embedder's module exports its variables.
    exports: Box<[Box<str>]>,
    /// What gives the variables of such a module their values, when it is evaluated.
    steps: Cell<Option<Gc<Object>>>,
    /// What an embedder knows it by: its address, as a rule.
    pub name: Gc<JsString>,
    /// `[[LoadedModules]]`, by the number of the request.
    loaded: Cell<Option<Gc<Elements>>>,
    status: Cell<ModuleStatus>,
    dfs_index: Cell<u32>,
    dfs_ancestor: Cell<u32>,
    /// `[[EvaluationError]]`, or `EMPTY`.
    error: Cell<Value>,
    cycle_root: Cell<Option<Gc<Module>>>,
    /// `[[AsyncEvaluationOrder]]`: 0 is unset, `DONE` done.
    async_order: Cell<u32>,
    pending_dependencies: Cell<u32>,
    /// `[[AsyncParentModules]]`
    parents: Cell<Option<Gc<Elements>>>,
    /// `[[TopLevelCapability]]`
    capability: Cell<Option<Gc<Promise>>>,
    /// Its code, suspended before it is evaluated.
    coroutine: Cell<Option<Gc<Coroutine>>>,
    namespace: Cell<Option<Gc<Namespace>>>,
    /// `import.meta`
    meta: Cell<Option<Gc<Object>>>,
}

/// The asynchronous evaluation is done.
const DONE: u32 = u32::MAX;

// SAFETY: It begins with the header; all references are visited.
unsafe impl HeapCell for Module {
    const KIND: CellKind = kinds::MODULE;

    fn trace(&self, tracer: &mut Tracer<'_>) {
        if let Some(code) = self.code {
            tracer.cell(code);
        }
        tracer.cell(self.environment);
        tracer.cell(self.name);
        tracer.word(self.error.get().bits());
        for list in [self.loaded.get(), self.parents.get()].into_iter().flatten() {
            tracer.cell(list);
        }
        if let Some(root) = self.cycle_root.get() {
            tracer.cell(root);
        }
        if let Some(promise) = self.capability.get() {
            tracer.cell(promise);
        }
        if let Some(coroutine) = self.coroutine.get() {
            tracer.cell(coroutine);
        }
        if let Some(namespace) = self.namespace.get() {
            tracer.cell(namespace);
        }
        for object in [self.meta.get(), self.steps.get()].into_iter().flatten() {
            tracer.cell(object);
        }
    }
}

impl Gc<Module> {
    fn new(
        memory: &Memory,
        name: Gc<JsString>,
        code: Option<Gc<Code>>,
        exports: Box<[Box<str>]>,
        variables: u32,
    ) -> Self {
        let environment = Gc::<Environment>::new(memory, None, variables);
        memory.allocate(Module {
            header: Header::new(kinds::MODULE, 0),
            code,
            environment,
            exports,
            steps: Cell::new(None),
            name,
            loaded: Cell::new(None),
            status: Cell::new(ModuleStatus::Unlinked),
            dfs_index: Cell::new(0),
            dfs_ancestor: Cell::new(0),
            error: Cell::new(Value::EMPTY),
            cycle_root: Cell::new(None),
            async_order: Cell::new(0),
            pending_dependencies: Cell::new(0),
            parents: Cell::new(None),
            capability: Cell::new(None),
            coroutine: Cell::new(None),
            namespace: Cell::new(None),
            meta: Cell::new(None),
        })
    }

    /// The names under which an embedder's module exports its variables.
    pub fn synthetic_exports(&self) -> &[Box<str>] {
        &self.exports
    }

    /// Its `[[Status]]`.
    pub fn status(self) -> ModuleStatus {
        self.status.get()
    }

    /// What it threw when it was evaluated.
    pub fn error(self) -> Option<Value> {
        Some(self.error.get()).filter(|error| !error.is_empty())
    }

    fn parts(&self) -> Option<&ModuleParts> {
        self.code.as_ref()?.module.as_deref()
    }

    /// The modules it asks for.
    pub fn requests(&self) -> &[ModuleRequest] {
        self.parts().map_or(&[], |parts| &parts.requests)
    }

    /// The module of a request, once it is loaded.
    fn loaded(self, request: usize) -> Option<Gc<Module>> {
        self.loaded.get()?.get(request as u32).downcast()
    }

    fn set_loaded(self, memory: &Memory, request: usize, module: Gc<Module>) {
        let count = self.requests().len() as u32;
        let list = self.loaded.get().unwrap_or_else(|| {
            let list = Gc::<Elements>::with_capacity(memory, count);
            list.set_length(count);
            self.loaded.set(Some(list));
            memory.write_barrier(self, list.to_word());
            list
        });
        list.set(memory, request as u32, Value::cell(module));
    }
}

/// What an embedder does for modules.
pub trait ModuleLoader {
    /// `HostLoadImportedModule` (§16.2.1.10): the module that a request means in code that
    /// comes from `referrer`. For the same of both it gives the same module.
    ///
    /// # Errors
    /// Whatever is wrong with the request or the module.
    fn load(&self, vm: &mut Vm, referrer: &str, request: &ModuleRequest) -> Completion<Gc<Module>>;

    /// `HostGetImportMetaProperties` and `HostFinalizeImportMeta` (§13.3.12.1)
    ///
    /// # Errors
    /// What the embedder throws.
    fn import_meta(&self, vm: &mut Vm, module: Gc<Module>, meta: Gc<Object>) -> Completion<()> {
        let _ = (vm, module, meta);
        Ok(())
    }

    /// What is said of an import that a module does not export, instead of the usual words:
    /// what it is called there and here.
    fn missing_export(
        &self,
        vm: &mut Vm,
        module: Gc<Module>,
        specifier: &str,
        names: (&str, &str),
    ) -> Option<String> {
        let _ = (vm, module, specifier, names);
        None
    }

    /// The evaluation of a module has ended with an exception, of which nobody has been told
    /// yet: its message may say more than the machine knows.
    fn evaluation_failed(&self, vm: &mut Vm, module: Gc<Module>, error: Value) {
        let _ = (vm, module, error);
    }
}

impl Vm {
    /// Lets an embedder load modules.
    pub fn set_module_loader(&mut self, loader: Rc<dyn ModuleLoader>) {
        self.module_loader = Some(loader);
    }

    /// The record of a module whose code has been compiled.
    pub fn new_module(&mut self, name: &str, code: Gc<Code>) -> Gc<Module> {
        let variables = code.module.as_deref().map_or(0, |parts| parts.variables);
        let name = self.memory.string(name);
        Gc::<Module>::new(&self.memory, name, Some(code), Box::default(), variables)
    }

    /// A module that an embedder makes (§16.2.1.8): it exports variables that are not
    /// initialised yet.
    pub fn new_synthetic_module(&mut self, name: &str, exports: &[&str]) -> Gc<Module> {
        let names: Box<[Box<str>]> = exports.iter().map(|name| (*name).into()).collect();
        let name = self.memory.string(name);
        let variables = names.len() as u32;
        let module = Gc::<Module>::new(&self.memory, name, None, names, variables);
        module.status.set(ModuleStatus::Evaluated);
        module
    }

    /// A module that an embedder makes, whose exports get their values when it is
    /// evaluated: then `steps` is called, without arguments.
    pub fn new_evaluated_module(
        &mut self,
        name: &str,
        exports: &[&str],
        steps: Gc<Object>,
    ) -> Gc<Module> {
        let module = self.new_synthetic_module(name, exports);
        module.status.set(ModuleStatus::Unlinked);
        module.steps.set(Some(steps));
        module
    }

    /// Whether a module, or one that it needs, awaits something outside all functions. All
    /// of them are loaded.
    pub fn awaits_something(&self, module: Gc<Module>) -> bool {
        let mut known = rustc_hash::FxHashSet::default();
        let mut next = self.memory.rooted_vec::<Gc<Module>>();
        next.push(module);
        while let Some(module) = next.pop() {
            if !known.insert(module.to_word()) {
                continue;
            }
            if module.parts().is_some_and(|parts| parts.is_async) {
                return true;
            }
            for request in 0..module.requests().len() {
                if let Some(loaded) = module.loaded(request) {
                    next.push(loaded);
                }
            }
        }
        false
    }

    /// Gives an export of an embedder's module its value.
    pub fn set_synthetic_export(&mut self, module: Gc<Module>, export: &str, value: Value) {
        if let Some(index) = module.exports.iter().position(|name| **name == *export) {
            module.environment.set(&self.memory, index as u32, value);
        }
    }

    /// Loads a module that another one asks for.
    fn load_request(&mut self, module: Gc<Module>, request: usize) -> Completion<Gc<Module>> {
        if let Some(loaded) = module.loaded(request) {
            return Ok(loaded);
        }
        let referrer = module.name.to_rust(&self.memory);
        let wanted = module.requests()[request].clone();
        let loaded = self.host_load_module(&referrer, &wanted)?;
        module.set_loaded(&self.memory, request, loaded);
        Ok(loaded)
    }

    pub(crate) fn host_load_module(
        &mut self,
        referrer: &str,
        request: &ModuleRequest,
    ) -> Completion<Gc<Module>> {
        match self.module_loader.clone() {
            Some(loader) => loader.load(self, referrer, request),
            None => Err(self.throw_error(&format!("Cannot find module '{}'", request.specifier))),
        }
    }

    /// `LoadRequestedModules` (§16.2.1.6.1.1): all that a module needs, directly or not.
    ///
    /// # Errors
    /// What the embedder throws for one of them.
    pub fn load_requested_modules(&mut self, module: Gc<Module>) -> Completion<()> {
        let mut visited = self.memory.rooted_vec::<Gc<Module>>();
        let mut known = rustc_hash::FxHashSet::default();
        visited.push(module);
        known.insert(module.to_word());
        let mut next = 0;
        while let Some(module) = visited.get(next) {
            next += 1;
            if module.status() != ModuleStatus::Unlinked {
                continue;
            }
            for request in 0..module.requests().len() {
                let loaded = self.load_request(module, request)?;
                if known.insert(loaded.to_word()) {
                    visited.push(loaded);
                }
            }
        }
        Ok(())
    }

    /// `import.meta` of a module (§13.3.12.1)
    ///
    /// # Errors
    /// What the embedder throws.
    pub(crate) fn import_meta(&mut self, module: Gc<Module>) -> Completion<Gc<Object>> {
        if let Some(meta) = module.meta.get() {
            return Ok(meta);
        }
        let meta = self.ordinary_object_create(None);
        if let Some(loader) = self.module_loader.clone() {
            loader.import_meta(self, module, meta)?;
        }
        module.meta.set(Some(meta));
        self.memory.write_barrier(module, meta.to_word());
        Ok(meta)
    }
}
