//! ECMAScript modules: from specifiers to modules, whatever they are made of.
//!
//! CommonJS modules and the program's own are there as modules that export what those do.
//! A CommonJS module runs when it is evaluated, as all others; its names are known before,
//! from its text ([`super::cjs_exports`]).
//!
//! <https://nodejs.org/api/esm.html>

use std::cell::{Cell, RefCell};
use std::fs;
use std::rc::Rc;

use axil_engine::bytecode::ModuleRequest;
use axil_engine::compiler::compile;
use axil_engine::heap::{Gc, Root};
use axil_engine::kinds;
use axil_engine::module::{Module, ModuleLoader, ModuleStatus};
use axil_engine::object::{Attributes, Object, Promise, PromiseState};
use axil_engine::operators::as_object;
use axil_engine::value::Value;
use axil_engine::vm::{Arguments, Completion, Throw, Vm};
use axil_grammar::ast::Program;
use axil_grammar::{Arena, Goal, Source, Span, parse};
use rustc_hash::{FxHashMap, FxHashSet};

use super::failure::{Class, Failure, not_found};
use super::packages::{Kind as PackageKind, Packages, folder_of};
use super::resolve::Asker;
use super::{cjs_exports, file_url, syntax};
use crate::builtin_modules;
use crate::native::string;
use crate::options::Options;
use crate::runtime;
use crate::uncaught::{self, Uncaught, excerpt};

/// What a module is wanted as.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
enum Kind {
    Source,
    Json,
}

/// What an address leads to.
#[derive(PartialEq, Eq, Debug)]
enum Format {
    /// A module of the program, by its name.
    Builtin,
    /// A file of a kind, by its path.
    Module(String),
    CommonJs(String),
    Json(String),
    /// A file whose text decides.
    Detect(String),
    /// The text is in the address itself.
    Data(String, Kind),
}

/// A CommonJS module whose text has been compiled, to find its names, before it runs.
struct Compiled {
    text: String,
    function: Root<Object>,
}

/// Where a module lies, and what it is taken for.
type Address = (Box<str>, Kind);

/// All modules of a program, and how they are found.
pub(crate) struct Modules {
    pub(crate) packages: Packages,
    conditions: Vec<String>,
    keep_links: bool,
    keep_main_links: bool,
    /// Whether the text decides where nobody has said what a file is.
    detects: bool,
    loaded: RefCell<FxHashMap<Address, Root<Module>>>,
    /// The addresses of those that are CommonJS.
    common_js: RefCell<FxHashSet<Box<str>>>,
    compiled: RefCell<FxHashMap<Box<str>, Compiled>>,
    /// The `package.json`s that have been warned of.
    warned: RefCell<FxHashSet<Box<str>>>,
    /// What programs have hooked in: how specifiers are resolved, and texts loaded.
    hooks: RefCell<Option<[Root<Object>; 2]>>,
    /// How many times `require` is just loading ECMAScript modules.
    requiring: Cell<u32>,
    /// The main module's address and the promise of its end.
    main: RefCell<Option<(Box<str>, Root<Promise>)>>,
}

/// The modules of the program that a machine runs.
pub(crate) fn of(vm: &mut Vm) -> Rc<Modules> {
    let runtime = runtime::of(vm);
    runtime.state(|| Modules::new(&runtime.invocation.settings))
}

/// Lets a machine load modules.
pub(crate) fn install(vm: &mut Vm) {
    vm.set_module_loader(Rc::new(Loader));
}

/// What the machine asks. The modules themselves are made when the first one is wanted.
struct Loader;

impl ModuleLoader for Loader {
    fn load(&self, vm: &mut Vm, referrer: &str, request: &ModuleRequest) -> Completion<Gc<Module>> {
        of(vm).load(vm, referrer, request)
    }

    fn import_meta(&self, vm: &mut Vm, module: Gc<Module>, meta: Gc<Object>) -> Completion<()> {
        let modules = of(vm);
        modules.import_meta(vm, module, meta);
        Ok(())
    }

    fn missing_export(
        &self,
        vm: &mut Vm,
        module: Gc<Module>,
        specifier: &str,
        (name, local): (&str, &str),
    ) -> Option<String> {
        let modules = of(vm);
        let address = module.name.to_rust(&vm.memory);
        if !modules.common_js.borrow().contains(&*address) {
            return None;
        }
        let binding = match vm.unresolved_import() {
            Some((source, span)) => binding_in(&source, span),
            None if name == local => format!("const {{ {name} }} = pkg;\n"),
            None => format!("const {{ {name}: {local} }} = pkg;\n"),
        };
        Some(format!(
            "Named export '{name}' not found. The requested module '{specifier}' is a CommonJS \
             module, which may not support all module.exports as named exports.\nCommonJS modules \
             can always be imported via the default export, for example using:\n\nimport pkg from \
             '{specifier}';\n{binding}"
        ))
    }

    fn evaluation_failed(&self, vm: &mut Vm, module: Gc<Module>, error: Value) {
        explain_missing_variable(vm, module, error);
    }
}

