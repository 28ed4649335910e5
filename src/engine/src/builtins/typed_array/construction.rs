//! How typed arrays come about (ECMA-262 §23.2.2, §23.2.4, §23.2.5).

use super::{element, index_value, set_element, validate};
use crate::heap::{Gc, RootedVec};
use crate::kinds;
use crate::object::{ArrayBuffer, ElementType, MOST_BYTES, Object, TypedArray};
use crate::operators::{as_object, is_callable, is_constructor, to_index};

use crate::value::Value;
use crate::vm::{Arguments, Completion, Throw, Vm, WellKnown};
use std::ops::ControlFlow;

/// No number of bytes is greater: 2^53 − 1.
const MAX_SAFE_INTEGER: u64 = (1 << 53) - 1;

/// Throws because elements of both kinds of numbers would mix.
pub(super) fn throw_mixed(vm: &mut Vm) -> Throw {
    vm.throw_type_error("Cannot mix BigInt and other types, use explicit conversions")
}

fn throw_length(vm: &mut Vm, length: &str) -> Throw {
    vm.throw_range_error(&format!("Invalid typed array length: {length}"))
}

impl Vm {
    /// A typed array with a buffer of its own, all zero, of the usual prototype.
    ///
    /// # Errors
    /// A `RangeError` if there is no room.
    pub fn new_typed_array(
        &mut self,
        element: ElementType,
        length: usize,
    ) -> Completion<Gc<TypedArray>> {
        let prototype = self.realm().get(element.class().prototype);
        self.typed_array_with_buffer(element, prototype, length as u64)
    }

    /// `AllocateTypedArrayBuffer` (§23.2.5.1.6), and the array.
    fn typed_array_with_buffer(
        &mut self,
        element: ElementType,
        prototype: Gc<Object>,
        length: u64,
    ) -> Completion<Gc<TypedArray>> {
        let bytes = length * element.size() as u64;
        if bytes > MAX_SAFE_INTEGER {
            return Err(throw_length(self, &length.to_string()));
        }
        let buffer = self.allocate_array_buffer(bytes)?;
        Ok(self.view_of(element, prototype, buffer, 0, Some(bytes as usize)))
    }

    fn view_of(
        &self,
        element: ElementType,
        prototype: Gc<Object>,
        buffer: Gc<ArrayBuffer>,
        offset: usize,
        fixed: Option<usize>,
    ) -> Gc<TypedArray> {
        let shape = self.shape_for_prototype(Some(prototype), kinds::TYPED_ARRAY, 0);
        Gc::<TypedArray>::new(&self.memory, shape, buffer, offset, fixed, element)
    }
}

/// `new TypedArray ( ...args )` (§23.2.5.1)
pub(super) fn construct(vm: &mut Vm, arguments: Arguments<'_>, element: ElementType) -> Completion {
    let class = element.class();
    let Some(new_target) = as_object(arguments.new_target()) else {
        return Err(vm.throw_type_error(&format!("Constructor {} requires 'new'", class.name)));
    };
    let first = arguments.get(0);
    let Some(object) = as_object(first) else {
        let message = format!("Invalid typed array length: {}", vm.display(first));
        let length = to_index(vm, first, &message)?;
        let prototype = vm.get_prototype_from_constructor(new_target, class.prototype)?;
        return vm.typed_array_with_buffer(element, prototype, length).map(Value::cell);
    };
    let prototype = vm.get_prototype_from_constructor(new_target, class.prototype)?;
    if let Some(source) = first.downcast::<TypedArray>() {
        return from_typed_array(vm, element, prototype, source).map(Value::cell);
    }
    if let Some(buffer) = first.downcast::<ArrayBuffer>() {
        return from_buffer(vm, element, prototype, buffer, arguments).map(Value::cell);
    }
    let values = list_of(vm, object)?;
    if let Some(values) = values {
        let array = vm.typed_array_with_buffer(element, prototype, values.len() as u64)?;
        for index in 0..values.len() {
            vm.heed_interrupt()?;
            set_element(vm, array, index, values.get(index).unwrap_or(Value::UNDEFINED))?;
        }
        return Ok(Value::cell(array));
    }
    let length = vm.length_of_array_like(object)?;
    let array = vm.typed_array_with_buffer(element, prototype, length as u64)?;
    for index in 0..length as usize {
        vm.heed_interrupt()?;
        let value = vm.get(object, vm.memory.key_of_index(index as f64))?;
        set_element(vm, array, index, value)?;
    }
    Ok(Value::cell(array))
}

