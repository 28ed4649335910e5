//! Properties, by way of inline caches; and the objects that literals make.

use crate::bytecode::InlineCache;
use crate::heap::{Gc, Header, Heap};
use crate::kinds;
use crate::object::{Array, Attributes, Object, Slots};
use crate::operators::{as_object, to_property_key};
use crate::realm::RootShape;
use crate::value::Value;
use crate::vm::dispatch::go;
use crate::vm::unwinding::unwind;
use crate::vm::{Completion, Vm};

/// What a cache's slot is marked with that is not inside the object.
const OUTSIDE: u32 = 1 << 31;

/// The inline cache of a number: they lie before the number of registers, which
/// stands before the constants.
#[inline(always)]
pub(super) unsafe fn cache_of<'c>(constants: *const u64, index: usize) -> &'c InlineCache {
    // SAFETY: The compiler has made so many caches.
    unsafe { &*constants.sub(1).cast::<InlineCache>().sub(index + 1) }
}

/// A slot as caches name it.
pub(super) fn outside_or_inside(shape: Gc<crate::object::Shape>, slot: u32) -> u32 {
    let layout = shape.layout();
    let inside = u32::from(layout.inline_slots);
    if slot < inside {
        u32::from(layout.inline_offset) + slot * 8
    } else {
        OUTSIDE | (slot - inside)
    }
}

/// The value in the place that a cache names.
#[inline(always)]
pub(super) unsafe fn read(object: Gc<Object>, slot: u32) -> Value {
    // SAFETY: The object has the shape for which the place was found.
    unsafe {
        if slot & OUTSIDE == 0 {
            object.as_ptr().cast::<u8>().add(slot as usize).cast::<Value>().read()
        } else {
            let slots: Gc<Slots> = object.slots().unwrap_unchecked();
            (*slots.start().add((slot & !OUTSIDE) as usize)).get()
        }
    }
}

/// The property that a cache has found, if it is for the object.
#[inline(always)]
unsafe fn lookup(value: Value, cache: &InlineCache, vm: *mut Vm) -> Option<Value> {
    if !value.is_cell() {
        return None;
    }
    // SAFETY: The shape of a cell is that of the cache, so it is an object; the
    // holder is one.
    unsafe {
        if value.cell_unchecked::<Header>().shape.get() != cache.shape.get() {
            return None;
        }
        let holder = cache.holder.get();
        if holder == 0 {
            return Some(read(value.cell_unchecked(), cache.slot.get()));
        }
        if cache.epoch.get() != (*vm).memory.shapes().prototype_epoch() {
            return None;
        }
        Some(read(Gc::from_word(holder), cache.slot.get()))
    }
}

/// Reads a property and lets the cache know where it was.
fn find(vm: &mut Vm, value: Value, cache: &InlineCache) -> Completion {
    let key = cache.key();
    if let Some(object) = as_object(value)
        && !object.is_exotic()
    {
        let shape = object.shape(&vm.memory);
        let mut at = Some(object);
        while let Some(holder) = at {
            if holder.is_exotic() || holder.shape(&vm.memory).is_dictionary() {
                break;
            }
            if let Some(property) = holder.own_property(&vm.memory, key) {
                if !property.attributes.is_accessor() && !shape.is_dictionary() {
                    cache.slot.set(outside_or_inside(holder.shape(&vm.memory), property.slot));
                    let is_own = holder == object;
                    // Who else has the holder may change it; only its slot is read.
                    cache.holder.set(if is_own { 0 } else { holder.to_word() });
                    cache.epoch.set(vm.memory.shapes().prototype_epoch());
                    cache.shape.set(shape.number());
                    vm.memory.write_barrier_all(vm.running_code());
                }
                break;
            }
            at = holder.prototype(&vm.memory);
        }
    }
    vm.get_of_value(value, key)
}

handler! {
    get_property(pc, registers, constants, vm) {
        let cache = cache_of(constants, operand!(pc, c));
        match lookup(*registers.add(operand!(pc, b)), cache, vm) {
            Some(value) => {
                *registers.add(operand!(pc, a)) = value;
                go!(pc.add(1), registers, constants, vm)
            }
            None => slow_get_property(pc, registers, constants, vm),
        }
    }
}