impl Modules {
    fn new(options: &Options) -> Self {
        let mut conditions = vec!["node".to_owned(), "import".to_owned(), "module-sync".to_owned()];
        if options.flag("addons") {
            conditions.push("node-addons".to_owned());
        }
        conditions.extend(options.list("conditions").iter().cloned());
        Self {
            packages: Packages::default(),
            conditions,
            keep_links: options.flag("preserve-symlinks"),
            keep_main_links: options.flag("preserve-symlinks-main"),
            detects: options.flag("experimental-detect-module"),
            loaded: RefCell::default(),
            common_js: RefCell::default(),
            compiled: RefCell::default(),
            warned: RefCell::default(),
            hooks: RefCell::default(),
            requiring: Cell::new(0),
            main: RefCell::default(),
        }
    }

    // -----------------------------------------------------------------------
    // Addresses
    // -----------------------------------------------------------------------

    /// The address of what code comes from.
    fn address(referrer: &str) -> String {
        if ["file:", "data:", "node:"].iter().any(|scheme| referrer.starts_with(scheme)) {
            return referrer.to_owned();
        }
        if referrer.starts_with('/') {
            return file_url::from_path(referrer);
        }
        let folder = std::env::current_dir().unwrap_or_default();
        file_url::from_path(&format!("{}/{referrer}", folder.to_string_lossy()))
    }

    /// What a specifier means for somebody.
    pub(crate) fn resolve(&self, specifier: &str, base: &str) -> Result<String, Failure> {
        let shown = file_url::shown(base);
        let asker = Asker {
            packages: &self.packages,
            url: Some(base),
            path: Some(&shown),
            conditions: &self.conditions,
        };
        asker.module(specifier, self.keep_links)
    }

    fn format(&self, address: &str) -> Result<Format, Failure> {
        let (scheme, rest) = address.split_once(':').unwrap_or(("", address));
        match scheme {
            "node" if builtin_modules::is_public(rest) => return Ok(Format::Builtin),
            "node" => {
                let message = format!("No such built-in module: {address}");
                return Err(Failure::new("ERR_UNKNOWN_BUILTIN_MODULE", message));
            }
            "data" => return data(address, rest),
            "file" => {}
            other => {
                let known = match other {
                    "http" | "https" => "file and data",
                    _ => "file, data, and node",
                };
                let message = format!(
                    "Only URLs with a scheme in: {known} are supported by the default ESM \
                     loader. Received protocol '{other}:'"
                );
                return Err(Failure::new("ERR_UNSUPPORTED_ESM_URL_SCHEME", message));
            }
        }
        let path = file_url::to_path(address)?;
        let name = &path[path.rfind('/').map_or(0, |at| at + 1)..];
        let extension = name.rfind('.').filter(|at| *at > 0).map_or("", |at| &name[at..]);
        match extension {
            ".mjs" => Ok(Format::Module(path)),
            ".cjs" => Ok(Format::CommonJs(path)),
            ".json" => Ok(Format::Json(path)),
            "" | ".js" => {
                let package = self.packages.around(&path)?;
                Ok(match package.map_or(PackageKind::None, |package| package.kind) {
                    PackageKind::Module => Format::Module(path),
                    PackageKind::CommonJs => Format::CommonJs(path),
                    PackageKind::None => Format::Detect(path),
                })
            }
            extension => {
                // The main module may be called as it likes, where packages do not object.
                let is_main =
                    self.main.borrow().as_ref().is_some_and(|(main, _)| **main == *address);
                let package = self.packages.around(&path)?;
                let is_module = package.is_some_and(|package| package.kind == PackageKind::Module);
                let is_known = matches!(extension, ".ts" | ".mts" | ".cts" | ".node" | ".wasm");
                if is_main && !is_module && !is_known {
                    return Ok(Format::CommonJs(path));
                }
                Err(unknown_extension(extension, &path))
            }
        }
    }

    // -----------------------------------------------------------------------
    // Loading
    // -----------------------------------------------------------------------

    fn load(&self, vm: &mut Vm, referrer: &str, request: &ModuleRequest) -> Completion<Gc<Module>> {
        let base = Self::address(referrer);
        let specifier = &*request.specifier;
        let wanted = request.attributes.iter().find(|(name, _)| **name == *"type");
        let wanted = wanted.map(|(_, kind)| &**kind);
        let other = request.attributes.iter().find(|(name, _)| **name != *"type");
        if self.hooks.borrow().is_some() {
            return self.load_hooked(vm, specifier, &base, wanted);
        }
        let resolved = self.resolve(specifier, &base);
        self.warn(vm)?;
        let address = match resolved {
            Ok(address) => address,
            Err(failure) => return Err(throw_with_hint(vm, &failure, specifier, &base)),
        };
        if let Some((name, value)) = other {
            let message = format!(
                "Import attribute \"{name}\" with value \"{value}\" is not supported in {address}"
            );
            return Err(Failure::of_type("ERR_IMPORT_ATTRIBUTE_UNSUPPORTED", message).throw(vm));
        }
        let kind = self.kind(vm, &address, wanted)?;
        self.refuse_cycle(vm, &address, specifier, &base)?;
        self.at(vm, &address, kind)
    }

