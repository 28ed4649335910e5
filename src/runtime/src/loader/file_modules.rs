//! ECMAScript modules by paths alone, without packages: what the tests of the language
//! want.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use axil_engine::bytecode::ModuleRequest;
use axil_engine::compiler::compile;
use axil_engine::heap::{Gc, Root};
use axil_engine::module::{Module, ModuleLoader};
use axil_engine::object::{Attributes, Object};
use axil_engine::operators::as_object;
use axil_engine::value::Value;
use axil_engine::vm::{Completion, Vm};
use axil_grammar::ast::Program;
use axil_grammar::{Arena, Goal, Source, parse};

/// Finds modules by paths, relative to the module that asks or absolute, and loads each
/// once.
#[derive(Default)]
pub struct FileModules {
    /// By file and by what the file is taken for.
    loaded: RefCell<HashMap<(PathBuf, Kind), Root<Module>>>,
}

/// What a file is taken for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
enum Kind {
    Source,
    Json,
}

impl FileModules {
    /// A loader, which the machine uses from now on.
    pub fn install(vm: &mut Vm) -> Rc<Self> {
        let loader = Rc::new(Self::default());
        vm.set_module_loader(loader.clone());
        loader
    }

    /// The module of a program that has been parsed already. Its source is called by its
    /// path.
    ///
    /// # Errors
    /// An `Error` if the program has a part of the language that is not built yet.
    pub fn add(
        &self,
        vm: &mut Vm,
        source: &Rc<Source>,
        program: &Program<'_>,
    ) -> Completion<Gc<Module>> {
        let code = match compile(&vm.memory, source, program) {
            Ok(code) => code,
            Err(missing) => return Err(vm.throw_not_built(&missing)),
        };
        let module = vm.new_module(source.name(), code);
        self.remember(vm, PathBuf::from(source.name()), Kind::Source, module);
        Ok(module)
    }

    fn remember(&self, vm: &Vm, path: PathBuf, kind: Kind, module: Gc<Module>) {
        self.loaded.borrow_mut().insert((path, kind), vm.memory.root(module));
    }

    fn load_source(&self, vm: &mut Vm, path: &Path, text: String) -> Completion<Gc<Module>> {
        let source = Rc::new(Source::new(path.to_string_lossy(), text));
        let arena = Arena::new();
        match parse(&source, Goal::Module, &arena) {
            Ok(program) => self.add(vm, &source, program),
            Err(faults) => Err(vm.throw_diagnostics(&faults)),
        }
    }

    /// A module whose default export is what a JSON text means.
    fn load_json(&self, vm: &mut Vm, path: &Path, text: &str) -> Completion<Gc<Module>> {
        let (global, key) = (vm.realm().global, vm.memory.key("JSON"));
        let Some(json) = as_object(vm.get(global, key)?) else {
            return Err(vm.throw_error("JSON is not built yet, and so there are no JSON modules"));
        };
        let (key, text) = (vm.memory.key("parse"), Value::cell(vm.memory.string(text)));
        let value = vm.invoke(Value::cell(json), key, &[text])?;
        let module = vm.new_synthetic_module(&path.to_string_lossy(), &["default"]);
        vm.set_synthetic_export(module, "default", value);
        self.remember(vm, path.to_owned(), Kind::Json, module);
        Ok(module)
    }
}

impl ModuleLoader for FileModules {
    fn load(&self, vm: &mut Vm, referrer: &str, request: &ModuleRequest) -> Completion<Gc<Module>> {
        let kind = match request.attributes.iter().find(|(name, _)| **name == *"type") {
            Some((_, kind)) if **kind == *"json" => Kind::Json,
            Some((_, kind)) => {
                let message =
                    format!("Import attribute \"type\" with value \"{kind}\" is not supported");
                return Err(vm.throw_type_error(&message));
            }
            None => Kind::Source,
        };
        let specifier = &*request.specifier;
        let is_path = ["./", "../", "/"].iter().any(|start| specifier.starts_with(start));
        let path = match specifier.strip_prefix("file://") {
            Some(path) => PathBuf::from(path),
            None if is_path => {
                let folder = Path::new(referrer).parent().unwrap_or(Path::new("/"));
                normalized(&folder.join(specifier))
            }
            None => {
                let message = format!("Cannot find package '{specifier}' imported from {referrer}");
                return Err(vm.throw_error(&message));
            }
        };
        let known = self.loaded.borrow().get(&(path.clone(), kind)).map(Root::get);
        if let Some(module) = known {
            return Ok(module);
        }
        let Ok(text) = fs::read_to_string(&path) else {
            let path = path.display();
            let message = format!("Cannot find module '{path}' imported from {referrer}");
            return Err(vm.throw_error(&message));
        };
        match kind {
            Kind::Source => self.load_source(vm, &path, text),
            Kind::Json => self.load_json(vm, &path, &text),
        }
    }

    fn import_meta(&self, vm: &mut Vm, module: Gc<Module>, meta: Gc<Object>) -> Completion<()> {
        let path = module.name.to_rust(&vm.memory);
        let folder = Path::new(&path).parent().unwrap_or(Path::new("/"));
        let texts = [
            ("dirname", folder.to_string_lossy().into_owned()),
            ("filename", path.clone()),
            ("url", format!("file://{path}")),
        ];
        for (name, text) in texts {
            let text = Value::cell(vm.memory.string(&text));
            meta.add_property(&vm.memory, vm.memory.key(name), text, Attributes::DATA);
        }
        Ok(())
    }
}

/// A path without `.` and `..`.
fn normalized(path: &Path) -> PathBuf {
    let mut result = PathBuf::new();
    for component in path.components() {
        match component {
            std::path::Component::CurDir => {}
            std::path::Component::ParentDir => {
                result.pop();
            }
            other => result.push(other),
        }
    }
    result
}