/// All that an iterable gives; None if the object is not iterable.
fn list_of(vm: &mut Vm, object: Gc<Object>) -> Completion<Option<RootedVec<Value>>> {
    let (value, key) = (Value::cell(object), vm.well_known_key(WellKnown::Iterator));
    // What iterating over a plain array gives can be read off its elements.
    if vm.plain_array(value).is_some() {
        return vm.create_list_from_array_like(value).map(Some);
    }
    let Some(method) = vm.get_method(value, key)? else { return Ok(None) };
    let record = vm.get_iterator_from_method(value, method)?;
    let mut values = vm.memory.rooted_vec();
    vm.iterate_record(record, |_, value| {
        values.push(value);
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(Some(values))
}

/// `InitializeTypedArrayFromTypedArray` (§23.2.5.1.2)
fn from_typed_array(
    vm: &mut Vm,
    element: ElementType,
    prototype: Gc<Object>,
    source: Gc<TypedArray>,
) -> Completion<Gc<TypedArray>> {
    let Some(length) = source.length() else {
        let message = "Cannot perform Construct on a detached or out-of-bounds ArrayBuffer";
        return Err(vm.throw_type_error(message));
    };
    let array = vm.typed_array_with_buffer(element, prototype, length as u64)?;
    if element.is_bigint() != source.element.is_bigint() {
        return Err(throw_mixed(vm));
    }
    copy(vm, source, 0, array, 0, length)?;
    Ok(array)
}

/// Copies elements, converting them. Both arrays have so many from the indices on, and
/// both hold big integers or neither does. They may overlap.
///
/// # Errors
/// If the program is interrupted.
pub(super) fn copy(
    vm: &mut Vm,
    source: Gc<TypedArray>,
    from: usize,
    target: Gc<TypedArray>,
    to: usize,
    count: usize,
) -> Completion<()> {
    let (one, other) = (source.element, target.element);
    let start = source.start().wrapping_add(from * one.size());
    let end = start.wrapping_add(count * one.size());
    let place = target.start().wrapping_add(to * other.size());
    let is_same = one == other || one.is_bigint();
    if is_same {
        // SAFETY: Both have so many elements.
        unsafe { place.copy_from(start, count * one.size()) };
        return Ok(());
    }
    let place_end = place.wrapping_add(count * other.size());
    let convert = |bits| other.of_number(one.to_number(bits));
    if start < place_end && place < end {
        // They overlap: all are read before any is written.
        let values: Vec<u64> = (from..from + count).filter_map(|at| source.bits_at(at)).collect();
        for (index, bits) in values.into_iter().enumerate() {
            vm.heed_interrupt()?;
            target.set_bits(to + index, convert(bits));
        }
        return Ok(());
    }
    for index in 0..count {
        vm.heed_interrupt()?;
        if let Some(bits) = source.bits_at(from + index) {
            target.set_bits(to + index, convert(bits));
        }
    }
    Ok(())
}

/// `InitializeTypedArrayFromArrayBuffer` (§23.2.5.1.3)
fn from_buffer(
    vm: &mut Vm,
    element: ElementType,
    prototype: Gc<Object>,
    buffer: Gc<ArrayBuffer>,
    arguments: Arguments<'_>,
) -> Completion<Gc<TypedArray>> {
    let (name, size) = (element.class_name(), element.size() as u64);
    let out_of_bounds =
        |offset: &str| format!("Start offset {offset} is outside the bounds of the buffer");
    let message = out_of_bounds(&vm.display(arguments.get(1)));
    let offset = to_index(vm, arguments.get(1), &message)?;
    if !offset.is_multiple_of(size) {
        let message = format!("start offset of {name} should be a multiple of {size}");
        return Err(vm.throw_range_error(&message));
    }
    let wanted = arguments.get(2);
    let length = if wanted.is_undefined() {
        None
    } else {
        let message = format!("Invalid typed array length: {}", vm.display(wanted));
        Some(to_index(vm, wanted, &message)?)
    };
    if buffer.is_detached() {
        return Err(vm.throw_type_error("Cannot perform Construct on a detached ArrayBuffer"));
    }
    let available = buffer.byte_length() as u64;
    let fixed = match length {
        Some(length) => {
            if length > MOST_BYTES || offset + length * size > available {
                return Err(throw_length(vm, &length.to_string()));
            }
            Some((length * size) as usize)
        }
        None if buffer.is_resizable => {
            if offset > available {
                return Err(vm.throw_range_error(&out_of_bounds(&offset.to_string())));
            }
            None
        }
        None => {
            if !available.is_multiple_of(size) {
                let message = format!("byte length of {name} should be a multiple of {size}");
                return Err(vm.throw_range_error(&message));
            }
            let Some(rest) = available.checked_sub(offset) else {
                return Err(vm.throw_range_error(&out_of_bounds(&offset.to_string())));
            };
            Some(rest as usize)
        }
    };
    Ok(vm.view_of(element, prototype, buffer, offset as usize, fixed))
}

// ---------------------------------------------------------------------------
// By constructors that programs name
// ---------------------------------------------------------------------------

/// `TypedArrayCreateFromConstructor` (§23.2.4.2): with so many elements at least, if the
/// constructor is asked for a number of them.
fn create_from_constructor(
    vm: &mut Vm,
    constructor: Value,
    arguments: &[Value],
    method: &str,
) -> Completion<Gc<TypedArray>> {
    let result = vm.construct(constructor, arguments, constructor)?;
    if result.downcast::<TypedArray>().is_none() {
        let text = vm.display(result);
        return Err(vm.throw_type_error(&format!(
            "Method %TypedArray%.prototype.{method} called on incompatible receiver {text}"
        )));
    }
    let (array, length) = validate(vm, result, method)?;
    if let [wanted] = arguments
        && let Some(wanted) = wanted.as_number()
        && (length as f64) < wanted
    {
        return Err(vm.throw_type_error(
            "Derived TypedArray constructor created an array which was too small",
        ));
    }
    Ok(array)
}

/// `TypedArrayCreateSameType` (§23.2.4.3)
pub(super) fn create_same_type(
    vm: &mut Vm,
    exemplar: Gc<TypedArray>,
    length: usize,
) -> Completion<Gc<TypedArray>> {
    vm.new_typed_array(exemplar.element, length)
}

/// `TypedArraySpeciesCreate` (§23.2.4.1)
pub(super) fn species_create(
    vm: &mut Vm,
    exemplar: Gc<TypedArray>,
    arguments: &[Value],
    method: &str,
) -> Completion<Gc<TypedArray>> {
    let default = vm.realm().get(exemplar.element.class().constructor);
    let species = vm.species_constructor(exemplar.as_object(), default)?;
    let array = create_from_constructor(vm, species, arguments, method)?;
    if array.element.is_bigint() != exemplar.element.is_bigint() {
        return Err(vm.throw_type_error("Content type of source and derived typed arrays differ"));
    }
    Ok(array)
}

/// `this` of `from` and `of`.
fn this_constructor(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let this = arguments.this();
    if is_constructor(this) {
        return Ok(this);
    }
    let text = vm.display(this);
    Err(vm.throw_type_error(&format!("{text} is not a constructor")))
}

/// `%TypedArray%.of` (§23.2.2.2)
pub(super) fn of(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let constructor = this_constructor(vm, arguments)?;
    let length = index_value(arguments.len());
    let array = create_from_constructor(vm, constructor, &[length], "of")?;
    for (index, value) in arguments.from(0).iter().enumerate() {
        set_element(vm, array, index, *value)?;
    }
    Ok(Value::cell(array))
}

/// `%TypedArray%.from` (§23.2.2.1)
pub(super) fn from(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let constructor = this_constructor(vm, arguments)?;
    let [items, mapper, this] = [0, 1, 2].map(|index| arguments.get(index));
    if !mapper.is_undefined() && !is_callable(mapper) {
        let text = vm.describe(mapper);
        return Err(vm.throw_type_error(&format!("{text} is not a function")));
    }
    let map = |vm: &mut Vm, value: Value, index: usize| {
        if mapper.is_undefined() {
            return Ok(value);
        }
        vm.call(mapper, this, &[value, index_value(index)])
    };
    let key = vm.well_known_key(WellKnown::Iterator);
    if let Some(method) = vm.get_method(items, key)? {
        let record = vm.get_iterator_from_method(items, method)?;
        let mut values = vm.memory.rooted_vec();
        vm.iterate_record(record, |_, value| {
            values.push(value);
            Ok(ControlFlow::Continue(()))
        })?;
        let length = index_value(values.len());
        let array = create_from_constructor(vm, constructor, &[length], "from")?;
        for index in 0..values.len() {
            let value = map(vm, values.get(index).unwrap_or(Value::UNDEFINED), index)?;
            set_element(vm, array, index, value)?;
        }
        return Ok(Value::cell(array));
    }
    let source = vm.to_object(items)?;
    let length = vm.length_of_array_like(source)?;
    let array = create_from_constructor(vm, constructor, &[Value::number(length)], "from")?;
    for index in 0..length as usize {
        vm.heed_interrupt()?;
        let value = match Value::cell(source).downcast::<TypedArray>() {
            Some(source) => element(vm, source, index),
            None => vm.get(source, vm.memory.key_of_index(index as f64))?,
        };
        let value = map(vm, value, index)?;
        set_element(vm, array, index, value)?;
    }
    Ok(Value::cell(array))
}
