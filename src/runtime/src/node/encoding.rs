//! Texts of the web's encodings: the native half of `internal/encoding.js`.
//!
//! <https://encoding.spec.whatwg.org/>

use axil_engine::heap::Gc;
use axil_engine::object::{HostObject, Object, TypedArray};
use axil_engine::operators::to_boolean;
use axil_engine::string::{JsString, MAX_LENGTH, Units};
use axil_engine::value::Value;
use axil_engine::vm::{Arguments, Completion, Vm};
use encoding_rs::{Decoder, DecoderResult, Encoding, UTF_8};

use super::buffer::{Encoding as BufferEncoding, decode_utf8, decoded};
use crate::native::{Row, define, define_functions, string, text};

/// What a `TextDecoder` keeps between two pieces of a text.
struct Stream {
    encoding: &'static Encoding,
    is_fatal: bool,
    ignores_bom: bool,
    /// None: the next piece is the first one.
    decoder: Option<Decoder>,
}

impl Stream {
    fn new_decoder(&self) -> Decoder {
        if self.ignores_bom {
            self.encoding.new_decoder_without_bom_handling()
        } else {
            self.encoding.new_decoder_with_bom_removal()
        }
    }

    /// The units of a piece. None if it is not what the encoding says, and that is fatal.
    fn decode(&mut self, bytes: &[u8], is_last: bool) -> Option<Vec<u16>> {
        let mut decoder = self.decoder.take().unwrap_or_else(|| self.new_decoder());
        let room = decoder.max_utf16_buffer_length(bytes.len()).unwrap_or(bytes.len() + 16);
        let mut units = vec![0; room];
        let written = if self.is_fatal {
            let (result, _, written) =
                decoder.decode_to_utf16_without_replacement(bytes, &mut units, is_last);
            if result != DecoderResult::InputEmpty {
                return None;
            }
            written
        } else {
            let (_, _, written, _) = decoder.decode_to_utf16(bytes, &mut units, is_last);
            written
        };
        units.truncate(written);
        if !is_last {
            self.decoder = Some(decoder);
        }
        Some(units)
    }
}

const FUNCTIONS: &[Row] = &[
    // nameOf(label): the encoding's name; undefined if there is none.
    ("nameOf", 1, |vm, arguments| {
        let label = text(vm, arguments, 0)?;
        let encoding = Encoding::for_label_no_replacement(label.as_bytes());
        Ok(encoding.map_or(Value::UNDEFINED, |it| string(vm, &it.name().to_ascii_lowercase())))
    }),
    // isReplacement(label): whether the standard knows it only to refuse it.
    ("isReplacement", 1, |vm, arguments| {
        let label = text(vm, arguments, 0)?;
        Ok(Value::bool(Encoding::for_label(label.as_bytes()).is_some()))
    }),
    // encode(string): its bytes in UTF-8.
    ("encode", 1, |vm, arguments| {
        let Some(text) = arguments.get(0).downcast::<JsString>() else {
            return vm.new_uint8_array(&[]).map(Value::cell);
        };
        let bytes = BufferEncoding::Utf8.encode(text.units(&vm.memory));
        vm.new_uint8_array(&bytes).map(Value::cell)
    }),
    // encodeInto(string, bytes): as much as there is room for; how many units were read.
    // How many bytes were written is told to the third argument, an array.
    ("encodeInto", 3, encode_into),
    // decodeUtf8(bytes, isFatal, ignoresBom): undefined if they are none and that is fatal.
    ("decodeUtf8", 3, |vm, arguments| {
        let is_fatal = to_boolean(arguments.get(1));
        let ignores_bom = to_boolean(arguments.get(2));
        let text = vm.with_bytes(arguments.get(0), |memory, bytes| {
            let bytes = match bytes.strip_prefix(b"\xEF\xBB\xBF") {
                Some(rest) if !ignores_bom => rest,
                _ => bytes,
            };
            if is_fatal && simdutf8::basic::from_utf8(bytes).is_err() {
                return None;
            }
            Some(decode_utf8(memory, bytes))
        });
        match text {
            None => Ok(Value::cell(vm.memory.empty_string())),
            Some(None) => Ok(Value::UNDEFINED),
            Some(Some(text)) => decoded(vm, text),
        }
    }),
];

fn encode_into(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let Some(text) = arguments.get(0).downcast::<JsString>() else { return Ok(Value::int(0)) };
    let result = vm.with_bytes_mut(arguments.get(1), |memory, to| {
        let units = text.units(memory);
        let written = BufferEncoding::Utf8.encode_into(units, to);
        (units_of(units, written), written)
    });
    let (read, written) = result.unwrap_or((0, 0));
    if let Some(told) = arguments.get(2).downcast::<TypedArray>() {
        told.set_bits(0, written as u64);
    }
    Ok(Value::number(read as f64))
}

/// How many units the first bytes of a text were made of.
fn units_of(units: Units<'_>, bytes: usize) -> usize {
    let (mut at, mut rest) = (0, bytes);
    while rest > 0 && at < units.len() {
        let (point, count) = units.code_point_at(at);
        rest = rest.saturating_sub(match point {
            0..0x80 => 1,
            0x80..0x800 => 2,
            0x800..0x1_0000 => 3,
            _ => 4,
        });
        at += count;
    }
    at
}

/// `new Stream(label, isFatal, ignoresBom)`
fn new_stream(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let label = text(vm, arguments, 0)?;
    let encoding = Encoding::for_label_no_replacement(label.as_bytes()).unwrap_or(UTF_8);
    let is_fatal = to_boolean(arguments.get(1));
    let ignores_bom = to_boolean(arguments.get(2));
    let stream = Stream { encoding, is_fatal, ignores_bom, decoder: None };
    vm.new_host_object(arguments, stream).map(Value::cell)
}

/// `decode(bytes, isLast)`: undefined if the bytes are not what the encoding says, and that
/// is fatal.
fn decode(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let is_last = to_boolean(arguments.get(1));
    let Some(object) = arguments.this().downcast::<HostObject>() else {
        return Err(vm.throw_type_error("Illegal invocation"));
    };
    let units = vm.with_bytes(arguments.get(0), |_, bytes| {
        object.with(|stream: &mut Stream| stream.decode(bytes, is_last))
    });
    let units = match units {
        // It has no bytes any more.
        None => object.with(|stream: &mut Stream| stream.decode(&[], is_last)),
        Some(units) => units,
    };
    let Some(Some(units)) = units else { return Ok(Value::UNDEFINED) };
    let fits = units.len() <= MAX_LENGTH as usize;
    let text = fits.then(|| Gc::<JsString>::from_utf16(&vm.memory, &units));
    decoded(vm, text)
}

pub(super) fn make(vm: &mut Vm, half: Gc<Object>) -> Completion<()> {
    define_functions(vm, half, FUNCTIONS);
    let class = vm.new_native_class(("Stream", 3, new_stream), &[("decode", 2, decode)]);
    define(vm, half, "Stream", Value::cell(class));
    Ok(())
}
