//! Property keys (ECMA-262 §6.1.7).

use super::{JsString, Symbol, Units};
use crate::heap::{Gc, Header, Word};
use crate::kinds;
use crate::value::Value;

/// A property key: an interned string, a symbol, or an array index. Equal keys are
/// equal words.
///
/// A string that spells an array index (`"0"` to `"4294967294"`) is always an
/// index.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(transparent)]
pub struct PropertyKey(u64);

// SAFETY: It is the address of a cell, or a word that is none.
unsafe impl Word for PropertyKey {}

const INDEX_TAG: u64 = 0xFFFE << 48;

impl PropertyKey {
    /// The key that an array index is: below 2^32 − 1.
    #[inline]
    #[must_use]
    pub const fn index(index: u32) -> Self {
        Self(INDEX_TAG | index as u64)
    }

    /// The key that an interned string is, which spells no array index.
    #[inline]
    #[must_use]
    pub fn name(string: Gc<JsString>) -> Self {
        debug_assert!(string.is_interned());
        Self(string.as_ptr().as_ptr().expose_provenance() as u64)
    }

    /// The key that a symbol is.
    #[inline]
    #[must_use]
    pub fn symbol(symbol: Gc<Symbol>) -> Self {
        Self(symbol.as_ptr().as_ptr().expose_provenance() as u64)
    }

    /// The word itself.
    #[inline]
    #[must_use]
    pub const fn bits(self) -> u64 {
        self.0
    }

    /// The key that is this word.
    ///
    /// # Safety
    /// It is one: [`PropertyKey::bits`] gave it.
    #[inline]
    #[must_use]
    pub const unsafe fn from_bits(bits: u64) -> Self {
        Self(bits)
    }

    /// The index, if it is one.
    #[inline]
    #[must_use]
    pub const fn as_index(self) -> Option<u32> {
        if self.0 >= INDEX_TAG { Some(self.0 as u32) } else { None }
    }

    /// Whether it is an index.
    #[inline]
    #[must_use]
    pub const fn is_index(self) -> bool {
        self.0 >= INDEX_TAG
    }

    fn cell(self) -> Option<Gc<Header>> {
        // SAFETY: A key that is no index is a cell.
        (!self.is_index()).then(|| unsafe { Gc::from_word(self.0) })
    }

    /// The string, if it is one.
    #[inline]
    #[must_use]
    pub fn as_name(self) -> Option<Gc<JsString>> {
        let cell = self.cell()?;
        // SAFETY: The kind says so.
        (cell.kind() == kinds::STRING).then(|| unsafe { cell.cast() })
    }

    /// The symbol, if it is one.
    #[inline]
    #[must_use]
    pub fn as_symbol(self) -> Option<Gc<Symbol>> {
        let cell = self.cell()?;
        // SAFETY: The kind says so.
        (cell.kind() == kinds::SYMBOL).then(|| unsafe { cell.cast() })
    }

    /// Whether it is a private name.
    #[inline]
    #[must_use]
    pub fn is_private(self) -> bool {
        self.as_symbol().is_some_and(|symbol| symbol.is_private())
    }

    /// A hash: cells have theirs in their first word.
    #[inline]
    #[must_use]
    pub fn hash(self) -> u32 {
        match self.cell() {
            None => (self.0 as u32).wrapping_mul(0x9E37_79B1),
            Some(cell) => cell.shape.get(),
        }
    }

    /// The key as a value, but for an index: a string or a symbol.
    #[inline]
    #[must_use]
    pub fn as_cell_value(self) -> Option<Value> {
        self.cell().map(Value::cell)
    }
}

/// The array index that units spell: decimal, no leading zero, below 2^32 − 1.
#[must_use]
pub fn parse_index(units: Units<'_>) -> Option<u32> {
    if units.is_empty() || units.len() > 10 || units.at(0) == u16::from(b'0') && units.len() > 1 {
        return None;
    }
    let mut index = 0_u64;
    for unit in units.iter() {
        let digit = u64::from(unit.wrapping_sub(u16::from(b'0')));
        if digit > 9 {
            return None;
        }
        index = index * 10 + digit;
    }
    u32::try_from(index).ok().filter(|index| *index != u32::MAX)
}
