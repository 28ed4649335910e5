//! Compression: the native half of `zlib.js`.
//!
//! <https://nodejs.org/api/zlib.html>

mod brotli;
mod deflate;
mod deflater;
mod zstd;

use std::sync::{Arc, Mutex, PoisonError};

use axil_engine::heap::Gc;
use axil_engine::object::Object;
use axil_engine::value::Value;
use axil_engine::vm::{Arguments, Completion, Vm};

use crate::native::{Row, array, define, define_functions, integer, string, text};
use crate::runtime::{self, Callback};

/// What a coder has made of a piece of input.
#[derive(Debug, Default)]
pub(super) struct Step {
    /// How many bytes of the input it has taken, and how many it has given.
    pub(super) read: usize,
    pub(super) written: usize,
    /// What went wrong: zlib's number, code and words.
    pub(super) failure: Option<(i32, &'static str, String)>,
}

/// Compresses, or the opposite.
pub(super) trait Coder: Send {
    /// Takes input and gives output, as much as there is room for; `flush` is the library's
    /// number for what is to come out.
    fn step(&mut self, flush: i32, input: &[u8], output: &mut [u8]) -> Step;

    /// Begins anew.
    fn reset(&mut self) -> Result<(), String>;

    /// Another level and strategy from now on.
    fn set_params(&mut self, level: i32, strategy: i32) -> Result<(), String> {
        let _ = (level, strategy);
        Ok(())
    }
}

/// A coder, which a thread may be using.
struct State(Option<Arc<Mutex<Box<dyn Coder>>>>);

const FUNCTIONS: &[Row] = &[
    // crc32(data, value)
    ("crc32", 2, |vm, arguments| {
        let mut hasher = crc32fast::Hasher::new_with_initial(integer(arguments, 1) as u32);
        let data = arguments.get(0);
        if vm.with_bytes(data, |_, bytes| hasher.update(bytes)).is_none() {
            let text = text(vm, arguments, 0)?;
            hasher.update(text.as_bytes());
        }
        Ok(Value::from(hasher.finalize()))
    }),
];

pub(super) fn make(vm: &mut Vm, half: Gc<Object>) -> Completion<()> {
    define_functions(vm, half, FUNCTIONS);
    let class = vm.new_native_class(
        ("Coder", 6, construct),
        &[
            ("writeSync", 7, write_sync),
            ("write", 7, write),
            ("reset", 0, reset),
            ("params", 2, params),
            ("close", 0, close),
        ],
    );
    define(vm, half, "Coder", Value::cell(class));
    Ok(())
}

/// `new Coder(mode, window bits, level, memory level, strategy, dictionary)`, or
/// `new Coder(mode, parameters, dictionary)` of Brotli, or
/// `new Coder(mode, parameters, pledged size, dictionary)` of Zstandard.
fn construct(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let mode = integer(arguments, 0) as i32;
    let numbers = |vm: &mut Vm| -> Completion<Vec<u32>> {
        let list = vm.create_list_from_array_like(arguments.get(1))?;
        let number = |it: &Value| it.as_number().unwrap_or(f64::from(u32::MAX));
        Ok(list.as_slice().iter().map(|it| number(it) as i64 as u32).collect())
    };
    let bytes = |vm: &mut Vm, index| vm.with_bytes(arguments.get(index), |_, it| it.to_vec());
    let coder = if brotli::is_mode(mode) {
        let parameters = numbers(vm)?;
        brotli::make(mode, parameters, bytes(vm, 2).unwrap_or_default())
    } else if zstd::is_mode(mode) {
        let values = numbers(vm)?;
        let pledged = arguments.get(2).as_number().map(|it| it as u64);
        let dictionary = bytes(vm, 3);
        match zstd::make(zstd::Parameters { mode, values, pledged, dictionary }) {
            Ok(coder) => Some(coder),
            Err(words) => return Err(vm.throw_error(words)),
        }
    } else {
        deflate::make(deflate::Parameters {
            mode,
            bits: integer(arguments, 1) as u8,
            level: integer(arguments, 2) as i32,
            memory_level: integer(arguments, 3) as u8,
            strategy: integer(arguments, 4) as i32,
            dictionary: bytes(vm, 5).unwrap_or_default(),
        })
    };
    let Some(coder) = coder else {
        return Err(vm.throw_error("Initialization failed"));
    };
    let state = State(Some(Arc::new(Mutex::new(coder))));
    let object = vm.new_host_object(arguments, state)?;
    object.set_external_memory(&vm.memory, SIZE);
    Ok(Value::cell(object))
}

/// A coder that other threads may have.
type SharedCoder = Arc<Mutex<Box<dyn Coder>>>;

/// About what a window and its tables take.
const SIZE: usize = 256 * 1024;

fn coder(vm: &mut Vm, arguments: Arguments<'_>) -> Completion<Option<SharedCoder>> {
    vm.with_host_object(arguments.this(), |state: &mut State| state.0.as_ref().map(Arc::clone))
}

/// The part of the input that is meant: offset and length are the third and the fourth
/// argument from `first` on.
fn part(bytes: &[u8], arguments: Arguments<'_>, first: usize) -> (usize, usize) {
    let from = (integer(arguments, first).max(0) as usize).min(bytes.len());
    let length = (integer(arguments, first + 1).max(0) as usize).min(bytes.len() - from);
    (from, from + length)
}

/// What is left of input and output, and what went wrong: number, code and words.
fn report(vm: &Vm, step: Step, input: usize, output: usize) -> Value {
    let left_in = Value::number((input - step.read) as f64);
    let left_out = Value::number((output - step.written) as f64);
    match step.failure {
        None => array(vm, &[left_in, left_out]),
        Some((number, code, words)) => {
            let (code, words) = (string(vm, code), string(vm, &words));
            array(vm, &[left_in, left_out, Value::int(number), code, words])
        }
    }
}

/// `writeSync(flush, input, offset, length, output, offset, length)`
fn write_sync(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let Some(coder) = coder(vm, arguments)? else { return Ok(Value::UNDEFINED) };
    let mut coder = coder.lock().unwrap_or_else(PoisonError::into_inner);
    let flush = integer(arguments, 0) as i32;
    let input = vm.with_bytes(arguments.get(1), |_, bytes| {
        let (from, to) = part(bytes, arguments, 2);
        bytes[from..to].to_vec()
    });
    let input = input.unwrap_or_default();
    let result = vm.with_bytes_mut(arguments.get(4), |_, bytes| {
        let (from, to) = part(bytes, arguments, 5);
        (coder.step(flush, &input, &mut bytes[from..to]), to - from)
    });
    let (step, room) = result.unwrap_or_default();
    Ok(report(vm, step, input.len(), room))
}

/// The same by another thread: the eighth argument is called with the report.
fn write(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let Some(coder) = coder(vm, arguments)? else { return Ok(Value::UNDEFINED) };
    let Some(callback) = Callback::new(vm, arguments.get(7)) else {
        return Err(vm.throw_type_error("A write wants a callback"));
    };
    let flush = integer(arguments, 0) as i32;
    let input = vm.with_bytes(arguments.get(1), |_, bytes| {
        let (from, to) = part(bytes, arguments, 2);
        bytes[from..to].to_vec()
    });
    let input = input.unwrap_or_default();
    let output = arguments.get(4);
    let place = vm.with_bytes(output, |_, bytes| part(bytes, arguments, 5));
    let (from, to) = place.unwrap_or_default();
    let target = axil_engine::operators::as_object(output).map(|it| vm.memory.root(it));
    let length = input.len();
    let work = move || {
        let mut made = vec![0; to - from];
        let mut coder = coder.lock().unwrap_or_else(PoisonError::into_inner);
        let step = coder.step(flush, &input, &mut made);
        made.truncate(step.written);
        (step, made)
    };
    runtime::of(vm).event_loop.run_blocking(work, move |vm, result| {
        let (step, made) = result.unwrap_or_default();
        if let Some(target) = target {
            vm.with_bytes_mut(Value::cell(target.get()), |_, bytes| {
                let end = (from + made.len()).min(bytes.len());
                if from < end {
                    bytes[from..end].copy_from_slice(&made[..end - from]);
                }
            });
        }
        let report = report(vm, step, length, to - from);
        callback.call(vm, Value::UNDEFINED, &[report]);
    });
    Ok(Value::UNDEFINED)
}

fn finish(vm: &mut Vm, result: Result<(), String>) -> Completion {
    match result {
        Ok(()) => Ok(Value::UNDEFINED),
        Err(words) => Ok(string(vm, &words)),
    }
}

/// `reset()`: undefined, or what went wrong.
fn reset(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let Some(coder) = coder(vm, arguments)? else { return Ok(Value::UNDEFINED) };
    let result = coder.lock().unwrap_or_else(PoisonError::into_inner).reset();
    finish(vm, result)
}

/// `params(level, strategy)`: undefined, or what went wrong.
fn params(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let Some(coder) = coder(vm, arguments)? else { return Ok(Value::UNDEFINED) };
    let (level, strategy) = (integer(arguments, 0) as i32, integer(arguments, 1) as i32);
    let result = coder.lock().unwrap_or_else(PoisonError::into_inner).set_params(level, strategy);
    finish(vm, result)
}

fn close(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    vm.with_host_object(arguments.this(), |state: &mut State| state.0 = None)?;
    Ok(Value::UNDEFINED)
}
