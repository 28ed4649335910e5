//! Methods of strings that make longer ones, or change their case (ECMA-262 §22.1.3).

use super::{Text, this_string};
use crate::builtins::{Entry, function};
use crate::heap::Gc;
use crate::operators::{concatenate, to_integer_or_infinity, to_string};
use crate::string::{JsString, MAX_LENGTH, Units};
use crate::value::Value;
use crate::vm::{Arguments, Completion, Vm};

pub(super) const PROTOTYPE: &[Entry] = &[
    function("concat", 1, concat),
    function("padEnd", 1, pad_end),
    function("padStart", 1, pad_start),
    function("repeat", 1, repeat),
    function("toLowerCase", 0, |vm, it| to_lower_case(vm, it, "toLowerCase")),
    function("toUpperCase", 0, |vm, it| to_upper_case(vm, it, "toUpperCase")),
];

fn concat(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let mut string = this_string(vm, arguments, "concat")?;
    for index in 0..arguments.len() {
        let next = to_string(vm, arguments.get(index))?;
        string = concatenate(vm, string, next)?;
    }
    Ok(Value::cell(string))
}

fn repeat(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let string = this_string(vm, arguments, "repeat")?;
    let count = to_integer_or_infinity(vm, arguments.get(0))?;
    if count < 0.0 || count.is_infinite() {
        let shown = to_string(vm, arguments.get(0))?.to_rust(&vm.memory);
        return Err(vm.throw_range_error(&format!("Invalid count value: {shown}")));
    }
    if string.is_empty() {
        return Ok(Value::cell(string));
    }
    repeated(vm, string, count).map(Value::cell)
}

/// A string that is not empty, so many times.
fn repeated(vm: &mut Vm, string: Gc<JsString>, count: f64) -> Completion<Gc<JsString>> {
    if count * f64::from(string.len()) > f64::from(MAX_LENGTH) {
        return Err(vm.throw_range_error("Invalid string length"));
    }
    Ok(string.cycled(&vm.memory, count as u32 * string.len()))
}

/// `StringPaddingBuiltinsImpl` (§22.1.3.17.1): `this`, and what it is padded with, if
/// anything.
fn padding(
    vm: &mut Vm,
    arguments: Arguments<'_>,
    method: &str,
) -> Completion<(Gc<JsString>, Option<Gc<JsString>>)> {
    let string = this_string(vm, arguments, method)?;
    let length = to_integer_or_infinity(vm, arguments.get(0))?;
    if length <= f64::from(string.len()) {
        return Ok((string, None));
    }
    let filler = match arguments.get(1) {
        Value::UNDEFINED => vm.memory.string_of_unit(u16::from(b' ')),
        filler => to_string(vm, filler)?,
    };
    if filler.is_empty() {
        return Ok((string, None));
    }
    if length > f64::from(MAX_LENGTH) {
        return Err(vm.throw_range_error("Invalid string length"));
    }
    let missing = length as u32 - string.len();
    Ok((string, Some(filler.cycled(&vm.memory, missing))))
}

fn pad_start(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (string, padding) = padding(vm, arguments, "padStart")?;
    let Some(padding) = padding else { return Ok(Value::cell(string)) };
    concatenate(vm, padding, string).map(Value::cell)
}

fn pad_end(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (string, padding) = padding(vm, arguments, "padEnd")?;
    let Some(padding) = padding else { return Ok(Value::cell(string)) };
    concatenate(vm, string, padding).map(Value::cell)
}

/// `String.prototype.toLowerCase` (§22.1.3.28)
pub(super) fn to_lower_case(vm: &mut Vm, arguments: Arguments<'_>, method: &str) -> Completion {
    let string = this_string(vm, arguments, method)?;
    match string.units(&vm.memory) {
        // In Latin-1 each letter has its small one in Latin-1.
        Units::Latin1(units) => {
            let is_capital = |unit: &u8| matches!(unit, b'A'..=b'Z' | 0xC0..=0xD6 | 0xD8..=0xDE);
            if !units.iter().any(is_capital) {
                return Ok(Value::cell(string));
            }
            Ok(Value::cell(Gc::<JsString>::latin1_with(&vm.memory, string.len(), |to| {
                for (to, unit) in to.iter_mut().zip(units) {
                    *to = unit + if is_capital(unit) { 32 } else { 0 };
                }
            })))
        }
        Units::Utf16(units) => match by_letters(units, char::to_lowercase) {
            Some(lower) => finish_units(vm, &lower),
            None => by_runs(units, str::to_lowercase).finish(vm),
        },
    }
}

/// `String.prototype.toUpperCase` (§22.1.3.30)
pub(super) fn to_upper_case(vm: &mut Vm, arguments: Arguments<'_>, method: &str) -> Completion {
    let string = this_string(vm, arguments, method)?;
    match string.units(&vm.memory) {
        Units::Latin1(units) if units.is_ascii() => {
            if !units.iter().any(u8::is_ascii_lowercase) {
                return Ok(Value::cell(string));
            }
            Ok(Value::cell(Gc::<JsString>::latin1_with(&vm.memory, string.len(), |to| {
                for (to, unit) in to.iter_mut().zip(units) {
                    *to = unit.to_ascii_uppercase();
                }
            })))
        }
        // ß becomes two letters, and those of ÿ and µ are not in Latin-1.
        units @ Units::Latin1(_) => {
            let upper = units.iter().flat_map(|unit| char::from(unit as u8).to_uppercase());
            let upper: Vec<u16> = upper.map(|letter| letter as u16).collect();
            finish_units(vm, &upper)
        }
        Units::Utf16(units) => match by_letters(units, char::to_uppercase) {
            Some(upper) => finish_units(vm, &upper),
            None => by_runs(units, str::to_uppercase).finish(vm),
        },
    }
}

/// A string of units that may be too many.
fn finish_units(vm: &mut Vm, units: &[u16]) -> Completion {
    if units.len() > MAX_LENGTH as usize {
        return Err(vm.throw_range_error("Invalid string length"));
    }
    Ok(Value::cell(Gc::<JsString>::from_utf16(&vm.memory, units)))
}

/// Converts letter by letter, if that is all there is to it: a letter may not be one of two
/// units, nor a sigma, which has another form at the end of a word.
fn by_letters<I: Iterator<Item = char>>(
    units: &[u16],
    convert: impl Fn(char) -> I,
) -> Option<Vec<u16>> {
    const SIGMA: u16 = 0x3A3;
    let mut converted = Vec::with_capacity(units.len());
    for unit in units {
        let letter = char::from_u32(u32::from(*unit)).filter(|_| *unit != SIGMA)?;
        for letter in convert(letter) {
            converted.push(u16::try_from(u32::from(letter)).ok()?);
        }
    }
    Some(converted)
}

/// Converts what lies between surrogates that stand alone, and keeps those.
pub(super) fn by_runs(units: &[u16], convert: impl Fn(&str) -> String) -> Text {
    let (mut text, mut run) = (Text::default(), String::new());
    for point in char::decode_utf16(units.iter().copied()) {
        match point {
            Ok(c) => run.push(c),
            Err(lone) => {
                text.push_str(&convert(&std::mem::take(&mut run)));
                text.push_unit(lone.unpaired_surrogate());
            }
        }
    }
    text.push_str(&convert(&run));
    text
}
