//! The encodings of `Buffer`: between strings and bytes.
//!
//! <https://nodejs.org/api/buffer.html#buffers-and-character-encodings>

use axil_engine::heap::Gc;
use axil_engine::object::Memory;
use axil_engine::string::{JsString, MAX_LENGTH, Units};
use encoding_rs::mem;

/// How a string is written in bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Encoding {
    /// `utf8`
    Utf8,
    /// `utf16le`, `ucs2`
    Utf16Le,
    /// `latin1`, `binary`
    Latin1,
    /// `ascii`: written as `latin1`, and read without the highest bits.
    Ascii,
    /// `base64`
    Base64,
    /// `base64url`
    Base64Url,
    /// `hex`
    Hex,
}

const NAMES: &[(&str, Encoding)] = &[
    ("utf8", Encoding::Utf8),
    ("utf-8", Encoding::Utf8),
    ("latin1", Encoding::Latin1),
    ("binary", Encoding::Latin1),
    ("hex", Encoding::Hex),
    ("base64", Encoding::Base64),
    ("base64url", Encoding::Base64Url),
    ("ascii", Encoding::Ascii),
    ("utf16le", Encoding::Utf16Le),
    ("utf-16le", Encoding::Utf16Le),
    ("ucs2", Encoding::Utf16Le),
    ("ucs-2", Encoding::Utf16Le),
];

impl Encoding {
    /// The encoding of a name, whatever its case.
    pub fn of_name(units: Units<'_>) -> Option<Self> {
        let name = match units {
            Units::Latin1(name) => name,
            Units::Utf16(_) => return None,
        };
        let known = NAMES.iter().find(|(known, _)| name.eq_ignore_ascii_case(known.as_bytes()));
        known.map(|(_, encoding)| *encoding)
    }

    /// Its name as Node.js has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf8",
            Self::Utf16Le => "utf16le",
            Self::Latin1 => "latin1",
            Self::Ascii => "ascii",
            Self::Base64 => "base64",
            Self::Base64Url => "base64url",
            Self::Hex => "hex",
        }
    }

    /// How many bytes a string has in it, as `Buffer.byteLength` says: of `base64` and
    /// `hex` that is what a text without strange characters would have.
    pub fn byte_length(self, units: Units<'_>) -> usize {
        match self {
            Self::Utf8 => utf8_length(units),
            Self::Utf16Le => 2 * units.len(),
            Self::Latin1 | Self::Ascii => units.len(),
            Self::Hex => units.len() / 2,
            Self::Base64 | Self::Base64Url => {
                let is_padding = |at: usize| units.get(at) == Some(u16::from(b'='));
                let mut length = units.len();
                for _ in 0..2 {
                    if length > 0 && is_padding(length - 1) {
                        length -= 1;
                    }
                }
                length / 4 * 3 + length % 4 * 3 / 4
            }
        }
    }

    /// Writes as much of a string as there is room for, in whole characters. How many
    /// bytes that took.
    pub fn encode_into(self, units: Units<'_>, to: &mut [u8]) -> usize {
        match (self, units) {
            (Self::Utf8, Units::Latin1(units)) => utf8_of_latin1(units, to),
            (Self::Utf8, Units::Utf16(units)) => utf8_of_utf16(units, to),
            (Self::Utf16Le, _) => {
                let pairs = to.chunks_exact_mut(2);
                let count = pairs.len().min(units.len());
                match units {
                    Units::Latin1(units) => pairs.zip(units).for_each(|(pair, unit)| {
                        pair.copy_from_slice(&[*unit, 0]);
                    }),
                    Units::Utf16(units) => pairs.zip(units).for_each(|(pair, unit)| {
                        pair.copy_from_slice(&unit.to_le_bytes());
                    }),
                }
                2 * count
            }
            (Self::Latin1 | Self::Ascii, _) => {
                let count = to.len().min(units.len());
                match units {
                    Units::Latin1(units) => to[..count].copy_from_slice(&units[..count]),
                    Units::Utf16(units) => {
                        to.iter_mut().zip(units).for_each(|(byte, unit)| *byte = *unit as u8);
                    }
                }
                count
            }
            (Self::Hex, _) => hex_decode(units, to),
            (Self::Base64 | Self::Base64Url, _) => base64_decode(units, to),
        }
    }

    /// The bytes of a string.
    pub fn encode(self, units: Units<'_>) -> Vec<u8> {
        let mut bytes = vec![0; self.byte_length(units)];
        let written = self.encode_into(units, &mut bytes);
        bytes.truncate(written);
        bytes
    }

    /// The string of some bytes. None if it would be too long.
    pub fn decode(self, memory: &Memory, bytes: &[u8]) -> Option<Gc<JsString>> {
        let fits = |length: usize| (length <= MAX_LENGTH as usize).then_some(());
        match self {
            Self::Utf8 => decode_utf8(memory, bytes),
            Self::Latin1 => {
                fits(bytes.len())?;
                Some(memory.latin1(bytes))
            }
            Self::Ascii => {
                fits(bytes.len())?;
                if bytes.is_ascii() {
                    return Some(memory.latin1(bytes));
                }
                let bytes: Vec<u8> = bytes.iter().map(|byte| byte & 0x7F).collect();
                Some(memory.latin1(&bytes))
            }
            Self::Utf16Le => {
                fits(bytes.len() / 2)?;
                let units: Vec<u16> = bytes
                    .chunks_exact(2)
                    .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
                    .collect();
                Some(Gc::<JsString>::from_utf16(memory, &units))
            }
            Self::Hex => {
                fits(2 * bytes.len())?;
                Some(memory.latin1(const_hex::encode(bytes).as_bytes()))
            }
            Self::Base64 | Self::Base64Url => {
                fits(bytes.len().div_ceil(3) * 4)?;
                let alphabet = if self == Self::Base64 {
                    base64_simd::STANDARD
                } else {
                    base64_simd::URL_SAFE_NO_PAD
                };
                Some(memory.latin1(&alphabet.encode_type::<Vec<u8>>(bytes)))
            }
        }
    }
}

