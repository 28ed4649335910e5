//! Hashes of strings: equal for equal units, whatever their width.

use super::Units;

const MULTIPLIER: u64 = 0x517C_C1B7_2722_0A95;

fn mix(hash: u64, word: u64) -> u64 {
    (hash.rotate_left(5) ^ word).wrapping_mul(MULTIPLIER)
}

/// The bit that hashes have and numbers of shapes do not: both stand in the same
/// place of a cell's header, and caches compare it before they know what the cell is.
pub(super) const HASH_BIT: u32 = 1 << 31;

/// Never 0, which stands for a hash that is not known.
pub(super) fn hash(units: Units<'_>) -> u32 {
    let mut hash = mix(0, units.len() as u64);
    match units {
        Units::Latin1(bytes) => {
            let (chunks, rest) = bytes.as_chunks::<8>();
            for chunk in chunks {
                hash = mix(hash, u64::from_le_bytes(*chunk));
            }
            if !rest.is_empty() {
                let mut last = [0; 8];
                last[..rest.len()].copy_from_slice(rest);
                hash = mix(hash, u64::from_le_bytes(last));
            }
        }
        Units::Utf16(wide) if wide.iter().all(|unit| *unit < 0x100) => {
            for chunk in wide.chunks(8) {
                let mut word = [0; 8];
                for (byte, unit) in word.iter_mut().zip(chunk) {
                    *byte = *unit as u8;
                }
                hash = mix(hash, u64::from_le_bytes(word));
            }
        }
        Units::Utf16(wide) => {
            for unit in wide {
                hash = mix(hash, u64::from(*unit));
            }
        }
    }
    (hash >> 32) as u32 | HASH_BIT
}
