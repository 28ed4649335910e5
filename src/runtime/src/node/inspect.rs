//! `util.inspect` and `util.format`: the native half of `internal/inspect.js`.

use axil_engine::heap::Gc;
use axil_engine::object::Object;
use axil_engine::operators::{as_object, to_boolean};
use axil_engine::string::JsString;
use axil_engine::value::Value;
use axil_engine::vm::{Arguments, Completion, Vm};

use crate::inspect::{Request, Settings, columns, format, inspect, without_control_sequences};
use crate::native::{Row, define_functions, integer, string, text};
use crate::runtime;

const FUNCTIONS: &[Row] = &[
    // inspect(value, options); once there was inspect(value, showHidden, depth, colors).
    ("inspect", 2, inspect_function),
    // format(…values)
    ("format", 0, |vm, arguments| {
        let values = arguments.from(0);
        // A string alone is what it is.
        if let [value] = values
            && value.downcast::<JsString>().is_some()
        {
            return Ok(*value);
        }
        let text = format(vm, values, None)?;
        Ok(string(vm, &text))
    }),
    // print(descriptor, …values): a line on standard output or standard error.
    ("print", 1, |vm, arguments| {
        let to_error = integer(arguments, 0) == 2;
        let mut text = format(vm, arguments.from(1), None)?;
        text.push('\n');
        crate::console::write_bytes(to_error, text.as_bytes());
        Ok(Value::UNDEFINED)
    }),
    // formatWith(options, …values)
    ("formatWith", 1, |vm, arguments| {
        let request = request(vm, arguments.get(0))?;
        let text = format(vm, arguments.from(1), Some(request))?;
        Ok(string(vm, &text))
    }),
    // keep(name, object): what programs can change for all inspections.
    ("keep", 2, |vm, arguments| {
        let name = text(vm, arguments, 0)?;
        let settings = runtime::of(vm).state(Settings::default);
        let place = match name.as_str() {
            "defaults" => &settings.defaults,
            "inspect" => &settings.inspect,
            "styles" => &settings.styles,
            "colors" => &settings.colors,
            "plain" => &settings.plain,
            _ => &settings.colored,
        };
        Settings::keep(vm, place, arguments.get(1));
        Ok(Value::UNDEFINED)
    }),
    // width(text): how many columns it takes.
    ("width", 1, |vm, arguments| {
        let text = text(vm, arguments, 0)?;
        Ok(Value::number(columns(&without_control_sequences(&text)) as f64))
    }),
    // stripControlSequences(text)
    ("stripControlSequences", 1, |vm, arguments| {
        let text = text(vm, arguments, 0)?;
        match without_control_sequences(&text) {
            std::borrow::Cow::Borrowed(_) => Ok(arguments.get(0)),
            std::borrow::Cow::Owned(plain) => Ok(string(vm, &plain)),
        }
    }),
];

/// The options of a call.
fn request(vm: &mut Vm, given: Value) -> Completion<Request> {
    let mut request = Request::new(vm)?;
    if let Some(given) = as_object(given) {
        request.read(vm, given)?;
    } else if given.is_bool() {
        request.options.show_hidden = to_boolean(given);
    }
    Ok(request)
}

fn inspect_function(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let mut request = Request::new(vm)?;
    let (depth, colors) = (arguments.get(2), arguments.get(3));
    if !depth.is_undefined() {
        request.options.depth = depth.as_number();
    }
    if !colors.is_undefined() {
        request.options.colors = to_boolean(colors);
    }
    let given = arguments.get(1);
    if let Some(given) = as_object(given) {
        request.read(vm, given)?;
    } else if given.is_bool() {
        request.options.show_hidden = to_boolean(given);
    }
    let text = inspect(vm, arguments.get(0), request)?;
    Ok(string(vm, &text))
}

pub(super) fn make(vm: &mut Vm, half: Gc<Object>) -> Completion<()> {
    define_functions(vm, half, FUNCTIONS);
    Ok(())
}
