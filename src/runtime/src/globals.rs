//! The global object's properties beside the language: what of them a program uses is made
//! when it does.
//!
//! <https://nodejs.org/api/globals.html>

use axil_engine::heap::Gc;
use axil_engine::object::{Accessor, Attributes, Object};
use axil_engine::operators::as_object;
use axil_engine::string::PropertyKey;
use axil_engine::value::Value;
use axil_engine::vm::{Arguments, Completion, NativeFunction, Vm, WellKnown};

use crate::builtin_modules;

/// How a property is attributed once it is there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Enumerable, as functions are.
    Function,
    /// Not enumerable, as classes are.
    Class,
}

/// A row: the property, the module that makes it, what it is called there, and its kind.
type Row = (&'static str, &'static str, &'static str, Kind);

const GLOBALS: &[Row] = &[
    ("console", "internal/console_global", "", Kind::Class),
    ("process", "process", "", Kind::Class),
    ("Buffer", "buffer", "Buffer", Kind::Class),
    ("Intl", "internal/intl", "", Kind::Class),
    ("clearImmediate", "timers", "clearImmediate", Kind::Function),
    ("setImmediate", "timers", "setImmediate", Kind::Function),
    ("URL", "internal/url", "URL", Kind::Class),
    ("URLSearchParams", "internal/url", "URLSearchParams", Kind::Class),
    ("DOMException", "internal/dom_exception", "DOMException", Kind::Class),
    ("QuotaExceededError", "internal/quota_exceeded_error", "QuotaExceededError", Kind::Class),
    ("AbortController", "internal/abort_controller", "AbortController", Kind::Class),
    ("AbortSignal", "internal/abort_controller", "AbortSignal", Kind::Class),
    ("Event", "internal/event_target", "Event", Kind::Class),
    ("EventTarget", "internal/event_target", "EventTarget", Kind::Class),
    ("CustomEvent", "internal/event_target", "CustomEvent", Kind::Class),
    ("TextEncoder", "internal/encoding", "TextEncoder", Kind::Class),
    ("TextDecoder", "internal/encoding", "TextDecoder", Kind::Class),
    ("Blob", "internal/blob", "Blob", Kind::Class),
    ("File", "internal/blob", "File", Kind::Class),
    ("MessageChannel", "internal/message_channel", "MessageChannel", Kind::Class),
    ("MessagePort", "internal/message_channel", "MessagePort", Kind::Class),
    ("MessageEvent", "internal/message_channel", "MessageEvent", Kind::Class),
    ("BroadcastChannel", "internal/message_channel", "BroadcastChannel", Kind::Class),
    ("ReadableStream", "internal/webstreams/readable_stream", "ReadableStream", Kind::Class),
    (
        "ReadableStreamDefaultReader",
        "internal/webstreams/readable_readers",
        "ReadableStreamDefaultReader",
        Kind::Class,
    ),
    (
        "ReadableStreamBYOBReader",
        "internal/webstreams/readable_readers",
        "ReadableStreamBYOBReader",
        Kind::Class,
    ),
    (
        "ReadableStreamBYOBRequest",
        "internal/webstreams/readable_byte_controller",
        "ReadableStreamBYOBRequest",
        Kind::Class,
    ),
    (
        "ReadableByteStreamController",
        "internal/webstreams/readable_byte_controller",
        "ReadableByteStreamController",
        Kind::Class,
    ),
    (
        "ReadableStreamDefaultController",
        "internal/webstreams/readable_default_controller",
        "ReadableStreamDefaultController",
        Kind::Class,
    ),
    ("TransformStream", "internal/webstreams/transform_stream", "TransformStream", Kind::Class),
    (
        "TransformStreamDefaultController",
        "internal/webstreams/transform_stream",
        "TransformStreamDefaultController",
        Kind::Class,
    ),
    ("WritableStream", "internal/webstreams/writable_stream", "WritableStream", Kind::Class),
    (
        "WritableStreamDefaultController",
        "internal/webstreams/writable_controller",
        "WritableStreamDefaultController",
        Kind::Class,
    ),
    (
        "WritableStreamDefaultWriter",
        "internal/webstreams/writable_stream",
        "WritableStreamDefaultWriter",
        Kind::Class,
    ),
    (
        "ByteLengthQueuingStrategy",
        "internal/webstreams/queuing_strategies",
        "ByteLengthQueuingStrategy",
        Kind::Class,
    ),
    (
        "CountQueuingStrategy",
        "internal/webstreams/queuing_strategies",
        "CountQueuingStrategy",
        Kind::Class,
    ),
    ("TextEncoderStream", "internal/webstreams/encoding_streams", "TextEncoderStream", Kind::Class),
    ("TextDecoderStream", "internal/webstreams/encoding_streams", "TextDecoderStream", Kind::Class),
    (
        "CompressionStream",
        "internal/webstreams/compression_streams",
        "CompressionStream",
        Kind::Class,
    ),
    (
        "DecompressionStream",
        "internal/webstreams/compression_streams",
        "DecompressionStream",
        Kind::Class,
    ),
    ("clearInterval", "timers", "clearInterval", Kind::Function),
    ("clearTimeout", "timers", "clearTimeout", Kind::Function),
    ("setInterval", "timers", "setInterval", Kind::Function),
    ("setTimeout", "timers", "setTimeout", Kind::Function),
    ("queueMicrotask", "internal/microtask", "queueMicrotask", Kind::Function),
    ("structuredClone", "internal/structured_clone", "structuredClone", Kind::Function),
    ("atob", "buffer", "atob", Kind::Function),
    ("btoa", "buffer", "btoa", Kind::Function),
    ("Performance", "perf_hooks", "Performance", Kind::Class),
    ("PerformanceEntry", "perf_hooks", "PerformanceEntry", Kind::Class),
    ("PerformanceMark", "perf_hooks", "PerformanceMark", Kind::Class),
    ("PerformanceMeasure", "perf_hooks", "PerformanceMeasure", Kind::Class),
    ("PerformanceObserver", "perf_hooks", "PerformanceObserver", Kind::Class),
    ("PerformanceObserverEntryList", "perf_hooks", "PerformanceObserverEntryList", Kind::Class),
    ("PerformanceResourceTiming", "perf_hooks", "PerformanceResourceTiming", Kind::Class),
    ("performance", "perf_hooks", "performance", Kind::Function),
    ("URLPattern", "internal/url_pattern", "URLPattern", Kind::Class),
    ("fetch", "internal/fetch/fetch", "fetch", Kind::Function),
    ("FormData", "internal/fetch/form_data", "FormData", Kind::Class),
    ("Headers", "internal/fetch/headers", "Headers", Kind::Class),
    ("Request", "internal/fetch/request", "Request", Kind::Class),
    ("Response", "internal/fetch/response", "Response", Kind::Class),
    ("CloseEvent", "internal/fetch/events", "CloseEvent", Kind::Class),
    ("ErrorEvent", "internal/fetch/events", "ErrorEvent", Kind::Class),
    ("navigator", "internal/navigator", "navigator", Kind::Function),
    ("Navigator", "internal/navigator", "Navigator", Kind::Class),
    ("crypto", "internal/web_crypto", "crypto", Kind::Function),
    ("Crypto", "internal/web_crypto", "Crypto", Kind::Class),
    ("CryptoKey", "internal/crypto/subtle", "CryptoKey", Kind::Class),
    ("SubtleCrypto", "internal/crypto/subtle", "SubtleCrypto", Kind::Class),
];

/// Gives the global object of the current realm what Node.js has beside the language.
pub(crate) fn install(vm: &mut Vm) {
    let global = vm.realm().global;
    let key = vm.memory.key("global");
    global.add_property(&vm.memory, key, Value::cell(global), Attributes::DATA);
    let key = vm.well_known_key(WellKnown::ToStringTag);
    let tag = Value::cell(vm.memory.string("global"));
    global.add_property(&vm.memory, key, tag, Attributes::CONFIGURABLE);
    for (name, module, _, kind) in GLOBALS {
        if !builtin_modules::is_known(module) {
            continue;
        }
        let get = vm.new_native_function(name, 0, get_lazily);
        let set = vm.new_native_function(name, 1, set_eagerly);
        let accessor = Gc::<Accessor>::deferred(&vm.memory, Value::cell(get), Value::cell(set));
        let mut attributes = Attributes::CONFIGURABLE | Attributes::ACCESSOR;
        attributes.set(Attributes::ENUMERABLE, *kind == Kind::Function);
        let key = vm.memory.key(name);
        global.add_property(&vm.memory, key, Value::cell(accessor), attributes);
    }
}

/// The row of the property whose getter or setter runs.
fn running_row(vm: &Vm, arguments: Arguments<'_>) -> Option<Row> {
    let name = arguments.callee().downcast::<NativeFunction>()?.name.to_rust(&vm.memory);
    GLOBALS.iter().find(|(known, ..)| *known == name).copied()
}

fn get_lazily(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let Some((name, module, member, kind)) = running_row(vm, arguments) else {
        return Ok(Value::UNDEFINED);
    };
    let value = if member.is_empty() {
        builtin_modules::require(vm, module)?
    } else {
        builtin_modules::require_member(vm, module, member)?
    };
    let global = as_object(arguments.this()).unwrap_or(vm.realm().global);
    settle(vm, global, name, value, kind);
    Ok(value)
}

fn set_eagerly(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    if let Some((name, _, _, kind)) = running_row(vm, arguments) {
        let global = as_object(arguments.this()).unwrap_or(vm.realm().global);
        settle(vm, global, name, arguments.get(0), kind);
    }
    Ok(Value::UNDEFINED)
}

/// Makes it a plain property.
fn settle(vm: &mut Vm, global: Gc<Object>, name: &str, value: Value, kind: Kind) {
    let key: PropertyKey = vm.memory.key(name);
    let attributes = if kind == Kind::Function { Attributes::DATA } else { Attributes::METHOD };
    let descriptor = axil_engine::object::PropertyDescriptor::data(value, attributes);
    // A program that has frozen its global object gets the value all the same.
    let _ = vm.define_own_property(global, key, &descriptor);
}
