//! Bytes as hexadecimal digits (ECMA-262 §23.3.3.6).

use super::Decoded;
use crate::string::Units;

const FAULT: &str = "Input string must contain hex characters in even length";

/// The bytes that digits stand for, at most so many.
pub(super) fn decode(text: Units<'_>, room: usize) -> Decoded {
    let mut bytes = Vec::new();
    if !text.len().is_multiple_of(2) {
        return Decoded { read: 0, bytes, fault: Some(FAULT) };
    }
    let digit = |index: usize| {
        let unit = text.get(index)?;
        char::from_u32(u32::from(unit))?.to_digit(16)
    };
    let mut read = 0;
    while read < text.len() && bytes.len() < room {
        let (Some(high), Some(low)) = (digit(read), digit(read + 1)) else {
            return Decoded { read, bytes, fault: Some(FAULT) };
        };
        bytes.push((high << 4 | low) as u8);
        read += 2;
    }
    Decoded { read, bytes, fault: None }
}

/// Two digits for each byte.
pub(super) fn encode(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.map(|digit| char::from(DIGITS[usize::from(digit)])).collect()
}
