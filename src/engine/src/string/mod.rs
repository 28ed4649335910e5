//! Strings: sequences of 16-bit code units (ECMA-262 §6.1.4).
//!
//! Units are stored in one byte each where all are below 256 (Latin-1), else in
//! two. A string cell has one of three forms:
//!
//! - *flat*: the units follow in the cell;
//! - *view*: the units lie in another cell, a flat string or a [`Buffer`];
//! - *rope*: the units are those of two other strings. The first use of them turns
//!   a rope into a view, in place.
//!
//! A [`Buffer`] has room at its end. A view that reaches to the end of what is used
//! can be appended to in place: the new, longer view shares the units of the old
//! one. So `s += t` in a loop copies each unit a constant number of times, and
//! nothing has to be flattened.

mod concat;
mod hash;
mod intern;
mod key;
mod symbol;
mod units;

use std::cell::Cell;
use std::ptr::NonNull;

use crate::heap::{CellKind, Gc, Header, Heap, HeapCell, Tracer};
use crate::kinds;
pub use intern::Interner;
pub use key::{PropertyKey, parse_index};
pub use symbol::Symbol;
pub use units::Units;

/// The most code units a string may have: V8's limit.
pub const MAX_LENGTH: u32 = (1 << 29) - 24;

/// A string.
///
/// The header's `shape` is the hash, or 0 where it is not known.
#[repr(C)]
pub struct JsString {
    header: Header,
    length: u32,
    /// The first bytes of a flat string; the others follow.
    units: [u8; 4],
}

/// The string's units take two bytes each.
const WIDE: u8 = 0;
/// The string is the one in the interner's table.
pub(crate) const INTERNED: u8 = 1;
/// Somebody has looked whether all units are below 128.
const LOOKED_AT: u8 = 2;
/// They are.
const ASCII: u8 = 3;

/// How a string has its units: the `extra` of its header.
const FLAT: u16 = 0;
const VIEW: u16 = 1;
const ROPE: u16 = 2;

/// A view or a rope.
#[repr(C)]
struct Composite {
    string: JsString,
    /// View: the cell with the units. Rope: the first part.
    first: Cell<u64>,
    /// View: where the units begin. Rope: the second part.
    second: Cell<u64>,
}

/// Room for units, the first of which strings share.
#[repr(C)]
pub struct Buffer {
    header: Header,
    /// In bytes.
    capacity: u32,
    /// In bytes.
    used: Cell<u32>,
}

// SAFETY: It begins with the header, and the parts of composite strings are
// visited.
unsafe impl HeapCell for JsString {
    const KIND: CellKind = kinds::STRING;

    fn trace(&self, tracer: &mut Tracer<'_>) {
        let Some(composite) = self.composite() else { return };
        tracer.word(composite.first.get());
        if self.form() == ROPE {
            tracer.word(composite.second.get());
        }
    }
}

// SAFETY: It is a string.
unsafe impl HeapCell for Composite {
    const KIND: CellKind = kinds::STRING;

    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.string.trace(tracer);
    }
}

// SAFETY: It begins with the header and refers to nothing.
unsafe impl HeapCell for Buffer {
    const KIND: CellKind = kinds::STRING_BUFFER;

    fn trace(&self, _: &mut Tracer<'_>) {}
}

impl JsString {
    #[inline]
    fn new(length: u32, wide: bool, form: u16) -> Self {
        let header = Header::new(kinds::STRING, 0);
        header.set_flag(WIDE, wide);
        header.extra.set(form);
        Self { header, length, units: [0; 4] }
    }

    /// The number of code units.
    #[inline]
    pub fn len(&self) -> u32 {
        self.length
    }

    /// Whether there are none.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// Whether the units are stored in one byte each.
    #[inline]
    pub fn is_latin1(&self) -> bool {
        !self.header.flag(WIDE)
    }

    /// Whether it is the one string of its content that property keys are.
    #[inline]
    pub fn is_interned(&self) -> bool {
        self.header.flag(INTERNED)
    }

    #[inline]
    fn form(&self) -> u16 {
        self.header.extra.get()
    }

    #[inline]
    fn is_rope(&self) -> bool {
        self.form() == ROPE
    }

    #[inline]
    fn composite(&self) -> Option<&Composite> {
        // SAFETY: Strings of other forms than flat are allocated as composites.
        (self.form() != FLAT).then(|| unsafe { NonNull::from(self).cast::<Composite>().as_ref() })
    }

    /// The length of the units, in bytes.
    fn byte_length(&self) -> usize {
        (self.length as usize) << u8::from(!self.is_latin1())
    }

    /// Where the units of a string that is no rope begin.
    #[inline]
    fn data(&self) -> *const u8 {
        match self.composite() {
            None => (&raw const self.units).cast(),
            Some(composite) => std::ptr::with_exposed_provenance(composite.second.get() as usize),
        }
    }
}

impl Gc<JsString> {
    /// A string of Latin-1 units.
    pub fn from_latin1(heap: &Heap, units: &[u8]) -> Self {
        Self::flat_with(heap, units.len() as u32, false, |to| {
            // SAFETY: There is room for that many bytes.
            unsafe { to.copy_from_nonoverlapping(units.as_ptr(), units.len()) };
        })
    }

