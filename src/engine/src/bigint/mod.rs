//! Big integers (ECMA-262 §6.1.6.2): a sign, and a magnitude in words of 64 bits, the
//! lowest first and none of them zero at the end.
//!
//! The words stand in the cell itself, so that a big integer owns nothing outside the
//! heap. Those of one word, which are most, are calculated with directly; for the
//! others `dashu-int` has the algorithms.

mod arithmetic;
mod text;
mod words;

use std::cmp::Ordering;
use std::ptr::NonNull;

use dashu_int::{IBig, Sign};

pub(crate) use arithmetic::{arithmetic, as_int, as_uint, negate, not, step};
pub(crate) use text::{parse_literal, string_to_bigint, to_text};

use crate::heap::{CellKind, Gc, Header, Heap, HeapCell, Tracer};
use crate::kinds;

/// A big integer. The header's `shape` is the number of words.
#[repr(C)]
pub struct BigInt {
    header: Header,
}

/// It is below zero.
const NEGATIVE: u8 = 0;

/// The bit that numbers of shapes do not have: caches compare them with this field
/// before they know what the cell is.
const LENGTH_BIT: u32 = 1 << 31;

/// The most bits that a magnitude may have: V8's limit.
pub(crate) const MAX_BITS: u64 = 1 << 30;

// SAFETY: It begins with the header and refers to nothing.
unsafe impl HeapCell for BigInt {
    const KIND: CellKind = kinds::BIGINT;

    fn trace(&self, _: &mut Tracer<'_>) {}
}

impl BigInt {
    /// Whether it is below zero.
    #[inline]
    pub fn is_negative(&self) -> bool {
        self.header.flag(NEGATIVE)
    }

    /// Whether it is zero.
    #[inline]
    pub fn is_zero(&self) -> bool {
        self.length() == 0
    }

    #[inline]
    fn length(&self) -> usize {
        (self.header.shape.get() & !LENGTH_BIT) as usize
    }

    /// The words of the magnitude.
    #[inline]
    pub fn words(&self) -> &[u64] {
        // SAFETY: It was allocated with so many words behind it.
        unsafe {
            let start = NonNull::from(self).add(1).cast::<u64>();
            let start = std::ptr::with_exposed_provenance(start.as_ptr().addr());
            std::slice::from_raw_parts(start, self.length())
        }
    }

    /// It as an integer of the machine's, if it has one word at most.
    #[inline]
    fn small(&self) -> Option<i128> {
        let magnitude = match self.words() {
            [] => 0,
            [word] => i128::from(*word),
            _ => return None,
        };
        Some(if self.is_negative() { -magnitude } else { magnitude })
    }

    /// Its sign and its magnitude, if that has one word at most.
    #[inline]
    fn single(&self) -> Option<(bool, u64)> {
        match self.words() {
            [] => Some((false, 0)),
            [word] => Some((self.is_negative(), *word)),
            _ => None,
        }
    }

    /// Its sign and its magnitude.
    fn parts(&self) -> (bool, &[u64]) {
        (self.is_negative(), self.words())
    }

    /// It as the library knows it.
    pub(crate) fn to_big(&self) -> IBig {
        let sign = if self.is_negative() { Sign::Negative } else { Sign::Positive };
        IBig::from_sign_words(sign, self.words())
    }

    /// The number next to it (§21.1.1.1): of two as near, the even one.
    pub fn to_number(&self) -> f64 {
        match self.small() {
            Some(small) => small as f64,
            None => self.to_big().to_f64().value(),
        }
    }

    /// Its lowest 64 bits, in two's complement.
    pub fn to_u64_wrapping(&self) -> u64 {
        let word = self.words().first().copied().unwrap_or(0);
        if self.is_negative() { word.wrapping_neg() } else { word }
    }

    /// Whether both are the same integer.
    pub fn equals(&self, other: &Self) -> bool {
        self.is_negative() == other.is_negative() && self.words() == other.words()
    }

