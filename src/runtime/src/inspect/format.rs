//! `util.format`: <https://nodejs.org/api/util.html#utilformatformat-args>

use axil_engine::kinds;
use axil_engine::operators::{as_object, number_to_string, to_number, to_string};
use axil_engine::string::JsString;
use axil_engine::value::Value;
use axil_engine::vm::{Completion, Vm};

use super::{Options, inspect};

/// Values side by side; if the first is a string, what its `%` say stands in their
/// places.
///
/// # Errors
/// What the conversion of a value throws.
pub fn format(vm: &mut Vm, values: &[Value]) -> Completion<String> {
    let Some(first) = values.first().and_then(|first| first.downcast::<JsString>()) else {
        return join(vm, None, values);
    };
    let pattern = first.to_rust(&vm.memory);
    if values.len() == 1 {
        return Ok(pattern);
    }
    let mut text = String::new();
    let mut next = 1;
    let mut rest = pattern.as_str();
    while let Some(at) = rest.find('%') {
        text.push_str(&rest[..at]);
        let specifier = rest[at + 1..].chars().next();
        let length = 1 + specifier.map_or(0, char::len_utf8);
        match (specifier, values.get(next)) {
            (Some('%'), _) => text.push('%'),
            (Some(specifier @ ('s' | 'd' | 'i' | 'f' | 'j' | 'o' | 'O' | 'c')), Some(value)) => {
                text.push_str(&converted(vm, specifier, *value)?);
                next += 1;
            }
            _ => text.push_str(&rest[at..at + length]),
        }
        rest = &rest[at + length..];
    }
    text.push_str(rest);
    join(vm, Some(text), &values[next..])
}

/// A text, which may be empty, and values, with spaces between them.
fn join(vm: &mut Vm, text: Option<String>, values: &[Value]) -> Completion<String> {
    let mut is_first = text.is_none();
    let mut text = text.unwrap_or_default();
    for value in values {
        if !is_first {
            text.push(' ');
        }
        is_first = false;
        match value.downcast::<JsString>() {
            Some(string) => text.push_str(&string.to_rust(&vm.memory)),
            None => text.push_str(&inspect(vm, *value, Options::default())?),
        }
    }
    Ok(text)
}

/// A value as a specifier has it.
fn converted(vm: &mut Vm, specifier: char, value: Value) -> Completion<String> {
    let is_symbol = value.kind() == Some(kinds::SYMBOL);
    let is_bigint = value.kind() == Some(kinds::BIGINT);
    match specifier {
        's' => as_text(vm, value),
        'd' | 'i' | 'f' if is_symbol => Ok("NaN".to_owned()),
        'd' | 'i' if is_bigint => inspect(vm, value, Options::default()),
        'd' => {
            let number = to_number(vm, value)?;
            inspect(vm, Value::number(number), Options::default())
        }
        'i' | 'f' => {
            let name = if specifier == 'i' { "parseInt" } else { "parseFloat" };
            let (global, key) = (vm.realm().global, vm.memory.key(name));
            let parse = vm.get(global, key)?;
            let number = vm.call(parse, Value::UNDEFINED, &[value])?;
            inspect(vm, number, Options::default())
        }
        'j' => as_json(vm, value),
        'o' => {
            inspect(vm, value, Options { show_hidden: true, depth: Some(4), ..Options::default() })
        }
        'c' => Ok(String::new()),
        _ => inspect(vm, value, Options::default()),
    }
}

/// `%s`: like `String`, but objects without a `toString` of their own are inspected.
fn as_text(vm: &mut Vm, value: Value) -> Completion<String> {
    let shown = Options { depth: Some(0), ..Options::default() };
    if value.is_number() || matches!(value.kind(), Some(kinds::BIGINT | kinds::SYMBOL)) {
        return inspect(vm, value, shown);
    }
    // Typed arrays have a `toString` of a class that has no global name.
    let is_excepted =
        axil_engine::operators::is_callable(value) || value.kind() == Some(kinds::TYPED_ARRAY);
    if let Some(object) = as_object(value).filter(|_| !is_excepted)
        && has_builtin_to_string(vm, object)?
    {
        return inspect(vm, value, shown);
    }
    Ok(to_string(vm, value)?.to_rust(&vm.memory))
}

/// Whether what turns an object into a string is no program's.
fn has_builtin_to_string(
    vm: &mut Vm,
    object: axil_engine::heap::Gc<axil_engine::object::Object>,
) -> Completion<bool> {
    let keys =
        [vm.memory.key("toString"), vm.well_known_key(axil_engine::vm::WellKnown::ToPrimitive)];
    let mut at = Some(object);
    while let Some(holder) = at {
        for key in keys {
            if let Some(own) = vm.get_own_property(holder, key)? {
                let code = own.value.and_then(Value::kind);
                return Ok(code != Some(kinds::FUNCTION));
            }
        }
        at = vm.get_prototype_of(holder)?;
    }
    Ok(true)
}

/// `%j`
fn as_json(vm: &mut Vm, value: Value) -> Completion<String> {
    let (global, key) = (vm.realm().global, vm.memory.key("JSON"));
    let Some(json) = as_object(vm.get(global, key)?) else {
        return Err(vm.throw_error("JSON is not built yet, and so there is no %j"));
    };
    let key = vm.memory.key("stringify");
    let text = vm.invoke(Value::cell(json), key, &[value])?;
    Ok(match text.downcast::<JsString>() {
        Some(text) => text.to_rust(&vm.memory),
        None => text.as_number().map_or_else(|| "undefined".to_owned(), number_to_string),
    })
}
