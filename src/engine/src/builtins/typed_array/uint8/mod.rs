//! `Uint8Array` as base64 and hexadecimal text (ECMA-262 §23.3).

mod base64;
mod hex;

use super::super::{Entry, add_entries, function};
use crate::heap::Gc;
use crate::object::{ElementType, Object, TypedArray};
use crate::operators::{as_object, to_boolean};
use crate::realm::{Intrinsic, RootShape};
use crate::string::JsString;
use crate::value::Value;
use crate::vm::{Arguments, Completion, Throw, Vm};
use base64::{Alphabet, LastChunk};

const UINT8_ARRAY: &[Entry] =
    &[function("fromBase64", 1, from_base64), function("fromHex", 1, from_hex)];

const PROTOTYPE: &[Entry] = &[
    function("setFromBase64", 1, set_from_base64),
    function("setFromHex", 1, set_from_hex),
    function("toBase64", 0, to_base64),
    function("toHex", 0, to_hex),
];

pub(super) fn install(vm: &mut Vm) {
    let realm = vm.realm();
    add_entries(vm, realm.get(Intrinsic::Uint8Array), UINT8_ARRAY);
    add_entries(vm, realm.get(Intrinsic::Uint8ArrayPrototype), PROTOTYPE);
}

/// What has been read of a text.
struct Decoded {
    /// How many units of the text.
    read: usize,
    bytes: Vec<u8>,
    /// What stopped it.
    fault: Option<&'static str>,
}

// ---------------------------------------------------------------------------
// Arguments
// ---------------------------------------------------------------------------

/// `ValidateUint8Array` (§23.3.3.1)
fn this_array(vm: &mut Vm, arguments: Arguments<'_>, method: &str) -> Completion<Gc<TypedArray>> {
    let array = arguments.this().downcast::<TypedArray>();
    match array.filter(|array| array.element == ElementType::Uint8) {
        Some(array) => Ok(array),
        None => {
            let text = vm.display(arguments.this());
            Err(vm.throw_type_error(&format!(
                "Method Uint8Array.prototype.{method} called on incompatible receiver {text}"
            )))
        }
    }
}

/// The text that a method is given: nothing is converted to one.
fn input(vm: &mut Vm, arguments: Arguments<'_>) -> Completion<Gc<JsString>> {
    match arguments.get(0).downcast() {
        Some(text) => Ok(text),
        None => Err(vm.throw_type_error("input argument must be a string")),
    }
}

/// `GetOptionsObject`
fn options(vm: &mut Vm, value: Value) -> Completion<Option<Gc<Object>>> {
    match as_object(value) {
        None if !value.is_undefined() => Err(vm.throw_type_error("invalid_argument")),
        options => Ok(options),
    }
}

/// An option that is one of some words; none is the first one.
fn option<T: Copy>(
    vm: &mut Vm,
    options: Option<Gc<Object>>,
    name: &str,
    words: &[(&str, T)],
) -> Completion<T> {
    let value = match options {
        Some(options) => vm.get(options, vm.memory.key(name))?,
        None => Value::UNDEFINED,
    };
    if value.is_undefined() {
        return Ok(words[0].1);
    }
    let text = value.downcast::<JsString>().map(|text| text.to_rust(&vm.memory));
    let found = text.and_then(|text| words.iter().find(|(word, _)| *word == text));
    match found {
        Some((_, meaning)) => Ok(*meaning),
        None => {
            let text = vm.display(value);
            Err(vm.throw_type_error(&format!("invalid option {text}")))
        }
    }
}

const ALPHABETS: &[(&str, Alphabet)] =
    &[("base64", Alphabet::Base64), ("base64url", Alphabet::Url)];

const LAST_CHUNKS: &[(&str, LastChunk)] = &[
    ("loose", LastChunk::Loose),
    ("strict", LastChunk::Strict),
    ("stop-before-partial", LastChunk::StopBeforePartial),
];

/// A copy of the bytes (§23.3.3.2).
fn bytes_of(vm: &mut Vm, array: Gc<TypedArray>, method: &str) -> Completion<Vec<u8>> {
    let length = length_of(vm, array, method)?;
    let mut bytes = Vec::with_capacity(length);
    bytes.extend((0..length).filter_map(|index| array.bits_at(index)).map(|bits| bits as u8));
    Ok(bytes)
}

