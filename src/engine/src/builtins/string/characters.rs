//! Methods of strings that look at single units (ECMA-262 §22.1.3).

use super::{Text, this_string};
use crate::builtins::{Entry, function};
use crate::heap::Gc;
use crate::operators::to_integer_or_infinity;
use crate::string::{JsString, Units};
use crate::value::Value;
use crate::vm::{Arguments, Completion, Vm};

pub(super) const PROTOTYPE: &[Entry] = &[
    function("at", 1, at),
    function("charAt", 1, char_at),
    function("charCodeAt", 1, char_code_at),
    function("codePointAt", 1, code_point_at),
    function("isWellFormed", 0, is_well_formed),
    function("toWellFormed", 0, to_well_formed),
];

/// `this`, and the index that the first argument is, if there is a unit.
fn unit_of(
    vm: &mut Vm,
    arguments: Arguments<'_>,
    method: &str,
) -> Completion<(Gc<JsString>, Option<u32>)> {
    if let (Some(string), Some(index)) =
        (arguments.this().downcast::<JsString>(), arguments.get(0).as_int())
    {
        let index = u32::try_from(index).ok().filter(|index| *index < string.len());
        return Ok((string, index));
    }
    let string = this_string(vm, arguments, method)?;
    let position = to_integer_or_infinity(vm, arguments.get(0))?;
    let is_inside = (0.0..f64::from(string.len())).contains(&position);
    Ok((string, is_inside.then_some(position as u32)))
}

fn at(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let string = this_string(vm, arguments, "at")?;
    let (position, length) =
        (to_integer_or_infinity(vm, arguments.get(0))?, f64::from(string.len()));
    let position = if position < 0.0 { position + length } else { position };
    if !(0.0..length).contains(&position) {
        return Ok(Value::UNDEFINED);
    }
    Ok(super::part(vm, string, position as u32, position as u32 + 1))
}

fn char_at(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (string, index) = unit_of(vm, arguments, "charAt")?;
    Ok(index.map_or_else(
        || Value::cell(vm.memory.empty_string()),
        |index| super::part(vm, string, index, index + 1),
    ))
}

fn char_code_at(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (string, index) = unit_of(vm, arguments, "charCodeAt")?;
    Ok(index.map_or(Value::NAN, |index| Value::int(i32::from(string.unit_at(&vm.memory, index)))))
}

fn code_point_at(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (string, index) = unit_of(vm, arguments, "codePointAt")?;
    Ok(index.map_or(Value::UNDEFINED, |index| {
        Value::from(string.units(&vm.memory).code_point_at(index as usize).0)
    }))
}

/// Whether a code point is half of a pair.
fn is_surrogate(point: u32) -> bool {
    (0xD800..0xE000).contains(&point)
}

/// All code points, in order.
fn code_points(units: Units<'_>) -> impl Iterator<Item = u32> {
    let mut index = 0;
    std::iter::from_fn(move || {
        (index < units.len()).then(|| {
            let (point, length) = units.code_point_at(index);
            index += length;
            point
        })
    })
}

fn is_well_formed(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let string = this_string(vm, arguments, "isWellFormed")?;
    let units = string.units(&vm.memory);
    Ok(Value::bool(string.is_latin1() || !code_points(units).any(is_surrogate)))
}

fn to_well_formed(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let string = this_string(vm, arguments, "toWellFormed")?;
    if string.is_latin1() {
        return Ok(Value::cell(string));
    }
    let mut text = Text::default();
    for point in code_points(string.units(&vm.memory)) {
        text.push_code_point(if is_surrogate(point) { 0xFFFD } else { point });
    }
    text.finish(vm)
}
