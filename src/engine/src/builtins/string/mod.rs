//! The `String` constructor. <https://tc39.es/ecma262/#sec-string-objects>

mod building;
mod characters;
mod html;
mod locale;
mod parts;
mod replacing;
mod search;
mod text;

use super::{Entry, constructor, define, function, this_primitive, wrapped};
use crate::heap::Gc;
use crate::kinds;
use crate::object::Object;
use crate::operators::{as_object, number_to_string, to_integer_or_infinity, to_number, to_string};
use crate::realm::Intrinsic;
use crate::string::{JsString, PropertyKey, Symbol};
use crate::value::{Value, to_uint32};
use crate::vm::{Arguments, Completion, Vm, WellKnown};
pub(super) use replacing::substitute;
pub(super) use text::Text;

const STRING: &[Entry] = &[
    function("fromCharCode", 1, from_char_code),
    function("fromCodePoint", 1, from_code_point),
    function("raw", 1, raw),
];

const PROTOTYPE: &[Entry] = &[
    function("toString", 0, |vm, arguments| this_string_value(vm, arguments, "toString")),
    function("valueOf", 0, |vm, arguments| this_string_value(vm, arguments, "valueOf")),
];

pub(super) fn install(vm: &Vm, global: Gc<Object>) {
    let intrinsic = Intrinsic::StringPrototype;
    constructor(vm, global, ("String", 1, construct), intrinsic, STRING);
    let prototype = vm.realm().get(intrinsic);
    let tables = [
        PROTOTYPE,
        building::PROTOTYPE,
        locale::PROTOTYPE,
        characters::PROTOTYPE,
        html::PROTOTYPE,
        parts::PROTOTYPE,
        replacing::PROTOTYPE,
        search::PROTOTYPE,
    ];
    for table in tables {
        super::add_entries(vm, prototype, table);
    }
    // Annex B has the same functions under older names (§B.2.2.15, §B.2.2.16).
    for (alias, name) in [("trimLeft", "trimStart"), ("trimRight", "trimEnd")] {
        if let Some(property) = prototype.own_property(&vm.memory, vm.memory.key(name)) {
            define(vm, prototype, alias, prototype.get_slot(&vm.memory, property.slot));
        }
    }
}

/// `String ( value )` (§22.1.1.1)
fn construct(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let value = arguments.get(0);
    let is_call = arguments.new_target().is_undefined();
    let string = match value.downcast::<Symbol>() {
        _ if arguments.is_empty() => vm.memory.intern_str(""),
        Some(symbol) if is_call => vm.memory.string(&vm.display_key(PropertyKey::symbol(symbol))),
        _ => to_string(vm, value)?,
    };
    wrapped(vm, arguments, Value::cell(string), Intrinsic::StringPrototype)
}

/// `String.fromCharCode` (§22.1.2.1)
fn from_char_code(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    if arguments.len() == 1 {
        let unit = to_uint32(to_number(vm, arguments.get(0))?) as u16;
        return Ok(Value::cell(vm.memory.string_of_unit(unit)));
    }
    let mut text = Text::default();
    for index in 0..arguments.len() {
        text.push_unit(to_uint32(to_number(vm, arguments.get(index))?) as u16);
    }
    text.finish(vm)
}

/// `String.fromCodePoint` (§22.1.2.2)
fn from_code_point(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let mut text = Text::default();
    for index in 0..arguments.len() {
        let number = to_number(vm, arguments.get(index))?;
        if number.trunc() != number || !(0.0..=1_114_111.0).contains(&number) {
            let message = format!("Invalid code point {}", number_to_string(number));
            return Err(vm.throw_range_error(&message));
        }
        if arguments.len() == 1
            && let Ok(unit) = u16::try_from(number as u32)
        {
            return Ok(Value::cell(vm.memory.string_of_unit(unit)));
        }
        text.push_code_point(number as u32);
    }
    text.finish(vm)
}

