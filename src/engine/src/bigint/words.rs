//! Calculations with magnitudes of several words, written right into the cell of the
//! result: what would go by way of the library's memory takes several times as long when
//! numbers are short.

use super::BigInt;
use crate::heap::{Gc, Heap};

/// A product of which one factor has more words than this is left to the library, which
/// has methods that are better for long ones.
const LONGEST_FACTOR: usize = 24;

/// The sum of two integers, each given as a sign and a magnitude.
pub(super) fn add(
    heap: &Heap,
    (one_is_negative, one): (bool, &[u64]),
    (other_is_negative, other): (bool, &[u64]),
) -> Gc<BigInt> {
    if one_is_negative == other_is_negative {
        let (long, short) = if one.len() < other.len() { (other, one) } else { (one, other) };
        return Gc::<BigInt>::with_words(heap, one_is_negative, long.len() + 1, |to| {
            let mut carry = false;
            let (low, high) = long.split_at(short.len());
            for ((to, one), other) in to.iter_mut().zip(low).zip(short) {
                let (sum, first) = one.overflowing_add(*other);
                let (sum, second) = sum.overflowing_add(u64::from(carry));
                *to = sum;
                carry = first | second;
            }
            for (to, one) in to[short.len()..].iter_mut().zip(high) {
                (*to, carry) = one.overflowing_add(u64::from(carry));
            }
            to[long.len()] = u64::from(carry);
        });
    }
    let (is_negative, large, small) = if compare(one, other).is_lt() {
        (other_is_negative, other, one)
    } else {
        (one_is_negative, one, other)
    };
    Gc::<BigInt>::with_words(heap, is_negative, large.len(), |to| {
        let mut borrow = false;
        let (low, high) = large.split_at(small.len());
        for ((to, one), other) in to.iter_mut().zip(low).zip(small) {
            let (difference, first) = one.overflowing_sub(*other);
            let (difference, second) = difference.overflowing_sub(u64::from(borrow));
            *to = difference;
            borrow = first | second;
        }
        for (to, one) in to[small.len()..].iter_mut().zip(high) {
            (*to, borrow) = one.overflowing_sub(u64::from(borrow));
        }
    })
}

/// Which of two magnitudes is the greater.
pub(super) fn compare(one: &[u64], other: &[u64]) -> std::cmp::Ordering {
    one.len().cmp(&other.len()).then_with(|| one.iter().rev().cmp(other.iter().rev()))
}

/// The product of two magnitudes; None if the library is to calculate it.
pub(super) fn multiply(
    heap: &Heap,
    is_negative: bool,
    one: &[u64],
    other: &[u64],
) -> Option<Gc<BigInt>> {
    let (long, short) = if one.len() < other.len() { (other, one) } else { (one, other) };
    if short.len() > LONGEST_FACTOR {
        return None;
    }
    Some(Gc::<BigInt>::with_words(heap, is_negative, long.len() + short.len(), |to| {
        for (start, factor) in short.iter().enumerate() {
            let (to, mut carry) = (&mut to[start..=start + long.len()], 0);
            for (to, word) in to.iter_mut().zip(long) {
                // The greatest that may come out is 2^128 − 1.
                let product =
                    u128::from(*word) * u128::from(*factor) + u128::from(*to) + u128::from(carry);
                *to = product as u64;
                carry = (product >> 64) as u64;
            }
            to[long.len()] = carry;
        }
    }))
}

/// A magnitude multiplied by a power of two.
pub(super) fn shift_left(
    heap: &Heap,
    is_negative: bool,
    words: &[u64],
    distance: usize,
) -> Gc<BigInt> {
    let (whole, bits) = (distance / 64, distance % 64);
    Gc::<BigInt>::with_words(heap, is_negative, words.len() + whole + 1, |to| {
        let mut before = 0;
        for (to, word) in to[whole..].iter_mut().zip(words.iter().chain(&[0])) {
            let joined = u128::from(*word) << 64 | u128::from(before);
            *to = (joined << bits >> 64) as u64;
            before = *word;
        }
    })
}

/// A magnitude divided by a power of two, without the rest.
pub(super) fn shift_right(heap: &Heap, words: &[u64], distance: usize) -> Gc<BigInt> {
    let (whole, bits) = (distance / 64, distance % 64);
    let words = words.get(whole..).unwrap_or_default();
    Gc::<BigInt>::with_words(heap, false, words.len(), |to| {
        for (index, to) in to.iter_mut().enumerate() {
            let next = words.get(index + 1).copied().unwrap_or(0);
            *to = ((u128::from(next) << 64 | u128::from(words[index])) >> bits) as u64;
        }
    })
}

/// An operator of the words of two magnitudes, the shorter of which counts as if zeros
/// followed.
pub(super) fn bitwise(
    heap: &Heap,
    one: &[u64],
    other: &[u64],
    operator: impl Fn(u64, u64) -> u64,
) -> Gc<BigInt> {
    let (long, short) = if one.len() < other.len() { (other, one) } else { (one, other) };
    Gc::<BigInt>::with_words(heap, false, long.len(), |to| {
        let others = short.iter().copied().chain(std::iter::repeat(0));
        for ((to, one), other) in to.iter_mut().zip(long).zip(others) {
            *to = operator(*one, other);
        }
    })
}
