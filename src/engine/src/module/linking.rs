//! Linking modules: imports find their variables (ECMA-262 §16.2.1.6.1.2, §16.2.1.7.2).

use std::rc::Rc;

use axil_grammar::{Source, Span};

use super::{Module, ModuleStatus};
use crate::bytecode::ImportName;
use crate::heap::{Gc, RootedVec};
use crate::object::{Environment, Import};
use crate::value::Value;
use crate::vm::{Completion, Throw, Vm};

/// What the name of an export means: a `ResolvedBinding` record (§16.2.1.5).
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Export {
    /// A variable of an environment.
    Variable(Gc<Environment>, u32),
    /// The namespace object of a module.
    Namespace(Gc<Module>),
    /// There is none, or it leads in a circle.
    Missing,
    /// Two modules whose exports are all exported both have it.
    Ambiguous,
}

impl Vm {
    /// `ResolveExport` (§16.2.1.7.2.2)
    pub(super) fn resolve_export(&mut self, module: Gc<Module>, name: &str) -> Completion<Export> {
        let mut visited = Vec::new();
        self.resolve_export_in(module, name, &mut visited)
    }

    fn resolve_export_in(
        &mut self,
        module: Gc<Module>,
        name: &str,
        visited: &mut Vec<(u64, String)>,
    ) -> Completion<Export> {
        self.check_native_stack()?;
        if visited.iter().any(|(word, known)| *word == module.to_word() && known == name) {
            return Ok(Export::Missing);
        }
        visited.push((module.to_word(), name.to_owned()));
        if let Some(index) = module.exports.iter().position(|own| **own == *name) {
            return Ok(Export::Variable(module.environment, index as u32));
        }
        let Some(parts) = module.parts() else { return Ok(Export::Missing) };
        if let Some((_, index)) = parts.local_exports.iter().find(|(own, _)| **own == *name) {
            return Ok(Export::Variable(module.environment, *index));
        }
        if let Some(export) = parts.indirect_exports.iter().find(|export| *export.export == *name) {
            let imported = self.load_request(module, export.request)?;
            return match &export.import {
                ImportName::Namespace => Ok(Export::Namespace(imported)),
                ImportName::Named(name) => self.resolve_export_in(imported, name, visited),
            };
        }
        // What is exported by default is not among all that is exported.
        if name == "default" {
            return Ok(Export::Missing);
        }
        let mut found = Export::Missing;
        for request in &parts.star_exports {
            let imported = self.load_request(module, *request)?;
            match self.resolve_export_in(imported, name, visited)? {
                Export::Ambiguous => return Ok(Export::Ambiguous),
                Export::Missing => {}
                export if found == Export::Missing => found = export,
                export if found == export => {}
                _ => return Ok(Export::Ambiguous),
            }
        }
        Ok(found)
    }

    /// `GetExportedNames` (§16.2.1.7.2.1)
    pub(super) fn exported_names(
        &mut self,
        module: Gc<Module>,
        visited: &mut Vec<u64>,
    ) -> Completion<Vec<Box<str>>> {
        self.check_native_stack()?;
        if visited.contains(&module.to_word()) {
            return Ok(Vec::new());
        }
        visited.push(module.to_word());
        let Some(parts) = module.parts() else { return Ok(module.exports.to_vec()) };
        let mut names: Vec<Box<str>> =
            parts.local_exports.iter().map(|(name, _)| name.clone()).collect();
        names.extend(parts.indirect_exports.iter().map(|export| export.export.clone()));
        let mut known: rustc_hash::FxHashSet<Box<str>> = names.iter().cloned().collect();
        for request in &parts.star_exports {
            let imported = self.load_request(module, *request)?;
            for name in self.exported_names(imported, visited)? {
                if &*name != "default" && known.insert(name.clone()) {
                    names.push(name);
                }
            }
        }
        Ok(names)
    }

    /// `Link` (§16.2.1.6.1.2) of a module whose requested modules are loaded.
    ///
    /// # Errors
    /// A `SyntaxError` for an import that is not exported.
    pub fn link_module(&mut self, module: Gc<Module>) -> Completion<()> {
        self.unresolved_import.borrow_mut().take();
        let mut stack = self.memory.rooted_vec::<Gc<Module>>();
        let mut index = 0;
        if let Err(throw) = self.inner_link(module, &mut stack, &mut index) {
            for at in 0..stack.len() {
                if let Some(module) = stack.get(at) {
                    module.status.set(ModuleStatus::Unlinked);
                }
            }
            return Err(throw);
        }
        Ok(())
    }

