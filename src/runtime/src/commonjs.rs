//! CommonJS modules: what the function around one is called with.

use std::path::Path;

use axil_engine::heap::Gc;
use axil_engine::object::{Attributes, Object};
use axil_engine::realm::Intrinsic;
use axil_engine::value::Value;
use axil_engine::vm::{Arguments, Completion, Vm};

/// `this` and the arguments of a module's function: `exports`, `require`, `module`,
/// `__filename`, `__dirname`.
pub fn parameters(vm: &mut Vm, file: &Path) -> (Value, [Value; 5]) {
    let prototype = vm.realm().get(Intrinsic::ObjectPrototype);
    let exports = Value::cell(vm.ordinary_object_create(Some(prototype)));
    let module = vm.ordinary_object_create(Some(prototype));
    let text = |vm: &Vm, path: &Path| Value::cell(vm.memory.string(&path.to_string_lossy()));
    let file_name = text(vm, file);
    let folder = text(vm, file.parent().unwrap_or(file));
    define(vm, module, "exports", exports);
    define(vm, module, "id", Value::cell(vm.memory.string(".")));
    define(vm, module, "filename", file_name);
    define(vm, module, "path", folder);
    let require = Value::cell(vm.new_native_function("require", 1, require));
    (exports, [exports, require, Value::cell(module), file_name, folder])
}

fn define(vm: &Vm, object: Gc<Object>, name: &str, value: Value) {
    object.add_property(&vm.memory, vm.memory.key(name), value, Attributes::DATA);
}

fn require(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let name = vm.display(arguments.get(0));
    Err(vm.throw_error(&format!("require is not built yet, and so there is no '{name}'")))
}
