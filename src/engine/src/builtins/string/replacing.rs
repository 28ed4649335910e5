//! Replacement in strings (ECMA-262 §22.1.3.19, §22.1.3.20).

use super::{Text, is_regexp, protocol, require_this};
use crate::builtins::{Entry, function};
use crate::heap::Gc;
use crate::object::Object;
use crate::operators::{is_callable, to_string};
use crate::string::JsString;
use crate::value::Value;
use crate::vm::{Arguments, Completion, Vm, WellKnown};

pub(super) const PROTOTYPE: &[Entry] = &[
    function("replace", 2, |vm, arguments| {
        let this = require_this(vm, arguments, "replace")?;
        replace(vm, this, arguments, false)
    }),
    function("replaceAll", 2, |vm, arguments| {
        let this = require_this(vm, arguments, "replaceAll")?;
        if is_regexp(vm, arguments.get(0))? {
            require_global(vm, arguments.get(0), "replaceAll")?;
        }
        replace(vm, this, arguments, true)
    }),
];

/// Throws if a regular expression would be looked for only once.
pub(super) fn require_global(vm: &mut Vm, regexp: Value, method: &str) -> Completion<()> {
    let flags = vm.get_of_value(regexp, vm.memory.literal_key("flags"))?;
    if flags.is_nullish() {
        let message = format!("String.prototype.{method} called on null or undefined");
        return Err(vm.throw_type_error(&message));
    }
    let flags = to_string(vm, flags)?;
    if flags.units(&vm.memory).iter().any(|unit| unit == u16::from(b'g')) {
        return Ok(());
    }
    let message = format!("String.prototype.{method} called with a non-global RegExp argument");
    Err(vm.throw_type_error(&message))
}

/// Replaces a text where it stands first, or wherever it stands.
fn replace(vm: &mut Vm, this: Value, arguments: Arguments<'_>, all: bool) -> Completion {
    let (pattern, replacement) = (arguments.get(0), arguments.get(1));
    if let Some(replacer) = protocol(vm, pattern, WellKnown::Replace)? {
        return vm.call(replacer, pattern, &[this, replacement]);
    }
    let string = to_string(vm, this)?;
    let needle = to_string(vm, pattern)?;
    let template = if is_callable(replacement) { None } else { Some(to_string(vm, replacement)?) };
    let (mut text, mut end) = (Text::default(), 0);
    let mut next = find(vm, needle, string, 0);
    if next.is_none() {
        return Ok(Value::cell(string));
    }
    while let Some(found) = next {
        text.push(string.units(&vm.memory).slice(end, found));
        match template {
            Some(template) => {
                substitute(vm, &mut text, (string, needle, found), &[], None, template)?;
            }
            None => {
                let position = Value::int(found as i32);
                let arguments = [Value::cell(needle), position, Value::cell(string)];
                let result = vm.call(replacement, Value::UNDEFINED, &arguments)?;
                let result = to_string(vm, result)?;
                text.push(result.units(&vm.memory));
            }
        }
        text.check(vm)?;
        end = found + needle.len() as usize;
        // An empty text stands between all units.
        next = if all { find(vm, needle, string, end.max(found + 1)) } else { None };
    }
    text.push(string.units(&vm.memory).slice(end, string.len() as usize));
    text.finish(vm)
}

fn find(vm: &Vm, needle: Gc<JsString>, string: Gc<JsString>, from: usize) -> Option<usize> {
    needle.units(&vm.memory).find_in(string.units(&vm.memory), from)
}

/// `GetSubstitution` (§22.1.3.19.1): `captures` are strings or `undefined`.
pub(crate) fn substitute(
    vm: &mut Vm,
    text: &mut Text,
    (string, matched, position): (Gc<JsString>, Gc<JsString>, usize),
    captures: &[Value],
    named: Option<Gc<Object>>,
    template: Gc<JsString>,
) -> Completion<()> {
    const DOLLAR: u16 = b'$' as u16;
    let whole = string.units(&vm.memory);
    let units = template.units(&vm.memory);
    let digit = |at: usize| {
        let unit = units.get(at)?;
        char::from_u32(u32::from(unit))?.to_digit(10).map(|digit| digit as usize)
    };
    let mut index = 0;
    while index < units.len() {
        let unit = units.at(index);
        let reference = units.get(index + 1).filter(|_| unit == DOLLAR);
        let mut length = 2;
        match reference.and_then(|unit| u8::try_from(unit).ok()) {
            Some(b'$') => text.push_unit(DOLLAR),
            Some(b'&') => text.push(matched.units(&vm.memory)),
            Some(b'`') => text.push(whole.slice(0, position)),
            Some(b'\'') => {
                let end = position + matched.len() as usize;
                text.push(whole.slice(end.min(whole.len()), whole.len()));
            }
            Some(b'0'..=b'9') => {
                // Two digits, if there are so many groups; else one.
                let one = digit(index + 1).unwrap_or(0);
                let two = digit(index + 2).map(|second| one * 10 + second);
                let two = two.filter(|number| (1..=captures.len()).contains(number));
                let number = two.unwrap_or(one);
                length = if two.is_some() { 3 } else { 2 };
                match number.checked_sub(1).and_then(|number| captures.get(number)) {
                    Some(capture) => {
                        if let Some(capture) = capture.downcast::<JsString>() {
                            text.push(capture.units(&vm.memory));
                        }
                    }
                    None => text.push(units.slice(index, index + length)),
                }
            }
            Some(b'<') => match (
                named,
                units.slice(index, units.len()).iter().position(|unit| unit == u16::from(b'>')),
            ) {
                (Some(named), Some(end)) => {
                    length = end + 1;
                    let name =
                        template.substring(&vm.memory, index as u32 + 2, (index + end) as u32);
                    let capture = vm.get(named, vm.memory.key_of_string(name))?;
                    if !capture.is_undefined() {
                        let capture = to_string(vm, capture)?;
                        text.push(capture.units(&vm.memory));
                    }
                }
                _ => text.push(units.slice(index, index + 2)),
            },
            _ => {
                text.push_unit(unit);
                length = 1;
            }
        }
        index += length;
        text.check(vm)?;
    }
    Ok(())
}