    /// A hash: that of equal integers is the same.
    pub fn hash(&self) -> u64 {
        let words = self.words().iter();
        words.fold(u64::from(self.is_negative()), |hash, word| {
            (hash.rotate_left(5) ^ word).wrapping_mul(0x517C_C1B7_2722_0A95)
        })
    }

    /// Which of two is the greater.
    pub fn compare(&self, other: &Self) -> Ordering {
        match (self.is_negative(), other.is_negative()) {
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
            (false, false) => words::compare(self.words(), other.words()),
            (true, true) => words::compare(other.words(), self.words()),
        }
    }

    /// Whether it or a number is the greater; neither for NaN.
    pub fn compare_number(&self, number: f64) -> Option<Ordering> {
        if number.is_infinite() {
            return Some(if number > 0.0 { Ordering::Less } else { Ordering::Greater });
        }
        let whole = IBig::try_from(number.trunc()).ok()?;
        let fraction = number.fract();
        Some(self.to_big().cmp(&whole).then(0.0_f64.total_cmp(&(fraction + 0.0))))
    }
}

impl Gc<BigInt> {
    /// The big integer of a sign and a magnitude, which may end in zeros.
    fn from_words(heap: &Heap, negative: bool, words: &[u64]) -> Self {
        let length = words.iter().rposition(|word| *word != 0).map_or(0, |last| last + 1);
        let header = Header::new(kinds::BIGINT, length as u32 | LENGTH_BIT);
        header.set_flag(NEGATIVE, negative && length > 0);
        let cell = heap.allocate_with_tail(BigInt { header }, length * size_of::<u64>());
        // SAFETY: So many words follow the header.
        unsafe {
            let tail = cell.as_ptr().add(1).cast::<u64>().as_ptr();
            tail.copy_from_nonoverlapping(words.as_ptr(), length);
        }
        cell
    }

    /// The big integer of a sign and a magnitude of so many words, which `write` gives:
    /// they are zero before, and may end in zeros.
    fn with_words(
        heap: &Heap,
        negative: bool,
        count: usize,
        write: impl FnOnce(&mut [u64]),
    ) -> Self {
        let header = Header::new(kinds::BIGINT, LENGTH_BIT);
        let cell = heap.allocate_with_tail(BigInt { header }, count * size_of::<u64>());
        // SAFETY: So many zeroed words follow the header, and nobody else knows the cell.
        let words = unsafe {
            let tail = cell.as_ptr().add(1).cast::<u64>().as_ptr();
            std::slice::from_raw_parts_mut(tail, count)
        };
        write(words);
        let length = words.iter().rposition(|word| *word != 0).map_or(0, |last| last + 1);
        cell.header.shape.set(length as u32 | LENGTH_BIT);
        cell.header.set_flag(NEGATIVE, negative && length > 0);
        cell
    }

    /// The big integer of a sign and a magnitude of two words.
    #[inline]
    fn from_magnitude(heap: &Heap, negative: bool, magnitude: u128) -> Self {
        let words = [magnitude as u64, (magnitude >> 64) as u64];
        let length = usize::from(words[1] != 0) + usize::from(magnitude != 0);
        let header = Header::new(kinds::BIGINT, length as u32 | LENGTH_BIT);
        header.set_flag(NEGATIVE, negative && length > 0);
        let cell = heap.allocate_with_tail(BigInt { header }, length * size_of::<u64>());
        // SAFETY: So many words follow the header.
        unsafe {
            let tail = cell.as_ptr().add(1).cast::<u64>().as_ptr();
            for (index, word) in words.into_iter().take(length).enumerate() {
                tail.add(index).write(word);
            }
        }
        cell
    }

    /// The big integer of an integer of the machine's.
    pub fn from_i128(heap: &Heap, value: i128) -> Self {
        Self::from_magnitude(heap, value < 0, value.unsigned_abs())
    }

    /// The big integer of what the library has calculated.
    pub(crate) fn from_big(heap: &Heap, value: &IBig) -> Self {
        let (sign, words) = value.as_sign_words();
        Self::from_words(heap, sign == Sign::Negative, words)
    }
}
