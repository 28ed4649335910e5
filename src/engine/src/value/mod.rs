//! Values: what a variable of ECMAScript may hold, in 64 bits.
//!
//! Numbers that are no 32-bit integers are stored as their bits plus 2^49, so the
//! top fifteen bits of all other words are free for the rest:
//!
//! ```text
//! 0000 0000 0000 0000   EMPTY: no value
//! 0000 pppp pppp pppp   a cell: string, symbol, big integer, object
//! 0000 0000 0000 0002   null
//! 0000 0000 0000 0006   false
//! 0000 0000 0000 0007   true
//! 0000 0000 0000 000A   undefined
//! 0002 .... to FFFC ... a double
//! FFFE 0000 iiii iiii   a 32-bit integer
//! ```
//!
//! A number that is a 32-bit integer may be stored as one or as a double: arithmetic
//! does not look back. So equal words are the same value, but the same number may be
//! two words.

mod float16;
mod number;

use std::fmt;
use std::ptr::NonNull;

use crate::heap::{CellKind, Gc, Header, HeapCell, NOT_A_CELL, Word, cell_in_word};
pub use float16::{from_float16, to_float16};
pub use number::{to_int32, to_uint32};

/// A value. `EMPTY` is none: it stands for a hole in an array, a variable that is
/// not initialised, a property that is not there.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(transparent)]
pub struct Value(u64);

// SAFETY: A value is a word as the collector takes it.
unsafe impl Word for Value {}

const DOUBLE_OFFSET: u64 = 1 << 49;
const INT_TAG: u64 = 0xFFFE << 48;

impl Value {
    /// No value.
    pub const EMPTY: Self = Self(0);
    /// `null`
    pub const NULL: Self = Self(0x02);
    /// `false`
    pub const FALSE: Self = Self(0x06);
    /// `true`
    pub const TRUE: Self = Self(0x07);
    /// `undefined`
    pub const UNDEFINED: Self = Self(0x0A);
    /// 0
    pub const ZERO: Self = Self::int(0);
    /// `NaN`
    pub const NAN: Self = Self(0x7FF8_0000_0000_0000 + DOUBLE_OFFSET);
    /// −0
    pub const NEGATIVE_ZERO: Self = Self(0x8000_0000_0000_0000 + DOUBLE_OFFSET);

    /// A 32-bit integer.
    #[inline]
    #[must_use]
    pub const fn int(value: i32) -> Self {
        Self(INT_TAG | value as u32 as u64)
    }

    /// A boolean.
    #[inline]
    #[must_use]
    pub const fn bool(value: bool) -> Self {
        Self(Self::FALSE.0 | value as u64)
    }

    /// A number.
    #[inline]
    #[must_use]
    pub fn number(value: f64) -> Self {
        let int = value as i32;
        if f64::from(int).to_bits() == value.to_bits() {
            Self::int(int)
        } else {
            Self::double(value)
        }
    }

    /// A number, stored as a double.
    #[inline]
    #[must_use]
    pub fn double(value: f64) -> Self {
        // NaNs come in many forms, some of which would look like integers here.
        if value.is_nan() { Self::NAN } else { Self(value.to_bits() + DOUBLE_OFFSET) }
    }

    /// A number that an operation on numbers of this machine has given, stored as a double.
    /// If it is no number, it is a NaN of the form that the processor makes, or one of the
    /// operands: none that looks like an integer here.
    #[inline]
    #[must_use]
    pub fn computed(value: f64) -> Self {
        let bits = value.to_bits();
        debug_assert!(bits < INT_TAG - DOUBLE_OFFSET, "{bits:#x} is a NaN from elsewhere");
        Self(bits.wrapping_add(DOUBLE_OFFSET))
    }

    /// A cell that is a value: a string, a symbol, a big integer, or an object of
    /// any kind.
    #[inline]
    #[must_use]
    pub fn cell<T>(cell: Gc<T>) -> Self {
        Self(cell.as_ptr().as_ptr().expose_provenance() as u64)
    }

