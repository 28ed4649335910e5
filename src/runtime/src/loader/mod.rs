//! Where modules come from: CommonJS (`js/internal/modules.js`, on what is here) and
//! ECMAScript modules.

pub mod esm;

use std::fs;
use std::rc::Rc;

use axil_engine::compiler::compile;
use axil_engine::heap::Gc;
use axil_engine::object::Object;
use axil_engine::value::Value;
use axil_engine::vm::{Arguments, Completion, Vm};
use axil_grammar::{Arena, Goal, Source, parse};

use crate::builtin_modules;
use crate::native::{Row, define, define_functions, string, strings, text};
use crate::node::system_error;

const FUNCTIONS: &[Row] = &[
    ("compileCommonJs", 2, compile_common_js),
    // runScript(text, name): the value of a script.
    ("runScript", 2, |vm, arguments| {
        let (text, name) = (text(vm, arguments, 0)?, text(vm, arguments, 1)?);
        vm.evaluate(&name, &text)
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
    // isBuiltin(id): whether there is a module of that name, which programs may require.
    ("isBuiltin", 1, |vm, arguments| {
        let id = text(vm, arguments, 0)?;
        let is_public = !id.starts_with("internal/") && builtin_modules::is_known(&id);
        Ok(Value::bool(is_public))
    }),
];

/// What the JavaScript half of the loader has.
pub(crate) fn native_half(vm: &mut Vm, half: Gc<Object>) -> Completion<()> {
    define_functions(vm, half, FUNCTIONS);
    let names = strings(vm, builtin_modules::public_names());
    define(vm, half, "builtinModules", names);
    Ok(())
}

/// `compileCommonJs(text, file name)`: the function that a CommonJS module is; null if the
/// text can be nothing but an ECMAScript module.
fn compile_common_js(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (text, name) = (text(vm, arguments, 0)?, text(vm, arguments, 1)?);
    let source = Rc::new(Source::new(name, text));
    let arena = Arena::new();
    let program = match parse(&source, Goal::CommonJs, &arena) {
        Ok(program) => program,
        Err(faults) => {
            if parse(&source, Goal::Module, &Arena::new()).is_ok() {
                return Ok(Value::NULL);
            }
            return Err(vm.throw_diagnostics(&faults));
        }
    };
    match compile(&vm.memory, &source, program) {
        Ok(code) => Ok(vm.instantiate(code)),
        Err(missing) => Err(vm.throw_not_built(&missing)),
    }
}
