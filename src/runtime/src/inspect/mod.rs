//! `util.inspect` and `util.format`.

use axil_engine::value::Value;
use axil_engine::vm::Vm;

/// `util.format` of these values.
pub fn format(vm: &mut Vm, values: &[Value]) -> String {
    let texts: Vec<String> = values.iter().map(|value| vm.display(*value)).collect();
    texts.join(" ")
}
