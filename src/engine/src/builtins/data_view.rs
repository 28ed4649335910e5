//! The `DataView` constructor. <https://tc39.es/ecma262/#sec-dataview-objects>

use super::array_buffer::this_view;
use super::{Entry, accessor, add_entries, constructor, define_tag, function};
use crate::heap::Gc;
use crate::kinds;
use crate::object::{ArrayBuffer, DataView, ElementType, Object, read_bits, write_bits};
use crate::operators::{as_object, to_boolean, to_index};
use crate::realm::Intrinsic;
use crate::value::Value;
use crate::vm::{Arguments, Completion, NativeCode, Throw, Vm};

use ElementType::*;

const PROTOTYPE: &[Entry] = &[
    accessor("buffer", buffer, None),
    accessor("byteLength", byte_length, None),
    accessor("byteOffset", byte_offset, None),
    function("getInt8", 1, |vm, it| get(vm, it, Int8)),
    function("setInt8", 2, |vm, it| set(vm, it, Int8)),
    function("getUint8", 1, |vm, it| get(vm, it, Uint8)),
    function("setUint8", 2, |vm, it| set(vm, it, Uint8)),
    function("getInt16", 1, |vm, it| get(vm, it, Int16)),
    function("setInt16", 2, |vm, it| set(vm, it, Int16)),
    function("getUint16", 1, |vm, it| get(vm, it, Uint16)),
    function("setUint16", 2, |vm, it| set(vm, it, Uint16)),
    function("getInt32", 1, |vm, it| get(vm, it, Int32)),
    function("setInt32", 2, |vm, it| set(vm, it, Int32)),
    function("getUint32", 1, |vm, it| get(vm, it, Uint32)),
    function("setUint32", 2, |vm, it| set(vm, it, Uint32)),
    function("getFloat16", 1, |vm, it| get(vm, it, Float16)),
    function("setFloat16", 2, |vm, it| set(vm, it, Float16)),
    function("getFloat32", 1, |vm, it| get(vm, it, Float32)),
    function("setFloat32", 2, |vm, it| set(vm, it, Float32)),
    function("getFloat64", 1, |vm, it| get(vm, it, Float64)),
    function("setFloat64", 2, |vm, it| set(vm, it, Float64)),
    function("getBigInt64", 1, |vm, it| get(vm, it, BigInt64)),
    function("setBigInt64", 2, |vm, it| set(vm, it, BigInt64)),
    function("getBigUint64", 1, |vm, it| get(vm, it, BigUint64)),
    function("setBigUint64", 2, |vm, it| set(vm, it, BigUint64)),
];

pub(super) fn install(vm: &mut Vm, global: Gc<Object>) {
    let row = ("DataView", 1, construct as NativeCode);
    constructor(vm, global, row, Intrinsic::DataViewPrototype, &[]);
    let prototype = vm.realm().get(Intrinsic::DataViewPrototype);
    vm.fill_lazily(prototype, |vm, prototype| {
        add_entries(vm, prototype, PROTOTYPE);
        define_tag(vm, prototype, "DataView");
    });
}

/// `new DataView ( buffer [ , byteOffset [ , byteLength ] ] )` (§25.3.2.1)
fn construct(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let Some(new_target) = as_object(arguments.new_target()) else {
        return Err(vm.throw_type_error("Constructor DataView requires 'new'"));
    };
    let Some(buffer) = arguments.get(0).downcast::<ArrayBuffer>() else {
        return Err(
            vm.throw_type_error("First argument to DataView constructor must be an ArrayBuffer")
        );
    };
    let throw_offset = |vm: &mut Vm, offset: u64| {
        let message = format!("Start offset {offset} is outside the bounds of the buffer");
        Err(vm.throw_range_error(&message))
    };
    let text = vm.display(arguments.get(1));
    let message = format!("Start offset {text} is outside the bounds of the buffer");
    let offset = to_index(vm, arguments.get(1), &message)?;
    let throw_detached =
        |vm: &mut Vm| Err(vm.throw_type_error("Cannot perform DataView on a detached ArrayBuffer"));
    if buffer.is_detached() {
        return throw_detached(vm);
    }
    let available = buffer.byte_length() as u64;
    if offset > available {
        return throw_offset(vm, offset);
    }
    let wanted = arguments.get(2);
    let fixed = if !wanted.is_undefined() {
        let text = vm.display(wanted);
        let message = format!("Invalid DataView length {text}");
        let length = to_index(vm, wanted, &message)?;
        if offset + length > available {
            return Err(vm.throw_range_error(&message));
        }
        Some(length)
    } else if buffer.is_resizable {
        None
    } else {
        Some(available - offset)
    };
    let prototype = vm.get_prototype_from_constructor(new_target, Intrinsic::DataViewPrototype)?;
    // Getting the prototype may have changed the buffer.
    if buffer.is_detached() {
        return throw_detached(vm);
    }
    let available = buffer.byte_length() as u64;
    if offset > available {
        return throw_offset(vm, offset);
    }
    if let Some(length) = fixed
        && offset + length > available
    {
        return Err(vm.throw_range_error(&format!("Invalid DataView length {length}")));
    }
    let shape = vm.shape_for_prototype(Some(prototype), kinds::DATA_VIEW, 0);
    let fixed = fixed.map(|length| length as usize);
    let view =
        Gc::<DataView>::new(&vm.memory, shape, buffer, offset as usize, fixed, ElementType::Uint8);
    Ok(Value::cell(view))
}