slow_handler! {
    slow_get_property(pc, registers, constants, vm) {
        (*vm).leave(pc, registers, constants);
        let cache = cache_of(constants, operand!(pc, c));
        match find(&mut *vm, *registers.add(operand!(pc, b)), cache) {
            Ok(value) => {
                *registers.add(operand!(pc, a)) = value;
                go!(pc.add(1), registers, constants, vm)
            }
            Err(_) => unwind(pc, registers, constants, vm),
        }
    }
}

handler! {
    get_method(pc, registers, constants, vm) {
        let cache = cache_of(constants, operand!(pc, c));
        let receiver = *registers.add(operand!(pc, b));
        match lookup(receiver, cache, vm) {
            Some(value) => {
                let frame = registers.add(operand!(pc, a));
                *frame = value;
                *frame.add(3) = receiver;
                go!(pc.add(1), registers, constants, vm)
            }
            None => slow_get_method(pc, registers, constants, vm),
        }
    }
}

slow_handler! {
    slow_get_method(pc, registers, constants, vm) {
        (*vm).leave(pc, registers, constants);
        let cache = cache_of(constants, operand!(pc, c));
        let receiver = *registers.add(operand!(pc, b));
        match find(&mut *vm, receiver, cache) {
            Ok(value) => {
                let frame = registers.add(operand!(pc, a));
                *frame = value;
                *frame.add(3) = receiver;
                go!(pc.add(1), registers, constants, vm)
            }
            Err(_) => unwind(pc, registers, constants, vm),
        }
    }
}

handler! {
    set_property(pc, registers, constants, vm) {
        let cache = cache_of(constants, operand!(pc, c));
        let object = *registers.add(operand!(pc, a));
        let value = *registers.add(operand!(pc, b));
        if object.is_cell() && object.cell_unchecked::<Header>().shape.get() == cache.shape.get() {
            let object: Gc<Object> = object.cell_unchecked();
            let slot = cache.slot.get();
            let next = cache.next_shape.get();
            // What a prototype gets may hide what caches have found behind it.
            if slot & OUTSIDE == 0
                && (next == 0
                    || cache.epoch.get() == (*vm).memory.shapes().prototype_epoch()
                        && !object.is_prototype())
            {
                object.as_ptr().cast::<u8>().add(slot as usize).cast::<Value>().write(value);
                // A new shape is a reference too.
                let mut word = value.bits();
                if next != 0 {
                    object.header().shape.set(next);
                    word = cache.holder.get();
                }
                if Heap::needs_write_barrier(object, word)
                    || Heap::needs_write_barrier(object, value.bits())
                {
                    return note_store(pc, registers, constants, vm);
                }
                go!(pc.add(1), registers, constants, vm)
            }
        }
        slow_set_property(pc, registers, constants, vm)
    }
}

slow_handler! {
    note_store(pc, registers, constants, vm) {
        let object: Gc<Object> = (*registers.add(operand!(pc, a))).cell_unchecked();
        (*vm).memory.write_barrier_all(object);
        go!(pc.add(1), registers, constants, vm)
    }
}

slow_handler! {
    slow_set_property(pc, registers, constants, vm) {
        (*vm).leave(pc, registers, constants);
        let cache = cache_of(constants, operand!(pc, c));
        let object = *registers.add(operand!(pc, a));
        let value = *registers.add(operand!(pc, b));
        let before = as_object(object).map(|object| object.shape(&(*vm).memory));
        match (*vm).put_of_value(object, cache.key(), value, operand!(pc, x) != 0) {
            Ok(()) => {
                if let (Some(object), Some(before)) = (as_object(object), before) {
                    (*vm).learn_set(object, before, cache);
                }
                go!(pc.add(1), registers, constants, vm)
            }
            Err(_) => unwind(pc, registers, constants, vm),
        }
    }
}

impl Vm {
    /// Whether an object inherits from one that has assignments done its own way. What it
    /// did once it need not do again.
    fn has_assigning_prototype(&self, object: Gc<Object>) -> bool {
        let mut at = object.prototype(&self.memory);
        while let Some(prototype) = at {
            if matches!(prototype.header().kind(), kinds::PROXY | kinds::NAMESPACE) {
                return true;
            }
            at = prototype.prototype(&self.memory);
        }
        false
    }

