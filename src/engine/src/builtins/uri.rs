//! The functions that handle URIs (ECMA-262 §19.2.6), and the older ones of Annex B.2.1.

use super::string::Text;
use super::{Entry, function};
use crate::operators::to_string;
use crate::string::Units;
use crate::vm::{Arguments, Completion, Throw, Vm};

pub(super) const FUNCTIONS: &[Entry] = &[
    function("decodeURI", 1, |vm, arguments| decode(vm, arguments, RESERVED)),
    function("decodeURIComponent", 1, |vm, arguments| decode(vm, arguments, "")),
    function("encodeURI", 1, |vm, arguments| encode(vm, arguments, RESERVED)),
    function("encodeURIComponent", 1, |vm, arguments| encode(vm, arguments, "")),
    function("escape", 1, escape),
    function("unescape", 1, unescape),
];

/// What has a meaning in URIs, and `#`.
const RESERVED: &str = ";/?:@&=+$,#";

/// What stands for itself in every part of a URI, beside letters and digits.
const UNESCAPED: &str = "-_.!~*'()";

/// What `escape` leaves as it is, beside letters and digits.
const LEFT_BY_ESCAPE: &str = "@*_+-./";

fn is_one_of(unit: u16, characters: &str) -> bool {
    u8::try_from(unit).is_ok_and(|byte| characters.as_bytes().contains(&byte))
}

fn is_alphanumeric(unit: u16) -> bool {
    u8::try_from(unit).is_ok_and(|byte| byte.is_ascii_alphanumeric())
}

fn throw_malformed(vm: &mut Vm) -> Throw {
    vm.throw_uri_error("URI malformed")
}

fn push_escape(text: &mut Text, byte: u8) {
    text.push_str(&format!("%{byte:02X}"));
}

/// `Encode` (§19.2.6.5)
fn encode(vm: &mut Vm, arguments: Arguments<'_>, kept: &str) -> Completion {
    let string = to_string(vm, arguments.get(0))?;
    let units = string.units(&vm.memory);
    let (mut text, mut index) = (Text::default(), 0);
    while index < units.len() {
        let unit = units.at(index);
        if is_alphanumeric(unit) || is_one_of(unit, UNESCAPED) || is_one_of(unit, kept) {
            text.push_unit(unit);
            index += 1;
            continue;
        }
        let (point, count) = units.code_point_at(index);
        let Some(c) = char::from_u32(point) else { return Err(throw_malformed(vm)) };
        for byte in c.encode_utf8(&mut [0; 4]).bytes() {
            push_escape(&mut text, byte);
        }
        index += count;
    }
    text.finish(vm)
}

/// The byte that an escape at an index is.
fn byte_at(units: Units<'_>, index: usize) -> Option<u8> {
    if units.get(index) != Some(u16::from(b'%')) {
        return None;
    }
    number_at(units, index + 1, 2).map(|byte| byte as u8)
}

/// The number that so many hexadecimal digits are.
fn number_at(units: Units<'_>, index: usize, digits: usize) -> Option<u16> {
    let mut number = 0;
    for offset in 0..digits {
        let unit = units.get(index + offset)?;
        let digit = char::from_u32(u32::from(unit)).and_then(|c| c.to_digit(16))?;
        number = number << 4 | digit as u16;
    }
    Some(number)
}

/// `Decode` (§19.2.6.6): what escapes of `kept` stand for stays escaped.
fn decode(vm: &mut Vm, arguments: Arguments<'_>, kept: &str) -> Completion {
    let string = to_string(vm, arguments.get(0))?;
    let units = string.units(&vm.memory);
    let (mut text, mut index) = (Text::default(), 0);
    while index < units.len() {
        if units.at(index) != u16::from(b'%') {
            text.push_unit(units.at(index));
            index += 1;
            continue;
        }
        let Some(first) = byte_at(units, index) else { return Err(throw_malformed(vm)) };
        let count = match first.leading_ones() {
            0 => 1,
            count @ 2..=4 => count as usize,
            _ => return Err(throw_malformed(vm)),
        };
        let mut bytes = [first; 4];
        for (offset, byte) in bytes.iter_mut().enumerate().take(count) {
            let Some(next) = byte_at(units, index + offset * 3) else {
                return Err(throw_malformed(vm));
            };
            *byte = next;
        }
        let Ok(point) = str::from_utf8(&bytes[..count]) else { return Err(throw_malformed(vm)) };
        if count == 1 && is_one_of(u16::from(first), kept) {
            text.push(units.slice(index, index + 3));
        } else {
            text.push_str(point);
        }
        index += count * 3;
    }
    text.finish(vm)
}

/// `escape ( string )` (§B.2.1.1)
fn escape(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let string = to_string(vm, arguments.get(0))?;
    let mut text = Text::default();
    for unit in string.units(&vm.memory).iter() {
        if is_alphanumeric(unit) || is_one_of(unit, LEFT_BY_ESCAPE) {
            text.push_unit(unit);
        } else if let Ok(byte) = u8::try_from(unit) {
            push_escape(&mut text, byte);
        } else {
            text.push_str(&format!("%u{unit:04X}"));
        }
    }
    text.finish(vm)
}

/// `unescape ( string )` (§B.2.1.2)
fn unescape(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let string = to_string(vm, arguments.get(0))?;
    let units = string.units(&vm.memory);
    let (mut text, mut index) = (Text::default(), 0);
    while index < units.len() {
        let unit = units.at(index);
        let is_escape = unit == u16::from(b'%');
        let is_long = is_escape && units.get(index + 1) == Some(u16::from(b'u'));
        let (number, length) = if is_long {
            (number_at(units, index + 2, 4), 6)
        } else if is_escape {
            (number_at(units, index + 1, 2), 3)
        } else {
            (None, 1)
        };
        text.push_unit(number.unwrap_or(unit));
        index += if number.is_some() { length } else { 1 };
    }
    text.finish(vm)
}
