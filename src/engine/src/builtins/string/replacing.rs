//! Replacement in strings (ECMA-262 §22.1.3.19, §22.1.3.20).

use super::{Text, is_regexp, protocol, require_this};
use crate::builtins::{Entry, function};
use crate::heap::Gc;
use crate::operators::{is_callable, to_string};
use crate::string::{JsString, Units};
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
            require_global(vm, arguments.get(0))?;
        }
        replace(vm, this, arguments, true)
    }),
];

/// Throws if a regular expression would be looked for only once.
fn require_global(vm: &mut Vm, regexp: Value) -> Completion<()> {
    let flags = vm.get_of_value(regexp, vm.memory.key("flags"))?;
    if flags.is_nullish() {
        let message = "String.prototype.replaceAll called on null or undefined";
        return Err(vm.throw_type_error(message));
    }
    let flags = to_string(vm, flags)?;
    if flags.units(&vm.memory).iter().any(|unit| unit == u16::from(b'g')) {
        return Ok(());
    }
    let message = "String.prototype.replaceAll called with a non-global RegExp argument";
    Err(vm.throw_type_error(message))
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
            Some(template) => substitute(vm, &mut text, (string, needle, found), template),
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

/// `GetSubstitution` (§22.1.3.19.1), without captures.
fn substitute(
    vm: &Vm,
    text: &mut Text,
    (string, needle, position): (Gc<JsString>, Gc<JsString>, usize),
    template: Gc<JsString>,
) {
    const DOLLAR: u16 = b'$' as u16;
    let (string, template) = (string.units(&vm.memory), template.units(&vm.memory));
    let mut index = 0;
    while index < template.len() {
        let unit = template.at(index);
        let reference = template.get(index + 1).filter(|_| unit == DOLLAR);
        let part = match reference.and_then(|unit| u8::try_from(unit).ok()) {
            Some(b'$') => Units::Latin1(b"$"),
            Some(b'&') => needle.units(&vm.memory),
            Some(b'`') => string.slice(0, position),
            Some(b'\'') => string.slice(position + needle.len() as usize, string.len()),
            _ => {
                text.push_unit(unit);
                index += 1;
                continue;
            }
        };
        text.push(part);
        index += 2;
    }
}