    /// Lets a cache know where an assignment has changed or added a property.
    fn learn_set(
        &mut self,
        object: Gc<Object>,
        before: Gc<crate::object::Shape>,
        cache: &InlineCache,
    ) {
        let after = object.shape(&self.memory);
        let Some(property) = after.lookup(cache.key()) else { return };
        let inside = u32::from(after.layout().inline_slots);
        let added = after != before;
        if object.is_exotic()
            || object.is_prototype()
            || after.is_dictionary()
            || before.is_dictionary()
            || property.attributes != Attributes::DATA
            || property.slot >= inside
            || added && property.slot + 1 != after.slots()
            || added && self.has_assigning_prototype(object)
        {
            return;
        }
        cache.slot.set(u32::from(after.layout().inline_offset) + property.slot * 8);
        cache.next_shape.set(if added { after.number() } else { 0 });
        cache.epoch.set(self.memory.shapes().prototype_epoch());
        cache.shape.set(before.number());
        // The shape to come is kept alive as the holder.
        cache.holder.set(after.to_word());
        self.memory.write_barrier_all(self.running_code());
    }
}

handler! {
    get_element(pc, registers, constants, vm) {
        let object = *registers.add(operand!(pc, b));
        let key = *registers.add(operand!(pc, c));
        if key.is_int()
            && object.is_cell()
            && object.cell_unchecked::<Header>().kind() == kinds::ARRAY
            && let Some(elements) = object.cell_unchecked::<Object>().elements()
        {
            let value = elements.get(key.int_unchecked() as u32);
            if !value.is_empty() {
                *registers.add(operand!(pc, a)) = value;
                go!(pc.add(1), registers, constants, vm)
            }
        }
        slow_get_element(pc, registers, constants, vm)
    }
}

slow_handler! {
    slow_get_element(pc, registers, constants, vm) {
        (*vm).leave(pc, registers, constants);
        let object = *registers.add(operand!(pc, b));
        let key = *registers.add(operand!(pc, c));
        match (*vm).get_element(object, key) {
            Ok(value) => {
                *registers.add(operand!(pc, a)) = value;
                go!(pc.add(1), registers, constants, vm)
            }
            Err(_) => unwind(pc, registers, constants, vm),
        }
    }
}

handler! {
    set_element(pc, registers, constants, vm) {
        let object = *registers.add(operand!(pc, a));
        let key = *registers.add(operand!(pc, b));
        if key.is_int()
            && object.is_cell()
            && object.cell_unchecked::<Header>().kind() == kinds::ARRAY
            && let Some(elements) = object.cell_unchecked::<Object>().elements()
        {
            let index = key.int_unchecked() as u32;
            if !elements.get(index).is_empty() {
                elements.set(&(*vm).memory, index, *registers.add(operand!(pc, c)));
                go!(pc.add(1), registers, constants, vm)
            }
        }
        slow_set_element(pc, registers, constants, vm)
    }
}

slow_handler! {
    slow_set_element(pc, registers, constants, vm) {
        (*vm).leave(pc, registers, constants);
        let object = *registers.add(operand!(pc, a));
        let key = *registers.add(operand!(pc, b));
        let value = *registers.add(operand!(pc, c));
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
        if object.is_nullish() {
            let (key, object) = (self.display(key), self.display(object));
            let message = format!("Cannot read properties of {object} (reading '{key}')");
            return Err(self.throw_type_error(&message));
        }
        let key = to_property_key(self, key)?;
        self.get_of_value(object, key)
    }

    #[inline(never)]
    fn put_element(
        &mut self,
        object: Value,
        key: Value,
        value: Value,
        strict: bool,
    ) -> Completion<()> {
        if object.is_nullish() {
            let (key, object) = (self.display(key), self.display(object));
            let message = format!("Cannot set properties of {object} (setting '{key}')");
            return Err(self.throw_type_error(&message));
        }
        let key = to_property_key(self, key)?;
        self.put_of_value(object, key, value, strict)
    }
}

