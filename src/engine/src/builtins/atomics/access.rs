//! Atomic access to elements, by their size: sequentially consistent throughout.

use std::sync::atomic::{AtomicU8, AtomicU16, AtomicU32, AtomicU64, Ordering::SeqCst};

/// What becomes of an element.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Operation {
    Add,
    Sub,
    And,
    Or,
    Xor,
    Exchange,
}

/// Does something with an element as the atomic type of its size.
macro_rules! by_size {
    ($at:expr, $size:expr, |$cell:ident: $word:ident| $body:expr) => {
        match $size {
            1 => {
                type $word = u8;
                let $cell = AtomicU8::from_ptr($at);
                $body
            }
            2 => {
                type $word = u16;
                let $cell = AtomicU16::from_ptr($at.cast());
                $body
            }
            4 => {
                type $word = u32;
                let $cell = AtomicU32::from_ptr($at.cast());
                $body
            }
            _ => {
                type $word = u64;
                let $cell = AtomicU64::from_ptr($at.cast());
                $body
            }
        }
    };
}

/// Reads an element's bits.
///
/// # Safety
/// So many bytes are there, aligned; they stay while this runs.
pub(super) unsafe fn load(at: *mut u8, size: usize) -> u64 {
    // SAFETY: By the caller's word.
    unsafe {
        by_size!(at, size, |cell: Word| {
            let bits: Word = cell.load(SeqCst);
            Into::<u64>::into(bits)
        })
    }
}

/// Changes an element, and gives the bits that it had.
///
/// # Safety
/// As for [`load`].
pub(super) unsafe fn modify(at: *mut u8, size: usize, operation: Operation, bits: u64) -> u64 {
    // SAFETY: By the caller's word.
    unsafe {
        by_size!(at, size, |cell: Word| {
            let operand = bits as Word;
            let old: Word = match operation {
                Operation::Add => cell.fetch_add(operand, SeqCst),
                Operation::Sub => cell.fetch_sub(operand, SeqCst),
                Operation::And => cell.fetch_and(operand, SeqCst),
                Operation::Or => cell.fetch_or(operand, SeqCst),
                Operation::Xor => cell.fetch_xor(operand, SeqCst),
                Operation::Exchange => cell.swap(operand, SeqCst),
            };
            Into::<u64>::into(old)
        })
    }
}

/// Replaces an element if it has the bits that are expected, and gives those that it had.
///
/// # Safety
/// As for [`load`].
pub(super) unsafe fn compare_exchange(
    at: *mut u8,
    size: usize,
    expected: u64,
    replacement: u64,
) -> u64 {
    // SAFETY: By the caller's word.
    unsafe {
        by_size!(at, size, |cell: Word| {
            let (expected, replacement) = (expected as Word, replacement as Word);
            let result = cell.compare_exchange(expected, replacement, SeqCst, SeqCst);
            Into::<u64>::into(result.unwrap_or_else(|old| old))
        })
    }
}
