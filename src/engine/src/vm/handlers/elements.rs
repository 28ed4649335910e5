//! Properties whose keys are computed, and the elements of arrays.

use super::properties::lookup_elsewhere;
use crate::heap::{Gc, Header, Heap};
use crate::kinds;
use crate::object::{Array, ElementType, Object, TypedArray};
use crate::operators::{as_object, to_property_key};
use crate::string::{INTERNED, JsString, PropertyKey};
use crate::value::Value;
use crate::vm::dispatch::go;
use crate::vm::unwinding::unwind;
use crate::vm::{Completion, Vm};

handler! {
    get_element(pc, registers, constants, vm) {
        let object = *register!(registers, pc, b);
        let key = *register!(registers, pc, c);
        if key.is_int()
            && object.is_cell()
            && object.cell_unchecked::<Header>().kind() == kinds::ARRAY
            && let Some(elements) = object.cell_unchecked::<Object>().elements()
        {
            let value = elements.get(key.int_unchecked() as u32);
            if !value.is_empty() {
                *register!(registers, pc, a) = value;
                go!(pc.add(1), registers, constants, vm)
            }
        }
        get_typed_element(pc, registers, constants, vm)
    }
}

handler! {
    #[inline(never)]
    get_typed_element(pc, registers, constants, vm) {
        let object = *register!(registers, pc, b);
        let key = *register!(registers, pc, c);
        if key.is_int()
            && object.is_cell()
            && object.cell_unchecked::<Header>().kind() == kinds::TYPED_ARRAY
        {
            let array: Gc<TypedArray> = object.cell_unchecked();
            if let Some(place) = array.sure_place(key.int_unchecked() as u32) {
                // Elements are aligned.
                let value = match array.element {
                    ElementType::Int8 => Value::int(i32::from(place.cast::<i8>().read())),
                    ElementType::Uint8 | ElementType::Uint8Clamped => {
                        Value::int(i32::from(place.read()))
                    }
                    ElementType::Int16 => Value::int(i32::from(place.cast::<i16>().read())),
                    ElementType::Uint16 => Value::int(i32::from(place.cast::<u16>().read())),
                    ElementType::Int32 => Value::int(place.cast::<i32>().read()),
                    ElementType::Uint32 => Value::from(place.cast::<u32>().read()),
                    ElementType::Float32 => {
                        Value::double(f64::from(place.cast::<f32>().read()))
                    }
                    ElementType::Float64 => Value::double(place.cast::<f64>().read()),
                    ElementType::Float16 | ElementType::BigInt64 | ElementType::BigUint64 => {
                        return slow_get_element(pc, registers, constants, vm);
                    }
                };
                *register!(registers, pc, a) = value;
                go!(pc.add(1), registers, constants, vm)
            }
        }
        get_named_element(pc, registers, constants, vm)
    }
}

/// The property key that a value is, if it is a symbol, or a string that keys are. A string
/// that spells an index is none: the machine's cache knows no such key.
#[inline(always)]
unsafe fn ready_key(value: Value) -> Option<PropertyKey> {
    // SAFETY: A value keeps its cell alive.
    unsafe {
        if !value.is_cell() {
            return None;
        }
        let is_key = match value.cell_unchecked::<Header>().kind() {
            kinds::SYMBOL => true,
            kinds::STRING => value.cell_unchecked::<Header>().flag(INTERNED),
            _ => false,
        };
        is_key.then(|| PropertyKey::from_bits(value.bits()))
    }
}

handler! {
    /// A key that the machine's cache may know.
    #[inline(never)]
    get_named_element(pc, registers, constants, vm) {
        if let Some(key) = ready_key(*register!(registers, pc, c))
            && let Some(value) = lookup_elsewhere(*register!(registers, pc, b), key, vm)
        {
            *register!(registers, pc, a) = value;
            go!(pc.add(1), registers, constants, vm)
        }
        slow_get_element(pc, registers, constants, vm)
    }
}

slow_handler! {
    slow_get_element(pc, registers, constants, vm) {
        (*vm).leave(pc, registers, constants);
        let object = *register!(registers, pc, b);
        let key = *register!(registers, pc, c);
        match (*vm).get_element(object, key) {
            Ok(value) => {
                *register!(registers, pc, a) = value;
                go!(pc.add(1), registers, constants, vm)
            }
            Err(_) => unwind(pc, registers, constants, vm),
        }
    }
}

