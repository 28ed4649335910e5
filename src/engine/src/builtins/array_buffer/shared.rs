//! The `SharedArrayBuffer` constructor.
//! <https://tc39.es/ecma262/#sec-sharedarraybuffer-objects>

use super::super::{
    Entry, accessor, add_entries, constructor, define_species, define_tag, function,
};
use super::{construct_buffer, slice_of, this_buffer};
use crate::heap::Gc;
use crate::object::Object;
use crate::operators::to_index;
use crate::realm::Intrinsic;
use crate::value::Value;
use crate::vm::{Arguments, Completion, NativeCode, Vm};

const PROTOTYPE: &[Entry] = &[
    accessor("byteLength", byte_length, None),
    function("slice", 2, slice),
    accessor("maxByteLength", max_byte_length, None),
    accessor("growable", growable, None),
    function("grow", 1, grow),
];

pub(super) fn install(vm: &mut Vm, global: Gc<Object>) {
    let prototype = Intrinsic::SharedArrayBufferPrototype;
    let row = ("SharedArrayBuffer", 1, construct as NativeCode);
    let buffer = constructor(vm, global, row, prototype, &[]);
    define_species(vm, buffer);
    vm.realm().set(&vm.memory, Intrinsic::SharedArrayBuffer, buffer);
    let prototype = vm.realm().get(prototype);
    add_entries(vm, prototype, PROTOTYPE);
    define_tag(vm, prototype, "SharedArrayBuffer");
}

/// `new SharedArrayBuffer ( length [ , options ] )` (§25.2.3.1)
fn construct(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    construct_buffer(vm, arguments, "SharedArrayBuffer", true)
}

/// `get byteLength` (§25.2.5.1)
fn byte_length(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let buffer = this_buffer(vm, arguments, "get byteLength", true)?;
    Ok(Value::number(buffer.byte_length() as f64))
}

/// `get maxByteLength` (§25.2.5.5)
fn max_byte_length(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let buffer = this_buffer(vm, arguments, "get maxByteLength", true)?;
    Ok(Value::number(buffer.max_byte_length() as f64))
}

/// `get growable` (§25.2.5.4)
fn growable(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    Ok(Value::bool(this_buffer(vm, arguments, "get growable", true)?.is_resizable))
}

/// `slice` (§25.2.5.6)
fn slice(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let buffer = this_buffer(vm, arguments, "slice", true)?;
    slice_of(vm, arguments, buffer)
}

/// `grow` (§25.2.5.3)
fn grow(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let buffer = this_buffer(vm, arguments, "grow", true)?;
    if !buffer.is_resizable {
        let text = vm.display(arguments.this());
        return Err(vm.throw_type_error(&format!(
            "Method SharedArrayBuffer.prototype.grow called on incompatible receiver {text}"
        )));
    }
    let message = "SharedArrayBuffer.prototype.grow: Invalid length parameter";
    let length = to_index(vm, arguments.get(0), message)?;
    let more = (length as usize).saturating_sub(buffer.byte_length());
    let fits = more == 0 || !vm.memory.would_exceed_limit(more);
    let grown = fits
        && length <= buffer.max_byte_length() as u64
        && buffer.block().is_some_and(|block| block.grow(length as usize));
    if !grown {
        return Err(vm.throw_range_error(message));
    }
    buffer.note_length(&vm.memory);
    Ok(Value::UNDEFINED)
}
