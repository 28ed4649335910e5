//! Frames of a stack trace as people read them, in V8's words.
//!
//! <https://v8.dev/docs/stack-trace-api>

use super::stack_trace::{Frame, HostFrame, Skip};
use super::{Completion, NativeFunction, Vm, WellKnown};
use crate::bytecode::CodeFlags;
use crate::heap::Gc;
use crate::kinds;
use crate::object::{Attributes, Elements, Function, Object};
use crate::operators::as_object;
use crate::string::{JsString, PropertyKey};
use crate::value::Value;

/// How the name of a source text begins that a program has evaluated.
const EVAL_ORIGIN: &str = "eval at ";

/// A place in a source text: its name, line and column, counted from one.
pub(crate) struct Place {
    pub(crate) file: String,
    pub(crate) line: u32,
    pub(crate) column: u32,
    /// In UTF-16 units from the beginning.
    pub(crate) offset: u32,
}

impl Frame {
    /// Where it is; none for a native function.
    pub(crate) fn place(&self, vm: &Vm) -> Option<Place> {
        if let Some(HostFrame { file, line, column, .. }) = self.host(vm) {
            return Some(Place { file: (*file).into(), line: *line, column: *column, offset: 0 });
        }
        let code = self.function.downcast::<Function>()?.code;
        Some(place_at(&code.source, code.offset_of(self.instruction)))
    }

    /// Where its function begins.
    pub(crate) fn function_place(&self) -> Option<Place> {
        let code = self.function.downcast::<Function>()?.code;
        Some(place_at(&code.source, code.span.0))
    }

    /// Whether it is all of the code of an `eval` or of the `Function` constructor.
    pub(crate) fn is_eval(&self) -> bool {
        let function = self.function.downcast::<Function>();
        function.is_some_and(|function| {
            let code = function.code;
            code.source.name().starts_with(EVAL_ORIGIN) && code.span.0 <= 1
        })
    }

    /// Whether it is of a program that another has evaluated.
    fn is_in_eval(&self) -> bool {
        let function = self.function.downcast::<Function>();
        function.is_some_and(|function| function.code.source.name().starts_with(EVAL_ORIGIN))
    }

    /// Whether it is a native function's.
    pub(crate) fn is_native(&self) -> bool {
        self.function.as_int().is_none() && self.function.kind() != Some(kinds::FUNCTION)
    }
}

fn place_at(source: &axil_grammar::Source, offset: u32) -> Place {
    let position = source.position(offset);
    Place {
        file: source.name().to_owned(),
        line: position.line,
        column: position.column + 1,
        offset,
    }
}

/// Names of texts that are longer, in bytes, do not become part of other names.
const MOST_ORIGIN: usize = 4 << 10;

impl Vm {
    /// `stack`: what the error says, and a line a frame.
    pub(crate) fn stack_text(&mut self, error: Gc<Object>, frames: Gc<Elements>) -> String {
        let mut text = self.error_text(error);
        for index in 0..Frame::count(frames) {
            text.push_str("\n    at ");
            text.push_str(&self.frame_text(Frame::of(frames, index)));
        }
        text
    }

    /// What a source text is called that the running code evaluates.
    pub(super) fn eval_origin(&mut self) -> String {
        let frames = self.capture_frames(3, Skip::Nothing);
        let frames = (0..Frame::count(frames)).map(|index| Frame::of(frames, index));
        let Some(frame) = frames.into_iter().find(|frame| !frame.is_native()) else {
            return format!("{EVAL_ORIGIN}<anonymous>");
        };
        let name =
            if frame.is_eval() { Some("eval".to_owned()) } else { self.frame_function_name(frame) };
        let name = name.unwrap_or_else(|| "<anonymous>".to_owned());
        let place = frame.place(self).map_or_else(String::new, |place| {
            let Place { file, line, column, .. } = place;
            // Each level has the names of all around it.
            let file = if file.len() > MOST_ORIGIN { "…" } else { &file };
            format!(" ({file}:{line}:{column})")
        });
        format!("{EVAL_ORIGIN}{name}{place}, <anonymous>")
    }