    /// Throws for a CommonJS module that is just being loaded and requires the modules that
    /// import it.
    fn refuse_cycle(
        &self,
        vm: &mut Vm,
        address: &str,
        specifier: &str,
        base: &str,
    ) -> Completion<()> {
        if self.requiring.get() == 0 || !address.starts_with("file:") {
            return Ok(());
        }
        let path = file_url::shown(address);
        let arguments =
            [string(vm, &path), string(vm, specifier), string(vm, &file_url::shown(base))];
        let refuse = builtin_modules::require_member(vm, "internal/modules", "refuseCycle")?;
        vm.call(refuse, Value::UNDEFINED, &arguments).map(|_| ())
    }

    /// What a module is wanted as.
    fn kind(&self, vm: &mut Vm, address: &str, wanted: Option<&str>) -> Completion<Kind> {
        let failure = match wanted {
            None => return Ok(Kind::Source),
            Some("json") => return Ok(Kind::Json),
            Some(kind) => self.format(address).err().unwrap_or_else(|| {
                let message = format!(
                    "Import attribute \"type\" with value \"{kind}\" is not supported in {address}"
                );
                Failure::of_type("ERR_IMPORT_ATTRIBUTE_UNSUPPORTED", message)
            }),
        };
        Err(failure.throw(vm))
    }

    // -----------------------------------------------------------------------
    // Hooks
    // -----------------------------------------------------------------------

    /// Has functions of the program be asked, or nobody any more.
    pub(crate) fn set_hooks(&self, vm: &Vm, hooks: [Value; 2]) {
        let [resolve, load] = hooks.map(|hook| as_object(hook).map(|hook| vm.memory.root(hook)));
        *self.hooks.borrow_mut() = resolve.zip(load).map(|(resolve, load)| [resolve, load]);
    }

    fn hook(&self, index: usize) -> Value {
        let hooks = self.hooks.borrow();
        hooks.as_ref().map_or(Value::UNDEFINED, |hooks| Value::cell(hooks[index].get()))
    }

    /// Loads a module by what the program has hooked in.
    fn load_hooked(
        &self,
        vm: &mut Vm,
        specifier: &str,
        base: &str,
        wanted: Option<&str>,
    ) -> Completion<Gc<Module>> {
        let kind_text = wanted.map_or(Value::UNDEFINED, |kind| string(vm, kind));
        let arguments = [string(vm, specifier), string(vm, base), kind_text];
        let found = vm.call(self.hook(0), Value::UNDEFINED, &arguments)?;
        let found = vm.create_list_from_array_like(found)?;
        let [address, format] = [0, 1].map(|at| found.get(at).unwrap_or(Value::UNDEFINED));
        let address = vm.display(address);
        let known_kind = if wanted == Some("json") { Kind::Json } else { Kind::Source };
        let known = self.loaded.borrow().get(&(address.as_str().into(), known_kind)).map(Root::get);
        if let Some(module) = known {
            return Ok(module);
        }
        let arguments = [string(vm, &address), format, kind_text];
        let given = vm.call(self.hook(1), Value::UNDEFINED, &arguments)?;
        if given.is_undefined() {
            let kind = self.kind(vm, &address, wanted)?;
            return self.at(vm, &address, kind);
        }
        let given = vm.create_list_from_array_like(given)?;
        let [format, text] =
            [0, 1].map(|at| given.get(at).map_or_else(String::new, |it| vm.display(it)));
        let path = file_url::shown(&address);
        let module = match &*format {
            "json" => json(vm, &address, &path, &text)?,
            "commonjs" => self.common_js(vm, &address, &path, text, false)?,
            "module" => self.source(vm, &address, text)?,
            "builtin" => self.builtin(vm, &address)?,
            "undefined" | "" => self.common_js(vm, &address, &path, text, true)?,
            other => {
                let message = format!("Unknown module format: {other} for URL {address}");
                let failure = Failure::new("ERR_UNKNOWN_MODULE_FORMAT", message);
                return Err(Failure { class: Class::RangeError, ..failure }.throw(vm));
            }
        };
        self.remember(vm, &address, known_kind, module);
        Ok(module)
    }