/// The number of a string's bytes in UTF-8; lone surrogates count as U+FFFD.
fn utf8_length(units: Units<'_>) -> usize {
    match units {
        Units::Latin1(units) => units.len() + units.iter().filter(|unit| **unit >= 0x80).count(),
        Units::Utf16(units) => {
            let mut length = 0;
            let mut at = 0;
            while let Some(unit) = units.get(at) {
                at += 1;
                length += match unit {
                    0..0x80 => 1,
                    0x80..0x800 => 2,
                    0xD800..=0xDBFF if matches!(units.get(at), Some(0xDC00..=0xDFFF)) => {
                        at += 1;
                        4
                    }
                    _ => 3,
                };
            }
            length
        }
    }
}

fn utf8_of_latin1(units: &[u8], to: &mut [u8]) -> usize {
    if to.len() >= 2 * units.len() {
        return mem::convert_latin1_to_utf8(units, to);
    }
    let ascii = encoding_rs::Encoding::ascii_valid_up_to(units).min(to.len());
    to[..ascii].copy_from_slice(&units[..ascii]);
    let mut written = ascii;
    for unit in &units[ascii..] {
        let mut bytes = [0; 2];
        let bytes = char::from(*unit).encode_utf8(&mut bytes).as_bytes();
        let Some(place) = to.get_mut(written..written + bytes.len()) else { break };
        place.copy_from_slice(bytes);
        written += bytes.len();
    }
    written
}

fn utf8_of_utf16(units: &[u16], to: &mut [u8]) -> usize {
    if to.len() >= 3 * units.len() {
        return mem::convert_utf16_to_utf8(units, to);
    }
    // It may stop where there is still room for a short character.
    let (read, mut written) = mem::convert_utf16_to_utf8_partial(units, to);
    for character in char::decode_utf16(units[read..].iter().copied()) {
        let character = character.unwrap_or(char::REPLACEMENT_CHARACTER);
        let mut bytes = [0; 4];
        let bytes = character.encode_utf8(&mut bytes).as_bytes();
        let Some(place) = to.get_mut(written..written + bytes.len()) else { break };
        place.copy_from_slice(bytes);
        written += bytes.len();
    }
    written
}

/// The text of bytes, with U+FFFD for what is no UTF-8. None if it would be too long.
pub fn decode_utf8(memory: &Memory, bytes: &[u8]) -> Option<Gc<JsString>> {
    if bytes.len() > MAX_LENGTH as usize && utf8_units(bytes) > MAX_LENGTH as usize {
        return None;
    }
    let ascii = encoding_rs::Encoding::ascii_valid_up_to(bytes);
    if ascii == bytes.len() {
        return Some(memory.latin1(bytes));
    }
    if mem::is_utf8_latin1(&bytes[ascii..]) {
        let mut units = vec![0; bytes.len()];
        let written = mem::convert_utf8_to_latin1_lossy(bytes, &mut units);
        return Some(memory.latin1(&units[..written]));
    }
    let mut units = vec![0; bytes.len() + 1];
    let written = mem::convert_utf8_to_utf16(bytes, &mut units);
    Some(Gc::<JsString>::from_utf16(memory, &units[..written]))
}

/// How many UTF-16 units the text of bytes has.
pub fn utf8_units(bytes: &[u8]) -> usize {
    let count = |text: &str| {
        text.bytes().filter(|byte| byte & 0xC0 != 0x80).count()
            + text.bytes().filter(|byte| *byte >= 0xF0).count()
    };
    if let Ok(text) = simdutf8::basic::from_utf8(bytes) {
        return count(text);
    }
    bytes
        .utf8_chunks()
        .map(|chunk| count(chunk.valid()) + usize::from(!chunk.invalid().is_empty()))
        .sum()
}

