//! `util.format`: <https://nodejs.org/api/util.html#utilformatformat-args>

use axil_engine::heap::Gc;
use axil_engine::kinds;
use axil_engine::object::{Object, Proxy};
use axil_engine::operators::{as_object, is_callable, to_number, to_string};
use axil_engine::string::{JsString, PropertyKey};
use axil_engine::value::Value;
use axil_engine::vm::{Completion, Vm, WellKnown};

use super::constructor::is_builtin_class;
use super::primitive::{group, number_text};
use super::{Compact, Options, Request, Settings, inspect};

/// Values side by side; if the first is a string, what its `%` say stands in their
/// places. Without a request, values are shown as `util.inspect` shows them.
///
/// # Errors
/// What the conversion of a value throws.
pub fn format(vm: &mut Vm, values: &[Value], request: Option<Request>) -> Completion<String> {
    let Some(first) = values.first().and_then(|first| first.downcast::<JsString>()) else {
        return join(vm, None, values, request);
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
                text.push_str(&converted(vm, specifier, *value, request)?);
                next += 1;
            }
            _ => text.push_str(&rest[at..at + length]),
        }
        rest = &rest[at + length..];
    }
    text.push_str(rest);
    join(vm, Some(text), &values[next..], request)
}

/// Whether the digits of numbers are grouped.
fn groups_digits(vm: &mut Vm, request: Option<Request>) -> Completion<bool> {
    let has_defaults = Settings::of(vm).is_some_and(|it| it.defaults.borrow().is_some());
    if request.is_none() && !has_defaults {
        return Ok(false);
    }
    Ok(request_or_default(vm, request)?.options.numeric_separator)
}

/// The request of a call, or the one that `inspect.defaultOptions` makes.
fn request_or_default(vm: &mut Vm, request: Option<Request>) -> Completion<Request> {
    match request {
        Some(request) => Ok(request),
        None => Request::new(vm),
    }
}

/// A text, which may be empty, and values, with spaces between them.
fn join(
    vm: &mut Vm,
    text: Option<String>,
    values: &[Value],
    request: Option<Request>,
) -> Completion<String> {
    let mut is_first = text.is_none();
    let mut text = text.unwrap_or_default();
    for value in values {
        if !is_first {
            text.push(' ');
        }
        is_first = false;
        match value.downcast::<JsString>() {
            Some(string) => text.push_str(&string.to_rust(&vm.memory)),
            None => {
                let request = request_or_default(vm, request)?;
                text.push_str(&inspect(vm, *value, request)?);
            }
        }
    }
    Ok(text)
}

/// A value as a specifier has it.
fn converted(
    vm: &mut Vm,
    specifier: char,
    value: Value,
    request: Option<Request>,
) -> Completion<String> {
    let is_grouped = groups_digits(vm, request)?;
    let is_symbol = value.kind() == Some(kinds::SYMBOL);
    let is_bigint = value.kind() == Some(kinds::BIGINT);
    match specifier {
        's' => as_text(vm, value, request),
        'd' | 'i' | 'f' if is_symbol => Ok("NaN".to_owned()),
        'd' | 'i' if is_bigint => Ok(bigint_text(&vm.display(value), is_grouped)),
        'd' => Ok(number_text(to_number(vm, value)?, is_grouped)),
        'i' | 'f' => {
            let name = if specifier == 'i' { "parseInt" } else { "parseFloat" };
            let (global, key) = (vm.realm().global, vm.memory.literal_key(name));
            let parse = vm.get(global, key)?;
            let number = vm.call(parse, Value::UNDEFINED, &[value])?;
            Ok(number_text(number.as_number().unwrap_or(f64::NAN), is_grouped))
        }
        'j' => as_json(vm, value),
        'c' => Ok(String::new()),
        'o' => {
            let request = request_or_default(vm, request)?;
            let depth = Some(4.0);
            let options = Options { show_hidden: true, show_proxy: true, depth, ..request.options };
            inspect(vm, value, Request { options, ..request })
        }
        _ => {
            let request = request_or_default(vm, request)?;
            inspect(vm, value, request)
        }
    }
}

