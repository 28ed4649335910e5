//! Where modules come from: CommonJS (`js/internal/modules.js`, on what is here) and
//! ECMAScript modules ([`esm`]).

mod cjs_exports;
mod esm;
mod failure;
pub mod file_modules;
mod file_url;
mod packages;
mod resolve;
mod syntax;

use std::fs;
use std::rc::Rc;

use axil_engine::compiler::compile;
use axil_engine::heap::Gc;
use axil_engine::object::Object;
use axil_engine::operators::to_boolean;
use axil_engine::value::Value;
use axil_engine::vm::{Arguments, Completion, Vm};
use axil_grammar::{Arena, Goal, Source, parse};

use crate::builtin_modules;
use crate::native::{Row, define, define_functions, new_object, string, strings, text};
use crate::node::system_error;
use failure::Failure;
use packages::Package;
use resolve::Asker;

pub(crate) use esm::install;
pub(crate) use syntax::place as syntax_error_place;

const FUNCTIONS: &[Row] = &[
    ("compileCommonJs", 3, compile_common_js),
    // runScript(text, name): the value of a script.
    ("runScript", 2, run_script),
    // checkScript(text, name): throws if it is no script.
    ("checkScript", 2, |vm, arguments| {
        let (text, name) = (text(vm, arguments, 0)?, text(vm, arguments, 1)?);
        let source = Source::new(name, text);
        match parse(&source, Goal::Script, &Arena::new()) {
            Ok(_) => Ok(Value::UNDEFINED),
            Err(faults) => Err(syntax::throw(vm, &source, &faults, true)),
        }
    }),
    // isOnlyModule(text): whether it can be nothing but an ECMAScript module.
    ("isOnlyModule", 1, |vm, arguments| {
        let source = Source::new("", text(vm, arguments, 0)?);
        let is_script = parse(&source, Goal::Script, &Arena::new()).is_ok();
        Ok(Value::bool(!is_script && parse(&source, Goal::Module, &Arena::new()).is_ok()))
    }),
    // kindOf(path): 0 for a file, 1 for a folder, −1 if there is neither.
    ("kindOf", 1, |vm, arguments| {
        let path = text(vm, arguments, 0)?;
        let kind = match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => 1,
            Ok(_) => 0,
            Err(_) => -1,
        };
        Ok(Value::int(kind))
    }),
    // realPath(path): without links.
    ("realPath", 1, |vm, arguments| {
        let path = text(vm, arguments, 0)?;
        match fs::canonicalize(&path) {
            Ok(real) => Ok(string(vm, &real.to_string_lossy())),
            Err(error) => Err(system_error::throw(vm, &error, "lstat", Some(&path))),
        }
    }),
    // readText(path): the text of a file, without a byte order mark.
    ("readText", 1, |vm, arguments| {
        let path = text(vm, arguments, 0)?;
        match fs::read(&path) {
            Ok(bytes) => {
                let text = String::from_utf8_lossy(&bytes);
                Ok(string(vm, text.strip_prefix('\u{FEFF}').unwrap_or(&text)))
            }
            Err(error) => Err(system_error::throw(vm, &error, "open", Some(&path))),
        }
    }),
    // variable(name): of the environment; undefined if there is none.
    ("variable", 1, |vm, arguments| {
        let name = text(vm, arguments, 0)?;
        let value = std::env::var_os(name);
        Ok(value.map_or(Value::UNDEFINED, |value| string(vm, &value.to_string_lossy())))
    }),
    // isBuiltin(id): whether there is a module of that name, which programs may require.
    ("isBuiltin", 1, |vm, arguments| {
        let id = text(vm, arguments, 0)?;
        Ok(Value::bool(match id.strip_prefix("node:") {
            Some(id) => builtin_modules::is_public(id),
            None => builtin_modules::is_public_without_scheme(&id),
        }))
    }),
    // loadedBuiltin(id): what a module exports, if somebody has required it.
    ("loadedBuiltin", 1, |vm, arguments| {
        let id = text(vm, arguments, 0)?;
        Ok(builtin_modules::loaded(vm, &id).map_or(Value::UNDEFINED, Value::cell))
    }),
    // packageIn(folder), packageAround(file): undefined if there is none.
    ("packageIn", 1, |vm, arguments| {
        let folder = text(vm, arguments, 0)?;
        let package = esm::of(vm).packages.in_folder(&folder, None);
        package_object(vm, package)
    }),
    ("packageAround", 1, |vm, arguments| {
        let file = text(vm, arguments, 0)?;
        let package = esm::of(vm).packages.around(&file);
        package_object(vm, package)
    }),
    // resolveExports(folder, subpath, conditions), resolveImports(specifier, file,
    // conditions), resolveOwnName(specifier, file, conditions): a path; an import may be
    // `node:…`, and undefined is what is no name of one's own package.
    ("resolveExports", 3, |vm, arguments| {
        let (folder, subpath) = (text(vm, arguments, 0)?, text(vm, arguments, 1)?);
        asking(vm, arguments, None, |asker| match asker.packages.in_folder(&folder, None)? {
            Some(package) => asker.exports(&package, &subpath).map(Some),
            None => Ok(None),
        })
    }),
    ("resolveImports", 3, |vm, arguments| {
        let (specifier, file) = (text(vm, arguments, 0)?, text(vm, arguments, 1)?);
        asking(vm, arguments, Some(&file), |asker| asker.imports_path(&specifier, &file).map(Some))
    }),
    ("resolveOwnName", 3, |vm, arguments| {
        let (specifier, file) = (text(vm, arguments, 0)?, text(vm, arguments, 1)?);
        asking(vm, arguments, Some(&file), |asker| asker.own_name(&specifier, &file))
    }),
    // resolveModule(specifier, base): the address of an ECMAScript module.
    ("resolveModule", 2, |vm, arguments| {
        let (specifier, base) = (text(vm, arguments, 0)?, text(vm, arguments, 1)?);
        match esm::of(vm).resolve(&specifier, &base) {
            Ok(address) => Ok(string(vm, &address)),
            Err(failure) => Err(failure.throw(vm)),
        }
    }),
    // runMainModule(path), runTextModule(name, text)
    ("runMainModule", 1, |vm, arguments| {
        let path = text(vm, arguments, 0)?;
        let modules = esm::of(vm);
        modules.run_main(vm, &path)?;
        Ok(Value::UNDEFINED)
    }),
    ("runTextModule", 2, |vm, arguments| {
        let (name, text) = (text(vm, arguments, 0)?, text(vm, arguments, 1)?);
        let modules = esm::of(vm);
        modules.run_text(vm, &name, text)?;
        Ok(Value::UNDEFINED)
    }),
    // setHooks(resolve, load): what `module.registerHooks` wants to be asked.
    ("setHooks", 2, |vm, arguments| {
        let hooks = [arguments.get(0), arguments.get(1)];
        let modules = esm::of(vm);
        modules.set_hooks(vm, hooks);
        Ok(Value::UNDEFINED)
    }),
    // importModule(specifier, base): the promise of a namespace.
    ("importModule", 2, |vm, arguments| {
        let (specifier, base) = (text(vm, arguments, 0)?, text(vm, arguments, 1)?);
        let modules = esm::of(vm);
        Ok(Value::cell(modules.import(vm, &specifier, &base)))
    }),
    // requireModule(path, text): the namespace of an ECMAScript module; null if it awaits
    // something, false if it is just being evaluated. The text may be left out.
    ("requireModule", 2, |vm, arguments| {
        let path = text(vm, arguments, 0)?;
        let text =
            if arguments.get(1).is_undefined() { None } else { Some(text(vm, arguments, 1)?) };
        let modules = esm::of(vm);
        Ok(match modules.require(vm, &path, text)? {
            esm::Required::Namespace(namespace) => Value::cell(namespace),
            esm::Required::Awaits => Value::NULL,
            esm::Required::Cycle => Value::FALSE,
        })
    }),
    ("syncBuiltins", 0, |vm, _| {
        let modules = esm::of(vm);
        modules.sync_builtins(vm)?;
        Ok(Value::UNDEFINED)
    }),
    // warnOfMissingType(path)
    ("warnOfMissingType", 1, |vm, arguments| {
        let path = text(vm, arguments, 0)?;
        let modules = esm::of(vm);
        modules.warn_of_missing_type(vm, &file_url::from_path(&path), &path)?;
        Ok(Value::UNDEFINED)
    }),
    // throwUnknownExtension(extension, path)
    ("throwUnknownExtension", 2, |vm, arguments| {
        let (extension, path) = (text(vm, arguments, 0)?, text(vm, arguments, 1)?);
        Err(esm::unknown_extension(&extension, &path).throw(vm))
    }),
    ("pathToUrl", 1, |vm, arguments| {
        let path = text(vm, arguments, 0)?;
        Ok(string(vm, &file_url::from_path(&path)))
    }),
    ("urlToPath", 1, |vm, arguments| {
        let url = text(vm, arguments, 0)?;
        match file_url::to_path(&url) {
            Ok(path) => Ok(string(vm, &path)),
            Err(failure) => Err(failure.throw(vm)),
        }
    }),
];

