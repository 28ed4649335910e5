//! The `ArrayBuffer` constructor. <https://tc39.es/ecma262/#sec-arraybuffer-objects>

mod shared;

use std::sync::Arc;

use super::array::relative;
use super::{Entry, accessor, add_entries, constructor, define_species, define_tag, function};
use crate::heap::Gc;
use crate::kinds;
use crate::object::{ArrayBuffer, Block, MOST_BYTES, Object, View};
use crate::operators::{as_object, to_index, to_integer_or_infinity};
use crate::realm::Intrinsic;
use crate::value::Value;
use crate::vm::{Arguments, Completion, NativeCode, Vm};

const ARRAY_BUFFER: &[Entry] = &[
    // `ArrayBuffer.isView` (§25.1.5.1)
    function("isView", 1, |_, arguments| {
        let kind = arguments.get(0).kind();
        Ok(Value::bool(matches!(kind, Some(kinds::TYPED_ARRAY | kinds::DATA_VIEW))))
    }),
];

const PROTOTYPE: &[Entry] = &[
    accessor("byteLength", byte_length, None),
    function("slice", 2, slice),
    accessor("maxByteLength", max_byte_length, None),
    accessor("resizable", resizable, None),
    function("resize", 1, resize),
    function("transfer", 0, |vm, arguments| transfer(vm, arguments, "transfer", true)),
    function("transferToFixedLength", 0, |vm, arguments| {
        transfer(vm, arguments, "transferToFixedLength", false)
    }),
    accessor("detached", detached, None),
];

pub(super) fn install(vm: &mut Vm, global: Gc<Object>) {
    let prototype = Intrinsic::ArrayBufferPrototype;
    let row = ("ArrayBuffer", 1, construct as NativeCode);
    let buffer = constructor(vm, global, row, prototype, ARRAY_BUFFER);
    define_species(vm, buffer);
    vm.realm().set(&vm.memory, Intrinsic::ArrayBuffer, buffer);
    let prototype = vm.realm().get(prototype);
    add_entries(vm, prototype, PROTOTYPE);
    define_tag(vm, prototype, "ArrayBuffer");
    shared::install(vm, global);
}

// ---------------------------------------------------------------------------
// Making buffers
// ---------------------------------------------------------------------------

/// The most that a buffer is to have, if its options say so (§25.1.3.7).
fn requested_max(vm: &mut Vm, options: Value) -> Completion<Option<u64>> {
    let Some(options) = as_object(options) else { return Ok(None) };
    let max = vm.get(options, vm.memory.literal_key("maxByteLength"))?;
    if max.is_undefined() {
        return Ok(None);
    }
    to_index(vm, max, "Invalid array buffer max length").map(Some)
}

impl Vm {
    /// Bytes for a buffer (§6.2.9.1).
    ///
    /// # Errors
    /// A `RangeError` if there is no room for them.
    fn new_block(&mut self, length: u64, max: Option<u64>) -> Completion<Arc<Block>> {
        let capacity = max.unwrap_or(length);
        if capacity <= MOST_BYTES
            && !self.memory.would_exceed_limit(length as usize)
            && let Some(block) = Block::new(length as usize, capacity as usize)
        {
            return Ok(block);
        }
        Err(self.throw_range_error("Array buffer allocation failed"))
    }

    /// A buffer with bytes, which another agent may have.
    pub fn new_array_buffer(
        &self,
        block: Arc<Block>,
        is_shared: bool,
        is_resizable: bool,
    ) -> Gc<ArrayBuffer> {
        let prototype = if is_shared {
            Intrinsic::SharedArrayBufferPrototype
        } else {
            Intrinsic::ArrayBufferPrototype
        };
        self.buffer_of(block, self.realm().get(prototype), is_shared, is_resizable)
    }

    fn buffer_of(
        &self,
        block: Arc<Block>,
        prototype: Gc<Object>,
        is_shared: bool,
        is_resizable: bool,
    ) -> Gc<ArrayBuffer> {
        let shape = self.shape_for_prototype(Some(prototype), kinds::ARRAY_BUFFER, 0);
        Gc::<ArrayBuffer>::new(&self.memory, shape, block, is_shared, is_resizable)
    }

    /// `AllocateArrayBuffer` (§25.1.3.1) for `%ArrayBuffer%`.
    ///
    /// # Errors
    /// A `RangeError` if there is no room.
    pub(crate) fn allocate_array_buffer(&mut self, length: u64) -> Completion<Gc<ArrayBuffer>> {
        let block = self.new_block(length, None)?;
        let prototype = self.realm().get(Intrinsic::ArrayBufferPrototype);
        Ok(self.buffer_of(block, prototype, false, false))
    }

