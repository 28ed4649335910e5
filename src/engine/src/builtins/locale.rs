//! What methods that heed languages are told: languages, and options (ECMA-402 §9.2).

use icu_locale_core::Locale;

use crate::heap::Gc;
use crate::object::Object;
use crate::operators::{as_object, to_boolean, to_number, to_string};
use crate::string::JsString;
use crate::value::Value;
use crate::vm::{Completion, Vm};

/// `GetOption` (ECMA-402 §9.2.11) of a text that is one of some.
pub(super) fn text_option(
    vm: &mut Vm,
    options: Gc<Object>,
    method: &str,
    name: &str,
    allowed: &[&'static str],
) -> Completion<Option<&'static str>> {
    let value = vm.get(options, vm.memory.key(name))?;
    if value.is_undefined() {
        return Ok(None);
    }
    let text = to_string(vm, value)?.to_rust(&vm.memory);
    match allowed.iter().find(|allowed| **allowed == text) {
        Some(found) => Ok(Some(found)),
        None => {
            let message = format!("Value {text} out of range for {method} options property {name}");
            Err(vm.throw_range_error(&message))
        }
    }
}

/// The first of the languages that are asked for (`CanonicalizeLocaleList`, ECMA-402
/// §9.2.1); none for the default.
pub(super) fn requested_locale(vm: &mut Vm, locales: Value) -> Completion<Option<Locale>> {
    if locales.is_undefined() {
        return Ok(None);
    }
    if let Some(tag) = locales.downcast::<JsString>() {
        return parse_locale(vm, tag).map(Some);
    }
    if locales.is_null() {
        return Err(vm.throw_type_error("Cannot convert undefined or null to object"));
    }
    let list = vm.to_object(locales)?;
    let length = vm.length_of_array_like(list)?;
    let (mut first, mut index) = (None, 0.0);
    while index < length {
        let key = vm.memory.key_of_index(index);
        index += 1.0;
        if !vm.has_property(list, key)? {
            continue;
        }
        let tag = vm.get(list, key)?;
        if as_object(tag).is_none() && tag.downcast::<JsString>().is_none() {
            return Err(vm.throw_type_error("Language ID should be string or object."));
        }
        let tag = to_string(vm, tag)?;
        let locale = parse_locale(vm, tag)?;
        first = first.or(Some(locale));
    }
    Ok(first)
}

fn parse_locale(vm: &mut Vm, tag: Gc<JsString>) -> Completion<Locale> {
    let text = tag.to_rust(&vm.memory);
    Locale::try_from_str(&text)
        .map_err(|_| vm.throw_range_error(&format!("Invalid language tag: {text}")))
}

/// `GetOption` (ECMA-402 §9.2.11) of a truth value; None where it is not given.
pub(super) fn boolean_option(
    vm: &mut Vm,
    options: Gc<Object>,
    name: &str,
) -> Completion<Option<bool>> {
    let value = vm.get(options, vm.memory.key(name))?;
    Ok((!value.is_undefined()).then(|| to_boolean(value)))
}

/// `GetNumberOption` (ECMA-402 §9.2.13); None where it is not given.
pub(super) fn number_option(
    vm: &mut Vm,
    options: Gc<Object>,
    name: &str,
    (least, most): (usize, usize),
) -> Completion<Option<usize>> {
    let value = vm.get(options, vm.memory.key(name))?;
    if value.is_undefined() {
        return Ok(None);
    }
    let number = to_number(vm, value)?;
    if !(least as f64..=most as f64).contains(&number) {
        return Err(vm.throw_range_error(&format!("{name} value is out of range.")));
    }
    Ok(Some(number as usize))
}

/// The options that a method was given; None for none at all.
pub(super) fn options_object(
    vm: &mut Vm,
    options: Value,
    method: &str,
) -> Completion<Option<Gc<Object>>> {
    if options.is_undefined() {
        return Ok(None);
    }
    if options.is_null() {
        return Err(vm.throw_type_error(&format!("{method} called on null or undefined")));
    }
    vm.to_object(options).map(Some)
}
