//! The random numbers that programs get: xorshift128+, by Sebastiano Vigna, "Further
//! scramblings of Marsaglia's xorshift generators", 2014. They are no secret to anybody.

use std::cell::Cell;
use std::hash::{BuildHasher, RandomState};

use super::Vm;

/// The state of a generator, never all zero.
pub(super) struct Random(Cell<[u64; 2]>);

impl Random {
    /// A generator that begins somewhere.
    pub(super) fn new() -> Self {
        let keys = RandomState::new();
        Self(Cell::new([keys.hash_one(0_u8) | 1, keys.hash_one(1_u8)]))
    }

    fn next(&self) -> u64 {
        let [mut x, y] = self.0.get();
        x ^= x << 23;
        x ^= x >> 17 ^ y ^ y >> 26;
        self.0.set([y, x]);
        x.wrapping_add(y)
    }
}

impl Vm {
    /// A number from 0 up to 1, which is not one of them.
    pub(crate) fn random(&self) -> f64 {
        (self.random.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
}