handler! {
    define_property(pc, registers, constants, vm) {
        let cache = cache_of(constants, operand!(pc, c));
        let object: Gc<Object> = (*registers.add(operand!(pc, a))).cell_unchecked();
        let (slot, next) = (cache.slot.get(), cache.next_shape.get());
        if object.header().shape.get() == cache.shape.get() && next != 0 && !object.is_prototype() {
            let value = *registers.add(operand!(pc, b));
            object.as_ptr().cast::<u8>().add(slot as usize).cast::<Value>().write(value);
            object.header().shape.set(next);
            if Heap::needs_write_barrier(object, cache.holder.get())
                || Heap::needs_write_barrier(object, value.bits())
            {
                return note_store(pc, registers, constants, vm);
            }
            go!(pc.add(1), registers, constants, vm)
        }
        slow_define_property(pc, registers, constants, vm)
    }
}

handler! {
    to_element_key(pc, registers, constants, vm) {
        let key = *registers.add(operand!(pc, c));
        if key.is_int() {
            *registers.add(operand!(pc, a)) = key;
            go!(pc.add(1), registers, constants, vm)
        }
        slow_to_element_key(pc, registers, constants, vm)
    }
}

slow_operation! {
    slow_to_element_key(vm, pc, registers, constants) {
        let mut key = *registers.add(operand!(pc, c));
        if !(*registers.add(operand!(pc, b))).is_nullish() {
            key = vm.property_key_value(key)?;
        }
        *registers.add(operand!(pc, a)) = key;
        Ok(())
    }
    new_object(vm, pc, registers, constants) {
        let shape = vm.realm().shape(RootShape::Object);
        *registers.add(operand!(pc, a)) = Value::cell(Gc::<Object>::ordinary(&vm.memory, shape));
        Ok(())
    }
    new_array(vm, pc, registers, constants) {
        let shape = vm.realm().shape(RootShape::Array);
        let array = Gc::<Array>::new(&vm.memory, shape, operand!(pc, wide) as u32);
        *registers.add(operand!(pc, a)) = Value::cell(array);
        Ok(())
    }
    new_regexp(vm, pc, registers, constants) {
        let pattern = Value::from_bits(constants.add(operand!(pc, wide) as usize).read());
        let regexp = vm.new_regexp(pattern.cell_unchecked());
        *registers.add(operand!(pc, a)) = Value::cell(regexp);
        Ok(())
    }
    require_object_coercible(vm, pc, registers, constants) {
        let value = *registers.add(operand!(pc, a));
        if value.is_nullish() {
            let key = Value::from_bits(constants.add(operand!(pc, wide) as usize).read());
            return Err(vm.throw_not_destructurable(value, key, operand!(pc, x)));
        }
        Ok(())
    }
    rest_of_arguments(vm, pc, registers, constants) {
        let arguments: Gc<Array> = (*registers.add(operand!(pc, b))).cell_unchecked();
        let shape = vm.realm().shape(RootShape::Array);
        let rest = Gc::<Array>::new(&vm.memory, shape, 0);
        for index in operand!(pc, c) as u32..arguments.length.get() {
            rest.push(&vm.memory, arguments.as_object().element(index));
        }
        *registers.add(operand!(pc, a)) = Value::cell(rest);
        Ok(())
    }
    begin_for_in(vm, pc, registers, constants) {
        let object = *registers.add(operand!(pc, b));
        let state = registers.add(operand!(pc, a));
        *state = Value::cell(vm.names_for_in(object)?);
        *state.add(1) = object;
        *state.add(2) = Value::ZERO;
        Ok(())
    }
    next_for_in(vm, pc, registers, constants) {
        let state = registers.add(operand!(pc, b));
        let names: Gc<Array> = (*state).cell_unchecked();
        let mut next = Value::EMPTY;
        while (*state.add(2)).int_unchecked() < names.length.get() as i32 {
            let index = (*state.add(2)).int_unchecked();
            *state.add(2) = Value::int(index + 1);
            let name = names.as_object().element(index as u32);
            let object = vm.to_object(*state.add(1))?;
            let key = to_property_key(vm, name)?;
            // What has been deleted meanwhile is passed over.
            if vm.is_still_there(object, key)? {
                next = name;
                break;
            }
        }
        *registers.add(operand!(pc, a)) = next;
        Ok(())
    }
    set_literal_prototype(vm, pc, registers, constants) {
        let object: Gc<Object> = (*registers.add(operand!(pc, a))).cell_unchecked();
        let prototype = *registers.add(operand!(pc, b));
        // Anything but an object and null is passed over (Annex B.3.1).
        if prototype.is_null() || as_object(prototype).is_some() {
            vm.set_prototype_of(object, as_object(prototype))?;
        }
        Ok(())
    }
    copy_properties(vm, pc, registers, constants) {
        let target: Gc<Object> = (*registers.add(operand!(pc, a))).cell_unchecked();
        vm.copy_data_properties(target, *registers.add(operand!(pc, b)), &[])
    }
    copy_other_properties(vm, pc, registers, constants) {
        let target: Gc<Object> = (*registers.add(operand!(pc, a))).cell_unchecked();
        let source = *registers.add(operand!(pc, b));
        let mut excluded = vm.memory.rooted_vec();
        for index in 0..operand!(pc, c) {
            let key = *registers.add(operand!(pc, a) + 1 + index);
            excluded.push(to_property_key(vm, key)?);
        }
        vm.copy_data_properties(target, source, excluded.as_slice())
    }
    convert_to_object(vm, pc, registers, constants) {
        let object = vm.to_object(*registers.add(operand!(pc, b)))?;
        *registers.add(operand!(pc, a)) = Value::cell(object);
        Ok(())
    }
    instance_of(vm, pc, registers, constants) {
        let (value, target) = (*registers.add(operand!(pc, b)), *registers.add(operand!(pc, c)));
        *registers.add(operand!(pc, a)) = Value::bool(vm.instance_of(value, target)?);
        Ok(())
    }
    append_element(vm, pc, registers, constants) {
        let array: Gc<Array> = (*registers.add(operand!(pc, a))).cell_unchecked();
        array.push(&vm.memory, *registers.add(operand!(pc, b)));
        Ok(())
    }
    slow_define_property(vm, pc, registers, constants) {
        let cache = cache_of(constants, operand!(pc, c));
        let value = *registers.add(operand!(pc, b));
        let object: Gc<Object> = (*registers.add(operand!(pc, a))).cell_unchecked();
        let before = object.shape(&vm.memory);
        vm.create_data_property_or_throw(object, cache.key(), value)?;
        vm.learn_set(object, before, cache);
        Ok(())
    }
    define_element(vm, pc, registers, constants) {
        let key = to_property_key(vm, *registers.add(operand!(pc, b)))?;
        let value = *registers.add(operand!(pc, c));
        let object: Gc<Object> = (*registers.add(operand!(pc, a))).cell_unchecked();
        vm.create_data_property_or_throw(object, key, value)
    }
    convert_to_property_key(vm, pc, registers, constants) {
        let key = vm.property_key_value(*registers.add(operand!(pc, b)))?;
        *registers.add(operand!(pc, a)) = key;
        Ok(())
    }
    delete_element(vm, pc, registers, constants) {
        let object = vm.to_object(*registers.add(operand!(pc, b)))?;
        let key = to_property_key(vm, *registers.add(operand!(pc, c)))?;
        let deleted = vm.delete_property(object, key)?;
        if !deleted && operand!(pc, x) != 0 {
            if vm.is_refused_by_trap(object, "deleteProperty") {
                return Err(vm.throw_falsish("deleteProperty", key));
            }
            let (name, object) = (vm.display_key(key), vm.display(Value::cell(object)));
            let message = format!("Cannot delete property '{name}' of {object}");
            return Err(vm.throw_type_error(&message));
        }
        *registers.add(operand!(pc, a)) = Value::bool(deleted);
        Ok(())
    }
    has_property(vm, pc, registers, constants) {
        let (key, object) = (*registers.add(operand!(pc, b)), *registers.add(operand!(pc, c)));
        let Some(object) = as_object(object) else {
            let (key, object) = (vm.display(key), vm.display(object));
            let message = format!("Cannot use 'in' operator to search for '{key}' in {object}");
            return Err(vm.throw_type_error(&message));
        };
        let key = to_property_key(vm, key)?;
        *registers.add(operand!(pc, a)) = Value::bool(vm.has_property(object, key)?);
        Ok(())
    }
}