    /// The module of an address.
    fn at(&self, vm: &mut Vm, address: &str, kind: Kind) -> Completion<Gc<Module>> {
        let known = self.loaded.borrow().get(&(address.into(), kind)).map(Root::get);
        if let Some(module) = known {
            return Ok(module);
        }
        let format = match self.format(address) {
            Ok(format) => format,
            Err(failure) => return Err(failure.throw(vm)),
        };
        let is_json = matches!(format, Format::Json(_) | Format::Data(_, Kind::Json));
        if is_json != (kind == Kind::Json) {
            let failure = if is_json {
                let message =
                    format!("Module \"{address}\" needs an import attribute of \"type: json\"");
                Failure::of_type("ERR_IMPORT_ATTRIBUTE_MISSING", message)
            } else {
                let message = format!("Module \"{address}\" is not of type \"json\"");
                Failure::of_type("ERR_IMPORT_ATTRIBUTE_TYPE_INCOMPATIBLE", message)
            };
            return Err(failure.throw(vm));
        }
        let module = match format {
            Format::Builtin => self.builtin(vm, address)?,
            Format::Module(path) => {
                let text = read(vm, &path)?;
                self.source(vm, address, text)?
            }
            Format::Json(path) => {
                let text = read(vm, &path)?;
                json(vm, address, &path, &text)?
            }
            Format::CommonJs(path) => {
                let text = read(vm, &path)?;
                self.common_js(vm, address, &path, text, false)?
            }
            Format::Detect(path) => {
                let text = read(vm, &path)?;
                self.common_js(vm, address, &path, text, true)?
            }
            Format::Data(text, Kind::Source) => self.source(vm, address, text)?,
            Format::Data(text, Kind::Json) => json(vm, address, address, &text)?,
        };
        self.remember(vm, address, kind, module);
        Ok(module)
    }

    fn remember(&self, vm: &Vm, address: &str, kind: Kind, module: Gc<Module>) {
        self.loaded.borrow_mut().insert((address.into(), kind), vm.memory.root(module));
    }

    fn source(&self, vm: &mut Vm, address: &str, text: String) -> Completion<Gc<Module>> {
        let source = Rc::new(Source::new(address, text));
        let arena = Arena::new();
        match parse(&source, Goal::Module, &arena) {
            Ok(program) => module_of(vm, &source, program),
            Err(faults) => Err(syntax::throw(vm, &source, &faults, false)),
        }
    }

    /// A module of the program: what it exports by default is the object that `require`
    /// gives, and its properties have their names.
    fn builtin(&self, vm: &mut Vm, address: &str) -> Completion<Gc<Module>> {
        let id = address.strip_prefix("node:").unwrap_or(address);
        let exports = builtin_modules::require(vm, id)?;
        let mut names = vec!["default".to_owned()];
        if let Some(object) = as_object(exports) {
            let keys = vm.enumerable_own_names(object)?;
            names.extend(keys.as_slice().iter().map(|key| vm.display_key(*key)));
            names[1..].sort();
            names.dedup();
        }
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let module = vm.new_synthetic_module(address, &names);
        export_builtin(vm, module, exports);
        Ok(module)
    }

    /// Gives the exports of the program's own modules the values that they have now.
    pub(crate) fn sync_builtins(&self, vm: &mut Vm) -> Completion<()> {
        let addresses: Vec<Box<str>> = {
            let loaded = self.loaded.borrow();
            let all = loaded.keys().map(|(address, _)| address.clone());
            all.filter(|address| address.starts_with("node:")).collect()
        };
        for address in addresses {
            let module = self.loaded.borrow().get(&(address.clone(), Kind::Source)).map(Root::get);
            let exports = builtin_modules::require(vm, &address["node:".len()..])?;
            if let Some(module) = module {
                export_builtin(vm, module, exports);
            }
        }
        Ok(())
    }

    // -----------------------------------------------------------------------
    // CommonJS
    // -----------------------------------------------------------------------

    /// A CommonJS module. A text that is none may be an ECMAScript module, where nobody
    /// has said which it is.
    fn common_js(
        &self,
        vm: &mut Vm,
        address: &str,
        path: &str,
        text: String,
        may_be_module: bool,
    ) -> Completion<Gc<Module>> {
        let source = Rc::new(Source::new(path, text));
        let arena = Arena::new();
        let program = match parse(&source, Goal::CommonJs, &arena) {
            Ok(program) => program,
            Err(faults) if may_be_module && self.detects => {
                let module_source =
                    Rc::new(Source::new(address, String::from_utf8_lossy(source.text())));
                let arena = Arena::new();
                let Ok(program) = parse(&module_source, Goal::Module, &arena) else {
                    return Err(syntax::throw(vm, &source, &faults, true));
                };
                self.warn_of_missing_type(vm, address, path)?;
                return module_of(vm, &module_source, program);
            }
            Err(faults) => {
                let thrown = syntax::throw(vm, &source, &faults, true);
                return Err(hint_at_module(vm, path, thrown));
            }
        };
        let names = self.exported_names(vm, path, program);
        let code = match compile(&vm.memory, &source, program) {
            Ok(code) => code,
            Err(missing) => return Err(vm.throw_not_built(&missing)),
        };
        let function = vm.instantiate(code);
        if let Some(function) = as_object(function) {
            let text = String::from_utf8_lossy(source.text()).into_owned();
            let function = vm.memory.root(function);
            self.compiled.borrow_mut().insert(path.into(), Compiled { text, function });
        }
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let captured = [string(vm, address), string(vm, path)];
        let steps = vm.new_native_closure("", 0, run_common_js, &captured);
        self.common_js.borrow_mut().insert(address.into());
        Ok(vm.new_evaluated_module(address, &names, steps))
    }

