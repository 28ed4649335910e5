//! Digests, message codes and random numbers: the native half of `crypto.js`.
//!
//! <https://nodejs.org/api/crypto.html>

mod digests;

use axil_engine::heap::Gc;
use axil_engine::object::Object;
use axil_engine::string::JsString;
use axil_engine::value::Value;
use axil_engine::vm::{Arguments, Completion, Vm};

use crate::native::{Row, define, define_functions, integer, strings, text};
use crate::runtime::{self, Callback};
use digests::Running;

/// A digest or a message code that is being computed; none once it is done.
struct State(Option<Box<dyn Running>>);

const FUNCTIONS: &[Row] = &[
    // isDigest(name): whether there is one of that name.
    ("isDigest", 1, |vm, arguments| {
        let name = text(vm, arguments, 0)?;
        Ok(Value::bool(digests::find(&name).is_some()))
    }),
    // digest(name, data, length): the bytes; a length is for those that have any.
    ("digest", 3, |vm, arguments| {
        let name = text(vm, arguments, 0)?;
        let Some(row) = digests::find(&name) else { return Ok(Value::UNDEFINED) };
        let mut state = (row.hash)();
        feed(vm, &mut *state, arguments.get(1))?;
        let bytes = state.finish(length(arguments, 2));
        Ok(Value::cell(vm.new_uint8_array(&bytes)?))
    }),
    // randomFill(buffer, offset, size)
    ("randomFill", 3, |vm, arguments| {
        let (offset, size) =
            (integer(arguments, 1).max(0) as usize, integer(arguments, 2).max(0) as usize);
        let filled = vm.with_bytes_mut(arguments.get(0), |_, bytes| {
            let end = offset.saturating_add(size).min(bytes.len());
            getrandom::fill(&mut bytes[offset.min(end)..end]).is_ok()
        });
        match filled {
            Some(false) => Err(vm.throw_error("The system gives no random numbers")),
            _ => Ok(Value::UNDEFINED),
        }
    }),
    // randomBytesAsync(size, callback): calls back with bytes, made by another thread.
    ("randomBytesAsync", 2, random_bytes),
    // equal(one, other): takes as long wherever they differ.
    ("equal", 2, |vm, arguments| {
        let one = vm.with_bytes(arguments.get(0), |_, bytes| bytes.to_vec()).unwrap_or_default();
        let is_equal = vm.with_bytes(arguments.get(1), |_, other| {
            let difference = one.iter().zip(other).fold(0, |sum, (a, b)| sum | (a ^ b));
            one.len() == other.len() && std::hint::black_box(difference) == 0
        });
        Ok(Value::bool(is_equal.unwrap_or(false)))
    }),
];

pub(super) fn make(vm: &mut Vm, half: Gc<Object>) -> Completion<()> {
    define_functions(vm, half, FUNCTIONS);
    let names = strings(vm, digests::names());
    define(vm, half, "digests", names);
    let class = vm.new_native_class(
        ("Digest", 2, construct),
        &[("update", 1, update), ("digest", 1, digest), ("copy", 0, copy)],
    );
    define(vm, half, "Digest", Value::cell(class));
    Ok(())
}

/// How many bytes are wanted; none if that is not said.
fn length(arguments: Arguments<'_>, index: usize) -> Option<usize> {
    arguments.get(index).as_number().map(|length| length as usize)
}

/// Adds bytes, or a text as UTF-8.
fn feed(vm: &mut Vm, state: &mut dyn Running, data: Value) -> Completion<()> {
    if let Some(text) = data.downcast::<JsString>() {
        state.update(text.to_rust(&vm.memory).as_bytes());
        return Ok(());
    }
    vm.with_bytes(data, |_, bytes| state.update(bytes));
    Ok(())
}

/// `new Digest(name, key)`: with a key it is a message code. Of another `Digest` it is a
/// copy.
fn construct(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let name = text(vm, arguments, 0)?;
    let Some(row) = digests::find(&name) else {
        return Err(vm.throw_error("Digest method not supported"));
    };
    let key = arguments.get(1);
    let state = if key.is_undefined() {
        (row.hash)()
    } else {
        let key = vm.with_bytes(key, |_, bytes| bytes.to_vec()).unwrap_or_default();
        match row.code {
            Some(code) => code(&key),
            None => return Err(vm.throw_error("Digest method not supported")),
        }
    };
    Ok(Value::cell(vm.new_host_object(arguments, State(Some(state)))?))
}

fn update(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let data = arguments.get(0);
    let bytes = match data.downcast::<JsString>() {
        Some(text) => Some(text.to_rust(&vm.memory).into_bytes()),
        None => None,
    };
    let this = arguments.this();
    let state = vm.with_host_object(this, |state: &mut State| state.0.take())?;
    let Some(mut state) = state else { return Ok(Value::FALSE) };
    match bytes {
        Some(bytes) => state.update(&bytes),
        None => {
            vm.with_bytes(data, |_, bytes| state.update(bytes));
        }
    }
    vm.with_host_object(this, |place: &mut State| place.0 = Some(state))?;
    Ok(Value::TRUE)
}

/// `digest(length)`: the bytes; undefined if it is done.
fn digest(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let state = vm.with_host_object(arguments.this(), |state: &mut State| state.0.take())?;
    let Some(state) = state else { return Ok(Value::UNDEFINED) };
    let bytes = state.finish(length(arguments, 0));
    Ok(Value::cell(vm.new_uint8_array(&bytes)?))
}

/// `copy.call(other)` on a new `Digest`: goes on from where the argument is.
fn copy(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let copied = vm.with_host_object(arguments.get(0), |state: &mut State| {
        state.0.as_ref().map(|state| state.copy())
    })?;
    vm.with_host_object(arguments.this(), |state: &mut State| state.0 = copied)?;
    Ok(Value::UNDEFINED)
}

fn random_bytes(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let size = integer(arguments, 0).max(0) as usize;
    let Some(callback) = Callback::new(vm, arguments.get(1)) else {
        return Err(vm.throw_type_error("Random bytes want a callback"));
    };
    let work = move || {
        let mut bytes = vec![0; size];
        getrandom::fill(&mut bytes).is_ok().then_some(bytes)
    };
    runtime::of(vm).event_loop.run_blocking(work, move |vm, bytes| {
        let told = match bytes.flatten() {
            Some(bytes) => match vm.new_uint8_array(&bytes) {
                Ok(bytes) => [Value::NULL, Value::cell(bytes)],
                Err(_) => [vm.take_exception(), Value::UNDEFINED],
            },
            None => {
                let axil_engine::vm::Throw = vm.throw_error("The system gives no random numbers");
                [vm.take_exception(), Value::UNDEFINED]
            }
        };
        callback.call(vm, Value::UNDEFINED, &told);
    });
    Ok(Value::UNDEFINED)
}