/// `String.raw` (§22.1.2.4)
fn raw(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let cooked = vm.to_object(arguments.get(0))?;
    let literals = vm.get(cooked, vm.memory.literal_key("raw"))?;
    let literals = vm.to_object(literals)?;
    let length = vm.get(literals, vm.memory.literal_key("length"))?;
    let length = to_integer_or_infinity(vm, length)?;
    let mut text = Text::default();
    let mut index = 0;
    while f64::from(index) < length {
        let literal = vm.get(literals, PropertyKey::index(index))?;
        let literal = to_string(vm, literal)?;
        text.push(literal.units(&vm.memory));
        index += 1;
        if f64::from(index) < length && (index as usize) < arguments.len() {
            let substitution = to_string(vm, arguments.get(index as usize))?;
            text.push(substitution.units(&vm.memory));
        }
        text.check(vm)?;
    }
    text.finish(vm)
}

/// `ThisStringValue` (§22.1.3.35.1)
fn this_string_value(vm: &mut Vm, arguments: Arguments<'_>, method: &str) -> Completion {
    let value = this_primitive(arguments);
    if value.downcast::<JsString>().is_some() {
        return Ok(value);
    }
    let message = format!("String.prototype.{method} requires that 'this' be a String");
    Err(vm.throw_type_error(&message))
}

/// `RequireObjectCoercible` (§7.2.1) of `this`
fn require_this(vm: &mut Vm, arguments: Arguments<'_>, method: &str) -> Completion<Value> {
    let this = arguments.this();
    if this.is_nullish() {
        let message = format!("String.prototype.{method} called on null or undefined");
        return Err(vm.throw_type_error(&message));
    }
    Ok(this)
}

/// `this` as a string, as most methods begin.
#[inline]
fn this_string(vm: &mut Vm, arguments: Arguments<'_>, method: &str) -> Completion<Gc<JsString>> {
    if let Some(string) = arguments.this().downcast() {
        return Ok(string);
    }
    let this = require_this(vm, arguments, method)?;
    to_string(vm, this)
}

/// A position as an index of a string, or its end.
fn clamp(position: f64, length: u32) -> u32 {
    position.clamp(0.0, f64::from(length)) as u32
}

/// An argument as an index of a string; another one if it is `undefined`.
fn clamped(vm: &mut Vm, position: Value, length: u32, default: u32) -> Completion<u32> {
    if position.is_undefined() {
        return Ok(default);
    }
    Ok(clamp(to_integer_or_infinity(vm, position)?, length))
}

/// Like [`clamped`], but negative positions count from the end.
fn relative(vm: &mut Vm, position: Value, length: u32, default: u32) -> Completion<u32> {
    if position.is_undefined() {
        return Ok(default);
    }
    let position = to_integer_or_infinity(vm, position)?;
    Ok(clamp(if position < 0.0 { position + f64::from(length) } else { position }, length))
}

/// A part of a string as a value.
fn part(vm: &Vm, string: Gc<JsString>, start: u32, end: u32) -> Value {
    if start >= end {
        return Value::cell(vm.memory.empty_string());
    }
    if start + 1 == end {
        return Value::cell(vm.memory.unit_string(string, start));
    }
    Value::cell(string.substring(&vm.memory, start, end))
}

/// `IsRegExp` (§7.2.8)
pub(super) fn is_regexp(vm: &mut Vm, value: Value) -> Completion<bool> {
    let Some(object) = as_object(value) else { return Ok(false) };
    let matcher = vm.get(object, vm.well_known_key(WellKnown::Match))?;
    if matcher.is_undefined() {
        return Ok(value.kind() == Some(kinds::REGEXP));
    }
    Ok(crate::operators::to_boolean(matcher))
}

/// What an argument that is an object has as a method of its own for a method of strings.
fn protocol(vm: &mut Vm, value: Value, symbol: WellKnown) -> Completion<Option<Value>> {
    if as_object(value).is_none() {
        return Ok(None);
    }
    vm.get_method(value, vm.well_known_key(symbol))
}
