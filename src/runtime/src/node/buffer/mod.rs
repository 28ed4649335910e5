//! Bytes as programs have them: the native half of `buffer.js`.
//!
//! Methods that programs call often are native altogether. They do what is plainly in
//! order, and leave the rest, be it an argument to be converted or an error, to a function
//! of the same name in `internal/buffer/slow_methods.js` ([`slowly`]), which few programs
//! ever load.
//!
//! <https://nodejs.org/api/buffer.html>

mod encoding;
mod methods;
mod numbers;
mod pool;
mod search;

pub use encoding::{Encoding, decode_utf8};
#[allow(unused_imports, reason = "halves of other modules come and go")]
pub(crate) use pool::new_buffer;

use methods::{METHODS, STATICS};
use pool::Pool;

use std::cell::OnceCell;
use std::rc::Rc;

use axil_engine::heap::{Gc, Root};
use axil_engine::object::{ArrayBuffer, ElementType, Object};
use axil_engine::operators::as_object;
use axil_engine::string::{JsString, MAX_LENGTH};
use axil_engine::value::Value;
use axil_engine::vm::{Arguments, Completion, NativeFunction, Vm};

use crate::native::{Row, define, define_functions, integer, new_object, string};
use crate::{builtin_modules, runtime};

/// The module of the functions for what is not plainly in order.
const SLOW_METHODS: &str = "internal/buffer/slow_methods";

/// What the half keeps.
struct State {
    pool: Pool,
    /// `Buffer` and its prototype.
    objects: OnceCell<[Root<Object>; 2]>,
}

fn state(vm: &Vm) -> Rc<State> {
    runtime::of(vm).state(|| State { pool: Pool::default(), objects: OnceCell::new() })
}

/// `Buffer` and its prototype; none before `buffer.js` has run.
fn objects(vm: &Vm) -> Option<[Gc<Object>; 2]> {
    let state = state(vm);
    let [class, prototype] = state.objects.get()?;
    Some([class.get(), prototype.get()])
}

/// Does what a method was called for in JavaScript.
fn slowly(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let Some(callee) = arguments.callee().downcast::<NativeFunction>() else {
        return Err(vm.throw_type_error("Illegal invocation"));
    };
    let slow = builtin_modules::require_member(vm, SLOW_METHODS, "slow")?;
    let key = vm.memory.key_of_string(callee.name);
    let function = vm.get_of_value(slow, key)?;
    vm.call(function, arguments.this(), arguments.from(0))
}

/// A string that bytes were decoded to.
///
/// # Errors
/// `ERR_STRING_TOO_LONG`
pub(super) fn decoded(vm: &mut Vm, decoded: Option<Gc<JsString>>) -> Completion {
    if let Some(string) = decoded {
        return Ok(Value::cell(string));
    }
    let function = builtin_modules::require_member(vm, SLOW_METHODS, "throwStringTooLong")?;
    vm.call(function, Value::UNDEFINED, &[])
}

/// The encoding of an argument: the usual one if there is none.
fn encoding_of(vm: &Vm, value: Value) -> Option<Encoding> {
    if value.is_undefined() {
        return Some(Encoding::Utf8);
    }
    let name = value.downcast::<JsString>()?;
    Encoding::of_name(name.units(&vm.memory))
}

