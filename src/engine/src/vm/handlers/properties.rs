//! Properties by name, by way of caches.
//!
//! An instruction has an inline cache, for one shape. Where that misses, the machine's
//! [property cache](crate::vm::property_cache) is asked, and then the object.

use super::accessors::{get_by_getter, get_method_by_getter, set_by_setter};
use crate::bytecode::InlineCache;
use crate::heap::{Gc, Header, Heap};
use crate::kinds;
use crate::object::{Accessor, Array, Object, Slots, TypedArray};
use crate::operators::as_object;
use crate::realm::Intrinsic;
use crate::string::{JsString, PropertyKey};
use crate::value::Value;
use crate::vm::dispatch::go;
use crate::vm::property_cache::Scope;
use crate::vm::{NativeCode, NativeFunction, Vm};

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
pub(in crate::vm) fn outside_or_inside(shape: Gc<crate::object::Shape>, slot: u32) -> u32 {
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
pub(in crate::vm) unsafe fn read(object: Gc<Object>, slot: u32) -> Value {
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

impl InlineCache {
    /// What has been found, in an object of the shape or the one it inherits it from.
    ///
    /// # Safety
    /// The object has the shape; the epoch is the one that is noted.
    #[inline(always)]
    pub(in crate::vm) unsafe fn read(&self, object: Gc<Object>) -> Value {
        let holder = self.holder.get();
        // SAFETY: By the caller's word.
        unsafe {
            let holder = if holder == 0 { object } else { Gc::from_word(holder) };
            read(holder, self.slot.get())
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

/// The property that the machine's cache knows.
#[inline(always)]
pub(super) unsafe fn lookup_elsewhere(
    value: Value,
    key: PropertyKey,
    vm: *mut Vm,
) -> Option<Value> {
    if !value.is_cell() {
        return None;
    }
    // SAFETY: As above.
    unsafe {
        let shape = value.cell_unchecked::<Header>().shape.get();
        let epoch = (*vm).memory.shapes().prototype_epoch();
        let known = (*vm).property_cache.read(shape, key, epoch)?;
        Some(known.read(value.cell_unchecked()))
    }
}

handler! {
    get_property(pc, registers, constants, vm) {
        let cache = cache_of(constants, operand!(pc, c));
        match lookup(*register!(registers, pc, b), cache, vm) {
            Some(value) => {
                *register!(registers, pc, a) = value;
                go!(pc.add(1), registers, constants, vm)
            }
            None => get_property_elsewhere(pc, registers, constants, vm),
        }
    }
}

handler! {
    #[inline(never)]
    get_property_elsewhere(pc, registers, constants, vm) {
        let cache = cache_of(constants, operand!(pc, c));
        match lookup_elsewhere(*register!(registers, pc, b), cache.key(), vm) {
            Some(value) if !(*vm).property_cache.is_lesson() => {
                *register!(registers, pc, a) = value;
                go!(pc.add(1), registers, constants, vm)
            }
            _ => get_by_getter(pc, registers, constants, vm),
        }
    }
}

handler! {
    get_length(pc, registers, constants, vm) {
        let value = *register!(registers, pc, b);
        if value.is_cell() {
            match value.cell_unchecked::<Header>().kind() {
                kinds::ARRAY => {
                    let length = value.cell_unchecked::<Array>().length.get();
                    *register!(registers, pc, a) = Value::from(length);
                    go!(pc.add(1), registers, constants, vm)
                }
                kinds::STRING => {
                    let length = value.cell_unchecked::<JsString>().len();
                    *register!(registers, pc, a) = Value::int(length as i32);
                    go!(pc.add(1), registers, constants, vm)
                }
                kinds::TYPED_ARRAY => return get_typed_length(pc, registers, constants, vm),
                _ => {}
            }
        }
        get_property(pc, registers, constants, vm)
    }
}

/// What the slot of a cache says for typed arrays that inherit the usual `length`: its
/// holder is the accessor.
const TYPED_LENGTH: u32 = u32::MAX;

/// Whether an accessor's getter is that of `%TypedArray%.prototype.length`.
#[inline(always)]
fn gives_typed_length(accessor: Gc<Accessor>) -> bool {
    let getter = accessor.get.get();
    let getter = if getter.is_cell() { getter.downcast::<NativeFunction>() } else { None };
    getter.is_some_and(|getter| std::ptr::fn_addr_eq(getter.code, TYPED_ARRAY_LENGTH))
}

const TYPED_ARRAY_LENGTH: NativeCode = crate::builtins::typed_array_length;

handler! {
    #[inline(never)]
    get_typed_length(pc, registers, constants, vm) {
        let cache = cache_of(constants, operand!(pc, c));
        let array: Gc<TypedArray> = (*register!(registers, pc, b)).cell_unchecked();
        if cache.slot.get() == TYPED_LENGTH
            && array.as_object().header().shape.get() == cache.shape.get()
            && cache.epoch.get() == (*vm).memory.shapes().prototype_epoch()
            && gives_typed_length(Gc::from_word(cache.holder.get()))
            && array.sure_length > 0
            && !array.buffer.start().is_null()
        {
            *register!(registers, pc, a) = Value::from(array.sure_length);
            go!(pc.add(1), registers, constants, vm)
        }
        slow_get_typed_length(pc, registers, constants, vm)
    }
}

handler! {
    get_method(pc, registers, constants, vm) {
        let cache = cache_of(constants, operand!(pc, c));
        let receiver = *register!(registers, pc, b);
        match lookup(receiver, cache, vm) {
            Some(value) => {
                let frame = register!(registers, pc, a);
                *frame = value;
                *frame.add(3) = receiver;
                go!(pc.add(1), registers, constants, vm)
            }
            None => get_method_elsewhere(pc, registers, constants, vm),
        }
    }
}

handler! {
    #[inline(never)]
    get_method_elsewhere(pc, registers, constants, vm) {
        let cache = cache_of(constants, operand!(pc, c));
        let receiver = *register!(registers, pc, b);
        match lookup_elsewhere(receiver, cache.key(), vm) {
            Some(value) if !(*vm).property_cache.is_lesson() => {
                let frame = register!(registers, pc, a);
                *frame = value;
                *frame.add(3) = receiver;
                go!(pc.add(1), registers, constants, vm)
            }
            _ if receiver.kind() == Some(kinds::STRING) => {
                get_method_of_string(pc, registers, constants, vm)
            }
            _ => get_method_by_getter(pc, registers, constants, vm),
        }
    }
}

handler! {
    #[inline(never)]
    get_method_of_string(pc, registers, constants, vm) {
        (*vm).leave(pc, registers, constants);
        let value = method_of_string(cache_of(constants, operand!(pc, c)), vm);
        if value.is_empty() {
            return slow_get_method(pc, registers, constants, vm);
        }
        let frame = register!(registers, pc, a);
        *frame = value;
        *frame.add(3) = *register!(registers, pc, b);
        go!(pc.add(1), registers, constants, vm)
    }
}

/// A method that all strings have; `EMPTY` if the cache does not know. Apart, so that what
/// the look-up keeps in memory does not keep the handler from ending in a jump.
#[inline(never)]
unsafe fn method_of_string(cache: &InlineCache, vm: *mut Vm) -> Value {
    // SAFETY: The machine is the one that runs the handler.
    unsafe {
        let prototype = (*vm).realm().get(Intrinsic::StringPrototype);
        // `length` is each string's own.
        if cache.key() == (*vm).memory.keys().length {
            return Value::EMPTY;
        }
        lookup(Value::cell(prototype), cache, vm).unwrap_or(Value::EMPTY)
    }
}

slow_operation! {
    slow_get_typed_length(vm, pc, registers, constants) {
        let cache = cache_of(constants, operand!(pc, c));
        let value = *register!(registers, pc, b);
        if let Some(accessor) = vm.find_typed_length(value.cell_unchecked()) {
            let shape = value.cell_unchecked::<Header>().shape.get();
            cache.shape.set(shape);
            cache.slot.set(TYPED_LENGTH);
            cache.epoch.set(vm.memory.shapes().prototype_epoch());
            cache.holder.set(accessor.to_word());
            vm.memory.write_barrier(vm.running_code(), accessor.to_word());
        }
        *register!(registers, pc, a) = vm.get_of_value(value, cache.key())?;
        Ok(())
    }
    slow_get_property(vm, pc, registers, constants) {
        let cache = cache_of(constants, operand!(pc, c));
        let object = *register!(registers, pc, b);
        *register!(registers, pc, a) = vm.read_property(object, cache.key(), Some(cache))?;
        Ok(())
    }
    slow_get_method(vm, pc, registers, constants) {
        let cache = cache_of(constants, operand!(pc, c));
        let receiver = *register!(registers, pc, b);
        let method = vm.read_property(receiver, cache.key(), Some(cache))?;
        let frame = register!(registers, pc, a);
        *frame = method;
        *frame.add(3) = receiver;
        Ok(())
    }
}

impl Vm {
    /// The accessor of `%TypedArray%.prototype.length`, if a typed array inherits it and it
    /// is what it was.
    fn find_typed_length(&self, array: Gc<Object>) -> Option<Gc<Accessor>> {
        let key = self.memory.keys().length;
        let mut at = Some(array);
        while let Some(holder) = at {
            if holder.is_exotic() && holder != array || holder.shape(&self.memory).is_dictionary() {
                return None;
            }
            if let Some(property) = holder.own_property(&self.memory, key) {
                let value = holder.get_slot(&self.memory, property.slot);
                return value.downcast().filter(|accessor| gives_typed_length(*accessor));
            }
            at = holder.prototype(&self.memory);
        }
        None
    }
}

/// Whether a cache of writes is for an object. What a prototype gets may hide what caches
/// have found behind it.
#[inline(always)]
unsafe fn can_write(object: Gc<Object>, cache: &InlineCache, vm: *mut Vm) -> bool {
    // SAFETY: The machine is there.
    let epoch = unsafe { (*vm).memory.shapes().prototype_epoch() };
    cache.next_shape.get() == 0 || cache.epoch.get() == epoch && !object.is_prototype()
}

/// Whether what a cache is for lies inside the object.
#[inline(always)]
pub(super) fn is_inside(cache: &InlineCache) -> bool {
    cache.slot.get() & OUTSIDE == 0
}

/// Writes inside an object what a cache is for; whether the collector has to know.
#[inline(always)]
pub(super) unsafe fn write_inside(object: Gc<Object>, value: Value, cache: &InlineCache) -> bool {
    // SAFETY: The object has the shape for which the place was found.
    unsafe {
        let slot = cache.slot.get() as usize;
        object.as_ptr().cast::<u8>().add(slot).cast::<Value>().write(value);
    }
    // A new shape is a reference too.
    let next = cache.next_shape.get();
    let mut word = value.bits();
    if next != 0 {
        object.header().shape.set(next);
        word = cache.holder.get();
    }
    Heap::needs_write_barrier(object, word) || Heap::needs_write_barrier(object, value.bits())
}

/// Writes to a slot outside of an object, where there is room for it, what a cache is for;
/// whether the collector has to know.
#[inline(always)]
unsafe fn write_outside(
    object: Gc<Object>,
    slots: Gc<Slots>,
    value: Value,
    cache: &InlineCache,
) -> bool {
    let index = cache.slot.get() & !OUTSIDE;
    // SAFETY: There is room.
    unsafe { (*slots.start().add(index as usize)).set(value) };
    let next = cache.next_shape.get();
    if next != 0 {
        slots.set_length(index + 1);
        object.header().shape.set(next);
        if Heap::needs_write_barrier(object, cache.holder.get()) {
            return true;
        }
    }
    Heap::needs_write_barrier(slots, value.bits())
}

impl Vm {
    /// Writes a property where the machine's cache knows it to be: what instructions without
    /// a cache of their own begin with. False if it does not know.
    pub(crate) fn write_where_known(
        &mut self,
        object: Gc<Object>,
        key: PropertyKey,
        value: Value,
    ) -> bool {
        let epoch = self.memory.shapes().prototype_epoch();
        let Some(known) = self.property_cache.write(object.header().shape.get(), key, epoch) else {
            return false;
        };
        let adds = known.next_shape.get() != 0;
        if adds && (known.epoch.get() != epoch || object.is_prototype()) {
            return false;
        }
        // SAFETY: The object has the shape for which the place was found.
        unsafe {
            if is_inside(known) {
                if write_inside(object, value, known) {
                    self.memory.write_barrier_all(object);
                }
                return true;
            }
            let index = known.slot.get() & !OUTSIDE;
            let Some(slots) = object.slots().filter(|slots| index < slots.capacity()) else {
                return false;
            };
            if write_outside(object, slots, value, known) {
                self.memory.write_barrier_all(object);
                self.memory.write_barrier_all(slots);
            }
            true
        }
    }
}

handler! {
    set_property(pc, registers, constants, vm) {
        let cache = cache_of(constants, operand!(pc, c));
        let object = *register!(registers, pc, a);
        if object.is_cell() && object.cell_unchecked::<Header>().shape.get() == cache.shape.get() {
            let object: Gc<Object> = object.cell_unchecked();
            if is_inside(cache) {
                if cache.next_shape.get() != 0 {
                    return add_property(pc, registers, constants, vm);
                }
                if write_inside(object, *register!(registers, pc, b), cache) {
                    return note_store(pc, registers, constants, vm);
                }
                go!(pc.add(1), registers, constants, vm)
            }
        }
        set_property_elsewhere(pc, registers, constants, vm)
    }
}

handler! {
    /// A `SetProperty` of which the cache knows that it adds a property to objects of
    /// this shape: apart from it, for it wants more registers than need no saving.
    #[inline(never)]
    add_property(pc, registers, constants, vm) {
        let cache = cache_of(constants, operand!(pc, c));
        let object: Gc<Object> = (*register!(registers, pc, a)).cell_unchecked();
        if can_write(object, cache, vm) {
            if write_inside(object, *register!(registers, pc, b), cache) {
                return note_store(pc, registers, constants, vm);
            }
            go!(pc.add(1), registers, constants, vm)
        }
        set_property_elsewhere(pc, registers, constants, vm)
    }
}

handler! {
    #[inline(never)]
    set_property_elsewhere(pc, registers, constants, vm) {
        let object = *register!(registers, pc, a);
        if object.is_cell() {
            let key = cache_of(constants, operand!(pc, c)).key();
            let shape = object.cell_unchecked::<Header>().shape.get();
            let epoch = (*vm).memory.shapes().prototype_epoch();
            if let Some(known) = (*vm).property_cache.write(shape, key, epoch)
                && !(*vm).property_cache.is_lesson()
            {
                let object: Gc<Object> = object.cell_unchecked();
                let value = *register!(registers, pc, b);
                let slot = known.slot.get();
                if is_inside(known) && can_write(object, known, vm) {
                    if write_inside(object, value, known) {
                        return note_store(pc, registers, constants, vm);
                    }
                    go!(pc.add(1), registers, constants, vm)
                }
                if slot & OUTSIDE != 0
                    && can_write(object, known, vm)
                    && let Some(slots) = object.slots()
                    && (slot & !OUTSIDE) < slots.capacity()
                {
                    if write_outside(object, slots, value, known) {
                        return note_outer_store(pc, registers, constants, vm);
                    }
                    go!(pc.add(1), registers, constants, vm)
                }
            }
        }
        set_by_setter(pc, registers, constants, vm)
    }
}

slow_handler! {
    note_store(pc, registers, constants, vm) {
        let object: Gc<Object> = (*register!(registers, pc, a)).cell_unchecked();
        (*vm).memory.write_barrier_all(object);
        go!(pc.add(1), registers, constants, vm)
    }
}

slow_handler! {
    note_outer_store(pc, registers, constants, vm) {
        let object: Gc<Object> = (*register!(registers, pc, a)).cell_unchecked();
        (*vm).memory.write_barrier_all(object);
        (*vm).memory.write_barrier_all(object.slots().unwrap_unchecked());
        go!(pc.add(1), registers, constants, vm)
    }
}

slow_operation! {
    slow_set_property(vm, pc, registers, constants) {
        let cache = cache_of(constants, operand!(pc, c));
        let object = *register!(registers, pc, a);
        let value = *register!(registers, pc, b);
        let before = as_object(object).map(|object| object.shape(&vm.memory));
        vm.learn_setter(object, cache.key());
        vm.put_of_value(object, cache.key(), value, operand!(pc, x) != 0)?;
        if let (Some(object), Some(before)) = (as_object(object), before) {
            vm.learn_write(object, before, cache.key(), Some(cache), Scope::Everywhere);
        }
        Ok(())
    }
    slow_define_property(vm, pc, registers, constants) {
        let cache = cache_of(constants, operand!(pc, c));
        let value = *register!(registers, pc, b);
        let object: Gc<Object> = (*register!(registers, pc, a)).cell_unchecked();
        let before = object.shape(&vm.memory);
        vm.create_data_property_or_throw(object, cache.key(), value)?;
        let scope = if vm.is_inherited(object, cache.key()) { Scope::Here } else { Scope::Everywhere };
        vm.learn_write(object, before, cache.key(), Some(cache), scope);
        Ok(())
    }
}

handler! {
    define_property(pc, registers, constants, vm) {
        let cache = cache_of(constants, operand!(pc, c));
        let object: Gc<Object> = (*register!(registers, pc, a)).cell_unchecked();
        if object.header().shape.get() == cache.shape.get()
            && cache.next_shape.get() != 0
            && is_inside(cache)
            && !object.is_prototype()
        {
            if write_inside(object, *register!(registers, pc, b), cache) {
                return note_store(pc, registers, constants, vm);
            }
            go!(pc.add(1), registers, constants, vm)
        }
        define_property_elsewhere(pc, registers, constants, vm)
    }
}

handler! {
    #[inline(never)]
    define_property_elsewhere(pc, registers, constants, vm) {
        let key = cache_of(constants, operand!(pc, c)).key();
        let object: Gc<Object> = (*register!(registers, pc, a)).cell_unchecked();
        let epoch = (*vm).memory.shapes().prototype_epoch();
        if let Some(known) = (*vm).property_cache.write(object.header().shape.get(), key, epoch)
            && known.next_shape.get() != 0
            && is_inside(known)
            && !object.is_prototype()
            && !(*vm).property_cache.is_lesson()
        {
            if write_inside(object, *register!(registers, pc, b), known) {
                return note_store(pc, registers, constants, vm);
            }
            go!(pc.add(1), registers, constants, vm)
        }
        slow_define_property(pc, registers, constants, vm)
    }
}