    /// The names that a CommonJS module exports, those of modules among them that it
    /// exports as a whole.
    fn exported_names(&self, vm: &mut Vm, path: &str, program: &Program<'_>) -> Vec<String> {
        let found = cjs_exports::find(program);
        let mut names: FxHashSet<String> = found.names.into_iter().collect();
        let mut known: FxHashSet<String> = FxHashSet::default();
        known.insert(path.to_owned());
        let mut next: Vec<(String, String)> =
            found.reexports.into_iter().map(|it| (it, path.to_owned())).collect();
        while let Some((specifier, from)) = next.pop() {
            let Some(path) = self.find_common_js(vm, &specifier, &from) else { continue };
            if !known.insert(path.clone()) {
                continue;
            }
            let is_common_js = matches!(
                self.format(&file_url::from_path(&path)),
                Ok(Format::CommonJs(_) | Format::Detect(_))
            );
            let Some(text) = fs::read(&path).ok().filter(|_| is_common_js) else { continue };
            let source = Source::new(&*path, String::from_utf8_lossy(&text));
            let arena = Arena::new();
            if let Ok(program) = parse(&source, Goal::CommonJs, &arena) {
                let found = cjs_exports::find(program);
                names.extend(found.names);
                next.extend(found.reexports.into_iter().map(|it| (it, path.clone())));
            }
        }
        names.remove("default");
        names.insert("module.exports".to_owned());
        let mut names: Vec<String> = names.into_iter().collect();
        names.sort();
        names.insert(0, "default".to_owned());
        names
    }

    /// What `require` would load, if it is a file.
    fn find_common_js(&self, vm: &mut Vm, specifier: &str, from: &str) -> Option<String> {
        let arguments = [string(vm, specifier), string(vm, from)];
        let found = builtin_modules::require_member(vm, "internal/modules", "findFor")
            .and_then(|function| vm.call(function, Value::UNDEFINED, &arguments));
        match found {
            Ok(path) if path.is_undefined() => None,
            Ok(path) => Some(vm.display(path)),
            Err(_) => {
                vm.take_exception();
                None
            }
        }
    }

    /// The function of a CommonJS module, if it has been compiled already.
    pub(crate) fn take_compiled(&self, path: &str, text: &str) -> Option<Value> {
        let compiled = self.compiled.borrow_mut().remove(path)?;
        (compiled.text == text).then(|| Value::cell(compiled.function.get()))
    }

    /// Warns of a file that is an ECMAScript module, though its package does not say so.
    pub(crate) fn warn_of_missing_type(
        &self,
        vm: &mut Vm,
        address: &str,
        path: &str,
    ) -> Completion<()> {
        if path.contains("/node_modules/") {
            return Ok(());
        }
        let Ok(Some(package)) = self.packages.around(path) else { return Ok(()) };
        let file = package.file();
        if !self.warned.borrow_mut().insert(file.as_str().into()) {
            return Ok(());
        }
        let message = format!(
            "Module type of {address} is not specified and it doesn't parse as CommonJS.\n\
             Reparsing as ES module because module syntax was detected. This incurs a performance \
             overhead.\nTo eliminate this warning, add \"type\": \"module\" to {file}."
        );
        emit_warning(vm, &message, "Warning", "MODULE_TYPELESS_PACKAGE_JSON")
    }

    /// Warns of what packages should not do any more.
    pub(crate) fn warn(&self, vm: &mut Vm) -> Completion<()> {
        for (code, message) in self.packages.take_warnings() {
            emit_warning(vm, &message, "DeprecationWarning", code)?;
        }
        Ok(())
    }

    // -----------------------------------------------------------------------
    // What programs see
    // -----------------------------------------------------------------------

    fn import_meta(&self, vm: &mut Vm, module: Gc<Module>, meta: Gc<Object>) {
        let address = module.name.to_rust(&vm.memory);
        let add = |vm: &mut Vm, name: &str, value: Value| {
            meta.add_property(&vm.memory, vm.memory.key(name), value, Attributes::DATA);
        };
        if address.starts_with("file:") {
            let path = file_url::shown(&address);
            let folder = string(vm, folder_of(&path).unwrap_or("/"));
            add(vm, "dirname", folder);
            let path = string(vm, &path);
            add(vm, "filename", path);
        }
        let is_main = self.main.borrow().as_ref().is_some_and(|(main, _)| **main == *address);
        add(vm, "main", Value::bool(is_main));
        let text = string(vm, &address);
        let resolve = vm.new_native_closure("resolve", 2, import_meta_resolve, &[text]);
        add(vm, "resolve", Value::cell(resolve));
        add(vm, "url", text);
    }

    /// Loads and links a module, and all that it needs.
    fn prepare(&self, vm: &mut Vm, address: &str) -> Completion<Gc<Module>> {
        let module = self.at(vm, address, Kind::Source)?;
        vm.load_requested_modules(module)?;
        syntax::link(vm, module)?;
        Ok(module)
    }

