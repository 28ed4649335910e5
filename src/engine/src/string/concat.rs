//! Concatenation and flattening.

use std::cell::Cell;

use super::{Buffer, Composite, FLAT, JsString, ROPE, Units, VIEW};
use crate::heap::{Gc, Header, Heap};
use crate::kinds;

/// Up to so many bytes are copied into a flat string: a composite one takes more.
const COPIED: usize = 24;

/// Up to so many bytes are copied into a new buffer; what is longer becomes a rope.
const BUFFERED: usize = 512;

impl Gc<JsString> {
    /// The units of `self`, then those of `other`. None if that is more than a
    /// string may have.
    #[inline]
    pub fn concat(self, heap: &Heap, other: Self) -> Option<Self> {
        if other.length == 0 {
            return Some(self);
        }
        if self.length == 0 {
            return Some(other);
        }
        let length = self.length + other.length;
        if length > super::MAX_LENGTH {
            return None;
        }
        let wide = !(self.is_latin1() && other.is_latin1());
        let bytes = (length as usize) << u8::from(wide);
        if bytes <= COPIED {
            return Some(Self::flat_with(heap, length, wide, |to| {
                self.copy_units(heap, to, wide);
                other.copy_units(
                    heap,
                    to.wrapping_add((self.length as usize) << u8::from(wide)),
                    wide,
                );
            }));
        }
        if let Some(appended) = self.append(heap, other, length, wide) {
            return Some(appended);
        }
        if bytes <= BUFFERED {
            let buffer = Gc::<Buffer>::with_capacity(heap, bytes * 2);
            buffer.push(heap, self, wide);
            buffer.push(heap, other, wide);
            return Some(buffer.view(heap, length, wide));
        }
        let composite = Composite {
            string: JsString::new(length, wide, ROPE),
            first: Cell::new(self.as_ptr().addr().get() as u64),
            second: Cell::new(other.as_ptr().addr().get() as u64),
        };
        // SAFETY: It begins with a string.
        Some(unsafe { heap.allocate(composite).cast() })
    }

    /// The units of some strings, those of a separator between them. All together they are
    /// no more than a string may have.
    pub fn joined(heap: &Heap, parts: &[Self], separator: Self) -> Self {
        let between = parts.len().saturating_sub(1) as u32;
        let length = parts.iter().map(|part| part.length).sum::<u32>() + between * separator.length;
        let is_wide = |part: &Self| !part.is_latin1();
        let wide = parts.iter().any(is_wide) || between > 0 && is_wide(&separator);
        Self::flat_with(heap, length, wide, |to| {
            let mut to = to;
            let mut add = |string: Self| {
                string.copy_units(heap, to, wide);
                to = to.wrapping_add(string.wide_length(wide));
            };
            for (index, part) in parts.iter().enumerate() {
                if index > 0 && separator.length > 0 {
                    add(separator);
                }
                add(*part);
            }
        })
    }

    /// So many units: those of this string, which is not empty, again and again.
    pub fn cycled(self, heap: &Heap, length: u32) -> Self {
        match self.units(heap) {
            Units::Latin1(units) => Self::latin1_with(heap, length, |to| {
                if let [unit] = units {
                    return to.fill(*unit);
                }
                for to in to.chunks_mut(units.len()) {
                    to.copy_from_slice(&units[..to.len()]);
                }
            }),
            Units::Utf16(units) => {
                let cycled: Vec<u16> =
                    units.iter().copied().cycle().take(length as usize).collect();
                Self::from_utf16(heap, &cycled)
            }
        }
    }

