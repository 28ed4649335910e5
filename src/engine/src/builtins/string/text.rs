//! Strings in the making.

use crate::heap::Gc;
use crate::string::{JsString, MAX_LENGTH, Units};
use crate::value::Value;
use crate::vm::{Completion, Vm};

/// Code units, in one byte each as long as that is possible. They lie outside the heap.
pub(crate) enum Text {
    /// All units are below 256.
    Latin1(Vec<u8>),
    /// Some unit is not.
    Utf16(Vec<u16>),
}

impl Default for Text {
    fn default() -> Self {
        Self::Latin1(Vec::new())
    }
}

impl Text {
    /// Forgets the units, and keeps the room for some of their kind.
    pub(crate) fn clear(&mut self) {
        match self {
            Self::Latin1(text) => text.clear(),
            Self::Utf16(_) => *self = Self::default(),
        }
    }

    /// Whether there are none so far.
    pub(crate) fn is_empty(&self) -> bool {
        self.units().is_empty()
    }

    /// Adds units.
    #[inline]
    pub(crate) fn push(&mut self, units: Units<'_>) {
        match (&mut *self, units) {
            (Self::Latin1(text), Units::Latin1(units)) => text.extend_from_slice(units),
            (Self::Utf16(text), Units::Utf16(units)) => text.extend_from_slice(units),
            (Self::Utf16(text), Units::Latin1(_)) => text.extend(units.iter()),
            (Self::Latin1(_), Units::Utf16(units)) => self.widen().extend_from_slice(units),
        }
    }

    /// Adds units below 128.
    #[inline]
    pub(crate) fn push_ascii(&mut self, units: &[u8]) {
        match self {
            Self::Latin1(text) => text.extend_from_slice(units),
            Self::Utf16(text) => text.extend(units.iter().copied().map(u16::from)),
        }
    }

    /// Adds the first of some Latin-1 units: a copy of known size is one step.
    #[inline(always)]
    pub(crate) fn push_padded(&mut self, units: &[u8; 16], count: usize) {
        match self {
            Self::Latin1(text) => {
                text.extend_from_slice(units);
                text.truncate(text.len() - units.len() + count);
            }
            Self::Utf16(text) => text.extend(units[..count].iter().copied().map(u16::from)),
        }
    }

    /// Adds a unit.
    pub(crate) fn push_unit(&mut self, unit: u16) {
        match (&mut *self, u8::try_from(unit)) {
            (Self::Latin1(text), Ok(unit)) => text.push(unit),
            (Self::Utf16(text), _) => text.push(unit),
            (Self::Latin1(_), Err(_)) => self.widen().push(unit),
        }
    }

    /// Adds a code point, which may be a surrogate.
    pub(crate) fn push_code_point(&mut self, point: u32) {
        match char::from_u32(point) {
            Some(c) => c.encode_utf16(&mut [0; 2]).iter().for_each(|unit| self.push_unit(*unit)),
            None => self.push_unit(point as u16),
        }
    }

    /// Adds a text of Rust's.
    pub(crate) fn push_str(&mut self, text: &str) {
        if text.is_ascii() {
            self.push(Units::Latin1(text.as_bytes()));
        } else {
            text.encode_utf16().for_each(|unit| self.push_unit(unit));
        }
    }

    fn widen(&mut self) -> &mut Vec<u16> {
        if let Self::Latin1(text) = self {
            *self = Self::Utf16(text.iter().map(|unit| u16::from(*unit)).collect());
        }
        match self {
            Self::Utf16(text) => text,
            Self::Latin1(_) => unreachable!("it has just been widened"),
        }
    }

    /// Whether it is longer than a string may be.
    pub(crate) fn is_too_long(&self) -> bool {
        self.units().len() > MAX_LENGTH as usize
    }

    /// Throws if it is longer than a string may be: to be called in loops that others
    /// decide the number of.
    #[inline]
    pub(crate) fn check(&self, vm: &mut Vm) -> Completion<()> {
        if self.is_too_long() {
            return Err(vm.throw_range_error("Invalid string length"));
        }
        vm.heed_interrupt()
    }

    /// The units so far.
    pub(crate) fn units(&self) -> Units<'_> {
        match self {
            Self::Latin1(text) => Units::Latin1(text),
            Self::Utf16(text) => Units::Utf16(text),
        }
    }

    /// The string.
    pub(crate) fn finish(self, vm: &mut Vm) -> Completion {
        self.check(vm)?;
        Ok(Value::cell(match self {
            Self::Latin1(text) => Gc::<JsString>::from_latin1(&vm.memory, &text),
            Self::Utf16(text) => Gc::<JsString>::from_utf16(&vm.memory, &text),
        }))
    }
}