    /// Runs a file as the main module.
    pub(crate) fn run_main(&self, vm: &mut Vm, path: &str) -> Completion<()> {
        let address = file_url::from_path(path);
        let real =
            if self.keep_main_links { Ok(address) } else { self.resolve(&address, "file:///") };
        let address = match real {
            Ok(address) => address,
            Err(failure) => return Err(failure.throw(vm)),
        };
        // Who asks whether it is the main module asks later.
        let promise = vm.new_promise();
        *self.main.borrow_mut() = Some((address.as_str().into(), vm.memory.root(promise)));
        let module = self.prepare(vm, &address)?;
        self.run_prepared(vm, &address, module);
        Ok(())
    }

    /// Runs a text as the main module.
    pub(crate) fn run_text(&self, vm: &mut Vm, name: &str, text: String) -> Completion<()> {
        let address = Self::address(name);
        let promise = vm.new_promise();
        *self.main.borrow_mut() = Some((address.as_str().into(), vm.memory.root(promise)));
        let module = self.source(vm, &address, text)?;
        self.remember(vm, &address, Kind::Source, module);
        vm.load_requested_modules(module)?;
        syntax::link(vm, module)?;
        self.run_prepared(vm, &address, module);
        Ok(())
    }

    fn run_prepared(&self, vm: &mut Vm, address: &str, module: Gc<Module>) {
        let promise = vm.evaluate_module(module);
        *self.main.borrow_mut() = Some((address.into(), vm.memory.root(promise)));
        let nothing = vm.new_native_function("", 0, |_, _| Ok(Value::UNDEFINED));
        let failed = vm.new_native_function("", 1, |vm, arguments| {
            let reason = arguments.get(0);
            let is_error = reason.kind() == Some(kinds::ERROR);
            let thrown = if is_error { Uncaught::Rejection } else { Uncaught::Exception };
            uncaught::raise(vm, thrown(reason));
            Ok(Value::UNDEFINED)
        });
        let callbacks = (Value::cell(nothing), Value::cell(failed));
        if vm.promise_then(promise, callbacks.0, callbacks.1).is_err() {
            vm.take_exception();
        }
    }

    /// The place where the main module still awaits something, if it does.
    pub(crate) fn unsettled_main(&self, vm: &Vm) -> Option<String> {
        let main = self.main.borrow();
        let (address, promise) = main.as_ref()?;
        if promise.get().state() != PromiseState::Pending {
            return None;
        }
        let module = self.loaded.borrow().get(&(address.clone(), Kind::Source)).map(Root::get);
        let place = module.and_then(|module| vm.unsettled_await(module));
        Some(match place {
            Some((source, offset)) => excerpt(&source, Span::new(offset, offset + 1)) + "\n\n\n",
            None => format!("{address}\n"),
        })
    }

    /// `require` of an ECMAScript module: its namespace. None if it awaits something.
    pub(crate) fn require(
        &self,
        vm: &mut Vm,
        path: &str,
        text: Option<String>,
    ) -> Completion<Required> {
        let address = file_url::from_path(path);
        if let Some(text) = text
            && !self.loaded.borrow().contains_key(&(address.as_str().into(), Kind::Source))
        {
            let module = self.source(vm, &address, text)?;
            self.remember(vm, &address, Kind::Source, module);
        }
        let module = self.at(vm, &address, Kind::Source)?;
        if module.status() == ModuleStatus::Evaluating {
            return Ok(Required::Cycle);
        }
        self.requiring.set(self.requiring.get() + 1);
        let loaded = vm.load_requested_modules(module);
        self.requiring.set(self.requiring.get() - 1);
        loaded?;
        syntax::link(vm, module)?;
        if vm.awaits_something(module) {
            return Ok(Required::Awaits);
        }
        let promise = vm.evaluate_module(module);
        if promise.state() == PromiseState::Rejected {
            let nothing = Value::cell(vm.new_native_function("", 0, |_, _| Ok(Value::UNDEFINED)));
            vm.promise_then(promise, nothing, nothing)?;
            let reason = promise.result();
            return Err(vm.throw(reason));
        }
        let names = vm.module_namespace(module)?;
        let mut has = |name: &str| {
            let key = vm.memory.key(name);
            vm.has_own_property(names, key)
        };
        if has("module.exports")? || !has("default")? || has("__esModule")? {
            return Ok(Required::Namespace(names));
        }
        self.facade(vm, &address).map(Required::Namespace)
    }

    /// The namespace of a module with `__esModule` beside its exports, by which compilers
    /// know what `default` is.
    fn facade(&self, vm: &mut Vm, address: &str) -> Completion<Gc<Object>> {
        let name = format!("node:facade:{address}");
        let known = self.loaded.borrow().get(&(name.as_str().into(), Kind::Source)).map(Root::get);
        let module = match known {
            Some(module) => module,
            None => {
                let address = address.replace('\\', "\\\\").replace('\'', "\\'");
                let text = format!(
                    "export * from '{address}'; export {{ default }} from '{address}'; \
                     export const __esModule = true;"
                );
                let module = self.source(vm, &name, text)?;
                self.remember(vm, &name, Kind::Source, module);
                module
            }
        };
        vm.load_requested_modules(module)?;
        syntax::link(vm, module)?;
        vm.evaluate_module(module);
        vm.module_namespace(module)
    }

