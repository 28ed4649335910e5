//! Where the memory of buffers comes from: small ones share a block.

use std::cell::{Cell, RefCell};

use axil_engine::heap::{Gc, Root};
use axil_engine::object::{ArrayBuffer, Object};
use axil_engine::value::Value;
use axil_engine::vm::{Completion, Vm};

use super::{objects, state};
use crate::builtin_modules;

/// What small buffers are taken from.
#[derive(Default)]
pub(super) struct Pool {
    block: RefCell<Option<Root<ArrayBuffer>>>,
    /// How much of it is taken.
    used: Cell<usize>,
}

/// `Buffer.prototype`, for which `buffer.js` is run if need be.
fn prototype(vm: &mut Vm) -> Completion<Gc<Object>> {
    if let Some([_, prototype]) = objects(vm) {
        return Ok(prototype);
    }
    builtin_modules::require(vm, "buffer")?;
    match objects(vm) {
        Some([_, prototype]) => Ok(prototype),
        None => Err(vm.throw_error("buffer.js has not run to its end")),
    }
}

/// A buffer with a block of its own, all zero.
///
/// # Errors
/// A `RangeError` if there is no memory.
pub(super) fn allocate(vm: &mut Vm, size: u64) -> Completion {
    let prototype = prototype(vm)?;
    let block = vm.new_zeroed_buffer(size)?;
    Ok(Value::cell(vm.new_uint8_view(prototype, block, 0, size as usize)))
}

/// `Buffer.poolSize`, which programs may change.
fn pool_size(vm: &mut Vm) -> Completion<u64> {
    let Some([class, _]) = objects(vm) else { return Ok(0) };
    let key = vm.memory.literal_key("poolSize");
    Ok(vm.get(class, key)?.as_number().unwrap_or(0.0) as u64)
}

/// A buffer of which nobody says what is in it: a part of the pool if it is small.
///
/// # Errors
/// A `RangeError` if there is no memory.
pub(super) fn allocate_unsafe(vm: &mut Vm, size: u64) -> Completion {
    let prototype = prototype(vm)?;
    let pool_size = pool_size(vm)?;
    if size == 0 || size >= pool_size >> 1 {
        return allocate(vm, size);
    }
    let state = state(vm);
    let pool = &state.pool;
    let block = pool.block.borrow().as_ref().map(Root::get);
    let usable = block.filter(|block| {
        pool.used.get() as u64 + size <= block.byte_length() as u64 && !block.is_detached()
    });
    let block = match usable {
        Some(block) => block,
        None => {
            let block = vm.new_zeroed_buffer(pool_size)?;
            // Who gave it away would take the bytes of all the others.
            block.is_pinned.set(true);
            *pool.block.borrow_mut() = Some(vm.memory.root(block));
            pool.used.set(0);
            block
        }
    };
    let at = pool.used.get();
    // Views of wider elements begin at multiples of eight.
    pool.used.set((at + size as usize).next_multiple_of(8));
    Ok(Value::cell(vm.new_uint8_view(prototype, block, at, size as usize)))
}

/// A `Buffer` with these bytes.
///
/// # Errors
/// A `RangeError` if there is no memory.
#[allow(dead_code, reason = "halves of other modules come and go")]
pub(crate) fn new_buffer(vm: &mut Vm, bytes: &[u8]) -> Completion {
    let buffer = allocate_unsafe(vm, bytes.len() as u64)?;
    vm.with_bytes_mut(buffer, |_, to| to.copy_from_slice(bytes));
    Ok(buffer)
}
