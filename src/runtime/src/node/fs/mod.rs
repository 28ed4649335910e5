//! Files: the native half of `fs.js`.
//!
//! Each operation is a row of a table: its name, and what makes a piece of work of its
//! arguments. The work knows nothing of the program, so it may be done at once, or by
//! another thread while the program goes on.
//!
//! <https://nodejs.org/api/fs.html>

mod bytes;
mod outcome;
mod paths;
mod status;
mod text;
mod tree;
mod watch;

use std::ffi::OsStr;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::PathBuf;
use std::sync::Arc;

use axil_engine::heap::Gc;
use axil_engine::object::Object;
use axil_engine::string::JsString;
use axil_engine::value::Value;
use axil_engine::vm::{Arguments, Completion, Vm};
use rustix::io::Errno;

use crate::descriptors::{self, Descriptor};
use crate::native::{Row, define, define_functions, integer, new_object};
use crate::runtime::{self, Callback};

pub(super) use outcome::{Failure, Outcome};

/// What an operation does. It gives what it found, or why it failed.
pub(super) type Work = Box<dyn FnOnce() -> Result<Outcome, Failure> + Send>;

/// The arguments of an operation: those after the number and the callback.
#[derive(Clone, Copy)]
pub(super) struct Given<'a> {
    arguments: Arguments<'a>,
    first: usize,
}

impl Given<'_> {
    pub(super) fn get(self, index: usize) -> Value {
        self.arguments.get(self.first + index)
    }

    /// An integer.
    pub(super) fn integer(self, index: usize) -> i64 {
        integer(self.arguments, self.first + index)
    }

    /// A number; none for what is none.
    pub(super) fn number(self, index: usize) -> Option<f64> {
        self.get(index).as_number()
    }

    pub(super) fn flag(self, index: usize) -> bool {
        axil_engine::operators::to_boolean(self.get(index))
    }

    /// A path: a text, or bytes.
    pub(super) fn path(self, vm: &mut Vm, index: usize) -> Completion<PathBuf> {
        let value = self.get(index);
        if let Some(text) = value.downcast::<JsString>() {
            return Ok(text.to_rust(&vm.memory).into());
        }
        match vm.with_bytes(value, |_, bytes| OsStr::from_bytes(bytes).to_owned()) {
            Some(path) => Ok(path.into()),
            None => Ok(vm.display(value).into()),
        }
    }

    /// Bytes, or a text as UTF-8.
    pub(super) fn bytes(self, vm: &mut Vm, index: usize) -> Vec<u8> {
        let value = self.get(index);
        if let Some(text) = value.downcast::<JsString>() {
            return text.to_rust(&vm.memory).into_bytes();
        }
        vm.with_bytes(value, |_, bytes| bytes.to_vec()).unwrap_or_default()
    }

    /// An open file.
    pub(super) fn descriptor(self, index: usize) -> Result<Arc<Descriptor>, Errno> {
        descriptors::get(self.integer(index) as i32)
    }
}

/// A row: name, and what makes work of the arguments.
pub(super) type Operation = (&'static str, fn(&mut Vm, Given<'_>) -> Completion<Work>);

/// All operations, by their numbers.
fn operations() -> impl Iterator<Item = &'static Operation> {
    [paths::OPERATIONS, bytes::OPERATIONS, status::OPERATIONS, text::OPERATIONS, tree::OPERATIONS]
        .into_iter()
        .flatten()
}

fn operation(number: i64) -> Option<&'static Operation> {
    let mut rest = usize::try_from(number).ok()?;
    let tables = [
        paths::OPERATIONS,
        bytes::OPERATIONS,
        status::OPERATIONS,
        text::OPERATIONS,
        tree::OPERATIONS,
    ];
    for table in tables {
        match table.get(rest) {
            Some(row) => return Some(row),
            None => rest -= table.len(),
        }
    }
    None
}

const FUNCTIONS: &[Row] = &[
    ("sync", 1, sync),
    ("async", 2, start),
    ("readSync", 5, bytes::read_sync),
    ("writeSync", 5, bytes::write_sync),
    ("existsSync", 1, |vm, arguments| {
        let path = Given { arguments, first: 0 }.path(vm, 0)?;
        Ok(Value::bool(rustix::fs::access(&path, rustix::fs::Access::EXISTS).is_ok()))
    }),
    ("watch", 3, watch::watch),
    ("unwatch", 1, watch::unwatch),
    ("setWatchReferenced", 2, watch::set_referenced),
];

pub(super) fn make(vm: &mut Vm, half: Gc<Object>) -> Completion<()> {
    define_functions(vm, half, FUNCTIONS);
    let numbers = new_object(vm);
    for (number, (name, _)) in operations().enumerate() {
        define(vm, numbers, name, Value::number(number as f64));
    }
    define(vm, half, "operations", Value::cell(numbers));
    Ok(())
}

fn work(vm: &mut Vm, arguments: Arguments<'_>, first: usize) -> Completion<Work> {
    match operation(integer(arguments, 0)) {
        Some((_, make)) => make(vm, Given { arguments, first }),
        None => Err(vm.throw_error("No such operation on files")),
    }
}

/// `sync(operation, …arguments)`: what it gives.
fn sync(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let work = work(vm, arguments, 1)?;
    match work() {
        Ok(outcome) => outcome.into_value(vm),
        Err(failure) => {
            let exception = failure.into_exception(vm);
            Err(vm.throw(exception))
        }
    }
}

/// `async(operation, callback, …arguments)`: calls back with an error, or null and what it
/// gives.
fn start(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let Some(callback) = Callback::new(vm, arguments.get(1)) else {
        return Err(vm.throw_type_error("An operation wants a callback"));
    };
    let work = work(vm, arguments, 2)?;
    runtime::of(vm).event_loop.run_blocking(work, move |vm, result| {
        let result = result.unwrap_or_else(|| Err(Failure::of(Errno::IO, "work")));
        let told = match result {
            Ok(outcome) => match outcome.into_value(vm) {
                Ok(value) => [Value::NULL, value],
                Err(_) => [vm.take_exception(), Value::UNDEFINED],
            },
            Err(failure) => [failure.into_exception(vm), Value::UNDEFINED],
        };
        let count = if told[1].is_undefined() { 1 } else { 2 };
        callback.call(vm, Value::UNDEFINED, &told[..count]);
    });
    Ok(Value::UNDEFINED)
}

/// Work that fails at once.
pub(super) fn failing(failure: Failure) -> Work {
    Box::new(move || Err(failure))
}

/// A path for a message.
pub(super) fn shown(path: &std::path::Path) -> String {
    path.to_string_lossy().into_owned()
}

/// A path of bytes.
pub(super) fn path_of(bytes: Vec<u8>) -> PathBuf {
    std::ffi::OsString::from_vec(bytes).into()
}
