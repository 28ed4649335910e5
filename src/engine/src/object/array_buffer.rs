//! Buffers of bytes (ECMA-262 §25.1, §25.2).

use std::alloc::{Layout, alloc_zeroed, dealloc};
use std::cell::{Cell, RefCell};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::{Memory, Object, Shape, Waiters};
use crate::heap::{CellKind, Gc, HeapCell, Tracer};
use crate::kinds;
use crate::value::Value;

/// The most bytes that a buffer may have.
pub const MOST_BYTES: u64 = (1 << 32) - 1;

/// Bytes outside the heap, all zero at first. There is room for the greatest length from
/// the beginning, so that they stay where they are; the system gives memory to what is
/// touched.
pub struct Block {
    start: *mut u8,
    capacity: usize,
    /// How many are in use.
    length: AtomicUsize,
    waiters: Waiters,
}

// SAFETY: The bytes are read and written through raw pointers alone; who shares them
// between threads does so by the rules of ECMA-262 §29.
unsafe impl Send for Block {}
// SAFETY: As above.
unsafe impl Sync for Block {}

impl Block {
    fn layout(capacity: usize) -> Option<Layout> {
        // An element may be read where it stands.
        Layout::from_size_align(capacity.max(8), 16).ok()
    }

    /// A block, if the system has so much memory.
    pub fn new(length: usize, capacity: usize) -> Option<Arc<Self>> {
        let capacity = capacity.max(length);
        // SAFETY: The size is not zero.
        let start = unsafe { alloc_zeroed(Self::layout(capacity)?) };
        let length = AtomicUsize::new(length);
        (!start.is_null())
            .then(|| Arc::new(Self { start, capacity, length, waiters: Waiters::default() }))
    }

    /// How many bytes are in use.
    #[inline]
    pub fn length(&self) -> usize {
        self.length.load(Ordering::SeqCst)
    }

    /// How many there may be.
    pub fn capacity(&self) -> usize {
        self.capacity
    }

    /// Changes how many bytes are in use. What is given up is zero when it comes back.
    pub fn set_length(&self, length: usize) {
        let old = self.length();
        assert!(length <= self.capacity);
        if length < old {
            // SAFETY: The block has room for the old length.
            unsafe { self.start.add(length).write_bytes(0, old - length) };
        }
        self.length.store(length, Ordering::SeqCst);
    }

    /// Makes a block that others have longer: never shorter. False if somebody else has
    /// made it longer than that.
    pub fn grow(&self, length: usize) -> bool {
        self.length
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |old| {
                (length >= old && length <= self.capacity).then_some(length)
            })
            .is_ok()
    }

    /// The first byte.
    #[inline]
    pub fn start(&self) -> *mut u8 {
        self.start
    }

    /// Who waits for places in it.
    pub fn waiters(&self) -> &Waiters {
        &self.waiters
    }
}

impl Drop for Block {
    fn drop(&mut self) {
        if let Some(layout) = Self::layout(self.capacity) {
            // SAFETY: It was allocated with this layout.
            unsafe { dealloc(self.start, layout) };
        }
    }
}

/// An `ArrayBuffer` or a `SharedArrayBuffer`.
#[repr(C)]
pub struct ArrayBuffer {
    object: Object,
    /// None if it is detached.
    block: RefCell<Option<Arc<Block>>>,
    start: Cell<*mut u8>,
    /// What has been accounted for it.
    accounted: Cell<usize>,
    /// Whether other agents may have it.
    pub is_shared: bool,
    /// Whether its length may change.
    pub is_resizable: bool,
    /// Whether others rely on its memory, so that it cannot be detached.
    pub is_pinned: Cell<bool>,
}

// SAFETY: It begins with an object, which is visited.
unsafe impl HeapCell for ArrayBuffer {
    const KIND: CellKind = kinds::ARRAY_BUFFER;

    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.object.trace_object(tracer);
    }

    fn external(&self) -> usize {
        self.accounted.get()
    }
}

impl ArrayBuffer {
    /// Its bytes; None if it is detached.
    pub fn block(&self) -> Option<Arc<Block>> {
        self.block.borrow().clone()
    }

    /// Whether it has given its bytes away.
    #[inline]
    pub fn is_detached(&self) -> bool {
        self.start.get().is_null()
    }

    /// `[[ArrayBufferByteLength]]`: 0 if it is detached.
    #[inline]
    pub fn byte_length(&self) -> usize {
        self.block.borrow().as_ref().map_or(0, |block| block.length())
    }

    /// `[[ArrayBufferMaxByteLength]]`, or the length.
    pub fn max_byte_length(&self) -> usize {
        self.block
            .borrow()
            .as_ref()
            .map_or(0, |block| if self.is_resizable { block.capacity() } else { block.length() })
    }

    /// A copy of its bytes: others may change them at any time.
    pub fn bytes(&self) -> Vec<u8> {
        let length = self.byte_length();
        let mut bytes = Vec::with_capacity(length);
        for index in 0..length {
            // SAFETY: So many bytes are there.
            bytes.push(unsafe { self.start().add(index).read_volatile() });
        }
        bytes
    }

    /// The first byte; null if it is detached.
    #[inline]
    pub fn start(&self) -> *mut u8 {
        self.start.get()
    }
}

impl Gc<ArrayBuffer> {
    /// A buffer with bytes.
    pub fn new(
        memory: &Memory,
        shape: Gc<Shape>,
        block: Arc<Block>,
        is_shared: bool,
        is_resizable: bool,
    ) -> Self {
        let inside = usize::from(shape.layout().inline_slots) * size_of::<Value>();
        let length = block.length();
        let buffer = ArrayBuffer {
            object: Object::new(shape),
            start: Cell::new(block.start()),
            block: RefCell::new(Some(block)),
            accounted: Cell::new(length),
            is_shared,
            is_resizable,
            is_pinned: Cell::new(false),
        };
        memory.external_memory(length as isize);
        memory.allocate_object(buffer, shape, inside)
    }

    /// Gives its bytes away.
    pub fn detach(self, memory: &Memory) -> Option<Arc<Block>> {
        memory.external_memory(-(self.accounted.replace(0) as isize));
        self.start.set(std::ptr::null_mut());
        self.block.take()
    }

    /// Accounts for a length that has changed.
    pub fn note_length(self, memory: &Memory) {
        let length = self.byte_length();
        memory.external_memory(length as isize - self.accounted.replace(length) as isize);
    }

    /// The object that it is.
    #[inline]
    pub fn as_object(self) -> Gc<Object> {
        // SAFETY: A buffer begins with one.
        unsafe { self.cast() }
    }
}