    /// A string of so many Latin-1 units, which `fill` gives: they are zero before.
    pub fn latin1_with(heap: &Heap, length: u32, fill: impl FnOnce(&mut [u8])) -> Self {
        Self::flat_with(heap, length, false, |to| {
            // SAFETY: There is room for that many bytes, which nobody else knows.
            fill(unsafe { std::slice::from_raw_parts_mut(to, length as usize) });
        })
    }

    /// A string of UTF-16 units, stored as Latin-1 if that is possible.
    pub fn from_utf16(heap: &Heap, units: &[u16]) -> Self {
        let wide = units.iter().any(|unit| *unit > 0xFF);
        Self::flat_with(heap, units.len() as u32, wide, |to| {
            if wide {
                // SAFETY: There is room for that many units, and flat units begin
                // at a multiple of four bytes.
                unsafe {
                    to.cast::<u16>().copy_from_nonoverlapping(units.as_ptr(), units.len());
                };
            } else {
                for (at, unit) in units.iter().enumerate() {
                    // SAFETY: There is room for that many bytes.
                    unsafe { to.add(at).write(*unit as u8) };
                }
            }
        })
    }

    /// A string of Rust's.
    pub fn from_str(heap: &Heap, text: &str) -> Self {
        if text.is_ascii() {
            return Self::from_latin1(heap, text.as_bytes());
        }
        Self::from_utf16(heap, &text.encode_utf16().collect::<Vec<u16>>())
    }

    /// A string of so many units, which `fill` writes.
    fn flat_with(heap: &Heap, length: u32, wide: bool, fill: impl FnOnce(*mut u8)) -> Self {
        let bytes = (length as usize) << u8::from(wide);
        let string = JsString::new(length, wide, FLAT);
        let inline = size_of_val(&string.units);
        let string = heap.allocate_with_tail(string, bytes.saturating_sub(inline));
        fill(
            string
                .as_ptr()
                .as_ptr()
                .cast::<u8>()
                .wrapping_add(std::mem::offset_of!(JsString, units)),
        );
        string
    }

    /// A string whose units lie in another cell, from `data` on.
    fn view(heap: &Heap, owner: u64, data: *const u8, length: u32, wide: bool) -> Self {
        let composite = Composite {
            string: JsString::new(length, wide, VIEW),
            first: Cell::new(owner),
            second: Cell::new(data.expose_provenance() as u64),
        };
        // SAFETY: It begins with a string.
        unsafe { heap.allocate(composite).cast() }
    }

    /// Whether all units are below 128. Of a long string that is found out once.
    pub fn is_ascii(&self, heap: &Heap) -> bool {
        let Units::Latin1(units) = self.units(heap) else { return false };
        if !self.header.flag(LOOKED_AT) {
            self.header.set_flag(ASCII, units.is_ascii());
            self.header.set_flag(LOOKED_AT, true);
        }
        self.header.flag(ASCII)
    }

    /// The units. A rope is flattened for it.
    #[inline]
    pub fn units<'s>(&'s self, heap: &Heap) -> Units<'s> {
        if self.is_rope() {
            self.flatten(heap);
        }
        self.flat_units()
    }

    /// The units of a string that is no rope.
    #[inline]
    fn flat_units(&self) -> Units<'_> {
        let length = self.length as usize;
        // SAFETY: So many units begin there, and do not change as long as the
        // string lives.
        unsafe {
            if self.is_latin1() {
                Units::Latin1(std::slice::from_raw_parts(self.data(), length))
            } else {
                Units::Utf16(std::slice::from_raw_parts(self.data().cast(), length))
            }
        }
    }

    /// The unit at an index below the length.
    #[inline]
    pub fn unit_at(self, heap: &Heap, index: u32) -> u16 {
        self.units(heap).at(index as usize)
    }

    /// The part from unit `start` up to unit `end`.
    pub fn substring(self, heap: &Heap, start: u32, end: u32) -> Self {
        /// Up to so many units are copied: a view takes as much memory.
        const COPIED: u32 = 24;
        let length = end - start;
        if length == self.length {
            return self;
        }
        if length <= COPIED {
            return match self.units(heap).slice(start as usize, end as usize) {
                Units::Latin1(units) => Self::from_latin1(heap, units),
                Units::Utf16(units) => Self::from_utf16(heap, units),
            };
        }
        if self.is_rope() {
            self.flatten(heap);
        }
        let wide = !self.is_latin1();
        let data = self.data().wrapping_add((start as usize) << u8::from(wide));
        let owner =
            self.composite().map_or(self.as_ptr().addr().get() as u64, |view| view.first.get());
        Self::view(heap, owner, data, length, wide)
    }

    /// Whether both have the same units.
    pub fn equals(self, heap: &Heap, other: Self) -> bool {
        if self == other {
            return true;
        }
        if self.length != other.length || self.is_interned() && other.is_interned() {
            return false;
        }
        self.units(heap) == other.units(heap)
    }

    /// The text, with U+FFFD for lone surrogates.
    pub fn to_rust(self, heap: &Heap) -> String {
        self.units(heap).to_rust()
    }
}
