//! Methods of strings that take parts of them (ECMA-262 §22.1.3).

use super::{clamped, part, protocol, relative, require_this, this_string};
use crate::builtins::{Entry, function};
use crate::heap::Gc;
use crate::object::Array;
use crate::operators::{is_white_space, to_string, to_uint32_value};
use crate::realm::RootShape;
use crate::string::JsString;
use crate::value::Value;
use crate::vm::{Arguments, Completion, Vm, WellKnown};

pub(super) const PROTOTYPE: &[Entry] = &[
    function("slice", 2, slice),
    function("split", 2, split),
    function("substr", 2, substr),
    function("substring", 2, substring),
    function("trim", 0, |vm, arguments| trim(vm, arguments, "trim", (true, true))),
    // V8's messages have the older names.
    function("trimEnd", 0, |vm, arguments| trim(vm, arguments, "trimRight", (false, true))),
    function("trimStart", 0, |vm, arguments| trim(vm, arguments, "trimLeft", (true, false))),
];

fn slice(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let string = this_string(vm, arguments, "slice")?;
    let length = string.len();
    let start = relative(vm, arguments.get(0), length, 0)?;
    let end = relative(vm, arguments.get(1), length, length)?;
    Ok(part(vm, string, start, end))
}

fn substring(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let string = this_string(vm, arguments, "substring")?;
    let length = string.len();
    let start = clamped(vm, arguments.get(0), length, 0)?;
    let end = clamped(vm, arguments.get(1), length, length)?;
    Ok(part(vm, string, start.min(end), start.max(end)))
}

/// `String.prototype.substr` (§B.2.2.1)
fn substr(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let string = this_string(vm, arguments, "substr")?;
    let start = relative(vm, arguments.get(0), string.len(), 0)?;
    let rest = string.len() - start;
    let length = clamped(vm, arguments.get(1), rest, rest)?;
    Ok(part(vm, string, start, start + length))
}

/// `TrimString` (§22.1.3.32.1), at the start, the end, or both.
fn trim(
    vm: &mut Vm,
    arguments: Arguments<'_>,
    method: &str,
    (at_start, at_end): (bool, bool),
) -> Completion {
    let string = this_string(vm, arguments, method)?;
    let units = string.units(&vm.memory);
    let is_text = |unit: u16| !char::from_u32(u32::from(unit)).is_some_and(is_white_space);
    let (mut start, mut end) = (0, units.len());
    if at_start {
        start = units.iter().position(is_text).unwrap_or(end);
    }
    if at_end {
        end = units.iter().rposition(is_text).map_or(start, |last| last + 1);
    }
    Ok(part(vm, string, start as u32, end as u32))
}

/// `String.prototype.split` (§22.1.3.23)
fn split(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let this = require_this(vm, arguments, "split")?;
    let (separator, limit) = (arguments.get(0), arguments.get(1));
    if let Some(splitter) = protocol(vm, separator, WellKnown::Split)? {
        return vm.call(splitter, separator, &[this, limit]);
    }
    let string = to_string(vm, this)?;
    let limit = if limit.is_undefined() { u32::MAX } else { to_uint32_value(vm, limit)? };
    let separator_string = to_string(vm, separator)?;
    let array = Gc::<Array>::new(&vm.memory, vm.realm().shape(RootShape::Array), 0);
    if limit == 0 {
        return Ok(Value::cell(array));
    }
    if separator.is_undefined() {
        array.push(&vm.memory, Value::cell(string));
    } else if separator_string.is_empty() {
        for index in 0..string.len().min(limit) {
            vm.heed_interrupt()?;
            array.push(&vm.memory, part(vm, string, index, index + 1));
        }
    } else {
        split_at(vm, array, string, separator_string, limit)?;
    }
    Ok(Value::cell(array))
}

/// Gives an array the parts between the places of a separator, which is not empty.
fn split_at(
    vm: &mut Vm,
    array: Gc<Array>,
    string: Gc<JsString>,
    separator: Gc<JsString>,
    limit: u32,
) -> Completion<()> {
    let find = |vm: &Vm, from: u32| {
        separator.units(&vm.memory).find_in(string.units(&vm.memory), from as usize)
    };
    let mut start = 0;
    while let Some(found) = find(vm, start) {
        vm.heed_interrupt()?;
        array.push(&vm.memory, part(vm, string, start, found as u32));
        if array.length.get() == limit {
            return Ok(());
        }
        start = found as u32 + separator.len();
    }
    array.push(&vm.memory, part(vm, string, start, string.len()));
    Ok(())
}