    /// `InnerModuleLinking` (§16.2.1.6.1.2.1)
    fn inner_link(
        &mut self,
        module: Gc<Module>,
        stack: &mut RootedVec<Gc<Module>>,
        index: &mut u32,
    ) -> Completion<()> {
        self.check_native_stack()?;
        if module.status() != ModuleStatus::Unlinked {
            return Ok(());
        }
        module.status.set(ModuleStatus::Linking);
        module.dfs_index.set(*index);
        module.dfs_ancestor.set(*index);
        *index += 1;
        stack.push(module);
        for request in 0..module.requests().len() {
            let required = self.load_request(module, request)?;
            self.inner_link(required, stack, index)?;
            if required.status() == ModuleStatus::Linking {
                let ancestor = module.dfs_ancestor.get().min(required.dfs_ancestor.get());
                module.dfs_ancestor.set(ancestor);
            }
        }
        self.initialize_environment(module)?;
        if module.dfs_ancestor.get() == module.dfs_index.get() {
            while let Some(linked) = stack.pop() {
                linked.status.set(ModuleStatus::Linked);
                if linked == module {
                    break;
                }
            }
        }
        Ok(())
    }

    /// `InitializeEnvironment` (§16.2.1.7.3.1): the imports are found, and the functions
    /// that the module declares are made.
    fn initialize_environment(&mut self, module: Gc<Module>) -> Completion<()> {
        let (Some(parts), Some(code)) = (module.parts(), module.code) else { return Ok(()) };
        for export in &parts.indirect_exports {
            let found = self.resolve_export(module, &export.export)?;
            if let (Export::Missing | Export::Ambiguous, ImportName::Named(name)) =
                (found, &export.import)
            {
                let names = (&**name, &*export.export);
                let source = Rc::clone(&code.source);
                *self.unresolved_import.borrow_mut() = Some((source, export.span));
                return Err(self.throw_unresolved(module, export.request, names, found));
            }
        }
        let environment = module.environment;
        for index in 0..parts.variables {
            if !parts.uninitialized.contains(&index) {
                environment.set(&self.memory, index, Value::UNDEFINED);
            }
        }
        for entry in &parts.imports {
            let name = self.memory.intern_str(&entry.local);
            let import = Gc::<Import>::new(&self.memory, name);
            environment.set(&self.memory, entry.variable, Value::cell(import));
            let imported = self.load_request(module, entry.request)?;
            let found = match &entry.name {
                ImportName::Namespace => Export::Namespace(imported),
                ImportName::Named(name) => {
                    let found = self.resolve_export(imported, name)?;
                    if let Export::Missing | Export::Ambiguous = found {
                        let names = (&**name, &*entry.local);
                        let source = Rc::clone(&code.source);
                        *self.unresolved_import.borrow_mut() = Some((source, entry.span));
                        return Err(self.throw_unresolved(module, entry.request, names, found));
                    }
                    found
                }
            };
            match found {
                Export::Variable(environment, index) => {
                    import.link(&self.memory, environment, index);
                }
                Export::Namespace(module) => {
                    let namespace = self.module_namespace(module)?;
                    let holder = Gc::<Environment>::new(&self.memory, None, 1);
                    holder.set(&self.memory, 0, Value::cell(namespace));
                    import.link(&self.memory, holder, 0);
                }
                Export::Missing | Export::Ambiguous => {}
            }
        }
        // The variable after those with names is for `import.meta`.
        environment.set(&self.memory, parts.variables - 1, Value::cell(module));
        let function = self.new_function(code, Some(environment));
        let coroutine = self.call(Value::cell(function), Value::UNDEFINED, &[])?;
        module.coroutine.set(coroutine.downcast());
        self.memory.write_barrier(module, coroutine.bits());
        Ok(())
    }

    /// Where the import stands that another module did not export when modules were linked
    /// last.
    pub fn unresolved_import(&self) -> Option<(Rc<Source>, Span)> {
        self.unresolved_import.borrow().clone()
    }

    fn throw_unresolved(
        &mut self,
        module: Gc<Module>,
        request: usize,
        (name, local): (&str, &str),
        found: Export,
    ) -> Throw {
        let specifier = &module.requests()[request].specifier;
        let special = match (found, module.loaded(request), self.module_loader.clone()) {
            (Export::Missing, Some(required), Some(loader)) => {
                loader.missing_export(self, required, specifier, (name, local))
            }
            _ => None,
        };
        let message = if let Some(special) = special {
            special
        } else if found == Export::Ambiguous {
            format!(
                "The requested module '{specifier}' contains conflicting star exports for name \
                 '{name}'"
            )
        } else {
            format!("The requested module '{specifier}' does not provide an export named '{name}'")
        };
        self.throw_syntax_error(&message)
    }
}