/// The value of a digit. Of a unit only the low byte is looked at, as Node.js does.
fn hex_digit(unit: u16) -> Option<u8> {
    char::from(unit as u8).to_digit(16).map(|digit| digit as u8)
}

/// Reads pairs of digits up to the first that is none.
fn hex_decode(units: Units<'_>, to: &mut [u8]) -> usize {
    let most = to.len().min(units.len() / 2);
    for (at, byte) in to[..most].iter_mut().enumerate() {
        let (high, low) = (hex_digit(units.at(2 * at)), hex_digit(units.at(2 * at + 1)));
        let (Some(high), Some(low)) = (high, low) else { return at };
        *byte = high << 4 | low;
    }
    most
}

/// The value of a character of either alphabet of base 64.
const fn base64_digit(byte: u8) -> u8 {
    match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' | b'-' => 62,
        b'/' | b'_' => 63,
        b'=' => END,
        _ => NO_DIGIT,
    }
}

const NO_DIGIT: u8 = 0xFF;
const END: u8 = 0xFE;

const BASE64_DIGITS: [u8; 256] = {
    let mut digits = [NO_DIGIT; 256];
    let mut byte = 0;
    while byte < 256 {
        digits[byte] = base64_digit(byte as u8);
        byte += 1;
    }
    digits
};

/// Reads digits of either alphabet up to the first `=`; what else there is, is passed over.
fn base64_decode(units: Units<'_>, to: &mut [u8]) -> usize {
    if let Units::Latin1(units) = units
        && let Ok(length) = base64_simd::STANDARD.decoded_length(units)
        && length <= to.len()
        && let Ok(decoded) =
            base64_simd::STANDARD.decode(units, base64_simd::Out::from_slice(&mut to[..length]))
    {
        return decoded.len();
    }
    match units {
        Units::Latin1(units) => {
            base64_decode_leniently(units.iter().map(|unit| BASE64_DIGITS[*unit as usize]), to)
        }
        Units::Utf16(units) => base64_decode_leniently(
            units.iter().map(|unit| BASE64_DIGITS.get(*unit as usize).copied().unwrap_or(NO_DIGIT)),
            to,
        ),
    }
}

fn base64_decode_leniently(digits: impl Iterator<Item = u8>, to: &mut [u8]) -> usize {
    let (mut bits, mut count, mut written) = (0_u32, 0, 0);
    for digit in digits {
        if digit >= END {
            if digit == END {
                break;
            }
            continue;
        }
        bits = bits << 6 | u32::from(digit);
        count += 6;
        if count >= 8 {
            count -= 8;
            let Some(byte) = to.get_mut(written) else { break };
            *byte = (bits >> count) as u8;
            written += 1;
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(encoding: Encoding, text: &str, bytes: &[u8]) {
        let units: Vec<u16> = text.encode_utf16().collect();
        assert_eq!(encoding.encode(Units::Utf16(&units)), bytes);
        if let Ok(units) =
            units.iter().map(|unit| u8::try_from(*unit)).collect::<Result<Vec<_>, _>>()
        {
            assert_eq!(encoding.encode(Units::Latin1(&units)), bytes);
        }
    }

    #[test]
    fn strange_characters_of_base64_are_passed_over() {
        check(Encoding::Base64, "YW*Jj", b"abc");
        check(Encoding::Base64, "Y Q\n==", b"a");
        check(Encoding::Base64, "YW=Jj", b"a");
        check(Encoding::Base64, "YWJjZ", b"abc");
        check(Encoding::Base64Url, "-_-_", &[0xFB, 0xFF, 0xBF]);
    }

    #[test]
    fn hex_ends_at_the_first_pair_that_is_none() {
        check(Encoding::Hex, "abxx12", &[0xAB]);
        check(Encoding::Hex, "ABC", &[0xAB]);
        check(Encoding::Hex, "ab€112", &[0xAB]);
    }

    #[test]
    fn characters_are_not_split() {
        let mut room = [0; 5];
        let units: Vec<u16> = "a€€".encode_utf16().collect();
        assert_eq!(Encoding::Utf8.encode_into(Units::Utf16(&units), &mut room), 4);
        assert_eq!(Encoding::Utf8.encode_into(Units::Latin1(b"a\xE9\xE9\xE9"), &mut room[..4]), 3);
    }

    #[test]
    fn lone_surrogates_are_replaced() {
        let units = [0xD83D, 0xDE00, 0xDE00];
        let bytes = Encoding::Utf8.encode(Units::Utf16(&units));
        assert_eq!(String::from_utf8_lossy(&bytes), "\u{1F600}\u{FFFD}");
    }
}