    /// `import()` on behalf of the program itself: the promise of a namespace.
    pub(crate) fn import(&self, vm: &mut Vm, specifier: &str, base: &str) -> Gc<Promise> {
        let base = Self::address(base);
        vm.import_module(&base, specifier)
    }
}

/// The declaration that can stand for an import of names, which is taken from its line.
fn binding_in(source: &Source, span: Span) -> String {
    let text = String::from_utf8_lossy(source.text());
    let begin = text[..span.start as usize].rfind('\n').map_or(0, |at| at + 1);
    let line = text[begin..].lines().next().unwrap_or_default();
    let names = line.split_once('{').and_then(|(_, rest)| rest.split_once('}'));
    names.map_or_else(String::new, |(names, _)| {
        let names: Vec<&str> = names.split(" as ").collect();
        format!("const {{{}}} = pkg;\n", names.join(": "))
    })
}

/// Says of a variable that only CommonJS modules have why it is not there.
fn explain_missing_variable(vm: &mut Vm, module: Gc<Module>, error: Value) {
    let Some(object) = as_object(error).filter(|_| error.kind() == Some(kinds::ERROR)) else {
        return;
    };
    let key = vm.memory.literal_key("message");
    let message = vm.get_own_property(object, key).ok().flatten().and_then(|own| own.value);
    let Some(message) = message else { return };
    if !vm.display(message).ends_with(" is not defined") {
        return;
    }
    let address = module.name.to_rust(&vm.memory);
    let awaits = Value::bool(vm.awaits_something(module));
    let arguments = [error, string(vm, &address), awaits];
    tell_modules(vm, "explainMissing", &arguments);
}

/// Calls a function of `internal/modules` that adds to an error; its own count for nothing.
fn tell_modules(vm: &mut Vm, function: &'static str, arguments: &[Value]) {
    let told = builtin_modules::require_member(vm, "internal/modules", function)
        .and_then(|function| vm.call(function, Value::UNDEFINED, arguments));
    if told.is_err() {
        vm.take_exception();
    }
}

/// What `require` gets of an ECMAScript module.
pub(crate) enum Required {
    Namespace(Gc<Object>),
    /// It is just being evaluated.
    Cycle,
    /// It awaits something.
    Awaits,
}

fn module_of(vm: &mut Vm, source: &Rc<Source>, program: &Program<'_>) -> Completion<Gc<Module>> {
    match compile(&vm.memory, source, program) {
        Ok(code) => Ok(vm.new_module(source.name(), code)),
        Err(missing) => Err(vm.throw_not_built(&missing)),
    }
}

fn export_builtin(vm: &mut Vm, module: Gc<Module>, exports: Value) {
    let names: Vec<Box<str>> = module.synthetic_exports().to_vec();
    for name in names {
        let value = if &*name == "default" { exports } else { property(vm, exports, &name) };
        vm.set_synthetic_export(module, &name, value);
    }
}

/// An own property; undefined if there is none, or a getter throws.
fn property(vm: &mut Vm, object: Value, name: &str) -> Value {
    let Some(object) = as_object(object) else { return Value::UNDEFINED };
    let key = vm.memory.key(name);
    let value = match vm.has_own_property(object, key) {
        Ok(true) => vm.get(object, key),
        Ok(false) => Ok(Value::UNDEFINED),
        Err(throw) => Err(throw),
    };
    value.unwrap_or_else(|_| {
        vm.take_exception();
        Value::UNDEFINED
    })
}

/// Runs a CommonJS module where it is evaluated as an ECMAScript module.
fn run_common_js(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let captured = arguments.captured();
    let [address, path] = [0, 1].map(|index: usize| captured.variables()[index].get());
    let address = vm.display(address);
    let load = builtin_modules::require_member(vm, "internal/modules", "importCommonJs")?;
    let modules = of(vm);
    let is_main = modules.main.borrow().as_ref().is_some_and(|(main, _)| **main == *address);
    let exports = vm.call(load, Value::UNDEFINED, &[path, Value::bool(is_main)])?;
    let module =
        modules.loaded.borrow().get(&(address.as_str().into(), Kind::Source)).map(Root::get);
    let Some(module) = module else { return Ok(Value::UNDEFINED) };
    let names: Vec<Box<str>> = module.synthetic_exports().to_vec();
    for name in names {
        let is_whole = matches!(&*name, "default" | "module.exports");
        let value = if is_whole { exports } else { property(vm, exports, &name) };
        vm.set_synthetic_export(module, &name, value);
    }
    Ok(Value::UNDEFINED)
}