/// What the JavaScript half of the loader has.
pub(crate) fn native_half(vm: &mut Vm, half: Gc<Object>) -> Completion<()> {
    define_functions(vm, half, FUNCTIONS);
    let names = public_names(vm);
    define(vm, half, "builtinModules", names);
    Ok(())
}

/// A package as the JavaScript half sees it.
fn package_object(vm: &mut Vm, package: Result<Option<Rc<Package>>, Failure>) -> Completion {
    let package = match package {
        Ok(Some(package)) => package,
        Ok(None) => return Ok(Value::UNDEFINED),
        Err(failure) => return Err(failure.throw(vm)),
    };
    let object = new_object(vm);
    let optional =
        |text: &Option<String>| text.as_ref().map_or(Value::UNDEFINED, |text| string(vm, text));
    let (name, main) = (optional(&package.name), optional(&package.main));
    let (path, folder) = (string(vm, &package.file()), string(vm, &package.folder));
    let kind = string(vm, package.kind.as_str());
    let fields = [
        ("path", path),
        ("folder", folder),
        ("name", name),
        ("main", main),
        ("type", kind),
        ("hasExports", Value::bool(package.exports.is_some())),
        ("hasImports", Value::bool(package.imports.is_some())),
    ];
    for (name, value) in fields {
        define(vm, object, name, value);
    }
    Ok(Value::cell(object))
}