    /// The word itself.
    #[inline]
    #[must_use]
    pub const fn bits(self) -> u64 {
        self.0
    }

    /// The value that is this word.
    ///
    /// # Safety
    /// It is one: [`Value::bits`] gave it.
    #[inline]
    #[must_use]
    pub const unsafe fn from_bits(bits: u64) -> Self {
        Self(bits)
    }

    /// Whether it is none.
    #[inline]
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether it is `undefined`.
    #[inline]
    #[must_use]
    pub const fn is_undefined(self) -> bool {
        self.0 == Self::UNDEFINED.0
    }

    /// Whether it is `null`.
    #[inline]
    #[must_use]
    pub const fn is_null(self) -> bool {
        self.0 == Self::NULL.0
    }

    /// Whether it is `undefined` or `null`: they differ in one bit.
    #[inline]
    #[must_use]
    pub const fn is_nullish(self) -> bool {
        self.0 & !8 == Self::NULL.0
    }

    /// Whether it is a boolean.
    #[inline]
    #[must_use]
    pub const fn is_bool(self) -> bool {
        self.0 & !1 == Self::FALSE.0
    }

    /// Whether it is `true`.
    #[inline]
    #[must_use]
    pub const fn is_true(self) -> bool {
        self.0 == Self::TRUE.0
    }

    /// Whether it is a number.
    #[inline]
    #[must_use]
    pub const fn is_number(self) -> bool {
        self.0 >= DOUBLE_OFFSET
    }

    /// Whether it is stored as a 32-bit integer.
    #[inline]
    #[must_use]
    pub const fn is_int(self) -> bool {
        self.0 >= INT_TAG
    }

    /// Whether both are stored as 32-bit integers.
    #[inline]
    #[must_use]
    pub const fn both_int(self, other: Self) -> bool {
        self.0 & other.0 >= INT_TAG
    }

    /// Whether it is stored as a double.
    #[inline]
    #[must_use]
    pub const fn is_double(self) -> bool {
        self.is_number() && !self.is_int()
    }

    /// The integer, if it is stored as one.
    #[inline]
    #[must_use]
    pub const fn as_int(self) -> Option<i32> {
        if self.is_int() { Some(self.0 as i32) } else { None }
    }

    /// The integer of a value that [is one](Self::is_int); of others nonsense.
    #[inline]
    #[must_use]
    pub const fn int_unchecked(self) -> i32 {
        self.0 as i32
    }

    /// The double of a value that [is one](Self::is_double); of others nonsense.
    #[inline]
    #[must_use]
    pub const fn double_unchecked(self) -> f64 {
        f64::from_bits(self.0.wrapping_sub(DOUBLE_OFFSET))
    }

    /// The double, if it is stored as one: what is none is far above all doubles when the
    /// offset is taken away.
    #[inline]
    #[must_use]
    pub const fn as_double(self) -> Option<f64> {
        let bits = self.0.wrapping_sub(DOUBLE_OFFSET);
        if bits < INT_TAG - DOUBLE_OFFSET { Some(f64::from_bits(bits)) } else { None }
    }

    /// The number, if it is one.
    #[inline]
    #[must_use]
    pub const fn as_number(self) -> Option<f64> {
        if self.is_int() {
            Some(self.0 as i32 as f64)
        } else if self.is_number() {
            Some(self.double_unchecked())
        } else {
            None
        }
    }

    /// The cell, if it is one.
    #[inline]
    #[must_use]
    pub fn as_cell(self) -> Option<Gc<Header>> {
        // SAFETY: A value keeps its cell alive.
        cell_in_word(self.0).map(|cell| unsafe { Gc::from_ptr(cell) })
    }

    /// Whether it is a cell.
    #[inline]
    #[must_use]
    pub const fn is_cell(self) -> bool {
        self.0 & NOT_A_CELL == 0 && self.0 != 0
    }

    /// What kind of cell it is, if it is one.
    #[inline]
    #[must_use]
    pub fn kind(self) -> Option<CellKind> {
        self.as_cell().map(|cell| cell.kind())
    }