fn length_of(vm: &mut Vm, array: Gc<TypedArray>, method: &str) -> Completion<usize> {
    match array.length() {
        Some(length) => Ok(length),
        None => Err(throw_out_of_bounds(vm, method)),
    }
}

fn throw_out_of_bounds(vm: &mut Vm, method: &str) -> Throw {
    vm.throw_type_error(&format!(
        "Cannot perform Uint8Array.prototype.{method} on a detached or out-of-bounds ArrayBuffer"
    ))
}

/// The array that `fromBase64` and `fromHex` give.
fn new_array(vm: &mut Vm, decoded: &Decoded) -> Completion {
    if let Some(fault) = decoded.fault {
        return Err(vm.throw_syntax_error(fault));
    }
    let array = vm.new_typed_array(ElementType::Uint8, decoded.bytes.len())?;
    write(array, &decoded.bytes);
    Ok(Value::cell(array))
}

fn write(array: Gc<TypedArray>, bytes: &[u8]) {
    for (index, byte) in bytes.iter().enumerate() {
        array.set_bits(index, u64::from(*byte));
    }
}

/// What `setFromBase64` and `setFromHex` give: how much was read and written. What was
/// read before a fault is written too.
fn set_from(vm: &mut Vm, array: Gc<TypedArray>, decoded: &Decoded) -> Completion {
    write(array, &decoded.bytes);
    if let Some(fault) = decoded.fault {
        return Err(vm.throw_syntax_error(fault));
    }
    let shape = vm.realm().shape(RootShape::Object);
    let result = Gc::<Object>::ordinary(&vm.memory, shape);
    for (name, count) in [("read", decoded.read), ("written", decoded.bytes.len())] {
        let key = vm.memory.key(name);
        vm.create_data_property(result, key, Value::number(count as f64))?;
    }
    Ok(Value::cell(result))
}

// ---------------------------------------------------------------------------
// The methods
// ---------------------------------------------------------------------------

/// `Uint8Array.fromBase64` (§23.3.1.1)
fn from_base64(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let text = input(vm, arguments)?;
    let options = options(vm, arguments.get(1))?;
    let alphabet = option(vm, options, "alphabet", ALPHABETS)?;
    let last = option(vm, options, "lastChunkHandling", LAST_CHUNKS)?;
    let decoded = base64::decode(text.units(&vm.memory), alphabet, last, usize::MAX);
    new_array(vm, &decoded)
}

/// `Uint8Array.fromHex` (§23.3.1.2)
fn from_hex(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let text = input(vm, arguments)?;
    let decoded = hex::decode(text.units(&vm.memory), usize::MAX);
    new_array(vm, &decoded)
}

/// `setFromBase64` (§23.3.2.1)
fn set_from_base64(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let array = this_array(vm, arguments, "setFromBase64")?;
    let text = input(vm, arguments)?;
    let options = options(vm, arguments.get(1))?;
    let alphabet = option(vm, options, "alphabet", ALPHABETS)?;
    let last = option(vm, options, "lastChunkHandling", LAST_CHUNKS)?;
    let room = length_of(vm, array, "setFromBase64")?;
    let decoded = base64::decode(text.units(&vm.memory), alphabet, last, room);
    set_from(vm, array, &decoded)
}

/// `setFromHex` (§23.3.2.2)
fn set_from_hex(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let array = this_array(vm, arguments, "setFromHex")?;
    let text = input(vm, arguments)?;
    let room = length_of(vm, array, "setFromHex")?;
    let decoded = hex::decode(text.units(&vm.memory), room);
    set_from(vm, array, &decoded)
}

/// `toBase64` (§23.3.2.3)
fn to_base64(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let array = this_array(vm, arguments, "toBase64")?;
    let options = options(vm, arguments.get(0))?;
    let alphabet = option(vm, options, "alphabet", ALPHABETS)?;
    let omits_padding = match options {
        Some(options) => to_boolean(vm.get(options, vm.memory.literal_key("omitPadding"))?),
        None => false,
    };
    let bytes = bytes_of(vm, array, "toBase64")?;
    let text = base64::encode(&bytes, alphabet, omits_padding);
    Ok(Value::cell(vm.memory.string(&text)))
}

/// `toHex` (§23.3.2.4)
fn to_hex(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let array = this_array(vm, arguments, "toHex")?;
    let bytes = bytes_of(vm, array, "toHex")?;
    Ok(Value::cell(vm.memory.string(&hex::encode(&bytes))))
}
