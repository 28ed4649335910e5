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
    let count = count as usize;
    Ok(match string.units(&vm.memory) {
        _ if count == 1 => string,
        Units::Latin1(units) => Gc::<JsString>::from_latin1(&vm.memory, &units.repeat(count)),
        Units::Utf16(units) => Gc::<JsString>::from_utf16(&vm.memory, &units.repeat(count)),
    })
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
        Value::UNDEFINED => vm.memory.intern_str(" "),
        filler => to_string(vm, filler)?,
    };
    if filler.is_empty() {
        return Ok((string, None));
    }
    if length > f64::from(MAX_LENGTH) {
        return Err(vm.throw_range_error("Invalid string length"));
    }
    let missing = length as u32 - string.len();
    let whole = repeated(vm, filler, f64::from(missing / filler.len()))?;
    let rest = filler.substring(&vm.memory, 0, missing % filler.len());
    Ok((string, Some(concatenate(vm, whole, rest)?)))
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
            let lower: Vec<u8> =
                units.iter().map(|unit| unit + if is_capital(unit) { 32 } else { 0 }).collect();
            Ok(Value::cell(Gc::<JsString>::from_latin1(&vm.memory, &lower)))
        }
        Units::Utf16(units) => by_runs(units, str::to_lowercase).finish(vm),
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
            let upper = units.to_ascii_uppercase();
            Ok(Value::cell(Gc::<JsString>::from_latin1(&vm.memory, &upper)))
        }
        // ß becomes two letters, and those of ÿ and µ are not in Latin-1.
        units @ Units::Latin1(_) => {
            let mut text = Text::default();
            text.push_str(&units.to_rust().to_uppercase());
            text.finish(vm)
        }
        Units::Utf16(units) => by_runs(units, str::to_uppercase).finish(vm),
    }
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