    /// The cell, if it is one of this type.
    #[inline]
    #[must_use]
    pub fn downcast<T: HeapCell>(self) -> Option<Gc<T>> {
        let cell = self.as_cell()?;
        // SAFETY: The kind says that it is of this type.
        (cell.kind() == T::KIND).then(|| unsafe { cell.cast() })
    }

    /// The cell of a value that is known to be one of this type.
    ///
    /// # Safety
    /// It is.
    #[inline]
    #[must_use]
    pub unsafe fn cell_unchecked<T>(self) -> Gc<T> {
        let cell = std::ptr::with_exposed_provenance_mut(self.0 as usize);
        // SAFETY: By the caller's word.
        unsafe { Gc::from_ptr(NonNull::new_unchecked(cell)) }
    }

    /// The value, or `undefined` in place of none.
    #[inline]
    #[must_use]
    pub const fn or_undefined(self) -> Self {
        if self.is_empty() { Self::UNDEFINED } else { self }
    }
}

impl From<i32> for Value {
    fn from(value: i32) -> Self {
        Self::int(value)
    }
}

impl From<u32> for Value {
    fn from(value: u32) -> Self {
        i32::try_from(value).map_or_else(|_| Self::double(f64::from(value)), Self::int)
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::bool(value)
    }
}

impl From<f64> for Value {
    fn from(value: f64) -> Self {
        Self::number(value)
    }
}

impl<T> From<Gc<T>> for Value {
    fn from(cell: Gc<T>) -> Self {
        Self::cell(cell)
    }
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::EMPTY => f.write_str("empty"),
            Self::NULL => f.write_str("null"),
            Self::UNDEFINED => f.write_str("undefined"),
            Self::TRUE => f.write_str("true"),
            Self::FALSE => f.write_str("false"),
            _ => match (self.as_number(), self.as_cell()) {
                (Some(number), _) => write!(f, "{number}"),
                (_, Some(cell)) => write!(f, "cell of kind {}", cell.kind().0),
                _ => write!(f, "{:#x}", self.0),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(number: f64, int: bool) {
        let value = Value::number(number);
        assert!(value.is_number() && !value.is_cell() && !value.is_nullish() && !value.is_bool());
        assert_eq!(value.is_int(), int, "{number}");
        let back = value.as_number().expect("a number");
        assert!(back.to_bits() == number.to_bits() || back.is_nan() && number.is_nan(), "{number}");
    }

    #[test]
    fn numbers_come_back() {
        for int in [0, 1, -1, 42, i32::MAX, i32::MIN] {
            check(f64::from(int), true);
        }
        for double in [-0.0, 0.5, 2_147_483_648.0, -2_147_483_649.0, 5e-324, f64::MAX, f64::MIN] {
            check(double, false);
        }
        for double in [f64::INFINITY, f64::NEG_INFINITY, f64::NAN, -f64::NAN] {
            check(double, false);
        }
        for bits in [0xFFFF_FFFF_FFFF_FFFF, 0xFFFE_0000_0000_0001, 0x7FF0_0000_0000_0001] {
            check(f64::from_bits(bits), false);
        }
    }

    #[test]
    fn the_others_are_told_apart() {
        let all =
            [Value::EMPTY, Value::NULL, Value::UNDEFINED, Value::TRUE, Value::FALSE, Value::ZERO];
        for (n, a) in all.iter().enumerate() {
            assert!(!a.is_cell());
            assert!(all.iter().skip(n + 1).all(|b| a != b));
        }
        assert!(Value::NULL.is_nullish() && Value::UNDEFINED.is_nullish());
        assert!(!Value::EMPTY.is_nullish() && !Value::FALSE.is_nullish());
        assert!(Value::TRUE.is_bool() && Value::FALSE.is_bool() && !Value::UNDEFINED.is_bool());
        assert!(Value::int(-1).both_int(Value::int(1)));
        assert!(!Value::int(-1).both_int(Value::number(0.5)));
    }
}