    /// Has the stack of an error begin with its `code` in brackets behind its name, as those
    /// of Node.js do: `TypeError [ERR_INVALID_ARG_TYPE]: …`.
    pub fn show_code_in_stack(&mut self, error: Gc<Object>) {
        let key = PropertyKey::symbol(self.symbols.coded());
        if error.own_property(&self.memory, key).is_none() {
            error.add_property(&self.memory, key, Value::TRUE, Attributes::empty());
        }
    }

    /// An error as `toString` gives it. If that throws, its name is all that is said.
    fn error_text(&mut self, error: Gc<Object>) -> String {
        let key = PropertyKey::symbol(self.symbols.coded());
        let is_coded = error.own_property(&self.memory, key).is_some();
        let mut read = |name: &str, default: &str| -> Completion<String> {
            let value = self.get(error, self.memory.key(name))?;
            if value.is_undefined() {
                return Ok(default.to_owned());
            }
            Ok(crate::operators::to_string(self, value)?.to_rust(&self.memory))
        };
        let texts = read("name", "Error").and_then(|name| {
            let name = if is_coded { format!("{name} [{}]", read("code", "")?) } else { name };
            Ok((name, read("message", "")?))
        });
        match texts {
            Ok((name, message)) if message.is_empty() => name,
            Ok((name, message)) if name.is_empty() => message,
            Ok((name, message)) => format!("{name}: {message}"),
            Err(_) => {
                self.take_exception();
                "Error".to_owned()
            }
        }
    }

    /// A frame in a line.
    pub(crate) fn frame_text(&mut self, frame: Frame) -> String {
        let location = match frame.place(self) {
            Some(place) => format!("{}:{}:{}", place.file, place.line, place.column),
            None => "<anonymous>".to_owned(),
        };
        let name = if frame.is_eval() {
            "eval".to_owned()
        } else {
            let name = self.frame_function_name(frame).unwrap_or_default();
            if name.is_empty() && frame.is_in_eval() { "eval".to_owned() } else { name }
        };
        let prefix = if frame.is_async { "async " } else { "" };
        let call = if frame.is_constructor {
            let name = if name.is_empty() { "<anonymous>" } else { &name };
            format!("new {name}")
        } else if frame.is_eval() || self.frame_is_toplevel(frame) {
            name
        } else {
            self.method_call(frame, &name)
        };
        if call.is_empty() {
            format!("{prefix}{location}")
        } else {
            format!("{prefix}{call} ({location})")
        }
    }

    /// `Type.name [as method]`
    fn method_call(&mut self, frame: Frame, name: &str) -> String {
        let type_name = self.frame_type_name(frame).unwrap_or_default();
        let method = self.frame_method_name(frame);
        if name.is_empty() {
            let method = method.unwrap_or_else(|| "<anonymous>".to_owned());
            return if type_name.is_empty() { method } else { format!("{type_name}.{method}") };
        }
        let mut text = String::new();
        if !type_name.is_empty() && is_identifier(name) {
            text.push_str(&type_name);
            text.push('.');
        }
        text.push_str(name);
        if let Some(method) = method.filter(|method| !ends_with_method(name, method)) {
            text.push_str(&format!(" [as {method}]"));
        }
        text
    }

    /// Whether the function was called without an object.
    pub(crate) fn frame_is_toplevel(&self, frame: Frame) -> bool {
        if let Some(host) = frame.host(self) {
            return host.receiver.is_none();
        }
        frame.this.is_nullish() || frame.this == Value::cell(self.realm().global)
    }

    /// The name of a frame's function.
    pub(crate) fn frame_function_name(&self, frame: Frame) -> Option<String> {
        if let Some(host) = frame.host(self) {
            return Some(host.function.to_owned());
        }
        let own = as_object(frame.function).and_then(|function| self.own_name(function));
        let given = || match frame.function.downcast::<Function>() {
            Some(function) => Some(function.code.name),
            None => frame.function.downcast::<NativeFunction>().map(|native| native.name),
        };
        let name = own.or_else(given).map(|name| name.to_rust(&self.memory));
        name.filter(|name| !name.is_empty()).or_else(|| {
            let function = frame.function.downcast::<Function>()?;
            function.code.inferred_name.as_deref().map(str::to_owned)
        })
    }

    /// What a function's own property `name` says, if it is a string.
    fn own_name(&self, function: Gc<Object>) -> Option<Gc<JsString>> {
        let property = function.own_property(&self.memory, self.memory.keys().name)?;
        let is_data = !property.attributes.is_accessor();
        let name = is_data.then(|| function.get_slot(&self.memory, property.slot))?;
        name.downcast::<JsString>()
    }

