//! Big integers as text, and back (ECMA-262 §6.1.6.2.21, §7.1.14).

use dashu_int::{IBig, UBig};

use super::{BigInt, MAX_BITS};
use crate::heap::{Gc, Heap};
use crate::operators::is_white_space;

/// The value of digits to a base, which are at least one and nothing else. None also if
/// it has more bits than a big integer may have.
fn parse_digits(digits: &str, radix: u32) -> Option<UBig> {
    // The library lets digits be separated.
    if digits.is_empty() || !digits.chars().all(|c| c.is_digit(radix)) {
        return None;
    }
    // Each digit has more bits than this.
    if digits.len() as u64 * u64::from(radix.ilog2()) > MAX_BITS + 64 {
        return None;
    }
    UBig::from_str_radix(digits, radix).ok()
}

/// The base that a prefix of digits names, and the digits.
fn split_radix(text: &str) -> Option<(&str, u32)> {
    let radix = match text.get(..2)? {
        "0x" | "0X" => 16,
        "0o" | "0O" => 8,
        "0b" | "0B" => 2,
        _ => return None,
    };
    Some((&text[2..], radix))
}

/// `StringToBigInt` (§7.1.14): None if the text is none.
pub(crate) fn string_to_bigint(heap: &Heap, text: &str) -> Option<Gc<BigInt>> {
    let text = text.trim_matches(is_white_space);
    if text.is_empty() {
        return Some(Gc::<BigInt>::from_i128(heap, 0));
    }
    if let Some((digits, radix)) = split_radix(text) {
        return Some(Gc::<BigInt>::from_big(heap, &parse_digits(digits, radix)?.into()));
    }
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let mut value = IBig::from(parse_digits(digits, 10)?);
    if text.starts_with('-') {
        value = -value;
    }
    Some(Gc::<BigInt>::from_big(heap, &value))
}

/// The big integer that a literal without its `n` is (§12.9.3). None if it is too large.
pub(crate) fn parse_literal(heap: &Heap, digits: &str) -> Option<Gc<BigInt>> {
    let (digits, radix) = split_radix(digits).unwrap_or((digits, 10));
    Some(Gc::<BigInt>::from_big(heap, &parse_digits(digits, radix)?.into()))
}

/// `BigInt::toString` (§6.1.6.2.21)
pub(crate) fn to_text(value: Gc<BigInt>, radix: u32) -> String {
    match value.small() {
        Some(small) if radix == 10 => small.to_string(),
        _ => value.to_big().in_radix(radix as u8).to_string(),
    }
}