/// Looks something up under the conditions of the third argument.
fn asking(
    vm: &mut Vm,
    arguments: Arguments<'_>,
    path: Option<&str>,
    look: impl FnOnce(&Asker<'_>) -> Result<Option<String>, Failure>,
) -> Completion {
    let list = vm.create_list_from_array_like(arguments.get(2))?;
    let conditions: Vec<String> = list.as_slice().iter().map(|it| vm.display(*it)).collect();
    let modules = esm::of(vm);
    let asker = Asker { packages: &modules.packages, url: None, path, conditions: &conditions };
    let found = look(&asker);
    modules.warn(vm)?;
    match found {
        Ok(found) => Ok(found.map_or(Value::UNDEFINED, |found| string(vm, &found))),
        Err(failure) => Err(failure.throw(vm)),
    }
}

/// `compileCommonJs(text, file name, may be a module)`: the function that a CommonJS module
/// is; null if the text can be nothing but an ECMAScript module.
fn compile_common_js(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (text, name) = (text(vm, arguments, 0)?, text(vm, arguments, 1)?);
    if let Some(function) = esm::of(vm).take_compiled(&name, &text) {
        return Ok(function);
    }
    let source = Rc::new(Source::new(name, text));
    let arena = Arena::new();
    let program = match parse(&source, Goal::CommonJs, &arena) {
        Ok(program) => program,
        Err(faults) => {
            let may_be_module = to_boolean(arguments.get(2));
            if may_be_module && parse(&source, Goal::Module, &Arena::new()).is_ok() {
                return Ok(Value::NULL);
            }
            return Err(syntax::throw(vm, &source, &faults, true));
        }
    };
    match compile(&vm.memory, &source, program) {
        Ok(code) => Ok(vm.instantiate(code)),
        Err(missing) => Err(vm.throw_not_built(&missing)),
    }
}

fn run_script(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (text, name) = (text(vm, arguments, 0)?, text(vm, arguments, 1)?);
    let source = Rc::new(Source::new(name, text));
    let arena = Arena::new();
    let program = match parse(&source, Goal::Script, &arena) {
        Ok(program) => program,
        Err(faults) => return Err(syntax::throw(vm, &source, &faults, true)),
    };
    match compile(&vm.memory, &source, program) {
        Ok(code) => vm.run(code),
        Err(missing) => Err(vm.throw_not_built(&missing)),
    }
}

/// The program has come to its end: whether its main module still awaits something, which
/// is said. What the process is to exit with then.
pub(crate) fn unsettled_main(vm: &mut Vm) -> Option<String> {
    esm::of(vm).unsettled_main(vm)
}

/// The names of the modules that programs may require, as `module.builtinModules` has them.
fn public_names(vm: &Vm) -> Value {
    let plain = builtin_modules::public_names().filter(|name| !builtin_modules::wants_scheme(name));
    let others = builtin_modules::public_names().filter(|name| builtin_modules::wants_scheme(name));
    strings(vm, plain.map(str::to_owned).chain(others.map(|name| format!("node:{name}"))))
}
