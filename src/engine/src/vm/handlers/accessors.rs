//! Getters and setters that are functions: they are entered as calls are, with no native
//! code between. Their frames lie behind all registers of the function that runs.

use super::properties::{cache_of, slow_get_method, slow_get_property, slow_set_property};
use crate::heap::{Gc, Header};
use crate::object::Accessor;
use crate::string::PropertyKey;
use crate::value::Value;
use crate::vm::dispatch::proceed;
use crate::vm::{Vm, calls};

/// The accessor that the machine's cache knows.
#[inline(always)]
unsafe fn accessor_of(value: Value, key: PropertyKey, vm: *mut Vm) -> Option<Gc<Accessor>> {
    if !value.is_cell() {
        return None;
    }
    // SAFETY: A cell has a header; one with a shape is an object.
    unsafe {
        let shape = value.cell_unchecked::<Header>().shape.get();
        let epoch = (*vm).memory.shapes().prototype_epoch();
        (*vm).property_cache.accessor(shape, key, epoch, value)
    }
}

handler! {
    #[inline(never)]
    get_by_getter(pc, registers, constants, vm) {
        let object = *register!(registers, pc, b);
        if let Some(accessor) = accessor_of(object, cache_of(constants, operand!(pc, c)).key(), vm) {
            let (getter, dst) = (accessor.get.get(), operand!(pc, a));
            let caller = calls::Running { pc, registers, constants };
            if let Some((pc, registers, constants)) =
                calls::enter_accessor(getter, object, None, dst, caller, vm)
            {
                return proceed(pc, registers, constants, vm);
            }
        }
        slow_get_property(pc, registers, constants, vm)
    }
}

handler! {
    #[inline(never)]
    get_method_by_getter(pc, registers, constants, vm) {
        let object = *register!(registers, pc, b);
        if let Some(accessor) = accessor_of(object, cache_of(constants, operand!(pc, c)).key(), vm) {
            let (getter, dst) = (accessor.get.get(), operand!(pc, a));
            let this = registers.add(dst + calls::FRAME - 1);
            let caller = calls::Running { pc, registers, constants };
            if let Some((pc, registers, constants)) =
                calls::enter_accessor(getter, object, None, dst, caller, vm)
            {
                *this = object;
                return proceed(pc, registers, constants, vm);
            }
        }
        slow_get_method(pc, registers, constants, vm)
    }
}

handler! {
    #[inline(never)]
    set_by_setter(pc, registers, constants, vm) {
        let object = *register!(registers, pc, a);
        if let Some(accessor) = accessor_of(object, cache_of(constants, operand!(pc, c)).key(), vm) {
            let (setter, value) = (accessor.set.get(), *register!(registers, pc, b));
            // Nobody wants the result: it goes to where the setter itself stands.
            let (caller, dst) = (calls::Running { pc, registers, constants }, calls::size(constants));
            if let Some((pc, registers, constants)) =
                calls::enter_accessor(setter, object, Some(value), dst, caller, vm)
            {
                return proceed(pc, registers, constants, vm);
            }
        }
        slow_set_property(pc, registers, constants, vm)
    }
}
