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
    let is_text = |unit: u16| {
        matches!(unit, 0x21..0x7F) || !char::from_u32(u32::from(unit)).is_some_and(is_white_space)
    };
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
    if limit == 0 {
        return Ok(Value::cell(vm.new_array()));
    }
    if separator.is_undefined() {
        return Ok(Value::cell(vm.new_array_of(&[Value::cell(string)])));
    }
    split_at(vm, string, separator_string, limit).map(Value::cell)
}

/// The parts between the places of a separator, so many at most; of an empty one, all units.
fn split_at(
    vm: &mut Vm,
    string: Gc<JsString>,
    separator: Gc<JsString>,
    limit: u32,
) -> Completion<Gc<Array>> {
    let shape = vm.realm().shape(RootShape::Array);
    if separator.is_empty() {
        let count = string.len().min(limit);
        // Room for all at once would be gigabytes for a long string, before the first part.
        let array = Gc::<Array>::new(&vm.memory, shape, count.min(ROOM_AT_FIRST));
        for index in 0..count {
            vm.heed_interrupt()?;
            array.push(&vm.memory, part(vm, string, index, index + 1));
        }
        return Ok(array);
    }
    let (units, needle) = (string.units(&vm.memory), separator.units(&vm.memory));
    let find = |start: u32| needle.find_all_in(units, start as usize, AT_ONCE);
    let (mut start, mut places) = (0, find(0));
    let array = Gc::<Array>::new(&vm.memory, shape, (places.len() as u32 + 1).min(limit));
    loop {
        for end in &places {
            vm.heed_interrupt()?;
            array.push(&vm.memory, part(vm, string, start, *end));
            if array.length.get() == limit {
                return Ok(array);
            }
            start = end + separator.len();
        }
        if places.len() < AT_ONCE {
            break;
        }
        places = find(start);
    }
    array.push(&vm.memory, part(vm, string, start, string.len()));
    Ok(array)
}

/// So many places of a separator are looked for at a time.
const AT_ONCE: usize = 1 << 12;

/// So many parts have room before any is made.
const ROOM_AT_FIRST: u32 = 1 << 16;
