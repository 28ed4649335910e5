//! Decoding of texts whose bytes come in pieces.
//!
//! A decoder's state is an array of seven bytes: up to four that are kept because the
//! character that they begin is not complete, how many are missing, how many are kept, and
//! the number of the encoding.
//!
//! <https://nodejs.org/api/string_decoder.html>

use axil_engine::heap::Gc;
use axil_engine::object::Object;
use axil_engine::string::JsString;
use axil_engine::value::Value;
use axil_engine::vm::{Arguments, Completion, Vm};

use super::buffer::{Encoding, decoded};
use crate::native::{Row, define_functions};

const MISSING: usize = 4;
const KEPT: usize = 5;
const ENCODING: usize = 6;

const ENCODINGS: [Encoding; 7] = [
    Encoding::Utf8,
    Encoding::Utf16Le,
    Encoding::Base64,
    Encoding::Base64Url,
    Encoding::Latin1,
    Encoding::Ascii,
    Encoding::Hex,
];

const FUNCTIONS: &[Row] = &[
    // encodingNumber(name): what stands in a state for it.
    ("encodingNumber", 1, |vm, arguments| {
        let name = arguments.get(0).downcast::<JsString>();
        let encoding = name.and_then(|name| Encoding::of_name(name.units(&vm.memory)));
        let number = ENCODINGS.iter().position(|known| Some(*known) == encoding);
        Ok(number.map_or(Value::UNDEFINED, |number| Value::int(number as i32)))
    }),
    // write(state, bytes): the text that is complete.
    ("write", 2, write),
    // end(state): the text of what is not complete.
    ("end", 1, end),
];

/// What a state says.
fn read_state(vm: &mut Vm, state: Value) -> Option<([u8; 4], usize, Encoding)> {
    let state: [u8; 7] = vm.with_bytes(state, |_, state| state.try_into().ok())??;
    let encoding = ENCODINGS.get(state[ENCODING] as usize)?;
    let kept = (state[KEPT] as usize).min(MISSING);
    Some((*state.first_chunk()?, kept, *encoding))
}

fn write(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (state, chunk) = (arguments.get(0), arguments.get(1));
    let Some((kept, count, encoding)) = read_state(vm, state) else {
        return Err(vm.throw_type_error("Illegal invocation"));
    };
    let result = vm.with_bytes(chunk, |memory, chunk| {
        if chunk.is_empty() {
            return (Some(memory.empty_string()), None);
        }
        let joined;
        let bytes = if count == 0 {
            chunk
        } else {
            joined = [&kept[..count], chunk].concat();
            joined.as_slice()
        };
        let (incomplete, missing) = incomplete(encoding, bytes, count);
        let (complete, rest) = bytes.split_at(bytes.len() - incomplete);
        let mut tail = [0; 4];
        tail[..incomplete].copy_from_slice(rest);
        (encoding.decode(memory, complete), Some((tail, missing, incomplete)))
    });
    let Some((text, tail)) = result else { return Ok(Value::cell(vm.memory.empty_string())) };
    if let Some((tail, missing, incomplete)) = tail
        && (incomplete > 0 || count > 0)
    {
        vm.with_bytes_mut(state, |_, state| {
            state[..MISSING].copy_from_slice(&tail);
            state[MISSING] = missing as u8;
            state[KEPT] = incomplete as u8;
        });
    }
    decoded(vm, text)
}

fn end(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let state = arguments.get(0);
    let Some((kept, count, encoding)) = read_state(vm, state) else {
        return Err(vm.throw_type_error("Illegal invocation"));
    };
    vm.with_bytes_mut(state, |_, state| state[MISSING..ENCODING].fill(0));
    let text = encoding.decode(&vm.memory, &kept[..count]);
    decoded(vm, text)
}

/// How many bytes at the end begin a character without ending it, and how many are missing
/// of it. So many at the beginning were kept before.
fn incomplete(encoding: Encoding, bytes: &[u8], kept: usize) -> (usize, usize) {
    match encoding {
        Encoding::Utf8 => {
            for (back, byte) in bytes.iter().rev().take(4).enumerate() {
                let (have, need) = match byte {
                    0x80..0xC0 => continue,
                    0xC0..0xE0 => (back + 1, 2),
                    0xE0..0xF0 => (back + 1, 3),
                    0xF0..0xF8 => (back + 1, 4),
                    _ => return (0, 0),
                };
                return if have < need { (have, need - have) } else { (0, 0) };
            }
            (0, 0)
        }
        Encoding::Utf16Le => {
            let odd = bytes.len() % 2;
            let is_lead = |at: usize| matches!(bytes[at], 0xD8..=0xDB);
            if kept > 0 && (2..4).contains(&bytes.len()) && is_lead(1) {
                // The first half of a pair waits for the second one.
                (bytes.len(), 4 - bytes.len())
            } else if odd == 0 && bytes.len() >= 2 && is_lead(bytes.len() - 1) {
                (2, 2)
            } else {
                (odd, odd)
            }
        }
        Encoding::Base64 | Encoding::Base64Url => {
            let rest = bytes.len() % 3;
            (rest, (3 - rest) % 3)
        }
        Encoding::Latin1 | Encoding::Ascii | Encoding::Hex => (0, 0),
    }
}

pub(super) fn make(vm: &mut Vm, half: Gc<Object>) -> Completion<()> {
    define_functions(vm, half, FUNCTIONS);
    Ok(())
}