    /// Appends in place, if `self` reaches to the end of what its buffer holds and
    /// `other` fits in behind; or moves to a larger buffer.
    fn append(self, heap: &Heap, other: Self, length: u32, wide: bool) -> Option<Self> {
        if self.form() != VIEW || wide == self.is_latin1() {
            return None;
        }
        let buffer = self.composite()?.first.get();
        // SAFETY: The first word of a view is a cell.
        let buffer: Gc<Header> = unsafe { Gc::from_word(buffer) };
        if buffer.kind() != kinds::STRING_BUFFER {
            return None;
        }
        // SAFETY: The kind says so.
        let buffer: Gc<Buffer> = unsafe { buffer.cast() };
        let end = self.data().wrapping_add(self.byte_length());
        if end != buffer.data().wrapping_add(buffer.used.get() as usize) {
            return None;
        }
        let bytes = (length as usize) << u8::from(wide);
        // The view may begin later than its buffer.
        if buffer.used.get() as usize + other.wide_length(wide) > buffer.capacity as usize {
            let larger = Gc::<Buffer>::with_capacity(heap, bytes * 2);
            larger.push(heap, self, wide);
            larger.push(heap, other, wide);
            return Some(larger.view(heap, length, wide));
        }
        buffer.push(heap, other, wide);
        let owner = buffer.as_ptr().addr().get() as u64;
        Some(Self::view(heap, owner, self.data(), length, wide))
    }

    fn wide_length(self, wide: bool) -> usize {
        (self.length as usize) << u8::from(wide)
    }

    /// Copies the units to memory that has room for them, in the given width.
    fn copy_units(self, heap: &Heap, to: *mut u8, wide: bool) {
        if self.is_rope() {
            self.flatten(heap);
        }
        let length = self.length as usize;
        // SAFETY: The caller has made room; strings do not change.
        unsafe {
            if wide && self.is_latin1() {
                let from = self.data();
                let to = to.cast::<u16>();
                for at in 0..length {
                    to.add(at).write(u16::from(from.add(at).read()));
                }
            } else {
                to.copy_from_nonoverlapping(self.data(), self.byte_length());
            }
        }
    }

    /// Turns a rope into a view of a new buffer, which has room for more.
    #[cold]
    pub(super) fn flatten(self, heap: &Heap) {
        let wide = !self.is_latin1();
        let bytes = self.byte_length();
        let buffer = Gc::<Buffer>::with_capacity(heap, bytes + bytes / 4);
        buffer.used.set(bytes as u32);
        // Right to left, because ropes that grow at the end are deep on the left.
        let mut at = buffer.data().cast_mut().wrapping_add(bytes);
        let mut parts = heap.rooted_vec::<Self>();
        parts.push(self);
        while let Some(part) = parts.pop() {
            if let Some((left, right)) = part.rope_parts() {
                parts.push(left);
                parts.push(right);
            } else {
                at = at.wrapping_sub(part.wide_length(wide));
                part.copy_units(heap, at, wide);
            }
        }
        if let Some(composite) = self.composite() {
            composite.first.set(buffer.as_ptr().addr().get() as u64);
            composite.second.set(buffer.data().expose_provenance() as u64);
            self.header.extra.set(VIEW);
            heap.write_barrier_all(self);
        }
    }

    fn rope_parts(self) -> Option<(Self, Self)> {
        let composite = self.is_rope().then(|| self.composite())??;
        // SAFETY: The words of a rope are strings.
        unsafe {
            Some((Gc::from_word(composite.first.get()), Gc::from_word(composite.second.get())))
        }
    }
}

impl Gc<Buffer> {
    fn with_capacity(heap: &Heap, bytes: usize) -> Self {
        let capacity = bytes.max(64);
        let buffer = Buffer {
            header: Header::new(kinds::STRING_BUFFER, 0),
            capacity: capacity as u32,
            used: Cell::new(0),
        };
        heap.allocate_with_tail(buffer, capacity)
    }

    fn data(self) -> *const u8 {
        self.as_ptr().as_ptr().wrapping_add(1).cast()
    }

    /// Adds units; there is room for them.
    fn push(self, heap: &Heap, string: Gc<JsString>, wide: bool) {
        let used = self.used.get();
        string.copy_units(heap, self.data().cast_mut().wrapping_add(used as usize), wide);
        self.used.set(used + string.wide_length(wide) as u32);
    }

    fn view(self, heap: &Heap, length: u32, wide: bool) -> Gc<JsString> {
        let owner = self.as_ptr().addr().get() as u64;
        Gc::<JsString>::view(heap, owner, self.data(), length, wide)
    }
}

const _: () = assert!(FLAT == 0, "zeroed memory is a flat string");
