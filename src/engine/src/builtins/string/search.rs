//! Methods of strings that search them (ECMA-262 §22.1.3).

use super::replacing::require_global;
use super::{clamp, clamped, is_regexp, protocol, require_this, this_string};
use crate::builtins::{Entry, function};
use crate::heap::Gc;
use crate::operators::{to_integer_or_infinity, to_number, to_string};
use crate::string::JsString;
use crate::value::Value;
use crate::vm::{Arguments, Completion, Vm, WellKnown};

pub(super) const PROTOTYPE: &[Entry] = &[
    function("endsWith", 1, ends_with),
    function("includes", 1, includes),
    function("indexOf", 1, index_of),
    function("lastIndexOf", 1, last_index_of),
    function("match", 1, |vm, it| by_protocol(vm, it, "match", WellKnown::Match)),
    function("matchAll", 1, |vm, it| by_protocol(vm, it, "matchAll", WellKnown::MatchAll)),
    function("search", 1, |vm, it| by_protocol(vm, it, "search", WellKnown::Search)),
    function("startsWith", 1, starts_with),
];

/// `this` and the text to look for, which is no regular expression.
fn needle(
    vm: &mut Vm,
    arguments: Arguments<'_>,
    method: &str,
) -> Completion<(Gc<JsString>, Gc<JsString>)> {
    let string = this_string(vm, arguments, method)?;
    if is_regexp(vm, arguments.get(0))? {
        return Err(vm.throw_type_error(&format!(
            "First argument to String.prototype.{method} must not be a regular expression"
        )));
    }
    Ok((string, to_string(vm, arguments.get(0))?))
}

fn starts_with(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (string, needle) = needle(vm, arguments, "startsWith")?;
    let start = clamped(vm, arguments.get(1), string.len(), 0)?;
    Ok(Value::bool(stands_at(vm, string, needle, start)))
}

fn ends_with(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (string, needle) = needle(vm, arguments, "endsWith")?;
    let end = clamped(vm, arguments.get(1), string.len(), string.len())?;
    let start = end.checked_sub(needle.len());
    Ok(Value::bool(start.is_some_and(|start| stands_at(vm, string, needle, start))))
}

/// Whether a text stands at an index of a string.
fn stands_at(vm: &Vm, string: Gc<JsString>, needle: Gc<JsString>, start: u32) -> bool {
    let (start, end) = (start as usize, start as usize + needle.len() as usize);
    end <= string.len() as usize
        && string.units(&vm.memory).slice(start, end) == needle.units(&vm.memory)
}

fn includes(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (string, needle) = needle(vm, arguments, "includes")?;
    let start = clamped(vm, arguments.get(1), string.len(), 0)?;
    let found = needle.units(&vm.memory).find_in(string.units(&vm.memory), start as usize);
    Ok(Value::bool(found.is_some()))
}

/// An index as a value; −1 if there is none.
fn index_or_minus_one(index: Option<usize>) -> Value {
    index.map_or(Value::int(-1), |index| Value::int(index as i32))
}

fn index_of(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let string = this_string(vm, arguments, "indexOf")?;
    let needle = to_string(vm, arguments.get(0))?;
    let start = clamped(vm, arguments.get(1), string.len(), 0)?;
    let found = needle.units(&vm.memory).find_in(string.units(&vm.memory), start as usize);
    Ok(index_or_minus_one(found))
}

/// `String.prototype.lastIndexOf` (§22.1.3.11): NaN is as far as one can go.
fn last_index_of(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let string = this_string(vm, arguments, "lastIndexOf")?;
    let needle = to_string(vm, arguments.get(0))?;
    let position = to_number(vm, arguments.get(1))?;
    let start = if position.is_nan() {
        string.len()
    } else {
        clamp(to_integer_or_infinity(vm, Value::number(position))?, string.len())
    };
    let found = needle.units(&vm.memory).find_last_in(string.units(&vm.memory), start as usize);
    Ok(index_or_minus_one(found))
}

/// The methods that leave their work to a regular expression (§22.1.3.13,
/// §22.1.3.14, §22.1.3.21).
fn by_protocol(
    vm: &mut Vm,
    arguments: Arguments<'_>,
    method: &str,
    symbol: WellKnown,
) -> Completion {
    let this = require_this(vm, arguments, method)?;
    if symbol == WellKnown::MatchAll && is_regexp(vm, arguments.get(0))? {
        require_global(vm, arguments.get(0), method)?;
    }
    if let Some(function) = protocol(vm, arguments.get(0), symbol)? {
        return vm.call(function, arguments.get(0), &[this]);
    }
    let string = to_string(vm, this)?;
    let flags = if symbol == WellKnown::MatchAll { "g" } else { "" };
    let regexp = Value::cell(vm.regexp_create(arguments.get(0), flags)?);
    vm.invoke(regexp, vm.well_known_key(symbol), &[Value::cell(string)])
}