handler! {
    set_element(pc, registers, constants, vm) {
        let object = *register!(registers, pc, a);
        let key = *register!(registers, pc, b);
        if key.is_int()
            && object.is_cell()
            && object.cell_unchecked::<Header>().kind() == kinds::ARRAY
            && let Some(elements) = object.cell_unchecked::<Object>().elements()
        {
            let index = key.int_unchecked() as u32;
            if !elements.get(index).is_empty()
                && elements.set_quietly(index, *register!(registers, pc, c))
            {
                go!(pc.add(1), registers, constants, vm)
            }
        }
        set_typed_element(pc, registers, constants, vm)
    }
}

/// The bits of a number as an element that is an integer, if the number is small enough
/// to be one of 64 bits.
#[inline(always)]
fn wrapped(value: Value) -> Option<u32> {
    if value.is_int() {
        return Some(value.int_unchecked() as u32);
    }
    let number = value.as_number()?;
    (number.abs() < 9e15).then_some(number as i64 as u32)
}

handler! {
    #[inline(never)]
    set_typed_element(pc, registers, constants, vm) {
        let object = *register!(registers, pc, a);
        let key = *register!(registers, pc, b);
        let value = *register!(registers, pc, c);
        if key.is_int()
            && object.is_cell()
            && object.cell_unchecked::<Header>().kind() == kinds::TYPED_ARRAY
        {
            let array: Gc<TypedArray> = object.cell_unchecked();
            if let Some(place) = array.sure_place(key.int_unchecked() as u32) {
                match array.element {
                    ElementType::Int8 | ElementType::Uint8 => {
                        if let Some(bits) = wrapped(value) {
                            place.write(bits as u8);
                            go!(pc.add(1), registers, constants, vm)
                        }
                    }
                    ElementType::Int16 | ElementType::Uint16 => {
                        if let Some(bits) = wrapped(value) {
                            place.cast::<u16>().write(bits as u16);
                            go!(pc.add(1), registers, constants, vm)
                        }
                    }
                    ElementType::Int32 | ElementType::Uint32 => {
                        if let Some(bits) = wrapped(value) {
                            place.cast::<u32>().write(bits);
                            go!(pc.add(1), registers, constants, vm)
                        }
                    }
                    ElementType::Uint8Clamped if value.is_int() => {
                        place.write(value.int_unchecked().clamp(0, 255) as u8);
                        go!(pc.add(1), registers, constants, vm)
                    }
                    ElementType::Float32 => {
                        if let Some(number) = value.as_number() {
                            place.cast::<f32>().write(number as f32);
                            go!(pc.add(1), registers, constants, vm)
                        }
                    }
                    ElementType::Float64 => {
                        if let Some(number) = value.as_number() {
                            place.cast::<f64>().write(number);
                            go!(pc.add(1), registers, constants, vm)
                        }
                    }
                    _ => {}
                }
            }
        }
        set_named_element(pc, registers, constants, vm)
    }
}

handler! {
    /// A key that the machine's cache may know.
    #[inline(never)]
    set_named_element(pc, registers, constants, vm) {
        let object = *register!(registers, pc, a);
        if object.is_cell()
            && let Some(key) = ready_key(*register!(registers, pc, b))
            && (*vm).write_where_known(object.cell_unchecked(), key, *register!(registers, pc, c))
        {
            go!(pc.add(1), registers, constants, vm)
        }
        slow_set_element(pc, registers, constants, vm)
    }
}

slow_handler! {
    slow_set_element(pc, registers, constants, vm) {
        (*vm).leave(pc, registers, constants);
        let object = *register!(registers, pc, a);
        let key = *register!(registers, pc, b);
        let value = *register!(registers, pc, c);
        match (*vm).put_element(object, key, value, operand!(pc, x) != 0) {
            Ok(()) => go!(pc.add(1), registers, constants, vm),
            Err(_) => unwind(pc, registers, constants, vm),
        }
    }
}

impl Vm {
    /// The property key that a value is converted to, as a value.
    fn property_key_value(&mut self, value: Value) -> Completion {
        let key = to_property_key(self, value)?;
        Ok(match key.as_index() {
            Some(index) => Value::from(index),
            None => key.as_cell_value().unwrap_or(Value::UNDEFINED),
        })
    }

    #[inline(never)]
    fn get_element(&mut self, object: Value, key: Value) -> Completion {
        if let (Some(index), Some(string)) = (key.as_int(), object.downcast::<JsString>())
            && (0..string.len() as i32).contains(&index)
        {
            return Ok(Value::cell(self.memory.unit_string(string, index as u32)));
        }
        if object.is_nullish() {
            let (key, object) = (self.display(key), self.display(object));
            let message = format!("Cannot read properties of {object} (reading '{key}')");
            return Err(self.throw_type_error(&message));
        }
        let key = to_property_key(self, key)?;
        if key.is_index() {
            return self.get_of_value(object, key);
        }
        self.read_property(object, key, None)
    }

