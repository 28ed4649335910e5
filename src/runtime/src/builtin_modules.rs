//! Modules that come with the program: their JavaScript halves lie in `js/`, and are
//! compiled when somebody requires them first.
//!
//! Such a file is the body of a function with these parameters:
//!
//! - `exports` and `module`, as CommonJS has them;
//! - `require(id)`, which knows the files of `js/` by their names, without `node:`;
//! - `native(name)`, the native half of a module: an object with the functions of
//!   [`crate::node`].
//!
//! The program holds the texts. With the feature `live-js` they are read where they lie, so
//! that a change needs no build.

use axil_engine::heap::{Gc, Root};
use axil_engine::object::Object;
use axil_engine::operators::as_object;
use axil_engine::value::Value;
use axil_engine::vm::{Arguments, Completion, Vm};

use crate::native::{define, new_object, text};
use crate::runtime::Runtime;
use crate::{node, runtime};

include!(concat!(env!("OUT_DIR"), "/modules.rs"));

/// The texts of the modules, one after the other.
static TEXTS: &str = include_str!(concat!(env!("OUT_DIR"), "/modules.js"));

/// What stands before a text, on its first line, and after it.
const BEFORE: &str = "(function (exports, require, module, native) {";
const AFTER: &str = "\n})";

/// Where a module stands in the table.
fn index(id: &str) -> Option<usize> {
    MODULES.binary_search_by_key(&id, |(name, ..)| name).ok()
}

/// Whether there is such a module, for whom it may be.
pub fn is_known(id: &str) -> bool {
    index(id).is_some()
}

/// Modules that are never meant without `node:`.
const WITH_SCHEME: &[&str] = &["ffi", "sea", "sqlite", "test", "test/reporters"];

/// Whether a module is never meant without `node:`.
pub fn wants_scheme(id: &str) -> bool {
    WITH_SCHEME.contains(&id)
}

/// Whether programs may require a module, by its name without `node:`.
pub fn is_public(id: &str) -> bool {
    !id.starts_with("internal/") && is_known(id)
}

/// Whether programs may require a module without saying `node:`.
pub fn is_public_without_scheme(id: &str) -> bool {
    !wants_scheme(id) && is_public(id)
}

/// The names of the modules that programs may require, in order.
pub fn public_names() -> impl Iterator<Item = &'static str> {
    MODULES.iter().map(|(name, ..)| *name).filter(|name| !name.starts_with("internal/"))
}

fn source(id: &str) -> Option<std::borrow::Cow<'static, str>> {
    let (_, begin, end) = MODULES[index(id)?];
    #[cfg(feature = "live-js")]
    {
        let path = format!("{}/src/js/{id}.js", env!("CARGO_MANIFEST_DIR"));
        if let Ok(text) = std::fs::read_to_string(path) {
            return Some(text.into());
        }
    }
    Some(TEXTS[begin..end].into())
}

/// The exports of a module; what there is of them, where the module is just being made.
///
/// # Errors
/// An `Error` if there is no such module; what its code throws.
pub fn require(vm: &mut Vm, id: &str) -> Completion {
    let runtime = runtime::of(vm);
    let known = runtime.modules.borrow().get(id).map(Root::get);
    if let Some(module) = known {
        let key = vm.memory.literal_key("exports");
        return vm.get(module, key);
    }
    let Some(text) = source(id) else {
        return Err(vm.throw_error(&format!("No such built-in module: {id}")));
    };
    let module = new_object(vm);
    let exports = Value::cell(new_object(vm));
    define(vm, module, "exports", exports);
    define(vm, module, "id", Value::cell(vm.memory.string(id)));
    runtime.modules.borrow_mut().insert(id.into(), vm.memory.root(module));
    let name = format!("node:{id}");
    let function = vm.evaluate(&name, &format!("{BEFORE}{text}{AFTER}"));
    let function = function.inspect_err(|_| forget(&runtime, id))?;
    let require = runtime.builtin_require(vm);
    let native = runtime.native_halves(vm);
    let arguments = [exports, require, Value::cell(module), native];
    vm.call(function, Value::UNDEFINED, &arguments).inspect_err(|_| forget(&runtime, id))?;
    let key = vm.memory.literal_key("exports");
    vm.get(module, key)
}

/// A property of a module's exports.
///
/// # Errors
/// As for [`require`].
pub fn require_member(vm: &mut Vm, id: &str, name: &'static str) -> Completion {
    let exports = require(vm, id)?;
    let key = vm.memory.literal_key(name);
    vm.get_of_value(exports, key)
}

fn forget(runtime: &Runtime, id: &str) {
    runtime.modules.borrow_mut().remove(id);
}

/// `require` of built-in modules.
pub(crate) fn require_function(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let id = text(vm, arguments, 0)?;
    require(vm, &id)
}

/// `native`
pub(crate) fn native_function(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let name = text(vm, arguments, 0)?;
    let runtime = runtime::of(vm);
    let known = runtime.natives.borrow().get(&*name).map(Root::get);
    if let Some(half) = known {
        return Ok(Value::cell(half));
    }
    let Some(make) = node::native_half(&name) else {
        return Err(vm.throw_error(&format!("No such native half of a module: {name}")));
    };
    let half: Gc<Object> = new_object(vm);
    runtime.natives.borrow_mut().insert(name.into(), vm.memory.root(half));
    make(vm, half)?;
    Ok(Value::cell(half))
}

/// The object that a module exports, if it has been required already.
pub fn loaded(vm: &mut Vm, id: &str) -> Option<Gc<Object>> {
    let module = runtime::of(vm).modules.borrow().get(id).map(Root::get)?;
    let key = vm.memory.literal_key("exports");
    vm.get(module, key).ok().and_then(as_object)
}