const FUNCTIONS: &[Row] = &[
    // setUp(Buffer, prototype): what methods need of the JavaScript half.
    ("setUp", 2, |vm, arguments| {
        let objects = [0, 1].map(|index| as_object(arguments.get(index)));
        if let [Some(class), Some(prototype)] = objects {
            let roots = [class, prototype].map(|object| vm.memory.root(object));
            let _ = state(vm).objects.set(roots);
        }
        Ok(Value::UNDEFINED)
    }),
    // normalizeEncoding(name): undefined if there is no such encoding.
    ("normalizeEncoding", 1, |vm, arguments| {
        let name = Some(arguments.get(0)).filter(|name| !name.is_undefined());
        let encoding = name.and_then(|name| encoding_of(vm, name));
        Ok(encoding.map_or(Value::UNDEFINED, |it| string(vm, it.name())))
    }),
    // decode(bytes, encoding, start, end)
    ("decode", 4, |vm, arguments| {
        let encoding = encoding_of(vm, arguments.get(1)).unwrap_or(Encoding::Utf8);
        let (start, end) = (integer(arguments, 2).max(0), integer(arguments, 3).max(0));
        let result = vm.with_bytes(arguments.get(0), |memory, bytes| {
            let end = (end as usize).min(bytes.len());
            encoding.decode(memory, &bytes[(start as usize).min(end)..end])
        });
        decoded(vm, result.unwrap_or_else(|| Some(vm.memory.empty_string())))
    }),
    // indexOf(buffer, value, offset, encoding, isForward): the value is a number, a string
    // or bytes.
    ("indexOf", 5, index_of),
    // fill(buffer, value, start, end, encoding): false if there is nothing to fill with.
    ("fill", 5, fill),
    // compare(one, other): −1, 0 or 1
    ("compare", 2, |vm, arguments| {
        let order = methods::compare(vm, arguments.get(0), arguments.get(1));
        Ok(Value::int(order.map_or(0, |order| order as i32)))
    }),
    // copy(source, from, target, to, count): how many bytes were copied.
    ("copy", 5, |vm, arguments| {
        let [from, to, count] = [1, 3, 4].map(|index| integer(arguments, index).max(0) as usize);
        let (source, target) = ((arguments.get(0), from), (arguments.get(2), to));
        let copied = vm.copy_bytes(source, target, count);
        Ok(Value::number(copied.unwrap_or(0) as f64))
    }),
    // allocate(size): not from the pool.
    ("allocate", 1, |vm, arguments| pool::allocate(vm, integer(arguments, 0).max(0) as u64)),
    // namedKeys(bytes): the keys of own properties that are no elements.
    ("namedKeys", 1, |vm, arguments| {
        let Some(object) = as_object(arguments.get(0)) else { return Ok(Value::UNDEFINED) };
        let keys = vm.own_keys_beside_elements(object)?;
        let list = vm.new_array();
        for key in keys.as_slice() {
            list.push(&vm.memory, vm.memory.value_of_key(*key));
        }
        Ok(Value::cell(list))
    }),
    ("isAnyArrayBuffer", 1, |_, arguments| {
        Ok(Value::bool(arguments.get(0).downcast::<ArrayBuffer>().is_some()))
    }),
    ("isSharedArrayBuffer", 1, |_, arguments| {
        let buffer = arguments.get(0).downcast::<ArrayBuffer>();
        Ok(Value::bool(buffer.is_some_and(|buffer| buffer.is_shared)))
    }),
    ("isUtf8", 1, |vm, arguments| {
        let is = vm.with_bytes(arguments.get(0), |_, it| simdutf8::basic::from_utf8(it).is_ok());
        Ok(is.map_or(Value::UNDEFINED, Value::bool))
    }),
    ("isAscii", 1, |vm, arguments| {
        let is = vm.with_bytes(arguments.get(0), |_, it| it.is_ascii());
        Ok(is.map_or(Value::UNDEFINED, Value::bool))
    }),
    // isLatin1(string)
    ("isLatin1", 1, |vm, arguments| {
        let text = arguments.get(0).downcast::<JsString>();
        let fits = |text: Gc<JsString>| text.units(&vm.memory).iter().all(|unit| unit <= 0xFF);
        Ok(Value::bool(text.is_some_and(fits)))
    }),
    // utf8Units(bytes): the length of their text.
    ("utf8Units", 1, |vm, arguments| {
        let units = vm.with_bytes(arguments.get(0), |_, bytes| encoding::utf8_units(bytes));
        Ok(Value::number(units.unwrap_or(0) as f64))
    }),
    // btoa(string): undefined if there is a unit above 255.
    ("btoa", 1, |vm, arguments| {
        let Some(text) = arguments.get(0).downcast::<JsString>() else {
            return Ok(Value::UNDEFINED);
        };
        let bytes: Option<Vec<u8>> =
            text.units(&vm.memory).iter().map(|unit| u8::try_from(unit).ok()).collect();
        let Some(bytes) = bytes else { return Ok(Value::UNDEFINED) };
        let encoded = Encoding::Base64.decode(&vm.memory, &bytes);
        decoded(vm, encoded)
    }),
    // atob(string): undefined if it is not correctly encoded.
    ("atob", 1, |vm, arguments| {
        let Some(text) = arguments.get(0).downcast::<JsString>() else {
            return Ok(Value::UNDEFINED);
        };
        let bytes: Option<Vec<u8>> =
            text.units(&vm.memory).iter().map(|unit| u8::try_from(unit).ok()).collect();
        let bytes = bytes.and_then(|bytes| base64_simd::forgiving_decode_to_vec(&bytes).ok());
        Ok(bytes.map_or(Value::UNDEFINED, |bytes| Value::cell(vm.memory.latin1(&bytes))))
    }),
];