    #[inline(never)]
    fn put_element(
        &mut self,
        object: Value,
        key: Value,
        value: Value,
        strict: bool,
    ) -> Completion<()> {
        if let Some(index) = key.as_int()
            && let Some(object) = as_object(object)
            && self.add_array_element(object, index, value)
        {
            return Ok(());
        }
        if object.is_nullish() {
            let (key, object) = (self.display(key), self.display(object));
            let message = format!("Cannot set properties of {object} (setting '{key}')");
            return Err(self.throw_type_error(&message));
        }
        let key = to_property_key(self, key)?;
        if key.is_index() {
            return self.put_of_value(object, key, value, strict);
        }
        self.write_property(object, key, value, strict)
    }

    /// Gives an array an element at its end; false if there is more to it.
    fn add_array_element(&mut self, object: Gc<Object>, index: i32, value: Value) -> bool {
        let Some(array) = self.growable(object).filter(|array| array.length.get() as i32 == index)
        else {
            return false;
        };
        array.push(&self.memory, value);
        true
    }
}

handler! {
    append_element(pc, registers, constants, vm) {
        let array: Gc<Array> = (*register!(registers, pc, a)).cell_unchecked();
        let value = *register!(registers, pc, b);
        if let Some(elements) = array.as_object().elements()
            && !value.is_empty()
            && elements.length() == array.length.get()
            && elements.length() < elements.capacity()
        {
            let length = elements.length();
            (*elements.start().add(length as usize)).set(value);
            elements.set_length(length + 1);
            array.length.set(length + 1);
            if Heap::needs_write_barrier(elements, value.bits()) {
                return note_append(pc, registers, constants, vm);
            }
            go!(pc.add(1), registers, constants, vm)
        }
        slow_append_element(pc, registers, constants, vm)
    }
}

slow_handler! {
    note_append(pc, registers, constants, vm) {
        let array: Gc<Array> = (*register!(registers, pc, a)).cell_unchecked();
        (*vm).memory.write_barrier_all(array.as_object().elements().unwrap_unchecked());
        go!(pc.add(1), registers, constants, vm)
    }
}

handler! {
    to_element_key(pc, registers, constants, vm) {
        let key = *register!(registers, pc, c);
        if key.is_int() {
            *register!(registers, pc, a) = key;
            go!(pc.add(1), registers, constants, vm)
        }
        slow_to_element_key(pc, registers, constants, vm)
    }
}

slow_operation! {
    slow_to_element_key(vm, pc, registers, constants) {
        let mut key = *register!(registers, pc, c);
        if !(*register!(registers, pc, b)).is_nullish() {
            key = vm.property_key_value(key)?;
        }
        *register!(registers, pc, a) = key;
        Ok(())
    }
    slow_append_element(vm, pc, registers, constants) {
        let array: Gc<Array> = (*register!(registers, pc, a)).cell_unchecked();
        array.push(&vm.memory, *register!(registers, pc, b));
        Ok(())
    }
    define_element(vm, pc, registers, constants) {
        let key = to_property_key(vm, *register!(registers, pc, b))?;
        let value = *register!(registers, pc, c);
        let object: Gc<Object> = (*register!(registers, pc, a)).cell_unchecked();
        vm.create_data_property_or_throw(object, key, value)
    }
    convert_to_property_key(vm, pc, registers, constants) {
        let key = vm.property_key_value(*register!(registers, pc, b))?;
        *register!(registers, pc, a) = key;
        Ok(())
    }
    delete_element(vm, pc, registers, constants) {
        let object = vm.to_object(*register!(registers, pc, b))?;
        let key = to_property_key(vm, *register!(registers, pc, c))?;
        let deleted = vm.delete_property(object, key)?;
        if !deleted && operand!(pc, x) != 0 {
            if vm.is_refused_by_trap(object, "deleteProperty") {
                return Err(vm.throw_falsish("deleteProperty", key));
            }
            let (name, object) = (vm.display_key(key), vm.display(Value::cell(object)));
            let message = format!("Cannot delete property '{name}' of {object}");
            return Err(vm.throw_type_error(&message));
        }
        *register!(registers, pc, a) = Value::bool(deleted);
        Ok(())
    }
    has_property(vm, pc, registers, constants) {
        let (key, object) = (*register!(registers, pc, b), *register!(registers, pc, c));
        let Some(object) = as_object(object) else {
            let (key, object) = (vm.display(key), vm.display(object));
            let message = format!("Cannot use 'in' operator to search for '{key}' in {object}");
            return Err(vm.throw_type_error(&message));
        };
        let key = to_property_key(vm, key)?;
        *register!(registers, pc, a) = Value::bool(vm.has_property(object, key)?);
        Ok(())
    }
}