/// The digits of a big integer, in groups of three if that is wanted.
fn bigint_text(digits: &str, is_grouped: bool) -> String {
    if is_grouped { format!("{}n", group(digits)) } else { format!("{digits}n") }
}

/// `%s`: like `String`, but objects without a `toString` of their own are inspected.
fn as_text(vm: &mut Vm, value: Value, request: Option<Request>) -> Completion<String> {
    let is_grouped = groups_digits(vm, request)?;
    if let Some(number) = value.as_number() {
        return Ok(number_text(number, is_grouped));
    }
    if value.kind() == Some(kinds::BIGINT) {
        return Ok(bigint_text(&vm.display(value), is_grouped));
    }
    if value.kind() == Some(kinds::SYMBOL) {
        return Ok(vm.display(value));
    }
    if let Some(object) = as_object(value).filter(|_| !is_callable(value))
        && has_builtin_to_string(vm, object)?
    {
        let request = request_or_default(vm, request)?;
        let (depth, compact) = (Some(0.0), Compact::Levels(3.0));
        let options = Options { depth, compact, colors: false, ..request.options };
        return inspect(vm, value, Request { options, ..request });
    }
    Ok(to_string(vm, value)?.to_rust(&vm.memory))
}

/// Whether what turns an object into a string is no program's.
fn has_builtin_to_string(vm: &mut Vm, object: Gc<Object>) -> Completion<bool> {
    let mut object = object;
    while let Some(proxy) = Value::cell(object).downcast::<Proxy>() {
        let Some((target, _)) = proxy.ends() else { return Ok(true) };
        object = target;
    }
    let to_primitive = vm.well_known_key(WellKnown::ToPrimitive);
    if is_callable(vm.get(object, to_primitive)?) && !has_of_builtin(vm, object, to_primitive)? {
        return Ok(false);
    }
    let key = vm.memory.literal_key("toString");
    if !is_callable(vm.get(object, key)?) {
        return Ok(true);
    }
    has_of_builtin(vm, object, key)
}

/// Whether what an object has as a property is that of a class of the language.
fn has_of_builtin(vm: &mut Vm, object: Gc<Object>, key: PropertyKey) -> Completion<bool> {
    if vm.has_own_property(object, key)? {
        return Ok(false);
    }
    let mut at = vm.get_prototype_of(object)?;
    while let Some(holder) = at {
        if vm.has_own_property(holder, key)? {
            let constructor = vm.memory.keys().constructor;
            let own = vm.get_own_property(holder, constructor)?.and_then(|own| own.value);
            let Some(constructor) = own.filter(|own| is_callable(*own)).and_then(as_object) else {
                return Ok(false);
            };
            let name = vm.memory.keys().name;
            let name = vm.get(constructor, name)?;
            let name = name.downcast::<JsString>().map(|name| name.to_rust(&vm.memory));
            return Ok(name.is_some_and(|name| is_builtin_class(&name)));
        }
        at = vm.get_prototype_of(holder)?;
    }
    Ok(true)
}

/// `%j`
fn as_json(vm: &mut Vm, value: Value) -> Completion<String> {
    const CIRCULAR: &str = "Converting circular structure to JSON";
    let (global, key) = (vm.realm().global, vm.memory.literal_key("JSON"));
    let json = vm.get(global, key)?;
    let key = vm.memory.literal_key("stringify");
    match vm.invoke(json, key, &[value]) {
        Ok(text) => Ok(match text.downcast::<JsString>() {
            Some(text) => text.to_rust(&vm.memory),
            None => "undefined".to_owned(),
        }),
        Err(throw) => {
            let exception = vm.take_exception();
            let mut is_circular = false;
            if let Some(error) = as_object(exception) {
                let key = vm.memory.keys().message;
                let message = vm.get(error, key)?;
                is_circular = exception.kind() == Some(kinds::ERROR)
                    && vm.display(message).starts_with(CIRCULAR);
            }
            if is_circular {
                return Ok("[Circular]".to_owned());
            }
            let _ = throw;
            Err(vm.throw(exception))
        }
    }
}