    /// `AllocateArrayBuffer` (§25.1.3.1), `AllocateSharedArrayBuffer` (§25.2.2.1)
    fn allocate_buffer_for(
        &mut self,
        new_target: Gc<Object>,
        length: u64,
        max: Option<u64>,
        is_shared: bool,
    ) -> Completion<Gc<ArrayBuffer>> {
        if max.is_some_and(|max| length > max) {
            return Err(self.throw_range_error("Invalid array buffer max length"));
        }
        let intrinsic = if is_shared {
            Intrinsic::SharedArrayBufferPrototype
        } else {
            Intrinsic::ArrayBufferPrototype
        };
        let prototype = self.get_prototype_from_constructor(new_target, intrinsic)?;
        let block = self.new_block(length, max)?;
        Ok(self.buffer_of(block, prototype, is_shared, max.is_some()))
    }

    /// Detaches a buffer (§25.1.3.5): its bytes are gone.
    ///
    /// # Errors
    /// A `TypeError` if the buffer is shared.
    pub fn detach_array_buffer(&mut self, buffer: Gc<ArrayBuffer>) -> Completion<()> {
        if buffer.is_shared {
            return Err(
                self.throw_type_error("Cannot perform DetachArrayBuffer on a SharedArrayBuffer")
            );
        }
        if buffer.is_pinned.get() {
            return Err(throw_pinned(self));
        }
        buffer.detach(&self.memory);
        Ok(())
    }
}

/// `new ArrayBuffer ( length [ , options ] )` (§25.1.4.1)
fn construct(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    construct_buffer(vm, arguments, "ArrayBuffer", false)
}

fn construct_buffer(
    vm: &mut Vm,
    arguments: Arguments<'_>,
    name: &str,
    is_shared: bool,
) -> Completion {
    let Some(new_target) = as_object(arguments.new_target()) else {
        return Err(vm.throw_type_error(&format!("Constructor {name} requires 'new'")));
    };
    let length = to_index(vm, arguments.get(0), "Invalid array buffer length")?;
    let max = requested_max(vm, arguments.get(1))?;
    let buffer = vm.allocate_buffer_for(new_target, length, max, is_shared)?;
    Ok(Value::cell(buffer))
}

// ---------------------------------------------------------------------------
// The prototype
// ---------------------------------------------------------------------------

/// The buffer that `this` is, of the kind that a method wants.
fn this_buffer(
    vm: &mut Vm,
    arguments: Arguments<'_>,
    method: &str,
    is_shared: bool,
) -> Completion<Gc<ArrayBuffer>> {
    let this = arguments.this();
    match this.downcast::<ArrayBuffer>() {
        Some(buffer) if buffer.is_shared == is_shared => Ok(buffer),
        _ => {
            let class = if is_shared { "SharedArrayBuffer" } else { "ArrayBuffer" };
            let text = vm.display(this);
            let (get, name) = match method.strip_prefix("get ") {
                Some(name) => ("get ", name),
                None => ("", method),
            };
            Err(vm.throw_type_error(&format!(
                "Method {get}{class}.prototype.{name} called on incompatible receiver {text}"
            )))
        }
    }
}

fn throw_pinned(vm: &mut Vm) -> crate::vm::Throw {
    vm.throw_type_error("ArrayBuffer is not detachable and could not be cloned.")
}

fn throw_detached(vm: &mut Vm, method: &str) -> crate::vm::Throw {
    vm.throw_type_error(&format!(
        "Cannot perform ArrayBuffer.prototype.{method} on a detached ArrayBuffer"
    ))
}

/// `get byteLength` (§25.1.6.1)
fn byte_length(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let buffer = this_buffer(vm, arguments, "get byteLength", false)?;
    Ok(Value::number(buffer.byte_length() as f64))
}

/// `get maxByteLength` (§25.1.6.4)
fn max_byte_length(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let buffer = this_buffer(vm, arguments, "get maxByteLength", false)?;
    Ok(Value::number(buffer.max_byte_length() as f64))
}

/// `get resizable` (§25.1.6.5)
fn resizable(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    Ok(Value::bool(this_buffer(vm, arguments, "get resizable", false)?.is_resizable))
}

/// `get detached` (§25.1.6.3)
fn detached(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    Ok(Value::bool(this_buffer(vm, arguments, "get detached", false)?.is_detached()))
}

/// `resize` (§25.1.6.6)
fn resize(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let buffer = this_buffer(vm, arguments, "resize", false)?;
    if !buffer.is_resizable {
        let text = vm.display(arguments.this());
        return Err(vm.throw_type_error(&format!(
            "Method ArrayBuffer.prototype.resize called on incompatible receiver {text}"
        )));
    }
    let message = "ArrayBuffer.prototype.resize: Invalid length parameter";
    let length = to_index(vm, arguments.get(0), message)?;
    let Some(block) = buffer.block() else { return Err(throw_detached(vm, "resize")) };
    let more = (length as usize).saturating_sub(block.length());
    if length > block.capacity() as u64 || more > 0 && vm.memory.would_exceed_limit(more) {
        return Err(vm.throw_range_error(message));
    }
    block.set_length(length as usize);
    buffer.note_length(&vm.memory);
    Ok(Value::UNDEFINED)
}