fn throw_out_of_bounds(vm: &mut Vm, method: &str) -> Throw {
    vm.throw_type_error(&format!(
        "Cannot perform {method} on a detached or out-of-bounds ArrayBuffer"
    ))
}

/// `get buffer` (§25.3.4.1)
fn buffer(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let view: Gc<DataView> = this_view(vm, arguments, "get DataView.prototype.buffer")?;
    Ok(Value::cell(view.buffer))
}

/// `get byteLength` (§25.3.4.2)
fn byte_length(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let view: Gc<DataView> = this_view(vm, arguments, "get DataView.prototype.byteLength")?;
    match view.byte_length() {
        Some(length) => Ok(Value::number(length as f64)),
        None => Err(throw_out_of_bounds(vm, "get DataView.prototype.byteLength")),
    }
}

/// `get byteOffset` (§25.3.4.3)
fn byte_offset(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let view: Gc<DataView> = this_view(vm, arguments, "get DataView.prototype.byteOffset")?;
    if view.byte_length().is_none() {
        return Err(throw_out_of_bounds(vm, "get DataView.prototype.byteOffset"));
    }
    Ok(Value::number(view.byte_offset as f64))
}

/// The place of an element in the view.
fn place(
    vm: &mut Vm,
    view: Gc<DataView>,
    index: u64,
    element: ElementType,
    verb: &str,
) -> Completion<*mut u8> {
    let Some(length) = view.byte_length() else {
        let method = format!("DataView.prototype.{verb}{element:?}");
        return Err(throw_out_of_bounds(vm, &method));
    };
    if index + element.size() as u64 > length as u64 {
        return Err(vm.throw_range_error("Offset is outside the bounds of the DataView"));
    }
    Ok(view.start().wrapping_add(index as usize))
}

/// Bits in the other order of bytes, if that is not the machine's.
fn order(bits: u64, element: ElementType, little: bool) -> u64 {
    if little == cfg!(target_endian = "little") {
        return bits;
    }
    bits.swap_bytes() >> (64 - 8 * element.size())
}

/// `GetViewValue` (§25.3.1.5)
fn get(vm: &mut Vm, arguments: Arguments<'_>, element: ElementType) -> Completion {
    let this = arguments.this();
    let view: Gc<DataView> = match this.downcast() {
        Some(view) => view,
        None => this_view(vm, arguments, &format!("DataView.prototype.get{element:?}"))?,
    };
    let index = to_index(vm, arguments.get(0), "Offset is outside the bounds of the DataView")?;
    let little = to_boolean(arguments.get(1));
    let place = place(vm, view, index, element, "get")?;
    // SAFETY: The element lies in the view.
    let bits = unsafe { read_bits(place, element.size()) };
    Ok(element.to_value(&vm.memory, order(bits, element, little)))
}

/// `SetViewValue` (§25.3.1.6)
fn set(vm: &mut Vm, arguments: Arguments<'_>, element: ElementType) -> Completion {
    let this = arguments.this();
    let view: Gc<DataView> = match this.downcast() {
        Some(view) => view,
        None => this_view(vm, arguments, &format!("DataView.prototype.set{element:?}"))?,
    };
    let index = to_index(vm, arguments.get(0), "Offset is outside the bounds of the DataView")?;
    let bits = vm.element_bits(element, arguments.get(1))?;
    let little = to_boolean(arguments.get(2));
    let place = place(vm, view, index, element, "set")?;
    let size = element.size();
    let bits = if size == 8 { bits } else { bits & ((1 << (8 * size)) - 1) };
    // SAFETY: The element lies in the view.
    unsafe { write_bits(place, size, order(bits, element, little)) };
    Ok(Value::UNDEFINED)
}