    /// What a function is called as that whose method something is.
    fn name_of_receiver(&self, receiver: Gc<Object>) -> String {
        let own = self.own_name(receiver);
        let given = Value::cell(receiver).downcast::<Function>().filter(|function| {
            // A function that nobody has looked at has no property yet.
            receiver.is_exotic() || function.code.flags.contains(CodeFlags::CLASS_CONSTRUCTOR)
        });
        let name = own.or_else(|| given.map(|function| function.code.name));
        let name = name.map(|name| name.to_rust(&self.memory)).filter(|name| !name.is_empty());
        name.unwrap_or_else(|| "Function".to_owned())
    }

    /// The name of the class of `this`.
    pub(crate) fn frame_type_name(&self, frame: Frame) -> Option<String> {
        if self.frame_is_toplevel(frame) {
            return None;
        }
        if let Some(host) = frame.host(self) {
            return host.receiver.map(str::to_owned);
        }
        let this = frame.this;
        if matches!(this.kind(), Some(kinds::FUNCTION | kinds::NATIVE_FUNCTION)) {
            return as_object(this).map(|receiver| self.name_of_receiver(receiver));
        }
        let name = match this.kind() {
            Some(kinds::STRING) => "String",
            Some(kinds::SYMBOL) => "Symbol",
            Some(kinds::BIGINT) => "BigInt",
            Some(kinds::BOUND_FUNCTION) => "Function",
            _ if this.is_number() => "Number",
            _ if this.is_bool() => "Boolean",
            Some(kinds::COROUTINE) => {
                let function = Value::cell(this.downcast::<super::Coroutine>()?.function);
                let name = self.frame_function_name(Frame { function, ..frame });
                return Some(name.unwrap_or_else(|| "Object".to_owned()));
            }
            _ => {
                let tag = self.find_data_of_key(this, self.well_known_key(WellKnown::ToStringTag));
                let tag = tag.and_then(Value::downcast::<JsString>);
                let tag = tag.map(|tag| tag.to_rust(&self.memory)).filter(|tag| !tag.is_empty());
                return Some(tag.unwrap_or_else(|| self.constructor_name(this)));
            }
        };
        Some(name.to_owned())
    }

    /// The name of the property of `this` that the function is, if it is one.
    pub(crate) fn frame_method_name(&self, frame: Frame) -> Option<String> {
        let (mut at, mut found) = (as_object(frame.this), None::<PropertyKey>);
        let name = self.frame_function_name(frame).map(|name| self.memory.key(&name));
        while let Some(holder) = at {
            if let Some(name) = name.filter(|name| self.is_method(holder, *name, frame.function)) {
                return Some(self.display_key(name));
            }
            let mut count = 0;
            holder.shape(&self.memory).each_property(|key, _| {
                // V8 looks among those that can be enumerated.
                let is_enumerable = holder
                    .own_property(&self.memory, key)
                    .is_some_and(|property| property.attributes.is_enumerable());
                if key.as_symbol().is_none()
                    && is_enumerable
                    && self.is_method(holder, key, frame.function)
                {
                    found = Some(key);
                    count += 1;
                }
            });
            if count > 1 {
                return None;
            }
            at = if found.is_some() { None } else { holder.prototype(&self.memory) };
        }
        found.map(|key| self.display_key(key))
    }

    fn is_method(&self, holder: Gc<Object>, key: PropertyKey, function: Value) -> bool {
        holder.own_property(&self.memory, key).is_some_and(|property| {
            !property.attributes.is_accessor()
                && holder.get_slot(&self.memory, property.slot) == function
        })
    }
}

/// Whether the last word of a function's name is the method's name.
fn ends_with_method(name: &str, method: &str) -> bool {
    let before = name.strip_suffix(method);
    before.is_some_and(|before| before.is_empty() || before.ends_with(['.', ' ']))
}

/// Whether a name could stand in a program without quotation marks.
fn is_identifier(name: &str) -> bool {
    let is_start = |c: char| c.is_alphabetic() || c == '_' || c == '$';
    let mut characters = name.chars();
    characters.next().is_some_and(is_start)
        && characters.all(|c| is_start(c) || c.is_alphanumeric())
}