/// `slice` (§25.1.6.7)
fn slice(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let buffer = this_buffer(vm, arguments, "slice", false)?;
    if buffer.is_detached() {
        return Err(throw_detached(vm, "slice"));
    }
    slice_of(vm, arguments, buffer)
}

/// `ArrayBufferCopyAndDetach` (§25.1.3.3), of `transfer` and `transferToFixedLength`
fn transfer(
    vm: &mut Vm,
    arguments: Arguments<'_>,
    method: &str,
    preserves_resizability: bool,
) -> Completion {
    let buffer = this_buffer(vm, arguments, method, false)?;
    let length = match arguments.get(0) {
        length if length.is_undefined() => buffer.byte_length() as u64,
        length => {
            let length = to_integer_or_infinity(vm, length)?;
            let too_great = format!("ArrayBuffer.prototype.{method}: Invalid length parameter");
            let message = if length < 0.0 { "Invalid array buffer length" } else { &too_great };
            to_index(vm, Value::number(length), message)?
        }
    };
    let Some(block) = buffer.block() else { return Err(throw_detached(vm, method)) };
    if buffer.is_pinned.get() {
        return Err(throw_pinned(vm));
    }
    let is_resizable = preserves_resizability && buffer.is_resizable;
    if is_resizable && length > block.capacity() as u64 {
        let message = format!("ArrayBuffer.prototype.{method}: Invalid length parameter");
        return Err(vm.throw_range_error(&message));
    }
    let keeps = is_resizable || length == block.length() as u64 && !buffer.is_resizable;
    let block = if keeps {
        block.set_length(length as usize);
        block
    } else {
        let new = vm.new_block(length, None)?;
        let count = block.length().min(length as usize);
        // SAFETY: Both have so many bytes, and the new one is nobody else's.
        unsafe { new.start().copy_from_nonoverlapping(block.start(), count) };
        new
    };
    buffer.detach(&vm.memory);
    let prototype = vm.realm().get(Intrinsic::ArrayBufferPrototype);
    Ok(Value::cell(vm.buffer_of(block, prototype, false, is_resizable)))
}

/// `slice` of both kinds of buffers (§25.1.6.7, §25.2.5.6)
fn slice_of(vm: &mut Vm, arguments: Arguments<'_>, buffer: Gc<ArrayBuffer>) -> Completion {
    let length = buffer.byte_length() as f64;
    let first = relative(vm, arguments.get(0), length, 0.0)?;
    let last = relative(vm, arguments.get(1), length, length)?;
    let count = (last - first).max(0.0);
    let (class, intrinsic) = if buffer.is_shared {
        ("SharedArrayBuffer", Intrinsic::SharedArrayBuffer)
    } else {
        ("ArrayBuffer", Intrinsic::ArrayBuffer)
    };
    let default = vm.realm().get(intrinsic);
    let species = vm.species_constructor(buffer.as_object(), default)?;
    let result = vm.construct(species, &[Value::number(count)], species)?;
    let target =
        result.downcast::<ArrayBuffer>().filter(|target| target.is_shared == buffer.is_shared);
    let Some(target) = target else {
        let text = vm.display(result);
        return Err(vm.throw_type_error(&format!(
            "Method {class}.prototype.slice called on incompatible receiver {text}"
        )));
    };
    if target.is_detached() {
        return Err(throw_detached(vm, "slice"));
    }
    let is_same = target == buffer || buffer.is_shared && target.start() == buffer.start();
    if is_same {
        return Err(
            vm.throw_type_error("ArrayBuffer subclass returned this from species constructor")
        );
    }
    if (target.byte_length() as f64) < count {
        return Err(vm.throw_type_error("Species constructor returned a too small ArrayBuffer"));
    }
    if buffer.is_detached() {
        return Err(throw_detached(vm, "slice"));
    }
    let now = buffer.byte_length() as f64;
    if first < now {
        let count = count.min(now - first) as usize;
        // SAFETY: So many bytes are there in both, which are different ones.
        unsafe {
            target.start().copy_from_nonoverlapping(buffer.start().add(first as usize), count);
        };
    }
    Ok(Value::cell(target))
}

/// The view that `this` is, for a method of its class.
pub(super) fn this_view<const KIND: u8>(
    vm: &mut Vm,
    arguments: Arguments<'_>,
    method: &str,
) -> Completion<Gc<View<KIND>>> {
    match arguments.this().downcast() {
        Some(view) => Ok(view),
        None => {
            let text = vm.display(arguments.this());
            Err(vm.throw_type_error(&format!(
                "Method {method} called on incompatible receiver {text}"
            )))
        }
    }
}