/// `import.meta.resolve(specifier)`: the address, though there may be nothing.
fn import_meta_resolve(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let base = arguments.captured().variables()[0].get();
    let base = vm.display(base);
    let specifier = crate::native::text(vm, arguments, 0)?;
    match of(vm).resolve(&specifier, &base) {
        Ok(address) => Ok(string(vm, &address)),
        Err(Failure {
            code: "ERR_MODULE_NOT_FOUND" | "ERR_UNSUPPORTED_DIR_IMPORT",
            extra: Some(("url", address)),
            ..
        }) => Ok(string(vm, &address)),
        Err(failure) => Err(failure.throw(vm)),
    }
}

fn read(vm: &mut Vm, path: &str) -> Completion<String> {
    match fs::read(path) {
        Ok(bytes) => {
            let text = String::from_utf8(bytes)
                .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
            Ok(match text.strip_prefix('\u{FEFF}') {
                Some(rest) => rest.to_owned(),
                None => text,
            })
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            Err(not_found("module", path, None).throw(vm))
        }
        Err(error) => Err(crate::node::system_error::throw(vm, &error, "open", Some(path))),
    }
}

/// A module whose default export is what a JSON text means.
fn json(vm: &mut Vm, address: &str, shown: &str, text: &str) -> Completion<Gc<Module>> {
    let is_file = address.starts_with("file:") && !address.contains(['?', '#']);
    let arguments = [string(vm, text), string(vm, shown), Value::bool(is_file)];
    let parse = builtin_modules::require_member(vm, "internal/modules", "importJson")?;
    let value = vm.call(parse, Value::UNDEFINED, &arguments)?;
    let module = vm.new_synthetic_module(address, &["default"]);
    vm.set_synthetic_export(module, "default", value);
    Ok(module)
}

pub(crate) fn unknown_extension(extension: &str, path: &str) -> Failure {
    let hint = match extension {
        ".ts" | ".mts" | ".cts" => ": Axil does not support TypeScript yet",
        ".node" => ": Axil does not load native addons yet",
        ".wasm" => ": Axil does not support WebAssembly yet",
        _ => "",
    };
    let message = format!("Unknown file extension \"{extension}\" for {path}{hint}");
    Failure::of_type("ERR_UNKNOWN_FILE_EXTENSION", message)
}

/// The text of a `data:` URL.
fn data(address: &str, rest: &str) -> Result<Format, Failure> {
    let Some((head, body)) = rest.split_once(',') else {
        return Err(Failure::of_type("ERR_INVALID_URL", "Invalid URL").with("input", address));
    };
    let mut parts = head.split(';');
    let kind = parts.next().unwrap_or_default();
    let is_encoded = parts.any(|part| part.trim() == "base64");
    let (body, _) = body.split_at(body.find('#').unwrap_or(body.len()));
    let mut bytes = file_url::decoded_bytes(body);
    if is_encoded {
        let plain: Vec<u8> =
            bytes.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
        bytes = base64_simd::forgiving_decode_to_vec(&plain).unwrap_or_default();
    }
    let text = String::from_utf8_lossy(&bytes).into_owned();
    match kind {
        "text/javascript" | "application/javascript" => Ok(Format::Data(text, Kind::Source)),
        "application/json" => Ok(Format::Data(text, Kind::Json)),
        kind => {
            let message = format!("Unknown module format: {kind} for URL {address}");
            let failure = Failure::new("ERR_UNKNOWN_MODULE_FORMAT", message);
            Err(Failure { class: Class::RangeError, ..failure })
        }
    }
}

/// `process.emitWarning(message, type, code)`
fn emit_warning(vm: &mut Vm, message: &str, kind: &str, code: &str) -> Completion<()> {
    let process = builtin_modules::require(vm, "process")?;
    let key = vm.memory.literal_key("emitWarning");
    let arguments = [string(vm, message), string(vm, kind), string(vm, code)];
    vm.invoke(process, key, &arguments).map(|_| ())
}

/// Warns if a CommonJS module that could not be read looks like an ECMAScript module.
fn hint_at_module(vm: &mut Vm, path: &str, _: Throw) -> Throw {
    let error = vm.take_exception();
    let arguments = [error, string(vm, path)];
    tell_modules(vm, "hintAtModule", &arguments);
    vm.throw(error)
}

/// Throws for a specifier that means nothing; says what `require` would have found.
fn throw_with_hint(vm: &mut Vm, failure: &Failure, specifier: &str, base: &str) -> Throw {
    let thrown = failure.throw(vm);
    if !matches!(failure.code, "ERR_MODULE_NOT_FOUND" | "ERR_UNSUPPORTED_DIR_IMPORT") {
        return thrown;
    }
    let error = vm.take_exception();
    let arguments = [error, string(vm, specifier), string(vm, &file_url::shown(base))];
    let hint = builtin_modules::require_member(vm, "internal/modules", "addHint")
        .and_then(|function| vm.call(function, Value::UNDEFINED, &arguments));
    if hint.is_err() {
        vm.take_exception();
    }
    vm.throw(error)
}