fn index_of(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (buffer, value) = (arguments.get(0), arguments.get(1));
    let from = integer(arguments, 2);
    let encoding = encoding_of(vm, arguments.get(3)).unwrap_or(Encoding::Utf8);
    let is_backward = arguments.get(4) == Value::FALSE;
    let is_wide = encoding == Encoding::Utf16Le;
    let (needle, is_wide) = if let Some(number) = value.as_number() {
        (vec![number as i64 as u8], false)
    } else if let Some(text) = value.downcast::<JsString>() {
        (encoding.encode(text.units(&vm.memory)), is_wide)
    } else {
        (vm.with_bytes(value, |_, bytes| bytes.to_vec()).unwrap_or_default(), is_wide)
    };
    let found = vm
        .with_bytes(buffer, |_, text| search::index_of(text, &needle, from, is_wide, is_backward));
    Ok(found.flatten().map_or(Value::int(-1), |at| Value::number(at as f64)))
}

fn fill(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (buffer, value) = (arguments.get(0), arguments.get(1));
    let (start, end) =
        (integer(arguments, 2).max(0) as usize, integer(arguments, 3).max(0) as usize);
    let pattern = if let Some(number) = value.as_number() {
        vec![ElementType::Uint8.of_number(number) as u8]
    } else if let Some(text) = value.downcast::<JsString>() {
        let encoding = encoding_of(vm, arguments.get(4)).unwrap_or(Encoding::Utf8);
        encoding.encode(text.units(&vm.memory))
    } else {
        vm.with_bytes(value, |_, bytes| bytes.to_vec()).unwrap_or_default()
    };
    vm.with_bytes_mut(buffer, |_, bytes| {
        let Some(place) = bytes.get_mut(start..end) else { return };
        match *pattern.as_slice() {
            [] => {}
            [byte] => place.fill(byte),
            _ => {
                for part in place.chunks_mut(pattern.len()) {
                    part.copy_from_slice(&pattern[..part.len()]);
                }
            }
        }
    });
    Ok(Value::bool(!pattern.is_empty()))
}

pub(super) fn make(vm: &mut Vm, half: Gc<Object>) -> Completion<()> {
    define_functions(vm, half, FUNCTIONS);
    let methods = new_object(vm);
    for table in [METHODS, numbers::INTEGERS, numbers::OTHERS, numbers::BIG_WRITERS] {
        define_functions(vm, methods, table);
    }
    define(vm, half, "methods", Value::cell(methods));
    let statics = new_object(vm);
    define_functions(vm, statics, STATICS);
    define(vm, half, "statics", Value::cell(statics));
    define(vm, half, "maxStringLength", Value::from(MAX_LENGTH));
    Ok(())
}
