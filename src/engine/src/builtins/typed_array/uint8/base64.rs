//! Bytes as base64 (ECMA-262 §23.3.3.4; RFC 4648).

use super::Decoded;
use crate::string::Units;

/// Which characters stand for 62 and 63.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Alphabet {
    /// `+` and `/`
    Base64,
    /// `-` and `_`
    Url,
}

/// What to do with a last chunk of fewer than four characters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum LastChunk {
    /// It needs no padding.
    Loose,
    /// It needs padding, and the bits that stand for nothing are zero.
    Strict,
    /// It is left for the next time, unless it is padded.
    StopBeforePartial,
}

const DIGITS: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

const INVALID: &str = "Found a character that cannot be part of a valid base64 string.";
const SINGLE: &str = "The base64 input terminates with a single character, excluding padding (=).";
const EXTRA_BITS: &str = "The base64 input terminates with non-zero padding bits.";

impl Alphabet {
    fn last_two(self) -> [u8; 2] {
        match self {
            Self::Base64 => *b"+/",
            Self::Url => *b"-_",
        }
    }

    /// What a character stands for.
    fn value(self, unit: u16) -> Option<u32> {
        let byte = u8::try_from(unit).ok()?;
        Some(u32::from(match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            _ => 62 + self.last_two().iter().position(|last| *last == byte)? as u8,
        }))
    }
}

/// Skips white space of ASCII (§23.3.3.3).
fn skip(text: Units<'_>, mut index: usize) -> usize {
    while matches!(text.get(index), Some(0x09 | 0x0A | 0x0C | 0x0D | 0x20)) {
        index += 1;
    }
    index
}

/// Whether there is nothing left but a second character of padding, if that.
fn ends_in_padding(text: Units<'_>, index: usize) -> bool {
    let mut index = skip(text, index);
    if text.get(index) == Some(u16::from(b'=')) {
        index = skip(text, index + 1);
    }
    index == text.len()
}

/// `FromBase64` (§23.3.3.5): at most so many bytes.
pub(super) fn decode(text: Units<'_>, alphabet: Alphabet, last: LastChunk, room: usize) -> Decoded {
    let mut done = Decoded { read: 0, bytes: Vec::new(), fault: None };
    if room == 0 {
        return done;
    }
    // The characters of the chunk so far, six bits each, and their number.
    let (mut chunk, mut count, mut index) = (0, 0, 0);
    loop {
        index = skip(text, index);
        let Some(unit) = text.get(index) else {
            if count > 0 {
                match last {
                    LastChunk::StopBeforePartial => return done,
                    LastChunk::Loose if count > 1 => {
                        done.finish(chunk, count);
                    }
                    _ => {
                        done.fault = Some(SINGLE);
                        return done;
                    }
                }
            }
            done.read = text.len();
            return done;
        };
        index += 1;
        if unit == u16::from(b'=') {
            if count < 2 {
                let is_end = count == 1 && ends_in_padding(text, index);
                done.fault = Some(if is_end { SINGLE } else { INVALID });
                return done;
            }
            index = skip(text, index);
            if count == 2 {
                match text.get(index) {
                    None if last == LastChunk::StopBeforePartial => return done,
                    Some(unit) if unit == u16::from(b'=') => index = skip(text, index + 1),
                    _ => {
                        done.fault = Some(INVALID);
                        return done;
                    }
                }
            }
            let extra = chunk & if count == 2 { 0xF } else { 0x3 };
            if index < text.len() {
                done.fault = Some(INVALID);
            } else if last == LastChunk::Strict && extra != 0 {
                done.fault = Some(EXTRA_BITS);
            } else {
                done.finish(chunk, count);
                done.read = text.len();
            }
            return done;
        }
        let Some(value) = alphabet.value(unit) else {
            done.fault = Some(INVALID);
            return done;
        };
        let left = room - done.bytes.len();
        if left == 1 && count == 2 || left == 2 && count == 3 {
            return done;
        }
        (chunk, count) = (chunk << 6 | value, count + 1);
        if count == 4 {
            done.bytes.extend([(chunk >> 16) as u8, (chunk >> 8) as u8, chunk as u8]);
            done.read = index;
            (chunk, count) = (0, 0);
            if done.bytes.len() == room {
                return done;
            }
        }
    }
}

impl Decoded {
    /// Adds the one or two bytes of a chunk of two or three characters.
    fn finish(&mut self, chunk: u32, count: u32) {
        if count == 2 {
            self.bytes.push((chunk >> 4) as u8);
        } else {
            self.bytes.extend([(chunk >> 10) as u8, (chunk >> 2) as u8]);
        }
    }
}

/// Four characters for three bytes.
pub(super) fn encode(bytes: &[u8], alphabet: Alphabet, omits_padding: bool) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let at = |index: usize| u32::from(chunk.get(index).copied().unwrap_or(0));
        let bits = at(0) << 16 | at(1) << 8 | at(2);
        for place in 0..=chunk.len() {
            let value = (bits >> (18 - 6 * place) & 63) as usize;
            let digit = DIGITS.get(value).copied();
            text.push(char::from(digit.unwrap_or_else(|| alphabet.last_two()[value - 62])));
        }
        if !omits_padding {
            text.extend(std::iter::repeat_n('=', 3 - chunk.len()));
        }
    }
    text
}
